"""Facts of published PDF disclosures, against what a person reads on pictures of the pages.

``pdf_facts.csv`` was written from the pictures alone: what the number stands for, in the terms of
the canonical tables, and its amount in yuan. The files themselves are not part of the project;
where they are absent, these tests skip.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GOLDEN = pl.read_csv(Path(__file__).with_name("pdf_facts.csv"), infer_schema=False)
FAMILIES = {
    "thirteen statements": ("shanghai-putuo/commerce-2025-budget-unit.pdf",),
    "twelve statements": (
        "jiangsu-court/2018-budget.pdf",
        "jiangsu-procuratorate/2017-budget.pdf",
        "jiangsu-cppcc/2019-budget-tables.pdf",
    ),
    "university budget": ("swu/2024-budget.pdf",),
    "university final accounts": ("swu/2024-final.pdf",),
    "department final accounts": ("shanghai-putuo/social-work-2024-final.pdf",),
}
"""The documents by the layout that their statements are printed in."""
FEWEST = 40
"""Values read of each layout at least."""

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}"
)


@cache
def facts(name: str) -> pl.DataFrame:
    return build_tables(read_disclosure(CORPUS / name))["facts"].filter(value_kind="printed")


@pytest.mark.parametrize("name", GOLDEN["document"].unique(maintain_order=True).to_list())
def test_facts_say_what_the_page_prints(name: str) -> None:
    wanted = GOLDEN.filter(document=name).drop("document")
    keys = [column for column in wanted.columns if column != "amount_yuan"]
    read = facts(name).with_columns(pl.col("page").cast(pl.String))
    wrong = []
    for line in wanted.iter_rows(named=True):
        found = read.filter(**{key: line[key] for key in keys})["amount_yuan"].to_list()
        if found != [Decimal(line["amount_yuan"])]:
            wrong.append((line, found))
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_layout_is_read_at_enough_places(family: str) -> None:
    per_document = GOLDEN.filter(pl.col("document").is_in(FAMILIES[family]))["document"]
    assert set(per_document) == set(FAMILIES[family])
    assert len(per_document) >= FEWEST


def test_every_document_belongs_to_a_layout() -> None:
    assert set(GOLDEN["document"]) == {name for names in FAMILIES.values() for name in names}
