"""A writer that dies at any moment leaves the panel as it was or as it was to be."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from store_samples import finding, make_reading, rows_of

from analytics.errors import AnalyticsError
from analytics.store.delta import StoredTable
from analytics.store.panel import Panel
from analytics.store.tables import CHILD_TABLES

STEPS = [*(f"before {name}" for name in CHILD_TABLES), "before documents", "after documents"]


class Killed(Exception):
    pass


def first_readings() -> list:
    return [make_reading("a" * 16, findings=["sum"], full=True), make_reading("b" * 16, year=2023)]


def second_readings() -> list:
    """One reading anew, one corrected edition, one new disclosure."""
    return [
        make_reading("a" * 16, version="2.0", facts=4, findings=["sum", "share"], full=True),
        make_reading("c" * 16, year=2023, amount="7.00"),
        make_reading("d" * 16, year=2022),
    ]


def content(panel: Panel) -> dict[str, pl.DataFrame]:
    tables = panel.tables(editions="all")
    return tables | {"documents": tables["documents"].drop("ingested_at")}


def is_same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    return all(rows.equals(other[name]) for name, rows in one.items())


def stop_at(step: str, stop: Callable[[], None], patch: Callable[..., None]) -> None:
    """Make every write call ``stop`` when it comes to ``step``."""
    append, replace = StoredTable.append, StoredTable.replace

    def stopping_append(table: StoredTable, rows: pl.DataFrame) -> None:
        if step == f"before {table._name}":
            stop()
        append(table, rows)

    def stopping_replace(table: StoredTable, rows: pl.DataFrame) -> bool:
        if step == "before documents":
            stop()
        done = replace(table, rows)
        if step == "after documents" and done:
            stop()
        return done

    patch(StoredTable, "append", stopping_append)
    patch(StoredTable, "replace", stopping_replace)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    panel = Panel.open(tmp_path_factory.mktemp("before") / "panel", create=True)
    panel.commit(first_readings())
    return panel


@pytest.fixture(scope="module")
def after(before: Panel, tmp_path_factory: pytest.TempPathFactory) -> Panel:
    panel = copied(before, tmp_path_factory.mktemp("after"))
    panel.commit(second_readings())
    return panel


def copied(panel: Panel, folder: Path) -> Panel:
    shutil.copytree(panel.path, folder / "panel")
    return Panel.open(folder / "panel")


@pytest.mark.parametrize("step", STEPS)
def test_error_between_two_writes(
    before: Panel, after: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    panel = copied(before, tmp_path)

    def stop() -> None:
        raise Killed

    with monkeypatch.context() as patched:
        stop_at(step, stop, patched.setattr)
        with pytest.raises(Killed):
            panel.commit(second_readings())
    reached = after if step == "after documents" else before
    assert is_same(content(panel), content(reached))
    panel.commit(second_readings())
    assert is_same(content(panel), content(after))


def test_leftovers_are_removed(
    before: Panel, after: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = copied(before, tmp_path)

    def stop() -> None:
        raise Killed

    with monkeypatch.context() as patched:
        stop_at("before documents", stop, patched.setattr)
        with pytest.raises(Killed):
            panel.commit(second_readings())
    # 4 facts, 2 statements, 4 others, 2 findings; 3 facts and 2 statements, twice
    assert panel.maintain(keep_hours=0).rows_removed == 23
    assert is_same(content(Panel.open(panel.path)), content(before))
    panel.commit(second_readings())
    assert is_same(content(panel), content(after))


def _commit_and_die(path: Path, step: str) -> None:
    def patch(owner: type, name: str, value: object) -> None:
        setattr(owner, name, value)

    stop_at(step, lambda: os.kill(os.getpid(), signal.SIGKILL), patch)
    Panel.open(path).commit(second_readings())


def _commit_when_told(path: Path, ready: Connection) -> None:
    panel, readings = Panel.open(path), second_readings()
    ready.send("ready")
    panel.commit(readings)


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["pytest", "polars.testing", "analytics.store.panel"])
    return context


def test_killed_at_every_step(
    before: Panel, after: Panel, tmp_path: Path, processes: BaseContext
) -> None:
    runs = {}
    for step in STEPS:
        panel = copied(before, tmp_path / step)
        runs[step] = panel, processes.Process(target=_commit_and_die, args=(panel.path, step))
    for _, process in runs.values():
        process.start()
    for step, (panel, process) in runs.items():
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        reached = after if step == "after documents" else before
        assert is_same(content(Panel.open(panel.path)), content(reached)), step


def test_killed_at_any_moment(
    before: Panel, after: Panel, tmp_path: Path, processes: BaseContext
) -> None:
    chance = random.Random(2024)
    old, new = content(before), content(after)
    for turn in range(4):
        panel = copied(before, tmp_path / str(turn))
        here, there = processes.Pipe()
        process = processes.Process(target=_commit_when_told, args=(panel.path, there))
        process.start()
        assert here.recv() == "ready"
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.join(60)
        found = content(Panel.open(panel.path))
        assert is_same(found, old) or is_same(found, new), turn


# --- several writers ------------------------------------------------------------------------


def _commit_editions(path: Path, documents: list[str], ready: Connection) -> None:
    panel, readings = Panel.open(path), [make_reading(document) for document in documents]
    ready.send("ready")
    ready.recv()
    for reading in readings:
        panel.commit([reading])


def test_two_processes_number_editions_without_gaps(tmp_path: Path, processes: BaseContext) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    documents = [[f"{writer}{n}" * 8 for n in range(6)] for writer in "ab"]
    ends, writers = [], []
    for own in documents:
        here, there = processes.Pipe()
        writers.append(processes.Process(target=_commit_editions, args=(panel.path, own, there)))
        writers[-1].start()
        ends.append(here)
    for end in ends:
        assert end.recv() == "ready"
    for end in ends:
        end.send("go")
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    editions = panel.table("documents", editions="all")
    assert editions["edition"].to_list() == list(range(1, 13))
    assert editions["is_current"].to_list() == [False] * 11 + [True]
    for own in documents:
        assert editions.filter(pl.col("document_id").is_in(own))["document_id"].to_list() == own
    assert panel.table("facts", editions="all").height == 12 * 3


def forestall(monkeypatch: pytest.MonkeyPatch, method: str, name: str, action: Callable) -> None:
    """Let ``action`` happen once, just before ``method`` is called on the table ``name``."""
    original = getattr(StoredTable, method)
    waiting = [action]

    def forestalled(table: StoredTable, *args: object) -> object:
        if table._name == name and waiting:
            waiting.pop()()
        return original(table, *args)

    monkeypatch.setattr(StoredTable, method, forestalled)


def test_commit_between_plan_and_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel, other = Panel.open(tmp_path / "p", create=True), Panel.open(tmp_path / "p")
    forestall(monkeypatch, "replace", "documents", lambda: other.commit([make_reading("a" * 16)]))
    report = panel.commit([make_reading("b" * 16), make_reading("a" * 16)])
    assert (report.added, report.unchanged) == (("b" * 16,), ("a" * 16,))
    assert report.superseded == ("a" * 16,)
    assert panel.documents.select("document_id", "edition").rows() == [("b" * 16, 2)]
    assert panel.table("facts", editions="all").height == 6
    # 3 facts and 2 statements that were written for nothing
    assert panel.maintain(keep_hours=0).rows_removed == 5


def test_findings_of_a_commit_in_between_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, other = Panel.open(tmp_path / "p", create=True), Panel.open(tmp_path / "p")
    panel.commit([make_reading("a" * 16, findings=["old"])])
    newcomer = make_reading("b" * 16, year=2023, findings=["own"])
    forestall(monkeypatch, "replace", "findings", lambda: other.commit([newcomer]))
    findings = [finding("a" * 16, "new")]
    panel.replace_findings(rows_of("findings", findings))
    # The second turn sees the new document, and replaces what it brought along.
    assert panel.findings["rule"].to_list() == ["new"]


def test_findings_of_a_commit_under_way_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, other = Panel.open(tmp_path / "p", create=True), Panel.open(tmp_path / "p")
    panel.commit([make_reading("a" * 16, findings=["old"])])
    rows = rows_of("findings", [finding("a" * 16, "new")])
    forestall(monkeypatch, "replace", "documents", lambda: other.replace_findings(rows))
    panel.commit([make_reading("b" * 16, year=2025, findings=["own"])])
    assert panel.findings["rule"].to_list() == ["new", "own"]


def test_reading_while_a_reading_is_replaced_and_tidied_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, other = Panel.open(tmp_path / "p", create=True), Panel.open(tmp_path / "p")
    panel.commit([make_reading(facts=3)])
    newer = make_reading(version="2.0", facts=5)

    def replace_and_tidy() -> None:
        other.commit([newer])
        other.maintain(keep_hours=0)

    forestall(monkeypatch, "refresh", "facts", replace_and_tidy)
    assert_frame_equal(panel.facts, newer.tables["facts"])


def test_writers_that_never_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = Panel.open(tmp_path / "p", create=True)
    monkeypatch.setattr("analytics.store.delta._LONGEST_WAIT", 0)
    monkeypatch.setattr(StoredTable, "replace", lambda *_: False)
    with pytest.raises(AnalyticsError, match="the commit was forestalled by other writers"):
        panel.commit([make_reading()])


def test_commit_that_took_too_long_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = Panel.open(tmp_path / "p", create=True)
    monkeypatch.setattr("analytics.store.panel.write_age", lambda _: 1.5)
    with pytest.raises(AnalyticsError, match="more than an hour"):
        panel.commit([make_reading()])
    assert panel.documents.is_empty()
