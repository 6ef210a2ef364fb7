"""Small PDF files for the tests of the PDF reader: text and rules where a test wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from disclosures.box_font import FONT
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from analytics.documents import Document, Paragraph, Table
from analytics.documents.pdf import PdfReading

WIDTH, HEIGHT = 595.0, 842.0
ROW = 20.0

Page = Callable[[Canvas], None]


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
