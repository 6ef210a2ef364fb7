"""The figures under data/figures: whole, sound, and each year's text against the year before."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics import Panel, check, load_package
from analytics.pipeline import ingest

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "data" / "figures"
CORPUS = ROOT.parent / "shared" / "corpus"
LINE = ("agency_id", "fiscal_year", "stage", "scope", "statement", "flow", "classification", "code")
KEY = [*LINE, "fund", "component"]


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    store = Panel.open(tmp_path_factory.mktemp("published") / "panel", create=True)
    store.commit(load_package(FIGURES))
    check(store)
    return store


def test_there_are_three_years_two_stages_and_two_scopes(panel: Panel) -> None:
    documents = panel.documents
    years = {
        agency: sorted(rows["fiscal_year"])
        for (agency,), rows in documents.group_by("agency_id")
        if rows["fiscal_year"].n_unique() > 1
    }
    assert years == {
        "江苏省高级人民法院": [2017, 2018, 2019],
        "江苏省人民检察院": [2017, 2018, 2019],
    }
    assert set(documents.filter(agency_id="西南大学")["stage"]) == {"budget", "final"}
    scopes = documents.filter(agency_id="上海市普陀区商务委员会")["scope"]
    assert sorted(scopes) == ["department", "unit"]


def test_no_sum_inside_or_between_statements_fails(panel: Panel) -> None:
    sums = panel.findings.filter(pl.col("rule").str.contains("^[TX]-"))
    failed = sums.filter(outcome="fail", severity="error")
    assert failed.height == 0
    assert sums.filter(outcome="pass").height > 1_000


def test_the_next_years_text_agrees_with_what_was_printed_but_for_known_slips(
    panel: Panel,
) -> None:
    """The slips were read in the documents: the text of 2018 against the tables of 2017."""
    printed = panel.facts.filter(value_kind="printed")
    stated = (
        panel.facts.filter(value_kind="implied")
        .join(printed, on=KEY, suffix="_printed")
        .filter(pl.col("document_id") != pl.col("document_id_printed"))
    )
    wrong = stated.filter(
        (pl.col("low_yuan") > pl.col("high_yuan_printed"))
        | (pl.col("low_yuan_printed") > pl.col("high_yuan"))
    )
    slips = wrong.select(
        "agency_id", "fiscal_year", "code", "component", "amount_yuan", "amount_yuan_printed"
    ).unique()
    wan = Decimal(10_000)
    assert set(slips.iter_rows()) == {
        # The change is printed as 3,958.98 where the two years differ by 3,959.28.
        (
            "江苏省人民检察院",
            2017,
            "total",
            "total",
            wan * Decimal("17981.98"),
            wan * Decimal("17981.68"),
        ),
        # The text of 2017 itself has 12,323.46, its tables 12,323.48.
        (
            "江苏省人民检察院",
            2017,
            "total",
            "basic",
            wan * Decimal("12323.46"),
            wan * Decimal("12323.48"),
        ),
        # "The same as last year", which printed 110.
        ("江苏省人民检察院", 2017, "abroad", "total", wan * 100, wan * 110),
        # Three lines of 2017 were merged under this code: another thing under the same number.
        ("江苏省人民检察院", 2017, "2040405", "total", wan * 2029, wan * 150),
        # The change is printed as 392.92 where the two years differ by 382.92.
        (
            "江苏省高级人民法院",
            2017,
            "2040502",
            "total",
            wan * Decimal("6442.89"),
            wan * Decimal("6432.89"),
        ),
    }
    assert stated.height > 100


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}")
def test_a_fresh_reading_of_the_documents_gives_these_figures(panel: Panel, tmp_path: Path) -> None:
    files = [path for path in CORPUS.rglob("*.pdf") if path.parent.name != "templates"]
    fresh = ingest(files, tmp_path / "panel").panel
    for table in ("facts", "claims", "indicators"):
        columns = [c for c in panel.table(table).columns if c not in ("sentence", "reason")]
        assert fresh.table(table).select(columns).equals(panel.table(table).select(columns)), table
