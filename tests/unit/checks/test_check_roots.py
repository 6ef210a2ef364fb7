"""One wrong figure is one contradiction: what follows from it names its root."""

from __future__ import annotations

import polars as pl
from unit.checks.check_rows import Doc, tables

from analytics.checks import run_checks

RULES = ["T-SUM-LINES", "T-ROW-BASIC-PROJECT", "X-EXPENDITURE-TOTAL", "N-LEVEL", "N-GROWTH"]
SOUND = """
    total :30.00 basic:18.00 project:12.00
    201<total :10.00 basic:6.00  project:4.00
    205<total :20.00 basic:12.00 project:8.00
"""


def failures(*docs: Doc, rules: list[str] = RULES) -> pl.DataFrame:
    return run_checks(tables(*docs), rules=rules).filter(outcome="fail")


def expenditure(old: str, new: str, **extra: object) -> Doc:
    """The sound statement with one figure changed."""
    assert SOUND.count(old) == 1
    return Doc().table("expenditure_summary", SOUND.replace(old, new), **extra)


def test_a_wrong_figure_is_one_root_and_says_what_would_fit() -> None:
    found = failures(expenditure(":20.00", ":26.00"))
    assert sorted(found["rule"]) == ["T-ROW-BASIC-PROJECT", "T-SUM-LINES"]
    root = found.filter(pl.col("root").is_null()).row(0, named=True)
    assert found["root"].drop_nulls().to_list() == [root["finding_id"]]
    assert found["fits_zh"].unique().to_list() == [
        "支出总表“205”列示26.00万元，若为20.00万元，则以上各处全部相符"
    ]
    assert root["fits_en"].endswith("prints 26.00万元; all of this would hold if it were 20.00万元")


def test_the_evidence_names_every_figure_that_was_compared() -> None:
    found = failures(expenditure(":20.00", ":26.00")).filter(rule="T-SUM-LINES")
    # The total of the first row against the lines below it, all in the first amount column.
    assert found["evidence"].to_list() == ["d1/1/1/2;d1/1/2/2;d1/1/3/2"]


def test_two_wrong_figures_are_two_roots() -> None:
    doc = expenditure(":20.00", ":26.00").table("budget_summary", "total :31.00")
    found = failures(doc)
    assert found.filter(rule="X-EXPENDITURE-TOTAL")["root"].to_list() == [None]
    assert found["root"].null_count() == 2


def test_equal_differences_that_share_nothing_stay_apart() -> None:
    first = expenditure("project:4.00", "project:5.00")
    first.table(
        "general_public_expenditure",
        "total :9.00 basic:9.00 project:0.00\n201<total :9.00 basic:8.00 project:0.00",
    )
    found = failures(first, rules=["T-ROW-BASIC-PROJECT"])
    assert found["difference"].abs().unique().to_list() == [10000]
    assert found["root"].to_list() == [None, None]
    assert found["fits_en"].to_list() == [None, None]


def test_a_figure_that_an_equation_confirms_is_not_blamed() -> None:
    doc = expenditure(":20.00", ":26.00").say("expenditure_summary", "205", level="26.00")
    found = failures(doc)
    assert found["root"].null_count() == 1
    assert found["fits_zh"].to_list() == [None, None]


def test_what_one_sentence_gets_wrong_is_one_root() -> None:
    doc = Doc().table("budget_summary", "total :100.00")
    doc.say("budget_summary", level="120.00", change="10.00", growth="50.00")
    found = failures(doc)
    assert found["rule"].to_list() == ["N-GROWTH", "N-LEVEL"]
    assert found["root"].null_count() == 1


def test_a_recognised_digit_that_a_sum_contradicts_is_suspect() -> None:
    read = expenditure(":20.00", ":26.00", ocr_confidence=0.98)
    assert failures(read)["state"].unique().to_list() == ["reading_suspect"]
    far = expenditure(":20.00", ":98.00", ocr_confidence=0.98)
    assert failures(far)["state"].unique().to_list() == ["confirmed"]
