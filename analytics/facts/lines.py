"""What a line of a statement is: its code, its place in the hierarchy, the money it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analytics.reference import (
    codes_by_name,
    economic_pair,
    functional_code_by_name,
    fund_by_name,
)
from analytics.schema.statement_forms import Role
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Flow,
    Fund,
    LineCode,
    Repair,
    RowKind,
    ThreePublic,
)
from analytics.statements.lines import balance_code, three_public_code
from analytics.statements.model import BodyRow, Column, Identity, StatementTable
from analytics.statements.wording import agency_key, clean_name, project_key, squeeze

__all__ = ["Line", "LineReader", "Side"]

_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_TOTAL = str(LineCode.TOTAL)
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
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The columns of one direction of money in a statement, with their positions."""

    flow: Flow
    columns: tuple[tuple[int, Column], ...]

    def text(self, row: BodyRow, role: Role) -> str:
        """The text of a row in the side's last column of a role; empty where there is none."""
        texts = [row.text(i) for i, c in self.columns if c.form and c.form.role is role]
        return texts[-1] if texts else ""


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
        sides = (
            Side(flow, tuple(p for p in places if p[1].form and p[1].form.flow is flow))
            for flow in Flow
        )
        self.sides = tuple(side for side in sides if side.columns)
        self._codes: dict[Flow, list[str]] = {flow: [] for flow in Flow}
        self._in_carryover: dict[Flow, bool] = dict.fromkeys(Flow, False)
        self._is_coded = {
            flow: any(c.role is Role.CODE and c.flow is flow for c in self.form.columns)
            for flow in Flow
        }
        self._economic_class: str | None = None
        self._unit_code: str | None = None
        names = (side.text(row, Role.NAME) for row in table.body for side in self.sides)
        has_current = any(balance_code(clean_name(n)) is LineCode.CURRENT_TOTAL for n in names)
        self._parent = str(LineCode.CURRENT_TOTAL) if has_current else _TOTAL

    def read(self, row: BodyRow) -> tuple[Line | None, ...]:
        """What a row is about, side by side; ``None`` for a side that names no line.

        A total that is named once stands for both sides of its row.
        """
        lines = [self._line(row, side) for side in self.sides]
        if any(line is not None and line.row_kind is RowKind.TOTAL for line in lines):
            lines = [
                self._unnamed_total(side.flow) if line is None else line
                for side, line in zip(self.sides, lines, strict=True)
            ]
        return tuple(lines)

    def _unnamed_total(self, flow: Flow) -> Line:
        total = _balance(LineCode.TOTAL, LineCode.TOTAL.zh, self._classification(flow), flow)
        return replace(total, repairs=(Repair.TOTAL_ADDED,))

    def _classification(self, flow: Flow) -> Classification:
        return self.form.line_classification(flow)

    def _line(self, row: BodyRow, side: Side) -> Line | None:
        code = side.text(row, Role.CODE)
        name = clean_name(side.text(row, Role.NAME))
        if _CODE.match(squeeze(code)):
            return self._coded(code, name, side.flow)
        if balance_code(clean_name(code)) is not None:
            name = clean_name(code)
        if not name:
            return None
        match self._classification(side.flow):
            case Classification.THREE_PUBLIC:
                return _three_public(name)
            case Classification.UNIT | Classification.PROJECT as classification:
                return self._own(name, classification)
            case Classification.ECONOMIC_DEPARTMENT:
                return self._economic(name, side.text(row, Role.COUNTERPART))
            case classification:
                return self._named(name, classification, side.flow)

    def _coded(self, printed: str, name: str, flow: Flow) -> Line:
        code, above = squeeze(printed), self._codes[flow]
        parents = (c for c in reversed(above) if len(c) < len(code) and code.startswith(c))
        parent = next(parents, _TOTAL)
        above.append(code)
        return Line(
            code,
            name,
            self._classification(flow),
            RowKind.ITEM if len(code) == 7 else RowKind.SUBTOTAL,
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
            code, parent = str(fund), str(LineCode.CURRENT_TOTAL)
            basis = CarryoverBasis.EXCLUDED
        return Line(code, name, classification, RowKind.ITEM, parent, fund, basis)

    def _economic(self, name: str, counterpart: str) -> Line:
        classification = Classification.ECONOMIC_DEPARTMENT
        if balance_code(name) is not None:
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
