"""The bridge by cause: each step against amounts worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied, public, wan

from analytics import (
    InputError,
    changes,
    comparable_bridge,
    execution,
    side_by_side,
    spending_mix,
    to_cofog,
    witnesses,
)
from analytics.charts import change_waterfall
from analytics.schema.agencies import AgencySuccessions
from analytics.schema.links import CodeLinks
from analytics.schema.results import ComparableBridge, Deflator

PUBLIC = {key: public("1")[key] for key in ("statement", "name", "fund", "carryover_basis")}


def steps(bars: pl.DataFrame, **line: Any) -> list[tuple[str, Decimal]]:
    rows = ComparableBridge.validate(bars).filter(**line)
    return rows.select("step", "change_yuan").rows()


def of_year(year: int, agency: str, amount: str, **columns: Any) -> dict[str, Any]:
    place = {"document_id": f"{agency}{year}", "agency_id": agency, "fiscal_year": year}
    return fact(amount, **(place | columns))


def successions(*rows: tuple[int, str, str, str]) -> pl.DataFrame:
    names = ("link_year", "succession_kind", "old_agency_id", "new_agency_id")
    known = {"link_basis": "official", "link_confidence": "high"}
    return pl.DataFrame(
        [dict(zip(names, row, strict=True)) | known for row in rows],
        schema=AgencySuccessions.create_empty().schema,
    )


def test_a_total_and_the_general_budget_in_it_that_went_different_ways():
    facts = facts_frame(
        fact("2965.95"),
        public("2965.95"),
        implied("3826.55", "0.01"),
        implied("3402.75", "0.01", **PUBLIC),
    )
    bars = comparable_bridge(facts)
    total = bars.filter(statement="budget_summary")
    assert steps(total) == [
        ("start", wan("3826.55")),
        ("scope", wan("-423.80")),  # beside the general budget: 423.80 before, 0.00 now
        ("change", wan("-436.80")),
        ("end", wan("2965.95")),
    ]
    growth = [None if x is None else round(x, 4) for x in total["growth_share"]]
    assert growth == [-0.2249, None, -0.1284, -0.2249]
    shares = total["contribution_share"].to_list()
    assert shares[1] + shares[2] == pytest.approx(-860.60 / 3826.55)
    # The general budget is compared with itself: nothing beside it.
    assert [step for step, _ in steps(bars, statement="general_public_expenditure")] == [
        "start",
        "change",
        "end",
    ]


def test_a_merged_agency_gets_what_the_others_printed():
    rows = [
        of_year(2018, "文化局", "10.00"),
        of_year(2018, "旅游局", "6.75"),
        of_year(2019, "文化局", "20.00"),
    ]
    merger = successions((2019, "merged", "旅游局", "文化局"))
    bars = comparable_bridge(facts_frame(*rows), year=2019, successions=merger)
    assert steps(bars, agency_id="文化局+旅游局") == [
        ("start", wan("10")),
        ("organisation", wan("6.75")),
        ("change", wan("3.25")),
        ("end", wan("20")),
    ]
    assert bars.filter(step="organisation")["reason"].to_list() == ["旅游局并入"]


def test_a_union_without_one_of_its_agencies_has_no_bridge():
    rows = [of_year(2018, "文化局", "10.00"), of_year(2019, "文化局", "20.00")]
    merger = successions((2019, "merged", "旅游局", "文化局"))
    assert comparable_bridge(facts_frame(*rows), year=2019, successions=merger).is_empty()


def test_prices_are_told_from_the_rest_to_the_cent():
    prices = pl.DataFrame(
        {
            "price_series": "some prices",
            "price_area": "somewhere",
            "fiscal_year": [2023, 2024],
            "price_index": [Decimal("200"), Decimal("205")],
            "price_confidence": "high",
        }
    ).cast(dict(Deflator.create_empty().schema))
    facts = facts_frame(fact("100.00", fiscal_year=2023, document_id="d2023"), fact("110.00"))
    bars = comparable_bridge(facts, deflator=prices)
    assert steps(bars) == [
        ("start", wan("100")),
        ("price", wan("2.50")),  # 205 / 200 - 1 is 2.5%
        ("real", wan("7.50")),
        ("end", wan("110")),
    ]
    real = bars.filter(step="real")["growth_share"].item()
    assert real == pytest.approx(110 / 102.5 - 1)
    low, high = bars.filter(step="real").select("change_low_yuan", "change_high_yuan").row(0)
    # half of 0.01 of 110.00, and of 100.00 at prices of 2024
    assert (low, high) == (wan("7.50") - Decimal("101.25"), wan("7.50") + Decimal("101.25"))


def test_a_year_the_deflator_lacks_is_not_deflated():
    prices = pl.DataFrame(
        {
            "price_series": "some prices",
            "price_area": "somewhere",
            "fiscal_year": [2024],
            "price_index": [Decimal("205")],
            "price_confidence": "high",
        }
    ).cast(dict(Deflator.create_empty().schema))
    facts = facts_frame(fact("100.00", fiscal_year=2023, document_id="d2023"), fact("110.00"))
    assert [step for step, _ in steps(comparable_bridge(facts, deflator=prices))] == [
        "start",
        "change",
        "end",
    ]


def test_a_total_with_carryover_in_one_year_only_is_not_explained():
    facts = facts_frame(
        fact("100.00", fiscal_year=2023, document_id="d2023", carryover_basis="excluded"),
        fact("110.00"),
    )
    bars = comparable_bridge(facts)
    assert steps(bars) == [
        ("start", wan("100")),
        ("unexplained", wan("10")),
        ("end", wan("110")),
    ]
    assert bars.filter("is_unexplained")["reason"].item() == "两年口径不同：仅一年含上年结转"


def test_what_moved_is_told_even_where_the_rest_is_not_comparable():
    known = pl.DataFrame(
        [
            {
                "classification": "function",
                "link_year": 2024,
                "link_kind": "moved",
                "old_code": "2040404",
                "new_code": "2040410",
                "link_basis": "inferred",
                "link_confidence": "medium",
            }
        ],
        schema=CodeLinks.create_empty().schema,
    )
    line = {"parent_code": "20404", "name": "检察监督"}
    facts = facts_frame(
        fact(
            "4.00",
            code="2040404",
            fiscal_year=2023,
            document_id="d2023",
            carryover_basis="excluded",
            **line,
        ),
        fact("10.50", code="2040410", **line),
    )
    bars = comparable_bridge(facts, links=known)
    assert steps(bars) == [
        ("start", wan("0")),
        ("reclassification", wan("4")),
        ("unexplained", wan("6.50")),
        ("end", wan("10.50")),
    ]
    low, high = bars.filter("is_unexplained").select("change_low_yuan", "change_high_yuan").row(0)
    assert (low, high) == (wan("6.49"), wan("6.51"))


def test_successions_need_a_year():
    with pytest.raises(InputError, match="name the year to explain"):
        comparable_bridge(facts_frame(fact("1.00")), successions=successions())


def test_the_waterfall_draws_one_line_and_refuses_several(example_years: pl.DataFrame):
    bars = comparable_bridge(example_years, year=2020)
    chart = change_waterfall(bars.filter(code="2080501"))
    assert chart.layer[0].data["amount"].to_list() == ["0.00", "+52.00", "+3.00", "55.00"]
    with pytest.raises(InputError, match="several lines"):
        change_waterfall(bars)


@pytest.mark.parametrize(
    "analysis",
    [changes, comparable_bridge, execution, side_by_side, spending_mix, to_cofog, witnesses],
    ids=lambda f: f.__name__,
)
def test_a_year_is_a_number(analysis: Any):
    with pytest.raises(InputError, match="'2024' is not a year; years are numbers"):
        analysis(facts_frame(fact("1.00")), year="2024")
