from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest
from analysis_rows import fact, facts_frame
from scipy import stats
from statsmodels.regression.linear_model import OLS
from trend_rows import FIRST_YEAR, series_frame

from analytics.analysis import real_terms, series, trends
from analytics.analysis.intervals import t_quantile
from analytics.errors import InputError
from analytics.reference.prices import deflator
from analytics.schema.results import Trends
from analytics.schema.trend_vocabularies import TrendMethod

RICH = [str(method) for method in list(TrendMethod)[4:]]


def told(rows: pl.DataFrame, **options: Any) -> dict[str, dict[str, Any]]:
    """The trend of each agency's total."""
    frame = Trends.validate(trends(rows, **options))
    shuffled = rows.sample(fraction=1, shuffle=True, seed=3)
    assert frame.equals(trends(shuffled, **options))
    return {row["agency_id"]: row for row in frame.iter_rows(named=True)}


def one(*amounts: float | None, **options: Any) -> dict[str, Any]:
    return told(series_frame({"甲局": amounts}), **options)["甲局"]


def walks(count: int, years: int) -> dict[str, list[float]]:
    """Amounts of some million yuan that grow unevenly."""
    steps = np.random.default_rng(years).normal(0.05, 0.2, (count, years)).cumsum(axis=1)
    return {
        f"{n}局": [round(float(x), 2) for x in row] for n, row in enumerate(4e6 * np.exp(steps))
    }


def test_one_year_is_a_level():
    row = one(400.0)
    assert (row["trend_method"], row["trend_status"]) == ("level", "described")
    assert (row["amount_yuan"], row["total_change_yuan"]) == (Decimal(400), None)
    assert row["reason"] == "只有1年，只有水平"
    assert row["forecast_reason_en"] == "a forecast needs four years"


def test_two_years_are_a_change():
    row = one(400.0, 430.0)
    assert (row["trend_method"], row["trend_status"]) == ("change", "described")
    assert (row["total_change_yuan"], row["total_growth_share"]) == (Decimal(30), 0.075)
    shown = ("slope_yuan_per_year", "mean_growth_share", "theil_sen_yuan_per_year")
    assert [row[name] for name in shown] == [None] * 3


def test_three_years_are_described_without_intervals():
    row = one(400.0, 460.0, 441.0)
    assert (row["trend_method"], row["trend_status"]) == ("slope", "described")
    assert row["slope_yuan_per_year"] == pytest.approx(20.5)
    assert row["mean_growth_share"] == pytest.approx(0.05)
    shown = ("slope_se_yuan_per_year", "slope_low_yuan_per_year", "slope_assumption")
    assert [row[name] for name in shown] == [None] * 3
    assert (row["theil_sen_yuan_per_year"], row["forecast_yuan"]) == (None, None)


def test_four_years_have_intervals_and_a_forecast():
    row = one(400.0, 430.0, 410.0, 460.0)
    # By hand: Σ(t−t̄)² = 5, slope 80/5, residual squares 820, so s² = 410 and se = √82.
    assert row["slope_yuan_per_year"] == pytest.approx(16)
    assert row["slope_se_yuan_per_year"] == pytest.approx(82**0.5)
    assert row["slope_high_yuan_per_year"] == pytest.approx(16 + 4.302653 * 82**0.5)
    # The slopes of the pairs: 30, 5, 20, −20, 15, 50.
    assert row["theil_sen_yuan_per_year"] == pytest.approx(17.5)
    assert (row["trend_method"], row["trend_status"], row["reason"]) == ("ols", "given", None)
    assert row["slope_assumption"] == "independent_errors"
    assert (row["forecast_year"], row["forecast_assumption"]) == (2015, "random_walk_with_drift")
    assert float(row["forecast_yuan"]) == pytest.approx(460 * (460 / 400) ** (1 / 3), abs=0.005)


