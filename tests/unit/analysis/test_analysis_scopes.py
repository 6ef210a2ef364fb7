from __future__ import annotations

from typing import Any

import pytest
from analysis_rows import fact, facts_frame, wan

from analytics.analysis import side_by_side
from analytics.errors import NotFoundError
from analytics.schema.results import SideBySide

SHEET = {"statement": "expenditure_summary"}


def department(amount: str, code: str = "total", **columns: Any) -> dict[str, Any]:
    place = {"document_id": "dep", "scope": "department"}
    return fact(amount, code=code, **(SHEET | place | columns))


def unit(amount: str, code: str = "total", **columns: Any) -> dict[str, Any]:
    return fact(amount, code=code, **(SHEET | {"document_id": "unit"} | columns))


def by_code(*rows: dict[str, Any], by: str = "scope") -> dict[str, dict[str, Any]]:
    found = SideBySide.validate(side_by_side(facts_frame(*rows), by=by))
    return {row["code"]: row for row in found.rows(named=True)}


def test_unit_beside_its_department_is_a_share_of_it():
    row = by_code(department("80.00"), unit("20.00"))["total"]
    assert (row["first_side"], row["second_side"]) == ("department", "unit")
    assert (row["first_yuan"], row["second_yuan"]) == (wan("80"), wan("20"))
    assert (row["difference_yuan"], row["second_share"]) == (wan("-60"), 0.25)
    assert (row["stage"], row["scope"]) == ("budget", None)
    assert (row["side_status"], row["side_comparability"]) == ("both", "comparable")
    assert row["first_source"].endswith("document dep")
    assert row["second_source"].endswith("document unit")


def test_lines_that_one_side_has_are_flagged_and_the_other_has_nothing_of_them():
    rows = by_code(
        department("5.00", "205"),
        department("3.00", "208"),
        unit("5.00", "205"),
        unit("1.00", "210"),
    )
    assert {code: row["side_status"] for code, row in rows.items()} == {
        "205": "both",
        "208": "first_only",
        "210": "second_only",
    }
    assert (rows["208"]["difference_yuan"], rows["208"]["second_share"]) == (wan("-3"), 0.0)
    assert (rows["208"]["second_yuan"], rows["208"]["second_source"]) == (None, None)
    assert (rows["210"]["difference_yuan"], rows["210"]["second_share"]) == (wan("1"), None)


def test_column_that_the_department_does_not_print_is_not_zero_there():
    rows = side_by_side(
        facts_frame(department("5.00"), unit("5.00"), unit("2.00", component="personnel"))
    )
    split = rows.filter(component="personnel").row(0, named=True)
    assert (split["side_status"], split["side_comparability"]) == ("second_only", "first_unknown")
    assert split["difference_yuan"] is split["second_share"] is None


def test_sides_on_two_carryover_bases_have_no_difference():
    row = by_code(department("80.00"), unit("20.00", carryover_basis="excluded"))["total"]
    assert row["side_comparability"] == "carryover_differs"
    assert (row["first_carryover_basis"], row["second_carryover_basis"]) == ("included", "excluded")
    assert row["difference_yuan"] is row["second_share"] is None


def test_stages_beside_each_other_keep_scopes_apart():
    rows = facts_frame(
        unit("100.00"),
        unit("90.00", stage="final", document_id="unit-final"),
        department("500.00", stage="final", document_id="dep-final"),
    )
    result = SideBySide.validate(side_by_side(rows, by="stage"))
    shown = ("stage", "scope", "first_yuan", "second_yuan", "second_share", "side_comparability")
    assert result.select(shown).rows() == [
        (None, "department", None, wan("500"), None, "first_unknown"),
        (None, "unit", wan("100"), wan("90"), 0.9, "comparable"),
    ]


def test_stages_are_never_mixed_when_scopes_stand_beside_each_other():
    rows = facts_frame(department("80.00"), unit("20.00", stage="final", document_id="unit-final"))
    result = side_by_side(rows)
    assert result.select("stage", "first_yuan", "second_yuan", "difference_yuan").rows() == [
        ("budget", wan("80"), None, None),
        ("final", None, wan("20"), None),
    ]
    assert side_by_side(rows, stage="final")["second_yuan"].to_list() == [wan("20")]


def test_figure_printed_twice_is_one_line():
    rows = by_code(department("80.00"), department("80.00", block=9), unit("20.00"))
    assert list(rows) == ["total"]
    assert rows["total"]["first_yuan"] == wan("80")


def test_lines_under_one_code_are_told_apart_by_name():
    rows = side_by_side(
        facts_frame(
            department("6.00", "205", name="甲"),
            department("4.00", "205", name="乙"),
            unit("1.00", "205", name="乙"),
        )
    )
    assert sorted(rows.select("name", "first_yuan", "second_yuan").rows()) == [
        ("乙", wan("4"), wan("1")),
        ("甲", wan("6"), None),
    ]


def test_other_ways_are_refused():
    with pytest.raises(NotFoundError, match="scope, stage"):
        side_by_side(facts_frame(unit("1.00")), by="year")
