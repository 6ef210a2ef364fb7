from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import claim, claims_frame, fact, facts_frame, wan
from hypothesis import given
from hypothesis import strategies as st

from analytics.analysis import changes, per_head, real_terms, staff_heads
from analytics.errors import InputError, SchemaError
from analytics.schema.results import Deflator, Heads, PerHead, RealTerms


def prices(**levels: Any) -> pl.DataFrame:
    """Price levels by year, ``y2022=125``; a pair also says how sure the level is."""
    pairs = {int(y[1:]): v if isinstance(v, tuple) else (v, "high") for y, v in levels.items()}
    rows = [
        {
            "price_series": "cpi",
            "price_area": "某省",
            "fiscal_year": year,
            "price_index": Decimal(str(level)),
            "price_confidence": doubt,
        }
        for year, (level, doubt) in pairs.items()
    ]
    return Deflator.validate(pl.DataFrame(rows), cast=True)


def amounts(years: dict[int, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "agency_id": ["甲市某局"] * len(years),
            "fiscal_year": list(years),
            "amount_yuan": [None if a is None else Decimal(a) for a in years.values()],
        },
        schema={"agency_id": pl.String, "fiscal_year": pl.Int16, "amount_yuan": pl.Decimal(18, 2)},
    )


def test_amounts_at_the_prices_of_the_base_year():
    rows = amounts({2021: "1000.00", 2022: "1250.00", 2023: None})
    real = real_terms(rows, deflator=prices(y2021=100, y2022=125, y2023=130), base_year=2022)
    assert real["amount_real_yuan"].to_list() == [Decimal("1250.00"), Decimal("1250.00"), None]
    assert real["price_index"].to_list()[:2] == [100, 125]
    assert real["deflator"].unique().to_list() == ["cpi, 某省"]
    assert real["price_base_year"].unique().to_list() == [2022]
    assert real["amount_yuan"].equals(rows["amount_yuan"])
    assert set(real.columns) - set(rows.columns) <= set(RealTerms.column_names())


def test_cents_are_rounded_half_away_from_zero():
    rows = amounts({2021: "0.05", 2022: "-0.05"})
    real = real_terms(rows, deflator=prices(y2020=10, y2021=100, y2022=100), base_year=2020)
    assert real["amount_real_yuan"].to_list() == [Decimal("0.01"), Decimal("-0.01")]


def test_year_without_a_price_has_a_reason_and_no_amount():
    real = real_terms(
        amounts({2021: "7.00", 2024: "9.00"}), deflator=prices(y2021=100, y2022=120), base_year=2022
    )
    assert real["amount_real_yuan"].to_list() == [Decimal("8.40"), None]
    assert real["price_confidence"].to_list() == ["high", None]
    assert real["real_reason"].to_list() == [None, "cpi, 某省没有2024年的数"]
    assert real["real_reason_en"][1] == "cpi, 某省 has no figure of 2024"


def test_real_amounts_are_as_sure_as_the_least_sure_price():
    levels = prices(y2021=(100, "medium"), y2022=(120, "high"), y2023=(121, "low"))
    rows = amounts({2021: "1.00", 2022: "1.00", 2023: "1.00"})
    real = real_terms(rows, deflator=levels, base_year=2022)
    assert real["price_confidence"].to_list() == ["medium", "high", "low"]
    real = real_terms(rows, deflator=levels, base_year=2023)
    assert real["price_confidence"].to_list() == ["low"] * 3


SHEET = {"statement": "expenditure_summary"}
TWO_YEARS = (
    fact("100.00", fiscal_year=2023, document_id="d2023", **SHEET),
    fact("60.00", code="205", fiscal_year=2023, document_id="d2023", **SHEET),
    fact("40.00", code="208", fiscal_year=2023, document_id="d2023", **SHEET),
    fact("110.00", **SHEET),
    fact("66.00", code="205", **SHEET),
    fact("44.00", code="210", **SHEET),
)


def test_changes_in_real_terms():
    compared = changes(facts_frame(*TWO_YEARS), year=2024)
    real = real_terms(compared, deflator=prices(y2023=100, y2024=110), base_year=2024)
    by_code = {row["code"]: row for row in real.rows(named=True)}
    total = by_code["total"]
    assert (total["growth_share"], total["growth_real_share"]) == (pytest.approx(0.1), 0.0)
    assert (total["amount_prior_real_yuan"], total["change_real_yuan"]) == (wan("110"), 0)
    assert by_code["210"]["change_real_yuan"] == wan("44")
    assert by_code["208"]["change_real_yuan"] == wan("-44")
    assert by_code["210"]["growth_real_share"] is None
    assert (by_code["208"]["growth_share"], by_code["208"]["growth_real_share"]) == (-1.0, -1.0)
    assert real.drop(set(real.columns) - set(compared.columns)).equals(compared)


def test_change_without_the_price_of_one_year_is_not_known():
    compared = changes(facts_frame(*TWO_YEARS), year=2024)
    real = real_terms(compared, deflator=prices(y2024=110), base_year=2024)
    assert real["amount_real_yuan"].null_count() < real.height
    for column in ("amount_prior_real_yuan", "change_real_yuan", "growth_real_share"):
        assert real[column].null_count() == real.height
    assert real["real_reason_en"].unique().to_list() == ["cpi, 某省 has no figure of 2023"]


