"""The narrative against the statements: what sentences say of amounts, changes and growth."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.checks.answers import NUMBER, among, answers, chosen, printed_facts, statement_label
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import number_text
from analytics.schema.vocabularies import (
    Classification,
    Fund,
    LineCode,
    Outcome,
    Severity,
    Statement,
    ThreePublic,
)

__all__ = ["SPOKEN_OF", "claim_answers", "claim_half", "claims_with_half"]

_FAMILY = Family.NARRATIVE

SPOKEN_OF = (
    Statement.BUDGET_SUMMARY,
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.BASIC_EXPENDITURE,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.OPERATING_EXPENSES,
)
"""The statements that the narrative of a disclosure must explain."""

_CHANGING = (
    Statement.BUDGET_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.OPERATING_EXPENSES,
)
_SUBJECT = ["document_id", "statement", "flow", "classification", "code", "fund", "component"]
_KEY = [
    "statement",
    "flow",
    "classification",
    "code",
    "fund",
    "component",
    "block",
    "row",
    "column",
]


def claim_half(step: str) -> pl.Expr:
    """Half of a printed step; a step that is not known takes nothing away."""
    return pl.col(step).cast(NUMBER).fill_null(0) * pl.lit(0.5, dtype=NUMBER)


def claims_with_half(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """The claims about the document's own year, with ``level_half`` and ``change_half`` in yuan."""
    own_year = tables.documents.select("document_id", pl.col("fiscal_year").alias("own_year"))
    return (
        tables.claims.filter(*conditions)
        .join(own_year, on="document_id")
        .filter(pl.col("fiscal_year") == pl.col("own_year"))
        .with_columns(
            level_half=claim_half("value_step_yuan"),
            change_half=claim_half("change_step_yuan"),
            step=pl.when(pl.col("value_step_yuan") > 0).then("value_step_yuan"),
            unit_text=pl.lit("万元"),
        )
    )


def claim_answers(
    frame: pl.LazyFrame,
    *,
    about_zh: str = "",
    about_en: str = "",
    key: Sequence[str] = _KEY,
    **columns: pl.Expr | str | None,
) -> pl.LazyFrame:
    """Claims as answers: the subject is the statement and the name that the sentence gives it."""
    name = pl.coalesce("name", "code", pl.lit(""))
    measure = columns.pop("measure_unit", None)
    return answers(
        frame,
        key=key,
        subject=pl.format(f"{{}}“{{}}”{about_zh}", statement_label("zh"), name),
        subject_en=pl.format(f"{{}}, “{{}}”{about_en}", statement_label("en"), name),
        sentence="sentence",
        measure_unit=measure if isinstance(measure, str) else "yuan",
        **columns,  # type: ignore[arg-type]
    )


def _lit(text: str) -> pl.Expr:
    return pl.lit(str(text))


