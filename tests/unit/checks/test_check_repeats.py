"""The lines of the fiscal appropriation against the budgets that it consists of."""

import pytest
from check_rows import Doc, judged

_FISCAL, _GENERAL = "fiscal_appropriation_expenditure", "general_public_expenditure"
_FUND = "government_fund_expenditure"


def test_x_fiscal_lines_passes() -> None:
    doc = Doc().table(_FISCAL, "total :9.00\n201 :6.00\n212 :3.00")
    doc.table(_GENERAL, "total :7.00\n201 :6.00\n212 :1.00").table(_FUND, "total :2.00\n212 :2.00")
    assert judged("X-FISCAL-LINES", doc) == [
        ("pass", "9.00万元", "9.00万元"),
        ("pass", "6.00万元", "6.00万元"),
        ("pass", "3.00万元", "3.00万元"),
    ]


@pytest.mark.parametrize(
    ("fiscal", "part"),
    [(_FISCAL, _GENERAL), ("fiscal_basic_expenditure", "basic_expenditure")],
)
def test_x_fiscal_lines_fails(fiscal: str, part: str) -> None:
    doc = Doc().table(fiscal, "301 :5.00\n302 :1.00").table(part, "301 :5.01")
    assert judged("X-FISCAL-LINES", doc) == [
        ("pass", "5.00万元", "5.01万元"),
        ("fail", "1.00万元", "0.00万元"),
    ]


def test_x_fiscal_lines_compares_only_columns_that_both_print() -> None:
    doc = Doc().table(_FISCAL, "201 :5.00 basic:5.00").table(_GENERAL, "201 :5.00")
    assert judged("X-FISCAL-LINES", doc) == [("pass", "5.00万元", "5.00万元")]


def test_x_fiscal_lines_leaves_basic_expenditure_beside_other_budgets_alone() -> None:
    doc = (
        Doc().table("fiscal_basic_expenditure", "301 :5.00").table("basic_expenditure", "301 :4.00")
    )
    assert judged("X-FISCAL-LINES", doc) == [("fail", "5.00万元", "4.00万元")]
    assert judged("X-FISCAL-LINES", doc.table(_FUND, "total :1.00")) == []
