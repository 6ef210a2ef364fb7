"""Amounts, percentages and quantities in a running text."""

from __future__ import annotations

import re
from decimal import Decimal

from analytics.amounts import MONEY_UNITS, PrintedNumber, parse_number
from analytics.schema.form_vocabularies import Comparator, MentionKind
from analytics.statements.performance.mentions.model import Figure
from analytics.statements.performance.mentions.plain import PlainText

__all__ = ["PERIODS", "find_numbers"]

PERIODS = {
    "年": "年",
    "半年": "半年",
    "季度": "季度",
    "季": "季度",
    "学期": "学期",
    "个月": "月",
    "月": "月",
    "周": "周",
    "天": "天",
    "日": "天",
    "小时": "小时",
    "学时": "学时",
    "课时": "课时",
}
"""Units of time, each with its normal form."""

_COUNTERS = {
    **{
        each: each
        for each in "个项件套台家处本册幅座间篇份次场期种条块辆户亩米吨端组张把部支只株棵"
    },
    **{each: each for each in "卷盒箱节所盏面班例类位名人款站点幢栋门对届轮批"},
    **{"名": "人", "位": "人", "㎡": "平方米", "平米": "平方米"},
    **{
        each: each
        for each in (
            "人次",
            "批次",
            "场次",
            "人天",
            "平方米",
            "平方公里",
            "立方米",
            "公顷",
            "公里",
            "千米",
            "公斤",
            "千克",
            "万户",
            "工作日",
            "自然日",
            "分钟",
        )
    },
    **{"个工作日": "工作日", "个自然日": "自然日", "个小时": "小时", "个季度": "季度"},
}
_TIMES = {
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
    "千": Decimal(10) ** 3,
}
_LARGE = ("万", "亿", "百万", "千万")
_CHINESE = dict(zip("两三四五六七八九十", range(2, 11), strict=True))


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_UNITS = {**_COUNTERS, **PERIODS}
_PER = rf"(?:[/·•*×每](?:{_any(_UNITS)}))*"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RANGE = rf"(?P<range>(?:[%万亿千元]{{0,2}})(?:[-—–~～]{{1,2}}|至|到)(?:{_DIGITS}))?"
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z])(?<!\d[.,])(?P<digits>{_DIGITS}){_RANGE}"
    rf"(?P<times>{_any(_TIMES)})?(?P<more>余|多)?"
    rf"(?:(?P<yuan>元)(?P<per>{_PER})|(?P<rate>%|‰)|(?P<count>{_any(_UNITS)})(?P<each>{_PER})"
    r"|(?P<bare>))"
)
_SPELT = re.compile(
    rf"(?<![第十百千万一二三四五六七八九\d])(?P<spelt>[{''.join(_CHINESE)}])"
    r"(?P<count>[个项名台套次家期份类条种])(?![级层])"
)
_NO_COUNT = re.compile(r"^(?:年度|月份|日常|期间|期末|次日|项目期|类似|名单|位于|部门|点击)")
"""Words that begin like a unit and are none."""

_PER_BEFORE = re.compile(
    rf"(?:每|按)(?P<unit>{_any(_UNITS)})(?:每(?P<then>{_any(PERIODS)}))?[^，,;；。:：\d]{{0,8}}$"
)
_EACH_BEFORE = re.compile(
    r"(?:单价|人均|每[^，,;；。:：\d]{1,3}[^，,;；。:：\d]{0,6})[为约是按:：]{0,2}$"
)
_BINDS_BEFORE = (
    (re.compile(r"(?:≥|不少于|不低于|不小于|至少|最少|不短于)$"), Comparator.AT_LEAST),
    (re.compile(r"(?:≤|不超过|不高于|不大于|不多于|至多|最多|控制在)$"), Comparator.AT_MOST),
    (re.compile(r"(?:>|大于|超过|高于|多于)$"), Comparator.MORE_THAN),
    (re.compile(r"(?:<|小于|低于|少于)$"), Comparator.LESS_THAN),
)
_BINDS_AFTER = (
    (re.compile(r"^(?:\([^()]*\))?(?:及其?|\(?含\)?)?以上"), Comparator.AT_LEAST),
    (re.compile(r"^(?:\([^()]*\))?(?:及其?|\(?含\)?)?(?:以下|以内|之内)"), Comparator.AT_MOST),
)
_ABOUT_BEFORE = re.compile(r"(?:约|近|大概|大致)(?:为|需)?$")
_ABOUT_AFTER = re.compile(r"^(?:左右|上下)")

_MONEY_NEAR = re.compile(r"费|金|款|预算|支付|经费|成本|补助|补贴|奖励|工资|投资|采购")
_NO_MONEY = re.compile(r"(?:人口|人数|面积|用户|户数|点击|阅读|数据|产量|次数)[^，,;；。]{0,6}$")
_ENDS = re.compile(r"^(?:[，,;；。、():：左余的用为\0]|$|元|质保|尾款|合同|资金|经费)")


