"""What a line of a statement is: its code, its place in the hierarchy, the money it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.reference import (
    codes_by_name,
    economic_pair,
    functional_code_by_name,
    fund_by_name,
)
from analytics.schema.statement_forms import FixedLine, Role
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Repair,
    RowKind,
    Statement,
    ThreePublic,
)
from analytics.statements.lines import balance_code, three_public_code
from analytics.statements.model import BodyRow, Column, Identity, StatementTable
from analytics.statements.wording import agency_key, clean_name, project_key, squeeze

__all__ = ["Line", "LineReader", "Side", "fixed_line"]

_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_TOTAL = str(LineCode.TOTAL)
_FULL_LENGTH = {
    Classification.FUNCTION: 7,
    Classification.ECONOMIC_DEPARTMENT: 5,
    Classification.REVENUE_SOURCE: 7,
}
_APPROPRIATED = (Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
_GROUP_TOTALS = ("小计", "合计")
_PURPOSES = {
    Component.BASIC.zh: Component.BASIC,
    Component.PROJECT.zh: Component.PROJECT,
    Component.RESERVE.zh: Component.RESERVE,
}
_VEHICLE_PARTS = (ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE_OPERATION)


@dataclass(frozen=True, slots=True)
class Line:
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
    component: Component | None = None
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The columns of one list of lines in a statement, with their positions."""

    flow: Flow
    part: int
    columns: tuple[tuple[int, Column], ...]

    def text(self, row: BodyRow, role: Role) -> str:
        """The text of a row in the side's columns of a role; empty where there is none.

        A code printed in parts is put together; of several names the last is the line's own.
        """
        texts = [row.text(i) for i, c in self.columns if c.form and c.form.role is role]
        if role is Role.CODE:
            return "".join(texts)
        return texts[-1] if texts else ""

    def has(self, role: Role) -> bool:
        """Whether the side has a column of a role."""
        return any(c.form and c.form.role is role for _, c in self.columns)


