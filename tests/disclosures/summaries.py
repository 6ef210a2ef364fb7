"""The statements that sum up: all money, by fund, by function."""

from __future__ import annotations

from collections.abc import Callable

from disclosures.cells import (
    Cell,
    Figure,
    Sheet,
    numeral,
    parts,
    revenue,
    side_by_side,
    spent,
    word,
)
from disclosures.lists import CLASSES, FISCAL_FUNDS, FUNCTIONS, FUNDS
from disclosures.spec import DisclosureSpec

__all__ = [
    "budget_summary",
    "expenditure_summary",
    "fiscal_appropriation_summary",
    "general_public_expenditure",
    "government_fund_expenditure",
    "revenue_summary",
]


def _class_rows(
    spec: DisclosureSpec, figures: Callable[[str, str], tuple[Figure, ...]]
) -> list[tuple[Cell, ...]]:
    return [
        (f"{numeral(i)}、{name}", *figures(code, code))
        for i, (code, name) in enumerate(CLASSES.items(), start=1)
    ]


def budget_summary(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        return tuple(
            spent(
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
            revenue(fund, fund, spec.total(funds=[fund], carried=False), "excluded"),
        )
        for i, (fund, name) in enumerate(FUNDS.items(), start=1)
    ]
    rows = side_by_side(left, _class_rows(spec, figures))
    rows += [
        (
            "本年收入合计",
            revenue("all", "current_total", current, "excluded"),
            "本年支出合计",
            *figures("current_total", ""),
        ),
        ("上年结转", revenue("all", "carryover_start", brought, "only"), "年终结转", *none),
        (
            "收入总计",
            revenue("all", "total", current + brought, "included"),
            "支出总计",
            *figures("total", ""),
        ),
    ]
    year = f"{spec.year}年"
    return Sheet(
        "budget_summary",
        f"{year}{word(spec)}收支总表",
        (
            ("收入", "", "支出", "", "", ""),
            ("项目", year, "项目", f"{year}合计", "当年预算安排", "上年结转安排"),
        ),
        tuple(rows),
    )


def revenue_summary(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, prefix: str) -> tuple[Cell, ...]:
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
        f"{spec.year}年{word(spec)}收入总表",
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
            *parts(spec, "total", "", fund=fund, funds=funds, carried=carried, basis=basis),
        )
    ]
    rows += [
        (
            code,
            FUNCTIONS[code],
            *parts(spec, code, code, fund=fund, funds=funds, carried=carried, basis=basis),
        )
        for code in spec.lines(funds, carried=carried)
    ]
    return Sheet(
        statement,
        title,
        (
            ("项目", "", f"{spec.year}年{word(spec)}数", "", ""),
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ),
        tuple(rows),
    )


def expenditure_summary(spec: DisclosureSpec) -> Sheet:
    title = f"{spec.year}年{word(spec)}支出总表"
    return _function_sheet(spec, "expenditure_summary", title, fund="all", carried=None)


def general_public_expenditure(spec: DisclosureSpec) -> Sheet:
    title = f"{spec.year}年一般公共预算支出{word(spec)}表（不含上年结转）"
    return _function_sheet(
        spec, "general_public_expenditure", title, fund="general_public", carried=False
    )


def government_fund_expenditure(spec: DisclosureSpec) -> Sheet:
    title = f"{spec.year}年政府性基金预算支出{word(spec)}表（不含上年结转）"
    return _function_sheet(
        spec, "government_fund_expenditure", title, fund="government_fund", carried=False
    )


def fiscal_appropriation_summary(spec: DisclosureSpec) -> Sheet:
    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        by_fund = [("fiscal_appropriation", FISCAL_FUNDS), *((f, (f,)) for f in FISCAL_FUNDS)]
        return tuple(
            spent(
                code,
                spec.total(code=prefix, funds=funds),
                fund=fund,
                component="total",
                basis="included",
            )
            for fund, funds in by_fund
        )

    def balance(code: str, amount: int, basis: str) -> Figure:
        return revenue("fiscal_appropriation", code, amount, basis)

    none = tuple(figure._replace(amount=0) for figure in figures("carryover_end", ""))
    current = spec.total(funds=FISCAL_FUNDS, carried=False)
    brought = spec.total(funds=FISCAL_FUNDS, carried=True)
    numbered = [(f"{numeral(i)}、{FUNDS[fund]}", fund) for i, fund in enumerate(FISCAL_FUNDS, 1)]
    left: list[tuple[Cell, ...]] = [
        (name, revenue(fund, fund, spec.total(funds=[fund], carried=False), "excluded"))
        for name, fund in numbered
    ]
    rows = side_by_side(left, _class_rows(spec, figures))
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
            revenue(fund, "carryover_start", spec.total(funds=[fund], carried=True), "only"),
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
