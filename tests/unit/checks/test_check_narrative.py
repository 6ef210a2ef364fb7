"""Rules on the narrative: one disclosure that holds and one that does not, for each rule."""

import polars as pl
import pytest
from check_rows import Doc, findings, judged, outcomes

_OPERATING = "operating_expenses"
_PERFORMANCE = "performance"


def test_n_level_passes() -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="161.6")
    assert judged("N-LEVEL", doc) == [("pass", "161.60万元", "161.58万元")]


def test_n_level_fails() -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="161.68")
    assert judged("N-LEVEL", doc) == [("fail", "161.68万元", "161.58万元")]


def test_n_level_reads_a_blank_cell_as_none() -> None:
    doc = Doc().table("three_public_expenses", "reception :3.00")
    doc.say("three_public_expenses", "abroad", level="0")
    doc.say("three_public_expenses", "vehicle", level="2.00")
    assert judged("N-LEVEL", doc) == [
        ("pass", "0.00万元", "0.00万元"),
        ("fail", "2.00万元", "0.00万元"),
    ]


def test_n_level_is_insufficient_where_a_function_is_not_in_the_statement() -> None:
    doc = Doc().table("general_public_expenditure", "201 :3.00")
    doc.say("general_public_expenditure", "208", level="2.00")
    assert judged("N-LEVEL", doc) == []


def test_n_level_is_insufficient_where_the_statement_has_no_such_column() -> None:
    one = Doc("a").table("basic_expenditure", "total :5.00\n301<total :5.00")
    both = Doc("b").table("basic_expenditure", "total :5.00 personnel:5.00\n302<total public:1.00")
    for doc in (one, both):
        doc.say("basic_expenditure", level="2.00", component="public")
    assert judged("N-LEVEL", one, both) == [("fail", "2.00万元", "0.00万元")]


def test_n_level_takes_personnel_and_public_expenses_from_their_classes() -> None:
    doc = Doc().table("basic_expenditure", "total :9.00\n301<total :5.00\n302<total :3.00")
    doc.table("basic_expenditure", "303<total :1.00")
    doc.say("basic_expenditure", level="6.00", component="personnel")
    doc.say("basic_expenditure", level="4.00", component="public")
    assert judged("N-LEVEL", doc) == [
        ("pass", "6.00万元", "6.00万元"),
        ("fail", "4.00万元", "3.00万元"),
    ]


def test_n_level_is_insufficient_where_no_figure_of_the_statement_could_be_placed() -> None:
    doc = Doc().presence("budget_summary", "present", cells=3).say("budget_summary", level="2.00")
    assert judged("N-LEVEL", doc) == []


def test_n_level_finds_a_source_among_columns_or_lines() -> None:
    lines = Doc("a").table("revenue_summary", "+total :5.00\n+general_public<total :4.00")
    columns = Doc("b").table("revenue_summary", "total :5.00 general_public:4.00")
    for doc, level in ((lines, "4.00"), (columns, "3.00")):
        doc.say("revenue_summary", level="5.00", fund="all")
        doc.say("revenue_summary", level=level, fund="general_public")
    assert judged("N-LEVEL", lines, columns) == [
        ("pass", "5.00万元", "5.00万元"),
        ("pass", "4.00万元", "4.00万元"),
        ("pass", "5.00万元", "5.00万元"),
        ("fail", "3.00万元", "4.00万元"),
    ]


def test_n_level_is_insufficient_where_the_text_may_count_carryover() -> None:
    doc = Doc().table(
        "fiscal_appropriation_summary", "+general_public :5.00\n+carryover_start :1.00"
    )
    subject = {"flow": "revenue", "classification": "revenue_source", "fund": "general_public"}
    doc.say("fiscal_appropriation_summary", "general_public", level="6.00", **subject)
    assert judged("N-LEVEL", doc) == []


def test_n_growth_passes() -> None:
    doc = Doc().say("budget_summary", level="2965.95", change="-860.60", growth="-22.49")
    assert judged("N-GROWTH", doc) == [("pass", "-22.49%", "-22.49%")]


