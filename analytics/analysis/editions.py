"""Every figure that documents state of a line, and the figures as one of them states them."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, of_year, result_of
from analytics.analysis.witnesses import LINE, QUALIFIERS, facts_of, ranked_witnesses
from analytics.errors import InputError
from analytics.schema.results import Witnesses
from analytics.schema.vocabularies import Stage

__all__ = ["published_in", "witnesses"]

_ORDER = ("agency_id", "fiscal_year", *LINE[1:], *QUALIFIERS, "witness_rank")


def witnesses(
    facts: Frame,
    *,
    year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
) -> pl.DataFrame:
    """List every figure that is stated of a line and year, the one that analyses take first.

    Grain: one row a figure. A figure of 2018 may be printed in the budget of 2018, in several of
    its statements, implied by the narrative of 2019, and printed again in the accounts of 2018.
    They are ranked by one order: corrected, printed, implied; among these the year's own document
    before a later one; then the smallest printed step; then the place. ``agrees`` says whether
    what the printed precision leaves of a figure meets what it leaves of the first one; where it
    does not, the document restates the figure or one of them is wrong.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: Only figures of this year.
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Witnesses`, sorted by line and rank.

    Raises:
        InputError: Not a table of facts, or money as float.

    Examples:
        What the text of a budget implies of the year before is restated by it:

        >>> import analytics
        >>> rows = analytics.witnesses(panel.facts, year=2023)
        >>> set(rows["value_kind"]), set(rows["is_restated"])
        ({'implied'}, {True})
    """
    stated = of_year(facts_of(facts, stage=stage, scope=scope), year)
    return result_of(ranked_witnesses(stated).lazy(), Witnesses, order=_ORDER)


def published_in(
    facts: Frame, documents: Frame, *, year: int, stage: str = Stage.BUDGET
) -> pl.DataFrame:
    """The figures as the disclosures of one year and stage state them, of whatever year.

    Passed to any analysis, they give the comparison as those who wrote the disclosure made it:
    the prior year is the one their text implies, not the one printed a year before.

    Args:
        facts: The canonical facts.
        documents: The documents they were read from.
        year: Fiscal year of the disclosures.
        stage: ``budget`` or ``final``: their stage.

    Returns:
        The rows of ``facts`` that those documents state, with all their columns, sorted by place.

    Raises:
        InputError: Not tables of facts and documents, or there is no document of that year and
            stage.

    Examples:
        >>> import analytics
        >>> rows = analytics.published_in(panel.facts, panel.documents, year=2024)
        >>> rows.height == panel.facts.height, sorted(set(rows["fiscal_year"]))
        (True, [2023, 2024])
    """
    chosen = (
        as_lazy(documents, table="documents", columns=["document_id", "fiscal_year", "stage"])
        .filter(pl.col("fiscal_year") == year, pl.col("stage") == str(stage))
        .select("document_id")
        .collect()
    )
    if chosen.is_empty():
        raise InputError(
            f"no {stage} disclosure of {year} is among the documents",
            hint="name a year and a stage that panel.documents has",
        )
    rows = pl.DataFrame(facts) if not isinstance(facts, pl.LazyFrame) else facts.collect()
    as_lazy(rows, table="facts", columns=["document_id", "block", "row", "column"])
    return rows.join(chosen, on="document_id", how="semi").sort(
        "document_id", "block", "row", "column"
    )
