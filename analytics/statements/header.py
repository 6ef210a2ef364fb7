"""What the columns of a statement are: header rows told from lines, columns matched to the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from analytics.amounts import is_blank, parse_number
from analytics.schema.statement_forms import STATEMENT_FORMS, ColumnForm, Role, StatementForm
from analytics.schema.vocabularies import Repair
from analytics.statements.model import BodyRow, Column
from analytics.statements.wording import simplify, squeeze

__all__ = ["assign_columns", "fits", "header_length", "is_numbering"]

_CODE = "科目编码"
_CODE_PARTS = frozenset("类款项")
_CODE_HEADER = re.compile(r"编码|代码")
_CODE_PART = re.compile(r"\d{2,7}|[类款项]")
_LINE_NUMBERS = frozenset(("行次", "栏次", "序号"))
_PART_HEADER = re.compile(r"^(?:合计|小计|基本支出|项目支出)")

_TOTAL_LINE = re.compile(r"^(?:(?:部门|单位|收入|支出)?(?:合计|总计)|[本当]年(?:收入|支出))")
_FIRST_LINE = re.compile(r"^[一二三四五六七八九十]+、|^\d{3,7}$")
_HEADER_WORD = re.compile(r"编码|代码|名称$")
_NUMBERING_WORDS = frozenset(("栏次", "行次", "序号", "甲", "乙", "丙", "丁", *_CODE_PARTS))
_YEARS = range(1990, 2100)
_ROW_PROBES = 40

_Patterns = tuple[str, str]
_ASKED: set[_Patterns] = {
    (column.header, column.above) for form in STATEMENT_FORMS for column in form.columns
}
"""What forms ask of a column: of its lowest header cell, and of those above."""


def header_length(rows: Sequence[BodyRow]) -> int:
    """How many rows at the top of a table are header rows.

    The first line of the statement is the first row that carries an amount, a code, a numbered
    name or a total in its first cell, or that follows when every column has its header. A row
    that only numbers the columns is header, and so is one that begins with the word for codes or
    names.
    """
    labelled: set[int] = set()
    is_named = False
    for index, row in enumerate(rows):
        texts = [squeeze(cell.text) for cell in row.cells]
        if is_numbering(row):
            continue
        has_amount = any(_is_amount(text) for text in texts)
        # A total that stands among other headers is the header of a column, but for one under the
        # header of codes or names: that is the first line, beside the parts of a wider header.
        is_total = _TOTAL_LINE.match(texts[0]) and (not any(texts[1:]) or is_named)
        is_line = has_amount or is_total or _FIRST_LINE.match(texts[0])
        is_full = len(labelled) == len(texts) and not _HEADER_WORD.search(texts[0])
        if is_line or is_full:
            return index
        labelled.update(column for column, text in enumerate(texts) if text)
        is_named = is_named or _HEADER_WORD.search(texts[0]) is not None
    return len(rows)


def is_numbering(row: BodyRow) -> bool:
    """Whether a row only numbers the columns: small whole numbers, each larger than the last.

    A word such as 栏次 may stand among them, a number may say how it adds up (``1=2+3``), and
    where a column was lost its number is lost with it.
    """
    texts = [squeeze(cell.text) for cell in row.cells]
    numbers = [t.split("=")[0] for t in texts if t and t not in _NUMBERING_WORDS]
    if len(numbers) < 2 or not all(number.isdigit() and len(number) < 3 for number in numbers):
        return False
    digits = [int(number) for number in numbers]
    is_rising = all(a < b for a, b in pairwise(digits))
    return is_rising and digits[0] <= 2 and digits[-1] <= 2 * len(texts)


def assign_columns(
    form: StatementForm, header: Sequence[BodyRow], body: Sequence[BodyRow], width: int
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Match the printed columns of a table to the columns of its form.

    Columns are matched in order by their lowest header cell. Where that fails although every
    header of the form is printed and the table is as wide as the form, header cells slipped: the
    order of the form is taken, unless the sums of the lines say that the printed order is right.

    Returns:
        The printed columns, and the headers of the form that are not printed.
    """
    headings = _headings(header, body, width)
    units = _units(headings, body)
    found, missing = _assign(form, units, body)
    columns = [
        Column(None, heading.label, is_numbering=heading.label in _LINE_NUMBERS)
        for heading in headings
    ]
    for unit, (column, repairs) in zip(units, found, strict=True):
        for index in unit.indexes:
            label = headings[index].label
            if column is not None and column.above and headings[index].above:
                label = f"{headings[index].above}/{label}"
            columns[index] = Column(column, label, repairs)
    return tuple(columns), missing


