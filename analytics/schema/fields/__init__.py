"""The field dictionary: every column of every table, declared once.

The same quantity has the same name everywhere, and a name means one thing everywhere. A table
takes a column from here with :func:`declare` and may only add whether it is nullable or part of
the key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dataframely as dy
import polars as pl

from analytics.errors import NotFoundError
from analytics.schema.fields.agencies import AGENCIES
from analytics.schema.fields.analysis import ANALYSIS
from analytics.schema.fields.canonical import CANONICAL
from analytics.schema.fields.links import LINKS
from analytics.schema.fields.model import BOUND, MONEY, Field
from analytics.schema.fields.panel import PANEL
from analytics.schema.fields.stages import STAGES
from analytics.schema.fields.trends import TRENDS

__all__ = ["BOUND", "FIELDS", "IDENTITY", "MONEY", "Field", "declare"]

IDENTITY = ("agency_id", "fiscal_year", "stage", "scope")
"""What two documents share when they are about the same thing."""

_TOPICS = (CANONICAL, ANALYSIS, LINKS, AGENCIES, STAGES, TRENDS, PANEL)
FIELDS: dict[str, Field] = {name: field for topic in _TOPICS for name, field in topic.items()}
"""Every column the package uses, by name."""


def declare(name: str, *, nullable: bool = False, primary_key: bool = False) -> Any:
    """Take a column out of the field dictionary for use in a schema class.

    Args:
        name: The column.
        nullable: Whether a row may leave it empty.
        primary_key: Whether it is part of what tells the rows apart.

    Raises:
        NotFoundError: The field dictionary has no such column.
    """
    if name not in FIELDS:
        raise NotFoundError.for_name("field", name, FIELDS)
    field = FIELDS[name]
    options: dict[str, Any] = {
        "nullable": nullable,
        "primary_key": primary_key,
        "description": field.meaning,
        "metadata": {"unit": field.unit, "zh": field.zh},
    }
    if field.values:
        allowed = field.values
        check: Callable[[pl.Expr], pl.Expr] = lambda expr: expr.is_in(allowed)  # noqa: E731
        options["check"] = {"in_vocabulary": check}
    match field.dtype:
        case pl.Decimal():
            return dy.Decimal(field.dtype.precision, field.dtype.scale, **options)
        case pl.Datetime():
            return dy.Datetime(time_zone="UTC", time_unit="us", **options)
        case _:
            return _PLAIN[type(field.dtype)](**options)


_PLAIN: dict[type[pl.DataType], Callable[..., Any]] = {
    pl.String: dy.String,
    pl.Int16: dy.Int16,
    pl.Int32: dy.Int32,
    pl.Float64: dy.Float64,
    pl.Boolean: dy.Bool,
    pl.Date: dy.Date,
}
