"""Header rows told from lines, and columns matched to the form."""

from __future__ import annotations

import pytest

from analytics.documents.model import Place
from analytics.schema.statement_forms import Role, StatementForm
from analytics.schema.statement_forms.final_three_public import THREE_PUBLIC_FINALS
from analytics.schema.statement_forms.thirteen import THIRTEEN_STATEMENTS
from analytics.schema.vocabularies import Component, Fund, Repair, Stage, Statement
from analytics.statements.header import assign_columns, header_length, is_numbering
from analytics.statements.model import BodyRow, Cell, Column

FORMS = {form.statement: form for form in THIRTEEN_STATEMENTS}
REVENUE = FORMS[Statement.REVENUE_SUMMARY]
REVENUE_HEADER = "项目||本年收入||||||上年结转", "科目编码|科目名称|合计|一般公共预算|政府性基金"
LAST_COLUMNS = "国有资本经营预算|财政专户管理资金"


def rows(*lines: str) -> list[BodyRow]:
    """Rows written as cells between bars."""
    return [
        BodyRow(tuple(Cell(text, Place(1, r, c)) for c, text in enumerate(line.split("|"), 1)))
        for r, line in enumerate(lines, 1)
    ]


def columns_of(
    form: StatementForm, header: list[BodyRow], body: list[BodyRow] | None = None
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    return assign_columns(form, header, body or [], len(header[0].cells))


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["收入||支出|", "项目|2024年|项目|2024年", "一、一般公共预算|3.00|一、外交支出|"], 2),
        (["项目|金额|项目|金额||", "||||小计|一般公共预算", "合计|||||"], 2),
        (["科目编码|科目名称|合计", "201|一般公共服务支出|"], 1),
        (["项目名称|合计", "1|2", "某项目|3.00"], 2),
        (["科目编码|科目名称|合计", "栏次|1|2", "合计||"], 2),
        (["项目||政府性基金收入预算", "收入科目编码|科目名称|", "合计||"], 2),
        (["项目|政府性基金收入预算", "收入科目编码|", "103|5.00"], 2),
        (["项目名称|合计"], 1),
        (["201|一般公共服务支出|3.00"], 0),
    ],
)
def test_header_ends_where_the_first_line_begins(lines: list[str], length: int) -> None:
    assert header_length(rows(*lines)) == length


@pytest.mark.parametrize(
    "line",
    ["1|2|3", "0|1|2", "栏次|1|2|3", "1|2=3+4|3|4", "|1|2", "栏次|1|栏次|2", "1|3|4|5", "１|２"],
)
def test_numbering_of_columns(line: str) -> None:
    assert is_numbering(rows(line)[0])


@pytest.mark.parametrize(
    "line",
    ["合计|1|2", "公务接待费|1|2|3", "201|202", "3|2|1", "1|", "1.00|2.00", "7|8|9", "||", "1|20"],
)
def test_lines_are_no_numbering(line: str) -> None:
    assert not is_numbering(rows(line)[0])


def test_columns_in_the_order_of_the_form() -> None:
    header = rows("科目编码|科目名称|合计|基本支出|项目支出")
    columns, missing = columns_of(FORMS[Statement.GENERAL_PUBLIC_EXPENDITURE], header)
    components = [column.form.component for column in columns if column.form]
    assert components[2:] == [Component.TOTAL, Component.BASIC, Component.PROJECT]
    assert {column.form.fund for column in columns[2:] if column.form} == {Fund.GENERAL_PUBLIC}
    assert missing == ()


def test_headers_that_slipped_are_put_back_by_the_order_of_the_form() -> None:
    slipped = rows(
        "项目||本年收入|||||上年结转|",
        f"{REVENUE_HEADER[1]}|{LAST_COLUMNS}||单位资金",
    )
    columns, missing = columns_of(REVENUE, slipped)
    assert missing == ()
    assert [column.form for column in columns] == list(REVENUE.columns)
    assert [column.repairs for column in columns[6:]] == [
        (),
        (Repair.HEADER_SHIFTED,),
        (Repair.HEADER_SHIFTED,),
    ]
    assert [column.label for column in columns[7:]] == ["上年结转", "单位资金"]


def test_the_printed_order_stands_where_the_lines_add_up_that_way() -> None:
    header = rows(f"{REVENUE_HEADER[1]}|{LAST_COLUMNS}|上年结转|单位资金")
    # 9.00 = 4.00 + 5.00: the last column is part of the sum, the one before it is not.
    body = rows("合计||9.00|4.00||||2.00|5.00", "201|某支出|9.00|4.00||||2.00|5.00")
    columns, _ = columns_of(REVENUE, header, body)
    found = [(c.form.fund, c.form.component) for c in columns[7:] if c.form]
    assert found == [(Fund.ALL, Component.CARRYOVER), (Fund.UNIT_FUNDS, Component.TOTAL)]


