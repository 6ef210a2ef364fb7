"""The statements of a generated disclosure as cells: each figure knows what it states.

The same cells are printed and expected, so that the expectation never passes through the package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from disclosures.lists import (
    CLASSES,
    ECONOMIC,
    ECONOMIC_CLASSES,
    FISCAL_FUNDS,
    FUNCTIONS,
    FUNDS,
    REVENUES,
)
from disclosures.spec import YUAN, DisclosureSpec

__all__ = ["ExpectedFact", "Figure", "Sheet", "expected_facts", "sheets"]

_NUMERALS = "一二三四五六七八九十"


class ExpectedFact(NamedTuple):
    """What a printed figure states."""

    statement: str
    flow: str
    classification: str
    code: str
    counterpart_code: str | None
    fund: str
    component: str
    carryover_basis: str
    amount_yuan: Decimal


class Figure(NamedTuple):
    """One amount cell of a statement."""

    amount: int
    flow: str
    classification: str
    code: str
    fund: str
    component: str
    basis: str
    counterpart: str | None = None


Cell = str | Figure


@dataclass(frozen=True)
class Sheet:
    """One statement: title, header rows, lines."""

    statement: str
    title: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def has_figures(self) -> bool:
        """Whether any amount is not nothing."""
        return any(isinstance(cell, Figure) and cell.amount for row in self.rows for cell in row)


def expected_facts(spec: DisclosureSpec) -> list[ExpectedFact]:
    """Every figure that the disclosure prints, and what it states."""
    prints_nothing = spec.blank in ("0", "0.00")
    return [
        ExpectedFact(
            sheet.statement,
            cell.flow,
            cell.classification,
            cell.code,
            cell.counterpart,
            cell.fund,
            cell.component,
            cell.basis,
            (cell.amount * YUAN[spec.unit]).quantize(Decimal("0.01")),
        )
        for sheet in sheets(spec)
        for row in sheet.rows
        for cell in row
        if isinstance(cell, Figure) and (cell.amount or prints_nothing)
    ]


def sheets(spec: DisclosureSpec) -> list[Sheet]:
    """The statements in the order they are printed."""
    return [_WRITERS[statement](spec) for statement in spec.order]


def numeral(number: int) -> str:
    """A Chinese numeral below 100: 11 is 十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def _word(spec: DisclosureSpec) -> str:
    return "预算" if spec.stage == "budget" else "决算"


