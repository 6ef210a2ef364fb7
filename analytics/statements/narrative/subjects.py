"""The catalogue of subjects: which words, in which sections, mean which line of which statement.

A new wording is a new entry here, not new code. Patterns are regular expressions on squeezed text
(no spaces, no quotation marks, ``()`` for brackets); of two that overlap, the one that begins first
and reaches furthest is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Repair,
    Statement,
    ThreePublic,
    Topic,
)
from analytics.statements.narrative.functions import find_functions
from analytics.statements.narrative.model import Subject
from analytics.statements.narrative.sections import SectionKind

__all__ = ["CATALOGUE", "Mention", "Wording", "find_subjects"]

_REVENUE, _EXPENDITURE = Flow.REVENUE, Flow.EXPENDITURE
_INCLUDED, _EXCLUDED, _ONLY = CarryoverBasis.INCLUDED, CarryoverBasis.EXCLUDED, CarryoverBasis.ONLY
_TOTAL = Component.TOTAL


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that name a subject.

    Args:
        pattern: The words.
        subjects: What they mean. Two are both meant ("收、支总计"), unless ``by_flow``.
        by_flow: Whether the first is meant after a revenue subject and the second after an
            expenditure one ("上年结转").
        sets_name: Whether the words name a set that the subjects after 其中 are part of.
    """

    pattern: re.Pattern[str]
    subjects: tuple[Subject, ...]
    by_flow: bool = False
    sets_name: bool = False


def _words(
    pattern: str, *subjects: Subject, by_flow: bool = False, sets_name: bool = False
) -> Wording:
    return Wording(re.compile(pattern), subjects, by_flow, sets_name)


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
    r"(?:^|(?<=[年度位门算总的，:;。、)\0局委会院厅部校心室所站队署团办馆庭司处我]))"
    r"(?<!本年)(?<!当年)(?<!上年)"
)
_SUM_WORDS = r"(?:总?(?:预算|决算)(?:总计|合计|总额|总数)?|总计|合计|总额|总数)"
_SUM = rf"{_SUM_WORDS}?"
_REVENUE_TOTAL = rf"{_FREE}(?:预算|决算)?总?收入{_SUM}"
_EXPENDITURE_TOTAL = rf"{_FREE}(?:(?:预算|决算|总)支出{_SUM}|支出{_SUM_WORDS})"
_BOTH = rf"收(?:入)?[、和与及]?支(?:出)?{_SUM}"
_THIS_YEAR = r"(?:本年|当年|本年度)(?:预算|决算)?"
_BROUGHT = r"(?:上年|年初)(?:财政拨款)?结转(?:和结余|结余)?(?:收入|资金|支出|安排|预算)*"
_CARRIED = r"结转下年(?:支出|资金)?|年[终末]结转(?:和结余|结余)?"

_FUND_WORDS: tuple[tuple[str, Fund], ...] = (
    (r"一般公共预算(?:财政)?(?:拨款|资金)?", Fund.GENERAL_PUBLIC),
    (r"政府性基金(?:预算)?(?:财政)?(?:拨款|资金)?", Fund.GOVERNMENT_FUND),
    (r"国有资本经营(?:预算)?(?:财政)?(?:拨款|资金)?", Fund.STATE_CAPITAL),
)
_OTHER_FUND_WORDS: tuple[tuple[str, Fund], ...] = (
    (r"财政专户(?:管理)?(?:资金|拨款)", Fund.FISCAL_SPECIAL_ACCOUNT),
    (r"单位(?:自有)?资金", Fund.UNIT_FUNDS),
    (r"其他资金", Fund.OTHER),
    (r"(?<!同级)(?<!一般公共预算)(?<!基金)(?<!经营)(?<!预算)财政拨款", Fund.FISCAL_APPROPRIATION),
)

_SUMMARY = Statement.BUDGET_SUMMARY
_FISCAL = Statement.FISCAL_APPROPRIATION_SUMMARY
_GENERAL = Statement.GENERAL_PUBLIC_EXPENDITURE
_SPENDING = Statement.EXPENDITURE_SUMMARY
_SOURCE = Classification.REVENUE_SOURCE


def _summary_funds(statement: Statement) -> Iterator[Wording]:
    for words, fund in (*_FUND_WORDS, *_OTHER_FUND_WORDS):
        table = _FISCAL if fund is Fund.FISCAL_APPROPRIATION else statement
        code = str(LineCode.TOTAL) if fund is Fund.FISCAL_APPROPRIATION else str(fund)
        basis = _INCLUDED if fund is Fund.FISCAL_APPROPRIATION else _EXCLUDED
        subject = _line(table, _REVENUE, code, fund, basis=basis, classification=_SOURCE)
        yield _words(rf"{words}(?:预算)?(?:收入)?{_SUM}", subject)
        spent = _line(_FISCAL, _EXPENDITURE, LineCode.TOTAL, fund)
        if fund in (
            Fund.GENERAL_PUBLIC,
            Fund.GOVERNMENT_FUND,
            Fund.STATE_CAPITAL,
            Fund.FISCAL_APPROPRIATION,
        ):
            yield _words(rf"{words}(?:预算)?支出{_SUM}", spent)


