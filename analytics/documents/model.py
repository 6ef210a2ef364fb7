"""What any file becomes once it is read: blocks of paragraphs and tables, each cell located.

A :class:`Document` says nothing yet about what its tables are. Pages, rows and columns count from
1, and every text is as printed: nothing is cleaned here.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Block", "Document", "Paragraph", "Place", "Table", "TableRow"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was printed; ``page`` and ``line`` are ``None`` where a file has none.

    Examples:
        >>> Place(block=3, row=2, column=4, line=88)
        Place(block=3, row=2, column=4, page=None, line=88)
    """

    block: int
    row: int
    column: int
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text."""

    block: int
    text: str
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row of a table, its cells as printed."""

    row: int
    cells: tuple[str, ...]
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive rows of cells."""

    block: int
    rows: tuple[TableRow, ...]
    page: int | None = None
    line: int | None = None

    def place(self, row: TableRow, index: int) -> Place:
        """The place of the cell with the 0-based ``index`` in ``row``."""
        return Place(self.block, row.row, index + 1, row.page, row.line)


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
