"""Drawn rules → the cells that they enclose, grouped into tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.documents.pdf.model import Box, Rule

__all__ = ["Grid", "find_grids", "joined_rules"]

_SNAP = 3.0  # points: rules closer than this are one rule drawn twice
_JOIN = 3.0  # points: a gap in a rule that is no gap
_REACH = 3.0  # points by which a rule may miss the one it meets
_OPEN_SIDE = 12.0  # points by which rules must stick out to enclose a column without an outer rule
_OPEN_RULES = 3
_WHOLE = 0.98
_MAX_CROSSINGS = 200_000


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one ruled table, each with its first row and column, counted from 0.

    ``lefts`` are the left edges of its columns.
    """

    box: Box
    row_count: int
    lefts: tuple[float, ...]
    cells: tuple[tuple[int, int, Box], ...]

    @property
    def is_whole(self) -> bool:
        """Whether the cells fill the area of the table."""
        return sum(_area(box) for _, _, box in self.cells) > _WHOLE * _area(self.box)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


class _Line:
    """Rules on one position, joined to runs without gaps."""

    __slots__ = ("position", "runs")

    def __init__(self, position: float, runs: list[tuple[float, float]]) -> None:
        self.position = position
        self.runs = runs


def find_grids(
    across: Sequence[Rule], down: Sequence[Rule], shades: Sequence[Box] = ()
) -> tuple[Grid, ...]:
    """Find the tables whose cells are enclosed by rules.

    A cell is the smallest rectangle of rules from each crossing to the right and below. Cells that
    share a corner are one table. A table whose outer rules are missing on a side (open at its
    sides, or cut by a page break) is closed where its other rules end.

    Args:
        across: Horizontal rules.
        down: Vertical rules.
        shades: Filled rectangles; outside ruled tables their edges count as rules.

    Returns:
        The tables from top to bottom. A frame around text, with one cell or one column only, is
        no table.

    Examples:
        >>> across = [Rule(y, 0, 100) for y in (0, 20, 40)]
        >>> down = [Rule(x, 0, 40) for x in (0, 60, 100)]
        >>> (grid,) = find_grids(across, down)
        >>> grid.row_count, grid.lefts, len(grid.cells)
        (2, (0.0, 60.0), 4)
    """
    grids = _ruled(across, down)
    edges = [
        shade
        for shade in shades
        if not any(_holds(grid.box, shade) for grid in grids) and not _is_crossed(shade, across)
    ]
    if not edges:
        return grids
    return _ruled(
        [*across, *(Rule(y, s.left, s.right) for s in edges for y in (s.top, s.bottom))],
        [*down, *(Rule(x, s.top, s.bottom) for s in edges for x in (s.left, s.right))],
    )


