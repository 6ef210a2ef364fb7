"""A disclosure in several files is asked as one."""

from __future__ import annotations

import polars as pl
from check_rows import Doc, findings, tables

from analytics.checks import run_checks
from analytics.schema.statement_forms import expected_statements
from analytics.schema.vocabularies import Stage, Statement

LINES = "+current_total :5.00\n+total :5.00\ntotal :5.00"


def undivided(name: str = "whole") -> Doc:
    doc = Doc(name).table("budget_summary", LINES).table("expenditure_summary", "total :6.00")
    printed = (Statement.BUDGET_SUMMARY, Statement.EXPENDITURE_SUMMARY)
    for statement in expected_statements(printed):
        if statement not in printed:
            doc.presence(statement, "missing")
    return doc.say("budget_summary", level="4.00").say("general_public_expenditure", level="1.00")


def divided() -> tuple[Doc, Doc]:
    figures = Doc("t").table("budget_summary", LINES).table("expenditure_summary", "total :6.00")
    said = Doc("n").presence("government_fund_revenue", "missing")
    said.say("budget_summary", level="4.00").say("general_public_expenditure", level="1.00")
    return figures, said


def answers(*docs: Doc) -> list[tuple[object, ...]]:
    """What the rules say, apart from the file and the place in it."""
    apart = ["S-READABLE", "S-LEFTOUT"]  # these speak of each file
    found = run_checks(tables(*docs)).filter(~pl.col("rule").is_in(apart))
    columns = ("rule", "statement", "subject", "outcome", "printed", "computed", "message_zh")
    return sorted(found.select(columns).rows(), key=str)


def test_findings_of_two_files_equal_those_of_one() -> None:
    whole = undivided()
    assert answers(*divided()) == answers(whole)
    assert len({row[0] for row in answers(whole)}) > 70


def test_a_finding_stands_on_the_file_of_its_figure() -> None:
    (row,) = findings("N-LEVEL", *divided()).filter(outcome="fail").to_dicts()
    assert (row["document_id"], row["block"]) == ("n", 200)
    assert row["finding_id"].startswith("N-LEVEL/n/")
    (row,) = findings("X-EXPENDITURE-TOTAL", *divided()).filter(outcome="fail").head(1).to_dicts()
    assert row["document_id"] == "t"


def test_a_statement_is_missing_only_if_no_file_has_it() -> None:
    found = findings("S-STATEMENTS", *divided())
    assert found["document_id"].unique().to_list() == ["t"]
    present = found.filter(outcome="pass")["statement"].to_list()
    assert sorted(present) == ["budget_summary", "expenditure_summary"]


def test_parts_of_final_accounts_are_judged_by_the_layout_of_final_accounts() -> None:
    figures = Doc("t", stage="final").table("basic_expenditure", "total :5.00")
    said = Doc("n", stage="final").say("basic_expenditure", level="5.00")
    found = findings("S-STATEMENTS", figures, said)
    layout = {str(each) for each in expected_statements([Statement.BASIC_EXPENDITURE], Stage.FINAL)}
    answered = found.filter(pl.col("outcome").is_in(["pass", "fail"]))["statement"]
    assert set(answered) == layout
    assert len(layout) == 9


def test_findings_have_one_identifier_each() -> None:
    found = run_checks(tables(*divided()))
    assert found["finding_id"].is_unique().all()
    assert found.filter(pl.col("block") > 1_000_000).is_empty()


def test_each_file_answers_for_its_own_reading() -> None:
    figures, said = divided()
    said.rows["documents"][0]["notes"] = "12 characters have no code point on page 7"
    found = findings("S-READABLE", figures, said).select("document_id", "outcome", "page")
    assert sorted(found.rows()) == [("n", "fail", 7), ("t", "pass", None)]


def test_files_with_a_statement_in_common_are_no_parts() -> None:
    found = findings("S-STATEMENTS", undivided("a"), undivided("b"))
    assert found["document_id"].unique().sort().to_list() == ["a", "b"]


def test_budget_and_final_accounts_are_no_parts() -> None:
    figures, _ = divided()
    final = Doc("f", stage="final").say("budget_summary", level="4.00")
    assert "fail" not in findings("N-LEVEL", figures, final)["outcome"].to_list()


def test_an_edition_that_is_not_current_stands_alone() -> None:
    figures, said = divided()
    built = tables(figures, said)
    built["documents"] = built["documents"].with_columns(is_current=pl.col("document_id") == "t")
    found = run_checks(built, rules=["N-LEVEL"])
    assert "fail" not in found["outcome"].to_list()
