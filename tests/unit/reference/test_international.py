"""What codes are in COFOG and in GFSM 2014, and how sure that is."""

from __future__ import annotations

import pytest

from analytics.errors import InputError
from analytics.reference.international import cofog_counterpart, gfsm_counterpart


@pytest.mark.parametrize(
    ("code", "division", "group", "certainty", "matched"),
    [
        ("2050205", "09", "09.4", "yes", "2050205"),  # the 项 itself
        ("2060204", "01", "01.4", "yes", "20602"),  # its 款
        ("2040401", "03", "03.3", "yes", "20404"),
        ("2059802", "09", "09", "yes", "205"),  # its 类, which has no group
        ("2080505", "10", "10.2", "partial", "20805"),
        ("2210201", "10", "10.6", "no", "22102"),
    ],
)
def test_the_longest_listed_code_is_taken(
    code: str, division: str, group: str, certainty: str, matched: str
) -> None:
    by_division, by_group = cofog_counterpart(code), cofog_counterpart(code, level="group")
    assert by_division is not None
    assert by_group is not None
    assert (by_division.code, by_division.certainty, by_division.matched) == (
        division,
        certainty,
        matched,
    )
    assert (by_group.code, by_group.level) == (group, "group" if "." in group else "division")


def test_a_class_is_not_surer_than_its_parts() -> None:
    by_class = cofog_counterpart("208")
    assert by_class is not None
    assert by_class.certainty == "partial"
    assert by_class.note.endswith("parts of 208 are less sure or belong elsewhere")
    military = cofog_counterpart("203")
    assert military is not None
    assert military.certainty == "yes"


def test_what_has_no_counterpart_says_why() -> None:
    other = cofog_counterpart("2299901")
    assert other is not None
    assert (other.code, other.name, other.level, other.note) == (
        None,
        None,
        None,
        "other; allocate by use",
    )
    assert cofog_counterpart("299") is None


@pytest.mark.parametrize(
    ("code", "year", "name", "target", "certainty"),
    [
        ("30101", 2024, "基本工资", "2111", "yes"),
        ("30101", 2017, "基本工资", "2111", "yes"),
        ("30113", 2024, "住房公积金", "212", "partial"),
        ("30201", 2024, "办公费", "22", "yes"),
        ("30201", 2017, "办公费", "22", "yes"),
        # Before 2018 the code was that of the housing fund, afterwards of insurance paid for others.
        ("30311", 2017, "住房公积金", "212", "partial"),
        ("30311", 2024, "代缴社会保险费", "272", "partial"),
        # One code that became five, all of them contributions of employers.
        ("30104", 2017, "社会保障缴费", "2121", "yes"),
        # One that became pay of staff and aid to others: what is above both.
        ("30307", 2017, "医疗费", "27", "no"),
        # One that became shares and subsidies, which have nothing in common.
        ("304", 2017, "对企事业单位的补贴", None, "no"),
        # A name of before 2018 that the code no longer has.
        ("31002", 2017, "办公设备", "3112", "partial"),
    ],
)
def test_economic_codes_mean_what_they_meant_in_the_year(
    code: str, year: int, name: str, target: str | None, certainty: str
) -> None:
    found = gfsm_counterpart(code, year, name=name)
    assert found is not None
    assert (found.code, found.certainty) == (target, certainty)


def test_government_codes_have_their_own_table() -> None:
    found = gfsm_counterpart("50501", 2024, classification="economic_government")
    assert found is not None
    assert found.code == "21"
    reserve = gfsm_counterpart("514", 2024, classification="economic_government")
    assert reserve is not None
    assert (reserve.code, reserve.note) == (None, "reserve; unallocated")


def test_unknown_levels_and_classifications_are_refused() -> None:
    with pytest.raises(InputError, match="'class' is not a level; known: division, group"):
        cofog_counterpart("201", level="class")
    with pytest.raises(InputError, match="'function' is not an economic classification"):
        gfsm_counterpart("201", 2024, classification="function")
