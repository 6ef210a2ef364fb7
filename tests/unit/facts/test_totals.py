"""Which total a sentence means, and prior figures that rest on a contradicted level."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from analytics.documents.text import read_text_blocks
from analytics.facts.implied import build_implied_facts
from analytics.facts.totals import PrintedLevels, settle_totals
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.narrative import read_claims
from analytics.statements.narrative.model import Claim

IDENTITY = Identity("某校", "某市某校", 2024, Stage.FINAL, Scope.DEPARTMENT)
TEXT = "2024年度收入总计800.00万元，与2023年度相比，增加50.00万元，增长6.67%。"


def _printed(**amounts: str) -> list[dict[str, Any]]:
    """Revenue lines of the summary: the amount in 万元 by code."""
    return [
        {
            "fiscal_year": 2024,
            "stage": "final",
            "statement": "budget_summary",
            "flow": "revenue",
            "classification": "revenue_source",
            "code": code,
            "fund": "all",
            "component": "total",
            "carryover_basis": "included" if code == "total" else "excluded",
            "low_yuan": Decimal(amount) * 10_000 - 50,
            "high_yuan": Decimal(amount) * 10_000 + 50,
        }
        for code, amount in amounts.items()
    ]


def _claim(text: str = TEXT) -> Claim:
    blocks = read_text_blocks(f"一、收入支出决算总体情况说明\n{text}")
    (claim,) = [c for c in read_claims(blocks, IDENTITY).claims if c.level is not None]
    assert claim.subject.code == "total"
    return claim


@pytest.mark.parametrize(
    ("total", "current", "code", "repairs"),
    [
        ("950.00", "800.00", "current_total", ("total_by_amount",)),
        ("800.00", "700.00", "total", ()),
        ("800.00", "800.00", "total", ()),
        ("950.00", "700.00", "total", ()),
    ],
)
def test_a_total_is_this_years_where_only_that_fits(
    total: str, current: str, code: str, repairs: tuple[str, ...]
) -> None:
    levels = PrintedLevels(_printed(total=total, current_total=current))
    (claim,) = settle_totals([_claim()], levels, IDENTITY)
    assert claim.subject.code == code
    assert tuple(map(str, claim.repairs)) == repairs
    basis = "excluded" if repairs else _claim().subject.carryover_basis
    assert claim.subject.carryover_basis == basis


def test_a_total_stays_where_nothing_is_printed() -> None:
    levels = PrintedLevels([])
    assert settle_totals([_claim()], levels, IDENTITY) == (_claim(),)


def test_a_prior_figure_says_that_its_level_is_contradicted() -> None:
    (sound,) = build_implied_facts(
        [_claim()], "document", IDENTITY, printed=_printed(total="800.00")
    )
    (wrong,) = build_implied_facts(
        [_claim()], "document", IDENTITY, printed=_printed(total="950.00")
    )
    assert sound["amount_yuan"] == wrong["amount_yuan"] == Decimal(7_500_000)
    assert sound["repairs"] is None
    assert wrong["repairs"] == "level_contradicted"
