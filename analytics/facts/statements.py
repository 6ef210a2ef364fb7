"""Statements as rows of ``facts``, and the account of every numeric cell they print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.amounts import PrintedNumber, parse_number
from analytics.errors import InputError
from analytics.facts.rows import identity_columns, join_repairs, money_columns, place_columns
from analytics.reference import economic_pair, functional_code_by_name, fund_by_name
from analytics.schema.statement_forms import STATEMENT_FORMS, Role, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Presence,
    Repair,
    RowKind,
    ThreePublic,
)
from analytics.statements.lines import balance_code, three_public_code
from analytics.statements.model import BodyRow, Cell, Column, Identity, StatementTable, StrayTable
from analytics.statements.wording import agency_key, clean_name, project_key, squeeze

__all__ = ["StatementRows", "build_statement_facts"]

_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_VEHICLE_PARTS = (ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE_OPERATION)


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


@dataclass(frozen=True, slots=True)
class _Line:
    """What one side of a printed row is about."""

    code: str
    name: str
    classification: Classification
    row_kind: RowKind
    parent_code: str | None
    fund: Fund | None = None
    basis: CarryoverBasis | None = None
    counterpart_code: str | None = None
    counterpart_name: str | None = None
    repairs: tuple[Repair, ...] = ()


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
    found = {table.form.statement for table in tables}
    rows.statements.extend(
        {
            "document_id": document_id,
            "statement": str(form.statement),
            "presence": str(Presence.MISSING),
            "numeric_cell_count": 0,
            "fact_cell_count": 0,
            "set_aside_cell_count": 0,
        }
        for form in STATEMENT_FORMS
        if form.statement not in found
    )
    return rows


class _Builder:
    """Walks the lines of one statement; keeps what a line needs to know of those above it."""

    def __init__(
        self, table: StatementTable, document_id: str, identity: Identity, rows: StatementRows
    ) -> None:
        self.table = table
        self.form: StatementForm = table.form
        self.document_id = document_id
        self.identity = identity
        self.rows = rows
        self.codes: dict[Flow, list[str]] = {Flow.REVENUE: [], Flow.EXPENDITURE: []}
        self.in_carryover: dict[Flow, bool] = {Flow.REVENUE: False, Flow.EXPENDITURE: False}
        self.economic_class: str | None = None
        self.unit_code: str | None = None

    def build(self) -> None:
        """Read every line; account for every numeric cell."""
        facts_before, aside_before = len(self.rows.facts), len(self.rows.set_aside)
        for row in self.table.header:
            self._set_aside_numbers(row, "column numbering or header")
        for row in self.table.body:
            for flow, columns in self._sides():
                self._read_side(row, flow, columns)
            for index, column in enumerate(self.table.columns):
                if column.form is None and parse_number(row.text(index)) is not None:
                    reason = f"column {column.label or index + 1!r} is not known in this statement"
                    self._aside(row.cells[index], reason)
        facts = len(self.rows.facts) - facts_before
        aside = len(self.rows.set_aside) - aside_before
        place = self.table.place
        self.rows.statements.append(
            {
                "document_id": self.document_id,
                "statement": str(self.form.statement),
                "source_block": place.block,
                "presence": str(self.table.presence),
                "title": self.table.title,
                "unit_text": self.table.unit_text,
                "page": place.page,
                "line": place.line,
                "numeric_cell_count": self._numeric_cells(),
                "fact_cell_count": facts,
                "set_aside_cell_count": aside,
                "missing_columns": "、".join(self.table.missing_columns) or None,
                "repairs": join_repairs(self.table.repairs),
            }
        )

    def _numeric_cells(self) -> int:
        """Numeric cells of the statement, counted apart from how they were read; codes are none."""
        codes = {i for i, c in enumerate(self.table.columns) if c.form and c.form.role is Role.CODE}
        header = sum(
            parse_number(cell.text) is not None for row in self.table.header for cell in row.cells
        )
        return header + sum(
            parse_number(cell.text) is not None
            for row in self.table.body
            for index, cell in enumerate(row.cells)
            if index not in codes
        )

    def _sides(self) -> Iterator[tuple[Flow, list[tuple[int, Column]]]]:
        for flow in (Flow.REVENUE, Flow.EXPENDITURE):
            columns = [
                (index, column)
                for index, column in enumerate(self.table.columns)
                if column.form is not None and column.form.flow is flow
            ]
            if columns:
                yield flow, columns

    def _read_side(self, row: BodyRow, flow: Flow, columns: list[tuple[int, Column]]) -> None:
        texts = {
            column.form.role: row.text(index)
            for index, column in columns
            if column.form is not None and column.form.role is not Role.AMOUNT
        }
        line = self._line(texts, flow)
        for index, column in columns:
            number = parse_number(row.text(index)) if index < len(row.cells) else None
            if column.form is None or column.form.role is Role.CODE or number is None:
                continue
            if column.form.role is not Role.AMOUNT:
                self._aside(row.cells[index], "a number where a name belongs")
            elif line is None:
                self._aside(row.cells[index], "no line is named for this number")
            else:
                self._fact(row, row.cells[index], column, number, line, flow)

    def _fact(
        self,
        row: BodyRow,
        cell: Cell,
        column: Column,
        number: PrintedNumber,
        line: _Line,
        flow: Flow,
    ) -> None:
        form = column.form
        unit = self.table.unit_text
        if form is None or unit is None:
            self._aside(cell, "no unit of money is printed for the statement")
            return
        try:
            money = money_columns(number, unit)
        except InputError as error:
            self._aside(cell, str(error))
            return
        if money["amount_yuan"] != round(money["amount_yuan"], 2):
            self._aside(cell, f"finer than a cent: {number.text} {unit}")
            return
        repairs = [*row.repairs, *column.repairs, *line.repairs]
        if re.search(r"\d\s+[\d.,]|[.,]\s+\d", number.text):
            repairs.append(Repair.DIGITS_JOINED)
        basis = line.basis or form.basis or self.form.basis
        self.rows.facts.append(
            {
                "document_id": self.document_id,
                **place_columns(cell.place),
                "column_label": column.label or None,
                **identity_columns(self.identity),
                "statement": str(self.form.statement),
                "flow": str(flow),
                "classification": str(line.classification),
                "code": line.code,
                "name": line.name,
                "parent_code": line.parent_code,
                "counterpart_code": line.counterpart_code,
                "counterpart_name": line.counterpart_name,
                "fund": str(line.fund or form.fund),
                "component": str(form.component),
                "carryover_basis": str(basis),
                "row_kind": str(line.row_kind),
                **money,
                "repairs": join_repairs(repairs),
            }
        )

    def _line(self, texts: dict[Role, str], flow: Flow) -> _Line | None:
        """What the line is: its code and place, from its code and name cells."""
        name = clean_name(texts.get(Role.NAME, ""))
        printed = squeeze(texts.get(Role.CODE, ""))
        classification = self.form.line_classification(flow)
        if _CODE.match(printed):
            return self._coded(printed, name, classification, flow, texts[Role.CODE])
        if not name and balance_code(clean_name(printed)) is None:
            return None
        name = name or clean_name(printed)
        match classification:
            case Classification.THREE_PUBLIC:
                return _three_public(name)
            case Classification.UNIT:
                return self._unit(name)
            case Classification.PROJECT:
                return self._project(name)
            case Classification.ECONOMIC_DEPARTMENT:
                return self._economic(name, texts.get(Role.COUNTERPART, ""))
            case _:
                return self._summary(name, classification, flow)

    def _coded(
        self, code: str, name: str, classification: Classification, flow: Flow, printed: str
    ) -> _Line:
        above = self.codes[flow]
        parent = next((c for c in reversed(above) if len(c) < len(code) and code.startswith(c)), None)
        above.append(code)
        return _Line(
            code,
            name,
            classification,
            RowKind.ITEM if len(code) == 7 else RowKind.SUBTOTAL,
            parent or str(LineCode.TOTAL),
            repairs=(Repair.DIGITS_JOINED,) if squeeze(printed) != printed.strip() else (),
        )

    def _summary(self, name: str, classification: Classification, flow: Flow) -> _Line:
        """A line of a summary that prints names without codes."""
        balance = balance_code(name)
        if balance is not None:
            self.in_carryover[flow] = balance is LineCode.CARRYOVER_START
            return _balance(balance, name, classification, flow)
        fund = fund_by_name(name)
        if flow is Flow.REVENUE and fund is not None:
            if self.in_carryover[flow]:
                start = str(LineCode.CARRYOVER_START)
                return _Line(
                    start, name, classification, RowKind.ITEM, start, fund, CarryoverBasis.ONLY
                )
            current = str(LineCode.CURRENT_TOTAL)
            return _Line(
                str(fund), name, classification, RowKind.ITEM, current, fund, CarryoverBasis.EXCLUDED
            )
        code = functional_code_by_name(name, self.identity.fiscal_year)
        return _Line(
            code or name,
            name,
            classification,
            RowKind.ITEM,
            str(LineCode.CURRENT_TOTAL if self._has_current_total() else LineCode.TOTAL),
            repairs=(Repair.CODE_BY_NAME if code else Repair.CODE_UNKNOWN,),
        )

    def _has_current_total(self) -> bool:
        names = (clean_name(cell.text) for row in self.table.body for cell in row.cells)
        return any(balance_code(name) is LineCode.CURRENT_TOTAL for name in names)

    def _economic(self, name: str, counterpart: str) -> _Line:
        classification = Classification.ECONOMIC_DEPARTMENT
        if balance_code(name) is not None:
            return _Line(str(LineCode.TOTAL), name, classification, RowKind.TOTAL, None)
        paired = clean_name(counterpart) or None
        pair = economic_pair(
            name, paired, parent=self.economic_class, year=self.identity.fiscal_year
        )
        known = Repair.CODE_BY_NAME if pair.code else Repair.CODE_UNKNOWN
        repairs = (Repair.CODE_AMBIGUOUS,) if pair.candidates else (known,)
        if paired is None:
            self.economic_class = pair.code
            parent = str(LineCode.TOTAL)
        else:
            parent = self.economic_class or str(LineCode.TOTAL)
        return _Line(
            pair.code or name,
            name,
            classification,
            RowKind.SUBTOTAL if paired is None else RowKind.ITEM,
            parent,
            counterpart_code=pair.counterpart_code,
            counterpart_name=paired,
            repairs=repairs,
        )

    def _unit(self, name: str) -> _Line:
        if balance_code(name) is not None:
            return _Line(str(LineCode.TOTAL), name, Classification.UNIT, RowKind.TOTAL, None)
        return _Line(
            agency_key(name), name, Classification.UNIT, RowKind.ITEM, str(LineCode.TOTAL)
        )

    def _project(self, name: str) -> _Line:
        total = str(LineCode.TOTAL)
        if balance_code(name) is not None:
            return _Line(total, name, Classification.PROJECT, RowKind.TOTAL, None)
        if agency_key(name) == self.identity.agency_id:
            self.unit_code = agency_key(name)
            return _Line(self.unit_code, name, Classification.UNIT, RowKind.SUBTOTAL, total)
        return _Line(
            project_key(name), name, Classification.PROJECT, RowKind.ITEM, self.unit_code or total
        )

    def _set_aside_numbers(self, row: BodyRow, reason: str) -> None:
        for cell in row.cells:
            if parse_number(cell.text) is not None:
                self._aside(cell, reason)

    def _aside(self, cell: Cell, reason: str) -> None:
        statement = str(self.form.statement)
        self.rows.set_aside.append(_aside(self.document_id, statement, cell, reason))


def _aside(document_id: str, statement: str | None, cell: Cell, reason: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        **place_columns(cell.place),
        "statement": statement,
        "cell_text": cell.text,
        "reason": reason,
    }


def _balance(
    balance: LineCode, name: str, classification: Classification, flow: Flow
) -> _Line:
    code, total = str(balance), str(LineCode.TOTAL)
    match balance:
        case LineCode.TOTAL:
            return _Line(code, name, classification, RowKind.TOTAL, None)
        case LineCode.CURRENT_TOTAL:
            basis = CarryoverBasis.EXCLUDED if flow is Flow.REVENUE else None
            return _Line(code, name, classification, RowKind.SUBTOTAL, total, basis=basis)
        case LineCode.CARRYOVER_START:
            only = CarryoverBasis.ONLY
            return _Line(code, name, classification, RowKind.ITEM, total, basis=only)
        case _:
            return _Line(code, name, classification, RowKind.ITEM, total)


def _three_public(name: str) -> _Line | None:
    code = three_public_code(name)
    if code is None:
        return _Line(
            name,
            name,
            Classification.THREE_PUBLIC,
            RowKind.ITEM,
            str(ThreePublic.TOTAL),
            repairs=(Repair.CODE_UNKNOWN,),
        )
    parent = str(ThreePublic.VEHICLE if code in _VEHICLE_PARTS else ThreePublic.TOTAL)
    kind = RowKind.ITEM
    if code is ThreePublic.TOTAL:
        return _Line(str(code), name, Classification.THREE_PUBLIC, RowKind.TOTAL, None)
    if code is ThreePublic.VEHICLE:
        kind = RowKind.SUBTOTAL
    return _Line(str(code), name, Classification.THREE_PUBLIC, kind, parent)
