"""A disclosure as canonical tables: the one place where everything read from a file comes together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from analytics.facts.claims import build_claims
from analytics.facts.implied import build_implied_facts
from analytics.facts.mentions import build_mentions
from analytics.facts.projects import build_projects
from analytics.facts.rows import as_table, identity_columns
from analytics.facts.statements import build_statement_facts
from analytics.facts.totals import PrintedLevels, settle_totals
from analytics.schema.tables import TABLES
from analytics.statements.disclosure import Disclosure
from analytics.version import __version__

__all__ = ["build_tables"]


def build_tables(disclosure: Disclosure) -> Mapping[str, pl.DataFrame]:
    """Turn a disclosure into the rows of the canonical tables, findings excepted.

    Every number that the disclosure prints in a table is a fact or is set aside with a reason;
    what the narrative implies of the year before becomes facts of that year, marked as implied.

    Returns:
        Frames by table name, each meeting its declared schema.

    Raises:
        SchemaError: Rows do not meet the schema of their table; nothing is dropped to make them.
    """
    document, identity = disclosure.document, disclosure.identity
    read = build_statement_facts(
        disclosure.statements,
        disclosure.stray,
        document_id=document.document_id,
        identity=identity,
    )
    projects = build_projects(disclosure.forms, document.document_id, identity)
    levels = PrintedLevels(read.facts)
    narrative = replace(
        disclosure.narrative,
        claims=settle_totals(disclosure.narrative.claims, levels, identity),
    )
    claims = build_claims(narrative, document.document_id, identity)
    implied = build_implied_facts(
        narrative.claims, document.document_id, identity, printed=read.facts
    )
    printed = [*read.facts, *projects.facts]
    aside = [*read.set_aside, *projects.set_aside]
    ledger = projects.ledger
    stray = sum(row["statement"] is None for row in read.set_aside)
    in_statements = sum(row["numeric_cell_count"] for row in read.statements)
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [
            {
                "document_id": document.document_id,
                "file_name": document.file_name,
                "media_type": document.media_type,
                "encoding": document.encoding,
                "title": identity.title,
                "agency_name": identity.agency_name,
                **identity_columns(identity),
                "identity_basis": identity.basis and str(identity.basis),
                "unit_text": identity.unit_text,
                "page_count": document.page_count,
                "numeric_cell_count": in_statements + ledger.numeric + stray,
                "fact_cell_count": len(printed),
                "form_value_cell_count": ledger.form_values,
                "set_aside_cell_count": len(aside),
                "notes": "；".join(document.notes) or None,
                "reader": document.reader,
                "reader_version": __version__,
            }
        ],
        "statements": read.statements,
        "facts": [*printed, *implied],
        "claims": claims.claims,
        "projects": projects.projects,
        "indicators": projects.indicators,
        "mentions": build_mentions(disclosure.forms, document.document_id, identity),
        "set_aside": [*aside, *claims.set_aside],
    }
    return {name: as_table(rows[name], TABLES[name], table=name) for name in rows}
