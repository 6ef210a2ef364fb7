"""One Delta table in a local folder: append, replace as a whole, scan, and keep it tidy."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import polars as pl
from deltalake import (
    CommitProperties,
    DeltaTable,
    PostCommitHookProperties,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from analytics.errors import AnalyticsError, NotFoundError, SchemaError
from analytics.store.tables import WRITE_ID, stored_schema

__all__ = ["StoredTable", "attempts"]

_ATTEMPTS = 40
_FIRST_WAIT, _LONGEST_WAIT = 0.005, 0.5
_WEEK_HOURS = 168
_SUM_UP_EVERY, _JOIN_EVERY = 10, 50

_BATCH = 20_000  # rows of a lazy frame that are in memory at a time
# A group of rows is held in memory until it is whole.
_WRITER = WriterProperties(compression="ZSTD", max_row_group_size=50_000)
# Exactly the version after the one that was read, or nothing: left to itself, Delta lets an
# overwrite pass over an append that came in between, and keeps the appended rows.
_ONLY_NEXT_VERSION = CommitProperties(max_commit_retries=0)
# A checkpoint that fails after the commit would look like a commit that failed.
_NO_HOOKS = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
# Statistics of every column cost more than they save: rows are looked up by their write.
_CONFIGURATION = {"delta.dataSkippingNumIndexedCols": "1"}


def attempts(what: str) -> Iterator[None]:
    """Turns to try something that other writers may forestall, with growing random waits.

    Raises:
        AnalyticsError: Every turn is used up, after some ten seconds.
    """
    for count in range(_ATTEMPTS):
        yield
        time.sleep(random.uniform(0, min(_LONGEST_WAIT, _FIRST_WAIT * 2**count)))
    raise AnalyticsError(
        f"{what} was forestalled by other writers {_ATTEMPTS} times",
        hint="try again when fewer processes write to the panel",
    )


class StoredTable:
    """A table of the panel on disk, seen as of the last :meth:`refresh`.

    A table comes into being with its first write. Until then it has no rows and the version -1.

    Args:
        folder: Where the table lies.
        name: Which table it is.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._schema = stored_schema(name)
        self._handle: DeltaTable | None = None

    def refresh(self) -> int:
        """Look at the newest state of the table, and return its version."""
        with self._in_plain_words():
            if self._handle is not None:
                self._handle.update_incremental()
            elif (self._folder / "_delta_log").is_dir():
                # The folder may be there before its first version is.
                with suppress(TableNotFoundError):
                    self._open()
        return -1 if self._handle is None else self._handle.version()

    def scan(self) -> pl.LazyFrame:
        """The rows as of the last refresh, whatever is written before they are collected."""
        files = self._files()
        if not files:
            return pl.LazyFrame(schema=self._schema)
        return pl.scan_parquet(files, glob=False, hive_partitioning=False)

    def scan_at(self, moment: datetime) -> pl.LazyFrame:
        """The rows as they were at a moment.

        Raises:
            NotFoundError: The files of then are deleted.
        """
        self.refresh()
        if self._handle is None:
            return self.scan()
        with self._in_plain_words():
            log = {entry["version"]: entry for entry in self._handle.history()}
        reached = [v for v, entry in log.items() if entry["timestamp"] <= moment.timestamp() * 1000]
        if not reached and 0 in log:
            return pl.LazyFrame(schema=self._schema)
        version = max(reached, default=-1)
        # Joining small files leaves the rows as they are, and its files are there for longer.
        while log.get(version + 1, {}).get("operation") == "OPTIMIZE":
            version += 1
        past = StoredTable(self._folder, self._name)
        if reached:
            with self._in_plain_words():
                past._handle = DeltaTable(str(self._folder), version=version)
        files = past._files()
        if not reached or not all(file.is_file() for file in files):
            raise NotFoundError(
                f"table {self._name!r} of {moment:%Y-%m-%d %H:%M} is not kept any more",
                hint="maintain() deleted its files; compare with a later moment",
            )
        return past.scan()

    def append(self, rows: pl.DataFrame) -> None:
        """Add rows, whatever else is written at the same time."""
        if self._is_due(_JOIN_EVERY):
            self.tidy()
        elif self._is_due(_SUM_UP_EVERY):
            with self._in_plain_words():
                self._sum_up()
        for _ in attempts(f"writing to table {self._name!r}"):
            try:
                with self._in_plain_words():
                    self._write(rows, "append")
            except CommitFailedError:
                self.refresh()
            else:
                return

    def replace(self, rows: pl.DataFrame | pl.LazyFrame) -> bool:
        """Put ``rows`` in the place of all rows, if nobody wrote since the last refresh.

        Args:
            rows: The rows; those of a lazy frame are written as they come.

        Returns:
            Whether it was done.
        """
        try:
            with self._in_plain_words():
                if self._handle is None:
                    # Nobody has looked at what the table holds by now.
                    self._create()
                    return False
                if self._is_due(_SUM_UP_EVERY):
                    self._sum_up()
                self._write(rows, "overwrite")
        except CommitFailedError:
            return False
        return True

    def forget(self, write_ids: Sequence[str]) -> int:
        """Remove the rows of some writes, and return how many rows that were."""
        listed = ", ".join(f"'{write_id}'" for write_id in write_ids)
        for _ in attempts(f"removing rows of table {self._name!r}"):
            self.refresh()
            if self._handle is None or not write_ids:
                break
            try:
                with self._in_plain_words():
                    metrics = self._handle.delete(
                        f"{WRITE_ID} IN ({listed})",
                        writer_properties=_WRITER,
                        post_commithook_properties=_NO_HOOKS,
                    )
            except CommitFailedError:
                continue
            return int(metrics.get("num_deleted_rows", 0))
        return 0

    def tidy(self) -> None:
        """Join small files and sum up the log; where another writer is faster, leave it."""
        self.refresh()
        if self._handle is None:
            return
        try:
            with self._in_plain_words():
                if len(self._files()) > 1:
                    self._handle.optimize.compact(
                        writer_properties=_WRITER, post_commithook_properties=_NO_HOOKS
                    )
                self._sum_up()
        except CommitFailedError:
            self.refresh()

    def sweep(self, keep_hours: int) -> int:
        """Delete files out of use for ``keep_hours``, and return how many that were."""
        self.refresh()
        if self._handle is None:
            return 0
        with self._in_plain_words():
            removed = self._handle.vacuum(
                retention_hours=keep_hours,
                dry_run=False,
                enforce_retention_duration=keep_hours >= _WEEK_HOURS,
                full=True,
            )
        return len(removed)

    def _files(self) -> list[Path]:
        # The library gives addresses, in which any character that is not ASCII is escaped.
        # Without partitions every file lies in the folder itself, under a plain name.
        uris = [] if self._handle is None else self._handle.file_uris()
        return [self._folder / uri.rpartition("/")[2] for uri in uris]

    def _write(
        self, rows: pl.DataFrame | pl.LazyFrame, mode: Literal["append", "overwrite"]
    ) -> None:
        chosen = rows.select(self._schema.names())
        write_deltalake(
            self._handle or self._create(),
            chosen.collect_batches(chunk_size=_BATCH, lazy=True)
            if isinstance(chosen, pl.LazyFrame)
            else chosen,
            mode=mode,
            writer_properties=_WRITER,
            commit_properties=_ONLY_NEXT_VERSION if mode == "overwrite" else None,
            post_commithook_properties=_NO_HOOKS,
        )

    def _is_due(self, interval: int) -> bool:
        """Whether the next version begins a new interval."""
        return self._handle is not None and (self._handle.version() + 1) % interval == 0

    def _sum_up(self) -> None:
        """Write a checkpoint, so that opening the table does not read every version's log."""
        if self._handle is not None:
            self._handle.create_checkpoint()
            self._handle.cleanup_metadata()

    def _create(self) -> DeltaTable:
        try:
            handle = DeltaTable.create(
                str(self._folder), schema=self._schema, configuration=_CONFIGURATION
            )
        except DeltaError:
            # Another process made the table in the same moment; if not, this fails as well.
            return self._open()
        self._handle = handle
        return handle

    def _open(self) -> DeltaTable:
        handle = DeltaTable(str(self._folder))
        found = pl.Schema(handle.schema())
        if found != self._schema:
            differing = sorted(
                column
                for column in {*found, *self._schema}
                if found.get(column) != self._schema.get(column)
            )
            raise SchemaError(
                f"table {self._name!r} of the panel was written with other columns "
                f"than this version of the package has ({', '.join(differing) or 'their order'})",
                hint="build the panel again from the disclosures, in a new folder",
            )
        self._handle = handle
        return handle

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except CommitFailedError:
            raise
        except (DeltaError, OSError) as error:
            raise AnalyticsError(
                f"table {self._name!r} at {str(self._folder)!r} cannot be read or written: {error}"
            ) from error