@pytest.mark.parametrize("years", [4, 5, 8, 12])
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_slopes_are_those_of_statsmodels(years, confidence):
    lines = walks(20, years)
    rows = told(series_frame(lines), confidence=confidence)
    for agency, amounts in lines.items():
        design = np.column_stack([np.ones(years), np.arange(years) - (years - 1) / 2])
        fit = OLS(np.array(amounts), design).fit()
        low, high = fit.conf_int(alpha=1 - confidence)[1]
        row = rows[agency]
        assert row["slope_yuan_per_year"] == pytest.approx(fit.params[1], rel=1e-9)
        assert row["slope_se_yuan_per_year"] == pytest.approx(fit.bse[1], rel=1e-9)
        assert row["slope_low_yuan_per_year"] == pytest.approx(low, rel=1e-8)
        assert row["slope_high_yuan_per_year"] == pytest.approx(high, rel=1e-8)
        pairs = combinations(enumerate(amounts), 2)
        slopes = [(b - a) / (later - earlier) for (earlier, a), (later, b) in pairs]
        assert row["theil_sen_yuan_per_year"] == pytest.approx(np.median(slopes), rel=1e-12)
        assert row["confidence_share"] == confidence


@pytest.mark.parametrize("years", [4, 7, 10])
def test_forecasts_are_predictions_of_the_mean_difference(years):
    lines = walks(20, years)
    rows = told(series_frame(lines), confidence=0.8)
    for agency, amounts in lines.items():
        steps = np.diff(np.log(amounts))
        fit = OLS(steps, np.ones(years - 1)).fit()
        predicted = fit.get_prediction(np.ones((1, 1))).summary_frame(alpha=0.2).iloc[0]
        wanted = [
            amounts[-1] * np.exp(predicted[name])
            for name in ("mean", "obs_ci_lower", "obs_ci_upper")
        ]
        row = rows[agency]
        shown = [row[f"forecast_{end}yuan"] for end in ("", "low_", "high_")]
        assert [float(value) for value in shown] == pytest.approx(wanted, abs=0.006)
        assert row["forecast_year"] == FIRST_YEAR + years


def test_the_second_year_ahead_is_forecast_from_eight_years_on():
    amounts = walks(1, 8)["0局"]
    row = one(*amounts, horizon=2)
    steps = np.diff(np.log(amounts))
    width = stats.t.ppf(0.975, 6) * steps.std(ddof=1) * (2 + 4 / 7) ** 0.5
    middle = np.log(amounts[-1]) + 2 * steps.mean()
    assert float(row["forecast_low_yuan"]) == pytest.approx(np.exp(middle - width), abs=0.006)
    assert float(row["forecast_high_yuan"]) == pytest.approx(np.exp(middle + width), abs=0.006)
    assert row["forecast_year"] == FIRST_YEAR + 9
    short = one(*amounts[1:], horizon=2)
    assert short["forecast_reason_en"] == "a forecast of the second year needs eight years"
    assert short["trend_status"] == "given"


@pytest.mark.parametrize("years", [4, 6, 10])
def test_slope_intervals_hold_the_slope_as_often_as_they_claim(years):
    count, slope = 2500, 3e5
    noise = np.random.default_rng(years).normal(0, 4e5, (count, years))
    lines = {f"{n}局": (1e8 + slope * np.arange(years) + e).tolist() for n, e in enumerate(noise)}
    rows = trends(series_frame(lines))
    covered = pl.lit(slope).is_between("slope_low_yuan_per_year", "slope_high_yuan_per_year")
    # Of 2,500 intervals 95 % ± 0.44 points hold it; this is three of those.
    assert rows.select(covered.mean()).item() == pytest.approx(0.95, abs=0.0131)


@pytest.mark.parametrize(("years", "horizon"), [(4, 1), (7, 1), (10, 2)])
def test_forecast_intervals_hold_the_next_year_as_often_as_they_claim(years, horizon):
    lines = walks(2500, years + horizon)
    rows = told(
        series_frame({agency: amounts[:years] for agency, amounts in lines.items()}),
        confidence=0.8,
        horizon=horizon,
    )
    held = [
        float(rows[agency]["forecast_low_yuan"])
        <= amounts[-1]
        <= float(rows[agency]["forecast_high_yuan"])
        for agency, amounts in lines.items()
    ]
    assert np.mean(held) == pytest.approx(0.8, abs=0.024)


