"""The equations that a document's own figures meet, found without any rule of the package.

A *book* holds every printed number under the place where it stands and the equations it takes part
in. An equation is proposed by what the form of a statement says (lines make their parent, columns
make their row, two statements print the same money) and kept if the unchanged document meets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl

from mutants.between import between
from mutants.inside import inside
from mutants.narrative import narrative
from mutants.terms import NOTHING, Equation, Number, Ref, Row, place_of, ref_of

__all__ = ["Book", "book_of"]

_IDENTITY = ("statement", "flow", "classification", "code", "fund", "component", "stage")


@dataclass
class Book:
    """The numbers of a document and the equations that hold between them.

    Args:
        facts: Printed figures of tables, by place.
        claims: What the narrative states, by place.
        numbers: Every printed number.
        proposed: The equations that should hold.
        by_ref: Those that do, by the numbers in them.
    """

    facts: dict[tuple[int, int, int], Row]
    claims: dict[tuple[int, int, int], Row]
    numbers: dict[Ref, Number]
    proposed: list[Equation]
    by_ref: dict[Ref, list[Equation]] = field(default_factory=dict)

    def broken_by(self, changes: Mapping[Ref, Number | None]) -> list[Equation]:
        """The equations that no longer hold when numbers change; ``None`` takes one away."""
        numbers = {ref: self.numbers[ref] for eq in self._about(changes) for ref in eq.refs}
        for ref, number in changes.items():
            if number is None:
                numbers.pop(ref, None)
            else:
                numbers[ref] = number
        return [eq for eq in self._about(changes) if not eq.holds(numbers)]

    def broken_in(self, other: Book) -> list[Equation]:
        """The equations of this book that do not hold in another one, where columns moved."""
        held = {self._name(eq) for eq in self.proposed if eq.holds(self.numbers)}
        return [
            eq for eq in other.proposed if other._name(eq) in held and not eq.holds(other.numbers)
        ]

    def _name(self, equation: Equation) -> tuple[Any, ...]:
        """What an equation is about, wherever its numbers stand."""
        rows = [
            (self.facts if ref.measure == "figure" else self.claims)[ref.place]
            for ref in (*equation.whole, *equation.parts[:1])
        ]
        return (
            equation.kind,
            *(tuple(row[k] for k in _IDENTITY) for row in rows[:1]),
            rows[-1]["statement"],
        )

    def places_near(self, refs: Iterable[Ref]) -> set[tuple[int, int, int]]:
        """Places of the numbers that stand in an equation with one of some numbers."""
        wanted = list(refs)
        near = {other.place for eq in self._about(wanted) for other in eq.refs}
        return near | {ref.place for ref in wanted}

    def _about(self, refs: Iterable[Ref]) -> list[Equation]:
        return list({id(eq): eq for ref in refs for eq in self.by_ref.get(ref, ())}.values())


def book_of(tables: Mapping[str, pl.DataFrame]) -> Book:
    """The book of one document's canonical rows."""
    document = tables["documents"].row(0, named=True)
    facts = [
        row
        for row in tables["facts"].sort("block", "row", "column").iter_rows(named=True)
        if row["value_kind"] == "printed"
    ]
    claims = [
        row
        for row in tables["claims"].sort("block", "row", "column").iter_rows(named=True)
        if (row["fiscal_year"], row["stage"]) == (document["fiscal_year"], document["stage"])
    ]
    numbers = {
        Ref(f["block"], f["row"], f["column"]): Number(
            f["amount_yuan"], abs(f["high_yuan"] - f["amount_yuan"])
        )
        for f in facts
    }
    for claim in claims:
        numbers |= numbers_of(claim)
    own = [f for f in facts if f["stage"] == document["stage"]]
    proposed = dict.fromkeys([*inside(facts), *between(own), *narrative(own, claims)])
    printed = [eq for eq in proposed if all(ref in numbers for ref in eq.refs)]
    book = Book({place_of(f): f for f in facts}, {place_of(c): c for c in claims}, numbers, printed)
    for equation in printed:
        if equation.holds(numbers):
            for ref in equation.refs:
                book.by_ref.setdefault(ref, []).append(equation)
    return book


def numbers_of(claim: Row) -> dict[Ref, Number]:
    def half(column: str) -> Decimal:
        return Decimal(str(claim[column] or 0)) / 2

    found = {}
    for measure, column, step in (
        ("level", "value_yuan", "value_step_yuan"),
        ("count", "value", "value_step"),
        ("change", "change_yuan", "change_step_yuan"),
        ("growth", "change_share", "change_share_step"),
        ("share", "share", "share_step"),
    ):
        if claim[column] is not None:
            exact = measure == "count" and (claim[step] or 0) >= 1
            number = Number(Decimal(str(claim[column])), NOTHING if exact else half(step))
            found[ref_of(claim, measure)] = number
    if claim["is_unchanged"] and claim["change_yuan"] is None:
        found[ref_of(claim, "change")] = Number(NOTHING, NOTHING)
    return found
