"""Amounts at the prices of one year, and never without saying so."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.analysis.frames import ArrowStream, Frame, ratio, table_of
from analytics.errors import InputError
from analytics.expressions import worded
from analytics.schema.fields import MONEY
from analytics.schema.link_vocabularies import Confidence
from analytics.schema.results import Deflator, RealTerms
from analytics.schema.tables import column_types

__all__ = ["real_terms", "result_rows", "with_price"]

_ADDED = ("deflator", "price_base_year", "price_index", "amount_real_yuan")
_NO_PRICE = ("{}没有{}年的数", "{} has no figure of {}")


def real_terms(result: Frame, *, deflator: Frame, base_year: int) -> pl.DataFrame:
    """Add to a result what its amounts are at the prices of one year.

    With P the price level of a year and P_b that of the base year:

    - ``amount_real_yuan`` = amount · P_b / P, rounded to the cent, half away from zero.
    - Of results with a prior year ``amount_prior_real_yuan`` = prior amount · P_b / P of the prior
      year, ``change_real_yuan`` their difference wherever the result has a ``change_yuan`` (an
      amount that counted as 0 there counts as 0 here), and ``growth_real_share`` the real change
      over the real prior amount wherever the result has a ``growth_share``.

    ``deflator``, ``price_base_year``, ``price_index`` (that of the year, in the unit of the series)
    and ``price_confidence``, the least sure of the levels used, say what they rest on. Where the
    series does not have the year, real columns are null and ``real_reason`` says so; nothing is
    carried over from another year. The amounts as published stay as they are, beside them.

    Args:
        result: Any table or result with ``fiscal_year`` and ``amount_yuan``; one with
            ``amount_prior_yuan`` also has ``prior_year``.
        deflator: Price levels by year, from :func:`~analytics.reference.prices.deflator` or your
            own in that form: one series of one area.
        base_year: The year at whose prices amounts are stated; the series must have it.

    Returns:
        The rows in their order with the columns of :class:`~analytics.schema.results.RealTerms`
        added; those of the prior year only where the result has one.

    Raises:
        InputError: The result lacks a column, has real amounts already or money as float, or the
            series does not have the base year.
        SchemaError: ``deflator`` is not one series of positive levels, one row a year.

    Examples:
        What a library spent, at prices of 2020:

        >>> import analytics
        >>> prices = analytics.deflator("gdp_deflator_2010_100")
        >>> spent = years.filter(stage="final", code="total")
        >>> rows = analytics.real_terms(spent, deflator=prices, base_year=2020)
        >>> rows.select("fiscal_year", "amount_yuan", "price_index", "amount_real_yuan")
        shape: (3, 4)
        ┌─────────────┬───────────────┬───────────────┬──────────────────┐
        │ fiscal_year ┆ amount_yuan   ┆ price_index   ┆ amount_real_yuan │
        │ ---         ┆ ---           ┆ ---           ┆ ---              │
        │ i16         ┆ decimal[18,2] ┆ decimal[28,8] ┆ decimal[18,2]    │
        ╞═════════════╪═══════════════╪═══════════════╪══════════════════╡
        │ 2018        ┆ 3920000.00    ┆ 124.88000000  ┆ 3990000.00       │
        │ 2019        ┆ 4515000.00    ┆ 126.48000000  ┆ 4537489.33       │
        │ 2020        ┆ 3895000.00    ┆ 127.11000000  ┆ 3895000.00       │
        └─────────────┴───────────────┴───────────────┴──────────────────┘

        How much faster the budget grew than prices:

        >>> grown = analytics.changes(years, year=2019).filter(code="total")
        >>> row = analytics.real_terms(grown, deflator=prices, base_year=2019)
        >>> row.select(growth="growth_share", real="growth_real_share").row(0)
        (0.075, 0.0614...)
    """
    rows = result_rows(result, ("fiscal_year", "amount_yuan"))
    if taken := [name for name in _ADDED if name in rows.columns]:
        raise InputError(
            f"the result has the columns {', '.join(taken)} already",
            hint="state real terms of the published amounts once",
        )
    levels = table_of(deflator, Deflator, name="deflator")
    base = levels.filter(fiscal_year=base_year)
    if base.is_empty():
        years = sorted(levels["fiscal_year"].to_list())
        raise InputError(
            f"the deflator has no figure of the base year {base_year}",
            hint=f"it has {years[0]} to {years[-1]}" if years else "it has no rows",
        )
    has_prior = "amount_prior_yuan" in rows.columns
    if has_prior and "prior_year" not in rows.columns:
        raise InputError("the result has prior amounts but no column 'prior_year'")
    series = f"{base['price_series'].item()}, {base['price_area'].item()}"
    sides = [("", "fiscal_year")] + ([("_prior", "prior_year")] if has_prior else [])
    lazy = rows.lazy()
    for suffix, year in sides:
        lazy = with_price(lazy, levels, year=year, suffix=suffix)
    # Of two years that the series lacks the later one is named.
    missing = pl.coalesce(
        pl.when(pl.col(f"price_index{suffix}").is_null()).then(year) for suffix, year in sides
    )
    at_base = pl.lit(float(base["price_index"].item()))
    lazy = lazy.with_columns(
        deflator=pl.lit(series),
        price_base_year=pl.lit(base_year, pl.Int16),
        price_confidence=pl.when(pl.col("price_index").is_not_null()).then(
            _least_sure(
                [
                    pl.lit(base["price_confidence"].item()),
                    *(pl.col(f"_doubt{suffix}") for suffix, _ in sides),
                ]
            )
        ),
        real_reason=worded(_NO_PRICE[0], pl.lit(series), missing),
        real_reason_en=worded(_NO_PRICE[1], pl.lit(series), missing),
        amount_real_yuan=_real("amount_yuan", "price_index", at_base),
    )
    if has_prior:
        lazy = lazy.with_columns(
            amount_prior_real_yuan=_real("amount_prior_yuan", "price_index_prior", at_base)
        ).pipe(_compared)
    added = [name for name in column_types(RealTerms) if name in lazy.collect_schema()]
    return lazy.select(*rows.columns, *added).collect(engine="in-memory")


def with_price(rows: pl.LazyFrame, levels: pl.DataFrame, *, year: str, suffix: str) -> pl.LazyFrame:
    """Add the price level of a year, and how sure it is."""
    of_year = levels.lazy().select(
        pl.col("fiscal_year").alias(year),
        pl.col("price_index").alias(f"price_index{suffix}"),
        pl.col("price_confidence").alias(f"_doubt{suffix}"),
    )
    return rows.with_columns(pl.col(year).cast(pl.Int16)).join(
        of_year, on=year, how="left", maintain_order="left"
    )


def _real(amount: str, level: str, at_base: pl.Expr) -> pl.Expr:
    """The amount at prices of the base year; a float has digits enough for the cents of it."""
    real = pl.col(amount).cast(pl.Float64) * at_base / pl.col(level).cast(pl.Float64)
    return real.round(2, mode="half_away_from_zero").cast(MONEY)


def _compared(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Real change and growth of two years, wherever the published ones stand."""
    columns = rows.collect_schema()
    are_priced = pl.col("price_index").is_not_null() & pl.col("price_index_prior").is_not_null()
    is_compared = are_priced & (
        pl.col("change_yuan").is_not_null()
        if "change_yuan" in columns
        else pl.col("amount_yuan").is_not_null() & pl.col("amount_prior_yuan").is_not_null()
    )
    has_growth = (
        pl.col("growth_share").is_not_null() if "growth_share" in columns else pl.lit(value=True)
    )
    nothing = pl.lit(0, MONEY)
    now = pl.col("amount_real_yuan").fill_null(nothing)
    was = pl.col("amount_prior_real_yuan").fill_null(nothing)
    change = now - was
    return rows.with_columns(
        change_real_yuan=pl.when(is_compared).then(change).cast(MONEY),
        growth_real_share=pl.when(is_compared & has_growth).then(ratio(change, was)),
    )


