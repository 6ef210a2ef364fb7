from __future__ import annotations

import polars as pl
import pytest
from store_samples import make_reading, rows_of

from analytics.errors import InputError, NotFoundError, SchemaError
from analytics.store.reading import Reading


def with_table(name: str, rows: pl.DataFrame) -> Reading:
    return Reading({**make_reading(full=True).tables, name: rows})


def test_reading_knows_its_document() -> None:
    reading = make_reading(
        "d" * 16, year=2023, version="3.1", missing=["performance_form"], full=True
    )
    assert reading.document_id == "d" * 16
    assert reading.reader_version == "3.1"
    assert reading.identity == ("某市示例局", 2023, "budget", "unit")
    assert reading.found_statements == ("budget_summary", "revenue_summary")
    assert repr(reading) == "Reading(dddddddddddddddd, reader 3.1, 11 rows)"


def test_reading_id_follows_content_and_reader_only() -> None:
    same = make_reading().reading_id
    assert make_reading(file_name="other.txt", findings=["sum"]).reading_id == same
    others = [
        make_reading(version="1.1"),
        make_reading(amount="100.01"),
        make_reading(facts=4),
        make_reading(missing=["basic_expenditure"]),
        with_table("facts", make_reading().tables["facts"].with_columns(repairs=pl.lit(""))),
    ]
    assert len({same, *(reading.reading_id for reading in others)}) == 6


def test_tables_may_be_left_out() -> None:
    reading = Reading({"documents": make_reading().tables["documents"]})
    assert reading.found_statements == ()
    assert repr(reading).endswith("0 rows)")


def test_unknown_table_is_refused() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'facts'"):
        with_table("fact", make_reading().tables["facts"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.col("amount_yuan").cast(pl.Float64), "'amount_yuan' as Float64 instead of Decimal"),
        (pl.col("row").cast(pl.UInt32), "'row' as UInt32 instead of Int32"),
        (pl.col("fund").cast(pl.Categorical), "'fund' as Categorical"),
        (pl.lit(1).alias("note"), "has the unknown column 'note'"),
        (pl.lit(None, dtype=pl.String).alias("code"), "'code' is null in 3 rows"),
        (pl.lit(1, dtype=pl.Int32).alias("row"), r"the key \(.*row.*\) is not unique in 2 rows"),
    ],
)
def test_rows_that_do_not_fit_are_refused(change: pl.Expr, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        with_table("facts", make_reading().tables["facts"].with_columns(change))


def test_columns_may_come_in_any_order() -> None:
    facts = make_reading().tables["facts"]
    reading = with_table("facts", facts.select(facts.columns[::-1]))
    assert reading.tables["facts"].columns == facts.columns
    assert reading.reading_id == make_reading(full=True).reading_id


def test_rows_of_other_documents_are_refused() -> None:
    with pytest.raises(InputError, match="1 rows of 'claims' belong to other documents"):
        with_table("claims", make_reading("b" * 16, full=True).tables["claims"])


@pytest.mark.parametrize("count", [0, 2])
def test_exactly_one_document(count: int) -> None:
    rows = rows_of("documents", [{"document_id": str(n) * 16} for n in range(count)])
    with pytest.raises(InputError, match=f"exactly one row in 'documents', not {count}"):
        Reading({"documents": rows})
