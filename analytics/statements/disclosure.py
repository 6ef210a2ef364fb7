"""A document told apart: its identity, statements, narrative and project forms."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.amounts import parse_number
from analytics.documents import Document, read_document
from analytics.errors import ReadError
from analytics.schema.vocabularies import Presence
from analytics.statements.identity import identify
from analytics.statements.model import Identity, StatementTable, StrayTable
from analytics.statements.narrative import Narrative, read_claims
from analytics.statements.parts import Known
from analytics.statements.performance import PerformanceForm, read_performance_forms
from analytics.statements.tables import recognise_statements
from analytics.statements.wording import squeeze

__all__ = ["Disclosure", "read_disclosure"]

_AMOUNT = re.compile(r"\d\.\d+(?:亿|百万|万|千)?元")


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


def read_disclosure(
    source: str | Path | Document,
    *,
    agency: str | None = None,
    year: int | None = None,
    stage: str | None = None,
    scope: str | None = None,
    siblings: Sequence[Identity] = (),
) -> Disclosure:
    """Read a disclosure whole: identity, statements, narrative, project forms.

    Args:
        source: A file, or a document that is already read.
        agency: Name of the agency, where the document does not print it, or prints it wrong.
        year: Fiscal year, likewise.
        stage: ``budget`` or ``final``, likewise.
        scope: ``department`` or ``unit``, likewise.
        siblings: Identities of the other files of the same folder or archive: a file that names
            no agency may be a part of their disclosure.

    Returns:
        The disclosure: everything in it told apart, nothing added up or compared yet.

    Raises:
        InputError: A year, stage or scope that is given is none.
        IdentityError: The file prints amounts, but not whose they are, or of which year.
        ReadError: The file cannot be read, prints no amounts, or holds neither a statement nor a
            project form nor a claim.

    Examples:
        With the file of a disclosure:

        >>> import analytics
        >>> disclosure = analytics.read_disclosure(disclosure_file)
        >>> disclosure.identity.agency_name, disclosure.identity.fiscal_year
        ('示例市图书馆', 2024)
        >>> len(disclosure.statements), len(disclosure.narrative.claims), len(disclosure.forms)
        (13, 36, 2)
        >>> three_public = disclosure.statements[9]
        >>> three_public.title, str(three_public.presence)
        ('2024年财政拨款安排“三公”经费支出预算表', 'present')
    """
    known = Known.of(agency=agency, year=year, stage=stage, scope=scope)
    document = source if isinstance(source, Document) else read_document(source)
    try:
        identity = identify(document, known, siblings)
    except ReadError as error:
        raise error if _prints_amounts(document) else _no_figures(document) from None
    forms = read_performance_forms(document.blocks)
    taken = frozenset(block for form in forms for block in form.blocks)
    statements, stray = recognise_statements(
        document.blocks, year=identity.fiscal_year, taken=taken
    )
    narrative = read_claims(document.blocks, identity)
    has_figures = any(table.presence is Presence.PRESENT for table in statements)
    if not (has_figures or forms or narrative.claims):
        if not _prints_amounts(document):
            raise _no_figures(document)
        raise ReadError(
            f"{document.file_name}: none of its {len(document.tables)} tables is a statement",
            hint="is this a budget disclosure? A layout that is not known is not guessed at",
        )
    return Disclosure(document, identity, statements, stray, narrative, forms)


def _prints_amounts(document: Document) -> bool:
    """Whether a cell or a sentence prints an amount; whole numbers may be codes or thresholds."""
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return any("." in cell and parse_number(cell) is not None for cell in cells) or any(
        _AMOUNT.search(squeeze(paragraph.text)) for paragraph in document.paragraphs
    )


def _no_figures(document: Document) -> ReadError:
    return ReadError(
        f"{document.file_name}: no amount is printed in any of its {len(document.tables)} tables",
        hint="a blank form, or a page that only leads to a disclosure, has no figures to read",
    )
