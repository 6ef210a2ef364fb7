"""How far into detail a statement goes, so that a line it lacks can be told from one it omits.

A statement that prints items lists every item there is: one that is not there had no money. One
that prints classes only says nothing of items.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl

from analytics.schema.vocabularies import Classification, Fund, LineCode

__all__ = ["EARLIER", "detail_column", "detail_level", "detail_of"]

EARLIER = "\x1e"
"""Follows a code of the prior year that means something else in the current one."""

_SUMS = (LineCode.TOTAL, LineCode.CURRENT_TOTAL, Fund.FISCAL_APPROPRIATION, Fund.UNIT_FUNDS)
"""Lines that sum up others: where one is not printed, its parts may be."""
_APPROPRIATED = (Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
"""The parts of fiscal appropriation, which some forms print instead of it."""


@cache
def detail_of() -> pl.Expr:
    """Whose statement, which column of it, and which level of its lines a figure belongs to."""
    of_line = ("agency_id", "stage", "scope", "statement", "flow", "classification", "component")
    parts = (*of_line, detail_level(), detail_column())
    return pl.concat_str(*parts, separator="\x1f").alias("detail")


def detail_level() -> pl.Expr:
    """How the money is cut: digits of a code, kinds of money, balances, names; a sum is itself."""
    code = pl.col("code")

    def among(codes: Iterable[str]) -> pl.Expr:
        return code.is_in([str(value) for value in codes])

    return (
        pl.when(code.str.contains(rf"^[\d+{EARLIER}]+$"))
        .then(code.str.extract(r"^(\d+)").str.len_chars().cast(pl.String))
        .when(among(_SUMS))
        .then("code")
        .when(among(LineCode))
        .then(pl.lit("balance"))
        .when(among(_APPROPRIATED))
        .then(pl.lit("appropriated"))
        .when(among(Fund))
        .then(pl.lit("fund"))
        .otherwise(pl.lit("name"))
    )


def detail_column() -> pl.Expr:
    """The fund, where it is a column of the statement rather than a line of it."""
    is_line = pl.col("classification") == str(Classification.REVENUE_SOURCE)
    return pl.when(~is_line).then("fund").otherwise(pl.lit(""))
