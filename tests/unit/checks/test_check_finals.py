"""Rules on final accounts: balances of the year, two stages side by side, totals in two parts."""

from __future__ import annotations

from check_rows import Doc, findings, judged, outcomes

_SUMMARY = """
+current_total :9.00
+savings<total :1.00
+carryover_start<total :2.00
+total :12.00
current_total :8.00
surplus_distributed<total :0.50
carryover_end<total :3.50
total :12.00
"""


def final() -> Doc:
    return Doc(stage="final")


def test_the_grand_totals_count_savings_distribution_and_balances() -> None:
    doc = final().table("budget_summary", _SUMMARY.replace("+savings<total :1.00\n", ""))
    doc.table("budget_summary", "+savings<total :1.00")
    doc.rows["facts"][-1]["fund"] = "savings"
    assert judged("T-BALANCE-REVENUE-TOTAL", doc) == [("pass", "12.00万元", "12.00万元")]
    assert judged("T-BALANCE-EXPENDITURE-TOTAL", doc) == [("pass", "12.00万元", "12.00万元")]
    assert judged("T-BALANCE-SIDES", doc) == [("pass", "12.00万元", "12.00万元")]


def test_a_distribution_that_is_left_out_is_found() -> None:
    doc = final().table(
        "budget_summary", "current_total :8.00\ncarryover_end<total :3.50\ntotal :12.00"
    )
    assert judged("T-BALANCE-EXPENDITURE-TOTAL", doc) == [("fail", "12.00万元", "11.50万元")]


def test_parts_of_a_balance_are_not_counted_again() -> None:
    doc = final().table(
        "budget_summary",
        "current_total :8.00\ncarryover_end<total :4.00\ncarryover_end<carryover_end :3.00\n"
        "total :12.00",
    )
    doc.rows["facts"][2]["component"] = "closing_project"
    assert judged("T-BALANCE-EXPENDITURE-TOTAL", doc) == [("pass", "12.00万元", "12.00万元")]


def _fund(closing: str) -> Doc:
    statement, function = "government_fund_expenditure", {"classification": "function"}
    doc = final().table(statement, "212 :4.00 basic:1.00 project:3.00\n213 :1.00", **function)
    doc.table(statement, f"212 :{closing}", component="closing", **function)
    revenue = {**function, "flow": "revenue"}
    doc.table(statement, "212 :5.00\n213 :1.00", **revenue)
    return doc.table(statement, "212 :1.00", component="carryover", **revenue)


def test_t_balance_lines_passes_where_each_line_balances_over_the_year() -> None:
    assert judged("T-BALANCE-LINES", _fund("2.00")) == [
        ("pass", "6.00万元", "6.00万元"),
        ("pass", "1.00万元", "1.00万元"),
    ]


def test_t_balance_lines_fails_where_one_does_not() -> None:
    assert judged("T-BALANCE-LINES", _fund("2.50"))[0] == ("fail", "6.50万元", "6.00万元")


def test_what_is_left_at_the_end_is_no_part_of_what_was_spent() -> None:
    assert judged("T-ROW-BASIC-PROJECT", _fund("2.00")) == [("pass", "4.00万元", "4.00万元")]


def test_lines_without_balances_have_nothing_to_balance() -> None:
    doc = final().table("general_public_expenditure", "205 :4.00 basic:4.00")
    assert set(outcomes("T-BALANCE-LINES", doc)) <= {"not_applicable", "insufficient"}


def _expenses(budgeted: str) -> Doc:
    lines = "total :{}\nabroad<total :1.00\nreception<total :3.00"
    doc = final().table("three_public_expenses", lines.format("4.00"))
    return doc.table("three_public_expenses", lines.format(budgeted), stage="adjusted_budget")


def test_what_was_budgeted_adds_up_apart_from_what_was_spent() -> None:
    assert judged("T-THREE-PUBLIC-TOTAL", _expenses("4.00")) == [
        ("pass", "4.00万元", "4.00万元"),
        ("pass", "4.00万元", "4.00万元"),
    ]
    found = findings("T-THREE-PUBLIC-TOTAL", _expenses("5.00"))
    (failing,) = found.filter(found["outcome"] == "fail").iter_rows(named=True)
    assert (failing["printed_text"], failing["computed_text"]) == ("5.00万元", "4.00万元")
    assert "调整预算" in failing["message_zh"]


def test_other_rules_see_only_what_was_spent() -> None:
    doc = final().table("basic_expenditure", "30217 :2.00")
    doc.table("three_public_expenses", "reception<total :3.00")
    doc.table("three_public_expenses", "reception<total :4.00", stage="adjusted_budget")
    assert judged("X-THREE-PUBLIC", doc) == [("pass", "2.00万元", "3.00万元")]


_LISTS = """
301<total :6.00
302<total :2.00
310<total :1.00
total personnel:6.00
total public:3.00
"""


