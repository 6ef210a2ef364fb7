"""Tables without vertical rules: columns from the white between them, rows from their baselines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from analytics.documents.pdf.lines import Segment, least_confidence, split_line
from analytics.documents.pdf.model import Box, Glyph, PageTable, Rule

__all__ = ["find_unruled"]

_CELL_GAP = 1.0  # heights of a character: texts further apart may be two cells
_CORRIDOR = 0.5  # em: white that runs through every line between two columns
_NEAR_LINE = 4.0  # em between the baselines of two lines of a table
_WRAPPED = 1.6  # em between the lines of one cell, at most
_CLOSER = 0.25  # em by which a wrapped line is nearer to its own row than to the next
_TIGHT = 1.45  # em between the lines of one header
_MIN_LINES = 3
_MOST_COLUMNS = 16
_MIN_RULE = 100.0  # points
_ONE = r"(?:[-−–—]?[\d,，]*\d(?:[.．]\d+)?%?|[-−–—]+)"
_AMOUNT = re.compile(rf"^{_ONE}$")
_AMOUNTS = re.compile(rf"^{_ONE}(?: {_ONE})*$")
_ENTRY = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（]?[一二三四五六七八九十\d]+[)）、.．]|\d{3,}|注|说明)"
)


@dataclass(slots=True)
class _Line:
    """A printed line: its baseline, its parts, and whether an amount stands behind a name."""

    glyphs: list[Glyph]
    parts: list[Segment]
    base: float
    has_amounts: bool


def find_unruled(
    lines: Sequence[list[Glyph]], across: Sequence[Rule], taken: Sequence[Box]
) -> tuple[list[PageTable], list[list[Glyph]]]:
    """Find the tables among the printed lines of a page that no grid of rules encloses.

    Three lines or more that end in amounts are a table when the white between their cells runs
    through all of them. Header lines above it belong to it: those below its upper rule or, where
    nothing is drawn, those that stand over at least half of its columns. A line that only
    continues a name joins the row that it is nearest to.

    Args:
        lines: Printed lines outside ruled tables, from top to bottom.
        across: Horizontal rules of the page.
        taken: Areas of ruled tables, which no other table runs over.

    Returns:
        The tables, and the lines that belong to none.
    """
    read = [_read_line(line) for line in lines]
    if sum(line.has_amounts for line in read) < _MIN_LINES:
        return [], list(lines)
    rules = sorted(rule for rule in across if rule.end - rule.start >= _MIN_RULE)
    tables: list[PageTable] = []
    used: set[int] = set()
    for run in _runs(read, taken):
        body = [read[index] for index in run if read[index].has_amounts]
        em = _em(body)
        columns = _columns(body, em)
        if len(columns) < 2 or not _has_amount_column(body, columns):
            continue
        first, last = _extend(read, run, columns, rules, em)
        span = range(first, last + 1)
        if used.intersection(span):
            continue
        columns = _with_header_columns([read[i] for i in span if i < run[0]], columns)
        header = _header_rows([read[i] for i in span if i < run[0]], rules, em)
        rows = _body_rows([read[i] for i in span if i >= run[0]], rules, em)
        tables.append(_table([*header, *rows], [read[i] for i in span], columns))
        used.update(span)
    return tables, [line for index, line in enumerate(lines) if index not in used]


def _read_line(glyphs: list[Glyph]) -> _Line:
    parts = list(split_line(glyphs, _CELL_GAP))
    has_amounts = len(parts) > 1 and any(_AMOUNTS.match(part.text) for part in parts[1:])
    return _Line(glyphs, parts, glyphs[0].base, has_amounts)


def _em(lines: Sequence[_Line]) -> float:
    """The width of a Chinese character; without one, the height of the characters."""
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    wide = [glyph.right - glyph.left for glyph in glyphs if not glyph.text.isascii()]
    return median(wide or [glyph.bottom - glyph.top for glyph in glyphs])


def _runs(lines: Sequence[_Line], taken: Sequence[Box]) -> list[list[int]]:
    """Runs of lines that may be one table: it begins and ends with amounts."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        if not line.has_amounts:
            continue
        if runs and _belong_together(lines[runs[-1][-1] : index + 1], taken):
            runs[-1].extend(range(runs[-1][-1] + 1, index + 1))
        else:
            runs.append([index])
    return [run for run in runs if sum(lines[index].has_amounts for index in run) >= _MIN_LINES]


