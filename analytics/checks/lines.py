"""What the families on statements share: lines, columns, and a line as the subject of an answer."""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.checks.answers import (
    added_up,
    among,
    answers,
    printed_facts,
    statement_label,
)
from analytics.checks.registry import CanonicalTables
from analytics.expressions import worded
from analytics.schema.vocabularies import (
    Component,
    Flow,
    Fund,
    LineCode,
    Outcome,
    Stage,
    Statement,
)

__all__ = [
    "BALANCES",
    "BETWEEN_YEARS",
    "CODE",
    "COMPONENT",
    "FISCAL_FUNDS",
    "FLOW",
    "FUND",
    "IS_TOP",
    "IS_TOTAL",
    "IS_WHOLE",
    "WHOLE_FUNDS",
    "brought_forward",
    "carried_over",
    "in_statement",
    "line_answers",
    "of_the_year",
    "statement_facts",
    "unless_carried",
    "with_basic_parts",
    "with_basic_total",
]

WHOLE_FUNDS = (Fund.ALL, Fund.FISCAL_APPROPRIATION)
"""Funds that are the sum of others in their statement."""

FISCAL_FUNDS = (Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
"""The three funds of the fiscal appropriation."""

BALANCES = tuple(LineCode)
"""Codes of lines that are balances of a statement."""

CODE, FUND, COMPONENT, FLOW = (pl.col(name) for name in ("code", "fund", "component", "flow"))
IS_TOTAL = CODE == LineCode.TOTAL
IS_WHOLE = COMPONENT == Component.TOTAL
IS_TOP = pl.col("parent_code").is_null() | among(pl.col("parent_code"), BALANCES)
"""Whether a line stands directly under a balance; what is below it is a part of another line."""
BETWEEN_YEARS = (CODE == LineCode.CARRYOVER_END) | (
    (pl.col("stage") == Stage.FINAL)
    & among(CODE, [LineCode.CARRYOVER_START, LineCode.SURPLUS_DISTRIBUTED, Fund.SAVINGS])
)
"""Lines for which the revenue of a year is not its expenditure; budgets show the others in columns."""

_OF_ONE_FUND = (
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.BASIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_REVENUE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)
_KEY = [
    "statement",
    "flow",
    "classification",
    "code",
    "counterpart_code",
    "fund",
    "component",
    "other_stage",
]
_BASIC_PARTS = (Component.PERSONNEL, Component.PUBLIC)
_CLASS = r"^3\d\d$"
_PERSONNEL_CLASSES = ("301", "303")


def in_statement(*statements: Statement) -> pl.Expr:
    """Whether a row belongs to one of some statements."""
    return among(pl.col("statement"), statements)


def statement_facts(
    tables: CanonicalTables, statement: Statement, *conditions: pl.Expr
) -> pl.LazyFrame:
    """The printed figures of one statement."""
    return printed_facts(tables, in_statement(statement), *conditions)


def with_basic_total(facts: pl.LazyFrame) -> pl.LazyFrame:
    """Figures, with a total for statements of basic expenditure that print it only in two parts.

    Final accounts print 人员经费合计 below one list and 公用经费合计 below the other, and no sum.
    """
    on = ["document_id", "statement"]
    totals = facts.filter(in_statement(Statement.BASIC_EXPENDITURE), IS_TOTAL)
    parts = totals.filter(among(COMPONENT, _BASIC_PARTS)).join(
        totals.filter(IS_WHOLE), on=on, how="anti"
    )
    both = pl.col("printed_figures").list.len() == len(_BASIC_PARTS)
    together = (
        added_up(parts, on)
        .filter(both)
        .with_columns(component=pl.lit(str(Component.TOTAL)), name=pl.lit(LineCode.TOTAL.zh))
    )
    return pl.concat([facts, together.drop("printed_figures")], how="diagonal_relaxed")


def with_basic_parts(facts: pl.LazyFrame) -> pl.LazyFrame:
    """Figures, with 人员经费 and 公用经费 for statements of basic expenditure without these columns.

    They follow from the classes: 301 and 303 are personnel, all others are public.
    """
    basic = facts.filter(
        in_statement(Statement.BASIC_EXPENDITURE, Statement.FISCAL_BASIC_EXPENDITURE)
    )
    by_column = basic.filter(among(COMPONENT, _BASIC_PARTS))
    classes = (
        basic.filter(IS_WHOLE, CODE.str.contains(_CLASS))
        .join(by_column, on=["document_id", "statement"], how="anti")
        .with_columns(
            component=pl.when(among(CODE, _PERSONNEL_CLASSES))
            .then(pl.lit(str(Component.PERSONNEL)))
            .otherwise(pl.lit(str(Component.PUBLIC)))
        )
    )
    together = added_up(classes, ["document_id", "statement", "component"]).with_columns(
        code=pl.lit(str(LineCode.TOTAL)), name=pl.lit(LineCode.TOTAL.zh)
    )
    return pl.concat([facts, together.drop("printed_figures")], how="diagonal_relaxed")


def of_the_year(facts: pl.LazyFrame) -> pl.LazyFrame:
    """The total of the year of each side of a summary: 本年合计, or else what is the same.

    A side that prints neither 本年合计 nor anything brought or carried forward has nothing
    between the year and its grand total, so the grand total is the total of the year.
    """
    side = ["document_id", "statement", "flow"]
    stated = facts.filter(CODE == LineCode.CURRENT_TOTAL)
    unlike = facts.filter(among(CODE, [each for each in BALANCES if each != LineCode.TOTAL]))
    return pl.concat([stated, facts.filter(IS_TOTAL).join(unlike, on=side, how="anti")])


def line_answers(
    frame: pl.LazyFrame,
    *,
    outcome: pl.Expr | None = None,
    note_zh: pl.Expr | None = None,
    note_en: pl.Expr | None = None,
) -> pl.LazyFrame:
    """Answers about lines of statements.

    Args:
        frame: Figures with what they are compared with.
        outcome: The outcome, where the comparison does not decide it.
        note_zh: What to add in Chinese.
        note_en: What to add in English.
    """
    return answers(
        frame,
        key=_KEY,
        subject=_subject("zh", "{}“{}”", "（{}）", "、"),
        subject_en=_subject("en", "{}, “{}”", " ({})", ", "),
        is_suspect="is_suspect",
        outcome=outcome,
        note_zh=note_zh,
        note_en=note_en,
    )


@cache
def _subject(lang: str, line: str, behind: str, comma: str) -> pl.Expr:
    """A line in words, with its column behind it: ``支出总表“住房公积金”（基本支出）``.

    A column that is the total, or the only fund of its statement, or named like the line, says
    nothing more and is left out.
    """
    component = COMPONENT.replace_strict(
        {str(each): each.label(lang) for each in Component if each is not Component.TOTAL},
        default=None,
        return_dtype=pl.String,
    )
    fund = FUND.replace_strict(
        {str(each): each.label(lang) for each in Fund if each is not Fund.ALL},
        default=None,
        return_dtype=pl.String,
    )
    is_the_whole = among(FUND, WHOLE_FUNDS) & ~in_statement(Statement.REVENUE_SUMMARY)
    stage = pl.col("other_stage").replace_strict(
        {str(each): each.label(lang) for each in Stage}, default=None, return_dtype=pl.String
    )
    says_more = ~in_statement(*_OF_ONE_FUND) & (FUND != CODE) & ~is_the_whole
    column = pl.concat_str(
        [component, pl.when(says_more).then(fund), stage], separator=comma, ignore_nulls=True
    )
    suffix = pl.when(column.str.len_chars() > 0).then(worded(behind, column))
    return pl.concat_str(
        [worded(line, statement_label(lang), "name"), suffix.otherwise(pl.lit(""))]
    )


def brought_forward(facts: pl.LazyFrame) -> pl.LazyFrame:
    """The carry-over line of a statement, or its lines by fund where the line itself is blank."""
    carried = facts.filter(CODE == LineCode.CARRYOVER_START, IS_WHOLE)
    total = carried.filter(among(FUND, WHOLE_FUNDS))
    by_fund = carried.filter(~among(FUND, WHOLE_FUNDS))
    on = ["document_id", "statement"]
    return pl.concat([total, by_fund.join(total, on=on, how="anti")])


def carried_over(
    tables: CanonicalTables, *conditions: pl.Expr, fund: Fund | None = None
) -> pl.LazyFrame:
    """What a document says was brought forward, one row each: ``carried_yuan``.

    Args:
        tables: The canonical tables.
        conditions: Which of these figures count.
        fund: Only what was brought forward of one fiscal fund, in documents that print it by fund;
            of a document that does not, the whole may be of that fund.
    """
    carried = printed_facts(
        tables,
        in_statement(Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY),
        FLOW == Flow.REVENUE,
        CODE == LineCode.CARRYOVER_START,
        *conditions,
    )
    amount = pl.col("amount_yuan")
    of_fund = among(FUND, FISCAL_FUNDS) & IS_WHOLE
    by_statement = carried.group_by("document_id", "statement").agg(
        whole=amount.filter(~of_fund).max(),
        funds=amount.filter(of_fund).sum(),
        own=amount.filter(of_fund & ((fund or Fund.ALL) == FUND)).sum(),
        has_funds=of_fund.any() & (fund is not None),
    )
    everything = pl.max_horizontal("whole", "funds").max()
    by_document = by_statement.group_by("document_id").agg(
        carried_yuan=pl.when(pl.col("has_funds").any())
        .then(pl.col("own").filter("has_funds").max())
        .otherwise(everything)
    )
    return by_document if conditions or fund else tables.once("carried", by_document)


def unless_carried(compared: pl.LazyFrame, carried: pl.LazyFrame) -> pl.LazyFrame:
    """Answers that must be equal, or are ``insufficient`` where carry-over may be the reason.

    Two figures that differ by more than was carried over differ for another reason.

    Args:
        compared: Figures with what they are compared with.
        carried: ``carried_yuan`` of each document that carried something over.
    """
    gap = (pl.col("amount_yuan") - pl.col("computed")).abs()
    carried_yuan = pl.col("carried_yuan").fill_null(0)
    is_open = (gap > pl.col("tolerance")) & (gap <= carried_yuan + pl.col("tolerance"))
    return line_answers(
        compared.join(carried, on="document_id", how="left"),
        outcome=pl.when(is_open).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(is_open).then(
            pl.lit("两表口径相差上年结转，而结转未按此口径列示，无法核验")
        ),
        note_en=pl.when(is_open).then(
            pl.lit("one side contains carry-over that is not published in this breakdown")
        ),
    )
