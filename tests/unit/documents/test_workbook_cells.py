"""A figure from a workbook says in which cell it stands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlrd
from disclosures.spec import example
from disclosures.writing import write
from office_files import as_xls, as_xlsx, read, xlsx_bytes
from openpyxl.utils import coordinate_to_tuple

from analytics.amounts import parse_number
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

TEXT = write(example(2023, "示例市文史馆"))


def test_the_address_counts_blank_rows_and_hidden_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet 3"
    sheet["B2"] = "2024年收支总表"
    for row, cells in enumerate((["项目", None, "预算数"], ["教育支出", None, 3]), start=5):
        for column, value in enumerate(cells, start=2):
            sheet.cell(row, column, value)
    sheet.column_dimensions["C"].hidden = True
    (table,) = read(tmp_path, "book.xlsx", xlsx_bytes(book)).tables
    place = table.place(table.rows[1], 1)
    assert (place.row, place.column, place.cell) == (2, 2, "'Sheet 3'!D6")


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_every_fact_of_a_workbook_stands_in_its_cell(kind: str, tmp_path: Path) -> None:
    data = as_xlsx(TEXT) if kind == "xlsx" else as_xls(TEXT)
    path = tmp_path / f"book.{kind}"
    path.write_bytes(data)
    tables = build_tables(read_disclosure(path))
    value = _xlsx_value(path) if kind == "xlsx" else _xls_value(path)
    facts = tables["facts"].filter(value_kind="printed")
    assert facts.height > 300
    for text, cell in facts.select("amount_text", "cell").iter_rows():
        sheet, _, address = cell.rpartition("!")
        shown, printed = parse_number(str(value(sheet.strip("'"), address))), parse_number(text)
        assert shown is not None
        assert printed is not None
        assert shown.value == printed.value


def test_other_files_have_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "disclosure.txt"
    path.write_text(TEXT, encoding="utf-8")
    tables = build_tables(read_disclosure(path))
    assert tables["facts"]["cell"].is_null().all()
    assert tables["set_aside"]["cell"].is_null().all()


def _xlsx_value(path: Path):  # type: ignore[no-untyped-def]
    book = openpyxl.load_workbook(path)
    return lambda sheet, address: book[sheet][address].value


def _xls_value(path: Path):  # type: ignore[no-untyped-def]
    book = xlrd.open_workbook(path)

    def value(sheet: str, address: str) -> object:
        row, column = coordinate_to_tuple(address)
        return book.sheet_by_name(sheet).cell_value(row - 1, column - 1)

    return value
