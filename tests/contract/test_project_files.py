"""The project around the package: versions, pins, paths, the README."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from house_sources import PACKAGE, ROOT, project_files

import analytics

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".html", ".j2", ".css", ".js", ".ipynb", ".json", ""}
# The brackets keep this file from finding itself.
MACHINE = re.compile(r"/[r]oot/|/[h]ome/|/[U]sers/|/[w]ork/|/[t]mp/")
INDEX = re.compile(r"[p]ypi\.org|python[h]osted|[i]ndex-url|[f]ind-links")


def test_the_version_is_one() -> None:
    assert analytics.__version__ == PROJECT["version"] == version("budget-analytics")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)[0] == PROJECT["version"]


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").read_bytes() == b""


def test_every_dependency_is_pinned_by_name_and_version_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
    pinned = {_canonical(pin.split("==")[0]) for pin in pins}
    extras = PROJECT["optional-dependencies"].values()
    wanted = [*PROJECT["dependencies"], *(name for extra in extras for name in extra)]
    assert {_canonical(re.split(r"[<>=!~\[; ]", name)[0]) for name in wanted} - pinned == set()


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_file_knows_a_machine_or_an_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in project_files()
        if path.suffix in TEXT
        for pattern in (MACHINE, INDEX, re.compile(re.escape(str(ROOT))))
        if (hit := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "DECISIONS.md", "CHANGELOG.md"])
def test_links_lead_to_files(page: str) -> None:
    links = re.findall(r"\]\(([\w./-]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "tests" / "examples", tmp_path / "data" / "disclosures")
    shutil.copytree(ROOT / "data" / "figures", tmp_path / "data" / "figures")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert [sum(map(bool, block.splitlines())) for block in blocks[:1]] == [5]
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)


def test_the_commands_in_the_readme_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE)) - targets == set()
    usage = subprocess.run(
        [sys.executable, "-m", "analytics.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    commands = set(re.findall(r"^budget-analytics ([a-z]+)", README, re.MULTILINE))
    assert commands == {"ingest", "check", "report", "export", "import", "describe"}
    assert [command for command in sorted(commands) if f" {command} " not in usage] == []
