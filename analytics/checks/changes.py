"""Stated changes against last year: growth recomputed, changes added up and set side by side."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, among, chosen, printed_facts
from analytics.checks.claims import (
    AGAINST_LAST_YEAR,
    CHANGING,
    SUBJECT,
    claim_answers,
    claim_verdict,
    claims_with_half,
    first_claims,
    near,
    text,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import with_number_texts
from analytics.expressions import worded
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    LineCode,
    Outcome,
    Severity,
    Statement,
    ThreePublic,
)

__all__ = [
    "change_scope",
    "change_sign",
    "growth",
    "growth_answers",
    "three_public_change",
    "three_public_prior",
]

_FAMILY = Family.NARRATIVE


def _changing(tables: CanonicalTables) -> pl.LazyFrame:
    """Claims with what growth needs; a level no sentence states comes from the statement."""
    stated = claims_with_half(tables)
    spoken_of = printed_facts(tables).join(
        stated.select(SUBJECT), on=SUBJECT, how="semi", nulls_equal=True
    )
    facts = chosen(spoken_of, SUBJECT).select(
        *SUBJECT,
        fact_yuan="amount_yuan",
        fact_half="half",
        computed_figures=pl.concat_list("figure"),
    )
    together = stated.join(facts, on=SUBJECT, how="left", nulls_equal=True).with_columns(
        level=pl.coalesce("value_yuan", "fact_yuan").cast(pl.Float64),
        level_half=pl.when(pl.col("value_yuan").is_null())
        .then("fact_half")
        .otherwise("level_half")
        .cast(pl.Float64),
        change=pl.col("change_yuan").cast(pl.Float64),
        change_half=pl.col("change_half").cast(pl.Float64),
    )
    return tables.once("changing", together)


@rule(
    "N-GROWTH",
    title=("增减率与增减额一致", "Growth follows from the stated change"),
    equation="增减率 = change ÷ (level − change)",
    why=(
        "增减率是读者最先看的数，它与增减额不符会使变化显得过大或过小。",
        "The rate is what readers look at first; one that does not follow from the amounts overstates or hides a change.",
    ),
    family=_FAMILY,
    statements=CHANGING,
    catalogue=("N1", "N5", "N8"),
    printed=("文字写", "the text prints"),
    computed=("按增减额计算为", "the stated change makes"),
)
def growth(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated percentage of growth, recomputed from the stated change and level.

    Changes of restated figures are left out, since nobody prints what they are restated to. The
    tolerance is what the printed precision of level, change and percentage leaves together, and
    half a step more, since a percentage that is cut off is told by ``N-LAST-DIGIT``.
    An increase by more than the level leaves less than nothing for last year: that fails, with or
    without a percentage.
    Where last year's amount is zero there is no growth to state, and a percentage fails, unless it
    is the customary 100 % (or 0 % of no change): that is noted and not tested. Where the printed
    number is a hundredth of the computed one the message says so: a fraction was printed with a
    percent sign.
    """
    return growth_answers(tables)


