"""Rules on codes and their names: the official lists, one name a code, pairs of economic codes."""

from __future__ import annotations

import pytest
from check_rows import Doc, findings, outcomes

_GENERAL, _SUMMARY, _BASIC = (
    "general_public_expenditure",
    "expenditure_summary",
    "basic_expenditure",
)


def _named(code: str, name: str, *, year: int = 2024, statement: str = _GENERAL) -> Doc:
    doc = Doc()
    doc.identity |= {"fiscal_year": year}
    doc.rows["documents"][0] |= doc.identity
    return _line(doc, statement, code, name)


def _line(doc: Doc, statement: str, code: str, name: str, **columns: str) -> Doc:
    doc.table(statement, f"{code} :1.00")
    doc.rows["facts"][-1] |= {"name": name, **columns}
    return doc


@pytest.mark.parametrize("name", ["住房公积金", "住房 公积金", "住房公积金支出"])
def test_x_code_name_passes_with_the_official_name(name: str) -> None:
    assert outcomes("X-CODE-NAME", _named("2210201", name)) == ["pass"]


def test_x_code_name_fails_with_another_one() -> None:
    (answer,) = findings("X-CODE-NAME", _named("2210201", "公积金补贴")).iter_rows(named=True)
    assert answer["outcome"] == "fail"
    assert "科目表中该编码的名称是“住房公积金”" in answer["message_zh"]


def test_the_code_that_the_name_belongs_to_is_named() -> None:
    (answer,) = findings("X-CODE-NAME", _named("30113", "办公费", statement=_BASIC)).iter_rows(
        named=True
    )
    assert answer["message_zh"].endswith("；这是30201的名称。")


def test_the_name_is_that_of_the_year() -> None:
    assert outcomes("X-CODE-NAME", _named("210", "卫生健康支出")) == ["pass"]
    assert outcomes("X-CODE-NAME", _named("210", "医疗卫生支出")) == ["fail"]
    # What the class was called then is not known well enough to fail anything.
    assert outcomes("X-CODE-NAME", _named("210", "医疗卫生支出", year=2017)) == []


def test_doubtful_entries_and_unlisted_codes_fail_nothing() -> None:
    assert outcomes("X-CODE-NAME", _named("2040405", "某项支出")) == []
    assert outcomes("X-CODE-NAME", _named("2059802", "高等教育")) == []


def test_codes_that_hold_have_one_answer_together() -> None:
    doc = _line(_named("2210201", "住房公积金"), _BASIC, "30113", "住房公积金")
    found = findings("X-CODE-NAME", doc)
    assert found["message_zh"].to_list() == ["2个科目：名称都与科目表一致。"]
    assert findings("X-CODE-NAME", _line(doc, _BASIC, "30201", "差旅费")).height == 1


def test_a_code_found_by_its_name_proves_nothing() -> None:
    doc = _line(Doc(), _GENERAL, "2210201", "公积金补贴", repairs="code_by_name")
    assert outcomes("X-CODE-NAME", doc) == []


def test_x_code_names_passes_with_one_name() -> None:
    doc = _line(_named("2019999", "某项支出"), _SUMMARY, "2019999", "某项")
    assert outcomes("X-CODE-NAMES", doc) == ["pass"]


def test_x_code_names_fails_with_two() -> None:
    doc = _line(_named("2019999", "某项支出"), _SUMMARY, "2019999", "另一项")
    (answer,) = findings("X-CODE-NAMES", doc).iter_rows(named=True)
    assert answer["message_zh"] == (
        "一般公共预算支出表“2019999 某项支出”：有几个名称：“另一项”“某项支出”。"
    )


def test_x_code_class_passes_under_a_class() -> None:
    assert outcomes("X-CODE-CLASS", _named("2059802", "高等教育")) == ["pass"]


def test_x_code_class_fails_under_none() -> None:
    found = findings("X-CODE-CLASS", _named("2959802", "高等教育"))
    assert found["message_zh"].to_list() == ["一般公共预算支出表“2959802 高等教育”：没有295类。"]
    assert outcomes("X-CODE-CLASS", _named("2959802", "高等教育", year=2017)) == []


@pytest.mark.parametrize(
    ("pair", "expected"),
    [("30101~50101", "pass"), ("30101~50201", "fail"), ("39988~50201", "insufficient")],
)
def test_economic_codes_belong_together(pair: str, expected: str) -> None:
    assert outcomes("X-ECONOMIC-PAIR", Doc().table(_BASIC, f"{pair} :1.00")) == [expected]


def test_x_economic_pair_passes_for_each_pair_of_the_table() -> None:
    lines = "30201~50201 :1.00\n30201~50502 :2.00\n302 :3.00"
    assert outcomes("X-ECONOMIC-PAIR", Doc().table(_BASIC, lines)) == ["pass", "pass"]


def test_x_economic_pair_fails_for_each_that_is_not_in_it() -> None:
    lines = "30201~50201 :1.00\n30201~50103 :2.00"
    assert sorted(outcomes("X-ECONOMIC-PAIR", Doc().table(_BASIC, lines))) == ["fail", "pass"]


_WAGES = "30101~50101 :5.00\n30101~50501 :3.00\n"


def test_x_economic_split_passes_where_contributions_are_split_too() -> None:
    doc = Doc().table(_BASIC, _WAGES + "30108~50102 :1.00\n30108~50501 :0.50")
    assert outcomes("X-ECONOMIC-SPLIT", doc) == ["pass"]


def test_x_economic_split_fails_once_for_all_that_are_not() -> None:
    lines = "30108~50102 :1.00\n30108~50501 :0.50\n30113~50103 :1.00\n30110~50102 :1.00"
    (answer,) = findings("X-ECONOMIC-SPLIT", Doc().table(_BASIC, _WAGES + lines)).iter_rows(
        named=True
    )
    assert answer["outcome"] == "fail"
    assert answer["message_zh"].endswith("只列一类的有：30113、30110。")
    assert answer["row"] == 5


def test_wages_of_one_class_ask_nothing_of_contributions() -> None:
    doc = Doc().table(_BASIC, "30101~50101 :5.00\n30108~50102 :1.00")
    assert outcomes("X-ECONOMIC-SPLIT", doc) == ["not_applicable"]