def test_a_column_that_is_not_printed_is_named() -> None:
    header = rows(f"{REVENUE_HEADER[1]}|国有资本经营预算|单位资金|上年结转")
    columns, missing = columns_of(REVENUE, header)
    assert missing == ("财政专户",)
    assert [c.form.fund for c in columns[5:7] if c.form] == [Fund.STATE_CAPITAL, Fund.UNIT_FUNDS]


def test_a_column_of_no_form_is_kept_without_meaning() -> None:
    header = rows("科目编码|科目名称|合计|基本支出|项目支出|备注")
    columns, missing = columns_of(FORMS[Statement.EXPENDITURE_SUMMARY], header)
    assert (columns[5], missing) == (Column(None, "备注"), ())


def test_traditional_characters_and_broken_headers_are_read() -> None:
    header = rows("科目編碼|科目 名稱|合計|基本 支出|項目支出")
    _, missing = columns_of(FORMS[Statement.EXPENDITURE_SUMMARY], header)
    assert missing == ()


def test_a_header_cell_reaches_as_far_as_the_one_above_it() -> None:
    header = rows(
        "合计||公务用车购置及运行费||||公务接待费|",
        "||小计||购置费|||",
        "|".join(["预算数|决算数"] * 4),
    )
    form = next(
        form
        for form in THREE_PUBLIC_FINALS
        if form.columns[0].above and form.columns[0].stage is Stage.ADJUSTED_BUDGET
    )
    columns, missing = columns_of(form, header)
    named = [(c.form.line.code, c.form.stage) for c in columns if c.form and c.form.line]
    expenses = ("total", "vehicle", "vehicle_purchase", "reception")
    assert named == [(code, stage) for code in expenses for stage in (Stage.ADJUSTED_BUDGET, None)]
    assert columns[6].label == "公务接待费/预算数"
    assert len(missing) == 4


def test_line_numbers_are_no_column_of_a_form() -> None:
    header = rows("科目编码|科目名称|行次|合计|基本支出|项目支出")
    columns, missing = columns_of(FORMS[Statement.GENERAL_PUBLIC_EXPENDITURE], header)
    assert [column.is_numbering for column in columns] == [False, False, True, False, False, False]
    assert [index for index, column in enumerate(columns) if column.form is None] == [2]
    assert missing == ()


def test_codes_under_one_wide_header_are_one_column() -> None:
    header = rows("科目编码|||科目名称|合计|基本支出|项目支出")
    body = rows("205|||教育支出|1.00||", "205|02||普通教育|1.00||", "205|02|01|学前教育|1.00||")
    columns, _ = columns_of(FORMS[Statement.GENERAL_PUBLIC_EXPENDITURE], header, body)
    roles = [column.form.role for column in columns if column.form]
    assert roles == [Role.CODE, Role.CODE, Role.CODE, Role.NAME, *[Role.AMOUNT] * 3]


def test_a_total_under_the_header_of_names_is_a_line() -> None:
    table = rows(
        "项目||年初结转和结余|本年支出||",
        "科目编码|科目名称||||",
        "合计|||合计|基本支出|项目支出",
        "212|城乡社区支出|1.00|2.00|1.00|1.00",
    )
    assert header_length(table) == 2


def test_the_header_of_an_empty_column_heads_the_words_to_its_left() -> None:
    header = rows("科目编码||科目名称|合计|基本支出|项目支出")
    body = rows("205|教育支出||3.00|2.00|1.00", "20502|普通教育||3.00|2.00|1.00")
    columns, missing = columns_of(FORMS[Statement.GENERAL_PUBLIC_EXPENDITURE], header, body)
    roles = [column.form.role if column.form else None for column in columns]
    assert roles == [Role.CODE, Role.NAME, None, *[Role.AMOUNT] * 3]
    assert missing == ()


def test_the_header_of_an_empty_column_does_not_take_amounts() -> None:
    header = rows("科目编码|科目名称|合计||基本支出|项目支出")
    body = rows("205|教育支出|3.00|2.00||1.00", "20502|普通教育|3.00|2.00||1.00")
    columns, _ = columns_of(FORMS[Statement.GENERAL_PUBLIC_EXPENDITURE], header, body)
    assert [c.form.component if c.form else None for c in columns][3] is not Component.BASIC