def fits(header: Sequence[BodyRow], body: Sequence[BodyRow], width: int) -> list[float]:
    """How well a table has the columns of each known form: 1 where it has those and no others.

    The matched columns divided by those of the form or of the table, whichever are more; 0 where
    fewer than two of a form with several columns are found.
    """
    units = _units(_headings(header, body, width), body)
    places: dict[_Patterns, int] = {}
    for index, unit in enumerate(units):
        for patterns in _fitting(unit.heading):
            places[patterns] = places.get(patterns, 0) | 1 << index
    found: list[float] = []
    for form in STATEMENT_FORMS:
        masks = [places.get((column.header, column.above), 0) for column in form.columns]
        matched = _longest_run(masks, len(units))
        is_seen = matched >= min(2, len(form.columns))
        found.append(matched / max(len(form.columns), len(units)) if is_seen else 0.0)
    return found


@dataclass(frozen=True, slots=True)
class _Heading:
    """The lowest header cell over a column, and those above it from the top joined by ``/``."""

    label: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Printed columns that are one column of a form: codes printed as 类, 款 and 项 are one."""

    heading: _Heading
    indexes: tuple[int, ...]


def _units(headings: Sequence[_Heading], body: Sequence[BodyRow]) -> list[_Unit]:
    """The columns of a table; one without header and content is none, nor is one of line numbers.

    A column with content but without a header of its own stands under the header to its left; of
    words, under the one to its right if nothing else stands there. A code printed in parts is one
    column, whether the parts have headers or not.
    """
    units: list[_Unit] = []
    for index, heading in enumerate(headings):
        label = heading.label
        content = [row.text(index) for row in body if not is_blank(row.text(index))]
        before = units[-1] if units and units[-1].indexes[-1] == index - 1 else None
        if label in _LINE_NUMBERS or not (label or content):
            continue
        if (
            before is not None
            and label
            and not content
            and _is_lost(headings[index - 1], before, body)
        ):
            units[-1] = _Unit(heading, before.indexes)
        elif before is not None and _is_code_part(label, content, before.heading.label):
            units[-1] = _Unit(before.heading, (*before.indexes, index))
        elif label in _CODE_PARTS:
            units.append(_Unit(_Heading(_CODE, heading.above), (index,)))
        elif label:
            units.append(_Unit(heading, (index,)))
        else:
            left = next((each for each in reversed(headings[:index]) if each.label), heading)
            units.append(_Unit(left, (index,)))
    return units


def _is_lost(heading: _Heading, unit: _Unit, body: Sequence[BodyRow]) -> bool:
    """Whether a column of words has no header of its own."""
    texts = [row.text(unit.indexes[-1]) for row in body]
    return not heading.label and not any(_is_amount(text) for text in texts)


def _is_code_part(label: str, content: Sequence[str], left: str) -> bool:
    """Whether a column prints a further part of the code to its left."""
    if label:
        return label in _CODE_PARTS and left == _CODE
    return _CODE_HEADER.search(left) is not None and all(
        _CODE_PART.fullmatch(squeeze(text)) for text in content
    )


def _assign(
    form: StatementForm, units: list[_Unit], body: Sequence[BodyRow]
) -> tuple[list[tuple[ColumnForm | None, tuple[Repair, ...]]], tuple[str, ...]]:
    """The form's column for each unit, with what had to be mended, and what is missing."""
    matched = _align(form.columns, units)
    if None not in matched and len(form.columns) == len(units):
        return [(column, ()) for column in matched], ()
    printed_order = _by_label(form.columns, units)
    if len(form.columns) == len(units) and None not in printed_order:
        in_order = list(form.columns)
        places = [unit.indexes[-1] for unit in units]
        if _sums(printed_order, places, body) > _sums(in_order, places, body):
            in_order = [column for column in printed_order if column is not None]
        return [
            (column, () if _fits(column, unit.heading) else (Repair.HEADER_SHIFTED,))
            for column, unit in zip(in_order, units, strict=True)
        ], ()
    missing = tuple(
        _plain(column.header)
        for column in form.columns
        if not any(column is found for found in matched)
    )
    return [(column, ()) for column in matched], missing


def _headings(header: Sequence[BodyRow], body: Sequence[BodyRow], width: int) -> list[_Heading]:
    """The header cells over each column.

    A header cell reaches over the blank cells to its right, as far as the one above it does.
    """
    paths: list[list[str]] = [[] for _ in range(width)]
    lowest = [0] * width
    begins = [False] * width
    for texts in _header_texts(header, body, width):
        reaching = ""
        for index, text in enumerate(texts):
            reaching = text or ("" if begins[index] else reaching)
            if reaching:
                paths[index].append(reaching)
            if text:
                lowest[index] = len(paths[index])
        begins = [begun or bool(text) for begun, text in zip(begins, texts, strict=True)]
    return [
        _Heading(path[end - 1], "/".join(path[: end - 1])) if end else _Heading("", "/".join(path))
        for path, end in zip(paths, lowest, strict=True)
    ]


