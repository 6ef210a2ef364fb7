"""A workbook gives back what was written into it, and says what it cannot take."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from analytics.errors import InputError
from analytics.exchange import export_panel, load_package
from analytics.exchange.workbook import read_tables, write_tables
from analytics.schema.fields import MONEY
from analytics.store import Panel


def test_amounts_are_numbers_as_far_as_a_cell_holds_them_and_text_beyond(tmp_path: Path) -> None:
    amounts = ["0.01", "-9999999999999.99", "99999999999999.99", "9999999999999999.99"]
    rows = pl.DataFrame({"amount_yuan": amounts}).cast(MONEY)
    path = tmp_path / "money.xlsx"
    write_tables({"facts": rows}, path)
    cells = [cell.value for cell in openpyxl.load_workbook(path)["facts"]["A"]]
    assert cells == [
        "amount_yuan",
        0.01,
        -9999999999999.99,
        "99999999999999.99",
        "9999999999999999.99",
    ]
    assert read_tables(path)["facts"]["amount_yuan"].cast(MONEY).to_list() == [
        Decimal(amount) for amount in amounts
    ]


def test_codes_are_text_and_blank_texts_are_told_from_nulls(tmp_path: Path) -> None:
    texts = ["0207", "=1+1", "", None, " ", "'quoted", "a\r\nb\x00", "_x0041_", "100"]
    path = tmp_path / "texts.xlsx"
    write_tables({"facts": pl.DataFrame({"key": range(len(texts)), "code": texts})}, path)
    assert read_tables(path)["facts"]["code"].to_list() == texts
    assert openpyxl.load_workbook(path)["facts"]["B2"].data_type == "s"


def test_shares_come_back_to_the_last_bit(tmp_path: Path) -> None:
    shares = [0.1, 0.1 + 0.2, -0.0, 1 / 3, 1e-300, 12345.678, float("inf"), None]
    path = tmp_path / "shares.xlsx"
    write_tables({"claims": pl.DataFrame({"n": range(8), "share": shares})}, path)
    back = read_tables(path)["claims"]["share"].cast(pl.Float64).to_list()
    assert [str(share) for share in back] == [str(share) for share in shares]


def test_what_a_workbook_cannot_take_is_refused(tmp_path: Path) -> None:
    long = pl.DataFrame({"overview": ["short", "字" * 32767]})
    with pytest.raises(InputError, match="a text in row 2 of projects, column 'overview'"):
        write_tables({"projects": long}, tmp_path / "long.xlsx")
    wide = pl.DataFrame({f"c{n}": [1] * 1000 for n in range(1001)})
    with pytest.raises(InputError, match="1,002,001 filled cells"):
        write_tables({"facts": wide}, tmp_path / "wide.xlsx")
    tall = pl.DataFrame({"c": pl.repeat(1, 2**20, eager=True)})
    with pytest.raises(InputError, match="1,048,576 rows"):
        write_tables({"facts": tall}, tmp_path / "tall.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_is_no_export_is_refused(example_panel: Panel, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    write_tables({"facts": pl.DataFrame({"a": ["b"]}), "notes": pl.DataFrame({"n": ["x"]})}, path)
    with pytest.raises(InputError, match=r"lacks the tables documents, .* unknown ones notes"):
        load_package(path)
    with pytest.raises(InputError, match=r"end it with \.xlsx"):
        export_panel(example_panel, tmp_path / "panel.xls", format="xlsx")


@pytest.mark.parametrize("format", ["csv", "parquet", "fiscal-data-package"])
def test_a_folder_is_not_called_like_a_workbook(
    example_panel: Panel, tmp_path: Path, format: str
) -> None:
    with pytest.raises(InputError, match=r"names a file.*format='xlsx'"):
        export_panel(example_panel, tmp_path / "panel.xlsx", format=format)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
