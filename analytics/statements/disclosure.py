"""A document told apart: its identity, statements, narrative and project forms."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from analytics.documents import Document, read_document
from analytics.errors import ReadError
from analytics.statements.identity import identify
from analytics.statements.model import Identity, StatementTable, StrayTable
from analytics.statements.narrative import Narrative, read_claims
from analytics.statements.performance import PerformanceForm, read_performance_forms
from analytics.statements.tables import recognise_statements

__all__ = ["Disclosure", "read_disclosure"]


@dataclass(frozen=True)
class Disclosure:
    """One disclosure, read whole.

    Args:
        document: The file as blocks.
        identity: Agency, year, stage and scope.
        statements: The statements, in the order they are printed.
        stray: Tables that are no statement, each with the reason.
        narrative: What the text claims, and the amounts in it that were not understood.
        forms: The project performance forms.
    """

    document: Document
    identity: Identity
    statements: tuple[StatementTable, ...]
    stray: tuple[StrayTable, ...]
    narrative: Narrative
    forms: tuple[PerformanceForm, ...]

    def _summary(self) -> list[tuple[str, str]]:
        identity = self.identity
        empty = sum(table.presence == "empty" for table in self.statements)
        return [
            ("单位", identity.agency_name),
            ("年度", f"{identity.fiscal_year} {identity.stage.zh}（{identity.scope.zh}）"),
            ("报表", f"{len(self.statements)}（其中无数据 {empty}）"),
            ("文字陈述", str(len(self.narrative.claims))),
            ("绩效目标表", str(len(self.forms))),
            ("文件", f"{self.document.file_name}（{self.document.document_id}）"),
        ]

    def __repr__(self) -> str:
        """A screen of text: whose disclosure it is and what was found in it."""
        return "Disclosure\n" + "\n".join(f"  {name}: {value}" for name, value in self._summary())

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{name}</th>"
            f"<td style='text-align:left'>{html.escape(value)}</td></tr>"
            for name, value in self._summary()
        )
        return f"<table>{rows}</table>"


def read_disclosure(source: str | Path | Document) -> Disclosure:
    """Read a disclosure whole: identity, statements, narrative, project forms.

    Args:
        source: A file, or a document that is already read.

    Raises:
        ReadError: The file cannot be read, has no agency or year, or holds neither a statement
            nor a project form.
    """
    document = source if isinstance(source, Document) else read_document(source)
    identity = identify(document)
    forms = read_performance_forms(document.blocks)
    taken = frozenset(block for form in forms for block in form.blocks)
    statements, stray = recognise_statements(
        document.blocks, year=identity.fiscal_year, taken=taken
    )
    if not statements and not forms:
        raise ReadError(
            f"{document.file_name}: none of its {len(document.tables)} tables is a statement",
            hint="is this a budget disclosure with its tables as tab-separated lines?",
        )
    narrative = read_claims(document.blocks, identity)
    return Disclosure(document, identity, statements, stray, narrative, forms)
