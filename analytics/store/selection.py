"""Which rows of a table are wanted: whose, of which years, stages, scopes and statements.

What a row says of itself counts: the final accounts of a year also state its budget, and a budget
what the year before had. Tables that do not say it take it from the document of the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import polars as pl

from analytics.errors import InputError, NotFoundError
from analytics.schema.vocabularies import Scope, Stage, Statement, Topic
from analytics.store.tables import canonical_schema

__all__ = ["Names", "Wanted", "Years", "select_documents", "select_rows", "wanted_values"]

Names: TypeAlias = str | Iterable[str] | None
"""One name or several; ``None`` for all."""

Years: TypeAlias = int | Iterable[int] | None
"""One year or several; ``None`` for all."""

Wanted: TypeAlias = Mapping[str, tuple[str | int, ...]]
"""The values wanted in a column, for the columns that are not wanted whole."""

_VOCABULARIES = {
    "stage": tuple(map(str, Stage)),
    "scope": tuple(map(str, Scope)),
    "statement": (*map(str, Statement), *map(str, Topic)),
}
_OF_DOCUMENT = ("agency_id", "scope")
"""What every row has in common with its document."""


def wanted_values(
    table: str, *, agency: Names, year: Years, stage: Names, scope: Names, statement: Names
) -> Wanted:
    """The filters of :meth:`Panel.scan` by column, as far as they can be judged without rows.

    Raises:
        NotFoundError: There is no such stage, scope or statement.
        InputError: A value is of another type, or the table has no statements.
    """
    given: dict[str, tuple[str | int, ...]] = {}
    filters: tuple[tuple[str, type[str | int], Names | Years], ...] = (
        ("agency_id", str, agency),
        ("fiscal_year", int, year),
        ("stage", str, stage),
        ("scope", str, scope),
        ("statement", str, statement),
    )
    for column, kind, values in filters:
        if values is None:
            continue
        several: tuple[str | int, ...]
        several = (values,) if isinstance(values, str | int) else tuple(values)
        if strange := [value for value in several if not isinstance(value, kind)]:
            raise InputError(f"{strange[0]!r} is not a {column}", hint=f"give {kind.__name__}")
        given[column] = tuple(str(v) if isinstance(v, str) else v for v in several)
        for value in given[column]:
            if column in _VOCABULARIES and value not in _VOCABULARIES[column]:
                raise NotFoundError.for_name(column, str(value), _VOCABULARIES[column])
    if "statement" in given and "statement" not in canonical_schema(table):
        raise InputError(f"rows of {table!r} belong to no statement", hint="leave out statement=")
    return given


def select_documents(documents: pl.DataFrame, table: str, wanted: Wanted) -> pl.DataFrame:
    """The documents that may have wanted rows of the table.

    Raises:
        NotFoundError: An agency has no document.
    """
    known = documents["agency_id"].unique()
    for agency in wanted.get("agency_id", ()):
        if agency not in known:
            raise NotFoundError.for_name("agency", str(agency), known)
    own = () if table == "documents" else canonical_schema(table).names()
    return documents.filter(
        pl.lit(value=True),
        *(
            pl.col(column).is_in(values)
            for column, values in wanted.items()
            if column != "statement" and (column in _OF_DOCUMENT or column not in own)
        ),
    )


def select_rows(
    rows: pl.LazyFrame, documents: pl.DataFrame, table: str, wanted: Wanted
) -> pl.LazyFrame:
    """The wanted rows, by what they say of themselves.

    Raises:
        NotFoundError: Neither a document nor a row is of a year.
    """
    own = canonical_schema(table).names()
    years = [y for y in wanted.get("fiscal_year", ()) if y not in documents["fiscal_year"]]
    if years:
        # Looked for only now, since it takes a reading of the column.
        found = documents["fiscal_year"]
        if table != "documents" and "fiscal_year" in own:
            column = rows.select(pl.col("fiscal_year").unique()).collect()
            found = pl.concat([found, column["fiscal_year"]])
        if missing := [year for year in years if year not in found]:
            known = ", ".join(map(str, found.unique().sort())) or "none"
            raise NotFoundError(f"no year {missing[0]} in {table!r}", hint=f"known: {known}")
    own_values = {column: values for column, values in wanted.items() if column in own}
    if not own_values:
        return rows
    return rows.filter(*(pl.col(column).is_in(values) for column, values in own_values.items()))
