"""Expenditure by COFOG and GFSM 2014: nothing twice, nothing dropped."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, wan
from hypothesis import given
from hypothesis import strategies as st

from analytics.analysis import to_cofog, to_gfsm
from analytics.errors import InputError
from analytics.schema.results.international import International
from analytics.schema.tables import Facts

ROW = ("mapping", "target_code", "certainty", "amount_yuan", "source_codes")


def spent(code: str, amount: str, **columns: Any) -> dict[str, Any]:
    place = {"statement": "expenditure_summary", "code": code, "name": f"科目{code}"}
    return fact(amount, **(place | columns))


def basic(code: str, amount: str, **columns: Any) -> dict[str, Any]:
    place = {
        "statement": "basic_expenditure",
        "classification": "economic_department",
        "fund": "general_public",
        "carryover_basis": "excluded",
    }
    return spent(code, amount, **(place | columns))


def frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    types = Facts.create_empty().schema
    return pl.DataFrame(rows, schema={name: types[name] for name in rows[0]}).select(
        *rows[0], *(pl.lit(None, types[n]).alias(n) for n in types if n not in rows[0])
    )


def adds_up(rows: pl.DataFrame) -> bool:
    return bool(rows["amount_yuan"].sum() == rows["whole_yuan"].unique().item())


def test_only_the_finest_lines_are_counted() -> None:
    facts = frame(
        [
            spent("total", "100.00"),
            spent("205", "60.00"),
            spent("20502", "60.00"),
            spent("2050202", "40.00"),
            spent("2050205", "20.00"),
            spent("204", "40.00"),
            # Other columns and statements state the same money again.
            spent("2050202", "30.00", component="basic"),
            spent("205", "55.00", fund="fiscal_appropriation"),
            fact("60.00", code="205", name="教育支出"),
        ]
    )
    rows = to_cofog(facts, level="group")
    assert rows.schema == International.create_empty().schema
    assert rows.select(ROW).rows() == [
        ("mapped", "03", "partial", wan("40"), "204"),
        ("mapped", "09.1", "yes", wan("40"), "2050202"),
        ("mapped", "09.4", "yes", wan("20"), "2050205"),
        ("residual", None, None, Decimal(0), None),
    ]
    assert rows["share"].to_list() == pytest.approx([0.4, 0.4, 0.2, 0.0])
    assert rows["matched_digits"].to_list() == [3, 7, 7, None]
    assert adds_up(rows)


def test_money_beside_the_lines_below_stays_with_its_line() -> None:
    facts = frame(
        [
            spent("total", "100.00"),
            spent("205", "100.00"),
            spent("20502", "70.00"),
            spent("2050202", "70.00"),
        ]
    )
    rows = to_cofog(facts, level="group")
    assert rows.select(ROW).rows() == [
        ("mapped", "09", "partial", wan("30"), "205"),
        ("mapped", "09.1", "yes", wan("70"), "2050202"),
        ("residual", None, None, Decimal(0), None),
    ]


def test_rounding_shows_in_the_residual() -> None:
    facts = frame(
        [
            spent("total", "100.01"),
            spent("203", "100.01"),
            spent("20301", "33.33"),
            spent("20302", "66.67"),
        ]
    )
    rows = to_cofog(facts)
    assert rows.select(ROW).rows() == [
        ("mapped", "02", "yes", wan("100"), "20301;20302"),
        ("residual", None, None, Decimal(100), None),
    ]
    assert adds_up(rows)


def test_what_has_no_counterpart_keeps_its_money_and_the_reason() -> None:
    facts = frame(
        [
            spent("total", "50.00"),
            spent("203", "20.00"),
            spent("229", "20.00"),
            spent("22999", "20.00"),
            spent("其他", "10.00", row_kind="item", name="其他"),
        ]
    )
    rows = to_cofog(facts)
    assert rows.select(ROW).rows() == [
        ("mapped", "02", "yes", wan("20"), "203"),
        ("residual", None, None, Decimal(0), None),
        ("unmapped", None, None, wan("30"), "22999;其他"),
    ]
    assert rows.filter(mapping="unmapped")["mapping_note"].to_list() == ["other; allocate by use"]


def test_a_line_without_a_code_belongs_to_the_line_above_it() -> None:
    facts = frame(
        [
            spent("total", "50.00"),
            spent("203", "50.00"),
            spent("203/新项目", "50.00", parent_code="203", row_kind="item"),
        ]
    )
    rows = to_cofog(facts)
    assert rows.select(ROW).rows() == [
        ("mapped", "02", "yes", wan("50"), "203/新项目"),
        ("residual", None, None, Decimal(0), None),
    ]


def test_the_summary_stands_in_where_the_statement_has_no_functions() -> None:
    facts = frame(
        [
            spent("total", "90.00"),
            fact("80.00", code="203", name="国防支出"),
            fact("10.00", code="carryover_end", name="结转下年", row_kind="subtotal"),
            fact("80.00", code="current_total", name="本年支出合计", row_kind="subtotal"),
            fact("90.00"),
        ]
    )
    rows = to_cofog(facts)
    assert rows.select("statement", *ROW[:4], "whole_yuan").rows() == [
        ("budget_summary", "mapped", "02", "yes", wan("80"), wan("80")),
        ("budget_summary", "residual", None, None, Decimal(0), wan("80")),
    ]


def test_without_a_total_shares_are_of_the_lines() -> None:
    rows = to_cofog(frame([spent("203", "30.00"), spent("227", "10.00")]))
    assert rows["mapping"].to_list() == ["mapped", "unmapped"]
    assert rows["share"].to_list() == pytest.approx([0.75, 0.25])
    assert rows.select("whole_yuan", "spending_yuan").unique().rows() == [(None, None)]


def test_stages_years_and_scopes_stand_by_themselves() -> None:
    rows = [
        spent("203", amount, fiscal_year=year, stage=stage, scope=scope, document_id=amount)
        for amount, year, stage, scope in (
            ("1.00", 2023, "budget", "unit"),
            ("2.00", 2023, "final", "unit"),
            ("3.00", 2024, "budget", "unit"),
            ("4.00", 2024, "budget", "department"),
        )
    ]
    facts = frame(rows)
    assert to_cofog(facts).height == 4
    chosen = to_cofog(facts, year=2024, stage="budget", scope="department")
    assert chosen["amount_yuan"].to_list() == [wan("4")]


def test_economic_codes_are_counted_once_for_each_pair_of_codes() -> None:
    facts = frame(
        [
            spent("total", "400.00"),
            basic("total", "100.00"),
            basic("301", "90.00"),
            basic("30101", "50.00", name="基本工资", counterpart_code="50101"),
            basic("30101", "30.00", name="基本工资", counterpart_code="50501"),
            basic("30239", "10.00", name="其他交通费用", counterpart_code="50201"),
            basic("302", "10.00"),
            basic("30113", "10.00", name="住房公积金", counterpart_code="50103"),
            basic("30101", "50.00", component="personnel", name="基本工资"),
        ]
    )
    rows = to_gfsm(facts)
    assert rows.select(ROW).rows() == [
        ("mapped", "2111", "yes", wan("80"), "30101"),
        ("mapped", "212", "partial", wan("10"), "30113"),
        ("mapped", "22", "no", wan("10"), "30239"),
        ("residual", None, None, Decimal(0), None),
    ]
    assert rows["whole_share"].unique().to_list() == [0.25]
    assert rows["line_count"].to_list() == [1, 1, 1, 0]
    assert set(rows["target_level"]) == {"expense", None}


def test_the_widest_statement_is_taken() -> None:
    wide = {"statement": "fiscal_basic_expenditure", "fund": "fiscal_appropriation"}
    facts = frame(
        [
            basic("total", "70.00"),
            basic("30101", "70.00", name="基本工资"),
            basic("total", "80.00", **wide),
            basic("30101", "80.00", name="基本工资", **wide),
            basic("30101", "5.00", statement="operating_expenses", fund="fiscal_appropriation"),
        ]
    )
    rows = to_gfsm(facts)
    assert rows.select("statement", "amount_yuan").row(0) == (
        "fiscal_basic_expenditure",
        wan("80"),
    )


def test_totals_of_personnel_and_public_make_up_the_whole() -> None:
    facts = frame(
        [
            basic("30101", "60.00", name="基本工资"),
            basic("30201", "39.99", name="办公费"),
            basic("total", "60.00", component="personnel"),
            basic("total", "40.00", component="public"),
        ]
    )
    rows = to_gfsm(facts)
    assert rows["whole_yuan"].unique().to_list() == [wan("100")]
    assert rows.filter(mapping="residual")["amount_yuan"].item() == Decimal(100)


def test_nothing_gives_nothing() -> None:
    nothing = Facts.create_empty()
    assert to_cofog(nothing).is_empty()
    assert to_gfsm(nothing).is_empty()
    with pytest.raises(InputError, match="'class' is not a level"):
        to_cofog(nothing, level="class")


@given(
    st.dictionaries(
        st.sampled_from(["203", "205", "20502", "2050202", "2050205", "20599", "229", "2299"]),
        st.integers(0, 10**6),
        min_size=1,
    ),
    st.integers(0, 10**7),
)
def test_whatever_is_printed_adds_up_to_the_printed_total(
    lines: dict[str, int], total: int
) -> None:
    rows = [spent(code, f"{cents / 100:.2f}") for code, cents in lines.items()]
    facts = frame([*rows, spent("total", f"{total / 100:.2f}")])
    for level in ("division", "group"):
        result = to_cofog(facts, level=level)
        assert adds_up(result)
        assert result["whole_yuan"][0] == total * 100
