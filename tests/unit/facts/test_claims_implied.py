"""Claims as rows, and the facts of last year they imply."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.documents.text import read_text_blocks
from analytics.facts.claims import build_claims
from analytics.facts.implied import build_implied_facts
from analytics.facts.rows import as_table
from analytics.schema.tables import Claims, Facts, SetAside
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.narrative import Narrative, read_claims

IDENTITY = Identity("某局", "某市某局", 2024, Stage.BUDGET, Scope.UNIT)


def _read(text: str, heading: str = "八、机关运行经费情况") -> Narrative:
    return read_claims(read_text_blocks(f"{heading}\n{text}"), IDENTITY)


def _implied(text: str, heading: str = "八、机关运行经费情况") -> list[dict[str, Any]]:
    rows = build_implied_facts(_read(text, heading).claims, "document", IDENTITY)
    as_table(rows, Facts, table="facts")
    return rows


def test_level_less_change_with_both_half_steps() -> None:
    (row,) = _implied("机关运行经费预算161.58万元，比2023年预算增加5.1万元。")
    assert row["amount_yuan"] == Decimal("1564800")
    assert (row["low_yuan"], row["high_yuan"]) == (Decimal("1564250"), Decimal("1565350"))
    assert row["step_yuan"] == Decimal("1100")
    assert row["amount_text"] == "161.58 − 5.1"
    assert (row["fiscal_year"], row["stage"], row["value_kind"]) == (2023, "budget", "implied")


def test_units_are_shown_where_they_differ() -> None:
    (row,) = _implied("机关运行经费预算1.2亿元，比上年减少300万元。")
    assert row["amount_text"] == "1.2亿元 − (−300万元)"
    assert row["amount_yuan"] == Decimal("123000000")


def test_a_stated_change_wins_over_a_wrong_growth() -> None:
    (row,) = _implied("机关运行经费预算161.58万元，比上年增加5.05万元，增长0.03%。")
    assert row["amount_yuan"] == Decimal("1565300")


def test_the_same_as_last_year_has_the_printed_interval() -> None:
    (row,) = _implied("公务接待费3.00万元，与上年预算数相同。", "七、“三公”经费情况")
    assert (row["low_yuan"], row["amount_yuan"], row["high_yuan"]) == (29_950, 30_000, 30_050)
    assert (row["code"], row["row_kind"], row["parent_code"]) == ("reception", "item", "total")


def test_growth_alone_leaves_the_widest_interval() -> None:
    (row,) = _implied("机关运行经费预算110.0万元，比上年决算增长10%。")
    low = Decimal("1099500") / Decimal("1.105")
    high = Decimal("1100500") / Decimal("1.095")
    assert row["amount_yuan"] == Decimal("1000000.00")
    assert abs(row["low_yuan"] - low) < Decimal("0.0001")
    assert abs(row["high_yuan"] - high) < Decimal("0.0001")
    assert row["low_yuan"] <= low
    assert row["high_yuan"] >= high
    assert row["stage"] == "final"
    assert row["amount_text"] == "110.0 ÷ (1 + 10%)"


def test_the_other_years_own_level() -> None:
    rows = _implied("机关运行经费预算50万元，上年预算40万元，增加10万元。")
    assert [(row["amount_yuan"], row["amount_text"]) for row in rows] == [
        (400_000, "50 − 10"),
        (400_000, "40"),
    ]
    assert len({(row["block"], row["row"], row["column"]) for row in rows}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "机关运行经费预算50万元，增加10万元。",
        "机关运行经费预算50万元，比上年同口径增加10万元。",
        "机关运行经费比上年增加10万元。",
        "机关运行经费预算0万元，比上年下降100%。",
        "机关运行经费预算50万元。",
    ],
)
def test_what_implies_no_figure_of_last_year(text: str) -> None:
    assert _implied(text) == []


def test_claims_without_a_statement_imply_no_facts() -> None:
    assert _implied("政府采购预算5万元，比上年增加1万元。", "九、政府采购情况") == []


def test_rows_keep_what_is_not_stated_null() -> None:
    rows = build_claims(_read("机关运行经费预算50.0万元，下降2.5%。"), "document", IDENTITY)
    row = as_table(rows.claims, Claims, table="claims").row(0, named=True)
    assert row["value_yuan"] == Decimal("500000")
    assert row["value_step_yuan"] == Decimal("1000")
    assert (row["change_share"], row["change_share_step"]) == (-0.025, 0.001)
    assert [row[name] for name in ("change_yuan", "share", "value", "base_year")] == [None] * 4
    assert row["claim_id"] == f"document-{row['block']}-{row['row']}-{row['column']}"


def test_a_number_not_understood_is_set_aside_with_its_sentence() -> None:
    rows = build_claims(_read("某专项5万元，比上年增加1万元。"), "document", IDENTITY)
    table = as_table(rows.set_aside, SetAside, table="set_aside")
    assert table["cell_text"].to_list() == ["5万元", "1万元"]
    assert rows.claims == []
    assert "某专项5万元" in table["reason"][0]


@given(
    level=st.integers(0, 10**8),
    change=st.integers(-(10**8), 10**8),
    inside=st.integers(-49, 49),
    other=st.integers(-49, 49),
)
def test_the_interval_holds_every_truth_that_prints_like_this(
    level: int, change: int, inside: int, other: int
) -> None:
    """Level and change are hundredths of 万元; the truths lie within half a step of them."""
    word = "增加" if change >= 0 else "减少"
    text = f"机关运行经费预算{level / 100:.2f}万元，比上年{word}{abs(change) / 100:.2f}万元。"
    (row,) = _implied(text)
    truth = Decimal(level * 100 + inside) - Decimal(change * 100 + other)
    assert row["low_yuan"] <= truth <= row["high_yuan"]
    assert row["amount_yuan"] == Decimal(level - change) * 100


FINAL = Identity("某局", "某市某局", 2024, Stage.FINAL, Scope.UNIT)


def _implied_by_final_accounts(text: str) -> list[tuple[int, str, Decimal]]:
    read = read_claims(read_text_blocks(f"八、机关运行经费情况\n{text}"), FINAL)
    rows = build_implied_facts(read.claims, "document", FINAL)
    as_table(rows, Facts, table="facts")
    return [(row["fiscal_year"], row["stage"], row["amount_yuan"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机关运行经费支出50万元，比上年增加10万元。", (2023, "final", 400_000)),
        ("机关运行经费支出50万元，比全年预算减少10万元。", (2024, "adjusted_budget", 600_000)),
        ("机关运行经费支出50万元，与年初预算持平。", (2024, "budget", 500_000)),
        ("机关运行经费支出50万元，完成年初预算的80%。", (2024, "budget", 625_000)),
    ],
)
def test_final_accounts_imply_the_figures_they_compare_with(
    text: str, expected: tuple[int, str, int]
) -> None:
    assert _implied_by_final_accounts(text) == [expected]


def test_a_stated_budget_is_a_figure_of_its_own_stage() -> None:
    text = "机关运行经费支出年初预算为60万元，全年预算为70万元，支出决算为50万元。"
    assert _implied_by_final_accounts(text) == [
        (2024, "budget", Decimal(600_000)),
        (2024, "adjusted_budget", Decimal(700_000)),
    ]


def test_two_bases_imply_two_figures() -> None:
    rows = _implied("机关运行经费预算50万元，比上年预算增加10万元，比上年执行数增加5万元。")
    assert [(row["stage"], row["amount_yuan"]) for row in rows] == [
        ("budget", 400_000),
        ("final", 450_000),
    ]


def test_what_carry_over_a_figure_contains_is_as_its_statement_prints_the_line() -> None:
    heading = "五、一般公共预算支出情况说明"
    claims = _read("一般公共预算支出5万元，比上年增加1万元。", heading).claims
    (plain,) = build_implied_facts(claims, "document", IDENTITY)
    printed = {**plain, "carryover_basis": "included", "fiscal_year": 2024}
    (aligned,) = build_implied_facts(claims, "document", IDENTITY, printed=[printed])
    assert (plain["carryover_basis"], aligned["carryover_basis"]) == ("excluded", "included")
