"""The rows of a table without vertical rules: which printed lines are one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analytics.documents.pdf.areas import Line

__all__ = ["FIGURE", "NUMBERING", "Row", "is_numbering", "rows_of_band", "step"]

_WRAPPED = 1.5  # em between the baselines of one cell's lines, where nothing else tells
_SAME_ROW = 0.86  # of the distance between two rows
_CLOSER = 0.25  # em by which a line is nearer to its own row than to the next
FIGURE = re.compile(r"^[-−–—]?[\d,，]*\d(?:[.．]\d+)?%?$|^[-−–—]+$")
_ENTRY = re.compile(r"^[一二三四五六七八九十]+、")
NUMBERING = re.compile(r"^(?:\d{1,2}(?:=.*)?|栏次|行次|序号|[甲乙丙丁类款项])$")

Row = list[Line]


def is_numbering(line: Line) -> bool:
    """Whether a line only numbers the columns."""
    texts = [part.text for part in line.parts]
    numbers = [
        int(text.split("=")[0])
        for text in texts
        if text[0].isdigit() and len(text) < 9 and text.split("=")[0].isdigit()
    ]
    return (
        len(texts) > 1
        and all(NUMBERING.match(text) for text in texts)
        and len(numbers) > 1
        and all(a < b for a, b in pairwise(numbers))
        and numbers[0] <= 2
    )


def step(lines: Sequence[Line], em: float) -> float | None:
    """The least distance between two lines that are surely two rows."""
    steps = [
        below.base - above.base
        for above, below in pairwise(lines)
        if _are_two_rows(above, below) and below.base - above.base > 0.9 * em
    ]
    return min(steps, default=None)


def _are_two_rows(above: Line, below: Line) -> bool:
    """Whether both lines have a figure in one column, or a numbered name."""
    return _both_have(FIGURE, above, below) or _both_have(_ENTRY, above, below)


def _both_have(pattern: re.Pattern[str], above: Line, below: Line) -> bool:
    """Whether parts of both lines that match stand in one column."""
    spans = [(p.box.left, p.box.right) for p in above.parts if pattern.match(p.text)]
    return any(
        pattern.match(part.text) and start < part.box.right and part.box.left < end
        for part in below.parts
        for start, end in spans
    )


def rows_of_band(band: Sequence[Line], step: float | None, em: float, *, is_one: bool) -> list[Row]:
    """The rows between two rules: one, unless figures stand one below the other in it."""
    if not band:
        return []
    rows: list[Row] = [[band[0]]]
    limit = float("inf") if is_one else _SAME_ROW * step if step else _WRAPPED * em
    for above, line in pairwise(band):
        is_next = not is_one and any(_both_have(_ENTRY, own, line) for own in rows[-1])
        if is_next or line.base - above.base >= limit:
            rows.append([line])
        else:
            rows[-1].append(line)
    return [part for row in rows for own in _by_numbering(row) for part in _unstacked(own, em)]


def _by_numbering(row: Row) -> list[Row]:
    """A line that numbers the columns is a row of its own, whatever it stands below."""
    rest = [line for line in row if not is_numbering(line)]
    return [own for own in (rest, [line for line in row if is_numbering(line)]) if own]


def _unstacked(row: Row, em: float) -> list[Row]:
    """Part lines that cannot be one row: between two figures of one column, where it is whitest."""
    anchors = [
        index
        for index, line in enumerate(row)
        if any(FIGURE.match(part.text) for part in line.parts)
    ]
    for first, second in pairwise(anchors):
        if not _are_two_rows(row[first], row[second]):
            continue
        gaps = sorted(
            ((row[i + 1].base - row[i].base, i + 1) for i in range(first, second)), reverse=True
        )
        cut = gaps[0][1]
        if len(gaps) > 1 and gaps[0][0] - gaps[1][0] < _CLOSER * em:
            # What stands half-way between two rows continues neither for sure.
            middle = row[first + 1 : second]
            return [*_unstacked(row[: first + 1], em), middle, *_unstacked(row[second:], em)]
        return [row[:cut], *_unstacked(row[cut:], em)]
    return [row]
