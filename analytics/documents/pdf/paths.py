"""Drawn rules and shaded rectangles among the objects of a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from analytics.documents.pdf.model import Box, Rule

__all__ = ["Drawing", "Matrix", "bound", "pointer", "walk_objects"]

Matrix = tuple[float, float, float, float, float, float]

_THIN = 3.0  # points: a filled rectangle thinner than this is a rule
_STRAIGHT = 0.5  # points by which the ends of a rule may differ across it
_SHORT = 1.0
_MAX_OBJECTS = 100_000
_MAX_RULES = 20_000
_MAX_DEPTH = 8
_WHITE = 250  # of 255, of the darkest colour component

_RECTANGLE = (4, 5)  # segments: three or four lines after the first point

_TEXT, _PATH, _PICTURE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2


def bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of the C library that takes addresses as plain integers.

    Without ``arguments`` nothing is converted, in half of the time: each must fit as it is, a whole
    number a C ``int``, and an address must be what :data:`pointer` makes of it.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    prototype: Callable[[int | None], Callable[..., Any]] = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(address)


pointer = ctypes.c_void_p.from_param
"""An address as a function of the C library takes it."""

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_page_object = bound(pdfium.FPDFPage_GetObject, _POINTER)
_form_object = bound(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_form_count = bound(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
_type = bound(pdfium.FPDFPageObj_GetType, _INT)
_bounds = bound(pdfium.FPDFPageObj_GetBounds, _INT)
_matrix = bound(pdfium.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_fill_colour = bound(
    pdfium.FPDFPageObj_GetFillColor, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
_draw_mode = bound(pdfium.FPDFPath_GetDrawMode, _INT)
_segment_count = bound(pdfium.FPDFPath_CountSegments, _INT)
_segment = bound(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
_segment_point = bound(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
_segment_type = bound(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
_segment_closes = bound(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)


@dataclass(slots=True)
class Drawing:
    """What walking over the objects of a page found.

    Args:
        across: Horizontal rules.
        down: Vertical rules.
        shades: Rectangles filled with a colour that is seen on paper, without an outline.
        pictures: Where pictures stand.
        is_too_much: Whether there were more objects or rules than a page of tables has.
    """

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    is_too_much: bool = False


class _Buffers:
    """Memory that the calls write to, with its addresses taken once."""

    def __init__(self) -> None:
        self.floats = (ctypes.c_float * 6)()
        self.integers = (ctypes.c_uint * 4)()
        start = ctypes.addressof(self.floats)
        self.at_float = [pointer(start + i * ctypes.sizeof(ctypes.c_float)) for i in range(6)]
        self.at_bounds = tuple(self.at_float[:4])
        start = ctypes.addressof(self.integers)
        self.at_integer = [pointer(start + i * ctypes.sizeof(ctypes.c_uint)) for i in range(4)]


def walk_objects(page: Any, frame: Matrix) -> Drawing:
    """Collect rules and shades, those inside form objects included.

    Args:
        page: A page handle of PDFium.
        frame: Matrix from the page's own frame to the displayed one.
    """
    drawing = Drawing()
    buffers = _Buffers()
    for count, (thing, kind, matrix) in enumerate(_objects(page, frame, buffers)):
        if count > _MAX_OBJECTS or len(drawing.across) + len(drawing.down) > _MAX_RULES:
            drawing.is_too_much = True
            break
        if kind == _PATH:
            _add_path(thing, matrix, drawing, buffers)
        elif kind == _PICTURE and _bounds(thing, *buffers.at_bounds):
            left, bottom, right, top = buffers.floats[:4]
            drawing.pictures.append(_displayed((left, bottom, right, top), matrix))
    if drawing.is_too_much:
        drawing.across.clear()
        drawing.down.clear()
        drawing.shades.clear()
    return drawing


def _objects(page: Any, frame: Matrix, buffers: _Buffers) -> Iterator[tuple[Any, int, Matrix]]:
    """Every object of the page but text, with its kind and the matrix of what holds it."""
    handle = pointer(ctypes.cast(page, _POINTER))
    count = pdfium.FPDFPage_CountObjects(page)
    things = list(map(pointer, map(_page_object, repeat(handle), range(count))))
    kinds = list(map(_type, things))
    # Text is most of what a page has.
    for thing, kind in [each for each in zip(things, kinds, strict=True) if each[1] != _TEXT]:
        yield thing, kind, frame
        if kind == _FORM:
            yield from _inside_form(thing, frame, buffers, depth=1)


def _inside_form(
    form: Any, outer: Matrix, buffers: _Buffers, *, depth: int
) -> Iterator[tuple[Any, int, Matrix]]:
    matrix = _product(_own_matrix(form, buffers), outer)
    for index in range(_form_count(form)):
        thing = pointer(_form_object(form, index))
        kind = _type(thing)
        if kind != _TEXT:
            yield thing, kind, matrix
        if kind == _FORM and depth < _MAX_DEPTH:
            yield from _inside_form(thing, matrix, buffers, depth=depth + 1)


def _add_path(thing: Any, matrix: Matrix, drawing: Drawing, buffers: _Buffers) -> None:
    _draw_mode(thing, buffers.at_integer[0], buffers.at_integer[1])
    is_filled, is_stroked = buffers.integers[:2]
    if not (is_filled or is_stroked):
        return
    if _segment_count(thing) > _MAX_RULES:
        drawing.is_too_much = True
        return
    # The bounds settle a rule that is a path of its own: no need to walk its segments.
    if _bounds(thing, *buffers.at_bounds):
        left, bottom, right, top = buffers.floats[:4]
        if right - left < _SHORT and top - bottom < _SHORT:
            return
        if right - left < _THIN or top - bottom < _THIN:
            _add_thin(_displayed((left, bottom, right, top), matrix), drawing)
            return
        if not is_stroked:
            _add_shade(thing, (left, bottom, right, top), matrix, drawing, buffers)
            return
    whole = _product(_own_matrix(thing, buffers), matrix)
    for outline in _outlines(thing, whole, buffers):
        _add_outline(outline, drawing)


def _add_shade(
    thing: Any, bounds: tuple[float, ...], matrix: Matrix, drawing: Drawing, buffers: _Buffers
) -> None:
    """A filled rectangle; one in white lies behind the text of a cell and nobody sees it."""
    if _segment_count(thing) not in _RECTANGLE:
        whole = _product(_own_matrix(thing, buffers), matrix)
        for outline in _outlines(thing, whole, buffers):
            around = _around(outline)
            if _is_thin(around):
                _add_thin(around, drawing)
        return
    if _fill_colour(thing, *buffers.at_integer) and min(buffers.integers[:3]) >= _WHITE:
        return
    drawing.shades.append(_displayed(bounds, matrix))


def _displayed(bounds: tuple[float, ...], matrix: Matrix) -> Box:
    left, bottom, right, top = bounds
    a, b, c, d, e, f = matrix
    x0, x1 = a * left + c * bottom + e, a * right + c * top + e
    y0, y1 = b * left + d * bottom + f, b * right + d * top + f
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


_Point = tuple[float, float]


def _outlines(
    thing: Any, matrix: Matrix, buffers: _Buffers
) -> Iterator[list[tuple[_Point, _Point]]]:
    """The straight pieces of a path, one list for each part that is drawn without lifting."""
    at_x, at_y = buffers.at_float[:2]
    start = here = (0.0, 0.0)
    pieces: list[tuple[_Point, _Point]] = []
    for index in range(_segment_count(thing)):
        segment = _segment(thing, index)
        _segment_point(segment, at_x, at_y)
        point = _apply(matrix, buffers.floats[0], buffers.floats[1])
        kind = _segment_type(segment)
        if kind == _MOVE_TO:
            if pieces:
                yield pieces
            pieces = []
            start = point
        elif kind == _LINE_TO:
            pieces.append((here, point))
        here = point
        if _segment_closes(segment):
            pieces.append((here, start))
            here = start
    if pieces:
        yield pieces


def _add_outline(pieces: list[tuple[_Point, _Point]], drawing: Drawing) -> None:
    around = _around(pieces)
    if len(pieces) >= 3 and _is_thin(around):
        _add_thin(around, drawing)
        return
    for (x0, y0), (x1, y1) in pieces:
        if abs(y1 - y0) < _STRAIGHT and abs(x1 - x0) >= _SHORT:
            drawing.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) < _STRAIGHT and abs(y1 - y0) >= _SHORT:
            drawing.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _around(pieces: list[tuple[_Point, _Point]]) -> Box:
    xs = [x for piece in pieces for x, _ in piece]
    ys = [y for piece in pieces for _, y in piece]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_thin(box: Box) -> bool:
    return min(box.right - box.left, box.bottom - box.top) < _THIN


def _add_thin(box: Box, drawing: Drawing) -> None:
    """A rule drawn as a thin area, along its longer side."""
    left, top, right, bottom = box
    if right - left >= bottom - top:
        drawing.across.append(Rule((top + bottom) / 2, left, right))
    else:
        drawing.down.append(Rule((left + right) / 2, top, bottom))


def _own_matrix(thing: Any, buffers: _Buffers) -> Matrix:
    if not _matrix(thing, buffers.at_float[0]):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = buffers.floats
    return (a, b, c, d, e, f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _apply(matrix: Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
