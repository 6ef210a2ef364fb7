"""Four statements, as universities under a ministry print their budgets."""

from __future__ import annotations

from disclosures.cells import Figure, Sheet, side_by_side
from disclosures.layouts.books import FISCAL, Books
from disclosures.layouts.sheets import (
    Layout,
    Line,
    Style,
    basic_and_project,
    class_names,
    functions,
)

__all__ = ["UNIVERSITIES"]

_OWN = {
    "service_income": "二、事业收入",
    "business_income": "三、事业单位经营收入",
    "other_income": "四、其他收入",
}
_APPROPRIATION = "fiscal_appropriation"


def _revenue_line(fund: str, amount: int, code: str, basis: str) -> Figure:
    return Figure(amount, "revenue", "revenue_source", code, fund, "total", basis)


def _spent(code: str, amount: int) -> Figure:
    return Figure(amount, "expenditure", "function", code, "all", "total", "included")


def _summary(books: Books, style: Style) -> Sheet:
    fiscal = books.income(funds=FISCAL)
    left: list[Line] = [
        ("一、财政拨款", _revenue_line(_APPROPRIATION, fiscal, _APPROPRIATION, "excluded"))
    ]
    left += [
        (name, _revenue_line(fund, books.income(funds=[fund]), fund, "excluded"))
        for fund, name in _OWN.items()
    ]
    right: list[Line] = [
        (name, _spent(code, books.total(code)))
        for code, name in class_names(books, all_of_them=False)
    ]
    closing, opening = books.total(kind="closing"), books.total(kind="opening")
    savings, current = books.total(kind="savings"), books.income()
    total = books.total() + closing
    rows = side_by_side(left, right)
    rows.append(("", "", "", ""))
    rows += [
        ("本年收入合计", _revenue_line("all", current, "current_total", "excluded"),
         "本年支出合计", _spent("current_total", books.total())),
        ("使用非财政拨款结余", _revenue_line("savings", savings, "savings", "only"),
         "结转下年", _spent("carryover_end", closing)),
        ("上年结转", _revenue_line("all", opening, "carryover_start", "only"), "", ""),
        ("收 入 总 计", _revenue_line("all", total, "total", "included"),
         "支 出 总 计", _spent("total", total)),
    ]  # fmt: skip
    header = (("收 入", "", "支 出", ""), ("项目", "预算数", "项目", "预算数"))
    return Sheet("budget_summary", "", header, tuple(rows))


def _revenue(books: Books, style: Style) -> Sheet:
    """One line: what the year brings, by source."""

    def figure(fund: str, amount: int, component: str = "total") -> Figure:
        return Figure(amount, "revenue", "function", "total", fund, component, "excluded")

    service = books.income(funds=["service_income"])
    row: Line = (
        figure("all", books.income()),
        figure(_APPROPRIATION, books.income(funds=FISCAL)),
        figure("superior_subsidy", 0),
        figure("service_income", service),
        figure("service_income", service * books.education_fees // 100, "education_fees"),
        figure("business_income", books.income(funds=["business_income"])),
        figure("affiliate_contribution", 0),
        figure("other_income", books.income(funds=["other_income"])),
    )
    header = (
        ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "", "经营收入", "附属单位缴款",
         "其他收入"),
        ("", "", "", "金额", "其中：教育收费", "", "", ""),
    )  # fmt: skip
    return Sheet("revenue_summary", "", header, (row,))


def _by_function(
    statement: str, funds: tuple[str, ...] | None, fund: str, books: Books, style: Style
) -> Sheet:
    has_notes = funds is None and style.variant % 3 == 1
    rows: list[Line] = functions(books, funds, basic_and_project(books, funds, fund), style)
    heads: Line = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    if has_notes:
        rows, heads = [(*row, "") for row in rows], (*heads, "备注")
    return Sheet(statement, "", (tuple(map(str, heads)),), tuple(rows))


UNIVERSITIES = Layout(
    "universities",
    "budget",
    "{year}年度部门预算",
    "",
    ("万元", "元"),
    (
        ("{agency}收支预算总表", _summary),
        ("{agency}收入预算表", _revenue),
        ("{agency}支出预算表", lambda b, s: _by_function("expenditure_summary", None, "all", b, s)),
        ("{agency}财政拨款支出预算表",
         lambda b, s: _by_function("fiscal_appropriation_expenditure", FISCAL, _APPROPRIATION, b, s)),
    ),
)  # fmt: skip
