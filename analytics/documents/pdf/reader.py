"""A PDF file → blocks of paragraphs and tables in reading order, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from analytics.documents.model import Block, Paragraph, Recognition, Table, TableRow
from analytics.documents.pdf.grid import find_grids
from analytics.documents.pdf.lines import (
    Segment,
    least_confidence,
    printed_lines,
    split_line,
)
from analytics.documents.pdf.model import Glyph, PageContent, PageTable
from analytics.documents.pdf.nesting import refuse_nested_forms
from analytics.documents.pdf.pages import (
    PageLayout,
    TextLine,
    align_continued,
    without_page_furniture,
)
from analytics.documents.pdf.pdfium import page_content
from analytics.documents.pdf.scanned import fold_cells, is_scanned, recognised_page
from analytics.documents.pdf.tables import fill_grids
from analytics.documents.pdf.unruled import find_unruled
from analytics.documents.scans.extra import INSTALL_HINT
from analytics.errors import ReadError

__all__ = ["MAX_PAGES", "PdfReading", "read_pages", "read_pdf"]

MAX_PAGES = 3_000
"""Pages beyond which a file is refused; the largest disclosures have a few hundred."""

_PARAGRAPH_GAP = 4.0  # sizes of the print: texts further apart on a line are two
_UNIT_GAP = 1.0
_OF_UNIT = "位"
_UNIT = re.compile(r"^[(（]?(?:金额)?单位[:：]")
_BROKEN_UNIT = re.compile(r"^(?:金额)?单位[:：]\s*[千万百亿]+$")

_PICTURES = f"{{pages}}: a picture without text; {INSTALL_HINT}"

# PDFium keeps global state: one document at a time in a process.
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class PdfReading:
    """What reading a PDF file gives.

    Args:
        blocks: Paragraphs (one a printed line) and tables (one a page) in reading order.
        page_count: Pages of the file.
        notes: What was left out and where, in words.
    """

    blocks: tuple[Block, ...]
    page_count: int
    notes: tuple[str, ...] = ()


def read_pdf(data: bytes, file_name: str) -> PdfReading:
    """Read the text layer of a PDF file, and its scanned pages where the extra ``ocr`` is there.

    Every printed line outside tables is a paragraph; texts far apart on one line are several. A
    table ends with its page: rows say which page they stand on, and joining what a page break cut
    takes knowing what the table is. A merged cell has its text in its first row and column. Lines
    wrapped inside a cell are joined. Page numbers are left out.

    Args:
        data: The bytes of the file.
        file_name: Its name, for messages.

    Raises:
        ReadError: The file is damaged, needs a password, has more pages or more characters on a
            page than a disclosure has, or is nothing but scans and the extra ``ocr`` is missing.

    Examples:
        >>> pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
        >>> page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
        >>> objects = enumerate((b"<</Type/Catalog/Pages 2 0 R>>", pages, page), start=1)
        >>> lines = [b"%d 0 obj%sendobj" % numbered for numbered in objects]
        >>> data = bytes([10]).join([b"%PDF-1.4", *lines, b"trailer<</Root 1 0 R>>", b""])
        >>> reading = read_pdf(data, "blank.pdf")
        >>> reading.page_count, reading.blocks, reading.notes
        (1, (), ())
    """
    refuse_nested_forms(data, file_name)
    with _LOCK:
        document = _open(data, file_name)
        try:
            page_count = len(document)
            if page_count > MAX_PAGES:
                raise ReadError(
                    f"{file_name} has {page_count:,} pages",
                    hint=f"the limit is {MAX_PAGES:,}; split the file",
                )
            return read_pages(_contents(document, file_name), file_name)
        finally:
            document.close()


def read_pages(contents: Iterable[PageContent], file_name: str) -> PdfReading:
    """Read pages whose characters and rules are known, wherever they come from.

    Args:
        contents: The pages in order; each is taken only when the one before is read.
        file_name: Name of the file, for messages.

    Raises:
        ReadError: All that the pages show are pictures that were not recognised.
    """
    notes = _Notes()
    pages = []
    model: Sequence[tuple[float, float]] = ()
    for number, content in enumerate(contents, start=1):
        notes.add(number, content)
        pages.append(_read_page(content, model))
        model = _spans_at_end(pages[-1], model)
    notes.refuse_pictures(file_name, len(pages))
    layouts = align_continued(without_page_furniture(pages))
    return PdfReading(tuple(_blocks(layouts)), len(pages), notes.texts())


def _contents(document: pypdfium2.PdfDocument, file_name: str) -> Iterator[PageContent]:
    for index in range(len(document)):
        content = _content(document, index, file_name)
        if is_scanned(document, index, content):
            content = recognised_page(document, index, content)
        yield content


def _open(data: bytes, file_name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise ReadError(
                f"{file_name} is protected by a password", hint="save it without one first"
            ) from error
        raise ReadError(
            f"{file_name} is a PDF file that is damaged", hint="download it again"
        ) from error
    return document


def _content(document: pypdfium2.PdfDocument, index: int, file_name: str) -> PageContent:
    try:
        return page_content(document.raw, index)
    except ReadError as error:
        raise ReadError(f"{file_name}: {error.message}", hint=error.hint) from error


def _spans_at_end(
    page: PageLayout, model: Sequence[tuple[float, float]]
) -> Sequence[tuple[float, float]]:
    """The columns of the table that ends a page, from the page that has its header.

    None where rules part them: there, rules show where the table goes on.
    """
    if not page.tables or not page.tables[-1].spans:
        return ()
    last = page.tables[-1]
    if sum(line.base > last.box.bottom for line in page.lines) > 1:
        return ()
    return model if model and len(page.tables) == 1 and not last.is_headed else last.spans


def _read_page(content: PageContent, model: Sequence[tuple[float, float]]) -> PageLayout:
    grids = find_grids(content.across, content.down, content.shades)
    tables, outside = fill_grids(grids, content.glyphs)
    unruled, rest = find_unruled(
        printed_lines(outside), content.across, [table.box for table in tables], model
    )
    lines = [_text_line(segment) for line in rest for segment in _texts(line)]
    return PageLayout(
        tuple(_with_whole_units(lines)),
        tuple(sorted([*tables, *unruled], key=lambda table: table.box.top)),
        content.height,
    )


def _text_line(segment: Segment) -> TextLine:
    first, last = segment.glyphs[0], segment.glyphs[-1]
    confidence = least_confidence(segment.glyphs)
    return TextLine(first.base, first.left, last.right, first.size, segment.text, confidence)


def _with_whole_units(lines: list[TextLine]) -> list[TextLine]:
    """Join a unit that was broken after its first word: 单位：万 above 元."""
    whole = list(lines)
    for line in lines:
        if not _BROKEN_UNIT.match(line.text):
            continue
        for rest in lines:
            is_below = 0 < rest.base - line.base < 2 * line.size
            if rest.text == "元" and is_below and rest.left < line.right and line.left < rest.right:
                whole[whole.index(line)] = line._replace(text=line.text + rest.text)
                whole.remove(rest)
                break
    return whole


def _texts(line: Sequence[Glyph]) -> Iterator[Segment]:
    """The texts of a printed line: far apart, or a unit set to the right of an agency's name.

    A label that ends in a colon keeps what is filled in behind it.
    """
    pending: tuple[Glyph, ...] = ()
    for part in split_line(line, _PARAGRAPH_GAP):
        unit = _unit_at_end(part)
        name = part.glyphs[: len(part.glyphs) - len(unit)]
        if pending and not (name and pending[-1].text in ":："):
            yield Segment(pending)
            pending = ()
        pending += name
        if unit:
            if pending:
                yield Segment(pending)
            pending = unit
    yield Segment(pending)


def _unit_at_end(part: Segment) -> tuple[Glyph, ...]:
    """The characters of a unit that stands apart at the end of a text, or all of it."""
    if _OF_UNIT not in [glyph.text for glyph in part.glyphs]:
        return ()
    *_, last = split_line(part.glyphs, _UNIT_GAP)
    return last.glyphs if _UNIT.match(last.text) else ()


def _blocks(pages: Sequence[PageLayout]) -> Iterable[Block]:
    number = 0
    for index, page in enumerate(pages, start=1):
        placed: list[tuple[float, float, TextLine | PageTable]] = [
            (line.base, line.left, line) for line in page.lines
        ]
        placed += [(table.box.top, table.box.left, table) for table in page.tables]
        placed.sort(key=lambda place: place[:2])
        for _, _, thing in placed:
            number += 1
            if isinstance(thing, TextLine):
                how = None if thing.confidence is None else Recognition(thing.confidence)
                yield Paragraph(number, thing.text, page=index, recognition=how)
            else:
                yield Table(number, tuple(_rows(thing, index)), page=index)


def _rows(table: PageTable, page: int) -> Iterator[TableRow]:
    for number, cells in enumerate(table.rows, start=1):
        if table.confidences:
            texts, recognitions = fold_cells(cells, table.confidences[number - 1])
            yield TableRow(number, texts, page, recognitions=recognitions)
        else:
            yield TableRow(number, cells, page)


class _Notes:
    """What the pages say about themselves, gathered to one sentence a kind."""

    def __init__(self) -> None:
        self._pages: dict[str, list[int]] = {}
        self._counts: Counter[str] = Counter()
        self._has_text = False

    def add(self, page: int, content: PageContent) -> None:
        kinds: dict[str, int] = {
            "{count} characters beyond the edge of the page were left out on {pages}": (
                content.beyond_edge
            ),
            "{count} characters of a watermark were left out on {pages}": content.watermark,
            "{count} characters have no code point on {pages}": content.unmapped,
            _PICTURES: content.is_picture,
            "{pages}: read from a picture by recognition (OCR)": content.is_recognised,
            "{count} texts were too faint to be read on {pages}": content.unread,
            "tables were not looked for by their rules on {pages}: too many lines": content.is_too_drawn,
        }
        self._has_text |= bool(content.glyphs)
        for kind, count in kinds.items():
            if count:
                self._pages.setdefault(kind, []).append(page)
                self._counts[kind] += count

    def refuse_pictures(self, file_name: str, page_count: int) -> None:
        """Raise if nothing of the file could be read because all of it is pictures."""
        if self._has_text or not self._counts[_PICTURES]:
            return
        raise ReadError(
            f"{file_name} is scanned: none of its {page_count} pages has text",
            hint=INSTALL_HINT,
        )

    def texts(self) -> tuple[str, ...]:
        return tuple(
            kind.format(count=self._counts[kind], pages=_name_pages(pages))
            for kind, pages in self._pages.items()
        )


def _name_pages(pages: Sequence[int]) -> str:
    """Page numbers for a reader: ``pages 3, 5–7``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(named)}"
