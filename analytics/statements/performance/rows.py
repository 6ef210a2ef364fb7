"""The lines of the indicator part, each told apart into the two blocks.

A printed line holds, for each block, category labels, a name and a value, any of which may be
missing or have slipped into another column. What belongs where is decided for the line as a
whole: labels stand before names, names before values, the left block before the right one, and
the two blocks mostly name the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analytics.schema.form_vocabularies import IndicatorBlock, IndicatorKind
from analytics.statements.performance.categories import (
    COST,
    LEVEL1_OF,
    Label,
    is_header_word,
    is_unknown_label,
    match_label,
)
from analytics.statements.performance.form import Leftover
from analytics.statements.performance.lines import Cell, Line
from analytics.statements.performance.targets import parse_target

__all__ = ["Columns", "Entry", "Row", "Tag", "read_rows", "read_tag"]

_ORDINAL = re.compile(r"^指标\d+[:：]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A category label in a line; ``label`` is ``None`` where it names no known category."""

    cell: Cell
    label: Label | None


@dataclass(slots=True)
class Entry:
    """Name, value and weight of one block in one line, each of them possibly missing."""

    name: Cell | None = None
    value: Cell | None = None
    weight: Cell | None = None


@dataclass(slots=True)
class Row:
    """One line of the indicator part.

    Args:
        index: Number of the line within the part, from 0.
        tags: Category labels of each block, in printed order.
        entries: Name and value of each block, where there are any.
        is_empty_category: Whether the line only names one category, once for each block.
        is_after_break: Whether a page break stands right above it.
    """

    index: int
    tags: dict[IndicatorBlock, list[Tag]] = field(default_factory=dict)
    entries: dict[IndicatorBlock, Entry] = field(default_factory=dict)
    is_empty_category: bool = False
    is_after_break: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of label, name and value of each block, as the header prints them."""

    label: dict[IndicatorBlock, int]
    name: dict[IndicatorBlock, int]
    value: dict[IndicatorBlock, int]


_TERM, _ANNUAL = IndicatorBlock.TERM, IndicatorBlock.ANNUAL

OFFICIAL_COLUMNS = Columns(
    label={_TERM: 3, _ANNUAL: 6}, name={_TERM: 4, _ANNUAL: 7}, value={_TERM: 5, _ANNUAL: 8}
)
"""Where the official form prints label, name and value, behind 绩效指标 and the first level."""


def read_rows(lines: Iterable[Line]) -> tuple[list[Row], Columns, list[Leftover]]:
    """Tell the lines of the indicator part apart.

    Returns:
        The rows, the columns of the header (those of the official layout, where no header is
        printed), and the cells that have no place in a line.
    """
    rows: list[Row] = []
    leftovers: list[Leftover] = []
    columns = OFFICIAL_COLUMNS
    for line in lines:
        if line.is_running_text:
            reason = "running text among the indicators"
            leftovers += [Leftover(cell.printed, cell.place, reason) for cell in line.cells]
            continue
        columns = _header_columns(line.cells) or columns
        cells = [cell for cell in line.cells if not is_header_word(cell.key)]
        if not cells:
            continue
        row = Row(len(rows), is_after_break=line.is_after_break)
        leftovers += _fill(row, cells, columns)
        if len(cells) < len(line.cells):
            row.is_empty_category = False  # labels inside the header are labels, not a category
        rows.append(row)
    return rows, columns, leftovers


def _header_columns(cells: Sequence[Cell]) -> Columns | None:
    """Columns by the words 二级指标, 三级指标, 指标值; ``None`` unless each is printed twice."""
    found = {
        word: [cell.column for cell in cells if cell.key == word]
        for word in ("二级指标", "三级指标", "指标值")
    }
    if any(len(columns) != 2 for columns in found.values()):
        return None
    by_block = [dict(zip(IndicatorBlock, columns, strict=True)) for columns in found.values()]
    return Columns(*by_block)


def _fill(row: Row, cells: list[Cell], columns: Columns) -> list[Leftover]:
    tags = {id(cell): read_tag(cells, index) for index, cell in enumerate(cells)}
    texts = [cell for cell in cells if tags[id(cell)] is None]
    if not texts:
        _fill_labels(row, [tag for cell in cells if (tag := tags[id(cell)])])
        return []
    cut = _best_cut(cells, tags, columns)
    leftovers: list[Leftover] = []
    for block, part in zip(IndicatorBlock, (cells[:cut], cells[cut:]), strict=True):
        row.tags[block] = [tag for cell in part if (tag := tags[id(cell)])]
        side = [cell for cell in part if tags[id(cell)] is None]
        entry = _entry(side)
        if entry is not None:
            row.entries[block] = entry
        reason = "more cells than name and value"
        leftovers += [Leftover(cell.printed, cell.place, reason) for cell in side[2:]]
    return leftovers


def read_tag(cells: Sequence[Cell], index: int) -> Tag | None:
    """The cell as a category label; ``None`` for a name or a value.

    What reads like a label is the name of an indicator where a label of the same category stands
    before it and a target behind it (服务对象满意度指标, 服务对象满意度, ≥90%). Before one of its
    own second-level categories, 成本指标 is a first-level one.
    """
    key = cells[index].key
    label = match_label(key)
    behind = cells[index + 1].key if index + 1 < len(cells) else ""
    if label is not None and label.category == COST:
        below = match_label(behind)
        if below is not None and LEVEL1_OF.get(below.category) == COST:
            label = Label(1, COST, label.is_truncated)
    if label is None:
        return Tag(cells[index], None) if is_unknown_label(key) else None
    before = match_label(cells[index - 1].key) if index else None
    is_repeated = before is not None and before.level == 2 and before.category == label.category
    is_name = is_repeated and parse_target(behind).value is not None
    return None if is_name else Tag(cells[index], label)


def _fill_labels(row: Row, tags: list[Tag]) -> None:
    """A line of labels alone: the same category twice is a category left empty in both blocks."""
    seconds = [tag for tag in tags if tag.label is not None and tag.label.level == 2]
    last = [tag.label.category for tag in seconds[-2:] if tag.label]
    if len(last) == 2 and last[0] == last[1]:
        right = seconds[-1]
        row.is_empty_category = True
    elif len(seconds) == 2 and tags[-1] is seconds[1] and len(tags) == 2:
        right = seconds[1]
    else:
        row.tags[_TERM] = tags
        return
    row.tags[_ANNUAL] = [right]
    row.tags[_TERM] = [tag for tag in tags if tag is not right]


def _best_cut(cells: Sequence[Cell], tags: dict[int, Tag | None], columns: Columns) -> int:
    """Where the right block begins: the cut under which the line makes most sense."""
    border = columns.label[_ANNUAL]
    scores = []
    for cut in range(len(cells) + 1):
        left, right = cells[:cut], cells[cut:]
        score = 0.3 * sum((cell.column < border) == (i < cut) for i, cell in enumerate(cells))
        for part in (left, right):
            score -= 6 * _labels_behind_text(part, tags)
        texts = [[cell for cell in part if tags[id(cell)] is None] for part in (left, right)]
        score += sum(_fit(each) for each in texts) + _likeness(*map(_entry, texts))
        scores.append(score)
    return scores.index(max(scores))


def _labels_behind_text(part: Sequence[Cell], tags: dict[int, Tag | None]) -> int:
    """Labels that stand behind a name or value within one block, where none may stand."""
    count, has_text = 0, False
    for cell in part:
        if tags[id(cell)] is None:
            has_text = True
        elif has_text:
            count += 1
    return count


def _fit(texts: Sequence[Cell]) -> float:
    """How well the texts of one block read as a name followed by a value."""
    match texts:
        case []:
            return 0.0
        case [only]:
            return max(-_valueness(only) - 0.3, _valueness(only) - 1.0)
        case [name, value]:
            return _valueness(value) - _valueness(name)
        case _:
            return -4.0 * len(texts)


def _valueness(cell: Cell) -> float:
    """Above zero for what reads like a target, below for what reads like a name."""
    kind = parse_target(cell.text).kind
    if kind != IndicatorKind.TEXT:
        return 2.0
    return 0.5 if len(cell.key) <= 4 else -1.0


def _likeness(left: Entry | None, right: Entry | None) -> float:
    """Blocks name the same things: a bonus where one name begins like the other."""
    if left is None or right is None or left.name is None or right.name is None:
        return 0.0
    one, other = left.name.key, right.name.key
    return 2.0 if one.startswith(other) or other.startswith(one) else 0.0


def _entry(texts: Sequence[Cell]) -> Entry | None:
    """Name and value among the texts of one block."""
    texts = [text for text in texts if _ORDINAL.sub("", text.key)]
    match texts:
        case []:
            return None
        case [only] if _valueness(only) > 1:
            return Entry(value=only)
        case [only]:
            return Entry(name=only)
        case _:
            return Entry(texts[0], texts[1])
