"""Which category every indicator belongs to, when the labels are not to be trusted.

Forms print categories in a fixed order, each label once, beside the first of its rows. When
recognition moves labels, that order still holds. The reading is therefore a segmentation: the
rows of a block are cut into runs, one for each category and in order, so that what the cut costs
is least. It costs to contradict a label (more, the fresher and nearer it is, and less where the
labels of the line make no sense together) and to contradict what a target says of itself: a day
belongs to timeliness, a rate to quality, yuan to cost. An indicator named in both blocks counts
the evidence of both. The minimum is found exactly, by dynamic programming over rows and
categories.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from analytics.schema.form_vocabularies import IndicatorBlock, IndicatorKind
from analytics.statements.performance.categories import CATEGORIES, COST_FIRST, LEVEL1_OF
from analytics.statements.performance.content import content_costs, says_enough
from analytics.statements.performance.rows import Row

__all__ = ["Event", "Item", "Labels", "assign", "is_well_formed", "read_labels"]

_EXACT = 1.5
"""What it costs more to contradict a label in its own line."""
_CONTRADICTED = 2.0
"""What it costs to contradict the label that stands above."""
_PER_ROW = 0.5
"""What every row costs that a label has to move."""
_FARTHEST = 4
_STALE = 0.25
"""Weight of a label after the other block has begun a new category."""
_BORROWED = 0.5
"""Weight of the other block's label, where an item has neither a label nor a twin."""
_CLOSED = 0.3
"""Weight of a label behind the line of its empty category."""
_GARBLED = 0.4
"""Weight of labels in a line whose labels make no sense together."""
_ANCHOR = 3.0
"""What it costs to put the line of an empty category into another one."""
_FORBIDDEN = 1000.0


@dataclass(frozen=True, slots=True)
class Event:
    """A printed label: its row, what it names, and how far it is to be trusted."""

    row: int
    category: str
    trust: float = 1.0
    is_closed: bool = False


@dataclass(slots=True)
class Labels:
    """Every label of a form by block, and the order of its categories."""

    order: tuple[str, ...]
    second: dict[IndicatorBlock, list[Event]]
    first: list[Event]

    @property
    def is_clean(self) -> bool:
        """Whether the labels of every line make sense together, so that they are to be believed."""
        events = (*self.first, *(event for block in self.second.values() for event in block))
        return all(event.trust == 1 for event in events)

    def last(self, block: IndicatorBlock, row: int) -> Event | None:
        """The label of ``block`` that stands at or above ``row``."""
        return _last(self.second[block], row)

    def last_first(self, row: int) -> Event | None:
        """The first-level label that stands at or above ``row``."""
        return _last(self.first, row)


@dataclass(slots=True)
class Item:
    """One indicator to be placed: its row, its block, what it says, and its twin."""

    block: IndicatorBlock
    row: int
    name: str
    kind: IndicatorKind
    value_text: str
    twin: Item | None = None
    category: str | None = None
    settled: str | None = None
    costs: dict[str, float] = field(default_factory=dict)


def read_labels(rows: Sequence[Row]) -> Labels:
    """Collect the labels of every line, with the trust that their line deserves."""
    second: dict[IndicatorBlock, list[Event]] = {block: [] for block in IndicatorBlock}
    first: list[Event] = []
    for row in rows:
        for block, tags in row.tags.items():
            known = [tag.label for tag in tags if tag.label is not None]
            lower = [label.category for label in known if label.level == 2]
            upper = [label.category for label in known if label.level == 1]
            trust = 1.0 if is_well_formed(row, block) else _GARBLED
            if upper:
                first.append(Event(row.index, upper[0], trust))
            if lower and not (row.is_empty_category and len(lower) > 1):
                event = Event(row.index, lower[-1], trust, row.is_empty_category)
                second[block].append(event)
            elif lower:
                # behind the empty category, a label that has lost its own line
                second[block].append(Event(row.index, lower[-1], trust, True))
                second[block].append(Event(row.index, lower[-2], _GARBLED))
    return Labels(_order(second), second, first)


def is_well_formed(row: Row, block: IndicatorBlock) -> bool:
    """Whether the labels of a block in a line go together: at most one parent and its child."""
    tags = row.tags.get(block, [])
    labels = [tag.label for tag in tags if tag.label is not None]
    if len(labels) < len(tags) or len(labels) > 2:
        return False
    if len(labels) < 2:
        return True
    parent, child = labels
    return child.level == 2 and LEVEL1_OF[child.category] == parent.category


def _order(second: dict[IndicatorBlock, list[Event]]) -> tuple[str, ...]:
    """The order of categories: as forms print them, unless both blocks clearly keep another."""
    events = [event for block in second.values() for event in block]
    named = {event.category for event in events}
    base = COST_FIRST if named & set(COST_FIRST[:3]) else CATEGORIES
    term, annual = (_printed_order(block) for block in second.values())
    is_clear = all(event.trust == 1 and event.category in base for event in events)
    if not is_clear or term != annual or len(set(term)) < len(term):
        return base
    order = [*term]
    for category in base:
        if category not in order:
            before = [known for known in order if base.index(known) < base.index(category)]
            order.insert(order.index(before[-1]) + 1 if before else 0, category)
    return tuple(order)