def find_numbers(text: PlainText, dates: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Every number with a unit, in order.

    A bare 万 is money where money is spoken of: in its clause, or by other amounts of the text;
    otherwise its amount in yuan stays unknown. A range has neither value nor amount. Numbers in
    titles and numbers of documents, articles and lists are none.

    Args:
        text: The text.
        dates: Its dates, in which no numbers are looked for.

    Examples:
        >>> text = PlainText.of("培训60人次，每人400元，约需2.4万元；购书不少于3万册，占80%。")
        >>> for figure in find_numbers(text, ()):
        ...     print(figure.kind, figure.value, figure.unit, figure.yuan, figure.per_unit)
        quantity 60 人次 None None
        money 400 元 400 人
        money 2.4 万元 24000.0 None
        quantity 30000 册 None None
        share 80 % None None
    """
    masked = text.masking((figure.start, figure.end) for figure in dates)
    matches = [*_NUMBER.finditer(masked)]
    # one amount that is money without doubt makes the bare 万 of the same text money too
    has_money = any(
        match["times"] in _LARGE and (match["yuan"] or _is_money(text, match, False))
        for match in matches
    )
    found = [figure for match in matches if (figure := _figure(text, match, has_money)) is not None]
    found += [
        Figure(
            MentionKind.QUANTITY,
            match.start(),
            match.end(),
            Decimal(_CHINESE[match["spelt"]]),
            Decimal(1),
            _UNITS[match["count"]],
        )
        for match in _SPELT.finditer(masked)
    ]
    return tuple(sorted(found, key=lambda figure: figure.start))


def _figure(text: PlainText, match: re.Match[str], has_money: bool) -> Figure | None:
    number = parse_number(match["digits"])
    kind = _kind(text, match, has_money)
    if number is None or kind is None:
        return None
    start, end = match.span()
    piece = text.piece(start, end)
    before, after = text.plain[piece[0] : start], text.plain[end : piece[1]]
    about = _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after)
    comparator = _comparator(before, after)
    bare = before[: about.start()] if about and about.string is before else before
    per_unit, per_period = _per(match["per"] or match["each"] or "", bare)
    is_range = match["range"] is not None
    if match["more"] and comparator is None:
        comparator = Comparator.MORE_THAN
    times = _TIMES.get(match["times"] or "", Decimal(1))
    if kind is MentionKind.MONEY:
        unit = (match["times"] or "") + "元"
        yuan = number.scaled(times)
        is_clear = not is_range and (match["yuan"] is not None or _is_money(text, match, has_money))
        value = number
    else:
        unit = match["rate"] or _UNITS[match["count"]]
        yuan, is_clear = number, False
        value = _whole(number.scaled(times))
        per_unit, per_period = _per(match["each"] or "", "")
    return Figure(
        kind,
        start,
        end,
        None if is_range else value.value,
        None if is_range else value.step,
        unit
        if kind is not MentionKind.MONEY or unit in MONEY_UNITS or is_clear
        else match["times"],
        yuan.value if is_clear else None,
        yuan.step if is_clear else None,
        per_unit,
        per_period,
        comparator,
        bool(about or match["more"]),
    )


def _kind(text: PlainText, match: re.Match[str], has_money: bool) -> MentionKind | None:
    if match["yuan"]:
        return MentionKind.MONEY
    if match["rate"]:
        return MentionKind.SHARE
    rest = text.plain[match.start("count") :] if match["count"] else ""
    if match["count"] and not _NO_COUNT.match(rest):
        return MentionKind.QUANTITY
    if match["times"] in _LARGE and _is_money(text, match, has_money):
        return MentionKind.MONEY
    return None


def _is_money(text: PlainText, match: re.Match[str], has_money: bool) -> bool:
    """Whether a bare 万 is money, by the words around it."""
    start, end = text.piece(match.start(), match.end())
    before, after = text.plain[start : match.start()], text.plain[match.end() : end]
    if not _ENDS.match(text.plain[match.end() :]) or _NO_MONEY.search(before):
        return False
    return has_money or _MONEY_NEAR.search(before + after) is not None


def _per(behind: str, before: str) -> tuple[str | None, str | None]:
    """What an amount is paid for: by the words behind it, or by 每人每年 before it."""
    parts = re.findall(_any(_UNITS), behind)
    match = _PER_BEFORE.search(before)
    if not parts and match is not None:
        parts = [part for part in (match["unit"], match["then"]) if part]
    units = [_UNITS[part] for part in parts if part not in PERIODS]
    periods = [PERIODS[part] for part in parts if part in PERIODS]
    return (units[0] if units else None), (periods[0] if periods else None)


def _comparator(before: str, after: str) -> Comparator | None:
    for pattern, comparator in _BINDS_BEFORE:
        if pattern.search(before):
            return comparator
    for pattern, comparator in _BINDS_AFTER:
        if pattern.match(after):
            return comparator
    return None


def _whole(number: PrintedNumber) -> PrintedNumber:
    """A whole number times a power of ten, without an exponent."""
    value, step = (
        part.quantize(Decimal(1)) if part == part.to_integral_value() else part
        for part in (number.value, number.step)
    )
    return PrintedNumber(value, step, number.text)
