from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied

from analytics.analysis import series
from analytics.errors import InputError
from analytics.schema.links import CodeLinks
from analytics.schema.results import Series
from analytics.schema.tables import column_types

NO_LINKS = CodeLinks.create_empty()


def links(*rows: tuple[int, str, str, str]) -> pl.DataFrame:
    """Links of functional codes: year, kind, old code, new code."""
    sure = {
        "classification": "function",
        "link_basis": "inferred",
        "link_confidence": "medium",
    }
    names = ("link_year", "link_kind", "old_code", "new_code")
    stated = [sure | dict(zip(names, row, strict=True)) for row in rows]
    return CodeLinks.validate(pl.DataFrame(stated, schema=column_types(CodeLinks)))


def printed(year: int, amount: str, **columns: Any) -> dict[str, Any]:
    """A line of the budget document of a year; the total unless said otherwise."""
    place = {"document_id": f"d{year}", "statement": "expenditure_summary", "fiscal_year": year}
    return fact(amount, **(place | columns))


def totals(amounts: dict[int, str], **columns: Any) -> list[dict[str, Any]]:
    return [printed(year, amount, **columns) for year, amount in amounts.items()]


def of_code(rows: pl.DataFrame, code: str = "total") -> dict[int, dict[str, Any]]:
    """The rows of a code by year."""
    return {row["fiscal_year"]: row for row in rows.filter(code=code).iter_rows(named=True)}


def lined_up(*rows: dict[str, Any], **options: Any) -> pl.DataFrame:
    frame = Series.validate(series(facts_frame(*rows), **({"links": NO_LINKS} | options)))
    assert frame.equals(series(facts_frame(*reversed(rows)), **({"links": NO_LINKS} | options)))
    return frame


def test_consecutive_years_have_change_growth_and_an_index_of_the_first():
    rows = of_code(lined_up(*totals({2021: "400.00", 2022: "430.00", 2023: "410.00"})))
    assert [row["prior_year"] for row in rows.values()] == [None, 2021, 2022]
    assert [row["change_yuan"] for row in rows.values()] == [
        None,
        Decimal(300_000),
        Decimal(-200_000),
    ]
    assert rows[2023]["growth_share"] == pytest.approx(-20 / 430)
    assert [row["index_share"] for row in rows.values()] == pytest.approx([1, 1.075, 1.025])
    assert {row["index_base_year"] for row in rows.values()} == {2021}
    assert {row["is_break"] for row in rows.values()} == {False}
    assert (rows[2022]["low_yuan"], rows[2022]["high_yuan"]) == (4_299_950, 4_300_050)
    assert rows[2021]["comparability"] == "no_prior"
    assert rows[2022]["comparability"] == "comparable"


def test_the_base_of_the_index_can_be_any_year_with_a_figure():
    rows = of_code(lined_up(*totals({2021: "400.00", 2022: "500.00"}), base_year=2022))
    assert [row["index_share"] for row in rows.values()] == [0.8, 1.0]


def test_an_index_that_cannot_be_says_why():
    facts = (
        *totals({2021: "0", 2022: "5.00"}, code="201"),
        *totals({2021: "0", 2022: "0"}, code="203"),
        *totals({2022: "4.00", 2023: "6.00"}, code="204"),
        *totals({2021: "4.00", 2022: "-1.00"}, code="205"),
    )
    by_base = lined_up(*facts, base_year=2021)
    english = {
        code: [row["index_reason_en"] for row in of_code(by_base, code).values()]
        for code in ("201", "203", "204", "205")
    }
    assert english == {
        "201": ["the figure of the base year is not above zero"] * 2,
        "203": ["the figure of the base year is not above zero"] * 2,
        "204": ["the base year has no figure"] * 2,
        "205": [None, "the figure of the year is below zero"],
    }
    by_first = lined_up(*facts)
    zero = of_code(by_first, "201")
    assert [row["index_share"] for row in zero.values()] == [0.0, 1.0]
    assert zero[2021]["index_base_year"] == 2022
    nothing = of_code(by_first, "203")[2022]
    assert (nothing["index_share"], nothing["index_reason"]) == (None, "没有大于零的数可作基数")


def test_growth_needs_a_prior_figure_above_zero():
    rows = of_code(lined_up(*totals({2021: "0", 2022: "5.00", 2023: "-5.00"})))
    assert rows[2022]["change_yuan"] == Decimal(50_000)
    assert (rows[2022]["growth_share"], rows[2023]["growth_share"]) == (None, None)