def _belong_together(lines: Sequence[_Line], taken: Sequence[Box]) -> bool:
    em = _em(lines)
    top, bottom = lines[0].base, lines[-1].base
    if any(top < box.bottom and box.top < bottom for box in taken):
        return False
    steps = all(below.base - above.base <= _NEAR_LINE * em for above, below in pairwise(lines))
    # A line of running text, or a title, fills more than a cell.
    left = min(lines[0].glyphs[0].left, lines[-1].glyphs[0].left)
    amounts = min(part.box.left for part in (*lines[0].parts[1:], *lines[-1].parts[1:]))
    return steps and all(
        line.glyphs[-1].right <= amounts + em and line.glyphs[0].left >= left - em
        for line in lines[1:-1]
    )


_Columns = list[tuple[float, float]]


def _columns(body: Sequence[_Line], em: float) -> _Columns:
    """Where the lines have characters, parted by white that runs through all of them."""
    spans = sorted((glyph.left, glyph.right) for line in body for glyph in line.glyphs)
    columns: _Columns = []
    for left, right in spans:
        if columns and left - columns[-1][1] < _CORRIDOR * em:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _has_amount_column(body: Sequence[_Line], columns: _Columns) -> bool:
    counts = [0] * len(columns)
    for line in body:
        for column, text in enumerate(_cells([line], columns)):
            counts[column] += bool(_AMOUNT.match("".join(part.text for part in text)))
    return max(counts[1:], default=0) >= _MIN_LINES


def _extend(
    lines: Sequence[_Line],
    run: Sequence[int],
    columns: _Columns,
    rules: Sequence[Rule],
    em: float,
) -> tuple[int, int]:
    """The first header line and the last line of the table."""
    first, last = run[0], run[-1]
    over = [rule for rule in rules if _spans(rule, columns)]
    upper = next(
        (
            r
            for r in over
            if lines[first].base - 4 * _NEAR_LINE * em < r.position < lines[first].base
        ),
        None,
    )
    while first and lines[first].base - lines[first - 1].base <= _NEAR_LINE * em:
        line = lines[first - 1]
        if upper is not None and upper.position < lines[first].base:
            if line.base < upper.position:
                break
        elif not _is_header(line, columns):
            break
        first -= 1
    lower = next((r.position for r in reversed(over) if r.position > lines[last].base), None)
    while last + 1 < len(lines):
        line = lines[last + 1]
        is_inside = lower is not None and line.base < lower
        step = line.base - lines[last].base
        is_wrapped = step <= _WRAPPED * em and _fits_first_columns(line, columns)
        if not (is_inside and step <= _NEAR_LINE * em) and not is_wrapped:
            break
        last += 1
    return first, last


def _spans(rule: Rule, columns: _Columns) -> bool:
    width = columns[-1][1] - columns[0][0]
    return min(rule.end, columns[-1][1]) - max(rule.start, columns[0][0]) > 0.8 * width


def _is_header(line: _Line, columns: _Columns) -> bool:
    if any(":" in part.text or "：" in part.text for part in line.parts):
        return False
    met = {_nearest(columns, part.box) for part in line.parts}
    return len(met) >= 2 and 2 * len(met) >= len(columns)


def _fits_first_columns(line: _Line, columns: _Columns) -> bool:
    """Whether a line may continue the name of the row above it."""
    box = line.parts[0].box
    return (
        len(line.parts) == 1
        and not _ENTRY.match(line.parts[0].text)
        and any(left - 1 <= box.left and box.right <= right + 1 for left, right in columns[:-1])
    )


def _with_header_columns(header: Sequence[_Line], columns: _Columns) -> _Columns:
    """Columns that only the header fills: a budget without that kind of expenditure."""
    parts = [part.box for part in header[-1].parts] if header else []
    if not len(columns) < len(parts) <= _MOST_COLUMNS:
        return columns

    def distance(chosen: tuple[Box, ...]) -> float:
        return sum(abs(_middle(box) - sum(c) / 2) for box, c in zip(chosen, columns, strict=True))

    over_columns = min(combinations(parts, len(columns)), key=distance)
    more = [(box.left, box.right) for box in parts if box not in over_columns]
    return sorted([*columns, *more])


def _middle(box: Box) -> float:
    return (box.left + box.right) / 2


