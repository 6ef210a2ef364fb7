"""Writes a disclosure that is text as a workbook, a Word file and a web page."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import openpyxl
import xlwt
from docx.oxml.ns import qn

from analytics.documents import Block, Document, Paragraph, Table, read_document
from analytics.documents.text import read_text_blocks

__all__ = ["WRITERS", "docx_bytes", "read", "xls_bytes", "xlsx_bytes"]

_AMOUNT = re.compile(r"^-?\d+\.\d\d$")
_SHEET = re.compile(r"^(?:(?:预算)?公开\d*表|第.部分)")


def read(folder: Path, name: str, data: bytes) -> Document:
    """Read bytes as a file of that name."""
    path = folder / name
    path.write_bytes(data)
    return read_document(path)


def _merged(row: Sequence[str], *, is_header: bool) -> Iterator[tuple[int, int]]:
    """First and last column of the cells of a header row that take the blank ones after them."""
    if not is_header or not row[0]:
        return
    starts = [column for column, text in enumerate(row) if text]
    for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
        if end - start > 1:
            yield start, end - 1


def _sheets(text: str) -> Iterator[list[Block]]:
    """The blocks of a text, parted where a statement or a part begins."""
    sheet: list[Block] = []
    for block in read_text_blocks(text):
        if isinstance(block, Paragraph) and _SHEET.match(block.text) and sheet:
            yield sheet
            sheet = []
        sheet.append(block)
    yield sheet


def as_xlsx(text: str) -> bytes:
    """A workbook with a sheet for each statement; amounts are numbers with a format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for index, blocks in enumerate(_sheets(text)):
        sheet = book.create_sheet(f"第{index}页")
        number = 2
        for block in blocks:
            if isinstance(block, Paragraph):
                sheet.cell(number, 1, block.text)
                sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=8)
                number += 1
                continue
            for index_in_table, row in enumerate(block.rows):
                for column, value in enumerate(row.cells, start=1):
                    is_amount = _AMOUNT.match(value) is not None
                    cell = sheet.cell(number, column, float(value) if is_amount else value or None)
                    if is_amount:
                        cell.number_format = "#,##0.00_ "
                for first, last in _merged(row.cells, is_header=index_in_table == 0):
                    sheet.merge_cells(
                        start_row=number,
                        end_row=number,
                        start_column=first + 1,
                        end_column=last + 1,
                    )
                number += 1
    return xlsx_bytes(book)


def xlsx_bytes(book: openpyxl.Workbook) -> bytes:
    """The bytes of an openpyxl workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls(text: str) -> bytes:
    """The same as an old workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    money = xlwt.easyxf(num_format_str="#,##0.00_ ")
    for index, blocks in enumerate(_sheets(text)):
        sheet = book.add_sheet(f"第{index}页")
        number = 1
        for block in blocks:
            if isinstance(block, Paragraph):
                sheet.write_merge(number, number, 0, 7, block.text)
                number += 1
                continue
            for index_in_table, row in enumerate(block.rows):
                merged = dict(_merged(row.cells, is_header=index_in_table == 0))
                for column, value in enumerate(row.cells):
                    if column in merged:
                        sheet.write_merge(number, number, column, merged[column], value)
                    elif _AMOUNT.match(value):
                        sheet.write(number, column, float(value), money)
                    elif value:
                        sheet.write(number, column, value)
                number += 1
    return xls_bytes(book)


def xls_bytes(book: xlwt.Workbook) -> bytes:
    """The bytes of an xlwt workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _blocks(text: str) -> Iterator[tuple[Block, bool]]:
    """The blocks of a text, and whether each is a table that begins with its header.

    One right after another table goes on with it: its header may stand again, or no header.
    """
    before: Block | None = None
    for block in read_text_blocks(text):
        is_new = isinstance(before, Paragraph) or before is None
        is_again = (
            isinstance(before, Table)
            and isinstance(block, Table)
            and before.rows[0].cells == block.rows[0].cells
        )
        yield block, is_new or is_again
        before = block


def as_docx(text: str) -> bytes:
    """A Word file with a table for each statement, merged cells in its header."""
    document = docx.Document()
    for block, is_headed in _blocks(text):
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
            continue
        table = document.add_table(0, len(block.rows[0].cells))
        for index, row in enumerate(block.rows):
            line = table.add_row()
            cells = list(line._tr.tc_lst)
            for cell, value in zip(cells, row.cells, strict=True):
                cell.p_lst[0].add_r().text = value
            for first, last in _merged(row.cells, is_header=is_headed and index == 0):
                cells[first].get_or_add_tcPr().get_or_add_gridSpan().set(
                    qn("w:val"), str(last - first + 1)
                )
                for covered in cells[first + 1 : last + 1]:
                    line._tr.remove(covered)
    return docx_bytes(document)


def docx_bytes(document: docx.document.Document) -> bytes:
    """The bytes of a python-docx document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(text: str) -> bytes:
    """A page in GBK whose text stands in a table that lays it out."""
    parts = []
    for block, is_headed in _blocks(text):
        if isinstance(block, Paragraph):
            parts.append(f"<p>　　<span>{html.escape(block.text)}</span></p>")
            continue
        rows = []
        for index, row in enumerate(block.rows):
            merged = dict(_merged(row.cells, is_header=is_headed and index == 0))
            covered = {c for first, last in merged.items() for c in range(first + 1, last + 1)}
            rows.append(
                "".join(
                    f"<td colspan={merged.get(column, first) - column + 1}>\n"
                    f" <p>{html.escape(value)}</p></td>"
                    for column, value in enumerate(row.cells)
                    if column not in covered
                    for first in (column,)
                )
            )
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    page = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
        "<title>公开</title><style>td {width: 30.00px}</style></head><body><table><tr>"
        f"<td>首页</td><td>{''.join(parts)}<script>var year = 2031;</script></td></tr></table>"
    )
    return page.encode("gb18030")


WRITERS: dict[str, Callable[[str], bytes]] = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "docx": as_docx,
    "html": as_html,
}
"""By extension: a text as the bytes of such a file."""
