"""Rules on performance forms, their targets and costs."""

from typing import Any

from check_rows import Doc, findings, judged, outcomes

_FORM = "performance_form"


def _listed(text: str = "甲 :3.00") -> Doc:
    return Doc().table("project_expenditure", text)


def test_f_form_listed_passes() -> None:
    assert outcomes("F-FORM-LISTED", _listed().form("甲")) == ["pass"]


def test_f_form_listed_fails() -> None:
    assert outcomes("F-FORM-LISTED", _listed().form("乙")) == ["fail"]


def test_f_project_form_passes() -> None:
    assert outcomes("F-PROJECT-FORM", _listed().form("甲")) == ["pass"]


def test_f_project_form_fails() -> None:
    doc = _listed("甲 :3.00\n乙 :1.00").form("甲")
    assert outcomes("F-PROJECT-FORM", doc) == ["pass", "fail"]


def test_f_money_passes() -> None:
    doc = _listed().form().table(_FORM, "甲 annual:30,000")
    assert judged("F-MONEY", doc) == [("pass", "30,000元", "30,000元")]


def test_f_money_fails() -> None:
    doc = _listed().form().table(_FORM, "甲 annual:31,000")
    assert judged("F-MONEY", doc) == [("fail", "31,000元", "30,000元")]


def test_f_money_passes_with_what_was_carried_over() -> None:
    doc = _listed().table("project_carryover", "甲 :1.00").form().table(_FORM, "甲 annual:40,000")
    assert judged("F-MONEY", doc) == [("pass", "40,000元", "40,000元")]


def test_f_sources_passes() -> None:
    doc = Doc().form().table(_FORM, "甲 term:9 term.local:8 term.self_raised:1 term.central:0")
    assert judged("F-SOURCES", doc) == [("pass", "9元", "9元")]


def test_f_sources_fails() -> None:
    doc = Doc().form().table(_FORM, "甲 annual:9,000 annual.local:8,000")
    assert judged("F-SOURCES", doc) == [("fail", "9,000元", "8,000元")]


def test_f_sources_counts_what_was_carried_over() -> None:
    doc = Doc().form().table(_FORM, "甲 annual:9,000 annual.fiscal_appropriation:8,000")
    doc = doc.table(_FORM, "甲 annual:1,000", carryover_basis="only")
    assert judged("F-SOURCES", doc) == [("pass", "9,000元", "9,000元")]


def _blocks(term: str, annual: str, **columns: Any) -> Doc:
    return Doc().form(**columns).table(_FORM, f"甲 term:{term} annual:{annual}")


def test_f_term_passes() -> None:
    assert judged("F-TERM", _blocks("900", "500")) == [("pass", "500元", "900元")]


def test_f_term_fails() -> None:
    assert judged("F-TERM", _blocks("500", "900")) == [("fail", "900元", "500元")]


def test_f_one_year_passes() -> None:
    assert judged("F-ONE-YEAR", _blocks("500", "500", period_years=1)) == [
        ("pass", "500元", "500元")
    ]


def test_f_one_year_fails() -> None:
    assert judged("F-ONE-YEAR", _blocks("900", "500", period_years=1)) == [
        ("fail", "500元", "900元")
    ]


def test_f_one_year_does_not_apply_to_longer_projects() -> None:
    assert outcomes("F-ONE-YEAR", _blocks("900", "500", period_years=2)) == ["not_applicable"]


def test_f_long_running_passes() -> None:
    assert outcomes("F-LONG-RUNNING", _blocks("9000", "500", period_years=99)) == ["pass"]


def test_f_long_running_fails() -> None:
    assert outcomes("F-LONG-RUNNING", _blocks("500", "500", period_years=99)) == ["fail"]


def test_f_long_running_names_the_projects_of_a_document_together() -> None:
    doc = Doc()
    for project, term in (("甲", 500), ("乙", 900), ("丙", 500)):
        doc.form(project, period_years=99)
        doc.table(_FORM, f"{project} term:{term} annual:500")
    found = findings("F-LONG-RUNNING", doc)
    assert found["outcome"].to_list() == ["fail", "pass"]
    assert found["message_zh"][0].startswith("项目“甲”、“丙”：项目期很长")


def test_f_term_does_not_apply_to_forms_of_one_year_alone() -> None:
    one_year = Doc().form().table(_FORM, "甲 annual:500")
    assert outcomes("F-TERM", one_year) == ["not_applicable"]
    other = one_year.form("乙").table(_FORM, "乙 term:900 annual:500")
    assert outcomes("F-TERM", other) == ["insufficient", "pass"]


def test_f_placeholder_passes() -> None:
    doc = Doc().form().table(_FORM, "甲 term:900 term.local:900 term.central:0")
    assert outcomes("F-PLACEHOLDER", doc) == ["pass"]


def test_f_placeholder_fails() -> None:
    doc = Doc().form().table(_FORM, "甲 term:901 term.local:900 term.self_raised:1")
    assert outcomes("F-PLACEHOLDER", doc) == ["fail"]


def test_f_kind_period_passes() -> None:
    once = Doc("a").form(kind="一次性项目（1年结束）", period_years=1)
    always = Doc("b").form(kind="经常性项目（长期开展）", period_years=99)
    assert outcomes("F-KIND-PERIOD", once, always) == ["pass", "pass"]


def test_f_kind_period_fails() -> None:
    once = Doc("a").form(kind="一次性项目（1年结束）", period_years=3)
    always = Doc("b").form(kind="经常性项目（长期开展）", period_years=1)
    unknown = Doc("c").form(kind="经常性项目（长期开展）")
    assert outcomes("F-KIND-PERIOD", once, always, unknown) == ["fail", "fail", "insufficient"]


