"""The figures of each line over the years, and where two years of it are not the same thing."""

from __future__ import annotations

from functools import partial

import polars as pl

from analytics.analysis.changes import compare_years
from analytics.analysis.detail import detail_column, detail_level
from analytics.analysis.frames import Frame, ratio, result_of
from analytics.analysis.pairs import OWNER
from analytics.analysis.witnesses import (
    LINE,
    choose_witness,
    contradicts_restated,
    facts_of,
    is_published,
)
from analytics.expressions import worded
from analytics.schema.results import Series
from analytics.schema.vocabularies import Comparability, Stage

__all__ = ["series"]

_ORDER = (*LINE, "line_key", "fiscal_year")
_OF_STATEMENT = [*OWNER, "statement", "flow", "classification", "component"]
_CHANGED = (
    Comparability.SCOPE_DIFFERS,
    Comparability.CODE_UNCERTAIN,
    Comparability.CODES_LINKED,
    Comparability.CODES_MOVED,
)
"""What makes two figures figures of different things; a contradiction between sources does not."""

# Why two figures are not compared, or only with care; what {} stands for is in `_PARTS`.
_BREAKS = {
    "unlisted": (
        "其间的报表没有这一行，当年未安排",
        "the statement of a year in between does not list the line: nothing was appropriated",
    ),
    "not_compared": (
        "本年自身的文件不在库中，无从判断是否与之前同义",
        "no document of the year itself is at hand to compare it with the year before",
    ),
    "disowned": (
        "其中一个数只见于后来的文件，当年的报表没有这一行",
        "one of the figures is in a later document only; the year's own statement lacks the line",
    ),
    "reused": (
        "同一编码在之前另有所指",
        "the code meant something else before",
    ),
    str(Comparability.SCOPE_DIFFERS): (
        "一方含上年结转，另一方不含",
        "one of the figures holds carry-over, the other does not",
    ),
    str(Comparability.CODE_UNCERTAIN): (
        "科目对应存疑",
        "the code of one of the figures is uncertain",
    ),
    str(Comparability.CODES_LINKED): (
        "科目调整，只有与之前的{}合并才可比",
        "codes changed: comparable only in a union with {} of before",
    ),
    str(Comparability.CODES_MOVED): (
        "科目调整，只有上级科目可比",
        "codes changed: only the class above is comparable",
    ),
}
_NOTES = {
    "gap": (
        "与{}年之间没有数，不作推算",
        "there is no figure between {} and this year; none is made up",
    ),
    str(Comparability.SOURCES_DIFFER): (
        "同一数字在不同处互相矛盾，采用排在前面的一处",
        "the same figure is stated differently in several places; the first in order is used",
    ),
}
_PARTS = {str(Comparability.CODES_LINKED): "code_prior", "gap": "prior_year"}
_NO_INDEX = {
    "missing": ("基年没有数", "the base year has no figure"),
    "broken": ("与基年之间有断点", "there is a break between the base year and this one"),
    "zero": ("基年的数不大于零", "the figure of the base year is not above zero"),
    "none": ("没有大于零的数可作基数", "no figure is above zero"),
    "negative": ("本年的数小于零", "the figure of the year is below zero"),
}


