from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from chart_samples import drawn
from chart_years import executed, execution, rows_with, small_print

from analytics import execution as execute
from analytics.charts import chart_spec, deviation_dots, execution_dumbbell
from analytics.errors import InputError

UNKNOWN = {"execution_status": "unknown", "side_comparability": "second_unknown"}


def dots(chart: Any) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows_with(chart, "code", "text")}


@pytest.mark.parametrize("chart", [execution_dumbbell, deviation_dots])
def test_every_line_that_is_compared_is_drawn_and_the_others_are_counted(
    chart: Any, example_years: pl.DataFrame
) -> None:
    rows = execute(example_years, year=2020)
    known = rows.filter(pl.col("execution_status") != "unknown")

    shown = dots(chart(rows))

    assert list(shown) == known["code"].to_list()[-1:] + known["code"].to_list()[:-1]
    mixed = chart(execution(executed("205", "1", "2"), executed("206", "1", None, **UNKNOWN)))
    assert list(dots(mixed)) == ["205"]
    assert "未绘出：后者未公布该表1行" in small_print(mixed)


def test_the_dumbbell_says_both_amounts_and_the_deviation() -> None:
    chart = execution_dumbbell(
        execution(
            executed("205", "100", "95"),
            executed("206", None, "3"),
            executed("207", "3", None),
            executed("208", "10", "9.5", adjusted_budget_yuan=Decimal(98_000)),
        )
    )

    assert {code: row["text"] for code, row in dots(chart).items()} == {
        "205": "100.00 → 95.00 (−5.00%)",
        "206": "3.00 (执行中新增)",
        "207": "3.00 (有预算未执行)",
        "208": "10.00 → 9.50 (−5.00%)",
    }
    assert (dots(chart)["206"]["budget"], dots(chart)["207"]["final"]) == (None, None)
    assert dots(chart)["208"]["adjusted"] == pytest.approx(9.8)


def test_a_stage_that_no_line_has_is_not_in_the_legend() -> None:
    chart = execution_dumbbell(execution(executed("205", "100", "95")))

    legends = [
        layer["encoding"]["color"]["legend"]["values"]
        for layer in chart_spec(chart)["layer"]
        if "color" in layer["encoding"] and "legend" in layer["encoding"]["color"]
    ]
    assert legends == [["预算", "决算"]] * 2


def test_deviations_stand_on_bands_of_five_ten_and_fifteen_percent() -> None:
    chart = deviation_dots(execution(executed("205", "100", "104")))

    bands = rows_with(chart, "from", "shade")
    assert [(band["from"], band["to"]) for band in bands] == [
        (-0.15, 0.15),
        (-0.10, 0.10),
        (-0.05, 0.05),
    ]
    assert dots(chart)["205"]["share"] == pytest.approx(0.04)
    assert "（决算−预算）÷ 年初预算" in small_print(chart)


def test_a_deviation_beyond_the_axis_is_a_triangle_with_its_number() -> None:
    chart = deviation_dots(
        execution(executed("205", "100", "190"), executed("206", "100", "40")), clip=0.2
    )

    assert [(row["share"], row["side"], row["text"]) for row in dots(chart).values()] == [
        (0.2, "right", "+90.00%"),
        (-0.2, "left", "−60.00%"),
    ]
    shapes = {
        layer["transform"][0]["filter"]: layer["mark"]["shape"]
        for layer in chart_spec(chart)["layer"]
        if "shape" in layer["mark"]
    }
    assert shapes == {
        "datum.side === '' && datum.share !== null": "circle",
        "datum.side === 'left' && datum.share !== null": "triangle-left",
        "datum.side === 'right' && datum.share !== null": "triangle-right",
    }


def test_a_line_without_a_deviation_says_what_became_of_it() -> None:
    (row,) = dots(deviation_dots(execution(executed("205", None, "3")))).values()

    assert (row["share"], row["text"]) == (None, "执行中新增")


@pytest.mark.parametrize("chart", [execution_dumbbell, deviation_dots])
def test_what_stands_between_budget_and_final_is_numbered(chart: Any) -> None:
    picture = chart(
        execution(
            executed("205", "1", "2", side_comparability="matched_by_meaning"),
            executed("206", "1", "2", is_doubted=True),
            executed("207", "1", "2", is_doubted=False),
        ).with_columns(pl.col("is_doubted").fill_null(value=False))
    )

    assert ["①" in row["text"] for row in dots(picture).values()] == [True, False, False]
    assert ["※" in row["text"] for row in dots(picture).values()] == [False, True, False]
    assert "① 取自另一张表的同义行" in small_print(picture)


@pytest.mark.parametrize("chart", [execution_dumbbell, deviation_dots])
def test_what_cannot_be_drawn_is_said_or_refused(chart: Any) -> None:
    unknown = execution(executed("205", "1", None, **UNKNOWN))
    assert drawn(chart(unknown)) == drawn(chart(unknown.clear())) == [{"words": "无可绘数据"}]
    with pytest.raises(InputError, match="fiscal_year"):
        chart(execution(executed("205", "1", "2"), executed("205", "1", "2", fiscal_year=2023)))


def test_an_axis_narrower_than_the_bands_is_refused() -> None:
    with pytest.raises(InputError, match="bands"):
        deviation_dots(execution(executed("205", "1", "2")), clip=0.1)
