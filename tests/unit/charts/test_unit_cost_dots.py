from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from chart_samples import drawn, unit_costs

from analytics.charts import chart_spec, unit_cost_dots


def test_ends_are_multiples_of_the_stated_cost() -> None:
    frame = unit_costs(("成本", "1200元/个", "1200", "600", "1800"))

    (span,) = drawn(unit_cost_dots(frame))

    assert (span["from"], span["to"]) == (0.5, 1.5)
    assert span["text"] == "所述 1200元/个\n隐含 600–1,800元/个"


@pytest.mark.parametrize(
    ("ends", "text", "is_open"),
    [
        ((None, "3000"), "≤3,000元/个", (True, False)),
        (("0", "3000"), "≤3,000元/个", (True, False)),
        (("3000", None), "≥3,000元/个", (False, True)),
        (("3000", "3000"), "3,000元/个", (False, False)),
    ],
)
def test_an_open_side_runs_to_the_edge_with_an_arrow(
    ends: tuple[Any, Any], text: str, is_open: tuple[bool, bool]
) -> None:
    chart = unit_cost_dots(unit_costs(("成本", "≤3000元/个", "3000", *ends)))

    (span,) = drawn(chart)
    spec = chart_spec(chart)
    edges = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert span["implied"] == text
    assert (span["is_open_low"], span["is_open_high"]) == is_open
    assert (span["from"] == edges[0], span["to"] == edges[1]) == is_open
    arrows = {
        layer["mark"]["shape"]: layer["transform"][0]["filter"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point" and layer["mark"]["shape"] != "circle"
    }
    assert arrows == {
        "triangle-left": "datum.is_open_low",
        "triangle-right": "datum.is_open_high",
    }


def test_the_axis_is_logarithmic_with_the_stated_cost_at_one() -> None:
    chart = unit_cost_dots(unit_costs(("成本", "2元/个", "2", "3", "3")), "en")

    x = chart_spec(chart)["layer"][0]["encoding"]["x"]
    low, high = x["scale"]["domain"]
    assert x["scale"]["type"] == "log"
    assert low < 1
    assert high > 1.5
    assert 1 in x["axis"]["values"]
    assert "1 (stated)" in x["axis"]["labelExpr"]


@pytest.mark.parametrize("factor", ["0.000001", "0.5", "20", "123456789"])
def test_the_axis_has_few_ticks_and_one_of_them_is_the_stated_cost(factor: str) -> None:
    chart = unit_cost_dots(unit_costs(("成本", "1元/个", "1", factor, factor)))

    ticks = chart_spec(chart)["layer"][0]["encoding"]["x"]["axis"]["values"]
    assert 1 in ticks
    assert len(ticks) <= 9


def test_costs_without_an_implied_cost_are_counted_and_not_drawn() -> None:
    frame = unit_costs(("单价", "2元/个", "2", "1", "2"), ("总额", "63万元", "630000", None, None))

    chart = unit_cost_dots(frame)

    assert [span["name"] for span in drawn(chart)] == ["单价"]
    assert "另有1项" in chart_spec(chart)["title"]["subtitle"][-1]


def test_nothing_that_can_be_drawn_says_so() -> None:
    frame = unit_costs(("总额", "63万元", "630000", None, None), ("零", "0元/个", "0", "1", "1"))

    assert drawn(unit_cost_dots(frame)) == [{"words": "无可绘数据"}]


def test_units_are_written_with_their_period() -> None:
    frame = unit_costs(
        ("工资", "≤3800元/人/月", "3800", "3800", "3800"), per_unit="人", per_period="月"
    )

    (span,) = drawn(unit_cost_dots(frame, "en"))

    assert span["text"] == "stated ≤3800元/人/月\nimplied 3,800元/人/月"


def test_blocks_are_named_where_both_are_there() -> None:
    one = unit_costs(("单价", "2元/个", "2", "2", "2"))
    both = pl.concat([one, one.with_columns(block=pl.lit("term"))])

    assert [span["label"].split("\n")[0] for span in drawn(unit_cost_dots(both))] == [
        "单价（年度）",
        "单价（实施期）",
    ]
