"""Running text with tables in it, as word files and web pages have it, built up event by event.

A reader says where lines, tables, rows and cells begin and end. Tables that only lay a page out
(with a table in a cell, or with one column) are taken apart into the text and the tables in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analytics.documents.blocks import BlockWriter
from analytics.documents.grid import GridRow, write_grid
from analytics.documents.model import Block
from analytics.errors import ReadError

__all__ = ["Flow"]

_MAX_PARTS = 1_000_000
_MAX_COLUMNS = 500
_MAX_ROWS = 65_534
_LONG_TEXT = 1_000


@dataclass(slots=True)
class _Cell:
    column_span: int
    row_span: int
    items: list[str | _Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(item for item in self.items if isinstance(item, str))


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    cell: _Cell | None = None


class Flow:
    """A document in the making.

    Args:
        where: The file, for messages.

    Examples:
        >>> flow = Flow("page.html")
        >>> flow.text("单位：万元")
        >>> flow.start_table()
        >>> for line in (("项目", "金额"), ("合计", "3.00")):
        ...     flow.start_row()
        ...     for cell in line:
        ...         flow.start_cell()
        ...         flow.text(cell)
        ...         flow.end_cell()
        >>> flow.end_table()
        >>> [type(block).__name__ for block in flow.finish()]
        ['Paragraph', 'Table']
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._writer = BlockWriter(where)
        self._tables: list[_Table] = []
        self._line: list[str] = []
        self._outer_lines: list[list[str]] = []
        self._room = _MAX_PARTS

    def text(self, data: str) -> None:
        """Add characters to the line."""
        self._line.append(data)

    def end_line(self) -> None:
        """End the line; a blank one leaves nothing.

        Raises:
            ReadError: The document has more cells and lines than the limit.
        """
        line = "".join(self._line).strip()
        self._line.clear()
        if not line:
            return
        self._take_room()
        if not self._tables:
            self._writer.paragraph(line)
        elif (cell := self._tables[-1].cell) is not None:
            cell.items.append(line)
        else:
            self._tables[-1].captions.append(line)

    def start_inner(self) -> None:
        """Begin text that stands inside a line without being part of it, such as a text box."""
        self._outer_lines.append(self._line)
        self._line = []

    def end_inner(self) -> None:
        """Go back to the line around the inner text."""
        self.end_line()
        if self._outer_lines:
            self._line = self._outer_lines.pop()

    def start_table(self) -> None:
        """Begin a table; inside a cell it is a table in a table."""
        self.end_line()
        self._tables.append(_Table())

    def start_row(self) -> None:
        """Begin a row of the table."""
        self.end_cell()
        if self._tables:
            self._tables[-1].rows.append([])

    def start_cell(self, column_span: int = 1, row_span: int = 1) -> None:
        """Begin a cell of the row.

        Args:
            column_span: Columns it takes; anything below 1 is 1.
            row_span: Rows it takes; 0 is all that follow.

        Raises:
            ReadError: The document has more cells and lines than the limit.
        """
        self.end_cell()
        if not self._tables:
            return
        self._take_room()
        table = self._tables[-1]
        rows = _MAX_ROWS if row_span == 0 else min(max(row_span, 1), _MAX_ROWS)
        table.cell = _Cell(min(max(column_span, 1), _MAX_COLUMNS), rows)
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(table.cell)

    def end_cell(self) -> None:
        """End the cell."""
        self.end_line()
        if self._tables:
            self._tables[-1].cell = None

    def end_table(self) -> None:
        """End the table: inside a cell it is kept there, else it becomes blocks."""
        self.end_cell()
        if not self._tables:
            return
        table = self._tables.pop()
        if not self._tables:
            self._write(table)
        elif (cell := self._tables[-1].cell) is not None:
            cell.items.append(table)
        else:
            self._tables[-1].rows.append([_Cell(1, 1, [table])])

    def _take_room(self) -> None:
        self._room -= 1
        if self._room < 0:
            raise ReadError(
                f"{self._where} has more than {_MAX_PARTS:,} cells and lines", hint="split it"
            )

    def finish(self) -> tuple[Block, ...]:
        """End everything that is open, and return the blocks."""
        while self._outer_lines:
            self.end_inner()
        self.end_line()
        while self._tables:
            self.end_table()
        return self._writer.blocks

    def _write(self, table: _Table) -> None:
        """Write a table; those laid out inside it follow in reading order."""
        pending: list[str | _Table] = [table]
        while pending:
            item = pending.pop()
            if isinstance(item, str):
                self._writer.paragraph(item)
                continue
            for caption in item.captions:
                self._writer.paragraph(caption)
            starts: set[int] = set()
            rows = list(_grid(item, starts, self._where))
            if _is_layout(item, rows):
                inside = [part for row in item.rows for cell in row for part in cell.items]
                pending.extend(reversed(inside))
            else:
                write_grid(rows, self._writer, starts)


def _is_layout(table: _Table, rows: list[GridRow]) -> bool:
    """Whether a table only arranges text: a table in a cell, one column, or one long text."""
    cells = [cell for row in table.rows for cell in row]
    if any(isinstance(item, _Table) for cell in cells for item in cell.items):
        return True
    if len({column for row in rows for column in row.cells}) < 2:
        return True
    lengths = [len(text) for row in rows for text in row.cells.values()]
    return max(lengths) > _LONG_TEXT and max(lengths) * 10 > sum(lengths) * 9


def _grid(table: _Table, starts: set[int], where: str) -> Iterator[GridRow]:
    """The rows with every cell in its column, merged cells in their first one.

    The columns in which cells begin are added to ``starts``.
    """
    taken: dict[int, int] = {}
    for number, row in enumerate(table.rows, start=1):
        cells: dict[int, str] = {}
        spans: dict[int, int] = {}
        column = 1
        below: dict[int, int] = {at: rows - 1 for at, rows in taken.items() if rows > 1}
        for cell in row:
            while column in taken:
                column += 1
            starts.add(column)
            if text := cell.text.strip():
                cells[column] = text
            if cell.column_span > 1:
                spans[column] = cell.column_span
            if cell.row_span > 1:
                below.update(
                    dict.fromkeys(range(column, column + cell.column_span), cell.row_span - 1)
                )
            column += cell.column_span
            if column > _MAX_COLUMNS + 1:
                raise ReadError(
                    f"{where}: a table has more than {_MAX_COLUMNS} columns", hint="split it"
                )
        taken = below
        yield GridRow(number, cells, spans)
