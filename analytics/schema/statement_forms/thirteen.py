"""The layout of thirteen statements: budgets of units and departments as Shanxi prints them."""

from __future__ import annotations

from analytics.schema.statement_forms.columns import (
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    SPECIAL_ACCOUNT,
    STATE_CAPITAL,
    UNIT_FUNDS,
    YEAR_TOTAL,
    amount,
    basic_and_project,
    code,
    fiscal_funds,
    name,
)
from analytics.schema.statement_forms.model import ColumnForm, Role, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Statement,
)

__all__ = ["THIRTEEN_STATEMENTS"]

THIRTEEN_STATEMENTS: tuple[StatementForm, ...] = (
    StatementForm(
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        title=r"财政拨款.*收支.*表",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            amount(YEAR_TOTAL, fund=Fund.FISCAL_APPROPRIATION, flow=Flow.REVENUE),
            name(),
            *fiscal_funds(r"合计|小计", Fund.FISCAL_APPROPRIATION),
        ),
    ),
    StatementForm(
        Statement.STATE_CAPITAL_OPERATIONS,
        title=r"国有资本经营.*表",
        basis=CarryoverBasis.EXCLUDED,
        columns=(
            code(flow=Flow.REVENUE),
            name(flow=Flow.REVENUE),
            amount(r"收入预算|金额|预算数", fund=Fund.STATE_CAPITAL, flow=Flow.REVENUE),
            code(),
            name(),
            *basic_and_project(Fund.STATE_CAPITAL),
        ),
    ),
    StatementForm(
        Statement.GOVERNMENT_FUND_REVENUE,
        title=r"政府性基金.*收入.*表",
        not_title=r"收支|支出",
        basis=CarryoverBasis.EXCLUDED,
        columns=(
            code(flow=Flow.REVENUE),
            name(flow=Flow.REVENUE),
            amount(r"收入预算|金额|预算数|合计", fund=Fund.GOVERNMENT_FUND, flow=Flow.REVENUE),
        ),
    ),
    StatementForm(
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        title=r"政府性基金.*支出.*表",
        not_title=r"收支",
        basis=CarryoverBasis.EXCLUDED,
        columns=(code(), name(), *basic_and_project(Fund.GOVERNMENT_FUND)),
    ),
    StatementForm(
        Statement.BASIC_EXPENDITURE,
        title=r"一般公共预算.*基本支出.*表",
        basis=CarryoverBasis.EXCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=(
            name(r"部门预算.*经济.*名称|部门.*经济"),
            ColumnForm(Role.COUNTERPART, r"政府预算.*经济.*名称|政府.*经济"),
            amount(r"合计", Component.TOTAL, Fund.GENERAL_PUBLIC),
            amount(r"人员经费", Component.PERSONNEL, Fund.GENERAL_PUBLIC, is_addend=True),
            amount(r"公用经费", Component.PUBLIC, Fund.GENERAL_PUBLIC, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.THREE_PUBLIC_EXPENSES,
        title=r"[“\"”]?三公[”\"“]?经费.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.THREE_PUBLIC,
        columns=(name(), *fiscal_funds(r"合计", Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.OPERATING_EXPENSES,
        title=r"机关运行经费.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.UNIT,
        columns=(name(r"单位名称|名称"), *fiscal_funds(r"合计", Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        title=r"一般公共预算.*支出.*表",
        not_title=r"基本支出|经济科目|收支|机关运行|三公",
        basis=CarryoverBasis.EXCLUDED,
        columns=(code(), name(), *basic_and_project(Fund.GENERAL_PUBLIC)),
    ),
    StatementForm(
        Statement.PROJECT_CARRYOVER,
        title=r"项目支出.*表[（(]?(?:上年)?结转",
        not_title=r"绩效",
        basis=CarryoverBasis.ONLY,
        classification=Classification.PROJECT,
        columns=(name(r"项目名称"), *fiscal_funds(r"合计", Fund.ALL)),
    ),
    StatementForm(
        Statement.PROJECT_EXPENDITURE,
        title=r"项目支出.*表",
        not_title=r"表[（(]?(?:上年)?结转|绩效",
        basis=CarryoverBasis.EXCLUDED,
        classification=Classification.PROJECT,
        columns=(
            name(r"项目名称"),
            *fiscal_funds(r"合计", Fund.ALL),
            amount(SPECIAL_ACCOUNT, fund=Fund.FISCAL_SPECIAL_ACCOUNT, is_addend=True),
            amount(UNIT_FUNDS, fund=Fund.UNIT_FUNDS, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.BUDGET_SUMMARY,
        title=r"收支.*总表",
        not_title=r"财政拨款",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            amount(YEAR_TOTAL, flow=Flow.REVENUE),
            name(),
            amount(YEAR_TOTAL),
            amount(
                r"当年.*安排|本年.*安排",
                Component.CURRENT,
                basis=CarryoverBasis.EXCLUDED,
                is_addend=True,
            ),
            amount(r"结转.*安排", Component.CARRYOVER, basis=CarryoverBasis.ONLY, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.REVENUE_SUMMARY,
        title=r"收入.*总表",
        not_title=r"收支|财政拨款",
        basis=CarryoverBasis.EXCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(
            code(flow=Flow.REVENUE),
            name(flow=Flow.REVENUE),
            amount(r"合计", flow=Flow.REVENUE),
            amount(GENERAL_PUBLIC, fund=Fund.GENERAL_PUBLIC, flow=Flow.REVENUE, is_addend=True),
            amount(GOVERNMENT_FUND, fund=Fund.GOVERNMENT_FUND, flow=Flow.REVENUE, is_addend=True),
            amount(STATE_CAPITAL, fund=Fund.STATE_CAPITAL, flow=Flow.REVENUE, is_addend=True),
            amount(
                SPECIAL_ACCOUNT,
                fund=Fund.FISCAL_SPECIAL_ACCOUNT,
                flow=Flow.REVENUE,
                is_addend=True,
            ),
            amount(UNIT_FUNDS, fund=Fund.UNIT_FUNDS, flow=Flow.REVENUE, is_addend=True),
            amount(r"上年结转", Component.CARRYOVER, flow=Flow.REVENUE, basis=CarryoverBasis.ONLY),
        ),
    ),
    StatementForm(
        Statement.EXPENDITURE_SUMMARY,
        title=r"支出.*总表",
        not_title=r"收支|财政拨款|一般公共预算",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), *basic_and_project(Fund.ALL)),
    ),
)
"""The statements of a budget in the layout of thirteen statements."""
