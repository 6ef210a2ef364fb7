"""Rules on the whole of a disclosure, and how the engine speaks."""

import polars as pl
import pytest
from check_rows import Doc, findings, outcomes, tables

from analytics.checks import CanonicalTables, explain, registry, rules, run_checks
from analytics.checks.answers import no_answers
from analytics.errors import AnalyticsError, InputError, NotFoundError
from analytics.schema.tables import NUMBERING, Findings
from analytics.schema.vocabularies import Statement


def test_s_statements_passes() -> None:
    doc = Doc().table("budget_summary", "total :1.00").presence("government_fund_revenue", "empty")
    found = findings("S-STATEMENTS", doc).filter(outcome="pass")
    assert found["message_zh"].to_list() == [
        "收支总表：有表有数据。",
        "政府性基金预算收入表：有表，注明无数据。",
    ]


def test_s_statements_fails() -> None:
    doc = Doc().presence("budget_summary", "missing")
    assert findings("S-STATEMENTS", doc).filter(outcome="fail")["subject"].to_list() == ["收支总表"]


def test_s_ledger_passes() -> None:
    doc = Doc().table("budget_summary", "total :1.00 current:1.00")
    assert findings("S-LEDGER", doc).filter(outcome="pass")["printed_text"].to_list() == ["2个"]


def test_s_ledger_fails_and_blames_the_reading() -> None:
    doc = Doc().table("budget_summary", "total :1.00 current:1.00")
    doc.rows["statements"][0]["numeric_cell_count"] = 3
    (row,) = findings("S-LEDGER", doc).filter(outcome="fail").to_dicts()
    assert (row["printed"], row["computed"], row["state"]) == (3, 2, "reading_suspect")


def test_s_columns_passes() -> None:
    doc = Doc().table("budget_summary", "total :1.00")
    assert findings("S-COLUMNS", doc).filter(outcome="pass")["subject"].to_list() == ["收支总表"]


def test_s_columns_fails_and_names_the_column() -> None:
    doc = Doc().table("budget_summary", "total :1.00")
    doc.rows["statements"][0]["missing_columns"] = "当年…安排"
    (row,) = findings("S-COLUMNS", doc).filter(outcome="fail").to_dicts()
    assert row["message_zh"] == "收支总表：没有找到栏目：当年…安排。"
    assert row["state"] == "reading_suspect"


def _set_aside(doc: Doc, text: str, reason: str) -> Doc:
    doc.rows["set_aside"].append(
        {
            "document_id": "d1",
            "block": 9,
            "row": 4,
            "column": 2,
            "line": 77,
            "statement": "budget_summary",
            "cell_text": text,
            "reason": reason,
        }
    )
    return doc


def test_s_understood_passes_over_the_numbers_of_columns() -> None:
    doc = _set_aside(Doc().table("budget_summary", "total :1.00"), "1", NUMBERING)
    assert outcomes("S-UNDERSTOOD", doc).count("pass") == 1
    assert "fail" not in outcomes("S-UNDERSTOOD", doc)


def test_s_understood_fails_and_leads_to_the_figure() -> None:
    doc = Doc().table("budget_summary", "total :1.00")
    doc = _set_aside(doc, "12.50", "no unit of money is printed for the statement")
    (row,) = findings("S-UNDERSTOOD", doc).filter(outcome="fail").to_dicts()
    assert row["line"] == 77
    assert "12.50" in row["message_zh"]
    assert "no unit of money" in row["message_en"]


def test_every_rule_answers_for_every_document_and_statement() -> None:
    docs = [Doc("a", stage="final"), Doc("b").table("budget_summary", "+current_total :1.00")]
    found = run_checks(tables(*docs))
    said = found.group_by("document_id", "rule").agg(pl.col("statement").n_unique())
    declared = {code: len(rule.statements) for code, rule in rules().items()}
    of_statements = [code for code, count in declared.items() if count]
    assert said.filter(pl.col("rule").is_in(of_statements)).height == 2 * len(of_statements)
    assert said.filter(pl.col("statement") < pl.col("rule").replace_strict(declared)).is_empty()


