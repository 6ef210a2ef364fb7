"""Inside a statement: lines add up to their parent, columns to their row, balances close."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import (
    against,
    among,
    answers,
    chosen,
    printed_facts,
    subject_en,
    subject_zh,
    summed,
    with_parts,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.schema.vocabularies import (
    Component,
    Flow,
    Fund,
    LineCode,
    Outcome,
    Severity,
    Statement,
    ThreePublic,
)

__all__: list[str] = []

_FAMILY = Family.INSIDE_STATEMENT
_BALANCED = (Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY)
_CODED = (
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.BASIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_REVENUE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
    Statement.OPERATING_EXPENSES,
    Statement.PROJECT_EXPENDITURE,
    Statement.PROJECT_CARRYOVER,
)
_WHOLE_FUNDS = [Fund.ALL, Fund.FISCAL_APPROPRIATION]
_FISCAL_FUNDS = [Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL]
_BALANCES = [str(code) for code in LineCode]
_ROW = ["document_id", "statement", "flow", "block", "row"]
_LINE = ["document_id", "statement", "flow", "code"]
_COLUMN = ["fund", "component"]
_KEY = ["statement", "flow", "classification", "code", "counterpart_code", "fund", "component"]

_code, _fund, _component = pl.col("code"), pl.col("fund"), pl.col("component")
_is_line = ~among(_code, _BALANCES)
_is_top = pl.col("parent_code").is_null() | among(pl.col("parent_code"), _BALANCES)


def _in(*statements: Statement) -> pl.Expr:
    return among(pl.col("statement"), [*statements])


def _line_answers(frame: pl.LazyFrame) -> pl.LazyFrame:
    return answers(
        frame,
        key=_KEY,
        subject=subject_zh("component", "fund"),
        subject_en=subject_en("component", "fund"),
        is_suspect="is_suspect",
    )


@rule(
    "T-SUM-LINES",
    title=("下级各行之和等于上级行", "Lines add up to the line they are part of"),
    equation="parent = Σ children, in every column (类 = Σ 款, 款 = Σ 项, 合计 = Σ 类)",
    family=_FAMILY,
    statements=_CODED,
    catalogue=("T2b", "T3b", "T5b", "T6b", "T6c", "T8b", "T11", "T12"),
    computed=("下级各行之和", "its lines add up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def sum_lines(tables: CanonicalTables) -> pl.LazyFrame:
    """Every line that has lines below it, in every column of a statement.

    Economic lines that are printed once for each government class are all added. A column in
    which the parent is blank but its lines are not is ``insufficient``.
    """
    facts = printed_facts(tables, _in(*_CODED))
    parents = facts.filter(pl.col("counterpart_code").is_null())
    cells = [*_LINE, *_COLUMN]
    children = facts.with_columns(code=pl.col("parent_code")).filter(_code.is_not_null())
    have_lines = children.select(_LINE).unique()
    lines = chosen(parents.join(have_lines, on=_LINE, how="semi"), _LINE)
    own = ["name", "classification", "page", "block", "row", "line", "unit_text"]
    whole = chosen(parents.join(have_lines, on=_LINE, how="semi"), cells)
    children = children.drop(own).join(lines.select(*_LINE, *own), on=_LINE)
    return _line_answers(with_parts(whole, children, cells, blank_is_none=True))


@rule(
    "T-BALANCE-REVENUE",
    title=("各项收入之和等于本年收入合计", "Sources add up to the revenue of the year"),
    equation="本年收入合计 = Σ sources of the year",
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1a", "T4a"),
    computed=("各项收入之和", "the sources add up to"),
)
def balance_revenue(tables: CanonicalTables) -> pl.LazyFrame:
    """The sources of the year, each once; a blank source is none."""
    facts = printed_facts(tables, _in(*_BALANCED), pl.col("flow") == Flow.REVENUE)
    whole = facts.filter(_code == LineCode.CURRENT_TOTAL)
    return _line_answers(
        with_parts(whole, facts.filter(_is_line & _is_top), ["document_id", "statement"])
    )


@rule(
    "T-BALANCE-REVENUE-TOTAL",
    title=("本年收入加上年结转等于收入总计", "Revenue and carry-over make the grand total"),
    equation="收入总计 = 本年收入合计 + 上年结转",
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1b", "T4b"),
    computed=("本年收入合计与上年结转之和", "revenue of the year and carry-over make"),
)
def balance_revenue_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand total of revenue; a carry-over that is printed only by fund is added up."""
    facts = printed_facts(tables, _in(*_BALANCED), pl.col("flow") == Flow.REVENUE)
    on = ["document_id", "statement"]
    current = facts.filter(_code == LineCode.CURRENT_TOTAL)
    parts = pl.concat([current, _carried_over(facts)]).join(current, on=on, how="semi")
    return _line_answers(with_parts(facts.filter(_code == LineCode.TOTAL), parts, on))


