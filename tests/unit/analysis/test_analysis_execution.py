from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, wan
from hypothesis import given
from hypothesis import strategies as st

from analytics.analysis import execution
from analytics.errors import InputError
from analytics.schema.results import Execution

SHEET = {"statement": "expenditure_summary"}


def budget(amount: str, code: str = "total", **columns: Any) -> dict[str, Any]:
    return fact(amount, code=code, **(SHEET | {"document_id": "b2024"} | columns))


def final(amount: str, code: str = "total", **columns: Any) -> dict[str, Any]:
    return fact(amount, code=code, **(SHEET | {"document_id": "f2024", "stage": "final"} | columns))


def adjusted(amount: str, code: str = "total", **columns: Any) -> dict[str, Any]:
    return final(amount, code, **({"stage": "adjusted_budget"} | columns))


def by_code(*rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = Execution.validate(execution(facts_frame(*rows)))
    assert found["code"].is_unique().all()
    return {row["code"]: row for row in found.rows(named=True)}


def test_deviation_and_execution_with_what_the_printed_precision_leaves():
    row = by_code(budget("200.00"), final("190.00"))["total"]
    assert (row["budget_yuan"], row["final_yuan"]) == (wan("200"), wan("190"))
    assert row["deviation_yuan"] == wan("-10")
    assert row["deviation_share"] == pytest.approx(-0.05)
    # 189.995 / 200.005 and 190.005 / 199.995
    assert row["deviation_low_share"] == pytest.approx(189.995 / 200.005 - 1)
    assert row["deviation_high_share"] == pytest.approx(190.005 / 199.995 - 1)
    assert row["execution_share"] == pytest.approx(0.95)
    assert (row["execution_basis"], row["execution_status"]) == ("budget", "executed")
    assert (row["side_comparability"], row["reason"]) == ("comparable", None)
    assert row["budget_source"].endswith("b2024")
    assert row["final_source"].endswith("f2024")


def test_adjusted_budget_is_the_denominator_and_the_deviation_stays_with_the_original():
    row = by_code(budget("100.00"), adjusted("125.00"), final("120.00"))["total"]
    assert row["execution_share"] == pytest.approx(0.96)
    # 119.995 / 125.005
    assert row["execution_low_share"] == pytest.approx(119.995 / 125.005)
    assert row["execution_basis"] == "adjusted_budget"
    assert row["deviation_share"] == pytest.approx(0.2)
    assert row["adjusted_budget_origin"] == "later_document"


def test_adjusted_budget_alone_gives_execution_without_deviation():
    row = by_code(adjusted("80.00"), final("60.00"))["total"]
    assert (row["execution_share"], row["execution_basis"]) == (0.75, "adjusted_budget")
    assert (row["deviation_yuan"], row["side_comparability"]) == (None, "first_unknown")
    assert row["execution_status"] == "unknown"


def test_adjusted_budget_on_another_basis_is_no_denominator():
    row = by_code(
        budget("100.00"), adjusted("125.00", carryover_basis="excluded"), final("120.00")
    )["total"]
    assert (row["execution_share"], row["execution_basis"]) == (1.2, "budget")


def test_lines_of_one_side_are_new_or_not_executed_and_stay_unprinted():
    rows = by_code(
        budget("5.00", "207"), budget("3.00", "208"), final("5.00", "207"), final("2.00", "210")
    )
    dropped, new = rows["208"], rows["210"]
    assert (dropped["execution_status"], dropped["final_yuan"]) == ("not_executed", None)
    assert (dropped["deviation_yuan"], dropped["deviation_share"]) == (wan("-3"), -1.0)
    assert dropped["execution_share"] == 0.0
    assert (new["execution_status"], new["budget_yuan"]) == ("new_in_execution", None)
    assert (new["deviation_yuan"], new["deviation_share"]) == (wan("2"), None)
    assert new["execution_share"] is None


def test_level_or_column_that_the_other_side_does_not_print_is_not_known():
    rows = by_code(
        budget("5.00", "207"),
        final("5.00", "207"),
        final("5.00", "20701"),
        final("4.00", "2080101", component="capital_construction"),
    )
    for code in ("20701", "2080101"):
        row = rows[code]
        assert (row["execution_status"], row["deviation_yuan"]) == ("unknown", None)
        assert row["side_comparability"] == "first_unknown"
        assert row["reason_en"].startswith("no budget")


@pytest.mark.parametrize(
    ("rows", "comparability"),
    [((budget("5.00"),), "second_unknown"), ((final("5.00"),), "first_unknown")],
)
def test_document_that_is_not_there_gives_no_zero(rows, comparability):
    row = by_code(*rows)["total"]
    assert (row["side_comparability"], row["execution_status"]) == (comparability, "unknown")
    assert row["deviation_yuan"] is row["execution_share"] is row["execution_basis"] is None


def test_figures_on_two_carryover_bases_have_no_ratio():
    row = by_code(budget("5.00", carryover_basis="excluded"), final("6.00"))["total"]
    assert (row["budget_yuan"], row["final_yuan"]) == (wan("5"), wan("6"))
    assert (row["budget_carryover_basis"], row["carryover_basis"]) == ("excluded", "included")
    assert row["deviation_yuan"] is row["deviation_share"] is row["execution_share"] is None
    assert row["side_comparability"] == "carryover_differs"
    assert "结转" in row["reason"]


def test_basis_that_only_one_side_prints_is_not_new_on_the_other():
    rows = execution(
        facts_frame(
            budget("5.00"),
            final("6.00"),
            final("1.00", carryover_basis="only"),
        )
    )
    assert rows.select("carryover_basis", "side_comparability", "deviation_yuan").rows() == [
        ("included", "comparable", wan("1")),
        ("only", "carryover_differs", None),
    ]


def test_lines_of_other_funds_and_components_never_meet():
    rows = execution(
        facts_frame(
            budget("5.00", fund="general_public"),
            budget("4.00", component="basic"),
            final("6.00", fund="all"),
        )
    )
    assert rows["deviation_yuan"].to_list() == [None] * 3
    assert rows["execution_status"].unique().to_list() == ["unknown"]


def test_original_budget_comes_from_its_own_document_and_the_column_is_kept():
    column = {"document_id": "f2024", "block": 2}
    rows = (budget("100.0"), budget("100.00", **column), final("90.00"))
    row = by_code(*rows)["total"]
    assert (row["budget_origin"], row["budget_source"][-5:]) == ("own_document", "b2024")
    assert row["budget_column_yuan"] == wan("100")
    assert row["side_comparability"] == "comparable"
    row = by_code(budget("100.0"), budget("104.00", **column), final("90.00"))["total"]
    assert (row["budget_yuan"], row["budget_column_yuan"]) == (wan("100"), wan("104"))
    assert row["side_comparability"] == "sources_differ"


def test_budget_column_of_the_final_accounts_stands_in_for_a_missing_budget():
    row = by_code(budget("100.00", document_id="f2024"), final("90.00"))["total"]
    assert (row["budget_origin"], row["deviation_share"]) == ("later_document", -0.1)


def test_what_a_narrative_implies_is_named():
    row = by_code(
        budget("50.00", document_id="f2024", value_kind="implied", claim_id="c"), final("60.00")
    )["total"]
    assert (row["budget_origin"], row["side_comparability"]) == ("narrative", "implied")
    assert row["deviation_share"] == pytest.approx(0.2)


def test_same_line_of_another_statement_is_matched_by_its_meaning_and_once():
    summary = {"statement": "budget_summary"}
    rows = execution(
        facts_frame(
            budget("70.00", "205", **summary),
            budget("70.00", "current_total", **summary),
            budget("99.00", "total", **summary),
            final("63.00", "205"),
            final("66.50", "total"),
        )
    )
    assert rows.select(
        "statement", "code", "budget_yuan", "final_yuan", "budget_statement"
    ).rows() == [
        ("budget_summary", "total", wan("99"), None, "budget_summary"),
        ("expenditure_summary", "205", wan("70"), wan("63"), "budget_summary"),
        ("expenditure_summary", "total", wan("70"), wan("66.5"), "budget_summary"),
    ]
    assert rows["deviation_share"].to_list() == [None, pytest.approx(-0.1), pytest.approx(-0.05)]
    assert rows["side_comparability"].to_list()[1:] == ["matched_by_meaning"] * 2


def test_each_scope_and_year_is_by_itself():
    rows = facts_frame(
        budget("5.00"),
        final("6.00"),
        budget("7.00", scope="department", document_id="b-dep"),
        budget("8.00", fiscal_year=2023, document_id="b2023"),
    )
    assert execution(rows).select("fiscal_year", "scope", "final_yuan").rows() == [
        (2023, "unit", None),
        (2024, "department", None),
        (2024, "unit", wan("6")),
    ]
    assert execution(rows, year=2024, scope="unit").height == 1
    with pytest.raises(InputError, match="not a scope"):
        execution(rows, scope="county")


AMOUNTS = st.integers(-10_000, 10_000).map(lambda cents: f"{Decimal(cents) / 100:.2f}")
LINES = st.dictionaries(
    st.sampled_from(["total", "205", "20501", "2050101", "208", "221"]), AMOUNTS, min_size=1
)


@given(LINES, LINES, st.sampled_from(["expenditure_summary", "general_public_expenditure"]))
def test_money_of_both_stages_stands_once(planned, spent, statement):
    rows = [budget(amount, code) for code, amount in planned.items()]
    rows += [final(amount, code, statement=statement) for code, amount in spent.items()]
    result = Execution.validate(execution(facts_frame(*rows)))
    for column, amounts in (("budget_yuan", planned), ("final_yuan", spent)):
        assert result[column].count() == len(amounts)
        assert result[column].drop_nulls().sum() == sum(map(wan, amounts.values()))
    known = result.filter(pl.col("deviation_yuan").is_not_null())
    assert (
        known["deviation_yuan"]
        == known["final_yuan"].fill_null(0) - known["budget_yuan"].fill_null(0)
    ).all()


def test_sum_that_one_form_leaves_out_is_not_new():
    rows = by_code(budget("5.00"), final("5.00"), final("4.00", "current_total"))
    assert rows["total"]["execution_status"] == "executed"
    assert rows["current_total"]["execution_status"] == "unknown"


SOURCE = {"classification": "revenue_source", "flow": "revenue", "carryover_basis": "excluded"}


@pytest.mark.parametrize(
    ("budgeted", "status"),
    [("fiscal_appropriation", "unknown"), ("general_public", "new_in_execution")],
)
def test_part_of_a_kind_of_money_is_new_only_beside_other_parts(budgeted, status):
    # What is budgeted as fiscal appropriation may hold the government fund.
    rows = by_code(
        budget("5.00", budgeted, fund=budgeted, **SOURCE),
        final("2.00", "government_fund", fund="government_fund", **SOURCE),
    )
    assert rows["government_fund"]["execution_status"] == status


def test_line_of_a_statement_on_another_basis_may_be_carried_over_money():
    rows = by_code(
        budget("5.00", "207", carryover_basis="excluded"),
        final("5.00", "207"),
        final("1.00", "208"),
    )
    assert rows["208"]["side_comparability"] == "carryover_differs"
    assert (rows["208"]["execution_status"], rows["208"]["deviation_yuan"]) == ("unknown", None)
