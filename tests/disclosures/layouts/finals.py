"""Nine statements, as the Ministry of Finance has final accounts printed."""

from __future__ import annotations

from itertools import zip_longest

from disclosures.cells import Figure, Sheet, numeral, side_by_side
from disclosures.layouts.books import ECONOMICS, FISCAL, FUNCTIONS, Books
from disclosures.layouts.sheets import (
    Column,
    Layout,
    Line,
    Style,
    basic_and_project,
    class_names,
    economic_columns,
    listed,
    three_public,
)

__all__ = ["FINALS"]

_APPROPRIATION = "fiscal_appropriation"
_SOURCES = {
    "general_public": "一般公共预算财政拨款收入",
    "government_fund": "政府性基金预算财政拨款收入",
    "state_capital": "国有资本经营预算财政拨款收入",
    "superior_subsidy": "上级补助收入",
    "service_income": "事业收入",
    "business_income": "经营收入",
    "affiliate_contribution": "附属单位上缴收入",
    "other_income": "其他收入",
}
_OWN = tuple(fund for fund in _SOURCES if fund not in FISCAL)
_PARTS = {"basic": "基本支出结转", "project": "项目支出结转和结余"}
_HEADER = ("功能分类科目编码", "科目名称")


def _source(code: str, fund: str, amount: int, basis: str, component: str = "total") -> Figure:
    return Figure(amount, "revenue", "revenue_source", code, fund, component, basis)


def _summary(books: Books, style: Style) -> Sheet:
    """All money; in some disclosures with the budget beside it, or with the lines numbered."""
    has_budget, has_parts, has_numbers = (
        style.variant in (1, 4),
        style.variant > 2,
        style.variant == 2,
    )

    def with_budget(figure: Figure, budgeted: int) -> Line:
        before = figure._replace(amount=budgeted, stage="adjusted_budget")
        return (before, figure) if has_budget else (figure,)

    def left(name: str, figure: Figure, budgeted: int = 0) -> Line:
        return (name, *with_budget(figure, budgeted))

    def right(
        name: str, code: str, amount: int, component: str = "total", budgeted: int = 0
    ) -> Line:
        figure = Figure(amount, "expenditure", "function", code, "all", component, "included")
        return (name, *with_budget(figure, budgeted))

    raised: list[Line] = [
        left(
            f"{numeral(i)}、{name}",
            _source(fund, fund, books.income(funds=[fund]), "excluded"),
            books.total(funds=[fund], kind="budgeted"),
        )
        for i, (fund, name) in enumerate(_SOURCES.items(), start=1)
    ]
    spent: list[Line] = [
        right(name, code, books.total(code), budgeted=books.total(code, kind="budgeted"))
        for code, name in class_names(books, all_of_them=True)
    ]
    opening, closing = books.total(kind="opening"), books.total(kind="closing")
    surplus, savings = books.total(kind="surplus"), books.total(kind="savings")
    total, budget = books.total() + surplus + closing, books.total(kind="budgeted")
    end_left: list[Line] = [
        left("本年收入合计", _source("current_total", "all", books.income(), "excluded"), budget),
        left("使用非财政拨款结余", _source("savings", "savings", savings, "only")),
        left("年初结转和结余", _source("carryover_start", "all", opening, "only")),
    ]
    end_right: list[Line] = [
        right("本年支出合计", "current_total", books.total(), budgeted=budget),
        right("结余分配", "surplus_distributed", surplus),
        right("年末结转和结余", "carryover_end", closing),
    ]
    for part, name in _PARTS.items() if has_parts else ():
        opened, closed = (books.total(purposes=[part], kind=k) for k in ("opening", "closing"))
        start = _source("carryover_start", "all", opened, "only", f"carryover_{part}")
        end_left.append(left(f"  {name}", start))
        end_right.append(right(f"  {name}", "carryover_end", closed, f"closing_{part}"))
    end_left.append(left("总计", _source("total", "all", total, "included"), budget))
    end_right.append(right("总计", "total", total, budgeted=budget))
    rows = [
        *side_by_side(raised, spent),
        *(a + b for a, b in zip(end_left, end_right, strict=True)),
    ]
    amounts = ("全年预算数", "决算数") if has_budget else ("决算数",)
    if has_numbers:
        half = len(amounts) + 1
        rows = [
            (r[0], str(i), *r[1:half], r[half], str(i + len(rows)), *r[half + 1 :])
            for i, r in enumerate(rows, start=1)
        ]
        amounts = ("行次", *amounts)
    empty = ("",) * len(amounts)
    header = (("收入", *empty, "支出", *empty), ("项目", *amounts, "项目", *amounts))
    return Sheet("budget_summary", "", header, tuple(rows))


def _codes(books: Books, funds: tuple[str, ...] | None, kinds: tuple[str, ...]) -> list[str]:
    return books.codes(funds, kinds)


