"""Numbers of a workbook as its cells show them: the number formats of Excel.

A cell stores ``1234.5`` and a format; what is published is what the cell shows, ``1234.50``.
Thousands separators are left out. Everything else follows ECMA-376, part 1, 18.8.30 and 18.8.31
(number formats and their built-in identifiers, those of zh-CN included).
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from functools import lru_cache
from typing import NamedTuple

__all__ = ["BUILT_IN_FORMATS", "GENERAL", "show_number"]

GENERAL = "General"
"""The format of a cell that has none."""

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'

BUILT_IN_FORMATS: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-m-yy",
    16: "d-m",
    17: "yyyy-m",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 55, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 56, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"',
    35: 'h"时"mm"分"ss"秒"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '"¥"#,##0;"¥"-#,##0;"¥""-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-"',
    45: "mm:ss",
    46: "h:mm:ss",
    47: "mm:ss",
    49: "@",
}
"""Format codes by built-in identifier, as a Chinese system shows them."""

_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|[\\!].)
    |(?P<skip>_.|\*.)
    |\[(?P<bracket>[^\]]*)\]
    |(?P<general>General|G/通用格式)
    |(?P<half>AM/PM|A/P|上午/下午)
    |(?P<exponent>E[+-])
    |(?P<date>y+|e+|m+|d+|h+|s+|a{3,})
    |(?P<digit>[0#?])
    |(?P<point>\.)
    |(?P<comma>,)
    |(?P<percent>%)
    |(?P<text>@)
    |(?P<end>;)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_ELAPSED = re.compile(r"^(?:h+|m+|s+)$", re.IGNORECASE)
_LONGEST_CODE = 255
_LAST_DAY = 2_958_466
_WEEKDAYS = "一二三四五六日"


class _Token(NamedTuple):
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[_Token, ...]
    operator: str | None = None
    bound: float = 0.0

    def has(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)

    def takes(self, value: float) -> bool:
        return self.operator is None or _COMPARISONS[self.operator](value, self.bound)


def show_number(value: float, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """The text that a cell shows for a number.

    Args:
        value: The stored number.
        code: Number format of the cell.
        since_1904: Whether days count from 1904, as in workbooks of old Macintoshes.

    Returns:
        The text, without thousands separators; empty where the format shows nothing.

    Examples:
        >>> show_number(1840.75), show_number(3.0), show_number(1234.5, "#,##0.00_ ")
        ('1840.75', '3', '1234.50')
        >>> show_number(45292.0, 'yyyy"年"m"月"'), show_number(0.0, '0.00;-0.00;"—"')
        ('2024年1月', '—')
        >>> show_number(301.0, "00000"), show_number(0.2249, "0.00%")
        ('00301', '22.49%')
    """
    if not math.isfinite(value) or len(code) > _LONGEST_CODE:
        return str(value)
    sections = _sections(code)
    section, is_signed = _choose(sections, value)
    shown: str | None = None
    if not section.tokens and len(sections) > 1:
        shown = ""
    elif section.has("date"):
        shown = _show_date(value, section.tokens, since_1904=since_1904)
    elif (section.has("digit") or section.has("literal")) and not section.has("exponent"):
        shown = _show_digits(value, section.tokens, is_signed=is_signed)
    return _plain(value) if shown is None else shown


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[_Token] = []
    comparison, bound = None, 0.0

    def close() -> None:
        sections.append(_Section(tuple(tokens), comparison, bound))
        tokens.clear()

    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match[0]
        if kind == "end":
            close()
            comparison, bound = None, 0.0
        elif kind == "bracket":
            inner = match["bracket"]
            if condition := _CONDITION.match(inner):
                comparison, bound = condition[1], float(condition[2])
            elif _ELAPSED.match(inner):
                tokens.append(_Token("date", inner.lower()))
            elif inner.startswith("$") and (sign := inner[1:].split("-")[0]):
                tokens.append(_Token("literal", sign))
        elif kind == "literal":
            tokens.append(_Token(kind, text.strip('"') if text[0] == '"' else text[1:]))
        elif kind == "other":
            tokens.append(_Token("literal" if text.strip() else "space", text))
        elif kind not in ("skip", "half"):
            tokens.append(_Token(kind, text.lower() if kind == "date" else text))
    close()
    return tuple(sections)


def _choose(sections: Sequence[_Section], value: float) -> tuple[_Section, bool]:
    """The section for a number, and whether its sign is still to be printed."""
    if any(section.operator for section in sections):
        chosen = next((s for s in sections if s.takes(value)), sections[-1])
        return chosen, value < 0
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], value < 0


def _plain(value: float) -> str:
    """A number without any format: its 15 digits that count, never an exponent."""
    number = Decimal(f"{value:.15g}")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_digits(value: float, tokens: Sequence[_Token], *, is_signed: bool) -> str | None:
    """A number in its digits; ``None`` where there are more of them than any amount has."""
    kinds = [token.kind for token in tokens]
    point = kinds.index("point") if "point" in kinds else len(tokens)
    places = [i for i, kind in enumerate(kinds) if kind == "digit" and i < point]
    decimals = [token.text for token in tokens[point:] if token.kind == "digit"]
    last = places[-1] if places else -1
    thousands = 0
    while last + 1 + thousands < len(tokens) and kinds[last + 1 + thousands] == "comma":
        thousands += 1
    try:
        number = abs(Decimal(f"{value:.15g}")).scaleb(2 * kinds.count("percent") - 3 * thousands)
        rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except DecimalException:
        return None
    whole, _, fraction = f"{rounded:f}".partition(".")
    optional = "".join(decimals).rstrip("#?")
    fraction = fraction[: len(optional)] + fraction[len(optional) :].rstrip("0")
    if whole == "0" and not fraction and not any(tokens[i].text == "0" for i in places):
        whole = ""
    shown = _fill(whole, tokens[:point], places) + (f".{fraction}" if fraction else "")
    shown += "".join(t.text for t in tokens[point:] if t.kind in ("literal", "percent", "space"))
    sign = "-" if is_signed and rounded else ""
    return sign + shown.strip()


def _fill(whole: str, tokens: Sequence[_Token], places: Sequence[int]) -> str:
    """Put digits into their places from the right; literals between the places stay there."""
    if not places:
        return "".join(t.text for t in tokens if t.kind in ("literal", "space")) + whole.strip("0")
    left = list(whole)
    shown: list[str] = []
    for index in reversed(range(len(tokens))):
        token = tokens[index]
        if token.kind == "digit":
            shown.append(left.pop() if left else token.text.strip("#?"))
            if index == places[0]:
                shown.extend(reversed(left))
        elif token.kind in ("literal", "percent", "space"):
            shown.append(token.text)
    return "".join(reversed(shown))


def _show_date(value: float, tokens: Sequence[_Token], *, since_1904: bool) -> str | None:
    """A day or a time; ``None`` where the number is none."""
    days = value + (1462 if since_1904 else 0)
    if not 0 <= days < _LAST_DAY:
        return None
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
    dates = [i for i, token in enumerate(tokens) if token.kind == "date"]
    shown = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            at = dates.index(index)
            before = tokens[dates[at - 1]].text[0] if at else ""
            after = tokens[dates[at + 1]].text[0] if at + 1 < len(dates) else ""
            shown.append(_date_part(moment, token.text, is_minute=before == "h" or after == "s"))
        elif token.kind in ("literal", "space", "point", "comma"):
            shown.append(token.text)
    return "".join(shown).strip()


def _date_part(moment: datetime, text: str, *, is_minute: bool) -> str:
    letter, width = text[0], len(text)
    if letter in "ye":
        return f"{moment.year % 100:02}" if text == "yy" else str(moment.year)
    if letter == "a" or (letter == "d" and width > 2):
        weekday = _WEEKDAYS[moment.weekday()]
        return f"星期{weekday}" if width > 3 else weekday
    number = {
        "m": moment.minute if is_minute else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }[letter]
    return f"{number:02}" if width == 2 else str(number)
