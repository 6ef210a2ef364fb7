"""Totals and their kinds in the narrative: procurement, projects, vehicles, staff."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, among, printed_facts
from analytics.checks.claims import claim_answers, claim_half, claims_with_half
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Fund,
    LineCode,
    Outcome,
    Severity,
    Statement,
    Topic,
)

__all__ = [
    "OF_COUNT",
    "OF_MONEY",
    "Measure",
    "form_count",
    "procurement",
    "procurement_limit",
    "procurement_table",
    "project_count",
    "project_money",
    "project_types",
    "project_types_money",
    "spoken",
    "whole_and_kinds",
]

_FAMILY = Family.NARRATIVE
_code = pl.col("code")


Measure = tuple[str, str, str | None]
OF_MONEY: Measure = ("value_yuan", "value_step_yuan", "万元")
"""The columns of a claim that state money: value, step, and the unit to show it in."""
OF_COUNT: Measure = ("value", "value_step", None)
"""The columns of a claim that state a number of things, in the unit the claim names."""


def spoken(tables: CanonicalTables, topic: Topic, measure: Measure) -> pl.LazyFrame:
    """Claims of a topic with ``amount``, ``own_half`` and ``unit_text``; one a name and code.

    Whole numbers of people, vehicles or projects are exact: they have no half step.
    """
    value, step, unit = measure
    half = claim_half(step)
    return (
        claims_with_half(tables, pl.col("statement") == topic, pl.col(value).is_not_null())
        .with_columns(
            amount=pl.col(value).cast(NUMBER),
            own_half=half if unit else pl.when(pl.col(step) < 1).then(half).otherwise(pl.lit(0)),
            step=pl.when(pl.col(step) > 0).then(pl.col(step).cast(NUMBER)),
            unit_text=pl.lit(unit) if unit else pl.col("unit"),
        )
        .sort("document_id", "block", "row", "column", "claim_id")
        .unique(["document_id", "name", "code", "unit_text"], keep="first", maintain_order=True)
    )


def whole_and_kinds(
    said: pl.LazyFrame,
    whole: pl.Expr,
    kinds: pl.Expr,
    *,
    by: list[str],
    wanted: int = 1,
    measure_unit: str = "1",
) -> pl.LazyFrame:
    """The whole against the sum of its kinds; ``insufficient`` where too few kinds are stated."""
    added = (
        said.filter(kinds)
        .group_by(*by, "unit_text")
        .agg(kinds=pl.col("amount").sum(), kinds_half=pl.col("own_half").sum(), count=pl.len())
    )
    compared = (
        said.filter(whole)
        .join(added, on=[*by, "unit_text"], how="left", nulls_equal=True)
        .with_columns(
            computed="kinds", tolerance=pl.col("own_half") + pl.col("kinds_half").fill_null(0)
        )
    )
    apart = (pl.col("amount") - pl.col("kinds")).abs() > pl.col("tolerance")
    unknown = pl.col("kinds").is_null() | (apart & (pl.col("count") < wanted))
    return claim_answers(
        compared,
        key=["statement", "name", "code", "unit_text"],
        printed="amount",
        measure_unit=measure_unit,
        outcome=pl.when(unknown).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(unknown).then(pl.lit("各分类没有全部写明")),
        note_en=pl.when(unknown).then(pl.lit("not every kind is stated")),
    )


@rule(
    "N-PROCUREMENT",
    title=("政府采购总额等于货物、工程、服务之和", "Goods, works and services make procurement"),
    equation="政府采购总额 = 货物 + 工程 + 服务",
    why=(
        "三类加起来不是总额，采购预算就有一部分没有说明用途。",
        "If the three kinds do not make the total, part of what is to be bought is not accounted for.",
    ),
    family=_FAMILY,
    statements=(Topic.PROCUREMENT,),
    source="government procurement law: goods, works and services",
    catalogue=("N9",),
    printed=("文字写", "the text says"),
    computed=("三类之和", "the three kinds make"),
)
def procurement(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated total against its three kinds."""
    return whole_and_kinds(
        spoken(tables, Topic.PROCUREMENT, OF_MONEY),
        _code == "total",
        among(_code, ["goods", "works", "services"]),
        by=["document_id"],
        wanted=3,
        measure_unit="yuan",
    )


