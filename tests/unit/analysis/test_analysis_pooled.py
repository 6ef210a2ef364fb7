from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import polars as pl
import pytest
from analysis_rows import fact, facts_frame
from statsmodels.regression.linear_model import OLS
from trend_rows import series_frame

from analytics.analysis import pooled_growth, pooled_model
from analytics.errors import InputError
from analytics.schema.results import PooledGrowth

Lines = dict[str, list[float | None]]


def growing(agencies: int, years: int, *, seed: int = 1, growth: float = 0.06) -> Lines:
    """Agencies of every size whose amounts grow with errors that hang together over the years."""
    draw = np.random.default_rng(seed)
    errors = draw.normal(0, 0.1, (agencies, years)).cumsum(axis=1)
    logs = draw.normal(15, 2, (agencies, 1)) + growth * np.arange(years) + errors
    return {f"{n:03}局": [round(float(x), 2) for x in row] for n, row in enumerate(np.exp(logs))}


def one(rows: pl.DataFrame, **options: Any) -> dict[str, Any]:
    frame = PooledGrowth.validate(pooled_growth(rows, **options))
    assert frame.equals(pooled_growth(rows.sample(fraction=1, shuffle=True, seed=2), **options))
    (row,) = frame.rows(named=True)
    return row


def within(stretches: list[tuple[str, list[tuple[int, float]]]]) -> tuple[Any, Any, Any]:
    """Year and logarithm less their means in each stretch, and the agency, point by point."""
    t, y, agency = [], [], []
    for name, points in stretches:
        years, logs = np.array([p[0] for p in points]), np.log([p[1] for p in points])
        t += list(years - years.mean())
        y += list(logs - logs.mean())
        agency += [name] * len(points)
    return np.array(t), np.array(y), np.unique(agency, return_inverse=True)[1]


def points_of(amounts: list[float | None]) -> list[tuple[int, float]]:
    return [(year, x) for year, x in enumerate(amounts) if x is not None]


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_an_unbalanced_panel_gives_what_statsmodels_gives(confidence):
    lines = growing(45, 6)
    for n, amounts in enumerate(lines.values()):
        amounts[: n % 4] = [None] * (n % 4)
        if n % 7 == 0:
            amounts[4] = None
    row = one(series_frame(lines), confidence=confidence)
    t, y, agency = within([(name, points_of(amounts)) for name, amounts in lines.items()])
    fit = OLS(y, t).fit(cov_type="cluster", cov_kwds={"groups": agency}, use_t=True)
    low, high = fit.conf_int(alpha=1 - confidence)[0]
    assert row["log_slope"] == pytest.approx(fit.params[0], rel=1e-10)
    assert row["log_slope_se"] == pytest.approx(fit.bse[0], rel=1e-10)
    assert (row["log_slope_low"], row["log_slope_high"]) == pytest.approx((low, high), rel=1e-9)
    assert row["within_r_squared"] == pytest.approx(fit.rsquared, rel=1e-10)
    assert row["yearly_growth_share"] == pytest.approx(np.exp(fit.params[0]) - 1)
    assert row["yearly_growth_low_share"] == pytest.approx(np.exp(low) - 1)
    assert row["yearly_growth_high_share"] == pytest.approx(np.exp(high) - 1)
    assert (row["observation_count"], row["pooled_agency_count"]) == (len(y), 45)
    assert (row["trend_status"], row["pooled_assumption"]) == ("given", "independent_agencies")
    assert (row["first_year"], row["last_year"]) == (2011, 2016)


def test_the_slope_is_that_of_a_regression_with_a_dummy_for_each_agency():
    lines = growing(32, 3)
    row = one(series_frame(lines))
    y = np.log([x for amounts in lines.values() for x in amounts])
    year = np.tile(np.arange(3.0), 32)
    design = np.column_stack([year, np.kron(np.eye(32), np.ones((3, 1)))])
    assert row["log_slope"] == pytest.approx(np.linalg.lstsq(design, y)[0][0], rel=1e-9)


def test_a_break_gives_an_agency_a_second_effect():
    lines = growing(30, 6)
    jumped = {
        name: [x * (50 if year >= 3 else 1) for year, x in enumerate(amounts)]
        for name, amounts in lines.items()
    }
    row = one(series_frame(jumped, breaks=[(name, 2014) for name in jumped]))
    t, y, agency = within(
        [
            (name, points_of(amounts)[part])
            for name, amounts in lines.items()
            for part in (slice(3), slice(3, 6))
        ]
    )
    fit = OLS(y, t).fit(cov_type="cluster", cov_kwds={"groups": agency}, use_t=True)
    assert row["log_slope"] == pytest.approx(fit.params[0], rel=1e-8)
    assert row["log_slope_se"] == pytest.approx(fit.bse[0], rel=1e-8)
    assert row["pooled_agency_count"] == 30


