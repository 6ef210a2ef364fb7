"""A sheet of a workbook as sparse cells, whatever format the workbook has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from analytics.documents.blocks import BlockWriter
from analytics.documents.grid import GridRow, write_grid
from analytics.errors import ReadError

__all__ = ["MAX_CELLS", "Sheet", "write_sheet"]

MAX_CELLS = 1_000_000
"""Filled cells that a workbook may have."""

_MAX_TABLE = 4_000_000
_MAX_MERGING = 5_000_000


@dataclass(slots=True)
class Sheet:
    """The filled cells of a sheet and how they are laid out. Rows and columns count from 1.

    Args:
        name: Name on its tab.
        is_hidden: Whether the tab is hidden.
        cells: Texts as the cells show them, by row and column.
        merged: Merged ranges: first row, first column, last row, last column.
        hidden_rows: Rows that are not shown.
        hidden_columns: Ranges of columns that are not shown.
        uncomputed: Formulas whose result is not in the file.
    """

    name: str
    is_hidden: bool = False
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncomputed: int = 0

    @property
    def notes(self) -> Iterator[str]:
        """What a reader of the sheet cannot see in a program, or what the file does not hold."""
        if not self.cells and not self.uncomputed:
            return
        if self.is_hidden:
            yield f"sheet {self.name!r} is hidden and was read"
        if rows := sorted(self.hidden_rows & self.cells.keys()):
            yield f"sheet {self.name!r}: hidden rows were read: {_ranges(rows)}"
        filled = {column for row in self.cells.values() for column in row}
        if columns := sorted(
            column for column in filled if any(a <= column <= b for a, b in self.hidden_columns)
        ):
            yield f"sheet {self.name!r}: hidden columns were read: {_ranges(columns)}"
        if self.uncomputed:
            yield (
                f"sheet {self.name!r}: {self.uncomputed} formulas without a stored result are "
                "blank; open the file in an office program and save it"
            )


def write_sheet(sheet: Sheet, writer: BlockWriter, where: str) -> None:
    """Add a sheet to a document: its name, then its paragraphs and tables.

    Args:
        sheet: The sheet; a blank one adds nothing.
        writer: What the blocks are added to.
        where: The file, for messages.

    Raises:
        ReadError: Its cells stand too far apart, or its merged ranges overlap endlessly.
    """
    rows = list(_rows(sheet, where))
    if not rows:
        return
    columns = {column for row in rows for column in row.cells}
    if len(rows) * len(columns) > _MAX_TABLE:
        raise ReadError(
            f"{where}: sheet {sheet.name!r} spreads over {len(rows):,} rows and "
            f"{len(columns):,} columns",
            hint=f"the limit is {_MAX_TABLE:,} cells",
        )
    writer.paragraph(sheet.name)
    write_grid(rows, writer, sheet=sheet.name)


def _rows(sheet: Sheet, where: str) -> Iterator[GridRow]:
    spans = _merge(sheet, where)
    for number in sorted(sheet.cells):
        yield GridRow(number, sheet.cells[number], spans.get(number, {}))


def _merge(sheet: Sheet, where: str) -> dict[int, dict[int, int]]:
    """Blank the covered cells of merged ranges; the width of each by row and first column."""
    spans: dict[int, dict[int, int]] = {}
    work = 0
    for top, left, bottom, right in sheet.merged:
        spans.setdefault(top, {})[left] = right - left + 1
        rows: Iterable[int] = range(top, bottom + 1)
        if bottom - top >= len(sheet.cells):
            rows = [row for row in sheet.cells if top <= row <= bottom]
        for row in rows:
            cells = sheet.cells.get(row, {})
            work += 1 + min(len(cells), right - left)
            covered = [c for c in cells if left <= c <= right and (row, c) != (top, left)]
            for column in covered:
                del cells[column]
        if work > _MAX_MERGING:
            raise ReadError(
                f"{where}: the merged ranges of sheet {sheet.name!r} overlap without end",
                hint="it is refused; save it anew with an office program",
            )
    return spans


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers as ranges: 3, 5-7."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(runs)
