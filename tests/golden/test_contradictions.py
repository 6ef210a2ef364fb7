"""What a careful reader finds wrong in the sample disclosure, against what the checks find.

``contradictions.csv`` was written by a person who read the whole document with a calculator, before
looking at any finding. ``rule`` names the check that reports an item; it is empty where none does yet.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics import Panel

READ = pl.read_csv(Path(__file__).with_name("contradictions.csv"), infer_schema=False)
CAUGHT = READ.filter(pl.col("rule").fill_null("") != "")


def lines_of(row: dict[str, str]) -> set[int]:
    """The lines of the file an item is about, ranges written out."""
    bounds = [part.split("-") for part in row["lines"].split(";")]
    return {line for ends in bounds for line in range(int(ends[0]), int(ends[-1]) + 1)}


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    from analytics import ingest

    sample = Path(__file__).parents[2] / "data" / "disclosures"
    panel: Panel = ingest(sample, tmp_path_factory.mktemp("sample") / "panel").panel
    return panel.findings.filter(outcome="fail")


@pytest.mark.parametrize("item", CAUGHT["id"].to_list())
def test_what_a_check_has_found_it_still_finds(item: str, failed: pl.DataFrame) -> None:
    row = CAUGHT.filter(id=item).row(0, named=True)
    rules = set(row["rule"].split(";"))
    found = failed.filter(pl.col("line").is_in(lines_of(row)), pl.col("rule").is_in(rules))
    assert set(found["rule"]) == rules, (row["lines"], row["what"])


def test_every_finding_of_weight_was_seen_by_a_person(failed: pl.DataFrame) -> None:
    """A finding that no careful reader would sign is a false one."""
    seen = {
        (rule, line)
        for row in CAUGHT.iter_rows(named=True)
        for rule in row["rule"].split(";")
        for line in lines_of(row)
    }
    heavy = failed.filter(pl.col("severity") != "note").select("rule", "line", "message_zh").rows()
    assert [message for rule, line, message in heavy if (rule, line) not in seen] == []
