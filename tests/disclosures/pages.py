"""A generated disclosure as a PDF file, laid out as a :class:`Paper` says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from disclosures.box_font import FONT
from disclosures.cells import word
from disclosures.paper import ALIKES, Paper
from disclosures.sheets import sheets
from disclosures.spec import DisclosureSpec
from disclosures.writing import write

__all__ = ["as_pdf", "text_as_pdf"]

_MARGIN, _PAD, _LEADING = 40.0, 3.0, 1.3
_LEAST_SIZE = 4.5
_AMOUNT = re.compile(r"^-?[\d,]+\.\d\d$")
_NUMERIC = re.compile(r"^(?:-?[\d,]+(?:\.\d\d)?|—)$")
_NUMBER = re.compile(r"^(?:预算)?公开\d*表\d*$")
_AGENCY = re.compile(r"^(?:单位名称|编制部门|部门)：")
_ENTRY = re.compile(r"^(.*?)\.*\t(\d+)$")

Row = tuple[str, ...]


def as_pdf(spec: DisclosureSpec, paper: Paper) -> bytes:
    """The bytes of a file that prints what :func:`disclosures.write` writes."""
    headers = {sheet.title: len(sheet.header) for sheet in sheets(spec)}
    head = paper.running_head.format(agency=spec.agency, year=spec.year, word=word(spec))
    return text_as_pdf(write(spec), headers, paper, head)


def text_as_pdf(text: str, headers: Mapping[str, int], paper: Paper, head: str = "") -> bytes:
    """The bytes of a file that prints a disclosure.

    Args:
        text: The disclosure; table cells are separated by tabs, blocks by empty lines.
        headers: Rows of the header of each statement, by its title.
        paper: How it is printed.
        head: The line at the top of every page, if any.
    """
    press = _Press(paper, head)
    header, above = 0, []
    for block in text.split("\n\n"):
        text = block.strip("\n")
        rows = [tuple(line.split("\t")) for line in text.split("\n")]
        if "\t" not in text:
            header = headers.get(text, header)
            if header or _NUMBER.match(text):
                above.append(text)
            else:
                press.paragraph(text)
        elif _ENTRY.match(text.split("\n")[0]):
            press.contents(text.split("\n"))
        elif header:
            press.statement(above, rows, header)
            header, above = 0, []
        else:
            press.form(rows)
    return press.finish()


@dataclass
class _Grid:
    """A table to print: its rows, how many of them are header, and whether all rules are drawn."""

    rows: list[Row]
    header: int
    is_ruled: bool
    owners: list[list[tuple[int, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.owners = []
        for r, row in enumerate(self.rows):
            line: list[tuple[int, int]] = []
            for c, text in enumerate(row):
                line.append((r, c) if text or r >= self.header else self._owner(line, r, c))
            self.owners.append(line)

    def _owner(self, line: Sequence[tuple[int, int]], r: int, c: int) -> tuple[int, int]:
        """The header cell that an empty one belongs to: to its left within one parent, or above."""
        if r == 0:
            return line[c - 1] if c else (r, c)
        above = self.owners[r - 1]
        is_beside = c > 0 and line[c - 1][0] == r and above[c - 1] == above[c]
        return line[c - 1] if is_beside else above[c]

    def area(self, r: int, c: int) -> tuple[int, int]:
        """The last row and column of the cell that begins here."""
        cells = [
            (i, j)
            for i in range(r, max(self.header, r + 1))
            for j in range(c, len(self.rows[r]))
            if self.owners[i][j] == (r, c)
        ]
        return max(i for i, _ in cells), max(j for _, j in cells)


class _Press:
    """Prints one thing after the other, on as many pages as it takes."""

    def __init__(self, paper: Paper, head: str) -> None:
        self.paper = paper
        self.width, self.height = paper.extent
        self.head = head
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=paper.extent, invariant=1, pageCompression=0)
        self.page = 0
        self.count = 0
        self._begin()

    def finish(self) -> bytes:
        self._end()
        self.canvas.save()
        return self.buffer.getvalue()

    def _begin(self) -> None:
        self.page += 1
        if self.paper.has_turned_pages:
            self.canvas.setPageRotation(90)
            self.canvas.translate(self.height, 0)
            self.canvas.rotate(90)
        self.canvas.setLineWidth(0.5)
        self.y = _MARGIN + 15
        if self.head:
            self.text(_MARGIN, _MARGIN, self.head, 8)

    def _end(self) -> None:
        if self.paper.page_number:
            number = self.paper.page_number.format(self.page)
            self.text((self.width - self.span(number, 9)) / 2, self.height - 25, number, 9)
        if self.paper.watermark:
            self._mark()
        self.canvas.showPage()

    def new_page(self) -> None:
        self._end()
        self._begin()

    def _mark(self) -> None:
        """Pale slanted text over the page: one large, or many small ones."""
        is_large = self.paper.watermark == "large"
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillGray(0.8)
        canvas.setFont(FONT, 60 if is_large else 8)
        for x in (100,) if is_large else range(60, int(self.width) - 60, 120):
            for y in (200,) if is_large else range(60, int(self.height) - 60, 90):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(45)
                canvas.drawString(0, 0, "内部资料 2031")
                canvas.restoreState()
        canvas.restoreState()

    @staticmethod
    def span(text: str, size: float) -> float:
        return float(stringWidth(text, FONT, size))

    @property
    def bottom(self) -> float:
        return self.height - _MARGIN - 10

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Text from x on the baseline y, which grows downwards."""
        if self.paper.has_alikes:
            text = text.translate(ALIKES)
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def wrap(self, text: str, width: float, size: float) -> list[str]:
        lines = [""]
        for character in text:
            if lines[-1] and self.span(lines[-1] + character, size) > width + 0.01:
                lines.append("")
            lines[-1] += character
        return lines

    def paragraph(self, text: str) -> None:
        for line in self.wrap(text, self.width - 2 * _MARGIN, 11):
            if self.y + 16 > self.bottom:
                self.new_page()
            self.y += 16
            self.text(_MARGIN, self.y, line, 11)
        self.y += 6

    def contents(self, lines: Sequence[str]) -> None:
        """Entries with dots up to the page number."""
        for entry in lines:
            if self.y + 18 > self.bottom:
                self.new_page()
            self.y += 18
            found = _ENTRY.match(entry)
            name, number = found.groups() if found else (entry, "")
            right = self.width - _MARGIN
            self.text(_MARGIN, self.y, name, 10)
            dots = "." * int((right - 40 - _MARGIN - self.span(name, 10)) / 5)
            self.text(right - 30 - self.span(dots, 10), self.y, dots, 10)
            self.text(right - self.span(number, 10), self.y, number, 10)

    def statement(self, above: Sequence[str], rows: list[Row], header: int) -> None:
        """The lines above a statement, then its table, then perhaps a chart."""
        paper = self.paper
        unit = above[-1]
        if paper.unit_at == "row":
            rows = [(unit, *("",) * (len(rows[0]) - 1)), *rows]
            header += 1
        if paper.has_commas:
            rows = [tuple(_with_commas(text) for text in row) for row in rows]
        is_ruled = paper.rules == "all"
        heading = _heading_lines(above)
        table = _TablePress(self, _Grid(rows, header, is_ruled=is_ruled), heading)
        if paper.has_own_pages or self.y + 110 + table.least_height > self.bottom:
            self.new_page()
        self._heading(heading)
        table.run()
        self.y += 12
        self.count += 1
        if paper.has_charts and self.count % 3 == 0:
            self.chart()

    def _heading(self, heading: Sequence[str]) -> None:
        number, title, agency, unit = heading
        self.y += 16
        self.text(_MARGIN, self.y, number, 10)
        self.y += 20
        for line in self.wrap(title, self.width - 2 * _MARGIN, 14):
            self.text((self.width - self.span(line, 14)) / 2, self.y, line, 14)
            self.y += 18
        self.text(_MARGIN, self.y, agency, 9)
        if self.paper.unit_at == "line":
            self.y += 14
        if self.paper.unit_at != "row":
            self.text(self.width - _MARGIN - self.span(unit, 9), self.y, unit, 9)
        self.y += 6

    def form(self, rows: list[Row]) -> None:
        """A form, with all its rules whatever the statements have."""
        _TablePress(self, _Grid(rows, 0, is_ruled=True), ()).run()
        self.y += 12

    def chart(self) -> None:
        """Bars with their values, lines behind them, and the labels of two axes."""
        if self.y + 150 > self.bottom:
            self.new_page()
        canvas, left, base = self.canvas, _MARGIN + 60, self.y + 130
        for step in range(5):
            y = base - 25 * step
            canvas.line(left, self.height - y, left + 300, self.height - y)
            label = f"{step * 1000:,}.00"
            self.text(left - 5 - self.span(label, 8), y + 3, label, 8)
        canvas.line(left, self.height - base, left, self.height - base + 110)
        for index, name in enumerate(("基本支出", "项目支出", "其他")):
            x, high = left + 30 + 90 * index, 90 - 30 * index
            canvas.setFillColorRGB(0.2, 0.4, 0.8)
            canvas.rect(x, self.height - base, 30, high, stroke=0, fill=1)
            canvas.setFillGray(0)
            self.text(x, base - high - 3, f"{high * 40:,}.50", 8)
            self.text(x, base + 12, name, 8)
        self.y = base + 20


