"""Shares that the narrative states: recomputed, and added up."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, among, chosen, printed_facts
from analytics.checks.claims import claim_answers, claims_with_half, near
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.schema.vocabularies import Component, Fund, LineCode, Outcome, Statement

__all__ = ["share", "share_answers", "shares_sum"]

_FAMILY = Family.NARRATIVE
_SHARED = (
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
)
_PROJECT_BASE = "project"
_code = pl.col("code")


def _shares(tables: CanonicalTables) -> pl.LazyFrame:
    """Claims that state a share, with the amount it is taken of: ``base`` and ``base_half``.

    The base is the largest amount the narrative states of that line of the same statement, else
    the largest the statement prints; a share of "project expenditure" is taken of the project
    column of the expenditure statement. A share that a total of some funds states of "the total"
    cannot be one of itself; it is taken of the total of all funds in the summary.
    """
    stated = claims_with_half(tables)
    whole = among(pl.col("component"), [Component.TOTAL])
    facts = printed_facts(tables)
    columns = ["document_id", "statement", "share_base_code", "base", "base_half", "rank", "of"]
    claimed = stated.filter(whole, pl.col("value_yuan") > 0).with_columns(
        share_base_code=_code, base="value_yuan", base_half="level_half", rank=pl.lit(0), of="fund"
    )
    printed = facts.filter(whole).with_columns(
        share_base_code=_code, base="amount_yuan", base_half="half", rank=pl.lit(1), of="fund"
    )
    projects = (
        facts.filter(
            pl.col("statement") == Statement.EXPENDITURE_SUMMARY,
            _code == LineCode.TOTAL,
            pl.col("component") == Component.PROJECT,
        )
        .select("document_id", base="amount_yuan", base_half="half")
        .join(stated.select("document_id", "statement").unique(), on="document_id")
        .with_columns(
            share_base_code=pl.lit(_PROJECT_BASE), rank=pl.lit(0), of=pl.lit(None, pl.String)
        )
    )
    on = ["document_id", "statement", "share_base_code"]
    exact = pl.col("base").cast(NUMBER), pl.col("base_half").cast(NUMBER)
    shares = stated.filter(pl.col("share").is_not_null())
    bases = (
        pl.concat(
            [frame.select(columns).with_columns(exact) for frame in (claimed, printed, projects)]
        )
        .join(shares.select(on), on=on, how="semi")
        .sort("rank", -pl.col("base"), "base_half", "of")
        .unique(on, keep="first", maintain_order=True)
        .drop("rank")
    )
    shares = shares.join(bases, on=on, how="left")
    is_itself = (
        whole
        & (_code == LineCode.TOTAL)
        & (_code == pl.col("share_base_code"))
        & (pl.col("fund") != Fund.ALL)
        & (pl.col("fund") == pl.col("of"))
    ).fill_null(False)
    in_all = _totals_of_all(facts.filter(whole))
    based = shares.join(in_all, on=["document_id", "flow"], how="left").with_columns(
        base=pl.when(is_itself).then("all_yuan").otherwise("base"),
        base_half=pl.when(is_itself).then("all_half").otherwise("base_half"),
    )
    return tables.once("shares", based)


def _totals_of_all(facts: pl.LazyFrame) -> pl.LazyFrame:
    """The grand total of the summary by flow: ``all_yuan`` and ``all_half``."""
    totals = facts.filter(
        pl.col("statement") == Statement.BUDGET_SUMMARY,
        _code == LineCode.TOTAL,
        pl.col("fund") == Fund.ALL,
    )
    return chosen(totals, ["document_id", "flow"]).select(
        "document_id",
        "flow",
        all_yuan=pl.col("amount_yuan").cast(NUMBER),
        all_half=pl.col("half").cast(NUMBER),
    )


@rule(
    "N-SHARE",
    title=("占比与金额一致", "Shares follow from the amounts"),
    equation="share = amount ÷ the amount it is a share of",
    why=(
        "占比说明钱主要花在哪里，算错会改变读者对重点的判断。",
        "Shares say where the money mainly goes; a wrong one changes what looks important.",
    ),
    family=_FAMILY,
    statements=_SHARED,
    catalogue=("N2", "N3", "N5", "N10"),
    printed=("文字写", "the text prints"),
    computed=("按金额计算为", "the amounts make"),
)
def share(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated share, recomputed; tolerance from the printed precision of all three numbers.

    Half a step more is left, since a share that is cut off, or bent so that all of them make
    100 %, is told by ``N-LAST-DIGIT``.
    """
    return share_answers(tables)