def test_n_growth_fails_and_names_a_forgotten_hundred_percent() -> None:
    doc = Doc().say(_OPERATING, level="161.58", change="5.05", growth="0.03")
    (row,) = findings("N-GROWTH", doc).filter(outcome="fail").to_dicts()
    assert (row["printed_text"], row["computed_text"]) == ("0.03%", "3.23%")
    assert row["message_zh"].endswith("可能漏乘100%。")


def test_n_growth_fails_without_that_hint_where_the_number_is_simply_wrong() -> None:
    doc = Doc().say(_OPERATING, level="161.58", change="5.05", growth="3.32")
    (row,) = findings("N-GROWTH", doc).filter(outcome="fail").to_dicts()
    assert "漏乘" not in row["message_zh"]


def test_n_growth_of_nothing_has_no_rate() -> None:
    said = Doc("a").say(_OPERATING, level="5.00", change="5.00", growth="50")
    silent = Doc("b").say(_OPERATING, level="5.00", change="5.00")
    found = findings("N-GROWTH", said, silent).filter(statement=_OPERATING)
    assert found["outcome"].to_list() == ["fail", "not_applicable"]


@pytest.mark.parametrize(("change", "growth"), [("5.00", "100"), ("0", "0")])
def test_n_growth_of_nothing_may_be_stated_by_custom(change: str, growth: str) -> None:
    doc = Doc().say(_OPERATING, level=change, change=change, growth=growth)
    (row,) = findings("N-GROWTH", doc).filter(statement=_OPERATING).to_dicts()
    assert row["outcome"] == "not_applicable"
    assert "惯例" in row["message_zh"]


@pytest.mark.parametrize("growth", [None, "150"])
def test_n_growth_fails_where_last_year_would_be_negative(growth: str | None) -> None:
    doc = Doc().say(_OPERATING, level="5.00", change="8.00", growth=growth)
    (row,) = findings("N-GROWTH", doc).filter(statement=_OPERATING).to_dicts()
    assert row["outcome"] == "fail"
    assert "文字写增加8.00万元，多于本年的5.00万元，上年数成了负数" in row["message_zh"]


def test_n_growth_leaves_restated_figures_out() -> None:
    doc = Doc().say(_OPERATING, level="9.00", change="1.00", growth="50", base_stage=None)
    assert judged("N-GROWTH", doc) == []


def test_n_growth_takes_a_level_the_sentence_leaves_out_from_the_statement() -> None:
    doc = Doc().table(_OPERATING, "total :105.00").say(_OPERATING, change="5.00", growth="5.00")
    assert judged("N-GROWTH", doc) == [("pass", "5.00%", "5.00%")]


def test_n_change_sign_passes() -> None:
    doc = Doc().say(_OPERATING, level="5.00", change="-1.00", growth="-16.67")
    assert outcomes("N-CHANGE-SIGN", doc).count("pass") == 1


def test_n_change_sign_fails() -> None:
    doc = Doc().say(_OPERATING, level="5.00", change="-1.00", growth="16.67")
    assert outcomes("N-CHANGE-SIGN", doc).count("fail") == 1


def test_n_unchanged_passes() -> None:
    doc = Doc().say(_OPERATING, level="5.00", is_unchanged=True)
    assert outcomes("N-UNCHANGED", doc).count("pass") == 1


def test_n_unchanged_fails() -> None:
    doc = Doc().say(_OPERATING, level="5.00", is_unchanged=True).say(_OPERATING, change="1.00")
    assert judged("N-UNCHANGED", doc) == [("fail", "1.00万元", "0.00万元")]


def test_n_reason_passes() -> None:
    doc = Doc().say(_OPERATING, change="1.00", reason="人员增加")
    assert outcomes("N-REASON", doc).count("pass") == 1


def test_n_reason_fails() -> None:
    assert outcomes("N-REASON", Doc().say(_OPERATING, change="1.00")).count("fail") == 1


def test_n_repeated_passes() -> None:
    doc = Doc().say(_OPERATING, level="161.58").say(_OPERATING, level="161.6")
    assert judged("N-REPEATED", doc) == [("pass", "161.58万元", "161.60万元")]


def test_n_repeated_fails() -> None:
    doc = Doc().say(_OPERATING, level="5.00").say(_OPERATING, level="5.00")
    doc.say(_OPERATING, level="6.00")
    assert judged("N-REPEATED", doc) == [("fail", "5.00万元", "6.00万元")]


