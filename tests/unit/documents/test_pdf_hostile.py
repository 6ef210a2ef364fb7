"""PDF files made to cost time and memory: refused with a clear message, or read within bounds."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

import pytest
from pdf_pages import HEIGHT, cells, make_pdf, ruled_table, texts, write
from reportlab.pdfgen.canvas import Canvas

from analytics.documents.pdf import read_pdf
from analytics.errors import ReadError

UPRIGHT = b"0 0 595 842"
TEXT = b"BT /F 10 Tf 50 500 Td (Total 1.00) Tj ET "


def raw_pdf(*objects: bytes) -> bytes:
    """A file of the given objects; the first is its catalogue."""
    numbered = [b"%d 0 obj\n%b\nendobj" % place for place in enumerate(objects, start=1)]
    return b"\n".join([b"%PDF-1.5", *numbered, b"trailer<</Root 1 0 R>>", b""])


def stream(entries: bytes, content: bytes, *, is_packed: bool = False) -> bytes:
    if is_packed:
        content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(content), content)


def one_page(
    content: bytes,
    *more: bytes,
    box: bytes = UPRIGHT,
    resources: bytes = b"",
    is_packed: bool = False,
) -> bytes:
    """A file of one page with the font F; further objects are numbered from 6."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>%b>>>>" % (box, resources),
        stream(b"", content, is_packed=is_packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def nested_forms(fan: int, depth: int, *, is_packed: bool = False) -> bytes:
    """A page with a form that draws another, ``fan`` times each, down to the last."""
    forms = []
    for level in range(depth):
        is_last = level == depth - 1
        inner = b"" if is_last else b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + level)
        content = b"0 0 10 10 re S" if is_last else b"/X Do " * fan
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]" + inner
        forms.append(stream(entries, content, is_packed=is_packed))
    return one_page(TEXT + b"/X Do", *forms, resources=b"/XObject<</X 6 0 R>>")


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize(("fan", "depth"), [(10, 12), (2, 60), (100_000, 3)])
def test_forms_that_unfold_without_end_are_refused(fan: int, depth: int, is_packed: bool) -> None:
    with pytest.raises(ReadError, match=r"a\.pdf draws forms inside forms"):
        read_pdf(nested_forms(fan, depth, is_packed=is_packed), "a.pdf")


def test_forms_that_draw_each_other_are_refused() -> None:
    entries = b"/Type/XObject/Subtype/Fo#72m/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(entries % number, b"/X Do /X Do") for number in (7, 6)]
    with pytest.raises(ReadError, match="draws forms inside forms"):
        read_pdf(one_page(b"/X Do", *forms, resources=b"/XObject<</X 6 0 R>>"), "a.pdf")


def test_page_that_draws_a_large_form_without_end_is_refused() -> None:
    form = stream(b"/Type/XObject/Subtype/Form", b"0 0 10 10 re S " * 2_000)
    content = b"/X Do " * 100_000
    data = one_page(content, form, resources=b"/XObject<</X 6 0 R>>", is_packed=True)
    with pytest.raises(ReadError, match="draws forms inside forms"):
        read_pdf(data, "a.pdf")


@pytest.mark.parametrize(("fan", "depth"), [(1, 7), (3, 4)])
def test_forms_inside_forms_of_real_files_are_read(fan: int, depth: int) -> None:
    assert texts(read_pdf(nested_forms(fan, depth), "a.pdf")) == ["Total 1.00"]


@pytest.mark.parametrize(
    "box", [b"0 0 10000000 10000000", b"-10000000 -10000000 10000000 10000000"]
)
def test_page_of_any_size_is_read_soon(box: bytes) -> None:
    lines = b" ".join(
        b"%d 5 m %d 9999999 l S 5 %d m 9999999 %d l S" % ((5 * at,) * 4) for at in range(1, 1_200)
    )
    data = one_page(TEXT + lines, box=box)
    assert seconds(lambda: read_pdf(data, "a.pdf")) < 5
    assert texts(read_pdf(data, "a.pdf")) == ["Total 1.00"]


def test_page_without_extent_is_read_as_a_sheet() -> None:
    assert texts(read_pdf(one_page(TEXT, box=b"0 0 0 0"), "a.pdf")) == ["Total 1.00"]


@pytest.mark.slow
def test_page_with_a_million_characters_is_refused() -> None:
    def page(canvas: Canvas) -> None:
        for line in range(1_000):
            write(canvas, 5, 20 + 0.8 * line, "1234567.89" * 100, size=0.7)

    data = make_pdf(page)
    start = time.process_time()
    with pytest.raises(ReadError, match=r"page 1 has 1,0\d\d,\d{3} characters; .*100,000"):
        read_pdf(data, "a.pdf")
    assert time.process_time() - start < 20


def numbered_rows(page: int) -> list[tuple[str, ...]]:
    return [(f"第{page}页第{row}行", f"{page}.{row:02d}", f"{row}.50") for row in range(50)]


@pytest.mark.slow
def test_every_row_of_a_table_over_two_hundred_pages_is_read() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.translate(0, HEIGHT * 0.2)
            canvas.scale(0.8, 0.8)
            ruled_table(canvas, (40.0, 200.0, 300.0, 400.0), 20, numbered_rows(number))

        return draw

    data = make_pdf(*(page(number) for number in range(200)))
    start = time.process_time()
    found = cells(read_pdf(data, "a.pdf"))
    assert time.process_time() - start < 30
    assert found == [numbered_rows(number) for number in range(200)]


@pytest.mark.slow
def test_two_thousand_pages_are_read_and_more_than_the_limit_are_not() -> None:
    def pages(count: int) -> bytes:
        kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
        page = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R"
            b"/Resources<</Font<</F 4 0 R>>>>>>"
        )
        return raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
            stream(b"", TEXT),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *[page] * count,
        )

    data = pages(2_000)
    start = time.process_time()
    reading = read_pdf(data, "a.pdf")
    assert time.process_time() - start < 20
    assert (reading.page_count, len(reading.blocks)) == (2_000, 2_000)
    with pytest.raises(ReadError, match=r"a\.pdf has 3,001 pages"):
        read_pdf(pages(3_001), "a.pdf")


def test_count_of_pages_that_is_a_lie_is_refused() -> None:
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 900000000>>"
    )
    with pytest.raises(ReadError, match="damaged"):
        read_pdf(data, "a.pdf")
