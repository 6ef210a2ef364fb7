"""A table of any other source: its cells, and where in the file each of them stands."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analytics.analysis.frames import ArrowStream, Frame
from analytics.documents.xlsx import read_xlsx
from analytics.errors import InputError, NotFoundError

__all__ = ["SourceTable", "read_csv_table", "read_source"]

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",;\t|"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The lines of a table.

    Args:
        rows: A row a line, by the names of the columns; what is printed is text.
        row: Row of each line in the table, from 1, the names of the columns included.
        line: Line of each in a text file, from 1; ``None`` for other files.
        positions: The columns' numbers, from 1.
        sheet: Sheet of a workbook.
        file_name: What the table is called.
        media_type: What kind of file it is.
        encoding: Character encoding of a text file.
        digest: SHA-256 of the file, or of the rows where there is none.
    """

    rows: pl.DataFrame
    row: pl.Series
    line: pl.Series | None
    positions: dict[str, int]
    sheet: str | None
    file_name: str
    media_type: str
    encoding: str | None
    digest: str


def read_source(
    source: str | Path | Frame, wanted: Collection[str], *, sheet: str | None, name: str | None
) -> SourceTable:
    """Read a file or take a frame.

    The names of the columns stand in the first row that has all of ``wanted``; what stands above
    is a title. Blank rows are passed over.

    Args:
        source: A CSV, Excel (.xlsx) or Parquet file, or a frame.
        wanted: Columns that must be there.
        sheet: Sheet of a workbook; may be left out where one sheet only has the columns.
        name: What a frame is called.

    Raises:
        InputError: The file cannot be read, is of another kind, or lacks columns.
        NotFoundError: There is no such sheet.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
        match path.suffix.lower():
            case ".csv" | ".tsv" | ".txt":
                return read_csv_table(data, path.name, wanted)
            case ".xlsx":
                return _workbook(data, path.name, wanted, sheet)
            case ".parquet":
                rows = _parquet(data, path)
                digest = hashlib.sha256(data).hexdigest()
                return _frame(rows, wanted, path.name, "application/vnd.apache.parquet", digest)
        raise InputError(
            f"{path} is no table that can be read", hint="give a .csv, .xlsx or .parquet file"
        )
    match source:
        case pl.DataFrame():
            rows = source
        case pl.LazyFrame():
            rows = source.collect()
        case ArrowStream():
            rows = pl.DataFrame(source)
        case _:
            raise InputError(f"the source is a {type(source).__name__}, not a file or a frame")
    return _frame(rows, wanted, name or "frame", "application/vnd.apache.arrow.stream", None)


def read_csv_table(
    data: bytes,
    name: str,
    wanted: Collection[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> SourceTable:
    """Read the lines of a CSV file.

    Args:
        data: The file.
        name: Its name.
        wanted: Columns that must be there.
        encoding: Its character encoding; UTF-8 or GB 18030 if not given.
        delimiter: What stands between its cells; found out if not given.

    Raises:
        InputError: It is not text, or lacks columns.
    """
    text, found = _decode(data, name, encoding)
    if delimiter is None:
        # Titles above the names of the columns hardly have any of these.
        head = [text[:65536].count(candidate) for candidate in _DELIMITERS]
        delimiter = _DELIMITERS[head.index(max(head))]
    numbered: list[tuple[int, int, list[str]]] = []
    reader, begins = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    try:
        for row, cells in enumerate(reader, start=1):
            numbered.append((row, begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{name} is no CSV: {error}") from error
    rows = [(row, cells) for row, _, cells in numbered]
    head_row, names = _header(rows, wanted, name)
    body = [one for one in numbered if one[0] > head_row and any(map(str.strip, one[2]))]
    return SourceTable(
        _texts([(row, cells) for row, _, cells in body], names),
        _numbers([row for row, _, _ in body]),
        _numbers([line for _, line, _ in body]),
        {column: index + 1 for index, column in names.items()},
        None,
        name,
        "text/csv",
        found,
        hashlib.sha256(data).hexdigest(),
    )


def _workbook(data: bytes, name: str, wanted: Collection[str], sheet: str | None) -> SourceTable:
    sheets = {one.name: one for one in read_xlsx(data, name)}
    if sheet is not None and sheet not in sheets:
        raise NotFoundError.for_name("sheet", sheet, sheets)
    laid_out = {
        title: [
            (row, [cells.get(column, "") for column in range(1, max(cells) + 1)])
            for row, cells in sorted(one.cells.items())
            if cells
        ]
        for title, one in sheets.items()
        if sheet in (None, title)
    }
    fitting = [t for t, rows in laid_out.items() if any(_has(cells, wanted) for _, cells in rows)]
    if len(fitting) > 1:
        raise InputError(
            f"{name} has the columns on several sheets: {', '.join(fitting)}", hint="name the sheet"
        )
    chosen = fitting[0] if fitting else next(iter(laid_out), "")
    rows = laid_out.get(chosen, [])
    head_row, names = _header(rows, wanted, f"{name}, sheet {chosen!r}")
    body = [one for one in rows if one[0] > head_row]
    return SourceTable(
        _texts(body, names),
        _numbers([row for row, _ in body]),
        None,
        {column: index + 1 for index, column in names.items()},
        chosen,
        name,
        _WORKBOOK,
        None,
        hashlib.sha256(data).hexdigest(),
    )


def _parquet(data: bytes, path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(data))
    except pl.exceptions.PolarsError as error:
        raise InputError(f"{path} is no Parquet file: {error}") from error


def _frame(
    rows: pl.DataFrame, wanted: Collection[str], name: str, media_type: str, digest: str | None
) -> SourceTable:
    _refuse_missing(rows.columns, wanted, name)
    if digest is None:
        content = rows.select(sorted(wanted)).write_csv(quote_style="non_numeric")
        digest = hashlib.sha256(content.encode()).hexdigest()
    return SourceTable(
        rows,
        _numbers(range(1, rows.height + 1)),
        None,
        {column: number for number, column in enumerate(rows.columns, start=1)},
        None,
        name,
        media_type,
        None,
        digest,
    )


def _decode(data: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    for candidate in _ENCODINGS if encoding is None else (encoding,):
        try:
            return data.decode(candidate), candidate.removesuffix("-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError(f"{name} is not text in {encoding or 'UTF-8 or GB 18030'}")


def _header(
    rows: Sequence[tuple[int, list[str]]], wanted: Collection[str], where: str
) -> tuple[int, dict[int, str]]:
    """Number of the row with the names of the columns, and the names by position."""
    for row, cells in rows:
        if _has(cells, wanted):
            names = [cell.strip() for cell in cells]
            doubled = sorted(name for name in wanted if names.count(name) > 1)
            if doubled:
                raise InputError(f"{where} has several columns {', '.join(doubled)}")
            first = {name: index for index, name in reversed(list(enumerate(names))) if name}
            return row, {index: name for name, index in first.items()}
    # The row that comes nearest says best what is missing.
    nearest = max((cells for _, cells in rows), key=lambda c: len(set(c) & set(wanted)), default=[])
    _refuse_missing([cell.strip() for cell in nearest], wanted, where)
    raise InputError(f"{where} has no rows")


def _has(cells: Sequence[str], wanted: Collection[str]) -> bool:
    return bool(cells) and set(wanted) <= {cell.strip() for cell in cells}


def _refuse_missing(found: Sequence[str], wanted: Collection[str], where: str) -> None:
    missing = [name for name in wanted if name not in found]
    if missing:
        raise InputError(
            f"{where} lacks the columns {', '.join(missing)}",
            hint=f"it has: {', '.join(filter(None, found)) or 'none'}",
        )


def _texts(rows: Sequence[tuple[int, list[str]]], names: dict[int, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            name: [cells[index] if index < len(cells) else None for _, cells in rows]
            for index, name in sorted(names.items())
        },
        schema=dict.fromkeys((name for _, name in sorted(names.items())), pl.String),
    )


def _numbers(values: Collection[int]) -> pl.Series:
    return pl.Series(list(values), dtype=pl.Int32)
