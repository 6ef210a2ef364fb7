from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from chart_samples import drawn
from chart_years import rows_with, small_print

from analytics import series, trends
from analytics.charts import forecast_ranges
from analytics.errors import InputError


@pytest.fixture
def library(example_years: pl.DataFrame) -> pl.DataFrame:
    return trends(series(example_years))


def ranges(chart: Any) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows_with(chart, "forecast", "text")}


def test_each_forecast_stands_with_its_interval_beside_the_last_figure(
    library: pl.DataFrame,
) -> None:
    given = library.filter(pl.col("forecast_yuan").is_not_null())

    shown = ranges(forecast_ranges(library))

    assert set(shown) == set(given["code"])
    for row in given.to_dicts():
        drawn_as = shown[row["code"]]
        ends = ("amount_yuan", "forecast_yuan", "forecast_low_yuan", "forecast_high_yuan")
        names = ("amount", "forecast", "low", "high")
        assert [drawn_as[name] for name in names] == [float(row[end] / 10_000) for end in ends]
        now, then, low, high = (f"{float(row[end]) / 10_000:,.2f}" for end in ends)
        assert drawn_as["text"] == f"{now} → {then} [{low}–{high}]（4年）"


def test_lines_without_a_forecast_are_counted_by_their_reason(library: pl.DataFrame) -> None:
    (reason,) = library["forecast_reason"].drop_nulls().unique()
    count = library["forecast_reason"].count()

    assert f"未绘出{count}行：{reason}" in small_print(forecast_ranges(library))


def test_what_must_hold_for_the_interval_is_said(library: pl.DataFrame) -> None:
    print_ = small_print(forecast_ranges(library))

    assert "区间：95.00%" in print_
    assert "假定：各年对数增减相互独立" in print_


def test_an_interval_far_beyond_the_figures_is_cut_with_an_arrow(library: pl.DataFrame) -> None:
    wide = library.filter(code="total").with_columns(forecast_high_yuan=pl.col("amount_yuan") * 50)

    (row,) = ranges(forecast_ranges(wide)).values()

    assert row["is_cut"] is True
    assert row["high"] == 2 * row["forecast"]
    assert "23,000.00]" in row["text"]


def test_what_cannot_be_drawn_is_said_or_refused(library: pl.DataFrame) -> None:
    assert drawn(forecast_ranges(library.clear())) == [{"words": "无可绘数据"}]
    later = library.with_columns(forecast_year=pl.col("forecast_year") + 1)
    with pytest.raises(InputError, match="forecast_year"):
        forecast_ranges(pl.concat([library.filter(code="207"), later.filter(code="208")]))
