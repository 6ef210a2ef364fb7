"""Inside a statement: lines add up to their parent, columns to their row."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, chosen, printed_facts, summed, with_parts
from analytics.checks.lines import (
    CODE,
    COMPONENT,
    FISCAL_FUNDS,
    FLOW,
    FUND,
    IS_TOTAL,
    IS_WHOLE,
    WHOLE_FUNDS,
    in_statement,
    line_answers,
    with_basic_total,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.sources import FUND_ABOVE, IS_LISTED_SOURCE
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

__all__ = [
    "balance_columns",
    "class_component",
    "row_basic_project",
    "row_current_carryover",
    "row_funds",
    "row_personnel_public",
    "sum_lines",
    "three_public_total",
    "three_public_vehicle",
]

_FAMILY = Family.INSIDE_STATEMENT
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
    Statement.PROCUREMENT_EXPENDITURE,
    Statement.FISCAL_APPROPRIATION_EXPENDITURE,
    Statement.FISCAL_BASIC_EXPENDITURE,
)
_ROW = ["document_id", "statement", "flow", "block", "row"]
_CELL = ["document_id", "block", "row", "column"]
_LINE = ["document_id", "statement", "flow", "code"]
_COLUMN = ["fund", "component"]


@rule(
    "T-SUM-LINES",
    title=("下级各行之和等于上级行", "Lines add up to the line they are part of"),
    equation="parent = Σ children, in every column (类 = Σ 款, 款 = Σ 项, 合计 = Σ 类)",
    why=(
        "明细加不出上级数，说明有一行漏列、重列或印错。",
        "If the lines do not make what they are part of, one of them is missing, doubled or misprinted.",
    ),
    family=_FAMILY,
    statements=_CODED,
    catalogue=("T2b", "T3b", "T5b", "T6b", "T6c", "T8b", "T11", "T12"),
    computed=("下级各行之和", "its lines add up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def sum_lines(tables: CanonicalTables) -> pl.LazyFrame:
    """Every line that has lines below it, in every column of a statement.

    Economic lines that are printed once for each government class are all added. Sources that
    stand one below the other are added over their funds. A column in which the parent is blank
    but its lines are not is ``insufficient``.
    """
    facts = printed_facts(tables, in_statement(*_CODED))
    parents = facts.filter(pl.col("counterpart_code").is_null())
    cells = [*_LINE, *_COLUMN]
    children = facts.with_columns(
        code=pl.col("parent_code"), fund=pl.when(IS_LISTED_SOURCE).then(FUND_ABOVE).otherwise(FUND)
    ).filter(CODE.is_not_null())
    have_lines = children.select(_LINE).unique()
    lines = chosen(parents.join(have_lines, on=_LINE, how="semi"), _LINE)
    own = ["name", "classification", "page", "block", "row", "line", "unit_text"]
    # A list whose total is printed as personnel and public only is no sum of lines in a column.
    of_list = in_statement(Statement.BASIC_EXPENDITURE) & IS_TOTAL & ~IS_WHOLE
    column = ["document_id", "statement", *_COLUMN]
    summable = with_basic_total(parents).join(
        parents.filter(of_list).join(facts.filter(~IS_TOTAL), on=column, how="anti"),
        on=[*_CELL, "component"],
        how="anti",
    )
    whole = chosen(summable.join(have_lines, on=_LINE, how="semi"), cells)
    children = children.drop(own).join(lines.select(*_LINE, *own), on=_LINE)
    return line_answers(with_parts(whole, children, cells, blank_is_none=True))


def _rows_by_component(
    tables: CanonicalTables, statements: tuple[Statement, ...], *parts: Component
) -> pl.LazyFrame:
    facts = printed_facts(tables, in_statement(*statements), FLOW == Flow.EXPENDITURE)
    whole, columns = facts.filter(IS_WHOLE), facts.filter(among(COMPONENT, [*parts]))
    # Totals of their own, such as 人员经费合计 below a list, are no columns.
    beside = columns.join(whole, on=_ROW, how="semi")
    columns = columns.join(beside, on=["document_id", "statement"], how="semi")
    return line_answers(with_parts(_divided(whole, columns), columns, _ROW))


def _divided(whole: pl.LazyFrame, columns: pl.LazyFrame) -> pl.LazyFrame:
    """The totals of statements that have such columns; the others have nothing to be tested."""
    return whole.join(columns, on=["document_id", "statement"], how="semi")


_BASIC_AND_PROJECT = (
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_EXPENDITURE,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)
_PURPOSES = (
    Component.BASIC,
    Component.PROJECT,
    Component.RESERVE,
    Component.CARRIED_FORWARD,
    Component.TO_SUPERIOR,
    Component.BUSINESS,
    Component.TO_AFFILIATES,
)


@rule(
    "T-ROW-BASIC-PROJECT",
    title=("合计等于基本支出加项目支出", "Basic and project expenditure make the total"),
    equation="合计 = 基本支出 + 项目支出 (+ 单位预留机动经费 + 结转下年), in every row",
    why=(
        "一行里基本与项目之和不等于合计，读者不知道该用哪个数。",
        "If basic and project expenditure do not make the total of a row, no reader knows which figure to use.",
    ),
    family=_FAMILY,
    statements=_BASIC_AND_PROJECT,
    catalogue=("T3a", "T5a", "T8a", "D3"),
    computed=("基本支出与项目支出之和", "basic and project expenditure make"),
    absent=Outcome.NOT_APPLICABLE,
)
def row_basic_project(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row; ``insufficient`` where a row prints no component and others do.

    A reserve of the unit, what is carried forward, business expenditure and what goes to other
    units are counted where a layout prints them.
    """
    return _rows_by_component(tables, _BASIC_AND_PROJECT, *_PURPOSES)


