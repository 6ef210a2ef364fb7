"""Final accounts: their nine statements as provinces print them, on invented tables."""

from __future__ import annotations

from typing import Any

import pytest
from test_statement_facts import AGENCY, columns

from analytics.documents.text import read_text_blocks
from analytics.facts.statements import StatementRows, build_statement_facts
from analytics.schema.statement_forms import expected_statements
from analytics.schema.tables import NUMBERING
from analytics.schema.vocabularies import Scope, Stage, Statement
from analytics.statements.model import Identity
from analytics.statements.tables import recognise_statements

IDENTITY = Identity(AGENCY, AGENCY, 2023, Stage.FINAL, Scope.DEPARTMENT)


def read(title: str, *lines: str, unit: str = "万元") -> StatementRows:
    text = "\n\n".join((title, f"单位：{unit}", "\n".join(lines)))
    tables, stray = recognise_statements(read_text_blocks(text), year=2023)
    return build_statement_facts(tables, stray, document_id="0" * 16, identity=IDENTITY)


def facts(title: str, *lines: str) -> list[dict[str, Any]]:
    rows = read(title, *lines)
    assert {row["reason"] for row in rows.set_aside} <= {NUMBERING}
    return rows.facts


def statements(rows: StatementRows) -> dict[str, str]:
    return {row["statement"]: row["presence"] for row in rows.statements}


# --- the summary ----------------------------------------------------------------------------


def test_the_summary_numbers_its_lines_and_columns() -> None:
    rows = read(
        "收入支出决算总表（公开01表）",
        "收入\t\t\t支出\t\t",
        "项目\t行次\t决算数\t项目（按功能分类）\t行次\t决算数",
        "栏次\t\t1\t栏次\t\t2",
        "一、一般公共预算财政拨款收入\t1\t9.00\t一、一般公共服务支出\t29\t8.00",
        "本年收入合计\t24\t9.00\t本年支出合计\t52\t8.00",
        "使用非财政拨款结余\t25\t1.00\t结余分配\t53\t0.50",
        "年初结转和结余\t26\t2.00\t年末结转和结余\t54\t3.50",
        "总计\t27\t12.00\t总计\t55\t12.00",
    )
    assert columns(rows.facts, "flow", "code", "parent_code", "fund", "amount_yuan") == [
        ("revenue", "general_public", "current_total", "general_public", 90000),
        ("expenditure", "201", "current_total", "all", 80000),
        ("revenue", "current_total", "total", "all", 90000),
        ("expenditure", "current_total", "total", "all", 80000),
        ("revenue", "savings", "total", "savings", 10000),
        ("expenditure", "surplus_distributed", "total", "all", 5000),
        ("revenue", "carryover_start", "total", "all", 20000),
        ("expenditure", "carryover_end", "total", "all", 35000),
        ("revenue", "total", None, "all", 120000),
        ("expenditure", "total", None, "all", 120000),
    ]
    assert {row["reason"] for row in rows.set_aside} == {NUMBERING}
    (summary,) = (row for row in rows.statements if row["statement"] == "budget_summary")
    assert summary["numeric_cell_count"] == len(rows.facts) + len(rows.set_aside) == 22


def test_parts_of_a_line_and_of_a_balance_stand_below_it() -> None:
    found = facts(
        "收入支出决算总表",
        "项目\t决算数\t项目\t决算数",
        "一、财政拨款收入\t9.00\t一、教育支出\t8.00",
        "其中：政府性基金预算财政拨款\t4.00\t\t",
        "二、其他收入\t3.00\t\t",
        "其中：利息收入\t1.00\t\t",
        "本年收入合计\t12.00\t本年支出合计\t8.00",
        "年初结转和结余\t2.00\t结余分配\t1.00",
        "其中：基本支出结转\t0.50\t其中：提取职工福利基金\t0.40",
        "项目支出结转和结余\t1.50\t年末结转和结余\t5.00",
        "\t\t其中：基本支出结转\t2.00",
        "\t\t项目支出结转和结余\t3.00",
    )
    parts = [row for row in found if row["parent_code"] not in ("total", "current_total", None)]
    assert columns(parts, "code", "parent_code", "fund", "component", "amount_yuan") == [
        ("government_fund", "fiscal_appropriation", "government_fund", "total", 40000),
        ("利息收入", "other_income", "other_income", "total", 10000),
        ("carryover_start", "carryover_start", "all", "carryover_basic", 5000),
        ("提取职工福利基金", "surplus_distributed", "all", "total", 4000),
        ("carryover_start", "carryover_start", "all", "carryover_project", 15000),
        ("carryover_end", "carryover_end", "all", "closing_basic", 20000),
        ("carryover_end", "carryover_end", "all", "closing_project", 30000),
    ]


