"""Figures whose reconciliation failed, marked in every result that uses them."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy
from analytics.errors import InputError
from analytics.expressions import worded
from analytics.schema.vocabularies import Outcome, Severity

__all__ = ["doubted_places", "with_doubts"]

_COLUMNS = (
    "finding_id",
    "document_id",
    "outcome",
    "severity",
    "measure_unit",
    "root",
    "block",
    "row",
    "column",
    "evidence",
)
_SOURCE = r"block (\d+) row (\d+) column (\d+)[^;]*?, document (\w+)"
_MARKS = {"is_doubted": "source", "is_doubted_prior": "source_prior"}


def doubted_places(findings: Frame) -> pl.DataFrame:
    """The figures that failed checks of severity error leave in doubt, by their place.

    Where several checks fail together, at one root, the figures that went into all of them are in
    doubt. Where a check fails by itself, or the checks have no figure in common, it is the figure
    that was tested, and where two amounts contradict each other both; the many terms of a sum that
    does not hold are not.

    Args:
        findings: The canonical findings, less those that a person has accepted or explained.

    Returns:
        One row a place and finding, sorted: ``place`` (document/block/row/column, as in
        ``evidence``) and ``finding_id``, that of the root.

    Raises:
        InputError: Not a table of findings.

    Examples:
        With a panel of one disclosure, whose text misstates one growth rate:

        >>> import analytics
        >>> places = analytics.doubted_places(panel.findings)
        >>> places["finding_id"].str.split("/").list.first().to_list()
        ['N-GROWTH']
    """
    failed = as_lazy(findings, table="findings", columns=_COLUMNS).filter(
        pl.col("outcome") == Outcome.FAIL, pl.col("severity") == Severity.ERROR
    )
    tested = worded("{}/{}/{}/{}", "document_id", "block", "row", "column")
    compared = pl.col("evidence").fill_null("").str.split(";")
    are_two = (compared.list.len() == 2) & (pl.col("measure_unit") == "yuan")
    checks = failed.with_columns(
        at=pl.coalesce("root", "finding_id"),
        compared=compared,
        own=pl.concat_list(tested, pl.when(are_two).then(compared).otherwise([])),
    ).cache()
    common = (
        checks.with_columns(count=pl.len().over("at"))
        .filter(pl.col("count") > 1)
        .explode("compared")
        .group_by("at", "compared")
        .agg(pl.col("finding_id").n_unique(), pl.col("count").first())
        .filter(pl.col("finding_id") == pl.col("count"))
        .select(place="compared", finding_id="at")
    )
    single = (
        checks.join(common, left_on="at", right_on="finding_id", how="anti")
        .explode("own")
        .select(place="own", finding_id="at")
    )
    return (
        pl.concat([common, single])
        .filter(pl.col("place").str.count_matches("/") == 3)
        .unique()
        .sort("place", "finding_id")
        .collect(engine="in-memory")
    )


def with_doubts(result: Frame, findings: Frame) -> pl.DataFrame:
    """Mark the figures of a result that did not reconcile.

    Adds ``is_doubted``: whether one of the places in ``source`` is among :func:`doubted_places`;
    where the result has ``source_prior``, also ``is_doubted_prior``. Nothing else is changed.
    Charts draw a mark at such figures.

    Args:
        result: What an analysis returned, with the column ``source``.
        findings: The canonical findings, less those that a person has accepted or explained.

    Returns:
        The result in its order, with the columns added.

    Raises:
        InputError: The result does not say where its figures stand, or ``findings`` is no table of
            findings.

    Examples:
        With a panel of one disclosure. Its text states a growth of operating expenses that does
        not follow from the change, and last year's figure rests on that sentence:

        >>> import analytics
        >>> rows = analytics.with_doubts(analytics.changes(panel.facts), panel.findings)
        >>> rows.filter("is_doubted_prior").select("statement", "is_doubted").rows()
        [('operating_expenses', False)]
    """
    rows = result.collect() if isinstance(result, pl.LazyFrame) else pl.DataFrame(result)
    if "source" not in rows.columns:
        raise InputError(
            "the result has no column 'source'", hint="mark it before columns are dropped"
        )
    doubted = doubted_places(findings)["place"].unique().to_list()
    return rows.with_columns(
        _rests_on(doubted, source).alias(name)
        for name, source in _MARKS.items()
        if source in rows.columns
    )


def _rests_on(places: list[str], source: str) -> pl.Expr:
    """Whether one of the places that a source names is among those."""
    named = pl.col(source).str.extract_all(_SOURCE)
    keys = named.list.eval(pl.element().str.replace(_SOURCE, "$4/$1/$2/$3"))
    return keys.list.eval(pl.element().is_in(places)).list.any().fill_null(value=False)
