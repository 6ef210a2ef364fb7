"""From files to a checked panel."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics import InputError, ingest
from analytics.store import Panel


def amount(facts: pl.DataFrame, **wanted: object) -> Decimal:
    """The one amount, in 万元, that the named columns pick out."""
    rows = facts.filter(*(pl.col(name) == value for name, value in wanted.items()))
    assert rows.height == 1, f"{rows.height} facts for {wanted}"
    return rows["amount_yuan"].item() / 10_000


@pytest.mark.parametrize(
    ("statement", "classification", "code", "expected"),
    [
        ("general_public_expenditure", "function", "total", "3402.75"),
        ("three_public_expenses", "three_public", "total", "8.10"),
        ("three_public_expenses", "three_public", "reception", "3.00"),
        ("three_public_expenses", "three_public", "vehicle_operation", "5.10"),
        ("operating_expenses", "unit", "total", "156.53"),
    ],
)
def test_last_year_follows_from_the_words_of_this_year(
    sample_panel: Panel, statement: str, classification: str, code: str, expected: str
) -> None:
    implied = sample_panel.table("facts").filter(pl.col("value_kind") == "implied")
    wanted = {"statement": statement, "classification": classification, "code": code}
    assert amount(implied, fiscal_year=2023, **wanted) == Decimal(expected)


def test_the_total_of_last_year_is_implied_on_both_sides(sample_panel: Panel) -> None:
    implied = sample_panel.table("facts").filter(
        (pl.col("value_kind") == "implied")
        & (pl.col("statement") == "budget_summary")
        & (pl.col("code") == "total")
    )
    assert sorted(implied["flow"]) == ["expenditure", "revenue"]
    assert set(implied["amount_yuan"]) == {Decimal("38265500.00")}
    # 2,965.95 and 860.60 are both printed to 0.01 万元: half a step of each is 100 yuan together.
    assert set(implied["low_yuan"]) == {Decimal("38265400")}
    assert set(implied["high_yuan"]) == {Decimal("38265600")}


def test_reading_again_changes_nothing(example_file: Path, panel_folder: Path) -> None:
    before = {name: Panel.open(panel_folder).table(name) for name in ("facts", "findings")}
    result = ingest(example_file, panel_folder)
    assert result.files["status"].unique().to_list() == ["unchanged"]
    for name, rows in before.items():
        assert result.panel.table(name).equals(rows)


def test_a_corrected_edition_stands_beside_the_old_one(
    example_file: Path, panel_folder: Path, tmp_path: Path
) -> None:
    text = example_file.read_text(encoding="utf-8")
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(text.replace("增长5.62%", "增长5.26%"), encoding="utf-8")
    panel = ingest(corrected, panel_folder).panel
    assert panel.table("documents")["file_name"].to_list() == ["corrected.txt"]
    assert panel.table("documents", editions="all").height == 2
    growth = panel.table("claims").filter(pl.col("statement") == "operating_expenses")
    assert growth["change_share"].drop_nulls().to_list() == [pytest.approx(0.0526)]


def test_one_bad_file_does_not_stop_the_others(example_file: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a-scan.txt").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (tmp_path / "in" / "b-good.txt").write_bytes(example_file.read_bytes())
    (tmp_path / "in" / "c-empty.txt").write_bytes(b"")
    result = ingest(tmp_path / "in", tmp_path / "panel")
    assert result.files["status"].to_list() == ["failed", "added", "failed"]
    assert "PDF" in result.failed["message"][0]
    assert result.panel.table("documents")["file_name"].to_list() == ["b-good.txt"]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no files in"):
        ingest(tmp_path / "empty", tmp_path / "panel")
    with pytest.raises(InputError, match="does not exist"):
        ingest(tmp_path / "nowhere", tmp_path / "panel")
    assert not (tmp_path / "panel").exists()


def test_every_numeric_cell_is_accounted_for(sample_panel: Panel) -> None:
    document = sample_panel.table("documents").row(0, named=True)
    kinds = ("fact_cell_count", "form_value_cell_count", "set_aside_cell_count")
    assert document["numeric_cell_count"] == sum(document[kind] for kind in kinds)
    statements = sample_panel.table("statements")
    accounted = pl.col("fact_cell_count") + pl.col("set_aside_cell_count")
    assert statements.filter(pl.col("numeric_cell_count") != accounted).is_empty()
    present = statements.filter(pl.col("presence") == "present")["statement"].to_list()
    empty = statements.filter(pl.col("presence") == "empty")["statement"].to_list()
    assert len(present) == 9
    assert sorted(empty) == [
        "government_fund_expenditure",
        "government_fund_revenue",
        "project_carryover",
        "state_capital_operations",
    ]


def test_the_known_contradiction_is_found(sample_panel: Panel) -> None:
    failed = sample_panel.table("findings").filter(pl.col("outcome") == "fail")
    growth = failed.filter(
        (pl.col("statement") == "operating_expenses") & pl.col("message_zh").str.contains("3.23")
    )
    assert growth.height == 1
    assert "0.03" in growth["printed_text"].item()
    wages = failed.filter(statement="basic_expenditure", severity="error")
    assert wages.is_empty(), "the wage lines differ from their class by rounding only"
