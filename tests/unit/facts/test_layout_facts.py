"""Statements of other layouts: several lists side by side, columns that are lines, codes in parts."""

from __future__ import annotations

from test_statement_facts import build, columns, facts

from analytics.schema.statement_forms import expected_statements
from analytics.schema.vocabularies import Statement


def test_the_purpose_of_the_money_stands_beside_its_functions() -> None:
    read = facts(
        "收支预算总表",
        "收入\t\t支出\t\t\t",
        "项目名称\t金额\t功能分类\t\t支出用途\t",
        "\t\t功能科目名称\t金额\t项目名称\t金额",
        "一、财政拨款\t9.00\t一、一般公共服务支出\t4.00\t一、基本支出\t6.00",
        "1.一般公共预算\t9.00\t二、公共安全支出\t6.00\t二、项目支出\t3.00",
        "二、其他资金\t1.00\t\t\t三、单位预留机动经费\t1.00",
        "当年收入小计\t10.00\t当年支出小计\t\t\t10.00",
        "收入合计\t10.00\t支出合计\t\t\t10.00",
    )
    assert columns(read, "flow", "code", "parent_code", "component", "amount_yuan") == [
        ("revenue", "fiscal_appropriation", "current_total", "total", 90000),
        ("expenditure", "201", "current_total", "total", 40000),
        ("expenditure", "total", None, "basic", 60000),
        ("revenue", "general_public", "fiscal_appropriation", "total", 90000),
        ("expenditure", "204", "current_total", "total", 60000),
        ("expenditure", "total", None, "project", 30000),
        ("revenue", "other", "current_total", "total", 10000),
        ("expenditure", "total", None, "reserve", 10000),
        ("revenue", "current_total", "total", "total", 100000),
        ("expenditure", "current_total", "total", "total", 100000),
        ("revenue", "total", None, "total", 100000),
        ("expenditure", "total", None, "total", 100000),
    ]


def test_lines_stand_under_the_name_of_their_group() -> None:
    read = facts(
        "收入预算总表",
        "项目名称\t\t金额",
        "收入总计\t\t9.00",
        "一般公共预算资金\t小计\t8.00",
        "\t公共财政拨款（补助）资金\t8.00",
        "其他资金\t小计\t1.00",
    )
    assert columns(read, "code", "parent_code", "fund", "row_kind") == [
        ("total", None, "all", "total"),
        ("general_public", "total", "general_public", "subtotal"),
        ("公共财政拨款（补助）资金", "general_public", "general_public", "item"),
        ("other", "total", "other", "subtotal"),
    ]


def test_a_statement_may_be_one_line() -> None:
    read = facts(
        "支出预算总表",
        "合计\t基本支出\t项目支出\t单位预留机动经费\t结转下年资金",
        "9.00\t5.00\t3.00\t1.00\t",
    )
    assert columns(read, "code", "component", "amount_yuan") == [
        ("total", "total", 90000),
        ("total", "basic", 50000),
        ("total", "project", 30000),
        ("total", "reserve", 10000),
    ]


def test_columns_may_be_lines_of_two_statements() -> None:
    read = build(
        "2025年部门“三公”经费和机关运行经费预算表",
        "单位：万元",
        "“三公”经费预算数\t\t\t\t\t\t机关运行经费预算数\n"
        "合计\t因公出国(境)费\t公务接待费\t公务用车购置及运行费\t\t\t\n"
        "\t\t\t小计\t购置费\t运行费\t\n"
        "5.00\t\t1.00\t4.00\t\t4.00\t20.00",
    )
    assert columns(read.facts, "statement", "code", "parent_code") == [
        ("three_public_expenses", "total", None),
        ("three_public_expenses", "reception", "total"),
        ("three_public_expenses", "vehicle", "total"),
        ("three_public_expenses", "vehicle_operation", "vehicle"),
        ("operating_expenses", "total", None),
    ]
    found = [row for row in read.statements if row["presence"] == "present"]
    assert {row["statement"]: row["numeric_cell_count"] for row in found} == {
        "three_public_expenses": 4,
        "operating_expenses": 1,
    }


def test_codes_may_be_printed_in_parts() -> None:
    read = facts(
        "2025年部门一般公共预算支出功能分类预算表",
        "项目\t\t\t\t一般公共预算支出\t\t",
        "功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t项目支出",
        "类\t款\t项\t\t\t\t",
        "205\t\t\t教育支出\t7.00\t5.00\t2.00",
        "205\t02\t\t普通教育\t7.00\t5.00\t2.00",
        "205\t02\t01\t学前教育\t7.00\t5.00\t2.00",
        "\t\t\t合计\t7.00\t5.00\t2.00",
        unit="元",
    )
    totals = [row for row in read if row["component"] == "total"]
    assert columns(totals, "code", "parent_code", "row_kind", "amount_yuan") == [
        ("205", "total", "subtotal", 7),
        ("20502", "205", "subtotal", 7),
        ("2050201", "20502", "item", 7),
        ("total", None, "total", 7),
    ]


