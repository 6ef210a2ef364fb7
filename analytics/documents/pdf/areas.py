"""Where on a page a table without vertical rules may stand: between rules, or between white."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from analytics.documents.pdf.lines import Segment, split_line
from analytics.documents.pdf.model import Box, Glyph, Rule

__all__ = [
    "Area",
    "Line",
    "area_without_figures",
    "plain_areas",
    "read_line",
    "ruled_areas",
    "unit_line",
]

_CELL_GAP = 1.0  # heights of a character: texts further apart may be two cells
_NEAR = 3.0  # points
_MIN_RULE = 100.0  # points
_LARGE = 1.2  # times the usual size of the print: a title
_APART = 2.2  # times the white between two rows: the table has ended
_LEAST_APART = 1.7  # em of white that never ends a table
_FAR = 3.0  # em
_MIN_SEEDS = 3
_ONE = r"(?:[-−–—]?[\d,，]*\d(?:[.．]\d+)?%?|[-−–—]+)"
_AMOUNTS = re.compile(rf"^{_ONE}(?: {_ONE})*$")
_LABEL = re.compile(r"(?:单位|部门|名称|编制|日期|时间)[^:：]{0,6}[:：]|^注[:：]|^说明[:：]?")
_UNIT = re.compile(r"^[(（]?(?:金额)?单位[:：]")
_UNIT_BEGINS = "(（金单"
_TITLE = re.compile(
    r"^(?:附|预算|决算|部门|单位|公开)*(?:表[\d一二三四五六七八九十-]+|\d+表)[:：]?$"
    r"|^(?:19|20)\d\d年.*表(?:[（(].*[)）])?$"
)


@dataclass(slots=True)
class Line:
    """A printed line: its baseline, its parts, and whether an amount stands behind a name."""

    parts: list[Segment]
    base: float
    has_amounts: bool

    @property
    def left(self) -> float:
        """Where its first part begins."""
        return self.parts[0].box.left

    @property
    def right(self) -> float:
        """Where its last part ends."""
        return self.parts[-1].box.right


@dataclass(slots=True)
class Area:
    """What may be a table.

    ``bands`` are its lines between one rule and the next; without rules there is one band.
    ``short`` are the rules within it that are not as wide as it.
    """

    bands: list[list[Line]]
    em: float
    edges: list[float] = field(default_factory=list)
    short: list[Rule] = field(default_factory=list)
    is_below_unit: bool = False


def read_line(glyphs: Sequence[Glyph]) -> Line:
    """Part a printed line at its wide white."""
    parts = list(split_line(glyphs, _CELL_GAP))
    has_amounts = len(parts) > 1 and any(_AMOUNTS.match(part.text) for part in parts[1:])
    return Line(parts, glyphs[0].base, has_amounts)


def _em_of(lines: Sequence[Line], beside: Sequence[Line] = ()) -> float:
    """The width of a Chinese character.

    Without one it is that of the lines beside these; without any, the height of the characters.
    """
    for among in (lines, beside):
        glyphs = [glyph for line in among for part in line.parts for glyph in part.glyphs]
        if wide := [glyph.right - glyph.left for glyph in glyphs if not glyph.text.isascii()]:
            return median(wide)
    return median([g.size for line in lines for part in line.parts for g in part.glyphs] or [0.0])


def ruled_areas(
    lines: Sequence[Line], across: Sequence[tuple[float, float, float]], taken: Sequence[Box]
) -> Iterator[Area]:
    """Areas between rules of the same length, one below the other.

    A title or a label between two of them ends the table.

    Args:
        lines: Printed lines outside ruled tables, from top to bottom.
        across: Horizontal rules, joined.
        taken: Areas of ruled tables.
    """
    groups: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for rule in across:
        if rule[2] - rule[1] >= _MIN_RULE and not any(_touches(rule, box) for box in taken):
            key = next(
                (
                    k
                    for k, g in groups.items()
                    if abs(g[0][1] - rule[1]) <= _NEAR and abs(g[0][2] - rule[2]) <= _NEAR
                ),
                (len(groups), 0),
            )
            groups.setdefault(key, []).append(rule)
    for group in groups.values():
        if len(group) < 2:
            continue
        left, right = group[0][1] - _NEAR, group[0][2] + _NEAR
        edges = [rule[0] for rule in group]
        bands = [[line for line in lines if a < line.base < b] for a, b in pairwise(edges)]
        size = _em_of([line for band in bands for line in band])
        start = 0
        for index in range(len(bands) + 1):
            if index < len(bands) and not _is_heading(bands[index], left, right, size):
                continue
            if index > start:
                own = edges[start : index + 1]
                short = [
                    Rule(*rule)
                    for rule in across
                    if own[0] < rule[0] < own[-1]
                    and rule not in group
                    and left <= rule[1]
                    and rule[2] <= right
                ]
                own_bands = bands[start:index]
                has_unit = bool(own_bands[0]) and _is_unit(own_bands[0][0])
                if has_unit:
                    own_bands = [own_bands[0][1:], *own_bands[1:]]
                yield Area(own_bands, size, own, short, is_below_unit=True)
            start = index + 1


def _touches(rule: tuple[float, float, float], box: Box) -> bool:
    position, start, end = rule
    return (
        box.top - _NEAR <= position <= box.bottom + _NEAR and start < box.right and box.left < end
    )


def _is_heading(band: Sequence[Line], left: float, right: float, size: float) -> bool:
    """Whether what stands between two rules is no row: titles, labels, text beside the table."""
    return any(
        line.left < left
        or line.right > right
        or (index > 0 and any(_LABEL.search(part.text) for part in line.parts))
        or any(part.glyphs[0].size > _LARGE * size * 1.15 for part in line.parts)
        for index, line in enumerate(band)
    )


def _has_unit(line: Line) -> bool:
    return any(_names_unit(part) for part in line.parts)


def _is_unit(line: Line) -> bool:
    return len(line.parts) == 1 and _names_unit(line.parts[0])


def unit_line(lines: Sequence[Line]) -> int | None:
    """The first line that ends in a unit of money."""
    return next((i for i, line in enumerate(lines) if _names_unit(line.parts[-1])), None)


def _names_unit(part: Segment) -> bool:
    # The text of a long line is not put together to see that it begins with something else.
    return part.glyphs[0].text in _UNIT_BEGINS and _UNIT.match(part.text) is not None


def plain_areas(lines: Sequence[Line], taken: Sequence[Box], top: Set[int]) -> Iterator[Area]:
    """Areas around lines that end in amounts, as far as the white between lines stays the same.

    What is printed below the unit of a table is one without any amount as well.

    Args:
        lines: Printed lines outside other tables, from top to bottom.
        taken: Areas of other tables.
        top: The identities of the lines at which a table may go on from the page before.
    """
    below = [False, *(_has_unit(line) for line in lines[:-1])]
    seeds = [index for index, line in enumerate(lines) if line.has_amounts or below[index]]
    if not seeds:
        return
    ems = _ems(lines, seeds)
    stops = [_is_stop(line, em) for line, em in zip(lines, ems, strict=True)]
    white = 1 + max(_APART * _row_gap(lines, ems), _LEAST_APART)
    meets = [
        not (stops[i] or stops[i + 1]) and _joins(lines[i], lines[i + 1], taken, white * ems[i])
        for i in range(len(lines) - 1)
    ]
    done = -1
    for seed in seeds:
        if seed <= done or (stops[seed] and not lines[seed].has_amounts):
            continue
        first = last = seed
        while last + 1 < len(lines) and meets[last]:
            last += 1
        while first - 1 > done and meets[first - 1]:
            first -= 1
        done = last
        own = list(lines[first : last + 1])
        is_below_unit = below[first] and (
            own[0].has_amounts or _joins(lines[first - 1], own[0], taken, white * ems[first])
        )
        count = sum(line.has_amounts for line in own)
        is_top = any(id(line) in top for line in own)
        if is_below_unit or count >= (1 if is_top else _MIN_SEEDS):
            yield Area([own], _em_of(own), is_below_unit=is_below_unit)


def area_without_figures(lines: Sequence[Line], start: int) -> Area:
    """The lines from one on that are as near to each other as those of a table.

    None if one has an amount: these are found by it.
    """
    lines = lines[start:]
    em = _em_of(lines[:1])
    count = min(len(lines), 1)
    while count < len(lines) and lines[count].base - lines[count - 1].base < _FAR * em:
        count += 1
    own = list(lines[:count])
    return Area([[] if any(line.has_amounts for line in own) else own], em)


def _ems(lines: Sequence[Line], seeds: Sequence[int]) -> list[float]:
    """For each line, the width of a Chinese character in the nearest of the seeds."""
    near = [_em_of([lines[seed]], lines[max(seed - 1, 0) : seed + 2]) for seed in seeds]
    middles = [lines[a].base + lines[b].base for a, b in pairwise(seeds)]
    return [near[bisect_left(middles, 2 * line.base)] for line in lines]


def _row_gap(lines: Sequence[Line], ems: Sequence[float]) -> float:
    """The white between two rows, in em."""
    gaps = [
        (lines[i + 1].base - lines[i].base) / ems[i] - 1
        for i in range(len(lines) - 1)
        if lines[i].has_amounts and lines[i + 1].has_amounts
    ]
    near = [gap for gap in gaps if 0 < gap < _FAR]
    return median(near) if near else 1.0


def _joins(one: Line, other: Line, taken: Sequence[Box], white: float) -> bool:
    if any(one.base < box.bottom and box.top < other.base for box in taken):
        return False
    return other.base - one.base <= white


def _is_stop(line: Line, em: float) -> bool:
    """Whether a line is none of a table: a label, a title, a sentence."""
    texts = [part.text for part in line.parts]
    return (
        any(_LABEL.search(text) for text in texts)
        or (len(texts) == 1 and _TITLE.match(texts[0]) is not None)
        or line.parts[0].glyphs[0].size > _LARGE * 1.15 * em
        or any(part.box.right - part.box.left > 24 * em for part in line.parts)
        or any(text[-1] in "。；;" for text in texts)
    )
