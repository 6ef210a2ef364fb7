"""The value text of a target as comparator, number, unit and kind.

A printed target binds a number (``≥400万平方米``), names a day (``9月底前``), a rhythm (``每月``)
or a quality (``合格``). Only the first has a number here; the text is always kept beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from analytics.amounts import fold_digits, parse_number
from analytics.schema.form_vocabularies import Comparator, IndicatorKind
from analytics.statements.wording import squeeze

__all__ = ["Target", "parse_target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a target text states.

    Args:
        kind: Sort of target.
        comparator: How it binds its number; ``None`` where it has none.
        value: The number in ``unit``, multipliers such as 万 worked in; percent stay percent.
        step: Printed precision of ``value``.
        unit: Unit in its normal form, ``元/人/月`` with every part.
        per_unit: What one unit cost or rate is paid or counted for, without the period.
        per_period: Period it is paid or counted for.
    """

    kind: IndicatorKind
    comparator: Comparator | None = None
    value: Decimal | None = None
    step: Decimal | None = None
    unit: str | None = None
    per_unit: str | None = None
    per_period: str | None = None


_BEFORE: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (
        re.compile("≥|≧|⩾|>=|不少于|不低于|不小于|不短于|至少|大于等于|大于或等于|最少"),
        Comparator.AT_LEAST,
    ),
    (
        re.compile(
            "≤|≦|⩽|<=|不超过|不高于|不大于|不多于|不长于|至多|最多|小于等于|小于或等于|控制在"
        ),
        Comparator.AT_MOST,
    ),
    (re.compile(">|大于|超过|高于|多于"), Comparator.MORE_THAN),
    (re.compile("<|小于|低于|少于"), Comparator.LESS_THAN),
    (re.compile("=|等于|达到|达|共计|共|为"), Comparator.EQUAL),
)
_AFTER: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (re.compile("(?:及其?以上|以上|起)$"), Comparator.AT_LEAST),
    (re.compile("(?:及其?以下|以下|以内|之内|内)$"), Comparator.AT_MOST),
)
_ABOUT = re.compile("^(?:约|大约|预计|全年)")
_ANGLES = str.maketrans("＞＜＝﹥﹤", "><=><")

_MULTIPLIERS: dict[str, Decimal] = {
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
}
_NUMBER = re.compile(
    r"^(?P<digits>-?\d[\d,]*(?:\.\d+)?)(?P<times>万亿|亿|千万|百万|万)?(?P<more>余|多)?(?P<unit>.*)$"
)
_CHINESE_DIGITS = dict(
    zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)
)
_DIGIT = re.compile(r"[\d一二两三四五六七八九十]")
_CHINESE_NUMBER = re.compile(
    r"^([一二两三四五六七八九十])(?=个|周|天|日|年|小时|次|名|套|项|份|家)"
)

_LARGEST, _FINEST = Decimal(10) ** 15, Decimal("1e-8")
"""Beyond these a string of digits is an identifier and states no target."""

_PERIODS = {
    "年": "年",
    "半年": "半年",
    "季度": "季度",
    "季": "季度",
    "学期": "学期",
    "月": "月",
    "个月": "月",
    "周": "周",
    "日": "日",
    "天": "天",
    "小时": "小时",
}
_DURATIONS = _PERIODS | {
    "个工作日": "工作日",
    "工作日": "工作日",
    "个自然日": "自然日",
    "自然日": "自然日",
    "个季度": "季度",
    "个星期": "周",
    "星期": "周",
    "个小时": "小时",
    "分钟": "分钟",
}
_UNITS = {"平米": "平方米", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "个人": "人"}
_COUNTERS = frozenset("个项件套家台份处本册幅座间门部篇")
"""Words that count things: several of them side by side (台/套) are one unit, no rate."""
_UNIT = re.compile(r"^[㎡²A-Za-z\u4e00-\u9fff]{1,6}\d?$")

_DEADLINE = re.compile(
    r"^(?:(?:20\d\d|当|本|次|下)?年度?)?(?:第?[一二三四1-4]季度|[上下]半年"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)?"
    r"(?:\d{1,2}[日号]?)?(?:[初底末]|[上中下]旬)?(?:之?前|以前|内|止)?(?:完成|支付|办结)?$"
)
_SPAN = re.compile(
    r"^(?:20\d\d年)?\d{1,2}月?(?:\d{1,2}日)?(?:至|到|-|~|～)"
    r"(?:20\d\d年)?\d{1,2}(?:月(?:\d{1,2}日)?|日)(?:底|份)?(?:之?前)?$"
)
_LENGTH = re.compile(r"^(?:\d{1,3}[天日年]|[一二三四五六七八九十]年?[天日周])")
"""Days or years counted (``10日内``, ``3年``), which name no date."""
_TIME_WORD = re.compile(r"[年月季日底初末旬度]")
_FREQUENCY = re.compile(r"^(?:每|按)(?:个)?(半年|年度?|季度?|月度?|周|日|天|旬|学期)(?:.{0,6})$")
_RANGE = re.compile(r"^\d[\d.,]*[%万亿]*[^\d.,]{0,3}(?:-|~|～|—|至|到)\d")


