"""Price series to state amounts at the prices of another year, each with its doubt."""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.errors import NotFoundError
from analytics.expressions import rank_in
from analytics.reference.classifications import read_rows
from analytics.schema.link_vocabularies import Confidence
from analytics.schema.results import Deflator, Deflators
from analytics.schema.tables import column_types

__all__ = ["deflator", "deflators"]

_CHANGES = {
    "% change": 1 + pl.col("value") / 100,
    "index, previous year = 100": pl.col("value") / 100,
}
"""Units of series that state a change on the year before, and the factor that they state."""


def deflators() -> pl.DataFrame:
    """The price series there are: consumer prices and the deflator of gross domestic product.

    Grain: one row a series and area. ``price_confidence`` is that of its least sure year;
    ``price_note`` says where the figures come from. Published changes of a year (``price_unit``
    ``% change`` or previous year = 100) and levels chained from them are series of their own.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Deflators`, sorted by its key.

    Examples:
        >>> rows = deflators().filter(price_series="gdp_deflator_2010_100")
        >>> rows.select("price_area", "first_year", "price_confidence").row(0)
        ('China', 2010, 'low')
    """
    doubt = rank_in("price_confidence", Confidence)
    rows = (
        _rows()
        .group_by("price_series", "price_area")
        .agg(
            first_year=pl.col("fiscal_year").min(),
            last_year=pl.col("fiscal_year").max(),
            price_unit=pl.col("price_unit").first(),
            price_confidence=pl.col("price_confidence").sort_by(doubt).last(),
            price_note=pl.col("price_note").unique().sort().str.join("; "),
        )
        .sort("price_series", "price_area")
    )
    return Deflators.validate(rows.select(list(column_types(Deflators))), cast=True)


def deflator(series: str, *, area: str = "China") -> pl.DataFrame:
    """The price level of a series by year, to hand to :func:`~analytics.analysis.real_terms`.

    A series of levels is taken as it is. One of changes is chained, I₁ = I₀ · (1 + change), from
    100 in the year before its first; a level is as sure as the least sure change in it. Only the
    ratio of two levels means anything.

    Args:
        series: A name of :func:`deflators`.
        area: Whose prices.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Deflator`, sorted by year: one row a
        year without gaps between the years that the series has.

    Raises:
        NotFoundError: There is no such series, or none of that area.

    Examples:
        >>> deflator("gdp_deflator_2010_100").filter(fiscal_year=2018)["price_index"].item()
        Decimal('124.88000000')
        >>> deflator("gdp_deflator_2010_100", area="Shanxi")
        Traceback (most recent call last):
        ...
        analytics.errors.NotFoundError: no area of gdp_deflator_2010_100 'Shanxi'; known: China
    """
    rows = _rows()
    of_series = rows.filter(price_series=series)
    if of_series.is_empty():
        raise NotFoundError.for_name("price series", series, rows["price_series"].unique())
    of_area = of_series.filter(price_area=area).sort("fiscal_year")
    if of_area.is_empty():
        raise NotFoundError.for_name(f"area of {series}", area, of_series["price_area"].unique())
    factor = _CHANGES.get(of_area["price_unit"][0])
    worst = rank_in("price_confidence", Confidence).cum_max()
    levels = of_area.with_columns(price_index="value")
    if factor is not None:
        levels = of_area.with_columns(
            price_index=100 * factor.cum_prod(),
            price_confidence=worst.replace_strict(
                dict(enumerate(map(str, Confidence))), return_dtype=pl.String
            ),
        )
    types = column_types(Deflator)
    index = pl.col("price_index").round(8).cast(types["price_index"])
    return Deflator.validate(levels.with_columns(price_index=index).select(list(types)), cast=True)


@cache
def _rows() -> pl.DataFrame:
    rows = list(read_rows("prices.csv"))
    columns = {
        "price_series": [row["series"] for row in rows],
        "price_area": [row["area"] for row in rows],
        "fiscal_year": [int(row["year"]) for row in rows],
        "value": [float(row["value"]) for row in rows],
        "price_unit": [row["unit"] for row in rows],
        "price_confidence": [row["confidence"] for row in rows],
        "price_note": [row["note"] or None for row in rows],
    }
    return pl.DataFrame(columns, schema_overrides={"fiscal_year": pl.Int16})