@given(st.integers(-(10**12), 10**12), st.integers(50, 400), st.integers(50, 400))
def test_prices_there_and_back_give_the_amount(cents, level, other):
    rows = amounts({2021: f"{Decimal(cents) / 100:.2f}"})
    levels = prices(y2021=level, y2022=other)
    real = real_terms(rows, deflator=levels, base_year=2022)
    expected = Decimal(cents) / 100 * other / level
    assert abs(real["amount_real_yuan"].item() - expected) <= Decimal("0.0051")
    same = real_terms(rows, deflator=levels, base_year=2021)
    assert same["amount_real_yuan"].item() == rows["amount_yuan"].item()


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        (
            amounts({2021: "1.00"}),
            {"base_year": 2019},
            "no figure of the base year 2019; it has 2021 to 2022",
        ),
        (amounts({2021: "1.00"}).drop("amount_yuan"), {}, "lacks the columns amount_yuan"),
        (
            amounts({2021: "1.00"}).with_columns(pl.col("amount_yuan").cast(pl.Float64)),
            {},
            "amount_yuan is a float",
        ),
        ([1, 2], {}, "not a frame"),
    ],
)
def test_what_cannot_be_deflated_is_refused(rows, options, message):
    with pytest.raises(InputError, match=message):
        real_terms(rows, deflator=prices(y2021=100, y2022=120), **({"base_year": 2021} | options))


def test_real_terms_are_not_taken_twice():
    levels = prices(y2021=100)
    once = real_terms(amounts({2021: "1.00"}), deflator=levels, base_year=2021)
    with pytest.raises(InputError, match="already"):
        real_terms(once, deflator=levels, base_year=2021)


def test_levels_of_two_series_are_no_deflator():
    both = pl.concat([prices(y2021=100), prices(y2022=120).with_columns(price_area=pl.lit("乙省"))])
    with pytest.raises(SchemaError, match="one_series"):
        real_terms(amounts({2021: "1.00"}), deflator=both, base_year=2021)


def staff(code: str, count: int, body: str, **columns: Any) -> dict[str, Any]:
    return claim(
        code,
        statement="staffing",
        classification="staff",
        name=body,
        value=Decimal(count),
        **columns,
    )


def test_each_amount_by_staff_and_by_posts_of_its_own_year():
    heads = Heads.validate(
        staff_heads(
            claims_frame(
                staff("staff_in_post", 40, "某局"),
                staff("staff_in_post", 10, "某中心"),
                staff("posts_administrative", 60, "某局"),
                staff("posts_institution", 20, "某中心"),
                staff("extra_staff", 90, "某局"),
            )
        )
    )
    facts = facts_frame(fact("200.00"), fact("100.00", fiscal_year=2023, document_id="d2023"))
    rows = per_head(facts, heads)
    shown = rows.select("fiscal_year", "head_basis", "head_count", "amount_yuan_per_head").rows()
    assert shown == [
        (2024, "posts", 80, Decimal(25_000)),
        (2024, "staff_in_post", 50, Decimal(40_000)),
        (2023, "posts", None, None),
        (2023, "staff_in_post", None, None),
    ]
    assert rows["head_reason_en"].to_list()[2] == "no count of posts for 2023"
    assert rows["head_source"][1].count("staffing block 40") == 2
    assert set(PerHead.column_names()) <= set(rows.columns)


def test_staff_of_the_department_is_not_that_of_the_unit():
    heads = staff_heads(claims_frame(staff("staff_in_post", 50, "某局", scope="department")))
    facts = facts_frame(fact("200.00"), fact("300.00", scope="department", document_id="dep"))
    rows = per_head(facts, heads)
    assert dict(rows.select("scope", "amount_yuan_per_head").rows()) == {
        "unit": None,
        "department": Decimal(60_000),
    }


RESIDENTS = pl.DataFrame(
    {
        "region_code": ["310107", "310107"],
        "fiscal_year": [2020, 2021],
        "head_basis": ["residents", "residents"],
        "head_count": [8, 0],
        "head_date": ["2020-11-01", None],
        "head_source": ["census", "bulletin"],
    }
)


def test_residents_of_a_region_with_date_and_source():
    rows = amounts({2020: "100.00", 2021: "100.00", 2022: "100.00"}).with_columns(
        region_code=pl.lit("310107")
    )
    divided = per_head(rows, RESIDENTS)
    assert divided["amount_yuan_per_head"].to_list() == [Decimal("12.5"), None, None]
    assert divided["head_date"].to_list() == ["2020-11-01", None, None]
    assert divided["head_source"].to_list() == ["census", "bulletin", None]
    assert divided["head_reason"].to_list() == [None, "人数为零", "2022年没有residents的人数"]


def test_counts_that_do_not_fit_are_refused():
    rows = amounts({2020: "100.00"})
    with pytest.raises(InputError, match="lacks the columns region_code"):
        per_head(rows, RESIDENTS)
    mixed = pl.concat(
        [
            RESIDENTS.with_columns(agency_id=pl.lit(None, pl.String)),
            RESIDENTS.with_columns(
                agency_id=pl.lit("甲市某局"), region_code=pl.lit(None, pl.String)
            ),
        ]
    )
    with pytest.raises(InputError, match="some counts have no agency_id, region_code"):
        per_head(rows, mixed)
    with pytest.raises(SchemaError, match="one_count_a_basis"):
        per_head(rows, pl.concat([RESIDENTS, RESIDENTS]))
    with pytest.raises(InputError, match="head_count already"):
        per_head(rows.with_columns(head_count=pl.lit(1)), RESIDENTS)
