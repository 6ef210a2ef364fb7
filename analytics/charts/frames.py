"""What a chart function does with the frame it is given before it draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dataframely as dy
import polars as pl

from analytics.errors import InputError, SchemaError
from analytics.schema.results import Doubts

__all__ = ["Row", "one_value", "take"]

Row = dict[str, Any]
"""One row of a result as a chart reads it: amounts still exact."""


def _family(dtype: pl.DataType) -> str:
    """Types that may stand for each other in a chart."""
    if dtype.is_numeric():
        return "a number"
    return "text" if isinstance(dtype, pl.String | pl.Categorical | pl.Enum) else str(dtype)


def take(
    frame: pl.DataFrame | pl.LazyFrame,
    schema: type[dy.Schema],
    names: Iterable[str],
    *,
    what: str,
    marked: bool = False,
) -> list[Row]:
    """The rows of a result with the columns a chart needs, checked against its schema.

    Only those columns are asked for, so that a result may be narrowed before it is drawn. A
    column without any value may be of the type null.

    Args:
        frame: The result.
        schema: The schema it meets.
        names: The columns that are drawn.
        what: What the result is called in the message of an error.
        marked: Whether each row says in ``is_doubted`` and ``is_doubted_prior`` which of its
            figures did not reconcile; none did where the result was not marked.

    Raises:
        InputError: ``frame`` is not a polars frame.
        SchemaError: Columns are missing or hold another sort of value; the message names them.

    Examples:
        >>> from analytics.schema.results import CheckMatrix
        >>> take(pl.DataFrame({"outcome": ["pass"]}), CheckMatrix, ["outcome"], what="matrix")
        [{'outcome': 'pass'}]
        >>> take(pl.DataFrame({"result": ["pass"]}), CheckMatrix, ["outcome"], what="matrix")
        Traceback (most recent call last):
            ...
        analytics.errors.SchemaError: the matrix lacks the columns outcome; it has: result
    """
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, pl.DataFrame):
        raise InputError(
            f"the {what} is a {type(frame).__name__}",
            hint="charts take a polars DataFrame or LazyFrame; polars.from_pandas makes one",
        )
    names = list(names)
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise SchemaError(
            f"the {what} lacks the columns {', '.join(missing)}",
            hint=f"it has: {', '.join(frame.columns) or 'none'}",
        )
    declared = schema.columns()
    wrong = [
        f"{name} is {frame.schema[name]}, not {_family(declared[name].dtype)}"
        for name in names
        if frame.schema[name] != pl.Null()
        and _family(frame.schema[name]) != _family(declared[name].dtype)
    ]
    if wrong:
        raise SchemaError(f"columns of the {what} have other types: {'; '.join(wrong)}")
    # Amounts that came as floats or integers become exact, so that all are written alike.
    inexact = [
        pl.col(name).cast(pl.Decimal(28, 8))
        for name in names
        if declared[name].dtype.is_decimal() and not frame.schema[name].is_decimal()
    ]
    marks = Doubts.column_names() if marked else []
    rows = frame.select(*names, *(name for name in marks if name in frame.columns))
    return [dict.fromkeys(marks, False) | row for row in rows.with_columns(inexact).to_dicts()]


def one_value(rows: list[Row], column: str, *, what: str) -> Any:
    """The single value of a column: a chart speaks of one agency, one year, one document.

    Raises:
        InputError: The rows hold several values; the message lists them.

    Examples:
        >>> one_value([{"fiscal_year": 2024}, {"fiscal_year": 2024}], "fiscal_year", what="mix")
        2024
    """
    values = sorted({row[column] for row in rows}, key=str)
    if len(values) != 1:
        listed = ", ".join(map(str, values[:5])) + (" …" if len(values) > 5 else "")
        raise InputError(
            f"the {what} has {len(values)} values of {column}: {listed}",
            hint=f"a chart shows one; filter first, e.g. frame.filter(pl.col({column!r}) == …)",
        )
    return values[0]
