"""Equations inside a statement: lines make their parent, columns make their row."""

from __future__ import annotations

from mutants.terms import FISCAL, WHOLE_FUNDS, Equation, Row, grouped, ref_of, sums

__all__ = ["inside"]


def inside(facts: list[Row]) -> list[Equation]:
    """Inside a statement: lines, columns and balances."""
    found: list[Equation] = []
    of_statement = grouped(facts, lambda f: (f["statement"], f["flow"], f["stage"]))
    for (statement, flow, _), rows in of_statement.items():
        if statement in ("performance_form", "three_public_expenses"):
            found += [] if statement == "performance_form" else _by_row(rows)
            continue
        summary = statement in ("budget_summary", "fiscal_appropriation_summary")
        sources = flow == "revenue" and (summary or statement == "revenue_summary")
        for _, column in grouped(rows, lambda f: (f["fund"], f["component"])).items():
            found += _lines(column)
            if statement in _LEVELLED:
                found += _levels(column)
        if sources:
            for _, column in grouped(rows, lambda f: (f["component"],)).items():
                found += _lines([f for f in column if f["classification"] == "revenue_source"])
        found += _by_row(rows)
        by_fund = [f for f in rows if (f["code"], f["fund"] in FISCAL) == ("carryover_start", True)]
        if by_fund:
            stood_for = {ref_of(f) for f in rows if f["code"] == "carryover_start"}
            stood_for -= {ref_of(f) for f in by_fund}
            found = [eq for eq in found if not stood_for.intersection(eq.parts)]
        if statement == "basic_expenditure":
            found += _classes(rows)
    return found


_LEVELLED = (
    "revenue_summary",
    "expenditure_summary",
    "fiscal_appropriation_expenditure",
    "general_public_expenditure",
    "basic_expenditure",
    "fiscal_basic_expenditure",
    "government_fund_revenue",
    "government_fund_expenditure",
    "state_capital_operations",
)


def _levels(column: list[Row]) -> list[Equation]:
    """A line of a classification and those below it are printed together, or neither is."""
    first: dict[str, Row] = {}
    for f in column:
        if f["code"] == "total" or f["code"].isdigit():
            first.setdefault(f["code"], f)
    found = []
    for code, f in first.items():
        length = 3 if code == "total" else len(code) + 2
        start = "" if code == "total" else code
        below = [
            g for c, g in first.items() if len(c) == length and c.startswith(start) and c.isdigit()
        ]
        if below:
            found.append(Equation("upper line", (ref_of(f),), tuple(ref_of(g) for g in below)))
    return found


def _lines(column: list[Row]) -> list[Equation]:
    """Parent = its lines, in one column."""
    first: dict[str, Row] = {}
    for f in column:
        if f["counterpart_code"] is None or f["code"] == "total":
            first.setdefault(f["code"], f)
    found = []
    for (parent,), children in grouped(column, lambda f: (f["parent_code"],)).items():
        if parent is not None and parent in first:
            lines = list(
                {
                    (f["code"], f["counterpart_code"], f["fund"]): f for f in reversed(children)
                }.values()
            )
            found += sums("lines", first[parent], lines)
    return found


def _by_row(rows: list[Row]) -> list[Equation]:
    lines = grouped(rows, lambda f: (f["block"], f["row"])).values()
    return [equation for line in lines for equation in _columns(line)]


def _columns(line: list[Row]) -> list[Equation]:
    """The total of a row = its columns: by fund, and by purpose."""
    found = []
    totals = [f for f in line if f["component"] == "total"]
    wholes = [f for f in totals if f["fund"] in WHOLE_FUNDS or len({g["fund"] for g in line}) == 1]
    for whole in wholes:
        purposes = [f for f in line if f["fund"] == whole["fund"] and f["component"] != "total"]
        inner = ("carryover_basic", "carryover_project", "closing", "capital_construction")
        found += sums("purposes", whole, [f for f in purposes if f["component"] not in inner])
        within = FISCAL if whole["fund"] == "fiscal_appropriation" else None
        funds = [
            f
            for f in totals
            if f is not whole and (f["fund"] in within if within else f["fund"] not in FISCAL)
        ]
        flat = [f for f in totals if f["fund"] not in WHOLE_FUNDS]
        carried = [f for f in line if f["component"] == "carryover"]
        found += sums("funds", whole, funds)
        found += sums("flat funds", whole, flat)
        found += sums("flat funds and carry-over", whole, flat + carried)
    return found


def _classes(rows: list[Row]) -> list[Equation]:
    """Personnel expenses are the classes 301 and 303, public expenses the others."""
    classes = [f for f in rows if len(f["code"]) == 3 and f["component"] == "total"]
    found = []
    for component in ("personnel", "public"):
        own = [f for f in classes if (f["code"] in ("301", "303")) == (component == "personnel")]
        whole = next(
            (f for f in rows if f["code"] == "total" and f["component"] == component), None
        )
        found += sums("classes", whole, own)
    return found
