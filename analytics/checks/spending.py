"""Between statements: basic expenditure, projects, operating and three public expenses."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, printed_facts
from analytics.checks.lines import (
    CODE,
    COMPONENT,
    FISCAL_FUNDS,
    FLOW,
    FUND,
    IS_TOTAL,
    IS_WHOLE,
    WHOLE_FUNDS,
    line_answers,
    statement_facts,
    with_basic_parts,
    with_basic_total,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Outcome,
    Presence,
    Severity,
    Statement,
    ThreePublic,
)

__all__ = [
    "basic_general",
    "basic_total",
    "fiscal_part",
    "operating",
    "projects_fund",
    "projects_total",
    "three_public",
]

_FAMILY = Family.BETWEEN_STATEMENTS
_DOCUMENT = ["document_id"]
_PROJECT_TABLES = [Statement.PROJECT_EXPENDITURE, Statement.PROJECT_CARRYOVER]


def _read(tables: CanonicalTables, statement: Statement) -> pl.LazyFrame:
    """Documents in which a statement was read, or stands empty: there a blank is none."""
    empty = tables.statements.filter(
        pl.col("statement") == statement, pl.col("presence") == Presence.EMPTY
    )
    read = [statement_facts(tables, statement).select("document_id"), empty.select("document_id")]
    return pl.concat(read).unique()


def _basic_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The total of the statement by economic class, which may be printed in two parts only."""
    facts = statement_facts(tables, Statement.BASIC_EXPENDITURE)
    return with_basic_total(facts).filter(IS_TOTAL, IS_WHOLE)


# --- basic expenditure and projects -------------------------------------------------------


@rule(
    "X-BASIC-GENERAL",
    title=("一般公共预算基本支出与经济科目表相等", "Basic expenditure agrees by economic class"),
    equation="一般公共预算支出表 基本支出 合计 = 基本支出经济科目表 合计",
    why=(
        "同一笔基本支出按功能和按经济科目两种列法必须相等，否则有一张表不可信。",
        "The same basic expenditure is listed in two ways; if they differ, one of the two statements cannot be trusted.",
    ),
    family=_FAMILY,
    statements=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    reads=(Statement.BASIC_EXPENDITURE,),
    catalogue=("X7", "D6"),
    computed=("基本支出经济科目表合计", "the statement by economic class prints"),
)
def basic_general(tables: CanonicalTables) -> pl.LazyFrame:
    """The total of basic expenditure of the general public budget in the two statements."""
    left = statement_facts(
        tables,
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        FLOW == Flow.EXPENDITURE,
        IS_TOTAL,
        COMPONENT == Component.BASIC,
    )
    right = _basic_total(tables)
    return line_answers(
        against(left, right, _DOCUMENT, statement=Statement.GENERAL_PUBLIC_EXPENDITURE)
    )


