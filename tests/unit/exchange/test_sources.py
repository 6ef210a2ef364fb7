"""Files and frames of other sources: where the columns stand, and what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from analytics.errors import AnalyticsError, InputError
from analytics.exchange.sources import read_source

WANTED = ["单位", "金额"]


def _workbook(path: Path, **sheets: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    book.close()
    return path


def test_the_columns_are_found_below_a_title_and_blank_rows_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text('各单位情况,\n\n序号, 单位 ,金额\n1,"甲\n局",5\n,,\n2,乙局\n', encoding="utf-8")
    table = read_source(path, WANTED, sheet=None, name=None)
    assert table.rows.rows() == [("1", "甲\n局", "5"), ("2", "乙局", None)]
    assert table.row.to_list() == [4, 6]
    assert table.line is not None
    assert table.line.to_list() == [4, 7]
    assert table.positions == {"序号": 1, "单位": 2, "金额": 3}


def test_the_sheet_with_the_columns_is_taken(tmp_path: Path) -> None:
    rows = [["单位", "金额"], ["甲局", "5"]]
    path = _workbook(tmp_path / "b.xlsx", 说明=[["附件"]], 数据=rows)
    assert read_source(path, WANTED, sheet=None, name=None).sheet == "数据"
    twice = _workbook(tmp_path / "c.xlsx", 甲=rows, 乙=rows)
    assert read_source(twice, WANTED, sheet="乙", name=None).sheet == "乙"
    with pytest.raises(InputError, match="several sheets: 甲, 乙; name the sheet"):
        read_source(twice, WANTED, sheet=None, name=None)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("b.csv", "单位,数额\n甲局,5\n".encode(), "lacks the columns 金额; it has: 单位, 数额"),
        ("b.csv", "单位,金额,金额\n甲局,5,6\n".encode(), "has several columns 金额"),
        ("b.csv", b"\xff\x81\x00", "is not text in UTF-8 or GB 18030"),
        ("b.csv", b"", "lacks the columns 单位, 金额; it has: none"),
        ("b.xlsx", b"PK", "b.xlsx"),
        ("b.parquet", b"PAR", "is no Parquet file"),
        ("b.xls", b"", r"give a \.csv, \.xlsx or \.parquet file"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AnalyticsError, match=message):
        read_source(tmp_path / name, WANTED, sheet=None, name=None)


def test_other_things_are_no_source(tmp_path: Path) -> None:
    other: Any = [("甲局", 5)]
    with pytest.raises(InputError, match="the source is a list"):
        read_source(other, WANTED, sheet=None, name=None)
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_source(tmp_path / "none.csv", WANTED, sheet=None, name=None)


def test_a_frame_is_known_by_its_content() -> None:
    rows = pl.DataFrame({"单位": ["甲局"], "金额": ["5"], "其他": [1]})
    first, lazy, other = (
        read_source(frame, WANTED, sheet=None, name="甲")
        for frame in (rows, rows.lazy(), rows.with_columns(金额=pl.lit("6")))
    )
    assert first.digest == lazy.digest != other.digest
    assert (first.file_name, first.row.to_list(), first.line) == ("甲", [1], None)
