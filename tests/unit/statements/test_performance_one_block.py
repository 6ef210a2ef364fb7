"""Forms with one block, the year's: a weight stands behind each target."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.documents.text import read_text_blocks
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import CarryoverBasis, Fund, Repair
from analytics.statements.performance import PerformanceForm, parse_target, read_performance_forms

HEAD = [
    "项目名称\t\t图书购置项目\t\t\t\t",
    "主管部门及代码\t\t[101]某部\t\t实施单位\t示例大学本级\t",
    "项目资金（万元）\t\t年度资金总额：\t\t350.00\t\t执行率分值（10）",
    "\t\t其中：财政拨款\t\t300.00\t\t",
    "\t\t上年结转\t\t50.00\t\t",
    "\t\t其他资金\t\t-\t\t",
]
GOAL = "年度总体目标\t目标1：购置图书。目标2：开展讲座。\t\t\t\t\t"
TARGETS = [
    "绩效指标\t一级指标\t二级指标\t三级指标\t\t指标值\t分值（90）",
    "\t成本指标\t经济成本指标\t图书购置成本\t\t≤45元/册\t20",
    "\t产出指标\t数量指标\t购置图书数量\t\t≥2000册\t15",
    "\t\t\t讲座场次\t\t\t5",
    "\t\t质量指标\t图书验收合格率\t\t=100%\t20",
    "\t\t时效指标\t2024年采购完成率\t\t100%\t10",
    "\t效益指标\t经济效益指标\t图书使用年限\t\t≥6年\t10",
    "\t满意度指标\t服务对象满意度指标\t读者满意度\t\t≥90%\t10",
]
LINES = [*HEAD, GOAL, *TARGETS]


def read(lines: list[str]) -> PerformanceForm:
    text = "示例大学图书购置项目绩效目标表\n\n（2024年度）\n\n" + "\n".join(lines)
    (form,) = read_performance_forms(read_text_blocks(text))
    return form


def substance(form: PerformanceForm) -> list[object]:
    """What a form states, without where and how it was printed."""
    weights = [i.weight.value if i.weight else None for i in form.indicators]
    targets = [(i.block, i.level1, i.level2, i.name, i.value_text) for i in form.indicators]
    funds = [(fund.fund, fund.basis, fund.number.text) for fund in form.funds]
    return [form.name, form.texts.annual_goal, funds, targets, weights]


def test_the_money_is_the_years_and_carry_over_is_kept_apart() -> None:
    form = read(LINES)
    assert {fund.block for fund in form.funds} == {IndicatorBlock.ANNUAL}
    assert [(fund.fund, fund.basis, fund.number.text) for fund in form.funds] == [
        (Fund.ALL, CarryoverBasis.INCLUDED, "350.00"),
        (Fund.FISCAL_APPROPRIATION, CarryoverBasis.EXCLUDED, "300.00"),
        (Fund.ALL, CarryoverBasis.ONLY, "50.00"),
    ]
    total = form.amount(IndicatorBlock.ANNUAL)
    assert total is not None
    assert total.number.value == 350


def test_head_and_goal() -> None:
    form = read(LINES)
    assert (form.department_code, form.department_name) == ("101", "某部")
    assert (form.implementing_unit, form.money_unit) == ("示例大学本级", "万元")
    assert form.texts.annual_goal == "目标1：购置图书。目标2：开展讲座。"
    assert form.texts.term_goal is None


def test_every_target_has_its_place_and_its_weight() -> None:
    form = read(LINES)
    assert [(i.level1, i.level2, i.value_text) for i in form.indicators] == [
        ("成本指标", "经济成本指标", "≤45元/册"),
        ("产出指标", "数量指标", "≥2000册"),
        ("产出指标", "数量指标", None),
        ("产出指标", "质量指标", "=100%"),
        ("产出指标", "时效指标", "100%"),
        ("效益指标", "经济效益指标", "≥6年"),
        ("满意度指标", "服务对象满意度指标", "≥90%"),
    ]
    assert [int(i.weight.value) for i in form.indicators if i.weight] == [20, 15, 5, 20, 10, 10, 10]
    assert {(i.repairs, i.is_level_repaired) for i in form.indicators} == {((), False)}


def test_every_number_is_money_a_target_or_a_weight() -> None:
    form = read(LINES)
    numbers = [leftover.text for leftover in form.leftovers if leftover.is_numeric]
    assert numbers == []
    assert form.numeric_cell_count == 3 + 6 + 7  # money, targets with a number, weights


def test_a_weight_may_be_missing_or_a_target_a_bare_number() -> None:
    lines = [*HEAD, TARGETS[0], "\t产出指标\t数量指标\t讲座场次\t\t12\t", "\t\t\t展览场次\t\t3\t5"]
    first, second = read(lines).indicators
    assert (first.value_text, first.weight) == ("12", None)
    assert second.value_text == "3"
    assert second.weight is not None
    assert second.weight.value == 5


@pytest.mark.parametrize("cut", range(len(HEAD), len(LINES)))
def test_labels_written_downwards_are_cut_by_a_page_break(cut: int) -> None:
    broken = [*LINES[:cut], "", "标" + LINES[cut][LINES[cut].index("\t") :], *LINES[cut + 1 :]]
    if cut == LINES.index(GOAL):
        broken = [*LINES[:cut], "\t" + GOAL.split("\t")[1], "", "年", "", "标\t", *LINES[cut + 1 :]]
    assert substance(read(broken)) == substance(read(LINES))


@given(st.sets(st.integers(min_value=1, max_value=len(LINES) - 1), max_size=6))
def test_page_breaks_change_nothing_in_one_block(cuts: set[int]) -> None:
    parts = [part for n, line in enumerate(LINES) for part in ([""] if n in cuts else []) + [line]]
    assert substance(read(parts)) == substance(read(LINES))


def test_columns_may_be_cut_otherwise_on_the_next_page() -> None:
    narrow = [line.replace("\t\t≥", "\t≥").replace("\t\t=", "\t=") for line in LINES]
    wide = [*LINES[:10], "", *narrow[10:]]
    assert substance(read(wide)) == substance(read(LINES))


def test_a_target_alone_belongs_to_the_name_above_it() -> None:
    lines = [*HEAD, TARGETS[0], "\t产出指标\t数量指标\t讲座场次\t\t\t", "\t\t\t\t\t≥12场\t5"]
    (only,) = read(lines).indicators
    assert (only.value_text, only.weight and only.weight.value) == ("≥12场", 5)
    assert Repair.VALUE_SHIFTED in only.repairs


def test_a_title_wrapped_onto_two_lines_is_one() -> None:
    text = "\n\n".join(["示例大学图书购置项目（一期）项目", "绩效目标表", "（2024年度）"])
    (form,) = read_performance_forms(read_text_blocks(text + "\n\n" + "\n".join(LINES)))
    assert form.title == "示例大学图书购置项目（一期）项目绩效目标表"
    assert form.fiscal_year == 2024


def test_things_counted_in_several_words_are_no_rate() -> None:
    target = parse_target("≥290台/套")
    assert (target.value, target.unit, target.per_unit) == (Decimal(290), "台/套", None)
