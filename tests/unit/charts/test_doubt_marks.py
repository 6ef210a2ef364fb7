"""A figure that did not reconcile is marked wherever it is drawn, and the small print says so."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from chart_samples import BRIDGE, drawn, mix, three_public, unit_costs

from analytics.charts import (
    change_waterfall,
    mix_bars,
    project_bars,
    three_public_bars,
    unit_cost_dots,
)

THREE = three_public({"abroad": ("1.00", "2.00"), "reception": ("3.00", "3.00")})
MIX = mix(("教育", "60", 0.6, "50", 0.5), ("住房", "40", 0.4, "50", 0.5))
PROJECTS = pl.DataFrame({"name": ["运维", "改造"], "amount_yuan": [350_000, 4_000_000]})
COSTS = unit_costs(("评估", "55元/个", "55", None, "50"), ("审查", "70元/个", "70", None, "60"))


def marked(frame: pl.DataFrame, *, prior: bool = False) -> pl.DataFrame:
    """The frame with its first row in doubt."""
    first = pl.int_range(pl.len()) == 0
    name = "is_doubted_prior" if prior else "is_doubted"
    return frame.with_columns(pl.lit(value=False).alias("is_doubted")).with_columns(
        first.alias(name)
    )


def note(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["subtitle"])


@pytest.mark.parametrize(
    ("chart", "frame"),
    [
        (change_waterfall, BRIDGE),
        (mix_bars, MIX),
        (three_public_bars, THREE),
        (unit_cost_dots, COSTS),
        (project_bars, PROJECTS),
    ],
)
def test_only_the_figure_in_doubt_is_marked(chart: Any, frame: pl.DataFrame) -> None:
    texts = [
        str(value)
        for row in drawn(chart(marked(frame)))
        for name, value in row.items()
        if name in ("text", "amount") and "※" in str(value)
    ]
    assert len(texts) == 1
    assert "※" in note(chart(marked(frame)))
    assert "does not reconcile" in note(chart(marked(frame), lang="en"))
    assert "※" not in note(chart(frame))


@pytest.mark.parametrize(("chart", "frame"), [(three_public_bars, THREE), (mix_bars, MIX)])
def test_last_years_figure_has_its_own_mark(chart: Any, frame: pl.DataFrame) -> None:
    rows = drawn(chart(marked(frame, prior=True)))
    years = {row["year"] for row in rows if "※" in row["text"]}
    assert len(years) == 1
    assert years <= {"上年", "2023年预算"}
