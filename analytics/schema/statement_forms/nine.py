"""The layout of nine statements: budgets of departments and units as Shanghai prints them.

Most of its statements have the columns of the layout of thirteen and are found there; here stand
those that differ.
"""

from __future__ import annotations

from analytics.schema.statement_forms.columns import (
    amount,
    basic_and_project,
    code,
    line_amount,
    name,
    three_public_amount,
)
from analytics.schema.statement_forms.model import FixedLine, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Statement,
    ThreePublic,
)

__all__ = ["NINE_STATEMENTS"]

_BUDGET = r"^预算数$"


_OPERATING = FixedLine(
    str(LineCode.TOTAL),
    Statement.OPERATING_EXPENSES.zh,
    Classification.UNIT,
    statement=Statement.OPERATING_EXPENSES,
)

NINE_STATEMENTS: tuple[StatementForm, ...] = (
    StatementForm(
        Statement.BUDGET_SUMMARY,
        title=r"收支.*总表",
        not_title=r"财政拨款",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            amount(_BUDGET, flow=Flow.REVENUE),
            name(),
            amount(_BUDGET),
        ),
    ),
    StatementForm(
        Statement.BUDGET_SUMMARY,
        title=r"收支.*总表",
        not_title=r"财政拨款",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            amount(_BUDGET, flow=Flow.REVENUE),
            name(),
            amount(r"^合计$"),
            amount(r"人员经费", Component.PERSONNEL, is_addend=True),
            amount(r"公用经费", Component.PUBLIC, is_addend=True),
            amount(r"项目支出", Component.PROJECT, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.REVENUE_SUMMARY,
        title=r"收入.*总表",
        not_title=r"收支|财政拨款",
        basis=CarryoverBasis.INCLUDED,
        revenue_classification=Classification.FUNCTION,
        columns=(
            code(flow=Flow.REVENUE),
            name(flow=Flow.REVENUE),
            amount(r"合计", flow=Flow.REVENUE),
            amount(r"财政拨款", fund=Fund.FISCAL_APPROPRIATION, flow=Flow.REVENUE, is_addend=True),
            amount(r"^事业收入", fund=Fund.SERVICE_INCOME, flow=Flow.REVENUE, is_addend=True),
            amount(r"经营收入", fund=Fund.BUSINESS_INCOME, flow=Flow.REVENUE, is_addend=True),
            amount(r"其他收入", fund=Fund.OTHER_INCOME, flow=Flow.REVENUE, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.STATE_CAPITAL_OPERATIONS,
        title=r"国有资本经营.*支出.*表",
        not_title=r"收支",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), *basic_and_project(Fund.STATE_CAPITAL)),
    ),
    StatementForm(
        Statement.BASIC_EXPENDITURE,
        title=r"一般公共预算基本支出.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=(
            code(),
            name(),
            amount(r"合计", Component.TOTAL, Fund.GENERAL_PUBLIC),
            amount(r"人员经费", Component.PERSONNEL, Fund.GENERAL_PUBLIC, is_addend=True),
            amount(r"公用经费", Component.PUBLIC, Fund.GENERAL_PUBLIC, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.THREE_PUBLIC_EXPENSES,
        title=r"三公.*经费.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.THREE_PUBLIC,
        columns=(
            three_public_amount(r"^合计$", ThreePublic.TOTAL),
            three_public_amount(r"出国", ThreePublic.ABROAD, ThreePublic.TOTAL),
            three_public_amount(r"接待", ThreePublic.RECEPTION, ThreePublic.TOTAL),
            three_public_amount(r"^小计$", ThreePublic.VEHICLE, ThreePublic.TOTAL),
            three_public_amount(r"购置费", ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE),
            three_public_amount(r"运行费", ThreePublic.VEHICLE_OPERATION, ThreePublic.VEHICLE),
            line_amount(r"机关运行经费", _OPERATING),
        ),
    ),
)
"""The statements of a budget in the layout of nine that differ from the layout of thirteen."""
