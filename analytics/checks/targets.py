"""The targets of projects: the two blocks side by side, and what a target may say."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among
from analytics.checks.projects import PROJECT, both_blocks, form_answers, forms, said
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.expressions import worded
from analytics.schema.vocabularies import (
    Comparator,
    IndicatorBlock,
    IndicatorKind,
    Outcome,
    Severity,
    Statement,
)

__all__ = ["cost_cap", "cost_kind", "output_operator", "same_targets"]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)


_CAPPED = [IndicatorKind.MONEY, IndicatorKind.UNIT_COST]
_UPPER = [Comparator.AT_MOST, Comparator.LESS_THAN]


def _targets(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """Targets under the name of their project and their own, in their places."""
    names = forms(tables).select("document_id", code="code", project_name="name")
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


_TARGET = ["document_id", "code", "target"]
_target_key = pl.concat_str(["code", "target"], separator="/")
_about_target = (worded("的“{}”", "target"), worded(", “{}”", "target"))


@rule(
    "F-COST-CAP",
    title=("年度成本指标不超过实施期成本指标", "The year's cost target is not above the term's"),
    equation="cost target of the year ≤ cost target of the term, of one name and unit",
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
    costs = _targets(tables, among(pl.col("kind"), _CAPPED), pl.col("value").is_not_null())
    of = [*_TARGET, "unit"]
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
        key=_target_key,
        about=_about_target,
        printed="value",
    )


@rule(
    "F-SAME-TARGETS",
    title=("资金较少的年度目标低于实施期目标", "Less money in the year means smaller targets"),
    equation="年度资金 < 实施期资金 ⇒ not every quantity of the year equals the term's",
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: the same output for part of the money needs an explanation",
    catalogue=("F8",),
    absent=Outcome.NOT_APPLICABLE,
)
def same_targets(tables: CanonicalTables) -> pl.LazyFrame:
    """Projects with less money in the year than in the term, and quantities in both blocks."""
    quantities = _targets(
        tables,
        pl.col("kind") == IndicatorKind.QUANTITY,
        pl.col("level2").str.contains("数量"),
        pl.col("value").is_not_null(),
    ).unique([*_TARGET, "part"], keep="first", maintain_order=True)
    whole = quantities.filter(pl.col("part") == IndicatorBlock.TERM).select(
        *_TARGET, term_value="value"
    )
    compared = (
        quantities.filter(pl.col("part") == IndicatorBlock.ANNUAL)
        .join(whole, on=_TARGET)
        .group_by(PROJECT)
        .agg(is_same=(pl.col("value") == pl.col("term_value")).all())
    )
    # One yuan in the term is a placeholder (F-PLACEHOLDER), not more money.
    less = pl.col("computed") - pl.col("amount_yuan") > pl.max_horizontal(pl.lit(1), "tolerance")
    return said(
        both_blocks(tables).filter(less).join(compared, on=PROJECT),
        ~pl.col("is_same"),
        ("年度目标与实施期目标不同", "the targets of the year differ from the term's"),
        (
            "年度资金少于实施期资金，而所有数量指标相同",
            "less money in the year than in the term, and every quantity the same",
        ),
    )


@rule(
    "F-OUTPUT-OPERATOR",
    title=("数量指标不设上限", "Output targets are no upper limits"),
    equation="a 数量指标 does not bind by ≤ or <",
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="performance rules: an output target is what must at least be reached",
    catalogue=("F11",),
)
def output_operator(tables: CanonicalTables) -> pl.LazyFrame:
    """Each quantity that stands under 数量指标, once for both blocks."""
    outputs = _targets(
        tables,
        pl.col("kind") == IndicatorKind.QUANTITY,
        pl.col("level2").str.contains("数量"),
    )
    capped = among(pl.col("comparator"), _UPPER).fill_null(False)
    frame = (
        outputs.with_columns(capped=capped)
        .sort("capped", descending=True, maintain_order=True)
        .unique(_TARGET, keep="first", maintain_order=True)
    )
    return said(
        frame,
        ~pl.col("capped"),
        ("不是上限", "is no upper limit"),
        ("数量指标写成了上限", "an output target is stated as an upper limit"),
        key=_target_key,
        about=_about_target,
        is_suspect="is_level_repaired",
    )


@rule(
    "F-COST-KIND",
    title=("成本指标写明金额", "Cost targets state an amount"),
    equation="a 成本指标 is an amount of money, a cost of one unit, or a rate",
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="performance rules: cost targets are to be measurable",
    catalogue=("F11",),
)
def cost_kind(tables: CanonicalTables) -> pl.LazyFrame:
    """Each target that stands under 成本指标, once for both blocks; blank ones are left out."""
    costs = _targets(
        tables, pl.col("level2").str.contains("成本"), pl.col("kind") != IndicatorKind.BLANK
    )
    measured = among(pl.col("kind"), [*_CAPPED, IndicatorKind.RATE])
    frame = (
        costs.with_columns(measured=measured)
        .sort("measured", maintain_order=True)
        .unique(_TARGET, keep="first", maintain_order=True)
    )
    return said(
        frame,
        pl.col("measured"),
        ("写明了金额", "states an amount"),
        ("成本指标没有写明金额", "a cost target states no amount"),
        key=_target_key,
        about=_about_target,
        is_suspect="is_level_repaired",
    )
