"""Small invented readings, shared by the tests of the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl

from analytics.schema.fields import FIELDS
from analytics.schema.tables import TABLES
from analytics.store.reading import Reading

AGENCY = "某市示例局"
_PLAIN: dict[Any, Any] = {
    pl.String: "文字",
    pl.Int16: 2024,
    pl.Int32: 1,
    pl.Boolean: False,
    pl.Float64: 0.5,
    pl.Date: date(2024, 3, 1),
}


def rows_of(name: str, rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows of a table: what is not given is null, or a plain value where null is not allowed."""
    types, defaults = _columns(name)
    return pl.DataFrame([{**defaults, **row} for row in rows], schema=types)


@cache
def _columns(name: str) -> tuple[pl.Schema, dict[str, Any]]:
    """The types of the columns of a table, and what stands in them where nothing is given."""
    schema = TABLES[name]
    types = schema.create_empty().schema
    defaults: dict[str, Any] = dict.fromkeys(types)
    for column, rule in schema.columns().items():
        if not rule.nullable:
            known = FIELDS[column].values if types[column] == pl.String else []
            plain = _PLAIN.get(type(types[column]), Decimal("1.00"))
            defaults[column] = known[0] if known else plain
    return types, defaults


def make_reading(
    document: str = "a" * 16,
    *,
    agency: str = AGENCY,
    year: int = 2024,
    statements: Iterable[str] = ("budget_summary", "revenue_summary"),
    missing: Iterable[str] = (),
    version: str = "1.0",
    facts: int = 3,
    amount: str = "100.00",
    file_name: str = "disclosure.txt",
    findings: Iterable[str] = (),
    full: bool = False,
) -> Reading:
    """A reading with ``facts`` facts of ``amount`` yuan each; if ``full``, rows in every table."""
    whose = {"document_id": document, "agency_id": agency, "fiscal_year": year}
    when = {"stage": "budget", "scope": "unit"}
    presence = [(name, "present") for name in statements] + [(name, "missing") for name in missing]
    tables = {
        "documents": [
            whose
            | when
            | {"agency_name": agency, "file_name": file_name, "reader_version": version}
        ],
        "statements": [
            {"document_id": document, "statement": name, "source_block": n, "presence": found}
            for n, (name, found) in enumerate(presence, start=1)
        ],
        "facts": [
            whose
            | when
            | {"block": 1, "row": n, "column": 2, "code": f"20{n}", "amount_yuan": Decimal(amount)}
            for n in range(1, facts + 1)
        ],
        "findings": [finding(document, name, agency=agency, year=year) for name in findings],
    }
    others = {
        "claims": [whose | when | {"claim_id": f"{document}-1", "sentence": "增加，\n主要是……"}],
        "projects": [whose | {"project": "示例项目"}],
        "indicators": [whose | {"indicator_id": f"{document}-1", "block": "term", "name": "数量"}],
        "mentions": [
            whose | {"mention_id": f"{document}-1", "kind": "money", "value_text": "3万元"}
        ],
        "set_aside": [{"document_id": document, "block": 9, "row": 1, "column": 1}],
    }
    tables |= others if full else {}
    return Reading({name: rows_of(name, rows) for name, rows in tables.items()})


def finding(
    document: str, name: str, *, agency: str = AGENCY, year: int = 2024, outcome: str = "fail"
) -> dict[str, Any]:
    """One row of findings."""
    return {
        "finding_id": f"{document}-{name}",
        "document_id": document,
        "agency_id": agency,
        "fiscal_year": year,
        "rule": name,
        "outcome": outcome,
    }
