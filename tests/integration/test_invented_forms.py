"""Two project forms in other words than any real one, read and checked: what fails, and what not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics.checks import run_checks
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

_RULES = [
    "F-BEFORE-RELEASE", "F-BENEFIT-HEADING", "F-BOTH-GOALS", "F-COST-OUTPUT", "F-FILL-TIME",
    "F-FORM-DATE", "F-FORM-HEAD", "F-HALF-MISSING", "F-KIND-CONTENT", "F-KIND-HEADING",
    "F-PLAN-ORDER", "F-PRINTED-HEADING", "F-RESIDUE", "F-STALE-YEAR", "F-TARGET-PAST",
    "F-TARGET-VALUE", "F-TARGET-YEAR", "F-TEXT-CUT", "F-TEXT-DEADLINE", "F-TOTAL-LABEL",
    "F-UNIT-NAME",
]  # fmt: skip

_HEAD = """云岭县林业局2025年单位预算公开

云岭县县级预算单位项目支出绩效目标表

(2025年度)

"""
_FORM = """项目名称		{name}
主管部门及代码		031-云岭县林业局		实施单位		云岭县林业局
项目属性		{kind}		项目期		{period}
项目资金（元）		实施期资金总额：		{term}		年度资金总额：		{annual}
		其中：中央财政资金		0		其中：中央财政资金		0
		省级财政资金		0		省级财政资金		0
		市县（区）财政资金		{term}		市县（区）财政资金		{annual}
		单位自筹		0		单位自筹		0
		其他资金				其他资金
项目概况		{overview}
立项依据		《森林防火条例》
项目设立必要性		保护森林资源。
保证项目实施的制度、措施		按照局财务制度实施。
项目实施计划		{plan}
		实施期目标				年度目标
总体目标		{goal}				{goal}
绩效指标	一级指标	二级指标	三级指标	指标值	二级指标	三级指标	指标值
{targets}
负责人：		经办人：		联系电话：		填报日期：	{filled}

"""


def _row(first: str, second: str, name: str, value: str) -> str:
    return f"	{first}	{second}	{name}	{value}	{second}	{name}	{value}"


SOUND = {
    "name": "护林防火巡护经费",
    "kind": "经常性项目（长期开展）",
    "period": "3年",
    "term": "1,800,000",
    "annual": "600,000",
    "overview": "聘请护林员20名开展巡护，全年巡护不少于240次。2024年已完成瞭望塔3座的维修，2025年计划"
    "投入60万元，其中：护林员补助45万元，巡护装备15万元。",
    "plan": "2025年3月下旬预算下达后，4月启动采购程序，5月20日前完成招标，6月底前签订装备合同，"
    "7月底前完成装备验收并支付货款。11月底前完成护林员培训。",
    "goal": "保护全县森林资源，减少火灾。",
    "filled": "20241108101500",
    "targets": [
        ("产出指标", "数量指标", "护林员人数", "20人"),
        ("", "", "巡护次数", "≥240次"),
        ("", "", "巡护装备数量", "20套"),
        ("", "质量指标", "装备验收合格率", "100%"),
        ("", "", "森林火灾次数", "≤2次"),
        ("", "时效指标", "护林员培训完成时间", "11月底前"),
        ("", "", "装备验收时间", "2025年7月底前"),
        ("", "成本指标", "护林员补助标准", "≤22500元/人/年"),
        ("效益指标", "社会效益指标", "优化林区旅游营商环境", "改善"),
        ("", "生态效益指标", "森林覆盖率", "≥61%"),
        ("满意度指标", "服务对象满意度指标", "林农满意度", "≥90%"),
    ],
}
FAULTY = SOUND | {
    "name": "瞭望系统运维",
    "kind": "一次性项目（1年结束）",
    "period": "1年",
    "term": "600,000",
    "overview": "聘请2人值守，其中：值守补助45万元，山界勘测15万元。",
    "plan": "2024年预计更换云台5个。2025年3月下旬预算下达后，2月启动采购程序，5月底前完成调试。",
    "filled": "2025060110150",
    "targets": [
        ("产出指标", "数量指标", "值守补助发放", "2人"),
        ("", "", "瞭望平台数量", "6人"),
        ("", "", "值守覆盖率", "≥95%"),
        ("", "质量指标", "调试运行次数", "4次"),
        ("", "时效指标", "调试完成时间", "5月前"),
        ("", "", "尾款支付时间", "2026年1月底前"),
        ("", "成本指标", "值守补助", "45万元"),
        ("效益指标", "经济效益指标", "提升公共服务", "提升"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
    ],
}
EXPECTED = {
    "F-BENEFIT-HEADING": "提升公共服务",
    "F-COST-OUTPUT": "山界勘测15万元",
    "F-FILL-TIME": "2025060110150",
    "F-FORM-DATE": "2025-06-01",
    "F-KIND-CONTENT": "一次性项目",
    "F-KIND-HEADING": "调试运行次数 值守覆盖率",
    "F-PLAN-ORDER": "2月启动采购程序",
    "F-STALE-YEAR": "2024年预计更换云台5个",
    "F-TARGET-PAST": "5月前",
    "F-TARGET-YEAR": "2026年1月底前",
    "F-TEXT-DEADLINE": "5月底前完成调试",
    "F-UNIT-NAME": "瞭望平台数量",
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    text = ""
    for form in (SOUND, FAULTY):
        rows = "\n".join(_row(*target) for target in form["targets"])  # type: ignore[arg-type]
        text += _HEAD + _FORM.format(**form | {"targets": rows})
    path: Path = tmp_path_factory.mktemp("forms") / "云岭县林业局2025年单位预算公开.txt"
    path.write_text(text, encoding="utf-8")
    tables = build_tables(read_disclosure(path))
    assert tables["projects"].height == 2
    return run_checks(tables, rules=_RULES).filter(outcome="fail")


def test_nothing_is_found_in_a_sound_form(failed: pl.DataFrame) -> None:
    sound = failed.filter(pl.col("message_zh").str.contains(SOUND["name"], literal=True))
    assert sound["message_zh"].to_list() == []


def test_every_fault_of_a_form_is_found_and_nothing_else(failed: pl.DataFrame) -> None:
    faulty = failed.filter(pl.col("message_zh").str.contains(FAULTY["name"], literal=True))
    assert sorted(set(faulty["rule"])) == sorted(EXPECTED)


@pytest.mark.parametrize("rule", EXPECTED)
def test_a_finding_quotes_what_is_wrong(rule: str, failed: pl.DataFrame) -> None:
    messages = failed.filter(rule=rule)["message_zh"].to_list()
    words = EXPECTED[rule].split()
    assert len(messages) == len(words)
    assert all(any(word in message for message in messages) for word in words), messages