def _caps(annual: str) -> Doc:
    cost = {"kind": "money", "level2": "成本指标", "comparator": "≤"}
    doc = Doc().form().target("运维成本", "563,000", block="term", **cost)
    return doc.target("运维成本", annual, **cost)


def test_f_cost_cap_passes() -> None:
    assert judged("F-COST-CAP", _caps("563,000")) == [("pass", "563,000元", "563,000元")]


def test_f_cost_cap_fails() -> None:
    assert judged("F-COST-CAP", _caps("700,000")) == [("fail", "700,000元", "563,000元")]


def _targets(annual: str, term_money: str = "900") -> Doc:
    doc = _blocks(term_money, "500").target("审查数量", "10", block="term")
    return doc.target("审查数量", annual)


def test_f_same_targets_passes() -> None:
    assert outcomes("F-SAME-TARGETS", _targets("5")) == ["pass"]


def test_f_same_targets_fails() -> None:
    assert outcomes("F-SAME-TARGETS", _targets("10")) == ["fail"]


def test_f_same_targets_takes_one_yuan_for_a_placeholder() -> None:
    assert outcomes("F-SAME-TARGETS", _targets("10", "501")) == ["not_applicable"]


def test_f_output_operator_passes() -> None:
    assert outcomes("F-OUTPUT-OPERATOR", Doc().form().target("数量", "5", comparator="≥")) == [
        "pass"
    ]


def test_f_output_operator_fails() -> None:
    assert outcomes("F-OUTPUT-OPERATOR", Doc().form().target("数量", "5", comparator="≤")) == [
        "fail"
    ]


def test_f_cost_kind_passes() -> None:
    doc = Doc().form().target("总成本", "5", kind="money", level2="成本指标")
    assert outcomes("F-COST-KIND", doc) == ["pass"]


def test_f_cost_kind_fails() -> None:
    doc = Doc().form().target("总成本", None, kind="text", level2="成本指标")
    assert outcomes("F-COST-KIND", doc) == ["fail"]


def _cost(money: str, *costs: dict[str, Any], **form: Any) -> Doc:
    doc = Doc().form(**form).table(_FORM, f"甲 annual:{money}")
    for number, cost in enumerate(costs):
        doc.target(f"成本{number}", **({"kind": "money", "level2": "成本指标"} | cost))
    return doc


def _per_unit(
    value: str, comparator: str, quantity: str, quantity_comparator: str, **cost: Any
) -> Doc:
    doc = _cost(
        "2,280,000",
        {
            "value": value,
            "comparator": comparator,
            "kind": "unit_cost",
            "quantity_id": "d1/甲/annual/数量",
            **cost,
        },
    )
    return doc.target("数量", quantity, comparator=quantity_comparator)


def _said(doc: Doc) -> tuple[str, str]:
    (row,) = findings("C-MONEY", doc).to_dicts()
    return row["outcome"], row["message_zh"]


def test_c_money_passes_where_a_cap_is_the_money() -> None:
    doc = _cost("600,000", {"value": "600,000", "comparator": "≤"})
    assert _said(doc) == (
        "pass",
        "项目“甲”（年度）：项目资金600,000元，与所列成本合计（不超过600,000元）相容。",
    )


def test_c_money_fails_where_the_least_cost_is_above_the_money() -> None:
    doc = _cost("1,750,000", {"value": "4,938,999.2"}, {"value": "500,000", "comparator": "≤"})
    assert judged("C-MONEY", doc) == [("fail", "1,750,000.0元", "4,938,999.2元")]


def test_c_money_passes_for_a_wage_by_month() -> None:
    doc = _per_unit("3800", "≤", "50", "=", per_period="月")
    assert (
        _said(doc)[1]
        == "项目“甲”（年度）：项目资金2,280,000元，与所列成本合计（不超过2,280,000元）相容。"
    )


def test_c_money_passes_where_a_quantity_may_be_more() -> None:
    doc = _per_unit("0.50", "=", "4,000,000", "≥")
    assert _said(doc) == (
        "pass",
        "项目“甲”（年度）：项目资金2,280,000元，与所列成本合计（不低于1,980,000元）相容。",
    )


def test_c_money_fails_where_price_times_quantity_is_above_the_money() -> None:
    assert _said(_per_unit("0.60", "=", "4,000,000", "≥"))[0] == "fail"


def test_c_money_is_insufficient_where_any_money_would_do() -> None:
    outcome, message = _said(_per_unit("3000", "≤", "180", "≥"))
    assert outcome == "insufficient"
    assert message.endswith("任何金额都相容。")


def test_c_money_is_insufficient_where_parts_may_be_missing() -> None:
    outcome, message = _said(_cost("1,000,000", {"value": "150,000"}))
    assert outcome == "insufficient"
    assert message.endswith("所列成本合计至多150,000元，成本指标可能没有列全。")


def test_c_money_passes_for_the_money_less_arrears() -> None:
    costs = {"value": "500,000", "comparator": "≤"}
    assert _said(_cost("750,000", costs))[0] == "insufficient"
    assert _said(_cost("750,000", costs, arrears_yuan=250_000))[0] == "pass"


def test_c_money_is_insufficient_without_quantity_and_without_cost() -> None:
    assert _said(_cost("5,000", {"value": "3", "kind": "unit_cost"}))[1].endswith(
        "有单位成本找不到对应的数量，无法核验。"
    )
    assert _said(_cost("5,000"))[1].endswith("没有写明金额的成本指标。")
