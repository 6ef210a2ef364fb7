"""A reading: everything that one reading of one file gives, as canonical tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

import polars as pl

from analytics.errors import InputError
from analytics.schema.fields import IDENTITY
from analytics.schema.vocabularies import Presence
from analytics.store.tables import CHILD_TABLES, WRITE_ID, check_rows, sort_keys

__all__ = ["Reading", "rows_by_table"]

_NOT_CONTENT = {"documents": ["file_name"], "findings": None}
"""What says nothing about a file's content: its name, and the answers of the checks."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What one reading of one file gives: its canonical tables, one row in ``documents``.

    Args:
        tables: Frames by table name. A table that is not named has no rows. ``findings`` may be
            among them; they do not count as content, since they follow from the other rows.

    Raises:
        NotFoundError: A table is not a canonical one.
        SchemaError: Rows do not fit their table.
        InputError: ``documents`` does not hold exactly one row, or a row belongs to another
            document.

    Examples:
        >>> from analytics.schema.tables import TABLES
        >>> Reading({"documents": TABLES["documents"].create_empty()})
        Traceback (most recent call last):
        ...
        analytics.errors.InputError: a reading has exactly one row in 'documents', not 0
    """

    tables: Mapping[str, pl.DataFrame]

    def __post_init__(self) -> None:
        checked = {name: check_rows(rows, name) for name, rows in self.tables.items()}
        documents = checked.get("documents")
        count = 0 if documents is None else documents.height
        if documents is None or count != 1:
            raise InputError(f"a reading has exactly one row in 'documents', not {count}")
        owner = documents["document_id"].item()
        for name, rows in checked.items():
            strangers = (rows["document_id"] != owner).sum()
            if strangers:
                raise InputError(
                    f"{strangers} rows of {name!r} belong to other documents than {owner}",
                    hint="make one reading for each document",
                )
        object.__setattr__(self, "tables", MappingProxyType(checked))

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The row of ``documents``."""
        return MappingProxyType(self.tables["documents"].row(0, named=True))

    @property
    def document_id(self) -> str:
        """The document that was read."""
        return str(self.document["document_id"])

    @property
    def reader_version(self) -> str:
        """The version of the reader."""
        return str(self.document["reader_version"])

    @property
    def identity(self) -> tuple[Any, ...]:
        """Agency, fiscal year, stage and scope."""
        return tuple(self.document[column] for column in IDENTITY)

    @cached_property
    def found_statements(self) -> tuple[str, ...]:
        """The statements the file holds, with or without figures, sorted."""
        if "statements" not in self.tables:
            return ()
        found = self.tables["statements"].filter(pl.col("presence") != str(Presence.MISSING))
        return tuple(sorted(found["statement"].unique()))

    @cached_property
    def reading_id(self) -> str:
        """Document, version of the reader, and a digest of the rows.

        The same for the same rows in any order, under any file name.
        """
        digest = blake2b(digest_size=8)
        for name in ("documents", *CHILD_TABLES):
            rows = self.tables.get(name)
            left_out = _NOT_CONTENT.get(name, [])
            if rows is None or rows.is_empty() or left_out is None:
                continue
            content = rows.drop(left_out)
            if name != "documents":
                content = content.sort(sort_keys(name), nulls_last=True)
            # Text is quoted and null is not, so that "" and null differ.
            text = content.write_csv(quote_style="non_numeric")
            digest.update(f"{name}\n{text}".encode())
        return f"{self.document_id}-{self.reader_version}-{digest.hexdigest()}"

    def __getstate__(self) -> dict[str, Any]:
        """What another process gets, with what it would else have to work out again."""
        worked_out = self.reading_id, self.found_statements
        names = ("reading_id", "found_statements")
        return {"tables": dict(self.tables), **dict(zip(names, worked_out, strict=True))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, tables=MappingProxyType(state["tables"]))

    def __repr__(self) -> str:
        """One line: the document, the reader and the number of rows."""
        rows = sum(rows.height for rows in self.tables.values()) - 1
        return f"Reading({self.document_id}, reader {self.reader_version}, {rows} rows)"


def rows_by_table(
    readings: Sequence[Reading], write_ids: Mapping[str, str]
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of some readings as they are stored, table by table; empty tables are left out.

    Args:
        readings: The readings.
        write_ids: The write that the rows of a reading get, by ``reading_id``.
    """
    for name in CHILD_TABLES:
        parts = [
            reading.tables[name].with_columns(pl.lit(write_ids[reading.reading_id]).alias(WRITE_ID))
            for reading in readings
            if name in reading.tables and not reading.tables[name].is_empty()
        ]
        if parts:
            yield name, pl.concat(parts)
