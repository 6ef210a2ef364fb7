"""Columns that many statement forms have in common, and the patterns of their headers."""

from __future__ import annotations

from analytics.schema.statement_forms.model import ColumnForm, FixedLine, Role
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Stage,
    ThreePublic,
)

__all__ = [
    "GENERAL_PUBLIC",
    "GOVERNMENT_FUND",
    "SPECIAL_ACCOUNT",
    "STATE_CAPITAL",
    "UNIT_FUNDS",
    "YEAR_TOTAL",
    "amount",
    "basic_and_project",
    "code",
    "fiscal_funds",
    "level",
    "line_amount",
    "name",
    "three_public_amount",
]

YEAR_TOTAL = r"^(?:20\d\d年)?(?:合计|小计|金额|预算数)$|^20\d\d年(?:合计|预算数|预算)?$"
GENERAL_PUBLIC = r"一般公共预算"
GOVERNMENT_FUND = r"政府性基金"
STATE_CAPITAL = r"国有资本经营"
SPECIAL_ACCOUNT = r"财政专户"
UNIT_FUNDS = r"单位资金"


def code(
    header: str = r"科目编码|编码|代码", flow: Flow = Flow.EXPENDITURE, *, part: int = 0
) -> ColumnForm:
    """A column of codes; it may be printed as one column or as 类, 款 and 项."""
    return ColumnForm(Role.CODE, header, flow, part=part)


def name(
    header: str = r"科目名称|项目|名称", flow: Flow = Flow.EXPENDITURE, *, part: int = 0
) -> ColumnForm:
    """A column of names."""
    return ColumnForm(Role.NAME, header, flow, part=part)


def level(header: str) -> ColumnForm:
    """A column of names that are one level of a nested list."""
    return ColumnForm(Role.LEVEL, header)


def amount(
    header: str,
    component: Component = Component.TOTAL,
    fund: Fund = Fund.ALL,
    *,
    flow: Flow = Flow.EXPENDITURE,
    basis: CarryoverBasis | None = None,
    is_addend: bool = False,
    part: int = 0,
    above: str = "",
    stage: Stage | None = None,
) -> ColumnForm:
    """A column of amounts.

    Args:
        header: Pattern of its header.
        component: Part of the line its amounts state.
        fund: Fund they belong to.
        flow: Direction of the money.
        basis: Whether carry-over is inside, where it differs from the statement's.
        is_addend: Whether it is a summand of the first amount of the row.
        part: Which of several lists side by side it belongs to.
        above: Pattern of the header cells above its own.
        stage: Stage of its amounts, where it is not that of the document.
    """
    return ColumnForm(
        Role.AMOUNT,
        header,
        flow,
        fund,
        component,
        basis,
        is_addend,
        part,
        above=above,
        stage=stage,
    )


def line_amount(
    header: str, line: FixedLine, *, above: str = "", stage: Stage | None = None
) -> ColumnForm:
    """A column that is a line of the fiscal appropriation: its amounts all belong to ``line``."""
    return ColumnForm(
        Role.AMOUNT, header, fund=Fund.FISCAL_APPROPRIATION, line=line, above=above, stage=stage
    )


def three_public_amount(
    header: str,
    expense: ThreePublic,
    parent: ThreePublic | None = None,
    *,
    above: str = "",
    stage: Stage | None = None,
) -> ColumnForm:
    """A column that is one of the three public expenses.

    Args:
        header: Pattern of its header.
        expense: Which one it is.
        parent: The one it is part of; ``None`` at the top.
        above: Pattern of the header cells above its own.
        stage: Stage of its amounts, where it is not that of the document.
    """
    parent_code = None if parent is None else str(parent)
    line = FixedLine(str(expense), expense.zh, Classification.THREE_PUBLIC, parent_code)
    return line_amount(header, line, above=above, stage=stage)


def basic_and_project(fund: Fund) -> tuple[ColumnForm, ...]:
    """The total with its basic and its project part."""
    return (
        amount(r"合计", Component.TOTAL, fund),
        amount(r"基本支出", Component.BASIC, fund, is_addend=True),
        amount(r"项目支出", Component.PROJECT, fund, is_addend=True),
    )


def fiscal_funds(total_header: str, total_fund: Fund) -> tuple[ColumnForm, ...]:
    """A total with the three funds of the fiscal appropriation."""
    return (
        amount(total_header, fund=total_fund),
        amount(GENERAL_PUBLIC, fund=Fund.GENERAL_PUBLIC, is_addend=True),
        amount(GOVERNMENT_FUND, fund=Fund.GOVERNMENT_FUND, is_addend=True),
        amount(STATE_CAPITAL, fund=Fund.STATE_CAPITAL, is_addend=True),
    )