def _revenue_funds() -> Iterator[Wording]:
    for words, fund in (*_FUND_WORDS, *_OTHER_FUND_WORDS):
        subject = _line(Statement.REVENUE_SUMMARY, _REVENUE, LineCode.TOTAL, fund, basis=_EXCLUDED)
        yield _words(rf"{words}(?:预算)?(?:收入)?{_SUM}", subject)


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
        _words(lead + _BOTH, revenue, spent),
        _words(_REVENUE_TOTAL, revenue),
        _words(_EXPENDITURE_TOTAL, spent),
        _words(rf"{_THIS_YEAR}(?:财政)?(?:拨款)?收入{_SUM}", earned),
        _words(
            rf"{_THIS_YEAR}支出{_SUM}", _line(statement, _EXPENDITURE, LineCode.CURRENT_TOTAL, fund)
        ),
        _words(rf"{_THIS_YEAR}安排(?:支出)?", earned, this_year, by_flow=True),
        _words(_BROUGHT, start, brought, by_flow=True),
        _words(_CARRIED, _line(statement, _EXPENDITURE, LineCode.CARRYOVER_END, fund)),
    )


def _basic_and_project(
    statement: Statement, fund: Fund, basis: CarryoverBasis
) -> tuple[Wording, ...]:
    parts = ((r"基本支出", Component.BASIC), (r"项目支出", Component.PROJECT))
    return tuple(
        _words(
            rf"{words}{_SUM}",
            _line(
                statement,
                _EXPENDITURE,
                LineCode.TOTAL,
                fund,
                component=component,
                basis=basis,
            ),
        )
        for words, component in parts
    )


def _economic(fund: Fund) -> tuple[Wording, ...]:
    parts = (
        (r"(?:一般公共预算)?(?:财政拨款)?(?:当年|本年)?(?:拨款)?(?:预算)?(?:安排)?的?基本支出", _TOTAL),
        (r"人员(?:经费|支出)", Component.PERSONNEL),
        (r"(?:日常)?公用(?:经费|支出)", Component.PUBLIC),
    )
    return tuple(
        _words(
            words,
            _line(
                Statement.BASIC_EXPENDITURE,
                _EXPENDITURE,
                LineCode.TOTAL,
                fund,
                component=component,
                basis=_EXCLUDED,
                classification=Classification.ECONOMIC_DEPARTMENT,
            ),
        )
        for words, component in parts
    )


def _three_public(words: str, code: str) -> Wording:
    return _words(
        words,
        _line(
            Statement.THREE_PUBLIC_EXPENSES,
            _EXPENDITURE,
            code,
            Fund.FISCAL_APPROPRIATION,
            classification=Classification.THREE_PUBLIC,
        ),
    )


def _topic(
    words: str,
    topic: Topic,
    classification: Classification,
    code: str,
    *,
    is_money: bool = False,
    sets_name: bool = False,
) -> Wording:
    subject = Subject(
        topic,
        _EXPENDITURE if is_money else None,
        classification,
        code,
        Fund.ALL if is_money else None,
        _TOTAL if is_money else None,
    )
    return _words(words, subject, sets_name=sets_name)


def _procurement(words: str, code: str) -> Wording:
    pattern = rf"{words}{_SUM}(?:金额|支出)*"
    return _topic(pattern, Topic.PROCUREMENT, Classification.PROCUREMENT, code, is_money=True)


def _projects(words: str, code: str, *, sets_name: bool = False) -> Wording:
    return _topic(
        words,
        Topic.PERFORMANCE,
        Classification.PROJECT_TYPE,
        code,
        is_money=True,
        sets_name=sets_name,
    )


def _asset(words: str, code: str) -> Wording:
    return _topic(words, Topic.STATE_ASSETS, Classification.ASSET, code)


def _staff(words: str, code: str) -> Wording:
    return _topic(words, Topic.STAFFING, Classification.STAFF, code)


