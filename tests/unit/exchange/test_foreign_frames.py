"""Every analysis takes the frames of pandas, pyarrow and DuckDB, and gives the same result."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import duckdb
import pandas
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import analytics.analysis
from analytics.exchange import read_budget_table
from analytics.store import Panel

# An argument of an analysis by its name, and the table of a panel that goes there.
ARGUMENTS = ("facts", "claims", "projects", "indicators", "findings", "documents", "statements")


def _pandas(rows: pl.DataFrame) -> Any:
    return pandas.DataFrame(rows.to_dict(as_series=False))


def _pyarrow(rows: pl.DataFrame) -> Any:
    return rows.to_arrow()


def _duckdb(rows: pl.DataFrame) -> Any:
    return duckdb.connect().from_arrow(_pyarrow(rows))


KINDS: dict[str, Callable[[pl.DataFrame], Any]] = {
    "pandas": _pandas,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
}


def _analyses() -> list[str]:
    """The analyses from tables of a panel to a frame."""
    names = []
    for name in analytics.analysis.__all__:
        function = getattr(analytics.analysis, name)
        if (
            inspect.isfunction(function)
            and set(_needed(function)) <= set(ARGUMENTS)
            and inspect.signature(function).return_annotation == "pl.DataFrame"
        ):
            names.append(name)
    return names


def _needed(function: Callable[..., Any]) -> list[str]:
    return [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty
    ]


def test_the_analyses_of_a_panel_are_found() -> None:
    assert {"changes", "spending_mix", "unit_costs", "three_public", "head_costs"} <= set(
        _analyses()
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", _analyses())
def test_an_analysis_takes_any_frame(name: str, kind: str, example_panel: Panel) -> None:
    function = getattr(analytics.analysis, name)
    tables = {argument: example_panel.table(argument) for argument in _needed(function)}
    foreign = {argument: KINDS[kind](rows) for argument, rows in tables.items()}
    assert_frame_equal(function(**foreign), function(**tables))


@pytest.mark.parametrize("kind", KINDS)
def test_budgets_come_in_from_any_frame(kind: str) -> None:
    rows = pl.DataFrame({"u": ["甲局"], "y": [2024], "c": ["201"], "a": ["12.50"]})
    (reading,) = read_budget_table(
        KINDS[kind](rows),
        {"agency": "u", "year": "y", "code": "c", "amount": "a"},
        unit="元",
        constants={"stage": "budget"},
    )
    assert reading.tables["facts"].select("code", "amount_text", "row").row(0) == (
        "201",
        "12.50",
        1,
    )
