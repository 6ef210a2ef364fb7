"""The performance forms of projects: their names, their money, their period."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import (
    among,
    chosen,
    printed_facts,
    with_parts,
)
from analytics.checks.projects import (
    LONG_RUNNING_YEARS,
    PROJECT,
    block_label,
    both_blocks,
    form_answers,
    form_money,
    forms,
    named_together,
    said,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.expressions import worded
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Fund,
    LineCode,
    Outcome,
    Severity,
    Statement,
)

__all__ = [
    "form_listed",
    "kind_period",
    "long_running",
    "money",
    "one_year",
    "placeholder",
    "project_form",
    "sources",
    "term",
]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_code, _fund, _component = pl.col("code"), pl.col("fund"), pl.col("component")


def _listed(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """The projects that the two lists of projects print, in all funds."""
    return printed_facts(
        tables,
        among(pl.col("statement"), [Statement.PROJECT_EXPENDITURE, Statement.PROJECT_CARRYOVER]),
        pl.col("classification") == Classification.PROJECT,
        _code != LineCode.TOTAL,
        _fund == Fund.ALL,
        *conditions,
    )


@rule(
    "F-FORM-LISTED",
    title=("绩效目标表的项目列在项目表中", "Every form is a project of the list"),
    equation="projects of the forms ⊆ lines of 项目支出表",
    why=(
        "有目标表而项目表里没有的项目，看不出钱从哪里出。",
        "A project with targets that the list does not name has no visible money behind it.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("F1",),
)
def form_listed(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form, found in the list by the normal form of its name."""
    listed = _listed(tables)
    has_list = listed.select("document_id").unique()
    there = listed.select(*PROJECT, is_there=pl.lit(True)).unique()
    frame = (
        forms(tables)
        .join(has_list, on="document_id", how="semi")
        .join(there, on=PROJECT, how="left")
    )
    return said(
        frame,
        pl.col("is_there").fill_null(False),
        ("有绩效目标表，也列在项目支出表中", "has a form and is in the list of projects"),
        ("有绩效目标表，项目支出表中没有", "has a form but is not in the list of projects"),
    )


