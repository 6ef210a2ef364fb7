"""A picture of a page → its characters and rules, as if it had a text layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analytics.documents.pdf.codepoints import fold_radicals
from analytics.documents.pdf.model import Box, Glyph, PageContent, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from analytics.documents.scans.words import Text

__all__ = ["Picture", "read_picture"]

_UNREAD = 0.5  # of confidence: below it a text is a stamp or a smudge
_SIZE = 0.8  # of the height of a text's box, which reaches beyond the print
_BASE = 0.3  # of the size of the print from the middle of a character down to its baseline
_TALL = 1.5


class Picture(NamedTuple):
    """A page as pixels, white paper being 255, and the points in one of them."""

    grey: NDArray[np.uint8]
    points: float


def read_picture(picture: Picture) -> PageContent:
    """Recognise the characters and rules on a picture of a page.

    The picture is straightened and turned upright first. Texts that run over a column rule are
    parted there before they are read. A text that is read with less than even confidence is left
    out and counted.

    Args:
        picture: The page.
    """
    from analytics.documents.scans.rules import find_rules
    from analytics.documents.scans.straighten import straightened
    from analytics.documents.scans.words import parted, recognised

    upright, boxes = _upright(straightened(picture.grey))
    across, down = find_rules(upright, boxes)
    read = recognised(upright, parted(boxes, down))
    kept = [text for text in read if _confidence(text) >= _UNREAD]
    height, width = upright.shape
    points = picture.points
    return PageContent(
        width * points,
        height * points,
        [glyph for text in kept for glyph in _glyphs(text, points)],
        [_scaled(rule, points) for rule in across],
        [_scaled(rule, points) for rule in down],
        [],
        is_recognised=True,
        unread=len(read) - len(kept),
    )


def _upright(grey: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], list[Box]]:
    """The picture with its texts from left to right, and where these are."""
    import numpy as np

    from analytics.documents.scans.words import find_texts, is_upside_down

    boxes = find_texts(grey)
    tall = sum(box.bottom - box.top > _TALL * (box.right - box.left) for box in boxes)
    if tall * 2 > len(boxes):
        grey = np.ascontiguousarray(np.rot90(grey))
        boxes = find_texts(grey)
    if is_upside_down(grey, boxes):
        height, width = grey.shape
        grey = np.ascontiguousarray(np.rot90(grey, 2))
        boxes = [
            Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
            for box in boxes
        ]
    return grey, boxes


def _confidence(text: Text) -> float:
    return sum(character.confidence for character in text.characters) / len(text.characters)


def _glyphs(text: Text, points: float) -> Iterator[Glyph]:
    _, top, _, bottom = (edge * points for edge in text.box)
    size = _SIZE * (bottom - top)
    middle = (top + bottom) / 2
    for character in text.characters:
        half = (0.25 if character.text.isascii() else 0.5) * size
        x = character.middle * points
        yield Glyph(
            fold_radicals(character.text),
            x - half,
            x + half,
            middle - size / 2,
            middle + size / 2,
            middle + _BASE * size,
            size,
            character.is_spaced,
            confidence=character.confidence,
        )


def _scaled(rule: Rule, points: float) -> Rule:
    return Rule(rule.position * points, rule.start * points, rule.end * points)
