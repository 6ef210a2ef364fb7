"""Equations between the sides of a summary, between statements, between forms and the list."""

from __future__ import annotations

from typing import Any

from mutants.terms import FISCAL, WHOLE_FUNDS, Equation, Row, ref_of, sums

__all__ = ["between"]

_BALANCES = ("total", "current_total", "carryover_start", "carryover_end", "surplus_distributed")
_WHOLE: dict[str, Any] = {"fund": WHOLE_FUNDS, "component": "total"}
_SUMMARY, _FISCAL_SUMMARY = "budget_summary", "fiscal_appropriation_summary"
_OF_FUND = {
    "general_public_expenditure": "general_public",
    "government_fund_expenditure": "government_fund",
    "state_capital_operations": "state_capital",
}
_ITEMS = ("abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_operation")


def between(facts: list[Row]) -> list[Equation]:
    """The equations that the forms of the statements promise, met or not."""
    finder = _Finder(facts)
    for summary in (_SUMMARY, _FISCAL_SUMMARY):
        _sides(finder, summary)
    _totals(finder)
    _sources(finder)
    _functions(finder)
    _budgets(finder)
    _spending(finder)
    _three_public(finder)
    _forms(finder)
    return finder.found


class _Finder:
    """Figures of a document by what they state, and the equations found so far."""

    def __init__(self, facts: list[Row]) -> None:
        self.facts = facts
        self.found: list[Equation] = []

    def all(self, statement: str, **wanted: Any) -> list[Row]:
        return [
            f
            for f in self.facts
            if f["statement"] == statement
            and all(f[k] in v if isinstance(v, tuple) else f[k] == v for k, v in wanted.items())
        ]

    def one(self, statement: str, **wanted: Any) -> Row | None:
        return next(iter(self.all(statement, **wanted)), None)

    def year(self, statement: str, flow: str) -> Row | None:
        """The total of the year of a side: its grand total, where it prints no other."""
        codes = ("current_total", "total")
        found = (self.one(statement, flow=flow, code=code, **_WHOLE) for code in codes)
        return next((f for f in found if f is not None), None)

    def projects(self, statement: str, fund: str) -> list[Row]:
        """The projects of a list; its rows of units and of the total only repeat them."""
        listed = self.all(statement, classification="project", fund=fund)
        return [f for f in listed if f["code"] != "total"]

    def same(self, left: Row | None, right: Row | None) -> None:
        if left is not None and right is not None:
            self.found.append(Equation("same", (ref_of(left),), (ref_of(right),)))

    def total(self, whole: Row | None, *parts: Row | None, kind: str = "total") -> None:
        self.found.extend(sums(kind, whole, [part for part in parts if part is not None]))


def _sides(of: _Finder, summary: str) -> None:
    """The balances of a summary. Carry-over by fund stands for the line above it."""
    side = {
        flow: {code: of.one(summary, flow=flow, code=code, **_WHOLE) for code in _BALANCES}
        for flow in ("revenue", "expenditure")
    }
    revenue, spent = side["revenue"], side["expenditure"]
    carried = of.all(summary, flow="revenue", code="carryover_start", fund=FISCAL)
    brought: list[Row | None] = [*carried] or [revenue["carryover_start"]]
    of.same(revenue["total"], spent["total"])
    of.total(revenue["total"], revenue["current_total"], *brought)
    left = spent["carryover_end"], spent["surplus_distributed"]
    of.total(spent["total"], spent["current_total"], *left)
    of.total(revenue["carryover_start"], *carried)
    for fund in FISCAL:
        raised = of.all(summary, flow="revenue", fund=fund, component="total")
        of.total(of.one(summary, flow="expenditure", code="total", fund=fund), *raised)
    for component, code in (("current", "current_total"), ("carryover", "carryover_start")):
        column = {"flow": "expenditure", "code": "total", "component": component}
        of.same(revenue[code], of.one(summary, **column))


