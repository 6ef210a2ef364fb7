"""What the prior year printed under other codes and by other agencies, told from its own."""

from __future__ import annotations

import polars as pl

from analytics.analysis.witnesses import LINE, choose_witness
from analytics.expressions import worded
from analytics.schema.agency_vocabularies import UnionRole
from analytics.schema.fields import BOUND
from analytics.schema.link_vocabularies import Basis, Confidence, LinkKind

__all__ = ["ENDS", "members_before", "with_parts"]

ENDS = ("yuan", "low", "high")
"""An amount, and the interval that its printed precision leaves."""

_OF_LINK = {"link_kinds": LinkKind, "link_basis": Basis, "link_confidence": Confidence}
_MEMBER_KEY = [name for name in LINE if name not in ("agency_id", "code")]


def members_before(unions: pl.DataFrame) -> pl.DataFrame:
    """The agencies of the prior year by their union, and whether the current year has them."""
    now = unions.filter(union_role=str(UnionRole.CURRENT)).select(
        "union_id", "agency_id", is_own=pl.lit(value=True)
    )
    return (
        unions.filter(union_role=str(UnionRole.PRIOR))
        .join(now, on=["union_id", "agency_id"], how="left")
        .select(
            agency_id="union_id",
            member="agency_id",
            is_own=pl.col("is_own").fill_null(value=False),
        )
    )


def with_parts(
    lines: pl.DataFrame, members: pl.DataFrame, facts: pl.LazyFrame, *, gap: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Let each line begin with what was published under its own code by its own agency.

    Args:
        lines: Numbered, with the columns of ``compare_years`` and ``was_`` amounts.
        members: As :func:`members_before` gives them.
        facts: As ``facts_of`` gives them, of the agencies by themselves.
        gap: Years between the two sides.

    Returns:
        The lines with ``start_`` amounts and ``_gap``, what the parts leave of the prior figure; and
        the steps of codes and agencies.
    """
    parts = _parts(lines, members, facts, gap=gap)
    known = parts.group_by("line_number").agg(_sum=pl.col("yuan").sum())
    own = parts.filter(step="start").select(
        "line_number", *(pl.col(end).alias(f"_own_{end}") for end in ENDS), _own_source="source"
    )
    is_union = pl.col("_sum").is_not_null()
    lines = (
        lines.join(known, on="line_number", how="left")
        .join(own, on="line_number", how="left")
        .with_columns(
            *(
                pl.when(is_union)
                .then(pl.col(f"_own_{end}").fill_null(pl.lit(0, BOUND)))
                .otherwise(f"was_{end}")
                .alias(f"start_{end}")
                for end in ENDS
            ),
            _start_source=pl.when(is_union).then("_own_source").otherwise("source_prior"),
            _gap=pl.col("was_yuan") - pl.coalesce("_sum", "was_yuan"),
        )
    )
    links = lines.select(
        "line_number",
        _link=worded("（{}，{}，把握{}）", *map(_in_chinese, _OF_LINK)).fill_null(""),
        _link_en=worded(" ({}, {}, {})", *_OF_LINK).fill_null(""),
    )
    is_code = pl.col("step") == "reclassification"
    moves = (
        parts.filter(pl.col("step") != "start", pl.col("yuan") != 0)
        .join(links, on="line_number")
        .select(
            "line_number",
            "step",
            *ENDS,
            "source",
            reason=pl.when(is_code)
            .then(worded("上年列于{}{}", "_whose", "_link"))
            .otherwise(worded("{}并入", "_whose")),
            reason_en=pl.when(is_code)
            .then(worded("printed as {}{}", "_whose", "_link_en"))
            .otherwise(worded("from {}", "_whose")),
        )
    )
    return lines, moves


def _parts(
    lines: pl.DataFrame, members: pl.DataFrame, facts: pl.LazyFrame, *, gap: int
) -> pl.DataFrame:
    """What the prior year printed of lines that are unions, by the step it is a part of."""
    is_union = pl.col("link_kinds").is_not_null() | pl.col("member").is_not_null()
    united = (
        lines.join(members, on="agency_id", how="left")
        .filter(is_union, pl.col("amount_prior_yuan").is_not_null())
        .select(
            "line_number",
            "fiscal_year",
            *_MEMBER_KEY,
            agency_id=pl.coalesce("member", "agency_id"),
            is_own=pl.col("is_own").fill_null(value=True),
            codes=pl.col("code").str.split("+"),
            code=pl.col("code_prior").str.split("+"),
        )
        .explode("code")
    )
    # Most lines are no union: figures are chosen of the codes that are a part of one only.
    of_parts = facts.filter(pl.col("code").is_in(united["code"].unique().implode()))
    printed = choose_witness(of_parts).filter(~pl.col("is_restated"))
    figures = printed.select(
        *LINE,
        "source",
        *(
            pl.col(f"{column}_yuan").cast(BOUND).alias(end)
            for end, column in zip(ENDS, ("amount", "low", "high"), strict=True)
        ),
        fiscal_year=(pl.col("fiscal_year") + gap).cast(pl.Int16),
    ).collect()
    step = (
        pl.when(~pl.col("is_own"))
        .then(pl.lit("organisation"))
        .when(pl.col("codes").list.contains(pl.col("code")))
        .then(pl.lit("start"))
        .otherwise(pl.lit("reclassification"))
    )
    return (
        united.join(figures, on=[*LINE, "fiscal_year"], how="inner", nulls_equal=True)
        .with_columns(step=step)
        .with_columns(_whose=pl.when(step="organisation").then("agency_id").otherwise("code"))
        .group_by("line_number", "step")
        .agg(
            pl.col(*ENDS).sum(),
            pl.col("_whose").unique().sort().str.join("、"),
            pl.col("source").unique().sort().str.join("; "),
        )
    )


def _in_chinese(column: str) -> pl.Expr:
    """What links rest on in Chinese; several kinds are joined by semicolons."""
    words = list(_OF_LINK[column])
    labels = [word.label("zh") for word in words]
    return pl.col(column).str.replace_many([str(word) for word in words], labels)
