"""Pages that are pictures: recognised with the extra ``ocr``, named without it."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_pages import cells, make_pdf, ruled_table, texts, write
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from analytics.amounts import parse_number
from analytics.charts.fonts import font_path
from analytics.documents import Place, Recognition, Table, read_document
from analytics.documents.pdf import read_pdf
from analytics.documents.pdf.model import Box, Rule
from analytics.documents.scans import extra
from analytics.documents.scans.lookalikes import fold_lookalikes
from analytics.documents.scans.words import parted
from analytics.errors import ReadError
from analytics.facts.rows import join_repairs, money_columns, place_columns
from analytics.schema.vocabularies import Repair

needs_ocr = pytest.mark.skipif(
    not all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2")),
    reason="the extra `ocr` is not installed",
)

DPI = 150
XS = (40, 190, 290, 390)  # points
ROWS = [
    ("科目名称", "合计", "基本支出"),
    ("教育支出", "12,345.67", "8,030.11"),
    ("卫生健康支出", "903.58", "903.58"),
    ("住房保障支出", "1,470.26", ""),
    ("支出合计", "14,719.51", "8,933.69"),
]
ROW = 24  # points


def px(points: float) -> int:
    return round(points * DPI / 72)


def draw_page(*, is_ruled: bool = True, tilt: float = 0.0, noise: float = 0.0) -> Image.Image:
    """A page of half the size of A4 with a title, a unit, a table and a sentence."""
    page = Image.new("L", (px(420), px(298)), 255)
    draw = ImageDraw.Draw(page)

    def put(x: float, y: float, text: str, *, size: float = 11, anchor: str = "lm") -> None:
        font = ImageFont.truetype(str(font_path()), px(size))
        draw.text((px(x), px(y)), text, fill=20, font=font, anchor=anchor)

    put(210, 24, "支出总表", size=15, anchor="mm")
    put(390, 50, "单位：万元", anchor="rm")
    for number, row in enumerate(ROWS):
        middle = 60 + ROW * number + ROW / 2
        put(XS[0] + 5, middle, row[0])
        for right, text in zip(XS[2:], row[1:], strict=True):
            put(right - 4, middle, text, anchor="rm")
    bottom = 60 + ROW * len(ROWS)
    if is_ruled:
        for y in range(60, bottom + 1, ROW):
            draw.line((px(XS[0]), px(y), px(XS[-1]), px(y)), fill=30, width=2)
        for x in XS:
            draw.line((px(x), px(60), px(x), px(bottom)), fill=30, width=2)
    put(40, 230, "2024年支出预算14,719.51万元，比上年增加310.20万元。")
    if tilt:
        page = page.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if noise:
        grain = Image.effect_noise(page.size, noise)
        page = Image.blend(page, grain, 0.15)
    return page


def as_pdf(*pages: Image.Image) -> bytes:
    """Pictures as the pages of a file without text."""
    buffer = BytesIO()
    pages[0].save(
        buffer, "PDF", save_all=True, append_images=list(pages[1:]), resolution=DPI, quality=70
    )
    return buffer.getvalue()


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*args: Any, **named: Any) -> None:
        raise AssertionError("reading a scan must not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return


# --- with the extra ---------------------------------------------------------------------------


@needs_ocr
@pytest.mark.parametrize(
    "page",
    [
        draw_page(),
        draw_page(tilt=1.2, noise=60),
        draw_page(tilt=-0.8).transpose(Image.Transpose.ROTATE_90),
    ],
    ids=["clean", "tilted and grainy", "on its side"],
)
def test_a_scanned_page_is_read_like_any_other(page: Image.Image, offline: None) -> None:
    reading = read_pdf(as_pdf(page), "scan.pdf")
    assert cells(reading) == [ROWS]
    assert [text.replace(":", "：") for text in texts(reading)] == [
        "支出总表",
        "单位：万元",
        "2024年支出预算14,719.51万元，比上年增加310.20万元。",
    ]
    assert reading.notes == ("page 1: read from a picture by recognition (OCR)",)


@needs_ocr
def test_every_cell_says_how_sure_it_is() -> None:
    reading = read_pdf(as_pdf(draw_page()), "scan.pdf")
    table = next(block for block in reading.blocks if isinstance(block, Table))
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            how = table.place(row, index).recognition
            assert (how is not None) == bool(cell)
            assert how is None or (0.8 < how.confidence <= 1 and how.text is None)
    for block in reading.blocks:
        if not isinstance(block, Table):
            assert block.recognition is not None
            assert block.recognition.confidence > 0.5


@needs_ocr
def test_a_table_without_rules_is_found_by_its_columns() -> None:
    (table,) = cells(read_pdf(as_pdf(draw_page(is_ruled=False)), "scan.pdf"))
    assert [row for row in table if row[1] != ROWS[0][1]] == ROWS[1:]


@needs_ocr
def test_scanned_and_other_pages_stand_side_by_side() -> None:
    def picture(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(draw_page()), 0, 300, 595, 422)
        write(canvas, 290, 800, "- 2 -")

    reading = read_pdf(make_pdf(table_page, picture), "a.pdf")
    assert cells(reading) == [[tuple(row) for row in PRINTED], ROWS]
    first, second = (block for block in reading.blocks if isinstance(block, Table))
    assert first.place(first.rows[1], 1).recognition is None
    assert second.place(second.rows[1], 1).recognition is not None
    assert reading.notes[0] == "page 2: read from a picture by recognition (OCR)"


@needs_ocr
def test_a_picture_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "page"
    draw_page().save(path, "TIFF")
    document = read_document(path)
    assert (document.media_type, document.reader) == ("image/tiff", "ocr")
    assert (document.page_count, cells(document)) == (1, [ROWS])


@needs_ocr
def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    Image.new("1", (12_000, 12_000)).save(path)
    with pytest.raises(ReadError, match="too many pixels"):
        read_document(path)


@needs_ocr
def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    draw_page().save(path)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(ReadError, match="damaged"):
        read_document(path)


# --- without it -------------------------------------------------------------------------------

PRINTED = [("项目", "金额"), ("收入合计", "1,234.56"), ("支出合计", "1,200.00")]


def table_page(canvas: Canvas) -> None:
    write(canvas, 60, 80, "收支总表，以及一句话，使这一页有足够的文字而不被当作图片。")
    ruled_table(canvas, (60, 200, 300), 100, PRINTED)


def picture_page(canvas: Canvas) -> None:
    canvas.rect(50, 50, 400, 700, fill=1)


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)


def test_pages_that_are_pictures_are_named(without_extra: None) -> None:
    reading = read_pdf(make_pdf(picture_page, table_page, picture_page, picture_page), "a.pdf")
    assert cells(reading) == [[tuple(row) for row in PRINTED]]
    assert reading.page_count == 4
    assert reading.notes == (
        "pages 1, 3–4: a picture without text; install the extra `ocr` to read it: "
        "pip install 'budget-analytics[ocr]'",
    )


def test_a_file_of_nothing_but_pictures_is_refused(without_extra: None) -> None:
    with pytest.raises(ReadError, match=r"a\.pdf is scanned: none of its 2 pages.*extra `ocr`"):
        read_pdf(make_pdf(picture_page, picture_page), "a.pdf")


def test_a_picture_is_refused(without_extra: None, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    draw_page().save(path)
    with pytest.raises(ReadError, match=r"page\.png is a picture; install the extra `ocr`"):
        read_document(path)


def test_a_stamp_on_a_picture_does_not_make_it_text(without_extra: None) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(draw_page()), 0, 300, 595, 422)
        write(canvas, 290, 800, "- 1 -")

    reading = read_pdf(make_pdf(page, table_page), "a.pdf")
    assert [note.partition(":")[0] for note in reading.notes] == ["page 1"]


def test_a_small_picture_beside_text_is_no_scan(without_extra: None) -> None:
    def page(canvas: Canvas) -> None:
        table_page(canvas)
        canvas.drawImage(ImageReader(draw_page()), 60, 300, 100, 70)

    assert read_pdf(make_pdf(page), "a.pdf").notes == ()


# --- what becomes of it -----------------------------------------------------------------------


def test_a_recognised_figure_is_marked() -> None:
    place = Place(2, 3, 4, recognition=Recognition(0.93, "1,2O4.50"))
    number = parse_number("1,204.50")
    if number is None:
        pytest.fail("it is a number")
    assert place_columns(place)["ocr_confidence"] == 0.93
    assert join_repairs([Repair.CODE_BY_NAME], place) == "code_by_name;ocr;lookalike_folded"
    assert money_columns(number, "万元", place)["amount_text"] == "1,2O4.50"
    plain = Place(2, 3, 4)
    assert place_columns(plain)["ocr_confidence"] is None
    assert join_repairs([], plain) is None
    assert money_columns(number, "万元", plain)["amount_text"] == "1,204.50"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("1,2O4.5O", "1,204.50"),
        ("l2.00", "12.00"),
        ("33;172.15", "33,172.15"),
        ("33.172.15", "33,172.15"),
        ("1，326..81", "1,326.81"),
        ("26,200.88.", "26,200.88"),
        ("1204,50", "1204.50"),
        ("一12.00", "-12.00"),
        ("２O１O１", "20101"),
    ],
)
def test_lookalikes_are_folded(read: str, meant: str) -> None:
    assert fold_lookalikes(read) == meant


@pytest.mark.parametrize(
    "read", ["", "—", "O", "lO", "1,204.50", "12.5%", "1,.204", "1,20.450", "50人", "其他O2"]
)
def test_what_may_mean_something_else_is_left(read: str) -> None:
    assert fold_lookalikes(read) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.data())
def test_folding_gives_back_what_was_printed(value: Any, data: st.DataObject) -> None:
    """Whatever a number was damaged by, it comes back as it was or is not a number."""
    printed = f"{value:,.2f}"
    damage = {"0": "0Oo", "1": "1lI|", ",": ",.;", ".": ".,"}
    read = "".join(data.draw(st.sampled_from(damage.get(c, c))) for c in printed)
    folded = fold_lookalikes(read)
    assert folded in (None, printed)
    assert (folded is None) <= (parse_number(read) is not None or "0" in printed or "1" in printed)


@pytest.mark.parametrize(
    ("down", "pieces"),
    [
        ([], [(10, 110)]),
        ([Rule(60, 0, 100)], [(10, 58), (62, 110)]),
        ([Rule(60, 40, 100)], [(10, 110)]),
        ([Rule(12, 0, 100), Rule(109, 0, 100)], [(14, 107)]),
        ([Rule(40, 0, 100), Rule(80, 0, 100)], [(10, 38), (42, 78), (82, 110)]),
    ],
)
def test_texts_are_parted_at_column_rules(
    down: Sequence[Rule], pieces: list[tuple[float, float]]
) -> None:
    found = parted([Box(10, 5, 110, 25)], down)
    assert [(piece.left, piece.right) for piece in found] == pieces
