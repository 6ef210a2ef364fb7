from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from chart_samples import drawn, three_public

from analytics.charts import chart_spec, three_public_bars
from analytics.errors import InputError, NotFoundError

SAMPLE = {
    "total": ("8.10", "3.00"),
    "abroad": ("0", "0"),
    "reception": ("3.00", "3.00"),
    "vehicle": ("5.10", "0"),
    "vehicle_purchase": ("0", "0"),
    "vehicle_operation": ("5.10", "0"),
}


def test_two_bars_for_each_component_in_the_order_of_the_statement() -> None:
    bars = drawn(three_public_bars(three_public(SAMPLE)))

    assert [(bar["part"], bar["year"], bar["text"]) for bar in bars] == [
        ("因公出国（境）费", "2023年预算", "0.00"),
        ("因公出国（境）费", "2024年预算", "0.00"),
        ("公务接待费", "2023年预算", "3.00"),
        ("公务接待费", "2024年预算", "3.00"),
        ("公务用车购置费", "2023年预算", "0.00"),
        ("公务用车购置费", "2024年预算", "0.00"),
        ("公务用车运行维护费", "2023年预算", "5.10"),
        ("公务用车运行维护费", "2024年预算", "0.00"),
    ]


@pytest.mark.parametrize(("lang", "words"), [("zh", "无数据"), ("en", "n/a")])
def test_zero_and_missing_look_different(lang: Any, words: str) -> None:
    chart = three_public_bars(three_public({"abroad": (None, "0"), "reception": ("3", "3")}), lang)

    before, now = drawn(chart)[:2]
    assert (before["text"], before["amount"], before["is_missing"]) == (words, None, True)
    assert (now["text"], now["amount"], now["is_missing"]) == ("0.00", 0.0, False)
    colour = chart_spec(chart)["layer"][1]["encoding"]["color"]
    (missing,) = colour["condition"]
    assert missing["test"] == "datum.is_missing"
    assert missing["value"] != colour["value"]


def test_a_component_without_a_row_is_missing_and_not_left_out() -> None:
    bars = drawn(three_public_bars(three_public({"reception": ("3", "3")})))

    assert len(bars) == 8
    assert {bar["text"] for bar in bars if bar["part"] != "公务接待费"} == {"无数据"}


def test_vehicles_stated_as_a_whole_stand_beside_their_parts() -> None:
    frame = three_public({"vehicle": ("5.10", "0"), "vehicle_operation": (None, "0")})

    bars = drawn(three_public_bars(frame))

    assert [bar["text"] for bar in bars if bar["part"].startswith("公务用车购置及")] == [
        "5.10",
        "0.00",
    ]


def test_a_prior_year_from_the_narrative_is_called_so() -> None:
    implied = three_public_bars(three_public(SAMPLE))
    printed = three_public_bars(three_public(SAMPLE, value_kind_prior="printed"))

    assert "2023年预算数由文字推算" in chart_spec(implied)["title"]["subtitle"][-1]
    assert "推算" not in "".join(chart_spec(printed)["title"]["subtitle"])


def test_final_accounts_are_told_from_the_budget() -> None:
    bars = drawn(three_public_bars(three_public(SAMPLE, stage_prior="final"), "en"))

    assert [bar["year"] for bar in bars[:2]] == ["2023 final accounts", "2024 budget"]


def test_other_statements_are_left_out() -> None:
    other = three_public({"reception": ("9", "9")}, statement="operating_expenses")

    bars = drawn(three_public_bars(pl.concat([three_public(SAMPLE), other])))

    assert "9.00" not in {bar["text"] for bar in bars}


def test_a_fund_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFoundError, match="no fund 'state_capital'"):
        three_public_bars(three_public(SAMPLE), fund="state_capital")


def test_a_component_twice_is_refused() -> None:
    with pytest.raises(InputError, match="component 'total' more than once"):
        three_public_bars(pl.concat([three_public(SAMPLE)] * 2))


@pytest.mark.parametrize("amount", ["0", None])
def test_nothing_but_zeros_or_gaps_has_an_axis_with_the_zero_alone(amount: str | None) -> None:
    chart = three_public_bars(three_public({"reception": (amount, amount)}))

    y = chart_spec(chart)["layer"][0]["encoding"]["y"]
    assert y["axis"]["values"] == [0]
    assert y["scale"]["domain"] == [0, 1]


def test_a_negative_amount_is_inside_the_axis() -> None:
    chart = three_public_bars(three_public({"reception": ("-2", "1")}))

    low, high = chart_spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low < -2
    assert high > 1
    assert "−2.00" in {bar["text"] for bar in drawn(chart)}
