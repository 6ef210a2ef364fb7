from __future__ import annotations

import polars as pl
import pytest
from chart_samples import drawn, mix

from analytics.charts import chart_spec, mix_bars
from analytics.errors import InputError, NotFoundError

FUNCTIONS = [
    ("社会保障和就业支出", "105.31", 0.0355, None, None),
    ("一般公共服务支出", "2691.73", 0.9076, None, None),
    ("卫生健康支出", "73.56", 0.0248, None, None),
    ("住房保障支出", "95.35", 0.0321, None, None),
]


def test_the_largest_item_stands_first() -> None:
    chart = mix_bars(mix(*FUNCTIONS))

    names = [bar["name"] for bar in drawn(chart)]
    assert names == ["一般公共服务支出", "社会保障和就业支出", "住房保障支出", "卫生健康支出"]
    assert chart_spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"] == names


def test_a_label_says_share_and_amount() -> None:
    bars = drawn(mix_bars(mix(*FUNCTIONS)))

    assert (bars[0]["share"], bars[0]["text"]) == (0.9076, "90.76% · 2,691.73")


def test_without_a_prior_year_there_is_one_bar_and_no_legend() -> None:
    encoding = chart_spec(mix_bars(mix(*FUNCTIONS)))["layer"][0]["encoding"]

    assert "yOffset" not in encoding
    assert encoding["color"]["legend"] is None


def test_a_prior_year_makes_pairs_and_a_gap_in_it_is_told() -> None:
    chart = mix_bars(
        mix(("项目支出", "60", 0.6, "90", 0.75), ("基本支出", "40", 0.4, None, None)), lang="en"
    )

    assert [(bar["name"], bar["year"], bar["text"]) for bar in drawn(chart)] == [
        ("项目支出", "2024", "60.00% · 60.00"),
        ("项目支出", "prior year", "75.00% · 90.00"),
        ("基本支出", "2024", "40.00% · 40.00"),
        ("基本支出", "prior year", "n/a"),
    ]
    assert chart_spec(chart)["layer"][0]["encoding"]["yOffset"]["field"] == "year"


def test_one_item_is_the_whole() -> None:
    bars = drawn(mix_bars(mix(("一般公共服务支出", "12", 1.0, None, None))))

    assert [bar["text"] for bar in bars] == ["100.00% · 12.00"]


def test_an_amount_without_a_share_keeps_its_amount() -> None:
    chart = mix_bars(mix(("甲", "0", None, None, None)))

    assert drawn(chart)[0]["text"] == "0.00"
    assert chart_spec(chart)["layer"][0]["encoding"]["x"]["axis"]["values"] == [0]


def test_a_dimension_is_chosen_by_name() -> None:
    both = pl.concat([mix(*FUNCTIONS), mix(("工资", "9", 1.0, None, None), dimension="fund")])

    assert [bar["name"] for bar in drawn(mix_bars(both, "fund"))] == ["工资"]
    assert chart_spec(mix_bars(both, "fund"))["title"]["text"] == "收入构成（资金来源）：2024年预算"
    with pytest.raises(InputError, match="2 values of dimension: function, fund"):
        mix_bars(both)
    with pytest.raises(NotFoundError, match=r"no dimension 'funds'; did you mean 'fund'"):
        mix_bars(both, "funds")


def test_items_of_one_name_keep_rows_of_their_own() -> None:
    chart = mix_bars(mix(("其他", "3", 0.6, None, None), ("其他", "2", 0.4, None, None)))

    assert chart_spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"] == ["其他", "其他 (2)"]
