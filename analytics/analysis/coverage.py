"""How much of both years' money a comparison covers, and how."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, ratio, result_of
from analytics.schema.link_vocabularies import Confidence, Treatment
from analytics.schema.results import ComparisonCoverage
from analytics.schema.vocabularies import Classification, Comparability, Status

__all__ = ["comparison_coverage"]

_PART = (
    "agency_id",
    "fiscal_year",
    "prior_year",
    "stage",
    "scope",
    "statement",
    "flow",
    "fund",
    "component",
)
_CODED = (
    Classification.FUNCTION,
    Classification.ECONOMIC_DEPARTMENT,
    Classification.ECONOMIC_GOVERNMENT,
)
_MONEY = ("amount_prior_yuan", "amount_yuan")
_ORDER = (*_PART[:7], "classification", *_PART[7:], "treatment")


def comparison_coverage(changes: Frame) -> pl.DataFrame:
    """Divide the money of both years by how far it is compared.

    Grain: one row a treatment in a part of a statement (agency, pair of years, stage, scope,
    statement, flow, classification, fund, component). The money is that of the finest lines, and
    what a class has beside them; so no yuan is counted twice, and over all treatments the shares
    of each year add up to 1. Only lines with codes of the functional and economic classifications
    are counted.

    - ``same_code``: both years have the line, and nothing known stands against the comparison.
    - ``linked``: its codes changed and it is compared as a union; ``link_confidence`` is that of
      the weakest link.
    - ``class_only``: what became of the line is not known, but its class is compared; also money
      of a compared class that its own lines do not state.
    - ``one_year``: a line that only one of two known statements prints.
    - ``not_compared``: the statement of one year is not known, or the scope differs.

    Args:
        changes: What :func:`~analytics.analysis.changes` returned.

    Returns:
        A frame that meets :class:`~analytics.schema.results.ComparisonCoverage`, sorted by key.

    Raises:
        InputError: Not a result of ``changes``.

    Examples:
        A pension line was merged into another one in 2020:

        >>> import analytics
        >>> table = analytics.comparison_coverage(analytics.changes(years, year=2020))
        >>> table.select("treatment", "amount_prior_yuan", "amount_yuan", "link_confidence")
        shape: (2, 4)
        ┌───────────┬───────────────────┬───────────────┬─────────────────┐
        │ treatment ┆ amount_prior_yuan ┆ amount_yuan   ┆ link_confidence │
        │ ---       ┆ ---               ┆ ---           ┆ ---             │
        │ str       ┆ decimal[18,2]     ┆ decimal[18,2] ┆ str             │
        ╞═══════════╪═══════════════════╪═══════════════╪═════════════════╡
        │ linked    ┆ 520000.00         ┆ 550000.00     ┆ medium          │
        │ same_code ┆ 3780000.00        ┆ 3550000.00    ┆ null            │
        └───────────┴───────────────────┴───────────────┴─────────────────┘
        >>> table["money_share"].round(3).to_list()
        [0.134, 0.866]
    """
    rows = as_lazy(
        changes,
        table="changes",
        columns=[
            *_PART,
            "classification",
            "code",
            "code_prior",
            "parent_code",
            *_MONEY,
            "status",
            "comparability",
            "link_confidence",
        ],
    ).filter(
        pl.col("classification").is_in([str(c) for c in _CODED]),
        pl.col("code").str.contains(r"^\d"),
    )
    own = _own_money(rows.with_columns(_treatment()).cache())
    ranks = [str(confidence) for confidence in Confidence]
    part = [*_PART, "classification"]
    summed = own.group_by(*part, "treatment").agg(
        pl.col(*_MONEY).sum(),
        line_count=pl.len(),
        link_confidence=pl.col("link_confidence")
        .replace_strict({word: rank for rank, word in enumerate(ranks)}, return_dtype=pl.Int8)
        .max()
        .replace_strict(dict(enumerate(ranks)), return_dtype=pl.String),
    )
    shared = summed.with_columns(
        money_share=ratio(pl.col("amount_yuan"), pl.col("amount_yuan").sum().over(part)),
        money_prior_share=ratio(
            pl.col("amount_prior_yuan"), pl.col("amount_prior_yuan").sum().over(part)
        ),
    )
    return result_of(shared, ComparisonCoverage, order=_ORDER)


def _treatment() -> pl.Expr:
    comparability, status = pl.col("comparability"), pl.col("status")

    def of(treatment: Treatment) -> pl.Expr:
        return pl.lit(str(treatment))

    return (
        pl.when(comparability == str(Comparability.CODES_MOVED))
        .then(of(Treatment.CLASS_ONLY))
        .when(status == str(Status.UNKNOWN))
        .then(of(Treatment.NOT_COMPARED))
        .when(pl.col("link_confidence").is_not_null())
        .then(of(Treatment.LINKED))
        .when(status == str(Status.CONTINUED))
        .then(of(Treatment.SAME_CODE))
        .otherwise(of(Treatment.ONE_YEAR))
        .alias("treatment")
    )


def _own_money(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The finest lines, and what classes with lines below them have beside these."""
    below = (
        rows.group_by(*_PART, "classification", code="parent_code")
        .agg(pl.col(name).sum().alias(f"_below_{name}") for name in _MONEY)
        .filter(pl.col("code").is_not_null())
    )
    own = rows.join(below, on=[*_PART, "classification", "code"], how="left")
    is_class = pl.col("_below_amount_yuan").is_not_null()
    rest = {
        # A class that a year does not print has nothing beside its lines in that year.
        name: pl.when(is_class & pl.col(name).is_null())
        .then(pl.lit(0))
        .otherwise(pl.col(name).fill_null(0) - pl.col(f"_below_{name}").fill_null(0))
        for name in _MONEY
    }
    is_compared = pl.col("treatment").is_in([str(Treatment.SAME_CODE), str(Treatment.LINKED)])
    return own.with_columns(
        **rest,
        treatment=pl.when(is_class & is_compared)
        .then(pl.lit(str(Treatment.CLASS_ONLY)))
        .otherwise("treatment"),
        link_confidence=pl.when(~is_class).then("link_confidence"),
    ).filter(~is_class | (pl.col("amount_yuan") != 0) | (pl.col("amount_prior_yuan") != 0))