@lru_cache(maxsize=4096)
def parse_target(text: str | None) -> Target:
    """Read the value text of a target.

    A count without comparator binds as ``=``. Percentages keep the number that was printed, with
    the unit ``%``. A range and a text have no number.

    Args:
        text: Value text as printed; ``None`` or blank for a target left blank.

    Returns:
        The target; never ``None``.

    Examples:
        >>> area = parse_target(">400万平方米")
        >>> str(area.comparator), area.value, area.unit
        ('>', Decimal('4000000'), '平方米')
        >>> wage = parse_target("不超过3800元/人/月")
        >>> str(wage.comparator), wage.value, wage.unit, wage.per_unit, wage.per_period
        ('≤', Decimal('3800'), '元/人/月', '人', '月')
        >>> texts = ("9月底前", "≤15个工作日", "每月", "合格", "90%以上")
        >>> [str(parse_target(text).kind) for text in texts]
        ['deadline', 'duration', 'frequency', 'text', 'rate']
    """
    plain = squeeze(text or "").translate(_ANGLES).rstrip("。;；")
    if not plain or not plain.strip("-—–/"):
        return Target(IndicatorKind.BLANK)
    return _time_target(plain) or _number_target(plain) or Target(IndicatorKind.TEXT)


def _time_target(plain: str) -> Target | None:
    """A day or a rhythm, which have no number to compare."""
    if _FREQUENCY.match(plain):
        return Target(IndicatorKind.FREQUENCY)
    is_day = _DEADLINE.match(plain) and _TIME_WORD.search(plain) and not _LENGTH.match(plain)
    if is_day or _SPAN.match(plain):
        return Target(IndicatorKind.DEADLINE)
    return None


def _number_target(plain: str) -> Target | None:
    if not _DIGIT.search(plain):
        return None
    comparator, rest = _comparator(plain)
    if _RANGE.match(rest):
        return Target(_kind_of_range(rest))
    digits = _CHINESE_NUMBER.match(rest)
    if digits is not None:
        rest = f"{_CHINESE_DIGITS[digits[1]]}{rest[1:]}"
    match = _NUMBER.match(rest)
    number = parse_number(match["digits"]) if match else None
    if match is None or number is None:
        return None
    if match["more"]:
        comparator = comparator or Comparator.MORE_THAN
    if match["times"]:
        number = number.scaled(_MULTIPLIERS[match["times"]])
    described = _describe(fold_digits(match["unit"]))
    if described is None or number.value >= _LARGEST or 0 < number.step < _FINEST:
        return None
    kind, unit, per_unit, per_period = described
    # a whole number times a power of ten stays a whole number, without an exponent
    value, step = (
        part.quantize(Decimal(1)) if part == part.to_integral_value() else part
        for part in (number.value, number.step)
    )
    return Target(
        kind, comparator or Comparator.EQUAL, value, step, unit or None, per_unit, per_period
    )


def _comparator(plain: str) -> tuple[Comparator | None, str]:
    """The comparator, and the text without the words that state it."""
    found: Comparator | None = None
    rest = _ABOUT.sub("", plain)
    for pattern, comparator in _BEFORE:
        match = pattern.match(rest)
        if match:
            found, rest = comparator, rest[match.end() :]
            break
    for pattern, comparator in _AFTER:
        match = pattern.search(rest)
        if match and match.start() > 0:
            exact = found in (None, Comparator.EQUAL)
            return (comparator if exact else found), rest[: match.start()]
    return found, rest


def _describe(suffix: str) -> tuple[IndicatorKind, str, str | None, str | None] | None:
    """Kind, unit, per-unit and per-period of what stands behind a number."""
    if suffix in {"%", "‰", "个百分点"}:
        return IndicatorKind.RATE, suffix, None, None
    if suffix in _DURATIONS:
        return IndicatorKind.DURATION, _DURATIONS[suffix], None, None
    if not suffix or set(re.split(r"[/、]", suffix)) <= _COUNTERS:
        return IndicatorKind.QUANTITY, suffix.replace("、", "/"), None, None
    base, *parts = re.split(r"[/·•.*×每]", suffix)
    base = _UNITS.get(base, base)
    parts = [_PERIODS.get(part, _UNITS.get(part, part)) for part in parts]
    if not all(_UNIT.match(part) for part in (base, *parts)):
        return None
    per_period = next((part for part in parts if part in _PERIODS.values()), None)
    per_unit = next((part for part in parts if part not in _PERIODS.values()), None)
    unit = "/".join((base, *parts))
    if base == "元":
        return (
            (IndicatorKind.UNIT_COST if parts else IndicatorKind.MONEY),
            unit,
            per_unit,
            per_period,
        )
    is_rhythm = per_period is not None and per_unit is None and base == "次"
    kind = IndicatorKind.FREQUENCY if is_rhythm else IndicatorKind.QUANTITY
    return kind, unit, per_unit, per_period


def _kind_of_range(rest: str) -> IndicatorKind:
    if rest.endswith("%"):
        return IndicatorKind.RATE
    if rest.endswith("元"):
        return IndicatorKind.MONEY
    if any(rest.endswith(unit) for unit in _DURATIONS):
        return IndicatorKind.DURATION
    return IndicatorKind.QUANTITY