def test_the_total_of_operating_expenses_is_one_line_in_every_layout() -> None:
    read = facts(
        "一般公共预算机关运行经费支出预算表",
        "科目编码\t科目名称\t机关运行经费支出",
        "合计\t\t3.00",
        "302\t商品和服务支出\t3.00",
        "30201\t办公费\t3.00",
    )
    assert columns(read, "classification", "code", "parent_code", "row_kind") == [
        ("unit", "total", None, "total"),
        ("economic_department", "302", "total", "subtotal"),
        ("economic_department", "30201", "302", "item"),
    ]


_PROCUREMENT = "采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计"


def _procurement(*lines: str) -> list[dict[str, object]]:
    return facts("政府采购支出预算表", _PROCUREMENT, *lines)


def test_a_nested_list_names_each_level_once() -> None:
    read = _procurement(
        "合计\t\t\t\t\t9.00",
        "一、货物A\t\t\t\t\t6.00",
        "\t阅览室开放经费\t办公设备购置\t\t\t4.00",
        "\t\t\t书架\t分散自行组织\t1.00",
        "\t\t\t\t政府集中采购\t3.00",
        "\t\t印刷费\t\t\t2.00",
        "\t\t\t印刷品\t分散自行组织\t2.00",
        "三、服务C\t\t\t\t\t3.00",
        "\t阅览室开放经费\t印刷费\t\t\t3.00",
    )
    shelves = "goods/阅览室开放经费/办公设备购置"
    prints = "goods/阅览室开放经费/印刷费"
    assert columns(read, "code", "name", "parent_code", "row_kind") == [
        ("total", "合计", None, "total"),
        ("goods", "货物A", "total", "subtotal"),
        (shelves, "阅览室开放经费/办公设备购置", "goods", "subtotal"),
        (f"{shelves}/书架/分散自行组织", "书架/分散自行组织", shelves, "item"),
        (f"{shelves}/书架/政府集中采购", "书架/政府集中采购", shelves, "item"),
        (prints, "印刷费", "goods", "subtotal"),
        (f"{prints}/印刷品/分散自行组织", "印刷品/分散自行组织", prints, "item"),
        ("services", "服务C", "total", "subtotal"),
        ("services/阅览室开放经费/印刷费", "阅览室开放经费/印刷费", "services", "item"),
    ]
    stated = {(r["statement"], r["classification"], r["fund"], r["component"]) for r in read}
    assert stated == {("procurement_expenditure", "procurement", "all", "total")}


def test_lines_of_the_same_levels_are_told_apart() -> None:
    read = _procurement(
        "工程B\t\t\t\t\t7.00",
        "\t维修费\t维修（护）费\t\t\t3.00",
        "\t\t\t修缮工程\t政府集中采购\t1.00",
        "\t\t\t修缮工程\t政府集中采购\t2.00",
        "\t维修费\t维修（护）费\t\t\t4.00",
        "\t\t\t修缮工程\t部门集中采购\t4.00",
    )
    repairs = "works/维修费/维修（护）费"
    assert columns(read, "code", "parent_code") == [
        ("works", "total"),
        (repairs, "works"),
        (f"{repairs}/修缮工程/政府集中采购", repairs),
        (f"{repairs}/修缮工程/政府集中采购#2", repairs),
        (f"{repairs}#2", "works"),
        (f"{repairs}/修缮工程/部门集中采购", f"{repairs}#2"),
    ]


def test_a_level_cut_by_a_page_break_is_one_name() -> None:
    read = build(
        "政府采购预算表",
        "单位：万元",
        f"{_PROCUREMENT}\n服务\t\t\t\t\t5.00\n\t软件购建费\t信息网络及软件购\t\t\t5.00",
        "\t\t置更新\t\t\t\n\t\t\t软件开发服务\t部门集中采购\t5.00",
    )
    software = "services/软件购建费/信息网络及软件购置更新"
    assert columns(read.facts, "code", "repairs") == [
        ("services", None),
        (software, "continued_row"),
        (f"{software}/软件开发服务/部门集中采购", None),
    ]
    assert read.set_aside == []


