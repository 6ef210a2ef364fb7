"""What the examples in docstrings find at hand: an invented disclosure, a panel of it, some years.

The disclosure is that of a city library. Its earlier years are facts without documents behind them:
``years`` has the expenditure of 2018 to 2021 by function, budgets and, until 2020, final accounts. Two faults are printed in it on purpose: two digits of the
growth of operating expenses have changed places, and the books cost more than the money for them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

# Altair's validator loads this package of JupyterLab's wherever it finds it. It takes seconds to
# load, for a check of addresses that nothing here asks for; the validator does without it.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]


@pytest.fixture(scope="session")
def example_file() -> Path:
    """The disclosure, as text."""
    return Path(__file__).parent / "tests" / "examples" / "library-2024-budget.txt"


@pytest.fixture(scope="session")
def example_panel(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A panel of the one disclosure, built once for all that only read it."""
    from analytics import ingest

    return ingest(example_file, tmp_path_factory.mktemp("example") / "panel").panel


@pytest.fixture(scope="session")
def example_years() -> Any:
    """Facts of four budgets and three final accounts: expenditure by function, all funds."""
    import polars as pl

    from analytics.schema.tables import Facts

    types = Facts.create_empty().schema
    path = Path(__file__).parent / "tests" / "examples" / "library-years.csv"
    printed = pl.read_csv(path, schema_overrides={"amount": pl.String, "code": pl.String})
    yuan = pl.col("amount").cast(pl.Decimal(18, 2)) * 10_000
    rows = printed.with_row_index("row", 1).with_columns(
        agency_id=pl.lit("示例市图书馆"),
        document_id=pl.format("{}-{}", "year", "stage"),
        fiscal_year="year",
        block=pl.lit(3),
        column=pl.lit(3),
        scope=pl.lit("unit"),
        statement=pl.lit("expenditure_summary"),
        flow=pl.lit("expenditure"),
        classification=pl.lit("function"),
        fund=pl.lit("all"),
        component=pl.lit("total"),
        carryover_basis=pl.lit("included"),
        row_kind=pl.when(code="total").then(pl.lit("total")).otherwise(pl.lit("item")),
        amount_yuan=yuan,
        amount_text="amount",
        unit_text=pl.lit("万元"),
        step_yuan=pl.lit(100),
        low_yuan=yuan - 50,
        high_yuan=yuan + 50,
        value_kind=pl.lit("printed"),
    )
    blank = {name: pl.lit(None) for name in types if name not in rows.columns}
    return Facts.validate(rows.with_columns(**blank).select(types.names()), cast=True)


@pytest.fixture(autouse=True)
def example_names(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Give an example the names it uses; what it does not use is not made."""
    if not isinstance(request.node, pytest.DoctestItem):
        return
    example = "".join(line.source for line in request.node.dtest.examples)
    made = set(re.findall(r"^(\w+) = ", example, re.MULTILINE))
    used = set(re.findall(r"\w+", example)) - made
    if "disclosure_file" in used:
        doctest_namespace["disclosure_file"] = request.getfixturevalue("example_file")
    if "folder" in used:
        doctest_namespace["folder"] = request.getfixturevalue("tmp_path")
    if "years" in used:
        doctest_namespace["years"] = request.getfixturevalue("example_years")
    if "panel" in used:
        doctest_namespace["panel"] = request.getfixturevalue("example_panel")