@rule(
    "F-PROJECT-FORM",
    title=("项目表的项目都有绩效目标表", "Every project of the list has a form"),
    equation="lines of 项目支出表（本年预算） ⊆ projects of the forms",
    why=(
        "没有目标表的项目，花了钱也无从评价办成了什么。",
        "Without a form nobody can judge afterwards what the money of the project has achieved.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    reads=(Statement.PROJECT_EXPENDITURE,),
    source="performance rules: every project of the budget sets targets, published with it",
    catalogue=("F1",),
)
def project_form(tables: CanonicalTables) -> pl.LazyFrame:
    """Each project of the year's list; only for documents that publish forms at all."""
    there = forms(tables).select(*PROJECT, is_there=pl.lit(True)).unique()
    has_forms = there.select("document_id").unique()
    frame = (
        chosen(_listed(tables, pl.col("statement") == Statement.PROJECT_EXPENDITURE), PROJECT)
        .join(has_forms, on="document_id", how="semi")
        .join(there, on=PROJECT, how="left")
        .with_columns(statement=pl.lit(str(Statement.PERFORMANCE_FORM)))
    )
    return said(
        frame,
        pl.col("is_there").fill_null(False),
        ("列在项目支出表中，也有绩效目标表", "is in the list of projects and has a form"),
        ("列在项目支出表中，没有绩效目标表", "is in the list of projects but has no form"),
    )


@rule(
    "F-MONEY",
    title=("年度资金等于项目表金额", "The year's money agrees with the list of projects"),
    equation="年度资金总额 = 项目支出表 (+ 上年结转 of the project)",
    why=(
        "目标表和项目表说的是同一笔钱，不一致时无法知道批准的是哪一个数。",
        "Form and list speak of the same money; where they differ nobody can tell which amount was approved.",
    ),
    family=_FAMILY,
    statements=_FORM,
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("F2",),
    printed=("年度资金", "the year's money is"),
    computed=("项目支出表列示", "the list of projects prints"),
)
def money(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form against the line of its project; carry-over is counted where that closes it."""
    this_year = pl.col("statement") == Statement.PROJECT_EXPENDITURE
    annual = form_money(tables, Component.ANNUAL)
    compared = annual.join(
        chosen(_listed(tables, this_year), PROJECT).select(
            *PROJECT, listed="amount_yuan", listed_half="half"
        ),
        on=PROJECT,
        how="left",
    ).join(
        chosen(_listed(tables, ~this_year), PROJECT).select(
            *PROJECT, carried="amount_yuan", carried_half="half"
        ),
        on=PROJECT,
        how="left",
    )
    slack = pl.col("half") + pl.col("listed_half")
    alone = (pl.col("amount_yuan") - pl.col("listed")).abs() <= slack
    with_carried = ~alone & pl.col("carried").is_not_null()
    return form_answers(
        compared.with_columns(
            computed=pl.when(with_carried)
            .then(pl.col("listed") + pl.col("carried"))
            .otherwise("listed"),
            tolerance=pl.when(with_carried).then(slack + pl.col("carried_half")).otherwise(slack),
        ),
        is_suspect="is_suspect",
        note_zh=pl.when(pl.col("listed").is_null()).then(pl.lit("项目支出表中没有这个项目")),
        note_en=pl.when(pl.col("listed").is_null()).then(
            pl.lit("the project is not in the list of projects")
        ),
    )


@rule(
    "F-SOURCES",
    title=("项目资金等于各来源之和", "Sources make the money of a project"),
    equation="资金总额 = Σ sources + 上年结转, in each block",
    why=(
        "各来源加起来不是总额，就说不清钱由谁出。",
        "If the sources do not make the total, it is not clear who pays for the project.",
    ),
    family=_FAMILY,
    statements=_FORM,
    catalogue=("F3",),
    printed=("资金总额", "the total is"),
    computed=("各来源之和", "the sources make"),
)
def sources(tables: CanonicalTables) -> pl.LazyFrame:
    """The total of each block; a blank source is none."""
    facts = printed_facts(tables, pl.col("statement") == Statement.PERFORMANCE_FORM)
    is_total = (_fund == Fund.ALL) & (pl.col("carryover_basis") != CarryoverBasis.ONLY)
    compared = with_parts(
        facts.filter(is_total),
        facts.filter(~is_total),
        ["document_id", "code", "component"],
    )
    return form_answers(
        compared,
        about=block_label("component"),
        key=worded("{}/{}", _code, _component),
        is_suspect="is_suspect",
    )


@rule(
    "F-TERM",
    title=("实施期资金不少于年度资金", "The year's money is part of the term's"),
    equation="年度资金总额 ≤ 实施期资金总额",
    why=(
        "当年的钱是全期的一部分，超过全期说明总投入少列了。",
        "The year's money is part of the term's; if it is more, the whole cost is understated.",
    ),
    family=_FAMILY,
    statements=_FORM,
    catalogue=("F4",),
    printed=("年度资金", "the year's money is"),
    computed=("实施期资金", "that of the whole term"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def term(tables: CanonicalTables) -> pl.LazyFrame:
    """Both totals of each form; not applicable where no form of a document has money of a term."""
    has_term = pl.col("computed").is_not_null().any().over("document_id")
    return form_answers(both_blocks(tables).filter(has_term), is_suspect="is_suspect")


@rule(
    "F-ONE-YEAR",
    title=("一年期项目的两栏资金相等", "A project of one year has one amount"),
    equation="项目期 = 1年 ⇒ 实施期资金总额 = 年度资金总额",
    why=(
        "只有一年的项目，全期的钱就是当年的钱，两数不等必有一误。",
        "For a project of one year the money of the term is the money of the year; two amounts cannot both be right.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    catalogue=("F4",),
    printed=("年度资金", "the year's money is"),
    computed=("实施期资金", "that of the whole term"),
    absent=Outcome.NOT_APPLICABLE,
)
def one_year(tables: CanonicalTables) -> pl.LazyFrame:
    """Projects whose period is one year."""
    return form_answers(
        both_blocks(tables).filter(pl.col("period_years") == 1), is_suspect="is_suspect"
    )


@rule(
    "F-LONG-RUNNING",
    title=("长期项目的实施期资金不止一年", "A long-running project costs more than one year"),
    equation="项目期 ≥ 50年 ⇒ 实施期资金总额 > 年度资金总额",
    why=(
        "期限几十年而资金只列一年，说明总额没有真正测算过。",
        "A term of decades with the money of one year shows that the whole cost was never worked out.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: a period such as 99 years stands for 'no end', and the money of one "
    "year is then not the money of the term",
    catalogue=("F4",),
    absent=Outcome.NOT_APPLICABLE,
)
def long_running(tables: CanonicalTables) -> pl.LazyFrame:
    """Projects whose period is so long that it stands for 'without end'.

    Those of a document that list the money of one year are named together in one answer.
    """
    more = pl.col("computed") - pl.col("amount_yuan") > pl.col("tolerance")
    long = both_blocks(tables).filter(pl.col("period_years") >= LONG_RUNNING_YEARS)
    return said(
        named_together(long.with_columns(has_more=more), ~pl.col("has_more")),
        pl.col("has_more"),
        ("实施期资金多于一年的资金", "the term has more money than one year"),
        ("项目期很长，实施期资金却等于一年的资金", "a very long term with the money of one year"),
        key=pl.col("key"),
    )


@rule(
    "F-PLACEHOLDER",
    title=("资金来源没有占位的1元", "No source is a placeholder of one yuan"),
    equation="no source of a project is 1 yuan",
    why=(
        "一元钱是占位数，说明实施期总资金没有填报真实金额。",
        "One yuan stands in for an amount that was never filled in, so that the cost of the term stays unknown.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: systems that refuse equal amounts are got around with one yuan",
    catalogue=("F4",),
)
def placeholder(tables: CanonicalTables) -> pl.LazyFrame:
    """Each block of each form that prints a source."""
    parts = printed_facts(
        tables, pl.col("statement") == Statement.PERFORMANCE_FORM, _fund != Fund.ALL
    )
    frame = chosen(
        parts.with_columns(is_one=(pl.col("amount_yuan") == 1)).sort("is_one", descending=True),
        ["document_id", "code", "component", "is_one"],
    ).sort("is_one", descending=True)
    frame = frame.unique(["document_id", "code", "component"], keep="first", maintain_order=True)
    return said(
        frame,
        ~pl.col("is_one"),
        ("各来源金额正常", "no source is one yuan"),
        (
            "有一项来源只有1元，似为占位",
            "one source is a single yuan, which looks like a placeholder",
        ),
        key=worded("{}/{}", _code, _component),
        about=block_label("component"),
    )


@rule(
    "F-KIND-PERIOD",
    title=("项目属性与项目期相符", "The kind of a project agrees with its period"),
    equation="一次性项目 ⇔ 项目期 = 1年",
    why=(
        "一次性项目若列为多年期，以后年度的支出就可能未经申请而延续。",
        "A one-off project with a period of years may go on being paid for without being asked for anew.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    catalogue=("F5",),
)
def kind_period(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form that prints both; ``insufficient`` where one is blank."""
    is_once = pl.col("kind").str.contains("一次性")
    return said(
        forms(tables),
        is_once == (pl.col("period_years") == 1),
        ("项目属性与项目期相符", "kind and period agree"),
        ("项目属性与项目期不符", "kind and period contradict each other"),
        ("项目属性或项目期没有读到", "kind or period is not printed"),
    )
