from __future__ import annotations

import itertools
from typing import Any

import pytest
from chart_samples import drawn
from chart_years import change, changes, linked, rows_with, small_print, unknown

from analytics.charts import change_slope, chart_spec
from analytics.errors import InputError


def slopes(chart: Any) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows_with(chart, "left", "right")}


def test_both_ends_have_their_figure_and_the_right_one_growth() -> None:
    (slope,) = slopes(change_slope(changes(change("205", "100", "150.5")))).values()

    assert (slope["prior"], slope["now"]) == (100, 150.5)
    assert slope["left"] == "205 第205项 100.00"
    assert slope["right"] == "150.50 (+50.50%) 第205项"
    assert slope["kind"] == "增加"
    assert slope["is_joined"] is True


@pytest.mark.parametrize(
    ("row", "ends", "text"),
    [
        (change("205", None, "3"), (None, 3), "3.00 (新增)\n205 第205项"),
        (unknown("205", "3"), (None, 3), "3.00 (无上年数)\n205 第205项"),
        (change("205", "3", None), (3, None), "205 第205项 3.00 (取消)"),
    ],
)
def test_a_line_of_one_year_has_one_point_and_says_why(
    row: dict[str, Any], ends: tuple[Any, Any], text: str
) -> None:
    (slope,) = slopes(change_slope(changes(row))).values()

    assert (slope["prior"], slope["now"]) == ends
    assert text in (slope["left"], slope["right"])
    assert "" in (slope["left"], slope["right"])
    assert slope["is_joined"] is False


def test_figures_that_cannot_be_compared_are_not_joined() -> None:
    (slope,) = slopes(change_slope(changes(unknown("205", "3", "scope_differs")))).values()

    assert (slope["prior"], slope["now"], slope["is_joined"]) == (3, 3, False)
    assert slope["right"] == "3.00 (不可比) ① 第205项"


def test_a_slope_over_a_break_is_dashed_and_numbered() -> None:
    chart = change_slope(changes(linked("205", "1", "2"), change("206", "1", "2")))

    assert {code: row["is_break"] for code, row in slopes(chart).items()} == {
        "205": True,
        "206": False,
    }
    dash = chart_spec(chart)["layer"][0]["encoding"]["strokeDash"]
    assert dash == {"condition": [{"test": "datum.is_break", "value": [5, 4]}], "value": []}
    assert slopes(chart)["205"]["right"] == "2.00 (+100.00%) ① 第205项"
    assert "虚线" in small_print(chart)
    assert "① 科目调整后合并比较（把握：中）" in small_print(chart)


def test_the_biggest_are_drawn_and_the_rest_is_counted() -> None:
    rows = changes(
        change("total", "99", "99", name="合计"),
        *(change(f"2{place:02}", str(place), "1", parent_code="total") for place in range(1, 16)),
    )

    chart = change_slope(rows)

    assert sorted(slopes(chart)) == [f"2{place:02}" for place in range(4, 16)]
    assert "未绘出：合计与上级科目1行" in small_print(chart)
    assert "未绘出：较小科目3行，每行不超过3.00" in small_print(chart)
    assert len(slopes(change_slope(rows, most=2))) == 2


def test_labels_never_cover_each_other() -> None:
    rows = changes(*(change(f"2{place:02}", "5", "500") for place in range(12)))

    chart = change_slope(rows)

    spec = chart_spec(chart)
    height, top = spec["height"], rows_with(chart, "top")[0]["top"]
    for side in ("left", "right"):
        places = sorted(
            (height * (1 - row[f"{side}_at"] / top), row[side].count("\n") + 1)
            for row in slopes(chart).values()
        )
        gaps = [
            after - before - 7.5 * (lines + more)
            for (before, lines), (after, more) in itertools.pairwise(places)
        ]
        assert [gap for gap in gaps if gap < -1e-9] == []


def test_an_implied_figure_is_hollow_and_a_doubted_one_is_marked() -> None:
    chart = change_slope(
        changes(
            change("205", "1", "2", value_kind_prior="implied", comparability="prior_implied"),
            change("206", "1", "2", is_doubted=True),
        )
    )

    shown = slopes(chart)
    assert (shown["205"]["is_implied_prior"], shown["205"]["is_implied"]) == (True, False)
    assert shown["206"]["right"] == "2.00 ※ (+100.00%) 第206项"
    assert "空心点：由文字推算" in small_print(chart)
    # The hollow point says it; a number for the same thing would say it twice.
    assert "①" not in small_print(chart)


def test_the_axis_starts_at_zero() -> None:
    chart = change_slope(changes(change("205", "100", "101")))

    scale = chart_spec(chart)["layer"][0]["encoding"]["y"]["scale"]
    assert scale["domain"][0] == 0
    assert scale["domain"][1] > 101


def test_what_cannot_be_drawn_is_refused_or_said() -> None:
    rows = changes(change("205", "1", "2"))
    assert drawn(change_slope(rows.clear())) == [{"words": "无可绘数据"}]
    assert drawn(change_slope(changes(change("205", None, None)))) == [{"words": "无可绘数据"}]
    with pytest.raises(InputError, match="fiscal_year"):
        change_slope(changes(change("205", "1", "2"), change("205", "2", "3", fiscal_year=2025)))
    with pytest.raises(InputError, match="below zero: 205"):
        change_slope(changes(change("205", "-1", "2")))
    with pytest.raises(InputError, match="most"):
        change_slope(rows, most=0)
