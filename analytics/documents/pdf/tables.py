"""Characters and ruled grids → rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from analytics.documents.pdf.assign import CellKey, assign_cells
from analytics.documents.pdf.grid import Grid
from analytics.documents.pdf.lines import join_text, least_confidence, printed_lines, text_of
from analytics.documents.pdf.model import Glyph, PageTable

__all__ = ["fill_grids"]

_COMPLETE = re.compile(r"^[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$")
_OWN_ROW = 0.7  # of the distance between two amounts

_Lines = list[list[Glyph]]


def fill_grids(
    grids: Sequence[Grid], glyphs: Sequence[Glyph]
) -> tuple[list[PageTable], list[Glyph]]:
    """Put the characters of a page into the cells of its ruled tables.

    The text of a merged cell stands in its first row and column, the others that it covers are
    empty.

    Args:
        grids: The ruled tables of the page.
        glyphs: The characters of the page.

    Returns:
        The tables, and the characters that stand in no cell. A grid without text is no table, nor
        is one with gaps and text in one cell only (a chart, a frame); its characters are among the
        latter.
    """
    is_recognised = any(glyph.confidence is not None for glyph in glyphs[:1])
    held: dict[CellKey, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph, key in zip(glyphs, assign_cells(grids, glyphs), strict=True):
        if key is None:
            outside.append(glyph)
        else:
            held.setdefault(key, []).append(glyph)
    tables = []
    for number, grid in enumerate(grids):
        filled = [index for index in range(len(grid.cells)) if (number, index) in held]
        if len(filled) < (1 if grid.is_whole else 2):
            outside.extend(glyph for index in filled for glyph in held[number, index])
            continue
        rows: list[dict[int, _Lines]] = [{} for _ in range(grid.row_count)]
        for index in filled:
            row, column, _ = grid.cells[index]
            rows[row][column] = printed_lines(held[number, index])
        parted = [cells for row in rows for cells in _split_row(row)]
        columns = range(len(grid.lefts))
        texts = tuple(
            tuple(join_text(cells.get(column, [])) for column in columns) for cells in parted
        )
        confidences = (
            tuple(
                tuple(_confidence(cells.get(column, [])) for column in columns) for cells in parted
            )
            if is_recognised
            else ()
        )
        tables.append(PageTable(grid.box, texts, grid.lefts, confidences))
    return tables, outside


def _confidence(lines: _Lines) -> float | None:
    """How sure the least sure character of a cell is; ``None`` for a blank one."""
    return least_confidence(glyph for line in lines for glyph in line)


def _split_row(cells: dict[int, _Lines]) -> list[dict[int, _Lines]]:
    """Part a row that holds several lines of a statement because no rule is drawn between them.

    It does when a cell has several amounts, each complete, and another cell has lines beside
    them. A line without an amount is a row of its own if it is as far from the next one as the
    amounts are from each other; nearer, it continues a name.
    """
    stacked = {
        column
        for column, lines in cells.items()
        if len(lines) > 1 and all(_COMPLETE.match(text_of(line)) for line in lines)
    }
    if not stacked:
        return [cells]
    anchors = _distinct(line for column in stacked for line in cells[column])
    pitch = min(below - above for above, below in pairwise(anchors))
    others = [line for column, lines in cells.items() if column not in stacked for line in lines]
    beside = [base for base in anchors if any(_is_beside(line, base) for line in others)]
    if len(beside) < 2:
        return [cells]
    for line in others:
        if min(abs(line[0].base - base) for base in anchors) > _OWN_ROW * pitch:
            anchors.append(line[0].base)
    anchors.sort()
    rows: list[dict[int, _Lines]] = [{} for _ in anchors]
    for column, lines in cells.items():
        for line in lines:
            distances = [abs(line[0].base - base) for base in anchors]
            rows[distances.index(min(distances))].setdefault(column, []).append(line)
    return rows


def _distinct(lines: Iterable[Sequence[Glyph]]) -> list[float]:
    """The baselines of lines, those of lines side by side once."""
    bases: list[float] = []
    for line in sorted(lines, key=lambda line: line[0].base):
        if not bases or not _is_beside(line, bases[-1]):
            bases.append(line[0].base)
    return bases


def _is_beside(line: Sequence[Glyph], base: float) -> bool:
    return abs(line[0].base - base) < (line[0].bottom - line[0].top) / 2
