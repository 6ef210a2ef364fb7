"""What is written out comes back equal, to the last cent, in every form it can be written in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from test_store_round_trip import readings

from analytics.exchange import ExportFormat, export_panel, load_package, read_budget_table
from analytics.exchange.figures import EXCHANGED
from analytics.exchange.workbook import write_tables
from analytics.store import Panel, Reading

FORMATS: list[ExportFormat] = ["csv", "parquet", "xlsx", "fiscal-data-package"]


def _through(format: ExportFormat, panel: Panel, folder: Path) -> list[Reading]:
    target = folder / ("panel.xlsx" if format == "xlsx" else format)
    export_panel(panel, target, format=format, wording=True)
    return load_package(target)


@settings(max_examples=15)
@given(readings())
def test_any_rows_come_back_exactly_in_every_form(reading: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder:
        panel = Panel.open(Path(folder) / "panel", create=True)
        panel.commit([reading])
        for format in FORMATS:
            (back,) = _through(format, panel, Path(folder))
            assert back.reading_id == reading.reading_id, format
            for name in EXCHANGED:
                rows = back.tables.get(name, reading.tables[name].clear())
                assert_frame_equal(
                    rows, reading.tables[name], check_exact=True, check_row_order=False
                )


@pytest.mark.parametrize("format", FORMATS)
def test_a_whole_panel_comes_back_and_the_bytes_are_the_same_each_time(
    format: ExportFormat, example_panel: Panel, tmp_path: Path
) -> None:
    copy = Panel.open(tmp_path / "copy", create=True)
    copy.commit(_through(format, example_panel, tmp_path / "first"))
    same: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows.drop(  # noqa: E731
        "ingested_at", strict=False
    )
    for name in EXCHANGED:
        assert_frame_equal(same(copy.table(name)), same(example_panel.table(name)))
    _through(format, copy, tmp_path / "second")
    written = sorted(path for path in (tmp_path / "first").rglob("*") if path.is_file())
    assert written
    for path in written:
        twin = tmp_path / "second" / path.relative_to(tmp_path / "first")
        assert twin.read_bytes() == path.read_bytes(), path.name


PRINTED = st.decimals(-(10**8), 10**8, places=2)
KEYS = st.tuples(
    st.sampled_from(["甲市教育局", "乙市教育局", "丙县图书馆"]),
    st.integers(2015, 2026),
    st.sampled_from(["budget", "final"]),
    st.sampled_from(["total", "201", "20101", "2010101", "205", "20502", "229"]),
)


@settings(max_examples=15)
@given(st.dictionaries(KEYS, PRINTED, min_size=1, max_size=12))
def test_a_table_of_any_other_source_keeps_every_amount(
    lines: dict[tuple[object, ...], Decimal],
) -> None:
    names = ["agency", "year", "stage", "code", "amount"]
    rows = pl.DataFrame(
        [(*key, f"{amount:,}") for key, amount in lines.items()],
        schema=dict.fromkeys(names, pl.String) | {"year": pl.Int64},
        orient="row",
    )
    columns = {name: name for name in names}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "budgets"
        rows.write_csv(path.with_suffix(".csv"))
        rows.write_parquet(path.with_suffix(".parquet"))
        write_tables({"budgets": rows}, path.with_suffix(".xlsx"))
        for source in (rows, *(path.with_suffix(s) for s in (".csv", ".parquet", ".xlsx"))):
            found = read_budget_table(source, columns, unit="万元")
            facts = pl.concat([reading.tables["facts"] for reading in found])
            stated = {
                (row["agency_id"], row["fiscal_year"], row["stage"], row["code"]): row
                for row in facts.iter_rows(named=True)
            }
            assert {key: row["amount_yuan"] / 10_000 for key, row in stated.items()} == lines
            assert len({reading.identity for reading in found}) == len(found)
            for key, row in stated.items():
                above = row["parent_code"]
                assert above is None or (*key[:3], above) in stated
