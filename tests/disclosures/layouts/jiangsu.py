"""Twelve statements, as Jiangsu prints the budgets of departments."""

from __future__ import annotations

from disclosures.cells import Cell, Figure, Sheet, side_by_side
from disclosures.layouts.books import FISCAL, PERSONNEL, Books
from disclosures.layouts.sheets import (
    Column,
    Layout,
    Line,
    Style,
    class_names,
    economic_columns,
    economics,
    functions,
    three_public,
)

__all__ = ["JIANGSU"]

_PURPOSES = {"basic": "一、基本支出", "project": "二、项目支出", "reserve": "三、单位预留机动经费"}
_APPROPRIATION = "fiscal_appropriation"


def _source(fund: str, amount: int, code: str = "", basis: str = "excluded") -> Figure:
    return Figure(amount, "revenue", "revenue_source", code or fund, fund, "total", basis)


def _spent(code: str, amount: int, fund: str, component: str = "total") -> Figure:
    return Figure(amount, "expenditure", "function", code, fund, component, "included")


def _summary(books: Books, style: Style) -> Sheet:
    other = ("other", "business_income")
    left: list[Line] = [
        ("一、财政拨款", _source(_APPROPRIATION, books.income(funds=FISCAL))),
        ("1.一般公共预算", _source("general_public", books.income(funds=FISCAL[:1]))),
        ("2.政府性基金预算", _source("government_fund", books.income(funds=FISCAL[1:]))),
        (
            "二、财政专户管理资金",
            _source("fiscal_special_account", books.income(funds=["fiscal_special_account"])),
        ),
        ("三、其他资金", _source("other", books.income(funds=other))),
    ]
    classes: list[Line] = [
        (name, _spent(code, books.total(code), "all"))
        for code, name in class_names(books, all_of_them=True)
    ]
    purposes: list[Line] = [
        (name, _spent("total", books.total(purposes=[purpose]), "all", purpose))
        for purpose, name in _PURPOSES.items()
    ]
    opening, closing = books.total(kind="opening"), books.total(kind="closing")
    total = books.total() + closing
    current = _source("all", books.income(), "current_total")
    rows = side_by_side(left, side_by_side(classes, purposes))
    rows += [
        ("当年收入小计", current, "当年支出小计", "", "", _spent("current_total", books.total(), "all")),
        ("上年结转资金", _source("all", opening, "carryover_start", "only"), "结转下年资金", "", "",
         _spent("carryover_end", closing, "all")),
        ("收入合计", _source("all", total, "total", "included"), "支出合计", "", "",
         _spent("total", total, "all")),
    ]  # fmt: skip
    header = (
        ("收入", "", "支出", "", "", ""),
        ("项目名称", "金额", "功能分类", "", "支出用途", ""),
        ("", "", "功能科目名称", "金额", "项目名称", "金额"),
    )
    return Sheet("budget_summary", "", header, tuple(rows))


def _revenue(books: Books, style: Style) -> Sheet:
    groups = (
        ("一般公共预算资金", "general_public", {"公共财政拨款（补助）资金": ["general_public"]}),
        ("政府性基金", "government_fund", {}),
        ("财政专户管理资金", "fiscal_special_account",
         {"专户管理教育收费": ["fiscal_special_account"], "其他非税收入": []}),
        ("其他资金", "other", {"事业收入": ["other"], "经营收入": ["business_income"]}),
    )  # fmt: skip
    total = books.total() + books.total(kind="closing")
    rows: list[Line] = [("收入总计", "", _source("all", total, "total", "included"))]
    for group, fund, parts in groups:
        funds = [fund, "business_income"] if fund == "other" else [fund]
        rows.append((group, "小计", _source(fund, books.income(funds=funds))))
        rows += [
            ("", name, _source(fund, books.income(funds=among), name))
            for name, among in parts.items()
        ]
    opening = books.total(kind="opening")
    rows.append(("上年结转和结余资金", "小计", _source("all", opening, "carryover_start", "only")))
    return Sheet("revenue_summary", "", (("项目名称", "", "金额"),), tuple(rows))


def _expenditure(books: Books, style: Style) -> Sheet:
    closing = books.total(kind="closing")
    row: Line = (
        _spent("total", books.total() + closing, "all"),
        *(_spent("total", books.total(purposes=[p]), "all", p) for p in _PURPOSES),
        _spent("total", closing, "all", "carried_forward"),
    )
    header = ("合计", "基本支出", "项目支出", "单位预留机动经费", "结转下年资金")
    return Sheet("expenditure_summary", "", (header,), (row,))


def _fiscal(books: Books, style: Style) -> Sheet:
    left: list[Line] = [
        ("一、一般公共预算", _source("general_public", books.income(funds=FISCAL[:1]))),
        ("二、政府性基金预算", _source("government_fund", books.income(funds=FISCAL[1:]))),
    ]
    right: list[Line] = [
        (name, _spent("total", books.total(funds=FISCAL, purposes=[p]), _APPROPRIATION, p))
        for p, name in _PURPOSES.items()
    ]
    total = books.total(funds=FISCAL)
    rows = side_by_side(left, right)
    both = (
        _source(_APPROPRIATION, total, "total", "included"),
        _spent("total", total, _APPROPRIATION),
    )
    rows.append(("收入合计", both[0], "支出合计", both[1]))
    header = (
        ("收入", "", "支出", ""),
        ("项目名称", "金额", "支出用途", ""),
        ("", "", "项目名称", "金额"),
    )
    return Sheet("fiscal_appropriation_summary", "", header, tuple(rows))


