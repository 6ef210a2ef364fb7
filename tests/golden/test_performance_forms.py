"""All project forms of the disclosure, against values a person read from its pages."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.documents.text import read_text_blocks
from analytics.schema.form_vocabularies import IndicatorBlock, IndicatorKind
from analytics.schema.vocabularies import Fund, Repair
from analytics.statements.performance import PerformanceForm, read_performance_forms

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "data" / "disclosures" / "approval-bureau-2024-budget.txt"
GOLDEN = Path(__file__).with_name("performance_forms.csv")

# name, kind, period, term (total, local, self-raised), annual (total, local), day of filling in
FORMS = [
    ("编外人员管理经费", "经常性", "99年", (2280000, 2280000, 0), (2280000, 2280000), "2024-01-19"),
    (
        "消防图审技术服务经费",
        "延续性",
        "2年",
        (7000000, 7000000, 0),
        (4000000, 4000000),
        "2024-07-13",
    ),
    ("规划事项技术服务经费", "延续性", "2年", (750001, 750000, 1), (750000, 750000), "2024-01-16"),
    (
        "建设项目环境影响评价报告书(表)评估经费",
        "延续性",
        "2年",
        (1250001, 1250000, 1),
        (950000, 950000),
        "2024-01-12",
    ),
    (
        "晋城市“一网通办”信息化建设项目尾款",
        "一次性",
        "1年",
        (630000, 630000, 0),
        (630000, 630000),
        "2024-02-05",
    ),
    (
        "排污许可证技术审查经费",
        "延续性",
        "2年",
        (1000000, 1000000, 0),
        (800000, 800000),
        "2024-01-12",
    ),
    (
        "社会组织法定代表人离任审计及注销审计服务",
        "延续性",
        "2年",
        (160000, 160000, 0),
        (150000, 150000),
        "2024-01-11",
    ),
    ("项目尾款", "延续性", None, (4094654, 4094654, 0), (1750000, 1750000), "2024-02-05"),
    (
        "行政审批工作运行经费",
        "经常性",
        "99年",
        (2600000, 2600000, 0),
        (2600000, 2600000),
        "2024-01-12",
    ),
    (
        "行政审批专网专线及网络运维项目",
        "一次性",
        None,
        (1312500, 1312500, 0),
        (1312500, 1312500),
        "2024-01-11",
    ),
    (
        "一体化政务服务平台系统对接费",
        "一次性",
        "1年",
        (600000, 600000, 0),
        (600000, 600000),
        "2024-02-05",
    ),
    (
        "营商环境、政务服务宣传经费",
        "经常性",
        "99年",
        (280000, 280000, 0),
        (280000, 280000),
        "2024-02-05",
    ),
    (
        "优化营商环境促进经营主体发展工作专班工作经费",
        "经常性",
        "99年",
        (1500000, 1500000, 0),
        (1500000, 1500000),
        "2024-02-29",
    ),
    ("政务服务体验员", "延续性", "2年", (1300000, 1300000, 0), (200000, 200000), "2024-02-01"),
    ("综合窗口改革经费", "延续性", None, (1000000, 1000000, 0), (700000, 700000), "2024-02-05"),
]


@pytest.fixture(scope="module")
def forms() -> tuple[PerformanceForm, ...]:
    return read_performance_forms(read_text_blocks(DOCUMENT.read_text(encoding="utf-8")))


def test_every_form_is_found_in_printed_order(forms: tuple[PerformanceForm, ...]) -> None:
    assert [form.name for form in forms] == [form[0] for form in FORMS]


@pytest.mark.parametrize("index", range(len(FORMS)))
def test_head_and_money(forms: tuple[PerformanceForm, ...], index: int) -> None:
    form = forms[index]
    name, kind, period, term, annual, filled = FORMS[index]
    assert (form.department_code, form.department_name) == ("062", "晋城市行政审批服务管理局")
    blank_unit = {"行政审批专网专线及网络运维项目", "综合窗口改革经费"}
    unit = None if name in blank_unit else "晋城市行政审批服务管理局"
    assert form.implementing_unit == unit
    assert form.kind is not None
    assert form.kind.startswith(kind)
    assert form.period == period
    assert form.period_years == (None if period is None else int(period.rstrip("年")))
    assert form.money_unit == "元"
    assert form.filled_on == date.fromisoformat(filled)
    read = {(fund.block, fund.fund): fund.number.value for fund in form.funds}
    expected = {
        (IndicatorBlock.TERM, Fund.ALL): term[0],
        (IndicatorBlock.TERM, Fund.CENTRAL): 0,
        (IndicatorBlock.TERM, Fund.PROVINCIAL): 0,
        (IndicatorBlock.TERM, Fund.LOCAL): term[1],
        (IndicatorBlock.TERM, Fund.SELF_RAISED): term[2],
        (IndicatorBlock.ANNUAL, Fund.ALL): annual[0],
        (IndicatorBlock.ANNUAL, Fund.CENTRAL): 0,
        (IndicatorBlock.ANNUAL, Fund.PROVINCIAL): 0,
        (IndicatorBlock.ANNUAL, Fund.LOCAL): annual[1],
        (IndicatorBlock.ANNUAL, Fund.SELF_RAISED): 0,
    }
    assert read == expected  # 其他资金 is blank everywhere, which is not zero


def test_texts_begin_and_end_as_printed(forms: tuple[PerformanceForm, ...]) -> None:
    first, second, *_, last = forms
    assert first.texts.overview is not None
    assert first.texts.overview.startswith("我单位有编外人员50人，")
    assert first.texts.overview.endswith("共需2280000元。")
    assert first.texts.plan == (
        "全年由人事科按月报工资表，由财务科按月发放编外人员工资、按月缴纳各类社保费用。"
    )
    assert first.texts.annual_goal == (
        "完成50名编外人员工资的发放及保险的交纳，保障全局审批工作正常高效运行。"
    )
    assert second.texts.overview is not None
    assert second.texts.overview.endswith("采购预算为200万元。全")
    assert Repair.TEXT_TRUNCATED in second.repairs
    assert last.texts.legal_basis is not None
    assert "<p>" not in last.texts.legal_basis
    assert {Repair.TRADITIONAL, Repair.MARKUP_REMOVED} <= set(last.repairs)
    without_annual_goal = {form.name for form in forms if form.texts.annual_goal is None}
    assert without_annual_goal == {"项目尾款", "营商环境、政务服务宣传经费"}
    parts = ("overview", "legal_basis", "necessity", "measures", "plan", "term_goal")
    blank = {(form.name, part) for form in forms for part in parts if not getattr(form.texts, part)}
    assert blank == set()


def test_time_stamps_keep_their_print(forms: tuple[PerformanceForm, ...]) -> None:
    stamps = {form.name: (form.filled_text, set(form.repairs)) for form in forms}
    text, repairs = stamps["营商环境、政务服务宣传经费"]
    assert text == "2024020515271 5"
    assert Repair.DIGITS_JOINED in repairs
    short = {name for name, (_, repairs) in stamps.items() if Repair.TIMESTAMP_SHORT in repairs}
    assert short == {"行政审批专网专线及网络运维项目", "政务服务体验员"}


def test_every_indicator_of_both_blocks(forms: tuple[PerformanceForm, ...]) -> None:
    with GOLDEN.open(encoding="utf-8") as file:
        golden = list(csv.DictReader(file))
    for form in forms:
        for block in IndicatorBlock:
            expected = {
                row["name"]: row
                for row in golden
                if row["project"] == form.name and row["block"] == block
            }
            read = {i.name: i for i in form.indicators if i.block == block}
            assert sorted(read) == sorted(expected), (form.name, block)
            for name, row in expected.items():
                indicator, where = read[name], (form.name, str(block), name)
                target = indicator.target
                assert (indicator.value_text or "") == row["value_text"], where
                assert str(target.comparator or "") == row["comparator"], where
                assert target.value == (Decimal(row["value"]) if row["value"] else None), where
                assert (target.unit or "") == row["unit"], where
                assert indicator.level1 == row["level1"], where
                if row["level2"]:
                    assert indicator.level2 == row["level2"], where


def test_no_indicator_is_read_twice(forms: tuple[PerformanceForm, ...]) -> None:
    with GOLDEN.open(encoding="utf-8") as file:
        assert sum(len(form.indicators) for form in forms) == sum(1 for _ in file) - 1


def test_kinds(forms: tuple[PerformanceForm, ...]) -> None:
    kinds = {
        (form.name, i.name): i.target.kind
        for form in forms
        for i in form.indicators
        if i.block == IndicatorBlock.TERM
    }
    read = {
        kinds["编外人员管理经费", "编外人员工资成本"]: IndicatorKind.UNIT_COST,
        kinds["编外人员管理经费", "工资发放及保险交纳时间"]: IndicatorKind.FREQUENCY,
        kinds["消防图审技术服务经费", "终审报告出具时限"]: IndicatorKind.DURATION,
        kinds["消防图审技术服务经费", "2023年项目尾款支付完成"]: IndicatorKind.DEADLINE,
        kinds["一体化政务服务平台系统对接费", "平台对接工作开展时间"]: IndicatorKind.DEADLINE,
        kinds[
            "社会组织法定代表人离任审计及注销审计服务", "审计报告出具时间"
        ]: IndicatorKind.DURATION,
        kinds["项目尾款", "尾款金额"]: IndicatorKind.MONEY,
        kinds["政务服务体验员", "人工质检要素数量"]: IndicatorKind.QUANTITY,
        kinds["行政审批工作运行经费", "保障行政审批工作的稳定、效率"]: IndicatorKind.BLANK,
        kinds["行政审批工作运行经费", "保洁服务费用结算时间"]: IndicatorKind.FREQUENCY,
        kinds["综合窗口改革经费", "系统故障响应时间"]: IndicatorKind.TEXT,
    }
    assert all(found == expected for found, expected in read.items())


def test_repairs_say_what_was_mended(forms: tuple[PerformanceForm, ...]) -> None:
    def repairs(form: str, block: str, name: str) -> set[Repair]:
        return next(
            set(i.repairs)
            for f in forms
            for i in f.indicators
            if f.name == form and i.block == block and i.name == name
        )

    assert repairs("消防图审技术服务经费", "term", "图审结果合格率") == {Repair.LABEL_MOVED}
    assert Repair.LABEL_TRUNCATED in repairs("消防图审技术服务经费", "annual", "终审报告出具时限")
    assert repairs("行政审批工作运行经费", "term", "培训覆盖率") >= {
        Repair.LABEL_MOVED,
        Repair.LABEL_MISSING,
    }
    assert repairs("编外人员管理经费", "term", "编外人员工资成本") == {Repair.VALUE_SHIFTED}
    assert Repair.LABEL_WRONG in repairs("综合窗口改革经费", "term", "系统搭建数量")
    assert repairs("编外人员管理经费", "term", "编外人员数量") == set()
    money = {fund.label: fund.repairs for fund in forms[7].funds if fund.block == "term"}
    assert set(money["年度资金总额"]) == {Repair.CELL_SPLIT, Repair.LABEL_WRONG}
