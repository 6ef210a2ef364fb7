"""What a generated disclosure is about: the spendings that every statement adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from disclosures.lists import ECONOMIC, FISCAL_FUNDS, FUNCTIONS, FUNDS, STATEMENTS, EconomicLine

__all__ = ["YUAN", "DisclosureSpec", "Spending", "basic", "example", "project"]

YUAN = {"万元": Decimal(100), "元": Decimal("0.01")}
"""Yuan in one hundredth of a printed unit."""


@dataclass(frozen=True)
class Spending:
    """One indivisible amount: where it goes, what it is for, which money it is.

    Args:
        function: Functional code, 7 digits.
        amount: Hundredths of the printed unit.
        fund: Key of ``FUNDS``.
        project: Name of the project; ``None`` for basic expenditure.
        economic: The pair of economic codes, for basic expenditure from the general budget.
        is_carried_over: Whether the money was brought forward from the year before.
    """

    function: str
    amount: int
    fund: str = "general_public"
    project: str | None = None
    economic: EconomicLine | None = None
    is_carried_over: bool = False

    def __post_init__(self) -> None:
        if self.function not in FUNCTIONS or len(self.function) != 7:
            raise ValueError(f"no function {self.function}")
        if self.fund not in FUNDS:
            raise ValueError(f"no fund {self.fund}")
        needs_economic = self.project is None and self.fund == "general_public"
        if needs_economic != (self.economic is not None):
            raise ValueError("basic expenditure from the general budget has an economic line")
        if self.is_carried_over and (self.project is None or self.fund not in FISCAL_FUNDS):
            raise ValueError("only projects of fiscal funds are carried over")


def basic(function: str, economic: str, amount: int, *, counterpart: str | None = None) -> Spending:
    """Basic expenditure of the general budget under the first economic line with that code."""
    line = next(
        e for e in ECONOMIC if e.code == economic and counterpart in (None, e.counterpart_code)
    )
    return Spending(function, amount, economic=line)


def project(
    name: str,
    amount: int,
    *,
    function: str = "2010306",
    fund: str = "general_public",
    is_carried_over: bool = False,
) -> Spending:
    """Spending on a project."""
    return Spending(function, amount, fund, name, is_carried_over=is_carried_over)


@dataclass(frozen=True)
class DisclosureSpec:
    """A disclosure to be written.

    Args:
        agency: Name of the agency.
        year: Fiscal year.
        spendings: What the money is spent on; every statement is a sum of these.
        unit: ``万元`` or ``元``.
        stage: ``budget`` or ``final``.
        scope: ``unit`` or ``department``.
        order: Statements in the order they are printed; one left out is missing.
        blank: How a nothing is printed: empty, ``0.00``, ``0`` or a dash.
        vehicle_purchase: Vehicle purchases among the three public expenses, in hundredths.
        prior_total: Total of the year before, for the narrative; ``None`` leaves it unsaid.
        has_contents: Whether a table of contents is printed.
        has_forms: Whether a performance form follows for each project.
        in_yuan: Statements that are printed in 元 whatever the unit of the others is.
    """

    agency: str
    year: int
    spendings: tuple[Spending, ...]
    unit: str = "万元"
    stage: str = "budget"
    scope: str = "unit"
    order: tuple[str, ...] = STATEMENTS
    blank: str = ""
    vehicle_purchase: int = 0
    prior_total: int | None = None
    has_contents: bool = True
    has_forms: bool = True
    in_yuan: tuple[str, ...] = ()

    def unit_of(self, statement: str) -> str:
        """The unit that a statement is printed in."""
        return "元" if statement in self.in_yuan else self.unit

    def total(
        self,
        *,
        code: str = "",
        funds: Iterable[str] = tuple(FUNDS),
        projects: bool | None = None,
        project: str | None = None,
        economic: EconomicLine | None = None,
        economic_class: str | None = None,
        public: bool | None = None,
        carried: bool | None = None,
    ) -> int:
        """The sum of the spendings that fit every condition given."""
        wanted = tuple(funds)
        return sum(
            s.amount
            for s in self.spendings
            if s.function.startswith(code)
            and s.fund in wanted
            and (projects is None or projects == (s.project is not None))
            and (project is None or s.project == project)
            and (economic is None or s.economic == economic)
            and (
                economic_class is None
                or bool(s.economic and s.economic.code.startswith(economic_class))
            )
            and (public is None or bool(s.economic and s.economic.is_public == public))
            and (carried is None or s.is_carried_over == carried)
        )

    def lines(
        self, funds: Iterable[str] = tuple(FUNDS), *, carried: bool | None = None
    ) -> list[str]:
        """Functional codes of all levels, in printed order, under which something is spent."""
        wanted = tuple(funds)
        codes = {
            s.function[:length]
            for s in self.spendings
            for length in (3, 5, 7)
            if s.fund in wanted and carried in (None, s.is_carried_over)
        }
        return sorted(codes)

    def projects(self, *, carried: bool) -> list[str]:
        """Names of the projects with money of the year, or brought forward, in first-seen order."""
        return list(
            dict.fromkeys(
                s.project for s in self.spendings if s.project and s.is_carried_over == carried
            )
        )

    @property
    def has_carryover(self) -> bool:
        """Whether any money was brought forward."""
        return any(s.is_carried_over for s in self.spendings)


def example(
    year: int = 2023, agency: str = "示例市图书管理局", *, scale: int = 1
) -> DisclosureSpec:
    """A disclosure with every kind of money in it; ``scale`` multiplies every amount."""
    spendings = (
        basic("2010301", "30101", 40_000_00),
        basic("2010301", "30101", 5_000_50, counterpart="50501"),
        basic("2010301", "30201", 8_600_10),
        basic("2010301", "30217", 300_00),
        basic("2010301", "30231", 150_00),
        basic("2080505", "30108", 7_491_00),
        basic("2080501", "30302", 1_015_00),
        basic("2210201", "30113", 9_535_00),
        Spending("2070104", 1_250_00, "unit_funds"),
        project("阅览室改造", 12_000_00, function="2070104"),
        project("阅览室改造", 2_500_00, function="2070104", fund="unit_funds"),
        project("城区书屋建设", 30_000_00, function="2120803", fund="government_fund"),
        project("退休人员社会化管理", 800_00, function="2230105", fund="state_capital"),
        project("考务服务", 640_25, function="2050204", fund="fiscal_special_account"),
        project("阅览室改造", 3_300_30, function="2070104", is_carried_over=True),
        project("古籍修复尾款", 99_99, function="2070104", is_carried_over=True),
    )
    scaled = tuple(
        Spending(s.function, s.amount * scale, s.fund, s.project, s.economic, s.is_carried_over)
        for s in spendings
    )
    return DisclosureSpec(agency, year, scaled)