_Row = list[_Line]


def _header_rows(header: Sequence[_Line], rules: Sequence[Rule], em: float) -> list[_Row]:
    """Header lines as rows: lines set tightly and without a rule between them are one."""
    rows: list[_Row] = []
    for line in header:
        is_tight = bool(rows) and line.base - rows[-1][-1].base <= _TIGHT * em
        if is_tight and not _rule_between(rows[-1][-1].base, line.base, rules):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _body_rows(body: Sequence[_Line], rules: Sequence[Rule], em: float) -> list[_Row]:
    """Lines as rows: each line with amounts is one, lines that only continue a name join it."""
    anchors = [line for line in body if line.has_amounts]
    rows: dict[int, _Row] = {id(line): [line] for line in anchors}
    order = list(anchors)
    for line in body:
        if line.has_amounts:
            continue
        owner = _owner(line, anchors, rules, em)
        if owner is None:
            rows[id(line)] = [line]
            order.append(line)
        else:
            rows[id(owner)].append(line)
    order.sort(key=lambda line: line.base)
    return [sorted(rows[id(line)], key=lambda part: part.base) for line in order]


def _owner(line: _Line, anchors: Sequence[_Line], rules: Sequence[Rule], em: float) -> _Line | None:
    """The row that a line without amounts continues, if it is clear which."""
    place = bisect_left([anchor.base for anchor in anchors], line.base)
    near = [
        (abs(anchor.base - line.base), anchor)
        for anchor in anchors[max(place - 1, 0) : place + 1]
        if not _rule_between(anchor.base, line.base, rules)
    ]
    near.sort(key=lambda pair: pair[0])
    if not near or near[0][0] > _WRAPPED * em:
        return None
    if _ENTRY.match(line.parts[0].text) and near[0][0] > em:
        return None
    if len(near) == 2 and near[1][0] - near[0][0] < _CLOSER * em:
        return None
    return near[0][1]


def _rule_between(one: float, other: float, rules: Sequence[Rule]) -> bool:
    upper, lower = min(one, other), max(one, other)
    return any(upper < rule.position < lower for rule in rules)


def _nearest(columns: _Columns, box: Box) -> int:
    """The first column that a text stands over, or the nearest one."""
    for index, (left, right) in enumerate(columns):
        if box.left < right and left < box.right:
            return index
    return min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - _middle(box)))


def _cells(lines: Sequence[_Line], columns: _Columns) -> list[list[Segment]]:
    """The texts of a row by column."""
    cells: list[list[Segment]] = [[] for _ in columns]
    for line in lines:
        parts = _parts_by_column(line, columns)
        # A header set to the left stands apart from its amounts set to the right: there the
        # order tells.
        in_order = len(parts) == len(columns)
        for order, part in enumerate(parts):
            cells[order if in_order else _nearest(columns, part.box)].append(part)
    return cells


def _parts_by_column(line: _Line, columns: _Columns) -> list[Segment]:
    """The parts of a line, parted again where a column begins inside one (a code and a name)."""
    starts = [left for left, _ in columns[1:]]
    parts: list[Segment] = []
    for part in line.parts:
        rest = part.glyphs
        for start in starts:
            cut = next((i for i, g in enumerate(rest) if g.left >= start - 0.5), len(rest))
            if 0 < cut < len(rest) and rest[cut - 1].right <= start + 0.5 and _is_gap(rest, cut):
                parts.append(Segment(rest[:cut]))
                rest = rest[cut:]
        parts.append(Segment(rest))
    return parts


def _is_gap(glyphs: Sequence[Glyph], cut: int) -> bool:
    white = glyphs[cut].left - glyphs[cut - 1].right
    return white > 0.1 * (glyphs[cut].bottom - glyphs[cut].top)


def _table(rows: Sequence[_Row], lines: Sequence[_Line], columns: _Columns) -> PageTable:
    boxes = [part.box for line in lines for part in line.parts]
    box = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    parted = [_cells(row, columns) for row in rows]
    texts = tuple(tuple("".join(part.text for part in cell) for cell in row) for row in parted)
    if lines[0].glyphs[0].confidence is None:
        return PageTable(box, texts)
    confidences = tuple(
        tuple(least_confidence(glyph for part in cell for glyph in part.glyphs) for cell in row)
        for row in parted
    )
    return PageTable(box, texts, confidences=confidences)
