"""The closed vocabularies of the canonical tables, each value with its label in two languages.

Every vocabulary is a ``StrEnum``: in the tables its values are plain strings, in code they are
names that a type checker knows.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

__all__ = [
    "CarryoverBasis",
    "Classification",
    "Comparability",
    "Component",
    "FindingState",
    "Flow",
    "Fund",
    "IdentityBasis",
    "LineCode",
    "Outcome",
    "Presence",
    "Repair",
    "RowKind",
    "Scope",
    "Severity",
    "Stage",
    "Statement",
    "Status",
    "ThreePublic",
    "Topic",
    "ValueKind",
    "Vocabulary",
]


class Vocabulary(StrEnum):
    """A closed list of values; each carries a Chinese and an English label."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        """Attach the labels to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def label(self, lang: str = "zh") -> str:
        """The label in ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh


class Stage(Vocabulary):
    """Which point of the budget cycle a figure belongs to."""

    BUDGET = "budget", "预算", "budget"
    ADJUSTED_BUDGET = "adjusted_budget", "调整预算", "adjusted budget"
    FINAL = "final", "决算", "final accounts"


class Scope(Vocabulary):
    """Whose figures: the whole department or one unit of it. The two are never compared."""

    DEPARTMENT = "department", "部门", "department"
    UNIT = "unit", "单位", "unit"


class IdentityBasis(Vocabulary):
    """By what a document is known to be of its agency."""

    LABEL = "label", "表头所列单位", "named above its statements"
    TITLE = "title", "标题所列单位", "named in its title"
    SENTENCE = "sentence", "正文说明的编制范围", "defined by a sentence"
    SIBLING = "sibling", "同批文件所列单位", "named by a file beside it"
    GIVEN = "given", "读取时指定", "given by its reader"


class Statement(Vocabulary):
    """What a statement is, whatever its number, its position or its exact title."""

    BUDGET_SUMMARY = "budget_summary", "收支总表", "Summary of revenue and expenditure"
    REVENUE_SUMMARY = "revenue_summary", "收入总表", "Revenue by source"
    EXPENDITURE_SUMMARY = "expenditure_summary", "支出总表", "Expenditure, basic and project"
    FISCAL_APPROPRIATION_SUMMARY = (
        "fiscal_appropriation_summary",
        "财政拨款收支总表",
        "Fiscal appropriation: revenue and expenditure",
    )
    GENERAL_PUBLIC_EXPENDITURE = (
        "general_public_expenditure",
        "一般公共预算支出表",
        "General public budget expenditure",
    )
    BASIC_EXPENDITURE = (
        "basic_expenditure",
        "一般公共预算基本支出经济科目表",
        "Basic expenditure by economic class",
    )
    GOVERNMENT_FUND_REVENUE = (
        "government_fund_revenue",
        "政府性基金预算收入表",
        "Government fund revenue",
    )
    GOVERNMENT_FUND_EXPENDITURE = (
        "government_fund_expenditure",
        "政府性基金预算支出表",
        "Government fund expenditure",
    )
    STATE_CAPITAL_OPERATIONS = (
        "state_capital_operations",
        "国有资本经营预算收支表",
        "State capital operating budget",
    )
    FISCAL_APPROPRIATION_EXPENDITURE = (
        "fiscal_appropriation_expenditure",
        "财政拨款支出表",
        "Fiscal appropriation: expenditure",
    )
    FISCAL_BASIC_EXPENDITURE = (
        "fiscal_basic_expenditure",
        "财政拨款基本支出经济科目表",
        "Fiscal appropriation: basic expenditure by economic class",
    )
    THREE_PUBLIC_EXPENSES = "three_public_expenses", "“三公”经费支出表", "Three public expenses"
    OPERATING_EXPENSES = "operating_expenses", "机关运行经费表", "Operating expenses"
    PROJECT_EXPENDITURE = (
        "project_expenditure",
        "项目支出表（本年预算）",
        "Project expenditure, current year",
    )
    PROJECT_CARRYOVER = (
        "project_carryover",
        "项目支出表（上年结转）",
        "Project expenditure, carried over",
    )
    PROCUREMENT_EXPENDITURE = (
        "procurement_expenditure",
        "政府采购支出表",
        "Government procurement expenditure",
    )
    PERFORMANCE_FORM = "performance_form", "项目支出绩效目标表", "Project performance form"


class Topic(Vocabulary):
    """What the narrative speaks of beside the statements."""

    PROCUREMENT = "procurement", "政府采购", "Government procurement"
    PERFORMANCE = "performance", "绩效管理", "Performance management"
    STATE_ASSETS = "state_assets", "国有资产占有使用", "State assets in use"
    STAFFING = "staffing", "机构与人员", "Organisation and staff"


class Presence(Vocabulary):
    """Whether a statement that belongs to the document was found, and with figures."""

    PRESENT = "present", "有数据", "present"
    EMPTY = "empty", "有表无数据", "present without figures"
    MISSING = "missing", "缺表", "missing"


class Flow(Vocabulary):
    """Direction of the money."""

    REVENUE = "revenue", "收入", "revenue"
    EXPENDITURE = "expenditure", "支出", "expenditure"


class Classification(Vocabulary):
    """Which list a code comes from. A code means something only together with it and the year."""

    FUNCTION = "function", "功能分类", "function"
    ECONOMIC_DEPARTMENT = "economic_department", "部门经济分类", "departmental economic class"
    ECONOMIC_GOVERNMENT = "economic_government", "政府经济分类", "government economic class"
    REVENUE_SOURCE = "revenue_source", "收入来源", "revenue source"
    THREE_PUBLIC = "three_public", "“三公”经费", "three public expenses"
    UNIT = "unit", "所属单位", "subordinate unit"
    PROJECT = "project", "项目", "project"
    PROCUREMENT = "procurement", "采购类别", "procurement category"
    PROJECT_TYPE = "project_type", "项目类别", "project type"
    STAFF = "staff", "人员", "staff"
    ASSET = "asset", "资产", "assets"


class LineCode(Vocabulary):
    """Codes of lines that are balances of a statement rather than lines of a classification."""

    TOTAL = "total", "总计", "grand total"
    CURRENT_TOTAL = "current_total", "本年合计", "total of the year"
    CARRYOVER_START = "carryover_start", "上年结转", "brought forward"
    CARRYOVER_END = "carryover_end", "年终结转", "carried forward"
    SURPLUS_DISTRIBUTED = "surplus_distributed", "结余分配", "surplus distributed"


class ThreePublic(Vocabulary):
    """Codes of the three public expenses (classification ``three_public``)."""

    TOTAL = "total", "“三公”经费合计", "three public expenses"
    ABROAD = "abroad", "因公出国（境）费", "travel abroad"
    RECEPTION = "reception", "公务接待费", "official reception"
    VEHICLE = "vehicle", "公务用车购置及运行费", "official vehicles"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费", "vehicle purchase"
    VEHICLE_OPERATION = "vehicle_operation", "公务用车运行维护费", "vehicle operation"
    WITH_MEETINGS = "with_meetings", "“三公”、会议、培训合计", "three public, meetings, training"
    MEETING = "meeting", "会议费", "meetings"
    TRAINING = "training", "培训费", "training"


class Fund(Vocabulary):
    """Where the money of a figure comes from."""

    ALL = "all", "全部资金", "all funds"
    FISCAL_APPROPRIATION = "fiscal_appropriation", "财政拨款", "fiscal appropriation"
    GENERAL_PUBLIC = "general_public", "一般公共预算", "general public budget"
    GOVERNMENT_FUND = "government_fund", "政府性基金预算", "government fund budget"
    STATE_CAPITAL = "state_capital", "国有资本经营预算", "state capital operating budget"
    FISCAL_SPECIAL_ACCOUNT = "fiscal_special_account", "财政专户管理资金", "fiscal special account"
    UNIT_FUNDS = "unit_funds", "单位资金", "unit's own funds"
    SERVICE_INCOME = "service_income", "事业收入", "service income"
    BUSINESS_INCOME = "business_income", "事业单位经营收入", "business income"
    SUPERIOR_SUBSIDY = "superior_subsidy", "上级补助收入", "subsidy from the superior unit"
    AFFILIATE_CONTRIBUTION = (
        "affiliate_contribution",
        "附属单位上缴收入",
        "contribution from affiliated units",
    )
    OTHER_INCOME = "other_income", "其他收入", "other income"
    SAVINGS = "savings", "使用非财政拨款结余", "savings of earlier years"
    CENTRAL = "central", "中央财政资金", "central government"
    PROVINCIAL = "provincial", "省级财政资金", "provincial government"
    LOCAL = "local", "市县（区）财政资金", "city and county government"
    SELF_RAISED = "self_raised", "单位自筹", "raised by the unit"
    OTHER = "other", "其他资金", "other funds"


class Component(Vocabulary):
    """Which part of a line the figure states."""

    TOTAL = "total", "合计", "total"
    BASIC = "basic", "基本支出", "basic expenditure"
    PROJECT = "project", "项目支出", "project expenditure"
    PERSONNEL = "personnel", "人员经费", "personnel"
    PUBLIC = "public", "公用经费", "goods and services of the office"
    CURRENT = "current", "当年安排", "current year"
    CARRYOVER = "carryover", "上年结转", "carried over"
    RESERVE = "reserve", "单位预留机动经费", "reserve of the unit"
    CARRIED_FORWARD = "carried_forward", "结转下年", "carried forward"
    TO_SUPERIOR = "to_superior", "上缴上级支出", "paid to the superior unit"
    BUSINESS = "business", "经营支出", "business expenditure"
    TO_AFFILIATES = "to_affiliates", "对附属单位补助支出", "subsidies to affiliated units"
    EDUCATION_FEES = "education_fees", "教育收费", "education fees"
    CAPITAL_CONSTRUCTION = "capital_construction", "基本建设资金支出", "capital construction"
    CARRYOVER_BASIC = "carryover_basic", "年初基本支出结转", "carried over for basic expenditure"
    CARRYOVER_PROJECT = "carryover_project", "年初项目支出结转和结余", "carried over for projects"
    CLOSING = "closing", "年末结转和结余", "balance at the end of the year"
    CLOSING_BASIC = "closing_basic", "年末基本支出结转", "closing balance of basic expenditure"
    CLOSING_PROJECT = "closing_project", "年末项目支出结转和结余", "closing balance of projects"
    TERM = "term", "实施期资金", "whole term of the project"
    ANNUAL = "annual", "年度资金", "the year's share of the project"


class CarryoverBasis(Vocabulary):
    """Whether money carried over from earlier years is inside the figure."""

    INCLUDED = "included", "含上年结转", "with carry-over"
    EXCLUDED = "excluded", "不含上年结转", "without carry-over"
    ONLY = "only", "仅上年结转", "carry-over only"


class RowKind(Vocabulary):
    """Place of a line in the hierarchy of its statement."""

    ITEM = "item", "明细", "item"
    SUBTOTAL = "subtotal", "小计", "subtotal"
    TOTAL = "total", "合计", "total"


class ValueKind(Vocabulary):
    """How a figure is known."""

    PRINTED = "printed", "表列", "printed"
    IMPLIED = "implied", "由文字推算", "implied by the narrative"
    CORRECTED = "corrected", "更正", "corrected"


class Repair(Vocabulary):
    """What had to be mended to read a row; the printed text itself is always kept."""

    CONTINUED_ROW = "continued_row", "合并断行", "row joined after a page break"
    CONTINUED_TABLE = "continued_table", "续表合并", "table joined over a break"
    HEADER_SHIFTED = "header_shifted", "表头错位", "header cell put back into its column"
    VALUE_SHIFTED = "value_shifted", "数值错位", "value put back into its column"
    LABEL_TRUNCATED = "label_truncated", "标签截断", "truncated label completed"
    LABEL_MOVED = "label_moved", "指标类别错行", "category label put back to its rows"
    LABEL_MISSING = "label_missing", "标签缺失", "missing label supplied"
    LABEL_WRONG = "label_wrong", "标签误识", "label read against its position"
    CELL_SPLIT = "cell_split", "单元格拆分", "label and value separated"
    DIGITS_JOINED = "digits_joined", "数字断开", "digits joined across a space"
    SENTENCE_JOINED = "sentence_joined", "断句合并", "sentence joined over a break"
    TRADITIONAL = "traditional", "繁体转换", "traditional characters converted"
    MARKUP_REMOVED = "markup_removed", "去除标记", "markup removed"
    TIMESTAMP_SHORT = "timestamp_short", "时间戳缺位", "timestamp with digits missing"
    TEXT_TRUNCATED = "text_truncated", "文字截断", "text breaks off"
    TITLE_MISSING = "title_missing", "缺少表名", "statement without a title, found by its columns"
    TOTAL_ADDED = "total_added", "合计行补名", "name of a total supplied"
    TOTAL_BY_AMOUNT = "total_by_amount", "按金额定总计", "which total is meant, found by the amount"
    LEVEL_CONTRADICTED = (
        "level_contradicted",
        "文字与报表不一致",
        "implied by a sentence whose level is not the one in the statement",
    )
    CODE_BY_NAME = "code_by_name", "按名称定码", "code found by name"
    CODE_BY_LIKENESS = "code_by_likeness", "按近似名称定码", "code found by a similar name"
    CODE_AMBIGUOUS = "code_ambiguous", "编码不唯一", "several codes fit"
    CODE_UNKNOWN = "code_unknown", "编码未知", "no code fits"
    RECOGNISED = "ocr", "图像识别", "read from a picture by recognition (OCR)"
    LOOKALIKE_FOLDED = "lookalike_folded", "形近字符还原", "look-alike characters made digits"


class Outcome(Vocabulary):
    """How a check ended."""

    PASS = "pass", "通过", "pass"
    FAIL = "fail", "不符", "fail"
    NOT_APPLICABLE = "not_applicable", "不适用", "not applicable"
    INSUFFICIENT = "insufficient", "无法核验", "cannot be tested"


class Severity(Vocabulary):
    """How much a failing check weighs."""

    ERROR = "error", "错误", "error"
    WARNING = "warning", "警示", "warning"
    NOTE = "note", "提示", "note"


class FindingState(Vocabulary):
    """What a failing check calls for."""

    CONFIRMED = "confirmed", "确认不符", "confirmed"
    READING_SUSPECT = "reading_suspect", "疑为读取错误", "reading suspect"
    NEEDS_REPLY = "needs_reply", "待说明", "needs a reply"


class Status(Vocabulary):
    """What happened to a line between two years."""

    CONTINUED = "continued", "延续", "continued"
    NEW = "new", "新增", "new"
    ENDED = "ended", "取消", "ended"
    UNKNOWN = "unknown", "上年不详", "prior year not known"


class Comparability(Vocabulary):
    """Whether a difference between two years means what it seems to mean."""

    COMPARABLE = "comparable", "可比", "comparable"
    PRIOR_IMPLIED = "prior_implied", "上年数由文字推算", "prior year implied by the narrative"
    NO_PRIOR = "no_prior", "无上年数", "no prior year"
    NO_CURRENT = "no_current", "无本年数", "no current year"
    AGENCY_INCOMPLETE = (
        "agency_incomplete",
        "机构调整，成员不全",
        "agency reorganised, not all of its parts are known",
    )
    SCOPE_DIFFERS = "scope_differs", "口径不同", "different scope"
    CODES_LINKED = "codes_linked", "科目调整后合并比较", "codes changed, compared as a union"
    CODES_MOVED = (
        "codes_moved",
        "科目调整，本级不可比",
        "codes changed, compared at the level above",
    )
    CODE_UNCERTAIN = "code_uncertain", "科目对应存疑", "link between codes uncertain"
    SOURCES_DIFFER = "sources_differ", "多处数字不一致", "sources contradict each other"
