"""Costs and quantities of a project against its money, as intervals.

A target binds its number: ``2 元/平方米`` for ``≥50 万平方米`` costs a million or more, and
``≤3000 元/人/月`` for 10 people costs at most 360,000 a year. What the stated parts allow is an
interval, and only money outside it contradicts them.
"""

from __future__ import annotations

import math

import polars as pl

from analytics.checks.answers import among
from analytics.checks.projects import (
    LONG_RUNNING_YEARS,
    block_label,
    form_answers,
    form_money,
    forms,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation, with_number_texts
from analytics.expressions import worded
from analytics.schema.form_vocabularies import Comparator, IndicatorBlock, IndicatorKind
from analytics.schema.vocabularies import Component, Outcome, Severity, Statement

__all__ = ["cap_sum", "money_allowed"]

_PERIODS_A_YEAR = {"年": 1, "半年": 2, "学期": 2, "季度": 4, "月": 12, "周": 52}
_OF = ["document_id", "code", "part"]


def _low(value: pl.Expr, half: pl.Expr, comparator: pl.Expr) -> pl.Expr:
    """Smallest number a target allows; an upper limit allows nothing at all."""
    return (
        pl.when(among(comparator, [Comparator.AT_MOST, Comparator.LESS_THAN]))
        .then(0.0)
        .when(among(comparator, [Comparator.AT_LEAST, Comparator.MORE_THAN]))
        .then(value)
        .otherwise(value - half)
    )


def _high(value: pl.Expr, half: pl.Expr, comparator: pl.Expr) -> pl.Expr:
    """Largest number a target allows; a lower limit allows any."""
    return (
        pl.when(among(comparator, [Comparator.AT_LEAST, Comparator.MORE_THAN]))
        .then(math.inf)
        .when(among(comparator, [Comparator.AT_MOST, Comparator.LESS_THAN]))
        .then(value)
        .otherwise(value + half)
    )


def _ends(frame: pl.LazyFrame, prefix: str) -> pl.LazyFrame:
    """Add the interval of a target; whole numbers are exact."""
    value, step = pl.col("value").cast(pl.Float64), pl.col("value_step").cast(pl.Float64)
    # A whole number, of things or of 万元, is a limit that somebody set and no rounding.
    is_whole = ~pl.col("value_text").fill_null("").str.contains(r"\d[.．]\d")
    half = pl.when(is_whole).then(0.0).otherwise(step.fill_null(0.0) / 2)
    comparator = pl.col("comparator").fill_null(str(Comparator.EQUAL))
    return frame.with_columns(
        _low(value, pl.lit(0.0), comparator).alias(f"{prefix}_least"),
        _low(value, half, comparator).alias(f"{prefix}_low"),
        _high(value, half, comparator).alias(f"{prefix}_high"),
    )


def _parts(tables: CanonicalTables) -> pl.LazyFrame:
    """What each cost target lets a project cost: ``low``, ``high``, and whether it is known.

    ``least`` is ``low`` as printed, without the half steps that rounding may have taken.

    A unit cost is multiplied by its quantity and by the periods of a year; over a term of several
    years the periods are those of one year at least and of all at most. Without a quantity, or
    with a period that has no fixed number in a year, the part is not known.
    """
    years = forms(tables).select("document_id", "code", "period_years")
    costs = _ends(
        tables.indicators.filter(
            among(pl.col("kind"), [IndicatorKind.MONEY, IndicatorKind.UNIT_COST]),
            pl.col("level2").str.contains("成本"),
            pl.col("value").is_not_null(),
        ),
        "cost",
    )
    quantities = _ends(tables.indicators.filter(pl.col("value").is_not_null()), "quantity").select(
        "quantity_least", "quantity_low", "quantity_high", quantity_id="indicator_id"
    )
    is_unit = pl.col("kind") == IndicatorKind.UNIT_COST
    a_year = (
        pl.when(pl.col("per_period").is_null())
        .then(1)
        .otherwise(pl.col("per_period").replace_strict(_PERIODS_A_YEAR, default=None))
    )
    longest = (
        pl.when(
            (pl.col("part") == IndicatorBlock.TERM)
            & pl.col("per_period").is_not_null()
            & (pl.col("period_years") < LONG_RUNNING_YEARS)
        )
        .then("period_years")
        .otherwise(1)
    )
    known = ~is_unit | (pl.col("quantity_low").is_not_null() & a_year.is_not_null())
    low, least = (
        pl.col(f"cost_{end}")
        * pl.when(is_unit).then(pl.col(f"quantity_{end}") * a_year).otherwise(1.0)
        for end in ("low", "least")
    )
    high = pl.when(is_unit).then(pl.col("quantity_high") * a_year * longest).otherwise(1.0)
    # No limit on one side and zero on the other leaves the product open, not undefined.
    product = pl.col("cost_high") * high
    return (
        costs.rename({"block": "part", "project": "code"})
        .join(years, on=["document_id", "code"], how="left")
        .join(quantities, on="quantity_id", how="left")
        .with_columns(
            known=known,
            low=pl.when(known).then(low).otherwise(0.0),
            least=pl.when(known).then(least).otherwise(0.0),
            high=pl.when(known & product.is_not_nan()).then(product).otherwise(math.inf),
            step=pl.when((pl.col("value_step") < 1) & ~is_unit).then("value_step"),
        )
    )


@rule(
    "C-MONEY",
    title=("所列成本与数量同项目资金相容", "Stated costs and quantities allow the money"),
    equation="Σ unit cost × quantity × periods + Σ lump sums can equal the money of the project",
    why=(
        "成本标准和数量乘起来若超过项目的钱，或远远对不上，预算就不是按这些目标编出来的。",
        "If stated costs times quantities cannot make the money, the budget was not worked out from these targets.",
    ),
    family=Family.UNIT_COSTS,
    severity=Severity.WARNING,
    statements=(Statement.PERFORMANCE_FORM,),
    catalogue=("F7",),
    printed=("项目资金", "the money is"),
    computed=("所列成本合计至少", "the stated costs are at least"),
    relation=Relation.AT_LEAST,
)
def money_allowed(tables: CanonicalTables) -> pl.LazyFrame:
    """Each block of each form, its cost targets added up as an interval.

    ``fail`` where even the smallest cost is above the money: no missing part can mend that.
    ``insufficient`` where the largest cost is below the money less arrears of earlier years (not
    every part may be stated), where a unit cost has no quantity, or where the targets bind nothing.
    """
    parts = (
        _parts(tables)
        .group_by(_OF)
        .agg(
            low=pl.col("low").sum(),
            least=pl.col("least").sum(),
            high=pl.col("high").sum(),
            is_known=pl.col("known").all(),
            cost_step=pl.col("step").min(),
        )
    )
    printed = pl.concat(
        [
            form_money(tables, component).with_columns(part=pl.lit(str(component)))
            for component in (Component.TERM, Component.ANNUAL)
        ]
    )
    arrears = forms(tables).select("document_id", "code", "arrears_yuan")
    frame = (
        printed.join(parts, on=_OF, how="left")
        .join(arrears, on=["document_id", "code"], how="left")
        .with_columns(
            step=pl.coalesce("cost_step", "step"),
            top=pl.col("amount_yuan").cast(pl.Float64) + pl.col("half").cast(pl.Float64) + 0.005,
            available=(pl.col("amount_yuan") - pl.col("arrears_yuan").fill_null(0)).cast(pl.Float64)
            - pl.col("half").cast(pl.Float64)
            - 0.005,
        )
    )
    is_above = pl.col("low") > pl.col("top")
    is_below = pl.col("high") < pl.col("available")
    is_open = (pl.col("low") <= 0) & pl.col("high").is_infinite()
    unknown = pl.col("low").is_null() | ~pl.col("is_known") | is_open | is_below
    whole_yuan = pl.col("cost_step").is_null()
    numbers = {
        "money_text": pl.col("amount_yuan"),
        "low_text": pl.when(whole_yuan).then(pl.col("low").ceil()).otherwise("low"),
        # Where nothing is the most, no note says how much that is.
        "high_text": pl.when(pl.col("high").is_finite()).then(
            pl.when(whole_yuan).then(pl.col("high").floor()).otherwise("high")
        ),
    }
    frame = with_number_texts(frame, numbers, unit=pl.lit("元"), step=pl.col("step"))
    money, low, high = map(pl.col, numbers)
    spread = {
        "zh": pl.when(pl.col("high").is_infinite())
        .then(worded("不低于{}", low))
        .when(pl.col("low") <= 0)
        .then(worded("不超过{}", high))
        .otherwise(worded("{}至{}", low, high)),
        "en": pl.when(pl.col("high").is_infinite())
        .then(worded("at least {}", low))
        .when(pl.col("low") <= 0)
        .then(worded("at most {}", high))
        .otherwise(worded("{} to {}", low, high)),
    }
    note_zh = (
        pl.when(pl.col("low").is_null())
        .then(pl.lit("没有写明金额的成本指标"))
        .when(is_above)
        .then(None)
        .when(~pl.col("is_known"))
        .then(pl.lit("有单位成本找不到对应的数量，无法核验"))
        .when(is_open)
        .then(pl.lit("成本与数量的限定方向相反，任何金额都相容"))
        .when(is_below)
        .then(worded("项目资金{}，所列成本合计至多{}，成本指标可能没有列全", money, high))
        .otherwise(worded("项目资金{}，与所列成本合计（{}）相容", money, spread["zh"]))
    )
    note_en = (
        pl.when(pl.col("low").is_null())
        .then(pl.lit("no cost target states an amount"))
        .when(is_above)
        .then(None)
        .when(~pl.col("is_known"))
        .then(pl.lit("a unit cost has no quantity to go with"))
        .when(is_open)
        .then(pl.lit("cost and quantity bind in opposite directions and allow any amount"))
        .when(is_below)
        .then(
            worded(
                "the money is {} and the stated costs at most {}: some may not be stated",
                money,
                high,
            )
        )
        .otherwise(worded("the money of {} agrees with the stated costs ({})", money, spread["en"]))
    )
    return form_answers(
        frame,
        about=block_label("part"),
        key=worded("{}/{}", "code", "part"),
        computed=pl.when(is_above).then("least"),
        tolerance=pl.col("least") - pl.col("low"),
        outcome=pl.when(is_above)
        .then(pl.lit(str(Outcome.FAIL)))
        .when(unknown)
        .then(pl.lit(str(Outcome.INSUFFICIENT)))
        .otherwise(pl.lit(str(Outcome.PASS))),
        note_zh=note_zh,
        note_en=note_en,
    )


def _rounded_share() -> pl.Expr:
    """Which share of the upper end of a cost is the half step that rounding may have taken."""
    top, value = pl.col("cost_high"), pl.col("value").cast(pl.Float64)
    return pl.when(top > 0).then((top - value) / top).otherwise(0.0)


@rule(
    "C-CAP-SUM",
    title=("年度成本上限合计不超过年度资金", "The year's cost limits fit its money"),
    equation="Σ cost limits of the year, each times its quantity ≤ 年度资金总额",
    why=(
        "各项成本上限加起来超过当年资金，这些上限对当年不起约束作用。",
        "Limits that together exceed the year's money do not limit what the year can spend.",
    ),
    family=Family.UNIT_COSTS,
    severity=Severity.WARNING,
    statements=(Statement.PERFORMANCE_FORM,),
    catalogue=("F8",),
    printed=("年度资金", "the year's money is"),
    computed=("成本上限合计", "the limits make"),
    relation=Relation.AT_LEAST,
    absent=Outcome.NOT_APPLICABLE,
)
def cap_sum(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form with cost targets of the year; a cost without an upper end is left out.

    The finding stands at the largest limit. Not asked where the smallest costs already exceed the
    money (C-MONEY); a limit of the term of the same name that is lower counts instead
    (F-COST-CAP).
    """
    of = ["document_id", "code", "name"]
    parts = _parts(tables).filter(pl.col("high").is_finite())
    term = (
        parts.filter(pl.col("part") == IndicatorBlock.TERM)
        .group_by(of)
        .agg(term_high=pl.col("high").min())
    )
    annual = (
        parts.filter(pl.col("part") == IndicatorBlock.ANNUAL)
        .join(term, on=of, how="left")
        .with_columns(cap=pl.min_horizontal("high", "term_high"))
        .with_columns(rounded=pl.col("cap") * _rounded_share())
        .sort(-pl.col("cap"), "source_block", "row", "column")
        .group_by("document_id", "code", maintain_order=True)
        .agg(
            pl.col("page", "row", "column", "line").first(),
            block=pl.col("source_block").first(),
            computed=(pl.col("cap") - pl.col("rounded")).sum(),
            tolerance=pl.col("rounded").sum(),
            least=pl.col("low").sum(),
        )
    )
    names = forms(tables).select("document_id", "code", "name", "statement")
    money = form_money(tables, Component.ANNUAL).select(
        "document_id", "code", "amount_yuan", "half", "step", "unit_text"
    )
    frame = (
        annual.join(money, on=["document_id", "code"])
        .join(names, on=["document_id", "code"], how="left")
        .filter(pl.col("least") <= pl.col("amount_yuan").cast(pl.Float64) + 0.005)
    )
    return form_answers(frame)
