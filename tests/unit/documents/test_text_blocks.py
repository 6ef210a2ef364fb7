"""Text into blocks: what is a table, what ends it, where each cell stands."""

from __future__ import annotations

import pytest

from analytics.documents import Paragraph, Place, Table
from analytics.documents.text import read_text_blocks

TEXT = "标题\n\n单位：万元\n项目\t金额\n合计\t 3.00\u3000\n\n甲\t1.00\n12\n乙\t2.00\n"


def test_blocks_in_reading_order() -> None:
    blocks = read_text_blocks(TEXT)
    shape = [(type(block).__name__, block.block, block.line) for block in blocks]
    assert shape == [
        ("Paragraph", 1, 1),
        ("Paragraph", 2, 3),
        ("Table", 3, 4),
        ("Table", 4, 7),
        ("Paragraph", 5, 8),
        ("Table", 6, 9),
    ]


def test_cells_lose_spaces_around_them_and_keep_their_place() -> None:
    table = read_text_blocks(TEXT)[2]
    assert isinstance(table, Table)
    row = table.rows[1]
    assert row.cells == ("合计", "3.00")
    assert table.place(row, 1) == Place(block=3, row=2, column=2, page=None, line=5)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_are_alike(ending: str) -> None:
    assert read_text_blocks(TEXT.replace("\n", ending)) == read_text_blocks(TEXT)


def test_page_break_character_is_no_text() -> None:
    blocks = read_text_blocks("第一页\n\f\n\f第二页\n\f甲\t1\n")
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == ["第一页", "第二页"]
    assert blocks[-1] == read_text_blocks("第一页\n\n第二页\n甲\t1\n")[-1]


def test_empty_cells_at_the_end_are_kept() -> None:
    (table,) = read_text_blocks("甲\t\t\n")
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("甲", "", "")


@pytest.mark.parametrize("text", ["", "\n \n\u3000\n"])
def test_nothing_gives_no_blocks(text: str) -> None:
    assert read_text_blocks(text) == ()