def test_procurement_may_be_printed_by_its_funds() -> None:
    read = facts(
        "政府采购支出表",
        "采购品目大类\t专项名称\t经济科目\t采购品目名称\t采购组织形式\t资金来源\t\t\t\t",
        "\t\t\t\t\t总计\t一般公共预算资金\t政府性基金\t其他资金\t上年结转和结余资金",
        "合计\t\t\t\t\t9.00\t6.00\t\t1.00\t2.00",
    )
    assert columns(read, "fund", "component", "carryover_basis", "amount_yuan") == [
        ("all", "total", "included", 90000),
        ("general_public", "total", "included", 60000),
        ("other", "total", "included", 10000),
        ("all", "carryover", "only", 20000),
    ]


def test_the_sources_of_a_university_are_columns_of_one_line() -> None:
    read = facts(
        "示例大学收入预算表",
        "本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t\t经营收入\t附属单位缴款\t其他收入",
        "\t\t\t金额\t其中：教育收费\t\t\t",
        "9.00\t5.00\t\t3.00\t2.00\t\t\t1.00",
    )
    assert columns(read, "code", "fund", "component", "amount_yuan") == [
        ("total", "all", "total", 90000),
        ("total", "fiscal_appropriation", "total", 50000),
        ("total", "service_income", "total", 30000),
        ("total", "service_income", "education_fees", 20000),
        ("total", "other_income", "total", 10000),
    ]
    assert {row["flow"] for row in read} == {"revenue"}


def test_savings_of_earlier_years_stand_beside_the_revenue_of_the_year() -> None:
    read = facts(
        "示例大学收支预算总表",
        "项目\t预算数\t项目\t预算数",
        "一、财政拨款\t5.00\t一、教育支出\t9.00",
        "本年收入合计\t5.00\t本年支出合计\t9.00",
        "使用非财政拨款结余\t1.00\t结转下年\t1.00",
        "上年结转\t4.00\t\t",
        "收入总计\t10.00\t支出总计\t10.00",
    )
    revenue = [row for row in read if row["flow"] == "revenue"]
    assert columns(revenue, "code", "parent_code", "carryover_basis") == [
        ("fiscal_appropriation", "current_total", "excluded"),
        ("current_total", "total", "excluded"),
        ("savings", "total", "only"),
        ("carryover_start", "total", "only"),
        ("total", None, "included"),
    ]


def test_a_university_prints_what_the_appropriation_pays_by_function() -> None:
    lines = ("205\t教育支出\t7.00\t5.00\t2.00", "合计\t\t7.00\t5.00\t2.00")
    header = "科目代码\t科目名称\t合计\t基本支出\t项目支出"
    read = facts("示例大学财政拨款支出预算表", header, *lines)
    assert columns(read, "statement", "code", "fund", "component")[:3] == [
        ("fiscal_appropriation_expenditure", "205", "fiscal_appropriation", "total"),
        ("fiscal_appropriation_expenditure", "205", "fiscal_appropriation", "basic"),
        ("fiscal_appropriation_expenditure", "205", "fiscal_appropriation", "project"),
    ]
    whole = facts("示例大学支出预算表", f"{header}\t备注", *(f"{line}\t" for line in lines))
    assert {row["statement"] for row in whole} == {"expenditure_summary"}
    assert {row["fund"] for row in whole} == {"all"}


def test_a_department_of_the_central_government_prints_more_columns() -> None:
    revenue = facts(
        "部门收入总表",
        "科目编码\t科目名称\t合计\t上年结转\t一般公共预算拨款收入\t事业收入\t\t其他收入\t使用非财政拨款结余",
        "\t\t\t\t\t金额\t其中：教育收费\t\t",
        "205\t教育支出\t10.00\t1.00\t4.00\t3.00\t2.00\t1.00\t1.00",
    )
    assert columns(revenue, "fund", "component", "carryover_basis")[1:] == [
        ("all", "carryover", "only"),
        ("general_public", "total", "included"),
        ("service_income", "total", "included"),
        ("service_income", "education_fees", "included"),
        ("other_income", "total", "included"),
        ("savings", "total", "only"),
    ]
    expenditure = facts(
        "部门支出总表",
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\t上缴上级支出\t事业单位经营支出\t对附属单位补助支出",
        "205\t教育支出\t10.00\t4.00\t3.00\t1.00\t1.00\t1.00",
    )
    components = ["total", "basic", "project", "to_superior", "business", "to_affiliates"]
    assert [row["component"] for row in expenditure] == components


def test_a_university_is_expected_to_print_its_four_statements() -> None:
    found = [
        Statement.BUDGET_SUMMARY,
        Statement.REVENUE_SUMMARY,
        Statement.FISCAL_APPROPRIATION_EXPENDITURE,
    ]
    assert expected_statements(found) == (
        Statement.BUDGET_SUMMARY,
        Statement.REVENUE_SUMMARY,
        Statement.EXPENDITURE_SUMMARY,
        Statement.FISCAL_APPROPRIATION_EXPENDITURE,
    )
