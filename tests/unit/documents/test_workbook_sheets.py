"""Sheets into blocks: titles, units and notes apart from tables; formats, merges, hidden parts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlwt
from office_files import read, xls_bytes, xlsx_bytes
from openpyxl.worksheet.worksheet import Worksheet

from analytics.documents import Document, Paragraph
from analytics.errors import ReadError

Lines = list[str | list[tuple[str, ...]]]


def outline(document: Document) -> Lines:
    """Paragraphs as texts, tables as lists of rows."""
    return [
        block.text if isinstance(block, Paragraph) else [row.cells for row in block.rows]
        for block in document.blocks
    ]


def sheet_of(rows: Sequence[Sequence[object]], title: str = "表") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book


def read_rows(folder: Path, rows: Sequence[Sequence[object]]) -> Lines:
    return outline(read(folder, "book.xlsx", xlsx_bytes(sheet_of(rows))))[1:]


def test_titles_units_and_notes_stand_around_the_table(tmp_path: Path) -> None:
    rows = [
        ["2024年收支总表"],
        ["编制单位：", "示例市教育局", None, "单位：万元"],
        [],
        ["收入", None, "支出", None],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款收入", 3, "一、教育支出", 3],
        ["二、事业收入"],
        ["收入总计", 3, "支出总计", 3],
        ["注：本表含上年结转。"],
    ]
    assert read_rows(tmp_path, rows) == [
        "2024年收支总表",
        "编制单位：示例市教育局",
        "单位：万元",
        [
            ("收入", "", "支出", ""),
            ("项目", "预算数", "项目", "预算数"),
            ("一、财政拨款收入", "3", "一、教育支出", "3"),
            ("二、事业收入", "", "", ""),
            ("收入总计", "3", "支出总计", "3"),
        ],
        "注：本表含上年结转。",
    ]


def test_blank_rows_inside_a_table_do_not_end_it(tmp_path: Path) -> None:
    rows = [["项目", "金额"], [], ["基本支出", 2], [], [], ["合计"], ["其中：本级", 1]]
    document = read(tmp_path, "book.xlsx", xlsx_bytes(sheet_of(rows)))
    (table,) = document.tables
    assert [(row.row, row.cells) for row in table.rows] == [
        (1, ("项目", "金额")),
        (3, ("基本支出", "2")),
        (6, ("合计", "")),
        (7, ("其中：本级", "1")),
    ]
    assert (table.page, table.line, table.rows[1].line) == (None, None, None)


@pytest.mark.parametrize(
    "between",
    [
        [["2024年支出总表"]],
        [["单位：元"]],
        [["部门名称：示例市教育局", "金额单位：元"]],
        [[], ["二、支出"]],
        [["备注：无"], [], ["支出"]],
    ],
)
def test_two_tables_on_a_sheet(tmp_path: Path, between: list[list[str]]) -> None:
    rows = [["项目", "金额"], ["收入", 1], *between, ["项目", "数"], ["支出", 2]]
    printed = read_rows(tmp_path, rows)
    assert printed[0] == [("项目", "金额"), ("收入", "1")]
    assert printed[-1] == [("项目", "数"), ("支出", "2")]
    assert printed[1:-1] == [text for row in between for text in row]


def test_merged_cells_have_their_text_in_the_first_place(tmp_path: Path) -> None:
    book = sheet_of(
        [["项目", "", "金额", ""], ["编码", "名称", "合计", "其中"], ["201", "某", 3, 1]]
    )
    sheet = book.active
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")
    data = xlsx_bytes(book)
    (table,) = read(tmp_path, "book.xlsx", data).tables
    assert table.rows[0].cells == ("项目", "", "金额", "")
    assert table.rows[2].cells == ("201", "某", "3", "1")


def test_text_that_a_merged_cell_covers_is_not_shown(tmp_path: Path) -> None:
    book = sheet_of([["项目", "金额"], ["甲", 1], ["乙", 2]])
    book.active.merged_cells.add("A2:A3")
    (table,) = read(tmp_path, "book.xlsx", xlsx_bytes(book)).tables
    assert [row.cells for row in table.rows] == [("项目", "金额"), ("甲", "1"), ("", "2")]


def test_a_cell_over_the_width_at_the_end_is_text(tmp_path: Path) -> None:
    book = sheet_of(
        [
            ["编码", "名称", "数"],
            ["第一类"],
            ["201", "某", 3],
            ["二、有关情况"],
            ["本年安排情况良好。"],
        ]
    )
    for row in (2, 4):
        book.active.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
    assert outline(read(tmp_path, "book.xlsx", xlsx_bytes(book)))[1:] == [
        [("编码", "名称", "数"), ("第一类", "", ""), ("201", "某", "3")],
        "二、有关情况",
        "本年安排情况良好。",
    ]


def formatted(sheet: Worksheet) -> None:
    sheet.append(["项目", "数"])
    for value, code in (
        (1234.5, "#,##0.00"),
        (1840.75, "General"),
        (3, "General"),
        (datetime.date(2024, 2, 5), "yyyy/m/d"),
        ("0301", "General"),
        ("1,840.75", "@"),
        (True, "General"),
    ):
        sheet.append(["行", value])
        sheet.cell(sheet.max_row, 2).number_format = code


def test_cells_are_as_printed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    formatted(book.active)
    (table,) = read(tmp_path, "book.xlsx", xlsx_bytes(book)).tables
    assert [row.cells[1] for row in table.rows[1:]] == [
        "1234.50",
        "1840.75",
        "3",
        "2024/2/5",
        "0301",
        "1,840.75",
        "TRUE",
    ]


def test_old_workbook_is_read_as_the_new_one(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("总表")
    sheet.write_merge(0, 0, 0, 3, "2024年收支总表")
    sheet.write(1, 3, "单位：万元")
    sheet.write_merge(2, 2, 0, 1, "收入")
    sheet.write_merge(2, 2, 2, 3, "支出")
    money = xlwt.easyxf(num_format_str="#,##0.00")
    for column, value in enumerate(("拨款", 1234.5, "教育", 0.1 + 0.2)):
        sheet.write(3, column, value, money if isinstance(value, float) else xlwt.XFStyle())
    sheet.write(4, 0, "0301")
    sheet.write(4, 1, datetime.date(2024, 2, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.row(3).hidden = True
    sheet.col(3).hidden = True
    hidden = book.add_sheet("底稿")
    hidden.visibility = 1
    hidden.write(0, 0, "草稿")
    document = read(tmp_path, "book.xls", xls_bytes(book))
    assert outline(document) == [
        "总表",
        "2024年收支总表",
        "单位：万元",
        [
            ("收入", "", "支出", ""),
            ("拨款", "1234.50", "教育", "0.30"),
            ("0301", "2024-02-05", "", ""),
        ],
        "底稿",
        "草稿",
    ]
    assert document.notes == (
        "sheet '总表': hidden rows were read: 4",
        "sheet '总表': hidden columns were read: 4",
        "sheet '底稿' is hidden and was read",
    )
    assert (document.reader, document.media_type) == ("xls", "application/vnd.ms-excel")


def test_what_is_hidden_is_read_and_noted(tmp_path: Path) -> None:
    book = sheet_of([["项目", "金额", "数"], *[["行", n, n] for n in range(1, 7)]])
    for row in (3, 4, 6, 40):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["C"].hidden = True
    other = book.create_sheet("底稿")
    other.append(["草稿"])
    other.sheet_state = "veryHidden"
    document = read(tmp_path, "book.xlsx", xlsx_bytes(book))
    assert len(document.tables[0].rows) == 7
    assert document.notes == (
        "sheet '表': hidden rows were read: 3-4, 6",
        "sheet '表': hidden columns were read: 3",
        "sheet '底稿' is hidden and was read",
    )


def test_formulas_without_a_result_are_noted(tmp_path: Path) -> None:
    document = read(tmp_path, "b.xlsx", xlsx_bytes(sheet_of([["甲", "乙"], ["丙", "=SUM(1,2)"]])))
    assert document.tables[0].rows[1].cells == ("丙", "")
    (note,) = document.notes
    assert note.startswith("sheet '表': 1 formulas without a stored result are blank")


def test_lines_of_a_cell(tmp_path: Path) -> None:
    rows = [["某局主要职能\n一、管理；\n二、服务。"], ["项目", "事业单位\n经营收入"], ["合计", 1]]
    assert read_rows(tmp_path, rows) == [
        "某局主要职能",
        "一、管理；",
        "二、服务。",
        [("项目", "事业单位 经营收入"), ("合计", "1")],
    ]


def test_a_workbook_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no text and no table"):
        read(tmp_path, "book.xlsx", xlsx_bytes(openpyxl.Workbook()))


def test_ten_thousand_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    for number in range(10_000):
        sheet.append([f"行{number}", number, number / 4])
    (table,) = read(tmp_path, "book.xlsx", xlsx_bytes(book)).tables
    assert len(table.rows) == 10_000
    assert table.rows[-1].cells == ("行9999", "9999", "2499.75")
