"""What a commit changes in the list of documents, worked out before anything is written.

The list of documents is what makes rows visible: a row of any other table is part of the panel
while a document names the write that put it there. A commit therefore writes the rows first and
the list last. The functions here are pure; :mod:`analytics.store.panel` does the writing.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from analytics.errors import InputError
from analytics.schema.fields import IDENTITY
from analytics.store.editions import File, number_editions
from analytics.store.reading import Reading
from analytics.store.tables import WRITE_ID, stored_schema

__all__ = [
    "CommitPlan",
    "CommitReport",
    "documents_at",
    "live_documents",
    "new_write_id",
    "plan_commit",
    "write_age",
]

_MILLISECOND_DIGITS = 12


@dataclass(frozen=True, slots=True)
class CommitReport:
    """What a commit did, as document ids in the order of the readings.

    Args:
        added: Documents new to the panel.
        replaced: Documents whose reading was replaced by another one.
        unchanged: Documents that the panel already held with the same reading.
        outdated: Documents that the panel already holds from a newer reader; left as they are.
        superseded: Documents that are no longer the current edition of their disclosure.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line: how many documents of each sort.

        Examples:
            >>> str(CommitReport(added=("a", "b"), superseded=("c",)))
            '2 added, 0 replaced, 0 unchanged, 0 outdated, 1 superseded'
        """
        return ", ".join(f"{len(getattr(self, name))} {name}" for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class CommitPlan:
    """What has to be written.

    Args:
        fresh: The readings whose rows are new.
        documents: The list of documents as it must stand afterwards.
        report: What that does.
    """

    fresh: tuple[Reading, ...]
    documents: pl.DataFrame
    report: CommitReport


def new_write_id() -> str:
    """A name for one write that sorts by time and that no other write has."""
    return f"{time.time_ns() // 1_000_000:0{_MILLISECOND_DIGITS}x}{secrets.token_hex(4)}"


def write_age(write_id: str) -> float:
    """Hours since the write began.

    Examples:
        >>> write_age(new_write_id()) < 0.1
        True
    """
    return (time.time() - int(write_id[:_MILLISECOND_DIGITS], 16) / 1000) / 3600


def live_documents(stored: pl.DataFrame) -> pl.DataFrame:
    """The documents of the panel, without readings that were replaced."""
    return stored.filter(pl.col("replaced_at").is_null())


def documents_at(stored: pl.DataFrame, moment: datetime) -> pl.DataFrame:
    """The documents of the panel as they were at a moment, with their editions of then."""
    replaced_later = pl.col("replaced_at") > moment
    then = stored.filter(
        pl.col("ingested_at") <= moment, pl.col("replaced_at").is_null() | replaced_later
    ).with_columns(replaced_at=pl.lit(None, dtype=stored.schema["replaced_at"]))
    return _renumber(then, then.select(IDENTITY).unique())


def plan_commit(
    stored: pl.DataFrame, readings: Sequence[Reading], write_ids: Mapping[str, str], now: datetime
) -> CommitPlan:
    """Work out what committing ``readings`` to a panel with the documents ``stored`` does.

    Args:
        stored: The list of documents as it is on disk.
        readings: What was read. The same document may occur twice, if with the same rows.
        write_ids: The write that holds, or will hold, the rows of a reading, by ``reading_id``.
        now: When the readings are stored.

    Raises:
        InputError: A document occurs with different rows in one commit.
    """
    distinct = _distinct(readings)
    live = live_documents(stored)
    known_ones = live.filter(pl.col("document_id").is_in([r.document_id for r in distinct]))
    held = {row["document_id"]: row for row in known_ones.iter_rows(named=True)}
    sorted_out = _sort_out(distinct, held)
    fresh = (*sorted_out["added"], *sorted_out["replaced"])
    names = {sort: tuple(r.document_id for r in found) for sort, found in sorted_out.items()}
    if not fresh:
        return CommitPlan((), stored, CommitReport(**names))

    replaced = [held[document]["write_id"] for document in names["replaced"]]
    arrival = stored.select(pl.col("arrival").max().fill_null(0)).item()
    rows = []
    for reading in fresh:
        known = held.get(reading.document_id)
        arrival += known is None
        rows.append(
            {
                **reading.document,
                WRITE_ID: write_ids[reading.reading_id],
                "reading_id": reading.reading_id,
                "arrival": arrival if known is None else known["arrival"],
                "found_statements": ";".join(reading.found_statements),
                "replaced_at": None,
                "edition": 0,
                "is_current": False,
                "ingested_at": now,
            }
        )
    schema = stored_schema("documents")
    gone = pl.col(WRITE_ID).is_in(replaced)
    kept = stored.with_columns(
        is_current=pl.col("is_current") & ~gone,
        replaced_at=pl.when(gone)
        .then(pl.lit(now, dtype=schema["replaced_at"]))
        .otherwise(pl.col("replaced_at")),
    )
    added = pl.DataFrame(rows, schema=schema)
    # Both the disclosures that the readings are about and those that replaced readings were about.
    touched = pl.concat([frame.select(IDENTITY) for frame in (added, known_ones)]).unique()
    documents = _renumber(pl.concat([kept, added]), touched)
    current = set(documents.filter("is_current")["document_id"])
    superseded = live.filter(pl.col("is_current") & ~pl.col("document_id").is_in(current))
    report = CommitReport(**names, superseded=tuple(superseded["document_id"]))
    return CommitPlan(fresh, documents, report)


def _distinct(readings: Iterable[Reading]) -> list[Reading]:
    distinct: dict[str, Reading] = {}
    for reading in readings:
        first = distinct.setdefault(reading.document_id, reading)
        if first.reading_id != reading.reading_id:
            raise InputError(
                f"document {reading.document_id} occurs twice with different rows",
                hint="commit one reading of each document",
            )
    return list(distinct.values())


def _sort_out(
    readings: Iterable[Reading], held: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[Reading]]:
    sorts: dict[str, list[Reading]] = {
        "added": [],
        "replaced": [],
        "unchanged": [],
        "outdated": [],
    }
    for reading in readings:
        known = held.get(reading.document_id)
        if known is None:
            sorts["added"].append(reading)
        elif known["reading_id"] == reading.reading_id:
            sorts["unchanged"].append(reading)
        elif _version(known["reader_version"]) > _version(reading.reader_version):
            sorts["outdated"].append(reading)
        else:
            sorts["replaced"].append(reading)
    return sorts


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))


def _renumber(documents: pl.DataFrame, touched: pl.DataFrame) -> pl.DataFrame:
    """Number the editions of the ``touched`` disclosures anew, from all their documents."""
    live = live_documents(documents)
    disclosures: dict[tuple[Any, ...], list[File]] = {}
    for row in live.join(touched, on=IDENTITY, how="semi").iter_rows(named=True):
        statements = frozenset(filter(None, row["found_statements"].split(";")))
        file = File(row["document_id"], row["arrival"], statements)
        disclosures.setdefault(tuple(row[column] for column in IDENTITY), []).append(file)
    editions = [
        {"document_id": document, "edition": edition.number, "is_current": edition.is_current}
        for files in disclosures.values()
        for document, edition in number_editions(files).items()
    ]
    columns = ["document_id", "edition", "is_current"]
    renumbered = pl.DataFrame(editions, schema=documents.select(columns).schema)
    replaced = documents.filter(pl.col("replaced_at").is_not_null())
    return pl.concat([replaced, live.update(renumbered, on="document_id")]).sort(
        "ingested_at", "arrival", WRITE_ID
    )
