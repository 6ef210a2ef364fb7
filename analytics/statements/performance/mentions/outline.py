"""The numbered lists of a running text, nested: 一、 (一) 1. (1) ①."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analytics.statements.performance.mentions.plain import MASK

__all__ = ["Segment", "outline"]

_BEGINS = rf"(?:(?<=[。.;；:：,，)）、{MASK}])|^)"
_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKERS = re.compile(
    rf"{_BEGINS}(?P<comma>[{_CHINESE}]{{1,3}})、"
    rf"|\((?P<bracket>[{_CHINESE}]{{1,3}})\)"
    rf"|{_BEGINS}(?P<dot>\d{{1,2}})(?:[.．、](?!\d)|[.．](?=(?:19|20)\d\d年))"
    r"|\((?P<round>\d{1,2})\)"
    rf"|(?P<circle>[{_CIRCLED}])"
    rf"|{_BEGINS}(?P<is>[{_CHINESE}])是"
)


@dataclass(slots=True)
class Segment:
    """One entry of a list, or the whole text.

    Args:
        start: Offset behind its marker.
        end: Offset behind its last character.
        style: Style of its marker; empty for the whole text.
        number: Its number.
        marker: Offset of its marker.
        entries: The entries of the list inside it.
    """

    start: int
    end: int
    style: str = ""
    number: int = 0
    marker: int = 0
    entries: list[Segment] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where the list inside it begins; its end where it has none."""
        return self.entries[0].marker if self.entries else self.end

    def walk(self) -> Iterator[Segment]:
        """The segment and all below it, outer ones first."""
        yield self
        for entry in self.entries:
            yield from entry.walk()

    def innermost(self, offset: int) -> Segment:
        """The smallest segment that a character stands in."""
        for entry in self.entries:
            if entry.start <= offset < entry.end:
                return entry.innermost(offset)
        return self


def outline(plain: str) -> Segment:
    """Divide a folded text by its numbered lists; a number out of order is no entry.

    Examples:
        >>> whole = outline("办公8万元，包括①纸张5万元；②墨盒3万元。")
        >>> [entry.number for entry in whole.entries]
        [1, 2]
        >>> whole = outline("1.办公：(1)纸张；(2)墨盒。2.印刷。")
        >>> [(entry.number, len(entry.entries)) for entry in whole.entries]
        [(1, 2), (2, 0)]
    """
    whole = Segment(0, len(plain))
    open_segments = [whole]
    for match in _MARKERS.finditer(plain):
        style = str(match.lastgroup)
        number = _number(match[style])
        depth = next((i for i, each in enumerate(open_segments) if each.style == style), None)
        if depth is None:
            if number != 1:
                continue
            parent = open_segments[-1]
        elif number == open_segments[depth].number + 1:
            parent = open_segments[depth - 1]
            _close(open_segments, depth, match.start())
        else:
            continue
        entry = Segment(match.end(), len(plain), style, number, match.start())
        parent.entries.append(entry)
        open_segments.append(entry)
    for segment in whole.walk():
        for entry in segment.entries[-1:]:
            entry.end = segment.end
        if len(segment.entries) == 1:
            segment.entries = []
    return whole


def _close(open_segments: list[Segment], depth: int, at: int) -> None:
    for segment in open_segments[depth:]:
        segment.end = at
    del open_segments[depth:]


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    tens, _, ones = text.rpartition("十")
    value = _CHINESE.index(ones) + 1 if ones else 0
    if "十" in text:
        value += 10 * (_CHINESE.index(tens) + 1 if tens else 1)
    return value