def growth_answers(tables: CanonicalTables, *, only_last_digit: bool = False) -> pl.LazyFrame:
    """The answers of ``N-GROWTH``, or those that are out by the last digit only."""
    is_restated = pl.col("base_year").is_not_null() & pl.col("base_stage").is_null()
    said = _changing(tables).filter(
        pl.col("change_share").is_not_null() | (pl.col("change") != 0), ~is_restated
    )
    base = pl.col("level") - pl.col("change")
    spread = pl.col("level_half") + pl.col("change_half")
    has_base = base > spread
    computed = pl.col("change") / base
    # Growth is level ÷ base − 1: it moves by at most this when both ends move by half a step.
    leeway = (
        (pl.col("change").abs() + pl.col("change_half")) / (base - spread) - computed.abs()
    ) + pl.col("change_share_step").fill_null(0) / 2
    frame = said.with_columns(
        computed=pl.when(has_base).then(computed),
        tolerance=pl.when(has_base).then(leeway),
        no_base=pl.col("change").is_not_null() & (base.abs() <= spread),
        is_negative=((base < -spread) & (pl.col("level") >= 0)).fill_null(value=False),
        step=pl.coalesce("change_share_step", pl.lit(0.0001)),
        unit_text=pl.lit("%"),
    )
    half = pl.col("change_share_step").fill_null(0) / 2
    frame = near(frame, "change_share", half, only_last_digit=only_last_digit)
    hundredth = (pl.col("computed") / 100 - pl.col("change_share")).abs() <= pl.col("step") / 2
    slipped = hundredth & (
        (pl.col("computed") - pl.col("change_share")).abs() > pl.col("tolerance")
    )
    unsaid = pl.col("change_share").is_null()
    frame = with_number_texts(
        frame, {"follows": pl.col("computed")}, unit=pl.col("unit_text"), step=pl.col("step")
    )
    frame = with_number_texts(
        frame, {"percent": pl.col("change_share")}, unit=text("%"), step=pl.lit(0.01)
    )
    frame = with_number_texts(
        frame,
        {"moved_by": pl.col("change"), "amounts_to": pl.col("level")},
        unit=text("万元"),
        step=pl.col("change_step_yuan"),
    )
    amounts = ("moved_by", "amounts_to")
    baseless = pl.col("no_base").fill_null(False)
    customary = baseless & (
        pl.when(pl.col("change") == 0).then(0.0).otherwise(1.0) == pl.col("change_share")
    ).fill_null(False)
    return claim_answers(
        frame,
        about=("增减率", ", growth"),
        printed="change_share",
        measure_unit="share",
        outcome=pl.when("is_negative")
        .then(text(Outcome.FAIL))
        .when((baseless & unsaid) | customary)
        .then(text(Outcome.NOT_APPLICABLE))
        .when(baseless)
        .then(text(Outcome.FAIL))
        .when(unsaid)
        .then(text(Outcome.NOT_APPLICABLE)),
        note_zh=pl.when("is_negative")
        .then(worded("文字写增加{}，多于本年的{}，上年数成了负数", *amounts))
        .when(customary)
        .then(worded("上年数为零，没有增减率；文字按惯例写{}", "percent"))
        .when(baseless)
        .then(text("上年数为零，增减率没有意义"))
        .when(unsaid)
        .then(
            worded(
                "文字只写增减额，未写增减率（按增减额计算为{}）",
                "follows",
            )
        )
        .when(slipped)
        .then(text("列示值恰为计算值的百分之一，可能漏乘100%")),
        note_en=pl.when("is_negative")
        .then(
            worded("an increase of {} on a level of {} makes last year's amount negative", *amounts)
        )
        .when(customary)
        .then(
            worded("last year's amount is zero: no growth rate; {} is printed by custom", "percent")
        )
        .when(baseless)
        .then(text("last year's amount is zero, so there is no growth rate"))
        .when(unsaid)
        .then(
            worded(
                "the text states a change but no percentage ({} follows)",
                "follows",
            )
        )
        .when(slipped)
        .then(text("the printed number is a hundredth of it: a fraction printed as a percentage")),
    )


@rule(
    "N-CHANGE-SIGN",
    title=("增减方向前后一致", "Direction of change and growth agree"),
    equation="sign(change) = sign(growth)",
    why=(
        "同一句话里又增又减，读者不知道钱是多了还是少了。",
        "A sentence that says both up and down leaves open whether there is more money or less.",
    ),
    family=_FAMILY,
    statements=CHANGING,
    catalogue=("N1",),
    absent=Outcome.NOT_APPLICABLE,
)
def change_sign(tables: CanonicalTables) -> pl.LazyFrame:
    """Claims that state both a change and a growth that are not zero."""
    said = claims_with_half(tables, pl.col("change_yuan") != 0, pl.col("change_share") != 0)
    return claim_verdict(
        said,
        pl.col("change_yuan").cast(pl.Float64).sign() == pl.col("change_share").sign(),
        ("增减额与增减率方向一致", "change and growth have the same direction"),
        ("增减额与增减率方向相反", "change and growth have opposite directions"),
    )


_BESIDE_VEHICLES = [ThreePublic.ABROAD, ThreePublic.RECEPTION]
_VEHICLE_PARTS = [ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE_OPERATION]


def _three_public_sum(
    tables: CanonicalTables, value: str, half: pl.Expr, about: tuple[str, str]
) -> pl.LazyFrame:
    """A number of the total against the sum over the items; unknown unless every item states it.

    ``moved`` is the stated change, zero where an item is said to be unchanged; ``prior`` is the
    stated level less that change. Vehicles count by their two parts where both are stated.
    """
    said = first_claims(
        claims_with_half(
            tables,
            pl.col("statement") == Statement.THREE_PUBLIC_EXPENSES,
            pl.col("classification") == Classification.THREE_PUBLIC,
            AGAINST_LAST_YEAR,
        ),
        ["document_id", "code"],
    ).with_columns(
        own_half=half,
        moved=pl.when("is_unchanged").then(pl.lit(0)).otherwise("change_yuan").cast(NUMBER),
    )
    said = said.with_columns(prior=pl.col("value_yuan").cast(NUMBER) - pl.col("moved"))
    code, known = pl.col("code"), pl.col(value).is_not_null()
    by_parts = (known & among(code, _VEHICLE_PARTS)).sum().over("document_id") == 2
    in_sum = among(code, _BESIDE_VEHICLES) | pl.when(by_parts).then(
        among(code, _VEHICLE_PARTS)
    ).otherwise(code == ThreePublic.VEHICLE)
    items = pl.when(by_parts).then(4).otherwise(3)
    added = (
        said.with_columns(items=items)
        .filter(in_sum & known)
        .group_by("document_id")
        .agg(
            computed=pl.col(value).sum(),
            items_half=pl.col("own_half").sum(),
            is_whole=pl.len() == pl.col("items").first(),
        )
        .filter("is_whole")
    )
    unknown = pl.col("computed").is_null()
    return claim_answers(
        said.filter(code == ThreePublic.TOTAL, known)
        .join(added, on="document_id", how="left")
        .with_columns(
            tolerance=pl.col("own_half") + pl.col("items_half").fill_null(0),
            step=pl.coalesce("step", "change_step_yuan"),
        ),
        about=about,
        printed=value,
        note_zh=pl.when(unknown).then(text("各分项没有都写明比上年的增减")),
        note_en=pl.when(unknown).then(text("not every item states its change against last year")),
    )


