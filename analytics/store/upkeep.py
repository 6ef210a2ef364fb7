"""Keeping a panel small: what nobody sees any more is removed, small files are joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from analytics.errors import InputError
from analytics.store.commits import write_age
from analytics.store.delta import StoredTable
from analytics.store.tables import CHILD_TABLES, WRITE_ID

__all__ = ["Maintenance", "tidy_up"]


@dataclass(frozen=True, slots=True)
class Maintenance:
    """What :meth:`Panel.maintain` removed.

    Args:
        rows_removed: Rows that no document named any more, or ever.
        files_removed: Files that no table needed any more.
    """

    rows_removed: int
    files_removed: int


def tidy_up(
    tables: Mapping[str, StoredTable], named: Callable[[], set[str]], *, keep_hours: int
) -> Maintenance:
    """See :meth:`Panel.maintain`.

    Args:
        tables: All tables by name.
        named: Looks up which writes the documents name by now.
        keep_hours: How long to leave alone what was written or went out of use.

    Raises:
        InputError: ``keep_hours`` is negative.
    """
    if keep_hours < 0:
        raise InputError(f"keep_hours is {keep_hours}", hint="give 0 or more hours")
    rows_removed = files_removed = 0
    for name in CHILD_TABLES:
        table = tables[name]
        table.refresh()
        written = table.scan().select(pl.col(WRITE_ID).unique()).collect()[WRITE_ID]
        # Looked at after the rows: whatever has become visible by now is kept.
        visible = named()
        rows_removed += table.forget(
            sorted(w for w in written if w not in visible and write_age(w) >= keep_hours)
        )
    for table in tables.values():
        table.tidy()
        files_removed += table.sweep(keep_hours)
    return Maintenance(rows_removed, files_removed)
