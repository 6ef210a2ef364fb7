"""Reads a disclosure through the package, as far as its statements go, for comparing."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.documents import Document, read_document
from analytics.facts.statements import StatementRows, build_statement_facts
from analytics.statements.identity import identify
from analytics.statements.model import Identity
from analytics.statements.tables import recognise_statements
from disclosures.sheets import ExpectedFact

__all__ = ["Reading", "read_bytes", "read_text"]


@dataclass(frozen=True)
class Reading:
    """What the package makes of a text: rows of facts, statements and cells set aside."""

    document: Document
    identity: Identity
    rows: StatementRows

    @property
    def stated(self) -> Counter[ExpectedFact]:
        """Facts as the tuples that a specification expects."""
        return Counter(stated(fact) for fact in self.rows.facts)

    def statement(self, name: str) -> dict[str, Any]:
        """The row of one statement."""
        return next(row for row in self.rows.statements if row["statement"] == name)

    def facts(self, statement: str) -> list[dict[str, Any]]:
        """The facts of one statement."""
        return [fact for fact in self.rows.facts if fact["statement"] == statement]


def stated(fact: dict[str, Any]) -> ExpectedFact:
    """What a row of facts states."""
    return ExpectedFact._make(fact[name] for name in ExpectedFact._fields)


def read_text(text: str) -> Reading:
    """Read a text through the package."""
    return read_bytes(text.encode())


def read_bytes(data: bytes, kind: str = "txt") -> Reading:
    """Read the bytes of a file of some kind through the package."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"disclosure.{kind}")
        path.write_bytes(data)
        document = read_document(path)
    identity = identify(document)
    tables, stray = recognise_statements(document.blocks, year=identity.fiscal_year)
    rows = build_statement_facts(tables, stray, document_id=document.document_id, identity=identity)
    return Reading(document, identity, rows)
