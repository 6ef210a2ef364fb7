"""Rows against a declared schema: the types of its columns, and whether all of its rules hold."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import dataframely as dy
import polars as pl

from analytics.errors import SchemaError

__all__ = ["column_types", "conform"]


@cache
def column_types(schema: type[dy.Schema]) -> pl.Schema:
    """The columns of a declared schema and their types.

    Examples:
        >>> from analytics.schema.tables import Documents
        >>> column_types(Documents)["document_id"]
        String
    """
    return pl.Schema({name: column.dtype for name, column in schema.columns().items()})


def conform(rows: pl.DataFrame, schema: type[dy.Schema], *, table: str) -> pl.DataFrame:
    """Check rows against a declared schema and return them in its column order.

    Args:
        rows: The rows; columns that the schema does not declare are dropped.
        schema: The schema.
        table: What the rows are called in the message of an error.

    Raises:
        SchemaError: A column is missing or of another type, or rows break a rule.
    """
    names = schema.column_names()
    if rows.columns != names:
        missing = [name for name in names if name not in rows.columns]
        if missing:
            raise SchemaError(f"table {table!r} lacks the columns {', '.join(missing)}")
        rows = rows.select(names)
    # To sort rows out costs several times as much as to see that all are good.
    with suppress(pl.exceptions.PolarsError):
        fitting = rows if rows.schema == column_types(schema) else schema.cast(rows)
        if rows.is_empty() or all(fitting.select(_rules(schema)).row(0)):
            return fitting
    good, failures = schema.filter(rows, cast=True)
    if len(failures):
        counts = ", ".join(f"{rule}: {count}" for rule, count in failures.counts().items())
        raise SchemaError(
            f"{len(failures)} of {len(rows)} rows of {table!r} break rules ({counts})"
        )
    return good


@cache
def _rules(schema: type[dy.Schema]) -> list[pl.Expr]:
    """For each rule of a schema whether all rows keep it; a null breaks none.

    ``schema.is_valid`` tells the same but puts the rules together anew whenever it is asked, which
    takes four times as long as to try them on the rows of a document.
    """
    rules = schema._validation_rules(with_cast=False)
    return [rule.expr.all().alias(name) for name, rule in rules.items()]
