"""Excel workbooks: sheets in their order, each with its paragraphs and tables."""

from __future__ import annotations

from analytics.documents.blocks import BlockWriter
from analytics.documents.model import Block
from analytics.documents.sheets import Sheet, write_sheet
from analytics.documents.xls import read_xls
from analytics.documents.xlsx import read_xlsx

__all__ = ["read_xls_blocks", "read_xlsx_blocks"]


def read_xlsx_blocks(data: bytes, where: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Read an xlsx workbook into blocks.

    The name of a sheet is the paragraph before its content. A row of a table has the number that
    it has in the sheet, counted from the first row of the table.

    Args:
        data: The file.
        where: The file's name, for messages.

    Returns:
        The blocks, and notes on what a person who opens the file does not see.

    Raises:
        ReadError: The file is broken or hostile.
    """
    return _blocks(read_xlsx(data, where), where)


def read_xls_blocks(data: bytes, where: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Read an xls workbook into blocks, as :func:`read_xlsx_blocks` does.

    Args:
        data: The file.
        where: The file's name, for messages.

    Returns:
        The blocks, and notes on what a person who opens the file does not see.

    Raises:
        ReadError: The file is broken or protected by a password.
    """
    return _blocks(read_xls(data, where), where)


def _blocks(sheets: list[Sheet], where: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    writer = BlockWriter(where)
    notes: list[str] = []
    for sheet in sheets:
        notes += sheet.notes
        write_sheet(sheet, writer, where)
    return writer.blocks, tuple(notes)
