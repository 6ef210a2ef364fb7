"""Divisions of the country: their codes, and which one a name begins with."""

from __future__ import annotations

from collections import Counter

import pytest

from analytics.errors import NotFoundError
from analytics.reference.classifications import read_rows
from analytics.reference.regions import region, region_of_name, split_region
from analytics.schema.agency_vocabularies import AgencyLevel


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("江苏省高级人民法院", ["320000"]),
        ("江苏省南京市鼓楼区教育局", ["320106"]),
        ("南京市鼓楼区教育局", ["320106"]),
        ("鼓楼区教育局", ["320106", "320302", "350102", "410204"]),
        ("上海市浦东新区财政局", ["310115"]),
        ("内蒙古呼和浩特市财政局", ["150100"]),
        ("吉林市教育局", ["220200"]),
        ("吉林大学", ["220000"]),
        ("延边州公安局", ["222400"]),
        ("海南藏族自治州林业局", ["632500"]),
        ("九三学社上海市委员会", ["310000"]),
        ("西南大学", []),
        ("某市教育局", []),
    ],
)
def test_the_division_a_name_begins_with(name: str, codes: list[str]) -> None:
    assert [r.code for r in region_of_name(name)] == codes


def test_a_code_out_of_use_is_found_by_its_name_only_where_none_is_in_use() -> None:
    assert [(r.code, r.listed_to) for r in region_of_name("莱芜市财政局")] == [("371200", 2014)]
    assert [r.code for r in region_of_name("山东省邹平县财政局")] == ["371626"]
    assert all(r.listed_to is None for r in region_of_name("朝阳区财政局"))


def test_a_name_is_cut_at_the_end_of_its_division() -> None:
    assert split_region("中共上海市普陀区委社会工作部")[2:] == ("上海市普陀区", "委社会工作部")
    assert split_region("教育局") == ("", (), "", "教育局")


def test_levels_follow_from_the_code() -> None:
    levels = [region(code).level for code in ("320000", "320100", "320106", "419001")]
    assert levels == [
        AgencyLevel.PROVINCIAL,
        AgencyLevel.PREFECTURE,
        AgencyLevel.COUNTY,
        AgencyLevel.COUNTY,
    ]


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(NotFoundError, match=r"990000.*six digits"):
        region("990000")


def test_the_list_holds_every_province_and_each_name_once() -> None:
    rows = list(read_rows("regions.csv"))
    provinces = [row for row in rows if row["code"].endswith("0000")]
    assert len(provinces) == 34
    current = Counter(row["code"] for row in rows if not row["listed_to"])
    assert [code for code, count in current.items() if count > 1] == []
    known = {row["code"][:2] for row in provinces}
    assert {row["code"][:2] for row in rows} == known
    # Prefectures of the newest list: 293 cities, 30 autonomous prefectures, 7 regions, 3 leagues.
    prefectures = [c for c in current if c.endswith("00") and not c.endswith("0000")]
    assert len(prefectures) == 333
