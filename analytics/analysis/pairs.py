"""Two years of each line side by side, and whether each year's statement is known."""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.analysis.detail import detail_of
from analytics.analysis.link_steps import LEVELS, PairLinks
from analytics.analysis.links import LINK_COLUMNS, unite_codes
from analytics.analysis.witnesses import LINE, contradicts_restated, is_published
from analytics.schema.vocabularies import LineCode

__all__ = ["OWNER", "pair_years"]

OWNER = ("agency_id", "stage", "scope")
"""Whose figures: only those of one owner are compared."""

_OF_LINE = (*LINE, "carryover_basis", "parent_code", "name", "row_kind", "detail", *LINK_COLUMNS)
_OF_YEAR = (
    "amount_yuan",
    "low_yuan",
    "high_yuan",
    "value_kind",
    "is_uncertain",
    "is_disputed",
    "is_agency_incomplete",
    "is_below_link",
    "source",
)
_OF_PRIOR = (*_OF_YEAR, "code", "name", "carryover_basis")


def pair_years(
    chosen: pl.DataFrame, *, year: int | None, gap: int, links: PairLinks
) -> pl.DataFrame:
    """Put the figure of each line beside that of the same line ``gap`` years before.

    Args:
        chosen: Figures as ``choose_witness`` gives them.
        year: The current year; without it every year with a published figure of the owner.
        gap: Years between the two sides.
        links: The codes that changed in between; they meet as unions.

    Returns:
        One row a line and current year that either side has a figure of: the columns of the line,
        those of the current figure, those of the prior one with ``_prior`` (``amount_prior_yuan``
        for its amount), and ``is_listed``, ``is_listed_prior``: whether that year's own statement
        prints lines of this level in this column, so that a line it lacks had nothing appropriated.
    """
    owner_year = [*OWNER, "fiscal_year"]
    published, implied = chosen.filter(is_published()), chosen.filter(~is_published())
    listed = _listed(published.filter(~pl.col("is_restated")))
    if year is not None:
        of_year = pl.col("fiscal_year") == year
        published, implied = published.filter(of_year), implied.filter(of_year)
        chosen = chosen.filter(pl.col("fiscal_year") == year - gap)
    years = published.select(owner_year).unique()
    known = published
    if not implied.is_empty():
        known = pl.concat([published, implied.join(years, on=owner_year, how="semi")])
    now, was = unite_codes(known, _a_year_on(chosen, gap), links)
    now, was = _as_listed(now, listed, gap=0), _as_listed(was, listed, gap=gap)
    line_year = ["line_key", "fiscal_year"]
    met = (
        now.select(line_year)
        .with_row_index("now")
        .join(was.select(line_year).with_row_index("was"), on=line_year, how="full", coalesce=True)
    )
    is_current = met["now"].is_not_null()
    current, ended = met.filter(is_current), met.filter(~is_current)
    of_line = [*_OF_LINE, "fiscal_year"]
    stay = now.select(*of_line, *_OF_YEAR)[current["now"]].hstack(
        list(map(_prior, was.select(pl.col(_OF_PRIOR).gather(current["was"]))))
    )
    gone = was[ended["was"]]
    gone = (
        gone.select(of_line)
        .hstack(now.select(pl.col(_OF_YEAR).gather(ended["now"])))
        .hstack(list(map(_prior, gone.select(_OF_PRIOR))))
    )
    rows = pl.concat([stay, gone.join(years, on=owner_year, how="semi")])
    is_stated = pl.any_horizontal(pl.col("amount_yuan", "amount_prior_yuan").is_not_null())
    return rows.filter(is_stated).with_columns(
        is_listed=_is_among(listed), is_listed_prior=_is_among(listed, gap=gap)
    )


@cache
def _listing(gap: int = 0) -> pl.Expr:
    """A part of the statement of a year, or of the year ``gap`` before, as one text."""
    return pl.concat_str(pl.col("fiscal_year") - gap, "detail", separator="\x1f")


def _is_among(listed: pl.Series, *, gap: int = 0) -> pl.Expr:
    return _listing(gap).is_in(listed.implode())


def _listed(own: pl.DataFrame) -> pl.Series:
    """Which parts of statements each year's own documents print.

    Of a column whose total is 0 every level is known: there is nothing in it.
    """
    printed = own.select(_listing().unique()).to_series()
    empty = own.filter(pl.col("code") == str(LineCode.TOTAL), pl.col("amount_yuan") == 0)
    if empty.is_empty():
        return printed
    below = [
        empty.with_columns(code=pl.lit("0" * digits))
        .with_columns(detail_of())
        .select(_listing())
        .to_series()
        for digits in LEVELS
    ]
    return pl.concat([printed, *below]).unique()


def _as_listed(rows: pl.DataFrame, listed: pl.Series, *, gap: int) -> pl.DataFrame:
    """Leave out what only a later document says of a line that the year's own statement lacks.

    The line stays without a figure, and disputed unless the later document says 0. So are lines
    of which the later one restates another figure than was printed.
    """
    if rows["restated_low_yuan"].null_count() < rows.height:
        rows = rows.with_columns(is_disputed=pl.col("is_disputed") | contradicts_restated())
    is_restated = rows["is_restated"]
    if not is_restated.any():
        return rows
    restated = rows.filter(is_restated)
    is_lacking = _is_among(listed, gap=gap)
    lacking = restated.filter(is_lacking).with_columns(
        *(
            pl.lit(None, rows.schema[name]).alias(name)
            for name in ("amount_yuan", "low_yuan", "high_yuan", "value_kind")
        ),
        is_disputed=~pl.lit(0).is_between("low_yuan", "high_yuan"),
    )
    return pl.concat([rows.filter(~is_restated), restated.filter(~is_lacking), lacking])


def _prior(column: pl.Series) -> pl.Series:
    """Name a column of the prior year; the unit of an amount stays at the end of its name."""
    return column.alias(
        "amount_prior_yuan" if column.name == "amount_yuan" else f"{column.name}_prior"
    )


def _a_year_on(rows: pl.DataFrame, gap: int) -> pl.DataFrame:
    return rows.with_columns((pl.col("fiscal_year") + gap).cast(pl.Int16))