@rule(
    "N-LEVEL",
    title=("文字所述金额与报表一致", "Stated amounts agree with the statements"),
    equation="stated amount = the figure of the statement that it speaks of",
    family=_FAMILY,
    statements=SPOKEN_OF,
    catalogue=("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"),
    printed=("文字写", "the text says"),
    computed=("报表列示", "the statement prints"),
)
def level(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated amount, joined to the figure with the same statement, code, fund and component.

    A stated zero agrees with a blank cell. Where the statement prints no such figure, an amount
    other than zero contradicts a blank of a line that is always there (balances, funds, three
    public expenses) and is ``insufficient`` for any other line.
    """
    stated = claims_with_half(
        tables, pl.col("value_yuan").is_not_null(), among(pl.col("statement"), [*SPOKEN_OF])
    )
    facts = chosen(printed_facts(tables), _SUBJECT).select(
        *_SUBJECT, "amount_yuan", "half", "is_suspect", fact_unit="unit_text", fact_step="step"
    )
    present = (
        tables.statements.filter(pl.col("presence") != "missing")
        .select("document_id", "statement", is_present=pl.lit(True))
        .unique()
    )
    always = among(pl.col("code"), [*LineCode, *ThreePublic, *Fund])
    blank = pl.col("amount_yuan").is_null()
    is_there = pl.col("is_present").fill_null(False)
    as_none = blank & is_there & ((pl.col("value_yuan") == 0) | always)
    unknown = blank & ~as_none
    return claim_answers(
        stated.join(facts, on=_SUBJECT, how="left", nulls_equal=True)
        .join(present, on=["document_id", "statement"], how="left")
        .with_columns(
            computed=pl.when(as_none).then(pl.lit(0)).otherwise("amount_yuan"),
            tolerance=pl.col("level_half") + pl.col("half").fill_null(0),
            step=pl.min_horizontal("step", "fact_step"),
            unit_text=pl.coalesce("fact_unit", "unit_text"),
        ),
        printed="value_yuan",
        is_suspect="is_suspect",
        outcome=pl.when(unknown).then(_lit(Outcome.INSUFFICIENT)),
        note_zh=pl.when(unknown)
        .then(_lit("报表中没有与文字所述对应的数"))
        .when(as_none)
        .then(_lit("报表该处空白")),
        note_en=pl.when(unknown)
        .then(_lit("the statement prints no figure for what the text names"))
        .when(as_none)
        .then(_lit("the cell is blank")),
    )


def _changing(tables: CanonicalTables) -> pl.LazyFrame:
    """Claims with what growth needs; a level no sentence states comes from the statement."""
    stated = claims_with_half(tables)
    facts = chosen(printed_facts(tables), _SUBJECT).select(
        *_SUBJECT, fact_yuan="amount_yuan", fact_half="half"
    )
    return stated.join(facts, on=_SUBJECT, how="left", nulls_equal=True).with_columns(
        level=pl.coalesce("value_yuan", "fact_yuan").cast(pl.Float64),
        level_half=pl.when(pl.col("value_yuan").is_null())
        .then("fact_half")
        .otherwise("level_half")
        .cast(pl.Float64),
        change=pl.col("change_yuan").cast(pl.Float64),
        change_half=pl.col("change_half").cast(pl.Float64),
    )


@rule(
    "N-GROWTH",
    title=("增减率与增减额一致", "Growth follows from the stated change"),
    equation="增减率 = change ÷ (level − change)",
    family=_FAMILY,
    statements=_CHANGING,
    catalogue=("N1", "N5", "N8"),
    printed=("文字写增减", "the text prints"),
    computed=("按增减额计算为", "the stated change makes"),
)
def growth(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated percentage of growth, recomputed from the stated change and level.

    The tolerance is what the printed precision of level, change and percentage leaves together.
    Where last year's amount is zero there is no growth to state, and a percentage fails. Where
    the printed number is a hundredth of the computed one the message says so: a fraction was
    printed with a percent sign.
    """
    said = _changing(tables).filter(pl.col("change_share").is_not_null() | (pl.col("change") != 0))
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
        step=pl.coalesce("change_share_step", pl.lit(0.0001)),
        unit_text=pl.lit("%"),
    )
    hundredth = (pl.col("computed") / 100 - pl.col("change_share")).abs() <= pl.col("step") / 2
    slipped = hundredth & (
        (pl.col("computed") - pl.col("change_share")).abs() > pl.col("tolerance")
    )
    unsaid = pl.col("change_share").is_null()
    follows = number_text(pl.col("computed"), pl.col("unit_text"), pl.col("step"))
    baseless = pl.col("no_base").fill_null(False)
    return claim_answers(
        frame,
        about_zh="增减率",
        about_en=", growth",
        printed="change_share",
        measure_unit="share",
        outcome=pl.when(baseless & unsaid)
        .then(_lit(Outcome.NOT_APPLICABLE))
        .when(baseless)
        .then(_lit(Outcome.FAIL))
        .when(unsaid)
        .then(_lit(Outcome.NOT_APPLICABLE)),
        note_zh=pl.when(baseless)
        .then(_lit("上年数为零，增减率没有意义"))
        .when(unsaid)
        .then(
            pl.format(
                "文字只写增减额，未写增减率（按增减额计算为{}）",
                follows,
            )
        )
        .when(slipped)
        .then(_lit("列示值恰为计算值的百分之一，可能漏乘100%")),
        note_en=pl.when(baseless)
        .then(_lit("last year's amount is zero, so there is no growth rate"))
        .when(unsaid)
        .then(
            pl.format(
                "the text states a change but no percentage ({} follows)",
                follows,
            )
        )
        .when(slipped)
        .then(_lit("the printed number is a hundredth of it: a fraction printed as a percentage")),
    )


