from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import (
    claim,
    claims_frame,
    fact,
    facts_frame,
    finding,
    findings_frame,
    wan,
)

from analytics.analysis import check_matrix, head_costs, procurement_shares
from analytics.schema.results import CheckMatrix, HeadCosts, ProcurementShares

OPERATING = {
    "statement": "operating_expenses",
    "classification": "unit",
    "fund": "fiscal_appropriation",
    "name": "部门合计",
}
PERSONNEL = {
    "statement": "basic_expenditure",
    "classification": "economic_department",
    "fund": "general_public",
    "component": "personnel",
    "name": "合计",
}


def staff(code: str, count: int | None, body: str | None, **columns: Any) -> dict[str, Any]:
    value = None if count is None else Decimal(count)
    return claim(
        code, statement="staffing", classification="staff", name=body, value=value, **columns
    )


PEOPLE = (
    staff("posts_administrative", 50, "某局"),
    staff("staff_in_post", 46, "某局"),
    staff("posts_institution", 6, "某中心"),
    staff("staff_in_post", 4, "某中心"),
    staff("posts_institution", 9, "另中心"),
    staff("staff_in_post", 9, "另中心"),
    staff("extra_staff", 50, "某局"),
    staff("retirees", 6, "某局"),
)


def test_expenses_are_divided_by_staff_and_by_posts_without_those_outside():
    facts = facts_frame(fact("161.58", **OPERATING), fact("954.12", **PERSONNEL))
    rows = HeadCosts.validate(head_costs(facts, claims_frame(*PEOPLE)))
    counted = {(r["statement"], r["head_basis"]): r for r in rows.rows(named=True)}
    assert {key: row["head_count"] for key, row in counted.items()} == {
        ("basic_expenditure", "posts"): 50 + 6 + 9,
        ("basic_expenditure", "staff_in_post"): 46 + 4 + 9,
        ("operating_expenses", "posts"): 65,
        ("operating_expenses", "staff_in_post"): 59,
    }
    operating = counted["operating_expenses", "staff_in_post"]
    assert float(operating["amount_yuan_per_head"]) == pytest.approx(1_615_800 / 59, abs=1e-7)
    assert operating["source"].count("staffing block 40") == 3


def test_body_named_twice_counts_once_and_unnamed_bodies_count_each():
    facts = facts_frame(fact("10.00", **OPERATING))
    people = claims_frame(
        staff("staff_in_post", 3, "某局"),
        staff("staff_in_post", 3, "某局"),
        staff("staff_in_post", 2, None),
        staff("staff_in_post", 2, None),
    )
    assert head_costs(facts, people)["head_count"].to_list() == [7]


def test_no_people_give_no_quotient():
    facts = facts_frame(fact("10.00", **OPERATING))
    row = head_costs(facts, claims_frame(staff("staff_in_post", 0, "某局"))).row(0, named=True)
    assert (row["head_count"], row["amount_yuan_per_head"]) == (0, None)


def test_count_that_is_not_published_gives_no_row():
    facts = facts_frame(fact("10.00", **OPERATING))
    people = claims_frame(staff("staff_in_post", None, "某局"), staff("extra_staff", 5, "某局"))
    assert head_costs(facts, people).is_empty()


def bought(code: str, amount: str, **columns: Any) -> dict[str, Any]:
    return claim(
        code,
        statement="procurement",
        classification="procurement",
        value_yuan=wan(amount),
        **columns,
    )


def test_procurement_against_all_procurement_and_all_spending():
    facts = facts_frame(fact("20.00"))
    stated = claims_frame(
        bought("total", "8.00"), bought("goods", "0"), bought("services", "8.00", name="服务类")
    )
    rows = ProcurementShares.validate(procurement_shares(facts, stated))
    assert rows.select("code", "name", "share", "spending_share").rows() == [
        ("goods", "货物", 0.0, 0.0),
        ("services", "服务类", 1.0, 0.4),
        ("total", "政府采购", 1.0, 0.4),
    ]
    assert rows["source"].str.starts_with("procurement block 40").all()


def test_share_of_what_is_not_stated_is_null():
    stated = claims_frame(bought("goods", "3.00"), bought("works", "1.00", agency_id="乙市某局"))
    rows = procurement_shares(facts_frame(fact("20.00")), stated)
    assert rows["share"].to_list() == [None, None]
    assert dict(rows.select("agency_id", "spending_share").iter_rows()) == {
        "甲市某局": 0.15,
        "乙市某局": None,
    }


def test_checks_are_counted_and_those_of_the_whole_document_kept():
    findings = findings_frame(
        finding("budget_summary", "pass"),
        finding("budget_summary", "pass"),
        finding("budget_summary", "fail"),
        finding("staffing", "insufficient"),
        finding(None, "pass"),
    )
    rows = CheckMatrix.validate(check_matrix(findings))
    assert rows.select(pl.exclude("document_id")).rows() == [
        ("budget_summary", "fail", 1),
        ("budget_summary", "pass", 2),
        ("document", "pass", 1),
        ("staffing", "insufficient", 1),
    ]
