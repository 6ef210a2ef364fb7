"""The targets of projects: the two blocks side by side, and what a target may say."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among
from analytics.checks.projects import (
    PROJECT,
    both_blocks,
    form_answers,
    named_together,
    said,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.expressions import worded
from analytics.schema.form_vocabularies import Comparator, IndicatorBlock, IndicatorKind
from analytics.schema.vocabularies import Outcome, Severity, Statement

__all__ = [
    "ABOUT_TARGET",
    "TARGET",
    "TARGET_KEY",
    "cost_cap",
    "cost_kind",
    "output_operator",
    "same_targets",
    "targets",
]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)


_CAPPED = [IndicatorKind.MONEY, IndicatorKind.UNIT_COST]
_CLEARLY_LESS = 2 / 3
"""The share of the term's money up to which the year is clearly a part of it."""
_UPPER = [Comparator.AT_MOST, Comparator.LESS_THAN]


TARGET = ["document_id", "code", "target"]
"""What identifies a target, whichever block states it."""

TARGET_KEY = pl.concat_str(["code", "target"], separator="/")
"""The key of an answer about a target."""

ABOUT_TARGET = (worded("的“{}”", "target"), worded(", “{}”", "target"))
"""A target behind the name of its project, in Chinese and English."""


def targets(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """Targets under the name of their project and their own, in their places.

    Adds ``part`` (the block of the form: term or annual), ``code`` and ``name`` of the project,
    ``target`` (the target's own name) and ``filled_on``.

    Args:
        tables: The canonical tables.
        conditions: Which targets are taken, in the columns of ``indicators``.
    """
    names = tables.projects.select("document_id", "filled_on", code="project", project_name="name")
    return (
        tables.indicators.filter(*conditions)
        .rename({"block": "part", "source_block": "block", "project": "code"})
        .join(names, on=PROJECT, how="left")
        .with_columns(
            target="name",
            name=pl.coalesce("project_name", "code"),
            statement=pl.lit(str(Statement.PERFORMANCE_FORM)),
        )
        .sort("document_id", "block", "row", "column")
    )


@rule(
    "F-COST-CAP",
    title=("年度成本指标不超过实施期成本指标", "The year's cost target is not above the term's"),
    equation="cost target of the year ≤ cost target of the term, of one name and unit",
    why=(
        "当年的成本上限高于全期，说明至少一个数填错了。",
        "A cap for one year above that of the whole term means that one of them is wrong.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    catalogue=("F8",),
    printed=("年度指标", "the year's target is"),
    computed=("实施期指标", "the term's"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def cost_cap(tables: CanonicalTables) -> pl.LazyFrame:
    """Targets of money and of unit cost that both blocks state under one name."""
    costs = targets(tables, among(pl.col("kind"), _CAPPED), pl.col("value").is_not_null())
    of = [*TARGET, "unit"]
    by_part = costs.unique([*of, "part"], keep="first", maintain_order=True)
    whole = by_part.filter(pl.col("part") == IndicatorBlock.TERM).select(
        *of, computed="value", other="value_step"
    )
    frame = by_part.filter(pl.col("part") == IndicatorBlock.ANNUAL).join(whole, on=of)
    return form_answers(
        frame.with_columns(
            tolerance=pl.lit(0),
            step=pl.min_horizontal("value_step", "other"),
            unit_text="unit",
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        printed="value",
    )


@rule(
    "F-SAME-TARGETS",
    title=("资金较少的年度目标低于实施期目标", "Less money in the year means smaller targets"),
    equation="年度资金 < 实施期资金 ⇒ not every quantity of the year equals the term's",
    why=(
        "钱少了产出却不变，需要说明当年的钱究竟办哪些事。",
        "The same output for part of the money needs a word on what this year pays for.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: the same output for part of the money needs an explanation",
    catalogue=("F8",),
    absent=Outcome.NOT_APPLICABLE,
)
def same_targets(tables: CanonicalTables) -> pl.LazyFrame:
    """Projects with less money in the year than in the term, and quantities in both blocks.

    Projects whose year has more than two thirds of the term's money are named together in one
    answer for the document: the rest may be a last instalment, which needs no other targets.
    """
    quantities = targets(
        tables,
        pl.col("kind") == IndicatorKind.QUANTITY,
        pl.col("level2").str.contains("数量"),
        pl.col("value").is_not_null(),
    ).unique([*TARGET, "part"], keep="first", maintain_order=True)
    whole = quantities.filter(pl.col("part") == IndicatorBlock.TERM).select(
        *TARGET, term_value="value"
    )
    compared = (
        quantities.filter(pl.col("part") == IndicatorBlock.ANNUAL)
        .join(whole, on=TARGET)
        .group_by(PROJECT)
        .agg(is_same=(pl.col("value") == pl.col("term_value")).all())
    )
    # One yuan in the term is a placeholder (F-PLACEHOLDER), not more money.
    less = pl.col("computed") - pl.col("amount_yuan") > pl.max_horizontal(pl.lit(1), "tolerance")
    share = pl.col("amount_yuan").cast(pl.Float64) / pl.col("computed").cast(pl.Float64)
    projects = (
        both_blocks(tables)
        .filter(less)
        .join(compared, on=PROJECT)
        .with_columns(
            is_weak=pl.col("is_same") & (share > _CLEARLY_LESS),
        )
    )
    return said(
        named_together(projects, pl.col("is_weak")),
        ~pl.col("is_same"),
        ("年度目标与实施期目标不同", "the targets of the year differ from the term's"),
        (
            "年度资金少于实施期资金，而所有数量指标相同",
            "less money in the year than in the term, and every quantity the same",
        ),
        key=pl.col("key"),
    )


@rule(
    "F-OUTPUT-OPERATOR",
    title=("数量指标不设上限", "Output targets are no upper limits"),
    equation="a 数量指标 does not bind by ≤ or <",
    why=(
        "产出设了上限，不做也算完成。",
        "Under an upper limit, doing nothing at all would meet the target.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="performance rules: an output target is what must at least be reached",
    catalogue=("F11",),
)
def output_operator(tables: CanonicalTables) -> pl.LazyFrame:
    """Each quantity that stands under 数量指标, once for both blocks."""
    outputs = targets(
        tables,
        pl.col("kind") == IndicatorKind.QUANTITY,
        pl.col("level2").str.contains("数量"),
    )
    capped = among(pl.col("comparator"), _UPPER).fill_null(False)
    frame = (
        outputs.with_columns(capped=capped)
        .sort("capped", descending=True, maintain_order=True)
        .unique(TARGET, keep="first", maintain_order=True)
    )
    return said(
        frame,
        ~pl.col("capped"),
        ("不是上限", "is no upper limit"),
        ("数量指标写成了上限", "an output target is stated as an upper limit"),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        is_suspect="is_level_repaired",
    )


@rule(
    "F-COST-KIND",
    title=("成本指标写明金额", "Cost targets state an amount"),
    equation="a 成本指标 is an amount of money, a cost of one unit, or a rate",
    why=(
        "成本指标没有金额，就无法控制成本。",
        "A cost target without an amount keeps no cost in bounds.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="performance rules: cost targets are to be measurable",
    catalogue=("F11",),
)
def cost_kind(tables: CanonicalTables) -> pl.LazyFrame:
    """Each target that stands under 成本指标, once for both blocks; blank ones are left out."""
    costs = targets(
        tables, pl.col("level2").str.contains("成本"), pl.col("kind") != IndicatorKind.BLANK
    )
    measured = among(pl.col("kind"), [*_CAPPED, IndicatorKind.RATE])
    frame = (
        costs.with_columns(measured=measured)
        .sort("measured", maintain_order=True)
        .unique(TARGET, keep="first", maintain_order=True)
    )
    return said(
        frame,
        pl.col("measured"),
        ("写明了金额", "states an amount"),
        ("成本指标没有写明金额", "a cost target states no amount"),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        is_suspect="is_level_repaired",
    )