def _totals(of: _Finder) -> None:
    revenue = of.one("revenue_summary", code="total", fund="all", component="total")
    spent = of.one("expenditure_summary", code="total", component="total")
    of.same(of.year(_SUMMARY, "revenue"), revenue)
    of.same(of.one(_SUMMARY, flow="revenue", code="total", **_WHOLE), revenue)
    of.same(of.year(_SUMMARY, "expenditure"), spent)
    brought = of.one("revenue_summary", code="total", component="carryover")
    of.total(spent, revenue, brought)


def _sources(of: _Finder) -> None:
    for f in of.all(_SUMMARY, flow="revenue", classification="revenue_source"):
        if f["code"] == f["fund"]:
            column = {"fund": f["fund"], "component": "total"}
            of.same(f, of.one("revenue_summary", code=("total", f["code"]), **column))
            of.same(f, of.one(_FISCAL_SUMMARY, flow="revenue", code=f["code"], fund=f["fund"]))


def _functions(of: _Finder) -> None:
    for f in of.all("expenditure_summary", component="total"):
        code = f["code"]
        if not code.isdigit():
            continue
        if len(code) == len("201"):
            wanted = {"flow": "expenditure", "code": code, "component": "total"}
            of.same(of.one(_SUMMARY, **wanted), f)
        here = of.one("revenue_summary", code=code, fund="all", component="total")
        of.total(f, here, of.one("revenue_summary", code=code, component="carryover"))


def _budgets(of: _Finder) -> None:
    """The three budgets of the fiscal appropriation, and the projects of each."""
    for statement, fund in _OF_FUND.items():
        for f in of.all(statement, flow="expenditure", component="total"):
            codes = ("current_total", "total") if f["code"] == "total" else (f["code"],)
            for code in codes:
                wanted = {"flow": "expenditure", "fund": fund, "component": "total"}
                of.same(of.one(_FISCAL_SUMMARY, code=code, **wanted), f)
        spent = of.one(statement, flow="expenditure", code="total", component="project")
        of.total(spent, *of.projects("project_expenditure", fund))
    totals = {"flow": "expenditure", "code": "total", "component": "total"}
    budgets = [of.one(statement, **totals) for statement in _OF_FUND]
    of.total(of.year(_FISCAL_SUMMARY, "expenditure"), *budgets)
    of.same(
        of.one("government_fund_expenditure", **totals),
        of.one("government_fund_revenue", code="total"),
    )


def _spending(of: _Finder) -> None:
    basic = {"flow": "expenditure", "code": "total", "component": "basic"}
    of.same(
        of.one("general_public_expenditure", **basic),
        of.one("basic_expenditure", code="total", component="total"),
    )
    of.same(
        of.one("operating_expenses", code="total", fund=WHOLE_FUNDS),
        of.one("basic_expenditure", code="total", component="public"),
    )
    projects = of.one("expenditure_summary", code="total", component="project")
    lists = ("project_expenditure", "project_carryover")
    of.total(projects, *(f for each in lists for f in of.projects(each, "all")))


def _three_public(of: _Finder) -> None:
    """The total and the vehicles; purchase and operation stand for the vehicles in the total."""
    for f in of.all("three_public_expenses", code=("total", "vehicle")):
        column = {"stage": f["stage"], "fund": f["fund"]}
        items = {code: of.one("three_public_expenses", code=code, **column) for code in _ITEMS}
        by_parts = any(items[code] is not None for code in _ITEMS[3:])
        in_total = (*_ITEMS[:2], *_ITEMS[3:]) if by_parts else _ITEMS[:3]
        wanted = _ITEMS[3:] if f["code"] == "vehicle" else in_total
        of.total(f, *(items[code] for code in wanted))


def _forms(of: _Finder) -> None:
    for component in ("term", "annual"):
        for whole in of.all("performance_form", component=component, fund="all"):
            block = of.all("performance_form", component=component, code=whole["code"])
            of.total(whole, *(f for f in block if f["fund"] != "all"), kind="form")
            if component == "annual":
                of.same(whole, of.one("project_expenditure", code=whole["code"], fund="all"))
