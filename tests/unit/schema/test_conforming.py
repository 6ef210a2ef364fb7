"""Rows against a declared schema: what passes, what is dropped, what is refused and why."""

import re
from collections.abc import Mapping
from typing import Any

import dataframely as dy
import polars as pl
import pytest

from analytics.errors import SchemaError
from analytics.schema.conforming import column_types, conform


class Shelves(dy.Schema):
    """One row a shelf."""

    shelf = dy.String(primary_key=True)
    books = dy.Int64(nullable=True, min=0)
    loans = dy.Int64(nullable=True)

    @dy.rule()
    def no_more_loans_than_books(cls) -> pl.Expr:
        return pl.col("loans") <= pl.col("books")


def shelves(*changes: Mapping[str, Any]) -> pl.DataFrame:
    rows = [{"shelf": f"s{i}", "books": 5, "loans": 3, **row} for i, row in enumerate(changes)]
    return pl.DataFrame(rows, schema=column_types(Shelves))


@pytest.mark.parametrize("change", [{}, {"books": None}, {"loans": None}, {"loans": 5}])
def test_rows_that_keep_every_rule_come_back_as_they_are(change: dict[str, Any]) -> None:
    rows = shelves({}, change)
    assert conform(rows, Shelves, table="shelves").equals(rows)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"shelf": None}, "shelf|nullability: 1"),
        ({"books": -1, "loans": None}, "books|min: 1"),
        ({"loans": 6}, "no_more_loans_than_books: 1"),
        ({"shelf": "s0"}, "primary_key: 2"),
    ],
)
def test_a_broken_rule_is_named_with_the_rows_that_break_it(
    change: dict[str, Any], rule: str
) -> None:
    rows = shelves({}, change, {})
    assert not Shelves.is_valid(rows)
    count = rule[-1]
    with pytest.raises(SchemaError, match=f"^{count} of 3 rows of 'shelves' .*{re.escape(rule)}"):
        conform(rows, Shelves, table="shelves")


def test_columns_are_put_in_order_cast_and_dropped_where_none_is_declared() -> None:
    rows = shelves({}).select(
        pl.lit(1).alias("more"), "loans", pl.col("books").cast(pl.Int8), "shelf"
    )
    assert conform(rows, Shelves, table="shelves").equals(shelves({}))
    with pytest.raises(SchemaError, match="'shelves' lacks the columns books"):
        conform(rows.drop("books"), Shelves, table="shelves")


def test_no_rows_are_cast_as_well() -> None:
    none = shelves().with_columns(pl.col("books").cast(pl.Int8))
    assert conform(none, Shelves, table="shelves").schema == column_types(Shelves)
