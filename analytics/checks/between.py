"""Between statements: what two statements of one document say of the same money.

Some statements leave out what was carried over from earlier years and some contain it. Where the
two sides of an equation differ in that, the carry-over enters the equation; where it is not
published in the breakdown needed, the answer is ``insufficient`` instead of a failure.

Layouts also differ in how they print the fiscal appropriation: as one figure, as its three funds,
or as both. Two statements are compared in what both of them print.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, summed
from analytics.checks.lines import (
    BALANCES,
    BETWEEN_YEARS,
    CODE,
    COMPONENT,
    FISCAL_FUNDS,
    FLOW,
    FUND,
    IS_TOTAL,
    IS_WHOLE,
    line_answers,
    of_the_year,
    statement_facts,
    unless_carried,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.sources import IS_PART_OF_SOURCE, as_columns, in_the_same_way
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    Fund,
    Severity,
    Statement,
)

__all__ = [
    "IS_CLASS",
    "IS_SOURCE",
    "expenditure_functions",
    "expenditure_total",
    "fiscal_sources",
    "revenue_expenditure",
    "revenue_sources",
    "revenue_total",
]

_FAMILY = Family.BETWEEN_STATEMENTS
_DOCUMENT = ["document_id"]
IS_FUNCTION = (pl.col("classification") == Classification.FUNCTION) & CODE.str.contains(r"^\d+$")
IS_SOURCE = (pl.col("classification") == Classification.REVENUE_SOURCE) & ~among(CODE, BALANCES)
IS_CLASS = IS_FUNCTION & (CODE.str.len_chars() == 3)


def _closing(frame: pl.LazyFrame, other: pl.LazyFrame, on: list[str], *, add: bool) -> pl.LazyFrame:
    """Take another figure into account where only that closes the equation.

    Layouts differ in whether a total counts carry-over, and print nothing that says so. Where the
    two sides differ, ``other`` is added to the right side or stands in for the left one, and is
    kept if they agree then.
    """
    closer = summed(other, on, prefix="other").select(*on, "other_yuan", "other_half", "other_step")
    left, right = pl.col("amount_yuan"), pl.col("computed")
    new_left = left if add else pl.col("other_yuan")
    new_right = right + pl.col("other_yuan") if add else right
    slack = pl.col("tolerance") + pl.col("other_half")
    closes = (
        ((left - right).abs() > pl.col("tolerance")) & ((new_left - new_right).abs() <= slack)
    ).fill_null(False)
    return (
        frame.join(closer, on=on, how="left")
        .with_columns(closes=closes)
        .with_columns(
            amount_yuan=pl.when("closes").then(new_left).otherwise(left),
            computed=pl.when("closes").then(new_right).otherwise(right),
            tolerance=pl.when("closes").then(slack).otherwise("tolerance"),
        )
    )


# --- summary against the statements of revenue and expenditure ----------------------------


@rule(
    "X-REVENUE-TOTAL",
    title=("收支总表与收入总表的收入相等", "Summary and revenue statement agree"),
    equation="收支总表 本年收入合计 = 收入总表 合计 (收入总计, where 合计 counts 上年结转)",
    why=(
        "全年收入是预算的前提，两张表不同说明盘子没有定。",
        "Revenue is what the budget rests on; two statements that differ on it leave its size open.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X1", "D2"),
    computed=("收入总表合计", "the revenue statement prints"),
)
def revenue_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The revenue of the year in the two statements.

    Some layouts count the carry-over column into the total of the revenue statement; where the
    grand total agrees with it and the revenue of the year does not, that is the one compared.
    """
    right = statement_facts(tables, Statement.REVENUE_SUMMARY, IS_TOTAL, FUND == Fund.ALL, IS_WHOLE)
    summary = statement_facts(tables, Statement.BUDGET_SUMMARY, FLOW == Flow.REVENUE)
    current = of_the_year(summary)
    compared = against(current, right, _DOCUMENT, statement=Statement.BUDGET_SUMMARY)
    return line_answers(_closing(compared, summary.filter(IS_TOTAL), _DOCUMENT, add=False))


@rule(
    "X-REVENUE-SOURCES",
    title=("收支总表各项收入与收入总表各栏相等", "Each source agrees with its revenue column"),
    equation="收支总表 source = 收入总表 合计 in the column of the fund",
    why=(
        "同一来源的收入在两张表里不同，就不知道实际预计收多少。",
        "A source with two amounts leaves open how much revenue is really expected.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X1",),
    computed=("收入总表该栏合计", "the column of the revenue statement prints"),
)
def revenue_sources(tables: CanonicalTables) -> pl.LazyFrame:
    """Each source that either statement prints; a blank on the other side is none."""
    revenue = as_columns(statement_facts(tables, Statement.REVENUE_SUMMARY, IS_WHOLE))
    return _sources_against(
        tables, Statement.BUDGET_SUMMARY, revenue.filter(IS_TOTAL, FUND != Fund.ALL)
    )


@rule(
    "X-FISCAL-SOURCES",
    title=("财政拨款收支总表与收支总表的收入相等", "Fiscal sources agree with the summary"),
    equation="财政拨款收支总表 source = 收支总表 source, for each fund of the fiscal appropriation",
    why=(
        "财政给了多少钱，两张表应说同一个数。",
        "How much the treasury gives should be one figure, whichever statement is opened.",
    ),
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    reads=(Statement.BUDGET_SUMMARY,),
    catalogue=("X4", "D5"),
    computed=("收支总表该项", "the summary prints"),
)
def fiscal_sources(tables: CanonicalTables) -> pl.LazyFrame:
    """Each of the three funds of the fiscal appropriation; a blank on the other side is none."""
    summary = statement_facts(tables, Statement.BUDGET_SUMMARY, FLOW == Flow.REVENUE, IS_SOURCE)
    return _sources_against(
        tables,
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        summary.filter(among(FUND, [*FISCAL_FUNDS, Fund.FISCAL_APPROPRIATION])),
    )