def _heading_lines(above: Sequence[str]) -> tuple[str, str, str, str]:
    """Number, title, agency and unit; empty where a layout prints no such line."""
    number = above[0] if _NUMBER.match(above[0]) else ""
    agency = next((line for line in above if _AGENCY.match(line)), "")
    title = next(line for line in above if line not in (number, agency))
    return number, title, agency, above[-1]


def _with_commas(text: str) -> str:
    if not _AMOUNT.match(text):
        return text
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}"


class _TablePress:
    """Prints one table: widths of columns, wrapped cells, page breaks, rules."""

    def __init__(self, press: _Press, grid: _Grid, heading: Sequence[str]) -> None:
        self.press, self.grid, self.heading = press, grid, heading
        self.paper = press.paper
        self.size, widths = self._fit()
        spare = press.width - 2 * _MARGIN - sum(widths)
        self.xs = [_MARGIN + max(spare, 0) / 2]
        for width in widths:
            self.xs.append(self.xs[-1] + width)
        self.leading = self.size * _LEADING
        self.pad = _PAD if grid.is_ruled else 0.75 * self.size
        self.lines = [
            [self._wrapped(r, c) for c in range(len(row))] for r, row in enumerate(grid.rows)
        ]

    def _fit(self) -> tuple[float, list[float]]:
        """Size of the print and widths of the columns: no wider than the page."""
        space = self.press.width - 2 * _MARGIN
        size = self.paper.font_size
        widths = self._widths(size)
        while sum(widths) > space and size > _LEAST_SIZE:
            size -= 0.5
            widths = self._widths(size)
        return size, [min(width, width * space / sum(widths)) for width in widths]

    def _widths(self, size: float) -> list[float]:
        body = self.grid.rows[self.grid.header :]
        widths = []
        for c in range(len(self.grid.rows[0])):
            texts = [row[c] for row in body]
            numbers = [self.press.span(t, size) for t in texts if _NUMERIC.match(t)]
            names = [self.press.span(t, size) for t in texts if t and not _NUMERIC.match(t)]
            number = max(numbers, default=0.0)
            if self.paper.wraps_numbers and self.grid.is_ruled:
                number = min(number, 6.5 * size)
            name = min(max(names, default=0.0), self.paper.name_width * size)
            white = 2 * _PAD if self.grid.is_ruled else 1.6 * size
            widths.append(max(number, name, 4 * size) + white)
        return widths

    def _wrapped(self, r: int, c: int) -> list[str]:
        text = self.grid.rows[r][c]
        if not text:
            return []
        right = self.grid.area(r, c)[1] if r < self.grid.header else c
        return self.press.wrap(text, self.xs[right + 1] - self.xs[c] - 2 * self.pad, self.size)

    def _height(self, r: int) -> float:
        """Height of a row; a header cell over several rows spreads over them."""
        counts = [
            len(lines) / (self.grid.area(r, c)[0] - r + 1 if r < self.grid.header else 1)
            for c, lines in enumerate(self.lines[r])
            if lines
        ]
        return max([1.0, *counts]) * self.leading + 2 * _PAD

    @property
    def least_height(self) -> float:
        """Height of the header and the first row, which stay together."""
        return sum(self._height(r) for r in range(min(self.grid.header + 1, len(self.lines))))

    def run(self) -> None:
        """Print the table."""
        grid, press = self.grid, self.press
        header, rows = list(range(grid.header)), list(range(grid.header, len(grid.rows)))
        self._header(header)
        room = self.paper.rows_per_page
        for place, r in enumerate(rows):
            height = self._height(r)
            is_full = press.y + height > press.bottom or room == 0
            if is_full and place:
                cut = self._cut(r) if self.paper.cuts_rows else 0
                if cut and press.y + cut * self.leading + 2 * _PAD <= press.bottom:
                    self._row(r, slice(0, cut), cut * self.leading + 2 * _PAD)
                    self._turn()
                    self._row(r, slice(cut, None), height - cut * self.leading)
                    room = self.paper.rows_per_page
                    continue
                self._turn()
                room = self.paper.rows_per_page
            self._row(r, slice(None), height)
            room -= 1
        if self.paper.rules == "three" and not grid.is_ruled:
            self._across(press.y)

    def _header(self, header: list[int]) -> None:
        press, grid = self.press, self.grid
        if not header:
            return
        if not grid.is_ruled and self.paper.rules != "none":
            self._across(press.y)
        tops = [press.y]
        for r in header:
            tops.append(tops[-1] + self._height(r))
        for r in header:
            for c in range(len(grid.rows[r])):
                if grid.owners[r][c] != (r, c):
                    continue
                bottom, right = grid.area(r, c)
                self._cell(r, c, (tops[r], tops[bottom + 1]), right, slice(None))
        press.y = tops[-1]
        if self.paper.rules in ("three", "across") and not grid.is_ruled:
            self._across(press.y)

    def _turn(self) -> None:
        """The next page, with what stands again above the rest of the table."""
        if self.paper.rules == "three" and not self.grid.is_ruled:
            self._across(self.press.y)
        self.press.new_page()
        if self.paper.repeats_title and self.heading:
            self.press._heading(self.heading)
        if self.paper.repeats_header:
            self._header(list(range(self.grid.header)))
        elif self.paper.rules != "none" and not self.grid.is_ruled:
            self._across(self.press.y)

    def _cut(self, r: int) -> int:
        """How many lines of a row's only wrapped name stay before a page break; 0 for no cut.

        The amounts stay with the first half.
        """
        wrapped = [lines for lines in self.lines[r] if len(lines) > 1]
        if len(wrapped) != 1 or _NUMERIC.match(self.grid.rows[r][self.lines[r].index(wrapped[0])]):
            return 0
        return len(wrapped[0]) // 2

    def _row(self, r: int, part: slice, height: float) -> None:
        top = self.press.y
        for c in range(len(self.grid.rows[r])):
            self._cell(r, c, (top, top + height), c, part)
        self.press.y += height
        if self.paper.rules == "across" and not self.grid.is_ruled:
            self._across(self.press.y)

    def _cell(self, r: int, c: int, ys: tuple[float, float], right: int, part: slice) -> None:
        press, (top, bottom) = self.press, ys
        x0, x1 = self.xs[c], self.xs[right + 1]
        if self.grid.is_ruled:
            press.canvas.rect(x0, press.height - bottom, x1 - x0, bottom - top)
        elif right > c and r < self.grid.header and self.paper.rules == "across":
            press.canvas.line(x0 + 2, press.height - bottom, x1 - 2, press.height - bottom)
        lines = self.lines[r][c][part]
        text = self.grid.rows[r][c]
        is_header = r < self.grid.header
        free = bottom - top - 2 * _PAD - len(lines) * self.leading
        align = "middle" if is_header else self.paper.align
        if len(self.lines[r][c]) > 1 and not is_header:
            align = "top"
        y = top + _PAD + {"top": 0.0, "middle": free / 2, "bottom": free}[align]
        for line in lines:
            width = press.span(line, self.size)
            x = x0 + self.pad
            if is_header:
                x = (x0 + x1 - width) / 2
            elif _NUMERIC.match(text) and (c or "." in text):
                x = x1 - self.pad - width
            press.text(x, y + self.size, line, self.size)
            y += self.leading

    def _across(self, y: float) -> None:
        canvas, height = self.press.canvas, self.press.height
        canvas.line(self.xs[0], height - y, self.xs[-1], height - y)
