"""Claims of narratives of other provinces, budgets and final accounts, as a person read them.

``narrative_claims_provinces.csv`` holds every claim of six published documents in reading order,
typed from their pages; ``ordinal`` counts the claims whose subject is first named on a page. The
documents are not part of the project; where they are absent, these tests skip.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from analytics.statements.disclosure import read_disclosure
from analytics.statements.narrative import Claim, Narrative, Stated

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GOLDEN = Path(__file__).with_name("narrative_claims_provinces.csv")

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}"
)


def _expected() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    with GOLDEN.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row.pop("document"), []).append(row)
    return found


EXPECTED = _expected()


@cache
def _narrative(name: str) -> Narrative:
    return read_disclosure(CORPUS / name).narrative


def _number(stated: Stated | None) -> str:
    if stated is None:
        return ""
    return f"{stated.number.value}{'倍' if stated.unit == '倍' else ''}"


def _as_read(claims: tuple[Claim, ...]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for claim in claims:
        page = str(claim.place.page)
        before = rows[-1] if rows and rows[-1]["page"] == page else {"ordinal": "0"}
        measured = claim.count or claim.level
        base = claim.base
        rows.append(
            {
                "page": page,
                "ordinal": str(int(before["ordinal"]) + 1),
                "statement": str(claim.subject.statement),
                "flow": str(claim.subject.flow or ""),
                "code": claim.subject.code or "",
                "fund": str(claim.subject.fund or ""),
                "component": str(claim.subject.component or ""),
                "fiscal_year": str(claim.fiscal_year),
                "stage": str(claim.stage),
                "amount": _number(claim.level),
                "count": _number(claim.count),
                "unit": measured.unit if measured else "",
                "change": _number(claim.change),
                "growth": _number(claim.growth),
                "share": _number(claim.share),
                "share_base": claim.share_base_code or "",
                "execution": _number(claim.execution),
                "unchanged": "yes" if claim.is_unchanged else "",
                "base_year": str(base.year) if base else "",
                "base_stage": str(base.stage or "") if base else "",
            }
        )
    return rows


@pytest.mark.parametrize("name", EXPECTED)
def test_every_claim_is_as_a_person_read_it(name: str) -> None:
    assert _as_read(_narrative(name).claims) == EXPECTED[name]


def test_what_is_left_over_is_no_sentence_about_a_line() -> None:
    """Labels of a chart, grades of an appraisal, awards and grants inside of projects."""
    left = {name: len(_narrative(name).not_understood) for name in EXPECTED}
    assert left == {
        "jiangsu-court/2017-budget.pdf": 3,
        "jiangsu-procuratorate/2018-budget.pdf": 3,
        "shanghai-putuo/commerce-2025-budget-department.pdf": 22,
        "shanghai-putuo/commerce-2025-budget-unit.pdf": 0,
        "shanghai-putuo/social-work-2024-final.pdf": 8,
        "swu/2024-final.pdf": 0,
    }
