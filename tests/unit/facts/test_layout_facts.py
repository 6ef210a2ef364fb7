"""Statements of other layouts: several lists side by side, columns that are lines, codes in parts."""

from __future__ import annotations

from test_statement_facts import build, columns, facts


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
