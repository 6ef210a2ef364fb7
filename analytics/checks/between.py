"""Between statements: what two statements of one document say of the same money.

Some statements leave out what was carried over from earlier years and some contain it. Where the
two sides of an equation differ in that, the carry-over enters the equation; where it is not
published in the breakdown needed, the answer is ``insufficient`` instead of a failure.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import (
    against,
    among,
    answers,
    printed_facts,
    subject_en,
    subject_zh,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
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

_FAMILY = Family.BETWEEN_STATEMENTS
_DOCUMENT = ["document_id"]
_KEY = ["statement", "flow", "classification", "code", "fund", "component"]
_WHOLE_FUNDS = [Fund.ALL, Fund.FISCAL_APPROPRIATION]
_FISCAL_FUNDS = [Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL]
_OTHER_FUNDS = [Fund.FISCAL_SPECIAL_ACCOUNT, Fund.UNIT_FUNDS]
_PROJECT_TABLES = [Statement.PROJECT_EXPENDITURE, Statement.PROJECT_CARRYOVER]

_code, _fund, _component, _flow = (
    pl.col("code"),
    pl.col("fund"),
    pl.col("component"),
    pl.col("flow"),
)
_total = _code == LineCode.TOTAL
_whole = _component == Component.TOTAL
_is_function = (pl.col("classification") == Classification.FUNCTION) & _code.str.contains(r"^\d+$")
_is_class = _is_function & (_code.str.len_chars() == 3)


def _facts(tables: CanonicalTables, statement: Statement, *conditions: pl.Expr) -> pl.LazyFrame:
    return printed_facts(tables, pl.col("statement") == statement, *conditions)


def _line_answers(
    frame: pl.LazyFrame,
    *labels: str,
    outcome: pl.Expr | None = None,
    notes: tuple[pl.Expr, pl.Expr] | None = None,
) -> pl.LazyFrame:
    zh, en = notes or (None, None)
    return answers(
        frame,
        key=_KEY,
        subject=subject_zh(*labels),
        subject_en=subject_en(*labels),
        is_suspect="is_suspect",
        outcome=outcome,
        note_zh=zh,
        note_en=en,
    )


def _carried(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """What a document says was brought forward: the largest of its statements, one row each."""
    return (
        printed_facts(
            tables,
            among(
                pl.col("statement"),
                [Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY],
            ),
            _flow == Flow.REVENUE,
            _code == LineCode.CARRYOVER_START,
            *conditions,
        )
        .group_by("document_id")
        .agg(carried_yuan=pl.col("amount_yuan").max(), carried_half=pl.col("half").max())
    )


def _unless_carried(
    frame: pl.LazyFrame, carried: pl.LazyFrame, *labels: str, document_only: bool = True
) -> pl.LazyFrame:
    """Equal, or ``insufficient`` where carry-over that is not broken down may be the reason."""
    brought = pl.col("carried_yuan").fill_null(0)
    apart = (pl.col("amount_yuan") - pl.col("computed")).abs() > pl.col("tolerance")
    open_question = (brought > 0) & apart
    return _line_answers(
        frame.join(carried, on=_DOCUMENT, how="left"),
        *labels,
        outcome=pl.when(open_question).then(pl.lit(str(Outcome.INSUFFICIENT))),
        notes=(
            pl.when(open_question).then(
                pl.lit("两表口径相差上年结转，而结转未按此口径列示，无法核验")
            ),
            pl.when(open_question).then(
                pl.lit("one side contains carry-over that is not published in this breakdown")
            ),
        ),
    )


# --- summary against the statements of revenue and expenditure ----------------------------


@rule(
    "X-REVENUE-TOTAL",
    title=("收支总表与收入总表的收入相等", "Summary and revenue statement agree"),
    equation="收支总表 本年收入合计 = 收入总表 合计 (收入总计, where 合计 counts 上年结转)",
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X1",),
    computed=("收入总表合计", "the revenue statement prints"),
)
def revenue_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The revenue of the year in the two statements, on the basis of the revenue statement."""
    right = _facts(tables, Statement.REVENUE_SUMMARY, _total, _fund == Fund.ALL, _whole)
    with_carry = right.filter(pl.col("carryover_basis") == CarryoverBasis.INCLUDED)
    summary = _facts(tables, Statement.BUDGET_SUMMARY, _flow == Flow.REVENUE)
    current = summary.filter(_code == LineCode.CURRENT_TOTAL).join(
        with_carry, on=_DOCUMENT, how="anti"
    )
    grand = summary.filter(_total).join(with_carry, on=_DOCUMENT, how="semi")
    return _line_answers(
        against(pl.concat([current, grand]), right, _DOCUMENT, statement=Statement.BUDGET_SUMMARY)
    )


