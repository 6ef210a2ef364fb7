"""Characters → printed lines: what shares a baseline, where a gap parts it, where spaces stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from analytics.documents.pdf.model import Box, Glyph

__all__ = ["Segment", "join_text", "least_confidence", "printed_lines", "split_line", "text_of"]

_SAME_LINE = 0.35  # of the size of the print, between two baselines
_SPACE = 0.7  # of the size of the print, between any two characters
_base, _left = attrgetter("base"), attrgetter("left")


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of one printed line without a wide gap between them."""

    glyphs: tuple[Glyph, ...]

    @property
    def box(self) -> Box:
        """The area that the characters take."""
        return Box(
            self.glyphs[0].left,
            min(glyph.top for glyph in self.glyphs),
            max(glyph.right for glyph in self.glyphs),
            max(glyph.bottom for glyph in self.glyphs),
        )

    @property
    def base(self) -> float:
        """The y of the baseline."""
        return self.glyphs[0].base

    @property
    def text(self) -> str:
        """The characters as a reader would type them."""
        return text_of(self.glyphs)


def printed_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters as printed lines from top to bottom, each from left to right.

    Characters that are turned against the page (the labels of a chart's axis) do not read from
    left to right: they keep the order of the file, one line for each run of them.
    """
    lines: list[list[Glyph]] = []
    upright = sorted([glyph for glyph in glyphs if not glyph.is_turned], key=_base)
    for glyph in upright:
        if lines and (glyph.base == lines[-1][0].base or _shares_line(lines[-1], glyph)):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=_left)
    if len(upright) < len(glyphs):
        lines.extend(_turned_runs(glyphs))
        lines.sort(key=lambda line: min(glyph.base for glyph in line))
    return lines


def split_line(line: Sequence[Glyph], gap: float) -> Iterator[Segment]:
    """Part a printed line where the white between characters is wider than ``gap``.

    Args:
        line: Characters from left to right.
        gap: Multiple of the size of the largest character.
    """
    start = 0
    reach = line[0].right
    white = gap * max([glyph.size for glyph in line])
    for index, glyph in enumerate(line):
        if glyph.left - reach > white and not glyph.is_turned:
            yield Segment(tuple(line[start:index]))
            start = index
        if glyph.right > reach:  # noqa: PLR1730 (once a character: a call costs more)
            reach = glyph.right
    yield Segment(tuple(line[start:]))


def text_of(line: Sequence[Glyph]) -> str:
    """The characters of a line as text, with a space where the white is a word's or wider."""
    parts = [glyph.text for glyph in line]
    for index, (before, glyph) in enumerate(pairwise(line), start=1):
        is_wide = glyph.left - before.right > _SPACE * glyph.size
        if (is_wide or glyph.is_spaced) and _is_space(before, glyph, is_wide=is_wide):
            parts[index] = f" {glyph.text}"
    return "".join(parts)


def _is_space(before: Glyph, glyph: Glyph, *, is_wide: bool) -> bool:
    """Whether a space is read: wide white, or a typed one beside a Latin letter.

    Digits that are set apart stay together, and so do Chinese characters and digits.
    """
    if is_wide or glyph.is_turned:
        return not glyph.is_turned
    has_letter = _is_letter(before.text) or _is_letter(glyph.text)
    return has_letter and before.text.isascii() and glyph.text.isascii()


def join_text(lines: Sequence[Sequence[Glyph]]) -> str:
    """The lines of a cell as one text, with a space between two Latin words only.

    A name that was wrapped is whole again, and so is a number.
    """
    return _join([text_of(line) for line in lines])


def least_confidence(glyphs: Iterable[Glyph]) -> float | None:
    """How sure the least sure of some characters is; ``None`` if none was read from a picture."""
    known = (glyph.confidence for glyph in glyphs)
    return min((each for each in known if each is not None), default=None)


def _join(lines: Sequence[str]) -> str:
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        is_word = _is_letter(joined[-1]) and _is_letter(line[0])
        joined += f" {line}" if is_word else line
    return joined


def _shares_line(line: Sequence[Glyph], glyph: Glyph) -> bool:
    near = _SAME_LINE * min(line[0].size, glyph.size)
    return glyph.base - line[-1].base <= near and glyph.base - line[0].base <= 2 * near


def _turned_runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.is_turned and run and _is_apart(run[-1], glyph):
            yield run
            run = []
        if glyph.is_turned:
            run.append(glyph)
    if run:
        yield run


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    reach = 2 * max(before.size, before.right - before.left)
    return abs(glyph.left - before.left) > reach or abs(glyph.top - before.top) > reach


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
