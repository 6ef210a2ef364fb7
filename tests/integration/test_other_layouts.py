"""Budgets of other layouts as published: every figure a fact, and every sum of the tables holds.

The documents are not part of the project; where they are absent, these tests skip.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from analytics import read_disclosure, run_checks
from analytics.facts.build import build_tables

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
DOCUMENTS = (
    "jiangsu-court/2019-budget.pdf",
    "jiangsu-cppcc/2019-budget-tables.pdf",
    "shanghai-putuo/commerce-2025-budget-unit.pdf",
    "shanghai-putuo/finance-2025-budget-department.pdf",
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in (
            "jiangsu-court/2017-budget.pdf",
            "jiangsu-court/2018-budget.pdf",
            *(f"jiangsu-procuratorate/{year}-budget.pdf" for year in (2017, 2018, 2019)),
            "shanghai-putuo/commerce-2025-budget-department.pdf",
        )
    ),
)

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}"
)


@cache
def tables(name: str) -> dict[str, pl.DataFrame]:
    return dict(build_tables(read_disclosure(CORPUS / name)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_figure_of_a_statement_is_a_fact(name: str) -> None:
    statements = tables(name)["statements"].filter(pl.col("presence") == "present")
    assert statements.height >= 8
    assert statements.filter(pl.col("numeric_cell_count") != pl.col("fact_cell_count")).is_empty()
    assert statements["missing_columns"].drop_nulls().is_empty()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_sum_inside_and_between_the_statements_holds(name: str) -> None:
    findings = run_checks(tables(name))
    sums = findings.filter(pl.col("rule").str.contains("^[TX]-"))
    failed = sums.filter((pl.col("outcome") == "fail") & (pl.col("severity") == "error"))
    assert failed["message_zh"].to_list() == []
    assert sums.filter(pl.col("outcome") == "pass").height >= 30


# Read on the pages: (document, statement, code, component, fund, 元)
READ = (
    ("jiangsu-court/2019-budget.pdf", "budget_summary", "204", "total", "all", "274882300"),
    ("jiangsu-court/2019-budget.pdf", "expenditure_summary", "total", "reserve", "all", "50114000"),
    (
        "jiangsu-court/2019-budget.pdf",
        "basic_expenditure",
        "30113",
        "total",
        "general_public",
        "18793600",
    ),
    (
        "jiangsu-court/2019-budget.pdf",
        "three_public_expenses",
        "reception",
        "total",
        "fiscal_appropriation",
        "869500",
    ),
    (
        "jiangsu-court/2019-budget.pdf",
        "operating_expenses",
        "total",
        "total",
        "fiscal_appropriation",
        "35800500",
    ),
    (
        "shanghai-putuo/finance-2025-budget-department.pdf",
        "general_public_expenditure",
        "2010601",
        "project",
        "general_public",
        "138514.80",
    ),
    (
        "shanghai-putuo/finance-2025-budget-department.pdf",
        "basic_expenditure",
        "31002",
        "public",
        "general_public",
        "90000",
    ),
    (
        "shanghai-putuo/finance-2025-budget-department.pdf",
        "operating_expenses",
        "total",
        "total",
        "fiscal_appropriation",
        "2294300",
    ),
)


@pytest.mark.parametrize("read", READ, ids=lambda read: "-".join(read[1:3]))
def test_figures_read_on_the_page(read: tuple[str, str, str, str, str, str]) -> None:
    name, statement, code, component, fund, yuan = read
    facts = tables(name)["facts"].filter(
        pl.col("value_kind") == "printed",
        flow="expenditure",
        statement=statement,
        code=code,
        component=component,
        fund=fund,
    )
    assert facts["amount_yuan"].to_list() == [Decimal(yuan)]
