"""How fast a line grows within many agencies, taken together."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, ratio, result_of
from analytics.analysis.intervals import check_confidence, t_quantile
from analytics.analysis.witnesses import LINE
from analytics.errors import InputError
from analytics.expressions import worded
from analytics.schema.results import PooledGrowth
from analytics.schema.trend_vocabularies import Assumption, TrendStatus

__all__ = ["pooled_growth", "pooled_model"]

_KIND = [name for name in LINE if name != "agency_id"]
_COLUMNS = ("line_key", *LINE, "name", "fiscal_year", "amount_yuan", "is_break")
_AGENCIES = 30  # with fewer clusters the standard error is too small, and by how much is not known
_EXACT = 1e-9
_TOO_FEW = (
    "可用的单位有{}个，至少要{}个",
    "agencies that can be used: {}; it takes {}",
)
_NO_ERROR = (
    "所有单位逐年增长率相同，无从估计误差",
    "all agencies grew alike every year: there is no error to estimate an interval from",
)


def pooled_growth(
    rows: Frame, *, confidence: float = 0.95, least_agencies: int = _AGENCIES
) -> pl.DataFrame:
    """Estimate how fast a line grows within agencies: fixed effects, errors clustered by agency.

    Grain: one row a line of the same stage, scope, statement, flow, classification, code,
    counterpart, fund and component, over all agencies that have it. Few years of one agency say
    little of its trend; the same line of many agencies says how fast it grows in most of them.

    With x the amount of agency i in year t the model is ln x = a + b·t + e, with an effect ``a`` of
    its own for each line of an agency and each stretch of it without a break, so that neither the
    size of agencies nor a change of codes counts as growth. With t̃ and ỹ the deviations of year and
    logarithm from their means in a stretch:

    - ``log_slope`` b = Σ t̃ỹ / Σ t̃²; ``yearly_growth_share`` = exp(b) − 1. Every agency weighs by
      its years, none by its money.
    - ``log_slope_se`` = √(G/(G−1) · Σ_agency (Σ t̃u)²) / Σ t̃², with u the residuals and G the
      agencies: Liang and Zeger's estimator, which lets the years of one agency hang together as
      they like. Interval b ± q·se, q of Student's t with G−1 degrees of freedom.
    - ``within_r_squared`` = 1 − Σu² / Σỹ².

    Agencies are taken to be independent of one another. What moves all of them in one year, such as
    a pay rise, is not in the interval (``pooled_assumption``): with few years it is too narrow.

    Left out and counted: agencies with a figure of the line that is zero or below
    (``nonpositive_agency_count``), since it has no logarithm, and agencies without two years in one
    stretch (``short_agency_count``). Below ``least_agencies`` the row is refused.

    Args:
        rows: What :func:`~analytics.analysis.series` returned, whole or some lines of it. For
            growth in real terms put ``amount_real_yuan`` in the place of ``amount_yuan``.
        confidence: Share of intervals that hold the true value, above 0 and below 1.
        least_agencies: Agencies it takes, 30 or more: with fewer clusters the standard error is
            too small.

    Returns:
        A frame that meets :class:`~analytics.schema.results.PooledGrowth`, sorted by line. A line is
        part of others and stands in several statements: the rows are not independent.

    Raises:
        InputError: ``rows`` is no series, or there is no such confidence, or ``least_agencies`` is
            below 30.

    Examples:
        One library is not many agencies:

        >>> import analytics
        >>> row = analytics.pooled_growth(analytics.series(years).filter(code="total"))
        >>> row["trend_status"].item(), row["reason_en"].item()
        ('refused', 'agencies that can be used: 1; it takes 30')
    """
    share = check_confidence(confidence)
    if least_agencies < _AGENCIES:
        raise InputError(f"least_agencies {least_agencies}", hint=f"ask for {_AGENCIES} or more")
    lines = as_lazy(rows, table="series", columns=_COLUMNS)
    # Collected by itself, with the order of its rows: where polars sees that nobody asks for an
    # order it adds up in any, and float sums then differ in their last digits from run to run.
    estimates = _estimated(_within(lines)).collect(engine="in-memory")
    told = _counted(lines).join(estimates.lazy(), on=_KIND, how="left", nulls_equal=True)
    return result_of(_told(told, share, least_agencies), PooledGrowth, order=_KIND)


def pooled_model(rows: Frame) -> Any:
    """The model of :func:`pooled_growth` for one line, fitted by statsmodels.

    It gives the same slope and standard error, and what a closer look needs beside them: residuals,
    a summary table, tests. Years and logarithms are deviations from the means of their stretch, so
    that there is no constant and one coefficient, ``year``.

    Args:
        rows: What :func:`~analytics.analysis.series` returned, cut down to one line of any number
            of agencies.

    Returns:
        The ``RegressionResults`` of ``statsmodels``, with errors clustered by agency.

    Raises:
        InputError: ``rows`` is no series, has several lines, or no two agencies that can be used.

    Examples:
        >>> import analytics
        >>> analytics.pooled_model(analytics.series(years).filter(code="total"))
        Traceback (most recent call last):
        ...
        analytics.errors.InputError: 1 agency can be used; clustered errors take two or more; \
