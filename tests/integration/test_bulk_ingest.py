"""Many files into a panel: whatever the processes, the names and the interruptions."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from bulk_readers import read_or_die
from disclosures import example, write

from analytics import InputError, ingest
from analytics.pipeline import Progress, bulk, check, checking
from analytics.pipeline.sources import Source, printable
from analytics.store import Panel, Reading

AGENCIES = ("示例市教育局", "某某县图书馆", "北河区第二中学")


def disclosure(number: int = 0, *, year: int = 2023) -> str:
    """An invented disclosure of one of three agencies."""
    return write(replace(example(), agency=AGENCIES[number % 3], year=year))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine disclosures, one of them corrected, and two files that are none."""
    folder = tmp_path_factory.mktemp("in")
    for number in range(9):
        text = disclosure(number, year=2021 + number // 3)
        (folder / f"{number}.txt").write_text(text, "utf-8")
    corrected = disclosure(4, year=2022).replace("第四部分", "第五部分")
    (folder / "4-corrected.txt").write_text(corrected, "utf-8")
    (folder / "3-empty.txt").write_bytes(b"")
    (folder / "7-words.txt").write_text("这里没有报表", "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Panel:
    """The panel of the folder, read in this process without any interruption."""
    return ingest(folder, tmp_path_factory.mktemp("whole") / "panel", processes=1).panel


def content(panel: Panel) -> dict[str, pl.DataFrame]:
    """What a panel holds, without the moments of storing; with the order of arrival."""
    tables = panel.tables(editions="all")
    tables["documents"] = tables["documents"].drop("ingested_at")
    tables["arrival"] = panel.history().select("document_id", "edition", "is_current")
    return tables


def assert_same(one: Panel, other: Panel) -> None:
    found, expected = content(one), content(other)
    for name, rows in expected.items():
        assert found[name].equals(rows), name


def test_the_panel_is_the_same_whatever_the_processes(
    folder: Path, whole: Panel, tmp_path: Path
) -> None:
    told: list[Progress] = []
    result = ingest(folder, tmp_path / "panel", processes=2, on_progress=told.append)
    assert_same(result.panel, whole)
    assert [at.done for at in told] == list(range(1, 13))
    assert [(at.total, at.failed) for at in told][-1] == (12, 2)
    assert [at.name for at in told] == sorted(at.name for at in told)
    assert whole.documents.height == 9
    assert whole.table("documents", editions="all")["edition"].to_list().count(2) == 1
    assert result.files.group_by("status").len().sort("status").rows() == [
        ("added", 10),
        ("failed", 2),
    ]


KILLED = """
import os, sys
sys.path[:] = {path!r}
from pathlib import Path
from analytics.pipeline import bulk
from analytics.store import Panel
bulk._BATCH = 3
commit, count = Panel.commit, []

def commit_and_die(self, readings):
    if len(count) == {commits}:
        os.kill(os.getpid(), 9)
    count.append(1)
    return commit(self, readings)

Panel.commit = commit_and_die
bulk.ingest(Path({folder!r}), Path({panel!r}), processes={processes})
"""


@pytest.mark.parametrize(
    ("commits", "processes"),
    [
        pytest.param(0, 1, marks=pytest.mark.slow),
        pytest.param(2, 1, marks=pytest.mark.slow),
        (2, 2),
    ],
)
def test_an_ingest_that_was_killed_goes_on_where_it_was(
    folder: Path, whole: Panel, tmp_path: Path, commits: int, processes: int
) -> None:
    panel = tmp_path / "panel"
    script = KILLED.format(
        path=sys.path, commits=commits, processes=processes, folder=str(folder), panel=str(panel)
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False, timeout=120)
    assert killed.returncode == -9
    result = ingest(folder, panel, processes=1)
    again = result.files.filter(pl.col("status") == "unchanged")
    # Three files are stored at a time; among the first six one is empty.
    assert again.height == {0: 0, 2: 5}[commits]
    assert again["message"].unique().to_list() in ([], ["in the panel already"])
    assert_same(result.panel, whole)


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the checks, where they have nothing to do with what is tested."""
    monkeypatch.setattr(bulk, "check_all", lambda panel, processes: None)


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    read: list[str] = []
    original = bulk.read_source

    def reading(source: Source) -> object:
        read.append(source.file_name)
        return original(source)

    monkeypatch.setattr(bulk, "read_source", reading)
    return read


@pytest.mark.usefixtures("unchecked")
def test_what_is_in_the_panel_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(disclosure(), "utf-8")
    first = ingest(file, tmp_path / "panel").panel
    read = counting(monkeypatch)
    result = ingest(file, tmp_path / "panel")
    assert read == []
    assert_same(result.panel, first)
    assert ingest(file, tmp_path / "panel", reread=True).files["status"].to_list() == ["unchanged"]
    assert read == ["a.txt"]
    monkeypatch.setattr(bulk, "__version__", "99.0")
    ingest(file, tmp_path / "panel")
    assert read == ["a.txt", "a.txt"]


@pytest.mark.usefixtures("unchecked")
def test_one_document_under_two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("a.txt", "b/a.txt", "c.txt")
    (tmp_path / "in" / "b").mkdir(parents=True)
    for name in names:
        (tmp_path / "in" / name).write_text(disclosure(), "utf-8")
    read = counting(monkeypatch)
    result = ingest(tmp_path / "in", tmp_path / "panel", processes=1)
    assert read == ["a.txt"]
    first = str(tmp_path / "in" / "a.txt")
    assert result.files["status"].to_list() == ["added", "unchanged", "unchanged"]
    assert result.files["same_as"].to_list() == [None, first, first]
    assert result.files["message"][2] == f"the same file as {first}"
    assert result.panel.documents["file_name"].to_list() == ["a.txt"]
    later = ingest(tmp_path / "in" / "c.txt", tmp_path / "panel")
    assert later.files.select("status", "message", "same_as").row(0) == (
        "unchanged",
        "the same file as a.txt",
        "a.txt",
    )


@pytest.mark.usefixtures("unchecked")
def test_the_copy_of_a_bad_file_is_bad(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("这里没有报表", "utf-8")
    failed = ingest(tmp_path, tmp_path / "panel").failed
    assert failed.height == 2
    assert f"the same file as {tmp_path / 'a.txt'}: a.txt: no amount" in failed["message"][1]


@pytest.mark.usefixtures("unchecked")
def test_a_file_that_kills_its_reader_stops_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for number, name in enumerate(["a.txt", "b-killer.txt", "c.txt", "d-hanger.txt", "e.txt"]):
        (inside / name).write_text(disclosure(number, year=2020 + number), "utf-8")
    monkeypatch.setattr(bulk, "read_source", read_or_die)
    result = ingest(inside, tmp_path / "panel", processes=2, seconds_per_file=3)
    assert result.files["status"].to_list() == ["added", "failed", "added", "failed", "added"]
    killed, late = result.failed["message"]
    assert killed.startswith("b-killer.txt ended the process that read it (SIGABRT)")
    assert late.startswith("d-hanger.txt took more than 3 seconds")


@pytest.mark.usefixtures("unchecked")
def test_members_of_an_archive_are_files_like_others(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"预算/{number}.txt", disclosure(number))
        archive.writestr("预算/3.txt", "")
        archive.writestr("预算/4.txt", disclosure(0))
    told: list[Progress] = []
    result = ingest(tmp_path / "all.zip", tmp_path / "panel", processes=2, on_progress=told.append)
    where = f"{tmp_path / 'all.zip'}/预算"
    assert result.files["file"].to_list() == [f"{where}/{number}.txt" for number in range(5)]
    assert result.files["status"].to_list() == ["added"] * 3 + ["failed", "unchanged"]
    assert result.failed["message"].item().startswith(f"{where}/3.txt is empty")
    assert result.files["same_as"][4] == f"{where}/0.txt"
    assert sorted(result.panel.documents["file_name"]) == ["0.txt", "1.txt", "2.txt"]
    assert told[-1] == Progress(5, 5, 1, f"{where}/4.txt")


def test_the_summary_adds_up(folder: Path, tmp_path: Path) -> None:
    result = ingest(folder, tmp_path / "panel", processes=1)
    summary, tables = result.summary, result.panel.tables(editions="all")
    assert summary.files == {"added": 10, "failed": 2}
    assert summary.documents == 10
    first = result.files["document_id"][0]
    # Thirteen statements are printed in each, and the tables of contents are no figures.
    assert sum(summary.statements.values()) == 130
    assert summary.numeric_cells == summary.fact_cells + summary.set_aside_cells
    assert summary.accounted_share == pytest.approx(
        1 - summary.set_aside_cells / summary.numeric_cells
    )
    assert sum(summary.set_aside.values()) == summary.set_aside_cells + summary.claims_left
    reasons = [reason.split(": ")[0] for reason in tables["set_aside"]["reason"]]
    assert summary.set_aside == Counter(reasons)
    assert summary.claims == tables["claims"].height
    # What is in the panel already counts as well.
    again = ingest(folder / "0.txt", tmp_path / "panel").summary
    assert again.files == {"unchanged": 1}
    assert (again.documents, sum(again.statements.values())) == (1, 13)
    assert again.claims == tables["claims"].filter(pl.col("document_id") == first).height


def test_checks_some_agencies_at_a_time_find_the_same(
    whole: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = check(whole)
    monkeypatch.setattr(checking, "_AT_ONCE", 1)
    groups = list(whole.groups(1, editions="all"))
    assert [tables["documents"]["agency_id"].n_unique() for tables in groups] == [1, 1, 1]
    for processes in (1, 2):
        whole.replace_findings(at_once.clear())
        checking.check_all(whole, processes=processes)
        assert (
            whole.table("findings", editions="all")
            .sort(at_once.columns)
            .equals(at_once.sort(at_once.columns))
        )
    assert at_once["agency_id"].n_unique() == 3


@pytest.mark.usefixtures("unchecked")
def test_a_name_in_another_encoding_is_read(tmp_path: Path) -> None:
    try:
        file = Path(os.fsdecode(os.fsencode(tmp_path) + "/预算.txt".encode("gb18030")))
        file.write_text(disclosure(), "utf-8")
    except (OSError, ValueError):
        pytest.skip("the file system takes names in UTF-8 only")
    result = ingest(tmp_path, tmp_path / "panel")
    assert result.files["status"].to_list() == ["added"]
    assert result.panel.documents["file_name"].to_list() == ["预算.txt"]
    assert printable(file).endswith("/预算.txt")


@pytest.mark.parametrize("wrong", [{"processes": 0}, {"seconds_per_file": 0}])
def test_limits_must_be_positive(folder: Path, tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(InputError, match=f"{next(iter(wrong))} is 0"):
        ingest(folder, tmp_path / "panel", **wrong)
    assert not (tmp_path / "panel").exists()


def test_a_reading_crosses_to_another_process_whole(folder: Path) -> None:
    file = folder / "0.txt"
    source = Source("0.txt", file, "0.txt")
    reading = bulk.read_source(source)
    assert isinstance(reading, Reading)
    copy = pickle.loads(pickle.dumps(reading))
    assert copy.reading_id == reading.reading_id
    assert copy.found_statements == reading.found_statements
    assert copy.document == reading.document
    assert all(copy.tables[name].equals(rows) for name, rows in reading.tables.items())