def test_a_missing_year_stays_missing_and_is_no_break():
    rows = of_code(lined_up(*totals({2020: "400.00", 2023: "410.00"})))
    row = rows[2023]
    assert (row["prior_year"], row["is_break"], row["comparability"]) == (2020, False, "comparable")
    assert (row["change_yuan"], row["growth_share"]) == (None, None)
    assert row["index_share"] == pytest.approx(1.025)
    assert row["reason"] == "与2020年之间没有数，不作推算"


def test_a_code_that_changed_in_a_missing_year_is_a_break():
    rows = lined_up(
        *totals({2020: "4.00", 2022: "3.00"}, code="2010101"),
        *totals({2022: "1.00"}, code="2010102"),
        links=links((2021, "split", "2010101", "2010102")),
    )
    row = of_code(rows, "2010101")[2022]
    assert (row["is_break"], row["comparability"]) == (True, "codes_linked")


def test_a_line_that_a_statement_in_between_lacks_starts_anew():
    rows = lined_up(
        *totals({2021: "9.00", 2022: "9.00", 2023: "9.00"}, code="202"),
        *totals({2021: "4.00", 2023: "6.00"}, code="201"),
    )
    row = of_code(rows, "201")[2023]
    assert (row["is_break"], row["growth_share"], row["index_share"]) == (True, None, 1.0)
    assert row["reason"] == "其间的报表没有这一行，当年未安排"


def test_a_line_that_was_under_another_code_in_between_was_not_without_money():
    rows = lined_up(
        *totals({2021: "4.00", 2023: "6.00"}, code="2010101"),
        *totals({2022: "5.00"}, code="2010102"),
        links=links((2023, "moved", "2010102", "2010101")),
    )
    row = of_code(rows, "2010101")[2023]
    assert (row["is_break"], row["comparability"]) == (True, "codes_linked")
    assert row["reason"] == "科目调整，只有与之前的2010102合并才可比"


def test_an_index_does_not_run_across_a_break():
    facts = totals({2021: "4.00", 2022: "5.00"}) + totals(
        {2023: "8.00", 2024: "6.00"}, carryover_basis="excluded"
    )
    rows = of_code(lined_up(*facts))
    assert [row["is_break"] for row in rows.values()] == [False, False, True, False]
    assert (rows[2023]["comparability"], rows[2023]["change_yuan"]) == ("scope_differs", None)
    assert [row["index_share"] for row in rows.values()] == [1.0, 1.25, 1.0, 0.75]
    by_base = of_code(lined_up(*facts, base_year=2022))
    assert [row["index_share"] for row in by_base.values()] == [0.8, 1.0, None, None]
    assert by_base[2024]["index_reason"] == "与基年之间有断点"


def test_a_code_that_lost_a_part_is_a_break_and_names_the_union():
    rows = lined_up(
        *totals({2022: "4.00", 2023: "3.00", 2024: "2.00"}, code="2010101"),
        *totals({2022: "1.00", 2023: "1.00", 2024: "2.00"}, code="2010102"),
        links=links((2023, "split", "2010101", "2010102")),
    )
    row = of_code(rows, "2010101")[2023]
    assert (row["is_break"], row["comparability"], row["change_yuan"]) == (
        True,
        "codes_linked",
        None,
    )
    assert row["code_prior"] == "2010101+2010102"
    assert row["reason"] == "科目调整，只有与之前的2010101+2010102合并才可比"
    assert of_code(rows, "2010102")[2023]["is_break"]
    assert not of_code(rows, "2010101")[2024]["is_break"]


def test_a_code_that_took_over_another_begins_without_a_break():
    rows = lined_up(
        *totals({2022: "4.00"}, code="2010101"),
        *totals({2023: "4.40"}, code="2010103"),
        links=links((2023, "moved", "2010101", "2010103")),
    )
    row = of_code(rows, "2010103")[2023]
    assert (row["is_break"], row["prior_year"], row["code_prior"]) == (False, None, "2010101")
    assert row["reason_en"] == "codes changed: comparable only in a union with 2010101 of before"


def test_a_code_given_to_something_else_is_a_break():
    rows = lined_up(
        *totals({2022: "4.00", 2023: "3.00", 2024: "3.30"}, code="2010101"),
        links=links((2023, "reused", "2010101", "2010101")),
    )
    row = of_code(rows, "2010101")[2023]
    assert (row["is_break"], row["change_yuan"]) == (True, None)
    assert row["reason_en"] == "the code meant something else before"
    assert of_code(rows, "2010101")[2024]["growth_share"] == pytest.approx(0.1)