@rule(
    "N-CHANGE-SIGN",
    title=("增减方向前后一致", "Direction of change and growth agree"),
    equation="sign(change) = sign(growth)",
    family=_FAMILY,
    statements=_CHANGING,
    catalogue=("N1",),
    absent=Outcome.NOT_APPLICABLE,
)
def change_sign(tables: CanonicalTables) -> pl.LazyFrame:
    """Claims that state both a change and a growth that are not zero."""
    said = claims_with_half(tables).filter(pl.col("change_yuan") != 0, pl.col("change_share") != 0)
    same = pl.col("change_yuan").cast(pl.Float64).sign() == pl.col("change_share").sign()
    return claim_answers(
        said,
        printed=None,
        computed=None,
        tolerance=None,
        step=None,
        unit_text=None,
        outcome=pl.when(same).then(_lit(Outcome.PASS)).otherwise(_lit(Outcome.FAIL)),
        note_zh=pl.when(same)
        .then(_lit("增减额与增减率方向一致"))
        .otherwise(_lit("增减额与增减率方向相反")),
        note_en=pl.when(same)
        .then(_lit("change and growth have the same direction"))
        .otherwise(_lit("change and growth have opposite directions")),
    )


@rule(
    "N-UNCHANGED",
    title=("“与上年相同”者没有增减", "What is said to be unchanged has no change"),
    equation="与上年预算数相同 ⇒ change = 0",
    family=_FAMILY,
    statements=_CHANGING,
    catalogue=("N7",),
    printed=("文字写与上年相同，又写增减", "said to be unchanged, and to change by"),
    computed=("应为", "which should be"),
    absent=Outcome.NOT_APPLICABLE,
)
def unchanged(tables: CanonicalTables) -> pl.LazyFrame:
    """Subjects said to be the same as last year; every change stated of them must be zero."""
    said = claims_with_half(tables)
    largest = (
        said.filter(pl.col("change_yuan").is_not_null())
        .sort(pl.col("change_yuan").abs(), descending=True)
        .group_by(_SUBJECT, maintain_order=True)
        .agg(moved=pl.col("change_yuan").first(), moved_half=pl.col("change_half").first())
    )
    frame = (
        said.filter("is_unchanged")
        .join(largest, on=_SUBJECT, how="left", nulls_equal=True)
        .with_columns(
            computed=pl.lit(0),
            printed=pl.col("moved").fill_null(0),
            tolerance=pl.col("moved_half").fill_null(0),
        )
    )
    calm = pl.col("moved").fill_null(0) == 0
    return claim_answers(
        frame,
        printed=pl.when(~calm).then("printed"),
        outcome=pl.when(calm).then(_lit(Outcome.PASS)),
        note_zh=pl.when(calm).then(_lit("文字写与上年相同，未写增减额")),
        note_en=pl.when(calm).then(_lit("said to be unchanged, and no change is stated")),
    )


@rule(
    "N-REASON",
    title=("增减变动说明了原因", "Changes are explained"),
    equation="change ≠ 0 ⇒ a reason is given in the same section",
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_CHANGING,
    source="disclosure rules: changes against last year are to be explained",
    catalogue=("N1",),
    absent=Outcome.NOT_APPLICABLE,
)
def reason(tables: CanonicalTables) -> pl.LazyFrame:
    """One answer a statement whose total is said to have changed: is a cause named with it?"""
    said = claims_with_half(tables)
    about = ["document_id", "statement"]
    given = (
        said.filter(pl.col("reason").str.len_chars() > 0)
        .select(*about, is_given=pl.lit(True))
        .unique()
    )
    moved = (
        said.filter(pl.col("change_yuan") != 0)
        .sort("block", "row", "column")
        .unique(about, keep="first", maintain_order=True)
        .join(given, on=about, how="left")
    )
    has_reason = pl.col("is_given").fill_null(False)
    return claim_answers(
        moved,
        key=["statement"],
        printed=None,
        computed=None,
        tolerance=None,
        step=None,
        unit_text=None,
        outcome=pl.when(has_reason).then(_lit(Outcome.PASS)).otherwise(_lit(Outcome.FAIL)),
        note_zh=pl.when(has_reason)
        .then(_lit("写明了变动原因"))
        .otherwise(_lit("写了增减额，未写变动原因")),
        note_en=pl.when(has_reason)
        .then(_lit("the change is explained"))
        .otherwise(_lit("a change is stated and no reason given")),
    )