def test_the_summary_may_print_both_budgets_before_the_final_figures() -> None:
    found = facts(
        "收支决算总表",
        "收入\t\t\t\t支出\t\t\t",
        "项目\t年初预算数\t全年预算数\t决算数\t项目\t年初预算数\t全年预算数\t决算数",
        "一、事业收入\t1.00\t2.00\t3.00\t一、教育支出\t4.00\t5.00\t6.00",
    )
    assert columns(found, "stage", "code", "amount_yuan") == [
        ("budget", "service_income", 10000),
        ("adjusted_budget", "service_income", 20000),
        ("final", "service_income", 30000),
        ("budget", "205", 40000),
        ("adjusted_budget", "205", 50000),
        ("final", "205", 60000),
    ]


# --- columns by source and by kind ------------------------------------------------------------


def test_a_part_of_a_source_is_no_summand() -> None:
    found = facts(
        "表2：高等学校收入决算表",
        "科目编码\t科目名称\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t\t经营收入\t"
        "附属单位上缴收入\t其他收入",
        "\t\t\t\t\t金额\t其中：教育收费\t\t\t",
        "205\t教育支出\t9.00\t1.00\t1.00\t4.00\t3.00\t1.00\t1.00\t1.00",
    )
    assert columns(found, "fund", "component", "amount_yuan") == [
        ("all", "total", 90000),
        ("fiscal_appropriation", "total", 10000),
        ("superior_subsidy", "total", 10000),
        ("service_income", "total", 40000),
        ("service_income", "education_fees", 30000),
        ("business_income", "total", 10000),
        ("affiliate_contribution", "total", 10000),
        ("other_income", "total", 10000),
    ]
    assert {(row["statement"], row["flow"]) for row in found} == {("revenue_summary", "revenue")}


def test_codes_in_parts_without_headers_and_a_row_that_numbers_the_columns() -> None:
    found = facts(
        "支出决算表（财决公开03表）",
        "项目\t\t\t\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出",
        "功能分类科目编码\t\t\t科目名称\t\t\t\t\t\t",
        "类\t款\t项\t栏次\t1\t2\t3\t4\t5\t6",
        "\t\t\t合计\t9.00\t4.00\t2.00\t1.00\t1.00\t1.00",
        "205\t\t\t教育支出\t9.00\t4.00\t2.00\t1.00\t1.00\t1.00",
        "205\t02\t\t普通教育\t9.00\t4.00\t2.00\t1.00\t1.00\t1.00",
        "205\t02\t05\t高等教育\t9.00\t4.00\t2.00\t1.00\t1.00\t1.00",
    )
    whole = [row for row in found if row["component"] == "total"]
    assert columns(whole, "statement", "code", "parent_code") == [
        ("expenditure_summary", "total", None),
        ("expenditure_summary", "205", "total"),
        ("expenditure_summary", "20502", "205"),
        ("expenditure_summary", "2050205", "20502"),
    ]
    assert [row["component"] for row in found[:6]] == [
        "total", "basic", "project", "to_superior", "business", "to_affiliates",
    ]  # fmt: skip


