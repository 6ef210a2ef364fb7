"""Parts of a panel, and where it has gaps."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from store_samples import AGENCY, make_reading

from analytics.errors import InputError, NotFoundError
from analytics.schema.results.panel import CoverageGrid
from analytics.store import grid_by_year
from analytics.store.panel import Panel
from analytics.store.reading import Reading


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return Panel.open(tmp_path / "panel", create=True)


@pytest.fixture
def two_agencies(panel: Panel) -> Panel:
    panel.commit(
        [
            make_reading("a" * 16, year=2022, full=True),
            make_reading("b" * 16, year=2024, full=True),
            make_reading("c" * 16, agency="另一示例局", year=2024, full=True),
        ]
    )
    return panel


def _restating(reading: Reading, **columns: object) -> Reading:
    """The reading with other columns in its first fact, as a later document restates figures."""
    facts = reading.tables["facts"]
    first = facts.head(1).with_columns(**{k: pl.lit(v, facts[k].dtype) for k, v in columns.items()})
    return Reading({**reading.tables, "facts": pl.concat([first, facts.tail(-1)])})


# --- parts of a table -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ({}, "abc"),
        ({"agency": "另一示例局"}, "c"),
        ({"agency": [AGENCY, "另一示例局"], "year": 2024}, "bc"),
        ({"year": (2022,)}, "a"),
        ({"stage": "final"}, ""),
        ({"scope": "unit", "year": (2022, 2024)}, "abc"),
        ({"agency": []}, ""),
    ],
)
@pytest.mark.parametrize("table", ["documents", "statements", "facts", "projects", "set_aside"])
def test_filters_choose_rows_of_every_table(
    two_agencies: Panel, table: str, filters: dict[str, object], documents: str
) -> None:
    found = two_agencies.scan(table, **filters).collect()
    assert "".join(sorted({document[0] for document in found["document_id"]})) == documents


def test_a_fact_counts_in_the_year_and_stage_that_it_states(panel: Panel) -> None:
    panel.commit([_restating(make_reading(year=2024), fiscal_year=2023, stage="final")])
    assert panel.scan("facts", year=2023).collect()["stage"].to_list() == ["final"]
    assert panel.scan("facts", year=2024).collect().height == 2
    assert panel.scan("facts", stage="final").collect().height == 1
    # A statement has no year of its own: it is of the year of its document.
    with pytest.raises(NotFoundError, match="no year 2023 in 'statements'; known: 2024"):
        panel.scan("statements", year=2023)


def test_statements_choose_rows(two_agencies: Panel) -> None:
    assert two_agencies.scan("facts", statement="budget_summary").collect().height == 9
    assert two_agencies.scan("facts", statement="revenue_summary").collect().is_empty()
    with pytest.raises(InputError, match="rows of 'projects' belong to no statement"):
        two_agencies.scan("projects", statement="budget_summary")


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"agency": "某市示例"}, "no agency '某市示例'; did you mean '某市示例局'"),
        ({"year": 2023}, "no year 2023 in 'facts'; known: 2022, 2024"),
        ({"stage": "budgets"}, "no stage 'budgets'; did you mean 'budget'"),
        ({"scope": "province"}, "no scope 'province'"),
        ({"statement": "budget"}, "no statement 'budget'"),
    ],
)
def test_what_is_not_there_is_named(
    two_agencies: Panel, filters: dict[str, object], message: str
) -> None:
    with pytest.raises(NotFoundError, match=message):
        two_agencies.scan("facts", **filters)


def test_a_year_is_a_number(two_agencies: Panel) -> None:
    with pytest.raises(InputError, match="'2024' is not a fiscal_year; give int"):
        two_agencies.scan("facts", year="2024")


def test_earlier_editions_are_scanned_if_asked_for(panel: Panel) -> None:
    panel.commit([make_reading("a" * 16)])
    panel.commit([make_reading("b" * 16)])
    assert panel.scan("facts", year=2024).collect().height == 3
    assert panel.scan("facts", year=2024, editions="all").collect().height == 6


# --- coverage -------------------------------------------------------------------------------


def test_a_narrative_does_not_say_which_tables_there_should_be(panel: Panel) -> None:
    tables = make_reading("a" * 16, statements=["budget_summary"], missing=["revenue_summary"])
    narrative = make_reading("b" * 16, statements=[], missing=["basic_expenditure"])
    panel.commit([tables, narrative])
    assert panel.coverage().select("statement", "presence").rows() == [
        ("budget_summary", "present"),
        ("revenue_summary", "missing"),
    ]


def test_a_narrative_alone_has_its_tables_missing(panel: Panel) -> None:
    panel.commit([make_reading(statements=[], missing=["basic_expenditure"])])
    assert panel.coverage()["presence"].to_list() == ["missing"]


def test_the_grid_shows_gaps(panel: Panel) -> None:
    panel.commit(
        [
            make_reading("a" * 16, year=2021, statements=["budget_summary"]),
            make_reading(
                "b" * 16,
                year=2023,
                statements=["revenue_summary"],
                missing=["budget_summary"],
            ),
            make_reading("c" * 16, agency="另一示例局", statements=["budget_summary"]),
        ]
    )
    grid = panel.coverage_grid()
    assert grid.schema == CoverageGrid.create_empty().schema
    mine = grid.filter(agency_id=AGENCY)
    assert mine.select("statement", "fiscal_year", "coverage_state").rows() == [
        ("budget_summary", 2021, "present"),
        ("budget_summary", 2022, "no_document"),
        ("budget_summary", 2023, "missing"),
        ("revenue_summary", 2021, "not_listed"),
        ("revenue_summary", 2022, "no_document"),
        ("revenue_summary", 2023, "present"),
    ]
    assert grid.filter(agency_id="另一示例局")["fiscal_year"].to_list() == [2024]
    table = grid_by_year(grid)
    assert table.columns == ["单位", "阶段", "范围", "报表", "2021", "2022", "2023", "2024"]
    assert table.filter(单位=AGENCY).select("报表", pl.col(r"^\d+$")).rows() == [
        ("收支总表", "●", "", "缺", ""),
        ("收入总表", "·", "", "●", ""),
    ]


def test_an_empty_panel_has_an_empty_grid(panel: Panel) -> None:
    assert panel.coverage_grid().rows() == []
    assert grid_by_year(panel.coverage_grid()).columns == ["单位", "阶段", "范围", "报表"]
