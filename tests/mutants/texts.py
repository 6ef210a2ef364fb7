"""Mutants made in the printed document, to be read again from its first line to its last."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import chain, pairwise
from typing import Any, NamedTuple

from mutants.equations import Book, book_of
from mutants.rows import other_digit, with_numbers
from mutants.terms import Number, Ref
from mutants.trial import Mutant, Tables, read_tables

__all__ = ["text_mutants"]

_STATED = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元|[%％]|[个辆人名])")
_WORDS = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_WORD = re.compile(r"(增加|减少|增长|下降)\s*(?=\d)")
_UNIT_LINE = re.compile(r"^(\S*单位[:：]\s*)(万元|元)(\s*)$")
_WORTH = {"亿元": Decimal(10**8), "万元": Decimal(10**4), "元": Decimal(1)}
_OTHER_UNIT = {"万元": "元", "元": "万元", "亿元": "万元"}
_MEASURES = {"%": ("growth", "share"), "％": ("growth", "share")}


class _Said(NamedTuple):
    """A number of a sentence that a claim states."""

    line: int
    start: int
    end: int
    printed: str
    unit: str
    ref: Ref


class _Edit(NamedTuple):
    kind: str
    what: str
    changes: dict[Ref, Number | None]
    lines: list[str]
    dropped: int | None = None


def text_mutants(text: str, tables: Tables, draw: random.Random, *, each: int) -> Iterator[Mutant]:
    """Up to ``each`` mutants of every kind of one text.

    Args:
        text: The document.
        tables: Its canonical rows.
        draw: Where chance comes from.
        each: So many of a kind; fewer where the document has no more.
    """
    book = book_of(tables)
    lines = text.split("\n")
    said = list(_said(book, lines))
    by_kind: dict[str, list[_Edit]] = defaultdict(list)
    for edit in chain(
        _figures(book, lines, draw),
        _rows(book, lines),
        _swaps(book, lines),
        _statement_units(book, lines),
        _sentences(book, lines, said, draw),
    ):
        by_kind[edit.kind].append(edit)
    for kind in sorted(by_kind):
        some = by_kind[kind]
        for edit in draw.sample(some, min(each, len(some))):
            yield Mutant(
                kind,
                edit.what,
                edit.changes,
                partial(read_tables, "\n".join(edit.lines)),
                edit.dropped,
                partial(with_numbers, tables, book, edit.changes, swaps=True)
                if kind == "columns"
                else None,
            )


def _with_line(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[: number - 1], line, *lines[number:]]


def _cells(book: Book, lines: list[str]) -> Iterator[tuple[Ref, dict[str, Any], str]]:
    """The figures whose cell in the text is where the reading says, with its text."""
    for place, fact in book.facts.items():
        cells = lines[fact["line"] - 1].split("\t") if fact["line"] else []
        at = fact["column"] - 1
        if 0 <= at < len(cells) and cells[at].strip() == fact["amount_text"].strip():
            yield Ref(*place), fact, cells[at]


def _worth(fact: dict[str, Any]) -> Decimal:
    """What one of the printed units of a figure is worth."""
    return _WORTH.get(fact["unit_text"], Decimal(1))


def _number(printed: str, worth: Decimal) -> Number:
    value = Decimal(printed.replace(",", ""))
    exponent = int(value.as_tuple().exponent)
    half = worth * Decimal(10) ** exponent / 2 if value else Decimal(0)
    return Number(value * worth, half)


def _figures(book: Book, lines: list[str], draw: random.Random) -> Iterator[_Edit]:
    for ref, fact, cell in _cells(book, lines):
        if not re.fullmatch(r"[\d,]+(\.\d+)?", cell.strip()):
            continue
        changed = other_digit(cell, draw)
        cells = lines[fact["line"] - 1].split("\t")
        cells[fact["column"] - 1] = changed
        yield _Edit(
            "figure in a form" if fact["statement"] == "performance_form" else "figure",
            f"{fact['statement']} line {fact['line']}: {cell} -> {changed}",
            {ref: _number(changed.strip(), _worth(fact))},
            _with_line(lines, fact["line"], "\t".join(cells)),
        )


def _rows(book: Book, lines: list[str]) -> Iterator[_Edit]:
    by_line = defaultdict(list)
    for ref, fact, _ in _cells(book, lines):
        if fact["statement"] != "performance_form":
            by_line[fact["line"], fact["statement"]].append(ref)
    for (line, statement), refs in by_line.items():
        if any(book.numbers[ref].value for ref in refs):
            yield _Edit(
                "row",
                f"{statement} line {line} gone: {lines[line - 1]}",
                dict.fromkeys(refs),
                [*lines[: line - 1], *lines[line:]],
                line,
            )


def _swaps(book: Book, lines: list[str]) -> Iterator[_Edit]:
    tables: dict[str, dict[int, dict[int, Ref]]] = defaultdict(lambda: defaultdict(dict))
    for ref, fact, _ in _cells(book, lines):
        if fact["statement"] != "performance_form":
            tables[fact["statement"]][fact["column"]][fact["line"]] = ref
    for statement, by_column in tables.items():
        order = sorted(by_column)
        numbered = [n for refs in by_column.values() for n in refs]
        body = range(min(numbered), max(numbered) + 1)
        for left, right in pairwise(order):
            changed = list(lines)
            for number in body:
                cells = changed[number - 1].split("\t")
                if len(cells) >= right:
                    cells[left - 1], cells[right - 1] = cells[right - 1], cells[left - 1]
                    changed[number - 1] = "\t".join(cells)
            changes: dict[Ref, Number | None] = {}
            for column, other in ((left, right), (right, left)):
                for number in {*by_column[left], *by_column[right]}:
                    here, there = by_column[column].get(number), by_column[other].get(number)
                    if there is not None:
                        place = here or there._replace(column=column)
                        changes[place] = book.numbers[there]
                    elif here is not None:
                        changes[here] = None
            if changed != lines:
                yield _Edit("columns", f"{statement} columns {left} and {right}", changes, changed)


def _statement_units(book: Book, lines: list[str]) -> Iterator[_Edit]:
    tables: dict[str, list[Ref]] = defaultdict(list)
    first: dict[str, int] = {}
    for place, fact in book.facts.items():
        if fact["statement"] != "performance_form" and fact["line"]:
            tables[fact["statement"]].append(Ref(*place))
            first[fact["statement"]] = min(first.get(fact["statement"], 10**9), fact["line"])
    for statement, refs in tables.items():
        at = next(
            (n for n in range(first[statement], 0, -1) if _UNIT_LINE.match(lines[n - 1])), None
        )
        if at is None or not any(book.numbers[ref].value for ref in refs):
            continue
        head, unit, tail = _UNIT_LINE.match(lines[at - 1]).groups()  # type: ignore[union-attr]
        factor = _WORTH[_OTHER_UNIT[unit]] / _WORTH[unit]
        changes: dict[Ref, Number | None] = {
            ref: Number(n.value * factor, n.half * factor)
            for ref in refs
            for n in [book.numbers[ref]]
        }
        yield _Edit(
            "unit of a statement",
            f"{statement}: {unit} -> {_OTHER_UNIT[unit]}",
            changes,
            _with_line(lines, at, f"{head}{_OTHER_UNIT[unit]}{tail}"),
        )


def _said(book: Book, lines: list[str]) -> Iterator[_Said]:
    """The numbers of sentences, each with the claim that states it.

    Where a number stands several times in a line, the claims take their turns; where there are
    more numbers than claims nobody knows which is which, and none is taken.
    """
    for number, line in enumerate(lines, start=1):
        claims = [c for c in book.claims.values() if c["line"] == number]
        if "\t" in line or not claims:
            continue
        refs = defaultdict(list)
        for claim in claims:
            place = (claim["block"], claim["row"], claim["column"])
            for measure in ("level", "change", "count", "growth", "share"):
                ref = Ref(*place, measure)
                if ref in book.numbers:
                    refs[_sort(measure), abs(book.numbers[ref].value)].append(ref)
        tokens = defaultdict(list)
        for found in _STATED.finditer(line):
            printed, unit = found["number"], found["unit"]
            worth = _WORTH.get(unit, Decimal("0.01") if unit in "%％" else Decimal(1))
            sort = "share" if unit in "%％" else ("money" if unit in _WORTH else "count")
            value = Decimal(printed.replace(",", "")) * worth
            tokens[sort, value].append(found)
        for key, several in tokens.items():
            if len(several) == len(refs.get(key, ())):
                for found, ref in zip(several, refs[key], strict=True):
                    yield _Said(number, *found.span("number"), found["number"], found["unit"], ref)


def _sort(measure: str) -> str:
    return {"level": "money", "change": "money", "count": "count"}.get(measure, "share")


def _sentences(
    book: Book, lines: list[str], said: list[_Said], draw: random.Random
) -> Iterator[_Edit]:
    for one in said:
        line = lines[one.line - 1]
        number = book.numbers[one.ref]
        sign = Decimal(1).copy_sign(number.value)
        changed = other_digit(one.printed, draw)
        worth = _WORTH.get(one.unit, Decimal("0.01") if one.unit in "%％" else Decimal(1))
        new = _number(changed, worth)
        half = number.half if one.ref.measure == "count" else new.half
        kind = {
            "level": "stated amount",
            "count": "stated number",
            "change": "stated change",
        }.get(one.ref.measure, "percentage")
        yield _Edit(
            kind,
            f"line {one.line} {one.ref.measure}: {one.printed}{one.unit} -> {changed}",
            {one.ref: Number(new.value * sign, half)},
            _with_line(lines, one.line, line[: one.start] + changed + line[one.end :]),
        )
        if one.unit in _OTHER_UNIT and number.value:
            unit = _OTHER_UNIT[one.unit]
            factor = _WORTH[unit] / _WORTH[one.unit]
            after = line[one.end :].replace(one.unit, unit, 1)
            yield _Edit(
                "unit in a sentence",
                f"line {one.line} {one.ref.measure}: {one.printed}{one.unit} -> {unit}",
                {one.ref: Number(number.value * factor, number.half * factor)},
                _with_line(lines, one.line, line[: one.end] + after),
            )
        word = _WORD.search(line[: one.end])
        words = [w for w in _WORD.finditer(line) if w.end() == one.start]
        if word and words and number.value and one.ref.measure in ("change", "growth"):
            start, end = words[0].span(1)
            other = _WORDS[words[0][1]]
            yield _Edit(
                "word",
                f"line {one.line} {one.ref.measure}: {words[0][1]} -> {other} {one.printed}{one.unit}",
                {one.ref: Number(-number.value, number.half)},
                _with_line(lines, one.line, line[:start] + other + line[end:]),
            )