def _holds(box: Box, shade: Box) -> bool:
    x, y = (shade.left + shade.right) / 2, (shade.top + shade.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _is_crossed(shade: Box, across: Sequence[Rule]) -> bool:
    """Whether a rule runs through a filled rectangle: the bar of a chart, and no cell."""
    return any(
        shade.top + _SNAP < rule.position < shade.bottom - _SNAP
        and rule.start < shade.left - _SNAP
        and rule.end > shade.right + _SNAP
        for rule in across
    )


def _ruled(across: Sequence[Rule], down: Sequence[Rule]) -> tuple[Grid, ...]:
    rows, columns = _join_rules(across), _join_rules(down)
    sides = _open_ends(rows, columns)
    ends = _open_ends(columns, rows)
    if sides or ends:
        rows, columns = _join_rules([*across, *ends]), _join_rules([*down, *sides])
    if len(rows) < 2 or len(columns) < 2 or len(rows) * len(columns) > _MAX_CROSSINGS:
        return ()
    xs = [line.position for line in columns]
    ys = [line.position for line in rows]
    grids = []
    for group in _connected(_Crossings(rows, columns).closed_cells()):
        tops = sorted({cell[0] for cell in group})
        lefts = sorted({cell[1] for cell in group})
        if len(lefts) < 2:
            continue
        row_of = {line: index for index, line in enumerate(tops)}
        column_of = {line: index for index, line in enumerate(lefts)}
        cells = tuple(
            (row_of[top], column_of[left], Box(xs[left], ys[top], xs[right], ys[bottom]))
            for top, left, bottom, right in sorted(group)
        )
        box = Box(
            xs[lefts[0]],
            ys[tops[0]],
            max(cell[2].right for cell in cells),
            max(cell[2].bottom for cell in cells),
        )
        grids.append(Grid(box, len(tops), tuple(xs[left] for left in lefts), cells))
    return tuple(sorted(grids, key=lambda grid: (grid.box.top, grid.box.left)))


def joined_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Rules drawn twice or in pieces as one rule each, in the order of their positions."""
    return [Rule(line.position, *run) for line in _join_rules(rules) for run in line.runs]


def _join_rules(rules: Sequence[Rule]) -> list[_Line]:
    """Rules of nearly one position as one line, its touching runs joined."""
    lines: list[_Line] = []
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and (
            rule.position - group[-1].position > _SNAP
            or rule.position - group[0].position > 2 * _SNAP
        ):
            lines.extend(_line(group))
            group = []
        group.append(rule)
    if group:
        lines.extend(_line(group))
    return lines


def _line(group: Sequence[Rule]) -> list[_Line]:
    weight = sum(rule.end - rule.start for rule in group)
    position = sum(rule.position * (rule.end - rule.start) for rule in group) / weight
    runs: list[tuple[float, float]] = []
    for start, end in sorted((rule.start, rule.end) for rule in group):
        if runs and start <= runs[-1][1] + _JOIN:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    runs = [run for run in runs if run[1] - run[0] >= _JOIN]
    return [_Line(position, runs)] if runs else []


def _open_ends(lines: Sequence[_Line], crossing: Sequence[_Line]) -> list[Rule]:
    """Rules that close a table where ``lines`` end together without a rule at their end.

    Each covers no more than the crossing rules of the table do, so that two tables of the same
    width stay two.
    """
    ends: dict[tuple[int, int], list[tuple[float, tuple[float, float]]]] = {}
    for line in lines:
        for run in line.runs:
            key = (round(run[0] / _SNAP), round(run[1] / _SNAP))
            ends.setdefault(key, []).append((line.position, run))
    closing: list[Rule] = []
    for group in ends.values():
        if len(group) < _OPEN_RULES:
            continue
        positions = sorted(position for position, _ in group)
        start, end = group[0][1]
        inside = [line for line in crossing if start - _REACH <= line.position <= end + _REACH]
        if not inside:
            continue
        spans = [
            run
            for line in inside
            for run in line.runs
            if bisect_right(positions, run[1] + _REACH) - bisect_left(positions, run[0] - _REACH)
            >= _OPEN_RULES
        ]
        for side, nearest in ((start, inside[0].position), (end, inside[-1].position)):
            if abs(nearest - side) > _OPEN_SIDE:
                closing.extend(Rule(side, low, high) for low, high in spans)
    return closing


_Cell = tuple[int, int, int, int]  # top, left, bottom, right: indices of lines


class _Crossings:
    """Where rules meet: for each line and crossing line the number of the run that reaches it."""

    def __init__(self, rows: Sequence[_Line], columns: Sequence[_Line]) -> None:
        xs = [line.position for line in columns]
        ys = [line.position for line in rows]
        self.along_row = [_reached(line, xs) for line in rows]
        self.along_column = [_reached(line, ys) for line in columns]
        self.on_row = [
            [c for c, number in enumerate(run) if number >= 0 and self.along_column[c][r] >= 0]
            for r, run in enumerate(self.along_row)
        ]
        self.on_column: list[list[int]] = [[] for _ in xs]
        for r, crossings in enumerate(self.on_row):
            for c in crossings:
                self.on_column[c].append(r)

    def closed_cells(self) -> list[_Cell]:
        """The smallest rectangle from each crossing whose four sides are drawn throughout."""
        cells = []
        for top, crossings in enumerate(self.on_row):
            for order, left in enumerate(crossings):
                cell = self._smallest(top, left, crossings[order + 1 :])
                if cell is not None:
                    cells.append(cell)
        return cells

    def _smallest(self, top: int, left: int, rights: Sequence[int]) -> _Cell | None:
        upper, side = self.along_row[top], self.along_column[left]
        below = self.on_column[left]
        for bottom in below[bisect_right(below, top) :]:
            if side[bottom] != side[top]:
                return None
            lower = self.along_row[bottom]
            for right in rights:
                if upper[right] != upper[left]:
                    break
                other = self.along_column[right]
                if lower[right] == lower[left] and other[top] == other[bottom] >= 0:
                    return top, left, bottom, right
        return None


def _reached(line: _Line, positions: Sequence[float]) -> list[int]:
    """For each crossing position the number of the run that reaches it, or -1."""
    reached = [-1] * len(positions)
    for number, (start, end) in enumerate(line.runs):
        first = bisect_left(positions, start - _REACH)
        for index in range(first, bisect_right(positions, end + _REACH)):
            reached[index] = number
    return reached


def _connected(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Cells grouped by shared corners; a cell that shares none is left out."""
    leader = list(range(len(cells)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    corners: dict[tuple[int, int], int] = {}
    for index, (top, left, bottom, right) in enumerate(cells):
        for corner in ((top, left), (top, right), (bottom, left), (bottom, right)):
            leader[find(index)] = find(corners.setdefault(corner, index))
    groups: dict[int, list[_Cell]] = {}
    for index, cell in enumerate(cells):
        groups.setdefault(find(index), []).append(cell)
    return [group for group in groups.values() if len(group) > 1]
