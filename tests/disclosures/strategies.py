"""Hypothesis strategies for disclosures."""

from __future__ import annotations

from hypothesis import strategies as st

from disclosures.lists import (
    ECONOMIC,
    FISCAL_FUNDS,
    FUND_FUNCTIONS,
    GENERAL_FUNCTIONS,
    OWN_FUNCTIONS,
    STATEMENTS,
)
from disclosures.spec import DisclosureSpec, Spending

__all__ = ["specs"]

_AGENCIES = ("示例市教育局", "某某县图书馆", "东山市文化旅游局（本级）", "北河区第二中学")
_PROJECTS = (
    "阅览室改造",
    "网络运行维护",
    "编外人员管理经费",
    "建设项目环境影响评价报告书（表）评估经费",
    "“一网通办”信息化项目尾款",
    "宣传活动工作经费",
)
_AMOUNTS = st.integers(1, 10**9)


def _functions(fund: str) -> tuple[str, ...]:
    among = FUND_FUNCTIONS.get(fund, GENERAL_FUNCTIONS)
    return tuple(c for c in among if len(c) == 7 and c not in OWN_FUNCTIONS.values())


@st.composite
def _basics(draw: st.DrawFn) -> list[Spending]:
    lines = draw(st.lists(st.sampled_from(ECONOMIC), min_size=1, max_size=5, unique=True))
    functions = st.sampled_from(_functions("general_public"))
    return [
        Spending(OWN_FUNCTIONS.get(line.code) or draw(functions), draw(_AMOUNTS), economic=line)
        for line in lines
    ]


@st.composite
def _project(draw: st.DrawFn) -> Spending:
    fund = draw(
        st.sampled_from(
            ("general_public",) * 3
            + ("government_fund", "state_capital", "fiscal_special_account", "unit_funds")
        )
    )
    carried = fund in FISCAL_FUNDS and draw(st.integers(0, 3)) == 0
    function = draw(st.sampled_from(_functions(fund)))
    name = draw(st.sampled_from(_PROJECTS))
    return Spending(function, draw(_AMOUNTS), fund, name, is_carried_over=carried)


@st.composite
def specs(draw: st.DrawFn) -> DisclosureSpec:
    """Disclosures of any agency, unit, order and mix of money; their amounts always add up."""
    return DisclosureSpec(
        agency=draw(st.sampled_from(_AGENCIES)),
        year=draw(st.integers(2021, 2027)),
        spendings=(*draw(_basics()), *draw(st.lists(_project(), max_size=5))),
        unit=draw(st.sampled_from(("万元", "元"))),
        stage=draw(st.sampled_from(("budget", "final"))),
        scope=draw(st.sampled_from(("unit", "department"))),
        order=tuple(draw(st.permutations(STATEMENTS))),
        blank=draw(st.sampled_from(("", "", "0.00", "0", "—"))),
        vehicle_purchase=draw(st.sampled_from((0, 1_800_00))),
        has_contents=draw(st.booleans()),
        has_forms=draw(st.booleans()),
    )
