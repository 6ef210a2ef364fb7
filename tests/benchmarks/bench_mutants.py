"""Count which changes in a disclosure the checks see: ``python tests/benchmarks/bench_mutants.py``.

One row a kind of change. ``seeable`` are the changes that break an equation of the document,
``pointed_at`` those that a failure of the changed document alone points at: at the number itself
(``at_the_number``) or at one in an equation with it. The rest is printed below the table.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutants import few, many, table

UNSEEABLE = (
    "a figure in no equation: numbers of posts and of divisions, floor areas, a share or a change "
    "whose base nobody states",
    "a change within the half steps of all figures of its equation",
    "a figure of an equation that the unchanged document does not meet",
    "a zero in a blank column, or a row of nothing",
    "the row of a sum whose parts stand for it: the unit above its projects, the vehicle line",
    "the only row below a total of units, which a layout may leave out",
    "two columns of a list that nothing links to another statement",
)


def main() -> None:
    """Print the table and the changes that were not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", action="store_true", help="only what the fast tests try")
    wanted = parser.parse_args()
    start = time.perf_counter()
    found = few() if wanted.few else many()
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True):
        print(table(found))
    print(f"{time.perf_counter() - start:.0f} s")
    for kind, one in sorted(found.items()):
        for what in one.missed:
            print(f"missed, {kind}: {what}")
        for what in one.elsewhere:
            print(f"found elsewhere, {kind}: {what}")
    print("cannot be seen:", *UNSEEABLE, sep="\n- ")


if __name__ == "__main__":
    main()