pass the series of more agencies
    """
    within = _within(as_lazy(rows, table="series", columns=_COLUMNS)).collect(engine="in-memory")
    kinds = within.select(_KIND).unique().height
    if kinds > 1:
        raise InputError(f"rows are of {kinds} lines", hint="filter the series to one line")
    agencies = within["agency_id"].n_unique()
    if agencies < 2:
        raise InputError(
            f"{agencies} agency can be used; clustered errors take two or more",
            hint="pass the series of more agencies",
        )
    from statsmodels.regression.linear_model import OLS

    clusters = within["agency_id"].rank("dense").to_numpy()
    model = OLS(within["_y"].to_numpy(), within.select("_t").to_numpy())
    model.exog_names[:] = ["year"]
    return model.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)


def _with_stretches(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Each line's stretches without a break, its logarithms, and whether it can be used."""
    x = pl.col("amount_yuan").cast(pl.Float64)
    agency = [*_KIND, "agency_id"]
    return (
        lines.sort("line_key", "fiscal_year")
        .with_columns(
            _stretch=pl.struct("line_key", pl.col("is_break").cum_sum().over("line_key")).rle_id(),
            _y=pl.when(x > 0).then(x).log(),
        )
        # Of a series in real terms years without a price level have no amount.
        .filter(x.is_not_null())
        .with_columns(
            _is_positive=(x > 0).all().over(agency),
            _is_long=pl.len().over("_stretch") > 1,
        )
    )


def _within(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Deviations of year and logarithm from their means in each usable stretch."""
    year = pl.col("fiscal_year").cast(pl.Float64)
    return (
        _with_stretches(lines)
        .filter("_is_positive", "_is_long")
        .with_columns(
            _t=year - year.mean().over("_stretch"),
            _y=pl.col("_y") - pl.col("_y").mean().over("_stretch"),
        )
    )


def _estimated(within: pl.LazyFrame) -> pl.LazyFrame:
    """Slope and clustered error of each kind of line, from sums over its agencies.

    Of an agency p = Σt̃ỹ and q = Σt̃², so that Σt̃u = p − b·q.
    """
    t, y = pl.col("_t"), pl.col("_y")
    agencies = within.group_by([*_KIND, "agency_id"], maintain_order=True).agg(
        _p=(t * y).sum(),
        _q=(t * t).sum(),
        _yy=(y * y).sum(),
        observation_count=pl.len(),
        first_year=pl.col("fiscal_year").min(),
        last_year=pl.col("fiscal_year").max(),
    )
    slope = pl.col("_p").sum() / pl.col("_q").sum()
    score = pl.col("_p") - slope * pl.col("_q")
    count = pl.len().cast(pl.Float64)
    return (
        agencies.sort("agency_id")
        .group_by(_KIND, maintain_order=True)
        .agg(
            pl.col("observation_count").sum(),
            pl.col("first_year").min(),
            pl.col("last_year").max(),
            pooled_agency_count=pl.len(),
            log_slope=slope,
            log_slope_se=(count / (count - 1) * (score**2).sum()).sqrt() / pl.col("_q").sum(),
            _explained=slope * pl.col("_p").sum(),
            _variation=pl.col("_yy").sum(),
        )
    )


def _counted(lines: pl.LazyFrame) -> pl.LazyFrame:
    """The kinds of lines there are, and the agencies that cannot be used."""
    return (
        _with_stretches(lines)
        .group_by([*_KIND, "agency_id"])
        .agg(
            pl.col("name").min(),
            _is_positive=pl.col("_is_positive").all(),
            _is_long=pl.col("_is_long").any(),
        )
        .group_by(_KIND)
        .agg(
            name=pl.col("name").mode().min(),
            nonpositive_agency_count=(~pl.col("_is_positive")).sum(),
            short_agency_count=(pl.col("_is_positive") & ~pl.col("_is_long")).sum(),
        )
    )


def _told(rows: pl.LazyFrame, confidence: float, least: int) -> pl.LazyFrame:
    """What is shown, and why the rest is not."""
    is_enough = pl.col("pooled_agency_count") >= least
    is_exact = (pl.col("log_slope_se") <= _EXACT).fill_null(value=False)
    is_given = is_enough & ~is_exact
    margin = t_quantile(pl.col("pooled_agency_count") - 1, confidence) * pl.col("log_slope_se")

    def told(place: int) -> pl.Expr:
        few = worded(_TOO_FEW[place], "pooled_agency_count", pl.lit(least))
        return pl.when(~is_enough).then(few).when(is_exact).then(pl.lit(_NO_ERROR[place]))

    def growth(column: str) -> pl.Expr:
        return pl.col(column).exp() - 1

    return (
        rows.with_columns(pl.col("pooled_agency_count", "observation_count").fill_null(0))
        .with_columns(
            log_slope=pl.when(is_enough).then("log_slope"),
            log_slope_se=pl.when(is_given).then("log_slope_se"),
            log_slope_low=pl.when(is_given).then(pl.col("log_slope") - margin),
            log_slope_high=pl.when(is_given).then(pl.col("log_slope") + margin),
            within_r_squared=pl.when(is_given).then(
                ratio(pl.col("_explained"), pl.col("_variation"))
            ),
            confidence_share=pl.lit(confidence),
            pooled_assumption=pl.when(is_given).then(pl.lit(str(Assumption.INDEPENDENT_AGENCIES))),
            trend_status=pl.when(is_given)
            .then(pl.lit(str(TrendStatus.GIVEN)))
            .when(is_enough)
            .then(pl.lit(str(TrendStatus.DESCRIBED)))
            .otherwise(pl.lit(str(TrendStatus.REFUSED))),
            reason=told(0),
            reason_en=told(1),
        )
        .with_columns(
            yearly_growth_share=growth("log_slope"),
            yearly_growth_low_share=growth("log_slope_low"),
            yearly_growth_high_share=growth("log_slope_high"),
        )
    )
