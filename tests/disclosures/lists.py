"""Names and codes that generated disclosures are made of, kept apart from the package's own."""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "CLASSES",
    "ECONOMIC",
    "ECONOMIC_CLASSES",
    "FISCAL_FUNDS",
    "FUNCTIONS",
    "FUNDS",
    "FUND_FUNCTIONS",
    "GENERAL_FUNCTIONS",
    "OWN_FUNCTIONS",
    "REVENUES",
    "STATEMENTS",
    "EconomicLine",
]

FUNDS = {
    "general_public": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "fiscal_special_account": "财政专户管理资金",
    "unit_funds": "单位资金",
}
FISCAL_FUNDS = ("general_public", "government_fund", "state_capital")

CLASSES = {
    "201": "一般公共服务支出",
    "202": "外交支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "209": "社会保险基金支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "214": "交通运输支出",
    "215": "资源勘探工业信息等支出",
    "216": "商业服务业等支出",
    "217": "金融支出",
    "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出",
    "221": "住房保障支出",
    "222": "粮油物资储备支出",
    "223": "国有资本经营预算支出",
    "224": "灾害防治及应急管理支出",
    "227": "预备费",
    "229": "其他支出",
    "230": "转移性支出",
    "231": "债务还本支出",
    "232": "债务付息支出",
    "233": "债务发行费用支出",
    "234": "抗疫特别国债安排的支出",
}
"""The functional classes in the order the summaries print them."""

GENERAL_FUNCTIONS = {
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010306": "政务公开审批",
    "20502": "普通教育",
    "2050204": "高中教育",
    "20701": "文化和旅游",
    "2070104": "图书馆",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101103": "公务员医疗补助",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
FUND_FUNCTIONS = {
    "government_fund": {
        "21208": "国有土地使用权出让收入安排的支出",
        "2120801": "征地和拆迁补偿支出",
        "2120803": "城市建设支出",
    },
    "state_capital": {
        "22301": "解决历史遗留问题及改革成本支出",
        "2230105": "国有企业退休人员社会化管理补助支出",
    },
}
FUNCTIONS = {
    **CLASSES,
    **GENERAL_FUNCTIONS,
    **FUND_FUNCTIONS["government_fund"],
    **FUND_FUNCTIONS["state_capital"],
}
"""Every functional code of a generated disclosure with its name."""

REVENUES = {
    "government_fund": (
        ("103", "非税收入"),
        ("10301", "政府性基金收入"),
        ("1030148", "国有土地使用权出让收入"),
    ),
    "state_capital": (
        ("103", "非税收入"),
        ("10306", "国有资本经营收入"),
        ("1030601", "利润收入"),
    ),
}
"""The revenue lines of a fund, each part of the one before."""


class EconomicLine(NamedTuple):
    """One pair of economic codes that a basic expenditure is printed under."""

    code: str
    name: str
    counterpart_code: str
    counterpart: str
    is_public: bool = False


ECONOMIC_CLASSES = {
    "301": "工资福利支出",
    "302": "商品和服务支出",
    "303": "对个人和家庭的补助",
}
ECONOMIC = (
    EconomicLine("30101", "基本工资", "50101", "工资奖金津补贴"),
    EconomicLine("30101", "基本工资", "50501", "工资福利支出"),
    EconomicLine("30102", "津贴补贴", "50101", "工资奖金津补贴"),
    EconomicLine("30107", "绩效工资", "50501", "工资福利支出"),
    EconomicLine("30108", "机关事业单位基本养老保险缴费", "50102", "社会保障缴费"),
    EconomicLine("30110", "职工基本医疗保险缴费", "50102", "社会保障缴费"),
    EconomicLine("30111", "公务员医疗补助缴费", "50102", "社会保障缴费"),
    EconomicLine("30113", "住房公积金", "50103", "住房公积金"),
    EconomicLine("30199", "其他工资福利支出", "50199", "其他工资福利支出"),
    EconomicLine("30201", "办公费", "50201", "办公经费", is_public=True),
    EconomicLine("30215", "会议费", "50202", "会议费", is_public=True),
    EconomicLine("30217", "公务接待费", "50206", "公务接待费", is_public=True),
    EconomicLine("30228", "工会经费", "50201", "办公经费", is_public=True),
    EconomicLine("30231", "公务用车运行维护费", "50208", "公务用车运行维护费", is_public=True),
    EconomicLine("30302", "退休费", "50905", "离退休费"),
    EconomicLine("30309", "奖励金", "50901", "社会福利和救助"),
)
OWN_FUNCTIONS = {
    "30108": "2080505",
    "30110": "2101101",
    "30111": "2101103",
    "30113": "2210201",
    "30302": "2080501",
}
"""Functions that pay for one economic class and nothing else, by the class."""

STATEMENTS = (
    "budget_summary",
    "revenue_summary",
    "expenditure_summary",
    "fiscal_appropriation_summary",
    "general_public_expenditure",
    "basic_expenditure",
    "government_fund_revenue",
    "government_fund_expenditure",
    "state_capital_operations",
    "three_public_expenses",
    "operating_expenses",
    "project_expenditure",
    "project_carryover",
)
"""The statements of a unit budget in the usual order."""
