"""Nine statements, as Shanghai prints the budgets of departments: in yuan, codes in three parts."""

from __future__ import annotations

from disclosures.cells import Figure, Sheet, side_by_side
from disclosures.layouts.books import FISCAL, PERSONNEL, PUBLIC, Books
from disclosures.layouts.sheets import (
    Column,
    Layout,
    Line,
    Style,
    basic_and_project,
    class_names,
    economic_columns,
    economics,
    functions,
    in_unit,
    three_public,
)

__all__ = ["SHANGHAI"]

_SOURCES = {
    "service_income": "二、事业收入",
    "business_income": "三、事业单位经营收入",
    "other_income": "四、其他收入",
}
_FISCAL_NAMES = ("一般公共预算资金", "政府性基金", "国有资本经营预算")
_APPROPRIATION = "fiscal_appropriation"
_BELOW = Style(total="bottom")


def _source(fund: str, amount: int) -> Figure:
    return Figure(amount, "revenue", "revenue_source", fund, fund, "total", "excluded")


def _totals(
    fund: str, raised: int, spent: list[Figure]
) -> tuple[str, Figure, str, *tuple[Figure, ...]]:
    total = Figure(raised, "revenue", "revenue_source", "total", fund, "total", "included")
    return ("收入总计", total, "支出总计", *spent)


def _summary(books: Books, style: Style) -> Sheet:
    left: list[Line] = [("一、财政拨款收入", _source(_APPROPRIATION, books.income(funds=FISCAL)))]
    left += [
        (f"{i}.{name}", _source(fund, books.income(funds=[fund])))
        for i, (fund, name) in enumerate(zip(FISCAL, _FISCAL_NAMES, strict=True), start=1)
    ]
    left += [(name, _source(fund, books.income(funds=[fund]))) for fund, name in _SOURCES.items()]
    columns = [Column(books.total, "all")]
    if style.variant % 3 == 2:  # what the classes are made of stands beside them
        columns += [
            Column(lambda code, c=classes: books.total(code, economics=c), "all", part)  # type: ignore[misc]
            for part, classes in (("personnel", PERSONNEL), ("public", PUBLIC))
        ]
        columns.append(
            Column(lambda code: books.total(code, purposes=["project"]), "all", "project")
        )
    right: list[Line] = [
        (name, *(column.figure(code) for column in columns))
        for code, name in class_names(books, all_of_them=False)
    ]
    rows = side_by_side(left, right)
    rows.append(_totals("all", books.income(), [c.figure("total") for c in columns]))
    if len(columns) == 1:
        header: tuple[tuple[str, ...], ...] = (
            ("本年收入", "", "本年支出", ""),
            ("项目", "预算数", "项目", "预算数"),
        )
    else:
        header = (
            ("本年收入", "", "本年支出", "", "", "", ""),
            ("项目", "预算数", "项目", "合计", "基本支出", "", "项目支出"),
            ("", "", "", "", "人员经费", "公用经费", ""),
        )
    return Sheet("budget_summary", "", header, tuple(rows))


def _header(
    above: str, columns: tuple[str, ...], code: str = "功能分类科目"
) -> tuple[tuple[str, ...], ...]:
    """A code in parts, a name, and the columns of amounts under one head."""
    parts = 3 if code == "功能分类科目" else 2
    name = f"{code.removeprefix('部门预算')}名称"
    rest = ("",) * (len(columns) - 1)
    return (
        ("项目", *("",) * parts, above, *rest),
        (f"{code}编码", *("",) * (parts - 1), name, *columns),
        (*"类款项"[:parts], "", *("",) * len(columns)),
    )


def _revenue(books: Books, style: Style) -> Sheet:
    groups = [(None, "all"), (FISCAL, _APPROPRIATION), *(((f,), f) for f in _SOURCES)]
    columns = [
        Column(
            lambda code, among=funds: books.income(code, among),  # type: ignore[misc]
            fund, flow="revenue",
        )
        for funds, fund in groups
    ]  # fmt: skip
    heads = ("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入")
    rows = functions(books, None, columns, _BELOW, parts=3)
    return Sheet("revenue_summary", "", _header("收入预算", heads), tuple(rows))


