"""The statements of a disclosure in their order, and the facts they must give.

The same cells are printed and expected, so that the expectation never passes through the package.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from disclosures import details, summaries
from disclosures.cells import Figure, Sheet
from disclosures.spec import YUAN, DisclosureSpec

__all__ = ["ExpectedFact", "expected_facts", "sheets"]


class ExpectedFact(NamedTuple):
    """What a printed figure states."""

    statement: str
    flow: str
    classification: str
    code: str
    counterpart_code: str | None
    fund: str
    component: str
    carryover_basis: str
    amount_yuan: Decimal


def expected_facts(spec: DisclosureSpec) -> list[ExpectedFact]:
    """Every figure that the disclosure prints, and what it states."""
    prints_nothing = spec.blank in ("0", "0.00")
    return [
        ExpectedFact(
            sheet.statement,
            cell.flow,
            cell.classification,
            cell.code,
            cell.counterpart,
            cell.fund,
            cell.component,
            cell.basis,
            (cell.amount * YUAN[spec.unit]).quantize(Decimal("0.01")),
        )
        for sheet in sheets(spec)
        for row in sheet.rows
        for cell in row
        if isinstance(cell, Figure) and (cell.amount or prints_nothing)
    ]


def sheets(spec: DisclosureSpec) -> list[Sheet]:
    """The statements in the order they are printed."""
    return [_WRITERS[statement](spec) for statement in spec.order]


_WRITERS: dict[str, Callable[[DisclosureSpec], Sheet]] = {
    "budget_summary": summaries.budget_summary,
    "revenue_summary": summaries.revenue_summary,
    "expenditure_summary": summaries.expenditure_summary,
    "fiscal_appropriation_summary": summaries.fiscal_appropriation_summary,
    "general_public_expenditure": summaries.general_public_expenditure,
    "basic_expenditure": details.basic_expenditure,
    "government_fund_revenue": details.government_fund_revenue,
    "government_fund_expenditure": summaries.government_fund_expenditure,
    "state_capital_operations": details.state_capital_operations,
    "three_public_expenses": details.three_public_expenses,
    "operating_expenses": details.operating_expenses,
    "project_expenditure": details.project_expenditure,
    "project_carryover": details.project_carryover,
}
