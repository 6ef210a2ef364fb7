"""Blocks in the making: paragraphs and tables numbered in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from analytics.documents.model import Block, Origin, Paragraph, Table, TableRow
from analytics.errors import ReadError

__all__ = ["BlockWriter", "one_line"]

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MAX_PARAGRAPHS = 1_000_000
_LONGEST_CELL = 1_000_000
_EDGE_SPACE = " \t\u3000\xa0\u200b\ufeff"


class BlockWriter:
    r"""Collects the blocks of a document and numbers them from 1.

    Args:
        where: The file, for messages.

    Examples:
        >>> writer = BlockWriter("disclosure.xlsx")
        >>> writer.paragraph("某市教育局\n2023年度单位预算公开")
        >>> writer.table([(1, ("项目", "金额")), (3, ("合计", "3.00"))])
        >>> [type(block).__name__ for block in writer.blocks]
        ['Paragraph', 'Paragraph', 'Table']
        >>> writer.blocks[2].rows[1].row
        3
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._blocks: list[Block] = []

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    def paragraph(self, text: str) -> None:
        """Add running text: a paragraph for each of its lines, none for a blank one.

        Raises:
            ReadError: The document has more lines than the limit.
        """
        for line in _LINE.finditer(text):
            stripped = line[0].strip(_EDGE_SPACE)
            if stripped:
                if len(self._blocks) >= _MAX_PARAGRAPHS:
                    raise ReadError(
                        f"{self._where} has more than {_MAX_PARAGRAPHS:,} lines", hint="split it"
                    )
                self._blocks.append(Paragraph(len(self._blocks) + 1, stripped))

    def table(
        self, rows: Iterable[tuple[int, tuple[str, ...]]], origins: Iterable[Origin] = ()
    ) -> None:
        """Add a table of numbered rows; a table without rows is none.

        Args:
            rows: Number and cells of each row.
            origins: Where each row stands in a workbook, if the table comes from one.
        """
        made = tuple(
            TableRow(number, cells, origin=origin)
            for (number, cells), origin in zip_longest(rows, origins)
        )
        if made:
            self._blocks.append(Table(len(self._blocks) + 1, made))


def one_line(text: str) -> str:
    r"""The text of a cell on one line: its lines stripped and joined by a space.

    Examples:
        >>> one_line("事业单位\n经营收入 ")
        '事业单位 经营收入'
    """
    if "\n" not in text and "\r" not in text:
        return text.strip(_EDGE_SPACE)
    lines = (line[0].strip(_EDGE_SPACE) for line in _LINE.finditer(text[:_LONGEST_CELL]))
    return " ".join(line for line in lines if line) + text[_LONGEST_CELL:]
