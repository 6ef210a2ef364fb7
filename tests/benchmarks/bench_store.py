"""Time the store on readings of a common size: ``python tests/benchmarks/bench_store.py``.

One reading has 500 facts, 100 claims, 15 projects, 500 indicators, 300 findings. Milliseconds,
the median of several runs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from analytics.schema.fields import FIELDS
from analytics.schema.tables import TABLES
from analytics.store.panel import Panel
from analytics.store.reading import Reading

ROWS = {
    "documents": 1,
    "statements": 13,
    "facts": 500,
    "claims": 100,
    "projects": 15,
    "indicators": 500,
    "set_aside": 10,
    "findings": 300,
}
PROJECT_TEXT = "为保障示例业务正常开展，按照有关规定安排经费，用于示例项目的实施与维护。" * 8


def column(name: str, dtype: pl.DataType, count: int, key: str) -> list[Any]:
    """Plausible values: vocabularies repeat, identifiers and places do not."""
    numbers = range(1, count + 1)
    if name == "block" and dtype == pl.String:
        return ["term"] * count
    if name.endswith("_id") and name not in ("document_id", "agency_id"):
        return [f"{key}-{name}-{n}" for n in numbers]
    values = FIELDS[name].values if name in FIELDS else []
    if dtype == pl.String:
        return [values[n % len(values)] if values else f"{name}示例{n % 40}" for n in numbers]
    one: Callable[[int], Any] = {
        pl.Int16: lambda _: 2024,
        pl.Int32: lambda n: n,
        pl.Decimal: lambda n: Decimal(n) * 100,
        pl.Date: lambda _: date(2024, 3, 1),
        pl.Boolean: lambda _: False,
        pl.Float64: lambda n: n / count,
    }[type(dtype)]
    return [one(n) for n in numbers]


def make_reading(key: str, year: int) -> Reading:
    """A reading of the common size."""
    tables = {}
    for name, count in ROWS.items():
        types = TABLES[name].create_empty().schema
        data = {c: column(c, dtype, count, key) for c, dtype in types.items()}
        data["document_id"] = [key] * count
        if "agency_id" in data:
            data["agency_id"] = ["某市示例局"] * count
        if "fiscal_year" in data:
            data["fiscal_year"] = [year] * count
        if name == "projects":
            for text in ("overview", "legal_basis", "necessity", "plan"):
                data[text] = [PROJECT_TEXT] * count
            data["project"] = [f"项目{n}" for n in range(count)]
        tables[name] = pl.DataFrame(data, schema=types)
    return Reading(tables)


def clock(label: str, runs: int, action: Callable[[int], object]) -> None:
    """Print how long ``action`` takes."""
    times = []
    for run in range(runs):
        start = time.perf_counter()
        action(run)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{label:<44}{median(times):8.1f}   (best {min(times):.1f}, worst {max(times):.1f})")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    count = parser.parse_args().documents
    frames = [make_reading(f"{n:016x}", 1900 + n % 200).tables for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        clock("check and digest a reading", 10, lambda _: Reading(frames[0]).reading_id)
        readings = [Reading(tables) for tables in frames]

        def first_commit(run: int) -> None:
            Panel.open(root / f"first{run}", create=True).commit([readings[0]])

        clock("first commit, tables made", 5, first_commit)
        panel = Panel.open(root / "panel", create=True)
        panel.commit([readings[0]])
        clock("commit one, panel open", 10, lambda n: panel.commit([readings[n + 1]]))
        clock(
            "commit one, panel opened for it",
            5,
            lambda n: Panel.open(panel.path).commit([readings[n + 11]]),
        )
        clock("commit the same again", 5, lambda _: panel.commit([readings[1]]))
        one = Panel.open(root / "first0")
        clock("read all tables of one document", 10, lambda _: one.tables())
        clock("read all tables, panel opened for it", 5, lambda _: Panel.open(one.path).tables())
        clock("read facts of one document", 10, lambda _: one.facts)
        clock("replace findings", 5, lambda n: one.replace_findings(one.findings.tail(300 - n)))
        clock("commit one by one, each", count - 16, lambda n: panel.commit([readings[n + 16]]))
        clock(f"read facts of {count} documents", 3, lambda _: panel.facts)
        clock("maintain", 1, lambda _: panel.maintain(keep_hours=0))
        clock(f"read facts of {count} documents, maintained", 3, lambda _: panel.facts)
        batch = Panel.open(root / "batch", create=True)
        clock(f"commit {count} in one batch", 1, lambda _: batch.commit(readings))


if __name__ == "__main__":
    main()
