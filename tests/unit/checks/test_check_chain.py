"""Rules between documents of one agency: what a later document says of an earlier one."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from check_rows import Doc, findings, judged, outcomes, tables

from analytics.checks import run_checks

_GENERAL = "general_public_expenditure"


def _doc(year: int, stage: str = "budget", **identity: Any) -> Doc:
    doc = Doc(f"{stage}-{year}-{identity.get('scope', 'unit')}", stage=stage)
    doc.identity |= {"fiscal_year": year, **identity}
    doc.rows["documents"][0] |= doc.identity
    return doc


def _implies(doc: Doc, statement: str, text: str, year: int = 2023, **extra: Any) -> Doc:
    """Let a sentence of the document say something of another year."""
    given = {"stage": "budget", "claim_id": "c", "value_kind": "implied", "fiscal_year": year}
    return doc.table(statement, text, **given | extra)


def _two(now: str, then: str, statement: str = _GENERAL, **extra: Any) -> tuple[Doc, Doc]:
    return _implies(_doc(2024), statement, now, **extra), _doc(2023).table(statement, then)


def test_b_prior_passes_where_the_implied_amount_is_the_published_one() -> None:
    assert judged("B-PRIOR", *_two("total :9.00", "total :9.00")) == [
        ("pass", "9.00万元", "9.00万元")
    ]


def test_b_prior_fails_where_another_amount_was_published() -> None:
    now, then = _two("total :9.30", "total :9.00")
    now.say(_GENERAL, claim_id="c", sentence="比上年增加。")
    (failing,) = findings("B-PRIOR", now, then).iter_rows(named=True)
    assert (failing["outcome"], failing["document_id"]) == ("fail", "budget-2024-unit")
    assert "2023年预算" in failing["message_zh"]
    assert "2023 budget" in failing["message_en"]
    assert failing["sentence"] == "比上年增加。"


def test_the_precision_of_both_documents_counts() -> None:
    assert judged("B-PRIOR", *_two("total :9.0", "total :9.04"))[0][0] == "pass"
    assert judged("B-PRIOR", *_two("total :9.00", "total :9.04"))[0][0] == "fail"


def test_a_total_agrees_with_either_total_of_then() -> None:
    then = "total :9.00\ncurrent_total :8.00"
    for stated in ("9.00", "8.00"):
        assert judged("B-PRIOR", *_two(f"total :{stated}", then, "budget_summary"))[0][0] == "pass"


def test_one_number_said_of_revenue_and_expenditure_is_one_answer() -> None:
    now, then = _two("total :9.30\n+total :9.30", "total :9.00\n+total :9.00", "budget_summary")
    for row in now.rows["facts"]:
        row |= {"row": 1, "classification": "function"}
    for place, row in enumerate(then.rows["facts"]):
        row |= {"row": place + 1, "classification": "function"}
    now.rows["facts"][1]["column"] = 3
    assert outcomes("B-PRIOR", now, then) == ["fail"]


def test_a_wrong_number_that_is_repeated_is_one_answer() -> None:
    now, then = _two("total :9.30", "total :9.00", page=3)
    for page, statement in ((5, "fiscal_appropriation_expenditure"), (5, "budget_summary")):
        _implies(now, statement, "total :9.30", page=page)
        then.table(statement, "total :9.00")
    (answer,) = findings("B-PRIOR", now, then).iter_rows(named=True)
    assert (answer["outcome"], answer["page"]) == ("fail", 3)
    assert answer["message_zh"].endswith("；同样的数还见于第5页。")


@pytest.mark.parametrize(
    ("carried", "expected"), [("0.50", "insufficient"), ("0.10", "fail")], ids=["enough", "less"]
)
def test_a_gap_that_carry_over_explains_is_no_failure(carried: str, expected: str) -> None:
    now, then = _two("total :9.30", "total :9.00")
    then.table("budget_summary", f"+carryover_start :{carried}")
    assert outcomes("B-PRIOR", now, then) == [expected]


def test_a_function_that_means_something_else_now_is_not_compared() -> None:
    def of(name: str) -> list[str]:
        now, then = _two("2040405 :9.30", "2040405 :9.00")
        now.table(_GENERAL, "2040405 :9.50")
        now.rows["facts"][-1]["name"] = "检察监督（项）"
        then.rows["facts"][-1]["name"] = name
        return outcomes("B-PRIOR", now, then)

    assert of("检察监督支出") == ["fail"]
    assert of("公诉和审判监督") == ["insufficient"]


def test_what_contradicts_its_own_statement_proves_nothing() -> None:
    now, then = _two("total :9.30", "total :9.00", repairs="level_contradicted")
    assert outcomes("B-PRIOR", now, then) == ["insufficient"]


def test_a_line_that_was_not_printed_was_nothing_or_is_not_known() -> None:
    then = _doc(2023).table(_GENERAL, "201 :9.00")
    none = _implies(_doc(2024), _GENERAL, "208 :0.00")
    assert judged("B-PRIOR", none, then) == [("pass", "0.00万元", "0.00万元")]
    some = _implies(_doc(2024), _GENERAL, "208 :1.00")
    assert outcomes("B-PRIOR", some, then) == ["insufficient"]


def test_department_and_unit_are_never_compared() -> None:
    now = _implies(_doc(2024), _GENERAL, "total :9.30")
    other = _doc(2023, scope="department").table(_GENERAL, "total :9.00")
    (answer,) = findings("B-PRIOR", now, other).iter_rows(named=True)
    assert answer["outcome"] == "insufficient"
    assert answer["statement"] is None
    assert answer["message_zh"] == "2023年预算：这份文件不在所查的文件之中，无法核对。"


def test_a_superseded_edition_is_neither_asked_nor_compared_with() -> None:
    now, then = _two("total :9.30", "total :9.30")
    old = Doc("old")
    old.identity |= {"fiscal_year": 2023}
    old.rows["documents"][0] |= old.identity
    old.table(_GENERAL, "total :9.00")
    _implies(old, _GENERAL, "total :1.00", year=2022)
    given = tables(now, then, old)
    current = pl.col("document_id") != "old"
    given["documents"] = given["documents"].with_columns(is_current=current)
    found = run_checks(given, rules=["B-PRIOR"])
    assert found.select("document_id", "outcome").rows() == [("budget-2024-unit", "pass")]


def test_a_document_that_says_nothing_of_others_is_not_asked() -> None:
    docs = _doc(2024).table(_GENERAL, "total :9.00"), _doc(2023)
    for code in ("B-PRIOR", "B-BUDGET", "B-CARRYOVER", "B-CARRYOVER-ESTIMATE", "B-THREE-PUBLIC"):
        assert outcomes(code, *docs) == [], code


_EXPENSES = "three_public_expenses"


def _final(budgeted: str, stage: str = "budget") -> tuple[Doc, Doc]:
    final = _doc(2024, "final").table(_EXPENSES, "reception :1.00")
    final.table(_EXPENSES, f"reception :{budgeted}", stage=stage)
    return final, _doc(2024).table(_EXPENSES, "reception :2.00")


def test_b_budget_passes_where_the_budget_column_is_the_published_budget() -> None:
    assert judged("B-BUDGET", *_final("2.00")) == [("pass", "2.00万元", "2.00万元")]


def test_b_budget_fails_where_it_was_altered() -> None:
    assert judged("B-BUDGET", *_final("3.00")) == [("fail", "3.00万元", "2.00万元")]


def test_the_adjusted_budget_is_not_the_published_one() -> None:
    assert outcomes("B-BUDGET", *_final("3.00", "adjusted_budget")) == []


def test_a_budget_that_a_sentence_names_is_compared_too() -> None:
    final = _implies(_doc(2024, "final"), _GENERAL, "total :9.30", year=2024)
    budget = _doc(2024).table(_GENERAL, "total :9.00")
    assert judged("B-BUDGET", final, budget) == [("fail", "9.30万元", "9.00万元")]
    assert outcomes("B-PRIOR", final, budget) == []


def _years(opening: str, closing: str, stage: str = "final") -> tuple[Doc, Doc]:
    summary = "fiscal_appropriation_summary"
    now = _doc(2024, stage).table(summary, f"+carryover_start :{opening}")
    return now, _doc(2023, "final").table(summary, f"carryover_end :{closing}")


def test_b_carryover_passes_where_a_year_begins_with_what_was_left() -> None:
    assert judged("B-CARRYOVER", *_years("3.00", "3.00")) == [("pass", "3.00万元", "3.00万元")]


def test_b_carryover_fails_where_money_vanishes_between_years() -> None:
    assert judged("B-CARRYOVER", *_years("2.00", "3.00")) == [("fail", "2.00万元", "3.00万元")]


def test_balances_of_lines_are_compared_line_by_line() -> None:
    statement, function = "government_fund_expenditure", {"classification": "function"}
    now = _doc(2024, "final").table(
        statement, "212 :1.00\n213 :2.00", component="carryover", flow="revenue", **function
    )
    then = _doc(2023, "final").table(
        statement, "212 :1.00\n213 :2.50", component="closing", **function
    )
    assert judged("B-CARRYOVER", now, then) == [
        ("pass", "1.00万元", "1.00万元"),
        ("fail", "2.00万元", "2.50万元"),
    ]


def test_b_carryover_estimate_passes_where_the_estimate_was_right() -> None:
    assert outcomes("B-CARRYOVER-ESTIMATE", *_years("3.00", "3.00", "budget")) == ["pass"]


def test_b_carryover_estimate_never_fails() -> None:
    (answer,) = findings("B-CARRYOVER-ESTIMATE", *_years("2.00", "3.00", "budget")).iter_rows(
        named=True
    )
    assert answer["outcome"] == "insufficient"
    assert "预算列2.00万元，是预计数；上年决算为3.00万元" in answer["message_zh"]


def test_a_balance_whose_year_before_is_absent_is_not_known() -> None:
    now, _ = _years("3.00", "3.00")
    assert outcomes("B-CARRYOVER", now) == ["insufficient"]
