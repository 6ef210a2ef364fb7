from __future__ import annotations

import json
from pathlib import Path

import pytest
from store_samples import make_reading

from analytics.errors import InputError, NotFoundError
from analytics.store.marker import FORMAT_VERSION, MARKER_NAME
from analytics.store.panel import Panel


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_missing_folder_is_not_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no panel at"):
        Panel.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    with pytest.raises(NotFoundError, match="no panel at"):
        Panel.open(tmp_path)
    assert Panel.open(tmp_path / "deep" / "panel", create=True).documents.is_empty()
    assert Panel.open(tmp_path / "deep" / "panel").documents.is_empty()


@pytest.mark.parametrize("create", [True, False])
def test_foreign_folder_is_never_written_into(tmp_path: Path, create: bool) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(InputError, match=r"it holds 'thesis.docx' and no panel.json"):
        Panel.open(tmp_path, create=create)
    assert contents(tmp_path) == before


def test_file_is_not_a_panel(tmp_path: Path) -> None:
    path = tmp_path / "panel"
    path.write_text("")
    with pytest.raises(InputError, match="is a file, not a panel"):
        Panel.open(path, create=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot be read"),
        ('{"format": "budget-ana', "cannot be read"),
        ("[1]", "is not the marker of a panel"),
        ('{"format": "dashboard", "version": 1}', "is not the marker of a panel"),
        ('{"format": "budget-analytics panel"}', "is not the marker of a panel"),
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_corrupt_marker_is_named(tmp_path: Path, text: str, message: str, create: bool) -> None:
    (tmp_path / MARKER_NAME).write_text(text)
    with pytest.raises(InputError, match=message):
        Panel.open(tmp_path, create=create)
    assert contents(tmp_path) == {MARKER_NAME: text.encode()}


def test_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "panel"
    Panel.open(path, create=True)
    marker = json.loads((path / MARKER_NAME).read_text("utf-8"))
    assert marker["version"] == FORMAT_VERSION
    (path / MARKER_NAME).write_text(json.dumps(marker | {"version": FORMAT_VERSION + 1}))
    with pytest.raises(InputError, match="install a newer version"):
        Panel.open(path)


def test_interrupted_creation_can_be_repeated(tmp_path: Path) -> None:
    (tmp_path / f"{MARKER_NAME}.0badcafe").write_text('{"form')
    Panel.open(tmp_path, create=True)
    assert Panel.open(tmp_path).commit([make_reading()]).added == ("a" * 16,)


def test_folder_names_people_use(tmp_path: Path) -> None:
    path = tmp_path / "预算 2024（本级）#1" / "panel"
    panel = Panel.open(path, create=True)
    panel.commit([make_reading(facts=2)])
    assert Panel.open(path).facts.height == 2
    assert panel.maintain(keep_hours=0).rows_removed == 0
    with pytest.raises(InputError, match=r"the path has \[ \]"):
        Panel.open(tmp_path / "budgets [old]", create=True)
