from __future__ import annotations

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied

from analytics.analysis import changes
from analytics.analysis.frames import as_lazy, ratio, worded
from analytics.errors import InputError

FACTS = facts_frame(fact("110.00"), implied("100.00", "0.01"))


class StreamOnly:
    """A frame of another library: nothing but its Arrow stream."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("wrap", [pl.DataFrame.lazy, StreamOnly, lambda frame: frame])
def test_every_kind_of_frame_gives_the_same_result(wrap):
    assert changes(wrap(FACTS)).equals(changes(FACTS))


def test_wider_types_are_taken_without_changing_a_value():
    wide = FACTS.with_columns(
        pl.col("fiscal_year").cast(pl.Int64), pl.col("amount_yuan").cast(pl.Decimal(38, 2))
    )
    assert changes(wide).equals(changes(FACTS))


def test_float_money_is_refused_by_name():
    floats = FACTS.with_columns(pl.col("amount_yuan").cast(pl.Float64))
    with pytest.raises(InputError, match="'amount_yuan' of facts is Float64"):
        changes(floats)


def test_money_with_more_decimals_than_money_has_is_refused():
    fine = FACTS.with_columns(pl.col("amount_yuan").cast(pl.Decimal(38, 6)))
    with pytest.raises(InputError, match="has 6 decimals"):
        changes(fine)


def test_missing_columns_are_listed():
    with pytest.raises(InputError, match="facts lacks the columns fund, low_yuan"):
        changes(FACTS.drop("fund", "low_yuan"))


def test_what_is_no_frame_is_refused():
    with pytest.raises(InputError, match="facts is a list, not a frame"):
        as_lazy([1, 2], table="facts", columns=["code"])  # type: ignore[arg-type]


def test_unknown_stage_is_refused():
    with pytest.raises(
        InputError, match="'draft' is not a stage; known: budget, adjusted_budget, final"
    ):
        changes(FACTS, stage="draft")


def test_ratio_is_null_over_nothing_and_over_less_than_nothing():
    frame = pl.DataFrame({"a": ["1", "1", "1"], "b": ["4", "0", "-4"]}).cast(pl.Decimal(18, 2))
    assert frame.select(ratio(pl.col("a"), pl.col("b"))).to_series().to_list() == [0.25, None, None]


def test_words_are_put_together_over_chunks_that_are_empty():
    # what a filter leaves of concatenated frames; pl.format of polars 2.1 panics on it
    part = pl.DataFrame({"place": ["budget_summary block 14", "budget_summary block 15"]})
    frame = pl.concat([part, part, part], rechunk=False).with_row_index()
    kept = frame.filter(~pl.col("index").is_in([2, 3]))
    texts = kept.select(worded("{}; share of {}", "place", "index")).to_series().to_list()
    assert texts[0] == "budget_summary block 14; share of 0"
    assert texts[-1] == "budget_summary block 15; share of 5"
