"""The money of a form: one line for each source, one block or two side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.amounts import PrintedNumber, is_blank, parse_number
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import CarryoverBasis, Fund, Repair
from analytics.statements.performance.form import FundAmount, Leftover
from analytics.statements.performance.lines import Cell, Line

__all__ = ["Money", "prints_amount", "read_money"]

_UNIT = re.compile(r"[(](?:单位[:：])?([^()]{0,3}元)[)]")
_SPLIT = re.compile(r"^(?P<label>[^\d]*[^\d\s(])\s*(?P<number>[-(]?\d[\d,.\s]*\)?)$")
_LEADING = re.compile(r"^其中[:：]?")
_SOURCES: tuple[tuple[Fund, re.Pattern[str]], ...] = (
    (Fund.ALL, re.compile(r"资金总额|总额|合计")),
    (Fund.ALL, re.compile(r"^上年.*结转")),
    (Fund.FISCAL_APPROPRIATION, re.compile(r"^(?:[当本]年(?:度)?)?财政拨款")),
    (Fund.CENTRAL, re.compile(r"^中央")),
    (Fund.PROVINCIAL, re.compile(r"^省")),
    (Fund.LOCAL, re.compile(r"^[市县区地]")),
    (Fund.SELF_RAISED, re.compile(r"自筹|单位资金")),
    (Fund.OTHER, re.compile(r"^其[他它]")),
)
_WHOLE_LABEL = re.compile(r"(?:资金|拨款|总额|自筹|合计|结转|结余)$")
_CARRYOVER = re.compile(r"结转")
_POINTS = ("执行率", "分值")
"""What begins a cell that says how many points the spending of the money counts."""


@dataclass(frozen=True, slots=True)
class Money:
    """What the money part of a form says."""

    unit: str | None
    funds: tuple[FundAmount, ...]
    leftovers: tuple[Leftover, ...]


@dataclass(slots=True)
class _Slot:
    """A printed label that waits for its figure."""

    fund: Fund
    label: str
    cell: Cell
    repairs: list[Repair]
    block: IndicatorBlock = IndicatorBlock.TERM
    number: PrintedNumber | None = None
    value: Cell | None = None

    @property
    def is_carried_over(self) -> bool:
        """Whether the label speaks of money carried over from earlier years."""
        return _CARRYOVER.search(self.label) is not None


def read_money(lines: Iterable[Line]) -> Money:
    """Read every figure with its block and its source.

    The first label of a line belongs to the whole term, the second to the year, whatever the two
    totals are called. Where no line has two labels, there is one block, and the total says which:
    year or term. A figure may stand behind its label, in the same cell, or in the next row.
    A blank cell is no figure.
    """
    unit: str | None = None
    slots: list[_Slot] = []
    leftovers: list[Leftover] = []
    columns: tuple[int, int] | None = None
    previous: list[_Slot] = []
    block = IndicatorBlock.TERM
    for line in lines:
        cells = list(line.cells)
        if cells[0].key.startswith("项目资金"):
            found = _UNIT.search(cells.pop(0).key)
            unit = found[1] if found else unit
        row, values = _read_row(cells)
        if len(row) >= 2 and columns is None:
            columns = (row[0].cell.column, row[1].cell.column)
        _set_blocks(row, columns, block)
        if row:
            block = row[0].block
            leftovers += _hand_out(values, row, slots)
            previous = row
        else:
            waiting = [slot for slot in previous if slot.number is None]
            leftovers += _pair_rows(values, waiting)
        slots += row
    funds, doubled = _unique(slots)
    return Money(unit, funds, (*leftovers, *doubled))


def prints_amount(cell: Cell) -> bool:
    """Whether a cell of the money part prints a figure, alone or behind its label.

    Examples:
        >>> from analytics.documents.model import Place
        >>> from analytics.statements.performance.lines import make_cell
        >>> texts = ("5,000", "单位自筹 0", "单位自筹")
        >>> [prints_amount(make_cell(text, Place(1, 1, 1))) for text in texts]
        [True, True, False]
    """
    if cell.key.startswith(_POINTS):
        return False
    return parse_number(cell.text) is not None or _SPLIT.match(cell.text) is not None


def _read_row(cells: Iterable[Cell]) -> tuple[list[_Slot], list[Cell]]:
    """Labels of a line, filled as far as their figures follow, and the figures left over."""
    row: list[_Slot] = []
    loose: list[Cell] = []
    for cell in cells:
        number = parse_number(cell.text)
        if number is not None:
            if row and row[-1].number is None and not loose:
                row[-1].number, row[-1].value = number, cell
            else:
                loose.append(cell)
            continue
        slot = _slot(cell)
        if slot is not None:
            row.append(slot)
        elif not is_blank(cell.text):
            loose.append(cell)
    # label, label, figure, figure: the first figure was given to the second label
    if len(row) == 2 and len(loose) == 1 and row[0].number is None and row[1].value is not None:
        row[0].number, row[0].value = row[1].number, row[1].value
        row[1].number, row[1].value = parse_number(loose[0].text), loose[0]
        loose = []
    return row, loose


def _slot(cell: Cell) -> _Slot | None:
    """A label cell, with its figure where the two were printed as one cell."""
    split = _SPLIT.match(cell.text)
    label = _LEADING.sub("", (_squeezed(split["label"]) if split else cell.key)).rstrip(":：")
    fund = next((fund for fund, pattern in _SOURCES if pattern.search(label)), None)
    if fund is None:
        return None
    repairs = list(cell.repairs)
    if not _WHOLE_LABEL.search(label):
        repairs.append(Repair.LABEL_TRUNCATED)
    slot = _Slot(fund, label, cell, repairs)
    if split:
        slot.number, slot.value = parse_number(split["number"]), cell
        slot.repairs.append(Repair.CELL_SPLIT)
    return slot


def _set_blocks(row: list[_Slot], columns: tuple[int, int] | None, above: IndicatorBlock) -> None:
    """Say for each label of a line whether it speaks of the term or of the year.

    Args:
        row: The labels.
        columns: Where the labels of the two blocks stand; ``None`` before a line has two.
        above: Block of the line above.
    """
    for slot, block in zip(row, IndicatorBlock, strict=False):
        slot.block = block
        wrong = "年度" if block == IndicatorBlock.TERM else "实施"
        if slot.label.startswith(wrong):
            slot.repairs.append(Repair.LABEL_WRONG)
    if len(row) != 1:
        return
    only = row[0]
    if only.label.startswith(("年度", "实施")):
        is_annual = only.label.startswith("年度")
        only.repairs = [repair for repair in only.repairs if repair != Repair.LABEL_WRONG]
    elif columns:
        is_annual = abs(only.cell.column - columns[1]) < abs(only.cell.column - columns[0])
    else:
        is_annual = above == IndicatorBlock.ANNUAL
    only.block = IndicatorBlock.ANNUAL if is_annual else IndicatorBlock.TERM


def _hand_out(values: list[Cell], row: list[_Slot], slots: list[_Slot]) -> list[Leftover]:
    """Figures behind a filled label: the year's figure of a source whose second label is lost."""
    leftovers: list[Leftover] = []
    for cell in values:
        number = parse_number(cell.text)
        only = row[0]
        is_lost_label = len(row) == 1 and only.block == IndicatorBlock.TERM and only.value
        if number is not None and is_lost_label and cell is values[0]:
            twin = _Slot(only.fund, only.label, cell, [Repair.LABEL_MISSING], number=number)
            twin.block, twin.value = IndicatorBlock.ANNUAL, cell
            slots.append(twin)
        else:
            leftovers.append(Leftover(cell.text, cell.place, "no source of money beside it"))
    return leftovers


