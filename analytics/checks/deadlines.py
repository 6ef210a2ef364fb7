"""The last day that a printed deadline allows, as one expression over all documents."""

from __future__ import annotations

import polars as pl

__all__ = ["last_day", "names_year"]

_DIGITS = "一二三四五六七八九"
_CHINESE = (
    {"十": 10}
    | {f"十{digit}": 10 + value for value, digit in enumerate("一二", start=1)}
    | {digit: value for value, digit in enumerate(_DIGITS, start=1)}
)
_NUMBERS = {str(number): number for number in range(1, 32)} | {
    f"0{number}": number for number in range(1, 10)
}
_NUMBERS |= _CHINESE
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_QUARTERS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
_NEXT_YEAR = "次年|翌年|下一?年|明年|第二年"


def names_year(text: pl.Expr) -> pl.Expr:
    """The first year that a text names as four digits; null where it names none."""
    return text.str.extract(r"(20\d\d)").cast(pl.Int32)


def last_day(text: pl.Expr, year: pl.Expr) -> pl.Expr:
    """The last day that a deadline allows.

    ``9月底前`` and ``9月`` end with the month, ``9月中旬`` with its 20th day, ``9月20日前`` with that
    day; ``9月前`` is over when September begins. Quarters, halves and ``年底`` end with their last
    day. Of a span (``6至9月``) the end counts.

    Args:
        text: The deadline as printed.
        year: The year that it belongs to where it names none.

    Returns:
        A date; null where the text names neither a month nor another end of time.

    Examples:
        >>> texts = ["9月底前", "12月前", "2023年5月中旬", "第三季度", "6至9月", "10月8日前", "及时"]
        >>> frame = pl.DataFrame({"text": texts, "year": [2024] * 7})
        >>> days = frame.select(last_day(pl.col("text"), pl.col("year"))).to_series()
        >>> [day and day.isoformat() for day in days]
        ['2024-09-30', '2024-11-30', '2023-05-20', '2024-09-30', '2024-09-30', '2024-10-08', None]
    """
    named = text.str.extract_all(r"20\d\d").list.last().cast(pl.Int32)
    next_year = (named.is_null() & text.str.contains(_NEXT_YEAR)).cast(pl.Int32)
    of = pl.coalesce(named, year.cast(pl.Int32)) + next_year
    tail = text.str.extract(rf"(?:^|[^\d十])({_MONTH}月[^月]*)$")
    month = _number(tail.str.extract(rf"^({_MONTH})月"))
    first = pl.date(of, month.fill_null(1), 1)
    end = first.dt.month_end()
    printed_day = _number(tail.str.extract(r"月份?(\d{1,2})(?:[日号]|之?前|以前|$)"))
    day = (
        pl.when(printed_day.is_not_null())
        .then(printed_day)
        .when(tail.str.contains("上旬|月初"))
        .then(10)
        .when(tail.str.contains("中旬"))
        .then(20)
    )
    is_before = tail.str.contains(r"月份?(?:之|以)?前")
    within = (
        pl.when(day.is_not_null())
        .then(pl.min_horizontal(first + pl.duration(days=day - 1), end))
        .when(is_before)
        .then(first - pl.duration(days=1))
        .otherwise(end)
    )
    quarter = text.str.extract(r"第?([一二三四1-4])季度").replace_strict(
        _QUARTERS, default=None, return_dtype=pl.Int32
    )
    whole = (
        pl.when(quarter.is_not_null())
        .then(quarter)
        .when(text.str.contains("上半年"))
        .then(6)
        .when(text.str.contains("下半年|年底|年末|年内|全年|本年度?$|当年度?$"))
        .then(12)
        .when(named.is_not_null() & text.str.contains(r"20\d\d年度?(?:之?前|内)?$"))
        .then(12)
    )
    by_part = pl.date(of, whole.fill_null(1), 1).dt.month_end()
    return pl.when(month.is_not_null()).then(within).when(whole.is_not_null()).then(by_part)


def _number(text: pl.Expr) -> pl.Expr:
    return text.replace_strict(_NUMBERS, default=None, return_dtype=pl.Int32)