def _side_by_side(
    left: Sequence[tuple[Cell, ...]], right: Sequence[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """Lines of two sides in one row, the shorter side filled up with empty cells."""
    count = max(len(left), len(right))
    empty_left, empty_right = ("",) * len(left[0]), ("",) * len(right[0])
    return [
        (
            *(left[i] if i < len(left) else empty_left),
            *(right[i] if i < len(right) else empty_right),
        )
        for i in range(count)
    ]


def _revenue(fund: str, code: str, amount: int, basis: str, component: str = "total") -> Figure:
    return Figure(amount, "revenue", "revenue_source", code, fund, component, basis)


def _spent(
    code: str, amount: int, *, fund: str, component: str, basis: str, kind: str = "function"
) -> Figure:
    return Figure(amount, "expenditure", kind, code, fund, component, basis)


def _class_rows(
    spec: DisclosureSpec, figures: Callable[[str, str], tuple[Figure, ...]]
) -> list[tuple[Cell, ...]]:
    return [
        (f"{numeral(i)}、{name}", *figures(code, code))
        for i, (code, name) in enumerate(CLASSES.items(), start=1)
    ]


def _budget_summary(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        return tuple(
            _spent(
                code,
                spec.total(code=prefix, carried=carried),
                fund="all",
                component=part,
                basis=basis,
            )
            for carried, part, basis in (
                (None, "total", "included"),
                (False, "current", "excluded"),
                (True, "carryover", "only"),
            )
        )

    none = tuple(figure._replace(amount=0) for figure in figures("carryover_end", ""))
    current, brought = spec.total(carried=False), spec.total(carried=True)
    left: list[tuple[Cell, ...]] = [
        (
            f"{numeral(i)}、{name}",
            _revenue(fund, fund, spec.total(funds=[fund], carried=False), "excluded"),
        )
        for i, (fund, name) in enumerate(FUNDS.items(), start=1)
    ]
    rows = _side_by_side(left, _class_rows(spec, figures))
    rows += [
        (
            "本年收入合计",
            _revenue("all", "current_total", current, "excluded"),
            "本年支出合计",
            *figures("current_total", ""),
        ),
        ("上年结转", _revenue("all", "carryover_start", brought, "only"), "年终结转", *none),
        (
            "收入总计",
            _revenue("all", "total", current + brought, "included"),
            "支出总计",
            *figures("total", ""),
        ),
    ]
    year = f"{spec.year}年"
    return Sheet(
        "budget_summary",
        f"{year}{_word(spec)}收支总表",
        (
            ("收入", "", "支出", "", "", ""),
            ("项目", year, "项目", f"{year}合计", "当年预算安排", "上年结转安排"),
        ),
        tuple(rows),
    )


def _revenue_summary(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        current = [("all", tuple(FUNDS)), *((fund, (fund,)) for fund in FUNDS)]
        return (
            *(
                Figure(
                    spec.total(code=prefix, funds=funds, carried=False),
                    "revenue", "function", code, fund, "total", "excluded",
                )
                for fund, funds in current
            ),
            Figure(
                spec.total(code=prefix, carried=True),
                "revenue", "function", code, "all", "carryover", "only",
            ),
        )  # fmt: skip

    return Sheet(
        "revenue_summary",
        f"{spec.year}年{_word(spec)}收入总表",
        (
            ("项目", "", "本年收入", "", "", "", "", "", "上年结转"),
            ("科目编码", "科目名称", "合计", "一般公共预算", "政府性基金", "国有资本经营预算",
             "财政专户管理资金", "单位资金", ""),
        ),
        (
            ("合计", "", *figures("total", "")),
            *((code, FUNCTIONS[code], *figures(code, code)) for code in spec.lines()),
        ),
    )  # fmt: skip


def _parts(
    spec: DisclosureSpec,
    code: str,
    prefix: str,
    *,
    fund: str,
    funds: Sequence[str],
    carried: bool | None,
    basis: str,
) -> tuple[Figure, ...]:
    """Total, basic and project expenditure of a line."""
    return tuple(
        _spent(
            code,
            spec.total(code=prefix, funds=funds, projects=projects, carried=carried),
            fund=fund,
            component=part,
            basis=basis,
        )
        for part, projects in (("total", None), ("basic", False), ("project", True))
    )


def _function_sheet(
    spec: DisclosureSpec,
    statement: str,
    title: str,
    *,
    fund: str,
    carried: bool | None,
) -> Sheet:
    funds = tuple(FUNDS) if fund == "all" else (fund,)
    basis = "included" if carried is None else "excluded"
    rows: list[tuple[Cell, ...]] = [
        (
            "合计",
            "",
            *_parts(spec, "total", "", fund=fund, funds=funds, carried=carried, basis=basis),
        )
    ]
    rows += [
        (
            code,
            FUNCTIONS[code],
            *_parts(spec, code, code, fund=fund, funds=funds, carried=carried, basis=basis),
        )
        for code in spec.lines(funds, carried=carried)
    ]
    return Sheet(
        statement,
        title,
        (
            ("项目", "", f"{spec.year}年{_word(spec)}数", "", ""),
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ),
        tuple(rows),
    )


def _expenditure_summary(spec: DisclosureSpec) -> Sheet:
    title = f"{spec.year}年{_word(spec)}支出总表"
    return _function_sheet(spec, "expenditure_summary", title, fund="all", carried=None)


def _general_public(spec: DisclosureSpec) -> Sheet:
    title = f"{spec.year}年一般公共预算支出{_word(spec)}表（不含上年结转）"
    return _function_sheet(
        spec, "general_public_expenditure", title, fund="general_public", carried=False
    )


def _government_fund(spec: DisclosureSpec) -> Sheet:
    title = f"{spec.year}年政府性基金预算支出{_word(spec)}表（不含上年结转）"
    return _function_sheet(
        spec, "government_fund_expenditure", title, fund="government_fund", carried=False
    )


def _fiscal_appropriation(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        by_fund = [("fiscal_appropriation", FISCAL_FUNDS), *((f, (f,)) for f in FISCAL_FUNDS)]
        return tuple(
            _spent(
                code,
                spec.total(code=prefix, funds=funds),
                fund=fund,
                component="total",
                basis="included",
            )
            for fund, funds in by_fund
        )

    def balance(code: str, amount: int, basis: str) -> Figure:
        return _revenue("fiscal_appropriation", code, amount, basis)

    none = tuple(figure._replace(amount=0) for figure in figures("carryover_end", ""))
    current = spec.total(funds=FISCAL_FUNDS, carried=False)
    brought = spec.total(funds=FISCAL_FUNDS, carried=True)
    numbered = [(f"{numeral(i)}、{FUNDS[fund]}", fund) for i, fund in enumerate(FISCAL_FUNDS, 1)]
    left: list[tuple[Cell, ...]] = [
        (name, _revenue(fund, fund, spec.total(funds=[fund], carried=False), "excluded"))
        for name, fund in numbered
    ]
    rows = _side_by_side(left, _class_rows(spec, figures))
    rows.append(
        (
            "本年收入合计",
            balance("current_total", current, "excluded"),
            "本年支出合计",
            *figures("current_total", ""),
        )
    )
    rows.append(
        ("上年财政拨款结转", balance("carryover_start", brought, "only"), "年终结转", *none)
    )
    rows += [
        (
            name,
            _revenue(fund, "carryover_start", spec.total(funds=[fund], carried=True), "only"),
            *("",) * 5,
        )
        for name, fund in numbered
    ]
    rows.append(
        (
            "收入总计",
            balance("total", current + brought, "included"),
            "支出总计",
            *figures("total", ""),
        )
    )
    return Sheet(
        "fiscal_appropriation_summary",
        f"{spec.year}年财政拨款收支总表",
        (
            ("收入", "", "支出", "", "", "", ""),
            ("项目", "金额", "项目", "金额", "", "", ""),
            ("", "", "", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
        ),
        tuple(rows),
    )


def _basic_expenditure(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, counterpart: str | None, amounts: Sequence[int]) -> tuple[Figure, ...]:
        return tuple(
            Figure(
                amount, "expenditure", "economic_department", code, "general_public", part,
                "excluded", counterpart,
            )
            for part, amount in zip(("total", "personnel", "public"), amounts, strict=True)
        )  # fmt: skip

    def amounts(**conditions: object) -> list[int]:
        return [
            spec.total(projects=False, funds=["general_public"], public=public, **conditions)  # type: ignore[arg-type]
            for public in (None, False, True)
        ]

    rows: list[tuple[Cell, ...]] = [("合计", "", *figures("total", None, amounts()))]
    for code, name in ECONOMIC_CLASSES.items():
        printed = [
            e
            for e in ECONOMIC
            if e.code.startswith(code) and any(s.economic == e for s in spec.spendings)
        ]
        if printed:
            rows.append((name, "", *figures(code, None, amounts(economic_class=code))))
        rows += [
            (e.name, e.counterpart, *figures(e.code, e.counterpart_code, amounts(economic=e)))
            for e in printed
        ]
    return Sheet(
        "basic_expenditure",
        f"{spec.year}年一般公共预算安排基本支出分经济科目表（不含上年结转）",
        (
            (
                "部门预算支出经济科目名称",
                "政府预算支出经济科目名称",
                f"{spec.year}年{_word(spec)}数",
                "",
                "",
            ),
            ("", "", "合计", "人员经费", "公用经费"),
        ),
        tuple(rows),
    )  # fmt: skip


def _coded_revenue(spec: DisclosureSpec, fund: str) -> list[tuple[Cell, ...]]:
    amount = spec.total(funds=[fund], carried=False)
    rows: list[tuple[Cell, ...]] = [("合计", "", _revenue(fund, "total", amount, "excluded"))]
    if amount:
        rows += [
            (code, name, _revenue(fund, code, amount, "excluded")) for code, name in REVENUES[fund]
        ]
    return rows


def _government_fund_revenue(spec: DisclosureSpec) -> Sheet:
    return Sheet(
        "government_fund_revenue",
        f"{spec.year}年政府性基金预算收入表（不含上年结转）",
        (("项目", "", "政府性基金收入预算"), ("收入科目编码", "科目名称", "")),
        tuple(_coded_revenue(spec, "government_fund")),
    )


def _state_capital(spec: DisclosureSpec) -> Sheet:
    funds = ("state_capital",)

    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        return _parts(
            spec, code, prefix, fund=funds[0], funds=funds, carried=False, basis="excluded"
        )

    # The first row prints 合计 once, on the left: it is the total of both sides.
    right: list[tuple[Cell, ...]] = [("", "", *figures("total", ""))]
    right += [
        (code, FUNCTIONS[code], *figures(code, code)) for code in spec.lines(funds, carried=False)
    ]
    return Sheet(
        "state_capital_operations",
        f"{spec.year}年国有资本经营预算收支{_word(spec)}表（不含上年结转）",
        (
            ("国有资本经营预算收入", "", "国有资本经营预算支出", "", "", "", "", ""),
            ("项目", "", "国有资本经营收入预算", "科目编码", "科目名称", "合计", "基本支出",
             "项目支出"),
            ("收入科目编码", "科目名称", "", "", "", "", "", ""),
        ),
        tuple(_side_by_side(_coded_revenue(spec, funds[0]), right)),
    )  # fmt: skip


def _fiscal_figures(code: str, kind: str, amounts: Sequence[int]) -> tuple[Figure, ...]:
    """A line by fiscal fund with its total in front."""
    funds = ("fiscal_appropriation", *FISCAL_FUNDS)
    return tuple(
        _spent(code, amount, fund=fund, component="total", basis="included", kind=kind)
        for fund, amount in zip(funds, (sum(amounts), *amounts), strict=True)
    )


def _fiscal_header(first: str, number: str) -> tuple[tuple[str, ...], ...]:
    return (
        (first, number, "", "", ""),
        ("", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    )


def three_public_amounts(spec: DisclosureSpec) -> dict[str, int]:
    """The three public expenses in hundredths; all of them come from the general budget."""
    reception = spec.total(economic_class="30217")
    operation = spec.total(economic_class="30231")
    vehicle = spec.vehicle_purchase + operation
    return {
        "abroad": 0,
        "reception": reception,
        "vehicle": vehicle,
        "vehicle_purchase": spec.vehicle_purchase,
        "vehicle_operation": operation,
        "total": reception + vehicle,
    }


def _three_public(spec: DisclosureSpec) -> Sheet:
    names = {
        "abroad": "因公出国（境）费",
        "reception": "公务接待费",
        "vehicle": "公务用车购置及运行费",
        "vehicle_purchase": "①公务用车购置费",
        "vehicle_operation": "②公务用车运行维护费",
        "total": "合计",
    }
    amounts = three_public_amounts(spec)
    return Sheet(
        "three_public_expenses",
        f"{spec.year}年财政拨款安排“三公”经费支出{_word(spec)}表",
        _fiscal_header("项目", f"{spec.year}年{_word(spec)}数"),
        tuple(
            (name, *_fiscal_figures(code, "three_public", (amounts[code], 0, 0)))
            for code, name in names.items()
        ),
    )


def _operating(spec: DisclosureSpec) -> Sheet:
    public = (spec.total(funds=["general_public"], projects=False, public=True), 0, 0)
    return Sheet(
        "operating_expenses",
        f"{spec.year}年财政拨款安排机关运行经费{_word(spec)}表",
        _fiscal_header("单位名称", f"{spec.year}{_word(spec)}数"),
        (
            ("部门合计", *_fiscal_figures("total", "unit", public)),
            (spec.agency, *_fiscal_figures(spec.agency, "unit", public)),
        ),
    )


def _project_sheet(spec: DisclosureSpec, *, carried: bool) -> Sheet:
    funds = FISCAL_FUNDS if carried else tuple(FUNDS)
    columns = [("all", tuple(FUNDS)), *((fund, (fund,)) for fund in funds)]
    names = spec.projects(carried=carried)

    def figures(code: str, kind: str, name: str | None) -> tuple[Figure, ...]:
        return tuple(
            _spent(
                code,
                spec.total(funds=among, projects=True, project=name, carried=carried),
                fund=fund,
                component="total",
                basis="only" if carried else "excluded",
                kind=kind,
            )
            for fund, among in columns
        )

    rows: list[tuple[Cell, ...]] = []
    if names:
        rows.append((spec.agency, *figures(spec.agency, "unit", None)))
        # The code of a project is its name without quotation marks.
        rows += [(n, *figures(n.replace("“", "").replace("”", ""), "project", n)) for n in names]
    others = () if carried else ("财政专户管理资金", "单位资金")
    word, label = _word(spec), "上年结转" if carried else "本年预算"
    return Sheet(
        "project_carryover" if carried else "project_expenditure",
        f"{spec.year}年项目支出{word}表（{label}）",
        (
            ("项目名称", "合计", f"{spec.year}年财政拨款", "", "", *others),
            ("", "", "一般公共预算", "政府性基金预算", "国有资本经营预算", *("" for _ in others)),
            tuple(str(number) for number in range(1, len(columns) + 2)),
        ),
        tuple(rows),
    )


def _projects(spec: DisclosureSpec) -> Sheet:
    return _project_sheet(spec, carried=False)


def _projects_carried(spec: DisclosureSpec) -> Sheet:
    return _project_sheet(spec, carried=True)


_WRITERS: dict[str, Callable[[DisclosureSpec], Sheet]] = {
    "budget_summary": _budget_summary,
    "revenue_summary": _revenue_summary,
    "expenditure_summary": _expenditure_summary,
    "fiscal_appropriation_summary": _fiscal_appropriation,
    "general_public_expenditure": _general_public,
    "basic_expenditure": _basic_expenditure,
    "government_fund_revenue": _government_fund_revenue,
    "government_fund_expenditure": _government_fund,
    "state_capital_operations": _state_capital,
    "three_public_expenses": _three_public,
    "operating_expenses": _operating,
    "project_expenditure": _projects,
    "project_carryover": _projects_carried,
}
