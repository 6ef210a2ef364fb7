"""Every numeric cell of the sample's statements, as a person reads the page.

``statement_cells.csv`` has one row a printed amount: where it stands in the file and what it
states. Statement, code, fund and component are assigned by reading the page (titles, headers,
names, and the official codes of the economic classes, which the page does not print); the amount
is the text of the cell, in 万元.
"""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from disclosures import Reading, read_bytes

SAMPLE = Path(__file__).parents[2] / "data" / "disclosures" / "approval-bureau-2024-budget.txt"
CELLS = Path(__file__).with_name("statement_cells.csv")

FIRST_LINE, LAST_LINE = 64, 359
"""Where the thirteen statements stand in the file."""


@pytest.fixture(scope="module")
def cells() -> list[dict[str, str]]:
    with CELLS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_bytes(SAMPLE.read_bytes())


def test_reading_is_of_the_file_as_it_stands(cells: list[dict[str, str]]) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    for cell in cells:
        printed = lines[int(cell["line"]) - 1].split("\t")[int(cell["column"]) - 1]
        assert printed == cell["amount"], cell
    # No amount between the first and the last statement is left out.
    printed_amounts = sum(
        "." in text and text.replace(".", "").isdigit()
        for line in lines[FIRST_LINE - 1 : LAST_LINE]
        for text in line.split("\t")
    )
    assert printed_amounts == len(cells) == 229


def test_every_cell_is_the_fact_a_person_reads(
    cells: list[dict[str, str]], reading: Reading
) -> None:
    def key(row: dict[str, object]) -> tuple[str, ...]:
        names = [name for name in cells[0] if name != "amount"]
        return tuple(str(row[name] or "") for name in names)

    read = {key(fact): (fact["amount_yuan"], fact["amount_text"]) for fact in reading.rows.facts}
    wanted = {key(dict(cell)): (Decimal(cell["amount"]) * 10_000, cell["amount"]) for cell in cells}
    assert read == wanted


def test_statements_found(reading: Reading, cells: list[dict[str, str]]) -> None:
    per_statement = Counter(cell["statement"] for cell in cells)
    read = {
        row["statement"]: (row["line"], row["fact_cell_count"], row["repairs"])
        for row in reading.rows.statements
    }
    assert {name: found[0] for name, found in read.items()} == {
        "budget_summary": 64,
        "revenue_summary": 107,
        "expenditure_summary": 133,
        "fiscal_appropriation_summary": 159,
        "general_public_expenditure": 206,
        "basic_expenditure": 232,
        "government_fund_revenue": 265,
        "government_fund_expenditure": 277,
        "state_capital_operations": 290,
        "three_public_expenses": 305,
        "operating_expenses": 320,
        "project_expenditure": 331,
        "project_carryover": 357,
    }
    assert {name: found[1] for name, found in read.items() if found[1]} == per_statement
    # A page break runs through two statements; in the second the last two headers slipped.
    assert {name: found[2] for name, found in read.items() if found[2]} == {
        "budget_summary": "continued_table",
        "fiscal_appropriation_summary": "continued_table",
        "revenue_summary": "header_shifted",
    }


def test_only_column_numbers_are_set_aside(reading: Reading) -> None:
    aside = [
        (row["line"], row["cell_text"])
        for row in reading.rows.set_aside
        if row["statement"] is not None
    ]
    numbered = [(333, str(number)) for number in range(1, 8)]
    assert aside == numbered + [(359, str(number)) for number in range(1, 6)]
