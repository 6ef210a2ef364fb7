"""What one unit of each project costs: stated, and implied by the money."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, place_text, ratio, result_of
from analytics.schema.form_vocabularies import Comparator, IndicatorBlock, IndicatorKind
from analytics.schema.results import UnitCosts
from analytics.schema.vocabularies import Statement

__all__ = ["unit_costs"]

_INDICATOR = (
    "indicator_id",
    "document_id",
    "project",
    "agency_id",
    "fiscal_year",
    "block",
    "level2",
    "name",
    "value_text",
    "comparator",
    "value",
    "unit",
    "per_unit",
    "per_period",
    "kind",
    "quantity_id",
    "quantity_basis",
    "page",
    "source_block",
    "row",
    "column",
    "line",
)
_PROJECT = (
    "document_id",
    "project",
    "period_years",
    "term_total_yuan",
    "annual_total_yuan",
    "arrears_yuan",
)
_PERIODS_A_YEAR = {"年": 1, "半年": 2, "季": 4, "季度": 4, "月": 12, "周": 52}
_LONGEST_TERM = 10
"""Years; a longer project period ("99年") says that the work goes on, not for how long."""

_EXACT = pl.Decimal(38, 8)
_UPWARD = [str(Comparator.AT_LEAST), str(Comparator.MORE_THAN)]
_DOWNWARD = [str(Comparator.AT_MOST), str(Comparator.LESS_THAN)]


def unit_costs(projects: Frame, indicators: Frame) -> pl.DataFrame:
    """Set each stated cost of a project against its quantity and against the project's money.

    Grain: one row a cost target (an indicator of the kind ``unit_cost`` or ``money`` in the
    category 成本指标) of a block: ``annual`` for the year, ``term`` for the whole project. A cost
    for a whole has no quantity and counts once.

    - ``period_count`` = periods in a year (月 12, 季度 4, 周 52, 年 1) × years of the block; a cost
      without a period counts once, one per day has no count: how many days is not stated. The
      years of a term block are those of the project, or 1 where the printed length is longer than
      ten years: such a form repeats the year's money as that of the term.
    - ``costed_yuan`` = cost × quantity × periods. Its interval follows from how the targets bind:
      a cost or a quantity "at least" leaves the upper end open (null), "at most" the lower one;
      a target without a comparator is exact.
    - ``available_yuan`` = money of the block − arrears of earlier years, which the year pays
      without getting anything for it. Arrears stand in the year's money, and in that of the term
      where it is the same amount. A cost target that states the arrears themselves is compared
      with nothing.
    - ``costed_share`` = costed / available; null unless available > 0.
    - implied unit cost = available / (quantity × periods), as an interval: with "at least" this
      many units one of them costs at most that (lower end null), with "at most" at least that.
      Where the money pays for other costs of the form as well, it is an upper end only.

    Args:
        projects: The canonical projects.
        indicators: The canonical indicators; ``value`` in yuan and plain units.

    Returns:
        A frame that meets :class:`~analytics.schema.results.UnitCosts`, sorted by document,
        project, block and place; ``reason`` says why a figure is null or has only one end.

    Raises:
        InputError: Not tables of projects and indicators, or money as float.

    Examples:
        With a panel of one disclosure. At least 24,000 books at 55 yuan are a tenth more than the
        money: one of them may cost 50 yuan at most.

        >>> import analytics
        >>> costs = analytics.unit_costs(panel.projects, panel.indicators)
        >>> books = costs.filter(block="annual", project="购书经费")
        >>> books.select("unit_cost_text", "quantity_text", "costed_yuan", "available_yuan")
        shape: (1, 4)
        ┌────────────────┬───────────────┬───────────────┬────────────────┐
        │ unit_cost_text ┆ quantity_text ┆ costed_yuan   ┆ available_yuan │
        │ ---            ┆ ---           ┆ ---           ┆ ---            │
        │ str            ┆ str           ┆ decimal[18,2] ┆ decimal[18,2]  │
        ╞════════════════╪═══════════════╪═══════════════╪════════════════╡
        │ 55元/册        ┆ ≥24000册      ┆ 1320000.00    ┆ 1200000.00     │
        └────────────────┴───────────────┴───────────────┴────────────────┘
        >>> books["costed_share"].item()
        1.1
        >>> books["implied_low_yuan_per_unit"].item(), books["implied_high_yuan_per_unit"].item()
        (None, Decimal('50.00000000'))
    """
    targets = as_lazy(indicators, table="indicators", columns=_INDICATOR)
    forms = as_lazy(projects, table="projects", columns=_PROJECT)
    quantities = targets.select(
        "document_id",
        quantity_id="indicator_id",
        quantity_name="name",
        quantity_text="value_text",
        quantity_comparator="comparator",
        quantity="value",
        _quantity_unit="unit",
    )
    costs = (
        targets.filter(_is_cost(), pl.col("value").is_not_null())
        .with_columns(quantity_id=pl.when(_is_per_unit()).then("quantity_id"))
        .join(quantities, on=["document_id", "quantity_id"], how="left")
        .join(forms, on=["document_id", "project"], how="left")
    )
    rows = _explained(_implied(_costed(_money(_periods(costs)))))
    form = pl.lit(str(Statement.PERFORMANCE_FORM))
    return result_of(
        rows.with_columns(statement=form).with_columns(source=place_text(block="source_block")),
        UnitCosts,
        order=["document_id", "project", "block", "source_block", "row", "column", "indicator_id"],
    )


def _is_cost() -> pl.Expr:
    is_in_costs = pl.col("level2").str.contains("成本")
    is_unit_cost = pl.col("kind") == str(IndicatorKind.UNIT_COST)
    is_money = pl.col("kind") == str(IndicatorKind.MONEY)
    return (is_in_costs & (is_unit_cost | is_money)) | (pl.col("level2").is_null() & is_unit_cost)


def _is_per_unit() -> pl.Expr:
    return pl.col("per_unit").is_not_null() | (
        (pl.col("kind") == str(IndicatorKind.UNIT_COST)) & pl.col("quantity_id").is_not_null()
    )


def _periods(costs: pl.LazyFrame) -> pl.LazyFrame:
    is_term = pl.col("block") == str(IndicatorBlock.TERM)
    years = (
        pl.when(is_term & pl.col("period_years").is_between(1, _LONGEST_TERM))
        .then("period_years")
        .otherwise(1)
    )
    in_a_year = pl.col("per_period").replace_strict(
        _PERIODS_A_YEAR, default=None, return_dtype=pl.Int32
    )
    return costs.with_columns(
        period_count=pl.when(pl.col("per_period").is_null()).then(1).otherwise(in_a_year * years)
    )


def _money(costs: pl.LazyFrame) -> pl.LazyFrame:
    """Money of the block, and what of it pays for this year's units."""
    is_annual = pl.col("block") == str(IndicatorBlock.ANNUAL)
    money = pl.when(is_annual).then("annual_total_yuan").otherwise("term_total_yuan")
    holds_arrears = is_annual | (pl.col("term_total_yuan") == pl.col("annual_total_yuan"))
    is_arrears = (
        (pl.col("kind") == str(IndicatorKind.MONEY))
        & (pl.col("value") == pl.col("arrears_yuan").cast(pl.Decimal(28, 8)))
    ).fill_null(value=False)
    left = pl.col("money_yuan") - pl.col("arrears_yuan").fill_null(0)
    return (
        costs.with_columns(
            money_yuan=money,
            arrears_yuan=pl.when(holds_arrears).then("arrears_yuan"),
            _is_arrears=is_arrears & holds_arrears,
        )
        .with_columns(available_yuan=pl.when(~pl.col("_is_arrears") & (left >= 0)).then(left))
        .with_columns(
            _is_shared=(~pl.col("_is_arrears")).sum().over("document_id", "project", "block") > 1
        )
    )


