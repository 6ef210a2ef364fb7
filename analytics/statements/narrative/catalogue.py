"""The catalogue of subjects: which words, in which sections, mean which line of which statement.

A new wording is a new entry here, not new code. Patterns are regular expressions on squeezed text
(no spaces, no quotation marks, ``()`` for brackets); of two that overlap, the one that begins first
and reaches furthest is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Statement,
    ThreePublic,
)
from analytics.statements.narrative.model import Subject
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.topics import TOPICS
from analytics.statements.narrative.wordings import BOUNDARY, SUM, SUM_WORDS, Wording, words

__all__ = ["CATALOGUE", "FUNCTION_LINES"]

_REVENUE, _EXPENDITURE = Flow.REVENUE, Flow.EXPENDITURE
_INCLUDED, _EXCLUDED, _ONLY = CarryoverBasis.INCLUDED, CarryoverBasis.EXCLUDED, CarryoverBasis.ONLY
_TOTAL = Component.TOTAL


def _line(
    statement: Statement,
    flow: Flow,
    code: str,
    fund: Fund = Fund.ALL,
    *,
    component: Component = _TOTAL,
    basis: CarryoverBasis = _INCLUDED,
    classification: Classification = Classification.FUNCTION,
) -> Subject:
    return Subject(statement, flow, classification, str(code), fund, component, basis)


# Where a bare 收入 or 支出 may begin: behind a pause, a year, 预算, or the name of a body.
_FREE = (
    rf"(?:^|(?<=[{BOUNDARY}]))"
    r"(?<!本年)(?<!当年)(?<!上年)"
)
_REVENUE_TOTAL = rf"{_FREE}(?:预算|决算)?总?收入{SUM}"
_EXPENDITURE_TOTAL = rf"{_FREE}(?:(?:预算|决算|总)支出{SUM}|支出{SUM_WORDS})"
_BOTH = rf"收(?:入)?[、和与及]?支(?:出)?{SUM}"
_THIS_YEAR = r"(?:本年|当年|本年度)(?:预算|决算)?"
_BROUGHT = r"(?:上年|年初)(?:财政拨款)?结转(?:和结余|结余)?(?:收入|资金|支出|安排|预算)*"
_CARRIED = r"结转下年(?:支出|资金)?|年[终末]结转(?:和结余|结余)?"

_FUND_WORDS: tuple[tuple[str, Fund], ...] = (
    (r"一般公共预算(?:财政)?(?:拨款|资金)?", Fund.GENERAL_PUBLIC),
    (r"政府性基金(?:预算)?(?:财政)?(?:拨款|资金)?", Fund.GOVERNMENT_FUND),
    (r"国有资本经营(?:预算)?(?:财政)?(?:拨款|资金)?", Fund.STATE_CAPITAL),
)
_EARNED_WORDS: tuple[tuple[str, Fund], ...] = (
    (r"(?<!非)(?<!参公)事业收入", Fund.SERVICE_INCOME),
    (r"(?:事业单位)?(?<!资本)经营收入", Fund.BUSINESS_INCOME),
    (r"上级补助收入", Fund.SUPERIOR_SUBSIDY),
    (r"附属单位上缴收入", Fund.AFFILIATE_CONTRIBUTION),
    (r"其他收入", Fund.OTHER_INCOME),
    (r"使用非财政拨款结余", Fund.SAVINGS),
)
_OTHER_FUND_WORDS: tuple[tuple[str, Fund], ...] = (
    (r"财政专户(?:管理)?(?:资金|拨款)", Fund.FISCAL_SPECIAL_ACCOUNT),
    (r"单位(?:自有)?资金", Fund.UNIT_FUNDS),
    (r"其他资金", Fund.OTHER),
    (r"(?<!同级)(?<!一般公共预算)(?<!基金)(?<!经营)(?<!预算)财政拨款", Fund.FISCAL_APPROPRIATION),
)

_SUMMARY = Statement.BUDGET_SUMMARY
_FISCAL = Statement.FISCAL_APPROPRIATION_SUMMARY
_FISCAL_SPENDING = Statement.FISCAL_APPROPRIATION_EXPENDITURE
_GENERAL = Statement.GENERAL_PUBLIC_EXPENDITURE
_SPENDING = Statement.EXPENDITURE_SUMMARY
_SOURCE = Classification.REVENUE_SOURCE


def _summary_funds(statement: Statement) -> Iterator[Wording]:
    for name, fund in (*_FUND_WORDS, *_OTHER_FUND_WORDS, *_EARNED_WORDS):
        is_whole = statement is _FISCAL and fund is Fund.FISCAL_APPROPRIATION
        code = str(LineCode.TOTAL) if is_whole else str(fund)
        basis = _INCLUDED if is_whole else _EXCLUDED
        subject = _line(statement, _REVENUE, code, fund, basis=basis, classification=_SOURCE)
        yield words(rf"{name}(?:预算)?(?:收入)?{SUM}", subject)
        spent = _line(_FISCAL, _EXPENDITURE, LineCode.TOTAL, fund)
        if fund in (
            Fund.GENERAL_PUBLIC,
            Fund.GOVERNMENT_FUND,
            Fund.STATE_CAPITAL,
            Fund.FISCAL_APPROPRIATION,
        ):
            yield words(rf"{name}(?:预算)?支出{SUM}", spent)


def _revenue_funds() -> Iterator[Wording]:
    for name, fund in (*_FUND_WORDS, *_OTHER_FUND_WORDS, *_EARNED_WORDS):
        subject = _line(Statement.REVENUE_SUMMARY, _REVENUE, LineCode.TOTAL, fund, basis=_EXCLUDED)
        yield words(rf"{name}(?:预算)?(?:收入)?{SUM}", subject)


def _balances(statement: Statement, fund: Fund) -> tuple[Wording, ...]:
    """Totals of a statement with revenue left and expenditure right."""
    revenue, spent = (
        _line(statement, _REVENUE, LineCode.TOTAL, fund, classification=_SOURCE),
        _line(statement, _EXPENDITURE, LineCode.TOTAL, fund),
    )
    earned = _line(
        statement, _REVENUE, LineCode.CURRENT_TOTAL, fund, basis=_EXCLUDED, classification=_SOURCE
    )
    this_year, brought = (
        _line(
            statement,
            _EXPENDITURE,
            LineCode.CURRENT_TOTAL,
            fund,
            component=component,
            basis=basis,
        )
        for component, basis in ((Component.CURRENT, _EXCLUDED), (Component.CARRYOVER, _ONLY))
    )
    start = _line(
        statement, _REVENUE, LineCode.CARRYOVER_START, fund, basis=_ONLY, classification=_SOURCE
    )
    lead = r"(?:财政拨款(?:预算)?)?" if statement is _FISCAL else r"(?<!拨款)(?<!基金预算)"
    return (
        words(lead + _BOTH, revenue, spent),
        words(_REVENUE_TOTAL, revenue),
        words(_EXPENDITURE_TOTAL, spent),
        words(rf"{_THIS_YEAR}(?:财政)?(?:拨款)?收入{SUM}", earned),
        words(
            rf"{_THIS_YEAR}支出{SUM}", _line(statement, _EXPENDITURE, LineCode.CURRENT_TOTAL, fund)
        ),
        words(rf"{_THIS_YEAR}安排(?:支出)?", earned, this_year, by_flow=True),
        words(_BROUGHT, start, brought, by_flow=True),
        words(_CARRIED, _line(statement, _EXPENDITURE, LineCode.CARRYOVER_END, fund)),
    )


def _basic_and_project(
    statement: Statement, fund: Fund, basis: CarryoverBasis
) -> tuple[Wording, ...]:
    parts = (
        (r"基本支出", Component.BASIC),
        (r"项目支出", Component.PROJECT),
        (r"(?:单位)?预留机动(?:经费|资金)?", Component.RESERVE),
    )
    return tuple(
        words(
            rf"{name}{SUM}",
            _line(
                statement,
                _EXPENDITURE,
                LineCode.TOTAL,
                fund,
                component=component,
                basis=basis,
            ),
        )
        for name, component in parts
    )


def _economic(statement: Statement, fund: Fund) -> tuple[Wording, ...]:
    parts = (
        (
            r"(?:一般公共预算)?(?:财政拨款)?(?:当年|本年)?(?:拨款)?(?:预算)?(?:安排)?的?基本支出",
            _TOTAL,
        ),
        (r"人员(?:经费|支出)", Component.PERSONNEL),
        (r"(?:日常)?公用(?:经费|支出)", Component.PUBLIC),
    )
    return tuple(
        words(
            name,
            _line(
                statement,
                _EXPENDITURE,
                LineCode.TOTAL,
                fund,
                component=component,
                basis=_EXCLUDED,
                classification=Classification.ECONOMIC_DEPARTMENT,
            ),
        )
        for name, component in parts
    )


def _three_public(name: str, code: str) -> Wording:
    return words(
        name,
        _line(
            Statement.THREE_PUBLIC_EXPENSES,
            _EXPENDITURE,
            code,
            Fund.FISCAL_APPROPRIATION,
            classification=Classification.THREE_PUBLIC,
        ),
    )


_CAR = r"公务(?:用车|车用车|车辆?)"
_FUND_TABLES = (
    (
        SectionKind.GOVERNMENT_FUND,
        r"政府性基金(?:预算)?(?:财政)?(?:拨款)?",
        Fund.GOVERNMENT_FUND,
        Statement.GOVERNMENT_FUND_REVENUE,
        Statement.GOVERNMENT_FUND_EXPENDITURE,
    ),
    (
        SectionKind.STATE_CAPITAL,
        r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?",
        Fund.STATE_CAPITAL,
        Statement.STATE_CAPITAL_OPERATIONS,
        Statement.STATE_CAPITAL_OPERATIONS,
    ),
)


def _fund_tables() -> dict[SectionKind, tuple[Wording, ...]]:
    found = {}
    for kind, name, fund, revenue_table, spending_table in _FUND_TABLES:
        revenue = _line(
            revenue_table, _REVENUE, LineCode.TOTAL, fund, basis=_EXCLUDED, classification=_SOURCE
        )
        spent = _line(spending_table, _EXPENDITURE, LineCode.TOTAL, fund, basis=_EXCLUDED)
        found[kind] = (
            words(rf"{name}(?:预算)?收入?[、和与及]?支出?{SUM}", revenue, spent),
            words(rf"{name}(?:预算)?收入{SUM}", revenue),
            words(rf"{name}(?:(?:本年|当年)?(?:预算|安排的)?支出)?{SUM}", spent),
            *_basic_and_project(spending_table, fund, _EXCLUDED),
        )
    return found


CATALOGUE: dict[SectionKind, tuple[Wording, ...]] = {
    SectionKind.OVERALL: (
        *_balances(_SUMMARY, Fund.ALL),
        *_summary_funds(_SUMMARY),
        *_basic_and_project(_SPENDING, Fund.ALL, _INCLUDED),
    ),
    SectionKind.REVENUE: (
        words(
            rf"{_REVENUE_TOTAL}|{_THIS_YEAR}收入{SUM}",
            _line(Statement.REVENUE_SUMMARY, _REVENUE, LineCode.TOTAL, basis=_EXCLUDED),
        ),
        words(
            _BROUGHT,
            _line(
                Statement.REVENUE_SUMMARY,
                _REVENUE,
                LineCode.TOTAL,
                component=Component.CARRYOVER,
                basis=_ONLY,
            ),
        ),
        *_revenue_funds(),
    ),
    SectionKind.EXPENDITURE: (
        words(
            rf"{_EXPENDITURE_TOTAL}|{_THIS_YEAR}支出{SUM}",
            _line(_SPENDING, _EXPENDITURE, LineCode.TOTAL),
        ),
        words(_CARRIED, _line(_SPENDING, _EXPENDITURE, LineCode.CARRYOVER_END)),
        *_basic_and_project(_SPENDING, Fund.ALL, _INCLUDED),
        *(
            words(name, _line(_SPENDING, _EXPENDITURE, LineCode.TOTAL, component=component))
            for name, component in (
                (r"上缴上级支出", Component.TO_SUPERIOR),
                (r"(?<!资本)经营支出", Component.BUSINESS),
                (r"对附属单位补助支出", Component.TO_AFFILIATES),
            )
        ),
    ),
    SectionKind.FISCAL: (
        *_balances(_FISCAL, Fund.FISCAL_APPROPRIATION),
        *_summary_funds(_FISCAL),
        *_basic_and_project(_FISCAL, Fund.FISCAL_APPROPRIATION, _INCLUDED),
    ),
    SectionKind.GENERAL_PUBLIC: (
        words(
            rf"一般公共预算(?:财政)?(?:拨款|当年|本年|预算|安排|的)*支出{SUM}",
            _line(_GENERAL, _EXPENDITURE, LineCode.TOTAL, Fund.GENERAL_PUBLIC, basis=_EXCLUDED),
        ),
        *_basic_and_project(_GENERAL, Fund.GENERAL_PUBLIC, _EXCLUDED),
    ),
    SectionKind.FISCAL_EXPENDITURE: (
        words(
            rf"财政拨款(?:预算)?支出{SUM}",
            _line(_FISCAL_SPENDING, _EXPENDITURE, LineCode.TOTAL, Fund.FISCAL_APPROPRIATION),
        ),
        *_basic_and_project(_FISCAL_SPENDING, Fund.FISCAL_APPROPRIATION, _INCLUDED),
    ),
    SectionKind.BASIC: _economic(Statement.BASIC_EXPENDITURE, Fund.GENERAL_PUBLIC),
    SectionKind.BASIC_FISCAL: _economic(
        Statement.FISCAL_BASIC_EXPENDITURE, Fund.FISCAL_APPROPRIATION
    ),
    **_fund_tables(),
    SectionKind.THREE_PUBLIC: (
        _three_public(r"三公经费", ThreePublic.TOTAL),
        _three_public(r"因公出国(?:\(境\)|境)?(?:费用?|经费)?", ThreePublic.ABROAD),
        _three_public(r"(?<!国内)(?<!外宾)(?<!国外)公务接待(?:费用?|经费)?", ThreePublic.RECEPTION),
        _three_public(
            rf"{_CAR}购置(?:费|经费)?(?:及|和|与|、)(?:{_CAR})?运行(?:维护)?(?:费用?|经费)?",
            ThreePublic.VEHICLE,
        ),
        _three_public(rf"{_CAR}购置(?:费用?|经费)?", ThreePublic.VEHICLE_PURCHASE),
        _three_public(rf"{_CAR}运行(?:维护)?(?:费用?|经费)?", ThreePublic.VEHICLE_OPERATION),
        _three_public(r"会议费", "meeting"),
        _three_public(r"培训费", "training"),
    ),
    SectionKind.OPERATING: (
        words(
            r"机关运行经费",
            _line(
                Statement.OPERATING_EXPENSES,
                _EXPENDITURE,
                LineCode.TOTAL,
                Fund.FISCAL_APPROPRIATION,
                classification=Classification.UNIT,
            ),
        ),
    ),
    **TOPICS,
}
"""Subjects by section."""

FUNCTION_LINES: dict[SectionKind, tuple[Statement, Fund, CarryoverBasis]] = {
    SectionKind.OVERALL: (_SUMMARY, Fund.ALL, _INCLUDED),
    SectionKind.EXPENDITURE: (_SPENDING, Fund.ALL, _INCLUDED),
    SectionKind.FISCAL: (_FISCAL, Fund.FISCAL_APPROPRIATION, _INCLUDED),
    SectionKind.FISCAL_EXPENDITURE: (_FISCAL_SPENDING, Fund.FISCAL_APPROPRIATION, _INCLUDED),
    SectionKind.GENERAL_PUBLIC: (_GENERAL, Fund.GENERAL_PUBLIC, _EXCLUDED),
    SectionKind.GOVERNMENT_FUND: (
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        Fund.GOVERNMENT_FUND,
        _EXCLUDED,
    ),
}
"""What a line of the functional classification states in each section that may name one."""
