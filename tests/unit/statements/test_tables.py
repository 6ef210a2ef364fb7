"""Which table is which statement, and tables and lines joined over page breaks."""

from __future__ import annotations

import pytest

from analytics.documents.text import read_text_blocks
from analytics.schema.vocabularies import Presence, Repair, Statement
from analytics.statements.model import StatementTable, StrayTable
from analytics.statements.tables import recognise_statements

FIVE_COLUMNS = "科目编码\t科目名称\t合计\t基本支出\t项目支出"


def recognise(*blocks: str) -> tuple[tuple[StatementTable, ...], tuple[StrayTable, ...]]:
    return recognise_statements(read_text_blocks("\n\n".join(blocks)), year=2024)


def one(*blocks: str) -> StatementTable:
    tables, stray = recognise(*blocks)
    assert stray == ()
    (table,) = tables
    return table


def body(table: StatementTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body]


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("表三 2024年预算支出总表", Statement.EXPENDITURE_SUMMARY),
        ("2024年部门支出总体情况总表", Statement.EXPENDITURE_SUMMARY),
        ("2024年一般公共预算支出预算表（不含上年结转）", Statement.GENERAL_PUBLIC_EXPENDITURE),
        ("附件7-1 2024年政府性基金预算支出预算表", Statement.GOVERNMENT_FUND_EXPENDITURE),
        ("2024年 预算支出 總表", Statement.EXPENDITURE_SUMMARY),
    ],
)
def test_title_decides_between_tables_of_the_same_columns(title: str, statement: Statement) -> None:
    table = one(title, "单位：万元", f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t")
    assert (table.form.statement, table.title) == (statement, title)


def test_title_without_its_columns_is_not_believed() -> None:
    tables, stray = recognise("2024年预算支出总表", "甲\t乙\n丙\t3.00")
    assert tables == ()
    assert [(s.reason, s.title) for s in stray] == [
        ("table of no known form", "2024年预算支出总表")
    ]


def test_second_table_of_a_statement_is_set_aside() -> None:
    text = f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t"
    tables, stray = recognise("2024年预算支出总表", text, "2024年预算支出总表（续）", text)
    assert len(tables) == 1
    assert [s.reason for s in stray] == ["second table with the title of expenditure_summary"]


def test_lost_title_is_supplied_only_where_one_statement_fits() -> None:
    basic = "部门预算支出经济科目名称\t政府预算支出经济科目名称\t合计\t人员经费\t公用经费\n合计\t\t1\t1\t"
    table = one("单位：元", basic)
    assert (table.form.statement, table.title) == (Statement.BASIC_EXPENDITURE, None)
    assert table.repairs == (Repair.TITLE_MISSING,)
    tables, stray = recognise("单位：元", f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t")
    assert tables == ()
    assert stray[0].reason == "table of no known form"


def test_table_of_contents_is_no_statement() -> None:
    tables, stray = recognise("目录", "一、单位职责.....\t1\n表一2024年预算收支总表.....\t2")
    assert tables == ()
    assert stray[0].reason == "table of contents: page numbers"


def test_unit_is_the_one_above_the_statement() -> None:
    table_text = f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t"
    assert one("单位：元", "2024年预算支出总表", "单位：万元", table_text).unit_text == "万元"
    assert one("单位：元", "2024年预算支出总表", table_text).unit_text is None
    in_header = table_text.replace("合计\t基本", "合计（万元）\t基本", 1)
    assert one("2024年预算支出总表", in_header).unit_text == "万元"


def test_statement_without_amounts_is_empty() -> None:
    table = one("2024年预算支出总表", "单位：万元", f"{FIVE_COLUMNS}\n合计\t\t\t\t")
    assert (table.presence, len(table.body)) == (Presence.EMPTY, 1)
    table = one("2024年预算支出总表", "单位：万元", f"{FIVE_COLUMNS}\n合计\t\t0.00\t\t")
    assert table.presence is Presence.PRESENT


def test_page_break_with_number_and_repeated_header_is_closed() -> None:
    table = one(
        "2024年预算支出总表",
        f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t",
        "- 5 -",
        f"{FIVE_COLUMNS}\n201\t一般公共服务支出\t3.00\t3.00\t",
    )
    assert body(table) == [
        ["合计", "", "3.00", "3.00", ""],
        ["201", "一般公共服务支出", "3.00", "3.00", ""],
    ]
    assert table.repairs == (Repair.CONTINUED_TABLE,)


def test_text_between_tables_ends_a_statement() -> None:
    tables, stray = recognise(
        "2024年预算支出总表",
        f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t",
        "注：数字经四舍五入",
        "201\t一般公共服务支出\t3.00\t3.00\t",
    )
    assert [len(table.body) for table in tables] == [1]
    assert [len(table.rows) for table in stray] == [1]


def test_coded_line_cut_by_a_page_break_is_joined() -> None:
    table = one(
        "2024年预算支出总表",
        f"{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t\n20103\t政府办公厅（室）\t3.00\t3.00\t",
        "\t及相关机构事务\t\t\t",
    )
    assert body(table)[1][:3] == ["20103", "政府办公厅（室）及相关机构事务", "3.00"]
    assert table.body[1].repairs == (Repair.CONTINUED_ROW,)


PROJECTS = (
    "项目名称\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算\t财政专户管理资金\t单位资金"
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("建设项目评估\t3.00\t3.00\t\t\t\t", "经费\t\t\t\t\t\t"),
        ("建设项目评估\t\t\t\t\t\t", "经费\t3.00\t3.00\t\t\t\t"),
    ],
)
def test_project_cut_by_a_page_break_is_joined(first: str, second: str) -> None:
    table = one(
        "2024年项目支出预算表（本年预算）",
        f"{PROJECTS}\n示例市教育局\t5.00\t5.00\t\t\t\t\n{first}",
        f"{second}\n编外人员经费\t2.00\t2.00\t\t\t\t",
    )
    assert [row[:2] for row in body(table)] == [
        ["示例市教育局", "5.00"],
        ["建设项目评估经费", "3.00"],
        ["编外人员经费", "2.00"],
    ]


def test_blank_lines_of_known_names_stay_apart() -> None:
    table = one(
        "2024年财政拨款安排“三公”经费支出预算表",
        "项目\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算\n"
        "因公出国（境）费\t\t\t\t\n公务接待费\t3.00\t3.00\t\t\n公务用车购置及运行费\t\t\t\t",
        "①公务用车购置费\t\t\t\t\n合计\t3.00\t3.00\t\t",
    )
    names = [row[0] for row in body(table)]
    assert names == [
        "因公出国（境）费",
        "公务接待费",
        "公务用车购置及运行费",
        "①公务用车购置费",
        "合计",
    ]
    assert all(row.repairs == () for row in table.body)


def test_blocks_taken_by_another_reader_are_left_out() -> None:
    blocks = read_text_blocks(
        f"2024年预算支出总表\n\n{FIVE_COLUMNS}\n合计\t\t3.00\t3.00\t\n\n绩效\n\n甲\t乙\n"
    )
    tables, stray = recognise_statements(blocks, year=2024, taken=frozenset({4}))
    assert (len(tables), stray) == (1, ())