def _three_public(operation: str) -> Doc:
    doc = Doc().say("three_public_expenses", "total", level="3.00", change="-5.10")
    doc.say("three_public_expenses", "abroad", level="0", is_unchanged=True)
    doc.say("three_public_expenses", "reception", level="3.00", is_unchanged=True)
    doc.say("three_public_expenses", "vehicle_purchase", level="0", is_unchanged=True)
    return doc.say("three_public_expenses", "vehicle_operation", level="0", change=operation)


def test_n_three_public_change_passes() -> None:
    found = judged("N-THREE-PUBLIC-CHANGE", _three_public("-5.10"))
    assert found == [("pass", "-5.10万元", "-5.10万元")]


def test_n_three_public_change_fails() -> None:
    found = judged("N-THREE-PUBLIC-CHANGE", _three_public("-5.00"))
    assert found == [("fail", "-5.10万元", "-5.00万元")]


def test_n_three_public_change_is_insufficient_where_an_item_says_nothing() -> None:
    doc = Doc().say("three_public_expenses", "total", level="3.00", change="-5.10")
    doc.say("three_public_expenses", "reception", level="3.00", is_unchanged=True)
    assert outcomes("N-THREE-PUBLIC-CHANGE", doc) == ["insufficient"]


def test_n_three_public_prior_passes() -> None:
    found = judged("N-THREE-PUBLIC-PRIOR", _three_public("-5.10"))
    assert found == [("pass", "8.10万元", "8.10万元")]


def test_n_three_public_prior_fails() -> None:
    found = judged("N-THREE-PUBLIC-PRIOR", _three_public("-6.10"))
    assert found == [("fail", "8.10万元", "9.10万元")]


def _two_changes(general: str) -> Doc:
    doc = Doc().say("budget_summary", change="-860.60")
    return doc.say("general_public_expenditure", change=general)


def test_n_change_scope_passes_where_nothing_else_changed() -> None:
    found = judged("N-CHANGE-SCOPE", _two_changes("-860.60"))
    assert found == [("pass", "-860.60万元", "-860.60万元")]


def test_n_change_scope_never_fails_but_says_what_is_unexplained() -> None:
    (row,) = findings("N-CHANGE-SCOPE", _two_changes("-436.80")).to_dicts()
    assert row["outcome"] == "insufficient"
    assert "相差423.80万元" in row["message_zh"]


def _shares(second: str, third: str = "1.00") -> Doc:
    about = {"flow": "expenditure", "block": 7}
    doc = Doc().say("general_public_expenditure", level="3.00", block=7)
    doc.say("general_public_expenditure", "201", level="2.00", share="66.67", **about)
    return doc.say("general_public_expenditure", "208", level=third, share=second, **about)


def test_n_share_passes() -> None:
    assert judged("N-SHARE", _shares("33.33")) == [
        ("pass", "66.67%", "66.67%"),
        ("pass", "33.33%", "33.33%"),
    ]


def test_n_share_fails() -> None:
    assert judged("N-SHARE", _shares("36.33"))[1] == ("fail", "36.33%", "33.33%")


def test_n_share_of_a_total_of_some_funds_is_taken_of_the_total_of_all() -> None:
    fiscal = "fiscal_appropriation_summary"
    doc = Doc().table("budget_summary", "total :10.00").table(fiscal, "total :9.00")
    doc.say(fiscal, level="9.00", share="90").say(fiscal, level="9.00", share="100")
    assert judged("N-SHARE", doc) == [("pass", "90%", "90%"), ("fail", "100%", "90%")]
    alone = Doc().table(fiscal, "total :9.00").say(fiscal, level="9.00", share="90")
    assert judged("N-SHARE", alone) == []


def test_n_shares_sum_passes() -> None:
    assert judged("N-SHARES-SUM", _shares("33.33")) == [("pass", "100.00%", "100.00%")]


def test_n_shares_sum_passes_within_half_a_step_of_each() -> None:
    assert judged("N-SHARES-SUM", _shares("33.32")) == [("pass", "99.99%", "100.00%")]


def test_n_shares_sum_fails() -> None:
    assert judged("N-SHARES-SUM", _shares("33.13")) == [("fail", "99.80%", "100.00%")]


