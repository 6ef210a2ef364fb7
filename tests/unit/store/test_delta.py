from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake
from store_samples import make_reading

from analytics.errors import AnalyticsError, SchemaError
from analytics.store.delta import StoredTable
from analytics.store.panel import Panel
from analytics.store.tables import stored_schema


def rows(*write_ids: str) -> pl.DataFrame:
    named = [{"write_id": write_id} for write_id in write_ids]
    return pl.DataFrame(named, schema=stored_schema("set_aside"))


@pytest.fixture
def table(tmp_path: Path) -> StoredTable:
    return StoredTable(tmp_path / "set_aside", "set_aside")


def stored(table: StoredTable) -> list[str]:
    table.refresh()
    return table.scan().collect()["write_id"].sort().to_list()


def test_table_comes_into_being_with_its_first_write(table: StoredTable, tmp_path: Path) -> None:
    assert table.refresh() == -1
    assert stored(table) == []
    (tmp_path / "set_aside" / "_delta_log").mkdir(parents=True)
    assert table.refresh() == -1
    table.append(rows("a"))
    assert table.refresh() == 1
    assert stored(table) == ["a"]


def test_replace_gives_way_to_any_write_since_the_last_look(
    table: StoredTable, tmp_path: Path
) -> None:
    other = StoredTable(tmp_path / "set_aside", "set_aside")
    assert not table.replace(rows("unseen"))  # the table was not there to be looked at
    table.refresh()
    other.append(rows("a"))
    assert not table.replace(rows("b"))
    assert stored(table) == ["a"]
    assert table.replace(rows("b"))
    assert not other.replace(rows("c"))
    assert stored(other) == ["b"]


def test_only_the_named_writes_are_forgotten(table: StoredTable) -> None:
    assert table.forget(["a"]) == 0
    table.append(rows("a", "a", "b"))
    table.append(rows("c"))
    assert table.forget([]) == 0
    assert table.forget(["a", "c", "never"]) == 3
    assert stored(table) == ["b"]


def test_panel_with_other_columns_says_which(tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    older = pl.Schema({**stored_schema("facts"), "row": pl.Int64(), "remark": pl.String()})
    DeltaTable.create(str(panel.path / "facts"), schema=older)
    with pytest.raises(SchemaError, match=r"'facts' .* \(remark, row\).*build the panel again"):
        panel.table("facts")
    with pytest.raises(SchemaError, match="other columns"):
        panel.commit([make_reading()])
    assert panel.documents.is_empty()


def test_damaged_table_is_named(tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    panel.commit([make_reading()])
    log = panel.path / "facts" / "_delta_log"
    for entry in log.iterdir():
        entry.write_text("not a log")
    with pytest.raises(AnalyticsError, match=r"table 'facts' at .* cannot be read or written"):
        Panel.open(panel.path).table("facts")


def test_other_delta_readers_see_plain_tables(tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    panel.commit([make_reading(facts=2)])
    facts = pl.read_delta(str(panel.path / "facts"))
    documents = pl.read_delta(str(panel.path / "documents"))
    assert facts["write_id"].unique().to_list() == documents["write_id"].to_list()
    write_deltalake(
        str(panel.path / "facts"), facts.with_columns(write_id=pl.lit("x")), mode="append"
    )
    assert panel.facts.height == 2
