"""Divisions of the country by their six-digit codes, and which of them a name begins with.

The codes are those of the national standard GB/T 2260, from province to county. Each row of the list
says how many independent lists print it, and up to which year the lists that were looked at have it
(``listed_to``; blank where the newest one still does). Years in which a division was founded are not
known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from analytics.errors import NotFoundError
from analytics.reference.classifications import read_rows
from analytics.schema.agency_vocabularies import AgencyLevel

__all__ = ["Region", "region", "region_of_name", "split_region"]

_PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族"
    "|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族"
    "|仡佬族|锡伯族?|普米族|塔吉克族?|怒族|鄂温克族?|保安族|裕固族|独龙族|鄂伦春族?|各族"
)
_AUTONOMOUS = re.compile(rf"(?<=..)(?:{_PEOPLES})+自治(?=[州县旗]$)")
_PROVINCE_WORD = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_BEFORE = re.compile(
    r"^(?:中国共产党|中共|中国人民政治协商会议|政协|中国共产主义青年团|共青团|中国国民党革命委员会|民革"
    r"|中国民主同盟|民盟|中国民主建国会|民建|中国民主促进会|民进|中国农工民主党|农工党|中国致公党|致公党"
    r"|九三学社|台湾民主自治同盟|台盟)"
)


@dataclass(frozen=True, slots=True)
class Region:
    """One division of the country.

    Args:
        code: Six digits: two for the province, two for the prefecture, two for the county.
        name: Its name.
        listed_to: Year of the newest list that has it; ``None`` where that is the newest of all.
        status: How many independent lists print it.
    """

    code: str
    name: str
    listed_to: int | None
    status: str

    @property
    def level(self) -> AgencyLevel:
        """The level of its government; that of a district of a municipality is the county's."""
        if self.code.endswith("0000"):
            return AgencyLevel.PROVINCIAL
        return AgencyLevel.PREFECTURE if self.code.endswith("00") else AgencyLevel.COUNTY

    def holds(self, other: Region) -> bool:
        """Whether another division lies below this one.

        Examples:
            >>> region("320000").holds(region("320100")), region("320100").holds(region("320000"))
            (True, False)
        """
        stem = re.sub(r"(?:00)+$", "", self.code)
        return other.code != self.code and other.code.startswith(stem)


def region(code: str) -> Region:
    """The division with a code.

    Raises:
        NotFoundError: No list has the code.

    Examples:
        >>> region("310107").name, str(region("310107").level)
        ('普陀区', 'county')
    """
    found = _by_code().get(code)
    if found is None:
        raise NotFoundError(
            f"no division has the code {code!r}",
            hint="a code is six digits of GB/T 2260, such as 320000",
        )
    return found


def region_of_name(name: str) -> tuple[Region, ...]:
    """The division that a name begins with, as far down as it says; every one it may be.

    The longest name is taken at each step from province to county. Provinces may be named without
    their last word, autonomous prefectures and counties without their peoples; cities and counties
    may not. A party before the name is passed over. Where several divisions of one name are left,
    all are returned: which is meant is never guessed. Codes that are out of use are returned only
    where no code in use has the name in that province.

    Args:
        name: The name of an agency or a division, in simplified characters without spaces.

    Returns:
        The divisions by code; empty if the name begins with none.

    Examples:
        >>> [r.code for r in region_of_name("江苏省人民检察院")]
        ['320000']
        >>> [r.code for r in region_of_name("中共上海市普陀区委社会工作部")]
        ['310107']
        >>> [r.code for r in region_of_name("普陀区财政局")], region_of_name("教育局")
        (['310107', '330903'], ())
        >>> [r.name for r in region_of_name("恩施州财政局")]
        ['恩施土家族苗族自治州']
    """
    return split_region(name)[1]


def split_region(name: str) -> tuple[str, tuple[Region, ...], str, str]:
    """Cut a name into the party before, the divisions it begins with, their words, and the rest.

    Examples:
        >>> before, found, words, rest = split_region("民盟江苏省委员会")
        >>> before, [r.name for r in found], words, rest
        ('民盟', ['江苏省'], '江苏省', '委员会')
    """
    match = _BEFORE.match(name)
    before = match[0] if match else ""
    rest = name[len(before) :]
    found: tuple[Region, ...] = ()
    words = ""
    while True:
        named, length = _longest(rest, found)
        if not named:
            return before, found, words, rest
        found, words, rest = named, words + rest[:length], rest[length:]


def _longest(text: str, above: tuple[Region, ...]) -> tuple[tuple[Region, ...], int]:
    """The divisions with the longest name a text begins with, below those above; and how long."""
    names = _by_name()
    for length in range(min(len(text), _longest_name()), 1, -1):
        named = names.get(text[:length], ())
        if above:
            named = tuple(r for r in named if any(a.holds(r) for a in above))
        if named:
            return _in_use(named), length
    return (), 0


def _in_use(named: tuple[Region, ...]) -> tuple[Region, ...]:
    current = {r.code[:2] for r in named if r.listed_to is None}
    return tuple(r for r in named if r.listed_to is None or r.code[:2] not in current)


@cache
def _regions() -> tuple[Region, ...]:
    rows = read_rows("regions.csv")
    return tuple(
        Region(
            row["code"],
            row["name"],
            int(row["listed_to"]) if row["listed_to"] else None,
            row["status"],
        )
        for row in rows
    )


@cache
def _by_code() -> Mapping[str, Region]:
    """Codes are given anew at times: the division that has it now, else the last one that had."""
    ordered = sorted(_regions(), key=lambda r: r.listed_to or 9999)
    return {r.code: r for r in ordered}


@cache
def _by_name() -> Mapping[str, tuple[Region, ...]]:
    index: dict[str, tuple[Region, ...]] = {}
    for r in _regions():
        for name in _names(r):
            index[name] = (*index.get(name, ()), r)
    return index


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))


def _names(r: Region) -> Iterable[str]:
    """A division's name and the short ones that are clear."""
    short = (
        _PROVINCE_WORD.sub("", r.name)
        if r.level is AgencyLevel.PROVINCIAL
        else _AUTONOMOUS.sub("", r.name)
    )
    return dict.fromkeys((r.name, short))