def series(
    facts: Frame,
    *,
    base_year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
    links: Frame | None = None,
) -> pl.DataFrame:
    """Line up the figures of each line over the years, as an index as well.

    Grain: one row for a line and a year that has a figure, the one that
    :func:`~analytics.analysis.witnesses.choose_witness` takes; ``line_key`` is the same in every
    year of a line. A year without a figure has no row: nothing is interpolated, and nothing is
    carried over from one year to another.

    Each figure stands beside the one before it, that of ``prior_year``:

    - ``is_break``: the two are not of the same thing. The code was split, merged, redefined or
      given to something else, carry-over is in one of them only, the code is uncertain, a statement
      in between does not list the line, or nothing tells. ``reason`` says which. Codes are judged
      as in :func:`~analytics.analysis.changes`, across a gap of years as well.
    - ``change_yuan`` and ``growth_share`` (change / prior amount, null unless that is above zero
      and the current one not below it) where the two years are consecutive and there is no break.
      The first figure of a line and one after a gap have none.
    - Figures of a line and year that contradict each other (``is_disputed``) are no break: it is
      the same thing, stated differently. The comparability of both its neighbours says so.

    ``index_share`` = amount / amount of ``index_base_year``: 1 in the base year, and 0 for a
    printed zero. The index does not run across a break. Without a ``base_year`` each stretch
    between breaks starts anew at its first year above zero; with one, years on the other side of a
    break have none. ``index_reason`` says why an index is missing: no figure in the base year, a
    base of zero or below, a break in between, or a negative amount.

    Growth in wide form, a row a line and a column a year, is a pivot of this result.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        base_year: The year the index divides by; the first above zero of each stretch if not given.
        stage: ``budget`` or ``final``; ``None`` for both, each line by itself.
        scope: ``department`` or ``unit``; ``None`` for both, each line by itself.
        links: Which codes changed, as in :func:`~analytics.analysis.changes`.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Series`, sorted by line and year.

    Raises:
        InputError: Not a table of facts, money as float, or no such stage or scope.
        SchemaError: ``links`` are not rows of ``CodeLinks``.

    Examples:
        What a library budgeted in all, and the same as an index of 2019:

        >>> import analytics
        >>> rows = analytics.series(years, base_year=2019).filter(code="total")
        >>> rows.select("fiscal_year", "amount_yuan", "growth_share", "index_share")
        shape: (4, 4)
        ┌─────────────┬───────────────┬──────────────┬─────────────┐
        │ fiscal_year ┆ amount_yuan   ┆ growth_share ┆ index_share │
        │ ---         ┆ ---           ┆ ---          ┆ ---         │
        │ i16         ┆ decimal[18,2] ┆ f64          ┆ f64         │
        ╞═════════════╪═══════════════╪══════════════╪═════════════╡
        │ 2018        ┆ 4000000.00    ┆ null         ┆ 0.930233    │
        │ 2019        ┆ 4300000.00    ┆ 0.075        ┆ 1.0         │
        │ 2020        ┆ 4100000.00    ┆ -0.046512    ┆ 0.953488    │
        │ 2021        ┆ 4600000.00    ┆ 0.121951     ┆ 1.069767    │
        └─────────────┴───────────────┴──────────────┴─────────────┘
    """
    selected = facts_of(facts, stage=stage, scope=scope).collect(engine="in-memory")
    compare = partial(compare_years, links=links)
    rows = choose_witness(selected.lazy()).collect(engine="in-memory")
    rows = _with_prior(rows.with_columns(statement_last_year=_last_year()))
    compared = _sides(compare(selected.lazy()))
    rows = rows.join(
        compared.select("fiscal_year", "source", _against="prior_year", _near="comparability"),
        on=["fiscal_year", "source"],
        how="left",
    )
    is_gap = pl.col("prior_year") < pl.col("fiscal_year") - 1
    was_listed = is_gap & (pl.col("_near") != str(Comparability.NO_PRIOR))
    rows = rows.with_columns(
        _is_unlisted=was_listed.fill_null(value=False),
        _against=pl.when(is_gap & ~was_listed.fill_null(value=True))
        .then("prior_year")
        .otherwise("_against"),
    )
    over_gaps = rows.filter(pl.col("_against") < pl.col("fiscal_year") - 1)
    far = [
        _sides(
            compare(
                selected.lazy().filter(
                    pl.col("fiscal_year").is_in([year, prior]),
                    pl.col("agency_id").is_in(of["agency_id"].unique().implode()),
                ),
                year=year,
                prior_year=prior,
            )
        )
        for (year, prior), of in over_gaps.group_by(["fiscal_year", "_against"])
    ]
    sides = pl.concat([compared, *far]).rename({"prior_year": "_against"})
    rows = rows.join(sides, on=["fiscal_year", "_against", "source"], how="left")
    return result_of(_indexed(_judged(rows.lazy()), base_year), Series, order=_ORDER)


def _last_year() -> pl.Expr:
    """The last year whose own statement prints lines of this level; else the last with any."""
    year = pl.col("fiscal_year")
    own = year.filter(is_published() & ~pl.col("is_restated"))
    last = own.max().fill_null(year.max())
    return last.over(*_OF_STATEMENT, detail_level(), detail_column())


def _with_prior(rows: pl.DataFrame) -> pl.DataFrame:
    """Each figure beside the one before it in its line."""
    rows = rows.sort("line_key", "fiscal_year").with_columns(
        # A unit separator cannot be written to every kind of file.
        pl.col("line_key").str.replace_all("\x1f", "|", literal=True),
        is_disputed=pl.col("is_disputed") | contradicts_restated(),
    )
    before = pl.col("fiscal_year", "amount_yuan", "source").shift(1).over("line_key")
    return rows.with_columns(before.name.prefix("_prior_")).rename(
        {"_prior_fiscal_year": "prior_year"}
    )


