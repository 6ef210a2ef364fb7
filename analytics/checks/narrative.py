"""The narrative against the statements and against itself, sentence by sentence."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among, chosen, printed_facts
from analytics.checks.claims import (
    CHANGING,
    SPOKEN_OF,
    SUBJECT,
    claim_answers,
    claims_with_half,
    text,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.schema.vocabularies import Fund, LineCode, Outcome, Severity, ThreePublic

__all__: list[str] = []

_FAMILY = Family.NARRATIVE


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
    facts = chosen(printed_facts(tables), SUBJECT).select(
        *SUBJECT, "amount_yuan", "half", "is_suspect", fact_unit="unit_text", fact_step="step"
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
        stated.join(facts, on=SUBJECT, how="left", nulls_equal=True)
        .join(present, on=["document_id", "statement"], how="left")
        .with_columns(
            computed=pl.when(as_none).then(pl.lit(0)).otherwise("amount_yuan"),
            tolerance=pl.col("level_half") + pl.col("half").fill_null(0),
            step=pl.min_horizontal("step", "fact_step"),
            unit_text=pl.coalesce("fact_unit", "unit_text"),
        ),
        printed="value_yuan",
        is_suspect="is_suspect",
        outcome=pl.when(unknown).then(text(Outcome.INSUFFICIENT)),
        note_zh=pl.when(unknown)
        .then(text("报表中没有与文字所述对应的数"))
        .when(as_none)
        .then(text("报表该处空白")),
        note_en=pl.when(unknown)
        .then(text("the statement prints no figure for what the text names"))
        .when(as_none)
        .then(text("the cell is blank")),
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
    first = said.unique(SUBJECT, keep="first", maintain_order=True)
    again = said.join(
        first.select(*SUBJECT, first_yuan="value_yuan", first_id="claim_id"),
        on=SUBJECT,
        nulls_equal=True,
    ).filter(pl.col("claim_id") != pl.col("first_id"))
    farthest = (
        again.with_columns(
            apart=(pl.col("value_yuan") - pl.col("first_yuan")).abs() - pl.col("level_half")
        )
        .sort("apart", descending=True)
        .unique(SUBJECT, keep="first", maintain_order=True)
        .select(*SUBJECT, computed="value_yuan", other_half="level_half")
    )
    return claim_answers(
        first.join(farthest, on=SUBJECT, nulls_equal=True).with_columns(
            tolerance=pl.col("level_half") + pl.col("other_half")
        ),
        key=SUBJECT[1:],
        printed="value_yuan",
    )


@rule(
    "N-UNCHANGED",
    title=("“与上年相同”者没有增减", "What is said to be unchanged has no change"),
    equation="与上年预算数相同 ⇒ change = 0",
    family=_FAMILY,
    statements=CHANGING,
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
        .group_by(SUBJECT, maintain_order=True)
        .agg(moved=pl.col("change_yuan").first(), moved_half=pl.col("change_half").first())
    )
    frame = (
        said.filter("is_unchanged")
        .join(largest, on=SUBJECT, how="left", nulls_equal=True)
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
        outcome=pl.when(calm).then(text(Outcome.PASS)),
        note_zh=pl.when(calm).then(text("文字写与上年相同，未写增减额")),
        note_en=pl.when(calm).then(text("said to be unchanged, and no change is stated")),
    )


@rule(
    "N-REASON",
    title=("增减变动说明了原因", "Changes are explained"),
    equation="change ≠ 0 ⇒ a reason is given in the same section",
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=CHANGING,
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
        outcome=pl.when(has_reason).then(text(Outcome.PASS)).otherwise(text(Outcome.FAIL)),
        note_zh=pl.when(has_reason)
        .then(text("写明了变动原因"))
        .otherwise(text("写了增减额，未写变动原因")),
        note_en=pl.when(has_reason)
        .then(text("the change is explained"))
        .otherwise(text("a change is stated and no reason given")),
    )
