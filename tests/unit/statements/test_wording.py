"""Normal forms of printed names."""

from __future__ import annotations

import pytest

from analytics.statements.wording import (
    agency_key,
    clean_name,
    project_key,
    simplify,
    squeeze,
)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、一般公共预算", "一般公共预算"),
        ("二十二、国有资本经营预算支出", "国有资本经营预算支出"),
        ("（一）基本支出", "基本支出"),
        ("(2)、项目支出", "项目支出"),
        ("1.公务接待费", "公务接待费"),
        ("12、公务接待费", "公务接待费"),
        ("①公务用车购置费", "公务用车购置费"),
        ("其中：一般公共预算", "一般公共预算"),
        ("政府办公厅(室) 及\u3000相关机构事务", "政府办公厅（室）及相关机构事务"),
        ("2024年项目", "2024年项目"),
        ("1.5级项目", "1.5级项目"),
        ("一体化平台对接费", "一体化平台对接费"),
        ("十", "十"),
        ("", ""),
    ],
)
def test_numbering_and_breaks_are_no_part_of_a_name(printed: str, name: str) -> None:
    assert clean_name(printed) == name


def test_squeeze_drops_every_kind_of_space_and_folds_digits() -> None:
    assert squeeze(" 上年\u3000结转\u200b\n２０２４\t") == "上年结转2024"


def test_agency_key_ignores_how_the_name_was_printed() -> None:
    assert agency_key("示例市 教育局(本级)：") == agency_key("示例市教育局（本级）")
    assert agency_key("示例市教育局") != agency_key("示例市教育局（本级）")


def test_project_key_ignores_quotes_spaces_and_the_script() -> None:
    assert project_key("“一網通辦”信息化 經費") == project_key("一网通办信息化经费")


def test_simplified_text_is_left_alone() -> None:
    assert simplify("市（县、区）财政资金 ①ABC") == "市（县、区）财政资金 ①ABC"
