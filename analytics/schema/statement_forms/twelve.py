"""The layout of twelve statements: department budgets as Jiangsu prints them."""

from __future__ import annotations

from analytics.schema.statement_forms.columns import (
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    amount,
    code,
    level,
    name,
    three_public_amount,
)
from analytics.schema.statement_forms.model import ColumnForm, Role, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Statement,
    ThreePublic,
)

__all__ = ["TWELVE_STATEMENTS"]

_PURPOSE = 1
_AMOUNT = r"^(?:金额|预算数)$"


_PURPOSES = (
    name(r"项目名称|支出用途", part=_PURPOSE),
    amount(_AMOUNT, part=_PURPOSE),
)

_PROCUREMENT_LEVELS = (
    level(r"品目大类|采购类别"),
    level(r"专项名称|项目名称"),
    level(r"经济.*科目|经济分类"),
    level(r"采购(?:物品|品目).*名称|采购物品|采购品目"),
    level(r"组织形式"),
)

TWELVE_STATEMENTS: tuple[StatementForm, ...] = (
    StatementForm(
        Statement.BUDGET_SUMMARY,
        title=r"收支.*总表",
        not_title=r"财政拨款",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            amount(_AMOUNT, flow=Flow.REVENUE),
            name(r"功能.*名称|功能分类"),
            amount(_AMOUNT),
            *_PURPOSES,
        ),
    ),
    StatementForm(
        Statement.REVENUE_SUMMARY,
        title=r"收入.*总表",
        not_title=r"收支|财政拨款",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            ColumnForm(Role.GROUP, r"项目", Flow.REVENUE),
            name(r"项目", Flow.REVENUE),
            amount(_AMOUNT, flow=Flow.REVENUE),
        ),
    ),
    StatementForm(
        Statement.EXPENDITURE_SUMMARY,
        title=r"支出.*总表",
        not_title=r"收支|财政拨款|一般公共预算",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            amount(r"合计"),
            amount(r"基本支出", Component.BASIC, is_addend=True),
            amount(r"项目支出", Component.PROJECT, is_addend=True),
            amount(r"预留机动", Component.RESERVE, is_addend=True),
            amount(r"结转下年", Component.CARRIED_FORWARD, is_addend=True),
        ),
    ),
    StatementForm(
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        title=r"财政拨款.*收支.*表",
        basis=CarryoverBasis.INCLUDED,
        columns=(
            name(flow=Flow.REVENUE),
            amount(_AMOUNT, fund=Fund.FISCAL_APPROPRIATION, flow=Flow.REVENUE),
            name(r"项目名称|支出用途", part=_PURPOSE),
            amount(_AMOUNT, fund=Fund.FISCAL_APPROPRIATION, part=_PURPOSE),
        ),
    ),
    StatementForm(
        Statement.FISCAL_APPROPRIATION_EXPENDITURE,
        title=r"财政拨款支出.*表",
        not_title=r"基本支出|收支|政府性基金|一般公共预算|三公",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), amount(_AMOUNT, fund=Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.FISCAL_BASIC_EXPENDITURE,
        title=r"财政拨款基本支出.*表",
        not_title=r"一般公共预算|决算",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=(code(), name(), amount(_AMOUNT, fund=Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        title=r"一般公共预算支出.*表",
        not_title=r"基本支出|收支|机关运行|三公",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), amount(_AMOUNT, fund=Fund.GENERAL_PUBLIC)),
    ),
    StatementForm(
        Statement.BASIC_EXPENDITURE,
        title=r"一般公共预算基本支出.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=(code(), name(), amount(r"^(?:金额|基本支出|预算数)$", fund=Fund.GENERAL_PUBLIC)),
    ),
    StatementForm(
        Statement.THREE_PUBLIC_EXPENSES,
        title=r"三公.*经费.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.THREE_PUBLIC,
        columns=(
            three_public_amount(r"^合计$", ThreePublic.WITH_MEETINGS),
            three_public_amount(r"^小计$", ThreePublic.TOTAL, ThreePublic.WITH_MEETINGS),
            three_public_amount(r"出国", ThreePublic.ABROAD, ThreePublic.TOTAL),
            three_public_amount(r"^小计$", ThreePublic.VEHICLE, ThreePublic.TOTAL),
            three_public_amount(r"购置费", ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE),
            three_public_amount(r"运行", ThreePublic.VEHICLE_OPERATION, ThreePublic.VEHICLE),
            three_public_amount(r"接待", ThreePublic.RECEPTION, ThreePublic.TOTAL),
            three_public_amount(r"会议费", ThreePublic.MEETING, ThreePublic.WITH_MEETINGS),
            three_public_amount(r"培训费", ThreePublic.TRAINING, ThreePublic.WITH_MEETINGS),
        ),
    ),
    StatementForm(
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        title=r"政府性基金.*支出.*表",
        not_title=r"收支",
        basis=CarryoverBasis.INCLUDED,
        columns=(code(), name(), amount(_AMOUNT, fund=Fund.GOVERNMENT_FUND)),
    ),
    StatementForm(
        Statement.OPERATING_EXPENSES,
        title=r"机关运行经费.*表",
        not_title=r"三公",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.ECONOMIC_DEPARTMENT,
        columns=(code(), name(), amount(r"机关运行经费|金额", fund=Fund.FISCAL_APPROPRIATION)),
    ),
    StatementForm(
        Statement.PROCUREMENT_EXPENDITURE,
        title=r"政府采购.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.PROCUREMENT,
        columns=(*_PROCUREMENT_LEVELS, amount(r"^(?:总计|合计|金额|预算数)$")),
    ),
    StatementForm(
        Statement.PROCUREMENT_EXPENDITURE,
        title=r"政府采购.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.PROCUREMENT,
        columns=(
            *_PROCUREMENT_LEVELS,
            amount(r"^(?:总计|合计)$"),
            amount(GENERAL_PUBLIC, fund=Fund.GENERAL_PUBLIC, is_addend=True),
            amount(GOVERNMENT_FUND, fund=Fund.GOVERNMENT_FUND, is_addend=True),
            amount(r"其他资金|单位资金", fund=Fund.OTHER, is_addend=True),
            amount(r"结转", Component.CARRYOVER, basis=CarryoverBasis.ONLY, is_addend=True),
        ),
    ),
)
"""The statements of a department budget in the layout of twelve statements."""
