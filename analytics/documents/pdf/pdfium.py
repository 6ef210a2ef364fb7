"""Characters and drawn rules of a page, straight from PDFium's C interface.

The wrapped calls of pypdfium2 convert every pointer they are given, which costs more than the
calls themselves: a page has a thousand characters. The few functions that are called once a
character or once a drawn object are therefore bound again with plain pointers, and those called
once a character without declared arguments: nothing is converted, what they get must fit as it is.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import compress, repeat, takewhile
from operator import sub
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from analytics.documents.pdf.clipping import clipped_above_and_below
from analytics.documents.pdf.codepoints import fold_radicals
from analytics.documents.pdf.model import Box, Glyph, PageContent, Rule
from analytics.documents.pdf.paths import Matrix, bound, pointer, walk_objects
from analytics.errors import ReadError

__all__ = ["MAX_CHARACTERS", "page_content"]

MAX_CHARACTERS = 100_000
"""Characters on one page beyond which a file is refused; a printed page has a few thousand."""

_SLANT = math.radians(4)
_LARGE = 1.8  # times the usual size of the page's print
_SEE_THROUGH = 153  # of 255
_PALE, _WHITE = 180, 250  # of 255, of the darkest colour component
_EDGE = 1.0  # points
_UNMAPPED = "\ufffd"
_HYPHEN = "\x02"  # what PDFium puts for a hyphen at the end of a line
_INVISIBLE = frozenset(
    "\xa0\u00ad\u2002\u2003\u2009\u200b\u200c\u200d\u200e\u200f\u3000\ufeff\ufffe"
)

_POINTER, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_unicode = bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_loose_box = bound(pdfium.FPDFText_GetLooseCharBox, _INT)
_origin = bound(pdfium.FPDFText_GetCharOrigin, _INT)
_angle = bound(pdfium.FPDFText_GetCharAngle, _FLOAT)
_char_matrix = bound(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_fill_colour = bound(
    pdfium.FPDFText_GetFillColor, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER
)


def page_content(document: Any, index: int) -> PageContent:
    """Read what one page shows.

    The page is turned so that most of its text reads from left to right: a page with a rotation
    entry and a table printed sideways on an upright page come out the same.

    Args:
        document: A document handle of PDFium.
        index: The page, counted from 0.

    Raises:
        ReadError: PDFium cannot load the page, or it has more than ``MAX_CHARACTERS``.
    """
    with _open_page(document, index) as page, _open_text(page, index) as text:
        count = pdfium.FPDFText_CountChars(text)
        if count > MAX_CHARACTERS:
            raise ReadError(
                f"page {index + 1} has {count:,} characters",
                hint=f"a printed page has a few thousand, the limit is {MAX_CHARACTERS:,}",
            )
        handle = ctypes.cast(text, _POINTER).value
        texts, indices = _characters(handle, count)
        angles = _directions(handle, indices)
        frame = _display_frame(page, _main_quarter(angles))
        drawing = walk_objects(page, frame.matrix)
        found = _without_clipped(handle, _glyphs(handle, texts, indices, angles, frame), frame)
        kept = _without_watermark(handle, found)
    return PageContent(
        frame.width,
        frame.height,
        kept,
        _clipped(drawing.across, frame.height, frame.width),
        _clipped(drawing.down, frame.width, frame.height),
        [shade for shade in drawing.shades if _is_inside(shade, frame)],
        beyond_edge=found.beyond,
        watermark=found.slanted + len(found.glyphs) - len(kept),
        unmapped=[glyph.text for glyph in kept].count(_UNMAPPED),
        is_too_drawn=drawing.is_too_much,
        pictures=drawing.pictures,
    )


@contextmanager
def _open_page(document: Any, index: int) -> Iterator[Any]:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise ReadError(
            f"page {index + 1} cannot be loaded", hint="the file is damaged; download it again"
        )
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


@contextmanager
def _open_text(page: Any, index: int) -> Iterator[Any]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise ReadError(
            f"the text of page {index + 1} cannot be loaded",
            hint="the file is damaged; download it again",
        )
    try:
        yield text
    finally:
        pdfium.FPDFText_ClosePage(text)


def _characters(handle: int | None, count: int) -> tuple[list[str], list[int]]:
    """The characters that are no white, and their indices."""
    codes = map(_unicode, repeat(pointer(handle)), range(count))
    texts = list(map(_character, codes))
    return list(filter(None, texts)), list(compress(range(count), texts))


def _directions(handle: int | None, indices: list[int]) -> list[float]:
    """The direction each character is written in, clockwise, in radians.

    PDFium takes the direction from the slant of the upright strokes, so that letters sheared to
    look italic seem turned: for these the direction of the line is looked up.
    """
    angles = list(map(_angle, repeat(pointer(handle)), indices))
    slanted = {angle for angle in set(angles) if _is_slanted(angle)}
    if not slanted:
        return angles
    matrix = (_FLOAT * 6)()
    address = ctypes.addressof(matrix)
    for place, (index, angle) in enumerate(zip(indices, angles, strict=True)):
        if angle in slanted and _char_matrix(handle, index, address):
            angles[place] = math.atan2(-matrix[1], matrix[0]) % (2 * math.pi)
    return angles


def _main_quarter(angles: list[float]) -> int:
    """How many quarter turns (clockwise) make most of the text upright."""
    turns: Counter[int] = Counter()
    for angle, count in Counter(angles).items():
        if not _is_slanted(angle):
            turns[-round(angle / (math.pi / 2)) % 4] += count
    return turns.most_common(1)[0][0] if turns else 0


def _is_slanted(angle: float) -> bool:
    quarter = math.pi / 2
    return abs(angle - round(angle / quarter) * quarter) > _SLANT


class _Frame(NamedTuple):
    """How a page is shown: the matrix from its own frame, its size, the angle of upright text."""

    matrix: Matrix
    width: float
    height: float
    upright: float


def _display_frame(page: Any, quarter: int) -> _Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    frames: tuple[Matrix, ...] = (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )
    width, height = right - left, top - bottom
    if quarter % 2:
        width, height = height, width
    return _Frame(frames[quarter], width, height, -quarter % 4 * math.pi / 2)


class _Found(NamedTuple):
    """The visible characters, their indices, and how many lie off the page or are slanted."""

    glyphs: list[Glyph]
    indices: list[int]
    beyond: int
    slanted: int


def _glyphs(
    handle: int | None,
    texts: list[str],
    indices: list[int],
    angles: list[float],
    frame: _Frame,
) -> _Found:
    """The characters that are seen; column by column, for a page has many and few kinds of them."""
    turns = {angle: _turn(angle, frame.upright) for angle in set(angles)}
    turned = [turns[angle] for angle in angles]
    left, right, top, bottom, base = _boxes(handle, indices, frame)
    # How much white there was before each tells whether there is any between two that are seen.
    whites = list(map(sub, indices, range(len(indices))))
    columns: list[list[Any]] = [texts, left, right, top, bottom, base, turned, whites, indices]
    width, height = 2 * frame.width, 2 * frame.height
    is_on_page = [
        0 <= x0 + x1 <= width and 0 <= y0 + y1 <= height
        for x0, x1, y0, y1 in zip(left, right, top, bottom, strict=True)
    ]
    beyond = is_on_page.count(False)
    slanted = list(compress(turned, is_on_page)).count(None)
    if beyond or slanted:
        seen = [on and turn is not None for on, turn in zip(is_on_page, turned, strict=True)]
        columns = [list(compress(column, seen)) for column in columns]
    texts, left, right, top, bottom, base, turned, whites, indices = columns
    sizes = map(max, map(sub, right, left), map(sub, bottom, top))
    spaced = map(int.__ne__, whites, [0, *whites])
    rows = zip(texts, left, right, top, bottom, base, sizes, spaced, turned, repeat(None))
    # What Glyph(...) does, without a call of Python code for each.
    return _Found(list(map(tuple.__new__, repeat(Glyph), rows)), indices, beyond, slanted)


@lru_cache(2**14)
def _character(code: int) -> str:
    """The character that is read for a code; nothing for white."""
    character = chr(code) if 0 < code < 0x110000 else _UNMAPPED
    if character == _HYPHEN:
        return "-"
    return "" if character <= " " or character in _INVISIBLE else fold_radicals(character)


def _turn(angle: float, upright: float) -> bool | None:
    """Whether what is written at an angle is turned against the page; ``None`` if it is slanted."""
    if angle == upright:
        return False
    if _is_slanted(angle):
        return None
    return _SLANT < abs(angle - upright) < 2 * math.pi - _SLANT


def _boxes(handle: int | None, indices: list[int], frame: _Frame) -> tuple[list[float], ...]:
    """Left, right, top, bottom and baseline of each character, in the displayed frame."""
    boxes, points = array("f", bytes(16 * len(indices))), array("d", bytes(16 * len(indices)))
    text = pointer(handle)
    # Half of the time of a loop would go into the loop.
    deque(map(_loose_box, repeat(text), indices, _addresses(boxes)), maxlen=0)
    to_x, to_y = _addresses(points), _addresses(points, points.itemsize)
    deque(map(_origin, repeat(text), indices, to_x, to_y), maxlen=0)
    x0, y1, x1, y0 = (boxes[edge::4].tolist() for edge in range(4))
    a, b, c, d, e, f = frame.matrix
    # A quarter turn swaps the axes: of each pair of factors one is zero.
    left, right = _moved(x0, x1, a, e) if a else _moved(y0, y1, c, e)
    top, bottom = _moved(y0, y1, d, f) if d else _moved(x0, x1, b, f)
    base = [d * y + f for y in points[1::2]] if d else [b * x + f for x in points[0::2]]
    return left, right, top, bottom, base


def _addresses(buffer: array[float], start: int = 0) -> Iterator[Any]:
    """Every sixteenth byte of a buffer: four floats, or two doubles."""
    first, _ = buffer.buffer_info()
    return map(pointer, range(first + start, first + len(buffer) * buffer.itemsize, 16))


def _moved(
    low: list[float], high: list[float], factor: float, shift: float
) -> tuple[list[float], list[float]]:
    if (factor, shift) == (1.0, 0.0):  # across most pages
        return low, high
    if factor < 0:
        low, high = high, low
    return [factor * end + shift for end in low], [factor * end + shift for end in high]


def _clipped(rules: list[Rule], breadth: float, length: float) -> list[Rule]:
    """What the page shows of the rules: none beside it, none longer than it."""
    clipped = [
        Rule(position, max(start, 0.0), min(end, length))
        for position, start, end in rules
        if -_EDGE <= position <= breadth + _EDGE
    ]
    return [rule for rule in clipped if rule.end - rule.start >= _EDGE]


def _is_inside(box: Box, frame: _Frame) -> bool:
    return (
        -_EDGE <= box.left <= box.right <= frame.width + _EDGE
        and -_EDGE <= box.top <= box.bottom <= frame.height + _EDGE
    )


def _without_clipped(handle: int | None, found: _Found, frame: _Frame) -> _Found:
    """Drop lines that lie above or below the area that the file lets be seen of them.

    A row that a page break cuts is often written on both pages, and each shows its own half.
    The first character of a line tells whether the others need to be looked at.
    """

    def is_hidden(place: int) -> bool:
        middle = (found.glyphs[place].top + found.glyphs[place].bottom) / 2
        index = found.indices[place]
        low, high = clipped_above_and_below(handle, index, frame.matrix, middle)
        return not low <= middle <= high

    bases = [glyph.base for glyph in found.glyphs]
    # Backwards, so that of each line the first place is what is left.
    firsts = dict(zip(reversed(bases), reversed(range(len(bases))), strict=True))
    hidden: set[int] = set()
    for line in [line for line, first in firsts.items() if is_hidden(first)]:
        places = [place for place, base in enumerate(bases) if base == line]
        hidden.update(takewhile(is_hidden, places))
    if not hidden:
        return found
    kept = [place for place in range(len(found.glyphs)) if place not in hidden]
    return found._replace(
        glyphs=[found.glyphs[place] for place in kept],
        indices=[found.indices[place] for place in kept],
    )


def _without_watermark(handle: int | None, found: _Found) -> list[Glyph]:
    """Drop text that is laid over the page: much larger than the rest, and see-through or pale."""
    glyphs = found.glyphs
    if not glyphs:
        return glyphs
    sizes = [glyph.size for glyph in glyphs]
    large = _LARGE * median(sizes)
    if max(sizes) <= large:
        return glyphs
    return [
        glyph
        for index, glyph in zip(found.indices, glyphs, strict=True)
        if glyph.size <= large or not _is_faint(handle, index)
    ]


def _is_faint(handle: int | None, index: int) -> bool:
    colour = (ctypes.c_uint * 4)()
    at = ctypes.addressof(colour)
    if not _fill_colour(handle, index, at, at + 4, at + 8, at + 12):
        return False
    *parts, alpha = colour
    return alpha < _SEE_THROUGH or _PALE <= min(parts) < _WHITE
