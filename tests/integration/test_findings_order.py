"""What the checks say does not depend on the order that the rows of the tables come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.checks import run_checks
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

_ROOT = Path(__file__).parents[2]
_FILES = sorted([*_ROOT.glob("data/disclosures/*.txt"), *_ROOT.glob("tests/examples/*.txt")])


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_findings_do_not_depend_on_the_order_of_rows(path: Path) -> None:
    tables = build_tables(read_disclosure(path))
    found = run_checks(tables).drop("evidence")
    for seed in range(2):
        shuffled = {
            name: rows.sample(fraction=1, shuffle=True, seed=seed) for name, rows in tables.items()
        }
        assert run_checks(shuffled).drop("evidence").equals(found)
