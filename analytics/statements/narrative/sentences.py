"""Sentences out of lines: joined where a break cut them, split where they end, each located."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.amounts import fold_digits
from analytics.documents.model import Block, Paragraph, Place, Recognition
from analytics.statements.narrative.sections import (
    Outline,
    SectionKind,
    completes_heading,
    is_caption,
    is_contents_entry,
    is_heading,
    is_page_number,
    starts_item,
)

__all__ = ["Sentence", "Squeezed", "read_sentences", "squeeze_sentence"]

_ENDS_LINE = "。！？；;：:"
_SENTENCE_END = re.compile(r"(?<=[。！？])")
_DROPPED = frozenset(" \t\n\r\f\v\u00a0\u2002\u2003\u2009\u3000\u200b\u200c\u200d\ufeff“”\"'‘’《》")
_PAUSE = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")  # a comma that separates no thousands


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A sentence in the form rules are written on, with the way back to what was printed.

    Spaces and quotation marks are gone, digits and punctuation have one form: ``()``, ``:``,
    ``;``, ``%``, the pause is ``，``, and ``,`` only separates thousands.
    """

    text: str
    offsets: tuple[int, ...]

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the printed sentence of the squeezed span."""
        if start >= len(self.offsets):
            return (self.offsets[-1] + 1,) * 2 if self.offsets else (0, 0)
        return self.offsets[start], self.offsets[max(start, end - 1)] + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed.

    Args:
        text: The sentence; lines that a break cut are joined without anything between.
        kind: What its section is about.
        section: Nearest heading above.
        headings: All headings above, the nearest last.
        block: Paragraph it begins in.
        row: Number of the sentence in that paragraph, from 1.
        page: Page it begins on.
        line: Line it begins on.
        joins: Offsets at which another line was joined on.
        recognition: How its least sure line was read, where that was from a picture.
    """

    text: str
    kind: SectionKind
    section: str | None
    headings: tuple[str, ...]
    block: int
    row: int
    page: int | None = None
    line: int | None = None
    joins: tuple[int, ...] = ()
    recognition: Recognition | None = None

    def place(self, offset: int) -> Place:
        """The place of the character at ``offset``."""
        return Place(self.block, self.row, offset + 1, self.page, self.line, self.recognition)

    def is_broken(self, begin: int, end: int) -> bool:
        """Whether spaces or the break of a line stand between two offsets."""
        has_break = any(begin < join < end for join in self.joins)
        return has_break or re.search(r"\s", self.text[begin:end]) is not None


def read_sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    r"""The sentences of the running text, in reading order; headings and tables give none.

    A line goes on in the next one if it does not end in a full stop, a semicolon or a colon, and
    the next one is neither a heading nor a numbered item. Empty lines and page numbers between the
    two, which a page break leaves behind, do not matter; a table does.

    Examples:
        >>> from analytics.documents.text import read_text_blocks
        >>> text = "八、机关运行经费情况\n预算3.00万元，比上\n\n- 7 -\n年减少1.00万元。"
        >>> [sentence.text for sentence in read_sentences(read_text_blocks(text))]
        ['预算3.00万元，比上年减少1.00万元。']
    """
    outline = Outline()
    pending: list[Paragraph] = []
    heading: str | None = None
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield from _split(pending, outline)
            pending, heading = [], None
            continue
        if is_page_number(block.text):
            continue
        begun = pending[-1].text if pending else heading
        is_alone = len(pending) < 2 or len(pending[-1].text) <= 4
        if begun is not None and is_alone and completes_heading(begun, block.text):
            yield from _split(pending[:-1], outline)
            outline.take(begun + block.text)
            pending, heading = [], None
            continue
        heading = None
        if pending and not _begins_anew(block.text):
            pending.append(block)
        else:
            yield from _split(pending, outline)
            pending = []
            if outline.take(block.text) or is_caption(block.text):
                heading = None if is_caption(block.text) else block.text
                continue
            pending = [block]
        if pending[-1].text.rstrip()[-1:] in _ENDS_LINE:
            yield from _split(pending, outline)
            pending = []
    yield from _split(pending, outline)


def _begins_anew(text: str) -> bool:
    """Whether a line cannot go on with the line above it."""
    return starts_item(text) or is_heading(text) or is_caption(text) or is_contents_entry(text)


def _split(lines: Sequence[Paragraph], outline: Outline) -> Iterator[Sentence]:
    """Cut joined lines into sentences."""
    if not lines or outline.kind is SectionKind.CLOSED:
        return
    starts, text = [], ""
    for line in lines:
        starts.append(len(text))
        text += line.text
    at, rows = 0, dict.fromkeys(range(len(lines)), 0)
    for piece in _SENTENCE_END.split(text):
        index = bisect_right(starts, at) - 1
        if piece.strip():
            rows[index] += 1
            yield Sentence(
                text=piece,
                kind=outline.kind,
                section=outline.heading,
                headings=outline.headings,
                block=lines[index].block,
                row=rows[index],
                page=lines[index].page,
                line=lines[index].line,
                joins=tuple(start - at for start in starts if at < start < at + len(piece)),
                recognition=_least_sure(lines[index : bisect_right(starts, at + len(piece) - 1)]),
            )
        at += len(piece)


def _least_sure(lines: Sequence[Paragraph]) -> Recognition | None:
    read = [line.recognition for line in lines if line.recognition is not None]
    return min(read, key=lambda each: each.confidence, default=None)


def squeeze_sentence(printed: str) -> Squeezed:
    """Bring a sentence into the form rules are written on.

    Examples:
        >>> squeeze_sentence("“三公”经费 ３，402.75万元，减少 5.10 万元").text
        '三公经费3,402.75万元，减少5.10万元'
    """
    offsets = tuple([i for i, character in enumerate(printed) if character not in _DROPPED])
    kept = "".join([printed[i] for i in offsets])
    text = fold_digits(kept).replace("；", ";").replace("：", ":")
    return Squeezed(_PAUSE.sub("，", text), offsets)
