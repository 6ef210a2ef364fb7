"""Amounts and quantities in the texts of project forms: forms read whole, with other wordings."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest
from check_rows import Doc, tables

from analytics.checks import run_checks
from analytics.documents.text import read_text_blocks
from analytics.facts.mentions import build_mentions
from analytics.facts.projects import build_projects
from analytics.schema.tables import TABLES, column_types
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.performance import read_performance_forms

WHO = Identity("某市某局", "某市某局", 2031, Stage.BUDGET, Scope.UNIT)


def form(
    overview: str = "",
    *,
    term: str = "900000",
    annual: str = "900000",
    targets: str = "",
    **texts: str,
) -> Mapping[str, pl.DataFrame]:
    """The tables of a document with one form, read from its printed lines."""
    lines = [
        "某市项目支出绩效目标表\n",
        "项目名称\t讲解服务\n主管部门\t101-某市文化局\n项目属性\t延续性\t项目期\t2年",
        f"项目资金（元）\t实施期资金总额：\t{term}\t年度资金总额：\t{annual}",
        f"项目概况\t{overview}",
        f"保证项目实施的制度、措施\t{texts.get('measures', '')}",
        f"项目实施计划\t{texts.get('plan', '')}",
        targets,
    ]
    forms = read_performance_forms(read_text_blocks("\n".join(line for line in lines if line)))
    doc = Doc()
    for claim in ("floor_area", "staff_in_post", "extra_staff"):
        count = {"floor_area": "800.50", "staff_in_post": "30", "extra_staff": "10"}[claim]
        topic = "state_assets" if claim == "floor_area" else "staffing"
        doc.say(topic, claim, count=count)
    built = dict(tables(doc))
    rows = build_projects(forms, doc.id, WHO)
    made = {
        "projects": rows.projects,
        "indicators": rows.indicators,
        "facts": rows.facts,
        "mentions": build_mentions(forms, doc.id, WHO),
    }
    for name, found in made.items():
        types = column_types(TABLES[name])
        data = {column: [row.get(column) for row in found] for column in types}
        built[name] = pl.DataFrame(data, schema=types)
    return built


def said(code: str, document: Mapping[str, pl.DataFrame]) -> list[str]:
    """Outcomes of one rule, those that nothing was found to test for left out."""
    found = run_checks(document, rules=[code])
    return [each for each in found["outcome"] if each != "not_applicable"]


def targets(name: str, value: str, kind: str = "数量指标") -> str:
    level = "产出指标" if kind != "成本指标" else "成本指标"
    return f"\t{level}\t{kind}\t{name}\t{value}\t{kind}\t{name}\t{value}"


CASES = {
    "F-TEXT-SUM": (
        form("1.讲解费60万元；2.印刷费20万元；3.租车费10万元，合计90万元。"),
        form("1.讲解费60万元；2.印刷费20万元；3.租车费12万元，合计90万元。"),
    ),
    "F-TEXT-MONEY": (form("本项目共需90万元。"), form("本项目共需89万元。")),
    "F-TEXT-YEAR": (
        form("总费用120万元，本年安排90万元。", term="1200000"),
        form("总费用120万元。", term="1200000"),
    ),
    "F-TEXT-DUE": (
        form("该合同于2030年签订，2031年还需支付尾款80万元。"),
        form("该合同于2030年签订，2031年还需支付尾款95万元。"),
    ),
    "F-CONTRACT-REST": (
        form("合同金额100万元，2030年5月支付30万元，2031年需支付合同款70万元。"),
        form("合同金额100万元，2030年5月支付30万元，2031年需支付合同款60万元。"),
    ),
    "F-TEXT-PAYMENTS": (
        form("共需90万元。", plan="合同签订后支付60万元，验收后支付30万元。"),
        form("共需90万元。", plan="合同签订后支付60万元，验收后支付29万元。"),
    ),
    "F-PREPAYMENT": (
        form("签订合同后预付30%。", plan="合同签订后预付30%款项。"),
        form("签订合同后预付30%。", plan="合同签订后预付50%款项。"),
    ),
    "F-PREPAID-AMOUNT": (
        form("合同金额80万元，按30%预付合同款，需支付24万元。"),
        form("合同金额80万元，按30%预付合同款，需支付25万元。"),
    ),
    "F-TERM-TEXT": (
        form("两年共需120万元。", term="1200000"),
        form("本年共需90万元。", term="1200000"),
    ),
    "F-TEXT-PRODUCT": (
        form("聘用讲解员15人，每人每年60000元，共需90万元。"),
        form("聘用讲解员15人，每人每年50000元，共需90万元。"),
    ),
    "F-TEXT-TARGET": (
        form("全年预计完成讲解场次不少于200场。", targets=targets("讲解场次数量", "≥200场")),
        form("全年预计完成讲解场次不少于200场。", targets=targets("讲解场次数量", "≥20场")),
    ),
    "F-FLOOR-AREA": (
        form(targets=targets("保洁面积", "≥800平方米")),
        form(targets=targets("保洁面积", "≥900平方米")),
    ),
    "F-HEAD-COUNT": (
        form("差旅费9万元，保障40名人员的差旅支出。"),
        form("差旅费9万元，保障41名人员的差旅支出。"),
    ),
    "C-CAP-SUM": (
        form(targets=targets("讲解成本", "≤90万元", "成本指标")),
        form(targets=targets("讲解成本", "≤91万元", "成本指标")),
    ),
}
NO_FINDING = {
    "a list that is not closed": (
        "F-TEXT-SUM",
        form("共需90万元，主要用于：1.讲解费30万元；2.印刷费。"),
    ),
    "prices of one unit": ("F-TEXT-SUM", form("每场讲解300元，每册50元，合计90万元。")),
    "a range": ("F-TEXT-SUM", form("讲解费30-40万元，印刷费20万元，租车费5万元，合计90万元等。")),
    "last year's amounts": (
        "F-TEXT-SUM",
        form("2030年预算安排60万元，2030年执行50万元，2031年共需90万元。"),
    ),
    "a part of an amount": ("F-TEXT-SUM", form("讲解费90万元（其中外语讲解20万元）。")),
    "paid as delivered": (
        "F-CONTRACT-REST",
        form("合同金额100万元，据实结算，2030年5月支付30万元，2031年需支付合同款60万元。"),
    ),
    "two contracts with two prepayments": (
        "F-PREPAYMENT",
        form("讲解合同预付30%，印刷合同预付50%。", plan="合同签订后预付30%款项。"),
    ),
    "a price with a limit": ("F-TEXT-PRODUCT", form("培训15人，每人不超过500元，共需2万元。")),
    "one instalment of several": (
        "F-TEXT-PAYMENTS",
        form("共需90万元。", plan="6月支付30万元，9月支付20万元。"),
    ),
    "people who are no staff": ("F-HEAD-COUNT", form("免费讲解服务观众5000人，发放餐补9万元。")),
    "a target of something else": (
        "F-TEXT-TARGET",
        form("全年印刷手册500册。", targets=targets("讲解场次数量", "≥20册")),
    ),
    "decimals within half a step": (
        "F-TEXT-SUM",
        form("讲解费33.33万元、印刷费33.33万元、租车费33.33万元，合计100.00万元。"),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_passes_what_agrees(code: str) -> None:
    assert said(code, CASES[code][0]) == ["pass"]


@pytest.mark.parametrize("code", CASES)
def test_a_rule_fails_what_does_not(code: str) -> None:
    assert said(code, CASES[code][1]) == ["fail"]


@pytest.mark.parametrize("case", NO_FINDING)
def test_no_finding_is_made_of(case: str) -> None:
    code, document = NO_FINDING[case]
    assert "fail" not in said(code, document)


@pytest.mark.parametrize(
    "overview",
    [
        "一、讲解费50万元；二、印刷费20万元，总计90万元。",
        "其中讲解50万元、印刷30万元。总计需90万元：①讲解50万元；②印刷30万元。",
        "共计90万元，50万元用于讲解，30万元用于印刷。",
        "该项目2030年已支付27万元，剩余40万元；2031年运维预计需45万元。全年共计需90万元。",
    ],
)
def test_a_sum_is_found_wrong_in_other_words(overview: str) -> None:
    assert "fail" in said("F-TEXT-SUM", form(overview))


def test_instalments_that_two_texts_repeat_are_one_finding() -> None:
    wrong = "合同签订后支付60万元，验收后支付29万元。"
    assert said("F-TEXT-PAYMENTS", form("共需90万元。", plan=wrong, measures=wrong)) == ["fail"]
    other = "合同签订后支付60万元，验收后支付28万元。"
    assert said("F-TEXT-PAYMENTS", form("共需90万元。", plan=wrong, measures=other)) == [
        "fail",
        "fail",
    ]


def test_a_finding_quotes_the_text_and_lists_the_parts() -> None:
    found = run_checks(CASES["F-TEXT-SUM"][1], rules=["F-TEXT-SUM"]).row(0, named=True)
    assert (found["printed_text"], found["computed_text"]) == ("90万元", "92万元")
    assert found["sentence"] == "合计90万元"
    assert "60万元、20万元、12万元" in found["message_zh"]


def test_whole_amounts_are_exact_and_rough_ones_are_not() -> None:
    assert said("F-TEXT-MONEY", form("本项目共需90万元。", annual="903000", term="903000")) == [
        "fail"
    ]
    assert said("F-TEXT-MONEY", form("本项目共需约90万元。", annual="903000", term="903000")) == [
        "pass"
    ]
