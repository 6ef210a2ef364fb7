"""What an indicator says of its own category: by its name, its kind and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analytics.schema.form_vocabularies import IndicatorKind
from analytics.statements.performance.categories import CATEGORIES, COST_FIRST

__all__ = ["content_costs", "says_enough"]

_STRONG, _CLEAR, _WEAK, _FAINT = 3.5, 3.0, 2.0, 1.0
"""What it costs to put an indicator where its content does not belong."""

_TIME_NAME = re.compile(
    r"(?:时间|时限|期限|及时性|及时率|频率|频次|周期|时效|进度)$|按时|按期|及时"
)
_TIME_TEXT = re.compile(r"^(?:及时|按时|按期|如期|准时|即时)$")
_COST_NAME = re.compile(r"(?:单价|费用|价格|标准|金额)$|成本")
_QUALITY_NAME = re.compile(r"(?:质量|合格|准确性?|达标|达标情况|完好)$")
_QUALITY_TEXT = re.compile(r"^(?:合格|达标|准确|优良?|良好|优秀|完好|符合.*)$")
_ABOUT = {
    "经济效益指标": re.compile(r"经济|收入|税收|产值|增收|节约"),
    "生态效益指标": re.compile(r"生态|环保|污染|排放|节能|绿化|(?<!营商)环境"),
    "可持续影响指标": re.compile(r"持续|长期|长效"),
}
_BENEFITS = CATEGORIES[4:8]
_TIME_KINDS = {IndicatorKind.DEADLINE, IndicatorKind.DURATION, IndicatorKind.FREQUENCY}
_MONEY_KINDS = {IndicatorKind.MONEY, IndicatorKind.UNIT_COST}

_SATISFACTION = {"服务对象满意度指标": 0.0}
_TIME = {"时效指标": 0.0}
_QUALITY = {"质量指标": 0.0}
_COST = dict.fromkeys(("成本指标", *COST_FIRST[:3]), 0.0) | {"经济效益指标": 0.5}
_EFFECTS = dict.fromkeys(_BENEFITS, 1.0)


def content_costs(
    name: str, kind: IndicatorKind, value_text: str, categories: Iterable[str]
) -> dict[str, float]:
    """What an indicator says of itself against each category, 0 where the two agree.

    Examples:
        >>> content_costs("完成时间", IndicatorKind.DEADLINE, "6月底前", ("时效指标", "质量指标"))
        {'时效指标': 0.0, '质量指标': 3.5}
    """
    favoured, strength = _favoured(name, kind, value_text)
    return {category: favoured.get(category, strength) for category in categories}


def says_enough(name: str, kind: IndicatorKind, value_text: str) -> bool:
    """Whether content alone tells the category, without any label.

    Examples:
        >>> says_enough("参加人数", IndicatorKind.QUANTITY, "50人")
        True
        >>> says_enough("工作水平", IndicatorKind.TEXT, "提升")
        False
    """
    return _favoured(name, kind, value_text)[1] > _FAINT


def _favoured(name: str, kind: IndicatorKind, value_text: str) -> tuple[dict[str, float], float]:
    """Categories that suit an indicator, with what they still cost, and the cost of the others."""
    is_time_name = _TIME_NAME.search(name) is not None
    if "满意" in name:
        found = _SATISFACTION, _STRONG
    elif kind in _TIME_KINDS:
        found = _TIME, (_STRONG if is_time_name else _CLEAR)
    elif kind in _MONEY_KINDS:
        found = _COST, (_STRONG if _COST_NAME.search(name) else _CLEAR)
    elif kind == IndicatorKind.RATE:
        found = _EFFECTS | _QUALITY | (_TIME if is_time_name else {}), _WEAK
    elif kind == IndicatorKind.QUANTITY:
        found = _EFFECTS | {"数量指标": 0.0}, _WEAK
    elif _TIME_TEXT.match(value_text) or is_time_name:
        found = _TIME, _CLEAR
    elif _QUALITY_TEXT.match(value_text):
        found = _QUALITY, _CLEAR
    elif _QUALITY_NAME.search(name):
        found = _QUALITY, _FAINT
    else:
        others = {"质量指标": 0.5} | dict.fromkeys(_BENEFITS, 0.5) | {"社会效益指标": 0.25}
        named = {category: 0.0 for category, words in _ABOUT.items() if words.search(name)}
        found = others | named, _FAINT
    return found