def test_n_shares_sum_is_insufficient_where_the_list_is_not_whole() -> None:
    assert judged("N-SHARES-SUM", _shares("16.67", third="0.50")) == []


def _procurement(works: str) -> Doc:
    doc = Doc()
    for code, amount in {
        "total": "9.00",
        "goods": "2.00",
        "works": works,
        "services": "3.00",
    }.items():
        doc.say("procurement", code, level=amount, classification="procurement", name=None)
    return doc


def test_n_procurement_passes() -> None:
    assert judged("N-PROCUREMENT", _procurement("4.00")) == [("pass", "9.00万元", "9.00万元")]


def test_n_procurement_fails() -> None:
    assert judged("N-PROCUREMENT", _procurement("4.50")) == [("fail", "9.00万元", "9.50万元")]


def _limited(project: str) -> Doc:
    doc = _procurement("4.00").table("expenditure_summary", f"total :20.00 project:{project}")
    return doc.table("basic_expenditure", "total :9.00 public:3.00")


def _bought(goods: str) -> Doc:
    lines = f"total :9.00\ngoods<total :{goods}\nservices<total :3.00"
    return _procurement("0.00").table("procurement_expenditure", lines)


def test_n_procurement_table_passes() -> None:
    assert judged("N-PROCUREMENT-TABLE", _bought("2.00")) == [
        ("pass", "9.00万元", "9.00万元"),
        ("pass", "2.00万元", "2.00万元"),
        ("pass", "0.00万元", "0.00万元"),  # works: none stated, none printed
        ("pass", "3.00万元", "3.00万元"),
    ]


def test_n_procurement_table_fails() -> None:
    outcomes = judged("N-PROCUREMENT-TABLE", _bought("2.10"))
    assert ("fail", "2.00万元", "2.10万元") in outcomes


def test_n_procurement_limit_passes() -> None:
    assert judged("N-PROCUREMENT-LIMIT", _limited("6.00")) == [("pass", "9.00万元", "9.00万元")]


def test_n_procurement_limit_fails() -> None:
    assert judged("N-PROCUREMENT-LIMIT", _limited("5.00")) == [("fail", "9.00万元", "8.00万元")]


def _projects(special: str = "1", money: str = "1.00") -> Doc:
    doc = Doc().table("project_expenditure", "unit甲 :5.00\n甲<unit甲 :3.00\n乙<unit甲 :2.00")
    doc.form("甲").form("乙")
    doc.say(_PERFORMANCE, "total", count="2", level="5.00", name="项目")
    doc.say(_PERFORMANCE, "other_operating", count="1", level="4.00", name="项目")
    return doc.say(_PERFORMANCE, "specific_target", count=special, level=money, name="项目")


def test_n_project_types_passes() -> None:
    assert judged("N-PROJECT-TYPES", _projects()) == [("pass", "2个", "2个")]


def test_n_project_types_fails() -> None:
    assert judged("N-PROJECT-TYPES", _projects(special="2")) == [("fail", "2个", "3个")]


def test_n_project_types_money_passes() -> None:
    assert judged("N-PROJECT-TYPES-MONEY", _projects()) == [("pass", "5.00万元", "5.00万元")]


def test_n_project_types_money_fails() -> None:
    found = judged("N-PROJECT-TYPES-MONEY", _projects(money="1.50"))
    assert found == [("fail", "5.00万元", "5.50万元")]


def test_n_project_count_passes() -> None:
    assert judged("N-PROJECT-COUNT", _projects()) == [("pass", "2个", "2个")]


def test_n_project_count_fails() -> None:
    doc = Doc().table("project_expenditure", "甲 :3.00").say(_PERFORMANCE, count="2")
    assert judged("N-PROJECT-COUNT", doc) == [("fail", "2个", "1个")]


def test_n_form_count_passes() -> None:
    assert judged("N-FORM-COUNT", _projects()) == [("pass", "2个", "2个")]


def test_n_form_count_fails() -> None:
    assert judged("N-FORM-COUNT", Doc().form().say(_PERFORMANCE, count="2")) == [
        ("fail", "2个", "1个")
    ]