def test_a_total_printed_in_two_parts_is_their_sum() -> None:
    doc = final().table("basic_expenditure", _LISTS)
    doc.table("general_public_expenditure", "total :20.00 basic:9.00 project:11.00")
    assert judged("X-BASIC-GENERAL", doc) == [("pass", "9.00万元", "9.00万元")]
    assert judged("T-SUM-LINES", doc) == [("pass", "9.00万元", "9.00万元")]
    assert judged("T-CLASS-COMPONENT", doc) == [
        ("pass", "6.00万元", "6.00万元"),
        ("pass", "3.00万元", "3.00万元"),
    ]
    assert judged("T-ROW-PERSONNEL-PUBLIC", doc) == []


def test_a_part_of_a_source_is_no_source() -> None:
    doc = final().table("budget_summary", "+other_income :5.00\n+捐赠<other_income :1.00")
    doc.rows["facts"][-1]["fund"] = "other_income"
    doc.table("revenue_summary", "total :5.00 other_income:5.00")
    assert judged("X-REVENUE-SOURCES", doc) == [("pass", "5.00万元", "5.00万元")]


def test_revenue_and_expenditure_differ_by_balances_in_final_accounts() -> None:
    statements = {"revenue_summary": "205 :5.00", "expenditure_summary": "205 :6.00"}
    found = []
    for stage in ("final", "budget"):
        doc = Doc(stage=stage).table("budget_summary", "+carryover_start<total :1.00")
        for statement, text in statements.items():
            doc.table(statement, text)
        found.append(outcomes("X-REVENUE-EXPENDITURE", doc))
    assert found == [["insufficient"], ["fail"]]


def test_t_three_public_budget_passes_within_the_budget_column() -> None:
    assert [row[0] for row in judged("T-THREE-PUBLIC-BUDGET", _expenses("4.00"))] == ["pass"] * 3


def test_t_three_public_budget_fails_beyond_it() -> None:
    assert judged("T-THREE-PUBLIC-BUDGET", _expenses("3.50"))[0] == (
        "fail",
        "4.00万元",
        "3.50万元",
    )


def _executed(rate: str, budgets: dict[str, str], base: str = "adjusted_budget") -> Doc:
    statement = "general_public_expenditure"
    doc = final().table(statement, "total :9.00")
    share = {"execution_share": float(rate) / 100, "execution_share_step": 0.0001}
    doc.say(statement, level="9.00", base_year=2024, base_stage=base, **share)
    for stage, level in budgets.items():
        doc.say(statement, level=level, stage=stage, base_year=None, base_stage=None)
    return doc


def test_n_execution_passes_where_the_rate_follows() -> None:
    doc = _executed("90.00", {"budget": "8.00", "adjusted_budget": "10.00"})
    assert judged("N-EXECUTION", doc) == [("pass", "90.00%", "90.00%")]


def test_n_execution_fails_where_it_does_not() -> None:
    doc = _executed("95.00", {"adjusted_budget": "10.00"})
    assert judged("N-EXECUTION", doc) == [("fail", "95.00%", "90.00%")]


def test_the_rate_of_the_other_budget_is_named() -> None:
    doc = _executed("90.00", {"budget": "8.00", "adjusted_budget": "10.00"}, base="budget")
    (failing,) = findings("N-EXECUTION", doc).iter_rows(named=True)
    assert (failing["outcome"], failing["computed_text"]) == ("fail", "112.50%")
    assert "列示值是按调整预算计算的" in failing["message_zh"]


def test_a_budget_of_zero_has_no_execution() -> None:
    doc = _executed("90.00", {"budget": "0.00", "adjusted_budget": "10.00"}, base="budget")
    (failing,) = findings("N-EXECUTION", doc).iter_rows(named=True)
    assert failing["outcome"] == "fail"
    assert failing["message_zh"].endswith(
        "文字写90.00%，而所称的预算数为零，没有完成率；列示值是按调整预算计算的。"
    )


def test_a_budget_in_a_column_is_a_base_too() -> None:
    doc = _executed("90.00", {})
    doc.table("general_public_expenditure", "total :10.00", stage="adjusted_budget")
    assert judged("N-EXECUTION", doc) == [("pass", "90.00%", "90.00%")]


def test_an_execution_of_an_unknown_budget_cannot_be_tested() -> None:
    assert outcomes("N-EXECUTION", _executed("90.00", {})) == ["insufficient"]


def test_carry_over_excuses_nothing_in_final_accounts() -> None:
    found = []
    for stage in ("final", "budget"):
        doc = Doc(stage=stage).table("budget_summary", "+carryover_start<total :1.00")
        doc.table("fiscal_appropriation_summary", "201 general_public:6.00")
        found.append(
            outcomes("X-GENERAL-FUNCTIONS", doc.table("general_public_expenditure", "201 :5.00"))
        )
    assert found == [["fail"], ["insufficient"]]
