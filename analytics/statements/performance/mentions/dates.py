"""Dates in a running text, as intervals; a date without a year takes none that is not clear."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.schema.form_vocabularies import Comparator, DateBasis, MentionKind
from analytics.statements.performance.mentions.model import Figure, Moment
from analytics.statements.performance.mentions.plain import PlainText

__all__ = ["find_dates"]

_JOIN = r"(?:[-—–~～]{1,2}|至|到)"
_YEAR = rf"(?P<y#>(?:19|20)\d\d)(?:年度?|[.．](?=\d{{1,2}}月)|(?={_JOIN}(?:19|20)\d\d年))"
_MONTH = rf"(?P<m#>\d{{1,2}})(?:月份?|(?={_JOIN}\d{{1,2}}月))"
_DAY = r"(?P<d#>\d{1,2})(?:[日号]|(?=之?前))"
_PART = r"(?P<part#>上旬|中旬|下旬|初|底|末)"
_HALF = r"(?P<half#>[上下])半年度?|第?(?P<q#>[一二三四1-4])季度"
_REST = rf"(?:{_MONTH}(?:{_DAY}|{_PART})?|{_HALF})"
_ONE = (
    rf"(?=(?:19|20)\d\d|\d{{1,2}}(?:月|{_JOIN})|[上下]半年|第?[一二三四1-4]季度|年[底末])"
    rf"(?:{_YEAR})?(?:{_REST}|(?P<ye#>年?[底末]))?"
)
_DATE = re.compile(
    rf"(?<!\d)(?:(?<!\d\.)|(?=(?:19|20)\d\d年))(?:{_ONE.replace('#', '1')})(?:{_JOIN}(?:{_ONE.replace('#', '2')}))?"
    r"(?P<bound>之?前|以前|止|起|以后|之后|开始)?"
)
_QUARTERS = dict(zip("一二三四1234", (1, 2, 3, 4, 1, 2, 3, 4), strict=True))
_TENS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31)}
_TENS["末"] = _TENS["底"]
_BOUNDS = {
    "止": Comparator.AT_MOST,
    "起": Comparator.AT_LEAST,
    "开始": Comparator.AT_LEAST,
    "以后": Comparator.MORE_THAN,
    "之后": Comparator.MORE_THAN,
}
_OF_A_THING = re.compile(
    r"^[^，,。;；:：]{0,10}?(?:项目|合同|尾款|质保金|资金|经费|费用|预算|应支|未支|任务|协议|会议|通知)"
)
"""A year in front of these is theirs (2031年设备余款), and says nothing of the dates that follow."""


@dataclass(frozen=True, slots=True)
class _Day:
    """First and last day of a named span; months and days stay where the year is missing."""

    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    is_fine: bool
    """Whether it names a day or a part of a month, not whole months."""


def find_dates(text: PlainText) -> tuple[Figure, ...]:
    """Every date of a text in order.

    ``前`` leaves the beginning open: ``9月底前`` ends with September, ``12月前`` with November.
    A date without a year takes the year of the date before it in its sentence, or that of a year
    that opens the sentence; otherwise it has month and day only. 上旬, 中旬 and 下旬 are ten days;
    初 and 底 are read like 上旬 and 下旬.

    Examples:
        >>> text = PlainText.of("2031年4月中旬下达后采购，6月底前签订合同。预计9月验收。")
        >>> for figure in find_dates(text):
        ...     moment = figure.moment
        ...     print(moment.date_from, moment.date_to, moment.month_day_to, moment.basis)
        2031-04-11 2031-04-20 420 stated
        None 2031-06-30 630 carried
        None None 930 none
    """
    found: list[Figure] = []
    carried: int | None = None
    sentence = -1
    for match in _DATE.finditer(text.masked):
        if text.sentence_of(match.start()) != sentence:
            sentence, carried = text.sentence_of(match.start()), None
        spans = [*_spans(match)]
        if not spans:
            continue
        stated = next((span.year for span in spans if span.year is not None), None)
        basis = DateBasis.NONE
        if stated is not None:
            basis = DateBasis.STATED
        elif carried is not None:
            basis = DateBasis.CARRIED
        year = stated if stated is not None else carried
        moment, comparator = _bounded(spans, match["bound"], year, basis)
        found.append(
            Figure(
                MentionKind.DATE,
                match.start(),
                match.end(),
                comparator=comparator,
                moment=moment,
            )
        )
        last = next((span.year for span in reversed(spans) if span.year is not None), None)
        if last is not None:
            # another year without a month makes it unclear whose the dates behind it are
            carried = last if _governs(text, match, spans) else None
    return tuple(found)


def _governs(text: PlainText, match: re.Match[str], spans: list[_Day]) -> bool:
    """Whether the year of a date goes on for the dates behind it in its sentence."""
    is_year_alone = spans[0].first == (1, 1) and spans[-1].last == (12, 31)
    if not is_year_alone:
        return True
    start, _ = text.sentence(match.start(), match.end())
    opens = len(text.plain[start : match.start()].lstrip("0123456789.、()一二三四五")) <= 1
    return opens and _OF_A_THING.match(text.plain[match.end() :]) is None


def _spans(match: re.Match[str]) -> Iterator[_Day]:
    """The one or two ends of a date as printed; the second borrows nothing here."""
    for number in (1, 2):
        group = {
            name: match[f"{name}{number}"] for name in ("y", "m", "d", "part", "half", "q", "ye")
        }
        if any(value is not None for value in group.values()):
            day = _day(group)
            if day is None:
                return
            yield day


def _day(group: dict[str, str | None]) -> _Day | None:
    year = int(group["y"]) if group["y"] else None
    if group["m"]:
        month = int(group["m"])
        if not 1 <= month <= 12:
            return None
        first, last = 1, _month_end(year, month)
        if group["d"]:
            first = last = int(group["d"])
        elif group["part"]:
            first, last = _TENS[group["part"]][0], min(_TENS[group["part"]][1], last)
        if not 1 <= last <= _month_end(year, month):
            return None
        return _Day(year, (month, first), (month, last), bool(group["d"] or group["part"]))
    if group["half"]:
        months = (1, 6) if group["half"] == "上" else (7, 12)
    elif group["q"]:
        quarter = _QUARTERS[group["q"]]
        months = (3 * quarter - 2, 3 * quarter)
    elif group["ye"]:
        return _Day(year, (12, 21), (12, 31), True)
    else:
        months = (1, 12)
    return _Day(year, (months[0], 1), (months[1], _month_end(year, months[1])), False)


def _month_end(year: int | None, month: int) -> int:
    return monthrange(year or 2024, month)[1]


def _bounded(
    spans: list[_Day], bound: str | None, year: int | None, basis: DateBasis
) -> tuple[Moment, Comparator | None]:
    """The interval that one or two named ends and the word behind them leave."""
    begin, end = spans[0], spans[-1]
    last_year = end.year if end.year is not None else year
    first, last = begin.first, end.last
    low = _calendar(begin.year if begin.year is not None else year, first)
    high = _calendar(last_year, last)
    comparator = _BOUNDS.get(bound or "")
    if bound is not None and bound.endswith("前"):
        comparator = Comparator.AT_MOST if end.is_fine else Comparator.LESS_THAN
        if not end.is_fine:
            # "before December" ends with November, "before 2031" with 2030
            last, high = _eve(end.first), _day_before(_calendar(last_year, end.first))
    moment = Moment(_code(first), _code(last), low, high, basis)
    if comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        moment = replace(moment, month_day_from=None, date_from=None)
    elif comparator is Comparator.AT_LEAST:
        moment = replace(moment, month_day_to=None, date_to=None)
    elif comparator is Comparator.MORE_THAN:
        after = None if high is None else high + timedelta(days=1)
        moment = Moment(None, None, after, None, basis)
    return moment, comparator


def _calendar(year: int | None, day: tuple[int, int]) -> date | None:
    if year is None:
        return None
    # the end of February is kept as the 29th, and nobody proof-reads "31 June"
    month, number = day
    return date(year, month, min(number, monthrange(year, month)[1]))


def _day_before(day: date | None) -> date | None:
    return None if day is None else day - timedelta(days=1)


def _eve(day: tuple[int, int]) -> tuple[int, int]:
    before = date(2024, *day) - timedelta(days=1)
    return before.month, before.day


def _code(day: tuple[int, int]) -> int:
    return day[0] * 100 + day[1]
