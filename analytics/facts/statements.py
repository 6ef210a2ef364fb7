"""Statements as rows of ``facts``, and the account of every numeric cell they print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.amounts import PrintedNumber, parse_number
from analytics.facts.known_lines import Line, fixed_line
from analytics.facts.lines import LineReader
from analytics.facts.rows import (
    identity_columns,
    join_repairs,
    money_columns,
    not_an_amount,
    place_columns,
)
from analytics.schema.statement_forms import Role, missing_statements
from analytics.schema.tables import NUMBERING
from analytics.schema.vocabularies import Presence, Repair, Statement
from analytics.statements.model import BodyRow, Cell, Column, Identity, StatementTable, StrayTable

__all__ = ["StatementRows", "build_statement_facts"]

_BROKEN_NUMBER = re.compile(r"\d\s+[\d.,]|[.,]\s+\d")


@dataclass(slots=True)
class StatementRows:
    """What the statements of one document gave.

    Args:
        statements: Rows of ``statements``.
        facts: Rows of ``facts``.
        set_aside: Rows of ``set_aside``.
    """

    statements: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)


def build_statement_facts(
    tables: Sequence[StatementTable],
    stray: Sequence[StrayTable],
    *,
    document_id: str,
    identity: Identity,
) -> StatementRows:
    """Turn every numeric cell of the statements into a fact, or set it aside with the reason.

    Statements that the forms know but the document does not print get a row with the presence
    ``missing``; tables that are no statement have their numbers set aside.

    Args:
        tables: The statements, as recognised.
        stray: The other tables.
        document_id: The document.
        identity: Whose document it is.
    """
    rows = StatementRows()
    for table in tables:
        _Builder(table, document_id, identity, rows).build()
    for other in stray:
        for row in other.rows:
            for cell in row.cells:
                if parse_number(cell.text) is not None:
                    rows.set_aside.append(_aside(document_id, None, cell, other.reason))
    found = {Statement(row["statement"]) for row in rows.statements}
    rows.statements.extend(missing_statements(document_id, found, identity.stage))
    return rows


class _Builder:
    """Walks the lines of one statement and accounts for every number in them."""

    def __init__(
        self, table: StatementTable, document_id: str, identity: Identity, rows: StatementRows
    ) -> None:
        self.table = table
        self.form = table.form
        self.document_id = document_id
        self.identity = identity
        self.rows = rows
        self.lines = LineReader(table, identity)

    def build(self) -> None:
        """Read every line; account for every numeric cell."""
        facts_before, aside_before = len(self.rows.facts), len(self.rows.set_aside)
        for row in self.table.header:
            self._set_aside_numbers(row, NUMBERING)
        for row in self.table.body:
            self._read_row(row)
        facts = self.rows.facts[facts_before:]
        aside = len(self.rows.set_aside) - aside_before
        guests = dict.fromkeys(map(self._statement_of, self.table.columns))
        guests.pop(self.form.statement, None)
        own = len(facts)
        for guest in guests:
            count = sum(fact["statement"] == str(guest) for fact in facts)
            own -= count
            self._register(guest, cells=count, facts=count, aside=0)
        cells = self._numeric_cells() - (len(facts) - own)
        self._register(self.form.statement, cells=cells, facts=own, aside=aside)

    def _register(self, statement: Statement, *, cells: int, facts: int, aside: int) -> None:
        """Note a statement and the account of its numeric cells."""
        place = self.table.place
        is_own = statement is self.form.statement
        presence = self.table.presence
        if not is_own:
            presence = Presence.PRESENT if facts else Presence.EMPTY
        missing = "、".join(self.table.missing_columns) if is_own else ""
        self.rows.statements.append(
            {
                "document_id": self.document_id,
                "statement": str(statement),
                "source_block": place.block,
                "presence": str(presence),
                "title": self.table.title,
                "unit_text": self.table.unit_text,
                "page": place.page,
                "line": place.line,
                "numeric_cell_count": cells,
                "fact_cell_count": facts,
                "set_aside_cell_count": aside,
                "missing_columns": missing or None,
                "repairs": join_repairs(self.table.repairs),
            }
        )

    def _numeric_cells(self) -> int:
        """Numeric cells of the statement, counted apart from how they were read; codes are none."""
        codes = {i for i, c in enumerate(self.table.columns) if c.form and c.form.role is Role.CODE}
        header = sum(
            parse_number(cell.text) is not None for row in self.table.header for cell in row.cells
        )
        amounts = [
            i for i, c in enumerate(self.table.columns) if c.form and c.form.role is Role.AMOUNT
        ]
        misread = sum(_is_misread(row, i) for row in self.table.body for i in amounts)
        return (header + misread) + sum(
            parse_number(cell.text) is not None
            for row in self.table.body
            for index, cell in enumerate(row.cells)
            if index not in codes
        )

    def _read_row(self, row: BodyRow) -> None:
        for side, line in zip(self.lines.sides, self.lines.read(row), strict=True):
            for index, column in side.columns:
                number = parse_number(row.text(index))
                if column.form is None or column.form.role is Role.CODE:
                    continue
                if number is None:
                    if column.form.role is Role.AMOUNT and _is_misread(row, index):
                        self._aside(row.cells[index], "read by OCR, but not as a number")
                    continue
                if column.form.role is not Role.AMOUNT:
                    self._aside(row.cells[index], "a number where a name belongs")
                    continue
                fixed = column.form.line
                named = line if fixed is None else fixed_line(fixed)
                if named is None:
                    self._aside(row.cells[index], "no line is named for this number")
                else:
                    repairs = (*row.repairs, *column.repairs, *named.repairs)
                    self._fact(row.cells[index], column, number, named, repairs)
        for index, column in enumerate(self.table.columns):
            if column.form is None and parse_number(row.text(index)) is not None:
                reason = f"column {column.label or index + 1!r} is not known in this statement"
                self._aside(row.cells[index], NUMBERING if column.is_numbering else reason)

    def _fact(
        self,
        cell: Cell,
        column: Column,
        number: PrintedNumber,
        line: Line,
        repairs: tuple[Repair, ...],
    ) -> None:
        form, unit = column.form, self.table.unit_text
        if form is None or unit is None:
            self._aside(cell, "no unit of money is printed for the statement")
            return
        money = money_columns(number, unit, cell.place)
        reason = not_an_amount(money["amount_yuan"])
        if reason is not None:
            self._aside(cell, f"{reason}: {number.text} {unit}")
            return
        if _BROKEN_NUMBER.search(number.text):
            repairs = (*repairs, Repair.DIGITS_JOINED)
        basis = line.basis or form.basis or self.form.basis
        self.rows.facts.append(
            {
                "document_id": self.document_id,
                **place_columns(cell.place),
                "column_label": column.label or None,
                **identity_columns(self.identity),
                "stage": str(form.stage or self.identity.stage),
                "statement": str(self._statement_of(column)),
                "flow": str(form.flow),
                "classification": str(line.classification),
                "code": line.code,
                "name": line.name,
                "parent_code": line.parent_code,
                "counterpart_code": line.counterpart_code,
                "counterpart_name": line.counterpart_name,
                "fund": str(line.fund or form.fund),
                "component": str(line.component or form.component),
                "carryover_basis": str(basis),
                "row_kind": str(line.row_kind),
                **money,
                "repairs": join_repairs(repairs, cell.place),
            }
        )

    def _statement_of(self, column: Column) -> Statement:
        """The statement of a column: two statements may share one table."""
        fixed = column.form.line if column.form else None
        return fixed.statement if fixed and fixed.statement else self.form.statement

    def _set_aside_numbers(self, row: BodyRow, reason: str) -> None:
        for cell in row.cells:
            if parse_number(cell.text) is not None:
                self._aside(cell, reason)

    def _aside(self, cell: Cell, reason: str) -> None:
        statement = str(self.form.statement)
        self.rows.set_aside.append(_aside(self.document_id, statement, cell, reason))


def _is_misread(row: BodyRow, index: int) -> bool:
    """Whether a cell was recognised with digits in it, yet not as a number."""
    if index >= len(row.cells) or row.cells[index].place.recognition is None:
        return False
    text = row.cells[index].text
    return parse_number(text) is None and any(character.isdecimal() for character in text)


def _aside(document_id: str, statement: str | None, cell: Cell, reason: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        **place_columns(cell.place),
        "statement": statement,
        "cell_text": cell.text,
        "reason": reason,
    }