def _by_function(
    statement: str, funds: tuple[str, ...], fund: str, books: Books, style: Style
) -> Sheet:
    column = Column(lambda code: books.total(code, funds), fund)
    rows = functions(books, funds, [column], style)
    return Sheet(statement, "", (("功能科目代码", "功能科目名称", "金额"),), tuple(rows))


def _basic(statement: str, fund: str, header: str, books: Books, style: Style) -> Sheet:
    is_operating = statement == "operating_expenses"
    columns = economic_columns(books, fund, "included", has_parts=False)
    if not is_operating:
        rows = economics(books, columns, style)
    else:
        public = economic_columns(books, fund, "included", has_parts=True)[2]
        columns = [Column(public.amounts, fund)]
        classes = [c for c in books.economic_codes() if not c.startswith(PERSONNEL)]
        rows = [_as_unit(row) for row in economics(books, columns, style, classes or ["-"])]
    return Sheet(statement, "", (("科目编码", "科目名称", header),), tuple(rows))


def _as_unit(row: Line) -> Line:
    """The total of the operating expenses is the same line whatever they are divided by."""
    *names, figure = row
    if isinstance(figure, Figure) and figure.code == "total":
        figure = figure._replace(classification="unit")
    return (*names, figure)


def _three_public(books: Books, style: Style) -> Sheet:
    codes = ("with_meetings", "total", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation",
             "reception", "meeting", "training")  # fmt: skip
    row = tuple(three_public(books, code) for code in codes)
    header = (
        ("合计", "“三公”经费", "", "", "", "", "", "会议费", "培训费"),
        ("", "小计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费", "", ""),
        ("", "", "", "小计", "公务用车购置费", "公务用车运行维护费", "", "", ""),
    )
    return Sheet("three_public_expenses", "", header, (row,))


def _procurement(books: Books, style: Style) -> Sheet:
    """Levels side by side: a row names those that change, and prints their sum; then the goods."""
    codes = {"一、货物A": "goods", "二、工程B": "works", "三、服务C": "services"}

    def figure(levels: tuple[str, ...]) -> Figure:
        amount = sum(a for path, a in books.procurement if path[: len(levels)] == levels)
        code = "/".join((codes[levels[0]], *levels[1:])) if levels else "total"
        return Figure(amount, "expenditure", "procurement", code, "all", "total", "included")

    rows: list[Line] = [("合计", "", "", "", "", figure(()))]
    above: tuple[str, ...] = ()
    for path, _ in books.procurement:
        same = next((i for i in range(3) if above[: i + 1] != path[: i + 1]), 3)
        if same == 0:
            rows.append((path[0], "", "", "", "", figure(path[:1])))
        if same < 3:
            first: Cell = path[1] if same < 2 else ""
            rows.append(("", first, path[2], "", "", figure(path[:3])))
        rows.append(("", "", "", path[3], path[4], figure(path)))
        above = path
    header = ("采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计")
    return Sheet("procurement_expenditure", "", (header,), tuple(rows))


_ONE = FISCAL[:1]
JIANGSU = Layout(
    "jiangsu",
    "budget",
    "{year}年度部门预算公开",
    "",
    ("万元", "元"),
    (
        ("一、{year}年度{agency}收支预算总表", _summary),
        ("二、{year}年度{agency}收入预算总表", _revenue),
        ("三、{year}年度{agency}支出预算总表", _expenditure),
        ("四、{year}年度{agency}财政拨款收支预算总表", _fiscal),
        ("五、{year}年度{agency}财政拨款支出预算表",
         lambda b, s: _by_function("fiscal_appropriation_expenditure", FISCAL, _APPROPRIATION, b, s)),
        ("六、{year}年度{agency}财政拨款基本支出预算表",
         lambda b, s: _basic("fiscal_basic_expenditure", _APPROPRIATION, "金额", b, s)),
        ("七、{year}年度{agency}一般公共预算支出预算表",
         lambda b, s: _by_function("general_public_expenditure", _ONE, "general_public", b, s)),
        ("八、{year}年度{agency}一般公共预算基本支出预算表",
         lambda b, s: _basic("basic_expenditure", "general_public", "金额", b, s)),
        ("九、{year}年度{agency}“三公”经费、会议费、培训费支出预算表", _three_public),
        ("十、{year}年度{agency}政府性基金预算财政拨款支出预算表",
         lambda b, s: _by_function("government_fund_expenditure", FISCAL[1:2], "government_fund", b, s)),
        ("十一、{year}年度{agency}一般公共预算机关运行经费支出预算表",
         lambda b, s: _basic("operating_expenses", _APPROPRIATION, "机关运行经费支出", b, s)),
        ("十二、{year}年度{agency}政府采购支出预算表", _procurement),
    ),
)  # fmt: skip
