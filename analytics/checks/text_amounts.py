"""The amounts in the running texts of a project form: sums, and the money of the form.

What belongs together is read from the words (:mod:`analytics.statements.performance.mentions`);
the rules only add up. An amount in a text is exact as printed, so that 41 and 40 do not make 80:
only one that the text calls rough (约), or that is printed with decimals of 万元, has half a step.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER
from analytics.checks.projects import (
    LONG_RUNNING_YEARS,
    PROJECT,
    form_answers,
    form_money,
    forms,
    said,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.schema.form_vocabularies import MentionKind, MentionRole, TextPart
from analytics.schema.vocabularies import Component, Outcome, Repair, Severity, Statement

__all__ = [
    "about_amount",
    "apart",
    "block_money",
    "closest",
    "closing_totals",
    "mentioned",
    "mentioned_money",
    "term_explained",
    "text_money",
    "text_sum",
    "text_year",
]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_PART = [*PROJECT, "text_part"]
_role, _amount = pl.col("role"), pl.col("amount")
_CLOSING = r"(?:合计|共计|总计|共需|总需|总额|总金额|总费用|总经费|总预算|共)[^…]*…"
PLACEHOLDER = 1
"""Yuan of own funds that stand in a form for nothing (F-PLACEHOLDER)."""


def mentioned(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """Figures of the texts under the name of their project, in printed order.

    Adds ``key`` (what the figure is within its document) and ``sentence`` (the clause quoted).
    """
    names = forms(tables).select(*PROJECT, "name")
    in_order = (
        tables.mentions.rename({"project": "code", "source_block": "block"})
        .join(names, on=PROJECT, how="left")
        .with_columns(
            name=pl.coalesce("name", "code"),
            statement=pl.lit(str(Statement.PERFORMANCE_FORM)),
            key=pl.col("mention_id").str.strip_prefix(pl.col("document_id") + ":"),
            sentence="wording",
        )
        .sort("document_id", "block", "row", "column", "position", "mention_id")
    )
    return tables.once("mentioned", in_order).filter(*conditions)


def mentioned_money(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """Amounts of the texts with ``amount``, ``own_half``, ``step`` and ``unit_text``."""
    step = pl.col("step_yuan").cast(NUMBER)
    is_rough = pl.col("is_about") | ((pl.col("value_step") < 1) & (pl.col("unit") != "元"))
    return mentioned(
        tables,
        pl.col("kind") == MentionKind.MONEY,
        pl.col("amount_yuan").is_not_null(),
        *conditions,
    ).with_columns(
        amount=pl.col("amount_yuan").cast(NUMBER),
        own_half=pl.when(is_rough).then(step / 2).otherwise(pl.lit(0, dtype=NUMBER)),
        step=pl.when(step > 0).then(step),
        unit_text="unit",
    )


def block_money(tables: CanonicalTables) -> pl.LazyFrame:
    """The money of the year and of the term, one row a project; placeholders left out."""
    frame = forms(tables).select(*PROJECT, "period_years")
    own = tables.projects.select(
        "document_id", code="project", own="term_self_raised_yuan", repairs="repairs"
    )
    for component in (Component.ANNUAL, Component.TERM):
        money = form_money(tables, component).select(
            *PROJECT, pl.col("amount_yuan").cast(NUMBER).alias(str(component))
        )
        frame = frame.join(money, on=PROJECT, how="left")
    placeholder = pl.when(pl.col("own") == PLACEHOLDER).then("own").otherwise(0)
    return frame.join(own, on=PROJECT, how="left").with_columns(
        term=pl.col("term") - placeholder.cast(NUMBER),
        is_cut=pl.col("repairs").fill_null("").str.contains(Repair.TEXT_TRUNCATED),
    )


def closest(amount: pl.Expr, first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """The one of two numbers that is nearer; a blank one is never chosen."""
    nearer = (amount - first).abs() <= (amount - second).abs()
    return pl.when(second.is_null() | nearer).then(first).otherwise(pl.coalesce(second, first))


def apart() -> pl.Expr:
    """Whether an amount differs from what it should be by more than rounding allows."""
    return (_amount - pl.col("computed")).abs() > pl.col("tolerance")


@rule(
    "F-TEXT-SUM",
    title=("文字所列分项之和等于合计", "A breakdown in a text adds up"),
    equation="合计 = Σ 分项 where the text lists them all; Σ 分项 ≤ 合计 elsewhere",
    why=(
        "分项与合计不符，说明测算有误或经费用途没有交代清楚。",
        "Parts that miss their total mean a wrong estimate, or money whose use is not told.",
    ),
    catalogue=("F6",),
    computed=("分项之和", "the parts make"),
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def text_sum(tables: CanonicalTables) -> pl.LazyFrame:
    """Each amount that a text breaks down.

    ``insufficient`` where the parts fall short of a total that does not claim to list them all:
    an entry has no amount, the words are 主要, 其中 or 等.
    """
    money = mentioned_money(tables)
    parts = (
        money.filter(pl.col("part_of").is_not_null())
        .group_by("part_of")
        .agg(
            computed=_amount.sum(),
            parts_half=pl.col("own_half").sum(),
            parts_step=pl.col("step").min(),
            listed=pl.col("value_text").str.join("、"),
        )
    )
    frame = money.join(parts, left_on="mention_id", right_on="part_of").with_columns(
        tolerance=pl.col("own_half") + pl.col("parts_half"),
        step=pl.min_horizontal("step", "parts_step"),
    )
    is_short = apart() & (pl.col("computed") < _amount)
    unknown = is_short & ~pl.col("is_closed").fill_null(False)
    return form_answers(
        frame,
        key=pl.col("key"),
        about=about_amount("value_text"),
        printed="amount",
        sentence="sentence",
        outcome=pl.when(unknown).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(unknown)
        .then(pl.lit("文字没有列全分项"))
        .otherwise(worded("分项为{}", "listed")),
        note_en=pl.when(unknown)
        .then(pl.lit("the text does not list all parts"))
        .otherwise(worded("the parts are {}", "listed")),
    )


def about_amount(column: str) -> tuple[pl.Expr, pl.Expr]:
    """The amount that is tested, behind the name of its project."""
    return worded("文字中的“{}”", column), worded(", “{}” in its text", column)


def closing_totals(tables: CanonicalTables) -> pl.LazyFrame:
    """The sum that the overview of a project closes with; projects with several are left out."""
    totals = mentioned_money(
        tables,
        pl.col("text_part") == TextPart.OVERVIEW,
        _role == MentionRole.TOTAL,
        pl.col("part_of").is_null(),
        pl.col("noun").str.contains(_CLOSING),
    )
    return totals.filter(pl.len().over(PROJECT) == 1)


@rule(
    "F-TEXT-MONEY",
    title=("文字合计等于年度或实施期资金", "The sum of the text is the money of the form"),
    equation="合计 of 项目概况 = 年度资金总额 or 实施期资金总额",
    why=(
        "概况测算的总数应当就是申请的资金，两者不一，资金依据不足。",
        "The estimate in the text is the reason for the money; where they differ there is none.",
    ),
    catalogue=("F6",),
    computed=("表列资金", "the form's money is"),
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def text_money(tables: CanonicalTables) -> pl.LazyFrame:
    """The one sum that an overview closes with; the nearer of the two blocks is shown."""
    frame = (
        closing_totals(tables)
        .join(block_money(tables), on=PROJECT, how="left")
        .with_columns(
            computed=closest(_amount, pl.col("annual"), pl.col("term")), tolerance="own_half"
        )
    )
    return form_answers(
        frame,
        key=pl.col("key"),
        about=about_amount("value_text"),
        printed="amount",
        sentence="sentence",
    )


@rule(
    "F-TEXT-YEAR",
    title=("文字说明本年所需资金", "The text explains the money of the year"),
    equation="合计 of 项目概况 = 实施期资金总额 ≠ 年度资金总额 ⇒ the text states the year's money too",
    severity=Severity.NOTE,
    source="plain reasoning: what the budget of the year grants needs its own explanation",
    why=(
        "文字只解释了整个实施期的资金，看不出本年的钱用在哪里。",
        "The text explains the money of all years; what this year's is for cannot be seen.",
    ),
    catalogue=("F6",),
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def text_year(tables: CanonicalTables) -> pl.LazyFrame:
    """Projects whose overview closes with the money of the term, which is not that of the year."""
    stated = mentioned_money(tables).select(*PROJECT, other="amount", other_half="own_half")
    frame = (
        closing_totals(tables)
        .join(block_money(tables), on=PROJECT)
        .filter(
            (_amount - pl.col("term")).abs() <= pl.col("own_half"),
            (_amount - pl.col("annual")).abs() > pl.col("own_half"),
        )
    )
    found = (
        frame.join(stated, on=PROJECT)
        .group_by("mention_id")
        .agg(
            is_told=((pl.col("other") - pl.col("annual")).abs() <= pl.col("other_half")).any(),
        )
    )
    told = pl.col("is_told").fill_null(False)
    return said(
        frame.join(found, on="mention_id", how="left"),
        told,
        ("也写明了本年资金", "the year's money is stated too"),
        (
            "文字合计为实施期资金，没有写明本年资金",
            "the text adds up to the money of the term and never states the year's",
        ),
        key=pl.col("key"),
        about=about_amount("value_text"),
        sentence="sentence",
    )


@rule(
    "F-TERM-TEXT",
    title=("文字说明实施期多出的资金", "The text explains what the term has more"),
    equation="实施期 > 年度 ⇒ an amount of the texts is the term's money, or what it has more",
    severity=Severity.WARNING,
    source="plain reasoning: money of later years needs an explanation",
    why=(
        "实施期比年度多出的资金没有任何说明，后续年度的支出没有依据。",
        "Nothing says what the money of later years is for.",
    ),
    catalogue=("F8",),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def term_explained(tables: CanonicalTables) -> pl.LazyFrame:
    """Projects with more money in the term than in the year, one yuan aside.

    ``insufficient`` where a text breaks off or no text states an amount; not asked where the sum
    of the text is neither the year's money nor the term's (F-TEXT-MONEY) or the period has no end.
    """
    more = pl.col("term") - pl.col("annual")
    blocks = block_money(tables).filter(
        more > PLACEHOLDER, pl.col("period_years").fill_null(0) < LONG_RUNNING_YEARS
    )
    money = mentioned_money(tables).select(*PROJECT, stated="amount", stated_half="own_half")
    fits = ((pl.col("stated") - pl.col("term")).abs() <= pl.col("stated_half")) | (
        (pl.col("stated") - more).abs() <= pl.col("stated_half")
    )
    told = blocks.join(money, on=PROJECT).group_by(PROJECT).agg(is_told=fits.any())
    elsewhere = (
        closing_totals(tables)
        .join(blocks, on=PROJECT)
        .filter(
            (_amount - pl.col("term")).abs() > pl.col("own_half"),
            (_amount - pl.col("annual")).abs() > pl.col("own_half"),
        )
        .select(PROJECT)
    )
    frame = (
        form_money(tables, Component.TERM)
        .join(blocks, on=PROJECT)
        .join(elsewhere, on=PROJECT, how="anti")
        .join(told, on=PROJECT, how="left")
    )
    is_told = pl.col("is_told")
    unknown = is_told.is_null() | (~is_told & pl.col("is_cut"))
    holds = pl.when(unknown).then(None).otherwise(is_told)
    return said(
        frame,
        holds,
        ("文字说明了实施期的资金", "the texts explain the money of the term"),
        (
            "实施期资金多于年度资金，文字没有说明多出的部分",
            "the term has more money than the year, and no text explains it",
        ),
        ("文字没有写明金额或没有印全", "the texts state no amount or break off"),
    )