def _carried_over(facts: pl.LazyFrame) -> pl.LazyFrame:
    """The carry-over line of a statement, or its lines by fund where the line itself is blank."""
    carried = facts.filter(_code == LineCode.CARRYOVER_START)
    total = carried.filter(among(_fund, _WHOLE_FUNDS))
    by_fund = carried.filter(~among(_fund, _WHOLE_FUNDS))
    on = ["document_id", "statement"]
    return pl.concat([total, by_fund.join(total, on=on, how="anti")])


@rule(
    "T-BALANCE-CARRYOVER",
    title=("各类资金结转之和等于上年结转", "Carry-over by fund adds up"),
    equation="上年结转 = Σ carry-over of each fund",
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("T4b",),
    computed=("各类资金结转之和", "carry-over by fund adds up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_carryover(tables: CanonicalTables) -> pl.LazyFrame:
    """The carry-over line against its lines by fund."""
    carried = printed_facts(
        tables,
        _in(Statement.FISCAL_APPROPRIATION_SUMMARY),
        pl.col("flow") == Flow.REVENUE,
        _code == LineCode.CARRYOVER_START,
    )
    whole = carried.filter(among(_fund, _WHOLE_FUNDS))
    parts = carried.filter(~among(_fund, _WHOLE_FUNDS))
    return _line_answers(with_parts(whole, parts, ["document_id", "statement"]))


@rule(
    "T-BALANCE-EXPENDITURE",
    title=("各项支出之和等于本年支出合计", "Functions add up to the expenditure of the year"),
    equation="本年支出合计 = Σ functions, in every column",
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1d", "T4d"),
    computed=("各项支出之和", "the functions add up to"),
)
def balance_expenditure(tables: CanonicalTables) -> pl.LazyFrame:
    """The functional classes of a summary in every column; a blank class is none."""
    facts = printed_facts(tables, _in(*_BALANCED), pl.col("flow") == Flow.EXPENDITURE)
    whole = facts.filter(_code == LineCode.CURRENT_TOTAL)
    on = ["document_id", "statement", *_COLUMN]
    parts = facts.filter(_is_line & _is_top)
    return _line_answers(with_parts(whole, parts, on, blank_is_none=True))


@rule(
    "T-BALANCE-EXPENDITURE-TOTAL",
    title=("本年支出加年终结转等于支出总计", "Expenditure and carry-over make the grand total"),
    equation="支出总计 = 本年支出合计 + 年终结转, in every column",
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1e", "T4e"),
    computed=("本年支出合计与年终结转之和", "expenditure of the year and carry-over make"),
)
def balance_expenditure_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand total of expenditure in every column."""
    facts = printed_facts(tables, _in(*_BALANCED), pl.col("flow") == Flow.EXPENDITURE)
    on = ["document_id", "statement", *_COLUMN]
    current = facts.filter(_code == LineCode.CURRENT_TOTAL)
    carried = facts.filter(_code == LineCode.CARRYOVER_END)
    parts = pl.concat([current, carried]).join(current, on=on, how="semi")
    return _line_answers(with_parts(facts.filter(_code == LineCode.TOTAL), parts, on))


@rule(
    "T-BALANCE-SIDES",
    title=("收入总计等于支出总计", "The two sides balance"),
    equation="收入总计 = 支出总计",
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1f", "T4f"),
    computed=("支出总计", "the grand total of expenditure is"),
)
def balance_sides(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand totals of the two sides of a summary."""
    totals = printed_facts(
        tables,
        _in(*_BALANCED),
        _code == LineCode.TOTAL,
        _component == Component.TOTAL,
        among(_fund, _WHOLE_FUNDS),
    )
    revenue = totals.filter(pl.col("flow") == Flow.REVENUE)
    expenditure = totals.filter(pl.col("flow") == Flow.EXPENDITURE)
    return _line_answers(against(revenue, expenditure, ["document_id", "statement"]))


@rule(
    "T-BALANCE-FUNDS",
    title=("各类财政拨款收支平衡", "Each fund balances"),
    equation="支出总计 of a fund = its source of the year + its carry-over",
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("T4f",),
    computed=("该资金收入与结转之和", "its revenue and carry-over make"),
)
def balance_funds(tables: CanonicalTables) -> pl.LazyFrame:
    """Revenue and expenditure of each fund of the fiscal appropriation."""
    facts = printed_facts(
        tables, _in(Statement.FISCAL_APPROPRIATION_SUMMARY), among(_fund, _FISCAL_FUNDS)
    )
    spent = facts.filter(pl.col("flow") == Flow.EXPENDITURE, _code == LineCode.TOTAL)
    raised = facts.filter(pl.col("flow") == Flow.REVENUE)
    return _line_answers(against(spent, raised, ["document_id", "statement", "fund"]))


def _rows_by_component(
    tables: CanonicalTables, statements: tuple[Statement, ...], *parts: Component
) -> pl.LazyFrame:
    facts = printed_facts(tables, _in(*statements), pl.col("flow") == Flow.EXPENDITURE)
    whole = facts.filter(_component == Component.TOTAL)
    return _line_answers(with_parts(whole, facts.filter(among(_component, [*parts])), _ROW))


_BASIC_AND_PROJECT = (
    Statement.EXPENDITURE_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)


@rule(
    "T-ROW-BASIC-PROJECT",
    title=("合计等于基本支出加项目支出", "Basic and project expenditure make the total"),
    equation="合计 = 基本支出 + 项目支出, in every row",
    family=_FAMILY,
    statements=_BASIC_AND_PROJECT,
    catalogue=("T3a", "T5a", "T8a"),
    computed=("基本支出与项目支出之和", "basic and project expenditure make"),
)
def row_basic_project(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row; ``insufficient`` where a row prints no component."""
    return _rows_by_component(tables, _BASIC_AND_PROJECT, Component.BASIC, Component.PROJECT)


@rule(
    "T-ROW-PERSONNEL-PUBLIC",
    title=("合计等于人员经费加公用经费", "Personnel and public expenses make the total"),
    equation="合计 = 人员经费 + 公用经费, in every row",
    family=_FAMILY,
    statements=(Statement.BASIC_EXPENDITURE,),
    catalogue=("T6a",),
    computed=("人员经费与公用经费之和", "personnel and public expenses make"),
)
def row_personnel_public(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row; ``insufficient`` where a row prints no component."""
    statements = (Statement.BASIC_EXPENDITURE,)
    return _rows_by_component(tables, statements, Component.PERSONNEL, Component.PUBLIC)


@rule(
    "T-ROW-CURRENT-CARRYOVER",
    title=("合计等于当年安排加结转安排", "Current year and carry-over make the total"),
    equation="合计 = 当年预算安排 + 上年结转安排, in every row",
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    catalogue=("T1c",),
    computed=("当年安排与结转安排之和", "current year and carry-over make"),
)
def row_current_carryover(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row of the expenditure side; ``insufficient`` where a row prints no component."""
    statements = (Statement.BUDGET_SUMMARY,)
    return _rows_by_component(tables, statements, Component.CURRENT, Component.CARRYOVER)


_BY_FUND = (
    Statement.REVENUE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.OPERATING_EXPENSES,
    Statement.PROJECT_EXPENDITURE,
    Statement.PROJECT_CARRYOVER,
)


@rule(
    "T-ROW-FUNDS",
    title=("合计等于各资金来源之和", "The funds make the total"),
    equation="合计 (小计) = Σ funds, in every row (+ 上年结转 where the layout includes it)",
    family=_FAMILY,
    statements=_BY_FUND,
    catalogue=("T2a", "T4c", "T10c", "T11", "T12", "T13"),
    computed=("各资金来源之和", "the funds add up to"),
)
def row_funds(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row that prints a total and its funds.

    Some layouts of the revenue statement count the carry-over column into the total, some do
    not. The row is tested with it where the total agrees with it and not without it.
    """
    facts = printed_facts(
        tables,
        _in(*_BY_FUND),
        (pl.col("statement") != Statement.FISCAL_APPROPRIATION_SUMMARY)
        | (pl.col("flow") == Flow.EXPENDITURE),
    )
    of_year = facts.filter(_component == Component.TOTAL)
    compared = with_parts(
        of_year.filter(among(_fund, _WHOLE_FUNDS)),
        of_year.filter(~among(_fund, _WHOLE_FUNDS)),
        _ROW,
    )
    carried = summed(facts.filter(_component == Component.CARRYOVER), _ROW, prefix="carried")
    including = pl.col("computed") + pl.col("carried_yuan")
    slack = pl.col("tolerance") + pl.col("carried_half")
    agrees = (pl.col("amount_yuan") - including).abs() <= slack
    apart = (pl.col("amount_yuan") - pl.col("computed")).abs() > pl.col("tolerance")
    return _line_answers(
        compared.join(carried, on=_ROW, how="left")
        .with_columns(counts_it=(agrees & apart).fill_null(False))
        .with_columns(
            computed=pl.when("counts_it").then(including).otherwise("computed"),
            tolerance=pl.when("counts_it").then(slack).otherwise("tolerance"),
        )
    )


@rule(
    "T-THREE-PUBLIC-TOTAL",
    title=("“三公”经费合计等于三项之和", "The three public expenses add up"),
    equation="合计 = 因公出国（境）费 + 公务接待费 + 公务用车购置及运行费, by fund",
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("T10a",),
    computed=("三项之和", "the three items add up to"),
)
def three_public_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The total in every column; where the vehicle line is blank its two parts stand for it."""
    facts = printed_facts(tables, _in(Statement.THREE_PUBLIC_EXPENSES))
    on = ["document_id", "statement", "fund"]
    vehicle = facts.filter(_code == ThreePublic.VEHICLE)
    vehicle_parts = facts.filter(among(_code, _VEHICLE_PARTS)).join(vehicle, on=on, how="anti")
    others = facts.filter(among(_code, [ThreePublic.ABROAD, ThreePublic.RECEPTION]))
    whole = facts.filter(_code == ThreePublic.TOTAL)
    return _line_answers(with_parts(whole, pl.concat([others, vehicle, vehicle_parts]), on))


_VEHICLE_PARTS = [ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE_OPERATION]


@rule(
    "T-THREE-PUBLIC-VEHICLE",
    title=("公务用车费等于购置费加运行费", "Purchase and operation make the vehicle expenses"),
    equation="公务用车购置及运行费 = 购置费 + 运行维护费, by fund",
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("T10b",),
    computed=("购置费与运行维护费之和", "purchase and operation make"),
    absent=Outcome.NOT_APPLICABLE,
)
def three_public_vehicle(tables: CanonicalTables) -> pl.LazyFrame:
    """The vehicle line in every column; not applicable where no vehicle figure is printed."""
    facts = printed_facts(tables, _in(Statement.THREE_PUBLIC_EXPENSES))
    return _line_answers(
        with_parts(
            facts.filter(_code == ThreePublic.VEHICLE),
            facts.filter(among(_code, _VEHICLE_PARTS)),
            ["document_id", "statement", "fund"],
        )
    )


_PERSONNEL_CLASSES = ["301", "303"]


@rule(
    "T-CLASS-COMPONENT",
    title=("经济分类与人员、公用经费对应", "Economic classes stand under their component"),
    equation="人员经费 = 301 + 303; 公用经费 = 302 + 310 and the other classes",
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.BASIC_EXPENDITURE,),
    source="budget classification: classes 301 and 303 are personnel, the others are not",
    catalogue=("T6d",),
    computed=("对应各类之和", "the classes that belong to it add up to"),
)
def class_component(tables: CanonicalTables) -> pl.LazyFrame:
    """The totals of the two components against the totals of the classes that make them."""
    facts = printed_facts(tables, _in(Statement.BASIC_EXPENDITURE))
    classes = facts.filter(
        _component == Component.TOTAL, _code.str.contains(r"^3\d\d$"), pl.col("name").is_not_null()
    ).with_columns(
        component=pl.when(among(_code, _PERSONNEL_CLASSES))
        .then(pl.lit(str(Component.PERSONNEL)))
        .otherwise(pl.lit(str(Component.PUBLIC)))
    )
    whole = facts.filter(
        _code == LineCode.TOTAL, among(_component, [Component.PERSONNEL, Component.PUBLIC])
    )
    return _line_answers(with_parts(whole, classes, ["document_id", "statement", "component"]))
