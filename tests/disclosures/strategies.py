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
from disclosures.paper import SIZES, Paper
from disclosures.spec import DisclosureSpec, Spending

__all__ = ["papers", "specs"]

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
_WAGES = ("30101", "30102")
_CONTRIBUTIONS = ("30108", "30110", "30113")


def _functions(fund: str) -> tuple[str, ...]:
    among = FUND_FUNCTIONS.get(fund, GENERAL_FUNCTIONS)
    return tuple(c for c in among if len(c) == 7 and c not in OWN_FUNCTIONS.values())


@st.composite
def _basics(draw: st.DrawFn) -> list[Spending]:
    lines = draw(st.lists(st.sampled_from(ECONOMIC), min_size=1, max_size=5, unique=True))
    payers = {line.counterpart_code[:3] for line in lines if line.code in _WAGES}
    if len(payers) > 1:
        # Who splits wages between offices and institutions splits the contributions too, and the
        # list has these under offices only.
        lines = [line for line in lines if line.code not in _CONTRIBUTIONS]
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
        scope=draw(st.sampled_from(("unit", "department"))),
        order=tuple(draw(st.permutations(STATEMENTS))),
        blank=draw(st.sampled_from(("", "", "0.00", "0", "—"))),
        vehicle_purchase=draw(st.sampled_from((0, 1_800_00))),
        has_contents=draw(st.booleans()),
        has_forms=draw(st.booleans()),
    )


@st.composite
def papers(draw: st.DrawFn, rules: tuple[str, ...] = ("all",)) -> Paper:
    """Ways of printing on any sheet, with breaks, wrapped cells and things around the tables."""
    has_repeated_title = draw(st.integers(0, 3)) == 0
    return Paper(
        size=draw(st.sampled_from(sorted(SIZES))),
        is_landscape=draw(st.booleans()),
        has_turned_pages=draw(st.booleans()),
        rules=draw(st.sampled_from(rules)),
        font_size=draw(st.sampled_from((8.0, 9.0, 10.5, 12.0))),
        name_width=draw(st.integers(5, 16)),
        wraps_numbers=draw(st.booleans()),
        rows_per_page=draw(st.sampled_from((3, 7, 12, 100))),
        repeats_header=has_repeated_title or draw(st.booleans()),
        repeats_title=has_repeated_title,
        cuts_rows=draw(st.booleans()),
        align=draw(st.sampled_from(("top", "middle", "bottom"))),
        page_number=draw(st.sampled_from(("", "- {} -", "{}", "第 {} 页"))),
        running_head=draw(st.sampled_from(("", "", "{agency}{year}年{word}公开"))),
        watermark=draw(st.sampled_from(("", "large", "tiled"))),
        has_alikes=draw(st.booleans()),
        has_charts=draw(st.booleans()),
        unit_at=draw(st.sampled_from(("line", "beside", "row"))),
        has_own_pages=draw(st.booleans()),
        has_commas=draw(st.booleans()),
    )
