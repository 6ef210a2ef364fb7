"""Totals and their kinds in the narrative: procurement, projects, vehicles, staff."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, among, chosen, printed_facts
from analytics.checks.claims import claim_answers, claim_half, claims_with_half
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.schema.vocabularies import (
    Classification,
    Fund,
    LineCode,
    Outcome,
    Severity,
    Statement,
    ThreePublic,
    Topic,
)

__all__: list[str] = []

_FAMILY = Family.NARRATIVE
_code = pl.col("code")


# --- totals and their kinds ---------------------------------------------------------------

_OF_MONEY = ("value_yuan", "value_step_yuan", "万元")
_OF_COUNT = ("value", "value_step", None)


def _spoken(
    tables: CanonicalTables, topic: Topic, measure: tuple[str, str, str | None]
) -> pl.LazyFrame:
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
        .sort("block", "row", "column")
        .unique(["document_id", "name", "code", "unit_text"], keep="first", maintain_order=True)
    )


def _whole_and_kinds(
    said: pl.LazyFrame,
    whole: pl.Expr,
    kinds: pl.Expr,
    *,
    by: list[str],
    wanted: int = 1,
    about: tuple[str, str] = ("", ""),
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
        about_zh=about[0],
        about_en=about[1],
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
    family=_FAMILY,
    statements=(Topic.PROCUREMENT,),
    source="government procurement law: goods, works and services",
    catalogue=("N9",),
    printed=("文字写", "the text says"),
    computed=("三类之和", "the three kinds make"),
)
def procurement(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated total against its three kinds."""
    return _whole_and_kinds(
        _spoken(tables, Topic.PROCUREMENT, _OF_MONEY),
        _code == "total",
        among(_code, ["goods", "works", "services"]),
        by=["document_id"],
        wanted=3,
        measure_unit="yuan",
    )


_KINDS_OF_PROJECT = ["other_operating", "specific_target"]


def _by_project_type(tables: CanonicalTables, measure: tuple[str, str, str | None]) -> pl.LazyFrame:
    """Each set of projects the narrative speaks of, against its types."""
    return _whole_and_kinds(
        _spoken(tables, Topic.PERFORMANCE, measure),
        _code == "total",
        among(_code, _KINDS_OF_PROJECT),
        by=["document_id", "name"],
        wanted=len(_KINDS_OF_PROJECT),
        measure_unit="yuan" if measure is _OF_MONEY else "1",
    )


