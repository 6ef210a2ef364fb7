"""Every claim of the disclosure's narrative, against what a person read from its pages."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics.documents.text import read_text_blocks
from analytics.facts.claims import build_claims
from analytics.facts.implied import build_implied_facts
from analytics.facts.rows import as_table
from analytics.schema.tables import Claims, Facts
from analytics.schema.vocabularies import Repair, Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.narrative import Claim, Narrative, Stated, read_claims

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "data" / "disclosures" / "approval-bureau-2024-budget.txt"
GOLDEN = Path(__file__).with_name("narrative_claims.csv")
AGENCY = "晋城市行政审批服务管理局"
IDENTITY = Identity(AGENCY, AGENCY, 2024, Stage.BUDGET, Scope.UNIT, "万元")
LEVEL_OF_2023 = {
    ("budget_summary", "revenue", "total"): "3826.55",
    ("budget_summary", "expenditure", "total"): "3826.55",
    ("general_public_expenditure", "expenditure", "total"): "3402.75",
    ("three_public_expenses", "expenditure", "total"): "8.10",
    ("three_public_expenses", "expenditure", "abroad"): "0",
    ("three_public_expenses", "expenditure", "reception"): "3.00",
    ("three_public_expenses", "expenditure", "vehicle_purchase"): "0",
    ("three_public_expenses", "expenditure", "vehicle_operation"): "5.10",
    ("operating_expenses", "expenditure", "total"): "156.53",
}
"""万元, worked out by hand from the stated level and change."""


@pytest.fixture(scope="module")
def narrative() -> Narrative:
    return read_claims(read_text_blocks(DOCUMENT.read_text(encoding="utf-8")), IDENTITY)


def _as_read(claim: Claim) -> dict[str, str]:
    def number(stated: Stated | None) -> str:
        return "" if stated is None else str(stated.number.value)

    subject = claim.subject
    measured = claim.count or claim.level
    return {
        "line": str(claim.place.line),
        "statement": str(subject.statement),
        "flow": str(subject.flow or ""),
        "classification": str(subject.classification),
        "code": subject.code or "",
        "fund": str(subject.fund or ""),
        "component": str(subject.component or ""),
        "basis": str(subject.carryover_basis or ""),
        "name": claim.name,
        "amount": number(claim.level),
        "count": number(claim.count),
        "unit": measured.unit if measured else "",
        "change": number(claim.change),
        "growth": number(claim.growth),
        "share": number(claim.share),
        "share_base": claim.share_base_code or "",
        "unchanged": "yes" if claim.is_unchanged else "",
        "base_year": str(claim.base.year) if claim.base else "",
    }


def test_every_claim_is_as_a_person_read_it(narrative: Narrative) -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as handle:
        expected = list(csv.DictReader(handle))
    assert [_as_read(claim) for claim in narrative.claims] == expected


def test_no_number_of_the_narrative_is_left_over(narrative: Narrative) -> None:
    assert narrative.not_understood == ()


def test_the_base_is_last_years_budget(narrative: Narrative) -> None:
    assert {claim.base.stage for claim in narrative.claims if claim.base} == {Stage.BUDGET}


def test_stated_causes(narrative: Narrative) -> None:
    causes = [(claim.place.line, claim.reason) for claim in narrative.claims if claim.reason]
    assert causes == [
        (368, "2024年人员工资调整以及项目资金的减少"),
        (368, "2024年人员工资调整以及项目资金的减少"),
        (412, "2024年公务用车没有了,故本单位该项预算减少"),
        (422, "人员的调整，公用经费增加"),
    ]


def test_the_sentence_cut_by_the_page_is_whole_again(narrative: Narrative) -> None:
    (claim,) = (claim for claim in narrative.claims if Repair.SENTENCE_JOINED in claim.repairs)
    assert claim.sentence == (
        "2024年度晋城市行政审批服务管理局一般公共预算当年支出2,965.95万元，"
        "比上年减少436.80万元，下降12.84%。"
    )
    assert claim.section == "(一) 一般公共预算当年支出规模变化情况"


def test_a_claim_points_at_its_clause(narrative: Narrative) -> None:
    claim = next(c for c in narrative.claims if c.subject.code == "vehicle_operation")
    start = claim.place.column - 1
    assert claim.sentence[start:].startswith("公务用车运行维护费0万元,与上年相比")


def test_claims_meet_the_schema_with_the_printed_error_kept(narrative: Narrative) -> None:
    rows = build_claims(narrative, "document", IDENTITY)
    table = as_table(rows.claims, Claims, table="claims")
    growth = table.filter(table["statement"] == "operating_expenses").row(0, named=True)
    assert rows.set_aside == []
    assert table.height == 76
    assert (growth["change_share"], growth["change_share_step"]) == (0.0003, 0.0001)
    assert growth["change_yuan"] == Decimal("50500")


def test_last_year_from_this_years_words(narrative: Narrative) -> None:
    rows = build_implied_facts(narrative.claims, "document", IDENTITY)
    table = as_table(rows, Facts, table="facts")

    def subject(row: dict[str, Any]) -> tuple[str, str, str]:
        return row["statement"], row["flow"], row["code"]

    expected = {key: Decimal(level) * 10_000 for key, level in LEVEL_OF_2023.items()}
    assert {subject(row): row["amount_yuan"] for row in table.rows(named=True)} == expected
    assert set(table["fiscal_year"]) == {2023}
    assert set(table["stage"]) == {"budget"}
    total = next(row for row in rows if row["amount_text"] == "2,965.95 − (−860.60)")
    assert (total["low_yuan"], total["high_yuan"]) == (38_265_400, 38_265_600)
