"""What the columns of a statement are: header rows told from lines, columns matched to the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analytics.amounts import parse_number
from analytics.schema.statement_forms import ColumnForm, Role, StatementForm
from analytics.schema.vocabularies import Repair
from analytics.statements.model import BodyRow, Column
from analytics.statements.wording import simplify, squeeze

__all__ = ["assign_columns", "header_length", "is_numbering", "match_count"]

_FIRST_LINE = re.compile(
    r"^(?:合计|总计|部门合计|单位合计|本年)|^[一二三四五六七八九十]+、|^\d{3,7}$"
)
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
        is_line = _FIRST_LINE.match(texts[0]) or any(_is_amount(text) for text in texts)
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
    matched = _align(form.columns, labels)
    if all(column is not None for column in matched[:width]) and len(form.columns) == width:
        return tuple(Column(c, label) for c, label in zip(matched, labels, strict=True)), ()
    printed_order = _by_label(form.columns, labels)
    if len(form.columns) == width and None not in printed_order:
        in_order = list(form.columns)
        if _sums(printed_order, body) > _sums(in_order, body):
            in_order = [column for column in printed_order if column is not None]
        return tuple(
            Column(
                expected,
                label,
                () if _fits(expected, label) else (Repair.HEADER_SHIFTED,),
            )
            for expected, label in zip(in_order, labels, strict=True)
        ), ()
    missing = tuple(
        _plain(column.header)
        for column in form.columns
        if not any(column is found for found in matched)
    )
    return tuple(Column(c, label) for c, label in zip(matched, labels, strict=True)), missing


def match_count(form: StatementForm, header: Sequence[BodyRow], width: int) -> int:
    """How many columns of the form are found in a table, in order."""
    return sum(column is not None for column in _align(form.columns, _labels(header, width)))


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


def _sums(columns: Sequence[ColumnForm | None], body: Sequence[BodyRow]) -> int:
    """How many lines add up across if the columns stand in this order."""
    total = next(
        (i for i, c in enumerate(columns) if c and c.role is Role.AMOUNT and not c.is_addend), None
    )
    if total is None:
        return 0
    holding = 0
    for row in body[:_ROW_PROBES]:
        whole = parse_number(row.text(total))
        parts = [parse_number(row.text(i)) for i, c in enumerate(columns) if c and c.is_addend]
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
