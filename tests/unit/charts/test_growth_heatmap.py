from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from chart_samples import drawn
from chart_years import change, changes, linked, rows_with, small_print, unknown

from analytics import changes as compare
from analytics.charts import chart_spec, growth_heatmap
from analytics.errors import InputError, NotFoundError, SchemaError


def texts(chart: Any) -> dict[tuple[str, str], str]:
    return {(cell["code"], cell["pair"]): cell["text"] for cell in rows_with(chart, "pair", "kind")}


def names(chart: Any) -> list[tuple[str, int]]:
    return [(row["label"], row["indent"]) for row in rows_with(chart, "label", "indent")]


def test_every_row_has_its_cell_and_every_cell_a_text(example_years: pl.DataFrame) -> None:
    rows = compare(example_years)
    compared = rows.filter(pl.col("status") != "unknown")

    chart = growth_heatmap(rows)

    shown = texts(chart)
    pairs = {
        f"{prior}→{year}" for prior, year in compared.select("prior_year", "fiscal_year").rows()
    }
    assert {pair for _, pair in shown} == pairs
    for row in compared.filter(status="continued", comparability="comparable").to_dicts():
        text = shown[row["code"], f"{row['prior_year']}→{row['fiscal_year']}"]
        assert text.replace("−", "-").lstrip("+") == f"{row['growth_share']:.2%}"
    assert "" not in shown.values()


def test_growth_is_written_with_its_sign_and_coloured() -> None:
    chart = growth_heatmap(changes(change("205", "100", "150"), change("206", "100", "87.5")))

    cells = rows_with(chart, "pair", "kind")
    assert [(cell["text"], cell["growth"]) for cell in cells] == [
        ("+50.00%", 0.5),
        ("−12.50%", -0.125),
    ]


@pytest.mark.parametrize(
    ("row", "text", "kind"),
    [
        (change("205", None, "3"), "新增", "new"),
        (change("205", "3", None), "取消", "ended"),
        (unknown("205", "3"), "无资料", "no_figure"),
        (unknown("205", "3", "scope_differs"), "不可比 ①", "not_compared"),
        (unknown("205", "3", "codes_moved"), "不可比 ①", "not_compared"),
        (change("205", "0", "0", status="continued"), "均为0", "absent"),
        (
            change("205", "-2", "1", growth_share=None, status="continued"),
            "+3.00万元",
            "not_compared",
        ),
    ],
)
def test_what_has_no_growth_says_why(row: dict[str, Any], text: str, kind: str) -> None:
    chart = growth_heatmap(changes(row, change("206", "1", "1")))

    cell = rows_with(chart, "pair", "kind")[0]
    assert (cell["text"], cell["kind"], cell["growth"]) == (text, kind, None)


def test_colours_are_centred_clipped_and_neither_red_nor_green() -> None:
    chart = growth_heatmap(changes(change("205", "1", "9")), clip=0.2)

    colour = chart_spec(chart)["layer"][0]["encoding"]["color"]
    assert colour["scale"]["domain"] == [-0.2, 0, 0.2]
    assert colour["scale"]["clamp"] is True
    assert colour["scale"]["range"][1] == "#FFFFFF"
    for code in colour["scale"]["range"]:
        red, green, blue = (int(code[place : place + 2], 16) for place in (1, 3, 5))
        assert max(green, blue) > 0.6 * red
        assert not (green > 1.2 * red and green > 1.2 * blue)
    assert "±20%" in colour["legend"]["title"]


def test_lines_stand_below_what_they_are_a_part_of() -> None:
    rows = changes(
        change("20701", "1", "2", parent_code="207"),
        change("total", "3", "4", name="合计"),
        change("208", "1", "1", parent_code="total"),
        change("207", "2", "3", parent_code="total"),
    )

    assert names(growth_heatmap(rows)) == [
        ("合计", 0),
        ("207 第207项", 12),
        ("20701 第20701项", 24),
        ("208 第208项", 12),
    ]


def test_a_union_stands_before_its_codes_which_point_to_it() -> None:
    rows = changes(
        linked("301+303", "5", "6"),
        change("301", "4", "4", fiscal_year=2025),
        change("303", "2", "3", fiscal_year=2025),
    )

    chart = growth_heatmap(rows)

    assert [label[:7] for label, _ in names(chart)] == ["301+303", "301 第30", "303 第30"]
    assert texts(chart) == {
        ("301+303", "2023→2024"): "+20.00% ①",
        ("301+303", "2024→2025"): "分列",
        ("301", "2023→2024"): "见 301+…",
        ("301", "2024→2025"): "0.00%",
        ("303", "2023→2024"): "见 301+…",
        ("303", "2024→2025"): "+50.00%",
    }
    assert "见：" in small_print(chart)
    assert "分列：" in small_print(chart)


