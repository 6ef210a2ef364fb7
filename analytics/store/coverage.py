"""Which statements a panel has of whom and when, and where there are gaps."""

from __future__ import annotations

import polars as pl

from analytics.schema.fields import FIELDS, IDENTITY
from analytics.schema.panel_vocabularies import CoverageState
from analytics.schema.results.panel import CoverageGrid
from analytics.schema.tables import conform
from analytics.schema.vocabularies import Presence, Statement, Topic
from analytics.store.tables import Coverage

__all__ = ["coverage", "coverage_grid", "grid_by_year"]

_SERIES = ("agency_id", "stage", "scope")
_MARKS = {
    CoverageState.PRESENT: "●",
    CoverageState.EMPTY: "○",
    CoverageState.MISSING: "缺",
    CoverageState.NOT_LISTED: "·",
    CoverageState.NO_DOCUMENT: "",
}
_IN_ORDER = pl.Enum([str(statement) for kind in (Statement, Topic) for statement in kind])


def coverage(documents: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """Which statements there are of whom and when; see :meth:`Panel.coverage`."""
    best_first = pl.Enum([str(presence) for presence in Presence])
    keys = [*IDENTITY, "statement"]
    rows = statements.join(documents.select("document_id", *IDENTITY), on="document_id")
    is_found = pl.col("presence") != str(Presence.MISSING)
    # A file with none of the statements, such as the narrative published by itself, does not say
    # which of them the disclosure should have: the file with the tables does.
    speaks = is_found.any().over("document_id") | ~is_found.any().over(IDENTITY)
    return (
        rows.filter(speaks)
        .with_columns(pl.col("statement").cast(_IN_ORDER), pl.col("presence").cast(best_first))
        .sort(*keys, "presence")
        .unique(keys, keep="first", maintain_order=True)
        .select(Coverage.column_names())
        .with_columns(pl.col("statement", "presence").cast(pl.String))
    )


def coverage_grid(documents: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """Every statement in every year of an agency; see :meth:`Panel.coverage_grid`."""
    covered = coverage(documents, statements).rename({"presence": "coverage_state"})
    spans = documents.group_by("agency_id").agg(
        fiscal_year=pl.int_ranges(
            pl.col("fiscal_year").min(), pl.col("fiscal_year").max() + 1, dtype=pl.Int16
        )
    )
    disclosed = documents.select(IDENTITY).unique().with_columns(_is_disclosed=True)
    state = (
        pl.when(pl.col("coverage_state").is_not_null())
        .then("coverage_state")
        .when("_is_disclosed")
        .then(pl.lit(str(CoverageState.NOT_LISTED)))
        .otherwise(pl.lit(str(CoverageState.NO_DOCUMENT)))
    )
    order = (*_SERIES, "statement", "fiscal_year")
    grid = (
        covered.select(*_SERIES, "statement")
        .unique()
        .join(spans, on="agency_id")
        .explode("fiscal_year")
        .join(covered, on=[*IDENTITY, "statement"], how="left")
        .join(disclosed, on=IDENTITY, how="left")
        .with_columns(pl.col("statement").cast(_IN_ORDER), coverage_state=state)
        .sort(order)
        .with_columns(pl.col("statement").cast(pl.String))
    )
    return conform(grid, CoverageGrid, table="coverage_grid")


def grid_by_year(grid: pl.DataFrame) -> pl.DataFrame:
    """A coverage grid to look at: one row a statement, one column a year.

    Args:
        grid: What :meth:`Panel.coverage_grid` returned, or rows of it.

    Returns:
        Chinese labels and one mark a year: ● with figures, ○ without figures, 缺 missing, · not in
        the form of that disclosure, blank where there is no document. A notebook shows it as a
        table.

    Examples:
        >>> table = grid_by_year(panel.coverage_grid())
        >>> table.columns
        ['单位', '阶段', '范围', '报表', '2024']
        >>> table.row(0)
        ('示例市图书馆', '预算', '单位', '收支总表', '●')
    """
    years = [str(year) for year in grid["fiscal_year"].unique().sort()]
    marks = {str(state): mark for state, mark in _MARKS.items()}
    wide = grid.with_columns(
        pl.col("coverage_state").replace_strict(marks, return_dtype=pl.String),
        pl.col("fiscal_year").cast(pl.String),
    ).pivot(
        "fiscal_year",
        on_columns=years,
        index=[*_SERIES, "statement"],
        values="coverage_state",
        aggregate_function="first",
        maintain_order=True,
    )
    labels = {"agency_id": "单位", "stage": "阶段", "scope": "范围", "statement": "报表"}
    return wide.select(
        pl.col("agency_id").alias(labels["agency_id"]),
        *(_labelled(column).alias(labels[column]) for column in ("stage", "scope", "statement")),
        pl.col(years).fill_null(""),
    )


def _labelled(column: str) -> pl.Expr:
    words = {str(word): word.zh for kind in FIELDS[column].vocabulary for word in kind}
    return pl.col(column).replace_strict(words, return_dtype=pl.String)
