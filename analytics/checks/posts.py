"""Vehicles and staff: in use or in post, by kind, and against what is approved."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among, chosen, printed_facts
from analytics.checks.claims import claim_answers, claim_verdict, claims_with_half, first_claims
from analytics.checks.counts import OF_COUNT, spoken, whole_and_kinds
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.schema.vocabularies import Fund, Severity, Statement, ThreePublic, Topic

__all__ = ["staff_kinds", "staff_posts", "vehicle_kinds", "vehicle_operation", "vehicle_posts"]

_FAMILY = Family.NARRATIVE
_code = pl.col("code")

_is_vehicle_kind = _code.str.starts_with("vehicle_") & (_code != "vehicle_posts")


@rule(
    "N-VEHICLE-KINDS",
    title=("公务用车实有数等于各类车辆之和", "Kinds of vehicles make their number"),
    equation="实有 = Σ kinds of vehicles",
    why=(
        "车辆数是运行费的依据，各类之和不等于总数时费用无从核对。",
        "Running costs rest on the number of vehicles; if the kinds do not add up, the costs cannot be checked.",
    ),
    family=_FAMILY,
    statements=(Topic.STATE_ASSETS,),
    catalogue=("N11",),
    printed=("文字写", "the text says"),
    computed=("各类之和", "the kinds make"),
)
def vehicle_kinds(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated number of vehicles against the kinds listed with it."""
    said = spoken(tables, Topic.STATE_ASSETS, OF_COUNT)
    return whole_and_kinds(said, _code == "vehicles", _is_vehicle_kind, by=["document_id"])


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
    why=(
        "车辆超过编制是公车管理明令禁止的。",
        "Rules on official vehicles do not allow more of them than posts.",
    ),
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
    said = spoken(tables, Topic.STATE_ASSETS, OF_COUNT)
    return _limited(said, "vehicles", _code == "vehicle_posts", by=["document_id"])


@rule(
    "N-VEHICLE-OPERATION",
    title=("有无公务用车与运行维护费相符", "Vehicles and their operating expenses go together"),
    equation="实有车辆 = 0 ⇔ 公务用车运行维护费 = 0",
    why=(
        "没有车却有运行费，或有车而没有运行费，说明车辆或费用有一项没有如实列出。",
        "Costs without vehicles, or vehicles without costs, mean that one of the two is not fully shown.",
    ),
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
    stated = first_claims(
        claims_with_half(tables, about, operation, pl.col("value_yuan").is_not_null()),
        ["document_id"],
    ).select("document_id", stated_cost="value_yuan")
    frame = (
        spoken(tables, Topic.STATE_ASSETS, OF_COUNT)
        .filter(_code == "vehicles")
        .join(facts, on="document_id", how="left")
        .join(stated, on="document_id", how="left")
        .with_columns(cost=pl.coalesce("cost", "stated_cost"))
    )
    has_cars, has_cost = pl.col("amount") > 0, pl.col("cost") > 0
    return claim_verdict(
        frame.filter(pl.col("cost").is_not_null()),
        has_cars == has_cost,
        ("有无公务用车与有无运行维护费相符", "there are both vehicles and expenses, or neither"),
        (
            "有公务用车而无运行维护费，或无车而有费",
            "there are vehicles or expenses without the other",
        ),
        key=["statement", "code"],
    )


@rule(
    "N-STAFF-KINDS",
    title=("实有人员等于公务员与工勤之和", "Civil servants and workers make the staff"),
    equation="实有人员 = 公务员 + 工勤人员, of each body",
    why=(
        "人数是人员经费的依据，分类之和不等于总数时经费也难以核对。",
        "Personnel costs rest on the number of people; if the kinds do not add up, neither can the costs be checked.",
    ),
    family=_FAMILY,
    statements=(Topic.STAFFING,),
    catalogue=("N0",),
    printed=("文字写", "the text says"),
    computed=("公务员与工勤之和", "the kinds make"),
)
def staff_kinds(tables: CanonicalTables) -> pl.LazyFrame:
    """Staff in post of each body against its kinds; ``insufficient`` where none is stated."""
    said = spoken(tables, Topic.STAFFING, OF_COUNT)
    return whole_and_kinds(
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
    why=(
        "实有人员多于编制，意味着超编用人或数字有误，都会增加经费。",
        "More staff than posts means hiring beyond what was granted, or a wrong figure; either affects the money.",
    ),
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
    said = spoken(tables, Topic.STAFFING, OF_COUNT)
    return _limited(
        said, "staff_in_post", _code.str.starts_with("posts"), by=["document_id", "name"]
    )
