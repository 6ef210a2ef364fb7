"""Published figures of two agencies taken together, and what the names of the agencies show.

The totals are those that the documents print under 收入总计, in 万元: 17,996.68 and 28,849.38 for
2017, 21,955.35 and 33,172.15 for 2018. That the two agencies were merged is assumed for the test.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics import Panel, changes, load_package, suggest_registry, unite_agencies, with_registry
from analytics.schema.agencies import AgencySuccessions

FIGURES = Path(__file__).parents[2] / "data" / "figures"
PRINTED = {2017: ("17996.68", "28849.38"), 2018: ("21955.35", "33172.15")}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    store = Panel.open(tmp_path_factory.mktemp("united") / "panel", create=True)
    store.commit(load_package(FIGURES))
    return store


def test_the_names_show_region_level_and_kind(panel: Panel) -> None:
    registry = suggest_registry(panel.documents)
    columns = ("agency_id", "region_code", "agency_level", "agency_kind")
    assert registry.agencies.select(columns).rows() == [
        ("上海市普陀区商务委员会", "310107", "county", "government"),
        ("上海市普陀区财政局", "310107", "county", "government"),
        ("中共上海市普陀区委社会工作部", "310107", "county", "party"),
        ("江苏省人民检察院", "320000", "provincial", "procuratorate"),
        ("江苏省政协办公厅", "320000", "provincial", "cppcc"),
        ("江苏省高级人民法院", "320000", "provincial", "court"),
        ("西南大学", None, None, "university"),
    ]
    assert with_registry(panel.facts, registry)["is_registered"].all()


def test_two_agencies_are_compared_as_one(panel: Panel) -> None:
    link = {"link_year": 2018, "succession_kind": "moved", "link_basis": "assumed"}
    link |= {"old_agency_id": "江苏省人民检察院", "new_agency_id": "江苏省高级人民法院"}
    types = AgencySuccessions.create_empty().schema
    united = unite_agencies(
        panel.facts, pl.DataFrame([link | {"link_confidence": "low"}], types), year=2018
    )
    assert set(united.coverage["union_state"]) == {"complete"}
    line = {"statement": "budget_summary", "flow": "revenue", "code": "total"}
    (row,) = changes(united.facts, year=2018).filter(**line).rows(named=True)
    assert row["agency_id"] == "江苏省人民检察院+江苏省高级人民法院"
    was, now = (sum(Decimal(t) * 10_000 for t in PRINTED[year]) for year in (2017, 2018))
    assert (row["amount_prior_yuan"], row["amount_yuan"]) == (was, now)
    assert row["change_yuan"] == now - was
    total = united.facts.filter(**line, fiscal_year=2018, value_kind="printed")
    places = total["source"].item().split("; ")
    assert sorted(place.split(", document ")[1] for place in places) == sorted(
        panel.documents.filter(pl.col("agency_id").str.starts_with("江苏"), fiscal_year=2018)[
            "document_id"
        ]
    )
