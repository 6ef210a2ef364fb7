"""What changed from one year to the next, line by line."""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.analysis.frames import Frame, check_years, ratio, result_of, table_of
from analytics.analysis.link_steps import links_between
from analytics.analysis.links import without_marks
from analytics.analysis.pairs import OWNER, pair_years
from analytics.analysis.witnesses import LINE, QUALIFIERS, choose_witness, facts_of
from analytics.errors import InputError
from analytics.schema.links import CodeLinks
from analytics.schema.results import Changes
from analytics.schema.vocabularies import (
    Classification,
    Comparability,
    Fund,
    Stage,
    Status,
    ValueKind,
)

__all__ = ["changes", "compare_years", "three_public"]

_COUNTED = {
    "_now": "amount_yuan",
    "_now_low": "low_yuan",
    "_now_high": "high_yuan",
    "_was": "amount_prior_yuan",
    "_was_low": "low_yuan_prior",
    "_was_high": "high_yuan_prior",
}
_ORDER = (OWNER[0], "fiscal_year", *OWNER[1:], *LINE[3:], *QUALIFIERS, "code_prior")


def changes(
    facts: Frame,
    *,
    year: int | None = None,
    prior_year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
    links: Frame | None = None,
) -> pl.DataFrame:
    """Compare every line of a year with the same line of the year before.

    Grain: one row for a line (agency, stage, scope, statement, flow, classification, code,
    counterpart, fund, component) in a pair of years, whenever either year states a figure. A code
    under which a document prints several lines is told apart by name, parent or carry-over basis.

    With x₀ and x₁ the amounts of the prior and the current year, in yuan:

    - ``change_yuan`` = x₁ − x₀; its interval adds up what the printed precision of both leaves.
    - ``growth_share`` = (x₁ − x₀) / x₀, null unless x₀ > 0 and x₁ ≥ 0. Its interval takes the two
      sides as independent: it may be wider than need be, never narrower.
    - ``contribution_share`` = change / x₀ of the parent line, so that the contributions of all
      parts add up to the growth of the whole. A line without a parent contributes its own growth.
    - ``change_rank``: 1 for the largest change, up or down, among the lines below the same parent;
      null for a line without one.

    Status and comparability. A line that a printed statement does not list, though it prints
    others of the same level in the same column, had nothing appropriated: against a line that is listed in the other year it counts as 0 and the status is
    ``new`` or ``ended``, while its own amount stays null (a blank is not a printed zero). Where
    the other year's statement itself is not known, the status is ``unknown`` with ``no_prior`` or
    ``no_current``, and no change is computed; nor is it where the two sides differ in whether
    carry-over is included (``scope_differs``), nor of agencies reorganised in between of which a
    part is not known (``agency_incomplete``). Figures that contradict each other give
    ``sources_differ``, for the one chosen by :func:`~analytics.analysis.witnesses.choose_witness`.

    Codes that changed between the years are compared as a union, one row with all of them in
    ``code`` and ``code_prior`` and ``codes_linked``, with the kind, basis and confidence of the
    weakest link in it; so are their classes where the money moved from one to another. Where only
    classes are known to be linked, a line below that only one of the years has is ``codes_moved``
    and ``unknown``: nobody knows whether it is new. :func:`comparison_coverage` says how much money is compared.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The year to explain; without it every year that has a document of its own.
        prior_year: The year to compare with; ``year`` − 1 if not given.
        stage: ``budget`` or ``final``; ``None`` for both, each compared with itself.
        scope: ``department`` or ``unit``; ``None`` for both, each compared with itself.
        links: Which codes changed, rows of :class:`~analytics.schema.links.CodeLinks`; without it
            those of :func:`~analytics.reference.code_links`. An empty frame links nothing.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Changes`, sorted by its key.

    Raises:
        InputError: Not a table of facts, money as float, or ``prior_year`` without ``year``.
        SchemaError: ``links`` are not rows of ``CodeLinks``.

    Examples:
        With a panel of one disclosure, whose text says by how much the general budget fell:

        >>> import analytics
        >>> rows = analytics.changes(panel.facts)
        >>> fallen = rows.filter(statement="general_public_expenditure", status="continued")
        >>> fallen.select("code", "prior_year", "amount_prior_yuan", "amount_yuan", "change_yuan")
        shape: (1, 5)
        ┌───────┬────────────┬───────────────────┬───────────────┬───────────────┐
        │ code  ┆ prior_year ┆ amount_prior_yuan ┆ amount_yuan   ┆ change_yuan   │
        │ ---   ┆ ---        ┆ ---               ┆ ---           ┆ ---           │
        │ str   ┆ i16        ┆ decimal[18,2]     ┆ decimal[18,2] ┆ decimal[18,2] │
        ╞═══════╪════════════╪═══════════════════╪═══════════════╪═══════════════╡
        │ total ┆ 2023       ┆ 5400000.00        ┆ 4800000.00    ┆ -600000.00    │
        └───────┴────────────┴───────────────────┴───────────────┴───────────────┘
        >>> fallen["growth_share"].round(4).item(), fallen["comparability"].item()
        (-0.1111, 'prior_implied')

        Of the lines below it the text says nothing, so that nothing is compared:

        >>> rows.filter(statement="general_public_expenditure", code="207")["comparability"][0]
        'no_prior'
    """
    rows = compare_years(
        facts_of(facts, stage=stage, scope=scope), year=year, prior_year=prior_year, links=links
    )
    return result_of(rows, Changes, order=_ORDER)