@rule(
    "T-ROW-PERSONNEL-PUBLIC",
    title=("合计等于人员经费加公用经费", "Personnel and public expenses make the total"),
    equation="合计 = 人员经费 + 公用经费, in every row",
    why=(
        "人员与公用之和不等于合计，人均和运行成本都会算错。",
        "If the two do not make the total, every figure per head or on running costs that is drawn from it is wrong.",
    ),
    family=_FAMILY,
    statements=(Statement.BASIC_EXPENDITURE,),
    catalogue=("T6a",),
    computed=("人员经费与公用经费之和", "personnel and public expenses make"),
    absent=Outcome.NOT_APPLICABLE,
)
def row_personnel_public(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row; ``insufficient`` where a row prints no component and others do."""
    statements = (Statement.BASIC_EXPENDITURE,)
    return _rows_by_component(tables, statements, Component.PERSONNEL, Component.PUBLIC)


@rule(
    "T-ROW-CURRENT-CARRYOVER",
    title=("合计等于当年安排加结转安排", "Current year and carry-over make the total"),
    equation="合计 = 当年预算安排 + 上年结转安排, in every row",
    why=(
        "当年的钱和上年剩的钱分不清，当年预算的规模就看不准。",
        "If this year's and last year's money do not make the total, the size of this year's budget is uncertain.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    catalogue=("T1c",),
    computed=("当年安排与结转安排之和", "current year and carry-over make"),
    absent=Outcome.NOT_APPLICABLE,
)
def row_current_carryover(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row of the expenditure side; ``insufficient`` where only others print components."""
    statements = (Statement.BUDGET_SUMMARY,)
    return _rows_by_component(tables, statements, Component.CURRENT, Component.CARRYOVER)


@rule(
    "T-BALANCE-COLUMNS",
    title=("当年安排与结转安排各有来源", "Each column of the expenditure has its revenue"),
    equation="支出总计: 当年预算安排 = 本年收入合计, 上年结转安排 = 上年结转",
    why=(
        "两栏对不上各自的来源，就分不清花的是今年的钱还是上年剩的钱。",
        "If a column does not meet its source, it is unclear whether old or new money is spent.",
    ),
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    catalogue=("T1c", "T1f"),
    computed=("收入一侧列示", "the side of revenue prints"),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_columns(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand total of expenditure in its two columns, carry-over to the next year included.

    Not applicable where a layout has no such columns.
    """
    facts = printed_facts(tables, in_statement(Statement.BUDGET_SUMMARY))
    columns = facts.filter(
        FLOW == Flow.EXPENDITURE,
        IS_TOTAL,
        among(COMPONENT, [Component.CURRENT, Component.CARRYOVER]),
    )
    source = {
        LineCode.CURRENT_TOTAL: Component.CURRENT,
        LineCode.CARRYOVER_START: Component.CARRYOVER,
    }
    raised = facts.filter(
        FLOW == Flow.REVENUE, IS_WHOLE, FUND == Fund.ALL, among(CODE, list(source))
    ).with_columns(
        component=CODE.replace_strict(
            {str(code): str(component) for code, component in source.items()},
            return_dtype=pl.String,
        )
    )
    on = ["document_id", "statement", "component"]
    divided = raised.join(columns, on=["document_id", "statement"], how="semi")
    return line_answers(against(columns, divided, on, blank_is_none=True))


_BY_FUND = (
    Statement.REVENUE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.OPERATING_EXPENSES,
    Statement.PROJECT_EXPENDITURE,
    Statement.PROJECT_CARRYOVER,
    Statement.PROCUREMENT_EXPENDITURE,
)


@rule(
    "T-ROW-FUNDS",
    title=("合计等于各资金来源之和", "The funds make the total"),
    equation="合计 (小计) = Σ funds, in every row (+ 上年结转 where the layout includes it)",
    why=(
        "各来源之和不等于合计，就说不清这项支出由哪笔资金负担。",
        "If the funds do not make the total of a row, it is unclear which of them pays for it.",
    ),
    family=_FAMILY,
    statements=_BY_FUND,
    catalogue=("T2a", "T4c", "T10c", "T11", "T12", "T13", "D2"),
    computed=("各资金来源之和", "the funds add up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def row_funds(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row that prints a total and its funds.

    Some layouts of the revenue statement count the carry-over column into the total, some do
    not. The row is tested with it where the total agrees with it and not without it. Sources that
    stand one below the other have no columns; they are left to ``T-SUM-LINES``.
    """
    facts = printed_facts(
        tables,
        in_statement(*_BY_FUND),
        (pl.col("statement") != Statement.FISCAL_APPROPRIATION_SUMMARY)
        | (FLOW == Flow.EXPENDITURE),
        ~IS_LISTED_SOURCE,
    )
    of_year = facts.filter(IS_WHOLE)
    # Beside the total of all funds, the appropriation is no total but a summand, unless its own
    # funds are printed too.
    below = of_year.filter(FUND == Fund.FISCAL_APPROPRIATION).join(
        of_year.filter(FUND == Fund.ALL), on=_ROW, how="semi"
    )
    funds = of_year.filter(among(FUND, FISCAL_FUNDS))
    in_one = below.join(funds, on=["document_id", "statement"], how="anti")
    columns = pl.concat([of_year.filter(~among(FUND, WHOLE_FUNDS)), in_one])
    totals = of_year.filter(among(FUND, WHOLE_FUNDS)).join(below, on=_CELL, how="anti")
    whole = _divided(totals, columns)
    compared = with_parts(whole, columns, _ROW)
    carried = summed(facts.filter(COMPONENT == Component.CARRYOVER), _ROW, prefix="carried")
    including = pl.col("computed") + pl.col("carried_yuan")
    slack = pl.col("tolerance") + pl.col("carried_half")
    agrees = (pl.col("amount_yuan") - including).abs() <= slack
    apart = (pl.col("amount_yuan") - pl.col("computed")).abs() > pl.col("tolerance")
    return line_answers(
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
    why=(
        "“三公”经费合计是必须公开的控制数，分项加不出来就不能据以监督。",
        "The total is the figure that is held down in public; if its items do not make it, it cannot be watched.",
    ),
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("T10a", "D7"),
    computed=("三项之和", "the three items add up to"),
)
def three_public_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The total in every column; where the vehicle line is blank its two parts stand for it."""
    facts = printed_facts(tables, in_statement(Statement.THREE_PUBLIC_EXPENSES), every_stage=True)
    on = ["document_id", "statement", "stage", "fund"]
    vehicle = facts.filter(CODE == ThreePublic.VEHICLE)
    vehicle_parts = facts.filter(among(CODE, _VEHICLE_PARTS)).join(vehicle, on=on, how="anti")
    others = facts.filter(among(CODE, [ThreePublic.ABROAD, ThreePublic.RECEPTION]))
    whole = facts.filter(CODE == ThreePublic.TOTAL)
    return line_answers(with_parts(whole, pl.concat([others, vehicle, vehicle_parts]), on))


_VEHICLE_PARTS = [ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE_OPERATION]


@rule(
    "T-THREE-PUBLIC-VEHICLE",
    title=("公务用车费等于购置费加运行费", "Purchase and operation make the vehicle expenses"),
    equation="公务用车购置及运行费 = 购置费 + 运行维护费, by fund",
    why=(
        "买车与养车是两笔不同的钱，加不出来就看不清是否购置新车。",
        "Buying and running vehicles are two things; if they do not make the sum, a purchase may go unseen.",
    ),
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("T10b",),
    computed=("购置费与运行维护费之和", "purchase and operation make"),
    absent=Outcome.NOT_APPLICABLE,
)
def three_public_vehicle(tables: CanonicalTables) -> pl.LazyFrame:
    """The vehicle line in every column; not applicable where no vehicle figure is printed."""
    facts = printed_facts(tables, in_statement(Statement.THREE_PUBLIC_EXPENSES), every_stage=True)
    return line_answers(
        with_parts(
            facts.filter(CODE == ThreePublic.VEHICLE),
            facts.filter(among(CODE, _VEHICLE_PARTS)),
            ["document_id", "statement", "stage", "fund"],
        )
    )


@rule(
    "T-CLASS-COMPONENT",
    title=("经济分类与人员、公用经费对应", "Economic classes stand under their component"),
    equation="人员经费 = 301 + 303; 公用经费 = 302 + 310 and the other classes",
    why=(
        "人员经费和公用经费的界限决定能否挪用，科目放错会掩盖公用开支。",
        "The line between personnel and public expenses limits what may be spent on what; a class in the wrong place blurs it.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.BASIC_EXPENDITURE,),
    source="budget classification: classes 301 and 303 are personnel, the others are not",
    catalogue=("T6d", "D6"),
    computed=("对应各类之和", "the classes that belong to it add up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def class_component(tables: CanonicalTables) -> pl.LazyFrame:
    """The totals of the two components, where printed, against those of the classes in them."""
    facts = printed_facts(tables, in_statement(Statement.BASIC_EXPENDITURE))
    classes = facts.filter(
        IS_WHOLE, CODE.str.contains(r"^3\d\d$"), pl.col("name").is_not_null()
    ).with_columns(
        component=pl.when(among(CODE, ["301", "303"]))
        .then(pl.lit(str(Component.PERSONNEL)))
        .otherwise(pl.lit(str(Component.PUBLIC)))
    )
    whole = facts.filter(IS_TOTAL, among(COMPONENT, [Component.PERSONNEL, Component.PUBLIC]))
    on = ["document_id", "statement"]
    classes = classes.join(whole, on=on, how="semi")
    return line_answers(with_parts(whole, classes, [*on, "component"]))
