from __future__ import annotations

import polars as pl
import pytest

from analytics.errors import NotFoundError
from analytics.reference.prices import deflator, deflators
from analytics.schema.results import Deflator, Deflators


def test_series_are_listed_with_their_doubt():
    rows = Deflators.validate(deflators())
    shown = rows.select("price_series", "price_area", "price_confidence").rows()
    assert ("cpi_prev_year_100", "Shanxi", "low") in shown
    assert ("cpi_wb_2010_100", "China", "high") in shown


@pytest.mark.parametrize(
    ("series", "area"), deflators().select("price_series", "price_area").rows()
)
def test_every_series_has_a_level_for_every_year_in_between(series, area):
    rows = Deflator.validate(deflator(series, area=area))
    years = rows["fiscal_year"].to_list()
    assert years == list(range(years[0], years[-1] + 1))


def test_levels_are_taken_as_they_are():
    row = deflator("gdp_deflator_2010_100").filter(fiscal_year=2019).row(0, named=True)
    assert float(row["price_index"]) == 126.48
    assert row["price_confidence"] == "high"


def test_changes_are_chained_and_doubt_stays():
    chained = deflator("cpi_prev_year_100")
    # 103.3 % of 100, then 105.4 % of that
    assert chained["price_index"].cast(pl.Float64).head(2).to_list() == pytest.approx(
        [103.3, 103.3 * 1.054]
    )
    gdp = deflator("gdp_deflator_wb_pct").tail(3)
    assert gdp["price_confidence"].to_list() == ["high", "medium", "low"]


@pytest.mark.parametrize(
    ("changes", "levels"),
    [
        ("cpi_prev_year_100", "cpi_2010_100"),
        ("cpi_wb_pct", "cpi_wb_2010_100"),
        ("gdp_deflator_wb_pct", "gdp_deflator_2010_100"),
    ],
)
def test_chained_changes_give_the_published_levels(changes, levels):
    pairs = deflator(changes).join(deflator(levels), on="fiscal_year", suffix="_level")
    ratio = pairs.select(
        pl.col("price_index").cast(pl.Float64) / pl.col("price_index_level").cast(pl.Float64)
    ).to_series()
    assert ratio.max() / ratio.min() == pytest.approx(1, abs=3e-4)


def test_unknown_series_and_areas_are_named():
    with pytest.raises(NotFoundError, match="cpi_2010_100"):
        deflator("cpi_2010")
    with pytest.raises(NotFoundError, match="known: China, Shanxi"):
        deflator("cpi_prev_year_100", area="Jiangsu")
