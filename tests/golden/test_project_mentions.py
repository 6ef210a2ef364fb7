"""Figures in the texts of the sample's fifteen forms, read from the document by a person.

A date is written ``first..last``, an open end blank; month and day alone where no year is clear.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

SAMPLE = Path(__file__).parents[2] / "data/disclosures/approval-bureau-2024-budget.txt"
EXPECTED = pl.read_csv(Path(__file__).with_name("project_mentions.csv"), infer_schema=False)


@pytest.fixture(scope="module")
def mentions() -> pl.DataFrame:
    return build_tables(read_disclosure(SAMPLE))["mentions"]


def stated(row: dict[str, Any]) -> str | Decimal | None:
    """What a row says in the way the expectation is written."""
    if row["kind"] != "date":
        return row["value"] if row["kind"] != "money" else row["amount_yuan"]
    ends = (row["date_from"], row["date_to"])
    if ends == (None, None):
        codes = (row["month_day_from"], row["month_day_to"])
        return "..".join("" if code is None else f"{code:04}" for code in codes)
    return "..".join("" if day is None else day.isoformat() for day in ends)


@pytest.mark.parametrize("row", EXPECTED.rows(named=True), ids=lambda row: f"{row['text']}")
def test_a_figure_is_read_as_a_person_reads_it(
    row: dict[str, str | None], mentions: pl.DataFrame
) -> None:
    found = mentions.filter(
        project=row["project"], text_part=row["text_part"], value_text=row["text"]
    )
    expected = row["value"] if row["kind"] == "date" else Decimal(str(row["value"]))
    said = [(each["kind"], stated(each), each["role"]) for each in found.rows(named=True)]
    assert (row["kind"], expected, row["role"]) in said, said
