from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics.documents.text import read_text_blocks
from analytics.facts.projects import ProjectRows, build_projects
from analytics.facts.rows import as_table
from analytics.schema.tables import TABLES
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.performance import read_performance_forms

DOCUMENT = Path(__file__).parents[3] / "data/disclosures/approval-bureau-2024-budget.txt"
IDENTITY = Identity("某市文化局", "某市文化局", 2024, Stage.BUDGET, Scope.UNIT)

FORM = """项目支出绩效目标表
项目名称\t圖書購置經費
主管部门及代码\t101-某市文化局\t实施单位\t某市图书馆
项目属性\t延续性项目\t项目期\t3年
项目资金（万元）\t实施期资金总额：\t90.00\t年度资金总额：\t30.00
\t单位自筹\t0\t单位自筹\t
项目概况\t其中10万元用于上年度合同尾款。
绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t购置图书数量\t≥2万册\t数量指标\t购置图书数量\t≥1万册
\t\t成本指标\t图书购置成本\t≤45元/册\t成本指标\t图书购置成本\t≤45元/册
负责人：\t经办人：\t填报日期：\t20240112113400
"""


def build(text: str) -> ProjectRows:
    forms = read_performance_forms(read_text_blocks(text))
    return build_projects(forms, "0123456789abcdef", IDENTITY)


@pytest.fixture(scope="module")
def disclosure() -> ProjectRows:
    return build(DOCUMENT.read_text(encoding="utf-8"))


def test_rows_meet_their_schemas(disclosure: ProjectRows) -> None:
    rows = {
        "projects": disclosure.projects,
        "indicators": disclosure.indicators,
        "facts": disclosure.facts,
        "set_aside": disclosure.set_aside,
    }
    heights = {n: as_table(each, TABLES[n], table=n).height for n, each in rows.items()}
    assert heights == {"projects": 15, "indicators": 419, "facts": 150, "set_aside": 0}
    assert all(
        set(row) <= set(TABLES[n].column_names()) for n, each in rows.items() for row in each
    )


def test_every_numeric_cell_is_accounted_for(disclosure: ProjectRows) -> None:
    ledger = disclosure.ledger
    assert ledger.is_balanced
    # 15 forms of 10 figures, 12 printed periods, 15 time stamps
    assert (ledger.facts, ledger.periods, ledger.timestamps) == (150, 12, 15)
    assert ledger.targets == sum(row["value"] is not None for row in disclosure.indicators)


def test_the_year_adds_up_to_what_the_narrative_says(disclosure: ProjectRows) -> None:
    annual = [row for row in disclosure.facts if row["component"] == "annual"]
    total = sum(row["amount_yuan"] for row in annual if row["fund"] == "all")
    assert total == Decimal("18502500")  # 共计金额1,850.25万元


def test_a_fact_says_what_it_is() -> None:
    rows = build(FORM)
    fact = rows.facts[0]
    stated = {
        "statement": "performance_form",
        "flow": "expenditure",
        "classification": "project",
        "code": "图书购置经费",
        "name": "图书购置经费",
        "fund": "all",
        "component": "term",
        "carryover_basis": "included",
        "row_kind": "item",
        "amount_yuan": Decimal("900000"),
        "amount_text": "90.00",
        "unit_text": "万元",
        "step_yuan": Decimal("100"),
        "column_label": "实施期/实施期资金总额",
        "line": 5,
        "column": 3,
    }
    assert {key: fact[key] for key in stated} == stated
    assert [row["fund"] for row in rows.facts] == ["all", "self_raised", "all"]


def test_a_project_row() -> None:
    rows = build(FORM)
    table = as_table(rows.projects, TABLES["projects"], table="projects")
    row = table.row(0, named=True)
    assert (row["project"], row["period_years"]) == ("图书购置经费", 3)
    assert row["annual_total_yuan"] == Decimal("300000.00")
    assert row["term_self_raised_yuan"] == Decimal("0.00")
    assert row["annual_self_raised_yuan"] is None
    assert row["arrears_yuan"] == Decimal("100000.00")
    assert row["arrears_text"] == "其中10万元用于上年度合同尾款"
    assert row["filled_on"] == date(2024, 1, 12)
    assert row["repairs"] == "traditional"