@pytest.mark.parametrize("codes", ["类\t款\t项", "\t\t"])
def test_the_total_may_share_its_row_with_the_parts_of_the_code(codes: str) -> None:
    found = facts(
        "高等学校财政拨款支出决算表",
        "项目\t\t\t\t本年支出\t\t\t",
        "科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出\t",
        "\t\t\t\t\t\t小计\t其中：基本建设资金支出",
        f"{codes}\t合计\t9.00\t5.00\t4.00\t3.00",
        "205\t\t\t教育支出\t9.00\t5.00\t4.00\t3.00",
    )
    assert {row["statement"] for row in found} == {"fiscal_appropriation_expenditure"}
    assert columns(found, "code", "component", "fund", "amount_yuan") == [
        (code, component, "fiscal_appropriation", amount)
        for code in ("total", "205")
        for component, amount in (
            ("total", 90000),
            ("basic", 50000),
            ("project", 40000),
            ("capital_construction", 30000),
        )
    ]


# --- funds with what was carried over ----------------------------------------------------------

_FUND_HEAD = (
    "项目\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余",
    "功能分类科目编码\t科目名称\t\t\t小计\t基本支出\t项目支出\t",
)
_FUND_LINE = "212\t城乡社区支出\t1.00\t5.00\t4.00\t1.00\t3.00\t2.00"
_FUND_FIGURES = [
    ("expenditure", "total", "included", 40000),
    ("expenditure", "basic", "included", 10000),
    ("expenditure", "project", "included", 30000),
    ("expenditure", "closing", "included", 20000),
    ("revenue", "carryover", "only", 10000),
    ("revenue", "total", "excluded", 50000),
]


@pytest.mark.parametrize(
    ("title", "statement", "fund"),
    [
        (
            "政府性基金预算财政拨款收入支出决算表",
            "government_fund_expenditure",
            "government_fund",
        ),
        ("国有资本经营预算财政拨款收入支出决算表", "state_capital_operations", "state_capital"),
        (
            "一般公共预算财政拨款收入支出决算表",
            "general_public_expenditure",
            "general_public",
        ),
    ],
)
def test_a_fund_is_carried_over_received_spent_and_carried_on(
    title: str, statement: str, fund: str
) -> None:
    found = facts(title, *_FUND_HEAD, _FUND_LINE)
    assert {(row["statement"], row["fund"], row["code"]) for row in found} == {
        (statement, fund, "212")
    }
    assert {row["classification"] for row in found} == {"function"}
    named = columns(found, "flow", "component", "carryover_basis", "amount_yuan")
    assert sorted(named) == sorted(_FUND_FIGURES)


def test_the_first_total_may_stand_beside_the_last_header_cells() -> None:
    head = (_FUND_HEAD[0], "功能分类科目编码\t科目名称\t\t\t\t\t\t")
    total = "合计\t\t1.00\t5.00\t合计\t基本支出\t项目支出\t2.00"
    found = facts("政府性基金预算财政拨款收入支出决算表", *head, total, _FUND_LINE)
    by_code = {
        code: sorted(columns([r for r in found if r["code"] == code], "component", "amount_yuan"))
        for code in ("total", "212")
    }
    assert by_code["total"] == [("carryover", 10000), ("closing", 20000), ("total", 50000)]
    assert len(by_code["212"]) == 6


def test_balances_may_be_printed_in_their_parts() -> None:
    parts = "合计\t基本支出结转\t项目支出结转和结余"
    kinds = "合计\t基本支出\t项目支出"
    found = facts(
        "一般公共预算财政拨款支出决算明细表",
        "项目\t\t年初结转和结余\t\t\t本年收入\t\t\t本年支出\t\t\t年末结转和结余\t\t",
        f"科目编码\t科目名称\t{parts}\t{kinds}\t{kinds}\t{parts}",
        "205\t教育支出\t3.00\t1.00\t2.00\t9.00\t5.00\t4.00\t8.00\t5.50\t2.50\t4.00\t0.50\t3.50",
    )
    named = {(row["flow"], row["component"]): int(row["amount_yuan"]) for row in found}
    assert named == {
        ("revenue", "carryover"): 30000,
        ("revenue", "carryover_basic"): 10000,
        ("revenue", "carryover_project"): 20000,
        ("revenue", "total"): 90000,
        ("revenue", "basic"): 50000,
        ("revenue", "project"): 40000,
        ("expenditure", "total"): 80000,
        ("expenditure", "basic"): 55000,
        ("expenditure", "project"): 25000,
        ("expenditure", "closing"): 40000,
        ("expenditure", "closing_basic"): 5000,
        ("expenditure", "closing_project"): 35000,
    }
    assert {row["code"] for row in found} == {"205"}


