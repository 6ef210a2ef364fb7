"""A panel read some agencies at a time, each row once: neither time nor memory grows beyond that.

To ask the stored files once for each group of agencies would read all of them as often as there are
groups. The rows are therefore dealt out to temporary files first, in one pass.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analytics.store.tables import SPOOL_ROWS, WRITE_ID, canonical_schema, sort_keys, stored_schema

__all__ = ["Group", "in_groups", "read_in_order"]

_GROUP, _ORDER = "_group", "_order"


@dataclass(frozen=True, slots=True)
class Group:
    """Some agencies of a panel, which this process or another one reads when it comes to them.

    Args:
        documents: The documents, in order.
        scans: The rows of the other tables, by name.
    """

    documents: pl.DataFrame
    scans: Mapping[str, pl.LazyFrame]

    def read(self) -> dict[str, pl.DataFrame]:
        """The canonical tables, as :func:`read_in_order` gives them."""
        return read_in_order(self.documents, self.scans)


@contextmanager
def in_groups(
    documents: pl.DataFrame, scans: Mapping[str, pl.LazyFrame], at_once: int
) -> Iterator[list[Group]]:
    """Deal the rows of the canonical tables out to groups.

    Args:
        documents: The documents to read, in order.
        scans: The rows of the other tables as they are stored, by name.
        at_once: About so many documents are in a group; an agency is always in one group.

    Yields:
        The groups; their temporary files go with the ``with`` block.
    """
    grouped = documents.join(_groups(documents, at_once), on="agency_id", maintain_order="left")
    parts = grouped.partition_by(_GROUP, maintain_order=True, include_key=False)
    if len(parts) < 2:
        yield [Group(part, scans) for part in parts]
        return
    owners = grouped.lazy().select(WRITE_ID, _GROUP)
    with tempfile.TemporaryDirectory() as folder:
        for name, scan in scans.items():
            target = pl.PartitionBy(Path(folder, name), key=_GROUP, include_key=False)
            scan.join(owners, on=WRITE_ID).sink_parquet(
                target,
                compression="lz4",
                statistics=False,
                row_group_size=SPOOL_ROWS,
                mkdir=True,
            )
        yield [
            Group(part, {name: _dealt(Path(folder), name, number) for name in scans})
            for number, part in enumerate(parts)
        ]


def _dealt(folder: Path, name: str, group: int) -> pl.LazyFrame:
    part = folder / name / f"{_GROUP}={group}"
    if not part.is_dir():
        return pl.LazyFrame(schema=stored_schema(name))
    return pl.scan_parquet(part / "*.parquet", hive_partitioning=False)


def _groups(documents: pl.DataFrame, at_once: int) -> pl.DataFrame:
    """The number of the group of each agency, from 0, in the order of the documents."""
    counts = documents.group_by("agency_id", maintain_order=True).len()
    before = pl.col("len").cum_sum() - pl.col("len")
    return counts.select("agency_id", _group=(before // at_once).rle_id().cast(pl.Int32))


def read_in_order(
    documents: pl.DataFrame, scans: Mapping[str, pl.LazyFrame]
) -> dict[str, pl.DataFrame]:
    """The canonical tables of some documents, sorted as these are and then by place.

    Args:
        documents: The documents, in order.
        scans: The rows of the other tables; those of other documents are left out.
    """
    order = documents.lazy().select(WRITE_ID).with_row_index(_ORDER)
    queries = [
        scan.join(order, on=WRITE_ID)
        .sort(_ORDER, *sort_keys(name), nulls_last=True)
        .select(canonical_schema(name).names())
        for name, scan in scans.items()
    ]
    frames = dict(zip(scans, pl.collect_all(queries), strict=True))
    frames["documents"] = documents.select(canonical_schema("documents").names())
    return frames
