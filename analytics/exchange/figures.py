"""Which rows of a panel are passed on, and how rows that come back become readings again."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.errors import SchemaError
from analytics.schema.tables import TABLES, column_types, kind_of_reason
from analytics.store import Panel, Reading

__all__ = ["EXCHANGED", "as_readings", "fitted", "outgoing"]

EXCHANGED = tuple(name for name in TABLES if name != "findings")
"""The tables that are passed on. Findings are worked out again from them, and quote sentences."""

_WORDING = {
    "documents": ("notes",),
    "claims": ("sentence",),
    "projects": (
        "arrears_text",
        "overview",
        "legal_basis",
        "necessity",
        "measures",
        "plan",
        "term_goal",
        "annual_goal",
        "filled_text",
    ),
    "mentions": ("wording", "noun"),
}
_STATED = "…"
"""Stands for a cause that a sentence states: that it states one is checked, its words are not."""


def outgoing(panel: Panel, *, wording: bool) -> dict[str, pl.DataFrame]:
    """The rows of the current documents that are passed on, by table.

    Args:
        panel: The panel.
        wording: Whether sentences and texts of the documents go along. Without them, of a stated
            cause only stays that there is one, and a number that was set aside keeps the kind of
            reason without the sentence it stands in.
    """
    stored = panel.tables()
    tables = {name: stored[name].select(TABLES[name].column_names()) for name in EXCHANGED}
    return tables if wording else {name: _bare(rows, name) for name, rows in tables.items()}


def _bare(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    rows = rows.drop(_WORDING.get(name, ()))
    if name == "set_aside":
        return rows.with_columns(reason=kind_of_reason(pl.col("reason")))
    if name == "claims":
        return rows.with_columns(
            reason=pl.when(pl.col("reason").is_not_null()).then(pl.lit(_STATED))
        )
    return rows


def fitted(rows: pl.DataFrame, name: str, *, where: str) -> pl.DataFrame:
    """Rows of a file in the columns and types of their table.

    Wording that was left out is null, or empty where a table must have a text. A column that a
    later version of the package added is null.

    Args:
        rows: Rows of the declared types, or with every column as text.
        name: The table.
        where: The file, for messages.

    Raises:
        SchemaError: A column that must be there is not, one is unknown, or values do not fit.
    """
    schema = column_types(TABLES[name])
    unknown = [column for column in rows.columns if column not in schema]
    if unknown:
        raise SchemaError(f"{where} has the unknown columns {', '.join(unknown)}")
    rules = TABLES[name].columns()
    absent = [column for column in schema if column not in rows.columns]
    required = [c for c in absent if not rules[c].nullable and c not in _WORDING.get(name, ())]
    if required:
        raise SchemaError(f"{where} lacks the columns {', '.join(required)}")
    try:
        return rows.select(
            _cast(column, rows.schema[column], dtype)
            if column in rows.columns
            else pl.lit(None if rules[column].nullable else "").cast(dtype).alias(column)
            for column, dtype in schema.items()
        )
    except pl.exceptions.PolarsError as error:
        raise SchemaError(f"{where} does not fit the table {name!r}: {error}") from error


def _cast(column: str, found: pl.DataType, dtype: pl.DataType) -> pl.Expr:
    if found == dtype:
        return pl.col(column)
    if found == pl.String and dtype == pl.Boolean:
        words = {"true": True, "false": False}
        return pl.col(column).str.to_lowercase().replace_strict(words, return_dtype=pl.Boolean)
    if found == pl.String and dtype == pl.Date:
        return pl.col(column).str.to_date("%Y-%m-%d")
    return pl.col(column).cast(dtype)


def as_readings(tables: Mapping[str, pl.DataFrame]) -> list[Reading]:
    """One reading a document, in the order of ``documents``; a table that is absent has no rows.

    Raises:
        SchemaError: Rows belong to a document that is not listed, or break their table's key.
    """
    documents = tables["documents"]
    parts = {
        name: rows.partition_by("document_id", as_dict=True)
        for name, rows in tables.items()
        if name != "documents"
    }
    known = set(documents["document_id"])
    for name, rows in parts.items():
        if strangers := [document for (document,) in rows if document not in known]:
            raise SchemaError(
                f"table {name!r} has rows of {len(strangers)} documents that are not in "
                f"'documents', such as {strangers[0]}"
            )
    return [
        Reading(
            {
                "documents": documents.filter(document_id=document),
                **{name: rows[document,] for name, rows in parts.items() if (document,) in rows},
            }
        )
        for document in documents["document_id"]
    ]
