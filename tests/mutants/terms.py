"""Printed numbers, and equations between them: what both sides are, and whether they fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

__all__ = [
    "FISCAL",
    "NOTHING",
    "WHOLE_FUNDS",
    "Equation",
    "Number",
    "Ref",
    "Row",
    "grouped",
    "place_of",
    "ref_of",
    "sums",
]

Row = dict[str, Any]
NOTHING = Decimal(0)
WHOLE_FUNDS = ("all", "fiscal_appropriation")
FISCAL = ("general_public", "government_fund", "state_capital")
PURPOSES = ("basic", "project", "reserve", "to_superior", "business", "to_affiliates")
BALANCES = ("total", "current_total", "carryover_start", "carryover_end", "surplus_distributed")


class Ref(NamedTuple):
    """One printed number: where it stands, and which number of the claim it is, if it is one."""

    block: int
    row: int
    column: int
    measure: str = "figure"

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands."""
        return self.block, self.row, self.column


class Number(NamedTuple):
    """What is printed, and what rounding may have taken from it."""

    value: Decimal
    half: Decimal


Numbers = Mapping[Ref, Number]


@dataclass(frozen=True)
class Equation:
    """Numbers that must fit.

    Args:
        kind: What sort of equation it is.
        whole: What is on the left.
        parts: What is on the right: added up, or what a rate is computed from.
    """

    kind: str
    whole: tuple[Ref, ...]
    parts: tuple[Ref, ...]

    @property
    def refs(self) -> frozenset[Ref]:
        """Every number in it."""
        return frozenset(self.whole + self.parts)

    def holds(self, numbers: Numbers) -> bool:
        """Whether the numbers fit; an absent summand is none, an absent side decides nothing."""
        there = [any(ref in numbers for ref in side) for side in (self.whole, self.parts)]
        if self.kind == "upper line":
            return there[0] == there[1]
        if self.kind == "shares":
            shares = [numbers[ref] for ref in self.parts if ref in numbers]
            gap = sum((n.value for n in shares), Decimal(-1))
            return abs(gap) <= sum((n.half for n in shares), NOTHING)
        if not all(there):
            return True
        if self.kind == "growth":
            return _growth_holds(*(numbers.get(ref) for ref in self.whole + self.parts))
        if self.kind == "share":
            return _share_holds(*(numbers.get(ref) for ref in self.whole + self.parts))
        sides = [
            [numbers[ref] for ref in side if ref in numbers] for side in (self.whole, self.parts)
        ]
        gap = sum((n.value for n in sides[0]), NOTHING) - sum((n.value for n in sides[1]), NOTHING)
        return bool(abs(gap) <= sum((n.half for side in sides for n in side), NOTHING))


def _growth_holds(growth: Number | None, change: Number | None, level: Number | None) -> bool:
    if growth is None or change is None or level is None:
        return True
    base, spread = level.value - change.value, level.half + change.half
    if base <= spread:
        return False
    computed = change.value / base
    leeway = (abs(change.value) + change.half) / (base - spread) - abs(computed)
    return abs(computed - growth.value) <= leeway + growth.half


def _share_holds(share: Number | None, part: Number | None, whole: Number | None) -> bool:
    if share is None or part is None or whole is None:
        return True
    if whole.value <= whole.half:
        return False
    computed = part.value / whole.value
    leeway = (part.value + part.half) / (whole.value - whole.half) - computed
    return abs(computed - share.value) <= leeway + share.half


def place_of(row: Row) -> tuple[int, int, int]:
    return row["block"], row["row"], row["column"]


def ref_of(row: Row, measure: str = "figure") -> Ref:
    return Ref(*place_of(row), measure)


Group = dict[tuple[Any, ...], list[Row]]


def grouped(rows: Iterable[Row], key: Callable[[Row], tuple[Any, ...]]) -> Group:
    groups: Group = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def sums(kind: str, whole: Row | None, parts: Sequence[Row]) -> list[Equation]:
    if whole is None or not parts:
        return []
    return [
        Equation(kind, (ref_of(whole),), tuple(ref_of(part) for part in parts if part is not whole))
    ]
