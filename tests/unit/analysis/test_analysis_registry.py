"""A first registry from a panel, and printed names found in a registry."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from analytics import InputError, match_agencies, suggest_registry, with_registry
from analytics.reference.agencies import Registry
from analytics.schema.agencies import Agencies
from analytics.schema.results.agencies import AgencyMatches


def documents(*rows: tuple[str, str, int]) -> pl.DataFrame:
    names = ["agency_id", "agency_name", "fiscal_year"]
    return pl.DataFrame(rows, schema=names, orient="row")


def registry(*rows: dict[str, Any]) -> Registry:
    known = {"entry_basis": "official", "entry_confidence": "high"}
    types = Agencies.create_empty().schema
    return Registry(
        pl.DataFrame([{"agency_name": r["agency_id"]} | r | known for r in rows], types)
    )


def test_a_first_registry_has_what_the_names_show_and_no_more() -> None:
    found = suggest_registry(
        documents(
            ("南京市教育局", "南京市教育局（本级）", 2018),
            ("南京市教育局", "市教育局", 2019),
            ("鼓楼区教育局", "鼓楼区教育局", 2019),
            ("西南大学", "西南大学", 2019),
        )
    )
    columns = ("agency_id", "aliases", "region_code", "agency_level", "agency_kind")
    assert found.agencies.select(*columns, "entry_confidence").rows() == [
        ("南京市教育局", "市教育局", "320100", "prefecture", "government", "high"),
        ("西南大学", None, None, None, "university", "low"),
        ("鼓楼区教育局", None, None, "county", "government", "medium"),
    ]
    assert set(found.agencies["entry_basis"]) == {"inferred"}
    assert found.agencies["valid_from"].is_null().all()
    assert found.agencies["entry_source"][0] == "documents of the panel: 2018–2019"


def test_names_are_found_by_name_and_alias_and_only_proposed_by_likeness() -> None:
    known = registry(
        {"agency_id": "320100-edu", "agency_name": "南京市教育局", "aliases": "市教育局"},
        {"agency_id": "320500-edu", "agency_name": "苏州市教育局", "region_code": "320500"},
    )
    names = ["南京市 教育局(本级)", "市教育局", "南京市教育居", "苏州市财政局", "财政部"]
    found = AgencyMatches.validate(match_agencies(names, known, min_score=0.6))
    assert found.select(
        "agency_name", "match_rank", "agency_id", "candidate_id", "name_match", "match_score"
    ).rows() == [
        ("南京市 教育局(本级)", 1, "320100-edu", "320100-edu", "exact", 1.0),
        ("南京市教育居", 1, None, "320100-edu", "proposed", 0.8333),
        ("市教育局", 1, "320100-edu", "320100-edu", "alias", 1.0),
        ("苏州市财政局", 1, None, "320500-edu", "proposed", 0.6667),
        ("财政部", 1, None, None, "none", None),
    ]


def test_an_agency_of_another_region_is_never_proposed() -> None:
    known = registry({"agency_id": "扬州市教育局", "region_code": "321000"})
    assert match_agencies(["泰州市教育局"], known)["name_match"].to_list() == ["none"]
    assert match_agencies(["扬洲市教育局"], known)["candidate_id"].to_list() == ["扬州市教育局"]


def test_candidates_are_ranked_and_limited() -> None:
    known = registry(*({"agency_id": name} for name in ("甲乙丙丁局", "甲乙丙戊局", "甲乙己戊局")))
    found = match_agencies(["甲乙丙庚局"], known, limit=2, min_score=0.5)
    assert found.select("match_rank", "candidate_id", "match_score").rows() == [
        (1, "甲乙丙丁局", 0.8),
        (2, "甲乙丙戊局", 0.8),
    ]


REUSED = registry(
    {"agency_id": "old", "agency_name": "文化局", "valid_to": 2018},
    {"agency_id": "new", "agency_name": "文化局", "valid_from": 2019},
)


def test_a_name_of_two_agencies_is_found_by_the_year() -> None:
    rows = pl.DataFrame({"agency_id": ["文化局"] * 3, "fiscal_year": [2020, 2017, 2018]})
    assert with_registry(rows, REUSED).rows() == [
        ("new", 2020, True),
        ("old", 2017, True),
        ("old", 2018, True),
    ]
    unclear = with_registry(rows.drop("fiscal_year"), REUSED)
    assert unclear.rows() == [("文化局", False)] * 3
    found = match_agencies(["文化局"], REUSED)
    assert found.select("agency_id", "candidate_id", "name_match").rows() == [
        (None, "new", "ambiguous"),
        (None, "old", "ambiguous"),
    ]


def test_rows_keep_their_order_and_what_is_not_found_stays() -> None:
    known = registry({"agency_id": "A1", "agency_name": "甲局", "aliases": "甲市甲局"})
    rows = pl.DataFrame(
        {
            "agency_id": ["乙局", "甲局", None, "甲市甲局（本级）"],
            "agency_name": ["乙局", "别的名字", "甲局", None],
            "amount_yuan": [1, 2, 3, 4],
        }
    )
    once = with_registry(rows, known)
    assert once.rows() == [
        ("乙局", "乙局", 1, False),
        ("A1", "别的名字", 2, True),
        ("A1", "甲局", 3, True),
        ("A1", None, 4, True),
    ]
    assert with_registry(once.lazy(), known).equals(once)
    assert with_registry(once.to_arrow(), known).equals(once)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: match_agencies("甲局", REUSED), "pass a list of names"),
        (lambda: match_agencies(pl.DataFrame({"name": ["甲局"]}), REUSED), "neither 'agency_name'"),
        (lambda: match_agencies(["甲局"], REUSED, limit=0), "limit 0"),
        (lambda: with_registry(pl.DataFrame({"name": ["甲局"]}), REUSED), "no column 'agency_id'"),
        (lambda: with_registry([1], REUSED), "a list, not a frame"),
    ],
)
def test_what_is_no_name_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()
