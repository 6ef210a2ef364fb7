"""Rules between statements: one disclosure that holds and one that does not, for each rule."""

import pytest
from check_rows import Doc, findings, judged, outcomes


def _doc(**statements: str) -> Doc:
    doc = Doc()
    for statement, text in statements.items():
        doc.table(statement, text)
    return doc


# Each case: rule, the statements that hold, the statements that do not, what is then printed and
# computed. Names of rules are given whole, so that the contract test finds them.
_CASES = {
    "X-REVENUE-TOTAL": (
        {"budget_summary": "+current_total :5.00", "revenue_summary": "total :5.00"},
        {"budget_summary": "+current_total :5.00", "revenue_summary": "total :4.00"},
        ("5.00万元", "4.00万元"),
    ),
    "X-REVENUE-SOURCES": (
        {
            "budget_summary": "+general_public :5.00\n+unit_funds :0.00",
            "revenue_summary": "total :5.00 general_public:5.00",
        },
        {
            "budget_summary": "+general_public :5.00",
            "revenue_summary": "total :5.00 general_public:4.00 unit_funds:1.00",
        },
        ("5.00万元", "4.00万元"),
    ),
    "X-FISCAL-SOURCES": (
        {
            "budget_summary": "+general_public :5.00\n+unit_funds :2.00",
            "fiscal_appropriation_summary": "+general_public :5.00",
        },
        {
            "budget_summary": "+general_public :5.00",
            "fiscal_appropriation_summary": "+general_public :5.02",
        },
        ("5.02万元", "5.00万元"),
    ),
    "X-EXPENDITURE-TOTAL": (
        {"budget_summary": "current_total :5.00", "expenditure_summary": "total :5.00 basic:1.00"},
        {"budget_summary": "current_total :5.00", "expenditure_summary": "total :5.50"},
        ("5.00万元", "5.50万元"),
    ),
    "X-EXPENDITURE-FUNCTIONS": (
        {"budget_summary": "201 :5.00", "expenditure_summary": "201 :5.00\n20101 :5.00"},
        {"budget_summary": "201 :5.00", "expenditure_summary": "201 :5.10"},
        ("5.00万元", "5.10万元"),
    ),
    "X-REVENUE-EXPENDITURE": (
        {
            "expenditure_summary": "201 :5.00",
            "revenue_summary": "201 :4.00 general_public:4.00 carryover:1.00",
        },
        {"expenditure_summary": "201 :5.00", "revenue_summary": "201 :4.00 carryover:0.50"},
        ("5.00万元", "4.00万元"),
    ),
    "X-FISCAL-GAP": (
        {
            "budget_summary": "+unit_funds :2.00\n+carryover_start :3.00\ntotal :9.00",
            "fiscal_appropriation_summary": "+carryover_start :1.00\ntotal :5.00",
        },
        {
            "budget_summary": "+unit_funds :2.00\ntotal :9.00",
            "fiscal_appropriation_summary": "total :5.00",
        },
        ("9.00万元", "7.00万元"),
    ),
    "X-GENERAL-FUNCTIONS": (
        {
            "general_public_expenditure": "201 :5.00",
            "fiscal_appropriation_summary": "201 :6.00 general_public:5.00",
        },
        {
            "general_public_expenditure": "201 :5.00",
            "fiscal_appropriation_summary": "201 :6.00 general_public:6.00",
        },
        ("5.00万元", "6.00万元"),
    ),
    "X-FISCAL-PARTS": (
        {
            "fiscal_appropriation_summary": "current_total :7.00",
            "general_public_expenditure": "total :5.00",
            "government_fund_expenditure": "total :2.00",
        },
        {
            "fiscal_appropriation_summary": "current_total :7.00",
            "general_public_expenditure": "total :5.00",
        },
        ("7.00万元", "5.00万元"),
    ),
    "X-FUND-BALANCE": (
        {"government_fund_expenditure": "total :2.00", "government_fund_revenue": "total :2.00"},
        {"government_fund_expenditure": "total :2.00", "government_fund_revenue": "total :1.00"},
        ("2.00万元", "1.00万元"),
    ),
    "X-BASIC-GENERAL": (
        {
            "general_public_expenditure": "total :5.00 basic:3.00",
            "basic_expenditure": "total :3.00",
        },
        {
            "general_public_expenditure": "total :5.00 basic:3.00",
            "basic_expenditure": "total :3.30",
        },
        ("3.00万元", "3.30万元"),
    ),
    "X-BASIC-TOTAL": (
        {"expenditure_summary": "total :5.00 basic:3.00", "basic_expenditure": "total :3.00"},
        {"expenditure_summary": "total :5.00 basic:3.00", "basic_expenditure": "total :2.00"},
        ("3.00万元", "2.00万元"),
    ),
    "X-PROJECTS-TOTAL": (
        {
            "expenditure_summary": "total :5.00 project:4.00",
            "project_expenditure": "unit甲 :3.00 general_public:3.00\n项目<unit甲 :3.00",
            "project_carryover": "项目 :1.00",
        },
        {"expenditure_summary": "total project:4.00", "project_expenditure": "unit甲 :3.00"},
        ("4.00万元", "3.00万元"),
    ),
    "X-PROJECTS-FUND": (
        {
            "general_public_expenditure": "total project:4.00",
            "project_expenditure": "unit甲 :5.00 general_public:4.00",
        },
        {
            "general_public_expenditure": "total project:4.00",
            "project_expenditure": "unit甲 :5.00 general_public:5.00",
        },
        ("4.00万元", "5.00万元"),
    ),
    "X-OPERATING": (
        {"operating_expenses": "total :3.00", "basic_expenditure": "total :9.00 public:3.00"},
        {"operating_expenses": "total :3.00", "basic_expenditure": "total :9.00 public:4.00"},
        ("3.00万元", "4.00万元"),
    ),
    "X-THREE-PUBLIC": (
        {"basic_expenditure": "30217 :2.00", "three_public_expenses": "reception :3.00"},
        {"basic_expenditure": "30217 :2.00", "three_public_expenses": "reception :1.00"},
        ("2.00万元", "1.00万元"),
    ),
    "X-FUNCTION-ECONOMIC": (
        {
            "basic_expenditure": "30108~50102 :2.00\n30108~50501 :1.00",
            "general_public_expenditure": "2080505 :3.00 basic:3.00",
        },
        {
            "basic_expenditure": "30113 :2.00",
            "general_public_expenditure": "2210201 :3.00 basic:3.00",
        },
        ("2.00万元", "3.00万元"),
    ),
}


