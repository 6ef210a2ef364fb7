"""Every notebook runs from top to bottom, away from the repository, without a fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore")  # what Jupyter's own machinery warns of is not ours to mend
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_promises(notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "data" / "disclosures", tmp_path / "data" / "disclosures")
    content = nbformat.read(notebook, as_version=4)
    client = NotebookClient(
        content, timeout=120, resources={"metadata": {"path": str(tmp_path / "notebooks")}}
    )
    client.execute()
    drawn = [
        output
        for cell in content.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    charts = sum(
        line.startswith("ba.") and ("_bars(" in line or "_dots(" in line or "waterfall(" in line)
        for cell in content.cells
        for line in cell.source.splitlines()
    )
    assert len(drawn) >= charts


def test_every_step_of_the_pipeline_has_its_notebook() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03"]
    assert all("../data/disclosures" in path.read_text(encoding="utf-8") for path in NOTEBOOKS)
