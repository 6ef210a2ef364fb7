"""`trends` and `pooled_growth` over many series, against a regression of statsmodels a series.

Run it by hand: ``python tests/benchmarks/bench_trends.py [series] [years]`` (10,000 and 10 unless
said otherwise). The figures printed are seconds and processor seconds. The regressions are run on
every hundredth series, and their time is multiplied. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import polars as pl
from statsmodels.regression.linear_model import OLS

import analytics

sys.path.append(str(Path(__file__).parents[1] / "unit" / "analysis"))
from trend_rows import series_frame

SAMPLE = 100


def timed(what: str, run: Callable[[], object], times: int = 1) -> None:
    """Print the least of three runs, multiplied."""
    best = (float("inf"), float("inf"))
    for _ in range(3):
        wall, processor = perf_counter(), process_time()
        run()
        best = min(best, (perf_counter() - wall, process_time() - processor))
    print(f"{what:40} {best[0] * times:8.3f} s {best[1] * times:8.3f} s processor")


def main() -> None:
    """Make the series, then time each way."""
    parser = argparse.ArgumentParser()
    parser.add_argument("series", type=int, nargs="?", default=10_000)
    parser.add_argument("years", type=int, nargs="?", default=10)
    asked = parser.parse_args()
    steps = np.random.default_rng(1).normal(0.05, 0.2, (asked.series, asked.years)).cumsum(axis=1)
    amounts = 4e6 * np.exp(steps)
    rows = series_frame({f"{n:06}局": line.tolist() for n, line in enumerate(amounts)})
    timed("trends", lambda: analytics.trends(rows))
    timed("pooled_growth", lambda: analytics.pooled_growth(rows))
    runs = [analytics.trends(rows) for _ in range(5)]
    print("the same in every run:", all(run.equals(runs[0]) for run in runs))
    design = np.column_stack([np.ones(asked.years), np.arange(asked.years)])

    def regressions() -> list[pl.Series]:
        return [OLS(line, design).fit().conf_int()[1] for line in amounts[::SAMPLE]]

    timed("statsmodels OLS, a series at a time", regressions, SAMPLE)


if __name__ == "__main__":
    main()
