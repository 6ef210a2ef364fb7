"""The closed vocabularies of performance forms: their targets and their running texts."""

from __future__ import annotations

from analytics.schema.vocabularies import Vocabulary

__all__ = [
    "Comparator",
    "DateBasis",
    "IndicatorBlock",
    "IndicatorKind",
    "MentionKind",
    "MentionRole",
    "TextPart",
]


class Comparator(Vocabulary):
    """How a target binds its number."""

    AT_LEAST = "≥", "不少于", "at least"
    MORE_THAN = ">", "多于", "more than"
    AT_MOST = "≤", "不超过", "at most"
    LESS_THAN = "<", "少于", "less than"
    EQUAL = "=", "等于", "equal to"


class IndicatorBlock(Vocabulary):
    """Which block of a performance form an indicator stands in."""

    TERM = "term", "实施期", "whole term"
    ANNUAL = "annual", "年度", "year"


class IndicatorKind(Vocabulary):
    """What sort of target an indicator states."""

    QUANTITY = "quantity", "数量", "quantity"
    RATE = "rate", "比率", "rate"
    UNIT_COST = "unit_cost", "单位成本", "unit cost"
    MONEY = "money", "金额", "amount of money"
    DURATION = "duration", "时长", "duration"
    DEADLINE = "deadline", "时限", "deadline"
    FREQUENCY = "frequency", "频次", "frequency"
    TEXT = "text", "定性", "qualitative"
    BLANK = "blank", "未填", "left blank"


class TextPart(Vocabulary):
    """Which running text of a performance form."""

    OVERVIEW = "overview", "项目概况", "overview"
    LEGAL_BASIS = "legal_basis", "立项依据", "legal basis"
    NECESSITY = "necessity", "设立必要性", "necessity"
    MEASURES = "measures", "保证措施", "measures"
    PLAN = "plan", "实施计划", "plan"
    TERM_GOAL = "term_goal", "实施期目标", "goal of the term"
    ANNUAL_GOAL = "annual_goal", "年度目标", "goal of the year"


class MentionKind(Vocabulary):
    """What sort of figure a running text states."""

    MONEY = "money", "金额", "amount of money"
    SHARE = "share", "比例", "percentage"
    QUANTITY = "quantity", "数量", "quantity"
    DATE = "date", "日期", "date"


class MentionRole(Vocabulary):
    """What an amount or a percentage of a running text is, by the words around it."""

    TOTAL = "total", "合计", "closes or opens a list of amounts"
    ITEM = "item", "分项", "one amount of a list"
    CONTRACT = "contract", "合同金额", "price of a contract"
    PAID = "paid", "已付", "paid before"
    REMAINING = "remaining", "未付余款", "rest of a contract, to be paid"
    DUE = "due", "待付", "instalment to be paid"
    UNIT_PRICE = "unit_price", "单价", "price of one unit"
    PREPAYMENT = "prepayment", "预付比例", "paid in advance, as a share of the contract"
    OTHER = "other", "其他", "anything else"


class DateBasis(Vocabulary):
    """How the year of a date in a running text is known."""

    STATED = "stated", "写明年份", "the year stands beside it"
    CARRIED = "carried", "承前年份", "the year of the same sentence"
    NONE = "none", "未写年份", "no year is clear"
