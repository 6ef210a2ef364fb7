"""Small PDF files for the tests of the PDF reader: text and rules where a test wants them.

The font is made here: every character is a box, Chinese ones a full square, ASCII half of it. It is
embedded in the files, so that they read the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from analytics.documents import Document, Paragraph, Table
from analytics.documents.pdf import PdfReading

FONT = "Box"
WIDTH, HEIGHT = 595.0, 842.0
ROW = 20.0

Page = Callable[[Canvas], None]


def _box_font() -> BytesIO:
    em, ascent, descent = 1000, 860, 140
    pages = (range(0x21, 0x7F), range(0xA1A1, 0xF7FF), range(0x2E80, 0x2FD6), range(0x2460, 0x2474))
    ascii_, gb2312, *others = pages
    codes = [*ascii_, *(code for block in others for code in block)]
    for pair in gb2312:
        with suppress(UnicodeDecodeError):
            codes += map(ord, pair.to_bytes(2, "big").decode("gb2312"))
    codes = sorted(set(codes))
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


def make_pdf(
    *pages: Page, size: tuple[float, float] = (WIDTH, HEIGHT), password: str | None = None
) -> bytes:
    """A file of the given pages; each draws itself with y growing upwards."""
    buffer = BytesIO()
    encryption = None if password is None else StandardEncryption(password, canPrint=0)
    canvas = Canvas(buffer, pagesize=size, invariant=1, encrypt=encryption)
    for page in pages:
        canvas.setFont(FONT, 10)
        canvas.setLineWidth(0.5)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, *, size: float = 10) -> None:
    """Text from (x, y), measured from the top left corner of an upright A4 page."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - y, text)


def write_right(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Text that ends at x."""
    canvas.setFont(FONT, 10)
    canvas.drawRightString(x, HEIGHT - y, text)


def write_centred(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Text with its middle at x."""
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(x, HEIGHT - y, text)


def rule(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """A drawn line, measured from the top left corner."""
    canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)


def write_rows(
    canvas: Canvas, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]]
) -> None:
    """Cells as text only: names from the left of their column, amounts from its right."""
    for number, row in enumerate(rows):
        base = top + ROW * number + 13
        for left, right, text in zip(xs, xs[1:], row, strict=False):
            is_amount = text.replace(",", "").replace(".", "").isdigit() and "." in text
            if is_amount:
                write_right(canvas, right - 3, base, text)
            elif text:
                write(canvas, left + 3, base, text)


def draw_grid(canvas: Canvas, xs: Sequence[float], top: float, count: int) -> None:
    """Every rule of a table with ``count`` rows."""
    bottom = top + ROW * count
    for number in range(count + 1):
        rule(canvas, xs[0], top + ROW * number, xs[-1], top + ROW * number)
    for x in xs:
        rule(canvas, x, top, x, bottom)


def ruled_table(
    canvas: Canvas, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]]
) -> None:
    """A table with all its rules."""
    draw_grid(canvas, xs, top, len(rows))
    write_rows(canvas, xs, top, rows)


def cells(reading: PdfReading | Document) -> list[list[tuple[str, ...]]]:
    """The cells of every table."""
    return [
        [row.cells for row in block.rows] for block in reading.blocks if isinstance(block, Table)
    ]


def texts(reading: PdfReading | Document) -> list[str]:
    """The texts of every paragraph."""
    return [block.text for block in reading.blocks if isinstance(block, Paragraph)]
