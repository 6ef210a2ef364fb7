"""How long `changes` takes: one disclosure (300 facts), and a panel of a million facts.

Run it by hand: ``python tests/benchmarks/bench_changes.py [facts]``. Nothing here passes or fails.
"""

from __future__ import annotations

import sys
from time import perf_counter

import polars as pl

from analytics.analysis import changes
from analytics.schema.tables import Facts

LINES = 150
YEARS = (2023, 2024)


def panel(agencies: int) -> pl.DataFrame:
    """Facts of ``agencies`` agencies, 150 lines in each of two years, none of them alike."""
    lines = pl.DataFrame({"row": range(1, LINES + 1)}, schema={"row": pl.Int32})
    years = pl.DataFrame({"fiscal_year": YEARS}, schema={"fiscal_year": pl.Int16})
    owners = pl.DataFrame({"owner": range(agencies)})
    rows = owners.join(years, how="cross").join(lines, how="cross")
    amount = pl.col("owner") % 97 * 13 + pl.col("row") * 7 + pl.col("fiscal_year") % 5 * 3
    yuan = (amount * 100).cast(pl.Decimal(18, 2))
    text = {
        "stage": "budget",
        "scope": "unit",
        "statement": "expenditure_summary",
        "flow": "expenditure",
        "classification": "function",
        "fund": "all",
        "component": "total",
        "carryover_basis": "included",
        "row_kind": "item",
        "amount_text": "1.00",
        "unit_text": "万元",
        "value_kind": "printed",
        "parent_code": "total",
    }
    code = (pl.col("row") + 2_010_000).cast(pl.String)
    full = rows.with_columns(
        agency_id=pl.format("某市第{}局", "owner"),
        document_id=pl.format("d{}-{}", "owner", "fiscal_year"),
        code=code,
        name=pl.format("科目{}", code),
        amount_yuan=yuan,
        step_yuan=pl.lit(100, pl.Decimal(20, 4)),
        low_yuan=yuan.cast(pl.Decimal(20, 4)) - 50,
        high_yuan=yuan.cast(pl.Decimal(20, 4)) + 50,
        block=pl.lit(3, pl.Int32),
        column=pl.lit(3, pl.Int32),
        **{name: pl.lit(value) for name, value in text.items()},
    )
    blank = [name for name in Facts.create_empty().columns if name not in full.columns]
    return Facts.validate(full.with_columns(pl.lit(None).alias(name) for name in blank), cast=True)


def best_of(runs: int, facts: pl.DataFrame | pl.LazyFrame) -> float:
    """Seconds of the fastest of ``runs`` calls."""
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        changes(facts)
        seconds.append(perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Print both figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    one = panel(1)
    print(f"{len(one):>9,} facts: {best_of(20, one) * 1000:6.1f} ms a call")
    many = panel(max(1, count // len(one)))
    seconds = best_of(2, many)
    print(
        f"{len(many):>9,} facts: {seconds:6.2f} s a call, {len(many) / seconds:,.0f} facts a second"
    )


if __name__ == "__main__":
    main()
