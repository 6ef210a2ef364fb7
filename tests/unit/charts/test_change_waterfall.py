from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from chart_samples import BRIDGE, drawn

from analytics.charts import change_waterfall, chart_spec

UNEXPLAINED_LAYERS = {"color": "#EDEDED", "strokeDash": [4, 3]}


def test_bars_stand_where_the_bridge_puts_them() -> None:
    bars = drawn(change_waterfall(BRIDGE))

    assert [(bar["start"], bar["end"]) for bar in bars] == [
        (0.0, 3826.55),
        (3826.55, 3389.75),
        (3389.75, 2965.95),
        (0.0, 2965.95),
    ]


def test_labels_carry_signed_amounts_and_growth() -> None:
    bars = drawn(change_waterfall(BRIDGE))

    assert [(bar["amount"], bar["growth"]) for bar in bars] == [
        ("3,826.55", ""),  # the growth of the total stands where it ended
        ("−436.80", "−12.84%"),
        ("−423.80", ""),
        ("2,965.95", "−22.49%"),
    ]


@pytest.mark.parametrize(
    ("lang", "kinds"),
    [
        ("zh", ["总额", "减少", "未能解释", "总额"]),
        ("en", ["total", "fall", "unexplained", "total"]),
    ],
)
def test_the_unexplained_step_is_a_kind_of_its_own(lang: Any, kinds: list[str]) -> None:
    chart = change_waterfall(BRIDGE, lang)

    assert [bar["kind"] for bar in drawn(chart)] == kinds
    bars = chart_spec(chart)["layer"][0]["encoding"]
    for channel, look in UNEXPLAINED_LAYERS.items():
        scale = bars[channel]["scale"]
        looks = dict(zip(scale["domain"], map(str, scale["range"]), strict=True))
        assert looks.pop(kinds[2]) == str(look)
        assert str(look) not in looks.values()


def test_rise_and_fall_are_not_red_and_green() -> None:
    up = BRIDGE.with_columns(change_yuan=pl.col("change_yuan").abs())
    colours = {}
    for frame in (BRIDGE, up):
        scale = chart_spec(change_waterfall(frame, "en"))["layer"][0]["encoding"]["color"]["scale"]
        colours |= dict(zip(scale["domain"], scale["range"], strict=True))

    assert (colours["rise"], colours["fall"]) == ("#2C7FB8", "#E6A23C")


@pytest.mark.parametrize("shift", [0, -40_000_000])
def test_the_axis_contains_zero_and_every_bar(shift: int) -> None:
    moved = BRIDGE.with_columns(pl.col("start_yuan", "end_yuan") + Decimal(shift))

    low, high = chart_spec(change_waterfall(moved))["layer"][0]["encoding"]["y"]["scale"]["domain"]

    ends = [float(value) / 10_000 for value in moved["end_yuan"]]
    assert low <= 0 <= high
    assert low <= min(ends)
    assert high > max(ends)


def test_bars_are_in_the_order_of_the_steps() -> None:
    chart = change_waterfall(BRIDGE.reverse())

    labels = [bar["label"] for bar in drawn(chart)]
    assert labels == ["2023年总计", "一般公共预算", "未能解释", "2024年总计"]
    assert chart_spec(chart)["layer"][0]["encoding"]["x"]["scale"]["domain"] == labels


def test_each_connector_runs_to_the_next_bar() -> None:
    connectors = drawn(change_waterfall(BRIDGE, "en"), layer=2)

    pairs = [
        (row["label"].replace("\n", " "), row["next_label"].replace("\n", " "), row["end"])
        for row in connectors
    ]
    assert pairs == [
        ("2023 total", "General public", 3826.55),
        ("General public", "unexplained", 3389.75),
        ("unexplained", "2024 total", 2965.95),
    ]


def test_steps_with_one_name_keep_bars_of_their_own() -> None:
    same = BRIDGE.with_columns(label_zh=pl.lit("调整"))

    labels = [bar["label"] for bar in drawn(change_waterfall(same))]

    assert labels == ["调整", "调整 (2)", "调整 (3)", "调整 (4)"]


def test_title_and_small_print_say_years_unit_and_source() -> None:
    title = chart_spec(change_waterfall(BRIDGE, source="收支总表"))["title"]

    assert title["text"] == "总额变动的构成：2023年 → 2024年"
    assert " · ".join(title["subtitle"]) == "示例市审批局 · 单位：万元 · 收支总表"


def test_a_total_alone_is_one_bar() -> None:
    chart = change_waterfall(BRIDGE.tail(1))

    assert [bar["amount"] for bar in drawn(chart)] == ["2,965.95"]
    assert chart_spec(chart)["layer"][2]["data"]["values"] == []
