"""Reading, building, storing and checking one disclosure, and the cost of importing the package.

Run it by hand: ``python tests/benchmarks/bench_ingest.py [FILE]``. Figures are wall seconds; the first
line of a process pays for what later ones find loaded.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from analytics.facts.build import build_tables
from analytics.pipeline import check
from analytics.statements.disclosure import read_disclosure
from analytics.store import Panel, Reading

SAMPLES = Path(__file__).parents[2] / "data" / "disclosures"
ROUNDS = 3


def main() -> None:
    """Print the figures."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else sorted(SAMPLES.glob("*.txt"))[0]
    print(f"{'':>8}{'read':>8}{'build':>8}{'store':>8}{'sum':>8}{'check':>8}")
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            marks = [time.perf_counter()]
            disclosure = read_disclosure(source)
            marks.append(time.perf_counter())
            tables = build_tables(disclosure)
            marks.append(time.perf_counter())
            panel = Panel.open(Path(folder) / "panel", create=True)
            panel.commit([Reading(tables)])
            marks.append(time.perf_counter())
            check(panel)
            marks.append(time.perf_counter())
        read, build, store, checks = (b - a for a, b in pairwise(marks))
        shown = (read, build, store, read + build + store, checks)
        print(f"{number + 1:>8}" + "".join(f"{seconds:>8.3f}" for seconds in shown))
    for module in ("polars", "analytics"):
        best = min(_import_seconds(module) for _ in range(ROUNDS))
        print(f"import {module}: {best:.3f}")


def _import_seconds(module: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
