"""How the canonical tables lie on disk: what the store adds to them and how they are sorted."""

from __future__ import annotations

from functools import cache

import dataframely as dy
import polars as pl

from analytics.errors import NotFoundError, SchemaError
from analytics.schema.fields import IDENTITY, declare
from analytics.schema.tables import TABLES, Documents, column_types

__all__ = [
    "CHILD_TABLES",
    "DOCUMENT_SORT",
    "SPOOL_ROWS",
    "WRITE_ID",
    "Coverage",
    "History",
    "StoredDocuments",
    "canonical_schema",
    "check_rows",
    "sort_keys",
    "stored_schema",
]


class StoredDocuments(Documents):
    """One row a document of the panel: what was read, which edition it is, when it was stored."""

    edition = declare("edition")
    is_current = declare("is_current")
    ingested_at = declare("ingested_at")


class Coverage(dy.Schema):
    """One row a statement of a disclosure; over several files of one disclosure the best of them.

    ``present`` is better than ``empty``, and ``empty`` better than ``missing``.
    """

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    statement = declare("statement", primary_key=True)
    presence = declare("presence")


class History(dy.Schema):
    """One row a reading that was ever stored, also those that a newer reading replaced."""

    reading_id = declare("reading_id")
    ingested_at = declare("ingested_at")
    replaced_at = declare("replaced_at", nullable=True)
    document_id = declare("document_id")
    file_name = declare("file_name")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    edition = declare("edition")
    is_current = declare("is_current")
    reader = declare("reader")
    reader_version = declare("reader_version")


CHILD_TABLES = tuple(name for name in TABLES if name != "documents")
"""The tables whose rows belong to a document, in the order they are written."""

DOCUMENT_SORT = (*IDENTITY, "edition", "document_id")
"""How documents are sorted, and with them the rows of every other table."""

WRITE_ID = "write_id"
"""Column that ties stored rows to the one write that put them there."""

SPOOL_ROWS = 5_000
"""Rows in a group of a temporary file. A group of each file is in memory as many are written side by
side, and several as they are read together."""

_SORT_KEYS: dict[str, tuple[str, ...]] = {
    "statements": ("source_block", "statement"),
    "facts": ("block", "row", "column"),
    "claims": ("block", "row", "column", "claim_id"),
    "projects": ("source_block", "project"),
    "indicators": ("source_block", "row", "column", "indicator_id"),
    "mentions": ("source_block", "row", "column", "position", "mention_id"),
    "set_aside": ("block", "row", "column"),
    "findings": ("block", "row", "column", "rule", "finding_id"),
}

_INTERNAL_OF_DOCUMENTS = pl.Schema(
    {
        # Which rows this document owns, and what they are: see analytics.store.commits.
        WRITE_ID: pl.String(),
        "reading_id": pl.String(),
        # Number of the document in order of first arrival; it outlives a re-reading.
        "arrival": pl.Int64(),
        # Statements with presence other than missing, joined by ';'.
        "found_statements": pl.String(),
        "replaced_at": pl.Datetime("us", "UTC"),
    }
)


@cache
def canonical_schema(name: str) -> pl.Schema:
    """Columns and types of the table as it is read from a panel.

    Raises:
        NotFoundError: There is no such table.
    """
    if name == "documents":
        return column_types(StoredDocuments)
    if name not in TABLES:
        raise NotFoundError.for_name("table", name, TABLES)
    return column_types(TABLES[name])


def stored_schema(name: str) -> pl.Schema:
    """Columns and types of the table on disk, the ones with statistics first."""
    if name == "documents":
        return pl.Schema({**_INTERNAL_OF_DOCUMENTS, **canonical_schema(name)})
    return pl.Schema({WRITE_ID: pl.String(), **canonical_schema(name)})


def sort_keys(name: str) -> tuple[str, ...]:
    """The columns that sort the rows of one document."""
    return _SORT_KEYS[name]


def check_rows(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Rows in the column order of the table, once they are known to fit it.

    A Delta table casts what it is given without a word, so types are compared exactly here.
    Vocabularies are not looked at again: whoever built the rows did that.

    Raises:
        NotFoundError: There is no such table.
        SchemaError: A column is missing, unknown, or of another type; a value that must be there
            is null; or a key occurs twice.
    """
    expected, required, keys = _shape(name)
    # The schema of a frame is made anew whenever it is asked for.
    found = rows.schema
    faults = [
        *(f"lacks {column!r}" for column in expected if column not in found),
        *(f"has the unknown column {column!r}" for column in found if column not in expected),
        *(
            f"has {column!r} as {found[column]} instead of {dtype}"
            for column, dtype in expected.items()
            if column in found and found[column] != dtype
        ),
    ]
    if faults:
        raise SchemaError(f"table {name!r} {', '.join(faults)}")
    if rows.is_empty():
        return rows.select(expected.names())
    nulls = rows.select(pl.col(required).null_count()).row(0, named=True)
    faults = [f"{column!r} is null in {count} rows" for column, count in nulls.items() if count]
    doubled = rows.height - rows.n_unique(subset=keys)
    if doubled:
        faults.append(f"the key ({', '.join(keys)}) is not unique in {doubled} rows")
    if faults:
        raise SchemaError(f"in table {name!r} {', '.join(faults)}")
    return rows.select(expected.names())


@cache
def _shape(name: str) -> tuple[pl.Schema, list[str], list[str]]:
    """Types, columns that are never null, and key of a table as a reading gives it."""
    if name not in TABLES:
        raise NotFoundError.for_name("table", name, TABLES)
    schema = TABLES[name]
    required = [column for column, rule in schema.columns().items() if not rule.nullable]
    return column_types(schema), required, schema.primary_key()