def _printed_order(events: Sequence[Event]) -> list[str]:
    """Categories in the order of their labels, a label that goes on counted once."""
    return [category for category, _ in groupby(event.category for event in events)]


def assign(items: Sequence[Item], rows: Sequence[Row], labels: Labels) -> None:
    """Set the category of every item; ``None`` where neither label nor content speaks."""
    for item in items:
        said = content_costs(item.name, item.kind, item.value_text, labels.order)
        printed = _label_costs(item, labels)
        item.costs = {category: said[category] + printed[category] for category in labels.order}
    for block in IndicatorBlock:
        _segment(block, items, rows, labels)
    for item in items:
        if item.twin is not None and item.block == IndicatorBlock.TERM:
            _agree(item, item.twin, items, rows, labels)
    named = {event.category for events in labels.second.values() for event in events}
    for item in items:
        if item.category not in named and not says_enough(item.name, item.kind, item.value_text):
            item.category = None


def _agree(
    item: Item, twin: Item, items: Sequence[Item], rows: Sequence[Row], labels: Labels
) -> None:
    """Let the two blocks agree on an indicator that both name, at least cost."""
    choices = {item.category, twin.category}
    if len(choices) == 1:
        return

    def settle(choice: str) -> float:
        item.settled = twin.settled = choice
        return sum(_segment(block, items, rows, labels) for block in IndicatorBlock)

    settle(min(sorted(filter(None, choices)), key=settle))


def _segment(
    block: IndicatorBlock, items: Sequence[Item], rows: Sequence[Row], labels: Labels
) -> float:
    """Cut the items of one block into runs in order at least cost; returns the cost."""
    steps = [(item.row, item, _costs(item)) for item in items if item.block == block]
    anchors = {event.row: event for event in labels.second[block] if event.is_closed}
    empty: list[tuple[int, Item | None, dict[str, float]]] = [
        (row.index, None, _costs_of_empty(anchors[row.index], labels.order))
        for row in rows
        if row.is_empty_category and row.index in anchors
    ]
    best = [0.0] * len(labels.order)
    trail: list[tuple[Item | None, list[int]]] = []
    for _, item, costs in sorted([*steps, *empty], key=lambda step: step[0]):
        origin = _cheapest_before(best)
        trail.append((item, origin))
        best = [
            best[rank] + costs[category]
            for rank, category in zip(origin, labels.order, strict=True)
        ]
    total = min(best)
    rank = best.index(total)
    for item, origin in reversed(trail):
        if item is not None:
            item.category = labels.order[rank]
        rank = origin[rank]
    return total


def _cheapest_before(best: Sequence[float]) -> list[int]:
    """For each category the cheapest one at or before it, out of which its run may begin."""
    origin: list[int] = []
    for rank, cost in enumerate(best):
        is_cheaper = not origin or cost < best[origin[-1]]
        origin.append(rank if is_cheaper else origin[-1])
    return origin


def _costs(item: Item) -> dict[str, float]:
    """What each category costs an item, the evidence of its twin included."""
    if item.settled is not None:
        return {c: 0.0 if c == item.settled else _FORBIDDEN for c in item.costs}
    if item.twin is None:
        return item.costs
    return {category: cost + item.twin.costs[category] for category, cost in item.costs.items()}


def _costs_of_empty(event: Event, order: Sequence[str]) -> dict[str, float]:
    """What each category costs the line of an empty one."""
    return {c: 0.0 if c == event.category else _ANCHOR * event.trust for c in order}


def _label_costs(item: Item, labels: Labels) -> dict[str, float]:
    """What the labels above an item say against each category."""
    upper = labels.last_first(item.row)
    costs = {
        category: upper.trust if upper and upper.category != LEVEL1_OF[category] else 0.0
        for category in labels.order
    }
    label, weight = _label_above(item, labels)
    if label is None:
        return costs
    weight *= label.trust * (_CLOSED if label.is_closed else 1.0)
    exact = _EXACT if label.row == item.row else 0.0
    for category in labels.order:
        if category != label.category:
            rows = min(_distance(item, category, label, labels), _FARTHEST)
            costs[category] += weight * (_CONTRADICTED + exact + _PER_ROW * rows)
    return costs


def _label_above(item: Item, labels: Labels) -> tuple[Event | None, float]:
    """The label that stands for an item, and how much it counts."""
    own = labels.last(item.block, item.row)
    other_block = next(block for block in IndicatorBlock if block != item.block)
    other = labels.last(other_block, item.row)
    if own is None:
        # the twin brings the evidence of the other block
        return (other, _BORROWED) if item.twin is None else (None, 0.0)
    is_stale = other is not None and other.row > own.row and other.category != own.category
    return own, _STALE if is_stale else 1.0


def _distance(item: Item, category: str, label: Event, labels: Labels) -> int:
    """Rows a label has to move for the item to be in ``category``."""
    order = labels.order
    if label.category not in order:
        return _FARTHEST
    if order.index(category) < order.index(label.category):
        return item.row - label.row + 1
    below = (
        event.row - item.row
        for events in labels.second.values()
        for event in events
        if event.category == category and event.row >= item.row
    )
    return min(below, default=_FARTHEST)


def _last(events: Iterable[Event], row: int) -> Event | None:
    found: Event | None = None
    for event in events:
        if event.row <= row:
            found = event
    return found
