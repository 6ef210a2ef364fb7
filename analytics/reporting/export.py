"""Tables of a panel and results of analysis as files for other programs."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars as pl

from analytics.analysis import changes, spending_mix, unit_costs, with_doubts
from analytics.errors import InputError, NotFoundError
from analytics.schema.tables import TABLES
from analytics.store import Panel

__all__ = ["EXPORTS", "export_table"]


def _stored(name: str) -> Callable[[Panel], pl.DataFrame]:
    return lambda panel: panel.table(name)


EXPORTS: dict[str, Callable[[Panel], pl.DataFrame]] = {
    **{name: _stored(name) for name in TABLES},
    "changes": lambda panel: with_doubts(changes(panel.table("facts")), panel.findings),
    "spending_mix": lambda panel: with_doubts(spending_mix(panel.table("facts")), panel.findings),
    "unit_costs": lambda panel: with_doubts(
        unit_costs(panel.table("projects"), panel.table("indicators")), panel.findings
    ),
}
"""What can be exported, by name: the canonical tables and the main results, doubts marked."""


def export_table(
    panel: Panel,
    table: str,
    *,
    format: Literal["csv", "jsonl", "parquet"] = "csv",
    output: str | Path | None = None,
) -> str:
    """Write one table of a panel.

    Amounts are written exactly, in yuan with two decimals. CSV has a byte order mark, so that
    Excel opens it as UTF-8.

    Args:
        panel: The panel.
        table: A name in :data:`EXPORTS`.
        format: File format.
        output: File to write; ``None`` returns the text instead.

    Returns:
        The text where ``output`` is ``None``, else the path that was written.

    Raises:
        NotFoundError: There is no such table.
        InputError: Parquet without ``output``, or the file cannot be written.
    """
    if table not in EXPORTS:
        raise NotFoundError.for_name("table", table, EXPORTS)
    rows = EXPORTS[table](panel)
    if output is None:
        if format == "parquet":
            raise InputError("parquet is not text", hint="name a file with --output")
        buffer = io.StringIO()
        rows.write_csv(buffer) if format == "csv" else rows.write_ndjson(buffer)
        return buffer.getvalue()
    path = Path(output)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        match format:
            case "csv":
                rows.write_csv(path, include_bom=True)
            case "jsonl":
                rows.write_ndjson(path)
            case "parquet":
                rows.write_parquet(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
    return str(path)
