"""Hypothesis strategies for the books of agencies and for the ways their layouts are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from disclosures.layouts.books import ECONOMICS, FISCAL, Books, Item
from disclosures.layouts.finals import FINALS
from disclosures.layouts.jiangsu import JIANGSU
from disclosures.layouts.shanghai import SHANGHAI
from disclosures.layouts.sheets import Layout, Style
from disclosures.layouts.universities import UNIVERSITIES
from disclosures.lists import FUND_FUNCTIONS, GENERAL_FUNCTIONS, OWN_FUNCTIONS

__all__ = ["LAYOUTS", "books", "disclosures", "styles"]

LAYOUTS = {each.name: each for each in (JIANGSU, SHANGHAI, FINALS, UNIVERSITIES)}
_AMOUNTS = st.integers(1, 10**9)
_NAMES = {
    "universities": ("示例大学", "东山师范大学"),
    "": ("示例市教育局", "某某县图书馆", "东山市文化旅游局"),
}
_FUNDS = {
    "jiangsu": ("general_public", "government_fund", "fiscal_special_account", "other",
                "business_income"),
    "shanghai": (*FISCAL, "service_income", "business_income", "other_income"),
    "finals": (*FISCAL, "superior_subsidy", "service_income", "business_income",
               "affiliate_contribution", "other_income"),
    "universities": ("general_public", "service_income", "business_income", "other_income"),
}  # fmt: skip
_CARRYING = {"jiangsu": ("other",), "shanghai": (), "finals": (*FISCAL, "other_income"),
             "universities": ("general_public", "other_income")}  # fmt: skip
_PURCHASES = (
    (
        ("一、货物A",),
        ("信息网络建设维护费", "设备购置费"),
        ("办公设备购置", "信息网络及软件购置更新"),
    ),
    (("二、工程B",), ("房屋维修专项",), ("维修（护）费", "大型修缮")),
    (("三、服务C",), ("物业管理费", "商品和服务支出"), ("租赁费", "印刷费")),
)
_GOODS = ("其他计算机设备及软件", "其他办公设备", "车辆维修和保养服务", "装修工程")
_WAYS = ("政府集中采购", "分散自行组织", "部门集中采购")
_EXPENSES = {
    "abroad": "30212",
    "reception": "30217",
    "vehicle_purchase": "31013",
    "vehicle_operation": "30231",
    "meeting": "30215",
    "training": "30216",
}
"""The three public expenses, meetings and training, with the economic class of each."""


def _functions(fund: str) -> list[str]:
    among = FUND_FUNCTIONS.get(fund, GENERAL_FUNCTIONS)
    return [c for c in among if len(c) == 7 and c not in OWN_FUNCTIONS.values()]


@st.composite
def _items(draw: st.DrawFn, layout: Layout) -> list[Item]:
    # What is printed in 元 and again in 万元 is no less than the smallest figure of the latter.
    amounts = st.integers(10_000, 10**9) if layout.name == "shanghai" else _AMOUNTS
    classes = [code for code in ECONOMICS if len(code) == 5]
    economics = draw(st.lists(st.sampled_from(classes), min_size=1, max_size=6, unique=True))
    general = st.sampled_from(_functions("general_public"))
    items = [
        Item(OWN_FUNCTIONS.get(e) or draw(general), draw(amounts), purpose="basic", economic=e)
        for e in economics
    ]
    funds = draw(st.lists(st.sampled_from(_FUNDS[layout.name]), max_size=6))
    for fund in funds:
        purposes = {
            ("finals", "business_income"): ("business",),
            ("finals", "other_income"): ("project", "to_superior", "to_affiliates"),
            ("jiangsu", "general_public"): ("project", "reserve"),
        }.get((layout.name, fund), ("project",))
        function = draw(st.sampled_from(_functions(fund)))
        items.append(Item(function, draw(amounts), fund, draw(st.sampled_from(purposes))))
    return items


def _between_years(draw: st.DrawFn, layout: Layout, items: Sequence[Item]) -> list[Item]:
    """What was brought into the year and what is left of it: never more than is spent."""
    carried: list[Item] = []
    for item in items:
        if item.fund in _CARRYING[layout.name] and draw(st.booleans()):
            amount = draw(st.integers(1, item.amount))
            carried.append(replace(item, amount=amount, kind="opening", economic=""))
            carried.append(replace(item, amount=draw(_AMOUNTS), kind="closing", economic=""))
        elif item.fund == "business_income" and layout.name == "finals":
            carried.append(replace(item, amount=draw(_AMOUNTS), kind="surplus"))
        elif item.fund == "other_income" and layout.name in ("finals", "universities"):
            carried.append(replace(item, amount=draw(st.integers(1, item.amount)), kind="savings"))
    return carried


@st.composite
def _procurement(draw: st.DrawFn) -> tuple[tuple[tuple[str, ...], int], ...]:
    lines: dict[tuple[str, ...], int] = {}
    for category, projects, economics in _PURCHASES:
        for _ in range(draw(st.integers(0, 3))):
            path = (
                *category,
                draw(st.sampled_from(projects)),
                draw(st.sampled_from(economics)),
                draw(st.sampled_from(_GOODS)),
                draw(st.sampled_from(_WAYS)),
            )
            lines[path] = draw(_AMOUNTS)
    order = ("一", "二", "三")
    return tuple(sorted(lines.items(), key=lambda line: (order.index(line[0][0][0]), line[0][1:])))


@st.composite
def books(draw: st.DrawFn, layout: Layout) -> Books:
    """Books of an agency that a layout can print; their amounts always add up."""
    items = draw(_items(layout))
    items += _between_years(draw, layout, items)
    if layout.stage == "final":
        budgeted = [
            replace(i, amount=draw(_AMOUNTS), kind="budgeted") for i in items if i.kind == "spent"
        ]
        items += budgeted
    more = st.one_of(st.just(0), st.integers(1, 10**6))
    spent = Books("", 0, tuple(items))
    stages = {"": {e: spent.total(economics=[c]) + draw(more) for e, c in _EXPENSES.items()}}
    if layout.stage == "final":
        stages["adjusted_budget"] = {expense: draw(more) for expense in _EXPENSES}
    return Books(
        agency=draw(st.sampled_from(_NAMES.get(layout.name, _NAMES[""]))),
        year=draw(st.integers(2021, 2026)),
        items=tuple(items),
        three_public=stages,
        procurement=draw(_procurement()) if layout.name == "jiangsu" else (),
        education_fees=draw(st.sampled_from((0, 30, 100))),
    )


@st.composite
def styles(draw: st.DrawFn, layout: Layout) -> Style:
    """Ways of printing a layout."""
    count = len(layout.statements)
    return Style(
        unit=draw(st.sampled_from(layout.units)),
        blank=draw(st.sampled_from(("", "", "0.00", "0", "—", "-"))),
        has_numbers=draw(st.booleans()),
        has_commas=draw(st.booleans()),
        total=draw(st.sampled_from(("top", "bottom"))),
        variant=draw(st.integers(0, 5)),
        indent=draw(st.sampled_from(("", "　", "  "))),
        breaks=tuple(sorted(draw(st.sets(st.integers(0, count - 1), max_size=3)))),
    )


@st.composite
def disclosures(draw: st.DrawFn, layout: Layout) -> tuple[Books, Style]:
    """Books with a way of printing them."""
    return draw(books(layout)), draw(styles(layout))
