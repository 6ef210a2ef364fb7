"""A running text folded for reading: where its sentences and clauses are, what of it is no figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.amounts import fold_digits

__all__ = ["MASK", "PlainText"]

MASK = "\0"
"""Stands for a character in which no figure is looked for."""

_TITLE = re.compile(r"《[^《》]*》")
_REFERENCES = (
    re.compile(r"[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\d+号"),
    re.compile(r"第[\d、,，和至-]+(?:条|款|项|批|号|章|届|次|期)"),
)
_SENTENCE_END = re.compile(r"[。;；!！?？]")
_PERIOD_END = re.compile(r"[。!！?？]")
_CLAUSE_END = re.compile(r"[。;；!！?？:：，]|,(?!\d{3}(?!\d))|(?<!\d),")
_PIECE_END = re.compile(rf"{_CLAUSE_END.pattern}|[()]")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without spaces, digits and brackets folded; full-width commas stay what they are.

    Args:
        printed: The text as printed.
        plain: The folded text.
        masked: The same, titles of documents and their numbers masked.
        places: Offset of each folded character in the printed text.
    """

    printed: str
    plain: str
    masked: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, printed: str) -> PlainText:
        """Fold a text.

        Examples:
            >>> text = PlainText.of("依据《办法》（某财〔2031〕12号），共需 １２ 万元。")
            >>> text.plain
            '依据《办法》(某财〔2031〕12号)，共需12万元。'
            >>> "2031" in text.masked, text.printed_at(22, 26)
            (False, '１２ 万元')
        """
        pairs = [
            (folded, index)
            for index, character in enumerate(printed)
            if (folded := character if character == "，" else fold_digits(character).strip())
        ]
        plain = "".join(folded for folded, _ in pairs)
        return cls(printed, plain, _masked(plain), tuple(index for _, index in pairs))

    def printed_at(self, start: int, end: int) -> str:
        """The printed characters of a folded span."""
        return self.printed[self.places[start] : self.places[end - 1] + 1] if end > start else ""

    def masking(self, spans: Iterable[tuple[int, int]]) -> str:
        """The masked text with more spans masked."""
        masked = self.masked
        for start, end in spans:
            masked = masked[:start] + MASK * (end - start) + masked[end:]
        return masked

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that a character stands in, from 0."""
        ends = [match.start() for match in _SENTENCE_END.finditer(self.plain)]
        return bisect_right(ends, offset - 1)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around a span, brackets inside it included."""
        return self._around(_CLAUSE_END, start, end)

    def piece(self, start: int, end: int) -> tuple[int, int]:
        """The clause around a span, cut at brackets."""
        return self._around(_PIECE_END, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a span."""
        return self._around(_SENTENCE_END, start, end)

    def period(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a span, its parts between semicolons together."""
        return self._around(_PERIOD_END, start, end)

    def _around(self, ends: re.Pattern[str], start: int, end: int) -> tuple[int, int]:
        before = [match.end() for match in ends.finditer(self.plain) if match.end() <= start]
        after = ends.search(self.plain, end)
        return (before[-1] if before else 0), (after.start() if after else len(self.plain))


def _masked(plain: str) -> str:
    masked = plain
    while True:
        once = _TITLE.sub(lambda match: MASK * len(match[0]), masked)
        if once == masked:
            break
        masked = once
    for pattern in _REFERENCES:
        masked = pattern.sub(lambda match: MASK * len(match[0]), masked)
    return masked