class LineReader:
    """Reads the lines of one statement in order; keeps what a line needs to know of those above.

    Args:
        table: The statement.
        identity: Whose it is.
    """

    def __init__(self, table: StatementTable, identity: Identity) -> None:
        self.form = table.form
        self.identity = identity
        places = tuple(enumerate(table.columns))
        lists: dict[tuple[Flow, int], list[tuple[int, Column]]] = {}
        for place, column in places:
            if column.form is not None:
                key = (column.form.flow, column.form.part)
                lists.setdefault(key, []).append((place, column))
        self.sides = tuple(Side(*key, tuple(columns)) for key, columns in lists.items())
        self._codes: dict[Flow, list[str]] = {flow: [] for flow in Flow}
        self._in_carryover: dict[Flow, bool] = dict.fromkeys(Flow, False)
        self._is_coded = {
            flow: any(c.role is Role.CODE and c.flow is flow for c in self.form.columns)
            for flow in Flow
        }
        self._is_named = any(c.role is Role.NAME for c in self.form.columns)
        self._economic_class: str | None = None
        self._unit_code: str | None = None
        self._group = ""
        self._has_appropriation = False
        names = (side.text(row, Role.NAME) for row in table.body for side in self.sides)
        has_current = any(balance_code(clean_name(n)) is LineCode.CURRENT_TOTAL for n in names)
        self._parent = str(LineCode.CURRENT_TOTAL) if has_current else _TOTAL

    def read(self, row: BodyRow) -> tuple[Line | None, ...]:
        """What a row is about, side by side; ``None`` for a side that names no line.

        A balance that is named once stands for every list of its direction in the row, a total
        for both directions.
        """
        lines = [self._line(row, side) for side in self.sides]
        return tuple(
            self._unnamed_balance(side.flow, lines) if line is None else line
            for side, line in zip(self.sides, lines, strict=True)
        )

    def _unnamed_balance(self, flow: Flow, lines: Sequence[Line | None]) -> Line | None:
        for side, line in zip(self.sides, lines, strict=True):
            if line is None or line.code not in list(LineCode):
                continue
            if side.flow is flow or line.row_kind is RowKind.TOTAL:
                balance = LineCode(line.code)
                found = _balance(balance, balance.zh, self._classification(flow), flow)
                return replace(found, repairs=(Repair.TOTAL_ADDED,))
        return None

    def _classification(self, flow: Flow) -> Classification:
        return self.form.line_classification(flow)

    def _line(self, row: BodyRow, side: Side) -> Line | None:
        classification = self._classification(side.flow)
        if not self._is_named:
            # A statement of one line: its columns are what it states of the total.
            return _balance(LineCode.TOTAL, LineCode.TOTAL.zh, classification, side.flow)
        code = side.text(row, Role.CODE)
        name = clean_name(side.text(row, Role.NAME))
        if _CODE.match(squeeze(code)):
            return self._coded(code, name, side.flow)
        if balance_code(clean_name(code)) is not None:
            name = clean_name(code)
        if side.has(Role.GROUP):
            return self._grouped(clean_name(side.text(row, Role.GROUP)), name, side.flow)
        return self._by_name(row, side, name) if name else None

    def _by_name(self, row: BodyRow, side: Side, name: str) -> Line:
        """A line without a code, by what its list is about."""
        if side.part:
            return _purpose(name, self._classification(side.flow), side.flow)
        match self._classification(side.flow):
            case Classification.THREE_PUBLIC:
                return _three_public(name)
            case Classification.UNIT | Classification.PROJECT as classification:
                return self._own(name, classification)
            case Classification.ECONOMIC_DEPARTMENT:
                return self._economic(name, side.text(row, Role.COUNTERPART))
            case classification:
                return self._named(name, classification, side.flow)

    def _grouped(self, group: str, name: str, flow: Flow) -> Line | None:
        """A line that stands under the name of a group, which is printed once."""
        self._group = group or self._group
        classification = self._classification(flow)
        balance = balance_code(self._group)
        if balance is not None:
            if name not in ("", *_GROUP_TOTALS):
                start = str(balance)
                return Line(start, name, classification, RowKind.ITEM, start)
            return _balance(balance, self._group, classification, flow)
        fund = fund_by_name(self._group)
        if fund is None:
            return None
        if name in ("", *_GROUP_TOTALS):
            return replace(self._fund(self._group, fund, classification), row_kind=RowKind.SUBTOTAL)
        repairs = (Repair.CODE_UNKNOWN,)
        return Line(name, name, classification, RowKind.ITEM, str(fund), fund, repairs=repairs)

    def _coded(self, printed: str, name: str, flow: Flow) -> Line:
        code, above = squeeze(printed), self._codes[flow]
        parents = (c for c in reversed(above) if len(c) < len(code) and code.startswith(c))
        parent = next(parents, _TOTAL)
        above.append(code)
        classification = self._classification(flow)
        return Line(
            code,
            name,
            classification,
            RowKind.ITEM if len(code) == _FULL_LENGTH[classification] else RowKind.SUBTOTAL,
            parent,
            repairs=(Repair.DIGITS_JOINED,) if re.search(r"\S\s+\S", printed) else (),
        )

    def _named(self, name: str, classification: Classification, flow: Flow) -> Line:
        """A line without a code: a balance, a fund, or a line of the classification."""
        balance = balance_code(name)
        if balance is not None:
            self._in_carryover[flow] = balance is LineCode.CARRYOVER_START
            return _balance(balance, name, classification, flow)
        if self._is_coded[flow]:
            known = {e.code for e in codes_by_name(classification, name, self.identity.fiscal_year)}
            code = known.pop() if len(known) == 1 else None
        else:
            fund = fund_by_name(name) if flow is Flow.REVENUE else None
            if fund is not None:
                return self._fund(name, fund, classification)
            code = functional_code_by_name(name, self.identity.fiscal_year)
        return Line(
            code or name,
            name,
            classification,
            RowKind.ITEM,
            self._parent,
            repairs=(Repair.CODE_BY_NAME if code else Repair.CODE_UNKNOWN,),
        )

    def _fund(self, name: str, fund: Fund, classification: Classification) -> Line:
        if self._in_carryover[Flow.REVENUE]:
            code = parent = str(LineCode.CARRYOVER_START)
            basis = CarryoverBasis.ONLY
        else:
            code, parent = str(fund), self._parent
            basis = CarryoverBasis.EXCLUDED
            if fund is Fund.FISCAL_APPROPRIATION:
                self._has_appropriation = True
            elif self._has_appropriation and fund in _APPROPRIATED:
                parent = str(Fund.FISCAL_APPROPRIATION)
        return Line(code, name, classification, RowKind.ITEM, parent, fund, basis)

    def _economic(self, name: str, counterpart: str) -> Line:
        classification = Classification.ECONOMIC_DEPARTMENT
        if balance_code(name) is not None:
            if self.form.statement is Statement.OPERATING_EXPENSES:
                # Whether a layout prints them by unit or by class, the total is the same line.
                classification = Classification.UNIT
            return Line(_TOTAL, name, classification, RowKind.TOTAL, None)
        paired = clean_name(counterpart) or None
        pair = economic_pair(
            name, paired, parent=self._economic_class, year=self.identity.fiscal_year
        )
        known = Repair.CODE_BY_NAME if pair.code else Repair.CODE_UNKNOWN
        if paired is None:
            self._economic_class = pair.code
        return Line(
            pair.code or name,
            name,
            classification,
            RowKind.SUBTOTAL if paired is None else RowKind.ITEM,
            _TOTAL if paired is None else self._economic_class or _TOTAL,
            counterpart_code=pair.counterpart_code,
            counterpart_name=paired,
            repairs=(Repair.CODE_AMBIGUOUS if pair.candidates else known,),
        )

    def _own(self, name: str, classification: Classification) -> Line:
        """A line of the agency's own list: a unit of it or a project."""
        if balance_code(name) is not None:
            return Line(_TOTAL, name, classification, RowKind.TOTAL, None)
        unit = agency_key(name)
        if classification is Classification.UNIT:
            return Line(unit, name, classification, RowKind.ITEM, _TOTAL)
        if unit == self.identity.agency_id:
            self._unit_code = unit
            return Line(unit, name, Classification.UNIT, RowKind.SUBTOTAL, _TOTAL)
        parent = self._unit_code or _TOTAL
        return Line(project_key(name), name, classification, RowKind.ITEM, parent)