def _revenue(books: Books, style: Style) -> Sheet:
    def column(funds: tuple[str, ...] | None, fund: str) -> Column:
        return Column(
            lambda code: books.income(code, funds), fund, basis="excluded", flow="revenue"
        )

    def fees(code: str) -> int:
        """A part of the service income: of a line's and so of the lines above it."""
        each = {i.function for i in books.items if i.function.startswith(code)}
        return sum(books.income(f, ["service_income"]) * books.education_fees // 100 for f in each)

    has_fees = style.variant % 2 == 1
    columns = [column(None, "all"), column(FISCAL, _APPROPRIATION)]
    heads = ["本年收入合计", "财政拨款收入"]
    for fund in _OWN:
        columns.append(column((fund,), fund))
        heads.append(_SOURCES[fund])
        if has_fees and fund == "service_income":
            columns.append(Column(fees, fund, "education_fees", "excluded", "revenue"))
            heads.append("")
    kinds = ("spent", "closing", "surplus")
    rows = listed(_codes(books, None, kinds), FUNCTIONS, columns, style)
    below = ["小计" if h == "事业收入" else "其中：教育收费" if not h else "" for h in heads]
    if not has_fees:
        below = [""] * len(heads)
    header = (("项目", "", *heads), (*_HEADER, *below))
    return Sheet("revenue_summary", "", header, tuple(rows))


def _expenditure(books: Books, style: Style) -> Sheet:
    parts = ("basic", "project", "to_superior", "business", "to_affiliates")
    columns = [Column(books.total, "all")]
    columns += [
        Column(lambda code, p=part: books.total(code, purposes=[p]), "all", part)  # type: ignore[misc]
        for part in parts
    ]
    heads = (
        "本年支出合计",
        "基本支出",
        "项目支出",
        "上缴上级支出",
        "经营支出",
        "对附属单位补助支出",
    )
    rows = listed(books.codes(), FUNCTIONS, columns, style)
    header = (("项目", "", *heads), (*_HEADER, *("",) * len(heads)))
    return Sheet("expenditure_summary", "", header, tuple(rows))


def _fiscal(books: Books, style: Style) -> Sheet:
    names = {f: _SOURCES[f].removesuffix("收入") for f in FISCAL}
    columns = [Column(lambda code: books.total(code, FISCAL), _APPROPRIATION)]
    columns += [
        Column(lambda code, f=fund: books.total(code, [f]), fund)  # type: ignore[misc]
        for fund in FISCAL
    ]

    def line(name: str, code: str, amounts: list[int]) -> Line:
        pairs = zip(columns, amounts, strict=True)
        return (name, *(c.figure("total")._replace(code=code, amount=a) for c, a in pairs))

    left: list[Line] = [
        (f"{numeral(i)}、{name}", _source(fund, fund, books.income(funds=[fund]), "excluded"))
        for i, (fund, name) in enumerate(names.items(), start=1)
    ]
    right: list[Line] = [
        (name, *(c.figure(code) for c in columns))
        for code, name in class_names(books, all_of_them=True)
    ]
    groups = (FISCAL, *((fund,) for fund in FISCAL))
    spent = [books.total(funds=g) for g in groups]
    closing = [books.total(funds=g, kind="closing") for g in groups]
    opening = books.total(funds=FISCAL, kind="opening")
    total = [a + b for a, b in zip(spent, closing, strict=True)]
    none = ("",) * 5
    rows = side_by_side(left, right)
    rows += [
        ("本年收入合计", _source("current_total", _APPROPRIATION, books.income(funds=FISCAL), "excluded"),
         *line("本年支出合计", "current_total", spent)),
        ("年初财政拨款结转和结余", _source("carryover_start", _APPROPRIATION, opening, "only"),
         *line("年末财政拨款结转和结余", "carryover_end", closing)),
    ]  # fmt: skip
    rows += [
        (
            f"{numeral(i)}、{name}",
            _source("carryover_start", f, books.total(funds=[f], kind="opening"), "only"),
            *none,
        )
        for i, (f, name) in enumerate(names.items(), start=1)
    ]
    rows.append(
        (
            "总计",
            _source("total", _APPROPRIATION, total[0], "included"),
            *line("总计", "total", total),
        )
    )
    header = (
        ("收入", "", "支出", "", "", "", ""),
        ("项目", "决算数", "项目", "合计", *names.values()),
    )
    return Sheet("fiscal_appropriation_summary", "", header, tuple(rows))


def _of_fund(statement: str, fund: str, balances: int, books: Books, style: Style) -> Sheet:
    """Expenditure of a fund: alone, or between what was brought and what is carried forward.

    ``balances`` 2 prints the basic and the project part of everything.
    """
    spent = basic_and_project(books, [fund], fund)
    if not balances:
        rows = listed(books.codes([fund]), FUNCTIONS, spent, style)
        header = (("项目", "", "本年支出", "", ""), (*_HEADER, "合计", "基本支出", "项目支出"))
        return Sheet(statement, "", header, tuple(rows))

    def parts(kind: str, basis: str, flow: str, name: str) -> list[Column]:
        columns = []
        for part in ("", "basic", "project")[: 3 if balances == 2 else 1]:
            among = [part] if part else None
            component = {"": name or "total"}.get(part, f"{name}_{part}" if name else part)

            def amounts(code: str, among: list[str] | None = among) -> int:
                if kind == "income":
                    return books.income(code, [fund], among)
                return books.total(code, [fund], among, kind=kind)

            columns.append(Column(amounts, fund, component, basis, flow))
        return columns

    groups = (
        ("年初结转和结余", parts("opening", "only", "revenue", "carryover")),
        ("本年收入", parts("income", "excluded", "revenue", "")),
        ("本年支出", spent),
        ("年末结转和结余", parts("closing", "included", "expenditure", "closing")),
    )
    columns = [column for _, group in groups for column in group]
    top = [cell for name, group in groups for cell in (name, *("",) * (len(group) - 1))]
    below = [
        cell
        for _, group in groups
        for cell in (("合计", "基本支出", "项目支出") if len(group) == 3 else ("",))
    ]
    codes = books.codes([fund], ("spent", "opening", "closing"))
    rows = listed(codes, FUNCTIONS, columns, style)
    return Sheet(statement, "", (("项目", "", *top), (*_HEADER, *below)), tuple(rows))


def _basic(books: Books, style: Style) -> Sheet:
    """Personnel in the list on the left, public expenses in one or two lists beside it."""
    whole, personnel, public = economic_columns(books, "general_public", "included", has_parts=True)
    split = (
        [["301", "303"], ["302"], ["310"]]
        if style.variant % 2
        else [["301", "303"], ["302", "310"]]
    )
    lists = [
        [(c, ECONOMICS[c], whole.figure(c, "economic_department"))
         for group in classes for c in books.economic_codes([group])]
        for classes in split
    ]  # fmt: skip
    rows: list[Line] = [
        tuple(cell for line in row for cell in line)
        for row in zip_longest(*lists, fillvalue=("", "", ""))
    ]
    totals = [c.figure("total", "economic_department") for c in (personnel, public)]
    more = ("", "", "") * (len(split) - 2)
    if more:
        rows.append(("人员经费合计", "", totals[0], *more, "公用经费合计", "", totals[1]))
    else:
        rows.append(("人员经费合计", "", totals[0], "公用经费合计", "", totals[1]))
    header = ("经济分类科目编码", "科目名称", "决算数") * len(split)
    return Sheet("basic_expenditure", "", (header,), tuple(rows))


def _three_public(books: Books, style: Style) -> Sheet:
    """Budget and final figure beside each other, or all budgets before all final figures."""
    codes = ("total", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception")
    stages = ("adjusted_budget", "")
    title = "财政拨款“三公”经费"
    heads = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
    vehicle = ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
    if style.variant % 3 == 0:
        row = tuple(three_public(books, c, s) for c in codes for s in stages)
        header: tuple[tuple[str, ...], ...] = (
            (title, *("",) * 11),
            tuple(cell for head in heads for cell in (head, "")),
            tuple(cell for head in vehicle for cell in (head, "")),
            ("预算数", "决算数") * 6,
        )
        rows: tuple[Line, ...] = (row,)
    elif style.variant % 3 == 1:
        header = (("预算数", *("",) * 5, "决算数", *("",) * 5), heads * 2, vehicle * 2)
        rows = (tuple(three_public(books, c, s) for s in stages for c in codes),)
    else:
        names = (
            "合计", "一、因公出国（境）费", "二、公务用车购置及运行维护费", "其中：公务用车购置费",
            "公务用车运行维护费", "三、公务接待费",
        )  # fmt: skip
        header = (("项目", "全年预算数", "决算数"),)
        rows = tuple(
            (name, *(three_public(books, c, s) for s in stages))
            for name, c in zip(names, codes, strict=True)
        )
    return Sheet("three_public_expenses", "", header, rows)


FINALS = Layout(
    "finals",
    "final",
    "{year}年度部门决算",
    "部门",
    ("万元", "元"),
    (
        ("收入支出决算总表", _summary),
        ("收入决算表", _revenue),
        ("支出决算表", _expenditure),
        ("财政拨款收入支出决算总表", _fiscal),
        ("一般公共预算财政拨款支出决算表",
         lambda b, s: _of_fund("general_public_expenditure", FISCAL[0], 0, b, s)),
        ("一般公共预算财政拨款基本支出决算表", _basic),
        ("财政拨款“三公”经费支出决算表", _three_public),
        ("政府性基金预算财政拨款收入支出决算表",
         lambda b, s: _of_fund("government_fund_expenditure", FISCAL[1], 1 + s.variant % 2, b, s)),
        ("国有资本经营预算财政拨款支出决算表",
         lambda b, s: _of_fund("state_capital_operations", FISCAL[2], s.variant % 3, b, s)),
    ),
)  # fmt: skip
