"""Headings: which part of the narrative a line stands in, by its words, never by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from analytics.statements.wording import squeeze

__all__ = [
    "Outline",
    "SectionKind",
    "completes_heading",
    "is_caption",
    "is_contents_entry",
    "is_heading",
    "is_page_number",
    "starts_item",
    "topic_of_sentence",
]


class SectionKind(Enum):
    """What a section of the narrative is about."""

    STAFFING = "staffing"
    OVERALL = "overall"
    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    FISCAL = "fiscal appropriation"
    FISCAL_EXPENDITURE = "expenditure of the fiscal appropriation"
    GENERAL_PUBLIC = "general public budget"
    BASIC = "basic expenditure, general public budget"
    BASIC_FISCAL = "basic expenditure, fiscal appropriation"
    GOVERNMENT_FUND = "government fund budget"
    STATE_CAPITAL = "state capital operating budget"
    THREE_PUBLIC = "three public expenses"
    OPERATING = "operating expenses"
    PROCUREMENT = "procurement"
    PERFORMANCE = "performance"
    STATE_ASSETS = "state assets"
    UNKNOWN = "not known"
    CLOSED = "no narrative"


_KINDS: tuple[tuple[str, SectionKind], ...] = (
    (r"名词解释|购买服务|目录", SectionKind.CLOSED),
    (r"三公", SectionKind.THREE_PUBLIC),
    (r"机关运行", SectionKind.OPERATING),
    (r"政府采购", SectionKind.PROCUREMENT),
    (r"绩效", SectionKind.PERFORMANCE),
    (r"国有资产|资产占[有用]|车辆", SectionKind.STATE_ASSETS),
    (r"国有资本", SectionKind.STATE_CAPITAL),
    (r"政府性基金", SectionKind.GOVERNMENT_FUND),
    (r"一般公共预算.*基本支出", SectionKind.BASIC),
    (r"基本支出", SectionKind.BASIC_FISCAL),
    (r"一般公共预算", SectionKind.GENERAL_PUBLIC),
    (r"财政拨款(?:预算)?支出", SectionKind.FISCAL_EXPENDITURE),
    (r"财政拨款", SectionKind.FISCAL),
    (r"编制说明", SectionKind.OVERALL),
    (r"收入?[、和与]?支", SectionKind.OVERALL),
    (r"收入", SectionKind.REVENUE),
    (r"支出", SectionKind.EXPENDITURE),
    (r"机构设置|人员(?:情况|构成|编制)|编制情况|机构(?:及|和)人员", SectionKind.STAFFING),
)

_NUMBERINGS: tuple[tuple[int, str], ...] = (
    (0, r"第[一二三四五六七八九十]+部分"),
    (2, r"[一二三四五六七八九十]{1,3}[、.．]"),
    (3, r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    (4, r"\d{1,2}[、.．](?!\d)"),
    (5, r"[(（]\d{1,2}[)）]|[①-⑳]"),
)
_BY_LEVEL = tuple((level, re.compile(pattern)) for level, pattern in _NUMBERINGS)
_UNNUMBERED, _SECTION_LEVEL, _LIST_LEVEL = 1, 2, 3
_STATEMENT = re.compile(r"(?:收入|支出|收支|预算|决算|目标|目標|自评|公开|报)[^，]*表$")
_SENTENCE = re.compile(r"[。；;！？]|\d(?:万|亿|千)?元|\d(?:%|％|[个名人辆台]|平方米)")
_HEADING_END = re.compile(r"(?:情况|说明|原因|目标|结构|变化|职责|职能|设置|概况|其他)[:：]?$")
_ANNOUNCES_LIST = re.compile(r"^[^，,。；;\d]{2,20}(?:内容|情况|明细|安排)如下[:：]$")
_OWN_TOPICS: tuple[tuple[str, SectionKind], ...] = (
    (r"机关运行经费", SectionKind.OPERATING),
    (r"政府采购", SectionKind.PROCUREMENT),
    (r"绩效", SectionKind.PERFORMANCE),
    (r"车辆|单(?:位)?价(?:值)?\d+万元", SectionKind.STATE_ASSETS),
)
_FUNCTION_LINE = re.compile(r"[(（][款项][)）]")
_UNNUMBERED_END = re.compile(r"(?:情况|说明|名词解释)[:：]?$")
_LEADER = re.compile(r"[.．…·]{4,}")
_LAST_NUMBER = re.compile(r"\s\d{1,3}\s*$")
_PAGE_NUMBER = re.compile(
    r"^[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*共\s*\d+\s*页)?[-—–\s]*$"
)
_CAPTION = re.compile(r"^[^。；;，,：:\d]{2,30}图$")


@dataclass(slots=True)
class Outline:
    """The headings a line stands under; feed it every line in turn.

    A section whose words are not known inherits the meaning of the one above it. A statement, a
    list of definitions and a table of contents are closed: what stands below them is no narrative
    until a heading of the same or a higher level.

    Examples:
        >>> outline = Outline()
        >>> outline.take("八、机关运行经费增减变动原因说明"), outline.kind
        (True, <SectionKind.OPERATING: 'operating expenses'>)
        >>> outline.take("机关运行经费预算3.00万元，比上年增加1.00万元。")
        False
    """

    _stack: list[tuple[int, SectionKind, str]] = field(default_factory=list)

    @property
    def kind(self) -> SectionKind:
        """What the current section is about."""
        return self._stack[-1][1] if self._stack else SectionKind.UNKNOWN

    @property
    def heading(self) -> str | None:
        """The nearest heading as printed."""
        return self._stack[-1][2] if self._stack else None

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings above, the nearest last."""
        return tuple(text for _, _, text in self._stack)

    def take(self, line: str) -> bool:
        """Whether the line is a heading; if so it opens its section."""
        text = squeeze(line)
        level = _heading_level(text)
        if level is None or is_contents_entry(line):
            return level is not None or is_contents_entry(line)
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._stack.append((level, self._kind_of(text, level), line.strip()))
        return True

    def _kind_of(self, text: str, level: int) -> SectionKind:
        above = self.kind
        if above is SectionKind.CLOSED:
            return above
        if _STATEMENT.search(text):
            return SectionKind.CLOSED
        inherits = level > _SECTION_LEVEL and above is not SectionKind.UNKNOWN
        if inherits and _ANNOUNCES_LIST.search(text) is None:
            return above
        words = re.sub(r"[“”\"'‘’]", "", text)
        return next((kind for pattern, kind in _KINDS if re.search(pattern, words)), above)