def _purpose(name: str, classification: Classification, flow: Flow) -> Line:
    """A line that says what the money is for: a part of the total, or a balance."""
    balance = balance_code(name)
    if balance is not None:
        return _balance(balance, name, classification, flow)
    component = _PURPOSES.get(name)
    return Line(
        _TOTAL,
        name,
        classification,
        RowKind.TOTAL,
        None,
        component=component,
        repairs=() if component else (Repair.CODE_UNKNOWN,),
    )


def fixed_line(line: FixedLine) -> Line:
    """The line that a column stands for."""
    is_total = line.parent_code is None
    is_parent = line.code in (ThreePublic.TOTAL, ThreePublic.VEHICLE)
    kind = RowKind.TOTAL if is_total else RowKind.SUBTOTAL if is_parent else RowKind.ITEM
    return Line(line.code, line.name, line.classification, kind, line.parent_code)


def _balance(balance: LineCode, name: str, classification: Classification, flow: Flow) -> Line:
    code = str(balance)
    match balance:
        case LineCode.TOTAL:
            return Line(code, name, classification, RowKind.TOTAL, None)
        case LineCode.CURRENT_TOTAL:
            basis = CarryoverBasis.EXCLUDED if flow is Flow.REVENUE else None
            return Line(code, name, classification, RowKind.SUBTOTAL, _TOTAL, basis=basis)
        case LineCode.CARRYOVER_START:
            basis = CarryoverBasis.ONLY
            return Line(code, name, classification, RowKind.ITEM, _TOTAL, basis=basis)
        case LineCode.CARRYOVER_END:
            return Line(code, name, classification, RowKind.ITEM, _TOTAL)


def _three_public(name: str) -> Line:
    code = three_public_code(name)
    total = str(ThreePublic.TOTAL)
    kind, parent = RowKind.ITEM, total
    if code is ThreePublic.TOTAL:
        return Line(total, name, Classification.THREE_PUBLIC, RowKind.TOTAL, None)
    if code is ThreePublic.VEHICLE:
        kind = RowKind.SUBTOTAL
    elif code in _VEHICLE_PARTS:
        parent = str(ThreePublic.VEHICLE)
    return Line(
        str(code or name),
        name,
        Classification.THREE_PUBLIC,
        kind,
        parent,
        repairs=() if code else (Repair.CODE_UNKNOWN,),
    )
