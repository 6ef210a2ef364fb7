"""Lines that are missing above or below others, and the columns of the summary."""

from __future__ import annotations

import pytest
from check_rows import Doc, findings, judged, outcomes

_WHOLE = """
total          :9.00
208<total      :5.00
20805<208      :5.00
2080501<20805  :2.00
2080505<20805  :3.00
221<total      :4.00
22102<221      :4.00
2210201<22102  :4.00
"""


def _without(code: str, *, parent: str = "total") -> Doc:
    """The statement without a line; what stood below it counts for the line above."""
    lines = [line for line in _WHOLE.strip().splitlines() if line.split("<")[0].split()[0] != code]
    text = "\n".join(lines).replace(f"<{code} ", f"<{parent} ")
    return Doc().table("expenditure_summary", text)


def test_t_level_above_passes_once_for_a_statement() -> None:
    doc = Doc().table("expenditure_summary", _WHOLE)
    assert outcomes("T-LEVEL-ABOVE", doc).count("pass") == 1
    assert "fail" not in outcomes("T-LEVEL-ABOVE", doc)


@pytest.mark.parametrize(
    ("code", "parent", "says"),
    [
        ("20805", "208", "列示了科目2080501，没有列示它的上级20805"),
        ("208", "total", "列示了科目20805，没有列示它的上级208"),
        ("total", "total", "列示了科目208，没有列示它的上级合计"),
    ],
)
def test_t_level_above_fails_at_the_first_line_below_the_gap(
    code: str, parent: str, says: str
) -> None:
    failed = findings("T-LEVEL-ABOVE", _without(code, parent=parent)).filter(outcome="fail")
    assert len(failed) == 1
    assert says in failed["message_zh"][0]


def test_t_level_above_passes_where_a_layout_has_no_middle_level() -> None:
    text = "total :9.00\n208<total :9.00\n2080501<208 :9.00"
    assert "fail" not in outcomes("T-LEVEL-ABOVE", Doc().table("expenditure_summary", text))


def test_t_level_below_passes_where_every_line_has_its_own() -> None:
    doc = Doc().table("expenditure_summary", _WHOLE)
    assert outcomes("T-LEVEL-BELOW", doc).count("pass") == 1
    assert "fail" not in outcomes("T-LEVEL-BELOW", doc)


def test_t_level_below_fails_where_the_only_line_is_gone() -> None:
    failed = findings("T-LEVEL-BELOW", _without("2210201")).filter(outcome="fail").to_dicts()
    assert [(row["row"], row["column"]) for row in failed] == [(7, 2)]
    assert "列示了科目22102，没有列示它的下级科目" in failed[0]["message_zh"]
    assert "prints line 22102 and none below it" in failed[0]["message_en"]


def test_t_level_below_passes_for_a_line_whose_code_is_not_known() -> None:
    text = _WHOLE.replace("2210201<22102", "住房公积金<22102")
    assert "fail" not in outcomes("T-LEVEL-BELOW", Doc().table("expenditure_summary", text))


def test_t_level_below_passes_for_a_list_of_classes_alone() -> None:
    doc = Doc().table("expenditure_summary", _WHOLE)
    doc = doc.table("general_public_expenditure", "total :9.00\n208<total :5.00\n221<total :4.00")
    assert "fail" not in outcomes("T-LEVEL-BELOW", doc)


def test_t_level_current_passes_where_the_total_of_the_year_is_printed() -> None:
    doc = Doc().table(
        "budget_summary", "+current_total :8.00\n+carryover_start :2.00\n+total :10.00"
    )
    assert outcomes("T-LEVEL-CURRENT", doc).count("pass") == 1


def test_t_level_current_fails_where_only_carryover_and_the_grand_total_are_printed() -> None:
    doc = Doc().table("budget_summary", "+carryover_start :2.00\n+total :10.00")
    failed = findings("T-LEVEL-CURRENT", doc).filter(outcome="fail")
    assert failed["row"].to_list() == [2]


_SUMMARY = """
+current_total   :8.00
+carryover_start :2.00
+total           :10.00
total            :10.00 current:{current} carryover:{carryover}
"""


def test_t_balance_columns_passes_where_each_column_has_its_source() -> None:
    doc = Doc().table("budget_summary", _SUMMARY.format(current="8.00", carryover="2.00"))
    assert judged("T-BALANCE-COLUMNS", doc) == [
        ("pass", "8.00万元", "8.00万元"),
        ("pass", "2.00万元", "2.00万元"),
    ]


def test_t_balance_columns_fails_where_the_columns_changed_places() -> None:
    doc = Doc().table("budget_summary", _SUMMARY.format(current="2.00", carryover="8.00"))
    assert judged("T-BALANCE-COLUMNS", doc) == [
        ("fail", "2.00万元", "8.00万元"),
        ("fail", "8.00万元", "2.00万元"),
    ]


def test_between_no_carryover_of_another_fund_excuses_a_difference() -> None:
    doc = (
        Doc()
        .table("fiscal_appropriation_summary", "+carryover_start general_public:2.00")
        .table("government_fund_expenditure", "total :3.00")
        .table("government_fund_revenue", "total :1.50")
    )
    assert "fail" in outcomes("X-FUND-BALANCE", doc)


def test_between_a_difference_of_more_than_was_carried_over_is_a_failure() -> None:
    doc = (
        Doc()
        .table("budget_summary", "+carryover_start :1.00\n+total :9.00")
        .table("government_fund_revenue", "total :1.00")
    )
    small = doc.table("government_fund_expenditure", "total :1.80")
    assert outcomes("X-FUND-BALANCE", small) == ["insufficient"]
    large = (
        Doc()
        .table("budget_summary", "+carryover_start :1.00\n+total :9.00")
        .table("government_fund_revenue", "total :1.00")
        .table("government_fund_expenditure", "total :2.80")
    )
    assert outcomes("X-FUND-BALANCE", large) == ["fail"]
