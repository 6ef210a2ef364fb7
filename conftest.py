"""What the examples in docstrings find at hand: an invented disclosure, and a panel of it.

The disclosure is that of a city library. Two faults are printed in it on purpose: two digits of the
growth of operating expenses have changed places, and the books cost more than the money for them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

# Altair's validator loads this package of JupyterLab's wherever it finds it. It takes seconds to
# load, for a check of addresses that nothing here asks for; the validator does without it.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]


@pytest.fixture(scope="session")
def example_file() -> Path:
    """The disclosure, as text."""
    return Path(__file__).parent / "tests" / "examples" / "library-2024-budget.txt"


@pytest.fixture(scope="session")
def example_panel(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A panel of the one disclosure, built once for all that only read it."""
    from analytics import ingest

    return ingest(example_file, tmp_path_factory.mktemp("example") / "panel").panel


@pytest.fixture(autouse=True)
def example_names(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Give an example the names it uses; what it does not use is not made."""
    if not isinstance(request.node, pytest.DoctestItem):
        return
    example = "".join(line.source for line in request.node.dtest.examples)
    made = set(re.findall(r"^(\w+) = ", example, re.MULTILINE))
    used = set(re.findall(r"\w+", example)) - made
    if "disclosure_file" in used:
        doctest_namespace["disclosure_file"] = request.getfixturevalue("example_file")
    if "folder" in used:
        doctest_namespace["folder"] = request.getfixturevalue("tmp_path")
    if "panel" in used:
        doctest_namespace["panel"] = request.getfixturevalue("example_panel")
