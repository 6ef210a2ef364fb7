"""How far an agency's accounts lie from its original budgets: PEFA indicators PI-1 and PI-2."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.analysis.execution import execution_lines
from analytics.analysis.frames import Frame, as_lazy, ratio, result_of
from analytics.analysis.witnesses import facts_of, is_published
from analytics.errors import InputError
from analytics.schema.results import Credibility, CredibilityScores
from analytics.schema.stage_vocabularies import (
    CredibilityIndicator,
    CredibilityScore,
    MeasureState,
    SideComparability,
)
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Stage,
    Statement,
)

__all__ = ["credibility", "credibility_scores"]

_OWNER = ("agency_id", "scope")
_TOTALS = (
    (Statement.EXPENDITURE_SUMMARY, Fund.ALL, LineCode.TOTAL),
    (Statement.BUDGET_SUMMARY, Fund.ALL, LineCode.CURRENT_TOTAL),
    (Statement.FISCAL_APPROPRIATION_EXPENDITURE, Fund.FISCAL_APPROPRIATION, LineCode.TOTAL),
    (Statement.GENERAL_PUBLIC_EXPENDITURE, Fund.GENERAL_PUBLIC, LineCode.TOTAL),
)
"""Spending of the year, without what is carried to the next one; the widest first."""
_FUNCTIONS = tuple((statement, fund) for statement, fund, _ in _TOTALS)
_ECONOMIC = (
    (Statement.FISCAL_BASIC_EXPENDITURE, Fund.FISCAL_APPROPRIATION),
    (Statement.BASIC_EXPENDITURE, Fund.GENERAL_PUBLIC),
)
_CONTINGENCY = "预备费|机动经费|预留"
_CONTINGENCY_CODE = "227"
_INTEREST_CODE = "232"
_MEASURES = ("budget_yuan", "final_yuan", "left_out_yuan", "outturn_share", "variance_share")
_YEARS = 3
_ENOUGH = 2
_BOUNDS = {
    CredibilityScore.A: (0.05, 0.05),
    CredibilityScore.B: (0.10, 0.10),
    CredibilityScore.C: (0.15, 0.15),
}
_ROUNDING = 1e-12  # the last digits of a float are not a deviation
_UNUSABLE = (SideComparability.SOURCES_DIFFER, SideComparability.CODE_UNCERTAIN)
_NO_PAIR = (
    "该年没有可比的年初预算和决算",
    "no original budget and final of the year that can be compared",
)
_UNSURE = (
    "分类中有的数不可比、互相矛盾或不详",
    "some of the lines cannot be compared, contradict each other or are not known",
)
_FEW_YEARS = ("评分需要连续三年的数据", "a score needs three years in a row")


def credibility(
    facts: Frame, *, years: Sequence[int] | None = None, scope: str | None = None
) -> pl.DataFrame:
    """Measure by year how far the final accounts lie from the original budgets.

    The measures of the PEFA framework (Framework for assessing public financial management, 2016),
    taken from a government to one agency. Adjusted budgets are never used.

    Grain: one row for an indicator, agency, scope and year:

    - ``pi_1``: ``outturn_share`` = A / B, spending of the year over what was budgeted. Of the
      totals that are published on both sides, the same one in all years: all funds (the statement
      of expenditure, else 本年支出合计 of the summary), else fiscal appropriation, else the
      general public budget; ``statement`` and ``fund`` say which.
    - ``pi_2_1``: ``variance_share`` = Σ|a − b′| / Σb′ with b′ = b · ΣA / ΣB, over the classes of
      functions (three digits), contingency (227 预备费 and lines that are called so) and interest
      (232 债务付息支出) left out.
    - ``pi_2_2``: the same over the economic classes (three digits), contingency left out, interest
      not. Agencies publish them of basic expenditure only; that is what it covers.

    A class that only one of the two lists has 0 in the other. ``item_count`` says how many went in,
    ``left_out_yuan`` the budget of those left out. A year in which a line cannot be compared, or is
    not known, has no measure; ``measure_state`` and ``reason`` say so.

    Args:
        facts: The canonical facts, budgets and final accounts.
        years: The years, such as ``[2018, 2019, 2020]``; without them the last three that end with
            the agency's latest final accounts.
        scope: ``department`` or ``unit``; ``None`` for both, each by itself.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Credibility`, sorted by its key.
        :func:`credibility_scores` gives the scores.

    Raises:
        InputError: Not a table of facts, money as float, no such scope, or ``years`` is empty.

    Examples:
        With three years of a library's budgets and final accounts:

        >>> import analytics
        >>> rows = analytics.credibility(years, years=[2018, 2019, 2020])
        >>> totals = rows.filter(credibility_indicator="pi_1")
        >>> totals.select("fiscal_year", "budget_yuan", "final_yuan", "outturn_share")
        shape: (3, 4)
        ┌─────────────┬───────────────┬───────────────┬───────────────┐
        │ fiscal_year ┆ budget_yuan   ┆ final_yuan    ┆ outturn_share │
        │ ---         ┆ ---           ┆ ---           ┆ ---           │
        │ i16         ┆ decimal[18,2] ┆ decimal[18,2] ┆ f64           │
        ╞═════════════╪═══════════════╪═══════════════╪═══════════════╡
        │ 2018        ┆ 4000000.00    ┆ 3920000.00    ┆ 0.98          │
        │ 2019        ┆ 4300000.00    ┆ 4515000.00    ┆ 1.05          │
        │ 2020        ┆ 4100000.00    ┆ 3895000.00    ┆ 0.95          │
        └─────────────┴───────────────┴───────────────┴───────────────┘
        >>> rows.filter(credibility_indicator="pi_2_1")["variance_share"].round(4).to_list()
        [0.0, 0.0093, 0.0116]
    """
    if years is not None and not years:
        raise InputError("no years", hint="name them, or leave years out for the last three")
    selected = facts_of(facts, stage=None, scope=scope)
    grid = _grid(selected, years).cache()
    classifications = [Classification.FUNCTION, Classification.ECONOMIC_DEPARTMENT]
    lines = execution_lines(
        selected.filter(
            pl.col("flow") == str(Flow.EXPENDITURE),
            pl.col("component") == str(Component.TOTAL),
            pl.col("classification").is_in([str(value) for value in classifications]),
        ).join(grid, on=[*_OWNER, "fiscal_year"], how="semi")
    ).cache()
    measured = pl.concat(
        [
            _best(_outturns(lines)),
            _best(_variances(lines, CredibilityIndicator.FUNCTION_COMPOSITION)),
            _best(_variances(lines, CredibilityIndicator.ECONOMIC_COMPOSITION)),
        ],
        how="diagonal_relaxed",
    )
    indicators = pl.LazyFrame({"credibility_indicator": [str(i) for i in CredibilityIndicator]})
    key = [*_OWNER, "credibility_indicator", "fiscal_year"]
    is_found, is_sound = pl.col("is_sound").is_not_null(), pl.col("is_sound").fill_null(value=False)
    rows = (
        grid.join(indicators, how="cross")
        .join(measured, on=key, how="left")
        .with_columns(
            pl.col("item_count").fill_null(0),
            measure_state=pl.when(is_sound)
            .then(pl.lit(str(MeasureState.MEASURED)))
            .otherwise(pl.lit(str(MeasureState.INSUFFICIENT))),
            **{
                name: pl.when(~is_found)
                .then(pl.lit(_NO_PAIR[place]))
                .when(~is_sound)
                .then(pl.lit(_UNSURE[place]))
                for place, name in enumerate(("reason", "reason_en"))
            },
            **{name: pl.when(is_sound).then(name) for name in _MEASURES},
        )
    )
    return result_of(rows, Credibility, order=key)


def credibility_scores(measures: Frame) -> pl.DataFrame:
    """Score the measures of three years in a row as the PEFA framework does.

    Grain: one row for an indicator of an agency and scope; of more than three years the last three
    are scored. A if at least two of the three years lie within the bound of A, else B, else C,
    else D. ``pi_1``: A between 95 and 105 %, B 90 and 110 %, C 85 and 115 %, bounds included.
    ``pi_2_1``, ``pi_2_2``: A below 5 %, B below 10 %, C below 15 %.

    With fewer than three measured years there is no score, and ``measure_state`` is
    ``insufficient``; the measures of the single years stand nevertheless.

    Args:
        measures: What :func:`credibility` returned.

    Returns:
        A frame that meets :class:`~analytics.schema.results.CredibilityScores`, sorted by its key.

    Raises:
        InputError: Not a result of :func:`credibility`.

    Examples:
        With three years of a library's budgets and final accounts:

        >>> import analytics
        >>> measures = analytics.credibility(years, years=[2018, 2019, 2020])
        >>> scores = analytics.credibility_scores(measures)
        >>> scores.select("credibility_indicator", "measured_year_count", "score").rows()
        [('pi_1', 3, 'A'), ('pi_2_1', 3, 'A'), ('pi_2_2', 0, None)]
    """
    columns = (
        *_OWNER,
        "credibility_indicator",
        "fiscal_year",
        "outturn_share",
        "variance_share",
    )
    key = [*_OWNER, "credibility_indicator"]
    year = pl.col("fiscal_year")
    distance = (pl.col("outturn_share") - 1).abs()
    rows = as_lazy(measures, table="credibility", columns=columns).filter(
        year > year.max().over(key) - _YEARS
    )
    counts = rows.group_by(key).agg(
        first_year=year.min(),
        last_year=year.max(),
        year_count=pl.len(),
        measured_year_count=pl.coalesce("outturn_share", "variance_share").count(),
        **{
            f"within_{score.lower()}_count": (
                (distance <= total + _ROUNDING) | (pl.col("variance_share") < mix - _ROUNDING)
            ).sum()
            for score, (total, mix) in _BOUNDS.items()
        },
    )
    is_measured = pl.col("measured_year_count") == _YEARS
    score = pl.coalesce(
        *(
            pl.when(pl.col(f"within_{score.lower()}_count") >= _ENOUGH).then(pl.lit(str(score)))
            for score in _BOUNDS
        ),
        pl.lit(str(CredibilityScore.D)),
    )
    scored = counts.with_columns(
        score=pl.when(is_measured).then(score),
        measure_state=pl.when(is_measured)
        .then(pl.lit(str(MeasureState.MEASURED)))
        .otherwise(pl.lit(str(MeasureState.INSUFFICIENT))),
        reason=pl.when(~is_measured).then(pl.lit(_FEW_YEARS[0])),
        reason_en=pl.when(~is_measured).then(pl.lit(_FEW_YEARS[1])),
    )
    return result_of(scored, CredibilityScores, order=key)


def _grid(facts: pl.LazyFrame, years: Sequence[int] | None) -> pl.LazyFrame:
    """Every agency and scope with the years to measure."""
    published = facts.filter(is_published())
    if years is not None:
        asked = pl.LazyFrame({"fiscal_year": sorted(set(years))}, schema={"fiscal_year": pl.Int16})
        return published.select(_OWNER).unique().join(asked, how="cross")
    return (
        published.filter(pl.col("stage") == str(Stage.FINAL))
        .group_by(_OWNER)
        .agg(pl.col("fiscal_year").max())
        .with_columns(
            pl.concat_list(pl.col("fiscal_year") - back for back in range(_YEARS)).alias(
                "fiscal_year"
            )
        )
        .explode("fiscal_year")
    )


def _listed_in(sets: Sequence[tuple[str, ...]], names: Sequence[str]) -> pl.LazyFrame:
    """The lines that may be measured, each set with its rank."""
    rows = [dict(zip(names, map(str, one), strict=True)) for one in sets]
    return pl.LazyFrame(rows).with_row_index("_rank")


def _is_sound() -> pl.Expr:
    unusable = [str(value) for value in _UNUSABLE]
    return pl.col("is_known") & ~pl.col("side_comparability").is_in(unusable)


def _outturns(lines: pl.LazyFrame) -> pl.LazyFrame:
    """PI-1 of each total of spending there is."""
    names = ("statement", "fund", "code")
    return (
        lines.filter(pl.col("classification") == str(Classification.FUNCTION))
        .join(_listed_in(_TOTALS, names), on=names, how="inner")
        .filter(pl.col("first") > 0)
        .select(
            *_OWNER,
            "fiscal_year",
            "statement",
            "fund",
            "_rank",
            credibility_indicator=pl.lit(str(CredibilityIndicator.AGGREGATE_OUTTURN)),
            budget_yuan="first",
            final_yuan="second",
            item_count=pl.lit(1),
            is_sound=_is_sound(),
            outturn_share=ratio(pl.col("second"), pl.col("first")),
        )
    )


def _variances(lines: pl.LazyFrame, indicator: CredibilityIndicator) -> pl.LazyFrame:
    """PI-2 of each statement that lists the classes."""
    is_function = indicator == CredibilityIndicator.FUNCTION_COMPOSITION
    sets = _FUNCTIONS if is_function else _ECONOMIC
    classification = Classification.FUNCTION if is_function else Classification.ECONOMIC_DEPARTMENT
    left_out = pl.col("name").str.contains(_CONTINGENCY)
    if is_function:
        left_out = left_out | pl.col("code").is_in([_CONTINGENCY_CODE, _INTEREST_CODE])
    counted = ~pl.col("_left_out")
    names = ("statement", "fund")
    group = [*_OWNER, "fiscal_year", *names, "_rank"]
    budget, final = (
        pl.when(counted).then(pl.col(name).cast(pl.Float64)) for name in ("first", "second")
    )
    return (
        lines.filter(
            pl.col("classification") == str(classification),
            pl.col("code").str.contains(r"^\d{3}$"),
        )
        .join(_listed_in(sets, names), on=names, how="inner")
        .with_columns(_left_out=left_out, _sound=_is_sound())
        .with_columns(_budget=budget, _final=final)
        .with_columns(
            _scaled=pl.col("_budget")
            * ratio(pl.col("_final").sum().over(group), pl.col("_budget").sum().over(group))
        )
        .group_by(group)
        .agg(
            budget_yuan=pl.col("first").filter(counted).sum(),
            final_yuan=pl.col("second").filter(counted).sum(),
            left_out_yuan=pl.col("first").filter(~counted).sum(),
            item_count=counted.sum(),
            is_sound=pl.col("_sound").filter(counted).all() & (pl.col("_budget").sum() > 0),
            variance_share=ratio(
                (pl.col("_final") - pl.col("_scaled")).abs().sum(), pl.col("_scaled").sum()
            ),
        )
        .with_columns(credibility_indicator=pl.lit(str(indicator)))
    )


def _best(measures: pl.LazyFrame) -> pl.LazyFrame:
    """Keep for each agency the statement that is sound in most years, the widest one of equals."""
    group = [*_OWNER, "_rank"]
    years = measures.group_by(group).agg(_sound=pl.col("is_sound").sum())
    best = (
        years.sort("_sound", "_rank", descending=[True, False])
        .unique(_OWNER, keep="first", maintain_order=True)
        .select(group)
    )
    return measures.join(best, on=group, how="semi").drop("_rank")