@rule(
    "N-PROCUREMENT-TABLE",
    title=("文字所述政府采购与采购表一致", "Stated procurement agrees with its statement"),
    equation="stated 政府采购 (总额, 货物, 工程, 服务) = the same line of 政府采购支出表",
    why=(
        "文字和采购表说的是同一批采购，不一致时无法监督买了什么。",
        "Text and table speak of the same purchases; where they differ nobody can follow what is to be bought.",
    ),
    family=_FAMILY,
    statements=(Topic.PROCUREMENT,),
    reads=(Statement.PROCUREMENT_EXPENDITURE,),
    catalogue=("N9",),
    printed=("文字写", "the text says"),
    computed=("报表列示", "the statement prints"),
    absent=Outcome.NOT_APPLICABLE,
)
def procurement_table(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated category against its line; a category that has no line is zero.

    Not applicable where the document prints no statement of procurement, as most layouts do not.
    """
    lines = printed_facts(
        tables,
        pl.col("statement") == Statement.PROCUREMENT_EXPENDITURE,
        pl.col("fund") == Fund.ALL,
        pl.col("component") == Component.TOTAL,
    )
    printed = lines.select("document_id", "code", computed="amount_yuan", line_half="half").unique(
        ["document_id", "code"], maintain_order=True
    )
    nothing = pl.lit(0, dtype=NUMBER)
    return claim_answers(
        spoken(tables, Topic.PROCUREMENT, OF_MONEY)
        .filter(among(_code, ["total", "goods", "works", "services"]))
        .join(lines.select("document_id").unique(), on="document_id", how="semi")
        .join(printed, on=["document_id", "code"], how="left")
        .with_columns(
            computed=pl.col("computed").cast(NUMBER).fill_null(nothing),
            tolerance=pl.col("own_half") + pl.col("line_half").fill_null(0),
        ),
        key=["statement", "name", "code"],
        printed="amount",
    )


@rule(
    "N-PROCUREMENT-LIMIT",
    title=("政府采购不超过公用与项目支出", "Procurement is part of what can buy"),
    equation="政府采购总额 ≤ 公用经费 + 项目支出",
    why=(
        "采购只能用公用经费和项目支出，超出它们说明采购额没有预算来源。",
        "Purchases are paid from public expenses and projects; more than these two has no money behind it.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.PROCUREMENT,),
    reads=(Statement.EXPENDITURE_SUMMARY, Statement.BASIC_EXPENDITURE),
    source="personnel expenditure buys no goods, works or services",
    catalogue=("X16",),
    printed=("文字写", "the text says"),
    computed=("公用经费与项目支出之和", "public and project expenditure make"),
    relation=Relation.AT_MOST,
)
def procurement_limit(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated total against project expenditure and the public part of basic expenditure."""
    component = pl.col("component")
    limits = (
        printed_facts(
            tables,
            pl.col("code") == LineCode.TOTAL,
            (
                (pl.col("statement") == Statement.EXPENDITURE_SUMMARY)
                & (component == Component.PROJECT)
            )
            | (
                (pl.col("statement") == Statement.BASIC_EXPENDITURE)
                & (component == Component.PUBLIC)
            ),
        )
        .group_by("document_id")
        .agg(computed=pl.col("amount_yuan").sum(), limit_half=pl.col("half").sum())
    )
    return claim_answers(
        spoken(tables, Topic.PROCUREMENT, OF_MONEY)
        .filter(pl.col("code") == "total")
        .join(limits, on="document_id", how="left")
        .with_columns(tolerance=pl.col("own_half") + pl.col("limit_half").fill_null(0)),
        key=["statement", "name", "code"],
        printed="amount",
    )


_KINDS_OF_PROJECT = ["other_operating", "specific_target"]


def _by_project_type(tables: CanonicalTables, measure: Measure) -> pl.LazyFrame:
    """Each set of projects the narrative speaks of, against its types."""
    return whole_and_kinds(
        spoken(tables, Topic.PERFORMANCE, measure),
        _code == "total",
        among(_code, _KINDS_OF_PROJECT),
        by=["document_id", "name"],
        wanted=len(_KINDS_OF_PROJECT),
        measure_unit="yuan" if measure is OF_MONEY else "1",
    )


@rule(
    "N-PROJECT-TYPES",
    title=("项目总数等于各类项目之和", "Types of projects make their number"),
    equation="number of projects = 其他运转类 + 特定目标类",
    why=(
        "各类项目数加起来不是总数，分类就有遗漏或重复。",
        "If the types do not make the number, projects were left out or counted twice.",
    ),
    family=_FAMILY,
    statements=(Topic.PERFORMANCE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("各类之和", "the types make"),
)
def project_types(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated number of projects, once for each set that the narrative speaks of."""
    return _by_project_type(tables, OF_COUNT)


@rule(
    "N-PROJECT-TYPES-MONEY",
    title=("项目总金额等于各类项目之和", "Types of projects make their money"),
    equation="money of projects = 其他运转类 + 特定目标类",
    why=(
        "各类项目资金加起来不是总额，有一部分钱没有说明属于哪类。",
        "If the types do not make the money, a part of it belongs to no type of project.",
    ),
    family=_FAMILY,
    statements=(Topic.PERFORMANCE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("各类之和", "the types make"),
)
def project_types_money(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated money of projects, once for each set that the narrative speaks of."""
    return _by_project_type(tables, OF_MONEY)


def _all_projects(tables: CanonicalTables, measure: Measure) -> pl.LazyFrame:
    said = spoken(tables, Topic.PERFORMANCE, measure)
    return said.filter(_code == "total")


def _counted(
    tables: CanonicalTables, counts: pl.LazyFrame, sentence: tuple[str, str]
) -> pl.LazyFrame:
    unknown = pl.col("computed").is_null()
    return claim_answers(
        _all_projects(tables, OF_COUNT)
        .join(counts, on="document_id", how="left")
        .with_columns(tolerance="own_half"),
        key=["statement", "name", "code", "unit_text"],
        printed="amount",
        measure_unit="1",
        note_zh=pl.when(unknown).then(pl.lit(sentence[0])),
        note_en=pl.when(unknown).then(pl.lit(sentence[1])),
    )


@rule(
    "N-PROJECT-COUNT",
    title=("所述项目数等于项目表行数", "The number of projects agrees with the list"),
    equation="number of projects = lines of 项目支出表（本年预算）",
    why=(
        "项目数对不上，可能有项目漏列或合并，读者看不到全部项目。",
        "If the number differs from the list, a project may have been left out or merged where no reader sees it.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.PERFORMANCE,),
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("项目支出表有", "the list of projects has"),
)
def project_count(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated number of projects against the lines of the list, each project once."""
    listed = printed_facts(
        tables,
        pl.col("statement") == Statement.PROJECT_EXPENDITURE,
        pl.col("classification") == Classification.PROJECT,
        _code != LineCode.TOTAL,
    )
    counts = listed.group_by("document_id").agg(computed=_code.n_unique())
    return _counted(tables, counts, ("项目支出表没有列示项目", "no list of projects is printed"))


@rule(
    "N-FORM-COUNT",
    title=("所述项目数等于绩效目标表数", "The number of projects agrees with the forms"),
    equation="number of projects with published targets = performance forms",
    why=(
        "写明公开目标的项目数与实有表数不同，说明有的目标没有公开，或数错了。",
        "If fewer forms are there than the text says, some targets were not published or were miscounted.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.PERFORMANCE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("绩效目标表有", "the performance forms are"),
)
def form_count(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated number of projects against the forms; ``insufficient`` where none is printed."""
    counts = tables.projects.group_by("document_id").agg(computed=pl.len())
    note = ("文件没有附绩效目标表", "no performance form is printed in the document")
    return _counted(tables, counts, note)


@rule(
    "N-PROJECT-MONEY",
    title=("所述项目金额等于项目表合计", "The money of projects agrees with the list"),
    equation="money of projects = 合计 of 项目支出表（本年预算）",
    why=(
        "项目资金对不上，说明文字或项目表遗漏了支出。",
        "If the money differs from the list, either the text or the list leaves spending out.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.PERFORMANCE,),
    reads=(Statement.PROJECT_EXPENDITURE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("项目支出表合计", "the list of projects adds up to"),
)
def project_money(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated money of projects against the projects of the list added up."""
    listed = (
        printed_facts(
            tables,
            pl.col("statement") == Statement.PROJECT_EXPENDITURE,
            pl.col("classification") == Classification.PROJECT,
            pl.col("fund") == Fund.ALL,
            _code != LineCode.TOTAL,
        )
        .group_by("document_id")
        .agg(computed=pl.col("amount_yuan").sum(), listed_half=pl.col("half").sum())
    )
    return claim_answers(
        _all_projects(tables, OF_MONEY)
        .join(listed, on="document_id", how="left")
        .with_columns(tolerance=pl.col("own_half") + pl.col("listed_half").fill_null(0)),
        key=["statement", "name", "code", "unit_text"],
        printed="amount",
    )