def test_agencies_that_cannot_be_used_are_left_out_and_counted():
    usable = growing(30, 4)
    others: Lines = {
        "零局": [4.0, 0.0, 5.0, 6.0],
        "负局": [4.0, 5.0, -1.0, None],
        "新局": [None, None, None, 4.0],
        "断局": [4.0, 5.0, None, None],
    }
    row = one(series_frame(usable | others, breaks=[("断局", 2012)]))
    assert (row["nonpositive_agency_count"], row["short_agency_count"]) == (2, 2)
    alone = one(series_frame(usable))
    left_out = {"nonpositive_agency_count": 2, "short_agency_count": 2}
    assert row == alone | left_out


def test_it_takes_thirty_agencies():
    lines = growing(30, 4)
    assert one(series_frame(lines))["trend_status"] == "given"
    del lines["000局"]
    row = one(series_frame(lines))
    assert (row["trend_status"], row["reason"]) == ("refused", "可用的单位有29个，至少要30个")
    assert (row["log_slope"], row["yearly_growth_share"], row["within_r_squared"]) == (None,) * 3
    assert (row["pooled_agency_count"], row["observation_count"]) == (29, 116)
    more = one(series_frame(growing(39, 4)), least_agencies=40)
    assert more["reason_en"] == "agencies that can be used: 39; it takes 40"


def test_a_line_that_nobody_can_be_used_of_is_refused():
    row = one(series_frame({"甲局": [4.0]}))
    assert (row["trend_status"], row["pooled_agency_count"], row["first_year"]) == (
        "refused",
        0,
        None,
    )
    assert row["short_agency_count"] == 1


def test_agencies_that_all_grow_alike_leave_no_error_to_estimate():
    row = one(series_frame({f"{n}局": [n * 1e6, n * 2e6, n * 4e6] for n in range(1, 41)}))
    assert row["trend_status"] == "described"
    assert row["yearly_growth_share"] == pytest.approx(1.0)
    assert (row["log_slope_se"], row["yearly_growth_low_share"]) == (None, None)
    assert row["reason_en"].startswith("all agencies grew alike")


def test_lines_of_one_code_are_one_cluster_an_agency():
    lines = growing(40, 4)
    half = dict(list(lines.items())[:20])
    second = series_frame(half | growing(20, 4, seed=9)).with_columns(
        line_key=pl.col("agency_id") + "|乙"
    )
    row = one(pl.concat([series_frame(lines), second]))
    assert row["pooled_agency_count"] == 40


def test_each_kind_of_line_is_estimated_by_itself():
    total, other = series_frame(growing(30, 4)), series_frame(growing(30, 4, seed=4), code="204")
    both = pl.concat([total, other.with_columns(line_key=pl.col("line_key") + "|204")])
    rows = PooledGrowth.validate(pooled_growth(both)).rows(named=True)
    assert [row["code"] for row in rows] == ["204", "total"]
    assert rows[0] == one(other)
    assert rows[1] == one(total)


def test_intervals_hold_the_growth_as_often_as_they_claim():
    panels, growth = 400, 0.06
    lines = growing(40 * panels, 5, seed=7, growth=growth)
    numbered = dict(zip(map(str, count()), lines.values(), strict=False))
    rows = series_frame(numbered).with_columns(
        code=(pl.col("agency_id").cast(pl.Int32) // 40).cast(pl.String)
    )
    shown = pooled_growth(rows)
    assert len(shown) == panels
    held = pl.lit(growth).is_between("log_slope_low", "log_slope_high")
    # Errors hang together over the years; of 400 intervals 95 % ± 1.1 points hold the growth.
    assert shown.select(held.mean()).item() == pytest.approx(0.95, abs=0.033)


def test_years_without_a_real_amount_are_missing_years():
    lines = growing(30, 5)
    real = series_frame(lines).with_columns(
        amount_yuan=pl.when(pl.col("fiscal_year") != 2013).then("amount_yuan")
    )
    holed = {name: [*x[:2], None, *x[3:]] for name, x in lines.items()}
    assert one(real) == one(series_frame(holed))


@pytest.mark.parametrize("options", [{"confidence": 1.0}, {"least_agencies": 5}])
def test_what_cannot_be_asked_for_is_refused(options):
    with pytest.raises(InputError, match=str(next(iter(options.values())))):
        pooled_growth(series_frame({"甲局": [1.0]}), **options)


def test_facts_are_no_series():
    with pytest.raises(InputError, match="lacks the columns line_key"):
        pooled_growth(facts_frame(fact("1.00")))


def test_the_fitted_model_is_the_same_one():
    rows = series_frame(growing(40, 5, seed=9))
    row, fit = one(rows), pooled_model(rows)
    assert fit.params[0] == pytest.approx(row["log_slope"], rel=1e-10)
    assert fit.bse[0] == pytest.approx(row["log_slope_se"], rel=1e-10)
    assert fit.conf_int()[0] == pytest.approx((row["log_slope_low"], row["log_slope_high"]))
    assert len(fit.resid) == row["observation_count"]
    assert "year" in str(fit.summary())


def test_a_model_is_of_one_line():
    rows = series_frame(growing(3, 3))
    two = pl.concat([rows, rows.with_columns(code=pl.lit("201"))])
    with pytest.raises(InputError, match="2 lines"):
        pooled_model(two)
