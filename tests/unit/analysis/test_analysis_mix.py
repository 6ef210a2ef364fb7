from __future__ import annotations

from math import log
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied, wan
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.analysis import mix_summary, spending_mix
from analytics.errors import InputError
from analytics.schema.results import MixSummary, SpendingMix

OF_2023 = {"fiscal_year": 2023, "document_id": "d2023"}
SPENT = {"statement": "expenditure_summary"}
BASIC = {
    "statement": "basic_expenditure",
    "classification": "economic_department",
    "fund": "general_public",
    "carryover_basis": "excluded",
}
INCOME = {"flow": "revenue", "classification": "revenue_source", "parent_code": "current_total"}


def function(amount: str, code: str, **columns: Any) -> dict[str, Any]:
    return fact(
        amount, code=code, name=f"科目{code}", **({"row_kind": "subtotal"} | SPENT | columns)
    )


def shares(mix: pl.DataFrame, dimension: str, column: str = "share") -> dict[str, float]:
    rows = SpendingMix.validate(mix).filter(pl.col("dimension") == dimension)
    return dict(rows.select("code", column).iter_rows())


def test_function_classes_are_shares_of_the_printed_total():
    facts = facts_frame(
        fact("8.00", **SPENT),
        function("5.00", "201"),
        function("5.00", "20103"),
        function("3.00", "208"),
        function("0", "210"),
    )
    mix = spending_mix(facts)
    assert shares(mix, "function") == {"201": 5 / 8, "208": 3 / 8, "210": 0.0}
    source = mix.filter(pl.col("code") == "201")["source"].item()
    assert source.startswith("expenditure_summary block 1 row ")
    assert "; share of expenditure_summary block 1 row " in source


def test_expenditure_statement_comes_before_the_summary_and_nothing_counts_twice():
    facts = facts_frame(
        fact("8.00", **SPENT),
        function("8.00", "201"),
        fact("9.00", code="current_total", name="本年支出合计"),
        function("9.00", "201", statement="budget_summary"),
    )
    assert shares(spending_mix(facts), "function", "amount_yuan") == {"201": wan("8")}
    only_summary = facts.filter(pl.col("statement") == "budget_summary")
    assert shares(spending_mix(only_summary), "function", "amount_yuan") == {"201": wan("9")}


def test_without_a_printed_total_the_items_are_their_own():
    mix = spending_mix(facts_frame(function("3.00", "201"), function("1.00", "208")))
    assert shares(mix, "function") == {"201": 0.75, "208": 0.25}
    assert mix["source"].str.ends_with("share of the sum of the items").all()


def economic(amount: str, code: str, government: str | None, **columns: Any) -> dict[str, Any]:
    line = {
        "code": code,
        "name": f"部门{code}",
        "counterpart_code": government,
        "counterpart_name": None if government is None else f"政府{government}",
    }
    return fact(amount, **(BASIC | line | columns))


def test_economic_classes_are_added_up_over_the_other_classification():
    facts = facts_frame(
        fact("10.00", **BASIC),
        economic("8.00", "301", None, row_kind="subtotal"),
        economic("5.00", "30101", "50101"),
        economic("3.00", "30101", "50501"),
        economic("2.00", "302", None, row_kind="subtotal"),
        economic("2.00", "30201", "50201"),
        economic("5.00", "30101", "50101", component="personnel"),
    )
    mix = spending_mix(facts)
    assert shares(mix, "economic_department_class") == {"301": 0.8, "302": 0.2}
    assert shares(mix, "economic_department") == {"30101": 0.8, "30201": 0.2}
    assert shares(mix, "economic_government") == {"50101": 0.5, "50201": 0.2, "50501": 0.3}
    item = mix.filter(pl.col("dimension") == "economic_government", pl.col("code") == "50101")
    assert item["name"].item() == "政府50101"


def test_lines_without_a_code_are_told_apart_by_name():
    facts = facts_frame(
        economic("3.00", "unknown", "50101", name="某支出"),
        economic("1.00", "unknown", "50101", name="另支出"),
    )
    assert shares(spending_mix(facts), "economic_department") == {"某支出": 0.75, "另支出": 0.25}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # Only one fund is printed beside the appropriation: the appropriation is the source.
        ({"government_fund": "2.00"}, {"fiscal_appropriation": 0.6, "service_income": 0.4}),
        # The funds are all of it: they are the sources.
        (
            {"government_fund": "2.00", "general_public": "4.00"},
            {"government_fund": 0.2, "general_public": 0.4, "service_income": 0.4},
        ),
    ],
)
def test_sources_are_the_parts_of_the_appropriation_where_they_are_all_of_it(parts, expected):
    def source(code: str, amount: str, **columns: Any) -> dict[str, Any]:
        return fact(amount, code=code, name=code, fund=code, **({**INCOME} | columns))

    facts = facts_frame(
        source("fiscal_appropriation", "6.00"),
        *(
            source(code, amount, parent_code="fiscal_appropriation")
            for code, amount in parts.items()
        ),
        source("service_income", "4.00"),
        source("savings", "1.00", parent_code="total", carryover_basis="only"),
        fact("10.00", code="current_total", name="本年收入合计", **(INCOME | {"fund": "all"})),
    )
    assert shares(spending_mix(facts), "fund") == pytest.approx(expected)


