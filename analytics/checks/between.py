"""Between statements: what two statements of one document say of the same money.

Some statements leave out what was carried over from earlier years and some contain it. Where the
two sides of an equation differ in that, the carry-over enters the equation; where it is not
published in the breakdown needed, the answer is ``insufficient`` instead of a failure.

Layouts also differ in how they print the fiscal appropriation: as one figure, as its three funds,
or as both. Two statements are compared in what both of them print.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, printed_facts, summed
from analytics.checks.lines import (
    BALANCES,
    BETWEEN_YEARS,
    CODE,
    COMPONENT,
    FISCAL_FUNDS,
    FLOW,
    FUND,
    IS_TOP,
    IS_TOTAL,
    IS_WHOLE,
    WHOLE_FUNDS,
    carried_over,
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
    LineCode,
    Severity,
    Statement,
)

__all__ = [
    "expenditure_functions",
    "expenditure_total",
    "fiscal_gap",
    "fiscal_parts",
    "fiscal_sources",
    "fund_balance",
    "general_functions",
    "revenue_expenditure",
    "revenue_sources",
    "revenue_total",
]

_FAMILY = Family.BETWEEN_STATEMENTS
_DOCUMENT = ["document_id"]
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
_is_function = (pl.col("classification") == Classification.FUNCTION) & CODE.str.contains(r"^\d+$")
_is_source = (pl.col("classification") == Classification.REVENUE_SOURCE) & ~among(CODE, BALANCES)
_is_class = _is_function & (CODE.str.len_chars() == 3)


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
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X1",),
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
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    reads=(Statement.BUDGET_SUMMARY,),
    catalogue=("X4",),
    computed=("收支总表该项", "the summary prints"),
)
def fiscal_sources(tables: CanonicalTables) -> pl.LazyFrame:
    """Each of the three funds of the fiscal appropriation; a blank on the other side is none."""
    summary = statement_facts(tables, Statement.BUDGET_SUMMARY, FLOW == Flow.REVENUE, _is_source)
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
            _is_source & ~IS_PART_OF_SOURCE,
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
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X2",),
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
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X2",),
    computed=("支出总表该类", "the expenditure statement prints"),
)
def expenditure_functions(tables: CanonicalTables) -> pl.LazyFrame:
    """Every functional class that either statement prints."""
    left = statement_facts(
        tables, Statement.BUDGET_SUMMARY, FLOW == Flow.EXPENDITURE, _is_class, IS_WHOLE
    )
    right = statement_facts(tables, Statement.EXPENDITURE_SUMMARY, _is_class, IS_WHOLE)
    return line_answers(
        against(left, right, ["document_id", "code"], statement=Statement.BUDGET_SUMMARY)
    )


@rule(
    "X-REVENUE-EXPENDITURE",
    title=("收入总表与支出总表各科目相等", "Revenue and expenditure agree code by code"),
    equation="支出总表 code = 收入总表 code + its 上年结转 (where nothing is carried forward)",
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
    lines = _is_function | IS_TOTAL
    on = ["document_id", "code"]
    left = statement_facts(tables, Statement.EXPENDITURE_SUMMARY, lines, IS_WHOLE)
    revenue = statement_facts(tables, Statement.REVENUE_SUMMARY, lines)
    of_year = revenue.filter(IS_WHOLE, FUND == Fund.ALL)
    compared = against(
        left, of_year, on, statement=Statement.EXPENDITURE_SUMMARY, blank_is_none=True
    ).join(of_year.select("document_id").unique(), on="document_id", how="semi")
    parted = of_year.filter(_is_function).select("document_id", _parted=pl.lit(value=True)).unique()
    is_parted = pl.col("_parted").fill_null(value=False)
    compared = compared.join(parted, on="document_id", how="left").filter(IS_TOTAL | is_parted)
    forward = (
        statement_facts(tables, Statement.BUDGET_SUMMARY, BETWEEN_YEARS)
        .group_by("document_id")
        .agg(carried_yuan=pl.col("amount_yuan").max())
    )
    brought = revenue.filter(COMPONENT == Component.CARRYOVER)
    return unless_carried(_closing(compared, brought, on, add=True), forward)


# --- fiscal appropriation against the others ----------------------------------------------


@rule(
    "X-FISCAL-GAP",
    title=("收支总表与财政拨款收支总表之差为其他资金", "The summaries differ by other funds"),
    equation="收支总表 支出总计 = 财政拨款收支总表 支出总计 + Σ other sources + their 结转",
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
    brought = (FLOW == Flow.REVENUE) & (CODE == LineCode.CARRYOVER_START) & IS_WHOLE
    of_all = among(FUND, WHOLE_FUNDS)
    total = fiscal.filter(spent, of_all)
    parts = pl.concat(
        [
            total,
            summary.filter(FLOW == Flow.REVENUE, _is_source, IS_TOP, among(FUND, _OTHER_FUNDS)),
            summary.filter(brought, of_all),
            fiscal.filter(brought, of_all).with_columns(amount_yuan=-pl.col("amount_yuan")),
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
    family=_FAMILY,
    statements=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    reads=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("X5",),
    computed=("财政拨款收支总表一般公共预算栏", "the column of the fiscal summary prints"),
)
def general_functions(tables: CanonicalTables) -> pl.LazyFrame:
    """Every functional class; ``insufficient`` where they differ and money was carried over."""
    left = statement_facts(
        tables,
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        FLOW == Flow.EXPENDITURE,
        _is_class,
        IS_WHOLE,
    )
    right = statement_facts(
        tables,
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        FLOW == Flow.EXPENDITURE,
        FUND == Fund.GENERAL_PUBLIC,
        _is_class,
    )
    return unless_carried(
        against(
            left, right, ["document_id", "code"], statement=Statement.GENERAL_PUBLIC_EXPENDITURE
        ),
        carried_over(tables),
    )


@rule(
    "X-FISCAL-PARTS",
    title=("财政拨款支出等于三本预算之和", "The three budgets make the fiscal appropriation"),
    equation="财政拨款 本年支出合计 = 一般公共预算 + 政府性基金 + 国有资本 (+ carry-over spent)",
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    reads=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    catalogue=("X6",),
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
        carried_over(tables),
    )


@rule(
    "X-FUND-BALANCE",
    title=("政府性基金收入与支出相等", "Government fund revenue and expenditure agree"),
    equation="政府性基金支出 = 政府性基金收入 (+ 结转 − 年终结转)",
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
    return unless_carried(compared, carried_over(tables))
