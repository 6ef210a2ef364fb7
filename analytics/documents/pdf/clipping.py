"""How much of the height of a page the file lets be seen of a character."""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as pdfium

from analytics.documents.pdf.paths import Matrix, bound, pointer

__all__ = ["clipped_above_and_below"]

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_text_object = bound(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_bounds = bound(
    pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
_clip_path = bound(pdfium.FPDFPageObj_GetClipPath, _POINTER, _POINTER)
_path_count = bound(pdfium.FPDFClipPath_CountPaths, _INT, _POINTER)
_segment_count = bound(pdfium.FPDFClipPath_CountPathSegments, _INT, _POINTER, _INT)
_segment = bound(pdfium.FPDFClipPath_GetPathSegment, _POINTER)
_point = bound(pdfium.FPDFPathSegment_GetPoint, _INT)
_NEAR = 2.0  # points
_MOST_SEGMENTS = 100  # a drawn shape, and not the edge of a cell or a page


def clipped_above_and_below(
    text: int | None, index: int, matrix: Matrix, middle: float
) -> tuple[float, float]:
    """From which y to which the character with an index may be seen, as the page is shown.

    Without a clip path, or with one that is no plain area, there is no limit. Nor is there one
    where the ``middle`` of the character is not where its object says it is: the object is part
    of a form, which has a frame of its own.
    """
    low, high = -math.inf, math.inf
    found = _text_object(text, index)
    clip = _clip_path(found) if found else None
    path_count = _path_count(clip) if clip else 0
    if path_count < 1:
        return low, high
    _, b, _, d, _, f = matrix
    edges = (ctypes.c_float * 4)()
    at = ctypes.addressof(edges)
    _bounds(found, at, at + 4, at + 8, at + 12)
    left, bottom, right, top = edges
    ends = (b * left + d * bottom + f, b * right + d * top + f)
    reach = abs(ends[1] - ends[0]) + _NEAR
    if not min(ends) - reach <= middle <= max(ends) + reach:
        return low, high
    shape = pointer(clip)
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    for path in range(path_count):
        count = _segment_count(clip, path)
        if not 3 <= count <= _MOST_SEGMENTS:
            continue
        heights = []
        for number in range(count):
            _point(pointer(_segment(shape, path, number)), to_x, to_y)
            heights.append(b * x.value + d * y.value + f)
        low, high = max(low, min(heights)), min(high, max(heights))
    return low, high
