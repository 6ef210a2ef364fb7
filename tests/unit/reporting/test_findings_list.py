"""The order of findings, their keys, and what an answer of a person does to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from finding_rows import document, finding, listing

from analytics.errors import InputError
from analytics.reporting.findings import is_settled, lost_reviews, with_reviews
from analytics.schema.reviews import Reviews
from analytics.schema.tables import column_types


def review(finding_key: str, **columns: Any) -> dict[str, Any]:
    return {
        "finding_key": finding_key,
        "answer": "explained",
        "note": "口径不同",
        "reviewer": "王某",
        "answered_on": date(2024, 3, 5),
    } | columns


def reviews(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=column_types(Reviews))


def subjects(rows: pl.DataFrame) -> list[str]:
    return rows["subject"].to_list()


def test_severity_then_state_then_size_decide_the_order() -> None:
    rows = listing(
        finding("T-SUM-LINES", "小", printed="100", computed="101"),
        finding("T-SUM-LINES", "存疑", printed="900", computed="1", state="reading_suspect"),
        finding("T-SUM-LINES", "待复", printed="900", computed="1", state="needs_reply"),
        finding("T-SUM-LINES", "大", printed="100", computed="400"),
        finding("C-MONEY", "警", printed="900", computed="1", severity="warning"),
        finding("T-SUM-LINES", "无数"),
    )
    assert subjects(rows) == ["大", "小", "无数", "待复", "存疑", "警"]


def test_a_difference_is_weighed_by_the_total_of_its_document() -> None:
    rows = listing(
        finding("T-SUM-LINES", "钱", printed="100", computed="150"),
        finding("N-SHARE", "比", printed="0.20", computed="0.17", measure_unit="share"),
        finding("N-FORM-COUNT", "数", printed="8", computed="10", measure_unit="1"),
    )
    weights = dict(rows.select("subject", "weight_share").iter_rows())
    # 50 of a total of 1,000 yuan; 3 percentage points; 2 of 10 forms.
    assert weights == {"钱": 0.05, "比": pytest.approx(0.03), "数": 0.2}


def test_what_follows_stands_beneath_its_root_whatever_it_weighs() -> None:
    rows = listing(
        finding("T-ROW-FUNDS", "根", printed="1", computed="2"),
        finding("X-OPERATING", "大", printed="1", computed="500"),
        finding("T-SUM-LINES", "随", printed="1", computed="900", root="T-ROW-FUNDS/d1/根"),
    )
    assert subjects(rows) == ["大", "根", "随"]
    assert rows["root_key"].to_list() == [None, None, "甲市某局/2024/budget/unit/T-ROW-FUNDS/根"]


def test_the_rule_says_why() -> None:
    row = listing(finding("T-BALANCE-SIDES", "总计")).row(0, named=True)
    assert row["rule_title_zh"] == "收入总计等于支出总计"
    assert row["why_en"].startswith("A budget must balance")


def test_a_key_is_the_same_in_another_edition() -> None:
    told = ("机关运行经费/total/98/1/4", "机关运行经费/total/70/1/9")
    first = finding("N-GROWTH", told[0], block=98, row=1, column=4)
    later = finding("N-GROWTH", told[1], document_id="d2", block=70, row=1, column=9)
    keys = [
        listing(row, documents=[document(row["document_id"])])["finding_key"].to_list()
        for row in (first, later)
    ]
    assert keys[0] == keys[1] == ["甲市某局/2024/budget/unit/N-GROWTH/机关运行经费/total"]


def test_a_rule_that_fails_twice_for_one_line_gives_two_keys() -> None:
    rows = listing(
        finding("N-LEVEL", "x/9/1/2", block=9, row=1, column=2),
        finding("N-LEVEL", "x/12/1/2", block=12, row=1, column=2),
    ).sort("block")
    ends = rows["finding_key"].str.split("/").list.last().to_list()
    assert ends == ["x", "x~2"]


def test_an_explained_finding_sinks_below_the_open_ones() -> None:
    rows = listing(
        finding("T-SUM-LINES", "重", printed="1", computed="500"),
        finding("C-MONEY", "轻", severity="note"),
    )
    key = rows["finding_key"][0]
    seen = {"seen_printed": Decimal(1), "seen_computed": Decimal(500)}
    answered = with_reviews(rows, reviews(review(key, **seen)))
    assert subjects(answered) == ["轻", "重"]
    assert answered.select(is_settled()).to_series().to_list() == [False, True]
    assert answered["reviewer"].to_list() == [None, "王某"]


def test_a_corrected_finding_stays_open_with_the_value_beside_it() -> None:
    rows = listing(finding("T-SUM-LINES", "重"), finding("C-MONEY", "轻", severity="note"))
    given = review(rows["finding_key"][0], answer="corrected", corrected_text="5.00万元")
    answered = with_reviews(rows, reviews(given))
    assert subjects(answered) == ["重", "轻"]
    assert answered["corrected_text"][0] == "5.00万元"


@pytest.mark.parametrize(
    "seen",
    [
        {"seen_printed": Decimal(2), "seen_computed": Decimal(500)},
        {"seen_printed": Decimal(1), "seen_computed": None},
    ],
)
def test_an_answer_about_other_figures_is_stale_and_settles_nothing(seen: dict[str, Any]) -> None:
    rows = listing(finding("T-SUM-LINES", "重", printed="1", computed="500"))
    answered = with_reviews(rows, reviews(review(rows["finding_key"][0], **seen)))
    assert answered["is_stale"].to_list() == [True]
    assert answered["answer"].to_list() == ["explained"]
    assert answered.select(is_settled()).to_series().to_list() == [False]


def test_a_stale_answer_stays_stale_when_it_is_put_beside_once_more() -> None:
    rows = listing(finding("T-SUM-LINES", "重", printed="1", computed="500"))
    stale = reviews(review(rows["finding_key"][0], seen_printed=Decimal(2)))
    once = with_reviews(rows, stale)
    kept = once.select(Reviews.column_names())
    assert with_reviews(once, kept)["is_stale"].to_list() == [True]


def test_an_answer_without_a_finding_is_listed() -> None:
    rows = listing(finding("T-SUM-LINES", "在"))
    known, gone = rows["finding_key"][0], "甲市某局/2024/budget/unit/T-SUM-LINES/去"
    lost = lost_reviews(rows, reviews(review(gone), review(known)))
    assert lost["finding_key"].to_list() == [gone]


def test_frames_of_another_kind_are_refused() -> None:
    rows = listing(finding("T-SUM-LINES", "在"))
    with pytest.raises(InputError, match=r"reviews lack the columns .*seen_printed"):
        with_reviews(rows, pl.DataFrame({"finding_key": ["a"], "answer": ["accepted"]}))
    with pytest.raises(InputError, match="list_findings gives them"):
        with_reviews(rows.drop("finding_key"), reviews())


ROOT = "甲市某局/2024/budget/unit/T-ROW-FUNDS/根"


def followed() -> pl.DataFrame:
    """A root, what follows from it, and a finding by itself."""
    return listing(
        finding("T-ROW-FUNDS", "根", printed="1", computed="2"),
        finding("T-SUM-LINES", "随", printed="1", computed="2", root="T-ROW-FUNDS/d1/根"),
        finding("X-OPERATING", "另", printed="1", computed="500"),
    )


def settled(rows: pl.DataFrame) -> set[str]:
    return set(rows.filter(is_settled())["subject"])


@pytest.mark.parametrize("answer", ["accepted", "explained"])
def test_what_follows_from_a_settled_finding_is_settled_with_it(answer: str) -> None:
    seen = {"seen_printed": Decimal(1), "seen_computed": Decimal(2)}
    rows = with_reviews(followed(), reviews(review(ROOT, answer=answer, **seen)))
    assert settled(rows) == {"根", "随"}
    assert rows["subject"].to_list() == ["另", "根", "随"]


def test_an_answer_of_its_own_counts_before_that_to_its_root() -> None:
    seen = {"seen_printed": Decimal(1), "seen_computed": Decimal(2)}
    own = "甲市某局/2024/budget/unit/T-SUM-LINES/随"
    corrected = review(own, answer="corrected", corrected_text="2", **seen)
    rows = with_reviews(followed(), reviews(review(ROOT, **seen), corrected))
    assert settled(rows) == {"根"}


def test_a_stale_answer_to_a_root_settles_nothing() -> None:
    seen = {"seen_printed": Decimal(1), "seen_computed": Decimal(3)}
    assert settled(with_reviews(followed(), reviews(review(ROOT, **seen)))) == set()