def _least_sure(doubts: Sequence[pl.Expr]) -> pl.Expr:
    """The lowest of several confidences; nulls do not count."""
    order = [str(confidence) for confidence in Confidence]
    ranks = [
        doubt.replace_strict(
            {value: rank for rank, value in enumerate(order)}, return_dtype=pl.Int8
        )
        for doubt in doubts
    ]
    return pl.max_horizontal(ranks).replace_strict(dict(enumerate(order)), return_dtype=pl.String)


def result_rows(result: Frame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows of any table or result that has certain columns.

    Raises:
        InputError: It is no frame, lacks columns, or holds money as float.
    """
    match result:
        case pl.DataFrame():
            rows = result
        case pl.LazyFrame():
            rows = result.collect()
        case ArrowStream():
            rows = pl.DataFrame(result)
        case _:
            raise InputError(
                f"the result is a {type(result).__name__}, not a frame",
                hint="pass a polars frame or one that has __arrow_c_stream__",
            )
    if missing := [name for name in columns if name not in rows.columns]:
        raise InputError(
            f"the result lacks the columns {', '.join(missing)}",
            hint=f"it has: {', '.join(rows.columns) or 'none'}",
        )
    floats = [n for n, t in rows.schema.items() if n.endswith("_yuan") and t.is_float()]
    if floats:
        raise InputError(f"{', '.join(floats)} is a float", hint="cast money to Decimal")
    return rows
