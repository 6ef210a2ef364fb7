"""The catalogue of statement forms: how each statement is recognised and what its columns state.

A new layout is a new entry here, not new code. Titles and column headers are regular expressions
on text without spaces; a title is recognised by what it says, never by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Statement,
)

__all__ = ["STATEMENT_FORMS", "ColumnForm", "Role", "StatementForm"]

_INCLUDED = CarryoverBasis.INCLUDED
_EXCLUDED = CarryoverBasis.EXCLUDED
_ONLY = CarryoverBasis.ONLY


class Role(Enum):
    """What the cells of a column are."""

    CODE = "code"
    NAME = "name"
    COUNTERPART = "counterpart"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One column of a statement form.

    Args:
        role: What its cells are.
        header: Pattern for the lowest header cell above it.
        flow: Direction of the money, where the statement shows both.
        fund: Fund its amounts belong to.
        component: Part of the line its amounts state.
        basis: Whether carry-over is inside; ``None`` takes the statement's.
        is_addend: Whether the first amount of the row is the sum of this column and its like.
    """

    role: Role
    header: str
    flow: Flow = Flow.EXPENDITURE
    fund: Fund = Fund.ALL
    component: Component = Component.TOTAL
    basis: CarryoverBasis | None = None
    is_addend: bool = False


@dataclass(frozen=True, slots=True)
class StatementForm:
    """How one statement looks.

    Args:
        statement: What it is.
        title: Pattern its title must match.
        basis: Whether carry-over is inside its amounts.
        columns: Its columns from left to right.
        classification: List the codes of its expenditure lines come from.
        revenue_classification: List the codes of its revenue lines come from.
        not_title: Pattern its title must not match; empty for none.
    """

    statement: Statement
    title: str
    basis: CarryoverBasis
    columns: tuple[ColumnForm, ...]
    classification: Classification = Classification.FUNCTION
    revenue_classification: Classification = Classification.REVENUE_SOURCE
    not_title: str = ""

    def line_classification(self, flow: Flow) -> Classification:
        """The list codes of a line come from, by the direction of its money."""
        return self.revenue_classification if flow is Flow.REVENUE else self.classification


def _code(header: str = r"科目编码|编码|代码", flow: Flow = Flow.EXPENDITURE) -> ColumnForm:
    return ColumnForm(Role.CODE, header, flow)


def _name(header: str = r"科目名称|项目|名称", flow: Flow = Flow.EXPENDITURE) -> ColumnForm:
    return ColumnForm(Role.NAME, header, flow)


def _amount(
    header: str,
    component: Component = Component.TOTAL,
    fund: Fund = Fund.ALL,
    *,
    flow: Flow = Flow.EXPENDITURE,
    basis: CarryoverBasis | None = None,
    is_addend: bool = False,
) -> ColumnForm:
    return ColumnForm(Role.AMOUNT, header, flow, fund, component, basis, is_addend)


_YEAR_TOTAL = r"^(?:20\d\d年)?(?:合计|小计|金额|预算数)$|^20\d\d年(?:合计|预算数|预算)?$"
_GENERAL_PUBLIC = r"一般公共预算"
_GOVERNMENT_FUND = r"政府性基金"
_STATE_CAPITAL = r"国有资本经营"
_SPECIAL_ACCOUNT = r"财政专户"
_UNIT_FUNDS = r"单位资金"


def _basic_and_project(fund: Fund) -> tuple[ColumnForm, ...]:
    return (
        _amount(r"合计", Component.TOTAL, fund),
        _amount(r"基本支出", Component.BASIC, fund, is_addend=True),
        _amount(r"项目支出", Component.PROJECT, fund, is_addend=True),
    )


def _fiscal_funds(total_header: str, total_fund: Fund) -> tuple[ColumnForm, ...]:
    return (
        _amount(total_header, fund=total_fund),
        _amount(_GENERAL_PUBLIC, fund=Fund.GENERAL_PUBLIC, is_addend=True),
        _amount(_GOVERNMENT_FUND, fund=Fund.GOVERNMENT_FUND, is_addend=True),
        _amount(_STATE_CAPITAL, fund=Fund.STATE_CAPITAL, is_addend=True),
    )


