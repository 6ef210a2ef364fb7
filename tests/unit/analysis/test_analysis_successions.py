"""Proposed successions: who may have followed whom, by name, place, years and size."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from analytics import InputError, propose_successions
from analytics.reference.agencies import Registry
from analytics.schema.agencies import Agencies, AgencySuccessions
from analytics.schema.results.agencies import ProposedSuccessions


def documents(**years: list[int]) -> pl.DataFrame:
    rows = [(agency, year) for agency, those in years.items() for year in those]
    return pl.DataFrame(rows, schema=["agency_id", "fiscal_year"], orient="row")


def proposed(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    ProposedSuccessions.validate(found)
    columns = ("old_agency_id", "new_agency_id", "link_year", "succession_kind")
    return found.select(columns).rows()


BEFORE, AFTER = [2017, 2018], [2019, 2020]


def test_a_merger_that_other_places_had_is_proposed_first() -> None:
    found = propose_successions(
        documents(
            南京市文化局=BEFORE,
            南京市旅游局=BEFORE,
            南京市文化和旅游局=AFTER,
            南京市教育局=BEFORE + AFTER,
            苏州市文化和旅游局=AFTER,
        )
    )
    assert proposed(found) == [
        ("南京市文化局", "南京市文化和旅游局", 2019, "merged"),
        ("南京市旅游局", "南京市文化和旅游局", 2019, "merged"),
    ]
    assert found["link_basis"].unique().to_list() == ["inferred"]
    assert found["link_confidence"].to_list() == ["medium", "medium"]
    assert found["region_name"].unique().to_list() == ["南京市"]
    assert found["proposal_score"].to_list() == [0.9, 0.9]  # 0.7 + 0.2 × 0.5 + 0.1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("国土资源局", "自然资源局"),
        ("环境保护局", "生态环境局"),
        ("卫生和计划生育委员会", "卫生健康委员会"),
        ("安全生产监督管理局", "应急管理局"),
        ("农业委员会", "农业农村局"),
    ],
)
def test_reorganisations_of_2018_are_known(old: str, new: str) -> None:
    rows = pl.DataFrame({"agency_id": [f"某市{old}", f"某市{new}"], "fiscal_year": [2018, 2019]})
    found = propose_successions(rows)
    assert proposed(found)[0][:3] == (f"某市{old}", f"某市{new}", 2019)
    assert found["region_code"].to_list() == [None]


def test_one_that_is_taken_in_by_one_that_goes_on_needs_a_known_reorganisation() -> None:
    found = propose_successions(
        documents(
            某市乡村振兴局=[2022, 2023],
            某市农业农村局=[2022, 2023, 2024],
            某市财政局=[2022, 2023, 2024],
        )
    )
    assert proposed(found) == [("某市乡村振兴局", "某市农业农村局", 2024, "merged")]
    assert found["reason_en"].item().endswith("documents up to 2023, the other agency goes on")


def test_other_places_levels_and_distant_years_are_not_paired() -> None:
    rows = documents(
        南京市环境保护局=[2015],
        苏州市生态环境局=[2016],
        江苏省生态环境厅=[2016],
        南京市生态环境局=[2018],
    )
    assert propose_successions(rows).is_empty()
    assert proposed(propose_successions(rows, max_gap=3)) == [
        ("南京市环境保护局", "南京市生态环境局", 2018, "renamed")
    ]


def test_alike_names_are_proposed_with_low_confidence_and_ranked_by_size() -> None:
    facts = pl.DataFrame(
        {
            "agency_id": ["某市信访局", "某市信访工作局", "某市信访办公室"],
            "fiscal_year": [2014, 2015, 2015],
            "code": ["total"] * 3,
            "amount_yuan": pl.Series([100, 50, 100], dtype=pl.Decimal(18, 2)),
        }
    )
    rows = documents(某市信访局=[2014], 某市信访工作局=[2015], 某市信访办公室=[2015])
    found = propose_successions(rows, facts=facts)
    assert proposed(found) == [
        ("某市信访局", "某市信访工作局", 2015, "split"),
        ("某市信访局", "某市信访办公室", 2015, "split"),
    ]
    assert found["link_confidence"].unique().to_list() == ["low"]
    assert found.select("old_total_yuan", "new_total_yuan").row(0) == (Decimal(100), Decimal(50))
    # Three characters of three and of five are the same: 2 · 3 ÷ (3 + 5); and half the size.
    assert found["match_score"][0] == 0.75
    assert found["proposal_score"][0] == round(0.7 * 0.75 + 0.2 * 0.5 + 0.1, 4)


def test_what_is_linked_already_is_not_proposed_and_what_the_registry_says_goes_first() -> None:
    rows = documents(甲=[2018], 乙=[2019], 某市环境保护局=[2018], 某市生态环境局=[2019])
    assert len(proposed(propose_successions(rows))) == 1
    known = {"entry_basis": "official", "entry_confidence": "high"}
    agencies = pl.DataFrame(
        [{"agency_id": a, "agency_name": a} | known for a in rows["agency_id"].unique().sort()],
        Agencies.create_empty().schema,
    )
    link = {"link_year": 2019, "succession_kind": "renamed", "link_basis": "official"}
    link |= {"old_agency_id": "某市环境保护局", "new_agency_id": "某市生态环境局"}
    links = pl.DataFrame(
        [link | {"link_confidence": "high"}], AgencySuccessions.create_empty().schema
    )
    assert propose_successions(rows, Registry(agencies, links)).is_empty()


def test_a_proposal_fits_into_the_registry_as_it_is() -> None:
    found = propose_successions(documents(某市环境保护局=[2018], 某市生态环境局=[2019]))
    row = found.with_columns(succession_date=None, link_note="reason_en")
    taken = AgencySuccessions.validate(row.select(AgencySuccessions.column_names()), cast=True)
    assert taken.select("old_agency_id", "new_agency_id").rows() == [
        ("某市环境保护局", "某市生态环境局")
    ]


def test_a_negative_gap_is_refused() -> None:
    with pytest.raises(InputError, match="max_gap -1 is below 0"):
        propose_successions(documents(甲=[2018]), max_gap=-1)