def share_answers(tables: CanonicalTables, *, only_last_digit: bool = False) -> pl.LazyFrame:
    """The answers of ``N-SHARE``, or those that are out by the last digit only."""
    value, base = pl.col("value_yuan").cast(pl.Float64), pl.col("base").cast(pl.Float64)
    half, base_half = pl.col("level_half").cast(pl.Float64), pl.col("base_half").cast(pl.Float64)
    has_base = base > base_half
    computed = value / base
    leeway = (value + half) / (base - base_half) - computed
    half_step = pl.col("share_step").fill_null(0) / 2
    frame = _shares(tables).with_columns(
        computed=pl.when(has_base).then(computed),
        tolerance=pl.when(has_base).then(leeway + half_step),
        step=pl.when(pl.col("share_step") > 0).then("share_step").otherwise(pl.lit(0.0001)),
        unit_text=pl.lit("%"),
    )
    return claim_answers(
        near(frame, "share", half_step, only_last_digit=only_last_digit),
        about=("占比", ", share"),
        printed="share",
        measure_unit="share",
        outcome=pl.when(base == 0).then(pl.lit(str(Outcome.NOT_APPLICABLE))),
        note_zh=pl.when(~has_base.fill_null(False)).then(pl.lit("占比的基数没有列示或为零")),
        note_en=pl.when(~has_base.fill_null(False)).then(
            pl.lit("what the share is taken of is not printed, or is zero")
        ),
    )


@rule(
    "N-SHARES-SUM",
    title=("各项占比之和为100%", "Shares of a whole make 100 %"),
    equation="Σ shares = 100 %, where the amounts make the whole",
    why=(
        "占比加起来不是百分之百，说明结构里有遗漏或重复。",
        "Shares that do not make 100 % leave something out or count it twice.",
    ),
    family=_FAMILY,
    statements=_SHARED,
    catalogue=("N2", "N3", "N5"),
    printed=("各项占比之和", "the shares add up to"),
    computed=("应为", "which should be"),
)
def shares_sum(tables: CanonicalTables) -> pl.LazyFrame:
    """The shares that one sentence states of one whole.

    ``insufficient`` where the amounts listed do not make the whole, because then nobody says that
    the shares should.
    """
    group = ["document_id", "statement", "block", "row", "share_base_code"]
    summed = (
        _shares(tables)
        .sort("column", "claim_id")
        .group_by(group, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in ("page", "column", "line", "sentence", "base")),
            base_half=pl.col("base_half").first(),
            printed=pl.col("share").sum(),
            tolerance=pl.col("share_step").fill_null(0).sum() / 2,
            step=pl.col("share_step").filter(pl.col("share_step") > 0).min(),
            listed=pl.col("value_yuan").sum(),
            listed_half=pl.col("level_half").sum(),
            count=pl.len(),
        )
        .filter(pl.col("count") > 1)
    )
    gap = (pl.col("listed").cast(NUMBER) - pl.col("base")).abs()
    complete = (gap <= pl.col("listed_half") + pl.col("base_half")).fill_null(False)
    return claim_answers(
        summed.with_columns(
            name=pl.lit("各项占比"),
            code=pl.lit(None, pl.String),
            computed=pl.lit(1.0),
            unit_text=pl.lit("%"),
        ),
        key=group[1:],
        printed="printed",
        measure_unit="share",
        outcome=pl.when(~complete).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(~complete).then(pl.lit("所列各项金额不等于总额，占比之和无从核验")),
        note_en=pl.when(~complete).then(
            pl.lit("the amounts listed are not the whole, so the shares need not be either")
        ),
    )
