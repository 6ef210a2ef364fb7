"""Sheets of an old xls workbook: cells as shown, merged ranges, what is hidden."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analytics.documents.number_formats import BUILT_IN_FORMATS, show_number
from analytics.documents.sheets import MAX_CELLS, Sheet
from analytics.errors import ReadError

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell as OldCell
    from xlrd.sheet import Sheet as OldSheet

__all__ = ["read_xls"]

_MAX_BYTES = 32 * 1024 * 1024


def read_xls(data: bytes, where: str) -> list[Sheet]:
    """Read the sheets of an xls workbook (Excel 97 to 2003, and older).

    Numbers are as their format shows them, dates as text; text stays as it is stored.

    Args:
        data: The file.
        where: The file's name, for messages.

    Raises:
        ReadError: The file is broken, too large, or protected by a password.
    """
    import xlrd

    if len(data) > _MAX_BYTES:
        raise ReadError(f"{where} has {len(data):,} bytes", hint="save it as xlsx")
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
        return _sheets(book, where)
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError(f"{where} needs too much memory", hint="save it as xlsx") from error
    except Exception as error:  # a broken record surfaces as any error at all
        if "encrypted" in str(error).lower():
            raise ReadError(
                f"{where} is protected by a password", hint="remove it first"
            ) from error
        raise ReadError(
            f"{where} is broken: {error}", hint="download it again or save it as xlsx"
        ) from error


def _sheets(book: Book, where: str) -> list[Sheet]:
    sheets: list[Sheet] = []
    filled = 0
    for index in range(book.nsheets):
        old = book.sheet_by_index(index)
        sheet = Sheet(old.name, bool(old.visibility))
        sheet.merged = [(t + 1, left + 1, b, r) for t, b, left, r in old.merged_cells]
        sheet.hidden_rows = {row + 1 for row, info in old.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns = [(c + 1, c + 1) for c, i in old.colinfo_map.items() if i.hidden]
        for row in range(old.nrows):
            cells = _row(old, book, row)
            filled += len(cells)
            if filled > MAX_CELLS:
                raise ReadError(
                    f"{where} has more than {MAX_CELLS:,} filled cells", hint="split the workbook"
                )
            if cells:
                sheet.cells[row + 1] = cells
        sheets.append(sheet)
        book.unload_sheet(index)
    return sheets


def _row(old: OldSheet, book: Book, row: int) -> dict[int, str]:
    cells: dict[int, str] = {}
    for column, cell in enumerate(old.row(row)):
        text = _shown(cell, book)
        if text.strip():
            cells[column + 1] = text
    return cells


def _shown(cell: OldCell, book: Book) -> str:
    import xlrd

    value = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            key = book.xf_list[cell.xf_index or 0].format_key
            code = BUILT_IN_FORMATS.get(key) or book.format_map[key].format_str
            return show_number(float(value), code, since_1904=bool(book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(int(value), "#VALUE!")
    return ""
