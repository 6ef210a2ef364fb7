"""The categories of performance indicators, and how printed labels name them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CATEGORIES",
    "COST",
    "COST_FIRST",
    "LEVEL1_OF",
    "Label",
    "is_header_word",
    "is_unknown_label",
    "match_label",
]

OUTPUT, BENEFIT, SATISFACTION, COST = "产出指标", "效益指标", "满意度指标", "成本指标"

CATEGORIES: tuple[str, ...] = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
)
"""Second-level categories in the order in which forms print them."""

COST_FIRST: tuple[str, ...] = (
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    *(category for category in CATEGORIES if category != "成本指标"),
)
"""The order of forms that print costs as a first-level category of their own."""

LEVEL1_OF: dict[str, str] = {
    "数量指标": OUTPUT,
    "质量指标": OUTPUT,
    "时效指标": OUTPUT,
    "成本指标": OUTPUT,
    "经济成本指标": COST,
    "社会成本指标": COST,
    "生态环境成本指标": COST,
    "经济效益指标": BENEFIT,
    "社会效益指标": BENEFIT,
    "生态效益指标": BENEFIT,
    "可持续影响指标": BENEFIT,
    "服务对象满意度指标": SATISFACTION,
}
"""First-level category of every second-level one."""

_ALIASES = {
    "可持续发展影响指标": "可持续影响指标",
    "可持续发展指标": "可持续影响指标",
    "生态效益影响指标": "生态效益指标",
    "时效性指标": "时效指标",
}
_HEADER_WORDS = {"绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "年度指标值", "指标名称"}
_LEVEL1 = (OUTPUT, BENEFIT, SATISFACTION)
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A printed category label: its level, its full name, and whether the print was cut."""

    level: int
    category: str
    is_truncated: bool = False


def match_label(key: str) -> Label | None:
    """The category a cell names; ``None`` where it is no category label.

    Args:
        key: Simplified text without spaces.

    Examples:
        >>> match_label("服务对象满意度指")
        Label(level=2, category='服务对象满意度指标', is_truncated=True)
        >>> match_label("产出指标").level, match_label("群众满意度")
        (1, None)
    """
    key = _ALIASES.get(key, key)
    if key in LEVEL1_OF:
        return Label(2, key)
    if key in _LEVEL1:
        return Label(1, key)
    if len(key) < _SHORTEST_STEM:
        return None
    for category in LEVEL1_OF:
        if category.startswith(key):
            return Label(2, category, is_truncated=True)
    for category in _LEVEL1:
        if category.startswith(key):
            return Label(1, category, is_truncated=True)
    return None


def is_header_word(key: str) -> bool:
    """Whether a cell is a word of the header (一级指标, 指标值 …)."""
    return key in _HEADER_WORDS


def is_unknown_label(key: str) -> bool:
    """Whether a cell looks like a category label but names none that exists.

    Examples:
        >>> is_unknown_label("综合指标"), is_unknown_label("数量指标")
        (True, False)
    """
    return len(key) == 4 and key.endswith("指标") and match_label(key) is None
