"""All agencies of a year in one picture: order, words for what is missing, axis."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from analytics import InputError
from analytics.charts import agency_totals, chart_spec
from analytics.schema.results import Changes


def rows(*agencies: tuple[str, str | None, str | None], **columns: Any) -> pl.DataFrame:
    """Agencies with the amounts of the year and the one before, in 万元."""
    types = {n: t for n, t in Changes.create_empty().schema.items() if n in _COLUMNS}
    data = [
        {
            "agency_id": agency,
            "scope": "department",
            "stage": "budget",
            "fiscal_year": 2024,
            "prior_year": 2023,
            "amount_yuan": None if now is None else Decimal(now) * 10_000,
            "amount_prior_yuan": None if was is None else Decimal(was) * 10_000,
            "growth_share": None if now is None or was is None else float(now) / float(was) - 1,
            "comparability": "comparable" if was else "no_prior",
        }
        | columns
        for agency, now, was in agencies
    ]
    return pl.DataFrame(data, schema=types)


_COLUMNS = [
    *("agency_id", "scope", "stage", "fiscal_year", "prior_year", "amount_yuan"),
    *("amount_prior_yuan", "growth_share", "comparability"),
]


def test_the_largest_stands_first_and_what_is_unknown_is_said() -> None:
    chart = agency_totals(rows(("甲局", "10.00", None), ("乙局", "30.00", "24.00")))
    assert chart.data.select("label", "text").rows() == [
        ("乙局", "30.00（+25.00%）"),
        ("甲局", "10.00（无上年数）"),
    ]
    assert chart.data["was"].to_list() == [24.0, None]


def test_amounts_of_different_orders_are_on_a_logarithmic_axis_that_is_named() -> None:
    wide = chart_spec(agency_totals(rows(("甲局", "1000.00", "1.00"), ("乙局", "5.00", "5.00"))))
    near = chart_spec(agency_totals(rows(("甲局", "10.00", "8.00"), ("乙局", "5.00", "5.00"))))
    scales = [spec["layer"][0]["encoding"]["x"]["scale"] for spec in (wide, near)]
    assert [scale["type"] for scale in scales] == ["log", "linear"]
    assert scales[1]["domain"][0] == 0
    notes = ["".join(spec["title"]["subtitle"]) for spec in (wide, near)]
    assert "对数" in notes[0]
    assert "自0起" in notes[1]


def test_those_that_are_not_drawn_are_counted() -> None:
    chart = agency_totals(
        rows(("甲局", "3.00", "3.00"), ("乙局", "2.00", "2.00"), ("丙局", None, "1.00")), most=1
    )
    assert chart.data.height == 1
    assert "其余1个较小的、本年数未知的1个" in "".join(chart_spec(chart)["title"]["subtitle"])


def test_scopes_are_named_where_an_agency_has_both() -> None:
    both = pl.concat([rows(("甲局", "3.00", "3.00")), rows(("甲局", "2.00", "2.00"), scope="unit")])
    assert agency_totals(both).data["label"].to_list() == ["甲局（部门）", "甲局（单位）"]


def test_several_lines_of_an_agency_are_refused() -> None:
    with pytest.raises(InputError, match="several lines of an agency"):
        agency_totals(rows(("甲局", "3.00", "3.00"), ("甲局", "2.00", "2.00")))
    with pytest.raises(InputError, match="most is 0"):
        agency_totals(rows(("甲局", "3.00", "3.00")), most=0)
