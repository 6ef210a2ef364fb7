from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from analysis_rows import indicator, indicators_frame, project, projects_frame
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.analysis import unit_costs
from analytics.schema.results import UnitCosts

NAME = "某项目"


def per_unit(
    cost: str,
    per: str | None,
    quantity: str | None = None,
    *,
    money: int = 0,
    bound: str | None = None,
    quantity_bound: str | None = None,
    block: str = "annual",
    period: str | None = None,
    **form: Any,
) -> dict[str, Any]:
    """The one row of a project with one cost and, where given, the quantity it belongs to."""
    rows = [
        indicator(
            NAME,
            "单价",
            block=block,
            value=Decimal(cost),
            comparator=bound,
            per_unit=per,
            per_period=period,
            quantity_id=None if quantity is None else "q",
        )
    ]
    if quantity is not None:
        rows.append(
            indicator(
                NAME,
                "数量",
                indicator_id="q",
                level2="数量指标",
                kind="quantity",
                block=block,
                value=Decimal(quantity),
                comparator=quantity_bound,
                unit=per,
            )
        )
    forms = project(NAME, **({"annual_total_yuan": money, "term_total_yuan": money} | form))
    result = UnitCosts.validate(unit_costs(projects_frame(forms), indicators_frame(*rows)))
    assert len(result) == 1
    return result.row(0, named=True)


