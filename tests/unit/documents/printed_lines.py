"""Printed lines for tests: texts at places, in a print whose characters are 10 points wide."""

from __future__ import annotations

from analytics.documents.pdf.areas import Line, read_line
from analytics.documents.pdf.lines import Segment
from analytics.documents.pdf.model import Glyph

__all__ = ["printed", "segment"]


def _glyphs(text: str, left: float, base: float, em: float) -> list[Glyph]:
    glyphs = []
    for character in text:
        width = em / 2 if character.isascii() else em
        top, bottom = base - 0.86 * em, base + 0.14 * em
        glyphs.append(Glyph(character, left, left + width, top, bottom, base, em))
        left += width
    return glyphs


def segment(text: str, left: float, base: float = 0.0, em: float = 10.0) -> Segment:
    """A text that begins at ``left`` on the baseline ``base``."""
    return Segment(tuple(_glyphs(text, left, base, em)))


def printed(base: float, *texts: tuple[float, str], em: float = 10.0) -> Line:
    """A line of texts, each with the place where it begins."""
    return read_line([g for left, text in texts for g in _glyphs(text, left, base, em)])
