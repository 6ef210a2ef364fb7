from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied, public, wan
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.analysis import change_bridge
from analytics.schema.results import Bridge

OF_2023 = {"fiscal_year": 2023, "document_id": "d2023"}
PUBLIC = {key: public("1")[key] for key in ("statement", "name", "fund", "carryover_basis")}
CARRIED = {
    "flow": "revenue",
    "classification": "revenue_source",
    "code": "carryover_start",
    "name": "上年结转",
    "carryover_basis": "only",
}


def test_total_and_general_public_budget_stand_side_by_side_with_the_rest_unexplained():
    facts = facts_frame(
        fact("2965.95"),
        public("2965.95"),
        implied("3826.55", "0.01"),
        implied("3402.75", "0.01", **PUBLIC),
    )
    bars = Bridge.validate(change_bridge(facts))
    assert bars["step"].to_list() == ["start", "general_public_current", "unexplained", "end"]
    assert bars["change_yuan"].to_list() == [
        Decimal("38265500.00"),
        Decimal("-4368000.00"),
        Decimal("-4238000.00"),  # −860.60 + 436.80 = −423.80 万元
        Decimal("29659500.00"),
    ]
    assert bars["start_yuan"].to_list() == [0, wan("3826.55"), wan("3389.75"), 0]
    assert bars["end_yuan"].to_list() == [
        wan(x) for x in ("3826.55", "3389.75", "2965.95", "2965.95")
    ]
    growth = bars["growth_share"].to_list()
    assert [None if x is None else round(x, 4) for x in growth] == [-0.2249, -0.1284, None, -0.2249]
    assert bars["contribution_share"].to_list() == [
        None,
        pytest.approx(-436.80 / 3826.55),
        pytest.approx(-423.80 / 3826.55),
        None,
    ]
    assert bars["is_unexplained"].to_list() == [False, False, True, False]
    rest = bars.row(2, named=True)
    # total ±0.015, general public ±0.015: the rest is known to ±0.03 万元
    assert (rest["change_low_yuan"], rest["change_high_yuan"]) == (wan("-423.83"), wan("-423.77"))
    assert "上年结转" in rest["reason"]
    assert "一般公共预算" not in rest["reason"]
    assert "Brought forward" in rest["reason_en"]


def test_every_part_known_leaves_no_rest():
    facts = facts_frame(
        fact("13.00"),
        public("10.00"),
        fact("3.00", **CARRIED),
        fact("9.00", **OF_2023),
        public("8.00", **OF_2023),
        fact("1.00", **OF_2023, **CARRIED),
    )
    bars = Bridge.validate(change_bridge(facts, year=2024))
    assert bars["step"].to_list() == ["start", "general_public_current", "carryover", "end"]
    assert bars["change_yuan"].to_list() == [wan("9"), wan("2"), wan("2"), wan("13")]


def test_rest_within_the_printed_precision_is_rounding():
    facts = facts_frame(
        fact("13.01"), public("13.00"), fact("9.00", **OF_2023), public("9.00", **OF_2023)
    )
    rest = change_bridge(facts, year=2024).filter(pl.col("step") == "rounding")
    assert rest["change_yuan"].to_list() == [wan("0.01")]
    assert rest["is_unexplained"].to_list() == [False]


def test_expenditure_statement_stands_in_for_a_missing_summary():
    other = {"statement": "expenditure_summary"}
    facts = facts_frame(fact("13.00", **other), fact("9.00", **other, **OF_2023))
    bars = change_bridge(facts, year=2024)
    assert bars["step"].to_list() == ["start", "unexplained", "end"]
    assert bars["change_yuan"].to_list()[1] == wan("4")


def test_without_last_years_total_there_is_no_bridge():
    assert Bridge.validate(change_bridge(facts_frame(fact("13.00")))).is_empty()


def test_agencies_are_kept_apart():
    other = {"agency_id": "乙市某局", "document_id": "e2024"}
    facts = facts_frame(
        fact("13.00"),
        implied("9.00", "0.01"),
        fact("5.00", **other),
        implied("6.00", "0.01", **other),
    )
    rest = change_bridge(facts).filter(pl.col("step") == "unexplained")
    assert dict(rest.select("agency_id", "change_yuan").iter_rows()) == {
        "甲市某局": wan("4"),
        "乙市某局": wan("-1"),
    }


CENTS = st.integers(1, 10**7).map(lambda cents: f"{Decimal(cents) / 100:.2f}")


@settings(max_examples=20, deadline=None)
@given(CENTS, CENTS, CENTS, CENTS)
def test_bars_lead_from_one_total_to_the_other(now, was, public_now, public_was):
    facts = facts_frame(
        fact(now), public(public_now), fact(was, **OF_2023), public(public_was, **OF_2023)
    )
    bars = change_bridge(facts, year=2024)
    start, *moves, end = bars.rows(named=True)
    assert all(bar["end_yuan"] - bar["start_yuan"] == bar["change_yuan"] for bar in moves)
    reached = start["end_yuan"]
    for bar in moves:
        assert bar["start_yuan"] == reached
        assert bar["change_low_yuan"] <= bar["change_yuan"] <= bar["change_high_yuan"]
        reached = bar["end_yuan"]
    assert reached == end["end_yuan"] == wan(now)
    total = sum(bar["contribution_share"] for bar in moves)
    assert total == pytest.approx(float(Decimal(now) / Decimal(was) - 1))
