"""The layout of universities and other units of the central budget.

Universities under a ministry print four statements: the summary, revenue in one line, expenditure
by function, and what of it the fiscal appropriation pays. Departments of the central government
print nine, which have the columns of the layouts of thirteen and nine but for those that stand
here.
"""

from __future__ import annotations

from analytics.schema.statement_forms.columns import (
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    SPECIAL_ACCOUNT,
    STATE_CAPITAL,
    amount,
    basic_and_project,
    code,
    name,
    three_public_amount,
)
from analytics.schema.statement_forms.model import ColumnForm, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Statement,
    ThreePublic,
)

__all__ = ["UNIVERSITY_LAYOUT", "UNIVERSITY_STATEMENTS"]

_SERVICE = r"^(?:事业收入)?(?:金额|小计)?$|^事业收入"
_REVENUE_TITLE = r"收入(?:预算)?(?:总)?表"
_EXPENDITURE_TITLE = r"支出(?:预算)?(?:总)?表"
_OTHER_STATEMENTS = (
    r"收支|财政拨款|一般公共|政府性基金|国有资本|三公|基本支出|项目支出|经济|采购|机关运行|决算"
)


def _revenue(header: str, fund: Fund, component: Component = Component.TOTAL) -> ColumnForm:
    """A source of revenue; what is only a part of another source is no summand of the row."""
    is_whole = component is Component.TOTAL
    return amount(header, component, fund, flow=Flow.REVENUE, is_addend=is_whole)


_OWN_SOURCES = (
    _revenue(_SERVICE, Fund.SERVICE_INCOME),
    _revenue(r"教育收费", Fund.SERVICE_INCOME, Component.EDUCATION_FEES),
)

UNIVERSITY_STATEMENTS: tuple[StatementForm, ...] = (
    StatementForm(
        Statement.REVENUE_SUMMARY,
        title=_REVENUE_TITLE,
        not_title=_OTHER_STATEMENTS,
        basis=CarryoverBasis.EXCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(
            amount(r"合计|总计", flow=Flow.REVENUE),
            _revenue(r"财政拨款", Fund.FISCAL_APPROPRIATION),
            _revenue(r"上级补助", Fund.SUPERIOR_SUBSIDY),
            *_OWN_SOURCES,
            _revenue(r"经营收入", Fund.BUSINESS_INCOME),
            _revenue(r"附属单位", Fund.AFFILIATE_CONTRIBUTION),
            _revenue(r"其他收入", Fund.OTHER_INCOME),
        ),
    ),
    StatementForm(
        Statement.REVENUE_SUMMARY,
        title=_REVENUE_TITLE,
        not_title=_OTHER_STATEMENTS,
        basis=CarryoverBasis.INCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(
            code(flow=Flow.REVENUE),
            name(flow=Flow.REVENUE),
            amount(r"合计|总计", flow=Flow.REVENUE),
            amount(r"上年结转", Component.CARRYOVER, flow=Flow.REVENUE, basis=CarryoverBasis.ONLY),
            _revenue(GENERAL_PUBLIC, Fund.GENERAL_PUBLIC),
            _revenue(GOVERNMENT_FUND, Fund.GOVERNMENT_FUND),
            _revenue(STATE_CAPITAL, Fund.STATE_CAPITAL),
            _revenue(SPECIAL_ACCOUNT, Fund.FISCAL_SPECIAL_ACCOUNT),
            *_OWN_SOURCES,
            _revenue(r"经营收入", Fund.BUSINESS_INCOME),
            _revenue(r"上级补助", Fund.SUPERIOR_SUBSIDY),
            _revenue(r"附属单位", Fund.AFFILIATE_CONTRIBUTION),
            _revenue(r"其他收入", Fund.OTHER_INCOME),
            amount(
                r"非财政拨款结余|事业基金",
                fund=Fund.SAVINGS,
                flow=Flow.REVENUE,
                basis=CarryoverBasis.ONLY,
                is_addend=True,
            ),
        ),
    ),
    StatementForm(
        Statement.EXPENDITURE_SUMMARY,
        title=_EXPENDITURE_TITLE,
        not_title=_OTHER_STATEMENTS,
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), *basic_and_project(Fund.ALL)),
    ),
    StatementForm(
        Statement.EXPENDITURE_SUMMARY,
        title=_EXPENDITURE_TITLE,
        not_title=_OTHER_STATEMENTS,
        basis=CarryoverBasis.INCLUDED,
        columns=(
            code(),
            name(),
            *basic_and_project(Fund.ALL),
            amount(r"上缴上级", Component.TO_SUPERIOR, is_addend=True),
            amount(r"经营支出", Component.BUSINESS, is_addend=True),
            amount(r"附属单位补助", Component.TO_AFFILIATES, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.FISCAL_APPROPRIATION_EXPENDITURE,
        title=r"财政拨款支出.*表",
        not_title=r"基本支出|收支|政府性基金|一般公共预算|国有资本|三公|决算",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), *basic_and_project(Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.THREE_PUBLIC_EXPENSES,
        title=r"三公.*经费.*表",
        not_title=r"决算",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.THREE_PUBLIC,
        columns=(
            three_public_amount(r"^合计$", ThreePublic.TOTAL),
            three_public_amount(r"出国", ThreePublic.ABROAD, ThreePublic.TOTAL),
            three_public_amount(r"^小计$", ThreePublic.VEHICLE, ThreePublic.TOTAL),
            three_public_amount(r"购置费", ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE),
            three_public_amount(r"运行", ThreePublic.VEHICLE_OPERATION, ThreePublic.VEHICLE),
            three_public_amount(r"接待", ThreePublic.RECEPTION, ThreePublic.TOTAL),
        ),
    ),
)
"""The statements of universities and central departments that differ from the other layouts."""

UNIVERSITY_LAYOUT: tuple[Statement, ...] = (
    Statement.BUDGET_SUMMARY,
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_EXPENDITURE,
)
"""The statements that a university prints, in their order."""
