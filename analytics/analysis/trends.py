"""What the years of a line show, and what so few of them cannot show."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, ratio, result_of
from analytics.analysis.intervals import check_confidence, t_quantile
from analytics.analysis.witnesses import LINE, QUALIFIERS
from analytics.errors import InputError
from analytics.schema.fields import MONEY
from analytics.schema.results import Trends
from analytics.schema.trend_vocabularies import Assumption, TrendMethod, TrendStatus

__all__ = ["trends"]

_ORDER = (*LINE, "line_key")
_OF_LINE = (*LINE, *QUALIFIERS, "row_kind", "statement_last_year")
_COLUMNS = ("line_key", *_OF_LINE, "fiscal_year", "amount_yuan", "is_break", "is_disputed")
_ASKED = [method for method in TrendMethod if method not in list(TrendMethod)[:3]]
_INTERVAL_YEARS = 4  # with three an interval of the slope is wider than the figures
_HORIZON_YEARS = 8  # for a second year ahead
_MODEL_YEARS = 15  # below it the intervals of richer models cover far less than they claim
_EXACT = 1e-9  # residuals this small beside the figures are rounding: there is no error to estimate
_LARGEST = 1e15  # yuan; an interval that reaches further says nothing, and money does not hold it

_REASONS = {
    "level": ("只有1年，只有水平", "one year: a level only"),
    "change": ("只有2年，只给出增减", "two years: the change only"),
    "slope": (
        "只有3年，斜率与年均增长仅作描述；区间至少要4年",
        "three years: slope and mean growth as a description; intervals need four",
    ),
    "exact": (
        "各年恰在一条直线上，无从估计误差",
        "the figures lie on a line: there is no error to estimate an interval from",
    ),
    "few": (
        "至少要15年；年数更少时其区间远达不到所称的置信水平",
        "needs fifteen years: with fewer its intervals cover far less than they claim",
    ),
    "not_built": ("本软件尚未提供此方法", "this method is not built yet"),
}
_NO_FORECAST = {
    "refused": ("未采用最小二乘", "another method was asked for"),
    "few": ("预测至少要4年", "a forecast needs four years"),
    "horizon": ("预测第二年至少要8年", "a forecast of the second year needs eight years"),
    "gap": ("所用年份有缺年", "a year among those used is missing"),
    "ended": ("此后年度的报表没有这一行", "statements of later years do not list the line"),
    "nonpositive": ("有零或负数，不能取对数", "a figure is zero or below: it has no logarithm"),
    "exact": (
        "各年增长率相同，无从估计误差",
        "all years grew alike: there is no error to estimate",
    ),
    "wide": ("区间过宽，没有意义", "the interval is too wide to mean anything"),
}


def trends(
    rows: Frame,
    *,
    method: str = TrendMethod.OLS,
    confidence: float = 0.95,
    horizon: int = 1,
) -> pl.DataFrame:
    """Say of each line what its years show, as far as their number allows.

    Grain: one row a line of :func:`~analytics.analysis.series`. Only the years since the last
    break are used (``first_year`` to ``last_year``; ``left_out_year_count`` before it), so that
    nothing is computed across a change of codes or scope. Missing years (``has_gap``) stay missing.
    With the n years used, x their amounts in yuan and t the years:

    ===== ========================================================================================
    n     what is given
    ===== ========================================================================================
    1     the level, ``amount_yuan``
    2     and ``total_change_yuan`` = last − first, ``total_growth_share`` = that / first
    3     and ``slope_yuan_per_year`` and ``mean_growth_share`` as a description, no intervals
    4–7   and the t interval of the slope, the Theil–Sen slope, a forecast one year ahead
    8–    and a forecast two years ahead
    ===== ========================================================================================

    - ``slope_yuan_per_year`` b = Σ(t−t̄)(x−x̄) / Σ(t−t̄)²; its standard error √(s² / Σ(t−t̄)²) with
      s² = Σ(residual)² / (n−2); interval b ± q·se, q of Student's t with n−2 degrees of freedom.
      ``slope_assumption`` names what it takes for granted. Yearly figures of a budget hang together:
      with errors correlated at 0.5 a 95 % interval of ten years holds the slope 79 % of the time.
    - ``theil_sen_yuan_per_year``: the median of the slopes of all pairs of years; one odd year
      moves it little. Far from the slope it says that one year makes the trend.
    - ``mean_growth_share`` = (last / first)^(1/years between) − 1.
    - ``forecast_yuan``: a random walk with drift on logarithms. With d the n−1 yearly differences of
      ln x, d̄ their mean and s their standard deviation: exp(ln x_last + h·d̄) for h years ahead, the
      median; interval exp(… ± q·s·√(h + h²/(n−1))), q of t with n−2 degrees of freedom.

    Growth and logarithms need positive figures: ``total_growth_share`` a first amount above zero
    and a last one not below, ``mean_growth_share`` and the forecast all of them above zero. Figures
    on a line have no residuals to estimate an error from: the slope is a description then.

    HAC intervals, robust and quantile regression, Holt, ETS, ARIMA and tests for breaks are refused
    below 15 years: of intervals that claim 95 % HAC ones hold 43 to 79 % of the time with 3 to 10
    years, and of ETS forecasts that claim 80 % 25 to 64 %. From 15 years on they are not built yet.
    A refused row says so in ``reason`` and has the levels and changes only.

    Args:
        rows: What :func:`~analytics.analysis.series` returned, whole or some lines of it. For a
            trend in real terms put ``amount_real_yuan`` in the place of ``amount_yuan``.
        method: ``ols``, or one of those refused: ``hac``, ``robust``, ``quantile``, ``holt``,
            ``ets``, ``arima``, ``breaks``.
        confidence: Share of intervals that hold the true value, above 0 and below 1.
        horizon: Years ahead of the last one to forecast, 1 or 2.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Trends`, sorted by line.

    Raises:
        InputError: ``rows`` is no series, or there is no such method, confidence or horizon.

    Examples:
        What four budgets of a library show:

        >>> import analytics
        >>> lines = analytics.trends(analytics.series(years), confidence=0.8)
        >>> row = lines.row(by_predicate=pl.col("code") == "total", named=True)
        >>> row["used_year_count"], row["trend_status"], round(row["slope_yuan_per_year"])
        (4, 'given', 160000)
        >>> [round(row[f"slope_{end}_yuan_per_year"]) for end in ("low", "high")]
        [-10750, 330750]
        >>> row["forecast_year"], row["forecast_low_yuan"] < row["amount_yuan"]
        (2022, True)
    """
    share = check_confidence(confidence)
    if method not in _ASKED:
        raise InputError(f"{method!r} is no method", hint=f"known: {', '.join(_ASKED)}")
    if horizon not in (1, 2):
        raise InputError(f"horizon {horizon}", hint="forecast 1 or 2 years ahead")
    used = _used(as_lazy(rows, table="series", columns=_COLUMNS))
    kernel = _estimated(used, confidence=share, horizon=horizon)
    return result_of(_told(kernel, TrendMethod(method), horizon), Trends, order=_ORDER)


def _used(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The years of each line since its last break, as floats beside the exact amounts.

    Of a series in real terms years without a price level have no amount: they are missing years.
    """
    year, is_known = pl.col("fiscal_year"), pl.col("amount_yuan").is_not_null()
    since = year.filter(pl.col("is_break")).max().over("_line")
    return (
        rows.sort("line_key", "fiscal_year")
        .with_columns(_line=pl.col("line_key").rle_id(), _x=pl.col("amount_yuan").cast(pl.Float64))
        .with_columns(_left_out=((year < since) & is_known).sum().over("_line"))
        .filter(is_known, since.is_null() | (year >= since))
    )


def _estimated(used: pl.LazyFrame, *, confidence: float, horizon: int) -> pl.LazyFrame:
    """Closed forms for every line, wherever they exist; what is shown of them comes after."""
    year, x = pl.col("fiscal_year").cast(pl.Float64), pl.col("_x")
    t, y = year - year.mean(), x - x.mean()
    slope = (t * y).sum() / (t * t).sum()
    steps = pl.when(x > 0).then(x).log().diff()
    lines = used.group_by("_line", maintain_order=True).agg(
        pl.col("line_key", *_OF_LINE, "amount_yuan").last(),
        pl.col("_left_out").first().alias("left_out_year_count"),
        first_year=pl.col("fiscal_year").first(),
        last_year=pl.col("fiscal_year").last(),
        used_year_count=pl.len(),
        disputed_year_count=pl.col("is_disputed").sum(),
        amount_first_yuan=pl.col("amount_yuan").first(),
        _slope=slope,
        _squares=(t * t).sum(),
        _rest=((y - slope * t) ** 2).sum(),
        _scale=x.abs().max(),
        _least=x.min(),
        _first=x.first(),
        _last=x.last(),
        _drift=steps.mean(),
        _spread=steps.std(ddof=1),
    )
    n = pl.col("used_year_count").cast(pl.Float64)
    quantile = t_quantile(n - 2, confidence)
    error = (pl.col("_rest") / (n - 2)).sqrt()
    ahead = pl.col("_spread") * (horizon + horizon**2 / (n - 1)).sqrt() * quantile
    middle = pl.col("_last").log() + horizon * pl.col("_drift")
    return lines.join(_theil_sen(used), on="_line", how="left").with_columns(
        confidence_share=pl.lit(confidence),
        has_gap=pl.col("last_year") - pl.col("first_year") >= pl.col("used_year_count"),
        has_break=pl.col("left_out_year_count") > 0,
        _is_exact=(error <= _EXACT * pl.col("_scale")).fill_null(value=False),
        _se=error / pl.col("_squares").sqrt(),
        _quantile=quantile,
        _middle=middle.exp(),
        _low=(middle - ahead).exp(),
        _high=(middle + ahead).exp(),
    )


def _theil_sen(used: pl.LazyFrame) -> pl.LazyFrame:
    """The median slope of all pairs of years, of lines with years enough to ask for it."""
    points = used.filter(pl.len().over("_line") >= _INTERVAL_YEARS).select(
        "_line", "fiscal_year", "_x"
    )
    run = pl.col("fiscal_year_right") - pl.col("fiscal_year")
    return (
        points.join(points, on="_line")
        .filter(run > 0)
        .group_by("_line")
        .agg(_theil_sen=((pl.col("_x_right") - pl.col("_x")) / run).median())
    )


def _told(lines: pl.LazyFrame, method: TrendMethod, horizon: int) -> pl.LazyFrame:
    """What is shown of each line, and why the rest is not."""
    n = pl.col("used_year_count")
    first, last = pl.col("_first"), pl.col("_last")
    why: pl.Expr
    if method is TrendMethod.OLS:
        why = (
            pl.when(n == 1)
            .then(pl.lit("level"))
            .when(n == 2)
            .then(pl.lit("change"))
            .when(n == 3)
            .then(pl.lit("slope"))
            .when("_is_exact")
            .then(pl.lit("exact"))
        )
    else:
        why = pl.when(n < _MODEL_YEARS).then(pl.lit("few")).otherwise(pl.lit("not_built"))
    is_refused = pl.col("_why").is_in(["few", "not_built"]).fill_null(value=False)
    is_given, is_sloped = pl.col("_why").is_null(), (n >= 3) & ~is_refused
    is_forecast = pl.col("_no_forecast").is_null()
    margin = pl.col("_quantile") * pl.col("_se")
    is_level = pl.col("_why").is_in([str(TrendMethod.LEVEL), str(TrendMethod.CHANGE)])
    return lines.with_columns(_why=why, _no_forecast=_no_forecast(method, horizon)).with_columns(
        total_change_yuan=pl.when(n > 1).then(pl.col("amount_yuan") - pl.col("amount_first_yuan")),
        total_growth_share=pl.when((n > 1) & (last >= 0)).then(ratio(last - first, first)),
        mean_growth_share=pl.when(is_sloped & (pl.col("_least") > 0)).then(
            (last / first) ** (1 / (pl.col("last_year") - pl.col("first_year"))) - 1
        ),
        trend_method=pl.when(is_level.fill_null(value=False))
        .then("_why")
        .when(~is_refused & (n == 3))
        .then(pl.lit(str(TrendMethod.SLOPE)))
        .otherwise(pl.lit(str(method))),
        trend_status=pl.when(is_given)
        .then(pl.lit(str(TrendStatus.GIVEN)))
        .when(is_refused)
        .then(pl.lit(str(TrendStatus.REFUSED)))
        .otherwise(pl.lit(str(TrendStatus.DESCRIBED))),
        **_texts("_why", "reason", _REASONS),
        slope_yuan_per_year=pl.when(is_sloped).then("_slope"),
        slope_se_yuan_per_year=pl.when(is_given).then("_se"),
        slope_low_yuan_per_year=pl.when(is_given).then(pl.col("_slope") - margin),
        slope_high_yuan_per_year=pl.when(is_given).then(pl.col("_slope") + margin),
        slope_assumption=pl.when(is_given).then(pl.lit(str(Assumption.INDEPENDENT_ERRORS))),
        theil_sen_yuan_per_year=pl.when(is_sloped).then("_theil_sen"),
        forecast_year=pl.when(is_forecast).then(pl.col("last_year") + horizon),
        forecast_yuan=pl.when(is_forecast).then(_money("_middle")),
        forecast_low_yuan=pl.when(is_forecast).then(_money("_low")),
        forecast_high_yuan=pl.when(is_forecast).then(_money("_high")),
        forecast_assumption=pl.when(is_forecast).then(pl.lit(str(Assumption.RANDOM_WALK))),
        **_texts("_no_forecast", "forecast_reason", _NO_FORECAST),
    )


def _no_forecast(method: TrendMethod, horizon: int) -> pl.Expr:
    n = pl.col("used_year_count")
    is_flat = (pl.col("_spread") <= _EXACT).fill_null(value=True)
    return (
        pl.when(pl.lit(method is not TrendMethod.OLS))
        .then(pl.lit("refused"))
        .when(n < _INTERVAL_YEARS)
        .then(pl.lit("few"))
        .when((n < _HORIZON_YEARS) & pl.lit(horizon > 1))
        .then(pl.lit("horizon"))
        .when("has_gap")
        .then(pl.lit("gap"))
        .when(pl.col("last_year") < pl.col("statement_last_year"))
        .then(pl.lit("ended"))
        .when(pl.col("_least") <= 0)
        .then(pl.lit("nonpositive"))
        .when(is_flat)
        .then(pl.lit("exact"))
        .when(~(pl.col("_high") < _LARGEST))
        .then(pl.lit("wide"))
    )


def _texts(key: str, column: str, reasons: dict[str, tuple[str, str]]) -> dict[str, pl.Expr]:
    """The reason in both languages."""
    return {
        name: pl.col(key).replace_strict(
            {why: texts[place] for why, texts in reasons.items()},
            default=None,
            return_dtype=pl.String,
        )
        for place, name in enumerate((column, f"{column}_en"))
    }


def _money(column: str) -> pl.Expr:
    """An estimate to the cent; what money does not hold is not shown."""
    return pl.col(column).round(2, mode="half_away_from_zero").cast(MONEY, strict=False)
