"""Tables as an Excel workbook that gives back what was written into it, to the last cent.

A workbook stores numbers as binary fractions with about fifteen digits. A number is written as a
number where what its cell shows is the number itself; where it has too many digits it is written
as text. An empty cell is a null; a text that is empty, blank or begins with an apostrophe stands
behind an apostrophe, so that it is told from a null.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

import polars as pl

from analytics.documents.number_formats import show_number
from analytics.documents.sheets import MAX_CELLS
from analytics.documents.xlsx import read_xlsx
from analytics.errors import InputError

__all__ = ["read_tables", "write_tables"]

_MOST_ROWS, _LONGEST_TEXT = 2**20 - 1, 2**15 - 1
_MEASURED_ROWS, _NARROWEST, _WIDEST = 60, 8, 40
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    # Built in memory and written at once, so that a failure leaves no half file.
    "in_memory": True,
}
_TEXT, _WHOLE, _MONEY, _FRACTION = "@", "0", "#,##0.00##", "0.##############"


def write_tables(tables: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write tables to a workbook, a sheet each, with the names of the columns in the first row.

    The same rows give the same bytes.

    Raises:
        InputError: There are more rows, cells or characters than a workbook takes and
            :func:`read_tables` reads.
        OSError: The file cannot be written.
    """
    import xlsxwriter

    _refuse_too_much(tables)
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    codes = (_TEXT, _WHOLE, _MONEY, _FRACTION)
    styles = {code: book.add_format({"num_format": code}) for code in codes}
    head = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
    for table, rows in tables.items():
        sheet = book.add_worksheet(table)
        for index, column in enumerate(rows.iter_columns()):
            sheet.write_string(0, index, column.name, head)
            code = _code(column.name, column.dtype)
            for row, value in enumerate(column, start=1):
                _write((sheet, row, index), value, code, styles)
            shown = [column.name, *(str(v) for v in column.head(_MEASURED_ROWS) if v is not None)]
            width = max(len(text) for text in shown) + 2
            sheet.set_column(index, index, min(max(width, _NARROWEST), _WIDEST))
        sheet.freeze_panes(1, 0)
    book.close()


def read_tables(path: Path) -> dict[str, pl.DataFrame]:
    """The sheets of a workbook that :func:`write_tables` wrote, every column as text.

    Raises:
        InputError: A sheet has no names of columns, or the same name twice.
        ReadError: The file is no workbook.
        OSError: The file cannot be read.
    """
    tables = {}
    for sheet in read_xlsx(path.read_bytes(), path.name):
        names = sheet.cells.get(1, {})
        if not names or len(set(names.values())) < len(names):
            raise InputError(
                f"sheet {sheet.name!r} of {path} has no names of columns in its first row, "
                "or one of them twice"
            )
        rows = [sheet.cells.get(row, {}) for row in range(2, max(sheet.cells) + 1)]
        tables[sheet.name] = pl.DataFrame(
            {
                name: [_plain(row.get(column)) for row in rows]
                for column, name in sorted(names.items())
            },
            schema=dict.fromkeys((names[column] for column in sorted(names)), pl.String),
        )
    return tables


def _refuse_too_much(tables: Mapping[str, pl.DataFrame]) -> None:
    hint = "write parquet or csv instead"
    for table, rows in tables.items():
        if rows.height > _MOST_ROWS:
            raise InputError(f"{table} has {rows.height:,} rows, a sheet takes fewer", hint=hint)
        for name in rows.select(pl.selectors.string()).columns:
            # Excel counts in UTF-16.
            long = rows[name].map_elements(
                lambda text: len(text.encode("utf-16-le")) // 2 >= _LONGEST_TEXT,
                return_dtype=pl.Boolean,
            )
            if long.any():
                raise InputError(
                    f"a text in row {long.arg_true()[0] + 1} of {table}, column {name!r}, is longer "
                    f"than the {_LONGEST_TEXT:,} characters that a cell takes",
                    hint=hint,
                )
    filled = sum(
        rows.width + rows.height * rows.width - sum(rows.null_count().row(0))
        for rows in tables.values()
    )
    if filled > MAX_CELLS:
        raise InputError(
            f"the tables have {filled:,} filled cells, more than the {MAX_CELLS:,} that are read "
            "back from a workbook",
            hint=hint,
        )


def _code(name: str, dtype: pl.DataType) -> str:
    if dtype.is_integer():
        return _WHOLE
    if not dtype.is_numeric():
        return _TEXT
    return _MONEY if name.endswith("_yuan") else _FRACTION


def _write(place: tuple[Any, int, int], value: Any, code: str, styles: Mapping[str, Any]) -> None:
    sheet, row, column = place
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float() | Decimal():
            # A zero below zero, which only binary numbers have, would be shown as plain zero.
            number = None if str(value) == "-0.0" else _as_shown(value, code)
            if number is None:
                sheet.write_string(row, column, str(value), styles[_TEXT])
            else:
                sheet.write_number(row, column, number, styles[code])
        case date():
            sheet.write_string(row, column, value.isoformat(), styles[_TEXT])
        case _:
            is_marked = not value.strip() or value.startswith("'")
            sheet.write_string(row, column, f"'{value}" if is_marked else value, styles[_TEXT])


@lru_cache(2**14)
def _as_shown(value: float | Decimal, code: str) -> float | None:
    """What a cell stores for a number; ``None`` if what it would show is another number."""
    stored = float(f"{float(value):.16G}")
    try:
        shown = type(value)(show_number(stored, code))
    except ArithmeticError:
        return None
    return stored if shown == value and isfinite(stored) else None


def _plain(text: str | None) -> str | None:
    return text if text is None else text.removeprefix("'")
