"""Mutants made in the canonical rows, where reading the file again would change nothing."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import polars as pl

from mutants.equations import Book, book_of
from mutants.terms import Number, Ref
from mutants.trial import Mutant, Tables

__all__ = ["other_digit", "row_mutants", "with_numbers"]

_COLUMNS = {
    "level": ("value_yuan", "value_step_yuan"),
    "count": ("value", None),
    "change": ("change_yuan", "change_step_yuan"),
    "growth": ("change_share", None),
    "share": ("share", None),
}
"""The column of a claim that holds a number, and that of the step, where a unit changes it."""
_KINDS = {
    "figure": "figure",
    "level": "stated amount",
    "count": "stated number",
    "change": "stated change",
    "growth": "percentage",
    "share": "percentage",
}
_ROLE = ("fund", "component", "carryover_basis", "column", "column_label")


def other_digit(printed: str, draw: random.Random) -> str:
    """A number with one of its digits changed; it keeps its length."""
    places = [at for at, sign in enumerate(printed) if sign.isdigit()]
    at = draw.choice(places)
    leads = at == places[0] and len(places) > 1
    digits = [d for d in "0123456789" if d != printed[at] and not (leads and d == "0")]
    return printed[:at] + draw.choice(digits) + printed[at + 1 :]


def row_mutants(tables: Tables, draw: random.Random, *, each: int) -> Iterator[Mutant]:
    """Up to ``each`` mutants of every kind of one document.

    Args:
        tables: Canonical rows of the document.
        draw: Where chance comes from.
        each: So many of a kind; fewer where the document has no more.
    """
    book = book_of(tables)
    name = tables["documents"]["file_name"][0]
    made = [
        *_digits(book, draw, each),
        *_signs(book),
        *_units(book),
        *_rows(book),
        *_swaps(book),
    ]
    by_kind: dict[str, list[tuple[str, str, dict[Ref, Number | None], bool]]] = defaultdict(list)
    for one in made:
        by_kind[one[0]].append(one)
    for kind in sorted(by_kind):
        some = by_kind[kind]
        for _, what, changes, swaps in draw.sample(some, min(each, len(some))):
            make = partial(with_numbers, tables, book, changes, swaps=swaps)
            yield Mutant(kind, f"{name}: {what}", changes, make, meant=make if swaps else None)


Made = Iterator[tuple[str, str, dict[Ref, Number | None], bool]]


def _digits(book: Book, draw: random.Random, each: int) -> Made:
    """One digit of one number."""
    by_kind = defaultdict(list)
    for ref, number in book.numbers.items():
        claim = book.claims.get(ref.place) if ref.measure != "figure" else None
        if claim is not None and claim["is_unchanged"] and ref.measure == "change":
            continue
        by_kind[_KINDS[ref.measure]].append((ref, number))
    for kind, numbers in by_kind.items():
        for ref, number in draw.sample(numbers, min(3 * each, len(numbers))):
            printed, scale = _printed(book, ref, number)
            changed = other_digit(printed, draw)
            value = Decimal(changed) * scale
            half = number.half or (scale * Decimal(10) ** Decimal(changed).as_tuple().exponent / 2)  # type: ignore[operator]
            if ref.measure == "count":
                half = number.half
            yield kind, f"{ref} {printed} -> {changed}", {ref: Number(value, half)}, False


def _printed(book: Book, ref: Ref, number: Number) -> tuple[str, Decimal]:
    """A number as it is printed, without commas, and what one of its units is worth."""
    if ref.measure == "figure":
        fact = book.facts[ref.place]
        printed = re.sub(r"[^\d.]", "", fact["amount_text"]) or "0"
        value = Decimal(printed)
        if value and fact["amount_yuan"]:
            return printed, (abs(fact["amount_yuan"]) / value).copy_sign(fact["amount_yuan"])
        return "0", Decimal(10_000 if fact["unit_text"] == "万元" else 1)
    scale = {"count": Decimal(1), "growth": Decimal("0.01"), "share": Decimal("0.01")}.get(
        ref.measure, Decimal(10_000)
    )
    sign = Decimal(1).copy_sign(number.value)
    places = 0 if ref.measure == "count" and not number.half else 2
    return f"{abs(number.value) / scale:.{places}f}", scale * sign


def _signs(book: Book) -> Made:
    """增加 for 减少, and the reverse."""
    for ref, number in book.numbers.items():
        if ref.measure in ("change", "growth") and number.value:
            changes: dict[Ref, Number | None] = {ref: Number(-number.value, number.half)}
            yield "word", f"{ref} {ref.measure} {number.value} -> its opposite", changes, False


def _units(book: Book) -> Made:
    """元 for 万元 above a statement, or behind a number of a sentence."""
    statements = defaultdict(list)
    for place, fact in book.facts.items():
        if fact["statement"] != "performance_form":
            statements[fact["statement"]].append(Ref(*place))
    for statement, refs in statements.items():
        for factor in (Decimal("0.0001"), Decimal(10_000)):
            changes = {ref: _scaled(book.numbers[ref], factor) for ref in refs}
            if any(n.value for n in changes.values()):
                yield "unit of a statement", f"{statement} times {factor}", dict(changes), False
    for ref, number in book.numbers.items():
        if ref.measure in ("level", "change") and number.value:
            changes = {ref: _scaled(number, Decimal("0.0001"))}
            yield "unit in a sentence", f"{ref} {number.value} as yuan", dict(changes), False


def _scaled(number: Number, factor: Decimal) -> Number:
    return Number((number.value * factor).quantize(Decimal("0.01")), number.half * factor)


def _rows(book: Book) -> Made:
    """A row less."""
    lines = defaultdict(list)
    for place, fact in book.facts.items():
        if fact["statement"] != "performance_form":
            lines[place[:2], fact["statement"]].append(Ref(*place))
    for (line, statement), refs in lines.items():
        if any(book.numbers[ref].value for ref in refs):
            yield "row", f"{statement} row {line} gone", dict.fromkeys(refs), False


def _swaps(book: Book) -> Made:
    """Two columns beside each other changed places below their heads."""
    columns: dict[tuple[str, int, str], dict[int, dict[int, Ref]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for place, fact in book.facts.items():
        if fact["statement"] != "performance_form":
            of = columns[fact["statement"], place[0], fact["flow"]]
            of[place[2]][place[1]] = Ref(*place)
    for (statement, block, flow), by_column in columns.items():
        if len(_roles(book, by_column)) != len(by_column):
            continue
        order = sorted(by_column)
        for left, right in pairwise(order):
            changes: dict[Ref, Number | None] = {}
            for row in {*by_column[left], *by_column[right]}:
                for here, there in ((left, right), (right, left)):
                    other = by_column[there].get(row)
                    changes[Ref(block, row, here)] = book.numbers[other] if other else None
            if any(
                (number.value if number else 0)
                != (book.numbers[ref].value if ref in book.numbers else 0)
                for ref, number in changes.items()
            ):
                yield "columns", f"{statement} {flow} columns {left} and {right}", changes, True


def _roles(book: Book, by_column: Mapping[int, Mapping[int, Ref]]) -> dict[int, tuple[Any, ...]]:
    """What each column says of its figures; without those that say several things."""
    said = {
        column: {tuple(book.facts[ref.place][k] for k in _ROLE) for ref in refs.values()}
        for column, refs in by_column.items()
    }
    return {column: next(iter(roles)) for column, roles in said.items() if len(roles) == 1}


def with_numbers(
    tables: Tables, book: Book, changes: Mapping[Ref, Number | None], *, swaps: bool = False
) -> Tables:
    """The canonical rows with other numbers; a number that is gone takes its row with it."""
    figures = {ref.place: number for ref, number in changes.items() if ref.measure == "figure"}
    stated = {ref.place: (ref.measure, n) for ref, n in changes.items() if ref.measure != "figure"}
    made = dict(tables)
    if figures:
        made |= _with_figures(tables, book, figures, swaps=swaps)
    if stated:
        rows = [_with_stated(row, stated) for row in tables["claims"].iter_rows(named=True)]
        made["claims"] = pl.DataFrame(rows, schema=tables["claims"].schema)
    return made


def _with_figures(
    tables: Tables,
    book: Book,
    figures: Mapping[tuple[int, int, int], Number | None],
    *,
    swaps: bool,
) -> Tables:
    facts = tables["facts"]
    place = ["block", "row", "column"]
    touched = pl.DataFrame(list(figures), schema=dict.fromkeys(place, pl.Int32), orient="row")
    is_printed = pl.col("value_kind") == "printed"
    kept = pl.concat(
        [facts.filter(is_printed).join(touched, on=place, how="anti"), facts.filter(~is_printed)]
    )
    rows = []
    for each, number in figures.items():
        if number is None:
            continue
        like = book.facts.get(each) or _beside(book, each)
        amount = number.value.quantize(Decimal("0.01"))
        rows.append(
            like
            | {
                "block": each[0],
                "row": each[1],
                "column": each[2],
                "amount_yuan": amount,
                "amount_text": str(amount),
                "low_yuan": amount - number.half,
                "high_yuan": amount + number.half,
            }
        )
    changed = pl.concat([kept, pl.DataFrame(rows, schema=facts.schema)])
    if swaps:
        return {"facts": changed}
    gone = sum(number is None for number in figures.values())
    statement = next(book.facts[each]["statement"] for each in figures)
    is_it = pl.col("statement") == statement
    counts = [
        pl.when(is_it).then(pl.col(name) - gone).otherwise(name).alias(name)
        for name in ("numeric_cell_count", "fact_cell_count")
    ]
    return {"facts": changed, "statements": tables["statements"].with_columns(counts)}


def _beside(book: Book, place: tuple[int, int, int]) -> dict[str, Any]:
    """A figure for a cell that was blank: the line of its row, the role of its column."""
    block, row, column = place
    line = next(f for p, f in book.facts.items() if p[:2] == (block, row))
    above = next(f for p, f in book.facts.items() if (p[0], p[2]) == (block, column))
    return line | {name: above[name] for name in _ROLE}


def _with_stated(
    row: dict[str, Any], stated: Mapping[tuple[int, int, int], tuple[str, Number | None]]
) -> dict[str, Any]:
    change = stated.get((row["block"], row["row"], row["column"]))
    if change is None or change[1] is None:
        return row
    measure, number = change[0], change[1]
    column, step = _COLUMNS[measure]
    value: Any = float(number.value) if measure in ("growth", "share") else number.value
    steps: dict[str, Any] = {}
    if step is not None and row[step] is not None:
        steps = {step: (number.half * 2).quantize(Decimal("0.0001"))}
    return row | {column: value} | steps
