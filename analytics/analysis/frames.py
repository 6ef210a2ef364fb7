"""How frames come into an analysis and how results leave it: one way in, one way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeAlias, runtime_checkable

import dataframely as dy
import polars as pl

from analytics.errors import InputError
from analytics.expressions import worded
from analytics.schema.results import RESULTS
from analytics.schema.tables import TABLES, conform

__all__ = [
    "ArrowStream",
    "Frame",
    "as_lazy",
    "check_years",
    "of_year",
    "place_text",
    "ratio",
    "result_of",
    "table_of",
]


@runtime_checkable
class ArrowStream(Protocol):
    """Any frame that speaks the Arrow C stream: pandas, pyarrow, DuckDB, Spark."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the rows over as a stream."""


Frame: TypeAlias = pl.DataFrame | pl.LazyFrame | ArrowStream
"""What every analysis takes in the place of a canonical table."""


def as_lazy(
    frame: Frame,
    *,
    table: str,
    columns: Sequence[str],
    optional: Mapping[str, pl.Expr] | None = None,
) -> pl.LazyFrame:
    """The named columns of a table as a lazy frame of the declared types.

    Args:
        frame: A polars frame, eager or lazy, or anything with ``__arrow_c_stream__``.
        table: The table it is, a name of :data:`analytics.schema.tables.TABLES` or, for what an
            analysis returned, of :data:`analytics.schema.results.RESULTS`.
        columns: The columns the analysis needs; others are let go.
        optional: Columns that are kept where the frame has them, and what stands there if not.

    Returns:
        A lazy frame with exactly ``columns`` and ``optional``; values are not changed, only their types.

    Raises:
        InputError: ``frame`` is no frame, lacks columns, or holds money as float or with more
            decimals than money has.

    Examples:
        >>> rows = pl.DataFrame({"agency_id": ["甲市某局"], "amount_yuan": [3.5]})
        >>> as_lazy(rows, table="facts", columns=["agency_id", "amount_yuan"])
        Traceback (most recent call last):
        ...
        analytics.errors.InputError: column 'amount_yuan' of facts is Float64; cast money to Decimal
    """
    match frame:
        case pl.LazyFrame():
            lazy = frame
        case pl.DataFrame():
            lazy = frame.lazy()
        case ArrowStream():
            lazy = pl.DataFrame(frame).lazy()
        case _:
            raise InputError(
                f"{table} is a {type(frame).__name__}, not a frame",
                hint="pass a polars frame or one that has __arrow_c_stream__",
            )
    found = lazy.collect_schema()
    missing = [name for name in columns if name not in found]
    if missing:
        raise InputError(
            f"{table} lacks the columns {', '.join(missing)}",
            hint=f"it has: {', '.join(found.names()) or 'none'}",
        )
    declared = _declared_types(table)
    for name in columns:
        _refuse_inexact(table, name, found[name], declared[name])
    kept = (
        pl.col(name) if found[name] == declared[name] else pl.col(name).cast(declared[name])
        for name in columns
    )
    added = (
        pl.col(name) if name in found else blank.alias(name)
        for name, blank in (optional or {}).items()
    )
    return lazy.select(*kept, *added)


def check_years(*years: int | None) -> None:
    """Refuse a year that is no whole number, before polars meets it in a plan.

    Raises:
        InputError: It is a text or another thing.

    Examples:
        >>> check_years(2024, None)
        >>> check_years("2024")
        Traceback (most recent call last):
        ...
        analytics.errors.InputError: '2024' is not a year; years are numbers, such as 2024
    """
    for year in years:
        if year is not None and not isinstance(year, int):
            raise InputError(f"{year!r} is not a year", hint="years are numbers, such as 2024")


def of_year(rows: pl.LazyFrame, year: int | None) -> pl.LazyFrame:
    """The rows of a fiscal year; all rows without one.

    Raises:
        InputError: ``year`` is no whole number.
    """
    check_years(year)
    return rows if year is None else rows.filter(pl.col("fiscal_year") == year)


def table_of(frame: Frame, schema: type[dy.Schema], *, name: str) -> pl.DataFrame:
    """A small table that a caller hands over, checked against its schema.

    Raises:
        InputError: ``frame`` is no frame.
        SchemaError: It lacks a column, or its rows break a rule.
    """
    match frame:
        case pl.DataFrame():
            rows = frame
        case pl.LazyFrame():
            rows = frame.collect()
        case ArrowStream():
            rows = pl.DataFrame(frame)
        case _:
            raise InputError(
                f"{name} is a {type(frame).__name__}, not a frame",
                hint="pass a polars frame or one that has __arrow_c_stream__",
            )
    return conform(rows, schema, table=name)


def result_of(rows: pl.LazyFrame, schema: type[dy.Schema], *, order: Sequence[str]) -> pl.DataFrame:
    """Run a kernel: the columns of ``schema`` in their declared types, sorted by ``order``.

    polars does not promise an order of rows, so that every result is sorted here, nulls first.
    """
    ordered = rows.sort(order, nulls_last=False)
    # A disclosure has some hundred rows, on which the streaming engine takes twice as long; on a
    # million the two are level. More than that is mapped over parts of the agencies.
    return ordered.select(_columns_of(schema)).collect(engine="in-memory")


def ratio(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Divide two amounts as floats; null where the denominator is null or not above zero.

    Decimal divided by Decimal keeps two decimals and a zero ends the query, hence this one way.
    """
    base = denominator.cast(pl.Float64)
    return numerator.cast(pl.Float64) / pl.when(base > 0).then(base)


@cache
def place_text(
    *, statement: str = "statement", block: str = "block", cell: str | None = None
) -> pl.Expr:
    """Where a figure was printed, in words, from its place columns.

    Page, line and cell of a workbook are named where the file has them; the document ends the
    text, since blocks are counted within it.

    Args:
        statement: Column that holds the statement.
        block: Column that holds the block.
        cell: Column that holds the address in a workbook, if the rows have one.

    Examples:
        >>> row = {"statement": "budget_summary", "page": None, "block": 14, "row": 31}
        >>> row |= {"column": 2, "line": 97, "document_id": "0f3a"}
        >>> pl.DataFrame(row).select(place_text()).item()
        'budget_summary block 14 row 31 column 2 (line 97), document 0f3a'
    """
    return worded(
        "{} block {} row {} column {}{}{}{}, document {}",
        statement,
        block,
        "row",
        "column",
        worded(" (page {})", "page").fill_null(""),
        worded(" (line {})", "line").fill_null(""),
        pl.lit("") if cell is None else worded(" (cell {})", cell).fill_null(""),
        "document_id",
    )


@cache
def _columns_of(schema: type[dy.Schema]) -> list[pl.Expr]:
    return [pl.col(name).cast(dtype) for name, dtype in _schema_types(schema).items()]


@cache
def _schema_types(schema: type[dy.Schema]) -> dict[str, pl.DataType]:
    return dict(schema.create_empty().schema)


def _declared_types(table: str) -> dict[str, pl.DataType]:
    return _schema_types({**TABLES, **RESULTS}[table])


def _refuse_inexact(table: str, name: str, found: Any, declared: Any) -> None:
    if not isinstance(declared, pl.Decimal):
        return
    if found.is_float():
        raise InputError(f"column {name!r} of {table} is {found}", hint="cast money to Decimal")
    if isinstance(found, pl.Decimal) and found.scale > declared.scale:
        raise InputError(
            f"column {name!r} of {table} has {found.scale} decimals",
            hint=f"round it to the {declared.scale} that are declared",
        )
