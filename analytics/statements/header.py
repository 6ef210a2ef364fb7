"""What the columns of a statement are: header rows told from lines, columns matched to the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.amounts import is_blank, parse_number
from analytics.schema.statement_forms import ColumnForm, Role, StatementForm
from analytics.schema.vocabularies import Repair
from analytics.statements.model import BodyRow, Column
from analytics.statements.wording import simplify, squeeze

__all__ = ["assign_columns", "fit", "header_length", "is_numbering"]

_CODE = "科目编码"
_CODE_PARTS = frozenset("类款项")

_TOTAL_LINE = re.compile(r"^(?:(?:部门|单位|收入|支出)?(?:合计|总计)|[本当]年(?:收入|支出))")
_FIRST_LINE = re.compile(r"^[一二三四五六七八九十]+、|^\d{3,7}$")
_HEADER_WORD = re.compile(r"编码|代码|名称$")
_NUMBERING_WORDS = frozenset(("栏次", "行次", "序号", "甲", "乙", "丙", "丁"))
_YEARS = range(1990, 2100)
_ROW_PROBES = 40


def header_length(rows: Sequence[BodyRow]) -> int:
    """How many rows at the top of a table are header rows.

    The first line of the statement is the first row that carries an amount, a code, a numbered
    name or a total in its first cell, or that follows when every column has its header. A row
    that only numbers the columns is header, and so is one that begins with the word for codes or
    names.
    """
    labelled: set[int] = set()
    for index, row in enumerate(rows):
        texts = [squeeze(cell.text) for cell in row.cells]
        if is_numbering(row):
            continue
        has_amount = any(_is_amount(text) for text in texts)
        # A total that stands among other headers is the header of a column.
        is_total = _TOTAL_LINE.match(texts[0]) and not any(texts[1:])
        is_line = has_amount or is_total or _FIRST_LINE.match(texts[0])
        is_full = len(labelled) == len(texts) and not _HEADER_WORD.search(texts[0])
        if is_line or is_full:
            return index
        labelled.update(column for column, text in enumerate(texts) if text)
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
    labels = _labels(header, width)
    units = _units(labels, body)
    found, missing = _assign([unit.label for unit in units], form, units, body)
    columns = [Column(None, label) for label in labels]
    for unit, (column, repairs) in zip(units, found, strict=True):
        for index in unit.indexes:
            columns[index] = Column(column, labels[index], repairs)
    return tuple(columns), missing


def fit(
    form: StatementForm, header: Sequence[BodyRow], body: Sequence[BodyRow], width: int
) -> float:
    """How well a table has the columns of a form: 1 where it has those and no others.

    The matched columns divided by those of the form or of the table, whichever are more; 0 where
    fewer than two of a form with several columns are found.
    """
    units = _units(_labels(header, width), body)
    matched = sum(c is not None for c in _align(form.columns, [unit.label for unit in units]))
    if matched < min(2, len(form.columns)):
        return 0.0
    return matched / max(len(form.columns), len(units))


@dataclass(frozen=True, slots=True)
class _Unit:
    """Printed columns that are one column of a form: codes printed as 类, 款 and 项 are one."""

    label: str
    indexes: tuple[int, ...]


def _units(labels: Sequence[str], body: Sequence[BodyRow]) -> list[_Unit]:
    """The columns of a table; one without header and content is none.

    A column with content but without a header of its own stands under the header to its left.
    """
    units: list[_Unit] = []
    for index, label in enumerate(labels):
        is_part = label in _CODE_PARTS
        if is_part and units and units[-1].label == _CODE and units[-1].indexes[-1] == index - 1:
            units[-1] = _Unit(_CODE, (*units[-1].indexes, index))
        elif is_part:
            units.append(_Unit(_CODE, (index,)))
        elif label:
            units.append(_Unit(label, (index,)))
        elif any(not is_blank(row.text(index)) for row in body):
            left = next((text for text in reversed(labels[:index]) if text), "")
            units.append(_Unit(left, (index,)))
    return units


def _assign(
    labels: list[str], form: StatementForm, units: list[_Unit], body: Sequence[BodyRow]
) -> tuple[list[tuple[ColumnForm | None, tuple[Repair, ...]]], tuple[str, ...]]:
    """The form's column for each unit, with what had to be mended, and what is missing."""
    matched = _align(form.columns, labels)
    if None not in matched and len(form.columns) == len(units):
        return [(column, ()) for column in matched], ()
    printed_order = _by_label(form.columns, labels)
    if len(form.columns) == len(units) and None not in printed_order:
        in_order = list(form.columns)
        places = [unit.indexes[-1] for unit in units]
        if _sums(printed_order, places, body) > _sums(in_order, places, body):
            in_order = [column for column in printed_order if column is not None]
        return [
            (column, () if _fits(column, label) else (Repair.HEADER_SHIFTED,))
            for column, label in zip(in_order, labels, strict=True)
        ], ()
    missing = tuple(
        _plain(column.header)
        for column in form.columns
        if not any(column is found for found in matched)
    )
    return [(column, ()) for column in matched], missing


def _labels(header: Sequence[BodyRow], width: int) -> list[str]:
    """The lowest header cell over each column."""
    labels = [""] * width
    for row in header:
        if is_numbering(row):
            continue
        for index in range(width):
            text = simplify(squeeze(row.text(index)))
            if text:
                labels[index] = text
    return labels


def _fits(column: ColumnForm, label: str) -> bool:
    return bool(label) and re.search(column.header, label) is not None


def _align(columns: Sequence[ColumnForm], labels: Sequence[str]) -> list[ColumnForm | None]:
    """The longest run of form columns that the labels match in order (a common subsequence)."""
    n, m = len(columns), len(labels)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            take = 1 + best[i + 1][j + 1] if _fits(columns[i], labels[j]) else 0
            best[i][j] = max(take, best[i + 1][j], best[i][j + 1])
    found: list[ColumnForm | None] = [None] * m
    i = j = 0
    while i < n and j < m:
        if _fits(columns[i], labels[j]) and best[i][j] == 1 + best[i + 1][j + 1]:
            found[j] = columns[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _by_label(columns: Sequence[ColumnForm], labels: Sequence[str]) -> list[ColumnForm | None]:
    """Form columns by label alone, each used once, in whatever order they are printed."""
    left = list(columns)
    found: list[ColumnForm | None] = []
    for label in labels:
        column = next((c for c in left if _fits(c, label)), None)
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
