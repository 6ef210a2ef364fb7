"""Disclosures in every layout, written in every format and read back, give the facts they state."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from disclosures.cells import Figure, Sheet
from disclosures.layouts import LAYOUTS, Books, Layout, Style, disclosures
from disclosures.paper import Paper
from disclosures.reading import Reading, read_bytes
from disclosures.strategies import papers
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from unit.documents.office_files import WRITERS

from analytics.checks import run_checks
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

# A disclosure is large: shrinking a failure takes minutes and makes it no easier to read.
few = settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])
many = settings(few, max_examples=300)
all_layouts = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
all_kinds = pytest.mark.parametrize("kind", ["txt", *WRITERS, "pdf"])

_FIELDS = ("statement", "flow", "classification", "code", "fund", "component", "carryover_basis",
           "stage", "amount_yuan")  # fmt: skip
_SUMMED = (
    "expenditure_summary",
    "general_public_expenditure",
    "fiscal_appropriation_expenditure",
    "fiscal_basic_expenditure",
    "basic_expenditure",
    "procurement_expenditure",
)
"""Statements in which every line but the last of a branch is the sum of lines below it."""


def print_as(kind: str, layout: Layout, books: Books, style: Style, paper: Paper) -> bytes:
    if kind == "pdf":
        return layout.print(books, style, paper)
    text = layout.write(books, style)
    return text.encode() if kind == "txt" else WRITERS[kind](text)


def stated(reading: Reading) -> Counter[tuple[object, ...]]:
    return Counter(tuple(fact[name] for name in _FIELDS) for fact in reading.rows.facts)


def assert_comes_back(
    layout: Layout, kind: str, books: Books, style: Style, paper: Paper | None = None
) -> None:
    """The file states exactly what the books do, and whose they are; no number is lost."""
    reading = read_bytes(print_as(kind, layout, books, style, paper or Paper()), kind)
    found, expected = stated(reading), Counter(layout.expected(books, style))
    assert (found - expected, expected - found) == (Counter(), Counter())
    identity = reading.identity
    assert (identity.agency_name, identity.fiscal_year) == (books.agency, books.year)
    assert identity.stage == layout.stage
    for row in reading.rows.statements:
        counts = row["fact_cell_count"] + row["set_aside_cell_count"]
        assert row["numeric_cell_count"] == counts
        assert row["presence"] != "missing"


@all_layouts
@all_kinds
@settings(few, max_examples=2)
@given(data=st.data())
def test_layout_comes_back(layout: Layout, kind: str, data: st.DataObject) -> None:
    books, style = data.draw(disclosures(layout))
    assert_comes_back(layout, kind, books, style, data.draw(papers()) if kind == "pdf" else None)


@pytest.mark.slow
@all_layouts
@all_kinds
@many
@given(data=st.data())
def test_any_layout_comes_back(layout: Layout, kind: str, data: st.DataObject) -> None:
    books, style = data.draw(disclosures(layout))
    assert_comes_back(layout, kind, books, style, data.draw(papers()) if kind == "pdf" else None)


def failures(text: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the rules on statements find wrong, and the facts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "disclosure.txt")
        path.write_text(text, encoding="utf-8")
        tables = build_tables(read_disclosure(path))
    findings = run_checks(tables)
    of_statements = pl.col("rule").str.contains(r"^[TX]-")
    return findings.filter(of_statements, pl.col("outcome") == "fail"), tables["facts"]


def assert_adds_up(layout: Layout, books: Books, style: Style) -> None:
    found, _ = failures(layout.write(books, style))
    assert set(found["rule"].to_list()) == set()


@all_layouts
@settings(few, max_examples=1)
@given(data=st.data())
def test_what_adds_up_passes(layout: Layout, data: st.DataObject) -> None:
    assert_adds_up(layout, *data.draw(disclosures(layout)))


@pytest.mark.slow
@all_layouts
@settings(many, max_examples=100)
@given(data=st.data())
def test_whatever_adds_up_passes(layout: Layout, data: st.DataObject) -> None:
    assert_adds_up(layout, *data.draw(disclosures(layout)))


def amounts_of(sheets: list[Sheet]) -> Iterator[tuple[int, int, int]]:
    """Places of the amounts that a rule inside their statement adds up."""
    for index, sheet in enumerate(sheets):
        if sheet.statement not in _SUMMED:
            continue
        lines = {c.code for row in sheet.rows for c in row if isinstance(c, Figure)}
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, Figure) and cell.amount and len(lines) > 1:
                    yield index, r, c


def assert_wrong_sum_is_found(
    data: st.DataObject, layout: Layout, books: Books, style: Style
) -> None:
    """One amount is changed: rules inside its statement fail, at its line or the one above it."""
    style = replace(style, breaks=())
    sheets = layout.sheets(books, style)
    index, r, c = data.draw(st.sampled_from(sorted(amounts_of(sheets))))
    sheet = sheets[index]
    row, figure = sheet.rows[r], sheet.rows[r][c]
    assert isinstance(figure, Figure)
    wrong = (*row[:c], figure._replace(amount=figure.amount + 1_000), *row[c + 1 :])
    sheets[index] = replace(sheet, rows=(*sheet.rows[:r], wrong, *sheet.rows[r + 1 :]))
    found, facts = failures(layout.write(books, style, sheets))
    found = found.filter(pl.col("rule").str.starts_with("T-"))
    assert set(found["statement"].to_list()) == {sheet.statement}
    own = facts.filter(
        pl.col("statement") == sheet.statement,
        pl.col("code") == figure.code,
        pl.col("component") == figure.component,
    )
    above = facts.join(
        own.select("statement", code="parent_code"), on=["statement", "code"], how="semi"
    )
    assert set(found["row"].to_list()) <= {*own["row"].to_list(), *above["row"].to_list()}


@all_layouts
@settings(few, max_examples=1)
@given(data=st.data())
def test_wrong_sum_is_found_where_it_is(layout: Layout, data: st.DataObject) -> None:
    assert_wrong_sum_is_found(data, layout, *data.draw(disclosures(layout)))


@pytest.mark.slow
@all_layouts
@settings(many, max_examples=100)
@given(data=st.data())
def test_any_wrong_sum_is_found_where_it_is(layout: Layout, data: st.DataObject) -> None:
    assert_wrong_sum_is_found(data, layout, *data.draw(disclosures(layout)))
