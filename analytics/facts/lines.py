"""What a line of a statement is: its code, its place in the hierarchy, the money it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.facts.known_lines import (
    Line,
    balance_line,
    purpose_line,
    three_public_line,
)
from analytics.facts.nested import NestedLine, nest
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
    Component,
    Flow,
    Fund,
    LineCode,
    Repair,
    RowKind,
    Statement,
)
from analytics.statements.lines import balance_code, procurement_code
from analytics.statements.model import BodyRow, Column, Identity, StatementTable
from analytics.statements.names import agency_id
from analytics.statements.wording import agency_key, clean_name, project_key, squeeze

__all__ = ["LineReader", "Side"]

_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_TOTAL = str(LineCode.TOTAL)
_FULL_LENGTH = {
    Classification.FUNCTION: 7,
    Classification.ECONOMIC_DEPARTMENT: 5,
    Classification.REVENUE_SOURCE: 7,
}
_APPROPRIATED = (Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
_NAMING = (Role.CODE, Role.NAME, Role.GROUP, Role.LEVEL)
_GROUP_TOTALS = ("小计", "合计")
_BASIC_TOTALS = {
    f"{component.zh}{suffix}": component
    for component in (Component.PERSONNEL, Component.PUBLIC)
    for suffix in ("", "合计", "小计")
}
_CARRIED = {
    "基本支出结转": (Component.CARRYOVER_BASIC, Component.CLOSING_BASIC),
    "项目支出结转": (Component.CARRYOVER_PROJECT, Component.CLOSING_PROJECT),
}
"""The parts of what is carried over, at the beginning and at the end of the year."""
_WITH_PARTS = (LineCode.CARRYOVER_START, LineCode.CARRYOVER_END, LineCode.SURPLUS_DISTRIBUTED)
_PART_OF = re.compile(r"^其中[:：]?")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Side:
    """The columns of one list of lines in a statement, with their positions."""

    flow: Flow
    part: int
    columns: tuple[tuple[int, Column], ...]
    named_by: tuple[tuple[int, Column], ...] = ()
    """The columns that name the lines, where those are the columns of another side."""

    def text(self, row: BodyRow, role: Role) -> str:
        """The text of a row in the side's columns of a role; empty where there is none.

        A code printed in parts is put together; of several names the last is the line's own.
        """
        columns = self.named_by or self.columns
        texts = [row.text(i) for i, c in columns if c.form and c.form.role is role]
        if role is Role.CODE:
            return "".join(texts)
        return texts[-1] if texts else ""

    def has(self, role: Role) -> bool:
        """Whether the side has a column of a role."""
        columns = self.named_by or self.columns
        return any(c.form and c.form.role is role for _, c in columns)


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
        self.sides = tuple(_sides(lists))
        self._codes: dict[Flow, list[str]] = {flow: [] for flow in Flow}
        self._balance: dict[Flow, LineCode | None] = dict.fromkeys(Flow)
        self._above: dict[Flow, Line | None] = dict.fromkeys(Flow)
        self._is_coded = {
            flow: any(c.role is Role.CODE and c.flow is flow for c in self.form.columns)
            or any(
                side.named_by and side.has(Role.CODE) for side in self.sides if side.flow is flow
            )
            for flow in Flow
        }
        self._is_named = any(c.role is Role.NAME for c in self.form.columns)
        self._economic_class: str | None = None
        self._unit_code: str | None = None
        self._group = ""
        self._has_appropriation = False
        self._nested = {id(side): iter(_nested_lines(table, side)) for side in self.sides}
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
            self._unnamed_balance(index, lines) if line is None else line
            for index, line in enumerate(lines)
        )

    def _unnamed_balance(self, index: int, lines: Sequence[Line | None]) -> Line | None:
        """The balance that a list without a name shares, from the nearest list that names one."""
        flow = self.sides[index].flow
        for place in (*reversed(range(index)), *range(index + 1, len(lines))):
            line = lines[place]
            if line is None or line.code not in list(LineCode):
                continue
            if self.sides[place].flow is flow or line.row_kind is RowKind.TOTAL:
                balance = LineCode(line.code)
                found = balance_line(balance, balance.zh, self._classification(flow), flow)
                return replace(found, component=line.component, repairs=(Repair.TOTAL_ADDED,))
        return None

    def _classification(self, flow: Flow) -> Classification:
        return self.form.line_classification(flow)

    def _line(self, row: BodyRow, side: Side) -> Line | None:
        classification = self._classification(side.flow)
        if side.has(Role.LEVEL):
            return self._level(next(self._nested[id(side)]), classification, side.flow)
        if not self._is_named:
            # A statement of one line: its columns are what it states of the total.
            return balance_line(LineCode.TOTAL, LineCode.TOTAL.zh, classification, side.flow)
        code = side.text(row, Role.CODE)
        name = clean_name(side.text(row, Role.NAME))
        if _CODE.match(squeeze(code)):
            return self._coded(code, name, side.flow)
        if balance_code(clean_name(code)) is not None or not (name or _DIGIT.search(code)):
            name = clean_name(code)
        if side.has(Role.GROUP):
            return self._grouped(clean_name(side.text(row, Role.GROUP)), name, side.flow)
        return self._by_name(row, side, name) if name else None

    def _by_name(self, row: BodyRow, side: Side, name: str) -> Line | None:
        """A line without a code, by what its list is about."""
        is_economic = self._classification(side.flow) is Classification.ECONOMIC_DEPARTMENT
        if side.part and not is_economic:
            return purpose_line(name, self._classification(side.flow), side.flow)
        match self._classification(side.flow):
            case Classification.THREE_PUBLIC:
                return three_public_line(name)
            case Classification.UNIT | Classification.PROJECT as classification:
                return self._own(name, classification)
            case Classification.ECONOMIC_DEPARTMENT:
                return self._economic(name, side.text(row, Role.COUNTERPART))
            case classification:
                is_part = _PART_OF.match(squeeze(side.text(row, Role.NAME))) is not None
                return self._placed(
                    self._named(name, classification, side.flow), side.flow, is_part
                )

    def _placed(self, line: Line, flow: Flow, is_part: bool) -> Line:
        """A line under the one above it, where it begins with 其中; else it is the next to be above."""
        above = self._above[flow]
        if not is_part or above is None or line.code in list(LineCode):
            self._above[flow] = line
            return line
        fund = line.fund or above.fund
        return replace(line, parent_code=above.code, fund=fund, basis=line.basis or above.basis)

    def _grouped(self, group: str, name: str, flow: Flow) -> Line | None:
        """A line that stands under the name of a group, which is printed once."""
        self._group = group or self._group
        classification = self._classification(flow)
        balance = balance_code(self._group)
        if balance is not None:
            if name not in ("", *_GROUP_TOTALS):
                start, basis = str(balance), CarryoverBasis.ONLY
                return Line(start, name, classification, RowKind.ITEM, start, basis=basis)
            return balance_line(balance, self._group, classification, flow)
        fund = fund_by_name(self._group)
        if fund is None:
            return None
        if name in ("", *_GROUP_TOTALS):
            return replace(self._fund(self._group, fund, classification), row_kind=RowKind.SUBTOTAL)
        basis, repairs = CarryoverBasis.EXCLUDED, (Repair.CODE_UNKNOWN,)
        return Line(
            name, name, classification, RowKind.ITEM, str(fund), fund, basis, repairs=repairs
        )

    def _level(
        self, nested: NestedLine | None, classification: Classification, flow: Flow
    ) -> Line | None:
        """A line of a nested list, whose grand total stands in its outermost level."""
        if nested is None:
            return None
        balance = balance_code(nested.name)
        if balance is not None:
            return balance_line(balance, nested.name, classification, flow)
        kind = RowKind.SUBTOTAL if nested.is_parent else RowKind.ITEM
        return Line(nested.code, nested.name, classification, kind, nested.parent_code or _TOTAL)

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
            self._balance[flow] = balance if balance in _WITH_PARTS else None
            return balance_line(balance, name, classification, flow)
        part = self._part_of_balance(name, classification, flow)
        if part is not None:
            return part
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

    def _part_of_balance(
        self, name: str, classification: Classification, flow: Flow
    ) -> Line | None:
        """A part of what is carried over or distributed; ``None`` for a line of its own."""
        balance = self._balance[flow]
        if balance is None or self._is_coded[flow]:
            return None
        code, fund = str(balance), fund_by_name(name)
        is_start = balance is LineCode.CARRYOVER_START
        basis = CarryoverBasis.ONLY if is_start else None
        of = next((part for part in _CARRIED if name.startswith(part)), None)
        if of is not None and balance is not LineCode.SURPLUS_DISTRIBUTED:
            component = _CARRIED[of][0 if is_start else 1]
            return Line(
                code, name, classification, RowKind.ITEM, code, None, basis, component=component
            )
        if flow is Flow.EXPENDITURE and fund is not None:
            return Line(code, name, classification, RowKind.ITEM, code, fund)
        if fund is not None or functional_code_by_name(name, self.identity.fiscal_year):
            return None
        repairs = (Repair.CODE_UNKNOWN,)
        return Line(name, name, classification, RowKind.ITEM, code, None, basis, repairs=repairs)

    def _fund(self, name: str, fund: Fund, classification: Classification) -> Line:
        if fund is Fund.SAVINGS:
            # money of earlier years, which no total of the year contains
            code, parent, basis = str(fund), _TOTAL, CarryoverBasis.ONLY
        elif self._balance[Flow.REVENUE] is LineCode.CARRYOVER_START:
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
        component = _BASIC_TOTALS.get(name)
        if component is not None:
            return Line(_TOTAL, name, classification, RowKind.TOTAL, None, component=component)
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
        if agency_id(name) == self.identity.agency_id:
            self._unit_code = unit
            return Line(unit, name, Classification.UNIT, RowKind.SUBTOTAL, _TOTAL)
        parent = self._unit_code or _TOTAL
        return Line(project_key(name), name, classification, RowKind.ITEM, parent)


def _nested_lines(table: StatementTable, side: Side) -> tuple[NestedLine | None, ...]:
    levels = [i for i, c in side.columns if c.form and c.form.role is Role.LEVEL]
    rows = [[clean_name(row.text(i)) for i in levels] for row in table.body]
    return nest(rows, procurement_code)


def _sides(lists: Mapping[tuple[Flow, int], Sequence[tuple[int, Column]]]) -> Iterator[Side]:
    """The lists of a statement; one that has no names of its own shares those to its left."""
    heads: tuple[tuple[int, Column], ...] = ()
    for key, columns in lists.items():
        forms = [(place, column, column.form) for place, column in columns if column.form]
        own = tuple((place, column) for place, column, form in forms if form.role in _NAMING)
        is_unnamed = any(form.role is Role.AMOUNT and form.line is None for _, _, form in forms)
        shared = () if own or not is_unnamed else heads
        yield Side(*key, tuple(columns), shared)
        heads = own or heads
