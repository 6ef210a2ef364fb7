from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable
from polars.testing import assert_frame_equal
from store_samples import AGENCY, finding, make_reading, rows_of

from analytics.errors import InputError, NotFoundError, SchemaError
from analytics.schema.tables import TABLES
from analytics.store.panel import Panel
from analytics.store.reading import Reading
from analytics.store.tables import Coverage, History, StoredDocuments

ADDED_ON_STORING = ["edition", "is_current", "ingested_at"]


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return Panel.open(tmp_path / "panel", create=True)


def delta_versions(panel: Panel) -> dict[str, int]:
    return {
        name: DeltaTable(str(panel.path / name)).version()
        for name in TABLES
        if (panel.path / name).exists()
    }


# --- reading what was committed -------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_empty_panel_reads_as_empty_tables(panel: Panel, name: str) -> None:
    expected = (StoredDocuments if name == "documents" else TABLES[name]).create_empty()
    assert_frame_equal(panel.table(name), expected)
    assert_frame_equal(panel.scan(name).collect(), expected)
    assert_frame_equal(getattr(panel, name), expected)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Panel, Reading]:
    """A panel with rows in every table, and the reading they came from."""
    panel = Panel.open(tmp_path_factory.mktemp("committed") / "panel", create=True)
    reading = make_reading(findings=["sum"], full=True)
    panel.commit([reading])
    return panel, reading


@pytest.mark.parametrize("name", TABLES)
def test_committed_rows_come_back_as_they_were(committed: tuple[Panel, Reading], name: str) -> None:
    panel, reading = committed
    stored = Panel.open(panel.path).table(name)
    if name == "documents":
        assert stored.columns == [*TABLES[name].column_names(), *ADDED_ON_STORING]
        stored = stored.drop(ADDED_ON_STORING)
    assert_frame_equal(stored, reading.tables[name])
    assert_frame_equal(panel.scan(name).collect(), panel.table(name))


def test_documents_say_edition_and_time(panel: Panel) -> None:
    before = datetime.now(UTC)
    panel.commit([make_reading()])
    row = panel.documents.row(0, named=True)
    assert (row["edition"], row["is_current"]) == (1, True)
    assert before <= row["ingested_at"] <= datetime.now(UTC)


def test_rows_are_sorted_by_agency_year_and_place(panel: Panel) -> None:
    newest = make_reading("a" * 16, agency="乙局", year=2025)
    older = make_reading("b" * 16, agency="乙局", year=2023)
    other = make_reading("c" * 16, agency="丙局", year=2024)
    panel.commit([newest, other])
    panel.commit([older])
    # 丙 is U+4E19 and 乙 U+4E59.
    assert panel.documents["document_id"].to_list() == ["c" * 16, "b" * 16, "a" * 16]
    places = panel.facts.select("agency_id", "fiscal_year", "row").rows()
    assert places == sorted(places)


def test_rows_in_any_order_are_the_same_reading(panel: Panel) -> None:
    reading = make_reading()
    shuffled = type(reading)({name: rows.reverse() for name, rows in reading.tables.items()})
    panel.commit([reading])
    assert panel.commit([shuffled]).unchanged == (reading.document_id,)


def test_all_tables_at_once_equal_the_single_ones(committed: tuple[Panel, Reading]) -> None:
    panel, _ = committed
    tables = panel.tables()
    assert list(tables) == list(TABLES)
    for name, rows in tables.items():
        assert_frame_equal(rows, panel.table(name))


def test_scan_shows_the_state_it_was_asked_for(panel: Panel) -> None:
    panel.commit([make_reading("a" * 16, facts=3)])
    facts = panel.scan("facts")
    panel.commit([make_reading("b" * 16, year=2023, facts=2)])
    assert facts.collect().height == 3
    assert panel.scan("facts").collect().height == 5


def test_unknown_names_are_refused(panel: Panel) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'facts'"):
        panel.table("fact")
    with pytest.raises(NotFoundError, match="no table 'budgets'"):
        panel.scan("budgets")
    with pytest.raises(InputError, match="editions is 'newest'"):
        panel.table("facts", editions="newest")  # type: ignore[arg-type]


# --- the same document again ----------------------------------------------------------------


def test_same_reading_again_changes_nothing(panel: Panel) -> None:
    reading = make_reading()
    assert panel.commit([reading]).added == (reading.document_id,)
    versions, documents = delta_versions(panel), panel.documents
    again = Panel.open(panel.path).commit([make_reading(), make_reading()])
    assert (again.unchanged, again.added) == ((reading.document_id,), ())
    assert delta_versions(panel) == versions
    assert_frame_equal(panel.documents, documents)


def test_same_file_under_another_name_is_the_same_document(panel: Panel) -> None:
    panel.commit([make_reading(file_name="budget.txt")])
    report = panel.commit([make_reading(file_name="copy of budget.txt")])
    assert report.unchanged == ("a" * 16,)
    assert panel.documents["file_name"].to_list() == ["budget.txt"]


