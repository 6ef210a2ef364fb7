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
    agency = _agency(document, titles, heading)
    year = _year(document, titles, heading)
    named = [heading] if heading else [p for p in titles if _TITLE.search(squeeze(p.text))]
    wording = "".join(simplify(squeeze(p.text)) for p in named)
    units = {unit for p in titles if (unit := printed_unit(p.text)) is not None}
    return Identity(
        agency_id=agency_key(agency),
        agency_name=agency,
        fiscal_year=year,
        stage=Stage.FINAL if wording.count("决算") > wording.count("预算") else Stage.BUDGET,
        scope=Scope.DEPARTMENT if wording.count("部门") > wording.count("单位") else Scope.UNIT,
        unit_text=next(iter(units)) if len(units) == 1 else None,
        title=heading.text if heading else None,
    )


def printed_unit(text: str) -> str | None:
    """The unit of money a line such as ``单位：万元`` prints; ``None`` if it prints none.

    Examples:
        >>> printed_unit("金额单位： 万元"), printed_unit("单位名称：某局"), printed_unit("项目资金(元)")
        ('万元', None, '元')
    """
    squeezed = squeeze(simplify(text))
    match = _UNIT.search(squeezed) or _BRACKETED_UNIT.search(squeezed)
    return match["unit"] if match else None


def _agency(document: Document, titles: list[Paragraph], heading: Paragraph | None) -> str:
    printed: list[tuple[str, int]] = []
    for paragraph in titles:
        match = _AGENCY_LINE.match(squeeze(paragraph.text))
        if match and printed_unit(paragraph.text) is None:
            printed.append((match["name"], paragraph.line or paragraph.block))
    if not printed and heading is not None:
        index = titles.index(heading)
        own = re.split(_YEAR, squeeze(heading.text))[0]
        before = squeeze(titles[index - 1].text) if index else ""
        name = own or before
        if name:
            return name
    if not printed:
        raise ReadError(
            f"{document.file_name}: no agency is named",
            hint="expected a line such as 单位名称：… above the statements, or a title page",
        )
    groups = _same_names(printed)
    if len(groups) > 1:
        listed = "; ".join(
            f"{names[0][0]} (lines {', '.join(str(line) for _, line in names[:4])})"
            for names in groups
        )
        raise ReadError(
            f"{document.file_name}: the statements name {len(groups)} agencies: {listed}",
            hint="split the file into one disclosure for each agency",
        )
    return Counter(name for name, _ in groups[0]).most_common(1)[0][0]


def _same_names(printed: Iterable[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Group printed names that are one name: most printed first.

    The same name with or without 本级 in brackets is one name. A name printed once that differs
    from a more frequent one in a single character is a misreading of it.
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for name, line in printed:
        groups.setdefault(_OWN_LEVEL.sub("", agency_key(name)), []).append((name, line))
    ranked = sorted(groups, key=lambda key: -len(groups[key]))
    for key in ranked[1:]:
        first = ranked[0]
        differing = sum(a != b for a, b in zip(key, first, strict=False))
        if len(groups[key]) == 1 < len(groups[first]) and len(key) == len(first) and differing == 1:
            groups[first].extend(groups.pop(key))
    return list(groups.values())


def _year(document: Document, titles: list[Paragraph], heading: Paragraph | None) -> int:
    if heading is not None and (match := re.search(_YEAR, squeeze(heading.text))):
        return int(match[1])
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
