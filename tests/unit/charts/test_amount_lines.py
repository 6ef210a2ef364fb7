from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from chart_samples import drawn
from chart_years import change, changes, linked, rows_with, small_print, unknown

from analytics import changes as compare
from analytics.charts import amount_lines, chart_spec
from analytics.errors import InputError


def parts(chart: Any, part: str) -> list[dict[str, Any]]:
    return [row for row in rows_with(chart, "part", "line") if row["part"] == part]


def points(chart: Any) -> list[tuple[str, int, str]]:
    return [(row["code"], row["year"], row["text"]) for row in parts(chart, "point")]


def stretches(chart: Any) -> list[tuple[int, float, int, float, bool]]:
    names = ("year", "amount", "year2", "amount2", "is_break")
    return [tuple(row[name] for name in names) for row in parts(chart, "stretch")]


def test_every_figure_is_a_point(example_years: pl.DataFrame) -> None:
    rows = compare(example_years)
    figures = {
        (row["code"], row[year], row[amount])
        for row in rows.to_dicts()
        for year, amount in (("fiscal_year", "amount_yuan"), ("prior_year", "amount_prior_yuan"))
        if row[amount] is not None
    }

    chart = amount_lines(rows)

    assert sorted(points(chart)) == sorted(
        (code, year, f"{yuan / 10_000:,.2f}") for code, year, yuan in figures
    )


def test_two_years_in_a_row_are_joined_and_a_gap_is_not() -> None:
    chart = amount_lines(
        changes(
            change("205", "1", "2", fiscal_year=2020),
            change("205", "2", None, fiscal_year=2021),
            change("205", None, "4", fiscal_year=2022),
            change("205", "4", "5", fiscal_year=2023),
        )
    )

    assert [year for _, year, _ in points(chart)] == [2019, 2020, 2022, 2023]
    assert stretches(chart) == [(2019, 1, 2020, 2, False), (2022, 4, 2023, 5, False)]
    assert "无点之年：未列或无数字" in small_print(chart)


def test_a_break_is_dashed_with_a_rule_between_the_years_and_a_number() -> None:
    chart = amount_lines(
        changes(change("205", "1", "2", fiscal_year=2023), linked("205", "2.5", "3"))
    )

    assert stretches(chart) == [(2022, 1, 2023, 2, False), (2023, 2.5, 2024, 3, True)]
    assert [(row["between"], row["text"]) for row in parts(chart, "break")] == [(2023.5, "①")]
    # 2023 has one figure towards the year before and one towards the year after, in a union.
    assert [text for _, year, text in points(chart) if year == 2023] == ["2.00", "2.50"]
    assert "① 科目调整后合并比较（把握：中）" in small_print(chart)


def test_breaks_of_several_lines_share_a_rule_in_one_picture() -> None:
    rows = changes(
        linked("205", "2", "3"),
        linked("206", "1", "1"),
        linked("207", "1", "2", link_confidence="low"),
    )

    assert [row["text"] for row in parts(amount_lines(rows), "break")] == ["①②"]
    assert [row["text"] for row in parts(amount_lines(rows, apart=True), "break")] == list("①①②")


def test_figures_that_cannot_be_compared_are_not_joined() -> None:
    chart = amount_lines(changes(unknown("205", "3", "scope_differs")))

    assert len(points(chart)) == 2
    assert stretches(chart) == []
    assert [row["text"] for row in parts(chart, "break")] == ["①"]
    assert "① 口径不同" in small_print(chart)


def test_implied_figures_are_hollow_unless_their_year_prints_them() -> None:
    implied: dict[str, Any] = {"value_kind_prior": "implied", "comparability": "prior_implied"}
    chart = amount_lines(
        changes(
            change("205", "1", "2", fiscal_year=2023, **implied), change("205", "2", "3", **implied)
        )
    )

    assert [row["is_hollow"] for row in parts(chart, "point")] == [True, False, False]
    assert "空心点：由文字推算" in small_print(chart)


def test_a_doubted_figure_is_marked_once() -> None:
    chart = amount_lines(
        changes(
            change("205", "1", "2", fiscal_year=2023, is_doubted=True),
            change("205", "2", "3", is_doubted_prior=True),
        )
    )

    assert [text for _, _, text in points(chart)] == ["1.00", "2.00 ※", "3.00"]


def test_many_lines_have_a_picture_each_and_the_small_print_says_which_axis() -> None:
    rows = changes(*(change(f"20{place}", "1", "2") for place in range(6)))

    free, shared = amount_lines(rows), amount_lines(rows, shared_axis=True)

    assert chart_spec(free)["resolve"]["scale"]["y"] == "independent"
    assert "各图纵轴不同" in small_print(free)
    assert chart_spec(shared)["resolve"]["scale"]["y"] == "shared"
    assert "各图纵轴相同" in small_print(shared)
    titles = [row["text"] for row in parts(free, "title")]
    assert titles == [f"20{place} 第20{place}项" for place in range(6)]
    together = amount_lines(rows, apart=False)
    assert {row["text"] for row in rows_with(together, "label_at")} == set(titles)


def test_smaller_lines_are_counted() -> None:
    rows = changes(
        change("205", "1", "2"),
        change("206", "9", "8"),
        change("207", None, None, status="continued"),
    )

    chart = amount_lines(rows, most=1)

    assert {code for code, _, _ in points(chart)} == {"206"}
    assert "未绘出：较小科目1行、无数字1行" in small_print(chart)


def test_the_axis_of_one_picture_starts_at_zero() -> None:
    def domain(*amounts: str) -> list[float]:
        layers = chart_spec(amount_lines(changes(change("205", *amounts))))["layer"]
        scale = next(
            layer["encoding"]["y"]["scale"] for layer in layers if "x2" in layer["encoding"]
        )
        ends: list[float] = scale["domain"]
        return ends

    assert domain("100", "101")[0] == 0
    assert domain("-5", "101")[0] < -5


def test_more_lines_than_colours_in_one_picture_are_refused() -> None:
    rows = changes(*(change(f"2{place:02}", "1", "2") for place in range(8)))

    with pytest.raises(InputError, match="8 lines in one picture"):
        amount_lines(rows, apart=False)
    with pytest.raises(InputError, match="most"):
        amount_lines(rows, most=0)


def test_nothing_to_draw_says_so() -> None:
    blank = changes(change("205", None, None))

    assert (
        drawn(amount_lines(blank))
        == drawn(amount_lines(blank.clear()))
        == [{"words": "无可绘数据"}]
    )
