"""What a disclosure is, once its statements, its narrative and its project forms are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from analytics.documents.model import Place
from analytics.schema.statement_forms import ColumnForm, Role, StatementForm
from analytics.schema.vocabularies import IdentityBasis, Presence, Repair, Scope, Stage

__all__ = ["BodyRow", "Cell", "Column", "Identity", "StatementTable", "StrayTable"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose disclosure it is, of which year, stage and scope.

    Args:
        agency_id: Normal form of the agency's name.
        agency_name: Name as printed.
        fiscal_year: Year the document is about.
        stage: Budget or final accounts.
        scope: Whole department or one unit.
        unit_text: Unit of money the statements are printed in; ``None`` if none prints one or
            several differ.
        title: Title of the document as printed.
        basis: By what the agency is known; ``None`` where that was not asked.
    """

    agency_id: str
    agency_name: str
    fiscal_year: int
    stage: Stage
    scope: Scope
    unit_text: str | None = None
    title: str | None = None
    basis: IdentityBasis | None = None


class Cell(NamedTuple):
    """One printed cell and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One line of a statement, joined again where a page break cut it."""

    cells: tuple[Cell, ...]
    repairs: tuple[Repair, ...] = ()

    def text(self, index: int) -> str:
        """The text of a cell; empty where the row is shorter."""
        return self.cells[index].text if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column: what it is, if that is known, and the header it was known by.

    A column of line numbers (行次) belongs to no form: its numbers are no figures.
    """

    form: ColumnForm | None
    label: str
    repairs: tuple[Repair, ...] = ()
    is_numbering: bool = False

    @property
    def may_hold_amounts(self) -> bool:
        """Whether numbers in it may be figures: as amounts, or because it is not known."""
        is_amount = self.form is None or self.form.role is Role.AMOUNT
        return is_amount and not self.is_numbering


@dataclass(frozen=True, slots=True)
class StatementTable:
    """One statement of a disclosure.

    Args:
        form: What it is and what its columns mean.
        presence: With figures, or found but empty.
        title: Title as printed; ``None`` if it has none.
        unit_text: Unit of money printed for it; ``None`` if none is.
        place: Its first cell.
        columns: Its printed columns from left to right.
        header: Header rows, numbering rows included.
        body: Its lines.
        missing_columns: Headers of the form that it does not print.
        repairs: What was mended in the table as a whole.
    """

    form: StatementForm
    presence: Presence
    title: str | None
    unit_text: str | None
    place: Place
    columns: tuple[Column, ...]
    header: tuple[BodyRow, ...]
    body: tuple[BodyRow, ...]
    missing_columns: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class StrayTable:
    """A table that is no statement of the catalogue: kept, with the reason."""

    rows: tuple[BodyRow, ...]
    reason: str
    title: str | None = None
