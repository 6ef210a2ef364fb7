"""The statements of one kind of money: economic classes, funds, three public, projects."""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.cells import Cell, Figure, Sheet, parts, revenue, side_by_side, spent, word
from disclosures.lists import ECONOMIC, ECONOMIC_CLASSES, FISCAL_FUNDS, FUNCTIONS, FUNDS, REVENUES
from disclosures.spec import DisclosureSpec

__all__ = [
    "basic_expenditure",
    "government_fund_revenue",
    "operating_expenses",
    "project_carryover",
    "project_expenditure",
    "state_capital_operations",
    "three_public_amounts",
    "three_public_expenses",
]


def basic_expenditure(spec: DisclosureSpec) -> Sheet:
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
                f"{spec.year}年{word(spec)}数",
                "",
                "",
            ),
            ("", "", "合计", "人员经费", "公用经费"),
        ),
        tuple(rows),
    )  # fmt: skip


def _coded_revenue(spec: DisclosureSpec, fund: str) -> list[tuple[Cell, ...]]:
    amount = spec.total(funds=[fund], carried=False)
    rows: list[tuple[Cell, ...]] = [("合计", "", revenue(fund, "total", amount, "excluded"))]
    if amount:
        rows += [
            (code, name, revenue(fund, code, amount, "excluded")) for code, name in REVENUES[fund]
        ]
    return rows


def government_fund_revenue(spec: DisclosureSpec) -> Sheet:
    return Sheet(
        "government_fund_revenue",
        f"{spec.year}年政府性基金预算收入表（不含上年结转）",
        (("项目", "", "政府性基金收入预算"), ("收入科目编码", "科目名称", "")),
        tuple(_coded_revenue(spec, "government_fund")),
    )


def state_capital_operations(spec: DisclosureSpec) -> Sheet:
    funds = ("state_capital",)

    def figures(code: str, prefix: str) -> tuple[Figure, ...]:
        return parts(
            spec, code, prefix, fund=funds[0], funds=funds, carried=False, basis="excluded"
        )

    # The first row prints 合计 once, on the left: it is the total of both sides.
    right: list[tuple[Cell, ...]] = [("", "", *figures("total", ""))]
    right += [
        (code, FUNCTIONS[code], *figures(code, code)) for code in spec.lines(funds, carried=False)
    ]
    return Sheet(
        "state_capital_operations",
        f"{spec.year}年国有资本经营预算收支{word(spec)}表（不含上年结转）",
        (
            ("国有资本经营预算收入", "", "国有资本经营预算支出", "", "", "", "", ""),
            ("项目", "", "国有资本经营收入预算", "科目编码", "科目名称", "合计", "基本支出",
             "项目支出"),
            ("收入科目编码", "科目名称", "", "", "", "", "", ""),
        ),
        tuple(side_by_side(_coded_revenue(spec, funds[0]), right)),
    )  # fmt: skip


def _fiscal_figures(code: str, kind: str, amounts: Sequence[int]) -> tuple[Figure, ...]:
    """A line by fiscal fund with its total in front."""
    funds = ("fiscal_appropriation", *FISCAL_FUNDS)
    return tuple(
        spent(code, amount, fund=fund, component="total", basis="included", kind=kind)
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


def three_public_expenses(spec: DisclosureSpec) -> Sheet:
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
        f"{spec.year}年财政拨款安排“三公”经费支出{word(spec)}表",
        _fiscal_header("项目", f"{spec.year}年{word(spec)}数"),
        tuple(
            (name, *_fiscal_figures(code, "three_public", (amounts[code], 0, 0)))
            for code, name in names.items()
        ),
    )


def operating_expenses(spec: DisclosureSpec) -> Sheet:
    public = (spec.total(funds=["general_public"], projects=False, public=True), 0, 0)
    return Sheet(
        "operating_expenses",
        f"{spec.year}年财政拨款安排机关运行经费{word(spec)}表",
        _fiscal_header("单位名称", f"{spec.year}{word(spec)}数"),
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
            spent(
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
    label = "上年结转" if carried else "本年预算"
    return Sheet(
        "project_carryover" if carried else "project_expenditure",
        f"{spec.year}年项目支出{word(spec)}表（{label}）",
        (
            ("项目名称", "合计", f"{spec.year}年财政拨款", "", "", *others),
            ("", "", "一般公共预算", "政府性基金预算", "国有资本经营预算", *("" for _ in others)),
            tuple(str(number) for number in range(1, len(columns) + 2)),
        ),
        tuple(rows),
    )


def project_expenditure(spec: DisclosureSpec) -> Sheet:
    return _project_sheet(spec, carried=False)


def project_carryover(spec: DisclosureSpec) -> Sheet:
    return _project_sheet(spec, carried=True)