def test_findings_meet_their_schema_and_have_stable_identifiers() -> None:
    doc = Doc().table(
        "expenditure_summary", "201 :5.00 basic:2.00 project:3.50\n201 :1.00 basic:1.00"
    )
    found = findings("T-ROW-BASIC-PROJECT", doc)
    assert Findings.is_valid(found)
    assert found.equals(findings("T-ROW-BASIC-PROJECT", doc))
    assert found.filter(statement="expenditure_summary")["finding_id"].to_list() == [
        "T-ROW-BASIC-PROJECT/d1/expenditure_summary/expenditure/function/201/all/total",
        "T-ROW-BASIC-PROJECT/d1/expenditure_summary/expenditure/function/201/all/total#2",
    ]


def test_rules_that_are_not_there_and_tables_that_are_not_given_are_named() -> None:
    with pytest.raises(NotFoundError, match=r"T-SUM-LINE.*did you mean 'T-SUM-LINES'"):
        run_checks(tables(Doc()), rules=["T-SUM-LINE"])
    with pytest.raises(InputError, match="claims"):
        CanonicalTables.of({"documents": pl.DataFrame()})
    assert run_checks(tables(Doc()), rules=[]).is_empty()


def test_a_rule_that_crashes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: CanonicalTables) -> pl.LazyFrame:
        return no_answers().select(pl.col("no_such_column"))

    monkeypatch.setattr(registry, "_RULES", dict(registry._RULES))
    registry.rule(
        "Z-CRASH",
        title=("甲", "a"),
        equation="1 = 1",
        why=("甲", "a"),
        family=registry.Family.STRUCTURE,
        statements=[Statement.BUDGET_SUMMARY],
    )(crash)
    with pytest.raises(AnalyticsError, match=r"the rule Z-CRASH could not be run.*no_such_column"):
        run_checks(tables(Doc()))


def test_a_code_is_declared_once() -> None:
    def other(_: CanonicalTables) -> pl.LazyFrame:
        return no_answers()

    with pytest.raises(InputError, match="T-SUM-LINES is declared twice"):
        registry.rule(
            "T-SUM-LINES",
            title=("甲", "a"),
            equation="1 = 1",
            why=("甲", "a"),
            family=registry.Family.STRUCTURE,
            statements=[Statement.BUDGET_SUMMARY],
        )(other)


def test_explain_tells_what_a_rule_tests() -> None:
    text = explain("n-growth")
    assert text.splitlines()[:2] == [
        "N-GROWTH  增减率与增减额一致 / Growth follows from the stated change",
        "  增减率 = change ÷ (level − change)",
    ]
    assert "hundredth" in text


def test_a_repaired_figure_makes_a_failure_suspect() -> None:
    plain = Doc("a").table("expenditure_summary", "201 :5.00 basic:4.00")
    mended = Doc("b").table("expenditure_summary", "201 :5.00 basic:4.00", repairs="value_shifted")
    found = findings("T-ROW-BASIC-PROJECT", plain, mended).filter(outcome="fail")
    assert found["state"].to_list() == ["confirmed", "reading_suspect"]


def test_corrected_and_implied_figures_are_left_alone() -> None:
    doc = Doc().table("expenditure_summary", "201 :5.00 basic:4.00", value_kind="implied")
    found = outcomes("T-ROW-BASIC-PROJECT", doc)
    assert set(found) == {"not_applicable"}


def test_documents_do_not_mix() -> None:
    first = Doc("a").table(
        "expenditure_summary", "total :5.00 basic:5.00\n201<total :5.00 basic:4.00"
    )
    first.table("basic_expenditure", "total :5.00 personnel:5.00").form("甲")
    second = Doc("b").table("expenditure_summary", "total :7.00 basic:2.00 project:5.00")
    second.table("basic_expenditure", "total :2.00").say("expenditure_summary", level="7.00")
    second.table("project_expenditure", "甲 :5.00").say("performance", count="1")
    together = run_checks(tables(first, second))
    apart = pl.concat([run_checks(tables(first)), run_checks(tables(second))])
    assert together.equals(apart)
