"""Classification codes by name and year."""

from __future__ import annotations

import pytest

from analytics.reference import (
    CodeEntry,
    EconomicPair,
    codes_by_name,
    economic_pair,
    entry,
    functional_code_by_name,
    fund_by_name,
)
from analytics.schema.vocabularies import Classification, Fund


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("一般公共服务支出", "201"),
        ("教育支出", "205"),
        ("社会保障和就业支出", "208"),
        ("城乡社区支出", "212"),
        ("国有资本经营预算支出", "223"),
        ("预备费", "227"),
        ("债务发行费用支出", "233"),
        ("抗疫特别国债安排的支出", "234"),
        ("行政运行", None),
        ("", None),
    ],
)
def test_functional_classes_by_name(name: str, code: str | None) -> None:
    assert functional_code_by_name(name, 2024) == code


def test_a_name_out_of_force_is_still_found() -> None:
    assert functional_code_by_name("文化体育与传媒支出", 2024) == "207"


def test_a_name_in_force_wins_over_one_that_is_not() -> None:
    found = codes_by_name(Classification.FUNCTION, "文化旅游体育与传媒支出", 2024)
    assert [(e.code, e.in_force(2024), e.in_force(2017)) for e in found] == [("207", True, False)]


def test_the_same_name_stands_under_several_codes() -> None:
    codes = {e.code for e in codes_by_name(Classification.FUNCTION, "行政运行", 2024)}
    assert {"2010101", "2010301", "2080101"} <= codes


def test_entry_nearest_in_time_where_none_is_in_force() -> None:
    found = entry(Classification.FUNCTION, "207", 1999)
    assert found is not None
    assert found.name == "文化体育与传媒支出"
    assert entry(Classification.FUNCTION, "99999", 2024) is None


def test_open_ends_hold_for_every_year() -> None:
    always = CodeEntry("1", "某", "类", "", None, None, "confirmed")
    assert always.in_force(1950)
    since = CodeEntry("1", "某", "类", "", 2018, 2020, "confirmed")
    assert [since.in_force(year) for year in (2017, 2018, 2020, 2021)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "counterpart", "parent", "codes"),
    [
        ("基本工资", "工资奖金津补贴", "301", ("30101", "50101")),
        ("基本工资", "工资福利支出", "301", ("30101", "50501")),
        ("基本工资", "工资福利支出", None, ("30101", "50501")),
        ("公务接待费", "公务接待费", "302", ("30217", "50206")),
        ("退休费", "离退休费", "303", ("30302", "50905")),
        ("因公出国(境)费用", "因公出国（境）费用", "302", ("30212", "50207")),
        ("对个人和家庭的补助", None, None, ("303", None)),
        ("对个人和家庭的补助", "", None, ("303", None)),
        ("从未有过的津贴", "工资福利支出", "301", (None, None)),
    ],
)
def test_economic_pairs(
    name: str, counterpart: str | None, parent: str | None, codes: tuple[str | None, str | None]
) -> None:
    pair = economic_pair(name, counterpart, parent=parent, year=2024)
    assert pair == EconomicPair(*codes)


@pytest.mark.parametrize(
    ("name", "fund"),
    [
        ("一般公共预算", Fund.GENERAL_PUBLIC),
        ("政府性基金预算", Fund.GOVERNMENT_FUND),
        ("国有资本经营", Fund.STATE_CAPITAL),
        ("财政专户管理资金", Fund.FISCAL_SPECIAL_ACCOUNT),
        ("单位资金收入", Fund.UNIT_FUNDS),
        ("财政拨款", Fund.FISCAL_APPROPRIATION),
        ("教育支出", None),
    ],
)
def test_funds_by_name(name: str, fund: Fund | None) -> None:
    assert fund_by_name(name) is fund
