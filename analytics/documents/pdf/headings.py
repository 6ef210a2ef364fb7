"""The header of a table without vertical rules: what stands over one column, what over several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.documents.pdf.lines import Segment, join_text
from analytics.documents.pdf.model import Rule

__all__ = ["Column", "Heading", "header_rows", "match_columns", "part_headings", "stack_headings"]

_TIGHT = 1.5  # em between the lines of one heading
_SLACK = 0.6  # em of white below what stands in the lowest row of the header
_LEVEL = 0.5  # em between the middles of two rows of the header
_OFF_CENTRE = 2.5  # em by which what stands over columns may miss their middle
_CORRIDOR = 0.5  # em of white between two columns
_SAME_CENTRE = 1.0  # em between the middles of the lines of one heading

Span = tuple[float, float]


@dataclass(slots=True)
class Heading:
    """One cell of a header: its lines, set tightly one below the other."""

    lines: list[Segment]

    @property
    def span(self) -> Span:
        """From the left of its lines to their right."""
        boxes = [line.box for line in self.lines]
        return min(box.left for box in boxes), max(box.right for box in boxes)

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return sum(self.span) / 2

    def top(self, em: float) -> float:
        """The y of its upper edge."""
        return self.lines[0].base - 0.86 * em

    def bottom(self, em: float) -> float:
        """The y of its lower edge."""
        return self.lines[-1].base + 0.14 * em

    def centre(self, em: float) -> float:
        """The y of its middle."""
        return (self.top(em) + self.bottom(em)) / 2

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return join_text([line.glyphs for line in self.lines])


@dataclass(slots=True)
class Column:
    """Where the characters of a column stand, and the lowest heading over it."""

    left: float
    right: float
    heading: Heading | None = None
    is_wordy: bool = False

    @property
    def reach(self) -> Span:
        """The area of its cells as far as it can be known: its heading stands in its middle."""
        if self.heading is None:
            return self.left, self.right
        middle = self.heading.middle
        half = max(middle - self.left, self.right - middle)
        return middle - half, middle + half


def stack_headings(
    lines: Sequence[Sequence[Segment]], rules: Sequence[Rule], em: float
) -> list[Heading]:
    """Join the lines of a header that are one cell: near, over each other, no rule between."""
    found: list[Heading] = []
    for line in lines:
        for segment in line:
            above = [h for h in found if _goes_on(h.lines[-1], segment, rules, em)]
            if len(above) == 1:
                above[0].lines.append(segment)
            else:
                found.append(Heading([segment]))
    return found


def _goes_on(upper: Segment, lower: Segment, rules: Sequence[Rule], em: float) -> bool:
    one, other = upper.box, lower.box
    middle = (other.left + other.right) / 2
    return (
        0.5 * em < lower.base - upper.base <= _TIGHT * em
        and one.left < other.right
        and other.left < one.right
        and (
            abs((one.left + one.right) / 2 - middle) <= _SAME_CENTRE * em
            or abs(one.left - other.left) < 0.3 * em
        )
        and not any(
            upper.base < rule.position < lower.base and rule.start < middle < rule.end
            for rule in rules
        )
    )


def part_headings(
    headings: Sequence[Heading], clusters: Sequence[Span], rules: Sequence[Rule], em: float
) -> tuple[list[Heading], list[Heading]]:
    """Tell the headings of single columns from those that stand over several.

    A heading of one column fills the header down to its lower edge: it stands at the bottom, or
    in the middle of the rows that it spans. One over several columns has headings below it.

    Args:
        headings: The cells of the header.
        clusters: Where the rows below have characters.
        rules: Rules that are shorter than the table.
        em: Width of a Chinese character.
    """
    leaves: list[Heading] = []
    wide: list[Heading] = []
    if not headings:
        return leaves, wide
    top = min(heading.top(em) for heading in headings)
    bottom = max(heading.bottom(em) for heading in headings)
    for heading in headings:
        below = [h for h in headings if h.top(em) >= heading.bottom(em) - 0.2 * em]
        is_lowest = bottom - heading.bottom(em) < _SLACK * em or not below
        begins = 2 * heading.centre(em) - bottom
        if is_lowest:
            leaves.append(heading)
        elif (
            begins < top - _LEVEL * em
            or _is_underlined(heading, rules, em)
            or _has_columns_below(heading, below, clusters, em)
        ):
            wide.append(heading)
        else:
            leaves.append(heading)
    return sorted(leaves, key=_middle), sorted(wide, key=_middle)


def _is_underlined(heading: Heading, rules: Sequence[Rule], em: float) -> bool:
    bottom = heading.bottom(em)
    left, right = heading.span
    return any(
        bottom - 0.3 * em <= rule.position <= bottom + 1.2 * em
        and rule.start <= left
        and right <= rule.end
        for rule in rules
    )


def _has_columns_below(
    heading: Heading, below: Sequence[Heading], clusters: Sequence[Span], em: float
) -> bool:
    """Whether a heading at mid-height has others below it rather than a column of its own."""
    spans = [other.span for other in below]
    if any(_overlap(heading.span, span) for span in spans):
        return True
    left, right = heading.span
    own = [c for c in clusters if _overlap(c, heading.span)]
    if own:
        return all(any(_overlap(c, span) for span in spans) for c in own)
    before = max((end for _, end in (*spans, *clusters) if end <= left), default=None)
    after = min((start for start, _ in (*spans, *clusters) if start >= right), default=None)
    if before is None or after is None:
        return False
    return min(left - before, after - right) < _CORRIDOR * em


def match_columns(
    clusters: Sequence[Span], leaves: Sequence[Heading], em: float, wordy: Sequence[bool]
) -> list[Column] | None:
    """Bring the characters of the rows and the headings over them together.

    A heading over nothing is that of a blank column.

    Args:
        clusters: Where the rows have characters.
        leaves: The headings of single columns.
        em: Width of a Chinese character.
        wordy: For each of the clusters, whether it has no figure.

    Returns:
        The columns, or ``None`` where it is not clear what stands under which heading.
    """
    if len(leaves) == len(clusters):
        ordered = [Column(*span, leaf) for span, leaf in zip(clusters, leaves, strict=True)]
        if all(_may_head(leaf, index, clusters) for index, leaf in enumerate(leaves)):
            return ordered
    columns = [Column(*span, is_wordy=w) for span, w in zip(clusters, wordy, strict=True)]
    blank: list[Heading] = []
    for leaf in leaves:
        met = [c for c in columns if _overlap((c.left, c.right), leaf.span)]
        if len(met) > 1:
            others = [other for other in leaves if other is not leaf]
            if any(_overlap((c.left, c.right), o.span) for c in met for o in others):
                return None
            met[0].right = met[-1].right
            columns = [c for c in columns if c not in met[1:]]
        if not met:
            blank.append(leaf)
        elif met[0].heading is not None:
            return None
        else:
            met[0].heading = leaf
    for leaf in _without_short_amounts(blank, columns, leaves):
        found = _beside(leaf, columns, leaves, em)
        if found is None:
            columns.append(Column(*leaf.span, leaf))
        else:
            found.heading = leaf
    columns.sort(key=lambda column: column.left)
    found_leaves = [column.heading for column in columns if column.heading is not None]
    if found_leaves != sorted(found_leaves, key=_middle):
        return None
    return columns


def _may_head(leaf: Heading, index: int, clusters: Sequence[Span]) -> bool:
    return not any(
        _overlap(span, leaf.span) for place, span in enumerate(clusters) if place != index
    )


def _without_short_amounts(
    blank: Sequence[Heading], columns: Sequence[Column], leaves: Sequence[Heading]
) -> list[Heading]:
    """Give headings the short amounts at the right of their columns; return the headings left.

    Between two columns with headings, as many other columns as headings belong to each other in
    order, if each column of amounts stands right of the middle of its heading and left of the next.
    """
    taken = [column for column in columns if column.heading is not None]
    groups: dict[int, tuple[list[Heading], list[Column]]] = {}
    for leaf in blank:
        place = sum(column.left < leaf.span[0] for column in taken)
        groups.setdefault(place, ([], []))[0].append(leaf)
    for column in columns:
        if column.heading is None:
            place = sum(other.left < column.left for other in taken)
            groups.setdefault(place, ([], []))[1].append(column)
    left: list[Heading] = []
    for own, free in groups.values():
        pairs = list(zip(own, free, strict=False))
        if len(own) == len(free) and all(_is_right_of(c, h, leaves) for h, c in pairs):
            for heading, column in pairs:
                column.heading = heading
        else:
            left.extend(own)
    return left


def _is_right_of(column: Column, leaf: Heading, leaves: Sequence[Heading]) -> bool:
    after = [other.span[0] for other in leaves if other.span[0] > leaf.span[1]]
    is_before_next = not after or column.right <= min(after)
    return not column.is_wordy and column.left > leaf.middle and is_before_next


def _beside(
    leaf: Heading, columns: Sequence[Column], leaves: Sequence[Heading], em: float
) -> Column | None:
    """The column without a heading that a heading clearly belongs to although it is beside it.

    Short amounts at the right of a wide column stand beside its heading.
    """
    free = [column for column in columns if column.heading is None]
    near = sorted((_gap(leaf.span, (c.left, c.right)), i) for i, c in enumerate(free))
    if not near:
        return None
    gap, index = near[0]
    column = free[index]
    others = [other for other in leaves if other is not leaf]
    nearest = min((_gap(o.span, (column.left, column.right)) for o in others), default=99 * em)
    is_near = gap < 2 * em and 1.5 * gap < nearest
    return column if is_near or _is_left_of(column, leaf, columns, others) else None


def _is_left_of(
    column: Column, leaf: Heading, columns: Sequence[Column], others: Sequence[Heading]
) -> bool:
    """Whether names set to the left are those of the next heading: nothing stands between."""
    if not column.is_wordy or column.right > leaf.span[0]:
        return False
    between = (column.right, leaf.span[0])
    spans = [*((c.left, c.right) for c in columns if c is not column), *(o.span for o in others)]
    return not any(_overlap(between, span) for span in spans)


def header_rows(columns: Sequence[Column], wide: Sequence[Heading], em: float) -> list[list[str]]:
    """The texts of a header, row by row, each in the first of the columns that it stands over."""
    bottom = max(
        (h.bottom(em) for h in (*wide, *(c.heading for c in columns if c.heading))), default=0.0
    )
    covered: list[list[tuple[int, Heading]]] = [[] for _ in columns]
    for level in _levels(wide, em):
        centre = max(heading.centre(em) for heading in level)
        under = [
            index
            for index, column in enumerate(columns)
            if column.heading is not None
            and 2 * column.heading.centre(em) - bottom >= centre - 0.4 * em
        ]
        for heading, run in zip(level, _runs(level, under, columns, em), strict=True):
            for index in run:
                covered[index].append((run[0], heading))
    depth = max((len(above) for above in covered), default=0) + 1
    rows = [[""] * len(columns) for _ in range(depth)]
    for index, (column, above) in enumerate(zip(columns, covered, strict=True)):
        for row, (first, heading) in enumerate(above):
            if first == index:
                rows[row][index] = heading.text
        if column.heading is not None:
            rows[len(above)][index] = column.heading.text
    return [row for row in rows if any(row)]


def _levels(wide: Sequence[Heading], em: float) -> list[list[Heading]]:
    levels: list[list[Heading]] = []
    for heading in sorted(wide, key=lambda h: h.centre(em)):
        if levels and heading.centre(em) - levels[-1][0].centre(em) <= _LEVEL * em:
            levels[-1].append(heading)
        else:
            levels.append([heading])
    return [sorted(level, key=_middle) for level in levels]


def _runs(
    level: Sequence[Heading], under: Sequence[int], columns: Sequence[Column], em: float
) -> list[list[int]]:
    """The columns under each of the headings side by side: each stands in the middle of its own.

    All columns are given out in order, so that the headings miss the middles least.
    """
    nothing: list[list[int]] = [[] for _ in level]
    best: dict[int, tuple[float, list[list[int]]]] = {0: (0.0, [])}
    for heading in level:
        more: dict[int, tuple[float, list[list[int]]]] = {}
        for start, (cost, runs) in best.items():
            for end in range(start + 1, len(under) + 1):
                run = list(under[start:end])
                if run[-1] - run[0] != len(run) - 1:
                    break
                middle = (columns[run[0]].reach[0] + columns[run[-1]].reach[1]) / 2
                total = cost + abs(middle - heading.middle)
                if end not in more or total < more[end][0]:
                    more[end] = (total, [*runs, run])
        best = more
    if len(under) not in best:
        return nothing
    cost, runs = best[len(under)]
    return runs if cost <= _OFF_CENTRE * em * len(level) else nothing


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _gap(one: Span, other: Span) -> float:
    return max(one[0] - other[1], other[0] - one[1], 0.0)


def _middle(heading: Heading) -> float:
    return heading.middle