def test_n_project_money_passes() -> None:
    assert judged("N-PROJECT-MONEY", _projects()) == [("pass", "5.00万元", "5.00万元")]


def test_n_project_money_fails() -> None:
    doc = Doc().table("project_expenditure", "甲 :3.00").say(_PERFORMANCE, level="5.00")
    assert judged("N-PROJECT-MONEY", doc) == [("fail", "5.00万元", "3.00万元")]


def _vehicles(leader: str = "1", posts: str = "3") -> Doc:
    doc = Doc()
    counts = {
        "vehicles": "2",
        "vehicle_posts": posts,
        "vehicle_leader": leader,
        "vehicle_other": "1",
    }
    for code, count in counts.items():
        doc.say("state_assets", code, count=count, unit="辆", classification="asset")
    return doc


def test_n_vehicle_kinds_passes() -> None:
    assert judged("N-VEHICLE-KINDS", _vehicles()) == [("pass", "2辆", "2辆")]


def test_n_vehicle_kinds_fails() -> None:
    assert judged("N-VEHICLE-KINDS", _vehicles(leader="0")) == [("fail", "2辆", "1辆")]


def test_n_vehicle_posts_passes() -> None:
    assert judged("N-VEHICLE-POSTS", _vehicles()) == [("pass", "2辆", "3辆")]


def test_n_vehicle_posts_fails() -> None:
    assert judged("N-VEHICLE-POSTS", _vehicles(posts="1")) == [("fail", "2辆", "1辆")]


def test_n_vehicle_operation_passes() -> None:
    doc = _vehicles().table("three_public_expenses", "vehicle_operation :3.00")
    assert outcomes("N-VEHICLE-OPERATION", doc) == ["pass"]


def test_n_vehicle_operation_fails() -> None:
    doc = _vehicles().say("three_public_expenses", "vehicle_operation", level="0")
    assert outcomes("N-VEHICLE-OPERATION", doc) == ["fail"]


def _staff(workers: str = "1", posts: str = "50") -> Doc:
    doc = Doc()
    counts = {
        "staff_in_post": "46",
        "civil_servants": "45",
        "workers": workers,
        "posts_administrative": posts,
    }
    for code, count in counts.items():
        doc.say("staffing", code, count=count, unit="人", classification="staff", name="本级")
    return doc


def test_n_staff_kinds_passes() -> None:
    assert judged("N-STAFF-KINDS", _staff()) == [("pass", "46人", "46人")]


def test_n_staff_kinds_fails() -> None:
    assert judged("N-STAFF-KINDS", _staff(workers="2")) == [("fail", "46人", "47人")]


def test_n_staff_posts_passes() -> None:
    assert judged("N-STAFF-POSTS", _staff()) == [("pass", "46人", "50人")]


def test_n_staff_posts_fails() -> None:
    assert judged("N-STAFF-POSTS", _staff(posts="40")) == [("fail", "46人", "40人")]


@pytest.mark.parametrize("columns", [{"fiscal_year": 2023}, {"stage": "final"}])
def test_narrative_of_another_year_or_stage_is_not_compared(columns: dict[str, object]) -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="99.00", **columns)
    assert findings("N-LEVEL", doc).filter(pl.col("outcome") == "fail").is_empty()


def test_n_level_adds_the_funds_up_where_no_statement_has_the_appropriation_by_line() -> None:
    doc = (
        Doc()
        .table("general_public_expenditure", "2050202 :3.00")
        .table("government_fund_expenditure", "2050202 :1.00")
        .say("fiscal_appropriation_expenditure", "2050202", level="4.00")
        .say("fiscal_appropriation_expenditure", "2050202", level="3.00")
    )
    assert judged("N-LEVEL", doc) == [
        ("pass", "4.00万元", "4.00万元"),
        ("fail", "3.00万元", "4.00万元"),
    ]


def test_n_level_takes_the_statement_of_the_appropriation_where_there_is_one() -> None:
    doc = (
        Doc()
        .table("general_public_expenditure", "2050202 :3.00")
        .table("fiscal_appropriation_expenditure", "2050202 :4.00")
        .say("fiscal_appropriation_expenditure", "2050202", level="4.00")
    )
    assert judged("N-LEVEL", doc) == [("pass", "4.00万元", "4.00万元")]
