"""One panel of the sample disclosure, built once for the tests that only read it.

What does not depend on the disclosure is tested with the smaller invented one, ``example_file``
and ``example_panel``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics import ingest
from analytics.store import Panel

SAMPLES = Path(__file__).parents[2] / "data" / "disclosures"


@pytest.fixture(scope="session")
def sample_files() -> list[Path]:
    files = sorted(SAMPLES.glob("*.txt"))
    if not files:
        pytest.skip("data/disclosures holds no sample disclosure")
    return files


@pytest.fixture(scope="session")
def sample_panel(sample_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Panel:
    return ingest(sample_files, tmp_path_factory.mktemp("panel") / "panel").panel


@pytest.fixture
def panel_folder(example_panel: Panel, tmp_path: Path) -> Path:
    """A copy of the panel of the invented disclosure, that a test may change."""
    target = tmp_path / "panel"
    shutil.copytree(example_panel.path, target)
    return target
