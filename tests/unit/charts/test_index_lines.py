from __future__ import annotations

from typing import Any

import pytest
from chart_samples import drawn
from chart_years import figure, figures, rows_with, small_print

from analytics.charts import chart_spec, index_lines
from analytics.errors import InputError

BREAK = {
    "is_break": True,
    "reason": "一方含上年结转，另一方不含",
    "reason_en": "one of the figures holds carry-over, the other does not",
    "index_base_year": 2022,
}


def parts(chart: Any, part: str) -> list[dict[str, Any]]:
    return [row for row in rows_with(chart, "part", "line") if row["part"] == part]


def test_the_base_year_is_one_hundred_with_a_rule_at_it() -> None:
    chart = index_lines(
        figures(figure("205", 2020, "80", 1.0, prior_year=None), figure("205", 2021, "86", 1.075))
    )

    assert [(row["year"], row["text"]) for row in parts(chart, "point")] == [
        (2020, "100.0"),
        (2021, "107.5"),
    ]
    assert "2020年=100" in small_print(chart)
    assert chart_spec(chart)["layer"][0]["transform"][1] == {"as": "level", "calculate": "100"}


def test_the_index_does_not_run_across_a_break() -> None:
    chart = index_lines(
        figures(
            figure("205", 2020, "80", 1.0, prior_year=None),
            figure("205", 2021, "86", 1.075),
            figure("205", 2022, "50", 1.0, **BREAK),
            figure("205", 2023, "55", 1.1, index_base_year=2022),
        )
    )

    assert [(row["year"], row["year2"]) for row in parts(chart, "stretch")] == [
        (2020, 2021),
        (2022, 2023),
    ]
    assert [(row["between"], row["text"]) for row in parts(chart, "break")] == [(2021.5, "①")]
    assert f"① {BREAK['reason']}" in small_print(chart)
    assert "各段首年=100（2020、2022）" in small_print(chart)


def test_a_gap_is_a_gap() -> None:
    chart = index_lines(
        figures(
            figure("205", 2020, "80", 1.0, prior_year=None),
            figure("205", 2022, "88", 1.1, prior_year=2020),
        )
    )

    assert parts(chart, "stretch") == parts(chart, "break") == []
    assert len(parts(chart, "point")) == 2


def test_figures_without_an_index_are_counted() -> None:
    chart = index_lines(
        figures(
            figure("205", 2020, "8", 1.0),
            figure("206", 2020, "9", 1.0),
            figure("207", 2020, "0", None, index_base_year=None),
        ),
        most=1,
    )

    assert [row["code"] for row in parts(chart, "point")] == ["206"]
    assert "未绘出：较小科目1行、无指数1个数" in small_print(chart)


def test_marks_are_those_of_the_amounts() -> None:
    rows = figures(
        figure("205", 2020, "80", 1.0, is_doubted=False, value_kind="implied"),
        figure("205", 2021, "86", 1.075, is_doubted=True),
    )

    chart = index_lines(rows, "en")

    assert [(row["text"], row["is_hollow"]) for row in parts(chart, "point")] == [
        ("100.0", True),
        ("107.5 ※", False),
    ]
    assert "hollow: implied by the narrative" in small_print(chart)


def test_nothing_to_draw_says_so_and_wrong_frames_are_refused() -> None:
    rows = figures(figure("205", 2020, "8", None), figure("206", 2020, "8", None))
    assert drawn(index_lines(rows)) == [{"words": "无可绘数据"}]
    with pytest.raises(InputError, match="stage"):
        index_lines(
            figures(figure("205", 2020, "8", 1.0), figure("206", 2020, "8", 1.0, stage="final"))
        )
    with pytest.raises(InputError, match="most"):
        index_lines(rows, most=0)