def _sides(pairs: pl.LazyFrame) -> pl.DataFrame:
    """How the figures of each year compare, by where they were printed: a union by its members."""
    return (
        pairs.filter(pl.col("source").is_not_null())
        .select(
            "fiscal_year",
            "prior_year",
            pl.col("source").str.split("; "),
            "comparability",
            "code_prior",
            _source_prior="source_prior",
            _is_stated=pl.col("amount_yuan").is_not_null(),
            _was_stated=pl.col("amount_prior_yuan").is_not_null(),
        )
        .explode("source")
        .collect(engine="in-memory")
    )


def _judged(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Whether each figure is of the same thing as the one before it; if so, how they differ."""
    is_first = pl.col("prior_year").is_null()
    is_same_figure = pl.col("_source_prior") == pl.col("_prior_source")
    is_disowned = ~pl.col("_is_stated") | (is_same_figure & ~pl.col("_was_stated"))
    comparability = pl.col("comparability")
    why = (
        pl.when(~is_first & comparability.is_null())
        .then(pl.lit("not_compared"))
        .when(~is_first & is_disowned)
        .then(pl.lit("disowned"))
        .when(comparability.is_in([str(value) for value in _CHANGED]))
        .then(comparability)
        .when("_is_unlisted")
        .then(pl.lit("unlisted"))
        .when(~is_first & ~is_same_figure.fill_null(value=False))
        .then(pl.lit("reused"))
        .when(pl.col("is_disputed") | (comparability == str(Comparability.SOURCES_DIFFER)))
        .then(pl.lit(str(Comparability.SOURCES_DIFFER)))
        .when(pl.col("prior_year") < pl.col("fiscal_year") - 1)
        .then(pl.lit("gap"))
    )
    is_next = (pl.col("prior_year") == pl.col("fiscal_year") - 1).fill_null(value=False)
    now, was = pl.col("amount_yuan"), pl.col("_prior_amount_yuan")
    rows = rows.with_columns(_why=why).with_columns(
        is_break=(~is_first & pl.col("_why").is_in(list(_BREAKS))).fill_null(value=False),
        reason=_texts(0),
        reason_en=_texts(1),
    )
    is_compared = is_next & ~pl.col("is_break")
    return rows.with_columns(
        change_yuan=pl.when(is_compared).then(now - was),
        growth_share=pl.when(is_compared & (now >= 0)).then(ratio(now - was, was)),
    )


def _texts(place: int) -> pl.Expr:
    texts = {why: worded_in[place] for why, worded_in in (_BREAKS | _NOTES).items()}
    plain = {why: text for why, text in texts.items() if why not in _PARTS}
    told = pl.col("_why").replace_strict(plain, default=None, return_dtype=pl.String)
    for why, column in _PARTS.items():
        told = pl.when(pl.col("_why") == why).then(worded(texts[why], column)).otherwise(told)
    return told


def _indexed(rows: pl.LazyFrame, base_year: int | None) -> pl.LazyFrame:
    """Amounts over that of the base year, within each stretch between breaks."""
    year, amount = pl.col("fiscal_year"), pl.col("amount_yuan")
    stretch = ("line_key", "_stretch")
    rows = rows.with_columns(
        _stretch=pl.col("is_break").cum_sum().over("line_key", order_by="fiscal_year")
    )
    if base_year is None:
        rows = rows.with_columns(index_base_year=year.filter(amount > 0).min().over(stretch))
    else:
        rows = rows.with_columns(index_base_year=pl.lit(base_year, pl.Int16))
    is_base = year == pl.col("index_base_year")
    base = pl.col("_base")
    why = (
        pl.when(base.is_null() & pl.lit(base_year is None))
        .then(pl.lit("none"))
        .when(base.is_null() & is_base.any().over("line_key"))
        .then(pl.lit("broken"))
        .when(base.is_null())
        .then(pl.lit("missing"))
        .when(base <= 0)
        .then(pl.lit("zero"))
        .when(amount < 0)
        .then(pl.lit("negative"))
    )
    return (
        rows.with_columns(_base=amount.filter(is_base).first().over(stretch))
        .with_columns(_no_index=why)
        .with_columns(
            index_share=pl.when(pl.col("_no_index").is_null()).then(ratio(amount, base)),
            index_reason=_index_texts(0),
            index_reason_en=_index_texts(1),
        )
    )


def _index_texts(place: int) -> pl.Expr:
    return pl.col("_no_index").replace_strict(
        {why: texts[place] for why, texts in _NO_INDEX.items()},
        default=None,
        return_dtype=pl.String,
    )
