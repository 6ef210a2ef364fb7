"""Any rows that fit the schema come back from the panel exactly as they went in."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analytics.schema.fields import FIELDS
from analytics.schema.tables import TABLES
from analytics.store.panel import Panel
from analytics.store.reading import Reading
from analytics.store.tables import sort_keys

DOCUMENT = "0123456789abcdef"
TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "",
        "\n",
        '"',
        ",",
        "null",
        "其中：\n省级财政 资金",
        "綜合窗口改革經費",
        "=1+1",
        "①\u3000\u00a0",
        "\x00",
    ]
)


def exact(precision: int, scale: int) -> st.SearchStrategy[Decimal]:
    """Every decimal that fits, the largest and the smallest often."""
    largest = Decimal(10**precision - 1).scaleb(-scale)
    return st.sampled_from(
        [largest, -largest, Decimal(0), Decimal(1).scaleb(-scale)]
    ) | st.decimals(-largest, largest, places=scale)


def values(name: str, dtype: pl.DataType) -> st.SearchStrategy[Any]:
    """Values of one column, out of its vocabulary where it has one."""
    if dtype == pl.String:
        known = FIELDS[name].values if name in FIELDS else []
        return st.sampled_from(known) if known else TEXT
    if isinstance(dtype, pl.Decimal):
        return exact(dtype.precision, dtype.scale)
    return {
        pl.Int16: st.integers(-(2**15), 2**15 - 1),
        pl.Int32: st.integers(-(2**31), 2**31 - 1),
        pl.Float64: st.floats(allow_nan=False),
        pl.Boolean: st.booleans(),
        pl.Date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    }[type(dtype)]


@st.composite
def tables(draw: st.DrawFn, name: str, most: int) -> pl.DataFrame:
    """Rows of a table for one document; its keys count up, everything else is arbitrary."""
    schema = TABLES[name]
    types = schema.create_empty().schema
    keys = {*schema.primary_key(), *(sort_keys(name) if name != "documents" else ())}
    count = draw(st.integers(0, most)) if name != "documents" else 1
    data: dict[str, list[Any]] = {}
    for column, dtype in types.items():
        if column == "document_id":
            data[column] = [DOCUMENT] * count
        elif name == "indicators" and column == "block":
            data[column] = ["term"] * count
        elif column in keys and dtype == pl.String:
            known = FIELDS[column].values or [f"{n:03}" for n in range(count)]
            data[column] = known[:count]
        elif column in keys and dtype == pl.Int32:
            data[column] = list(range(1, count + 1))
        else:
            value = values(column, dtype)
            nullable = schema.columns()[column].nullable
            cell = st.none() | value if nullable else value
            data[column] = draw(st.lists(cell, min_size=count, max_size=count))
    return pl.DataFrame(data, schema=types)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    return Reading({name: draw(tables(name, 3)) for name in TABLES})


@settings(max_examples=10, deadline=None)
@given(readings())
def test_rows_come_back_exactly(reading: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder:
        panel = Panel.open(Path(folder) / "panel", create=True)
        panel.commit([reading])
        stored = Panel.open(panel.path).tables()
        stored["documents"] = stored["documents"].drop("edition", "is_current", "ingested_at")
        for name, rows in reading.tables.items():
            assert_frame_equal(stored[name], rows, check_exact=True)
        again = Reading({name: rows.reverse() for name, rows in stored.items()})
        assert again.reading_id == reading.reading_id
        assert panel.commit([again]).unchanged == (DOCUMENT,)