def test_newer_reader_replaces_the_reading(panel: Panel) -> None:
    panel.commit([make_reading(version="1.9", facts=3)])
    newer = make_reading(version="1.10", facts=5, amount="7.25")
    report = panel.commit([newer])
    assert (report.replaced, report.added, report.superseded) == (("a" * 16,), (), ())
    assert_frame_equal(panel.table("facts", editions="all"), newer.tables["facts"])
    assert panel.documents.select("edition", "is_current").row(0) == (1, True)


def test_older_reader_does_not_replace_a_newer_one(panel: Panel) -> None:
    panel.commit([make_reading(version="1.10", facts=5)])
    report = panel.commit([make_reading(version="1.9", facts=3)])
    assert (report.outdated, report.replaced) == (("a" * 16,), ())
    assert panel.facts.height == 5


def test_document_twice_with_other_rows_is_refused(panel: Panel) -> None:
    with pytest.raises(InputError, match="occurs twice with different rows"):
        panel.commit([make_reading(facts=1), make_reading(facts=2)])
    assert panel.documents.is_empty()


# --- editions -------------------------------------------------------------------------------


def test_corrected_document_becomes_the_current_edition(panel: Panel) -> None:
    first, corrected = make_reading("f" * 16), make_reading("c" * 16, amount="101.00")
    panel.commit([first])
    report = panel.commit([corrected])
    assert (report.added, report.superseded) == (("c" * 16,), ("f" * 16,))
    assert panel.documents.select("document_id", "edition").rows() == [("c" * 16, 2)]
    assert_frame_equal(panel.facts, corrected.tables["facts"])
    both = panel.table("documents", editions="all")
    assert both.select("document_id", "edition", "is_current").rows() == [
        ("f" * 16, 1, False),
        ("c" * 16, 2, True),
    ]
    assert_frame_equal(
        panel.table("facts", editions="all").filter(document_id="f" * 16), first.tables["facts"]
    )


def test_rereading_an_earlier_edition_leaves_it_earlier(panel: Panel) -> None:
    panel.commit([make_reading("f" * 16), make_reading("c" * 16)])
    panel.commit([make_reading("f" * 16, version="2.0", facts=4)])
    assert panel.documents.select("document_id", "edition").rows() == [("c" * 16, 2)]
    assert panel.table("facts", editions="all").filter(document_id="f" * 16).height == 4


def test_parts_of_one_disclosure_stand_beside_each_other(panel: Panel) -> None:
    body = make_reading("b" * 16, statements=["budget_summary"], missing=["performance_form"])
    annex = make_reading("a" * 16, statements=["performance_form"], missing=["budget_summary"])
    assert panel.commit([body]).superseded == ()
    assert panel.commit([annex]).superseded == ()
    assert panel.documents["edition"].to_list() == [1, 1]
    corrected = make_reading("c" * 16, statements=["performance_form"])
    assert panel.commit([corrected]).superseded == ("a" * 16,)
    assert panel.documents.select("document_id", "edition").rows() == [("b" * 16, 1), ("c" * 16, 2)]


def test_documents_without_statements_are_editions_of_each_other(panel: Panel) -> None:
    panel.commit([make_reading("a" * 16, statements=[]), make_reading("b" * 16)])
    report = panel.commit([make_reading("c" * 16, statements=[])])
    assert report.superseded == ("a" * 16,)


@pytest.mark.parametrize("other", [{"agency": "另一局"}, {"year": 2023}])
def test_other_disclosures_are_no_editions(panel: Panel, other: dict[str, object]) -> None:
    report = panel.commit([make_reading("a" * 16), make_reading("b" * 16, **other)])  # type: ignore[arg-type]
    assert report.superseded == ()
    assert panel.documents["is_current"].to_list() == [True, True]


def test_rereading_that_finds_another_year_frees_the_edition_before(panel: Panel) -> None:
    panel.commit([make_reading("a" * 16), make_reading("b" * 16)])
    panel.commit([make_reading("b" * 16, year=2025, version="2.0")])
    assert panel.documents.select("document_id", "fiscal_year", "edition").rows() == [
        ("a" * 16, 2024, 1),
        ("b" * 16, 2025, 1),
    ]


# --- findings -------------------------------------------------------------------------------


def test_findings_are_replaced_as_a_whole(panel: Panel) -> None:
    panel.commit([make_reading("a" * 16, findings=["old"]), make_reading("b" * 16, year=2023)])
    rows = rows_of("findings", [finding("b" * 16, "new", year=2023), finding("a" * 16, "new")])
    panel.replace_findings(rows)
    assert panel.findings.select("document_id", "rule").rows() == [
        ("b" * 16, "new"),
        ("a" * 16, "new"),
    ]
    versions = delta_versions(panel)
    panel.replace_findings(rows.reverse())
    assert delta_versions(panel) == versions
    panel.replace_findings(rows.clear())
    assert panel.findings.is_empty()