STATEMENT_FORMS: tuple[StatementForm, ...] = (
    StatementForm(
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        title=r"财政拨款.*收支.*表",
        basis=_INCLUDED,
        columns=(
            _name(flow=Flow.REVENUE),
            _amount(_YEAR_TOTAL, fund=Fund.FISCAL_APPROPRIATION, flow=Flow.REVENUE),
            _name(),
            *_fiscal_funds(r"合计|小计", Fund.FISCAL_APPROPRIATION),
        ),
    ),
    StatementForm(
        Statement.STATE_CAPITAL_OPERATIONS,
        title=r"国有资本经营.*表",
        basis=_EXCLUDED,
        columns=(
            _code(flow=Flow.REVENUE),
            _name(flow=Flow.REVENUE),
            _amount(r"收入预算|金额|预算数", fund=Fund.STATE_CAPITAL, flow=Flow.REVENUE),
            _code(),
            _name(),
            *_basic_and_project(Fund.STATE_CAPITAL),
        ),
    ),
    StatementForm(
        Statement.GOVERNMENT_FUND_REVENUE,
        title=r"政府性基金.*收入.*表",
        not_title=r"收支|支出",
        basis=_EXCLUDED,
        columns=(
            _code(flow=Flow.REVENUE),
            _name(flow=Flow.REVENUE),
            _amount(r"收入预算|金额|预算数|合计", fund=Fund.GOVERNMENT_FUND, flow=Flow.REVENUE),
        ),
    ),
    StatementForm(
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        title=r"政府性基金.*支出.*表",
        not_title=r"收支",
        basis=_EXCLUDED,
        columns=(_code(), _name(), *_basic_and_project(Fund.GOVERNMENT_FUND)),
    ),
    StatementForm(
        Statement.BASIC_EXPENDITURE,
        title=r"一般公共预算.*基本支出.*表",
        basis=_EXCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=(
            _name(r"部门预算.*经济.*名称|部门.*经济"),
            ColumnForm(Role.COUNTERPART, r"政府预算.*经济.*名称|政府.*经济"),
            _amount(r"合计", Component.TOTAL, Fund.GENERAL_PUBLIC),
            _amount(r"人员经费", Component.PERSONNEL, Fund.GENERAL_PUBLIC, is_addend=True),
            _amount(r"公用经费", Component.PUBLIC, Fund.GENERAL_PUBLIC, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.THREE_PUBLIC_EXPENSES,
        title=r"[“\"”]?三公[”\"“]?经费.*表",
        basis=_INCLUDED,
        classification=Classification.THREE_PUBLIC,
        columns=(_name(), *_fiscal_funds(r"合计", Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.OPERATING_EXPENSES,
        title=r"机关运行经费.*表",
        basis=_INCLUDED,
        classification=Classification.UNIT,
        columns=(_name(r"单位名称|名称"), *_fiscal_funds(r"合计", Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        title=r"一般公共预算.*支出.*表",
        not_title=r"基本支出|经济科目|收支",
        basis=_EXCLUDED,
        columns=(_code(), _name(), *_basic_and_project(Fund.GENERAL_PUBLIC)),
    ),
    StatementForm(
        Statement.PROJECT_CARRYOVER,
        title=r"项目支出.*表[（(]?(?:上年)?结转",
        not_title=r"绩效",
        basis=_ONLY,
        classification=Classification.PROJECT,
        columns=(_name(r"项目名称"), *_fiscal_funds(r"合计", Fund.ALL)),
    ),
    StatementForm(
        Statement.PROJECT_EXPENDITURE,
        title=r"项目支出.*表",
        not_title=r"表[（(]?(?:上年)?结转|绩效",
        basis=_EXCLUDED,
        classification=Classification.PROJECT,
        columns=(
            _name(r"项目名称"),
            *_fiscal_funds(r"合计", Fund.ALL),
            _amount(_SPECIAL_ACCOUNT, fund=Fund.FISCAL_SPECIAL_ACCOUNT, is_addend=True),
            _amount(_UNIT_FUNDS, fund=Fund.UNIT_FUNDS, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.BUDGET_SUMMARY,
        title=r"收支.*总表",
        not_title=r"财政拨款",
        basis=_INCLUDED,
        columns=(
            _name(flow=Flow.REVENUE),
            _amount(_YEAR_TOTAL, flow=Flow.REVENUE),
            _name(),
            _amount(_YEAR_TOTAL),
            _amount(r"当年.*安排|本年.*安排", Component.CURRENT, basis=_EXCLUDED, is_addend=True),
            _amount(r"结转.*安排", Component.CARRYOVER, basis=_ONLY, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.REVENUE_SUMMARY,
        title=r"收入.*总表",
        not_title=r"收支|财政拨款",
        basis=_EXCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(
            _code(flow=Flow.REVENUE),
            _name(flow=Flow.REVENUE),
            _amount(r"合计", flow=Flow.REVENUE),
            _amount(_GENERAL_PUBLIC, fund=Fund.GENERAL_PUBLIC, flow=Flow.REVENUE, is_addend=True),
            _amount(_GOVERNMENT_FUND, fund=Fund.GOVERNMENT_FUND, flow=Flow.REVENUE, is_addend=True),
            _amount(_STATE_CAPITAL, fund=Fund.STATE_CAPITAL, flow=Flow.REVENUE, is_addend=True),
            _amount(
                _SPECIAL_ACCOUNT,
                fund=Fund.FISCAL_SPECIAL_ACCOUNT,
                flow=Flow.REVENUE,
                is_addend=True,
            ),
            _amount(_UNIT_FUNDS, fund=Fund.UNIT_FUNDS, flow=Flow.REVENUE, is_addend=True),
            _amount(r"上年结转", Component.CARRYOVER, flow=Flow.REVENUE, basis=_ONLY),
        ),
    ),
    StatementForm(
        Statement.EXPENDITURE_SUMMARY,
        title=r"支出.*总表",
        not_title=r"收支|财政拨款|一般公共预算",
        basis=_INCLUDED,
        columns=(_code(), _name(), *_basic_and_project(Fund.ALL)),
    ),
)
"""The statements of a unit budget, most specific title first."""
