"""Titles: of which year, stage and scope a document says it is, and whose.

The title wins over every other year in a document: over the day it was published, over the years
of a plan, and over the years its tables compare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.statements.names import is_name
from analytics.statements.wording import agency_key, simplify, squeeze

__all__ = ["TITLE_LENGTH", "Title", "find_title", "fold_title", "statement_years"]

TITLE_LENGTH = 60
"""Longest line that can be a title."""

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零0][〇○零一二三四五六七八九]{2}(?=年)")
_DATE = re.compile(r"20\d\d年\d{1,2}月(?:\d{1,2}[日号])?")
_YEARS = re.compile(r"20\d\d年?(?:度)?(?:[—–\-~～－至到]+)20\d\d年?(?:度)?")
_AFTER = r"(?:[（(](?!20\d\d)[^（）()]{1,12}[）)]|及(?!.*表$)[^，。；:：]{1,20}|信息|公开|公示|情况|说明|报告|文本|编制|草案|书|的)*"
_TITLE = re.compile(
    r"(?:附件\d*[:：.]?|第.{1,2}部分)?(?:关于)?(?:公开|公布|公示)?"
    r"(?P<before>[^，。；:：>《》]{0,40}?)(?P<year>20\d\d)年度?"
    rf"(?P<within>[^，。；:：>《》]{{0,40}}?)(?P<kind>预算|决算){_AFTER}"
)
_YEAR_BEHIND = re.compile(
    r"(?:关于)?(?P<before>[^，。；:：>《》\d]{0,40}?)(?P<within>部门|单位)(?P<kind>预算|决算)"
    rf"{_AFTER}[（(]?(?P<year>20\d\d)年度?[）)]?{_AFTER}"
)
_STATEMENT_TITLE = re.compile(
    r"(?P<year>20\d\d)年度?[^，。；]*(?:预算|决算|收支|支出|收入)[^，。；]*表"
)
_COMPARES = re.compile(r"比|较|相比|上年|同期")
_AROUND = re.compile(
    r"^(?:\d{1,2}[.、．]|[一二三四五六七八九十]+、|关于|公开|公布|的|年初|(?:省|市|区|县|州|中央)(?:本)?级)+"
    r"|(?:关于|公开|公布|的|年初|汇总|(?:部门|单位)[（(](?:部门|单位)[）)]|部门|单位|预)+$"
)
_HEAD_ENDS = re.compile(r"目录|第一部分|[一二三]、|[（(]一[）)]")
_HEAD_LINES, _MOST_LINES = 12, 4


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a disclosure.

    Args:
        text: As printed, its lines joined.
        year: The fiscal year.
        name: The agency it names; ``None`` if it names none.
    """

    text: str
    year: int
    name: str | None


def fold_title(text: str) -> str:
    """A line without spaces, simplified, with years in digits and without days and spans of years.

    Examples:
        >>> fold_title("二〇二四年度 部門預算"), fold_title("2024年3月5日"), fold_title("2023—2025年规划")
        ('2024年度部门预算', '', '规划')
    """
    line = squeeze(simplify(text))
    if "二" in line:
        line = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS).replace("二", "2"), line)
    return _YEARS.sub("", _DATE.sub("", line)) if "20" in line else line


def find_title(lines: Sequence[str]) -> Title | None:
    """The first title of a disclosure among the short lines of a document.

    The lines of a title page may break a title or a name anywhere. Of the names that its lines
    make, joined to more or fewer lines before it, the longest that the document prints again is
    the agency; where it prints none again, the one on the line of the title itself, or else the
    one that the whole head makes.

    Args:
        lines: Lines as :func:`fold_title` gives them, in reading order; blank ones are passed over.

    Examples:
        >>> find_title(["某市", "教育局2024年度", "部门决算", "2025年8月", "目录"]).name
        '某市教育局'
    """
    head = _head(lines)
    windows = [
        (start, start + size)
        for size in range(1, _MOST_LINES + 1)
        for start in range(len(head) - size + 1)
    ]
    found = {window: title for window in windows if (title := _parse(head[slice(*window)]))}
    if found:
        first = min(found, key=lambda window: (window[1], -window[0]))
        same_end = [window for window in found if window[1] == first[1]]
        return _with_name([found[window] for window in same_end], first, found[first], lines)
    elsewhere = [title for line in lines if (title := _parse([line]))]
    years = Counter(title.year for title in elsewhere) + statement_years(lines)
    if not elsewhere or not years:
        return None
    year = years.most_common(1)[0][0]
    return next((title for title in elsewhere if title.year == year), None)


def statement_years(lines: Sequence[str]) -> Counter[int]:
    """How often the titles of statements name each year; sentences that compare name none.

    Examples:
        >>> statement_years(["2025年预算收支总表", "比2024年预算收支总表增加", "2025年收入预算表"])
        Counter({2025: 2})
    """
    found = (_STATEMENT_TITLE.search(line) for line in lines if not _COMPARES.search(line))
    return Counter(int(match["year"]) for match in found if match)


def _head(lines: Sequence[str]) -> list[str]:
    """The lines before the contents or the first section."""
    head: list[str] = []
    for line in lines[:_HEAD_LINES]:
        if _HEAD_ENDS.match(line):
            break
        if line:
            head.append(line)
    return head


def _parse(lines: Sequence[str]) -> Title | None:
    text = "".join(lines)
    if len(text) > TITLE_LENGTH or "20" not in text:
        return None
    match = _TITLE.fullmatch(text) or _YEAR_BEHIND.fullmatch(text)
    if match is None or _COMPARES.search(text):
        return None
    names = (_AROUND.sub("", _AROUND.sub("", match[part])) for part in ("before", "within"))
    name = next((agency_key(name) for name in names if is_name(name)), None)
    return Title(text, int(match["year"]), name)


def _with_name(
    titles: Sequence[Title], window: tuple[int, int], shortest: Title, lines: Sequence[str]
) -> Title:
    """The title, with the name that most of the document bears out."""
    whole = "\n".join(lines)
    named = sorted(
        (title for title in titles if title.name), key=lambda title: -len(title.name or "")
    )
    repeated = [title for title in named if whole.count(title.name or "") > (title is shortest)]
    joined = named[0] if named and window[0] <= 1 else None
    own = shortest if shortest.name else None
    chosen = next(
        (t for t in (*repeated[:1], joined, own, *named[::-1]) if t is not None), shortest
    )
    # A name that begins on the line before belongs to the title, one on a line of its own does not.
    text = chosen.text if own is not None else shortest.text
    return Title(text, shortest.year, chosen.name)