@rule(
    "N-REPEATED",
    title=("同一指标前后一致", "The same thing is stated alike everywhere"),
    equation="every amount stated of one subject is the same",
    family=_FAMILY,
    statements=SPOKEN_OF,
    catalogue=("N-repeat",),
    printed=("文字写", "the text says"),
    computed=("另一处写", "and elsewhere"),
    absent=Outcome.NOT_APPLICABLE,
)
def repeated(tables: CanonicalTables) -> pl.LazyFrame:
    """Subjects stated more than once: the statement that is farthest from the first."""
    said = claims_with_half(
        tables, pl.col("value_yuan").is_not_null(), pl.col("code").is_not_null()
    ).sort("block", "row", "column")
    first = said.unique(_SUBJECT, keep="first", maintain_order=True)
    again = said.join(
        first.select(*_SUBJECT, first_yuan="value_yuan", first_id="claim_id"),
        on=_SUBJECT,
        nulls_equal=True,
    ).filter(pl.col("claim_id") != pl.col("first_id"))
    farthest = (
        again.with_columns(
            apart=(pl.col("value_yuan") - pl.col("first_yuan")).abs() - pl.col("level_half")
        )
        .sort("apart", descending=True)
        .unique(_SUBJECT, keep="first", maintain_order=True)
        .select(*_SUBJECT, computed="value_yuan", other_half="level_half")
    )
    return claim_answers(
        first.join(farthest, on=_SUBJECT, nulls_equal=True).with_columns(
            tolerance=pl.col("level_half") + pl.col("other_half")
        ),
        key=_SUBJECT[1:],
        printed="value_yuan",
    )


_COMPONENTS = [
    ThreePublic.ABROAD,
    ThreePublic.RECEPTION,
    ThreePublic.VEHICLE_PURCHASE,
    ThreePublic.VEHICLE_OPERATION,
]


def _three_public_claims(tables: CanonicalTables) -> pl.LazyFrame:
    """One row a document and code: level and change, zero where it is said to be unchanged."""
    return (
        claims_with_half(
            tables,
            pl.col("statement") == Statement.THREE_PUBLIC_EXPENSES,
            pl.col("classification") == Classification.THREE_PUBLIC,
        )
        .with_columns(
            moved=pl.when("is_unchanged").then(pl.lit(0)).otherwise("change_yuan").cast(NUMBER)
        )
        .sort("block", "row", "column")
        .unique(["document_id", "code"], keep="first", maintain_order=True)
        .with_columns(prior=pl.col("value_yuan").cast(NUMBER) - pl.col("moved"))
    )


