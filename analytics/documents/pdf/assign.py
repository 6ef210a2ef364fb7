"""Which cell each character of a page stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from analytics.documents.pdf.grid import Grid
from analytics.documents.pdf.model import Glyph

__all__ = ["CellKey", "assign_cells"]

CellKey = tuple[int, int]
"""A cell: the number of its grid, and its own number among the cells of the grid."""

_ACROSS = 0.2  # of a character's width beyond the rule: it was printed across it
_TOUCHING = 0.25  # of the size of the print, between the characters of a word
_AMOUNT = re.compile(r"[-−]?\d[\d,]*\.\d{2}")


def assign_cells(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> list[CellKey | None]:
    """Find the cell of each character by its middle.

    A word that is printed across a rule, such as an amount that is too wide for its column,
    belongs to one cell as a whole: the one that holds most of it.

    Args:
        grids: The ruled tables of the page.
        glyphs: The characters of the page in the order of the file.

    Returns:
        One entry a character, ``None`` where it stands in no cell.
    """
    if not grids:
        return [None] * len(glyphs)
    finder = _CellFinder(grids)
    keys: list[CellKey | None] = []
    crossing: list[int] = []
    for index, glyph in enumerate(glyphs):
        found = finder.find((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        if found is None:
            keys.append(None)
            continue
        left, right, key = found
        keys.append(key)
        reach = _ACROSS * (glyph.right - glyph.left)
        if glyph.left < left - reach or glyph.right > right + reach:
            crossing.append(index)
    for index in crossing:
        word = _word_around(glyphs, index)
        keys[word.start : word.stop] = [_majority(keys[word.start : word.stop])] * len(word)
    return keys


def _majority(keys: Sequence[CellKey | None]) -> CellKey | None:
    return Counter(keys).most_common(1)[0][0]


def _word_around(glyphs: Sequence[Glyph], index: int) -> range:
    """The characters that touch each other around ``index``; amounts that touch are parted."""
    first = last = index
    while first > 0 and _touch(glyphs[first - 1], glyphs[first]):
        first -= 1
    while last + 1 < len(glyphs) and _touch(glyphs[last], glyphs[last + 1]):
        last += 1
    text = "".join(glyph.text for glyph in glyphs[first : last + 1])
    for amount in _AMOUNT.finditer(text):
        if amount.start() <= index - first < amount.end():
            return range(first + amount.start(), first + amount.end())
    return range(first, last + 1)


def _touch(one: Glyph, other: Glyph) -> bool:
    near = _TOUCHING * max(one.size, other.size)
    return abs(one.base - other.base) < near and abs(other.left - one.right) < near


class _CellFinder:
    """Which cell a point lies in: by bands between the horizontal edges, then from the left."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        cells = [
            (box, (number, index))
            for number, grid in enumerate(grids)
            for index, (_, _, box) in enumerate(grid.cells)
        ]
        self._edges = sorted({y for box, _ in cells for y in (box.top, box.bottom)})
        order = {edge: index for index, edge in enumerate(self._edges)}
        self._bands: list[list[tuple[float, float, CellKey]]] = [[] for _ in self._edges]
        for box, key in cells:
            for band in range(order[box.top], order[box.bottom]):
                self._bands[band].append((box.left, box.right, key))
        self._lefts: list[list[float]] = []
        for cells_of_band in self._bands:
            cells_of_band.sort()
            self._lefts.append([left for left, _, _ in cells_of_band])

    def find(self, x: float, y: float) -> tuple[float, float, CellKey] | None:
        """The left and right edge of the cell at a point, and the cell."""
        band = bisect_right(self._edges, y) - 1
        if band < 0:
            return None
        # Where tables are nested, the cell with the nearest left edge is the inner one.
        for index in range(bisect_right(self._lefts[band], x) - 1, -1, -1):
            cell = self._bands[band][index]
            if x <= cell[1]:
                return cell
        return None
