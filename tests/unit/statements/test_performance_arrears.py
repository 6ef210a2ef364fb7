from __future__ import annotations

from decimal import Decimal

import pytest
from performance_samples import HEADER, lines, read, row

from analytics.schema.form_vocabularies import IndicatorKind
from analytics.statements.performance import Pairing, Texts, pair_quantity, read_arrears


def arrears(overview: str, ceiling: int | None = 1_000_000, plan: str | None = None) -> object:
    bound = None if ceiling is None else Decimal(ceiling)
    found = read_arrears(Texts(overview=overview, plan=plan), 2031, bound)
    return None if found is None else (None if found.yuan is None else int(found.yuan))


@pytest.mark.parametrize(
    ("overview", "yuan"),
    [
        ("共计125万元(包含2030年应支未支资金25万元)。", 250_000),
        ("共75万元，25万元用于上年度合同资金尾款，50万元用于本年服务。", 250_000),
        ("⑦支付2030年应支未支资金12万元；保洁费10万元。", 120_000),
        ("2030年完成支付17万元(含税),2031年6月合同到期还需支付41万元。", 410_000),
        ("该项目为2029年项目,已支付27万元,剩余23万元已具备支付条件。", 230_000),
        ("租车费10万元(其中包含2030年1-9月份实际发生租车费用6.5万元)。", 65_000),
        ("支付2029年平台质保金3,000元。2031年仍支付2029年质保金3,000元。", 3_000),
        ("支付2029年欠付工程款2万元；支付2030年未支付办公费1万元。", 30_000),
    ],
)
def test_stated_arrears(overview: str, yuan: int) -> None:
    assert arrears(overview) == yuan


@pytest.mark.parametrize(
    "overview",
    [
        "2031年服务费30万元，合同到期后支付尾款6.99万元。",
        "2030年采购预算为200万元。",
        "合同签订后支付80%，剩余费用据实结算。",
        "2031年应支未支资金5万元转入下年。",
        "",
    ],
)
def test_no_arrears_are_read_into_other_words(overview: str) -> None:
    assert arrears(overview) is None


def test_arrears_without_an_amount_leave_the_sum_open() -> None:
    said = Texts(overview="支付2030年未支付宣传费用；支付2030年未支付办公费10万元。")
    found = read_arrears(said, 2031, None)
    assert found is not None
    assert found.yuan is None
    assert found.text == "支付2030年未支付宣传费用；支付2030年未支付办公费10万元"


def test_arrears_beyond_the_money_are_not_believed() -> None:
    said = Texts(overview="支付2029年项目尾款400万元。")
    assert read_arrears(said, 2031, Decimal(1_750_000)) is not None
    assert arrears(said.overview or "", ceiling=1_750_000) is None


def test_the_plan_is_read_where_the_overview_is_silent() -> None:
    assert arrears("服务费。", plan="4月支付2030年应支未支资金5万元。") == 50_000
    assert arrears("服务费。", plan="4月底前完成2030年应支未支资金的支付。") is None


# --- unit costs and quantities -----------------------------------------------------------


def pairings(*rows: tuple[str, str, str]) -> dict[str, Pairing]:
    printed = [row("", level2, name, value) for level2, name, value in rows]
    (form,) = read(lines(indicators=[HEADER, *printed]))
    return {
        cost.name: pair_quantity(cost, form.indicators)
        for cost in form.indicators
        if cost.target.kind == IndicatorKind.UNIT_COST and cost.block == "annual"
    }


def found(pairing: Pairing) -> str | None:
    return pairing.quantity.name if pairing.quantity else None


def test_a_quantity_is_found_by_unit_and_name() -> None:
    pairs = pairings(
        ("数量指标", "完成报告书数量", "≥10个"),
        ("", "完成报告表个数", "≥7个"),
        ("", "巡查面积", "300亩"),
        ("成本指标", "报告书成本", "2万元/个"),
        ("", "报告表成本", "≤1万元/个"),
        ("", "地块复核单价", "1200元/亩"),
    )
    assert {name: found(pair) for name, pair in pairs.items()} == {
        "报告书成本": "完成报告书数量",
        "报告表成本": "完成报告表个数",
        "地块复核单价": "巡查面积",
    }
    assert pairs["地块复核单价"].basis == "only quantity in this unit"
    quantity = pairs["报告书成本"].quantity
    assert quantity is not None
    assert quantity.block == "annual"


def test_no_quantity_is_guessed() -> None:
    pairs = pairings(
        ("数量指标", "公众号数量", "2个"),
        ("", "培训场次", "3场"),
        ("", "甲地绿化面积", "30亩"),
        ("", "乙地绿化面积", "40亩"),
        ("成本指标", "机房租金", "2万元/个"),
        ("", "绿化成本", "900元/亩"),
        ("", "讲课费", "800元/人"),
        ("", "平台年费", "5万元/年"),
    )
    assert [found(pair) for pair in pairs.values()] == [None] * 4
    assert "another name" in pairs["机房租金"].basis
    assert pairs["绿化成本"].basis == "several quantities in 亩: 甲地绿化面积、乙地绿化面积"
    assert pairs["讲课费"].basis == "no quantity in 人"
    assert pairs["平台年费"].basis == "the cost names no unit"
