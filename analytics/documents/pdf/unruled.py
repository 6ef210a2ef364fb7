"""Tables without vertical rules: columns from the white between them, rows from rules or baselines.

What a row is, is drawn (a rule below each row) or told by the white between lines: lines of one
cell are nearer to each other than to the next row. Columns are what white that runs through all
rows parts, and what headings stand over. Where it is not clear which heading stands over which
amounts, the header is left out, so that nothing is read from the table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from analytics.documents.pdf.areas import (
    Area,
    Line,
    area_without_figures,
    plain_areas,
    read_line,
    ruled_areas,
    unit_line,
)
from analytics.documents.pdf.grid import joined_rules
from analytics.documents.pdf.headings import (
    Column,
    Heading,
    header_rows,
    match_columns,
    part_headings,
    stack_headings,
)
from analytics.documents.pdf.lines import Segment, join_text, least_confidence
from analytics.documents.pdf.model import Box, Glyph, PageTable, Rule
from analytics.documents.pdf.pages import place_span
from analytics.documents.pdf.rows import FIGURE, NUMBERING, Row, is_numbering, rows_of_band, step

__all__ = ["find_unruled"]

_CORRIDOR = 0.5  # em: white that runs through every row between two columns
_NEAR_HEADING = 1.3  # times the distance between two rows
_ALIGNED = 0.3  # em between the left edges of a name and its column
_MOST_COLUMNS = 40
_TOP_LINES = 2  # a running head, and the first line of what goes on
_FEW = 3  # lines with amounts that are a table wherever they stand
_ENTRY = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（]?[一二三四五六七八九十\d]+[)）、.．]|(?!(?:19|20)\d\d\D)\d{3,}"
    r"|注|说明)"
)
_TITLE = re.compile(r"表(?:[（(].*[)）])?$|^[（(]?[一二三四五六七八九十]+[、）)]|[:：]$")

Span = tuple[float, float]


def find_unruled(
    lines: Sequence[list[Glyph]],
    across: Sequence[Rule],
    taken: Sequence[Box],
    model: Sequence[Span] = (),
) -> tuple[list[PageTable], list[list[Glyph]]]:
    """Find the tables among the printed lines of a page that no grid of rules encloses.

    Args:
        lines: Printed lines outside ruled tables, from top to bottom.
        across: Horizontal rules of the page.
        taken: Areas of ruled tables, which no other table runs over.
        model: What the columns take of the table that may go on here from the page before.

    Returns:
        The tables, and the lines that belong to none.
    """
    rules = joined_rules(across)
    read = [read_line(line) for line in lines]
    has_any = any(line.has_amounts for line in read) or unit_line(read) is not None
    if not rules and not model and not has_any:
        return [], list(lines)
    tables: list[PageTable] = []
    used: set[int] = set()
    top = {id(line) for line in read[:_TOP_LINES]} if model and not taken else set()
    for area in ruled_areas(read, rules, taken):
        is_top = any(id(line) in top for line in area.bands[0])
        _read_into(area, tables, used, model if is_top else ())
    rest = [line for line in read if id(line) not in used]
    if top and not used:
        unit = unit_line(read)
        for start in (0, 1) if unit is None else (unit + 1,):
            if not used:
                _read_into(area_without_figures(read, start), tables, used, model)
        rest = [line for line in read if id(line) not in used]
    for area in plain_areas(rest, [*taken, *(table.box for table in tables)], top):
        is_top = any(id(line) in top for line in area.bands[0])
        _read_into(area, tables, used, model if is_top else ())
    return tables, [own for own, line in zip(lines, read, strict=True) if id(line) not in used]


def _read_into(area: Area, tables: list[PageTable], used: set[int], model: Sequence[Span]) -> None:
    found = _read(area, model)
    if found is not None:
        table, lines = found
        tables.append(table)
        used.update(map(id, lines))


def _read(area: Area, model: Sequence[Span]) -> tuple[PageTable, list[Line]] | None:
    """The table of an area and its lines; ``None`` where there is none."""
    em = area.em
    header, numbering, rows = _parted(area)
    everything = [*header, *(line for row in (*numbering, *rows) for line in row)]
    if not any(line.has_amounts for row in rows for line in row):
        if model and everything and all(_fits(line, model, em) for line in everything):
            return _names_alone(area, everything, model)
        is_titled = len(area.edges) >= _FEW if area.edges else bool(rows) and area.is_below_unit
        if not header or not (model or is_titled):
            return None
    is_sure = area.edges or area.is_below_unit or sum(x.has_amounts for x in everything) >= _FEW
    clusters = _clusters((line for row in rows for line in row), em)
    between = [*area.short, *(Rule(y, float("-inf"), float("inf")) for y in area.edges)]
    headings = stack_headings([line.parts for line in header], between, em)
    leaves, wide = part_headings(headings, clusters, area.short, em)
    columns = match_columns(clusters, leaves, em, _wordy(rows, clusters))
    is_clear = columns is not None
    if columns is None:
        columns = [Column(*span) for span in clusters]
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    cells = [_cells(row, columns) for row in (*numbering, *rows)]
    places = [place_span((column.left, column.right), model) for column in columns]
    is_known = bool(model) and None not in places
    if not _has_figures(cells) and not (
        is_clear
        and len(leaves) >= _FEW
        and (area.edges or area.is_below_unit or (is_known and len(places) == len(model)))
    ):
        return None
    if not is_sure and not is_known:
        return None
    top = _heading_rows(columns, wide, headings, em, is_clear=is_clear)
    return _table(top, cells, columns, everything)


def _fits(line: Line, model: Sequence[Span], em: float) -> bool:
    """Whether every part of a line begins where a column of the table before does, and stays in it.

    A name may be longer than those before it, as far as the next column leaves white.
    """
    nexts = [left - _CORRIDOR * em for left, _ in model[1:]]
    ends = [max(right + em, after) for (_, right), after in zip(model, [*nexts, 0.0], strict=True)]
    return all(
        any(
            abs(part.box.left - left) < _ALIGNED * em and part.box.right <= end
            for (left, _), end in zip(model, ends, strict=True)
        )
        for part in line.parts
    )


def _names_alone(
    area: Area, lines: list[Line], model: Sequence[Span]
) -> tuple[PageTable, list[Line]]:
    """What goes on from the page before without any figure: the rest of names."""
    columns = [Column(*span) for span in model]
    bands = area.bands if len(area.bands) > 1 else [lines]
    is_one = len(area.bands) > 1
    rows = [row for band in bands for row in rows_of_band(band, None, area.em, is_one=is_one)]
    cells = [_cells(row, columns) for row in rows]
    return _table([], cells, columns, lines)


def _heading_rows(
    columns: Sequence[Column],
    wide: Sequence[Heading],
    headings: Sequence[Heading],
    em: float,
    *,
    is_clear: bool,
) -> list[list[str]]:
    if is_clear:
        return header_rows(columns, wide, em)
    return [["".join(heading.text for heading in headings), *("" for _ in columns[1:])]]


def _has_figures(cells: Sequence[Sequence[Sequence[Segment]]]) -> bool:
    return any(
        FIGURE.match("".join(part.text for part in cell)) for row in cells for cell in row[1:]
    )


def _parted(area: Area) -> tuple[list[Line], list[Row], list[Row]]:
    """The lines of the header, rows that number the columns, and the rows of the body."""
    bands = area.bands
    pitch = step([line for band in bands for line in band], area.em)
    if pitch is None and len(bands) == 2 and bands[0] and bands[1]:
        pitch = bands[1][0].base - bands[0][-1].base
    is_each_a_row = len(bands) > 2
    rows: list[Row] = []
    for band in bands:
        rows.extend(rows_of_band(band, pitch, area.em, is_one=is_each_a_row))
    count = _header_count(rows, area.em)
    above, rows = rows[:count], rows[count:]
    if not area.edges:
        above = _near_headings(above, rows, pitch, area.em)
    lines = [line for row in above for line in row]
    numbering = [[line] for line in lines if is_numbering(line)]
    while rows and all(is_numbering(line) for line in rows[0]):
        numbering.append(rows.pop(0))
    return [line for line in lines if not is_numbering(line)], numbering, rows


def _header_count(rows: Sequence[Row], em: float) -> int:
    """How many rows are header: those above the first figure or entry of a list.

    A row just above it that begins where the columns begin is a name without figures.
    """
    first = 0
    while first < len(rows) and not any(_is_body(line) for line in rows[first]):
        first += 1
    sure = [row for row in rows[first:] if not all(is_numbering(line) for line in row)]
    if len(sure) < len(rows) - first:
        return first
    lefts = [left for left, _ in _clusters((line for row in sure for line in row), em)]
    while first and all(
        any(abs(part.box.left - left) < _ALIGNED * em for left in lefts)
        for line in rows[first - 1]
        for part in line.parts
    ):
        first -= 1
    return first


def _near_headings(
    above: list[Row], rows: Sequence[Row], pitch: float | None, em: float
) -> list[Row]:
    """The rows above the first line of a table without rules that are its header."""
    reach = _NEAR_HEADING * (pitch or 2 * em)
    kept: list[Row] = []
    below = rows[0] if rows else None
    for row in reversed(above):
        parts = [part for line in row for part in line.parts]
        if len(parts) == 1:
            is_title = _TITLE.search(parts[0].text) is not None
            if is_title or below is None or below[0].base - row[-1].base > reach:
                break
        kept.insert(0, row)
        below = row
    return kept


def _is_figures(line: Line) -> bool:
    return any(_is_figure(part.text) for part in line.parts)


def _is_figure(text: str) -> bool:
    return FIGURE.match(text) is not None and not NUMBERING.match(text)


def _is_body(line: Line) -> bool:
    return (
        line.has_amounts
        or _is_figures(line)
        or any(_ENTRY.match(part.text) for part in line.parts)
        or is_numbering(line)
    )


def _clusters(lines: Iterable[Line], em: float) -> list[Span]:
    """Where the rows have characters, parted by white that runs through all of them."""
    spans = sorted((g.left, g.right) for line in lines for part in line.parts for g in part.glyphs)
    clusters: list[Span] = []
    for left, right in spans:
        if clusters and left - clusters[-1][1] < _CORRIDOR * em:
            clusters[-1] = (clusters[-1][0], max(clusters[-1][1], right))
        else:
            clusters.append((left, right))
    return clusters


def _wordy(rows: Sequence[Row], clusters: Sequence[Span]) -> list[bool]:
    """For each cluster whether no figure stands in it."""
    figures = [
        part.box.left
        for row in rows
        for line in row
        for part in line.parts
        if FIGURE.match(part.text)
    ]
    return [not any(left - 1 <= x < right for x in figures) for left, right in clusters]


def _cells(row: Row, columns: Sequence[Column]) -> list[list[Segment]]:
    """The texts of a row by column."""
    cells: list[list[Segment]] = [[] for _ in columns]
    for line in row:
        if is_numbering(line):
            for part in line.parts:
                cells[_nearest(part, columns)].append(part)
            continue
        held: list[list[Glyph]] = [[] for _ in columns]
        for part in line.parts:
            for glyph in part.glyphs:
                held[_column_of(glyph, columns)].append(glyph)
        for cell, glyphs in zip(cells, held, strict=True):
            if glyphs:
                cell.append(Segment(tuple(glyphs)))
    return cells


def _column_of(glyph: Glyph, columns: Sequence[Column]) -> int:
    lefts = [column.left for column in columns]
    return max(bisect_right(lefts, (glyph.left + glyph.right) / 2) - 1, 0)


def _nearest(part: Segment, columns: Sequence[Column]) -> int:
    middle = (part.box.left + part.box.right) / 2

    def distance(index: int) -> float:
        heading = columns[index].heading
        own = (columns[index].left + columns[index].right) / 2
        return abs((heading.middle if heading else own) - middle)

    return min(range(len(columns)), key=distance)


def _table(
    top: Sequence[Sequence[str]],
    cells: Sequence[Sequence[Sequence[Segment]]],
    columns: Sequence[Column],
    lines: list[Line],
) -> tuple[PageTable, list[Line]]:
    boxes = [part.box for line in lines for part in line.parts]
    box = Box(
        min(box.left for box in boxes),
        min([box.top for box in boxes]),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    texts = tuple(tuple(join_text([part.glyphs for part in cell]) for cell in row) for row in cells)
    rows = (*(tuple(row) for row in top), *texts)
    confidences: tuple[tuple[float | None, ...], ...] = ()
    if boxes and lines[0].parts[0].glyphs[0].confidence is not None:
        sure = least_confidence(g for line in lines for part in line.parts for g in part.glyphs)
        confidences = (
            *(tuple(sure if text else None for text in row) for row in top),
            *(
                tuple(least_confidence(g for part in cell for g in part.glyphs) for cell in row)
                for row in cells
            ),
        )
    spans = tuple((column.left, column.right) for column in columns)
    return PageTable(box, rows, confidences=confidences, spans=spans, is_headed=bool(top)), lines
