"""Time the catalogue over a stored panel: ``python tests/benchmarks/bench_checks.py [documents …]``.

The panel is made of copies of the published figures and of disclosures made to order, each under an
agency and two years of its own; nothing is read again. The rules run in a process of their own, so
that the memory is theirs alone. ``--by-rule`` prints the rules that cost most, over 200 documents.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutants.plans import library, published, sample

from analytics.checks import CanonicalTables, rules, run_checks
from analytics.pipeline.checking import check_all
from analytics.store import Panel
from analytics.store.reading import Reading

SIZES = (1_000, 3_000, 10_000)
AT_ONCE = 500
Tables = dict[str, pl.DataFrame]


IDS = ("claim_id", "indicator_id", "quantity_id", "mention_id", "part_of")
"""They name the document they are of; under one name they would be joined across documents."""


def copies(count: int) -> Iterator[Tables]:
    """Documents under new names: each original in two years for one agency, over and over."""
    originals = [*published(), sample(), library()]
    for tables in originals:
        tables.pop("findings", None)
    for at in range(count):
        pair, later = divmod(at, 2)
        yield renamed(originals[pair % len(originals)], f"copy{at:06}", f"某市第{pair}局", later)


def renamed(tables: Tables, document: str, agency: str, later: int) -> Tables:
    """The rows as those of another document, agency and year."""
    old = tables["documents"]["document_id"][0]
    given = {"document_id": pl.lit(document), "agency_id": pl.lit(agency)}
    years = {name: pl.col(name) + later for name in ("fiscal_year", "base_year")}
    ids = {name: pl.col(name).str.replace(old, document, literal=True) for name in IDS}
    said = given | years | ids
    return {
        name: rows.with_columns(**{c: value for c, value in said.items() if c in rows.columns})
        for name, rows in tables.items()
    }


def by_rule(count: int) -> None:
    """Print the seconds of the dearest rules over some documents."""
    made = list(copies(count))
    together = {name: pl.concat([each[name] for each in made]) for name in made[0]}
    canonical = CanonicalTables.of(together)
    start = time.perf_counter()
    run_checks(canonical)
    print(f"{count} documents, every rule at once: {time.perf_counter() - start:.2f} s")
    cost = {}
    for code, one in rules().items():
        start = time.perf_counter()
        one.function(canonical).collect(engine="in-memory")
        cost[code] = time.perf_counter() - start
    print(f"the rules alone, each by itself: {sum(cost.values()):.2f} s")
    for code in sorted(cost, key=cost.__getitem__, reverse=True)[:15]:
        print(f"{code:<26} {cost[code] * 1000:7.0f} ms")


def measure(folder: str) -> None:
    """Check a panel and print seconds and the peak of memory."""
    panel = Panel.open(folder)
    start = time.perf_counter()
    check_all(panel)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:7.1f} s, peak {peak:,.0f} MiB", flush=True)


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", default=SIZES)
    parser.add_argument("--by-rule", action="store_true")
    parser.add_argument("--measure", metavar="PANEL")
    wanted = parser.parse_args()
    if wanted.measure:
        measure(wanted.measure)
        return
    if wanted.by_rule:
        by_rule(200)
        return
    for count in wanted.documents:
        with tempfile.TemporaryDirectory() as folder:
            panel = Panel.open(Path(folder, "panel"), create=True)
            left = copies(count)
            while some := list(islice(left, AT_ONCE)):
                panel.commit([Reading(tables) for tables in some])
            facts = panel.table("facts", editions="all").height
            print(f"{count:>7,} documents, {facts:>9,} facts: ", end="", flush=True)
            command = [sys.executable, __file__, "--measure", str(Path(folder, "panel"))]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
