"""What the name of an agency shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reference.agency_names import (
    kind_of_name,
    level_of_name,
    normal_name,
    own_name,
    region_of_agency,
)
from analytics.statements.names import agency_id


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("江苏省人民检察院", "provincial", "procuratorate"),
        ("江苏省政协办公厅", "provincial", "cppcc"),
        ("江苏省人大常委会办公厅", "provincial", "legislature"),
        ("南京市中级人民法院", "prefecture", "court"),
        ("中共上海市普陀区委社会工作部", "county", "party"),
        ("上海市普陀区商务委员会", "county", "government"),
        ("共青团江苏省委员会", "provincial", "mass_organisation"),
        ("民建南京市委员会", "prefecture", "democratic_party"),
        ("南京市纪律检查委员会", "prefecture", "supervision"),
        ("南京市第一医院", "prefecture", "hospital"),
        ("国家税务总局", "central", "government"),
        ("某镇人民政府", "township", "government"),
        ("某县档案馆", "county", "institution"),
        ("上海交通大学", None, "university"),
        ("西南大学", None, "university"),
    ],
)
def test_level_and_kind(name: str, level: str | None, kind: str) -> None:
    assert (level_of_name(name), kind_of_name(name)) == (level, kind)


def test_of_several_regions_none_is_taken_and_one_level_may_be_clear() -> None:
    assert region_of_agency("鼓楼区教育局") is None
    assert level_of_name("鼓楼区教育局") == "county"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("南京市国土资源局", "国土资源局"),
        ("某市国土资源局", "国土资源局"),
        ("国家林业局", "林业局"),
        ("中共江苏省委宣传部", "宣传部"),
        ("江苏省委员会", "委员会"),
        ("教育部", "教育部"),
    ],
)
def test_a_name_without_its_place(name: str, own: str) -> None:
    assert own_name(name) == own


NAMES = st.text(
    alphabet="某甲市区县教育局委办本级部汇总（）() 「」《》。:： 1２", min_size=0, max_size=12
)


@given(NAMES)
def test_the_normal_form_is_that_of_the_figures(name: str) -> None:
    assert normal_name(name) == agency_id(name)