def _by_function(
    statement: str,
    what: str,
    funds: tuple[str, ...] | None,
    books: Books,
    *,
    basis: str = "included",
) -> Sheet:
    fund = "all" if funds is None else funds[0]
    columns = basic_and_project(books, funds, fund, basis)
    rows = functions(books, funds, columns, _BELOW, parts=3)
    header = _header(what, ("合计", "基本支出", "项目支出"))
    return Sheet(statement, "", header, tuple(rows))


def _fiscal(books: Books, style: Style) -> Sheet:
    left: list[Line] = [
        (f"{'一二三'[i]}、{name}", _source(fund, books.income(funds=[fund])))
        for i, (fund, name) in enumerate(zip(FISCAL, _FISCAL_NAMES, strict=True))
    ]
    groups = [(FISCAL, _APPROPRIATION), *(((fund,), fund) for fund in FISCAL)]
    columns = [
        Column(lambda code, among=funds: books.total(code, among), fund)  # type: ignore[misc]
        for funds, fund in groups
    ]
    right: list[Line] = [
        (name, *(column.figure(code) for column in columns))
        for code, name in class_names(books, all_of_them=False)
    ]
    rows = side_by_side(left, right)
    rows.insert(-1, ("",) * len(rows[0]))
    spent = [column.figure("total") for column in columns]
    rows.append(_totals(_APPROPRIATION, books.income(funds=FISCAL), spent))
    header = (
        ("财政拨款收入", "", "财政拨款支出", "", "", "", ""),
        ("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    )
    return Sheet("fiscal_appropriation_summary", "", header, tuple(rows))


def _basic(books: Books, style: Style) -> Sheet:
    columns = economic_columns(books, "general_public", "included", has_parts=True)
    rows = economics(books, columns, _BELOW, parts=2)
    header = _header(
        "一般公共预算基本支出", ("合计", "人员经费", "公用经费"), "部门预算经济分类科目"
    )
    return Sheet("basic_expenditure", "", header, tuple(rows))


def _three_public(books: Books, style: Style) -> Sheet:
    """One table for two statements, in 万元 whatever the others are printed in."""
    codes = ("total", "abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_operation")
    public = economic_columns(books, "general_public", "included", has_parts=True)[2].amounts("")
    share = 1 if style.unit == "万元" else 10_000
    operating = Figure(
        in_unit(public, share), "expenditure", "unit", "total", _APPROPRIATION, "total", "included",
        statement="operating_expenses",
    )  # fmt: skip
    row = (*(three_public(books, code, share=share) for code in codes), operating)
    header = (
        ("“三公”经费预算数", "", "", "", "", "", "机关运行经费预算数"),
        ("合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "", "", ""),
        ("", "", "", "小计", "购置费", "运行费", ""),
    )
    return Sheet("three_public_expenses", "", header, (row,))


SHANGHAI = Layout(
    "shanghai",
    "budget",
    "{year}年部门预算",
    "编制部门",
    ("元", "万元"),
    (
        ("{year}年部门财务收支预算总表", _summary),
        ("{year}年部门收入预算总表", _revenue),
        ("{year}年部门支出预算总表",
         lambda b, s: _by_function("expenditure_summary", "支出预算", None, b)),
        ("{year}年部门财政拨款收支预算总表", _fiscal),
        ("{year}年部门一般公共预算支出功能分类预算表",
         lambda b, s: _by_function("general_public_expenditure", "一般公共预算支出",
                                   FISCAL[:1], b, basis="excluded")),
        ("{year}年部门政府性基金预算支出功能分类预算表",
         lambda b, s: _by_function("government_fund_expenditure", "政府性基金预算支出",
                                   FISCAL[1:2], b, basis="excluded")),
        ("{year}年部门国有资本经营预算支出功能分类预算表",
         lambda b, s: _by_function("state_capital_operations", "国有资本经营预算支出",
                                   FISCAL[2:], b)),
        ("{year}年部门一般公共预算基本支出部门预算经济分类预算表", _basic),
        ("{year}年部门“三公”经费和机关运行经费预算表", _three_public),
    ),
)  # fmt: skip
