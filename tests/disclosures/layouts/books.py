"""The books of an invented agency: indivisible amounts, of which every printed figure is a sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from disclosures.lists import CLASSES, ECONOMIC, ECONOMIC_CLASSES, FUNCTIONS

__all__ = ["CLASSES", "ECONOMICS", "FISCAL", "FUNCTIONS", "PERSONNEL", "PUBLIC", "Books", "Item"]

FISCAL = ("general_public", "government_fund", "state_capital")
PERSONNEL = ("301", "303")
ECONOMICS = {
    **ECONOMIC_CLASSES,
    **{line.code: line.name for line in ECONOMIC},
    "30212": "因公出国（境）费用",
    "310": "资本性支出",
    "31002": "办公设备购置",
    "31013": "公务用车购置",
}
"""Economic classes of both levels; those of ``PERSONNEL`` are personnel, the others public."""
PUBLIC = tuple(code for code in ECONOMICS if len(code) == 3 and code not in PERSONNEL)


@dataclass(frozen=True)
class Item:
    """One indivisible amount.

    Args:
        function: Functional code, 7 digits.
        amount: Hundredths of the printed unit.
        fund: Whose money it is.
        purpose: ``basic``, ``project``, ``reserve``, ``business`` or ``to_superior``.
        economic: Economic code, for basic expenditure from the general budget.
        kind: ``spent``, or what it is instead: money of earlier years (``opening``, ``savings``),
            left for later ones (``closing``), distributed (``surplus``), or ``budgeted``.
    """

    function: str
    amount: int
    fund: str = "general_public"
    purpose: str = "project"
    economic: str = ""
    kind: str = "spent"


@dataclass(frozen=True)
class Books:
    """Everything that a disclosure is made of.

    Args:
        agency: Name of the agency.
        year: Fiscal year.
        items: The amounts.
        three_public: What is spent on each of the three public expenses, meetings and training, by
            the stage of the figures: ``""`` for that of the document.
        procurement: The lines of procurement, each with its levels from the outermost.
        education_fees: Part of the service income, in percent.
    """

    agency: str
    year: int
    items: tuple[Item, ...]
    three_public: dict[str, dict[str, int]] = field(default_factory=dict)
    procurement: tuple[tuple[tuple[str, ...], int], ...] = ()
    education_fees: int = 0

    def total(
        self,
        code: str = "",
        funds: Iterable[str] | None = None,
        purposes: Iterable[str] | None = None,
        *,
        economics: Iterable[str] | None = None,
        kind: str = "spent",
    ) -> int:
        """The sum of the items that fit every condition given."""
        among = None if funds is None else tuple(funds)
        wanted = None if purposes is None else tuple(purposes)
        classes = None if economics is None else tuple(economics)
        return sum(
            i.amount
            for i in self.items
            if i.kind == kind
            and i.function.startswith(code)
            and (among is None or i.fund in among)
            and (wanted is None or i.purpose in wanted)
            and (classes is None or (i.economic != "" and i.economic.startswith(classes)))
        )

    def income(
        self,
        code: str = "",
        funds: Iterable[str] | None = None,
        purposes: Iterable[str] | None = None,
    ) -> int:
        """Revenue of the year: what is spent, kept or distributed, but not of earlier years."""
        signs = {"spent": 1, "closing": 1, "surplus": 1, "opening": -1, "savings": -1}
        return sum(
            sign * self.total(code, funds, purposes, kind=kind) for kind, sign in signs.items()
        )

    def codes(
        self, funds: Iterable[str] | None = None, kinds: Iterable[str] = ("spent",)
    ) -> list[str]:
        """Functional codes of three levels under which something stands."""
        among = None if funds is None else tuple(funds)
        wanted = tuple(kinds)
        return sorted(
            {
                item.function[:length]
                for item in self.items
                for length in (3, 5, 7)
                if item.kind in wanted and (among is None or item.fund in among)
            }
        )

    def economic_codes(self, classes: Iterable[str] = ("3",)) -> list[str]:
        """Economic codes of two levels under which basic expenditure stands."""
        wanted = tuple(classes)
        return sorted(
            {
                item.economic[:length]
                for item in self.items
                for length in (3, 5)
                if item.kind == "spent" and item.economic.startswith(wanted) and item.economic
            }
        )

    def public(self, expense: str, stage: str = "") -> int:
        """One of the three public expenses, or what it is the sum of."""
        parts = {
            "vehicle": ("vehicle_purchase", "vehicle_operation"),
            "total": ("abroad", "reception", "vehicle"),
            "with_meetings": ("total", "meeting", "training"),
        }
        if expense in parts:
            return sum(self.public(part, stage) for part in parts[expense])
        return self.three_public.get(stage, {}).get(expense, 0)