def test_only_the_years_since_the_last_break_count():
    amounts = [100.0, 120.0, 900.0, 910.0, 950.0, 930.0, 990.0]
    broken = told(series_frame({"甲局": amounts}, breaks=[("甲局", 2012), ("甲局", 2013)]))["甲局"]
    alone = told(series_frame({"甲局": amounts[2:]}, first_year=2013))["甲局"]
    told_of_it = {"has_break": True, "left_out_year_count": 2}
    assert broken == alone | told_of_it
    assert (alone["first_year"], alone["used_year_count"], alone["has_break"]) == (2013, 5, False)


def test_a_break_before_the_last_year_leaves_a_level():
    row = told(series_frame({"甲局": [4.0, 5.0, 6.0, 7.0]}, breaks=[("甲局", 2014)]))["甲局"]
    assert (row["trend_method"], row["amount_yuan"], row["has_break"]) == ("level", 7, True)


def test_a_missing_year_is_said_and_nothing_is_forecast_over_it():
    row = one(400.0, 430.0, None, 460.0, 490.0)
    assert (row["has_gap"], row["used_year_count"], row["trend_status"]) == (True, 4, "given")
    design = np.column_stack([np.ones(4), [0, 1, 3, 4]])
    fit = OLS(np.array([400.0, 430, 460, 490]), design).fit()
    assert row["slope_yuan_per_year"] == pytest.approx(fit.params[1])
    assert row["slope_se_yuan_per_year"] == pytest.approx(fit.bse[1])
    assert row["mean_growth_share"] == pytest.approx((490 / 400) ** (1 / 4) - 1)
    assert (row["forecast_yuan"], row["forecast_reason"]) == (None, "所用年份有缺年")


def test_a_line_that_ended_is_not_forecast():
    rows = told(series_frame({"甲局": [4.0, 5.0, 4.5, 6.0, None], "乙局": [4.0, 5, 4.5, 6, 7]}))
    assert rows["甲局"]["forecast_reason_en"] == "statements of later years do not list the line"
    assert rows["乙局"]["forecast_reason"] is None


@pytest.mark.parametrize("odd", [0.0, -3.0])
def test_zero_and_negative_figures_have_a_slope_and_no_logarithm(odd):
    row = one(4.0, odd, 5.0, 6.5)
    assert (row["trend_status"], row["mean_growth_share"]) == ("given", None)
    assert row["total_growth_share"] == pytest.approx(0.625)
    assert row["forecast_reason_en"] == "a figure is zero or below: it has no logarithm"


@pytest.mark.parametrize(("first", "last"), [(0.0, 5.0), (-1.0, 5.0), (5.0, -1.0)])
def test_growth_needs_a_first_figure_above_zero_and_a_last_not_below(first, last):
    row = one(first, last)
    assert row["total_growth_share"] is None
    assert row["total_change_yuan"] == Decimal(last) - Decimal(first)


@pytest.mark.parametrize("amounts", [(4e8, 4e8, 4e8, 4e8), (0, 0, 0, 0), (1.1, 2.2, 3.3, 4.4)])
def test_figures_on_a_line_have_no_error_to_estimate(amounts):
    row = one(*amounts)
    assert (row["trend_method"], row["trend_status"]) == ("ols", "described")
    assert row["slope_yuan_per_year"] == pytest.approx(amounts[1] - amounts[0])
    assert (row["slope_se_yuan_per_year"], row["slope_low_yuan_per_year"]) == (None, None)
    assert row["reason"] == "各年恰在一条直线上，无从估计误差"


def test_growth_that_is_always_the_same_is_not_forecast():
    row = one(100.0, 110.0, 121.0, 133.1)
    assert (row["trend_status"], row["forecast_yuan"]) == ("given", None)
    assert row["mean_growth_share"] == pytest.approx(0.1)
    assert row["forecast_reason_en"].startswith("all years grew alike")


