"""Names of agencies: what is one, which spellings are one agency, and where a text defines its own.

An agency prints its name with and without its region, with and without 本级, with brackets of
either width, cut at the end of a cell, or with a character misread. All of these are one agency.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analytics.statements.wording import agency_key, squeeze

__all__ = [
    "agency_id",
    "defined_agency",
    "is_name",
    "is_own_level",
    "is_short_for",
    "labelled_name",
    "most_printed",
    "same_agencies",
    "short_names",
]

_UNIT_WORD = r"(?:人民币)?(?:亿|百万|万|千)?元"
_KINDS = r"(?:单位|部门)(?:[/／（(](?:单位|部门)[)）]?)?"
_OWN = rf"(?:预算|决算|编制|填报|公开|申报)?{_KINDS}(?:名称|全称)?"
_LABEL = re.compile(rf"(?P<above>(?:预算|预决算)?主管{_KINDS}(?:名称)?)?(?(above)|{_OWN})[:：]")
_BEHIND = re.compile(
    r"(?:金额|计量|货币)?单位[:：]|(?:编制|填报|公开|制表)?(?:日期|时间)[:：]|20\d\d年|(?:预算|决算)?公开\d*表"
    r"|[（(]?(?:盖章|公章)|第?\d+页|财[决预]\d"
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z\d（）()“”·—\-]+")
_NOT_A_NAME = re.compile(
    rf"^{_UNIT_WORD}|预算|决算|公开|概况|说明|目录|[×XＸ]{{2}}"
    r"|^(?:本|各|该|下属)?(?:部门|单位|学校|表|级)+$|^第.部分"
)
_REGION = re.compile(r"[\u4e00-\u9fff]{1,9}(?:省|市|自治区|区|县|州|盟|旗)")
_OWN_LEVEL = re.compile(
    r"[（(](?:本级|机关|汇总|本部)[）)]$|(?<=..)本级$|(?<=[局委部厅院室会办校府组心])本部$"
)
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_SHORTEST, _LONGEST, _MOST_CUT, _LONGEST_REGION = 3, 40, 4, 12
_SHORTEST_VARIANT = 4

_LEADING = r"(?:\d+[.、．]|[（(]?[一二三四五六七八九十\d]+[）).、])?"
_SCOPE = re.compile(
    r"编制范围的?(?:二级|基层)?(?:预算|决算)?单位(?:共计|共有|共|包括|为|有|[:：，,])*"
    r"(?:(?:\d+|[一二三四五六七八九十]+)[家个](?:单位)?)?[，,]?(?:即|为|是|(?:具体|分别)?(?:包括|是|为))?[:：]?"
    r"(?P<names>[^。]{3,200})"
)
_WHOSE_SCOPE = re.compile(
    r"纳入(?P<name>[\u4e00-\u9fff（）]{4,30}?)20\d\d年度?(?:部门|单位)?(?:汇总)?(?:预算|决算)编制范围"
)
_WHOSE_TOTAL = re.compile(
    r"(?:^|[。；，、:：])(?P<name>[\u4e00-\u9fff（）]{4,30}?)(?:部门|单位)?(?:预算|决算)"
    r"(?:是指|是)?包括[:：]?[\u4e00-\u9fff（）]{2,30}?本[级部]"
)


def agency_id(name: str) -> str:
    """Normal form of a name without the word for its own level: one agency in every year.

    Examples:
        >>> agency_id("某市教育局(本级)"), agency_id("某市 教育局本级"), agency_id("「某市教育局」")
        ('某市教育局', '某市教育局', '某市教育局')
    """
    bare = re.sub(r"^[「『《【“\"]+|[」』》】”\"]+$", "", agency_key(name))
    return _OWN_LEVEL.sub("", bare)


def is_own_level(name: str) -> bool:
    """Whether a name says that only the agency itself is meant, not the units below it.

    Examples:
        >>> is_own_level("某市教育局（本级）"), is_own_level("某市教育局（汇总）")
        (True, False)
    """
    found = _OWN_LEVEL.search(agency_key(name))
    return found is not None and "汇总" not in found[0]


def is_name(text: str) -> bool:
    """Whether a text can be the name of an agency: words of one name, no region alone, no unit.

    Examples:
        >>> [is_name(text) for text in ("某市教育局", "某市某区", "万元", "本部门", "教育、卫生")]
        [True, False, False, False, False]
    """
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and _NAME.fullmatch(text) is not None
        and re.search(r"[\u4e00-\u9fff]{2}", text) is not None
        and _NOT_A_NAME.search(text) is None
        and _REGION.fullmatch(text) is None
    )


def labelled_name(line: str) -> tuple[str | None, bool] | None:
    """What stands behind 单位名称： and its like, and whether it is the agency above.

    Args:
        line: A line or a cell without spaces.

    Returns:
        ``None`` if the line is no such label; else the name, ``None`` if the label stands alone
        or something else follows it, and whether the label is 主管部门.

    Examples:
        >>> labelled_name("编制单位：某市教育局金额单位：万元")
        ('某市教育局', False)
        >>> labelled_name("单位：万元"), labelled_name("主管部门：某市教育局")
        ((None, False), ('某市教育局', True))
    """
    label = _LABEL.match(line)
    if label is None:
        return None
    rest = line[label.end() :].strip('「」『』“”"')
    behind = _BEHIND.search(rest)
    name = rest[: behind.start()] if behind else rest
    return (agency_key(name) if is_name(name) else None), label["above"] is not None


def is_short_for(short: str, full: str) -> bool:
    """Whether one name is another without the region or the party before it.

    Examples:
        >>> is_short_for("省文史馆办公厅", "某某省文史馆办公厅")
        True
        >>> is_short_for("教育局", "某市教育局"), is_short_for("某市教育局", "某市教育局")
        (False, False)
    """
    left, right = (agency_id(_PARTY.sub("", name)) for name in (short, full))
    if left == right:
        return agency_id(short) != agency_id(full)
    cut = len(right) - len(left)
    return len(left) >= _SHORTEST_VARIANT and 0 < cut <= _LONGEST_REGION and right.endswith(left)


def short_names(full: str) -> tuple[str, ...]:
    """A name and the shorter ones a text may use for it: without party, without the region's name.

    Examples:
        >>> short_names("某某省文史馆办公厅")
        ('某某省文史馆办公厅', '省文史馆办公厅')
    """
    name = _PARTY.sub("", agency_id(full))
    region = re.match(r"[\u4e00-\u9fff]{2,3}?(?=[省市区县州盟旗])", name)
    shorter = name[region.end() :] if region else name
    return tuple(dict.fromkeys(each for each in (name, shorter) if len(each) >= _SHORTEST_VARIANT))


def same_agencies(printed: Iterable[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Group printed names, each with where it stands, by agency: the most printed one first.

    A name printed once is a misreading of a more frequent one if it differs in a single character,
    and a cut one if that begins so.
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for name, where in printed:
        groups.setdefault(agency_id(name), []).append((name, where))
    ranked = sorted(groups, key=lambda key: -len(groups[key]))
    first = ranked[0]
    for key in ranked[1:]:
        differing = sum(a != b for a, b in zip(key, first, strict=False))
        is_misread = len(key) == len(first) and differing == 1
        is_cut = first.startswith(key) and len(first) - len(key) <= _MOST_CUT
        is_once = len(groups[key]) == 1 < len(groups[first])
        is_short = is_short_for(key, first) or is_short_for(first, key)
        if is_short or (is_once and (is_misread or is_cut)):
            groups[first].extend(groups.pop(key))
    return list(groups.values())


def most_printed(group: Iterable[tuple[str, int]]) -> str:
    """The name of a group of :func:`same_agencies`: the full ones before the short ones."""
    counts = Counter(name for name, _ in group)
    full = [name for name in counts if not any(is_short_for(name, other) for other in counts)]
    return max(full or counts, key=lambda name: counts[name])


def defined_agency(text: str) -> str | None:
    """The agency that a text defines as its own; ``None`` if it defines none.

    Such a text says which units its figures cover, and the first of them, or the one at its own
    level, is the agency itself.

    Args:
        text: The running text; spaces and line breaks do not matter.

    Examples:
        >>> defined_agency("纳入本部门预算编制范围的预算单位共计1家，即省文史馆办公厅本级。")
        '省文史馆办公厅'
        >>> defined_agency("编制范围的单位包括：某省文史馆（本级）、某省书画院。")
        '某省文史馆'
    """
    squeezed = squeeze(text)
    for pattern in (_WHOSE_SCOPE, _WHOSE_TOTAL):
        for match in pattern.finditer(squeezed):
            if is_name(match["name"]) and "本部门" not in match["name"]:
                return agency_id(match["name"])
    for match in _SCOPE.finditer(squeezed):
        names = [
            re.sub(_LEADING, "", name, count=1) for name in re.split("[、，,；;]", match["names"])
        ]
        own = [name for name in names if is_own_level(name)]
        chosen = own[0] if own else names[0] if len(names) == 1 else ""
        if is_name(agency_id(chosen)):
            return agency_id(chosen)
    return None
