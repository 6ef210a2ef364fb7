"""Targets in a university's project forms, against what a person reads on pictures of the pages.

The file itself is not part of the project; where it is absent, this test skips.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

DOCUMENT = Path(__file__).parents[3] / "shared" / "corpus" / "swu" / "2024-budget.pdf"
GOLDEN = pl.read_csv(Path(__file__).with_name("university_indicators.csv"), infer_schema=False)


@pytest.mark.skipif(
    not DOCUMENT.is_file(), reason=f"the published document is not there: {DOCUMENT}"
)
def test_targets_say_what_the_page_prints() -> None:
    read = build_tables(read_disclosure(DOCUMENT))["indicators"]
    wrong = []
    for line in GOLDEN.iter_rows(named=True):
        printed = {name: line[name] for name in ("level1", "level2", "name", "value_text")}
        found = (
            read.filter(pl.col("page") == int(line["page"]), **printed)["weight"].unique().to_list()
        )
        if found != [Decimal(line["weight"])]:
            wrong.append((line, found))
    assert GOLDEN.height >= 45
    assert wrong == []