def three_public(
    facts: Frame,
    *,
    year: int | None = None,
    prior_year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
) -> pl.DataFrame:
    """Compare the three public expenses with the year before, by component and in total.

    Grain, formulas and status are those of :func:`changes`; only the lines of the classification
    ``three_public`` for all fiscal appropriation (the column 合计) are kept. Receptions, travel
    abroad and vehicles contribute to the total, vehicle purchase and operation to vehicles.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The year to explain; without it every year that has a document of its own.
        prior_year: The year to compare with; ``year`` − 1 if not given.
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Changes`, sorted by its key.

    Raises:
        InputError: As for :func:`changes`.

    Examples:
        With a panel of one disclosure, whose vehicles cost less than the year before:

        >>> import analytics
        >>> rows = analytics.three_public(panel.facts)
        >>> moved = rows.filter(rows["change_yuan"] != 0)
        >>> moved.select("code", "amount_prior_yuan", "amount_yuan", "growth_share")
        shape: (2, 4)
        ┌───────────────────┬───────────────────┬───────────────┬──────────────┐
        │ code              ┆ amount_prior_yuan ┆ amount_yuan   ┆ growth_share │
        │ ---               ┆ ---               ┆ ---           ┆ ---          │
        │ str               ┆ decimal[18,2]     ┆ decimal[18,2] ┆ f64          │
        ╞═══════════════════╪═══════════════════╪═══════════════╪══════════════╡
        │ total             ┆ 60000.00          ┆ 50000.00      ┆ -0.166667    │
        │ vehicle_operation ┆ 40000.00          ┆ 30000.00      ┆ -0.25        │
        └───────────────────┴───────────────────┴───────────────┴──────────────┘
    """
    rows = compare_years(
        facts_of(facts, stage=stage, scope=scope), year=year, prior_year=prior_year
    ).filter(
        pl.col("classification") == str(Classification.THREE_PUBLIC),
        pl.col("fund") == str(Fund.FISCAL_APPROPRIATION),
    )
    return result_of(rows, Changes, order=_ORDER)


def compare_years(
    facts: pl.LazyFrame,
    *,
    year: int | None = None,
    prior_year: int | None = None,
    links: Frame | None = None,
) -> pl.LazyFrame:
    """The kernel of :func:`changes`: facts as ``facts_of`` gives them, unsorted rows out.

    Raises:
        InputError: ``prior_year`` without ``year``, or not before it, or a year is no number.
        SchemaError: ``links`` are not rows of ``CodeLinks``.
    """
    check_years(year, prior_year)
    if prior_year is not None and (year is None or prior_year >= year):
        raise InputError(
            f"prior_year {prior_year} with year {year}",
            hint="name the year as well, and a prior year before it",
        )
    gap = 1 if year is None or prior_year is None else year - prior_year
    stated = None if links is None else table_of(links, CodeLinks, name="links")
    chosen = choose_witness(facts).collect()
    codes = links_between(stated, gap=gap, year=year)
    pairs = pair_years(chosen, year=year, gap=gap, links=codes)
    rows = _with_contribution(_compared(pairs, gap)).lazy()
    years = pairs["fiscal_year"].unique().to_list()
    if set(years).isdisjoint(codes.reused["fiscal_year"].to_list()):
        return rows
    return rows.with_columns(map(without_marks, ("code", "code_prior", "parent_code")))


