"""What a page is made of before it is read: characters and drawn rules, in the frame of a reader.

Coordinates are points from the page's top left corner as it is displayed: x grows to the right, y
grows downwards, whatever the file's own frame and the page's rotation are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Box", "Glyph", "PageContent", "PageTable", "Rule"]


class Glyph(NamedTuple):
    """One printed character; ``base`` is the y of its baseline.

    ``size`` is the size of the print: some fonts give boxes that are no higher than the ink.
    ``is_spaced`` says that a space stands before it in the file, ``is_turned`` that it does not
    read from left to right like the rest of the page. ``confidence`` is how sure the reading of a
    picture is, 0 to 1; ``None`` where the file itself holds the character.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    is_spaced: bool = False
    is_turned: bool = False
    confidence: float | None = None


class Rule(NamedTuple):
    """A straight drawn line: its position on one axis, its two ends on the other."""

    position: float
    start: float
    end: float


class Box(NamedTuple):
    """An area of the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """The characters and rules of one page.

    Args:
        width: Width as displayed, in points.
        height: Height as displayed, in points.
        glyphs: Characters in the order of the file, spaces left out.
        across: Horizontal rules; the position is y.
        down: Vertical rules; the position is x.
        shades: Filled rectangles without an outline.
        beyond_edge: How many characters lie outside the page and were left out.
        watermark: How many characters of watermarks were left out.
        unmapped: How many characters have no code point; they are read as U+FFFD.
        is_too_drawn: Whether the page has more drawn lines than a table could have; they were
            left out, and no table is looked for by its rules.
        pictures: Where pictures stand.
        is_picture: Whether it must be read from its picture and was not.
        is_recognised: Whether all of it was read from a picture of the page.
        unread: How many texts of that picture were too unsure and were left out.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Rule]
    down: list[Rule]
    shades: list[Box]
    beyond_edge: int = 0
    watermark: int = 0
    unmapped: int = 0
    is_too_drawn: bool = False
    pictures: list[Box] = field(default_factory=list)
    is_picture: bool = False
    is_recognised: bool = False
    unread: int = 0


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page: its area and the texts of its cells, row by row.

    ``lefts`` are the left edges of the columns where rules say where these are, ``confidences``
    how sure the reading of each cell is on a page that is a picture; empty on others. Where white
    parts the columns, ``spans`` are what their characters take; ``is_headed`` says whether a
    header stands above the first row of such a table.
    """

    box: Box
    rows: tuple[tuple[str, ...], ...]
    lefts: tuple[float, ...] = ()
    confidences: tuple[tuple[float | None, ...], ...] = ()
    spans: tuple[tuple[float, float], ...] = ()
    is_headed: bool = False
