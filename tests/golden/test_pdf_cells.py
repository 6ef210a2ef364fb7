"""PDF disclosures as published: rows as a person reads the page, and pdfplumber as an oracle.

``pdf_rows.csv`` holds rows read from pictures of the pages, thousands separators left out.
``pdf_oracle_pages.csv`` holds every page on which the two readers differ, how many numbers only one
of them has in that row, and who is right: each page was looked at as a picture. The files themselves
are not part of the project; where they are absent, these tests skip.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from analytics.documents import Document, read_document

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ROWS = Path(__file__).with_name("pdf_rows.csv")
ORACLE = Path(__file__).with_name("pdf_oracle_pages.csv")
ONE_OF_EACH_LAYOUT = {
    "jiangsu-cppcc/2019-budget-tables.pdf",
    "jiangsu-procuratorate/2019-budget.pdf",
    "shanghai-putuo/finance-2025-budget-department.pdf",
    "shanghai-putuo/social-work-2024-final.pdf",
}
_NUMBER = re.compile(r"^[-−–]?[\d,，]*\d(?:\.\d+)?%?$")
_SPACE = re.compile(r"\s+")

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}"
)


@cache
def reading(name: str) -> Document:
    return read_document(CORPUS / name)


def rows_on(document: Document, page: int) -> list[tuple[str, ...]]:
    return [
        tuple(_SPACE.sub("", cell) for cell in row.cells)
        for table in document.tables
        for row in table.rows
        if row.page == page
    ]


def expected_rows() -> list[tuple[str, int, tuple[str, ...]]]:
    with ROWS.open(encoding="utf-8", newline="") as handle:
        return [
            (line["document"], int(line["page"]), tuple(line["row"].split("|")))
            for line in csv.DictReader(handle)
        ]


@pytest.mark.parametrize("name", sorted({name for name, _, _ in expected_rows()}))
def test_rows_come_back_as_the_page_shows_them(name: str) -> None:
    wanted = [(page, row) for document, page, row in expected_rows() if document == name]
    amounts = sum(bool(_NUMBER.match(cell)) for _, row in wanted for cell in row)
    assert amounts >= 20
    found = {
        page: [tuple(cell.replace(",", "") for cell in row) for row in rows_on(reading(name), page)]
        for page, _ in wanted
    }
    assert [(page, row) for page, row in wanted if row not in found[page]] == []


def _every_document() -> list[object]:
    """Every document of the corpus; only one of each layout unless slow tests are asked for."""
    names = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*.pdf"))
    return [
        name if name in ONE_OF_EACH_LAYOUT else pytest.param(name, marks=pytest.mark.slow)
        for name in names
    ]


def known_differences(name: str) -> dict[int, tuple[int, int]]:
    """By page: the numbers that only this reader, and only the other, has in their row."""
    with ORACLE.open(encoding="utf-8", newline="") as handle:
        lines = [line for line in csv.DictReader(handle) if line["document"] == name]
    assert {line["right"] for line in lines} <= {"ours", "both"}
    return {int(line["page"]): (int(line["only_ours"]), int(line["only_theirs"])) for line in lines}


@pytest.mark.parametrize("name", _every_document())
def test_numeric_cells_agree_with_another_reader(name: str) -> None:
    """Every number stands in the same row, but on the pages where the picture was looked at."""
    document = reading(name)
    differing: dict[int, tuple[int, int]] = {}
    examples: list[object] = []
    with pdfplumber.open(CORPUS / name) as file:
        for number, page in enumerate(file.pages, start=1):
            theirs = _numbers(
                [
                    tuple(_SPACE.sub("", cell or "") for cell in row)
                    for table in page.extract_tables()
                    for row in table
                ]
            )
            page.close()
            ours = _numbers(rows_on(document, number))
            if ours != theirs:
                differing[number] = ((ours - theirs).total(), (theirs - ours).total())
                examples.append((number, ours - theirs, theirs - ours))
    assert differing == known_differences(name), examples


def _numbers(rows: list[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Each number together with what else is printed in its row."""
    return Counter(
        (cell, *filter(None, row)) for row in rows for cell in row if _NUMBER.match(cell)
    )
