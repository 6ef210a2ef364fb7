"""The fiscal appropriation between statements: its place in the whole, and the budgets it is made of.

As in :mod:`analytics.checks.between`, money carried over from earlier years enters an equation
where the two sides differ in it.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, printed_facts
from analytics.checks.between import IS_CLASS, IS_SOURCE
from analytics.checks.lines import (
    FLOW,
    FUND,
    IS_TOP,
    IS_TOTAL,
    IS_WHOLE,
    WHOLE_FUNDS,
    brought_forward,
    carried_over,
    line_answers,
    of_the_year,
    statement_facts,
    unless_carried,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.schema.vocabularies import Flow, Fund, Severity, Stage, Statement

__all__ = ["fiscal_gap", "fiscal_parts", "fund_balance", "general_functions"]

_FAMILY = Family.BETWEEN_STATEMENTS
_DOCUMENT = ["document_id"]
# Final accounts count what was carried over into both sides, so that it excuses nothing.
_IN_A_BUDGET = pl.col("stage") != Stage.FINAL
_OTHER_FUNDS = [
    Fund.FISCAL_SPECIAL_ACCOUNT,
    Fund.UNIT_FUNDS,
    Fund.SERVICE_INCOME,
    Fund.BUSINESS_INCOME,
    Fund.SUPERIOR_SUBSIDY,
    Fund.AFFILIATE_CONTRIBUTION,
    Fund.OTHER_INCOME,
    Fund.OTHER,
    Fund.SAVINGS,
]


@rule(
    "X-FISCAL-GAP",
    title=("收支总表与财政拨款收支总表之差为其他资金", "The summaries differ by other funds"),
    equation="收支总表 支出总计 = 财政拨款收支总表 支出总计 + Σ other sources + their 结转",
    why=(
        "总盘子与财政拨款之差应全是其他资金，说不清的部分可能是漏列的收入。",
        "All that is not appropriated must be other money; what is left over may be revenue that was not declared.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("X4",),
    computed=("财政拨款支出总计与其他资金之和", "fiscal appropriation and other funds make"),
)
def fiscal_gap(tables: CanonicalTables) -> pl.LazyFrame:
    """The two grand totals; the carry-over of other funds is the difference of the two lines."""
    summary = statement_facts(tables, Statement.BUDGET_SUMMARY)
    fiscal = statement_facts(tables, Statement.FISCAL_APPROPRIATION_SUMMARY)
    spent = (FLOW == Flow.EXPENDITURE) & IS_TOTAL & IS_WHOLE
    total = fiscal.filter(spent, among(FUND, WHOLE_FUNDS))
    fiscal_brought = brought_forward(fiscal.filter(FLOW == Flow.REVENUE))
    parts = pl.concat(
        [
            total,
            summary.filter(FLOW == Flow.REVENUE, IS_SOURCE, IS_TOP, among(FUND, _OTHER_FUNDS)),
            brought_forward(summary.filter(FLOW == Flow.REVENUE)),
            fiscal_brought.with_columns(amount_yuan=-pl.col("amount_yuan")),
        ]
    ).join(total, on=_DOCUMENT, how="semi")
    return line_answers(
        against(summary.filter(spent), parts, _DOCUMENT, statement=Statement.BUDGET_SUMMARY)
    )


@rule(
    "X-GENERAL-FUNCTIONS",
    title=(
        "财政拨款收支总表与一般公共预算支出表各类相等",
        "General public budget agrees class by class",
    ),
    equation="财政拨款收支总表 一般公共预算 class k = 一般公共预算支出表 class k + carry-over of k",
    why=(
        "一般公共预算是主要的财政资金，各类支出两表不同就无法跟踪。",
        "The general public budget is most of the public money; classes that differ between statements cannot be followed.",
    ),
    family=_FAMILY,
    statements=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    reads=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("X5", "D5"),
    computed=("财政拨款收支总表一般公共预算栏", "the column of the fiscal summary prints"),
)
def general_functions(tables: CanonicalTables) -> pl.LazyFrame:
    """Every functional class; ``insufficient`` where they differ and money was carried over."""
    left = statement_facts(
        tables,
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        FLOW == Flow.EXPENDITURE,
        IS_CLASS,
        IS_WHOLE,
    )
    right = statement_facts(
        tables,
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        FLOW == Flow.EXPENDITURE,
        FUND == Fund.GENERAL_PUBLIC,
        IS_CLASS,
    )
    return unless_carried(
        against(
            left, right, ["document_id", "code"], statement=Statement.GENERAL_PUBLIC_EXPENDITURE
        ),
        carried_over(tables, _IN_A_BUDGET, fund=Fund.GENERAL_PUBLIC),
    )


@rule(
    "X-FISCAL-PARTS",
    title=("财政拨款支出等于三本预算之和", "The three budgets make the fiscal appropriation"),
    equation="财政拨款 本年支出合计 = 一般公共预算 + 政府性基金 + 国有资本 (+ carry-over spent)",
    why=(
        "三本预算合起来才是财政拨款，不等说明有一本多列或少列。",
        "The three budgets together are the appropriation; if they are not, one of them has too much or too little.",
    ),
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    reads=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    catalogue=("X6", "D5"),
    computed=("三张支出表合计之和", "the three statements of expenditure make"),
)
def fiscal_parts(tables: CanonicalTables) -> pl.LazyFrame:
    """The three budgets together; ``insufficient`` where they differ and money was carried over."""
    budgets = printed_facts(
        tables,
        among(
            pl.col("statement"),
            [
                Statement.GENERAL_PUBLIC_EXPENDITURE,
                Statement.GOVERNMENT_FUND_EXPENDITURE,
                Statement.STATE_CAPITAL_OPERATIONS,
            ],
        ),
        FLOW == Flow.EXPENDITURE,
        IS_TOTAL,
        IS_WHOLE,
    )
    summary = statement_facts(
        tables, Statement.FISCAL_APPROPRIATION_SUMMARY, FLOW == Flow.EXPENDITURE, IS_WHOLE
    )
    left = of_the_year(summary).filter(FUND == Fund.FISCAL_APPROPRIATION)
    return unless_carried(
        against(left, budgets, _DOCUMENT, statement=Statement.FISCAL_APPROPRIATION_SUMMARY),
        carried_over(tables, _IN_A_BUDGET),
    )


@rule(
    "X-FUND-BALANCE",
    title=("政府性基金收入与支出相等", "Government fund revenue and expenditure agree"),
    equation="政府性基金支出 = 政府性基金收入 (+ 结转 − 年终结转)",
    why=(
        "政府性基金必须以收定支，收支不等说明资金有缺口或未列结转。",
        "Government funds may spend only what they take in; a difference is a gap or carry-over that is not shown.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.GOVERNMENT_FUND_EXPENDITURE,),
    reads=(Statement.GOVERNMENT_FUND_REVENUE,),
    catalogue=("T7", "T8"),
    computed=("政府性基金收入合计", "government fund revenue is"),
)
def fund_balance(tables: CanonicalTables) -> pl.LazyFrame:
    """The totals of the two statements; ``insufficient`` where carry-over may be between them."""
    statement = Statement.GOVERNMENT_FUND_EXPENDITURE
    left = statement_facts(tables, statement, IS_TOTAL, IS_WHOLE, FLOW == Flow.EXPENDITURE)
    right = statement_facts(tables, Statement.GOVERNMENT_FUND_REVENUE, IS_TOTAL, IS_WHOLE)
    compared = against(left, right, _DOCUMENT, statement=statement)
    return unless_carried(compared, carried_over(tables, fund=Fund.GOVERNMENT_FUND))