@pytest.mark.parametrize("code", _CASES)
def test_between_passes(code: str) -> None:
    holds, _, _ = _CASES[code]
    found = judged(code, _doc(**holds))
    assert found
    assert {outcome for outcome, _, _ in found} == {"pass"}


@pytest.mark.parametrize("code", _CASES)
def test_between_fails(code: str) -> None:
    _, breaks, (printed, computed) = _CASES[code]
    assert ("fail", printed, computed) in judged(code, _doc(**breaks))


_BOTH_WAYS = """
+fiscal_appropriation :5.00
+general_public<fiscal_appropriation :3.00
+government_fund<fiscal_appropriation :2.00
+other :1.00
"""


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [
        ("total fiscal_appropriation:{} other:1.00", ["5.00万元"]),
        (
            "+general_public<total :{}\n+other<total :1.00\n+government_fund<total :2.00",
            ["3.00万元"],
        ),
    ],
    ids=["one column of the appropriation", "sources one below the other"],
)
def test_between_compares_sources_in_what_both_statements_print(
    revenue: str, expected: list[str]
) -> None:
    own = expected[0][:4]
    right = _doc(budget_summary=_BOTH_WAYS, revenue_summary=revenue.format(own))
    found = judged("X-REVENUE-SOURCES", right)
    assert {outcome for outcome, _, _ in found} == {"pass"}
    assert ("pass", expected[0], expected[0]) in found
    wrong = _doc(budget_summary=_BOTH_WAYS, revenue_summary=revenue.format("4.50"))
    assert ("fail", expected[0], "4.50万元") in judged("X-REVENUE-SOURCES", wrong)


def test_between_adds_the_funds_up_where_the_other_statement_prints_only_the_whole() -> None:
    doc = _doc(
        budget_summary="+general_public :3.00\n+government_fund :2.00",
        revenue_summary="total fiscal_appropriation:5.00",
    )
    assert judged("X-REVENUE-SOURCES", doc) == [("pass", "5.00万元", "5.00万元")]


