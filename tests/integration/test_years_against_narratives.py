"""Changes computed from two years' tables against what the later year's narrative states.

The figures are the committed ones of two agencies, three budgets each. What the narratives state
wrongly was read from the pages: see the table below.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics import (
    Panel,
    changes,
    comparable_bridge,
    comparison_coverage,
    load_package,
    propose_links,
)
from analytics.reference.code_links import code_links

FIGURES = Path(__file__).parents[2] / "data" / "figures"
AGENCIES = ["江苏省人民检察院", "江苏省高级人民法院"]
LINE = [
    *("agency_id", "fiscal_year", "stage", "scope", "statement", "flow", "classification"),
    *("code", "fund", "component"),
]
# agency, year, code and component, what the sentence says (万元), what the two tables give
CONTRADICTIONS = {
    ("江苏省人民检察院", 2018, "total", "total", "3958.98", "3959.28"),
    # the budget of 2017 prints 12,323.48 in its tables and 12,323.46 in its text
    ("江苏省人民检察院", 2018, "total", "basic", "1670.85", "1670.83"),
    # 6,432.89 less 6,049.97; the printed fall of 5.95% belongs to 382.92 as well
    ("江苏省高级人民法院", 2018, "2040502", "total", "-392.92", "-382.92"),
}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    stored = Panel.open(tmp_path_factory.mktemp("years") / "panel", create=True)
    stored.commit(load_package(FIGURES))
    return stored


@pytest.fixture(scope="module")
def stated(panel: Panel) -> pl.DataFrame:
    """Every change that a narrative of 2018 or 2019 states against the budget before, and ours."""
    claims = panel.claims.filter(
        pl.col("agency_id").is_in(AGENCIES),
        pl.col("fiscal_year").is_in([2018, 2019]),
        pl.col("base_year") == pl.col("fiscal_year") - 1,
        pl.col("base_stage") == "budget",
        pl.col("change_yuan").is_not_null(),
    )
    rows = changes(panel.facts).filter(pl.col("counterpart_code").is_null())
    joined = claims.join(rows, on=LINE, how="left", suffix="_computed", maintain_order="left")
    assert joined.height == claims.height == 106
    half = pl.col("change_step_yuan") / 2
    return joined.with_columns(
        agrees=(pl.col("change_yuan") + half >= pl.col("change_low_yuan"))
        & (pl.col("change_yuan") - half <= pl.col("change_high_yuan"))
    )


def test_all_that_should_agree_agrees_and_the_misprints_are_found(stated: pl.DataFrame):
    assert stated["change_yuan_computed"].null_count() == 0
    wrong = stated.filter(~pl.col("agrees"))
    found = {
        (*key, f"{said / 10_000:.2f}", f"{ours / 10_000:.2f}")
        for *key, said, ours in wrong.select(
            "agency_id", "fiscal_year", "code", "component", "change_yuan", "change_yuan_computed"
        ).iter_rows()
    }
    assert found == CONTRADICTIONS
    assert set(wrong["comparability"]) == {"sources_differ"}
    assert stated.filter("agrees").height == 100


def test_the_prosecution_codes_are_linked_and_their_changes_are_those_stated(
    stated: pl.DataFrame,
):
    linked = stated.filter(pl.col("comparability") == "codes_linked").sort("fiscal_year")
    assert linked.select("fiscal_year", "code", "code_prior", "change_yuan_computed").rows() == [
        (2018, "2040405", "2040404+2040405+2040406+2040499", Decimal("-1340000.00")),
        (2019, "2040410", "2040405", Decimal("-7094000.00")),
    ]
    assert set(linked["link_basis"]) == {"inferred"}
    assert set(linked["link_confidence"]) == {"medium"}
    assert linked["agrees"].all()


def test_the_links_are_found_again_from_what_the_office_restates(panel: Panel):
    found = propose_links(panel.facts, links=code_links().clear()).filter("is_restated")
    assert found.select("link_year", "old_code", "new_code").rows() == [
        (2018, "2040404", "2040405"),
        (2018, "2040406", "2040405"),
        (2018, "2040499", "2040405"),
        (2019, "2040405", "2040410"),
    ]


def test_how_much_money_is_compared_is_stated(panel: Panel):
    """Expenditure by function 2018 and 2019, and basic expenditure by economic class 2018."""
    table = comparison_coverage(changes(panel.facts)).filter(
        pl.col("agency_id") == "江苏省人民检察院", pl.col("component") == "total"
    )

    def money(year: int, statement: str) -> dict[str, str]:
        rows = table.filter(fiscal_year=year, statement=statement)
        amounts = rows.select("treatment", "amount_yuan").iter_rows()
        return {treatment: f"{amount / 10_000:.2f}" for treatment, amount in amounts}

    # 2018 of 21,940.96: the prosecution line is linked; two pension lines begin, which are 0 in 2017
    assert money(2018, "general_public_expenditure") == {
        "linked": "1895.00",
        "one_year": "1464.30",
        "same_code": "18581.66",
    }
    # 2019 of 24,169.74: 2040450 and 2040499 begin
    assert money(2019, "general_public_expenditure") == {
        "linked": "1185.60",
        "one_year": "784.50",
        "same_code": "22199.64",
    }
    # 2018 of 13,979.92: social contributions, medical care, housing fund and allowances moved
    assert money(2018, "basic_expenditure") == {
        "linked": "7747.82",
        "one_year": "163.58",
        "same_code": "6068.52",
    }


@pytest.mark.parametrize(
    ("year", "code", "steps"),
    [
        # 2017: 150.00 under the code; 480.00, 100.00 and 1,299.00 under 2040404, 06 and 99
        (2018, "2040405", {"start": "150.00", "reclassification": "1879.00", "end": "1895.00"}),
        (2019, "2040410", {"start": "0.00", "reclassification": "1895.00", "end": "1185.60"}),
    ],
)
def test_what_moved_between_codes_is_told_from_change(
    panel: Panel, year: int, code: str, steps: dict[str, str]
):
    bars = comparable_bridge(panel.facts, year=year).filter(
        agency_id="江苏省人民检察院",
        statement="general_public_expenditure",
        code=code,
        component="total",
    )
    found = {
        step: f"{amount / 10_000:.2f}"
        for step, amount in bars.select("step", "change_yuan").iter_rows()
    }
    assert {step: found[step] for step in steps} == steps
    assert bars.filter(step="reclassification")["link_confidence"].to_list() == ["medium"]