def test_exact_cost_of_more_than_so_many_units():
    # 0.99 元/平方米 × >400万平方米 = 3,960,000 of 4,000,000 元; implied ≤ 1 元
    row = per_unit("0.99", "平方米", "4000000", money=4_000_000, quantity_bound=">")
    assert row["costed_yuan"] == Decimal("3960000.00")
    assert (row["costed_low_yuan"], row["costed_high_yuan"]) == (3_960_000, None)
    assert row["costed_share"] == pytest.approx(0.99)
    assert (row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"]) == (None, 1)
    assert row["reason"] is None


def test_monthly_cost_of_each_person_counts_twelve_times_a_year():
    # 3800 × 50 × 12 = 2,280,000 元, which is the money
    row = per_unit("3800", "人", "50", money=2_280_000, bound="≤", period="月")
    assert (row["period_count"], row["costed_yuan"]) == (12, 2_280_000)
    assert (row["costed_low_yuan"], row["costed_high_yuan"]) == (None, 2_280_000)
    assert row["costed_share"] == 1
    assert row["implied_low_yuan_per_unit"] == row["implied_high_yuan_per_unit"] == 3800


@pytest.mark.parametrize(
    ("block", "years", "periods"),
    [("annual", 2, 12), ("term", 2, 24), ("term", 99, 12), ("term", None, 12), ("term", 10, 120)],
)
def test_term_counts_the_years_of_a_real_term_only(block, years, periods):
    row = per_unit("10", "人", "5", block=block, period="月", period_years=years)
    assert (row["period_count"], row["costed_yuan"]) == (periods, 50 * periods)


@pytest.mark.parametrize(("period", "periods"), [("年", 1), ("季度", 4), (None, 1)])
def test_periods_in_a_year(period, periods):
    assert per_unit("10", "人", "5", period=period)["costed_yuan"] == 50 * periods


def test_cost_of_a_day_is_not_multiplied_by_guess():
    row = per_unit("400", "人", "28", money=76_000, period="天")
    assert (row["period_count"], row["costed_yuan"], row["costed_share"]) == (None, None, None)
    assert row["implied_high_yuan_per_unit"] is None
    assert row["reason"] == "计价期数未列明"


@pytest.mark.parametrize(
    ("cost", "quantity", "costed", "ends"),
    [
        (("3000", "≤"), ("180", "≥"), 540_000, (None, None)),
        (("20000", None), ("10", "≥"), 200_000, (200_000, None)),
        (("1200", None), ("100", "≥"), 120_000, (120_000, None)),
        (("20000", "="), ("10", None), 200_000, (200_000, 200_000)),
        (("20000", "≥"), ("10", ">"), 200_000, (200_000, None)),
        (("20000", "<"), ("10", "≤"), 200_000, (None, 200_000)),
        (("20000", "≥"), ("10", "≤"), 200_000, (None, None)),
    ],
)
def test_ends_of_the_costed_money_follow_from_how_the_targets_bind(cost, quantity, costed, ends):
    row = per_unit(
        cost[0], "个", quantity[0], money=800_000, bound=cost[1], quantity_bound=quantity[1]
    )
    assert row["costed_yuan"] == costed
    assert (row["costed_low_yuan"], row["costed_high_yuan"]) == ends
    assert (row["quantity"], row["quantity_name"]) == (Decimal(quantity[0]), "数量")


@pytest.mark.parametrize(
    ("quantity_bound", "low", "high"),
    [("≥", None, 50), ("≤", 50, None), ("=", 50, 50), (None, 50, 50)],
)
def test_ends_of_the_implied_cost_follow_from_how_the_quantity_binds(quantity_bound, low, high):
    row = per_unit("45", "个", "20", money=1000, quantity_bound=quantity_bound)
    assert (row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"]) == (low, high)


def test_arrears_are_taken_out_of_the_years_money():
    row = per_unit("10", "个", "20", annual_total_yuan=1000, term_total_yuan=5000, arrears_yuan=600)
    assert (row["money_yuan"], row["arrears_yuan"], row["available_yuan"]) == (1000, 600, 400)
    assert row["costed_share"] == 0.5
    assert row["implied_high_yuan_per_unit"] == 20


def test_arrears_stay_out_of_a_term_that_is_longer_than_the_year():
    row = per_unit(
        "10",
        "个",
        "20",
        block="term",
        annual_total_yuan=1000,
        term_total_yuan=5000,
        arrears_yuan=600,
    )
    assert (row["money_yuan"], row["arrears_yuan"], row["available_yuan"]) == (5000, None, 5000)
    repeated = per_unit("10", "个", "20", block="term", money=1000, arrears_yuan=600)
    assert repeated["available_yuan"] == 400


def test_arrears_larger_than_the_money_leave_nothing_to_compare():
    row = per_unit("10", "个", "20", money=500, arrears_yuan=600)
    assert (row["available_yuan"], row["costed_share"]) == (None, None)
    assert row["reason"] == "以前年度欠付大于项目资金"


def test_unit_cost_without_a_quantity_is_not_multiplied():
    row = per_unit("10", "个", money=500)
    assert (row["costed_yuan"], row["implied_high_yuan_per_unit"]) == (None, None)
    assert row["reason"] == "没有与成本对应的数量指标"


def lump(name: str, value: int, **columns: Any) -> dict[str, Any]:
    return indicator(NAME, name, kind="money", value=Decimal(value), **columns)


def test_cost_for_a_whole_counts_once_and_the_arrears_are_compared_with_nothing():
    forms = projects_frame(
        project(NAME, annual_total_yuan=1000, term_total_yuan=1000, arrears_yuan=600)
    )
    targets = indicators_frame(
        lump("运维成本", 300, comparator="≤"),
        lump("支付欠款", 600),
        indicator(NAME, "收入", kind="money", level2="经济效益指标", value=Decimal(9)),
        indicator(NAME, "成本", kind="text"),
    )
    rows = UnitCosts.validate(unit_costs(forms, targets))
    assert rows["name"].to_list() == ["运维成本", "支付欠款"]
    cost, arrears = rows.rows(named=True)
    assert (cost["quantity"], cost["period_count"], cost["costed_yuan"]) == (None, 1, 300)
    assert (cost["costed_low_yuan"], cost["costed_high_yuan"]) == (None, 300)
    assert cost["costed_share"] == 0.75
    assert (arrears["costed_yuan"], arrears["available_yuan"]) == (600, None)
    assert arrears["reason_en"].startswith("states the arrears")


def test_money_that_pays_for_several_costs_gives_an_upper_end_only():
    forms = projects_frame(project(NAME, annual_total_yuan=1000, term_total_yuan=1000))
    pair = {"per_unit": "个", "quantity_id": "q", "value": Decimal(45)}
    targets = indicators_frame(
        indicator(NAME, "单价", **pair),
        lump("其他成本", 100),
        indicator(
            NAME,
            "数量",
            indicator_id="q",
            level2="数量指标",
            kind="quantity",
            value=Decimal(20),
            unit="个",
        ),
    )
    row = unit_costs(forms, targets).row(0, named=True)
    assert (row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"]) == (None, 50)
    assert row["reason"] == "项目资金还用于其他成本，隐含单位成本只有上限"


def test_form_without_money_says_so():
    row = per_unit("10", "个", "20", annual_total_yuan=None, term_total_yuan=None)
    assert (row["costed_yuan"], row["costed_share"]) == (200, None)
    assert row["reason"] == "表中未列资金"


def test_source_names_the_form():
    row = per_unit("10", "个", "20")
    assert row["source"].startswith("performance_form block 60 row ")
    assert row["source"].endswith("(line 120), document d2024")


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 10**6), st.integers(1, 10**5), st.sampled_from(["≥", ">", "≤", "<", "=", None])
)
def test_intervals_contain_stated_and_implied_cost(cost, quantity, bound):
    row = per_unit(str(cost), "个", str(quantity), money=cost * quantity, quantity_bound=bound)
    assert row["costed_yuan"] == cost * quantity
    for low, high, point in (
        (row["costed_low_yuan"], row["costed_high_yuan"], cost * quantity),
        (row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"], cost),
    ):
        assert low is None or low <= point
        assert high is None or high >= point
    assert row["costed_share"] == 1