def test_a_code_that_moved_points_to_its_new_one_and_is_not_called_absent() -> None:
    rows = changes(
        change("30311", "4", "5", fiscal_year=2023),
        linked("30113", "5", "6", code_prior="30311"),
    )

    shown = texts(growth_heatmap(rows))

    assert shown["30311", "2023→2024"] == "见 30113"
    assert shown["30113", "2022→2023"] == "—"


def test_breaks_are_numbered_in_the_words_of_the_vocabulary() -> None:
    chart = growth_heatmap(
        changes(
            linked("205", "1", "2"),
            linked("206", "1", "2", link_confidence="high"),
            change("207", "1", "2", comparability="sources_differ"),
            change("208", "1", "2"),
        )
    )

    cells = {cell["code"]: cell for cell in rows_with(chart, "pair", "kind")}
    assert [cells[code]["text"][-1] for code in ("205", "206", "207", "208")] == list("②①③%")
    assert [cells[code]["is_break"] for code in ("205", "206", "207", "208")] == [
        True,
        True,
        False,  # a contradiction is about a figure, not about what the line means
        False,
    ]
    assert "① 科目调整后合并比较（把握：高）" in small_print(chart)
    assert "② 科目调整后合并比较（把握：中）" in small_print(chart)
    assert "③ 多处数字不一致" in small_print(chart)


def test_years_without_anything_to_compare_are_counted() -> None:
    rows = changes(
        unknown("205", "1", fiscal_year=2023),
        unknown("206", "1", fiscal_year=2023),
        change("205", "1", "2"),
    )

    chart = growth_heatmap(rows)

    assert {pair for _, pair in texts(chart)} == {"2023→2024"}
    assert "2022→2023无可比数据，2行未绘出" in small_print(chart)


def test_nothing_to_compare_says_so() -> None:
    assert drawn(growth_heatmap(changes(unknown("205", "1")))) == [{"words": "无可绘数据"}]
    nothing = changes(change("205", "1", "2")).clear()
    assert drawn(growth_heatmap(nothing)) == [{"words": "无可绘数据"}]


def test_a_doubted_figure_of_either_year_is_marked() -> None:
    rows = changes(
        change("205", "1", "2", is_doubted=True),
        change("206", "1", "2", is_doubted_prior=True),
        change("207", "1", "2"),
    )

    chart = growth_heatmap(rows)

    assert ["※" in cell["text"] for cell in rows_with(chart, "pair", "kind")] == [True, True, False]
    assert "※" in small_print(chart)


def test_lines_of_one_code_are_told_apart_by_what_differs() -> None:
    rows = changes(
        change("total", "3", "4", name="合计"),
        change("total", "1", "2", name="合计", component="project"),
        change("total", "2", "2", name="合计", component="basic"),
    )

    assert names(growth_heatmap(rows)) == [
        ("合计（合计）", 0),
        ("合计（基本支出）", 12),
        ("合计（项目支出）", 12),
    ]


def test_a_part_that_all_rows_share_is_in_the_title() -> None:
    title = chart_spec(growth_heatmap(changes(change("205", "1", "2", component="project"))))[
        "title"
    ]

    assert title["text"] == "一般公共预算支出表（项目支出）：逐年增减率（预算）"
    assert title["subtitle"][0].startswith("示例市图书馆（单位） · 一般公共预算，含上年结转")


def test_english_labels_have_no_chinese_but_names() -> None:
    chart = growth_heatmap(changes(linked("205", "1", "2"), change("206", None, "1")), "en")

    assert texts(chart) == {("205", "2023→2024"): "+100.00% ①", ("206", "2023→2024"): "new"}
    assert "codes changed, compared as a union (confidence: medium)" in small_print(chart)


def test_wrong_frames_are_refused() -> None:
    two = changes(change("205", "1", "2"), change("205", "1", "2", agency_id="另一个馆"))
    with pytest.raises(InputError, match="agency_id"):
        growth_heatmap(two)
    with pytest.raises(InputError, match="clip"):
        growth_heatmap(two, clip=0)
    with pytest.raises(SchemaError, match="lacks the columns"):
        growth_heatmap(two.drop("status"))
    with pytest.raises(NotFoundError):
        growth_heatmap(two, "fr")  # type: ignore[arg-type]
