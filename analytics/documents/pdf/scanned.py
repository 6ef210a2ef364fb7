"""Pages that are pictures: which ones are, and what they look like."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analytics.documents.model import Recognition
from analytics.documents.pdf.model import PageContent

if TYPE_CHECKING:
    import pypdfium2

    from analytics.documents.scans.page import Picture

__all__ = ["RESOLUTION", "fold_cells", "is_scanned", "recognised_page", "render"]

RESOLUTION = 200
"""Dots per inch at which a page is drawn to be recognised."""

_INCH = 72  # points
_STRAY = 30  # characters that a stamp or a page number adds to a picture
_COVERED = 0.5  # of the page
_UNREADABLE = 0.3  # of the characters
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff]")  # unmapped, or of private use
_MOST_PIXELS = 16_000_000
_LARGEST = 1_300  # points; a page larger than A3 has pixels for points
_A4 = 842.0  # points, its longer side
_DARK = 200  # of 255


def is_scanned(document: pypdfium2.PdfDocument, index: int, content: PageContent) -> bool:
    """Whether a page must be read from its picture.

    It must where a picture covers most of it and there are hardly any characters, where it has
    ink and no character at all, and where many of its characters have no meaning: a font without
    code points. A blank page need not be read.

    Args:
        document: The file.
        index: The page, counted from 0.
        content: What the page holds as text.
    """
    glyphs = content.glyphs
    strange = _STRANGE.findall("".join([glyph.text for glyph in glyphs]))
    if len(strange) > _UNREADABLE * len(glyphs):
        return True
    if len(glyphs) >= _STRAY:
        return False
    covered = sum((box.right - box.left) * (box.bottom - box.top) for box in content.pictures)
    if covered > _COVERED * content.width * content.height:
        return True
    return not glyphs and not content.beyond_edge and _has_ink(document, index)


def _has_ink(document: pypdfium2.PdfDocument, index: int) -> bool:
    bitmap = document[index].render(scale=0.5, grayscale=True)
    try:
        return min(bytes(bitmap.buffer), default=255) < _DARK
    finally:
        bitmap.close()


def recognised_page(
    document: pypdfium2.PdfDocument, index: int, content: PageContent
) -> PageContent:
    """What the picture of a page shows, or without the extra ``ocr`` what the page holds as text.

    Args:
        document: The file.
        index: The page, counted from 0.
        content: What the page holds as text; it is marked as a picture where it stays.
    """
    from analytics.documents.scans.extra import is_installed
    from analytics.documents.scans.page import read_picture

    if is_installed():
        return read_picture(render(document, index))
    return replace(content, is_picture=True)


def fold_cells(
    cells: Sequence[str], confidences: Sequence[float | None]
) -> tuple[tuple[str, ...], tuple[Recognition | None, ...]]:
    """The cells of a recognised row with look-alikes folded in numbers, and how each was read.

    Args:
        cells: The cells as recognised.
        confidences: How sure each is; ``None`` for blank ones.
    """
    from analytics.documents.scans.lookalikes import fold_lookalikes

    texts: list[str] = []
    recognitions: list[Recognition | None] = []
    for cell, confidence in zip(cells, confidences, strict=True):
        folded = fold_lookalikes(cell)
        texts.append(cell if folded is None else folded)
        how = Recognition(confidence or 0.0, None if folded is None else cell)
        recognitions.append(how if cell else None)
    return tuple(texts), tuple(recognitions)


def render(document: pypdfium2.PdfDocument, index: int) -> Picture:
    """Draw a page in grey, as large as recognising it takes and never larger.

    Args:
        document: The file.
        index: The page, counted from 0.
    """
    from analytics.documents.scans.page import Picture

    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(RESOLUTION / _INCH, math.sqrt(_MOST_PIXELS / (width * height)))
        longer = max(width, height)
        points = (1.0 if longer <= _LARGEST else _A4 / longer) / scale
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        finally:
            bitmap.close()
    finally:
        page.close()
    return Picture(grey, points)
