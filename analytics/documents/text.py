"""Recognised text: running lines, and tables as lines of tab-separated cells."""

from __future__ import annotations

import re

from analytics.documents.model import Block, Paragraph, Table, TableRow

__all__ = ["read_text_blocks"]

_PAGE_BREAK = "\f"


def read_text_blocks(text: str) -> tuple[Block, ...]:
    r"""Split recognised text into paragraphs and tables.

    A line with a tab is a row of a table; consecutive rows are one table. An empty line ends
    both. Whether two tables are one that a page break cut is not decided here: that takes
    knowing what they are.

    Args:
        text: The whole file, any line ending.

    Returns:
        Blocks numbered from 1 in reading order; rows carry their line in the file.

    Examples:
        >>> blocks = read_text_blocks("单位：万元\n\n项目\t金额\n合计\t3.00\n")
        >>> [type(block).__name__ for block in blocks]
        ['Paragraph', 'Table']
        >>> blocks[1].rows[1].cells, blocks[1].rows[1].line
        (('合计', '3.00'), 4)
    """
    blocks: list[Block] = []
    pending: list[TableRow] = []

    def close_table() -> None:
        if pending:
            blocks.append(Table(len(blocks) + 1, tuple(pending), line=pending[0].line))
            pending.clear()

    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = raw.replace(_PAGE_BREAK, "")
        if "\t" in line:
            cells = tuple(cell.strip(" \u3000") for cell in line.split("\t"))
            pending.append(TableRow(len(pending) + 1, cells, line=number))
            continue
        close_table()
        if line.strip():
            blocks.append(Paragraph(len(blocks) + 1, line.strip(), line=number))
    close_table()
    return tuple(blocks)
