from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from chart_samples import drawn

from analytics.charts import chart_spec, project_bars, theme

LONG = "“一枚印章管审批”改革事项标准化梳理及智能导办系统搭建项目2024年度资金及以前年度欠付资金"


def projects(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame(columns, schema_overrides={"amount_yuan": pl.Decimal(18, 2)})


def test_projects_are_sorted_by_amount_and_gaps_come_last() -> None:
    frame = projects(name=["甲", "乙", "丙", "丁"], amount_yuan=[0, None, 4_000_000, -40_000])

    bars = drawn(project_bars(frame))

    assert [(bar["name"], bar["text"]) for bar in bars] == [
        ("丙", "400.00"),
        ("甲", "0.00"),
        ("丁", "−4.00"),
        ("乙", "无数据"),
    ]
    assert [bar["amount"] for bar in bars] == [400.0, 0.0, -4.0, None]


def test_a_long_name_takes_two_lines_and_is_whole_in_the_tooltip() -> None:
    chart = project_bars(projects(name=[LONG], amount_yuan=[699_000]))

    (bar,) = drawn(chart)
    assert bar["label"].count("\n") == 1
    assert bar["label"].endswith("…")
    assert bar["name"] == LONG
    tooltip = chart_spec(chart)["layer"][0]["encoding"]["tooltip"]
    assert tooltip[0] == {"field": "name", "title": "项目", "type": "nominal"}


def test_long_names_with_one_beginning_keep_rows_of_their_own() -> None:
    chart = project_bars(projects(name=[LONG + "一期", LONG + "二期"], amount_yuan=[2, 1]))

    domain = chart_spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert len(set(domain)) == 2


@pytest.mark.parametrize("count", [1, 60])
def test_every_project_has_a_row_high_enough_for_its_label(count: int) -> None:
    names = [f"第{i}号专项工作经费及配套设施建设和运行维护项目" for i in range(count)]

    chart = project_bars(projects(name=names, amount_yuan=[Decimal(i) for i in range(count)]))

    bars = drawn(chart)
    assert len(bars) == count
    assert {bar["label"].count("\n") for bar in bars} == {1}
    assert chart_spec(chart)["height"]["step"] > 2 * theme()["axis"]["labelLineHeight"]


def test_kinds_have_colours_and_a_legend() -> None:
    frame = projects(
        name=["甲", "乙", "丙"], amount_yuan=[3, 2, 1], kind=["一次性", None, "延续性"]
    )

    colour = chart_spec(project_bars(frame))["layer"][0]["encoding"]["color"]

    assert colour["legend"]["values"] == ["一次性", "延续性"]
    assert len(set(colour["scale"]["range"])) == 3


def test_the_column_project_serves_where_there_is_no_name() -> None:
    bars = drawn(project_bars(projects(project=["甲"], amount_yuan=[10_000]), "en"))

    assert [(bar["name"], bar["text"]) for bar in bars] == [("甲", "1.00")]


def test_amounts_that_are_all_missing_leave_the_zero_alone() -> None:
    chart = project_bars(pl.DataFrame({"name": ["甲", "乙"], "amount_yuan": [None, None]}))

    assert {bar["text"] for bar in drawn(chart)} == {"无数据"}
    assert chart_spec(chart)["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]