def _sources_against(
    tables: CanonicalTables, statement: Statement, right: pl.LazyFrame
) -> pl.LazyFrame:
    # Savings of earlier years are no revenue of the year; few statements of sources print them.
    left, right = in_the_same_way(
        statement_facts(
            tables,
            statement,
            FLOW == Flow.REVENUE,
            IS_SOURCE & ~IS_PART_OF_SOURCE,
            FUND != Fund.SAVINGS,
        ),
        right.filter(FUND != Fund.SAVINGS),
    )
    read = right.select("document_id").unique()
    on = ["document_id", "fund"]
    compared = against(
        left.join(read, on="document_id", how="semi"),
        right,
        on,
        statement=statement,
        blank_is_none=True,
    )
    return line_answers(compared)


@rule(
    "X-EXPENDITURE-TOTAL",
    title=("收支总表与支出总表的支出相等", "Summary and expenditure statement agree"),
    equation="收支总表 本年支出合计 = 支出总表 合计 (less 结转下年, where 合计 counts it)",
    why=(
        "全年支出是最基本的数，两张表不同说明预算没有定数。",
        "Expenditure of the year is the most basic figure; two statements that differ on it leave the budget undefined.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X2", "D3"),
    computed=("支出总表合计", "the expenditure statement prints"),
)
def expenditure_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The expenditure of the year in the two statements, carry-over included in both."""
    spent = (FLOW == Flow.EXPENDITURE, IS_WHOLE)
    left = of_the_year(statement_facts(tables, Statement.BUDGET_SUMMARY, *spent))
    right = statement_facts(tables, Statement.EXPENDITURE_SUMMARY, IS_TOTAL)
    forward = right.filter(COMPONENT == Component.CARRIED_FORWARD)
    compared = against(left, right.filter(IS_WHOLE), _DOCUMENT, statement=Statement.BUDGET_SUMMARY)
    less = forward.with_columns(amount_yuan=-pl.col("amount_yuan"))
    return line_answers(_closing(compared, less, _DOCUMENT, add=True))


@rule(
    "X-EXPENDITURE-FUNCTIONS",
    title=("收支总表各类支出与支出总表相等", "Functions agree with the expenditure statement"),
    equation="收支总表 class k = 支出总表 class k",
    why=(
        "同一类支出在两张表里不同，读者引用哪张都可能错。",
        "One function with two amounts means that whoever quotes either statement may be wrong.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X2",),
    computed=("支出总表该类", "the expenditure statement prints"),
)
def expenditure_functions(tables: CanonicalTables) -> pl.LazyFrame:
    """Every functional class that either statement prints."""
    left = statement_facts(
        tables, Statement.BUDGET_SUMMARY, FLOW == Flow.EXPENDITURE, IS_CLASS, IS_WHOLE
    )
    right = statement_facts(tables, Statement.EXPENDITURE_SUMMARY, IS_CLASS, IS_WHOLE)
    return line_answers(
        against(left, right, ["document_id", "code"], statement=Statement.BUDGET_SUMMARY)
    )


@rule(
    "X-REVENUE-EXPENDITURE",
    title=("收入总表与支出总表各科目相等", "Revenue and expenditure agree code by code"),
    equation="支出总表 code = 收入总表 code + its 上年结转 (where nothing is carried forward)",
    why=(
        "每个科目的钱从哪来、到哪去应当相等，不等说明两张表不是同一份预算。",
        "What comes in under a code goes out under it; a difference means that the two statements are not of one budget.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.EXPENDITURE_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X3",),
    computed=("收入总表该科目", "the revenue statement prints"),
)
def revenue_expenditure(tables: CanonicalTables) -> pl.LazyFrame:
    """The total, and every code of a revenue statement that prints codes.

    ``insufficient`` where money is carried forward at year end.

    The carry-over column is added where only that closes the equation.
    """
    lines = IS_FUNCTION | IS_TOTAL
    on = ["document_id", "code"]
    left = statement_facts(tables, Statement.EXPENDITURE_SUMMARY, lines, IS_WHOLE)
    revenue = statement_facts(tables, Statement.REVENUE_SUMMARY, lines)
    of_year = revenue.filter(IS_WHOLE, FUND == Fund.ALL)
    compared = against(
        left, of_year, on, statement=Statement.EXPENDITURE_SUMMARY, blank_is_none=True
    ).join(of_year.select("document_id").unique(), on="document_id", how="semi")
    parted = of_year.filter(IS_FUNCTION).select("document_id", _parted=pl.lit(value=True)).unique()
    is_parted = pl.col("_parted").fill_null(value=False)
    compared = compared.join(parted, on="document_id", how="left").filter(IS_TOTAL | is_parted)
    forward = (
        statement_facts(tables, Statement.BUDGET_SUMMARY, BETWEEN_YEARS)
        .group_by("document_id")
        .agg(carried_yuan=pl.col("amount_yuan").sum())
    )
    brought = revenue.filter(COMPONENT == Component.CARRYOVER)
    return unless_carried(_closing(compared, brought, on, add=True), forward)


# --- fiscal appropriation against the others ----------------------------------------------