def _compared(pairs: pl.DataFrame, gap: int) -> pl.DataFrame:
    """Difference, growth, status and comparability of each pair."""
    marked, counted, judged = _comparison(gap)
    return pairs.with_columns(marked).with_columns(counted).with_columns(judged)


@cache
def _comparison(gap: int) -> tuple[list[pl.Expr], list[pl.Expr], list[pl.Expr]]:
    """What is added to pairs in three steps, each on the one before.

    Built once: on the lines of one disclosure to build expressions takes as long as to run them.
    """
    has, had = pl.col("amount_yuan").is_not_null(), pl.col("amount_prior_yuan").is_not_null()
    lists, listed = pl.col("is_listed"), pl.col("is_listed_prior")
    # A sentence compares like with like: what it implies has the scope of the figure it is about.
    is_stated = pl.col("value_kind_prior") == str(ValueKind.IMPLIED)
    differs = (pl.col("carryover_basis") != pl.col("carryover_basis_prior")) & ~is_stated
    # Of a line that only one year has below classes that are compared as a union nobody knows what
    # became of it, or where it came from.
    is_moved = _either("is_below_link") & (has != had)
    is_known = (
        (has | lists)
        & (had | listed)
        & ~differs.fill_null(value=False)
        & ~_either("is_agency_incomplete")
        & ~is_moved
    )
    # The figure, or 0 for a line that its statement does not list.
    counted = [
        pl.when("_is_known")
        .then(pl.col(column).fill_null(pl.lit(0, pl.Decimal(20, 4))))
        .alias(name)
        for name, column in _COUNTED.items()
    ]
    now, was = pl.col("_now"), pl.col("_was")
    has_growth = (was > 0) & (now >= 0)
    judged = {
        "carryover_basis": pl.coalesce("carryover_basis", "carryover_basis_prior"),
        "prior_year": (pl.col("fiscal_year") - gap).cast(pl.Int16),
        "stage_prior": pl.col("stage"),
        "change_yuan": now - was,
        "change_low_yuan": pl.col("_now_low") - pl.col("_was_high"),
        "change_high_yuan": pl.col("_now_high") - pl.col("_was_low"),
        "growth_share": pl.when(has_growth).then(ratio(now - was, was)),
        "growth_low_share": pl.when(has_growth).then(_growth_low()),
        "growth_high_share": pl.when(has_growth).then(
            ratio(pl.col("_now_high"), pl.col("_was_low")) - 1
        ),
        "status": _status(pl.col("_is_known"), now, was),
        "comparability": pl.when(is_moved)
        .then(pl.lit(str(Comparability.CODES_MOVED)))
        .otherwise(_comparability(has, lists, had, listed, differs)),
    }
    return (
        [is_known.alias("_is_known")],
        counted,
        [column.alias(name) for name, column in judged.items()],
    )


def _either(flag: str) -> pl.Expr:
    """Whether a flag is set on the figure of either year."""
    return pl.any_horizontal(flag, f"{flag}_prior").fill_null(value=False)


def _growth_low() -> pl.Expr:
    """Smallest growth: the low end over the high base, or over the low one if it is negative."""
    low = pl.col("_now_low")
    base = pl.when(low < 0).then(pl.col("_was_low")).otherwise(pl.col("_was_high"))
    return ratio(low, base) - 1