def _header_texts(
    header: Sequence[BodyRow], body: Sequence[BodyRow], width: int
) -> Iterator[list[str]]:
    """The texts of the header rows, and those that share the row of the first total."""
    for row in header:
        if not is_numbering(row):
            yield [simplify(squeeze(row.text(index))) for index in range(width)]
    first = [simplify(squeeze(body[0].text(index))) for index in range(width)] if body else []
    if header and first and _TOTAL_LINE.match(first[0]):
        yield ["", *(text if _PART_HEADER.match(text) else "" for text in first[1:])]


def _fits(column: ColumnForm, heading: _Heading) -> bool:
    return _has(heading, column.header, column.above)


@lru_cache(2**12)
def _fitting(heading: _Heading) -> list[_Patterns]:
    """What a heading has of all that forms ask of their columns; they share most of it."""
    return [patterns for patterns in _ASKED if _has(heading, *patterns)]


def _has(heading: _Heading, header: str, above: str) -> bool:
    return (
        bool(heading.label)
        and _is_header(header, heading.label)
        and (not above or _is_header(above, heading.above))
    )


@lru_cache(2**14)
def _is_header(pattern: str, label: str) -> bool:
    """Whether a label is that of a column; the same few are asked for in every table."""
    return re.search(pattern, label) is not None


def _align(columns: Sequence[ColumnForm], units: Sequence[_Unit]) -> list[ColumnForm | None]:
    """The longest run of form columns that the headers match in order (a common subsequence)."""
    n, m = len(columns), len(units)
    is_fit = [[_fits(column, unit.heading) for unit in units] for column in columns]
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            take = 1 + best[i + 1][j + 1] if is_fit[i][j] else 0
            best[i][j] = max(take, best[i + 1][j], best[i][j + 1])
    found: list[ColumnForm | None] = [None] * m
    i = j = 0
    while i < n and j < m:
        if is_fit[i][j] and best[i][j] == 1 + best[i + 1][j + 1]:
            found[j] = columns[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _longest_run(masks: Sequence[int], width: int) -> int:
    """The length of the run that :func:`_align` finds, from where each column fits as bits.

    A zero bit of ``row`` says that the run up to there is one longer than up to the place before;
    one addition carries a whole row of the table of lengths on to the next column.
    """
    full = row = (1 << width) - 1
    for mask in masks:
        hits = row & mask
        row = ((row + hits) | (row - hits)) & full
    return width - row.bit_count()


def _by_label(columns: Sequence[ColumnForm], units: Sequence[_Unit]) -> list[ColumnForm | None]:
    """Form columns by header alone, each used once, in whatever order they are printed."""
    left = list(columns)
    found: list[ColumnForm | None] = []
    for unit in units:
        column = next((c for c in left if _fits(c, unit.heading)), None)
        if column is not None:
            left.remove(column)
        found.append(column)
    return found


def _sums(
    columns: Sequence[ColumnForm | None], places: Sequence[int], body: Sequence[BodyRow]
) -> int:
    """How many lines add up across if the columns stand in this order at these places."""
    placed = list(zip(places, columns, strict=True))
    total = next((i for i, c in placed if c and c.role is Role.AMOUNT and not c.is_addend), None)
    if total is None:
        return 0
    holding = 0
    for row in body[:_ROW_PROBES]:
        whole = parse_number(row.text(total))
        parts = [parse_number(row.text(i)) for i, c in placed if c and c.is_addend]
        printed = [part for part in parts if part is not None]
        if whole is None or not printed:
            continue
        tolerance = (whole.step + sum(part.step for part in printed)) / 2
        holding += abs(whole.value - sum(part.value for part in printed)) <= tolerance
    return holding


def _is_amount(text: str) -> bool:
    number = parse_number(text)
    if number is None:
        return False
    return not (number.value in _YEARS and "." not in text and "," not in text)


def _plain(pattern: str) -> str:
    """A header pattern as words for a reader: its first alternative, optional parts left out."""
    required = re.sub(r"\((?:\?:)?[^()]*\)\?|[\^$]|\[[^\]]*\]\??", "", pattern)
    first = re.sub(r"\(\?:([^()|]*)[^()]*\)", r"\1", required).split("|")[0]
    return first.replace(".*", "…")
