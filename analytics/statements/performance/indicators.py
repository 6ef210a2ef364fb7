"""The indicators of a form: rows joined, names completed, levels assigned, repairs told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analytics.amounts import parse_number
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import Repair
from analytics.statements.performance.categories import LEVEL1_OF
from analytics.statements.performance.form import Indicator, Leftover
from analytics.statements.performance.levels import (
    Item,
    Labels,
    assign,
    is_well_formed,
    read_labels,
)
from analytics.statements.performance.lines import Cell, Line
from analytics.statements.performance.rows import Columns, Entry, Row, read_rows
from analytics.statements.performance.single import OneBlock, read_block
from analytics.statements.performance.targets import Target, parse_target

__all__ = ["read_indicators"]

_ORDINAL = re.compile(r"^指标\d+[:：]")
_SPACES = re.compile(r"\s+")
_SHORTEST_STUMP = 4
_LEVEL_REPAIRS = {Repair.LABEL_MOVED, Repair.LABEL_MISSING, Repair.LABEL_WRONG}


@dataclass(slots=True)
class _Draft:
    """An indicator on its way: what was printed, and what is mended so far."""

    block: IndicatorBlock
    row: Row
    cell: Cell
    value: Cell | None
    name: str
    value_text: str = ""
    repairs: list[Repair] = field(default_factory=list)
    is_level_repaired: bool = False
    twin: _Draft | None = None
    weight: Cell | None = None
    category: str | None = None

    @property
    def target(self) -> Target:
        return parse_target(self.value_text)


def read_indicators(lines: Iterable[Line]) -> tuple[tuple[Indicator, ...], tuple[Leftover, ...]]:
    """Read the targets of the one block or of both.

    Lines that only name a category make no indicator. A name without value is an indicator left
    blank; a value alone in a row belongs to the name above it.

    Returns:
        The indicators, the term's before the year's, and the cells nothing was made of.
    """
    listed = list(lines)
    one_block = OneBlock.find(listed)
    columns: Columns | None = None
    if one_block is not None:
        rows, leftovers = read_block(listed, one_block)
    else:
        rows, columns, leftovers = read_rows(listed)
    drafts: list[_Draft] = []
    for row in rows:
        for block, entry in row.entries.items():
            leftovers += _take(block, row, entry, drafts)
    _pair_twins(drafts)
    _complete_names(drafts)
    labels = read_labels(rows)
    if one_block is not None and labels.is_clean:
        for draft in drafts:
            label = labels.last(draft.block, draft.row.index)
            draft.category = label.category if label else None
    else:
        _set_categories(drafts, rows, labels)
    for draft in drafts:
        _note_repairs(draft, labels, columns)
    ordered = [draft for block in IndicatorBlock for draft in drafts if draft.block == block]
    counts = dict.fromkeys(IndicatorBlock, 0)
    indicators = []
    for draft in ordered:
        counts[draft.block] += 1
        indicators.append(_finished(draft, counts[draft.block]))
    return tuple(indicators), tuple(leftovers)


def _take(block: IndicatorBlock, row: Row, entry: Entry, drafts: list[_Draft]) -> list[Leftover]:
    """Make a draft of one entry, or join it to the one above."""
    above = next((draft for draft in reversed(drafts) if draft.block == block), None)
    if entry.name is None:
        return _complete(above, entry)
    name = _clean(entry.name.text)
    if entry.value is None and entry.weight is None and above is not None:
        same = [draft for draft in drafts if draft.block == block and draft.name == name]
        if same:
            return [Leftover(entry.name.printed, entry.name.place, "name repeated without target")]
        if row.is_after_break and not any(row.tags.values()) and above.value is not None:
            above.name += name
            above.repairs.append(Repair.CONTINUED_ROW)
            return []
    repairs = list(entry.name.repairs)
    for tag in row.tags.get(block, []):
        repairs += tag.cell.repairs
        if tag.label is not None and tag.label.is_truncated:
            repairs.append(Repair.LABEL_TRUNCATED)
    if entry.value is not None:
        repairs += entry.value.repairs
    text = entry.value.text if entry.value is not None else ""
    draft = _Draft(block, row, entry.name, entry.value, name, text, repairs, weight=entry.weight)
    drafts.append(draft)
    return []


def _complete(above: _Draft | None, entry: Entry) -> list[Leftover]:
    """Give a target or a weight without a name to the name above it that lacks one."""
    leftovers = []
    if entry.value is not None:
        if above is not None and above.value is None:
            above.value, above.value_text = entry.value, entry.value.text
            above.repairs += [*entry.value.repairs, Repair.VALUE_SHIFTED]
        else:
            value = entry.value
            leftovers.append(Leftover(value.printed, value.place, "target without a name"))
    if entry.weight is not None:
        if above is not None and above.weight is None:
            above.weight = entry.weight
            above.repairs.append(Repair.VALUE_SHIFTED)
        else:
            weight = entry.weight
            leftovers.append(Leftover(weight.printed, weight.place, "weight without a name"))
    return leftovers


def _clean(text: str) -> str:
    return _ORDINAL.sub("", _SPACES.sub("", text))


def _pair_twins(drafts: Sequence[_Draft]) -> None:
    """Pair the indicators that both blocks name: same name, or one the stump of the other."""
    term = [draft for draft in drafts if draft.block == IndicatorBlock.TERM]
    annual = [draft for draft in drafts if draft.block == IndicatorBlock.ANNUAL]
    for is_alike in (_is_same, _is_stump):
        for draft in term:
            if draft.twin is not None:
                continue
            free = [other for other in annual if other.twin is None and is_alike(draft, other)]
            if free:
                near = min(free, key=lambda other: abs(other.row.index - draft.row.index))
                draft.twin, near.twin = near, draft


def _is_same(one: _Draft, other: _Draft) -> bool:
    return one.name == other.name


def _is_stump(one: _Draft, other: _Draft) -> bool:
    """Whether one name breaks off where the other goes on, and both state the same target."""
    short, long = sorted((one.name, other.name), key=len)
    is_near = one.row.index == other.row.index or one.value_text == other.value_text
    return len(short) >= _SHORTEST_STUMP and long.startswith(short) and is_near


def _complete_names(drafts: Iterable[_Draft]) -> None:
    for draft in drafts:
        if draft.twin is not None and len(draft.twin.name) > len(draft.name):
            draft.name = draft.twin.name
            draft.repairs.append(Repair.LABEL_TRUNCATED)


def _set_categories(drafts: Sequence[_Draft], rows: Sequence[Row], labels: Labels) -> None:
    items = [
        Item(draft.block, draft.row.index, draft.name, draft.target.kind, draft.value_text)
        for draft in drafts
    ]
    position = {id(draft): index for index, draft in enumerate(drafts)}
    for draft, item in zip(drafts, items, strict=True):
        if draft.twin is not None:
            item.twin = items[position[id(draft.twin)]]
    assign(items, rows, labels)
    for draft, item in zip(drafts, items, strict=True):
        draft.category = item.category


def _note_repairs(draft: _Draft, labels: Labels, columns: Columns | None) -> None:
    """Say what differs from the print, label by label and column by column.

    A form with one block gives no ``columns``: its cells are told by their order.
    """
    block, row = draft.block, draft.row
    tags = row.tags.get(block, [])
    if draft.category is not None:
        printed = labels.last(block, row.index)
        if printed is None or printed.category != draft.category:
            known = any(event.category == draft.category for event in labels.second[block])
            draft.repairs.append(Repair.LABEL_MOVED if known else Repair.LABEL_MISSING)
        parent = labels.last_first(row.index)
        if parent is None or parent.category != LEVEL1_OF[draft.category]:
            known = any(event.category == LEVEL1_OF[draft.category] for event in labels.first)
            draft.repairs.append(Repair.LABEL_MOVED if known else Repair.LABEL_MISSING)
        if tags and not is_well_formed(row, block):
            draft.repairs.append(Repair.LABEL_WRONG)
    is_label_off = is_off = False
    if columns is not None:
        is_label_off = bool(tags) and tags[-1].cell.column != columns.label[block]
        is_off = draft.cell.column != columns.name[block] or (
            draft.value is not None and draft.value.column != columns.value[block]
        )
    if is_label_off or is_off:
        draft.repairs.append(Repair.VALUE_SHIFTED)
    draft.is_level_repaired = is_label_off or not _LEVEL_REPAIRS.isdisjoint(draft.repairs)


def _finished(draft: _Draft, number: int) -> Indicator:
    return Indicator(
        block=draft.block,
        number=number,
        level1=LEVEL1_OF[draft.category] if draft.category else None,
        level2=draft.category,
        name=draft.name,
        value_text=draft.value_text or None,
        target=draft.target,
        place=draft.cell.place,
        value_place=draft.value.place if draft.value else None,
        is_level_repaired=draft.is_level_repaired,
        repairs=tuple(dict.fromkeys(draft.repairs)),
        weight=parse_number(draft.weight.text) if draft.weight else None,
        weight_place=draft.weight.place if draft.weight else None,
    )