def _pair_rows(values: list[Cell], waiting: list[_Slot]) -> list[Leftover]:
    """A row of figures under a row of labels."""
    figures = [cell for cell in values if parse_number(cell.text) is not None]
    if len(figures) == len(waiting):
        pairs = list(zip(figures, waiting, strict=True))
    else:
        pairs = []
        for cell in figures:
            free = [slot for slot in waiting if all(slot is not taken for _, taken in pairs)]
            if free:
                near = min(free, key=lambda slot: abs(slot.cell.column - cell.column))
                pairs.append((cell, near))
    for cell, slot in pairs:
        slot.number, slot.value = parse_number(cell.text), cell
        slot.repairs.append(Repair.VALUE_SHIFTED)
    used = [id(cell) for cell, _ in pairs]
    return [
        Leftover(cell.text, cell.place, "no source of money beside it")
        for cell in values
        if id(cell) not in used
    ]


def _basis(slot: _Slot, slots: Iterable[_Slot]) -> CarryoverBasis:
    """Whether a figure contains carry-over; a form that lists it excludes it in the other sources."""
    if slot.is_carried_over:
        return CarryoverBasis.ONLY
    is_listed = slot.fund is not Fund.ALL and any(each.is_carried_over for each in slots)
    return CarryoverBasis.EXCLUDED if is_listed else CarryoverBasis.INCLUDED


def _unique(slots: Sequence[_Slot]) -> tuple[tuple[FundAmount, ...], list[Leftover]]:
    """One figure for each block and source; a second one is set aside."""
    funds: dict[tuple[IndicatorBlock, Fund, CarryoverBasis], FundAmount] = {}
    leftovers: list[Leftover] = []
    for slot in slots:
        if slot.number is None or slot.value is None:
            continue
        key = (slot.block, slot.fund, basis := _basis(slot, slots))
        if key in funds:
            reason = f"second figure for {slot.label} in one block"
            leftovers.append(Leftover(slot.value.text, slot.value.place, reason))
            continue
        repairs = tuple(dict.fromkeys(slot.repairs))
        place = slot.value.place
        funds[key] = FundAmount(
            slot.block, slot.fund, slot.label, slot.number, place, repairs, basis
        )
    ordered = sorted(funds.values(), key=lambda fund: list(IndicatorBlock).index(fund.block))
    return tuple(ordered), leftovers


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