def test_between_counts_every_other_source_once() -> None:
    doc = _doc(
        budget_summary="+other<total :2.00\n+service_income<other :2.00\ntotal :7.00",
        fiscal_appropriation_summary="total :5.00",
    )
    assert judged("X-FISCAL-GAP", doc) == [("pass", "7.00万元", "7.00万元")]


def test_between_takes_grand_totals_where_no_total_of_the_year_is_printed() -> None:
    summary = "+total :5.00\ntotal :5.00"
    right = _doc(
        budget_summary=summary, revenue_summary="total :5.00", expenditure_summary="total :5.00"
    )
    wrong = _doc(
        budget_summary=summary, revenue_summary="total :4.00", expenditure_summary="total :4.00"
    )
    for code in ("X-REVENUE-TOTAL", "X-EXPENDITURE-TOTAL"):
        assert judged(code, right) == [("pass", "5.00万元", "5.00万元")]
        assert judged(code, wrong) == [("fail", "5.00万元", "4.00万元")]


def test_between_does_not_count_the_appropriation_as_another_fund() -> None:
    doc = _doc(
        budget_summary="+fiscal_appropriation :5.00\n+general_public<fiscal_appropriation :5.00",
        expenditure_summary="total :5.00 basic:4.00",
        basic_expenditure="total :3.00",
    )
    assert judged("X-BASIC-TOTAL", doc) == [("fail", "4.00万元", "3.00万元")]


def test_between_names_the_statement_that_is_missing_empty_or_of_another_layout() -> None:
    missing = Doc("d1").table("budget_summary", "+current_total :5.00")
    missing.presence("revenue_summary", "missing")
    empty = Doc("d2").table("budget_summary", "+current_total :5.00")
    empty.presence("revenue_summary", "empty")
    other = Doc("d3").table("budget_summary", "+current_total :5.00")
    found = findings("X-REVENUE-SOURCES", missing, empty, other)
    assert found.select("outcome", "message_zh").rows() == [
        ("insufficient", "收支总表：缺少收入总表。"),
        ("not_applicable", "收支总表：收入总表无数据。"),
        ("not_applicable", "收支总表：该文件的报表体例没有收入总表。"),
    ]


def test_between_is_insufficient_where_carryover_may_be_the_difference() -> None:
    doc = _doc(
        budget_summary="+carryover_start :1.00",
        general_public_expenditure="201 :5.00",
        fiscal_appropriation_summary="201 :6.00 general_public:6.00",
    )
    assert outcomes("X-GENERAL-FUNCTIONS", doc) == ["insufficient"]


def test_between_takes_the_grand_total_where_the_revenue_statement_counts_carryover() -> None:
    doc = _doc(
        budget_summary="+current_total :5.00\n+carryover_start :1.00\n+total :6.00",
        revenue_summary="total :6.00 general_public:5.00 carryover:1.00",
    )
    assert judged("X-REVENUE-TOTAL", doc) == [("pass", "6.00万元", "6.00万元")]


def test_between_reads_an_empty_statement_as_no_money() -> None:
    doc = _doc(basic_expenditure="30217 :2.00").presence("three_public_expenses", "empty")
    assert judged("X-THREE-PUBLIC", doc) == [("fail", "2.00万元", "0.00万元")]


def test_between_is_insufficient_where_other_funds_may_pay_basic_expenditure() -> None:
    doc = _doc(
        budget_summary="+general_public :5.00\n+unit_funds :1.00",
        expenditure_summary="total :6.00 basic:4.00",
        basic_expenditure="total :3.00",
    )
    assert outcomes("X-BASIC-TOTAL", doc) == ["insufficient"]


def _paid(project: str) -> Doc:
    doc = Doc().table("expenditure_summary", "205 :9.00 basic:5.00 project:4.00")
    return doc.table("fiscal_appropriation_expenditure", f"205 :6.00 project:{project}\n206 :1.00")


def test_x_fiscal_part_passes() -> None:
    assert judged("X-FISCAL-PART", _paid("4.00")) == [
        ("pass", "6.00万元", "9.00万元"),
        ("pass", "4.00万元", "4.00万元"),
    ]


def test_x_fiscal_part_fails() -> None:
    assert judged("X-FISCAL-PART", _paid("4.50"))[1] == ("fail", "4.50万元", "4.00万元")


