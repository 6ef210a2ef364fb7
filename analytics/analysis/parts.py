"""Analyses of panels larger than memory: whole agencies at a time, results to files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from analytics.analysis.frames import Frame
from analytics.errors import InputError

__all__ = ["map_agencies"]


def map_agencies(
    parts: Iterable[Frame | Path],
    analysis: Callable[[Frame], pl.DataFrame],
    folder: str | Path,
) -> pl.LazyFrame:
    """Run an analysis part by part, each with whole agencies, and keep the results in files.

    Every analysis of one agency needs the rows of that agency only, so that the parts together
    give what all rows at once would give, in the memory of the largest part.

    Args:
        parts: Frames or Parquet files, none of which shares an agency with another. A panel gives
            them: ``(tables["facts"] for tables in panel.groups(200))``.
        analysis: What to run on each, such as :func:`~analytics.analysis.changes`; further
            arguments with :func:`functools.partial`.
        folder: A folder to write to, one Parquet file a part; made if it is not there. It must
            hold no Parquet files yet.

    Returns:
        All results as one lazy frame; rows are sorted within a part only.

    Raises:
        InputError: Two parts have rows of the same agency, there is no part, or the folder holds
            results already or cannot be written.

    Examples:
        >>> from functools import partial
        >>> import analytics
        >>> rows = analytics.map_agencies(
        ...     (tables["facts"] for tables in panel.groups(200)),
        ...     partial(analytics.changes, year=2024),
        ...     folder / "changes",
        ... )
        >>> rows.collect().equals(analytics.changes(panel.facts, year=2024))
        True
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{target} cannot be made: {error.strerror or error}") from error
    if any(target.glob("*.parquet")):
        raise InputError(f"{target} holds results already", hint="name an empty folder")
    seen: set[str] = set()
    count = 0
    for part in parts:
        rows = pl.scan_parquet(part) if isinstance(part, Path) else part
        result = analysis(rows)
        agencies = set(result["agency_id"].unique()) if "agency_id" in result.columns else set()
        if not seen.isdisjoint(agencies):
            raise InputError(
                f"agency {min(seen & agencies)!r} is in two parts",
                hint="each part must have all rows of its agencies",
            )
        seen |= agencies
        result.write_parquet(target / f"part-{count:06}.parquet")
        count += 1
    if not count:
        raise InputError("there are no parts", hint="pass at least one frame or file")
    return pl.scan_parquet(target / "*.parquet")
