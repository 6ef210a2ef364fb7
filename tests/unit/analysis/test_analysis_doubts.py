"""Which figures failed checks leave in doubt, and where results carry the mark."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from analysis_rows import finding, findings_frame

from analytics.analysis import doubted_places, with_doubts
from analytics.errors import InputError


def failed(
    name: str, place: tuple[int, int, int], *evidence: str, **columns: Any
) -> dict[str, Any]:
    block, row, column = place
    given = {
        "finding_id": name,
        "document_id": "d1",
        "severity": "error",
        "measure_unit": "yuan",
        "block": block,
        "row": row,
        "column": column,
        "evidence": ";".join(f"d1/{each}" for each in evidence) or None,
    }
    return finding("budget_summary", "fail", **given | columns)


def places(*rows: dict[str, Any]) -> list[str]:
    return sorted(set(doubted_places(findings_frame(*rows))["place"]))


def test_of_a_sum_that_does_not_hold_the_sum_is_in_doubt() -> None:
    assert places(failed("a", (1, 9, 2), "1/9/2", "1/3/2", "1/4/2")) == ["d1/1/9/2"]


def test_of_two_amounts_that_contradict_each_other_both_are() -> None:
    assert places(failed("a", (1, 9, 2), "1/9/2", "5/9/2")) == ["d1/1/9/2", "d1/5/9/2"]


def test_the_level_that_a_percentage_was_taken_of_is_not() -> None:
    assert places(failed("a", (7, 1, 2), "7/1/2", "5/9/2", measure_unit="share")) == ["d1/7/1/2"]


def test_of_checks_that_fail_together_it_is_what_all_of_them_used() -> None:
    together = (
        failed("a", (1, 9, 2), "1/9/2", "1/3/2", "1/4/2"),
        failed("b", (1, 3, 2), "1/3/2", "1/3/3", root="a"),
        failed("c", (1, 3, 2), "1/3/2", "5/3/2", root="a"),
    )
    assert places(*together) == ["d1/1/3/2"]


def test_checks_without_a_figure_in_common_stand_for_themselves() -> None:
    apart = (
        failed("a", (1, 9, 2), "1/9/2", "1/3/2", "1/4/2"),
        failed("b", (2, 9, 2), "2/9/2", "2/3/2", "2/4/2", root="a"),
    )
    assert places(*apart) == ["d1/1/9/2", "d1/2/9/2"]


@pytest.mark.parametrize("columns", [{"severity": "warning"}, {"outcome": "pass"}])
def test_only_failures_that_are_errors_raise_doubts(columns: dict[str, str]) -> None:
    assert places(failed("a", (1, 9, 2), "1/9/2") | columns) == []


def test_a_finding_without_a_place_names_no_figure() -> None:
    nowhere = {"block": None, "row": None, "column": None}
    assert places(failed("a", (1, 1, 1), **nowhere)) == []


def test_a_result_is_marked_by_each_of_its_places() -> None:
    result = pl.DataFrame(
        {
            "name": ["own", "last", "sum", "none"],
            "source": [
                "x block 1 row 9 column 2 (page 3) (line 7), document d1",
                "x block 1 row 1 column 2, document d1",
                "x block 1 row 1 column 2, document d1; x block 1 row 9 column 2, document d1",
                None,
            ],
            "source_prior": [None, "x block 1 row 9 column 2, document d1", None, None],
        }
    )
    marked = with_doubts(result, findings_frame(failed("a", (1, 9, 2), "1/9/2")))
    assert marked.drop("is_doubted", "is_doubted_prior").equals(result)
    assert marked["is_doubted"].to_list() == [True, False, True, False]
    assert marked["is_doubted_prior"].to_list() == [False, True, False, False]


def test_places_of_another_document_are_not_meant() -> None:
    result = pl.DataFrame({"source": ["x block 1 row 9 column 2, document d2"]})
    marked = with_doubts(result, findings_frame(failed("a", (1, 9, 2), "1/9/2")))
    assert marked.columns == ["source", "is_doubted"]
    assert marked["is_doubted"].to_list() == [False]


def test_a_result_that_names_no_place_is_refused() -> None:
    with pytest.raises(InputError, match="no column 'source'"):
        with_doubts(pl.DataFrame({"amount_yuan": [1]}), findings_frame())
