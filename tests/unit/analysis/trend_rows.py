"""Series of made-up figures, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from analytics.schema.results import Series

FIRST_YEAR = 2011


def series_frame(
    lines: Mapping[str, Sequence[float | None]],
    *,
    first_year: int = FIRST_YEAR,
    breaks: Iterable[tuple[str, int]] = (),
    **columns: Any,
) -> pl.DataFrame:
    """The total of each agency: yuan by year, nothing where there is ``None``.

    Args:
        lines: Agency → its amounts, one a year.
        first_year: The year of the first amount.
        breaks: Agency and year of each break.
        columns: What else differs from the total expenditure of a unit's budget.
    """
    rows = pl.DataFrame(
        [
            (agency, first_year + place, amount)
            for agency, amounts in lines.items()
            for place, amount in enumerate(amounts)
            if amount is not None
        ],
        schema={"agency_id": pl.String, "fiscal_year": pl.Int16, "_x": pl.Float64},
        orient="row",
    )
    broken = pl.DataFrame(
        list(breaks), schema={"agency_id": pl.String, "fiscal_year": pl.Int16}, orient="row"
    ).with_columns(is_break=pl.lit(value=True))
    texts = {
        "stage": "budget",
        "scope": "unit",
        "statement": "expenditure_summary",
        "flow": "expenditure",
        "classification": "function",
        "code": "total",
        "name": "支出总计",
        "fund": "all",
        "component": "total",
        "carryover_basis": "included",
        "row_kind": "total",
        "value_kind": "printed",
        "source": "……",
        "index_reason": "……",
        "index_reason_en": "...",
    } | {name: value for name, value in columns.items() if isinstance(value, str)}
    amount = pl.col("_x").round(2).cast(pl.Decimal(18, 2))
    whole = rows.join(broken, on=["agency_id", "fiscal_year"], how="left").with_columns(
        pl.col("is_break").fill_null(value=False),
        line_key="agency_id",
        amount_yuan=amount,
        low_yuan=amount,
        high_yuan=amount,
        is_disputed=pl.lit(value=False),
        statement_last_year=pl.col("fiscal_year").max(),
        **{name: pl.lit(value) for name, value in texts.items()},
    )
    blank = {name: pl.lit(None) for name in Series.column_names() if name not in whole.columns}
    return Series.validate(whole.with_columns(**blank).select(Series.column_names()), cast=True)
