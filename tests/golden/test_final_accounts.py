"""Final accounts as published: what each figure states, as a person reads the page.

``final_accounts_facts.csv`` holds figures of every statement with figures of two documents, read
from pictures of the pages, in 万元 without thousands separators; statement, code, fund and
component follow from titles, headers and names. The files themselves are not part of the project;
where they are absent, these tests skip.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from analytics.checks import run_checks
from analytics.facts.build import build_tables
from analytics.schema.tables import NUMBERING
from analytics.statements.disclosure import read_disclosure

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FACTS = Path(__file__).with_name("final_accounts_facts.csv")
NAMED = ["page", "statement", "flow", "code", "fund", "component", "carryover_basis"]
LEAST_VALUES, LEAST_PASSES = 40, 150

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}"
)


def golden() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


DOCUMENTS = sorted({row["document"] for row in golden()})


@cache
def tables(name: str) -> Mapping[str, pl.DataFrame]:
    return build_tables(read_disclosure(CORPUS / name))


def printed(name: str) -> pl.DataFrame:
    return tables(name)["facts"].filter(pl.col("value_kind") == "printed")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_figures_are_the_facts_a_person_reads(name: str) -> None:
    wanted = {
        tuple(row[column] for column in NAMED): Decimal(row["amount"]) * 10_000
        for row in golden()
        if row["document"] == name
    }
    assert len(wanted) >= LEAST_VALUES
    found: dict[tuple[str, ...], list[Decimal]] = {}
    for fact in printed(name).iter_rows(named=True):
        key = tuple(str(fact[column]) for column in NAMED)
        found.setdefault(key, []).append(fact["amount_yuan"])
    assert {key: found.get(key) for key in wanted} == {key: [wanted[key]] for key in wanted}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_figure_of_the_statements_is_a_fact(name: str) -> None:
    aside = tables(name)["set_aside"].filter(
        pl.col("statement").is_not_null(), pl.col("reason") != NUMBERING
    )
    assert aside.height == 0
    assert set(printed(name)["stage"]) == {"final"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_statements_add_up_and_agree(name: str) -> None:
    found = run_checks(tables(name)).filter(pl.col("rule").str.contains(r"^[TX]-"))
    failing = found.filter(pl.col("outcome") == "fail")["message_zh"].to_list()
    assert failing == []
    assert found.filter(pl.col("outcome") == "pass").height >= LEAST_PASSES