def test_final_expenditure_counts_what_was_carried_over() -> None:
    found = facts(
        "一般公共预算财政拨款支出决算表",
        "功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出",
        "205\t教育支出\t9.00\t5.00\t4.00",
    )
    assert {row["carryover_basis"] for row in found} == {"included"}


# --- economic lists --------------------------------------------------------------------------


def test_economic_lists_stand_side_by_side() -> None:
    found = facts(
        "一般公共预算财政拨款基本支出决算表",
        "经济分类科目编码\t科目名称\t决算数\t经济分类科目编码\t科目名称\t决算数",
        "301\t工资福利支出\t6.00\t302\t商品和服务支出\t2.00",
        "30101\t基本工资\t6.00\t30201\t办公费\t2.00",
        "\t\t\t310\t资本性支出\t1.00",
        "人员经费合计\t\t6.00\t公用经费合计\t\t3.00",
    )
    assert columns(found, "code", "parent_code", "component", "amount_yuan") == [
        ("301", "total", "total", 60000),
        ("302", "total", "total", 20000),
        ("30101", "301", "total", 60000),
        ("30201", "302", "total", 20000),
        ("310", "total", "total", 10000),
        ("total", None, "personnel", 60000),
        ("total", None, "public", 30000),
    ]


def test_economic_lists_may_be_three() -> None:
    three = "\t".join(["科目编码\t科目名称\t决算数"] * 3)
    found = facts(
        "一般公共预算财政拨款基本支出决算明细表",
        "人员经费\t\t\t公用经费\t\t\t\t\t",
        three,
        "301\t工资福利支出\t6.00\t302\t商品和服务支出\t2.00\t310\t资本性支出\t1.00",
        "人员经费合计\t\t6.00\t公用经费合计\t\t\t\t\t3.00",
    )
    assert columns(found, "code", "component", "amount_yuan") == [
        ("301", "total", 60000),
        ("302", "total", 20000),
        ("310", "total", 10000),
        ("total", "personnel", 60000),
        ("total", "public", 30000),
    ]


# --- the three public expenses --------------------------------------------------------------

_EXPENSES = [
    ("total", None, 9),
    ("abroad", "total", 1),
    ("vehicle", "total", 5),
    ("vehicle_purchase", "vehicle", 2),
    ("vehicle_operation", "vehicle", 3),
    ("reception", "total", 3),
]


