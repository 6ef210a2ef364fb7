"""Inside a statement: a line of a classification stands below its own upper line, and has lines.

The sums of :mod:`analytics.checks.tables` say nothing of a line that is gone with its only part, or
of one whose lines count for the next one above. Here the codes themselves say what is missing.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import Verdict, among, answers, printed_facts, statement_label
from analytics.checks.lines import CODE, IS_TOTAL, in_statement
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.schema.vocabularies import Classification, LineCode, Outcome, Severity, Statement

__all__ = ["level_above", "level_below", "level_current"]

_FAMILY = Family.INSIDE_STATEMENT
_LEVELLED = (
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_EXPENDITURE,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.BASIC_EXPENDITURE,
    Statement.FISCAL_BASIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_REVENUE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)
_CODED = (
    Classification.FUNCTION,
    Classification.ECONOMIC_DEPARTMENT,
    Classification.REVENUE_SOURCE,
)
_LIST = ["document_id", "statement", "flow"]
_LENGTH = CODE.str.len_chars()
_CLASS_LENGTH = 3
_UPPER = (
    pl.when(_LENGTH == _CLASS_LENGTH)
    .then(pl.lit(str(LineCode.TOTAL)))
    .otherwise(CODE.str.head(_LENGTH.cast(pl.Int64) - 2))
)


def _lines(tables: CanonicalTables) -> pl.LazyFrame:
    """The lines of a classification, each once, and the totals of their statements."""
    facts = printed_facts(
        tables,
        in_statement(*_LEVELLED),
        IS_TOTAL | (among(pl.col("classification"), _CODED) & CODE.str.contains(r"^\d{3,7}$")),
    )
    lines = facts.sort("document_id", "block", "row", "column").unique(
        [*_LIST, "classification", "code"], keep="first", maintain_order=True
    )
    return tables.once("levelled_lines", lines)


def _level_answers(
    frame: pl.LazyFrame, holds: pl.Expr, good: tuple[str, str], bad: tuple[pl.Expr, pl.Expr]
) -> pl.LazyFrame:
    """An answer for every gap, and one for each list without any."""
    in_order = frame.sort(*_LIST, "block", "row", "column")  # a join keeps none
    judged = in_order.with_columns(holds=holds.fill_null(value=False))
    first = pl.int_range(pl.len()).over(_LIST) == 0
    whole = pl.col("holds").all().over(_LIST)
    named = pl.when(~pl.col("holds")).then(worded("“{}”", "name").fill_null(""))
    return answers(
        judged.filter(~pl.col("holds") | (whole & first)).with_columns(
            gap=pl.when(~pl.col("holds")).then("code")
        ),
        key=["statement", "flow", "gap"],
        subject=pl.concat_str([statement_label("zh"), named.otherwise(pl.lit(""))]),
        subject_en=pl.concat_str(
            [statement_label("en"), pl.when(~pl.col("holds")).then(pl.lit(", ")), named],
            ignore_nulls=True,
        ),
        verdict=Verdict(pl.col("holds"), good, bad),
    )


@rule(
    "T-LEVEL-ABOVE",
    title=("下级科目都有上级科目", "Every line stands below its upper line"),
    equation="every 项 stands below its 款, every 款 below its 类, every 类 below 合计",
    why=(
        "上级行缺失，这一类支出的合计就无处可查。",
        "Where the upper line is missing, the total of that kind of money is printed nowhere.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_LEVELLED,
    source="budget classification: a code begins with the code of the line it is part of",
    catalogue=("T2b", "T3b", "T5b", "T6b", "T8b"),
    absent=Outcome.NOT_APPLICABLE,
)
def level_above(tables: CanonicalTables) -> pl.LazyFrame:
    """The upper code of every code; one answer for each that is missing, at its first line.

    A level that no statement of the document prints is not missed: some layouts leave out 款.
    """
    lines = _lines(tables)
    printed = lines.select(*_LIST, upper="code", is_printed=pl.lit(value=True)).unique()
    levels = lines.select(
        "document_id",
        "classification",
        upper_length=pl.when(~IS_TOTAL).then(_LENGTH),
        has_level=pl.lit(value=True),
    ).unique()
    below = (
        lines.filter(~IS_TOTAL)
        .with_columns(upper=_UPPER, upper_length=_LENGTH.cast(pl.Int64) - 2)
        .unique([*_LIST, "classification", "upper"], keep="first", maintain_order=True)
        .join(printed, on=[*_LIST, "upper"], how="left")
        .join(
            levels.with_columns(pl.col("upper_length").cast(pl.Int64)),
            on=["document_id", "classification", "upper_length"],
            how="left",
        )
        .filter((pl.col("upper") == LineCode.TOTAL) | pl.col("has_level"))
    )
    upper = pl.col("upper").replace_strict({str(LineCode.TOTAL): "合计"}, default=pl.col("upper"))
    return _level_answers(
        below,
        pl.col("is_printed"),
        ("各科目都有上级科目", "every line has its upper line"),
        (
            worded("列示了科目{}，没有列示它的上级{}", "code", upper),
            worded("prints line {} and not {}, which it is part of", "code", upper),
        ),
    )


@rule(
    "T-LEVEL-BELOW",
    title=("上级科目都有下级科目", "Every upper line has lines below it"),
    equation="every 类 and 款 has a 项 below it, in a document that prints 项",
    why=(
        "上级行之下没有明细，读者看不到钱花在哪里。",
        "An upper line without lines below it does not say what the money is spent on.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_LEVELLED,
    source="budget law: general public expenditure is published down to the lowest functional code",
    catalogue=("T2b", "T3b", "T5b", "T6b", "T8b"),
    absent=Outcome.NOT_APPLICABLE,
)
def level_below(tables: CanonicalTables) -> pl.LazyFrame:
    """Every line above the lowest level that the document prints of its classification.

    Lists of classes alone are summaries and are not tested.
    """
    lines = _lines(tables).filter(~IS_TOTAL)
    depth = lines.group_by("document_id", "classification").agg(deepest=_LENGTH.max())
    nested = lines.filter(_LENGTH > _CLASS_LENGTH).select(*_LIST, "classification").unique()
    facts = printed_facts(tables, in_statement(*_LEVELLED), CODE.is_not_null())
    # A line without a code of its own still knows the line above it.
    has_lines = pl.concat(
        [facts.select(*_LIST, code="parent_code"), lines.select(*_LIST, code=_UPPER)]
    ).with_columns(is_above=pl.lit(value=True))
    upper = (
        lines.join(depth, on=["document_id", "classification"])
        .join(nested, on=[*_LIST, "classification"], how="semi")
        .filter(pl.col("deepest") > _LENGTH)
        .join(has_lines.unique(), on=[*_LIST, "code"], how="left")
    )
    return _level_answers(
        upper,
        pl.col("is_above"),
        ("各上级科目都有下级科目", "every upper line has lines below it"),
        (
            worded("列示了科目{}，没有列示它的下级科目", "code"),
            worded("prints line {} and none below it", "code"),
        ),
    )


_BETWEEN = (LineCode.CARRYOVER_START, LineCode.CARRYOVER_END)


@rule(
    "T-LEVEL-CURRENT",
    title=("有结转的收支表列示本年合计", "A side with carry-over prints the total of the year"),
    equation="上年结转 or 年终结转 and a grand total printed ⇒ 本年合计 printed",
    why=(
        "没有本年合计，读者分不清本年的钱和结转的钱。",
        "Without the total of the year, this year's money cannot be told from what was carried over.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY),
    source="disclosure rules: the form of a summary has the total of the year before carry-over",
    catalogue=("T1b", "T1e", "T4b", "T4e"),
    absent=Outcome.NOT_APPLICABLE,
)
def level_current(tables: CanonicalTables) -> pl.LazyFrame:
    """Each side of a summary that prints money carried over and a grand total."""
    facts = printed_facts(
        tables, in_statement(Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY)
    )
    sides = facts.group_by(_LIST).agg(
        has_current=(CODE == LineCode.CURRENT_TOTAL).any(),
        has_carried=(among(CODE, _BETWEEN) & (pl.col("amount_yuan") != 0)).any(),
    )
    totals = facts.sort("document_id", "block", "row", "column").filter(IS_TOTAL)
    return _level_answers(
        totals.unique(_LIST, keep="first", maintain_order=True)
        .join(sides, on=_LIST)
        .filter("has_carried"),
        pl.col("has_current"),
        ("列示了本年合计", "the total of the year is printed"),
        (
            worded("列示了结转和{}，没有列示本年合计", "name"),
            worded("prints carry-over and a grand total, and no total of the year"),
        ),
    )
