"""The indicators of forms with one block, which may print behind each target what it weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.amounts import parse_number
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.statements.performance.categories import is_header_word
from analytics.statements.performance.form import Leftover
from analytics.statements.performance.lines import Cell, Line
from analytics.statements.performance.rows import Entry, Row, read_tag

__all__ = ["OneBlock", "read_block"]

_BLOCK = IndicatorBlock.ANNUAL
_WEIGHT = ("分值", "权重")
_BESIDE = "绩效指标"
"""Written downwards beside all rows, so that a page break leaves a part of it to each page."""


@dataclass(frozen=True, slots=True)
class OneBlock:
    """The columns of a form with one block, as its header prints them.

    Args:
        name: Column of the names.
        value: Column of the targets.
        weight: Column of the weights; ``None`` where the form has none.
    """

    name: int
    value: int
    weight: int | None

    @classmethod
    def find(cls, lines: Iterable[Line]) -> OneBlock | None:
        """The columns, if a header names 三级指标 and 指标值 once each; ``None`` for other forms."""
        for line in lines:
            names = [cell.column for cell in line.cells if cell.key == "三级指标"]
            values = [cell.column for cell in line.cells if cell.key.endswith("指标值")]
            weights = [cell.column for cell in line.cells if _names_weight(cell)]
            if len(names) == len(values) == 1:
                return cls(names[0], values[0], weights[0] if weights else None)
            if names:
                return None
        return None


def read_block(lines: Iterable[Line], columns: OneBlock) -> tuple[list[Row], list[Leftover]]:
    """Tell the lines of the only block apart: labels, then a name, a target and a weight.

    What a cell is follows from its order in the line; a column decides only where a cell is
    missing, so that a page on which the columns are cut otherwise is read as well.

    Returns:
        The rows, and the cells that have no place in a line.
    """
    rows: list[Row] = []
    leftovers: list[Leftover] = []
    for line in lines:
        if line.is_running_text:
            reason = "running text among the indicators"
            leftovers += [Leftover(cell.printed, cell.place, reason) for cell in line.cells]
            continue
        cells = [c for c in line.cells if not (is_header_word(c.key) or _names_weight(c))]
        row = Row(len(rows), is_after_break=line.is_after_break)
        leftovers += _fill(row, cells, columns)
        if row.tags or row.entries:
            rows.append(row)
    return rows, leftovers


def _names_weight(cell: Cell) -> bool:
    return cell.key.startswith(_WEIGHT)


def _fill(row: Row, cells: Sequence[Cell], columns: OneBlock) -> list[Leftover]:
    tags = [read_tag(cells, index) for index in range(len(cells))]
    row.tags = {_BLOCK: known} if (known := [tag for tag in tags if tag is not None]) else {}
    texts = [cell for cell, tag in zip(cells, tags, strict=True) if tag is None]
    if texts and texts[0].column < columns.name and texts[0].key in _BESIDE:
        texts = texts[1:]
    weight = _weight(texts, columns)
    if weight is not None:
        texts = texts[:-1]
    match texts:
        case [] if weight is None:
            return []
        case []:
            entry = Entry(weight=weight)
        case [only] if only.column >= columns.value:
            entry = Entry(value=only, weight=weight)
        case [only]:
            entry = Entry(name=only, weight=weight)
        case _:
            entry = Entry(texts[0], texts[1], weight)
    row.entries = {_BLOCK: entry}
    reason = "more cells than name, target and weight"
    return [Leftover(cell.printed, cell.place, reason) for cell in texts[2:]]


def _weight(texts: Sequence[Cell], columns: OneBlock) -> Cell | None:
    """The weight of a line: the last cell, where it is a number behind name and target."""
    if columns.weight is None or not texts or parse_number(texts[-1].text) is None:
        return None
    is_there = len(texts) >= 3 or texts[-1].column >= columns.weight
    return texts[-1] if is_there else None