def by_stage(found: list[dict[str, Any]], stage: str) -> list[tuple[Any, ...]]:
    rows = [row for row in found if row["stage"] == stage]
    return [
        (code, parent, int(amount) // 10_000)
        for code, parent, amount in columns(rows, "code", "parent_code", "amount_yuan")
    ]


def test_budget_and_final_figures_stand_side_by_side_under_each_expense() -> None:
    found = facts(
        "财政拨款“三公”经费支出决算表",
        "财政拨款“三公”经费\t\t\t\t\t\t\t\t\t\t\t",
        "合计\t\t因公出国（境）费\t\t公务用车购置及运行维护费\t\t\t\t\t\t公务接待费\t",
        "\t\t\t\t小计\t\t公务用车购置费\t\t公务用车运行维护费\t\t\t",
        "\t".join(["预算数\t决算数"] * 6),
        "10.00\t9.00\t2.00\t1.00\t6.00\t5.00\t3.00\t2.00\t4.00\t3.00\t4.00\t3.00",
    )
    assert by_stage(found, "final") == _EXPENSES
    assert by_stage(found, "adjusted_budget") == [(c, p, a + 1) for c, p, a in _EXPENSES]
    assert {row["fund"] for row in found} == {"fiscal_appropriation"}
    assert found[-1]["column_label"] == "财政拨款“三公”经费/公务接待费/决算数"


@pytest.mark.parametrize(
    ("group", "stage"),
    [("预算数", "adjusted_budget"), ("年初预算数", "budget"), ("全年预算数", "adjusted_budget")],
)
def test_all_budgets_may_stand_before_all_final_figures(group: str, stage: str) -> None:
    heads = "合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费"
    parts = "\t\t小计\t公务用车购置费\t公务用车运行费\t"
    found = facts(
        "一般公共预算财政拨款“三公”经费支出决算表（公开07表）",
        f"{group}\t\t\t\t\t\t决算数\t\t\t\t\t",
        f"{heads}\t{heads}",
        f"{parts}\t{parts}",
        "\t".join(str(number) for number in range(1, 13)),
        "10.00\t2.00\t6.00\t3.00\t4.00\t4.00\t9.00\t1.00\t5.00\t2.00\t3.00\t3.00",
    )
    assert by_stage(found, "final") == _EXPENSES
    assert by_stage(found, stage) == [(c, p, a + 1) for c, p, a in _EXPENSES]


def test_the_expenses_may_be_lines_and_counts_are_no_money() -> None:
    rows = read(
        "“三公”经费支出决算表",
        "项目\t行次\t年初预算数\t全年预算数\t决算数",
        "一、“三公”经费合计\t1\t9.00\t8.00\t7.00",
        "1.因公出国（境）费\t2\t1.00\t1.00\t\t",
        "2.公务接待费\t3\t8.00\t7.00\t7.00",
        "其中：外事接待费\t4\t\t\t2.00",
        "二、国内公务接待批次（个）\t5\t\t\t12",
        "因公出国（境）团组数（个）\t6\t\t\t3",
    )
    assert columns(rows.facts, "stage", "code", "parent_code", "amount_yuan") == [
        ("budget", "total", None, 90000),
        ("adjusted_budget", "total", None, 80000),
        ("final", "total", None, 70000),
        ("budget", "abroad", "total", 10000),
        ("adjusted_budget", "abroad", "total", 10000),
        ("budget", "reception", "total", 80000),
        ("adjusted_budget", "reception", "total", 70000),
        ("final", "reception", "total", 70000),
        ("final", "外事接待费", "reception", 20000),
    ]
    assert [row["cell_text"] for row in rows.set_aside if row["reason"] != NUMBERING] == ["12", "3"]


def test_a_blank_form_with_numbered_lines_has_no_figures() -> None:
    rows = read(
        "收入支出决算总表",
        "项目\t行次\t决算数\t项目\t行次\t决算数",
        "一、事业收入\t1\t\t一、教育支出\t5\t",
    )
    assert rows.facts == []
    assert statements(rows)["budget_summary"] == "empty"


# --- which statements are expected ------------------------------------------------------------


def test_missing_statements_are_those_of_final_accounts() -> None:
    found = statements(read("收入决算表", *_REVENUE))
    assert sorted(found) == sorted(
        str(statement)
        for statement in expected_statements([Statement.REVENUE_SUMMARY], Stage.FINAL)
    )
    assert Statement.PROJECT_EXPENDITURE not in found


_REVENUE = (
    "科目编码\t科目名称\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t经营收入\t"
    "附属单位上缴收入\t其他收入",
    "205\t教育支出\t9.00\t9.00\t\t\t\t\t",
)


def test_expected_statements_follow_the_stage() -> None:
    nine = [
        Statement.BUDGET_SUMMARY,
        Statement.REVENUE_SUMMARY,
        Statement.EXPENDITURE_SUMMARY,
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        Statement.BASIC_EXPENDITURE,
    ]
    assert len(expected_statements(nine, Stage.FINAL)) == 9
    university = [*nine[:3], Statement.FISCAL_APPROPRIATION_EXPENDITURE]
    assert len(expected_statements(university, Stage.FINAL)) == 4
    assert Statement.OPERATING_EXPENSES not in expected_statements(nine, Stage.FINAL)