def test_basic_against_project_and_funds():
    facts = facts_frame(
        fact("10.00", **SPENT),
        fact("4.00", component="basic", **SPENT),
        fact("6.00", component="project", **SPENT),
        fact("10.00", **(INCOME | {"code": "current_total", "name": "本年收入合计"})),
        fact("9.00", code="general_public", fund="general_public", **INCOME),
        fact("1.00", code="unit_funds", fund="unit_funds", **INCOME),
        fact("2.00", code="carryover_start", **INCOME),
    )
    mix = spending_mix(facts)
    assert shares(mix, "basic_project") == {"basic": 0.4, "project": 0.6}
    assert shares(mix, "fund") == {"general_public": 0.9, "unit_funds": 0.1}
    assert shares(mix, "fund", "name") == {
        "general_public": "一般公共预算",
        "unit_funds": "单位资金",
    }


def two_years(now: dict[str, str], was: dict[str, str]) -> pl.DataFrame:
    rows = [function(amount, code) for code, amount in now.items()]
    rows += [function(amount, code, **OF_2023) for code, amount in was.items()]
    return spending_mix(facts_frame(*rows), year=2024)


def test_prior_year_stands_beside_and_implied_figures_are_no_mix():
    mix = two_years({"201": "6.00", "208": "2.00"}, {"201": "5.00", "210": "5.00"})
    assert shares(mix, "function", "share_prior") == {"201": 0.5, "208": None}
    implied_only = facts_frame(
        function("6.00", "201"), implied("5.00", "0.01", code="201", **SPENT)
    )
    assert shares(spending_mix(implied_only), "function", "share_prior") == {"201": None}


def summary_of(mix: pl.DataFrame) -> dict[str, Any]:
    rows = MixSummary.validate(mix_summary(mix))
    assert len(rows) == 1
    return rows.row(0, named=True)


def test_concentration_and_evenness_of_two_items():
    row = summary_of(two_years({"201": "3.00", "208": "1.00"}, {}))
    assert row["hhi"] == pytest.approx(0.75**2 + 0.25**2)
    assert row["hhi_normalised"] == pytest.approx((0.625 - 0.5) / 0.5)
    assert row["evenness"] == pytest.approx(-(0.75 * log(0.75) + 0.25 * log(0.25)) / log(2))
    assert row["dissimilarity"] is None
    assert (row["item_count"], row["amount_yuan"]) == (2, wan("4"))


def test_single_item_is_fully_concentrated_and_has_no_evenness():
    row = summary_of(two_years({"201": "3.00", "208": "0"}, {}))
    assert (row["hhi"], row["hhi_normalised"], row["evenness"]) == (1.0, None, None)
    assert row["item_count"] == 2


def test_nothing_but_zeros_has_no_concentration():
    row = summary_of(two_years({"201": "0", "208": "0"}, {}))
    assert (row["hhi"], row["evenness"]) == (None, None)


def test_dissimilarity_counts_what_is_gone_and_what_is_new():
    # 201: ¾ against ½, 208 new with ¼, 210 gone with ½: ½ (¼ + ¼ + ½) = ½
    row = summary_of(two_years({"201": "6.00", "208": "2.00"}, {"201": "5.00", "210": "5.00"}))
    assert row["dissimilarity"] == pytest.approx(0.5)


def test_dissimilarity_needs_items_that_make_up_the_total():
    rows = [fact("10.00", **SPENT), function("6.00", "201"), function("5.00", "201", **OF_2023)]
    mix = spending_mix(facts_frame(*rows), year=2024)
    assert summary_of(mix.filter(pl.col("dimension") == "function"))["dissimilarity"] is None


def test_summary_refuses_what_is_no_mix():
    with pytest.raises(InputError, match="spending_mix lacks the columns"):
        mix_summary(pl.DataFrame({"share": [0.5]}))


AMOUNTS = st.lists(st.integers(1, 10**8), min_size=1, max_size=9)


def mix_of(amounts: list[int]) -> pl.DataFrame:
    return two_years({str(201 + i): f"{cents / 100:.2f}" for i, cents in enumerate(amounts)}, {})


@settings(max_examples=20, deadline=None)
@given(AMOUNTS)
def test_shares_add_up_to_one_and_measures_keep_their_bounds(amounts):
    mix = mix_of(amounts)
    assert mix["share"].sum() == pytest.approx(1)
    row = summary_of(mix)
    assert 1 / len(amounts) - 1e-12 <= row["hhi"] <= 1 + 1e-12
    if len(amounts) > 1:
        assert -1e-12 <= row["hhi_normalised"] <= 1 + 1e-12
        assert 0 <= row["evenness"] <= 1 + 1e-12


@settings(max_examples=10, deadline=None)
@given(AMOUNTS, st.integers(2, 100))
def test_measures_do_not_depend_on_scale_or_order(amounts, scale):
    plain = summary_of(mix_of(amounts))
    other = summary_of(mix_of([cents * scale for cents in reversed(amounts)]))
    for measure in ("hhi", "hhi_normalised", "evenness"):
        assert other[measure] == pytest.approx(plain[measure])