@rule(
    "N-PROJECT-TYPES",
    title=("项目总数等于各类项目之和", "Types of projects make their number"),
    equation="number of projects = 其他运转类 + 特定目标类",
    family=_FAMILY,
    statements=(Topic.PERFORMANCE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("各类之和", "the types make"),
)
def project_types(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated number of projects, once for each set that the narrative speaks of."""
    return _by_project_type(tables, _OF_COUNT)


@rule(
    "N-PROJECT-TYPES-MONEY",
    title=("项目总金额等于各类项目之和", "Types of projects make their money"),
    equation="money of projects = 其他运转类 + 特定目标类",
    family=_FAMILY,
    statements=(Topic.PERFORMANCE,),
    catalogue=("N10",),
    printed=("文字写", "the text says"),
    computed=("各类之和", "the types make"),
)
def project_types_money(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated money of projects, once for each set that the narrative speaks of."""
    return _by_project_type(tables, _OF_MONEY)


def _all_projects(tables: CanonicalTables, measure: tuple[str, str, str | None]) -> pl.LazyFrame:
    said = _spoken(tables, Topic.PERFORMANCE, measure)
    return said.filter(_code == "total")


def _counted(
    tables: CanonicalTables, counts: pl.LazyFrame, sentence: tuple[str, str]
) -> pl.LazyFrame:
    unknown = pl.col("computed").is_null()
    return claim_answers(
        _all_projects(tables, _OF_COUNT)
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
        _all_projects(tables, _OF_MONEY)
        .join(listed, on="document_id", how="left")
        .with_columns(tolerance=pl.col("own_half") + pl.col("listed_half").fill_null(0)),
        key=["statement", "name", "code", "unit_text"],
        printed="amount",
    )


# --- vehicles and staff -------------------------------------------------------------------

_is_vehicle_kind = _code.str.starts_with("vehicle_") & (_code != "vehicle_posts")


@rule(
    "N-VEHICLE-KINDS",
    title=("公务用车实有数等于各类车辆之和", "Kinds of vehicles make their number"),
    equation="实有 = Σ kinds of vehicles",
    family=_FAMILY,
    statements=(Topic.STATE_ASSETS,),
    catalogue=("N11",),
    printed=("文字写", "the text says"),
    computed=("各类之和", "the kinds make"),
)
def vehicle_kinds(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated number of vehicles against the kinds listed with it."""
    said = _spoken(tables, Topic.STATE_ASSETS, _OF_COUNT)
    return _whole_and_kinds(said, _code == "vehicles", _is_vehicle_kind, by=["document_id"])


def _limited(said: pl.LazyFrame, what: str, limit: pl.Expr, *, by: list[str]) -> pl.LazyFrame:
    limits = said.filter(limit).group_by(*by).agg(computed=pl.col("amount").sum())
    return claim_answers(
        said.filter(_code == what)
        .join(limits, on=by, how="left", nulls_equal=True)
        .with_columns(tolerance=pl.lit(0)),
        key=["statement", "name", "code"],
        printed="amount",
        measure_unit="1",
        note_zh=pl.when(pl.col("computed").is_null()).then(pl.lit("没有写明编制数")),
        note_en=pl.when(pl.col("computed").is_null()).then(pl.lit("the posts are not stated")),
    )


@rule(
    "N-VEHICLE-POSTS",
    title=("公务用车实有数不超过编制数", "Vehicles do not exceed their posts"),
    equation="实有 ≤ 编制",
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.STATE_ASSETS,),
    source="rules on official vehicles: none beyond the posts approved",
    catalogue=("N11",),
    printed=("实有", "in use"),
    computed=("编制", "posts approved"),
    relation=Relation.AT_MOST,
)
def vehicle_posts(tables: CanonicalTables) -> pl.LazyFrame:
    """Vehicles in use against the posts approved."""
    said = _spoken(tables, Topic.STATE_ASSETS, _OF_COUNT)
    return _limited(said, "vehicles", _code == "vehicle_posts", by=["document_id"])


@rule(
    "N-VEHICLE-OPERATION",
    title=("有无公务用车与运行维护费相符", "Vehicles and their operating expenses go together"),
    equation="实有车辆 = 0 ⇔ 公务用车运行维护费 = 0",
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.STATE_ASSETS,),
    reads=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("N11",),
)
def vehicle_operation(tables: CanonicalTables) -> pl.LazyFrame:
    """Vehicles at the end of last year beside this year's operating expenses, both zero or not.

    The expenses are those of the statement; where it leaves the line blank, those the narrative
    states.
    """
    operation = _code == ThreePublic.VEHICLE_OPERATION
    about = pl.col("statement") == Statement.THREE_PUBLIC_EXPENSES
    facts = chosen(
        printed_facts(tables, about, operation, pl.col("fund") == Fund.FISCAL_APPROPRIATION),
        ["document_id"],
    ).select("document_id", cost="amount_yuan")
    stated = (
        claims_with_half(tables, about, operation, pl.col("value_yuan").is_not_null())
        .sort("block", "row", "column")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", stated_cost="value_yuan")
    )
    frame = (
        _spoken(tables, Topic.STATE_ASSETS, _OF_COUNT)
        .filter(_code == "vehicles")
        .join(facts, on="document_id", how="left")
        .join(stated, on="document_id", how="left")
        .with_columns(cost=pl.coalesce("cost", "stated_cost"))
    )
    has_cars, has_cost = pl.col("amount") > 0, pl.col("cost") > 0
    return claim_answers(
        frame,
        key=["statement", "code"],
        printed=None,
        computed=None,
        tolerance=None,
        outcome=pl.when(has_cost.is_null())
        .then(pl.lit(str(Outcome.INSUFFICIENT)))
        .when(has_cars == has_cost)
        .then(pl.lit(str(Outcome.PASS)))
        .otherwise(pl.lit(str(Outcome.FAIL))),
        note_zh=pl.when(has_cost.is_null())
        .then(pl.lit("没有列示公务用车运行维护费"))
        .when(has_cars & has_cost)
        .then(pl.lit("有公务用车，也列有运行维护费"))
        .when(has_cars)
        .then(pl.lit("有公务用车，却没有运行维护费"))
        .when(has_cost)
        .then(pl.lit("没有公务用车，却列有运行维护费"))
        .otherwise(pl.lit("没有公务用车，也没有运行维护费")),
        note_en=pl.when(has_cost.is_null())
        .then(pl.lit("no operating expenses of vehicles are printed"))
        .when(has_cars & has_cost)
        .then(pl.lit("there are vehicles and operating expenses"))
        .when(has_cars)
        .then(pl.lit("there are vehicles but no operating expenses"))
        .when(has_cost)
        .then(pl.lit("there are no vehicles but operating expenses"))
        .otherwise(pl.lit("there are neither vehicles nor operating expenses")),
    )


@rule(
    "N-STAFF-KINDS",
    title=("实有人员等于公务员与工勤之和", "Civil servants and workers make the staff"),
    equation="实有人员 = 公务员 + 工勤人员, of each body",
    family=_FAMILY,
    statements=(Topic.STAFFING,),
    catalogue=("N0",),
    printed=("文字写", "the text says"),
    computed=("公务员与工勤之和", "the kinds make"),
)
def staff_kinds(tables: CanonicalTables) -> pl.LazyFrame:
    """Staff in post of each body against its kinds; ``insufficient`` where none is stated."""
    said = _spoken(tables, Topic.STAFFING, _OF_COUNT)
    return _whole_and_kinds(
        said,
        _code == "staff_in_post",
        among(_code, ["civil_servants", "workers"]),
        by=["document_id", "name"],
        wanted=2,
    )


@rule(
    "N-STAFF-POSTS",
    title=("实有人员不超过编制", "Staff does not exceed its posts"),
    equation="实有人员 ≤ 编制, of each body",
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Topic.STAFFING,),
    source="rules on posts of administrative and public bodies",
    catalogue=("N0",),
    printed=("实有", "in post"),
    computed=("编制", "posts approved"),
    relation=Relation.AT_MOST,
)
def staff_posts(tables: CanonicalTables) -> pl.LazyFrame:
    """Staff in post of each body against its posts of every kind."""
    said = _spoken(tables, Topic.STAFFING, _OF_COUNT)
    return _limited(
        said, "staff_in_post", _code.str.starts_with("posts"), by=["document_id", "name"]
    )
