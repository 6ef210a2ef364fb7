"""Agencies taken together: sums, witnesses, what is missing, what contradicts the registry."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied, wan

from analytics import InputError, changes, unite_agencies
from analytics.analysis import UnitedAgencies
from analytics.schema.agencies import AgencySuccessions
from analytics.schema.results.agencies import UnionCoverage, UnitedFacts


def links(*rows: tuple[int, str, str | None, str | None]) -> pl.DataFrame:
    names = ("link_year", "succession_kind", "old_agency_id", "new_agency_id")
    known = {"link_basis": "official", "link_confidence": "high"}
    types = AgencySuccessions.create_empty().schema
    return pl.DataFrame([dict(zip(names, row, strict=True)) | known for row in rows], schema=types)


def printed(agency: str, year: int, amount: str, **columns: Any) -> dict[str, Any]:
    place = {"document_id": f"{agency}{year}", "agency_id": agency, "fiscal_year": year}
    return fact(amount, **(place | columns))


def unite(
    rows: list[dict[str, Any]], successions: pl.DataFrame, year: int = 2019, prior: int = 2018
) -> UnitedAgencies:
    united = unite_agencies(facts_frame(*rows), successions, year=year, prior_year=prior)
    UnitedFacts.validate(united.facts)
    UnionCoverage.validate(united.coverage)
    return united


def amounts(united: UnitedAgencies) -> list[tuple[str, int, str, Decimal]]:
    return united.facts.select("agency_id", "fiscal_year", "code", "amount_yuan").rows()


MERGER = links((2019, "merged", "文化局", "文旅局"), (2019, "merged", "旅游局", "文旅局"))


def test_a_merger_is_compared_with_the_sum_of_both() -> None:
    rows = [
        printed("文化局", 2018, "10.00", code="207"),
        printed("文化局", 2018, "10.00"),
        printed("旅游局", 2018, "5.50", code="207"),
        printed("旅游局", 2018, "1.25", code="208"),
        printed("旅游局", 2018, "6.75"),
        printed("文旅局", 2019, "20.00", code="207"),
        printed("文旅局", 2019, "20.00"),
        printed("教育局", 2019, "1.00"),
    ]
    united = unite(rows, MERGER)
    prior = united.facts.filter(agency_id="文旅局", fiscal_year=2018)
    assert sorted(prior.select("code", "amount_yuan").rows()) == [
        ("207", wan("15.50")),
        ("208", wan("1.25")),
        ("total", wan("16.75")),
    ]
    # The halves of both last digits add up; a line that one of them lacks has the other's only.
    width = prior.select("code", pl.col("high_yuan") - pl.col("low_yuan")).rows()
    assert sorted(width) == [("207", 200), ("208", 100), ("total", 200)]
    assert prior["document_id"].unique().to_list() == ["文化局2018+旅游局2018"]
    both = prior.filter(code="207")["source"].item()
    assert both.count("; ") == 1
    assert both.endswith("document 旅游局2018") or both.endswith("document 文化局2018")
    assert united.facts.filter(agency_id="教育局").height == 1
    grown = changes(united.facts, year=2019).filter(agency_id="文旅局", code="total")
    assert grown["change_yuan"].to_list() == [wan("3.25")]


def test_a_missing_member_leaves_the_others_apart_and_marked() -> None:
    rows = [printed("文化局", 2018, "10.00"), printed("文旅局", 2019, "20.00")]
    united = unite(rows, MERGER)
    assert amounts(united) == [
        ("文化局", 2018, "total", wan("10")),
        ("文旅局", 2019, "total", wan("20")),
    ]
    assert united.facts["is_agency_incomplete"].to_list() == [True, False]
    assert united.coverage.select(
        "fiscal_year", "union_role", "union_state", "member_ids", "missing_ids", "reason"
    ).rows() == [
        (2018, "prior", "agency_incomplete", "文化局;旅游局", "旅游局", "缺少：旅游局"),
        (2019, "current", "complete", "文旅局", "", None),
    ]
    compared = changes(united.facts, year=2019)
    assert compared["change_yuan"].to_list() == [None]


def test_a_statement_that_one_member_lacks_is_not_added_up() -> None:
    summary = {"statement": "expenditure_summary"}
    rows = [
        printed("文化局", 2018, "10.00"),
        printed("旅游局", 2018, "6.00"),
        printed("文化局", 2018, "9.00", **summary),
        printed("文旅局", 2019, "20.00"),
        printed("文旅局", 2019, "20.00", **summary),
    ]
    united = unite(rows, MERGER)
    prior = united.facts.filter(fiscal_year=2018)
    found = prior.select("agency_id", "statement", "amount_yuan", "is_agency_incomplete").rows()
    assert sorted(found) == [
        ("文化局", "expenditure_summary", wan("9"), True),
        ("文旅局", "budget_summary", wan("16"), False),
    ]
    missing = united.coverage.filter(statement="expenditure_summary", fiscal_year=2018)
    assert missing["missing_ids"].item() == "旅游局"


def test_an_agency_that_goes_on_is_not_compared_with_the_whole() -> None:
    """旅游局 joins 文化局, which keeps its name; of 旅游局 there is no document."""
    absorbed = links((2019, "merged", "旅游局", "文化局"))
    rows = [printed("文化局", 2018, "10.00"), printed("文化局", 2019, "20.00")]
    united = unite(rows, absorbed)
    assert amounts(united) == [
        ("文化局", 2018, "total", wan("10")),
        ("文化局+旅游局", 2019, "total", wan("20")),
    ]
    assert changes(united.facts, year=2019)["comparability"].to_list() == ["no_prior"]


def test_a_split_is_compared_at_the_union() -> None:
    split = links((2019, "split", "文旅局", "文旅局"), (2019, "split", "文旅局", "广电局"))
    rows = [
        printed("文旅局", 2018, "30.00"),
        printed("文旅局", 2019, "20.00"),
        printed("广电局", 2019, "12.00"),
    ]
    united = unite(rows, split)
    assert amounts(united) == [
        ("广电局+文旅局", 2018, "total", wan("30")),
        ("广电局+文旅局", 2019, "total", wan("32")),
    ]


def test_what_a_successor_says_of_last_year_is_a_second_witness() -> None:
    rows = [
        printed("甲局", 2018, "10.00"),
        printed("乙局", 2019, "12.00"),
        implied("10.00", "0.01", document_id="乙局2019", agency_id="乙局", fiscal_year=2018),
    ]
    united = unite(rows, links((2019, "renamed", "甲局", "乙局")))
    assert united.facts["agency_id"].unique().to_list() == ["乙局"]
    kinds = united.facts.filter(fiscal_year=2018)["value_kind"].to_list()
    assert sorted(kinds) == ["implied", "printed"]
    assert changes(united.facts, year=2019)["change_yuan"].to_list() == [wan("2")]


def test_a_budget_under_the_old_names_counts_as_theirs() -> None:
    """The reorganisation came in spring, after the budgets of the year."""
    rows = [printed(a, y, "5.00") for a in ("文化局", "旅游局") for y in (2018, 2019)]
    united = unite(rows, MERGER)
    assert amounts(united) == [("文旅局", y, "total", wan("10")) for y in (2018, 2019)]
    # The final account of the new agency repeats that budget: a witness, not more money.
    final = {"document_id": "文旅局2019f"}
    rows += [
        printed("文旅局", 2019, "10.00", **final),
        printed("文旅局", 2019, "9.00", stage="final", **final),
    ]
    again = unite(rows, MERGER).facts.filter(fiscal_year=2019)
    assert again.select("stage", "amount_yuan").rows() == [
        ("budget", wan("10")),
        ("budget", wan("10")),
        ("final", wan("9")),
    ]
    assert changes(unite(rows, MERGER).facts, year=2019)["change_yuan"].to_list() == [0]


def test_old_and_new_agencies_at_once_contradict_the_registry() -> None:
    rows = [
        printed("甲局", 2018, "5.00"),
        printed("甲局", 2019, "5.00"),
        printed("乙局", 2019, "6.00"),
    ]
    united = unite(rows, links((2019, "renamed", "甲局", "乙局")))
    assert united.facts["is_agency_incomplete"].all()
    assert united.facts["agency_id"].to_list() == ["乙局", "甲局", "甲局"]
    assert set(united.coverage["union_state"]) == {"agency_incomplete"}
    assert "contradict" in united.coverage["reason_en"][0]


def test_stages_and_scopes_are_never_added_together() -> None:
    rows = [
        printed(
            agency, 2018, "1.00", scope=scope, stage=stage, document_id=f"{agency}{scope}{stage}"
        )
        for agency in ("文化局", "旅游局")
        for scope in ("department", "unit")
        for stage in ("budget", "final")
    ]
    found = unite(rows, MERGER).facts.select("agency_id", "scope", "stage", "amount_yuan").rows()
    assert sorted(found) == [
        ("文旅局", scope, stage, wan("2"))
        for scope in ("department", "unit")
        for stage in ("budget", "final")
    ]


def test_lines_that_share_a_code_are_added_by_their_names() -> None:
    rows = [
        printed(agency, 2018, amount, code="99", name=name, row_kind="item")
        for agency in ("文化局", "旅游局")
        for amount, name in (("1.00", "其他甲"), ("2.00", "其他乙"))
    ]
    found = unite(rows, MERGER).facts.select("name", "amount_yuan").rows()
    assert sorted(found) == [("其他乙", wan("4")), ("其他甲", wan("2"))]


def test_lines_are_told_apart_where_one_of_the_members_prints_several() -> None:
    rows = [
        printed(agency, 2018, amount, code="99", name=name, row_kind="item")
        for agency, amount, name in (
            ("文化局", "1.00", "其他甲"),
            ("文化局", "2.00", "其他乙"),
            ("旅游局", "4.00", "其他甲"),
        )
    ]
    found = unite(rows, MERGER).facts.select("name", "amount_yuan").rows()
    assert sorted(found) == [("其他乙", wan("2")), ("其他甲", wan("5"))]


def test_what_several_texts_imply_is_not_added_up() -> None:
    split = links((2019, "split", "甲局", "乙局"), (2019, "split", "甲局", "丙局"))
    rows = [printed(agency, 2019, "5.00") for agency in ("乙局", "丙局")]
    rows += [
        implied("10.00", "0.01", document_id=f"{a}2019", agency_id=a, fiscal_year=2018)
        for a in ("乙局", "丙局")
    ]
    prior = unite(rows, split).facts.filter(fiscal_year=2018)
    assert prior.select("agency_id", "amount_yuan", "is_agency_incomplete").rows() == [
        ("丙局", wan("10"), True),
        ("乙局", wan("10"), True),
    ]


def test_the_worst_of_the_parts_is_said_of_the_sum() -> None:
    rows = [
        printed("文化局", 2018, "1.00", repairs="code_ambiguous"),
        printed("旅游局", 2018, "2.00", code="205"),
        implied("3.00", "0.50", document_id="旅游局2018", agency_id="旅游局", fiscal_year=2018),
    ]
    total = unite(rows, MERGER).facts.filter(code="total")
    assert total.select("value_kind", "repairs", "step_yuan").rows() == [
        ("implied", "code_ambiguous", wan("1") + 100)
    ]


def test_years_between_are_followed() -> None:
    chain = links(
        (2019, "merged", "文化局", "文旅局"),
        (2019, "merged", "旅游局", "文旅局"),
        (2021, "renamed", "文旅局", "文体局"),
    )
    rows = [
        printed("文化局", 2018, "1.00"),
        printed("旅游局", 2018, "2.00"),
        printed("文旅局", 2020, "9.00"),
        printed("文体局", 2021, "4.00"),
    ]
    united = unite(rows, chain, year=2021)
    assert amounts(united) == [
        ("文体局", 2018, "total", wan("3")),
        ("文体局", 2021, "total", wan("4")),
    ]


def test_a_contradiction_in_between_leaves_only_its_own_documents_apart() -> None:
    chain = links((2019, "renamed", "甲局", "乙局"))
    rows = [printed("甲局", 2018, "1.00"), printed("乙局", 2020, "2.00")]
    rows += [
        implied("1.00", "0.01", document_id=f"{a}2019", agency_id=a, fiscal_year=2018)
        for a in ("甲局", "乙局")
    ]
    rows += [printed(a, 2019, "3.00") for a in ("甲局", "乙局")]
    united = unite(rows, chain, year=2020)
    found = united.facts.select("agency_id", "fiscal_year", "value_kind", "is_agency_incomplete")
    assert sorted(found.rows()) == [
        ("乙局", 2018, "implied", True),
        ("乙局", 2018, "printed", False),
        ("乙局", 2020, "printed", False),
        ("甲局", 2018, "implied", True),
    ]


def test_what_a_later_agency_says_of_the_year_stays_its_own() -> None:
    later = pl.concat([MERGER, links((2020, "merged", "体育局", "文旅局"))])
    rows = [
        printed("文旅局", 2019, "4.00"),
        printed("文旅局", 2020, "9.00"),
        implied("7.00", "0.01", document_id="文旅局2020", agency_id="文旅局", fiscal_year=2019),
    ]
    united = unite(rows, later)
    assert united.coverage.filter(fiscal_year=2019)["union_state"].to_list() == ["complete"]
    assert amounts(united) == [
        ("体育局+文旅局", 2019, "total", wan("7")),
        ("文旅局", 2019, "total", wan("4")),
    ]


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [
        printed(agency, 2018, amount, code=code)
        for agency, amount in (("文化局", "1.00"), ("旅游局", "2.00"))
        for code in ("205", "207", "total")
    ]
    assert unite(rows, MERGER).facts.equals(unite(rows[::-1], MERGER).facts)


def test_years_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InputError, match="prior_year 2019 with year 2019"):
        unite([printed("甲", 2019, "1")], MERGER, prior=2019)
