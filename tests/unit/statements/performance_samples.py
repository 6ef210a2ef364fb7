"""A form written by rule, undamaged, for tests that damage it."""

from __future__ import annotations

from analytics.documents.text import read_text_blocks
from analytics.statements.performance import PerformanceForm, read_performance_forms

HEADER = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"

INDICATORS = [
    ("产出指标", "数量指标", "购置图书数量", "≥2万册"),
    ("", "", "讲座参加人数", "600人"),
    ("", "质量指标", "图书验收合格率", "100%"),
    ("", "", "讲座组织质量", "良好"),
    ("", "时效指标", "图书上架时间", "6月底前"),
    ("", "", "讲座开展及时性", "及时"),
    ("", "成本指标", "图书购置成本", "≤45元/册"),
    ("效益指标", "经济效益指标", "", ""),
    ("", "社会效益指标", "全民阅读水平", "提升"),
    ("", "生态效益指标", "", ""),
    ("", "可持续影响指标", "", ""),
    ("满意度指标", "服务对象满意度指标", "读者满意度", "≥90%"),
]


def head(name: str = "图书购置经费") -> list[str]:
    return [
        f"项目名称\t\t{name}\t\t\t\t\t",
        "主管部门及代码\t\t101-某市文化局\t\t实施单位\t\t某市图书馆\t",
        "项目属性\t\t延续性项目（阶段开展）\t\t项目期\t\t3年\t",
        "项目资金（元）\t\t实施期资金总额：\t900,000\t年度资金总额：\t300,000\t\t",
        "\t\t其中：中央财政资金\t0\t其中：中央财政资金\t0\t\t",
        "\t\t省级财政资金\t100,000\t省级财政资金\t0\t\t",
        "\t\t市县（区）财政资金\t800,000\t市县（区）财政资金\t300,000\t\t",
        "\t\t单位自筹\t0\t单位自筹\t0\t\t",
        "\t\t其他资金\t\t其他资金\t\t\t",
        "项目概况\t\t购置图书，开展讲座。\t\t\t\t\t",
        "立项依据\t\t《某市图书馆条例》\t\t\t\t\t",
        "项目设立必要性\t\t满足阅读需要。\t\t\t\t\t",
        "保证项目实施的制度、措施\t\t财务制度。\t\t\t\t\t",
        "项目实施计划\t\t6月底前上架。\t\t\t\t\t",
        "\t\t实施期目标\t\t年度目标\t\t\t",
        "总体目标\t\t三年购书六万册。\t\t一年购书两万册。\t\t\t",
    ]


def row(level1: str, level2: str, name: str, value: str) -> str:
    return f"\t{level1}\t{level2}\t{name}\t{value}\t{level2}\t{name}\t{value}"


def foot(stamp: str = "20300112113400") -> str:
    return f"负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：\t{stamp}"


def lines(name: str = "图书购置经费", indicators: list[str] | None = None) -> list[str]:
    if indicators is None:
        indicators = [HEADER, *(row(*each) for each in INDICATORS)]
    return [*head(name), *indicators, foot()]


def document(*forms: list[str]) -> str:
    title = "某市市级预算部门（单位）项目支出绩效目标表\n\n(2030年度)\n\n"
    body = "\n\n".join(title + "\n".join(form) for form in forms)
    return f"第四部分 附件\n\n{body}\n\n十二、名词解释\n\n编号\t数量\n1\t2\n"


def read(*forms: list[str]) -> tuple[PerformanceForm, ...]:
    return read_performance_forms(read_text_blocks(document(*forms)))