def test_a_unit_cost_points_at_its_quantity() -> None:
    rows = build(FORM)
    by_id = {row["indicator_id"]: row for row in rows.indicators}
    costs = [row for row in rows.indicators if row["kind"] == "unit_cost"]
    assert [row["block"] for row in costs] == ["term", "annual"]
    for cost in costs:
        quantity = by_id[cost["quantity_id"]]
        assert quantity["block"] == cost["block"]
        assert quantity["name"] == "购置图书数量"
        assert cost["quantity_basis"] == "unit and name"
    assert all(row["quantity_basis"] is None for row in rows.indicators if row not in costs)


@pytest.mark.parametrize(
    ("project", "cost", "quantity", "value"),
    [
        ("消防图审技术服务经费", "消防图审单价", "消防图审查面积", 4_000_000),
        ("编外人员管理经费", "编外人员工资成本", "编外人员数量", 50),
        ("规划事项技术服务经费", "用地红线图复核成本", "用地红线图审查面积", 100),
        ("排污许可证技术审查经费", "排污许可证技术审查费用", "排污许可证技术审查项目个数", 180),
        ("政务服务体验员", "事项梳理成本", "人工质检要素事项梳理数量", 400),
        ("政务服务体验员", "“政策兑现”服务成本", "“政策兑现”服务业务数量", 10),
    ],
)
def test_unit_costs_of_the_disclosure(
    disclosure: ProjectRows, project: str, cost: str, quantity: str, value: int
) -> None:
    frame = as_table(disclosure.indicators, TABLES["indicators"], table="indicators")
    pairs = frame.filter(pl.col("kind") == "unit_cost").join(
        frame, left_on="quantity_id", right_on="indicator_id", suffix="_of"
    )
    # a project's key folds quotation marks and brackets, so compare by the indicator's name
    pair = pairs.filter((pl.col("name") == cost) & (pl.col("project") == project))
    assert pair["name_of"].to_list() == [quantity] * 2
    assert pair["value_of"].to_list() == [Decimal(value)] * 2


@pytest.mark.parametrize(
    ("project", "yuan"),
    [
        ("规划事项技术服务经费", 250_000),
        ("排污许可证技术审查经费", 410_000),
        ("行政审批工作运行经费", 120_000),
        ("行政审批专网专线及网络运维项目", 577_000),
        ("营商环境、政务服务宣传经费", 230_000),
        ("优化营商环境促进经营主体发展工作专班工作经费", None),
        ("综合窗口改革经费", None),
    ],
)
def test_arrears_of_the_disclosure(disclosure: ProjectRows, project: str, yuan: int | None) -> None:
    row = next(row for row in disclosure.projects if row["name"] == project)
    assert row["arrears_yuan"] == yuan


def test_money_without_unit_is_set_aside() -> None:
    rows = build(FORM.replace("项目资金（万元）", "项目资金"))
    assert rows.facts == []
    assert [row["cell_text"] for row in rows.set_aside] == ["90.00", "0", "30.00"]
    assert {row["reason"] for row in rows.set_aside} == {"no unit of money is printed on the form"}
    assert rows.ledger.is_balanced
    assert rows.projects[0]["term_total_yuan"] is None


def test_stray_numbers_are_set_aside() -> None:
    stray = FORM.replace("负责人：\t经办人：", "\t\t\t\t77个\n负责人：\t联系电话：\t2026666")
    rows = build(stray.replace("单位自筹\t0", "上级补助\t7.00"))
    assert sorted(row["cell_text"] for row in rows.set_aside) == ["2026666", "7.00", "77个"]
    assert rows.ledger.is_balanced


def test_two_forms_of_one_name_stay_two() -> None:
    rows = build(f"{FORM}\n{FORM}")
    assert [row["project"] for row in rows.projects] == ["图书购置经费", "图书购置经费#2"]
    assert len({row["indicator_id"] for row in rows.indicators}) == len(rows.indicators)


def test_no_forms_no_rows() -> None:
    rows = build("一、概况\n\n表\t1\n")
    assert (rows.projects, rows.indicators, rows.facts, rows.set_aside) == ([], [], [], [])
    assert rows.ledger.is_balanced