def _three_public_sum(
    tables: CanonicalTables, value: str, half: pl.Expr, **text: str
) -> pl.LazyFrame:
    """The total's ``value`` against the sum over components; unknown unless all four state one."""
    said = _three_public_claims(tables).with_columns(own_half=half)
    whole = said.filter(pl.col("code") == ThreePublic.TOTAL, pl.col(value).is_not_null())
    vehicle = said.filter(pl.col("code") == ThreePublic.VEHICLE)
    in_parts = (
        said.filter(among(pl.col("code"), _COMPONENTS[2:]))
        .group_by("document_id")
        .agg(both=pl.col(value).is_not_null().sum() == 2)
        .filter("both")
    )
    parts = pl.concat(
        [
            said.filter(among(pl.col("code"), _COMPONENTS[:2])),
            said.filter(among(pl.col("code"), _COMPONENTS[2:])).join(
                in_parts, on="document_id", how="semi"
            ),
            vehicle.join(in_parts, on="document_id", how="anti"),
        ]
    )
    needed = (
        pl.when(among(pl.col("code"), _COMPONENTS[2:]))
        .then(pl.lit(1))
        .otherwise(
            pl.when(pl.col("code") == ThreePublic.VEHICLE).then(pl.lit(2)).otherwise(pl.lit(1))
        )
    )
    added = (
        parts.filter(pl.col(value).is_not_null())
        .group_by("document_id")
        .agg(total=pl.col(value).sum(), parts_half=pl.col("own_half").sum(), weight=needed.sum())
        .filter(pl.col("weight") >= len(_COMPONENTS))
    )
    return claim_answers(
        whole.join(added, on="document_id", how="left").with_columns(
            computed=pl.col("total"),
            tolerance=pl.col("own_half") + pl.col("parts_half").fill_null(0),
            step=pl.coalesce("step", "change_step_yuan"),
        ),
        printed=value,
        note_zh=pl.when(pl.col("total").is_null()).then(_lit("各分项没有都写明比上年的增减")),
        note_en=pl.when(pl.col("total").is_null()).then(
            _lit("not every item states its change against last year")
        ),
        **text,
    )


@rule(
    "N-THREE-PUBLIC-CHANGE",
    title=("“三公”经费各项增减之和等于总增减", "Changes of the three public expenses add up"),
    equation="Σ changes of the items = change of the total; “相同” is a change of 0",
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("N7",),
    printed=("合计增减", "the total changes by"),
    computed=("各项增减之和", "the items change by"),
)
def three_public_change(tables: CanonicalTables) -> pl.LazyFrame:
    """The stated change of the total; ``insufficient`` unless every item states its own."""
    return _three_public_sum(
        tables, "moved", pl.col("change_half"), about_zh="增减额", about_en=", change"
    )


@rule(
    "N-THREE-PUBLIC-PRIOR",
    title=("“三公”经费上年数推算一致", "Implied amounts of last year add up"),
    equation="Σ (level − change) of the items = level − change of the total",
    family=_FAMILY,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    catalogue=("N7",),
    printed=("按合计推算上年", "the total implies for last year"),
    computed=("按各项推算上年", "the items imply"),
)
def three_public_prior(tables: CanonicalTables) -> pl.LazyFrame:
    """Last year's total that follows from the total, and the one that follows from the items."""
    half = pl.col("change_half") + pl.col("level_half")
    return _three_public_sum(tables, "prior", half, about_zh="上年数", about_en=", last year")


@rule(
    "N-CHANGE-SCOPE",
    title=(
        "总收支变动与一般公共预算变动之差有据可查",
        "The two changes against last year reconcile",
    ),
    equation="change of the total − change of the general public budget = change of carry-over and "
    "other funds",
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
        tables, pl.col("code") == LineCode.TOTAL, pl.col("change_yuan").is_not_null()
    ).sort("flow", "block", "row", "column")
    general = totals.filter(pl.col("statement") == Statement.GENERAL_PUBLIC_EXPENDITURE)
    all_funds = (
        totals.filter(pl.col("statement") == Statement.BUDGET_SUMMARY)
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", computed="change_yuan", other_half="change_half")
    )
    rest = (pl.col("change_yuan") - pl.col("computed")).abs()
    tolerance = pl.col("change_half") + pl.col("other_half")
    gap = rest > tolerance
    amount = number_text(rest, pl.col("unit_text"), pl.col("step"))
    return claim_answers(
        general.unique("document_id", keep="first", maintain_order=True)
        .join(all_funds, on="document_id")
        .with_columns(tolerance=tolerance, step=pl.coalesce("change_step_yuan", "step")),
        key=["statement"],
        printed="change_yuan",
        outcome=pl.when(gap).then(_lit(Outcome.INSUFFICIENT)),
        note_zh=pl.when(gap).then(
            pl.format(
                "与总计的增减相差{}，应为上年结转及其他资金的变动，其上年数没有公布，无法核验",
                amount,
            )
        ),
        note_en=pl.when(gap).then(
            pl.format(
                "the rest of {} is the change of carry-over and other funds, of which last year's "
                "amount is not published",
                amount,
            )
        ),
    )