def test_between_leaves_out_what_is_carried_forward_where_the_total_counts_it() -> None:
    def doc(total: str) -> Doc:
        return _doc(
            budget_summary="current_total :4.00",
            expenditure_summary=f"total :{total} basic:4.00 carried_forward:1.00",
        )

    assert outcomes("X-EXPENDITURE-TOTAL", doc("5.00")) == ["pass"]
    assert outcomes("X-EXPENDITURE-TOTAL", doc("4.00")) == ["pass"]
    assert judged("X-EXPENDITURE-TOTAL", doc("6.00")) == [("fail", "4.00万元", "6.00万元")]


def test_between_asks_for_functions_only_where_revenue_is_printed_by_function() -> None:
    spent = "total :5.00\n205<total :3.00\n208<total :2.00"
    one_line = _doc(revenue_summary="total :5.00", expenditure_summary=spent)
    assert outcomes("X-REVENUE-EXPENDITURE", one_line) == ["pass"]
    parted = _doc(revenue_summary="total :5.00\n205<total :3.00", expenditure_summary=spent)
    assert sorted(outcomes("X-REVENUE-EXPENDITURE", parted)) == ["fail", "pass", "pass"]


def test_x_operating_takes_the_public_part_from_the_classes_where_there_are_no_columns() -> None:
    basic = "total :9.00\n301<total :5.00\n302<total :2.50\n310<total :0.50\n303<total :1.00"
    right = _doc(operating_expenses="total :3.00", basic_expenditure=basic)
    assert judged("X-OPERATING", right) == [("pass", "3.00万元", "3.00万元")]
    # Such a layout may count the projects of the office as its operation.
    wrong = _doc(operating_expenses="total :7.00", basic_expenditure=basic)
    assert outcomes("X-OPERATING", wrong) == ["insufficient"]


def test_x_projects_total_is_asked_where_a_list_of_projects_is_printed() -> None:
    spent = {"expenditure_summary": "total :5.00 project:4.00"}
    assert outcomes("X-PROJECTS-TOTAL", _doc(**spent)) == ["not_applicable"]
    empty = _doc(**spent).presence("project_expenditure", "empty")
    assert outcomes("X-PROJECTS-TOTAL", empty) == ["insufficient"]


def _carried(stage: str, *, brought: str) -> Doc:
    """The general public budget is 1.00 apart from the fiscal summary."""
    doc = Doc(stage=stage).table("general_public_expenditure", "201 :5.00\ntotal :5.00")
    summary = f"{brought}\n201 :6.00 general_public:6.00\ncurrent_total :6.00"
    return doc.table("fiscal_appropriation_summary", summary)


_ALL_BROUGHT = "+carryover_start<total :1.00"
_FUND_BROUGHT = _ALL_BROUGHT + "\n+carryover_start<carryover_start {}:1.00"


@pytest.mark.parametrize("code", ["X-GENERAL-FUNCTIONS", "X-FISCAL-PARTS"])
def test_what_was_carried_over_excuses_a_budget_and_no_final_accounts(code: str) -> None:
    assert outcomes(code, _carried("budget", brought=_ALL_BROUGHT)) == ["insufficient"]
    assert outcomes(code, _carried("final", brought=_ALL_BROUGHT)) == ["fail"]


@pytest.mark.parametrize(
    ("fund", "outcome"), [("general_public", "insufficient"), ("government_fund", "fail")]
)
def test_only_what_was_carried_over_of_its_own_fund_excuses_a_class(
    fund: str, outcome: str
) -> None:
    doc = _carried("budget", brought=_FUND_BROUGHT.format(fund))
    assert outcomes("X-GENERAL-FUNCTIONS", doc) == [outcome]
    # The three budgets together may contain what was carried over of any of them.
    assert outcomes("X-FISCAL-PARTS", doc) == ["insufficient"]


def test_x_economic_split_names_the_contributions_in_printed_order() -> None:
    lines = ["30101~50101 :9.00", "30101~50501 :9.00"]
    codes = ["30113", "30108", "30110"]
    doc = _doc(basic_expenditure="\n".join([*lines, *(f"{code}~50102 :1.00" for code in codes)]))
    for _ in range(3):
        assert "、".join(codes) in findings("X-ECONOMIC-SPLIT", doc)["message_zh"].item()