@rule(
    "X-REVENUE-SOURCES",
    title=("收支总表各项收入与收入总表各栏相等", "Each source agrees with its revenue column"),
    equation="收支总表 source = 收入总表 合计 in the column of the fund",
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X1",),
    computed=("收入总表该栏合计", "the column of the revenue statement prints"),
)
def revenue_sources(tables: CanonicalTables) -> pl.LazyFrame:
    """Each source that either statement prints; a blank on the other side is none."""
    return _sources_against(
        tables,
        Statement.BUDGET_SUMMARY,
        _facts(tables, Statement.REVENUE_SUMMARY, _total, _whole, _fund != Fund.ALL),
    )


@rule(
    "X-FISCAL-SOURCES",
    title=("财政拨款收支总表与收支总表的收入相等", "Fiscal sources agree with the summary"),
    equation="财政拨款收支总表 source = 收支总表 source, for each fund of the fiscal appropriation",
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    reads=(Statement.BUDGET_SUMMARY,),
    catalogue=("X4",),
    computed=("收支总表该项", "the summary prints"),
)
def fiscal_sources(tables: CanonicalTables) -> pl.LazyFrame:
    """Each of the three funds of the fiscal appropriation; a blank on the other side is none."""
    summary = _facts(tables, Statement.BUDGET_SUMMARY, _flow == Flow.REVENUE, _is_source)
    return _sources_against(
        tables, Statement.FISCAL_APPROPRIATION_SUMMARY, summary.filter(among(_fund, _FISCAL_FUNDS))
    )


_is_source = (pl.col("classification") == Classification.REVENUE_SOURCE) & ~among(
    _code, [str(code) for code in LineCode]
)


def _sources_against(
    tables: CanonicalTables, statement: Statement, right: pl.LazyFrame
) -> pl.LazyFrame:
    left = _facts(tables, statement, _flow == Flow.REVENUE, _is_source)
    read = right.select("document_id").unique()
    on = ["document_id", "fund"]
    compared = against(
        left.join(read, on="document_id", how="semi"),
        right,
        on,
        statement=statement,
        blank_is_none=True,
    )
    return _line_answers(compared, "fund")


