"""The cells that statements are made of: each figure knows what it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from disclosures.spec import DisclosureSpec

__all__ = [
    "Cell",
    "Figure",
    "Sheet",
    "numeral",
    "parts",
    "revenue",
    "side_by_side",
    "spent",
    "word",
]

_NUMERALS = "一二三四五六七八九十"


class Figure(NamedTuple):
    """One amount cell of a statement.

    ``stage`` and ``statement`` are named where they are not those of the document and the sheet.
    """

    amount: int
    flow: str
    classification: str
    code: str
    fund: str
    component: str
    basis: str
    counterpart: str | None = None
    stage: str | None = None
    statement: str | None = None


Cell = str | Figure


@dataclass(frozen=True)
class Sheet:
    """One statement: title, header rows, lines."""

    statement: str
    title: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def has_figures(self) -> bool:
        """Whether any amount is not nothing."""
        return any(isinstance(cell, Figure) and cell.amount for row in self.rows for cell in row)


def numeral(number: int) -> str:
    """A Chinese numeral below 100: 11 is 十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def word(spec: DisclosureSpec) -> str:
    return "预算" if spec.stage == "budget" else "决算"


def side_by_side(
    left: Sequence[tuple[Cell, ...]], right: Sequence[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """Lines of two sides in one row, the shorter side filled up with empty cells."""
    count = max(len(left), len(right))
    empty_left, empty_right = ("",) * len(left[0]), ("",) * len(right[0])
    return [
        (
            *(left[i] if i < len(left) else empty_left),
            *(right[i] if i < len(right) else empty_right),
        )
        for i in range(count)
    ]


def revenue(fund: str, code: str, amount: int, basis: str, component: str = "total") -> Figure:
    return Figure(amount, "revenue", "revenue_source", code, fund, component, basis)


def spent(
    code: str, amount: int, *, fund: str, component: str, basis: str, kind: str = "function"
) -> Figure:
    return Figure(amount, "expenditure", kind, code, fund, component, basis)


def parts(
    spec: DisclosureSpec,
    code: str,
    prefix: str,
    *,
    fund: str,
    funds: Sequence[str],
    carried: bool | None,
    basis: str,
) -> tuple[Figure, ...]:
    """Total, basic and project expenditure of a line."""
    return tuple(
        spent(
            code,
            spec.total(code=prefix, funds=funds, projects=projects, carried=carried),
            fund=fund,
            component=part,
            basis=basis,
        )
        for part, projects in (("total", None), ("basic", False), ("project", True))
    )