def test_an_interval_beyond_all_money_is_refused():
    row = one(1.0, 1e9, 1.0, 1e9)
    assert row["forecast_reason_en"] == "the interval is too wide to mean anything"


@pytest.mark.parametrize("method", RICH)
def test_richer_methods_are_refused_and_say_why(method):
    rows = told(series_frame({"短": [4.0, 5.0] * 7, "长": [4.0, 5.0] * 8}), method=method)
    for agency, reason in (("短", "needs fifteen years"), ("长", "this method is not built yet")):
        row = rows[agency]
        assert (row["trend_method"], row["trend_status"]) == (method, "refused")
        assert row["reason_en"].startswith(reason)
        assert (row["slope_yuan_per_year"], row["forecast_yuan"]) == (None, None)
        assert row["forecast_reason_en"] == "another method was asked for"
        assert row["total_change_yuan"] == Decimal(1)


@pytest.mark.parametrize(
    "options",
    [
        {"method": "level"},
        {"method": "guess"},
        {"confidence": 95},
        {"confidence": 0.0},
        {"horizon": 3},
    ],
)
def test_what_cannot_be_asked_for_is_refused(options):
    with pytest.raises(InputError, match=str(next(iter(options.values())))):
        trends(series_frame({"甲局": [1.0]}), **options)


def test_facts_are_no_series():
    with pytest.raises(InputError, match="lacks the columns line_key"):
        trends(facts_frame(fact("1.00")))


def test_years_without_a_real_amount_are_missing_years():
    rows = series_frame({"甲局": [4.0, 5.0, 4.5, 6.0, 7.0]}, breaks=[("甲局", 2011)])
    real = rows.with_columns(amount_yuan=pl.when(pl.col("fiscal_year") != 2013).then("amount_yuan"))
    row = Trends.validate(trends(real)).row(0, named=True)
    assert (row["used_year_count"], row["has_gap"]) == (4, True)


def test_a_series_in_real_terms_has_a_trend_of_its_own(example_years):
    prices = deflator("gdp_deflator_2010_100")
    budgets = series(example_years).filter(code="total")
    real = real_terms(budgets, deflator=prices, base_year=2020)
    row = trends(real.with_columns(amount_yuan="amount_real_yuan")).row(0, named=True)
    fit = OLS(
        real["amount_real_yuan"].cast(pl.Float64).to_numpy(),
        np.column_stack([np.ones(4), np.arange(4)]),
    ).fit()
    assert row["slope_yuan_per_year"] == pytest.approx(fit.params[1])


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_quantiles_are_those_of_students_t(confidence):
    freedom = pl.DataFrame({"freedom": [*range(1, 40), 1000, 10**6]})
    found = freedom.select(t_quantile(pl.col("freedom"), confidence)).to_series()
    wanted = stats.t.ppf((1 + confidence) / 2, freedom["freedom"].to_numpy())
    assert found.to_list() == pytest.approx(list(wanted), rel=1e-9)


def test_without_degrees_of_freedom_there_is_no_quantile():
    none = pl.DataFrame({"freedom": [-1, 0]}).select(t_quantile(pl.col("freedom"), 0.95))
    assert none.to_series().is_nan().all()


def test_disputed_years_are_counted():
    rows = series_frame({"甲局": [4.0, 5.0, 4.5]}).with_columns(
        is_disputed=pl.col("fiscal_year") > 2011
    )
    assert trends(rows)["disputed_year_count"].item() == 2


def test_no_lines_make_no_trends():
    assert trends(series_frame({})).is_empty()


def test_the_years_of_an_example(example_years):
    row = trends(series(example_years)).filter(code="total").row(0, named=True)
    assert (row["first_year"], row["last_year"], row["has_gap"]) == (2018, 2021, False)
    assert row["theil_sen_yuan_per_year"] == pytest.approx(175_000)
