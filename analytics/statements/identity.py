"""Whose disclosure a document is, of which year, stage and scope."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analytics.documents.model import Document, Paragraph
from analytics.errors import ReadError
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.wording import agency_key, simplify, squeeze

__all__ = ["identify", "printed_unit"]

_YEAR = r"(20\d\d)\s*年"
_TITLE = re.compile(rf"{_YEAR}(?:度|部门|单位|预算|决算)*?.*?(?:预算|决算)")
_DISCLOSURE_TITLE = re.compile(rf"{_YEAR}度?.{{0,40}}?(?:部门|单位)?(?:预算|决算)(?:信息)?公开")
_AGENCY_LINE = re.compile(
    r"^(?:编制|填报|公开)?(?:单位|部门)(?:名称)?[:：](?P<name>.*[\u4e00-\u9fff].*)$"
)
_AGENCY_LABEL = re.compile(r"(?:编制|填报|公开)?(?:单位|部门)(?:名称)?[:：]")
_COVER = re.compile(
    r"(?P<before>.*?)(?P<year>20\d\d)年度?(?P<within>.*?)(?:部门|单位)?(?:预算|决算)(?:信息)?(?:公开)?(?:说明|报告)?"
)
_AFTER_COVER = re.compile(r"目录|第一部分|20\d\d年\d+月|[一二三]、")
_COVER_LINES = 6
_SHORTEST_NAME, _MOST_CUT = 2, 4
_UNIT = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(?P<unit>亿元|百万元|万元|千元|元)")
_BRACKETED_UNIT = re.compile(r"[（(](?:单位[:：])?(?P<unit>亿元|百万元|万元|千元|元)[）)]")
_OWN_LEVEL = re.compile(r"[（(](?:本级|机关|汇总|本部)[）)]$")
_TITLE_LENGTH = 60


def identify(document: Document) -> Identity:
    """Find agency, fiscal year, stage and scope of a disclosure from what it prints.

    The agency is the one the statements name; small differences in the print (brackets, a
    misread character) are variants of one name. Year, stage and scope come from the title of
    the disclosure, else from the titles of the statements.

    Raises:
        ReadError: No agency or no year is printed, or the statements name several agencies; the
            message lists them with their lines.
    """
    paragraphs = document.paragraphs
    titles = [p for p in paragraphs if len(squeeze(p.text)) <= _TITLE_LENGTH]
    heading = next((p for p in titles if _DISCLOSURE_TITLE.search(squeeze(p.text))), None)
    agency = _agency(document, titles)
    year = _year(document, titles, heading)
    named = [p.text for p in titles if _TITLE.search(squeeze(p.text))]
    labels = [
        p.text for p in titles if _AGENCY_LINE.match(squeeze(p.text)) and not printed_unit(p.text)
    ]
    cover = _cover(titles)
    said = [
        heading.text if heading else "",
        cover if _COVER.fullmatch(cover) else "",
        "".join(named),
        "".join(labels),
    ]
    units = {unit for p in titles if (unit := printed_unit(p.text)) is not None}
    return Identity(
        agency_id=agency_key(agency),
        agency_name=agency,
        fiscal_year=year,
        stage=Stage.FINAL if _first_said(said, "决算", "预算") else Stage.BUDGET,
        scope=Scope.DEPARTMENT if _first_said(said, "部门", "单位") else Scope.UNIT,
        unit_text=next(iter(units)) if len(units) == 1 else None,
        title=heading.text if heading else None,
    )


def _first_said(said: list[str], word: str, other: str) -> bool:
    """Whether the first text that says more of one word than of the other says ``word``."""
    for text in said:
        folded = simplify(squeeze(text))
        if folded.count(word) != folded.count(other):
            return folded.count(word) > folded.count(other)
    return False


def printed_unit(text: str) -> str | None:
    """The unit of money a line such as ``单位：万元`` prints; ``None`` if it prints none.

    Examples:
        >>> printed_unit("金额单位： 万元"), printed_unit("单位名称：某局"), printed_unit("项目资金(元)")
        ('万元', None, '元')
    """
    squeezed = squeeze(simplify(text))
    match = _UNIT.search(squeezed) or _BRACKETED_UNIT.search(squeezed)
    return match["unit"] if match else None


def _agency(document: Document, titles: list[Paragraph]) -> str:
    printed = _printed_agencies(titles)
    if not printed:
        cover = _COVER.fullmatch(_cover(titles))
        name = (cover["before"] or cover["within"]) if cover else None
        if name:
            return name
        raise ReadError(
            f"{document.file_name}: no agency is named",
            hint="expected a line such as 单位名称：… above the statements, or a title page",
        )
    groups = _same_names(printed)
    if len(groups) > 1:
        places = "pages" if document.page_count else "lines"
        listed = "; ".join(
            f"{names[0][0]} ({places} {', '.join(str(place) for _, place in names[:4])})"
            for names in groups
        )
        raise ReadError(
            f"{document.file_name}: the statements name {len(groups)} agencies: {listed}",
            hint="split the file into one disclosure for each agency",
        )
    return Counter(name for name, _ in groups[0]).most_common(1)[0][0]


def _printed_agencies(titles: list[Paragraph]) -> list[tuple[str, int]]:
    """Names behind 单位名称 and its like, each with where it stands.

    The name may stand on the line below; what follows 单位 may also be a unit of money.
    """
    printed: list[tuple[str, int]] = []
    for index, paragraph in enumerate(titles):
        line = squeeze(paragraph.text)
        if _AGENCY_LABEL.fullmatch(line) and index + 1 < len(titles):
            line += squeeze(titles[index + 1].text)
        match = _AGENCY_LINE.match(line)
        if match and printed_unit(line) is None and len(match["name"]) > _SHORTEST_NAME:
            place = paragraph.page or paragraph.line or paragraph.block
            printed.append((match["name"], place))
    return printed


def _cover(titles: list[Paragraph]) -> str:
    """What the title page says, its lines joined: they may break a name or a title."""
    lines: list[str] = []
    for paragraph in titles[:_COVER_LINES]:
        line = squeeze(simplify(paragraph.text))
        if _AFTER_COVER.match(line):
            break
        lines.append(line)
    return "".join(lines)


def _same_names(printed: Iterable[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Group printed names that are one name: most printed first.

    The same name with or without 本级 in brackets is one name. A name printed once is a misreading
    of a more frequent one if it differs in a single character, and a cut one if that begins so.
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for name, where in printed:
        groups.setdefault(_OWN_LEVEL.sub("", agency_key(name)), []).append((name, where))
    ranked = sorted(groups, key=lambda key: -len(groups[key]))
    for key in ranked[1:]:
        first = ranked[0]
        differing = sum(a != b for a, b in zip(key, first, strict=False))
        is_misread = len(key) == len(first) and differing == 1
        is_cut = first.startswith(key) and len(first) - len(key) <= _MOST_CUT
        if len(groups[key]) == 1 < len(groups[first]) and (is_misread or is_cut):
            groups[first].extend(groups.pop(key))
    return list(groups.values())


def _year(document: Document, titles: list[Paragraph], heading: Paragraph | None) -> int:
    if heading is not None and (match := re.search(_YEAR, squeeze(heading.text))):
        return int(match[1])
    cover = _COVER.fullmatch(_cover(titles))
    if cover is not None:
        return int(cover["year"])
    years = Counter(
        match[1] for p in titles if (match := _TITLE.search(squeeze(p.text))) is not None
    )
    if not years:
        raise ReadError(
            f"{document.file_name}: no fiscal year is printed",
            hint="expected a title such as 2024年度单位预算公开 or 2024年预算收支总表",
        )
    ranked = years.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        raise ReadError(
            f"{document.file_name}: the titles name the years {ranked[0][0]} and {ranked[1][0]}",
            hint="a disclosure is about one fiscal year; split the file",
        )
    return int(ranked[0][0])
