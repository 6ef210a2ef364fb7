"""What is different between two states of a panel."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from store_samples import AGENCY, finding, make_reading, rows_of

from analytics.errors import InputError, NotFoundError
from analytics.schema.results.panel import DocumentDiff, FactDiff, FindingDiff
from analytics.store.panel import Panel
from analytics.store.reading import Reading

A, B = "a" * 16, "b" * 16
AMOUNTS = ("fact_change", "code", "before_yuan", "after_yuan", "difference_yuan")


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return Panel.open(tmp_path / "panel", create=True)


def _changed(reading: Reading, **columns: pl.Expr) -> Reading:
    return Reading({**reading.tables, "facts": reading.tables["facts"].with_columns(**columns)})


def test_the_same_panel_does_not_differ(panel: Panel) -> None:
    panel.commit([make_reading(findings=["rule"])])
    same = panel.diff(panel)
    assert not same
    assert repr(same).splitlines()[1:] == [
        "  documents: the same",
        "  facts: the same",
        "  findings: the same",
    ]
    for frame, schema in (
        (same.documents, DocumentDiff),
        (same.facts, FactDiff),
        (same.findings, FindingDiff),
    ):
        assert frame.schema == schema.create_empty().schema


def test_documents_come_and_go_between_two_panels(panel: Panel, tmp_path: Path) -> None:
    other = Panel.open(tmp_path / "other", create=True)
    other.commit([make_reading(A, year=2022, facts=2)])
    panel.commit([make_reading(B, year=2023, facts=1)])
    difference = panel.diff(other)
    assert difference.documents.select("document_change", "fiscal_year").rows() == [
        ("removed", 2022),
        ("added", 2023),
    ]
    assert difference.facts.select(AMOUNTS).rows() == [
        ("removed", "201", Decimal(100), None, Decimal(-100)),
        ("removed", "202", Decimal(100), None, Decimal(-100)),
        ("added", "201", None, Decimal(100), Decimal(100)),
    ]


def test_a_new_edition_takes_the_place_of_the_one_before(panel: Panel) -> None:
    panel.commit([make_reading(A)])
    before = datetime.now(UTC)
    corrected = pl.when(code="202").then(Decimal("120.50")).otherwise("amount_yuan")
    panel.commit([_changed(make_reading(B), amount_yuan=corrected.cast(pl.Decimal(18, 2)))])
    difference = panel.diff(before)
    columns = ("document_id", "document_change", "before_document_id", "edition")
    assert difference.documents.select(columns).rows() == [
        (A, "superseded", None, 1),
        (B, "new_edition", A, 2),
    ]
    assert difference.facts.select(*AMOUNTS, "changed_columns").rows() == [
        ("amount", "202", Decimal(100), Decimal("120.50"), Decimal("20.50"), "amount_yuan")
    ]
    assert "amount: budget_summary 202 文字 100.00 → 120.50" in repr(difference)


def test_a_reading_by_a_newer_reader_shows_what_it_reads_otherwise(panel: Panel) -> None:
    panel.commit([make_reading(version="1.0")])
    before = datetime.now(UTC)
    recoded = pl.when(code="203").then(pl.lit("2030101")).otherwise("code")
    panel.commit([_changed(make_reading(version="1.1"), code=recoded)])
    difference = panel.diff(before)
    assert difference.documents.select(
        "document_change", "before_reader_version", "reader_version", "changed_columns"
    ).rows() == [("reread", "1.0", "1.1", "reader_version")]
    assert difference.facts.select(*AMOUNTS, "before_code", "changed_columns").rows() == [
        ("meaning", "2030101", Decimal(100), Decimal(100), Decimal(0), "203", "code")
    ]


def test_figures_that_only_moved_are_the_same(panel: Panel) -> None:
    panel.commit([make_reading(version="1.0")])
    before = datetime.now(UTC)
    moved = pl.col("block") + 7
    panel.commit([_changed(make_reading(version="1.1"), block=moved)])
    difference = panel.diff(before)
    assert difference.documents.height == 1
    assert difference.facts.is_empty()


def test_the_past_is_kept_although_the_findings_are_replaced(panel: Panel) -> None:
    panel.commit([make_reading(A, findings=["one", "two"])])
    before = datetime.now(UTC)
    after = [finding(A, "two"), finding(A, "three"), finding(A, "one", outcome="pass")]
    panel.replace_findings(rows_of("findings", after))
    difference = panel.diff(before)
    columns = ("finding_change", "rule", "after_outcome")
    assert difference.findings.select(columns).sort("rule").rows() == [
        ("resolved", "one", "pass"),
        ("appeared", "three", "fail"),
    ]
    assert difference.documents.is_empty()
    assert "findings: 1 appeared, 1 resolved" in repr(difference)
    # Before the first document there was nothing at all.
    assert panel.diff(datetime(2020, 1, 1, tzinfo=UTC)).findings.height == 2


def test_joining_small_files_keeps_the_past(panel: Panel) -> None:
    panel.commit([make_reading(A, findings=["one"])])
    panel.commit([make_reading(B, year=2023, findings=["one"])])
    before = datetime.now(UTC)
    panel.maintain()
    panel.replace_findings(panel.findings.head(1))
    panel.maintain()
    assert panel.diff(before).findings["finding_change"].to_list() == ["resolved"]


def test_a_past_that_was_tidied_away_is_refused(panel: Panel) -> None:
    panel.commit([make_reading(version="1.0")])
    before = datetime.now(UTC)
    panel.commit([make_reading(version="2.0", amount="7.00")])
    panel.maintain(keep_hours=0)
    with pytest.raises(NotFoundError, match=r"not kept any more \(1 of 1 documents"):
        panel.diff(before)


def test_findings_that_were_tidied_away_are_refused(panel: Panel) -> None:
    panel.commit([make_reading(findings=["one"])])
    before = datetime.now(UTC)
    panel.replace_findings(rows_of("findings", [finding(A, "two")]))
    panel.maintain(keep_hours=0)
    with pytest.raises(NotFoundError, match=r"table 'findings' of .* is not kept any more"):
        panel.diff(before)


def test_a_moment_has_a_time_zone(panel: Panel) -> None:
    with pytest.raises(InputError, match="has no time zone"):
        panel.diff(datetime(2024, 1, 1))


def test_a_reading_that_finds_another_year_says_so(panel: Panel) -> None:
    panel.commit([make_reading(year=2023, version="1.0")])
    before = datetime.now(UTC)
    panel.commit([make_reading(year=2024, version="1.1")])
    difference = panel.diff(before)
    assert difference.documents.select("agency_id", "fiscal_year", "changed_columns").rows() == [
        (AGENCY, 2024, "fiscal_year;reader_version")
    ]
    assert difference.facts["changed_columns"].unique().to_list() == ["fiscal_year"]