def _status(is_known: pl.Expr, now: pl.Expr, was: pl.Expr) -> pl.Expr:
    return (
        pl.when(~is_known)
        .then(pl.lit(str(Status.UNKNOWN)))
        .when((was == 0) & (now != 0))
        .then(pl.lit(str(Status.NEW)))
        .when((was != 0) & (now == 0))
        .then(pl.lit(str(Status.ENDED)))
        .otherwise(pl.lit(str(Status.CONTINUED)))
    )


def _comparability(
    has: pl.Expr, lists: pl.Expr, had: pl.Expr, listed: pl.Expr, differs: pl.Expr
) -> pl.Expr:
    """The gravest thing that stands between the two figures."""
    is_uncertain, is_disputed = _either("is_uncertain"), _either("is_disputed")
    is_implied = pl.col("value_kind_prior") == str(ValueKind.IMPLIED)
    return (
        pl.when(_either("is_agency_incomplete"))
        .then(pl.lit(str(Comparability.AGENCY_INCOMPLETE)))
        .when(~had & ~listed)
        .then(pl.lit(str(Comparability.NO_PRIOR)))
        .when(~has & ~lists)
        .then(pl.lit(str(Comparability.NO_CURRENT)))
        .when(differs)
        .then(pl.lit(str(Comparability.SCOPE_DIFFERS)))
        .when(is_uncertain)
        .then(pl.lit(str(Comparability.CODE_UNCERTAIN)))
        .when(is_disputed)
        .then(pl.lit(str(Comparability.SOURCES_DIFFER)))
        .when(pl.col("link_kinds").is_not_null())
        .then(pl.lit(str(Comparability.CODES_LINKED)))
        .when(is_implied)
        .then(pl.lit(str(Comparability.PRIOR_IMPLIED)))
        .otherwise(pl.lit(str(Comparability.COMPARABLE)))
    )


def _with_contribution(rows: pl.DataFrame) -> pl.DataFrame:
    """Add each change over the prior amount of its parent.

    The parent stands in the same statement, flow and component, and has the same fund; only a
    line that *is* a fund (classification ``revenue_source``) is part of the balance of all funds.
    """
    classes = (
        rows.filter(
            pl.col("counterpart_code").is_null(),
            pl.col("code").is_in(rows["parent_code"].unique().drop_nulls().implode()),
        )
        .select(
            "fund", "_was", _class=_class_key("fund", "code"), _balance=_class_key(None, "code")
        )
        .unique("_class", keep="none")
    )
    rows = rows.with_columns(_class=_class_key("fund", "parent_code")).join(
        classes.select("_class", _base="_was"), on="_class", how="left"
    )
    base = (
        pl.when(pl.col("parent_code").is_null())
        .then(pl.when(pl.col("_now") >= 0).then(pl.col("_was")))
        .otherwise("_base")
    )
    return _with_balances(rows, classes).with_columns(
        contribution_share=ratio(pl.col("change_yuan"), base),
        change_rank=pl.when(pl.col("_class").is_not_null()).then(
            pl.col("change_yuan").abs().rank("min", descending=True).over("_class")
        ),
    )


def _with_balances(rows: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Give lines that are a fund the balance of all funds as the whole they are a part of."""
    is_fund = pl.col("classification") == str(Classification.REVENUE_SOURCE)
    funds = rows.filter(is_fund)
    if funds.is_empty():
        return rows
    balances = (
        classes.filter(pl.col("fund").is_in([str(Fund.ALL), str(Fund.FISCAL_APPROPRIATION)]))
        .sort("fund")
        .unique("_balance", keep="first", maintain_order=True)
    )
    whole = (
        funds.with_columns(_balance=_class_key(None, "parent_code"))
        .join(balances.select("_balance", _all_funds="_was"), on="_balance", how="left")
        .with_columns(_base=pl.coalesce("_base", "_all_funds"))
    )
    return pl.concat([rows.filter(~is_fund), whole.select(rows.columns)])


@cache
def _class_key(fund: str | None, code: str) -> pl.Expr:
    """A class of a statement as one text; null for the class above a line that has none."""
    owner = ("agency_id", "stage", "scope", "statement", "flow", "component")
    of_fund = pl.lit("") if fund is None else pl.col(fund)
    return pl.concat_str(*owner, "fiscal_year", of_fund, code, separator="\x1f")
