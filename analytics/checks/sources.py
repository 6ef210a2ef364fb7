"""How layouts print the sources of revenue, and how two statements are made alike in that.

A revenue statement prints a column a source and a line a function, or only a line a source. The
fiscal appropriation is printed as one figure, as its three funds, or as both.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among
from analytics.checks.lines import CODE, FISCAL_FUNDS, FUND, in_statement
from analytics.schema.vocabularies import Classification, Fund, LineCode, Statement

__all__ = [
    "FUND_ABOVE",
    "IS_LISTED_SOURCE",
    "IS_PART_OF_SOURCE",
    "as_columns",
    "in_the_same_way",
]

_APPROPRIATION = Fund.FISCAL_APPROPRIATION
_is_appropriation = FUND == _APPROPRIATION

IS_LISTED_SOURCE = in_statement(Statement.REVENUE_SUMMARY) & (
    pl.col("classification") == Classification.REVENUE_SOURCE
)
"""Whether a line is one of the sources that a revenue statement lists one below the other."""

FUND_ABOVE = (
    pl.when(among(pl.col("parent_code"), Fund)).then("parent_code").otherwise(pl.lit(str(Fund.ALL)))
)
"""The fund of the line above a listed source: another source, or the total of all."""

IS_PART_OF_SOURCE = among(
    pl.col("parent_code"), [fund for fund in Fund if fund is not _APPROPRIATION]
).fill_null(False) & (CODE != FUND)
"""Whether a line says what of a source comes from where: it is no source beside the others."""


def as_columns(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Sources that a revenue statement lists, as the columns of its total.

    Either layout says of a source what the whole statement prints for its fund. A line of a source
    becomes its fund's column of the total; every other line stays as it is.

    Args:
        lines: Figures or claims, with ``statement``, ``classification``, ``code`` and ``fund``.

    Examples:
        >>> row = {"statement": "revenue_summary", "classification": "revenue_source"}
        >>> lines = pl.LazyFrame([row | {"code": "other", "fund": "other"}])
        >>> as_columns(lines).collect()["code"].to_list()
        ['total']
    """
    is_source = IS_LISTED_SOURCE & (CODE == FUND)
    return lines.with_columns(
        code=pl.when(is_source).then(pl.lit(str(LineCode.TOTAL))).otherwise(CODE)
    )


def in_the_same_way(left: pl.LazyFrame, right: pl.LazyFrame) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Two lists of sources, each document's fiscal appropriation printed alike in both.

    Where one list prints it only as a whole, the other one is taken as a whole too: its own line,
    or its three funds, to be added up. Otherwise the funds are kept, and the whole where both
    print it.

    Args:
        left: Figures of sources, with ``document_id``, ``fund``, ``code`` and ``name``.
        right: Those they are to be compared with.

    Examples:
        >>> funds = [("d", "general_public"), ("d", "government_fund")]
        >>> both = [("d", "fiscal_appropriation"), *funds]
        >>> left, right = (
        ...     pl.LazyFrame(rows, schema=["document_id", "fund"], orient="row").with_columns(
        ...         code="fund", name="fund"
        ...     )
        ...     for rows in (both, funds[:1])
        ... )
        >>> [side.collect()["fund"].to_list() for side in in_the_same_way(left, right)]
        [['general_public', 'government_fund'], ['general_public']]
    """
    whole, parts = pl.col("has_whole"), pl.col("has_parts")
    ways = (
        pl.concat([_ways(left), _ways(right)])
        .group_by("document_id")
        .agg(as_whole=(whole & ~parts).any(), both_whole=whole.sum() == len(("left", "right")))
    )
    return _taken(left, ways), _taken(right, ways)


def _ways(sources: pl.LazyFrame) -> pl.LazyFrame:
    return sources.group_by("document_id").agg(
        has_whole=_is_appropriation.any(), has_parts=among(FUND, FISCAL_FUNDS).any()
    )


def _taken(sources: pl.LazyFrame, ways: pl.LazyFrame) -> pl.LazyFrame:
    as_whole = pl.col("as_whole")
    to_add = among(FUND, FISCAL_FUNDS) & as_whole
    prints_whole = _is_appropriation.any().over("document_id")
    kept = (
        pl.when(_is_appropriation)
        .then(as_whole | pl.col("both_whole"))
        .otherwise(~(to_add & prints_whole))
    )
    joined = sources.join(ways, on="document_id").with_columns(to_add=to_add, kept=kept)
    value = {"fund": str(_APPROPRIATION), "code": str(_APPROPRIATION), "name": _APPROPRIATION.zh}
    return (
        joined.filter("kept")
        .with_columns(
            pl.when("to_add").then(pl.lit(text)).otherwise(column).alias(column)
            for column, text in value.items()
        )
        .drop("as_whole", "both_whole", "to_add", "kept")
    )
