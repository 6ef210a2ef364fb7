"""Budget and final, department and unit, as a person reads them off the pages of the documents.

``stage_pairs.csv`` holds lines read from pages of published documents, both sides, in the printed
unit; a blank is a line that the document does not have. The figures set side by side are those
that the project passes on in ``data/figures``.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analytics import credibility, execution, load_package, side_by_side

ROOT = Path(__file__).parents[2]
KEY = ("agency_id", "statement", "flow", "code", "fund", "component")
UNITS = {"元": 1, "万元": 10_000}
UNIVERSITY = "西南大学"


@cache
def facts() -> pl.DataFrame:
    readings = load_package(ROOT / "data" / "figures")
    return pl.concat([reading.tables["facts"] for reading in readings])


def golden() -> list[dict[str, str]]:
    with Path(__file__).with_name("stage_pairs.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def pairs() -> dict[tuple[str, ...], list[dict[str, Any]]]:
    rows = pl.concat(
        [
            side_by_side(facts(), by="stage", year=2024).filter(agency_id=UNIVERSITY),
            side_by_side(facts(), by="scope", year=2025),
        ],
        how="diagonal",
    )
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows.rows(named=True):
        found.setdefault(tuple(row[name] for name in KEY), []).append(row)
    return found


@pytest.mark.parametrize("line", golden(), ids=lambda line: "/".join(list(line.values())[5:10]))
def test_both_sides_of_a_line_are_what_the_pages_print(line: dict[str, str]) -> None:
    (row,) = pairs()[line["agency"], *(line[name] for name in KEY[1:])]
    printed = [
        Decimal(line[side]) * UNITS[line["unit"]] if line[side] else None
        for side in ("first", "second")
    ]
    assert [row["first_yuan"], row["second_yuan"]] == printed


def test_no_figure_of_either_side_is_lost_or_doubled() -> None:
    chosen = facts().filter(
        pl.col("agency_id").str.contains("商务委员会"), fiscal_year=2025, value_kind="printed"
    )
    rows = side_by_side(facts(), by="scope", year=2025)
    printed = rows.filter(pl.col("agency_id").str.contains("商务委员会"))
    for scope, side in (("department", "first"), ("unit", "second")):
        theirs = chosen.filter(scope=scope)
        own = printed.filter(
            pl.col(f"{side}_source").is_not_null(), pl.col("side_comparability") != "implied"
        )
        assert own.height == theirs.height
        assert own[f"{side}_yuan"].sum() == theirs["amount_yuan"].sum()


def test_money_of_the_year_that_was_not_budgeted_is_new() -> None:
    rows = execution(facts(), year=2024).filter(
        agency_id=UNIVERSITY, statement="expenditure_summary", component="project"
    )
    new = rows.filter(execution_status="new_in_execution")
    assert new.select("code", "final_yuan").rows() == [
        ("20598", Decimal("63046800.00")),
        ("2059802", Decimal("63046800.00")),
    ]
    total = rows.filter(code="total").row(0, named=True)
    # 114302.90 / 109674.58 = 1.042200…, read from the two totals
    assert total["execution_share"] == pytest.approx(1.0422005, abs=1e-7)


def test_budget_that_gives_revenue_in_total_only_says_nothing_of_its_functions() -> None:
    rows = execution(facts(), year=2024).filter(agency_id=UNIVERSITY, statement="revenue_summary")
    by_function = rows.filter(pl.col("code").str.contains(r"^\d+$"))
    assert set(by_function["side_comparability"]) == {"first_unknown"}
    assert by_function["deviation_yuan"].null_count() == by_function.height > 0


def test_credibility_of_one_year_from_the_printed_classes() -> None:
    budget = [Fraction(n) for n in ("452738.18", "1989.01", "15485.07", "16233.19", "109.50")]
    final = [Fraction(n) for n in ("448061.80", "1989.00", "15171.49", "16151.67", "109.50")]
    scaled = [b * sum(final) / sum(budget) for b in budget]
    distance = sum(abs(a - b) for a, b in zip(final, scaled, strict=True)) / sum(scaled)
    rows = credibility(facts(), years=[2024]).filter(agency_id=UNIVERSITY)
    found = {row["credibility_indicator"]: row for row in rows.rows(named=True)}
    assert found["pi_1"]["outturn_share"] == pytest.approx(481483.46 / 486554.95, abs=1e-12)
    assert found["pi_2_1"]["variance_share"] == pytest.approx(float(distance), abs=1e-12)
    assert found["pi_2_2"]["measure_state"] == "insufficient"
