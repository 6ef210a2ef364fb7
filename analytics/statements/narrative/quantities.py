"""Numbers with their units in a squeezed sentence: money, percentages, counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from analytics.amounts import MONEY_UNITS, PrintedNumber, parse_number

__all__ = ["Measure", "Quantity", "find_malformed", "find_quantities"]


class Measure(Enum):
    """What a number measures; a multiple ("增长2倍") is a rate as a percentage is."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in a sentence.

    Args:
        measure: What it measures.
        number: The number in ``unit``; its text is as printed, without the unit.
        unit: Unit in its normal form.
        start: Offset of its first character in the squeezed sentence.
        end: Offset behind its unit.
    """

    measure: Measure
    number: PrintedNumber
    unit: str
    start: int
    end: int


_ONE = Decimal(1)
_COUNT_UNITS: dict[str, tuple[str, Decimal]] = {
    "万平方米": ("平方米", Decimal(10_000)),
    "平方米": ("平方米", _ONE),
    "㎡": ("平方米", _ONE),
    "台(套)": ("台（套）", _ONE),
    "台/套": ("台（套）", _ONE),
    "台套": ("台（套）", _ONE),
    **{unit: (unit, _ONE) for unit in ("台", "套", "辆", "批次", "人次", "户", "家", "艘", "架")},
    **{"名": ("人", _ONE), "人": ("人", _ONE), "个": ("个", _ONE)},
}
_RATES = ("%", "倍")
_UNITS = sorted((*MONEY_UNITS, *_COUNT_UNITS, *_RATES), key=len, reverse=True)
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SHORT = {"万": "万元", "亿": "亿元"}
_UNIT = "(?:" + "|".join(map(re.escape, _UNITS)) + r"|[万亿](?=[，;。、)]|$))(?!月|工作日|百分点)"
_QUANTITY = re.compile(
    rf"(?<![\d.,第])(?P<number>{_NUMBER})(?:(?P<unit>{_UNIT})|(?=[、和]{_NUMBER}(?P<later>{_UNIT})))"
)
_ANY_MONEY = re.compile(r"\d[\d,.]*(?:" + "|".join(MONEY_UNITS) + ")")
_NO_UNIT = re.compile(
    r"(?:增加|增长|上升|减少|下降|降低|占)(?:了|为|约)?(?P<number>\d[\d,.]*)(?=[，;。]|$)"
)
_THRESHOLD = re.compile(r"(?:\([^()]*\))?(?:\(?含\)?)?以[上下内]")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit, in order; a number without one takes that of the next in its list.

    Years, dates and thresholds ("50万元以上") are no quantities.

    Examples:
        >>> [(q.number.text, q.unit) for q in find_quantities("减少120.40万元，下降12.31%")]
        [('120.40', '万元'), ('12.31', '%')]
        >>> [(q.number.text, q.unit) for q in find_quantities("各增加3.00、4.50万元")]
        [('3.00', '万元'), ('4.50', '万元')]
        >>> find_quantities("2024年价值50万元(原值)以上的设备")
        ()
    """
    found = []
    for match in _QUANTITY.finditer(text):
        number = parse_number(match["number"])
        unit = match["unit"] or match["later"]
        unit = _SHORT.get(unit, unit)
        if number is None or _THRESHOLD.match(text, match.end()):
            continue
        measure = Measure.MONEY
        if unit in _RATES:
            measure = Measure.PERCENT
        elif unit in _COUNT_UNITS:
            measure = Measure.COUNT
            unit, factor = _COUNT_UNITS[unit]
            number = number.scaled(factor)
        found.append(Quantity(measure, number, unit, match.start(), match.end()))
    return tuple(found)


def find_malformed(text: str, quantities: tuple[Quantity, ...]) -> tuple[tuple[int, int], ...]:
    """Spans of what looks like an amount or a rate but cannot be read as one.

    That is money whose digits are no well-formed number, and a change or share without a unit.

    Examples:
        >>> text = "预算12,34.00万元，减少9.52，占5%"
        >>> [text[start:end] for start, end in find_malformed(text, find_quantities(text))]
        ['12,34.00万元', '9.52']
    """
    read = {quantity.end for quantity in quantities}
    spans = [match.span() for match in _ANY_MONEY.finditer(text) if match.end() not in read]
    spans = [span for span in spans if not _THRESHOLD.match(text, span[1])]
    spans += [match.span("number") for match in _NO_UNIT.finditer(text)]
    return tuple(sorted(spans))