@rule(
    "X-BASIC-TOTAL",
    title=(
        "支出总表基本支出与经济科目表相等",
        "All basic expenditure against the general budget's",
    ),
    equation="支出总表 基本支出 = 基本支出经济科目表 合计 + basic expenditure from other funds",
    why=(
        "全部基本支出与财政负担的部分对不上，说明其他资金没有交代清楚。",
        "If all basic expenditure does not lead back to the appropriation, other money in it is not accounted for.",
    ),
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
    left = statement_facts(
        tables, Statement.EXPENDITURE_SUMMARY, IS_TOTAL, COMPONENT == Component.BASIC
    )
    compared = against(
        left,
        _basic_total(tables),
        _DOCUMENT,
        statement=Statement.EXPENDITURE_SUMMARY,
    )
    raised = statement_facts(tables, Statement.BUDGET_SUMMARY, FLOW == Flow.REVENUE)
    has_funds = raised.filter(pl.col("parent_code") == Fund.FISCAL_APPROPRIATION)
    doubled = raised.filter(CODE == Fund.FISCAL_APPROPRIATION).join(
        has_funds, on=_DOCUMENT, how="semi"
    )
    beside = (
        raised.filter(~among(CODE, [LineCode.TOTAL, LineCode.CURRENT_TOTAL, Fund.GENERAL_PUBLIC]))
        .join(doubled, on=["document_id", "block", "row", "column"], how="anti")
        .group_by("document_id")
        .agg(beside_yuan=pl.col("amount_yuan").sum())
    )
    more = pl.col("amount_yuan") - pl.col("computed") > pl.col("tolerance")
    unknown = more & (pl.col("beside_yuan").fill_null(0) > 0)
    return line_answers(
        compared.join(beside, on=_DOCUMENT, how="left"),
        outcome=pl.when(unknown).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(unknown).then(
            pl.lit("另有其他资金或结转，其中基本支出未单独列示，无法核验")
        ),
        note_en=pl.when(unknown).then(
            pl.lit("other funds or carry-over pay a part that is not published")
        ),
    )


@rule(
    "X-FISCAL-PART",
    title=("财政拨款支出不超过全部支出", "What the appropriation pays is a part of it all"),
    equation="财政拨款支出表 code ≤ 支出总表 code, in every column that both print",
    why=(
        "部分不可能大于全部，超过说明至少一张表有误。",
        "A part cannot be larger than the whole; if it is, at least one of the statements is wrong.",
    ),
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_EXPENDITURE,),
    reads=(Statement.EXPENDITURE_SUMMARY,),
    catalogue=("X4",),
    computed=("支出总表列示", "the expenditure statement prints"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def fiscal_part(tables: CanonicalTables) -> pl.LazyFrame:
    """Each code and the total, with its basic and its project part."""
    on = ["document_id", "code", "component"]
    left = statement_facts(tables, Statement.FISCAL_APPROPRIATION_EXPENDITURE)
    right = statement_facts(tables, Statement.EXPENDITURE_SUMMARY)
    both = left.join(right, on=on, how="semi")
    return line_answers(against(both, right.join(left, on=on, how="semi"), on))


@rule(
    "X-PROJECTS-TOTAL",
    title=("项目支出与项目表相等", "Project expenditure agrees with the list of projects"),
    equation="支出总表 项目支出 = 项目支出表（本年预算） + 项目支出表（上年结转）",
    why=(
        "项目支出应逐个公开，与清单之差就是没有公开到项目的钱。",
        "Project expenditure is to be published project by project; the difference from the list is money without one.",
    ),
    family=_FAMILY,
    statements=(Statement.EXPENDITURE_SUMMARY,),
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("X8",),
    computed=("两张项目表合计之和", "the two lists of projects make"),
)
def projects_total(tables: CanonicalTables) -> pl.LazyFrame:
    """All projects of all funds, with and without carry-over.

    Asked of documents with a list of projects; ``insufficient`` where that stands empty.
    """
    left = statement_facts(
        tables, Statement.EXPENDITURE_SUMMARY, IS_TOTAL, COMPONENT == Component.PROJECT
    )
    left = left.join(_read(tables, Statement.PROJECT_EXPENDITURE), on=_DOCUMENT, how="semi")
    lists = _project_totals(tables, *_PROJECT_TABLES).filter(FUND == Fund.ALL)
    current = lists.filter(pl.col("statement") == Statement.PROJECT_EXPENDITURE)
    return line_answers(
        against(
            left,
            lists.join(current, on=_DOCUMENT, how="semi"),
            _DOCUMENT,
            statement=Statement.EXPENDITURE_SUMMARY,
        ),
    )


def _project_totals(tables: CanonicalTables, *statements: Statement) -> pl.LazyFrame:
    """The top line of a list of projects: its total, else its rows of units, else its projects."""
    facts = printed_facts(tables, among(pl.col("statement"), [*statements]))
    on = ["document_id", "statement"]
    is_unit = pl.col("classification") == Classification.UNIT
    totals = facts.filter(IS_TOTAL)
    units = facts.filter(is_unit, ~IS_TOTAL).join(totals, on=on, how="anti")
    above = pl.concat([totals, units])
    items = facts.filter(pl.col("classification") == Classification.PROJECT, ~IS_TOTAL)
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
    why=(
        "每本预算的项目都应能在项目表找到，差额就是看不到内容的支出。",
        "Every project of a fund should be in the list; the difference is spending without a visible content.",
    ),
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
        FLOW == Flow.EXPENDITURE,
        IS_TOTAL,
        COMPONENT == Component.PROJECT,
    )
    right = _project_totals(tables, Statement.PROJECT_EXPENDITURE)
    listed = left.join(_read(tables, Statement.PROJECT_EXPENDITURE), on=_DOCUMENT, how="semi")
    funds = right.filter(among(FUND, FISCAL_FUNDS)).with_columns(
        statement=FUND.replace_strict(
            {str(fund): str(statement) for statement, fund in _PROJECTS_BY_FUND.items()},
            return_dtype=pl.String,
        )
    )
    compared = against(listed, funds, ["document_id", "statement", "fund"], blank_is_none=True)
    return line_answers(compared)


# --- operating and three public expenses --------------------------------------------------


@rule(
    "X-OPERATING",
    title=("机关运行经费与公用经费相等", "Operating expenses are the public part of the basic"),
    equation="机关运行经费 = 一般公共预算基本支出中的公用经费",
    why=(
        "机关运行经费就是基本支出里的公用部分，不等说明统计口径有选择。",
        "Operating expenses are by definition the public part of basic expenditure; a difference means another definition was used.",
    ),
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
    """The total of the statement; its rows where it prints no total.

    Where basic expenditure has no columns of personnel and public expenses, the public part is
    that of the classes. Such layouts also count projects of the office as its operation, and
    nothing says so: a difference is then ``insufficient``.
    """
    facts = statement_facts(tables, Statement.OPERATING_EXPENSES, among(FUND, WHOLE_FUNDS))
    totals = facts.filter(IS_TOTAL)
    left = pl.concat([totals, facts.filter(~IS_TOTAL).join(totals, on=_DOCUMENT, how="anti")])
    basic = statement_facts(tables, Statement.BASIC_EXPENDITURE)
    is_public = COMPONENT == Component.PUBLIC
    right = with_basic_parts(basic).filter(IS_TOTAL, is_public)
    stated = basic.filter(is_public).select(*_DOCUMENT, is_stated=pl.lit(value=True)).unique()
    compared = against(left, right, _DOCUMENT, statement=Statement.OPERATING_EXPENSES).join(
        stated, on="document_id", how="left"
    )
    is_apart = (pl.col("amount_yuan") - pl.col("computed")).abs() > pl.col("tolerance")
    is_open = is_apart & pl.col("is_stated").is_null()
    return line_answers(
        compared,
        outcome=pl.when(is_open).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(is_open).then(pl.lit("公用经费按经济科目推算，机关运行经费口径可能不同")),
        note_en=pl.when(is_open).then(
            pl.lit("the public part follows from the classes, and the scope may be another")
        ),
    )


_ECONOMIC_OF_THREE_PUBLIC = {
    "30212": ThreePublic.ABROAD,
    "30217": ThreePublic.RECEPTION,
    "30231": ThreePublic.VEHICLE_OPERATION,
}


@rule(
    "X-THREE-PUBLIC",
    title=("基本支出中的“三公”经费不超过“三公”经费表", "Basic three public expenses are a part"),
    equation="基本支出 {30212, 30217, 30231} ≤ “三公”经费 {出国, 接待, 公车运行}",
    why=(
        "基本支出里的“三公”费用超过“三公”经费表，说明公开的控制数少列了。",
        "If the accounts hold more of these expenses than their own statement, the published figure leaves some out.",
    ),
    family=_FAMILY,
    statements=(Statement.BASIC_EXPENDITURE,),
    reads=(Statement.THREE_PUBLIC_EXPENSES,),
    source="the statement of three public expenses covers basic and project expenditure",
    catalogue=("X10", "D7"),
    computed=("“三公”经费表该项", "the statement of three public expenses prints"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def three_public(tables: CanonicalTables) -> pl.LazyFrame:
    """The economic lines of the three public expenses; the difference is paid by projects."""
    left = statement_facts(
        tables, Statement.BASIC_EXPENDITURE, IS_WHOLE, among(CODE, list(_ECONOMIC_OF_THREE_PUBLIC))
    )
    printed = statement_facts(tables, Statement.THREE_PUBLIC_EXPENSES)
    right = (
        printed.filter(among(FUND, WHOLE_FUNDS))
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
    left = left.join(_read(tables, Statement.THREE_PUBLIC_EXPENSES), on="document_id", how="semi")
    compared = against(left, right.join(left, on=on, how="semi"), on, blank_is_none=True)
    return line_answers(compared)