def test_an_uncertain_code_is_a_break_on_either_side():
    facts = [
        printed(2022, "4.00", code="某项"),
        printed(2023, "4.00", code="某项", repairs="code_unknown"),
        printed(2024, "4.00", code="某项"),
    ]
    rows = of_code(lined_up(*facts), "某项")
    assert [row["is_break"] for row in rows.values()] == [False, True, True]
    assert {row["comparability"] for row in rows.values()} == {"no_prior", "code_uncertain"}


def test_sources_that_contradict_each_other_are_no_break():
    restated = printed(2022, "5.00", document_id="d2023", block=2)
    rows = of_code(lined_up(*totals({2022: "4.00", 2023: "4.40"}), restated))
    row = rows[2023]
    assert (row["is_break"], row["is_disputed"], rows[2022]["is_disputed"]) == (False, False, True)
    assert row["comparability"] == "sources_differ"
    assert row["growth_share"] == pytest.approx(0.1)
    assert row["reason_en"].startswith("the same figure is stated differently")


def test_the_year_that_the_first_narrative_implies_belongs_to_the_series():
    before = implied("5.00", "0.01", statement="expenditure_summary", fiscal_year=2022)
    rows = of_code(lined_up(before | {"document_id": "d2023"}, *totals({2023: "6.00"})))
    assert (rows[2022]["value_kind"], rows[2023]["comparability"]) == ("implied", "prior_implied")
    assert rows[2023]["growth_share"] == pytest.approx(0.2)
    assert (rows[2022]["low_yuan"], rows[2022]["is_break"]) == (Decimal(49_900), False)


def test_a_year_known_from_a_later_narrative_only_is_not_compared_with_the_one_before():
    middle = implied("5.00", "0.01", statement="expenditure_summary", fiscal_year=2022)
    rows = of_code(
        lined_up(middle | {"document_id": "d2023"}, *totals({2021: "4.00", 2023: "6.00"}))
    )
    assert [row["is_break"] for row in rows.values()] == [False, True, False]
    assert rows[2022]["comparability"] is None
    assert rows[2022]["reason_en"].startswith("no document of the year itself")
    assert rows[2023]["growth_share"] == pytest.approx(0.2)


def test_a_figure_that_its_own_statement_lacks_is_not_compared():
    before = implied("1.00", "0.01", statement="expenditure_summary", fiscal_year=2022, code="201")
    facts = [
        *totals({2022: "9.00", 2023: "9.00"}, code="202"),
        before | {"document_id": "d2023"},
        printed(2023, "2.00", code="201"),
    ]
    row = of_code(lined_up(*facts), "201")[2023]
    assert (row["is_break"], row["change_yuan"]) == (True, None)
    assert row["reason_en"].startswith("one of the figures is in a later document only")


def test_stages_and_scopes_are_lines_of_their_own():
    facts = [
        *totals({2022: "4.00", 2023: "5.00"}),
        *totals({2022: "3.00"}, stage="final", document_id="f2022"),
        *totals({2023: "7.00"}, scope="department", document_id="p2023"),
    ]
    everything = lined_up(*facts, stage=None)
    assert everything["line_key"].n_unique() == 3
    assert everything["change_yuan"].drop_nulls().to_list() == [Decimal(10_000)]
    budgets = lined_up(*facts, scope="unit")
    assert budgets["amount_yuan"].to_list() == [Decimal(40_000), Decimal(50_000)]


def test_lines_under_one_code_are_told_apart_by_name():
    facts = [
        *totals({2022: "1.00", 2023: "2.00"}, code="201", name="甲"),
        *totals({2022: "5.00", 2023: "6.00"}, code="201", name="乙"),
    ]
    rows = lined_up(*facts)
    assert rows["line_key"].n_unique() == 2
    assert sorted(rows["growth_share"].drop_nulls()) == pytest.approx([0.2, 1.0])


def test_a_line_key_can_be_written_to_any_file_and_survives_a_new_name():
    rows = lined_up(printed(2022, "1.00", name="旧名"), printed(2023, "1.00", name="新名"))
    (key,) = rows["line_key"].unique()
    assert key == "甲市某局|budget|unit|expenditure_summary|expenditure|function|total||all|total"


def test_the_last_year_of_the_statement_is_known_to_lines_that_ended():
    rows = lined_up(
        *totals({2022: "9.00", 2023: "9.00"}, code="202"), *totals({2022: "4.00"}, code="201")
    )
    assert of_code(rows, "201")[2022]["statement_last_year"] == 2023


def test_no_facts_make_an_empty_series():
    assert lined_up().is_empty()


def test_what_is_no_stage_is_refused():
    with pytest.raises(InputError, match="plan"):
        series(facts_frame(), stage="plan")
