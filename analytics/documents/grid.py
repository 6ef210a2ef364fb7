"""A grid of cells as people lay it out: titles, units and notes around tables, told apart.

Sheets, web pages and word files print the title of a table, its unit and its notes as rows of the
same grid. Such rows become paragraphs, and what stands between them becomes a table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from analytics.amounts import parse_number
from analytics.documents.blocks import BlockWriter, one_line
from analytics.documents.model import Origin

__all__ = ["GridRow", "write_grid"]

_UNIT = r"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*(?:亿|百万|万|千)?元"
_AGENCY = r"(?:编制|填报|预算|公开|申报|主管)?(?:单位|部门)(?:[/（(](?:单位|部门)[)）]?)?(?:名称)?\s*[:：]"
_LABEL = re.compile(rf"^[（(]?(?:{_UNIT}|{_AGENCY})")
_NOTE = re.compile(r"^(?:注|备注|说明|附注|附)\s*[:：]|^注\s*\d")
_TITLE = re.compile(
    r"(?:表|一览|附件)\s*(?:[（(][^（）()]*[)）])?\s*\d*$|^(?:公开|附)?表\s*[\d一二三四五六七八九十]+"
)
_TOTAL = re.compile(r"^(?:本年)?(?:收入|支出)?(?:[合总小]\s*计)$|^[…·.]+$")
_MOST_LABELS = 6
_LONG_TEXT = 60


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid: its filled cells by column, and how many columns the merged ones take.

    Args:
        number: Row in the grid, from 1.
        cells: Texts by column, from 1; blank cells are left out.
        spans: Columns that a cell takes, by its first column, where it is more than one.
    """

    number: int
    cells: dict[int, str]
    spans: dict[int, int] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The filled cells from left to right."""
        return [self.cells[column].strip() for column in sorted(self.cells)]

    @property
    def span(self) -> int:
        """Columns that the first filled cell takes."""
        return self.spans.get(min(self.cells), 1)


def write_grid(
    rows: Iterable[GridRow],
    writer: BlockWriter,
    columns: Collection[int] | None = None,
    *,
    sheet: str | None = None,
) -> None:
    """Add a grid to a document: its tables, and the paragraphs before, between and after them.

    A row of one cell is a paragraph before a table begins, and so is a row that only labels
    (``编制单位：…``, ``单位：万元``). Inside a table such a row ends it if it is a unit, a note, a
    title, or a cell over the width that no line of the table follows; anything else with one cell
    is a line without amounts and stays. Blank rows are no rows; they end a table only where a
    paragraph follows.

    Args:
        rows: Rows from top to bottom.
        writer: What the blocks are added to.
        columns: The columns of the table, if the grid is one: then a row of one cell before it is
            a paragraph only if it looks like a title. Without them a table has the columns in
            which one of its rows prints something.
        sheet: Name of the sheet, if the grid is one: its cells then have addresses.
    """
    filled = [row for row in rows if row.cells]
    table: list[GridRow] = []
    for index, row in enumerate(filled):
        if not table:
            if _is_label_row(row) or (len(row.cells) == 1 and _is_above(row, columns)):
                _write_paragraphs(row, writer)
            else:
                table.append(row)
        elif _ends_table(table, row, filled[index + 1 : index + 4], len(columns or ())):
            _write_table(table, writer, columns, sheet)
            table.clear()
            _write_paragraphs(row, writer)
        else:
            table.append(row)
    _write_table(table, writer, columns, sheet)


def _is_above(row: GridRow, columns: Collection[int] | None) -> bool:
    """Whether a row of one cell stands above the table and not in it."""
    if columns is None:
        return True
    (text,) = row.texts
    is_wide = row.span * 2 > len(columns)
    return is_wide or _is_caption(text) or len(text) > _LONG_TEXT


def _is_caption(text: str) -> bool:
    return _NOTE.match(text) is not None or _TITLE.search(text) is not None


def _is_label_row(row: GridRow) -> bool:
    """Whether a row only names the agency, the unit of money or the like."""
    texts = row.texts
    return (
        len(texts) <= _MOST_LABELS
        and any(_LABEL.match(text) for text in texts)
        and not any(parse_number(text) for text in texts)
    )


def _ends_table(
    table: Sequence[GridRow], row: GridRow, following: Sequence[GridRow], width: int
) -> bool:
    """Whether a row stands below the table; ``width`` is how many columns it has at least."""
    if _is_label_row(row):
        return True
    if len(row.cells) > 1:
        return False
    (text,) = row.texts
    if parse_number(text) is not None or _TOTAL.match(text):
        return False
    if _is_caption(text):
        return True
    is_apart = row.number > table[-1].number + 1
    is_wide = row.span * 2 > max(_width(table), width)
    if len(text) > _LONG_TEXT and (is_apart or is_wide):
        return True
    is_last = all(len(after.cells) == 1 for after in following) or _begins_table(following)
    return (is_apart and (is_wide or _begins_table(following))) or (is_wide and is_last)


def _begins_table(rows: Sequence[GridRow]) -> bool:
    """Whether the next row of several cells could be a header: words only."""
    header = next((row for row in rows if len(row.cells) > 1), None)
    return header is not None and not any(parse_number(text) for text in header.texts)


def _width(table: Sequence[GridRow]) -> int:
    return max(max(row.cells) for row in table) - min(min(row.cells) for row in table) + 1


def _write_paragraphs(row: GridRow, writer: BlockWriter) -> None:
    """Each cell as a paragraph; a label and the name in the cell after it are one."""
    pending = ""
    for text in row.texts:
        if pending and not _LABEL.match(text):
            writer.paragraph(pending + text)
            pending = ""
            continue
        if pending:
            writer.paragraph(pending)
        pending = text if text.endswith((":", "：")) else ""
        if not pending:
            writer.paragraph(text)
    if pending:
        writer.paragraph(pending)


def _write_table(
    table: Sequence[GridRow],
    writer: BlockWriter,
    columns: Collection[int] | None,
    sheet: str | None,
) -> None:
    if not table:
        return
    kept = tuple(sorted(columns or {column for row in table for column in row.cells}))
    first = table[0].number
    writer.table(
        (
            (row.number - first + 1, tuple(one_line(row.cells.get(column, "")) for column in kept))
            for row in table
        ),
        () if sheet is None else (Origin(sheet, row.number, kept) for row in table),
    )
