"""The lines that analyses ask for by name: which one, and which one instead if it is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Statement,
)

__all__ = ["OWNER_YEAR", "TOTAL_SPENDING", "Line", "pick_lines"]

OWNER_YEAR = ("agency_id", "stage", "scope", "fiscal_year")
"""Whose figures, of which year."""


class Line(NamedTuple):
    """A line of a statement; what is not named is the total expenditure of all funds."""

    statement: Statement
    flow: Flow = Flow.EXPENDITURE
    classification: Classification = Classification.FUNCTION
    code: str = LineCode.TOTAL
    fund: Fund = Fund.ALL
    component: Component = Component.TOTAL


TOTAL_SPENDING = (
    Line(Statement.BUDGET_SUMMARY),
    Line(Statement.EXPENDITURE_SUMMARY),
    Line(Statement.BUDGET_SUMMARY, flow=Flow.REVENUE, classification=Classification.REVENUE_SOURCE),
)
"""Everything an agency spends in a year, with carry-over.

The total of the summary; else that of the expenditure statement; else the total of revenue, which
a budget balances with expenditure.
"""


def pick_lines(rows: pl.LazyFrame, wanted: Mapping[str, Sequence[Line]]) -> pl.LazyFrame:
    """Take for each agency and year the first line there is of those wanted under each name.

    Args:
        rows: Lines, at most one for each :class:`Line`, agency, stage, scope and year.
        wanted: For each name the lines that may stand for it, the best one first.

    Returns:
        The rows taken, with ``step``, the name they were wanted under.
    """
    candidates = pl.LazyFrame(
        [
            {"step": step, "_rank": rank}
            | {key: str(value) for key, value in line._asdict().items()}
            for step, lines in wanted.items()
            for rank, line in enumerate(lines)
        ],
        schema=dict.fromkeys(("step", *Line._fields), pl.String) | {"_rank": pl.Int32},
    )
    return (
        rows.join(candidates, on=Line._fields, how="inner")
        .sort("_rank")
        .unique(subset=[*OWNER_YEAR, "step"], keep="first", maintain_order=True)
        .drop("_rank")
    )
