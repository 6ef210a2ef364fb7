"""Lines of statements as facts: codes, places in the hierarchy, money, and what is set aside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from analytics.documents.text import read_text_blocks
from analytics.facts.rows import as_table, join_repairs
from analytics.facts.statements import StatementRows, build_statement_facts
from analytics.schema.tables import Facts, SetAside, Statements
from analytics.schema.vocabularies import Repair, Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.tables import recognise_statements

AGENCY = "示例市教育局"
IDENTITY = Identity(AGENCY, AGENCY, 2024, Stage.BUDGET, Scope.UNIT)
FIVE_COLUMNS = "科目编码\t科目名称\t合计\t基本支出\t项目支出"
SUMMARY = "2024年预算支出总表"


def build(*blocks: str) -> StatementRows:
    tables, stray = recognise_statements(read_text_blocks("\n\n".join(blocks)), year=2024)
    return build_statement_facts(tables, stray, document_id="0" * 16, identity=IDENTITY)


def facts(title: str, *lines: str, unit: str = "万元") -> list[dict[str, Any]]:
    return build(title, f"单位：{unit}", "\n".join(lines)).facts


def columns(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_amount_is_exact_yuan_with_its_interval() -> None:
    (fact,) = facts(SUMMARY, FIVE_COLUMNS, "201\t一般公共服务支出\t2,691.73\t\t")
    assert fact["amount_yuan"] == Decimal("26917300")
    assert (fact["amount_text"], fact["unit_text"]) == ("2,691.73", "万元")
    assert (fact["step_yuan"], fact["low_yuan"], fact["high_yuan"]) == (100, 26917250, 26917350)
    assert (fact["line"], fact["row"], fact["column"]) == (6, 2, 3)
    assert (fact["agency_id"], fact["fiscal_year"]) == (AGENCY, 2024)
    assert (fact["stage"], fact["scope"], fact["value_kind"]) == ("budget", "unit", "printed")


def test_blank_is_no_fact_and_zero_is_one() -> None:
    read = facts(SUMMARY, FIVE_COLUMNS, "合计\t\t0\t—\t0.00")
    assert columns(read, "component", "amount_yuan", "step_yuan") == [
        ("total", 0, 0),
        ("project", 0, 100),
    ]


def test_codes_make_the_hierarchy() -> None:
    read = facts(
        SUMMARY,
        FIVE_COLUMNS,
        "合计\t\t9\t\t",
        "201\t一般公共服务支出\t5\t\t",
        "2010306\t政务公开审批\t5\t\t",
        "208\t社会保障和就业支出\t4\t\t",
        "20805\t行政事业单位养老支出\t4\t\t",
        "2080505\t养老保险缴费支出\t4\t\t",
    )
    assert columns(read, "code", "parent_code", "row_kind") == [
        ("total", None, "total"),
        ("201", "total", "subtotal"),
        # The level between them is not printed: the nearest code above takes its place.
        ("2010306", "201", "item"),
        ("208", "total", "subtotal"),
        ("20805", "208", "subtotal"),
        ("2080505", "20805", "item"),
    ]


def test_code_with_a_space_in_it_is_closed_up_and_says_so() -> None:
    (fact,) = facts(SUMMARY, FIVE_COLUMNS, "208 05\t行政事业单位养老支出\t1.00\t\t")
    assert (fact["code"], fact["repairs"]) == ("20805", "digits_joined")


def test_unreadable_code_is_replaced_by_the_name_and_says_so() -> None:
    (known, unknown) = facts(
        SUMMARY, FIVE_COLUMNS, "2O8\t社会保障和就业支出\t1.00\t\t", "x\t从未有过的科目\t1.00\t\t"
    )
    assert (known["code"], known["repairs"]) == ("208", "code_by_name")
    assert (unknown["code"], unknown["repairs"]) == ("从未有过的科目", "code_unknown")


BALANCES = (
    "收入\t\t支出\t\t\t",
    "项目\t2024年\t项目\t2024年合计\t当年预算安排\t上年结转安排",
    "一、一般公共预算\t9.00\t一、一般公共服务支出\t8.00\t7.00\t1.00",
    "二、政府性基金预算\t\t二、莫须有支出\t\t\t",
    "本年收入合计\t9.00\t本年支出合计\t8.00\t7.00\t1.00",
    "上年结转\t1.00\t年终结转\t2.00\t2.00\t",
    "收入总计\t10.00\t支出总计\t10.00\t9.00\t1.00",
)


def test_summary_has_two_sides_and_its_balances() -> None:
    read = facts("2024年预算收支总表", *BALANCES)
    names = ("flow", "code", "parent_code", "component", "carryover_basis", "amount_yuan")
    revenue = [row for row in columns(read, *names) if row[0] == "revenue"]
    assert revenue == [
        ("revenue", "general_public", "current_total", "total", "excluded", 90_000),
        ("revenue", "current_total", "total", "total", "excluded", 90_000),
        ("revenue", "carryover_start", "total", "total", "only", 10_000),
        ("revenue", "total", None, "total", "included", 100_000),
    ]
    end = [row for row in columns(read, *names) if row[1] == "carryover_end"]
    assert end == [
        ("expenditure", "carryover_end", "total", "total", "included", 20_000),
        ("expenditure", "carryover_end", "total", "current", "excluded", 20_000),
    ]
    classes = [row[1:3] for row in columns(read, *names) if row[1] == "201"]
    assert classes == [("201", "current_total")] * 3


def test_total_named_once_stands_for_both_sides() -> None:
    read = facts(
        "2024年国有资本经营预算收支预算表",
        "收入科目编码\t科目名称\t国有资本经营收入预算\t科目编码\t科目名称\t合计\t基本支出\t项目支出",
        "合计\t\t5.00\t\t\t5.00\t\t5.00",
    )
    assert columns(read, "flow", "code", "component", "name", "repairs") == [
        ("revenue", "total", "total", "合计", None),
        ("expenditure", "total", "total", "总计", "total_added"),
        ("expenditure", "total", "project", "总计", "total_added"),
    ]


def test_economic_lines_are_coded_by_both_names() -> None:
    read = facts(
        "2024年一般公共预算安排基本支出分经济科目表",
        "部门预算支出经济科目名称\t政府预算支出经济科目名称\t合计\t人员经费\t公用经费",
        "合计\t\t9.00\t\t",
        "工资福利支出\t\t9.00\t\t",
        "津贴补贴\t工资福利支出\t4.00\t\t",
        "津贴补贴\t工资奖金津补贴\t4.00\t\t",
        "从未有过的津贴\t工资福利支出\t1.00\t\t",
    )
    names = ("code", "counterpart_code", "counterpart_name", "parent_code", "row_kind", "repairs")
    assert columns(read, *names) == [
        ("total", None, None, None, "total", None),
        ("301", None, None, "total", "subtotal", "code_by_name"),
        ("30102", "50501", "工资福利支出", "301", "item", "code_by_name"),
        ("30102", "50101", "工资奖金津补贴", "301", "item", "code_by_name"),
        ("从未有过的津贴", None, "工资福利支出", "301", "item", "code_unknown"),
    ]


def test_carried_over_lines_of_a_fund_belong_to_the_carryover() -> None:
    read = facts(
        "2024年财政拨款收支总表",
        "项目\t金额\t项目\t小计\t一般公共预算\t政府性基金预算\t国有资本经营预算",
        "一、一般公共预算\t9.00\t一、一般公共服务支出\t\t\t\t",
        "本年收入合计\t9.00\t本年支出合计\t\t\t\t",
        "上年财政拨款结转\t1.00\t年终结转\t\t\t\t",
        "一、一般公共预算\t1.00\t\t\t\t\t",
    )
    assert columns(read, "code", "parent_code", "fund", "carryover_basis") == [
        ("general_public", "current_total", "general_public", "excluded"),
        ("current_total", "total", "fiscal_appropriation", "excluded"),
        ("carryover_start", "total", "fiscal_appropriation", "only"),
        ("carryover_start", "carryover_start", "general_public", "only"),
    ]


def test_projects_belong_to_the_unit_above_them() -> None:
    read = facts(
        "2024年项目支出预算表（本年预算）",
        "项目名称\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算\t财政专户管理资金\t单位资金",
        f"{AGENCY}\t3.00\t\t\t\t\t",
        "“智慧 校园”建设\t3.00\t\t\t\t\t",
    )
    assert columns(read, "classification", "code", "name", "parent_code", "row_kind") == [
        ("unit", AGENCY, AGENCY, "total", "subtotal"),
        ("project", "智慧校园建设", "“智慧校园”建设", AGENCY, "item"),
    ]


def test_vehicle_expenses_have_their_own_parts() -> None:
    read = facts(
        "2024年财政拨款安排“三公”经费支出预算表",
        "项目\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算",
        "公务用车购置及运行费\t3.00\t\t\t",
        "①公务用车购置费\t2.00\t\t\t",
        "②公务用车运行维护费\t1.00\t\t\t",
        "其他三公经费\t1.00\t\t\t",
        "合计\t3.00\t\t\t",
    )
    assert columns(read, "code", "parent_code", "row_kind", "repairs") == [
        ("vehicle", "total", "subtotal", None),
        ("vehicle_purchase", "vehicle", "item", None),
        ("vehicle_operation", "vehicle", "item", None),
        ("其他三公经费", "total", "item", "code_unknown"),
        ("total", None, "total", None),
    ]


@pytest.mark.parametrize(
    ("unit", "line", "reason"),
    [
        ("单位：个", "201\t教育\t1.00\t\t", "no unit of money is printed for the statement"),
        ("单位：元", "201\t教育\t1.005\t\t", "finer than a cent: 1.005 元"),
        ("单位：元", "201\t12.00\t\t\t", "a number where a name belongs"),
        ("单位：元", "\t\t1.00\t\t", "no line is named for this number"),
    ],
)
def test_a_number_that_cannot_be_a_fact_is_set_aside(unit: str, line: str, reason: str) -> None:
    rows = build(SUMMARY, unit, f"{FIVE_COLUMNS}\n合计\t\t\t\t\n{line}")
    assert rows.facts == []
    assert columns(rows.set_aside, "reason", "line") == [(reason, 7)]
    statement = next(row for row in rows.statements if row["statement"] == "expenditure_summary")
    counts = [statement[f"{kind}_cell_count"] for kind in ("numeric", "fact", "set_aside")]
    assert counts == [1, 0, 1]


def test_column_of_no_form_is_set_aside_by_name() -> None:
    rows = build(SUMMARY, "单位：元", f"{FIVE_COLUMNS}\t上年数\n201\t教育\t1.00\t1.00\t\t8.00")
    assert len(rows.facts) == 2
    assert columns(rows.set_aside, "cell_text", "reason") == [
        ("8.00", "column '上年数' is not known in this statement")
    ]


def test_other_tables_and_missing_statements_are_on_the_record() -> None:
    rows = build(
        "某表", "甲\t乙\n丙\t3.00", SUMMARY, "单位：元", f"{FIVE_COLUMNS}\n201\t教育\t1\t\t"
    )
    assert columns(rows.set_aside, "statement", "cell_text", "reason") == [
        (None, "3.00", "table of no known form")
    ]
    presence = {row["statement"]: row["presence"] for row in rows.statements}
    assert presence.pop("expenditure_summary") == "present"
    assert set(presence.values()) == {"missing"}
    assert len(presence) == 12


def test_rows_meet_the_canonical_tables() -> None:
    rows = build("2024年预算收支总表", "单位：万元", "\n".join(BALANCES))
    frame = as_table(rows.facts, Facts, table="facts")
    assert frame.height == 15
    assert frame["amount_yuan"].sum() == Decimal(850_000)
    statements = as_table(rows.statements, Statements, table="statements")
    assert statements["fact_cell_count"].sum() == 15
    assert as_table(rows.set_aside, SetAside, table="set_aside").height == 0


def test_repairs_are_named_once_in_order() -> None:
    repairs = [Repair.CONTINUED_ROW, Repair.HEADER_SHIFTED, Repair.CONTINUED_ROW]
    assert join_repairs(repairs) == "continued_row;header_shifted"
    assert join_repairs([]) is None