@rule(
    "X-EXPENDITURE-TOTAL",
    title=("收支总表与支出总表的支出相等", "Summary and expenditure statement agree"),
    equation="收支总表 本年支出合计 = 支出总表 合计",
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X2",),
    computed=("支出总表合计", "the expenditure statement prints"),
)
def expenditure_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The expenditure of the year in the two statements, carry-over included in both."""
    left = _facts(
        tables,
        Statement.BUDGET_SUMMARY,
        _flow == Flow.EXPENDITURE,
        _code == LineCode.CURRENT_TOTAL,
        _whole,
    )
    return _line_answers(
        against(
            left,
            _facts(tables, Statement.EXPENDITURE_SUMMARY, _total, _whole),
            _DOCUMENT,
            statement=Statement.BUDGET_SUMMARY,
        )
    )


@rule(
    "X-EXPENDITURE-FUNCTIONS",
    title=("收支总表各类支出与支出总表相等", "Functions agree with the expenditure statement"),
    equation="收支总表 class k = 支出总表 class k",
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X2",),
    computed=("支出总表该类", "the expenditure statement prints"),
)
def expenditure_functions(tables: CanonicalTables) -> pl.LazyFrame:
    """Every functional class that either statement prints."""
    left = _facts(tables, Statement.BUDGET_SUMMARY, _flow == Flow.EXPENDITURE, _is_class, _whole)
    right = _facts(tables, Statement.EXPENDITURE_SUMMARY, _is_class, _whole)
    return _line_answers(
        against(left, right, ["document_id", "code"], statement=Statement.BUDGET_SUMMARY)
    )


@rule(
    "X-REVENUE-EXPENDITURE",
    title=("收入总表与支出总表各科目相等", "Revenue and expenditure agree code by code"),
    equation="支出总表 code = 收入总表 code + its 上年结转 (where nothing is carried forward)",
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.EXPENDITURE_SUMMARY,),
    reads=(Statement.REVENUE_SUMMARY,),
    catalogue=("X3",),
    computed=("收入总表该科目", "the revenue statement prints"),
)
def revenue_expenditure(tables: CanonicalTables) -> pl.LazyFrame:
    """Every code and the total; ``insufficient`` where money is carried forward at year end."""
    lines = _is_function | _total
    left = _facts(tables, Statement.EXPENDITURE_SUMMARY, lines, _whole)
    right = _facts(
        tables,
        Statement.REVENUE_SUMMARY,
        lines,
        (_whole & (_fund == Fund.ALL)) | (_component == Component.CARRYOVER),
    )
    forward = (
        _facts(tables, Statement.BUDGET_SUMMARY, _code == LineCode.CARRYOVER_END)
        .group_by("document_id")
        .agg(carried_yuan=pl.col("amount_yuan").max())
    )
    return _unless_carried(
        against(left, right, ["document_id", "code"], statement=Statement.EXPENDITURE_SUMMARY),
        forward,
    )


# --- fiscal appropriation against the others ----------------------------------------------


@rule(
    "X-FISCAL-GAP",
    title=("收支总表与财政拨款收支总表之差为其他资金", "The summaries differ by other funds"),
    equation="收支总表 支出总计 = 财政拨款收支总表 支出总计 + 财政专户 + 单位资金 + their 结转",
    family=_FAMILY,
    statements=(Statement.BUDGET_SUMMARY,),
    reads=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("X4",),
    computed=("财政拨款支出总计与其他资金之和", "fiscal appropriation and other funds make"),
)
def fiscal_gap(tables: CanonicalTables) -> pl.LazyFrame:
    """The two grand totals; the carry-over of other funds is the difference of the two lines."""
    summary = _facts(tables, Statement.BUDGET_SUMMARY)
    fiscal = _facts(tables, Statement.FISCAL_APPROPRIATION_SUMMARY)
    spent = (_flow == Flow.EXPENDITURE) & _total & _whole
    brought = (_flow == Flow.REVENUE) & (_code == LineCode.CARRYOVER_START)
    of_all = among(_fund, _WHOLE_FUNDS)
    total = fiscal.filter(spent, of_all)
    parts = pl.concat(
        [
            total,
            summary.filter(_flow == Flow.REVENUE, _is_source, among(_fund, _OTHER_FUNDS)),
            summary.filter(brought, of_all),
            fiscal.filter(brought, of_all).with_columns(amount_yuan=-pl.col("amount_yuan")),
        ]
    ).join(total, on=_DOCUMENT, how="semi")
    return _line_answers(
        against(summary.filter(spent), parts, _DOCUMENT, statement=Statement.BUDGET_SUMMARY)
    )


@rule(
    "X-GENERAL-FUNCTIONS",
    title=(
        "财政拨款收支总表与一般公共预算支出表各类相等",
        "General public budget agrees class by class",
    ),
    equation="财政拨款收支总表 一般公共预算 class k = 一般公共预算支出表 class k + carry-over of k",
    family=_FAMILY,
    statements=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    reads=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("X5",),
    computed=("财政拨款收支总表一般公共预算栏", "the column of the fiscal summary prints"),
)
def general_functions(tables: CanonicalTables) -> pl.LazyFrame:
    """Every functional class; ``insufficient`` where they differ and money was carried over."""
    left = _facts(tables, Statement.GENERAL_PUBLIC_EXPENDITURE, _is_class, _whole)
    right = _facts(
        tables,
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        _flow == Flow.EXPENDITURE,
        _fund == Fund.GENERAL_PUBLIC,
        _is_class,
    )
    return _unless_carried(
        against(
            left, right, ["document_id", "code"], statement=Statement.GENERAL_PUBLIC_EXPENDITURE
        ),
        _carried(tables),
    )


@rule(
    "X-FISCAL-PARTS",
    title=("财政拨款支出等于三本预算之和", "The three budgets make the fiscal appropriation"),
    equation="财政拨款 本年支出合计 = 一般公共预算 + 政府性基金 + 国有资本 (+ carry-over spent)",
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    reads=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    catalogue=("X6",),
    computed=("三张支出表合计之和", "the three statements of expenditure make"),
)
def fiscal_parts(tables: CanonicalTables) -> pl.LazyFrame:
    """The three budgets together; ``insufficient`` where they differ and money was carried over."""
    budgets = printed_facts(
        tables,
        among(
            pl.col("statement"),
            [
                Statement.GENERAL_PUBLIC_EXPENDITURE,
                Statement.GOVERNMENT_FUND_EXPENDITURE,
                Statement.STATE_CAPITAL_OPERATIONS,
            ],
        ),
        _flow == Flow.EXPENDITURE,
        _total,
        _whole,
    )
    left = _facts(
        tables,
        Statement.FISCAL_APPROPRIATION_SUMMARY,
        _flow == Flow.EXPENDITURE,
        _code == LineCode.CURRENT_TOTAL,
        _fund == Fund.FISCAL_APPROPRIATION,
    )
    return _unless_carried(
        against(left, budgets, _DOCUMENT, statement=Statement.FISCAL_APPROPRIATION_SUMMARY),
        _carried(tables),
    )


# --- basic expenditure and projects -------------------------------------------------------


@rule(
    "X-BASIC-GENERAL",
    title=("一般公共预算基本支出与经济科目表相等", "Basic expenditure agrees by economic class"),
    equation="一般公共预算支出表 基本支出 合计 = 基本支出经济科目表 合计",
    family=_FAMILY,
    statements=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    reads=(Statement.BASIC_EXPENDITURE,),
    catalogue=("X7",),
    computed=("基本支出经济科目表合计", "the statement by economic class prints"),
)
def basic_general(tables: CanonicalTables) -> pl.LazyFrame:
    """The total of basic expenditure of the general public budget in the two statements."""
    left = _facts(
        tables, Statement.GENERAL_PUBLIC_EXPENDITURE, _total, _component == Component.BASIC
    )
    right = _facts(tables, Statement.BASIC_EXPENDITURE, _total, _whole)
    return _line_answers(
        against(left, right, _DOCUMENT, statement=Statement.GENERAL_PUBLIC_EXPENDITURE), "component"
    )


@rule(
    "X-BASIC-TOTAL",
    title=(
        "支出总表基本支出与经济科目表相等",
        "All basic expenditure against the general budget's",
    ),
    equation="支出总表 基本支出 = 基本支出经济科目表 合计 + basic expenditure from other funds",
    family=_FAMILY,
    statements=(Statement.EXPENDITURE_SUMMARY,),
    reads=(Statement.BASIC_EXPENDITURE,),
    catalogue=("X7",),
    computed=("基本支出经济科目表合计", "the statement by economic class prints"),
)
def basic_total(tables: CanonicalTables) -> pl.LazyFrame:
    """Basic expenditure from all funds; never less than that of the general public budget.

    Where it is more and other funds or carry-over exist, the part they pay is not published and
    the answer is ``insufficient``.
    """
    left = _facts(tables, Statement.EXPENDITURE_SUMMARY, _total, _component == Component.BASIC)
    compared = against(
        left,
        _facts(tables, Statement.BASIC_EXPENDITURE, _total, _whole),
        _DOCUMENT,
        statement=Statement.EXPENDITURE_SUMMARY,
    )
    beside = (
        _facts(
            tables,
            Statement.BUDGET_SUMMARY,
            _flow == Flow.REVENUE,
            ~among(_code, [LineCode.TOTAL, LineCode.CURRENT_TOTAL, Fund.GENERAL_PUBLIC]),
        )
        .group_by("document_id")
        .agg(beside_yuan=pl.col("amount_yuan").sum())
    )
    more = pl.col("amount_yuan") - pl.col("computed") > pl.col("tolerance")
    unknown = more & (pl.col("beside_yuan").fill_null(0) > 0)
    return _line_answers(
        compared.join(beside, on=_DOCUMENT, how="left"),
        "component",
        outcome=pl.when(unknown).then(pl.lit(str(Outcome.INSUFFICIENT))),
        notes=(
            pl.when(unknown).then(pl.lit("另有其他资金或结转，其中基本支出未单独列示，无法核验")),
            pl.when(unknown).then(
                pl.lit("other funds or carry-over pay a part that is not published")
            ),
        ),
    )


@rule(
    "X-PROJECTS-TOTAL",
    title=("项目支出与项目表相等", "Project expenditure agrees with the list of projects"),
    equation="支出总表 项目支出 = 项目支出表（本年预算） + 项目支出表（上年结转）",
    family=_FAMILY,
    statements=(Statement.EXPENDITURE_SUMMARY,),
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("X8",),
    computed=("两张项目表合计之和", "the two lists of projects make"),
)
def projects_total(tables: CanonicalTables) -> pl.LazyFrame:
    """All projects of all funds, with and without carry-over."""
    left = _facts(tables, Statement.EXPENDITURE_SUMMARY, _total, _component == Component.PROJECT)
    lists = _project_totals(tables, *_PROJECT_TABLES).filter(_fund == Fund.ALL)
    current = lists.filter(pl.col("statement") == Statement.PROJECT_EXPENDITURE)
    return _line_answers(
        against(
            left,
            lists.join(current, on=_DOCUMENT, how="semi"),
            _DOCUMENT,
            statement=Statement.EXPENDITURE_SUMMARY,
        ),
        "component",
    )


def _project_totals(tables: CanonicalTables, *statements: Statement) -> pl.LazyFrame:
    """The top line of a list of projects: its total, else its rows of units, else its projects."""
    facts = printed_facts(tables, among(pl.col("statement"), [*statements]))
    on = ["document_id", "statement"]
    is_unit = pl.col("classification") == Classification.UNIT
    totals = facts.filter(_total)
    units = facts.filter(is_unit, ~_total).join(totals, on=on, how="anti")
    above = pl.concat([totals, units])
    items = facts.filter(pl.col("classification") == Classification.PROJECT, ~_total)
    return pl.concat([above, items.join(above, on=on, how="anti")])


_PROJECTS_BY_FUND = {
    Statement.GENERAL_PUBLIC_EXPENDITURE: Fund.GENERAL_PUBLIC,
    Statement.GOVERNMENT_FUND_EXPENDITURE: Fund.GOVERNMENT_FUND,
    Statement.STATE_CAPITAL_OPERATIONS: Fund.STATE_CAPITAL,
}


@rule(
    "X-PROJECTS-FUND",
    title=("各本预算的项目支出与项目表相等", "Projects of each fund agree with the list"),
    equation="项目支出 of a fund's statement = 项目支出表（本年预算） 合计 in the fund's column",
    family=_FAMILY,
    statements=tuple(_PROJECTS_BY_FUND),
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("X8",),
    computed=("项目支出表该资金合计", "the list of projects prints for this fund"),
    absent=Outcome.NOT_APPLICABLE,
)
def projects_fund(tables: CanonicalTables) -> pl.LazyFrame:
    """Project expenditure of the year by fund; neither side contains carry-over."""
    left = printed_facts(
        tables,
        among(pl.col("statement"), list(_PROJECTS_BY_FUND)),
        _total,
        _component == Component.PROJECT,
    )
    right = _project_totals(tables, Statement.PROJECT_EXPENDITURE)
    listed = left.join(right.select("document_id").unique(), on=_DOCUMENT, how="semi")
    funds = right.filter(among(_fund, _FISCAL_FUNDS)).with_columns(
        statement=_fund.replace_strict(
            {str(fund): str(statement) for statement, fund in _PROJECTS_BY_FUND.items()},
            return_dtype=pl.String,
        )
    )
    compared = against(listed, funds, ["document_id", "statement", "fund"], blank_is_none=True)
    return _line_answers(compared, "component")


# --- operating and three public expenses --------------------------------------------------


@rule(
    "X-OPERATING",
    title=("机关运行经费与公用经费相等", "Operating expenses are the public part of the basic"),
    equation="机关运行经费 = 一般公共预算基本支出中的公用经费",
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.OPERATING_EXPENSES,),
    reads=(Statement.BASIC_EXPENDITURE,),
    source="disclosure rules: operating expenses are the public part of basic expenditure from "
    "fiscal appropriation of administrative units; other units may print another scope",
    catalogue=("X9",),
    computed=("公用经费", "public expenses are"),
)
def operating(tables: CanonicalTables) -> pl.LazyFrame:
    """The total of the statement; its rows where it prints no total."""
    facts = _facts(tables, Statement.OPERATING_EXPENSES, among(_fund, _WHOLE_FUNDS))
    totals = facts.filter(_total)
    left = pl.concat([totals, facts.filter(~_total).join(totals, on=_DOCUMENT, how="anti")])
    right = _facts(tables, Statement.BASIC_EXPENDITURE, _total, _component == Component.PUBLIC)
    return _line_answers(against(left, right, _DOCUMENT, statement=Statement.OPERATING_EXPENSES))


_ECONOMIC_OF_THREE_PUBLIC = {
    "30212": ThreePublic.ABROAD,
    "30217": ThreePublic.RECEPTION,
    "30231": ThreePublic.VEHICLE_OPERATION,
}


@rule(
    "X-THREE-PUBLIC",
    title=("基本支出中的“三公”经费不超过“三公”经费表", "Basic three public expenses are a part"),
    equation="基本支出 {30212, 30217, 30231} ≤ “三公”经费 {出国, 接待, 公车运行}",
    family=_FAMILY,
    statements=(Statement.BASIC_EXPENDITURE,),
    reads=(Statement.THREE_PUBLIC_EXPENSES,),
    source="the statement of three public expenses covers basic and project expenditure",
    catalogue=("X10",),
    computed=("“三公”经费表该项", "the statement of three public expenses prints"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def three_public(tables: CanonicalTables) -> pl.LazyFrame:
    """The economic lines of the three public expenses; the difference is paid by projects."""
    left = _facts(
        tables, Statement.BASIC_EXPENDITURE, _whole, among(_code, list(_ECONOMIC_OF_THREE_PUBLIC))
    )
    printed = _facts(tables, Statement.THREE_PUBLIC_EXPENSES)
    right = (
        printed.filter(among(_fund, _WHOLE_FUNDS))
        .join(
            pl.LazyFrame(
                {
                    "code": [str(code) for code in _ECONOMIC_OF_THREE_PUBLIC.values()],
                    "economic": list(_ECONOMIC_OF_THREE_PUBLIC),
                }
            ),
            on="code",
        )
        .with_columns(code=pl.col("economic"))
        .drop("economic")
    )
    on = ["document_id", "code"]
    left = left.join(printed.select("document_id").unique(), on="document_id", how="semi")
    compared = against(left, right.join(left, on=on, how="semi"), on, blank_is_none=True)
    return _line_answers(compared)


_FUNCTION_OF_ECONOMIC = pl.LazyFrame(
    [
        ("2080505", "30108", "养老保险缴费"),
        ("2080506", "30109", "职业年金缴费"),
        ("2101101", "30110", "职工基本医疗保险缴费"),
        ("2101102", "30110", "职工基本医疗保险缴费"),
        ("2101103", "30111", "公务员医疗补助缴费"),
        ("2210201", "30113", "住房公积金"),
        ("2080501", "303离退休", "离退休费"),
        ("2080502", "303离退休", "离退休费"),
        ("30301", "303离退休", "离退休费"),
        ("30302", "303离退休", "离退休费"),
    ],
    schema=["code", "pair", "pair_name"],
    orient="row",
)


@rule(
    "X-FUNCTION-ECONOMIC",
    title=("功能科目与对应经济科目相等", "Functions that pay one economic class agree with it"),
    equation="2080505 = 30108, 2080506 = 30109, 2101101+02 = 30110, 2101103 = 30111, "
    "2210201 = 30113, 2080501+02 = 30301+02 (基本支出)",
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(Statement.BASIC_EXPENDITURE,),
    reads=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    source="budget classification: these functions exist to pay these economic classes; usual, "
    "not required",
    catalogue=("X11",),
    computed=("对应功能科目的基本支出", "the functions that pay it print"),
    absent=Outcome.NOT_APPLICABLE,
)
def function_economic(tables: CanonicalTables) -> pl.LazyFrame:
    """Pairs that both statements print; where one is blank there is nothing to compare."""
    economic = _facts(
        tables,
        Statement.BASIC_EXPENDITURE,
        _whole,
        pl.col("classification") == Classification.ECONOMIC_DEPARTMENT,
    )
    function = _facts(
        tables, Statement.GENERAL_PUBLIC_EXPENDITURE, _is_function, _component == Component.BASIC
    )
    named = pl.coalesce("pair_name", "code").alias("name")
    pairs = _FUNCTION_OF_ECONOMIC.with_columns(pl.col("pair").alias("paired"))
    own = pl.LazyFrame({"code": ["30108", "30109", "30110", "30111", "30113"]}).with_columns(
        pair=pl.col("code")
    )
    by_pair = pl.concat([pairs.select("code", "pair"), own])
    left = economic.join(by_pair, on="code").join(
        _FUNCTION_OF_ECONOMIC.select("pair", "pair_name").unique(), on="pair"
    )
    right = function.join(by_pair, on="code")
    on = ["document_id", "pair"]
    both = left.with_columns(named, code=pl.col("pair")).join(right, on=on, how="semi")
    return _line_answers(against(both, right.join(both, on=on, how="semi"), on))