def test_findings_on_earlier_editions_stay(panel: Panel) -> None:
    panel.commit([make_reading("a" * 16, findings=["old"]), make_reading("b" * 16)])
    panel.replace_findings(rows_of("findings", [finding("b" * 16, "new")]))
    assert panel.findings["rule"].to_list() == ["new"]
    assert panel.table("findings", editions="all")["rule"].to_list() == ["old", "new"]


def test_findings_go_with_the_reading_they_are_about(panel: Panel) -> None:
    panel.commit([make_reading()])
    panel.replace_findings(rows_of("findings", [finding("a" * 16, "sum")]))
    panel.commit([make_reading(version="2.0", findings=["sum", "share"])])
    assert panel.table("findings", editions="all")["rule"].to_list() == ["share", "sum"]


def test_findings_on_unknown_documents_are_refused(panel: Panel) -> None:
    panel.commit([make_reading(findings=["old"])])
    with pytest.raises(InputError, match="does not hold: bbbbbbbbbbbbbbbb"):
        panel.replace_findings(rows_of("findings", [finding("b" * 16, "new")]))
    with pytest.raises(SchemaError, match="lacks 'rule'"):
        panel.replace_findings(panel.findings.drop("rule"))
    assert panel.findings["rule"].to_list() == ["old"]


# --- looking around -------------------------------------------------------------------------


def test_coverage_takes_the_best_of_several_files(panel: Panel) -> None:
    body = make_reading("b" * 16, statements=["revenue_summary"], missing=["performance_form"])
    annex = make_reading("a" * 16, statements=["performance_form"], missing=["basic_expenditure"])
    panel.commit([body, annex])
    coverage = panel.coverage()
    assert coverage.schema == Coverage.create_empty().schema
    assert coverage.select("agency_id", "fiscal_year", "stage", "scope").unique().rows() == [
        (AGENCY, 2024, "budget", "unit")
    ]
    assert coverage.select("statement", "presence").rows() == [
        ("revenue_summary", "present"),
        ("basic_expenditure", "missing"),
        ("performance_form", "present"),
    ]


def test_history_keeps_what_was_replaced(panel: Panel) -> None:
    panel.commit([make_reading(version="1.0")])
    panel.commit([make_reading(version="2.0")])
    panel.maintain(keep_hours=0)
    history = panel.history()
    assert history.schema == History.create_empty().schema
    assert history["reader_version"].to_list() == ["1.0", "2.0"]
    assert history["is_current"].to_list() == [False, True]
    first, second = history.rows(named=True)
    assert first["replaced_at"] == second["ingested_at"]
    assert second["replaced_at"] is None
    assert first["reading_id"].startswith("a" * 16 + "-1.0-")


def test_repr_is_one_line(panel: Panel) -> None:
    assert repr(panel) == f"Panel({str(panel.path)!r}, empty)"
    panel.commit([make_reading("a" * 16), make_reading("b" * 16, year=2022)])
    panel.commit([make_reading("c" * 16, year=2023)])
    assert repr(panel) == (f"Panel({str(panel.path)!r}, 1 agency, 2022–2024, 3 documents, 9 facts)")


def test_html_counts_rows_and_outcomes_and_escapes(panel: Panel) -> None:
    panel.commit([make_reading(agency="<b>局</b>", facts=4, findings=["one", "two"])])
    html = panel._repr_html_()
    assert "&lt;b&gt;局&lt;/b&gt;</th><td style='text-align:left'>2024 预算</td>" in html
    assert "数据</th><td style='text-align:left'>4</td>" in html
    assert "核验：不符</th><td style='text-align:left'>2</td>" in html
    assert "<b>" not in html


# --- upkeep ---------------------------------------------------------------------------------


def test_maintenance_removes_what_nobody_sees_and_changes_nothing_else(panel: Panel) -> None:
    for version in ("1.0", "2.0"):
        panel.commit([make_reading("a" * 16, version=version), make_reading("b" * 16, year=2023)])
    before = panel.tables(editions="all")
    assert panel.maintain().rows_removed == 0  # may still belong to a commit under way
    report = panel.maintain(keep_hours=0)
    assert report.rows_removed == 5  # the first reading: 3 facts, 2 statements
    assert report.files_removed > 0
    for name, rows in Panel.open(panel.path).tables(editions="all").items():
        assert_frame_equal(rows, before[name])
    stored = pl.read_parquet(panel.path / "facts" / "*.parquet")
    assert stored.height == 6
    assert panel.maintain(keep_hours=0).rows_removed == 0
    with pytest.raises(InputError, match="keep_hours is -1"):
        panel.maintain(keep_hours=-1)


def test_files_are_joined_every_so_many_commits(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.store.delta._SUM_UP_EVERY", 3)
    monkeypatch.setattr("analytics.store.delta._JOIN_EVERY", 5)
    for year in range(2001, 2013):
        panel.commit([make_reading(f"{year}" * 4, year=year, statements=[], facts=1)])
    assert panel.facts["fiscal_year"].to_list() == list(range(2001, 2013))
    table = DeltaTable(str(panel.path / "facts"))
    assert len(table.file_uris()) < 6
    assert (panel.path / "documents" / "_delta_log" / "_last_checkpoint").exists()