@rule(
    "N-THREE-PUBLIC-CHANGE",
    title=("“三公”经费各项增减之和等于总增减", "Changes of the three public expenses add up"),
    equation="Σ changes of the items = change of the total; “相同” is a change of 0",
    why=(
        "“三公”经费最受关注，分项与合计的增减不合，控制是否落实就说不清。",
        "The three public expenses are what the public watches; if their changes do not add up, restraint cannot be shown.",
    ),
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("N7",),
    printed=("合计写", "the total is said to change by"),
    computed=("各项之和", "the items by"),
)
def three_public_change(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated change of the total; ``insufficient`` unless every item states its own."""
    return _three_public_sum(tables, "moved", pl.col("change_half"), ("增减额", ", change"))


@rule(
    "N-THREE-PUBLIC-PRIOR",
    title=("“三公”经费上年数推算一致", "Implied amounts of last year add up"),
    equation="Σ (level − change) of the items = level − change of the total",
    why=(
        "由文字倒推的上年数前后不一，上下年比较就没有可靠的基数。",
        "If the text implies two amounts for last year, there is no base to compare the year with.",
    ),
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("N7",),
    printed=("按合计推算上年", "the total implies for last year"),
    computed=("按各项推算上年", "the items imply"),
)
def three_public_prior(tables: CanonicalTables) -> pl.LazyFrame:
    """Last year's total that follows from the total, and the one that follows from the items."""
    half = pl.col("change_half") + pl.col("level_half")
    return _three_public_sum(tables, "prior", half, ("上年数", ", last year"))


@rule(
    "N-CHANGE-SCOPE",
    title=(
        "总收支变动与一般公共预算变动之差有据可查",
        "The two changes against last year reconcile",
    ),
    equation="change of the total − change of the general public budget = change of carry-over and "
    "other funds",
    why=(
        "两种口径的增减差别很大而无从解释时，读者容易被其中一个数误导。",
        "Where two changes against last year differ without an explanation, either of them may mislead.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    catalogue=("N5",),
    printed=("一般公共预算当年支出增减", "the general public budget changes by"),
    computed=("支出总计增减", "the total changes by"),
)
def change_scope(tables: CanonicalTables) -> pl.LazyFrame:
    """The change of the total beside that of the general public budget.

    They agree, or the rest is the change of what only the total contains: carry-over and other
    funds. Their amount of last year is in no sentence, so that the answer is then
    ``insufficient``, with the amount that stays unexplained.
    """
    totals = claims_with_half(
        tables,
        pl.col("code") == LineCode.TOTAL,
        pl.col("component") == Component.TOTAL,
        pl.col("flow") == Flow.EXPENDITURE,
        pl.col("change_yuan").is_not_null(),
        AGAINST_LAST_YEAR,
    )
    general = totals.filter(pl.col("statement") == Statement.GENERAL_PUBLIC_EXPENDITURE)
    all_funds = first_claims(
        totals.filter(pl.col("statement") == Statement.BUDGET_SUMMARY), ["document_id"]
    ).select("document_id", computed="change_yuan", other_half="change_half")
    rest = (pl.col("change_yuan") - pl.col("computed")).abs()
    tolerance = pl.col("change_half") + pl.col("other_half")
    gap = rest > tolerance
    frame = (
        first_claims(general, ["document_id"])
        .join(all_funds, on="document_id")
        .with_columns(tolerance=tolerance, step=pl.coalesce("change_step_yuan", "step"))
    )
    return claim_answers(
        with_number_texts(frame, {"rest": rest}, unit=pl.col("unit_text"), step=pl.col("step")),
        key=["statement"],
        printed="change_yuan",
        outcome=pl.when(gap).then(text(Outcome.INSUFFICIENT)),
        note_zh=pl.when(gap).then(
            worded(
                "与总计的增减相差{}，应为上年结转及其他资金的变动，其上年数没有公布，无法核验",
                "rest",
            )
        ),
        note_en=pl.when(gap).then(
            worded(
                "the rest of {} is the change of carry-over and other funds, of which last year's "
                "amount is not published",
                "rest",
            )
        ),
    )