_ABOVE = r"(?:\([^()]*\))*以上(?:\([^()]*\))*(?:的)?(?:通用|专用|大型)?设备(?:\([^()]*\))?"
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
    for kind, words, fund, revenue_table, spending_table in _FUND_TABLES:
        revenue = _line(
            revenue_table, _REVENUE, LineCode.TOTAL, fund, basis=_EXCLUDED, classification=_SOURCE
        )
        spent = _line(spending_table, _EXPENDITURE, LineCode.TOTAL, fund, basis=_EXCLUDED)
        found[kind] = (
            _words(rf"{words}(?:预算)?收入?[、和与及]?支出?{_SUM}", revenue, spent),
            _words(rf"{words}(?:预算)?收入{_SUM}", revenue),
            _words(rf"{words}(?:(?:本年|当年)?(?:预算|安排的)?支出)?{_SUM}", spent),
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
        _words(
            rf"{_REVENUE_TOTAL}|{_THIS_YEAR}收入{_SUM}",
            _line(Statement.REVENUE_SUMMARY, _REVENUE, LineCode.TOTAL, basis=_EXCLUDED),
        ),
        _words(
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
        _words(
            rf"{_EXPENDITURE_TOTAL}|{_THIS_YEAR}支出{_SUM}",
            _line(_SPENDING, _EXPENDITURE, LineCode.TOTAL),
        ),
        _words(_CARRIED, _line(_SPENDING, _EXPENDITURE, LineCode.CARRYOVER_END)),
        *_basic_and_project(_SPENDING, Fund.ALL, _INCLUDED),
    ),
    SectionKind.FISCAL: (
        *_balances(_FISCAL, Fund.FISCAL_APPROPRIATION),
        *_summary_funds(_FISCAL),
    ),
    SectionKind.GENERAL_PUBLIC: (
        _words(
            rf"一般公共预算(?:财政)?(?:拨款|当年|本年|预算|安排|的)*支出{_SUM}",
            _line(_GENERAL, _EXPENDITURE, LineCode.TOTAL, Fund.GENERAL_PUBLIC, basis=_EXCLUDED),
        ),
        *_basic_and_project(_GENERAL, Fund.GENERAL_PUBLIC, _EXCLUDED),
    ),
    SectionKind.BASIC: _economic(Fund.GENERAL_PUBLIC),
    SectionKind.BASIC_FISCAL: _economic(Fund.FISCAL_APPROPRIATION),
    **_fund_tables(),
    SectionKind.THREE_PUBLIC: (
        _three_public(r"三公经费", ThreePublic.TOTAL),
        _three_public(r"因公出国(?:\(境\)|境)?(?:费用?|经费)?", ThreePublic.ABROAD),
        _three_public(r"(?<!国内)(?<!外宾)(?<!国外)公务接待(?:费用?|经费)?", ThreePublic.RECEPTION),
        _three_public(
            r"公务用车购置(?:费|经费)?(?:及|和|与|、)(?:公务用车)?运行(?:维护)?(?:费用?|经费)?",
            ThreePublic.VEHICLE,
        ),
        _three_public(r"公务用车购置(?:费用?|经费)?", ThreePublic.VEHICLE_PURCHASE),
        _three_public(r"公务用车运行(?:维护)?(?:费用?|经费)?", ThreePublic.VEHICLE_OPERATION),
        _three_public(r"会议费", "meeting"),
        _three_public(r"培训费", "training"),
    ),
    SectionKind.OPERATING: (
        _words(
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
    SectionKind.PROCUREMENT: (
        _procurement(r"政府采购(?:支出|预算)?", "total"),
        _procurement(r"(?:政府采购|拟采购|采购)?货物(?:类)?(?:采购)?", "goods"),
        _procurement(r"(?:政府采购|拟采购|采购)?工程(?:类)?(?:采购)?", "works"),
        _procurement(r"(?:政府采购|拟采购|采购)?服务(?:类)?(?:采购)?", "services"),
    ),
    SectionKind.PERFORMANCE: (
        _projects(
            r"(?:纳入|编报|实行|实施|开展)[^，;。:]{0,8}绩效(?:目标)?(?:管理)?的?[^，;。:]{0,6}项目",
            "total",
            sets_name=True,
        ),
        _projects(r"公开[^，;。:]{0,6}绩效目标(?:的?项目)?", "total", sets_name=True),
        _projects(r"其他运转类(?:项目)?", "other_operating"),
        _projects(r"特定目标类(?:项目)?", "specific_target"),
    ),
    SectionKind.STATE_ASSETS: (
        _asset(r"(?:共有|核定)?(?:公务用车|车辆)编制(?:数)?", "vehicle_posts"),
        _asset(
            r"实有(?:公务用车|车辆)?|(?:共有|保有|占有)?(?:公务用车|车辆)(?:保有量|总数|数量)?(?!编制)",
            "vehicles",
        ),
        _asset(r"(?:主要)?(?:领导(?:干部)?|负责人)用车", "vehicle_leader"),
        _asset(r"机要通信用车", "vehicle_confidential"),
        _asset(r"应急保障用车", "vehicle_emergency"),
        _asset(r"(?:一般)?执法执勤用车", "vehicle_enforcement"),
        _asset(r"特种专业技术用车", "vehicle_special"),
        _asset(r"事业单位业务用车", "vehicle_institution"),
        _asset(r"一般公务用车", "vehicle_general"),
        _asset(r"离退休干部(?:服务)?用车", "vehicle_retirees"),
        _asset(r"其他(?:公务)?用车", "vehicle_other"),
        _asset(r"办公用房(?:建筑)?(?:总)?面积", "floor_area"),
        *(
            _asset(rf"(?:价值|单价){threshold}万元{_ABOVE}", code)
            for threshold, code in (
                (20, "equipment_200k"),
                (50, "equipment_500k"),
                (100, "equipment_1m"),
                (200, "equipment_2m"),
            )
        ),
    ),
    SectionKind.STAFFING: (
        _staff(r"行政编制(?:数|人员)?", "posts_administrative"),
        _staff(r"(?:事业|参公|参照公务员法管理的事业)编制(?:数|人员)?", "posts_institution"),
        _staff(r"(?<!行政)(?<!事业)(?<!参公)编制(?:数|人数)?", "posts"),
        _staff(
            r"实有(?:在职)?(?:人员|人数|在编)?(?:人员)?|在职(?:在编)?(?:人员|人数|职工)",
            "staff_in_post",
        ),
        _staff(r"公务员", "civil_servants"),
        _staff(r"工勤(?:人员)?", "workers"),
        _staff(r"(?:离休|退休|离退休)(?:人员|干部)?", "retirees"),
        _staff(r"编外(?:聘用)?(?:人员)?", "extra_staff"),
        _staff(r"内设(?:科室|处室|机构|职能科室|部门)", "internal_divisions"),
        _staff(
            r"(?:下属|所属|非独立核算|独立核算|直属)+(?:事业|预算)?(?:单位|机构)",
            "affiliated_institutions",
        ),
    ),
}
"""Subjects by section."""

_FUNCTION_LINES: dict[SectionKind, tuple[Statement, Fund, CarryoverBasis]] = {
    SectionKind.OVERALL: (_SUMMARY, Fund.ALL, _INCLUDED),
    SectionKind.EXPENDITURE: (_SPENDING, Fund.ALL, _INCLUDED),
    SectionKind.FISCAL: (_FISCAL, Fund.FISCAL_APPROPRIATION, _INCLUDED),
    SectionKind.GENERAL_PUBLIC: (_GENERAL, Fund.GENERAL_PUBLIC, _EXCLUDED),
    SectionKind.GOVERNMENT_FUND: (
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        Fund.GOVERNMENT_FUND,
        _EXCLUDED,
    ),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject named in a text.

    Args:
        start: Offset of the first character of its name.
        end: Offset behind its name.
        wording: What the words mean.
        repairs: How its code was found, where it was found by name.
    """

    start: int
    end: int
    wording: Wording
    repairs: tuple[Repair, ...] = ()


def find_subjects(
    text: str, kind: SectionKind, year: int, class_code: str | None = None
) -> tuple[Mention, ...]:
    """The subjects that a squeezed text names, in order and without overlaps.

    Args:
        text: Squeezed text.
        kind: What its section is about.
        year: Fiscal year, for codes found by name.
        class_code: Functional class that the heading above names.

    Examples:
        >>> found = find_subjects("其中:人员经费", SectionKind.BASIC, 2024)
        >>> [str(mention.wording.subjects[0].component) for mention in found]
        ['personnel']
    """
    found = [
        Mention(match.start(), match.end(), wording)
        for wording in CATALOGUE.get(kind, ())
        for match in wording.pattern.finditer(text)
    ]
    if kind in _FUNCTION_LINES:
        found.extend(_function_mentions(text, kind, year, class_code))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _function_mentions(
    text: str, kind: SectionKind, year: int, class_code: str | None
) -> Iterator[Mention]:
    statement, fund, basis = _FUNCTION_LINES[kind]
    for found in find_functions(text, year, class_code):
        subject = Subject(
            statement, _EXPENDITURE, Classification.FUNCTION, found.code, fund, _TOTAL, basis
        )
        repair = Repair.CODE_UNKNOWN if found.code is None else Repair.CODE_BY_NAME
        wording = Wording(_NOTHING, (subject,))
        yield Mention(found.start, found.end, wording, (repair,))


_NOTHING = re.compile(r"(?!)")
