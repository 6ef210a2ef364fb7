"""Every notebook runs from top to bottom, away from the repository, without a fault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# Starting a kernel and loading the libraries takes longer than a notebook. All share one kernel,
# and each finds it as if it were the first: no name, no setting, no panel is left of another.
FRESH = """
import shutil, sys
sys.modules["rfc3987_syntax"] = None  # as in conftest.py
import altair, polars
altair.renderers.enable("default")
polars.Config.restore_defaults()
shutil.rmtree("../data/panel", ignore_errors=True)
shutil.rmtree("../data/published", ignore_errors=True)
%reset -f
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NotebookClient]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "notebooks").mkdir()
    for name in ("disclosures", "figures"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    client = NotebookClient(
        nbformat.v4.new_notebook(),
        timeout=120,
        resources={"metadata": {"path": str(folder / "notebooks")}},
    )
    with client.setup_kernel():
        yield client


@pytest.mark.filterwarnings("ignore")  # what Jupyter's own machinery warns of is not ours to mend
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_promises(
    notebook: Path, kernel: NotebookClient
) -> None:
    content = nbformat.read(notebook, as_version=4)
    content.cells.insert(0, nbformat.v4.new_code_cell(FRESH))
    kernel.nb = content
    kernel.execute(reset_kc=False, cleanup_kc=False)
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
    sources = ["disclosures", "disclosures", "disclosures", "figures", "figures"]
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]
    for path, source in zip(NOTEBOOKS, sources, strict=True):
        assert f"../data/{source}" in path.read_text(encoding="utf-8"), path.name
