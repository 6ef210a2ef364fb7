from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, wan

from analytics.analysis import credibility, credibility_scores
from analytics.errors import InputError
from analytics.schema.results import Credibility, CredibilityScores


def year_of(
    year: int, lines: dict[str, tuple[str | None, str | None]], **columns: Any
) -> list[dict[str, Any]]:
    """A budget and a final of one year; ``lines`` are code → (budget, final) in 万元."""
    place = {"statement": "expenditure_summary", "fiscal_year": year} | columns
    return [
        fact(amount, **({"code": code, "stage": stage, "document_id": f"{stage}{year}"} | place))
        for code, amounts in lines.items()
        for stage, amount in zip(("budget", "final"), amounts, strict=True)
        if amount is not None
    ]


def totals(outturns: dict[int, str]) -> list[dict[str, Any]]:
    return [row for year, a in outturns.items() for row in year_of(year, {"total": ("100.00", a)})]


def scores(rows: list[dict[str, Any]], indicator: str, **options: Any) -> dict[str, Any]:
    measures = Credibility.validate(credibility(facts_frame(*rows), **options))
    found = CredibilityScores.validate(credibility_scores(measures))
    return found.filter(credibility_indicator=indicator).row(0, named=True)


@pytest.mark.parametrize(
    ("finals", "score"),
    [
        (("95.00", "105.00", "180.00"), "A"),
        (("105.01", "90.00", "100.00"), "B"),
        (("85.00", "115.00", "94.00"), "C"),
        (("84.99", "115.01", "100.00"), "D"),
        (("98.00", "110.01", "116.00"), "C"),
    ],
)
def test_aggregate_outturn_needs_two_years_within_its_bounds(finals, score):
    rows = totals(dict(zip((2020, 2021, 2022), finals, strict=True)))
    result = scores(rows, "pi_1")
    assert (result["score"], result["measure_state"]) == (score, "measured")
    assert (result["first_year"], result["last_year"]) == (2020, 2022)


def test_two_years_keep_their_measures_and_get_no_score():
    rows = totals({2021: "98.00", 2022: "102.00"})
    measures = credibility(facts_frame(*rows))
    outturns = measures.filter(credibility_indicator="pi_1")
    assert outturns.select("fiscal_year", "outturn_share", "measure_state").rows() == [
        (2020, None, "insufficient"),
        (2021, 0.98, "measured"),
        (2022, 1.02, "measured"),
    ]
    assert outturns["reason_en"][0].startswith("no original budget")
    result = scores(rows, "pi_1")
    assert (result["score"], result["measure_state"]) == (None, "insufficient")
    assert (result["within_a_count"], result["measured_year_count"]) == (2, 2)
    assert "三年" in result["reason"]


def test_years_with_a_gap_are_not_three_in_a_row():
    rows = totals({2019: "98.00", 2021: "102.00", 2022: "100.00"})
    result = scores(rows, "pi_1", years=[2019, 2021, 2022])
    assert (result["year_count"], result["score"]) == (2, None)


def test_composition_by_function_worked_by_hand():
    # Left out: contingency 227 and interest 232. ΣB = 60 + 40 = 100, ΣA = 66 + 22 = 88.
    # b′ = 52.8 and 35.2; |66 − 52.8| + |22 − 35.2| = 26.4; 26.4 / 88 = 0.3.
    lines = {
        "205": ("60.00", "66.00"),
        "208": ("40.00", "22.00"),
        "227": ("10.00", None),
        "232": ("5.00", "5.00"),
        "20501": ("60.00", "66.00"),
        "total": ("115.00", "93.00"),
    }
    rows = credibility(facts_frame(*year_of(2022, lines)), years=[2022])
    row = rows.filter(credibility_indicator="pi_2_1").row(0, named=True)
    assert row["variance_share"] == pytest.approx(0.3, abs=1e-12)
    assert (row["budget_yuan"], row["final_yuan"]) == (wan("100"), wan("88"))
    assert (row["left_out_yuan"], row["item_count"]) == (wan("15"), 2)
    total = rows.filter(credibility_indicator="pi_1")["outturn_share"].item()
    assert total == pytest.approx(93 / 115)