def _heading_level(text: str) -> int | None:
    """Level of a heading, 0 the highest; ``None`` for a line that is none."""
    if _SENTENCE.search(text) or _FUNCTION_LINE.search(text) or len(text) > 45:
        return None
    if _ANNOUNCES_LIST.search(text):
        return _LIST_LEVEL
    has_pause = "，" in text or "," in text
    for level, numbering in _BY_LEVEL:
        if match := numbering.match(text):
            is_short = len(text) - match.end() <= 18 and not has_pause
            return level if level == 0 or is_short or _HEADING_END.search(text) else None
    if has_pause:
        return None
    if _STATEMENT.search(text):
        return _SECTION_LEVEL
    is_title = _UNNUMBERED_END.search(text) and len(text) <= 30 and text[0] not in "(（"
    return _UNNUMBERED if is_title else None


def topic_of_sentence(heading: str | None, text: str) -> SectionKind:
    """What a sentence under a heading such as 其他说明 is about, by its first words.

    Examples:
        >>> topic_of_sentence("（五）其他说明", "2024年度政府采购支出总额3.00万元。")
        <SectionKind.PROCUREMENT: 'procurement'>
        >>> topic_of_sentence("一、学校概况", "现有车辆3辆。")
        <SectionKind.UNKNOWN: 'not known'>
    """
    if "其他" not in (heading or ""):
        return SectionKind.UNKNOWN
    words = re.split(r"[，,;；]", text)[0]
    return next(
        (kind for pattern, kind in _OWN_TOPICS if re.search(pattern, words)), SectionKind.UNKNOWN
    )


def is_heading(line: str) -> bool:
    """Whether a line is a heading, whatever it opens.

    Examples:
        >>> is_heading("（一）收支总体情况"), is_heading("（一）收入预算3.00万元。")
        (True, False)
    """
    return _heading_level(squeeze(line)) is not None


def completes_heading(first: str, second: str) -> bool:
    """Whether a line is the rest of a numbered heading that a break cut.

    Examples:
        >>> completes_heading("九、一般公共预算安排的“三公”经费、会议费支出预算情", "况说明")
        True
        >>> completes_heading("七、“三公”经费增减变动原因", "说明")
        True
        >>> completes_heading("第三部分 预算情况说明", "收支预算总体情况")
        False
    """
    begun, rest = squeeze(first), squeeze(second)
    is_open = len(rest) <= 4 or _HEADING_END.search(begun) is None
    return (
        is_open
        and (len(rest) <= 15 or len(begun) <= 5)
        and starts_item(begun + rest)
        and not starts_item(second)
        and _SENTENCE.search(begun) is None
        and _HEADING_END.search(begun + rest) is not None
        and is_heading(begun + rest)
    )


def is_contents_entry(line: str) -> bool:
    """Whether a line is an entry of a table of contents: dots, or a numbered title with its page.

    Examples:
        >>> is_contents_entry("一、收支情况......3"), is_contents_entry("二、收入预算说明 4")
        (True, True)
        >>> is_contents_entry("比上年减少 5")
        False
    """
    if _SENTENCE.search(squeeze(line)):
        return False
    return _LEADER.search(line) is not None or (
        starts_item(line) and _LAST_NUMBER.search(line) is not None
    )


def starts_item(line: str) -> bool:
    """Whether a line begins a numbered item, so that it cannot continue the line above.

    Examples:
        >>> starts_item("（二）公用经费3.00万元。"), starts_item("2.50万元，占5%。")
        (True, False)
    """
    text = squeeze(line)
    return any(numbering.match(text) for _, numbering in _BY_LEVEL)


def is_page_number(line: str) -> bool:
    """Whether a line prints only the number of a page.

    Examples:
        >>> is_page_number("- 12 -"), is_page_number("第 3 页"), is_page_number("3.00")
        (True, True, False)
    """
    return _PAGE_NUMBER.match(line.strip()) is not None


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a picture.

    Examples:
        >>> is_caption("一般公共预算支出结构图")
        True
    """
    return _CAPTION.match(squeeze(line)) is not None
