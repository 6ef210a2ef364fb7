"""A font for PDF files of tests, made here: every character is a box, so that it needs no file.

Chinese characters are a full square, ASCII half of it. Embedded in the files, they read the same on
every machine.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

__all__ = ["FONT"]

FONT = "Box"


def _code_points() -> list[int]:
    blocks = (range(0x21, 0x7F), range(0x2E80, 0x2FD6), range(0x2460, 0x2474))
    codes = {code for block in blocks for code in block}
    for pair in range(0xA1A1, 0xF7FF):
        with suppress(UnicodeDecodeError):
            codes.update(map(ord, pair.to_bytes(2, "big").decode("gb2312")))
    return sorted(codes)


def _box_font() -> BytesIO:
    em, ascent, descent = 1000, 860, 140
    codes = _code_points()
    widths = {code: em // 2 if code < 0x7F else em for code in codes}
    glyphs = {}
    for width in set(widths.values()):
        pen = TTGlyphPen(None)
        for index, point in enumerate(((50, 0), (50, 700), (width - 50, 700), (width - 50, 0))):
            (pen.lineTo if index else pen.moveTo)(point)
        pen.closePath()
        glyphs[width] = pen.glyph()
    empty = TTGlyphPen(None).glyph()
    names = {code: f"u{code:04X}" for code in codes}
    builder = FontBuilder(em, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", *names.values()])
    builder.setupCharacterMap({0x20: "space", **names})
    builder.setupGlyf(
        {".notdef": empty, "space": empty, **{names[c]: glyphs[w] for c, w in widths.items()}}
    )
    metrics = {names[code]: (width, 50) for code, width in widths.items()}
    builder.setupHorizontalMetrics({".notdef": (em, 0), "space": (em // 4, 0), **metrics})
    builder.setupHorizontalHeader(ascent=ascent, descent=-descent)
    builder.setupNameTable({"familyName": FONT, "styleName": "Regular", "psName": FONT})
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=-descent)
    builder.setupPost()
    buffer = BytesIO()
    builder.save(buffer)
    buffer.seek(0)
    return buffer


pdfmetrics.registerFont(TTFont(FONT, _box_font()))
