"""What is known only from several pages: their numbers and heads, tables that go on over a break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from analytics.documents.pdf.model import PageTable

__all__ = ["PageLayout", "TextLine", "align_continued", "place_span", "without_page_furniture"]

_Value = TypeVar("_Value")
Span = tuple[float, float]

_NEAR = 3.0  # points
_HEADED_PAGES = 3  # a line on fewer pages may be a title that stands on two
_MARGIN = 0.12  # of the height of a page, at its top and its bottom
_NO_HEAD = re.compile(r"[:：]|元[)）]?$|表[\d-]*(?:[（(].*[)）])?$|^[\d,.%\s]*$")
_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第\s*)?(\d{1,4})\s*(?:页)?(?:\s*[/共].*)?[-—–－·\s]*$")


class TextLine(NamedTuple):
    """A line outside tables, where it stands, the size of its print, how surely it was read."""

    base: float
    left: float
    right: float
    size: float
    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page read: its lines outside tables, its tables from top to bottom, its height."""

    lines: tuple[TextLine, ...]
    tables: tuple[PageTable, ...]
    height: float


def without_page_furniture(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """Leave out page numbers, and running heads and feet but for their first appearance.

    A running head is the same text at the same height, above or below everything else and near
    the edge, on several pages, or on two where it parts a table that goes on from one to the other.
    A title, a number, and a line that names an agency or a unit are none: they belong to the table
    below them.
    """
    plain = _without_page_numbers(pages)
    while True:
        heads = _running_lines(plain)
        if not heads:
            return plain
        plain = [
            replace(page, lines=tuple(line for line in page.lines if (index, line) not in heads))
            for index, page in enumerate(plain)
        ]


def _running_lines(pages: Sequence[PageLayout]) -> set[tuple[int, TextLine]]:
    """Lines that head or foot their page as an earlier page does, with the index of their page."""
    places: dict[tuple[str, int], list[tuple[int, TextLine]]] = {}
    for index, page in enumerate(pages):
        for line in page.lines:
            is_near_edge = not _MARGIN < line.base / page.height < 1 - _MARGIN
            if is_near_edge and _is_outermost(line, page) and not _NO_HEAD.search(line.text):
                places.setdefault((line.text, round(line.base)), []).append((index, line))
    return {
        where
        for lines in places.values()
        for where in lines[1:]
        if len({index for index, _ in lines}) >= _HEADED_PAGES or _parts_tables(pages, *where)
    }


def _parts_tables(pages: Sequence[PageLayout], index: int, line: TextLine) -> bool:
    """Whether a line is all that stands between a table and the one that ends the page before."""
    before, page = pages[index - 1], pages[index]
    if not (index and before.tables and page.tables):
        return False
    end, start = before.tables[-1].box.bottom, page.tables[0].box.top
    is_last = not any(other.base > end for other in before.lines)
    return is_last and [other for other in page.lines if other.base < start] == [line]


def _without_page_numbers(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """Leave out the numbers of the pages.

    A number that is the first or the last thing on its page is a page number if it runs with the
    pages on at least two of them.
    """
    offsets = {
        (index, line): int(match[1]) - index
        for index, page in enumerate(pages)
        for line in page.lines
        if (match := _PAGE_NUMBER.match(line.text)) and _is_outermost(line, page)
    }
    runs: Counter[int | None] = Counter(offsets.values())
    return [
        replace(
            page,
            lines=tuple(line for line in page.lines if runs[offsets.get((index, line))] < 2),
        )
        for index, page in enumerate(pages)
    ]


def _is_outermost(line: TextLine, page: PageLayout) -> bool:
    above = [other.base for other in page.lines] + [table.box.top for table in page.tables]
    below = [other.base for other in page.lines] + [table.box.bottom for table in page.tables]
    return line.base <= min(above) or line.base >= max(below)


def align_continued(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """Give a table that goes on over page breaks the same columns on each page.

    A header may part a column that the rows below it do not: where the header stands on the page
    before, the rows alone do not show that. Their text stays in the first of these columns.
    Tables count as one if nothing is printed between them, they have the same sides, and each
    column of one begins where a column of the other does.

    Args:
        pages: Consecutive pages without their page numbers.
    """
    tables = [list(page.tables) for page in pages]
    start = 0
    for index in range(1, len(pages) + 1):
        if index < len(pages) and _continues(pages[index - 1], pages[index]):
            if len(pages[index].tables) == 1:
                continue
            last = index
        else:
            last = index - 1
        if last > start:
            parts = [tables[start][-1], *(tables[page][0] for page in range(start + 1, last + 1))]
            widened = _spread_over_spans(parts) if parts[0].spans else _with_all_columns(parts)
            tables[start][-1] = widened[0]
            for page, part in zip(range(start + 1, last + 1), widened[1:], strict=True):
                tables[page][0] = part
        start = index
    return [replace(page, tables=tuple(own)) for page, own in zip(pages, tables, strict=True)]


def _continues(before: PageLayout, page: PageLayout) -> bool:
    if not (before.tables and page.tables):
        return False
    upper, lower = before.tables[-1], page.tables[0]
    is_parted = any(line.base > upper.box.bottom for line in before.lines) or any(
        line.base < lower.box.top for line in page.lines
    )
    if is_parted:
        return False
    if upper.spans and lower.spans:
        return not lower.is_headed
    if not (upper.lefts and lower.lefts):
        return False
    sides = (upper.box.left - lower.box.left, upper.box.right - lower.box.right)
    fewer, more = sorted((upper.lefts, lower.lefts), key=len)
    return all(abs(side) <= _NEAR for side in sides) and all(
        any(abs(left - other) <= _NEAR for other in more) for left in fewer
    )


def _with_all_columns(parts: Sequence[PageTable]) -> list[PageTable]:
    """The parts of a ruled table with the columns of the part that has the most."""
    model = max(parts, key=lambda part: len(part.lefts)).lefts
    return [_widened(part, model) for part in parts]


def _widened(part: PageTable, model: Sequence[float]) -> PageTable:
    """The table with the columns of ``model``, unless two of its own would fall into one."""
    places = [
        min(range(len(model)), key=lambda index: abs(model[index] - left)) for left in part.lefts
    ]
    if len(part.lefts) == len(model) or len(set(places)) < len(places):
        return part
    return replace(_placed(part, places, len(model)), lefts=tuple(model))


def _spread_over_spans(parts: Sequence[PageTable]) -> list[PageTable]:
    """The parts of a table without vertical rules with the columns of the first, its header's.

    A column is the one whose characters stand over the same part of the page. A part with a
    column that could be either of two is left as it is.
    """
    model = list(parts[0].spans)
    spread = [parts[0]]
    for part in parts[1:]:
        places = [place_span(span, model) for span in part.spans]
        known = [place for place in places if place is not None]
        if len(known) < len(places) or known != sorted(set(known)):
            spread.append(part)
            continue
        spread.append(replace(_placed(part, known, len(model)), spans=tuple(model)))
        for place, (left, right) in zip(known, part.spans, strict=True):
            model[place] = (min(model[place][0], left), max(model[place][1], right))
    return spread


def place_span(span: Span, model: Sequence[Span]) -> int | None:
    """The column that a span overlaps, or is much nearer to than to any other."""
    met = [i for i, (left, right) in enumerate(model) if span[0] < right and left < span[1]]
    if met:
        return met[0] if len(met) == 1 else None
    if not model:
        return None
    gaps = sorted(
        (max(left - span[1], span[0] - right), i) for i, (left, right) in enumerate(model)
    )
    is_clear = len(gaps) == 1 or 3 * gaps[0][0] < gaps[1][0]
    return gaps[0][1] if is_clear else None


def _placed(part: PageTable, places: Sequence[int], width: int) -> PageTable:
    return replace(
        part,
        rows=tuple(_spread(row, places, width, "") for row in part.rows),
        confidences=tuple(_spread(row, places, width, None) for row in part.confidences),
    )


def _spread(
    row: Sequence[_Value], places: Sequence[int], width: int, blank: _Value
) -> tuple[_Value, ...]:
    """The values of a row at some places of a wider one."""
    spread = [blank] * width
    for place, value in zip(places, row, strict=True):
        spread[place] = value
    return tuple(spread)