def test_composition_by_economic_class_keeps_interest_and_leaves_out_reserves():
    # ΣB = 50 + 30 + 20 = 100, ΣA = 55 + 20 + 25 = 100: b′ = b; (5 + 10 + 5) / 100 = 0.2.
    place = {
        "statement": "basic_expenditure",
        "classification": "economic_department",
        "fund": "general_public",
    }
    rows = [
        *year_of(2022, {"301": ("50.00", "55.00")}, **place),
        *year_of(2022, {"302": ("30.00", "20.00")}, **place),
        *year_of(2022, {"307": ("20.00", "25.00")}, **place),
        *year_of(2022, {"399": ("8.00", "1.00")}, name="机动经费", **place),
    ]
    result = credibility(facts_frame(*rows), years=[2022])
    row = result.filter(credibility_indicator="pi_2_2").row(0, named=True)
    assert row["variance_share"] == pytest.approx(0.2, abs=1e-12)
    assert (row["item_count"], row["left_out_yuan"]) == (3, wan("8"))


def test_class_that_appears_in_execution_counts_in_full():
    # ΣB = 100, ΣA = 100: b′ = 100 and 0; (20 + 20) / 100 = 0.4.
    lines = {"205": ("100.00", "80.00"), "208": (None, "20.00")}
    rows = credibility(facts_frame(*year_of(2022, lines)), years=[2022])
    share = rows.filter(credibility_indicator="pi_2_1")["variance_share"].item()
    assert share == pytest.approx(0.4, abs=1e-12)


@pytest.mark.parametrize(
    ("shifts", "score"),
    [
        ((2, 2, 30), "A"),
        ((2.5, 2.5, 2), "B"),  # exactly 5 % is not below 5 %
        ((6, 7, 1), "C"),
        ((9, 9, 1), "D"),
    ],
)
def test_composition_scores_are_strict(shifts, score):
    # Moving s of 100 between two classes of 50 gives 2s / 100.
    rows = [
        row
        for year, s in zip((2020, 2021, 2022), shifts, strict=True)
        for row in year_of(
            year, {"205": ("50.00", f"{50 + s:.2f}"), "208": ("50.00", f"{50 - s:.2f}")}
        )
    ]
    assert scores(rows, "pi_2_1")["score"] == score


def test_class_with_two_carryover_bases_spoils_the_measure():
    rows = [
        *year_of(2022, {"205": ("50.00", "55.00")}),
        *year_of(2022, {"208": ("50.00", None)}, carryover_basis="excluded"),
        *year_of(2022, {"208": (None, "40.00")}),
    ]
    row = credibility(facts_frame(*rows), years=[2022]).filter(credibility_indicator="pi_2_1")
    assert row.select("variance_share", "budget_yuan", "measure_state").row(0) == (
        None,
        None,
        "insufficient",
    )
    assert row["reason_en"].item().startswith("some of the lines")


def test_adjusted_budget_is_never_used():
    rows = totals({2022: "98.00"})
    rows += [
        fact(
            "98.00",
            stage="adjusted_budget",
            document_id="final2022",
            fiscal_year=2022,
            statement="expenditure_summary",
        )
    ]
    rows += [
        fact(
            "50.00",
            stage="adjusted_budget",
            document_id="final2021",
            fiscal_year=2021,
            statement="expenditure_summary",
        ),
        fact(
            "50.00",
            stage="final",
            document_id="final2021",
            fiscal_year=2021,
            statement="expenditure_summary",
        ),
    ]
    result = credibility(facts_frame(*rows), years=[2021, 2022])
    outturns = result.filter(credibility_indicator="pi_1")["outturn_share"]
    assert outturns.to_list() == [None, 0.98]


def test_one_total_is_used_in_all_years():
    narrow = {"statement": "general_public_expenditure", "fund": "general_public"}
    rows = totals({2022: "98.00"})
    for year in (2020, 2021, 2022):
        rows += year_of(year, {"total": ("80.00", "84.00")}, **narrow)
    result = credibility(facts_frame(*rows)).filter(credibility_indicator="pi_1")
    assert result["statement"].unique().to_list() == ["general_public_expenditure"]
    assert result["outturn_share"].to_list() == [1.05] * 3


def test_every_agency_asked_for_has_its_rows():
    rows = [*totals({2022: "98.00"}), fact("7.00", agency_id="乙市某局", fiscal_year=2022)]
    result = credibility(facts_frame(*rows), years=[2022])
    assert result.group_by("agency_id").len().sort("agency_id")["len"].to_list() == [3, 3]
    theirs = result.filter(pl.col("agency_id") == "乙市某局")
    assert theirs["measure_state"].unique().to_list() == ["insufficient"]


def test_no_years_are_refused():
    with pytest.raises(InputError, match="no years"):
        credibility(facts_frame(fact("1.00")), years=[])