def _binds(column: str, comparators: list[str]) -> pl.Expr:
    return pl.col(column).is_in(comparators).fill_null(value=False)


def _costed(costs: pl.LazyFrame) -> pl.LazyFrame:
    """Stated cost × quantity × periods, and the ends that the targets leave."""
    units = pl.when(_is_per_unit()).then(pl.col("quantity")).otherwise(1).cast(_EXACT)
    is_at_most = _binds("comparator", _DOWNWARD) | _binds("quantity_comparator", _DOWNWARD)
    is_at_least = _binds("comparator", _UPWARD) | _binds("quantity_comparator", _UPWARD)
    costed = pl.col("costed_yuan")
    return (
        costs.with_columns(_units=units * pl.col("period_count").cast(_EXACT))
        .with_columns(costed_yuan=pl.col("value").cast(_EXACT) * pl.col("_units"))
        .with_columns(
            costed_low_yuan=pl.when(~is_at_most).then(costed),
            costed_high_yuan=pl.when(~is_at_least).then(costed),
            costed_share=ratio(costed, pl.col("available_yuan")),
        )
    )


def _implied(costs: pl.LazyFrame) -> pl.LazyFrame:
    """Money ÷ quantity, and the ends that the quantity leaves."""
    units = pl.when(pl.col("quantity").is_not_null() & (pl.col("_units") > 0)).then("_units")
    implied = pl.col("available_yuan").cast(_EXACT) / units
    is_floor = _binds("quantity_comparator", _DOWNWARD)
    is_ceiling = _binds("quantity_comparator", _UPWARD) | pl.col("_is_shared")
    return costs.with_columns(
        implied_low_yuan_per_unit=pl.when(~is_ceiling).then(implied),
        implied_high_yuan_per_unit=pl.when(~is_floor).then(implied),
    )


def _explained(costs: pl.LazyFrame) -> pl.LazyFrame:
    """Name the columns as the result does, and say why a figure is missing or one-sided."""
    has_quantity = pl.col("quantity").is_not_null()
    unit_differs = (pl.col("_quantity_unit") != pl.col("per_unit")).fill_null(value=False)
    grounds = (
        (pl.col("money_yuan").is_null(), "表中未列资金", "the form states no money"),
        (pl.col("period_count").is_null(), "计价期数未列明", "the number of periods is not stated"),
        (
            _is_per_unit() & ~has_quantity,
            "没有与成本对应的数量指标",
            "no quantity target belongs to the cost",
        ),
        (
            pl.col("_is_arrears"),
            "该项即以前年度欠付，不作比较",
            "states the arrears of earlier years: compared with nothing",
        ),
        (
            pl.col("arrears_yuan") > pl.col("money_yuan"),
            "以前年度欠付大于项目资金",
            "the arrears are larger than the money",
        ),
        (unit_differs, "数量与成本的单位不同", "quantity and cost are in different units"),
        (
            has_quantity & pl.col("_is_shared"),
            "项目资金还用于其他成本，隐含单位成本只有上限",
            "the money pays for other costs too: the implied cost is an upper end",
        ),
    )
    return costs.with_columns(
        unit_cost_text=pl.col("value_text").fill_null(""),
        cost_comparator="comparator",
        unit_cost_yuan_per_unit="value",
        reason=pl.coalesce(pl.when(holds).then(pl.lit(zh)) for holds, zh, _ in grounds),
        reason_en=pl.coalesce(pl.when(holds).then(pl.lit(en)) for holds, _, en in grounds),
    )
