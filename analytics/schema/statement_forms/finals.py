"""The statements of final accounts (决算): nine for departments and units, four for universities.

The Ministry of Finance gives them a common form, so that provinces differ only in which columns
they leave out, in numbering rows and columns, and in how they set the three public expenses.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.schema.statement_forms.columns import (
    amount,
    basic_and_project,
    code,
    fiscal_funds,
    name,
)
from analytics.schema.statement_forms.final_columns import BUDGETED, FINAL, Budgets, with_budgets
from analytics.schema.statement_forms.final_three_public import THREE_PUBLIC_FINALS
from analytics.schema.statement_forms.model import ColumnForm, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Statement,
)

__all__ = ["FINAL_LAYOUT", "FINAL_STATEMENTS"]

_CODE = r"科目编码|编码|代码|^项目$"
_NAME = r"科目名称|名称|^项目"
_TOTAL = r"合计|小计|^总计$|^本年(?:收入|支出)$"
_START = r"年初.*结转|上年.*结转"
_END = r"年[末终].*结转"
_INCOME = r"本年收入"
_SPENT = r"本年支出"
_WITHOUT = r"不含.*结转"
"""A title that says so is no final account of all that was spent."""
_ANY_FUND = r"一般公共|政府性基金|国有资本"


# --- the two summaries ------------------------------------------------------------------


def _summary(budgets: Budgets, *, has_purposes: bool) -> StatementForm:
    purposes = (name(part=1), *with_budgets(amount(FINAL, part=1), budgets))
    return StatementForm(
        Statement.BUDGET_SUMMARY,
        title=r"收入?支出?.*决算总?表",
        not_title=rf"财政拨款|{_ANY_FUND}",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            *with_budgets(amount(FINAL, flow=Flow.REVENUE), budgets),
            name(),
            *with_budgets(amount(FINAL), budgets),
            *(purposes if has_purposes else ()),
        ),
    )


def _fiscal_summary(budgets: Budgets, *, has_capital: bool) -> StatementForm:
    fiscal = Fund.FISCAL_APPROPRIATION
    revenue = amount(FINAL, fund=fiscal, flow=Flow.REVENUE)
    spent = fiscal_funds(_TOTAL, fiscal)
    return StatementForm(
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        title=r"财政拨款收入?支出?.*决算总?表",
        not_title=_ANY_FUND,
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            *with_budgets(revenue, budgets),
            name(),
            *(spent if has_capital else spent[:-1]),
        ),
    )


# --- revenue and expenditure by function --------------------------------------------------


def _revenue(header: str, fund: Fund, above: str = "") -> ColumnForm:
    return amount(header, fund=fund, flow=Flow.REVENUE, is_addend=True, above=above)


_FEES = amount(r"教育收费", Component.EDUCATION_FEES, Fund.SERVICE_INCOME, flow=Flow.REVENUE)


def _revenue_statement(*service_income: ColumnForm) -> StatementForm:
    return StatementForm(
        Statement.REVENUE_SUMMARY,
        title=r"收入决算(?:总|明细)?表",
        not_title=rf"收入支出|收支|财政拨款|{_ANY_FUND}",
        basis=CarryoverBasis.EXCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(
            code(_CODE, Flow.REVENUE),
            name(_NAME, Flow.REVENUE),
            amount(_TOTAL, flow=Flow.REVENUE),
            _revenue(r"财政拨款", Fund.FISCAL_APPROPRIATION),
            _revenue(r"上级补助", Fund.SUPERIOR_SUBSIDY),
            *service_income,
            _revenue(r"经营收入", Fund.BUSINESS_INCOME),
            _revenue(r"附属单位", Fund.AFFILIATE_CONTRIBUTION),
            _revenue(r"其他收入", Fund.OTHER_INCOME),
        ),
    )


_EXPENDITURE = StatementForm(
    Statement.EXPENDITURE_SUMMARY,
    title=r"支出决算(?:总|明细)?表",
    not_title=rf"收入支出|收支|财政拨款|三公|基本支出|项目支出|{_ANY_FUND}",
    basis=CarryoverBasis.INCLUDED,
    columns=(
        code(_CODE),
        name(_NAME),
        amount(_TOTAL),
        amount(r"基本支出", Component.BASIC, is_addend=True),
        amount(r"项目支出", Component.PROJECT, is_addend=True),
        amount(r"上缴上级", Component.TO_SUPERIOR, is_addend=True),
        amount(r"经营支出", Component.BUSINESS, is_addend=True),
        amount(r"附属单位补助", Component.TO_AFFILIATES, is_addend=True),
    ),
)

# --- the fiscal appropriation and its funds -----------------------------------------------


def _spent(fund: Fund, *, above: str = "") -> tuple[ColumnForm, ...]:
    """Expenditure of the year with its basic and its project part."""
    return tuple(
        replace(column, header=_TOTAL if column.component is Component.TOTAL else column.header)
        if not above
        else replace(column, above=above)
        for column in basic_and_project(fund)
    )


def _balance(fund: Fund, header: str, *, above: str = "") -> ColumnForm:
    """What was carried over, at the beginning or at the end of the year."""
    is_start = _START in (header, above)
    return amount(
        header,
        Component.CARRYOVER if is_start else Component.CLOSING,
        fund,
        flow=Flow.REVENUE if is_start else Flow.EXPENDITURE,
        basis=CarryoverBasis.ONLY if is_start else None,
        above=above,
    )


def _income(fund: Fund, header: str = _INCOME, *, above: str = "") -> ColumnForm:
    basis = CarryoverBasis.EXCLUDED
    return amount(header, fund=fund, flow=Flow.REVENUE, basis=basis, above=above)


def _of_year(fund: Fund) -> tuple[ColumnForm, ...]:
    """Carry-over, revenue, expenditure and balance of a fund, line by line."""
    return (
        _balance(fund, _START),
        _income(fund),
        *_spent(fund),
        _balance(fund, _END),
    )


def _of_year_in_parts(fund: Fund) -> tuple[ColumnForm, ...]:
    """The same with the basic and the project part of all of it."""
    start, income, end = (
        _balance(fund, _TOTAL, above=_START),
        _income(fund, _TOTAL, above=_INCOME),
        _balance(fund, _TOTAL, above=_END),
    )
    return (
        start,
        replace(start, header=r"基本支出", component=Component.CARRYOVER_BASIC),
        replace(start, header=r"项目支出", component=Component.CARRYOVER_PROJECT),
        income,
        replace(income, header=r"基本支出", component=Component.BASIC),
        replace(income, header=r"项目支出", component=Component.PROJECT),
        *_spent(fund, above=_SPENT),
        end,
        replace(end, header=r"基本支出", component=Component.CLOSING_BASIC),
        replace(end, header=r"项目支出", component=Component.CLOSING_PROJECT),
    )


_BY_FUND = (
    (
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        Fund.GENERAL_PUBLIC,
        r"一般公共预算.*支出决算(?:明细)?表",
        rf"基本支出|三公|机关运行|{_WITHOUT}",
    ),
    (
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        Fund.GOVERNMENT_FUND,
        r"政府性基金.*支出决算(?:明细)?表",
        _WITHOUT,
    ),
    (
        Statement.STATE_CAPITAL_OPERATIONS,
        Fund.STATE_CAPITAL,
        r"国有资本经营.*支出决算(?:明细)?表",
        _WITHOUT,
    ),
)
_FUND_STATEMENTS = tuple(
    StatementForm(
        statement,
        title=title,
        not_title=not_title,
        basis=CarryoverBasis.INCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(code(_CODE), name(_NAME), *columns),
    )
    for statement, fund, title, not_title in _BY_FUND
    for columns in (_spent(fund), _of_year(fund), _of_year_in_parts(fund))
)

_CONSTRUCTION = amount(r"基本建设", Component.CAPITAL_CONSTRUCTION, Fund.FISCAL_APPROPRIATION)
_PROJECTS = amount(
    r"小计|合计",
    Component.PROJECT,
    Fund.FISCAL_APPROPRIATION,
    is_addend=True,
    above=r"项目支出",
)
_FISCAL_EXPENDITURE = tuple(
    StatementForm(
        Statement.FISCAL_APPROPRIATION_EXPENDITURE,
        title=r"财政拨款支出决算(?:明细)?表",
        not_title=rf"基本支出|三公|{_ANY_FUND}",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(_CODE), name(_NAME), *columns),
    )
    for columns in (
        _spent(Fund.FISCAL_APPROPRIATION),
        (*_spent(Fund.FISCAL_APPROPRIATION)[:-1], _PROJECTS, _CONSTRUCTION),
    )
)

# --- basic expenditure by economic class --------------------------------------------------


def _economic_list(part: int) -> tuple[ColumnForm, ...]:
    return (
        code(part=part),
        name(part=part),
        amount(FINAL, fund=Fund.GENERAL_PUBLIC, part=part),
    )


_ECONOMIC_PARTS = (
    code(),
    name(),
    amount(_TOTAL, fund=Fund.GENERAL_PUBLIC),
    amount(r"人员经费", Component.PERSONNEL, Fund.GENERAL_PUBLIC, is_addend=True),
    amount(r"公用经费", Component.PUBLIC, Fund.GENERAL_PUBLIC, is_addend=True),
)
_BASIC = tuple(
    StatementForm(
        Statement.BASIC_EXPENDITURE,
        title=r"一般公共预算.*基本支出决算(?:明细)?表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=columns,
    )
    for columns in (
        _economic_list(0),
        (*_economic_list(0), *_economic_list(1)),
        (*_economic_list(0), *_economic_list(1), *_economic_list(2)),
        _ECONOMIC_PARTS,
    )
)

FINAL_STATEMENTS: tuple[StatementForm, ...] = (
    *(
        _summary(budgets, has_purposes=has_purposes)
        for budgets in BUDGETED
        for has_purposes in (False, True)
    ),
    _revenue_statement(_revenue(r"^事业收入", Fund.SERVICE_INCOME)),
    _revenue_statement(
        _revenue(r"金额|小计|合计|^事业收入", Fund.SERVICE_INCOME, above=r"^$|事业收入$"), _FEES
    ),
    _EXPENDITURE,
    *(
        _fiscal_summary(budgets, has_capital=has_capital)
        for budgets in BUDGETED
        for has_capital in (True, False)
    ),
    *_FUND_STATEMENTS,
    *_FISCAL_EXPENDITURE,
    *_BASIC,
    *THREE_PUBLIC_FINALS,
)
"""The statements of final accounts, in every way they are printed."""

FINAL_LAYOUT: tuple[Statement, ...] = (
    Statement.BUDGET_SUMMARY,
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.BASIC_EXPENDITURE,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)
"""The nine statements of the final accounts of a department or a unit, in their order."""
