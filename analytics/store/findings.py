"""Findings put in the place of earlier ones, part by part: never are all of them in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from analytics.errors import InputError
from analytics.store.tables import SPOOL_ROWS, WRITE_ID, check_rows

__all__ = ["plan_findings", "spool_findings", "spool_part"]


def spool_part(rows: pl.DataFrame, file: Path) -> Path:
    """Write a part of the new findings to a file.

    Raises:
        SchemaError: The rows do not fit the table.
    """
    fitting = check_rows(rows, "findings")
    fitting.write_parquet(file, compression="lz4", row_group_size=SPOOL_ROWS, statistics=False)
    return file


def spool_findings(
    findings: pl.DataFrame | Iterable[pl.DataFrame | Path], folder: Path
) -> list[Path]:
    """Write the parts of the new findings to files, each as it comes.

    Args:
        findings: Rows of the canonical table, or parts of them, or files of :func:`spool_part`.
        folder: An empty folder for the time being; files are moved into it.

    Returns:
        One file a part.

    Raises:
        SchemaError: Rows do not fit the table.
    """
    parts = [findings] if isinstance(findings, pl.DataFrame) else findings
    files = ((part, folder / f"{number}.parquet") for number, part in enumerate(parts))
    return [
        Path(shutil.move(part, file)) if isinstance(part, Path) else spool_part(part, file)
        for part, file in files
    ]


def plan_findings(
    stored: pl.LazyFrame, parts: Sequence[Path], live: pl.DataFrame
) -> pl.LazyFrame | None:
    """Work out what the table of findings holds once the ``parts`` are in the place of earlier ones.

    Args:
        stored: The findings as they are on disk.
        parts: The new findings; those on one document are all in one part.
        live: The documents of the panel.

    Returns:
        All findings, to be collected in batches; ``None`` if these very findings are stored.

    Raises:
        InputError: A finding is on a document that the panel does not hold.
    """
    owners = live.select("document_id", WRITE_ID)
    mentioned = pl.concat(
        [owners.clear().select("document_id"), *(_documents(part) for part in parts)]
    )
    strangers = mentioned.join(live, on="document_id", how="anti")["document_id"]
    if len(strangers):
        raise InputError(
            f"findings on documents that the panel does not hold: {', '.join(sorted(strangers))}",
            hint="commit the readings of these documents first",
        )
    is_mentioned = pl.col("document_id").is_in(mentioned["document_id"].implode())
    answered = live.filter(pl.col("is_current") | is_mentioned)[WRITE_ID]
    is_answered = pl.col(WRITE_ID).is_in(answered.implode())
    columns = stored.collect_schema().names()
    known = stored.filter(is_answered).select(pl.len()).collect().item()
    if known == sum(_count(part) for part in parts) and all(
        _is_stored(stored, _tagged([part], owners, columns)) for part in parts
    ):
        return None
    # Rows of writes that no document names may belong to a commit that is under way.
    kept = stored.filter(~is_answered)
    # One scan of all files reads on as it is written; one for each would read all ahead.
    return pl.concat([kept, _tagged(parts, owners, columns)]) if parts else kept


def _documents(part: Path) -> pl.DataFrame:
    return pl.scan_parquet(part, glob=False).select(pl.col("document_id").unique()).collect()


def _count(part: Path) -> int:
    count: int = pl.scan_parquet(part, glob=False).select(pl.len()).collect().item()
    return count


def _tagged(parts: Sequence[Path], owners: pl.DataFrame, columns: list[str]) -> pl.LazyFrame:
    rows = pl.scan_parquet(list(parts), glob=False)
    return rows.join(owners.lazy(), on="document_id").select(columns)


def _is_stored(stored: pl.LazyFrame, tagged: pl.LazyFrame) -> bool:
    rows = tagged.sort(pl.all()).collect()
    is_theirs = pl.col(WRITE_ID).is_in(rows[WRITE_ID].unique().implode())
    return rows.equals(stored.filter(is_theirs).sort(pl.all()).collect())
