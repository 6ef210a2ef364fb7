"""What any file becomes once it is read: blocks of paragraphs and tables, each cell located.

A :class:`Document` says nothing yet about what its tables are. Pages, rows and columns count from
1, and every text is as printed: nothing is cleaned here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Block", "Document", "Origin", "Paragraph", "Place", "Recognition", "Table", "TableRow"]

_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a text was read from a picture.

    Args:
        confidence: How sure the least sure of its characters is, 0 to 1.
        text: The text as recognised, where look-alikes were folded to make it a number.
    """

    confidence: float
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row of a table stands in its workbook, whose blank rows and columns are no cells.

    Args:
        sheet: Name of the sheet.
        row: Row of the sheet, from 1.
        columns: Columns of the sheet that the cells of the row stand in, from 1.

    Examples:
        >>> Origin("收支总表", 12, (1, 3, 28)).cell(2), Origin("Sheet 3", 12, (3,)).cell(0)
        ('收支总表!AB12', "'Sheet 3'!C12")
    """

    sheet: str
    row: int
    columns: tuple[int, ...]

    def cell(self, index: int) -> str:
        """The address of the cell with the 0-based ``index``, as a spreadsheet program has it."""
        letters, column = "", self.columns[index]
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(ord("A") + letter) + letters
        name = self.sheet.replace("'", "''")
        sheet = name if _PLAIN_SHEET.fullmatch(self.sheet) else f"'{name}'"
        return f"{sheet}!{letters}{self.row}"


class Place(NamedTuple):
    """Where something was printed; ``page`` and ``line`` are ``None`` where a file has none.

    ``recognition`` is how it was read, where that was from a picture; ``cell`` is its address in
    a workbook, where the file is one.

    Examples:
        >>> Place(block=3, row=2, column=4, line=88)
        Place(block=3, row=2, column=4, page=None, line=88, recognition=None, cell=None)
    """

    block: int
    row: int
    column: int
    page: int | None = None
    line: int | None = None
    recognition: Recognition | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text."""

    block: int
    text: str
    page: int | None = None
    line: int | None = None
    recognition: Recognition | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row of a table, its cells as printed.

    ``recognitions`` stand beside the cells of a row that was read from a picture, ``None`` for
    blank ones; other rows have none. ``origin`` is where a row of a workbook stands in it.
    """

    row: int
    cells: tuple[str, ...]
    page: int | None = None
    line: int | None = None
    recognitions: tuple[Recognition | None, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive rows of cells."""

    block: int
    rows: tuple[TableRow, ...]
    page: int | None = None
    line: int | None = None

    def place(self, row: TableRow, index: int) -> Place:
        """The place of the cell with the 0-based ``index`` in ``row``."""
        recognition = row.recognitions[index] if row.recognitions else None
        cell = row.origin.cell(index) if row.origin else None
        return Place(self.block, row.row, index + 1, row.page, row.line, recognition, cell)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks in reading order.

    Args:
        document_id: First 16 hexadecimal digits of the SHA-256 of the file's bytes.
        file_name: Name without folder.
        media_type: Media type it was read as.
        reader: Name of the reader.
        blocks: Paragraphs and tables in reading order.
        encoding: Character encoding, for text files.
        page_count: Pages, for files that have pages.
        notes: What the reader left out or could not read, and where, in words.
    """

    document_id: str
    file_name: str
    media_type: str
    reader: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    page_count: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The running text alone."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def __repr__(self) -> str:
        """One line: the file and how much stands in it."""
        return (
            f"Document({self.file_name!r}, {len(self.tables)} tables, "
            f"{len(self.paragraphs)} paragraphs, id {self.document_id})"
        )
