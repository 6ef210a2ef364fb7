"""Spending in international classifications: functions by COFOG, economic codes by GFSM 2014."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import polars as pl

from analytics.analysis.frames import Frame, of_year, ratio, result_of
from analytics.analysis.lines import OWNER_YEAR, Line, pick_lines
from analytics.analysis.witnesses import choose_witness, facts_of, is_published
from analytics.reference.international import Counterpart, cofog_counterpart, gfsm_counterpart
from analytics.schema.panel_vocabularies import Mapping, Standard
from analytics.schema.results.international import International
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Statement,
)

__all__ = ["to_cofog", "to_gfsm"]


class _Place(NamedTuple):
    """Where lines of a classification may stand, the widest money first."""

    statement: Statement
    fund: Fund


_BY_FUNCTION = (
    _Place(Statement.EXPENDITURE_SUMMARY, Fund.ALL),
    _Place(Statement.BUDGET_SUMMARY, Fund.ALL),
)
_BY_ECONOMIC = (
    *_BY_FUNCTION,
    _Place(Statement.FISCAL_BASIC_EXPENDITURE, Fund.FISCAL_APPROPRIATION),
    _Place(Statement.BASIC_EXPENDITURE, Fund.FISCAL_APPROPRIATION),
    _Place(Statement.BASIC_EXPENDITURE, Fund.GENERAL_PUBLIC),
)
_SPENDING = {
    "spending": (
        Line(Statement.EXPENDITURE_SUMMARY),
        Line(Statement.BUDGET_SUMMARY, code=LineCode.CURRENT_TOTAL),
        Line(Statement.BUDGET_SUMMARY),
    )
}
_BALANCES = [str(code) for code in LineCode]
_ENDS = ("amount_yuan", "low_yuan", "high_yuan")
_TARGET = {
    "target_code": pl.String(),
    "target_name": pl.String(),
    "target_level": pl.String(),
    "certainty": pl.String(),
    "mapping_note": pl.String(),
    "matched_digits": pl.Int32(),
}


def to_cofog(
    facts: Frame,
    *,
    level: str = "division",
    year: int | None = None,
    stage: str | None = None,
    scope: str | None = None,
) -> pl.DataFrame:
    """Put the expenditure of all funds into the functions of government of COFOG.

    Grain: one row a COFOG code and how sure it is, for each agency, year, stage and scope; one row
    for what has no counterpart (``unmapped``: reserves, other expenditure, unknown codes) and one
    for the ``residual``: the printed total of the statement less its lines. Over these rows
    ``amount_yuan`` adds up to ``whole_yuan``, and ``share`` = amount / whole to 1.

    The lines are the finest of the expenditure statement, all funds; where that has no functions,
    those of the summary, which are classes only. What a line has beside the lines below it, more
    than rounding explains, stays with it. A blank is no line. Figures are those of the document of
    the year itself, and none that a narrative implies. ``matched_digits`` says how much of the
    national codes the concordance knows, at least: 3 where a class stood for its lines.

    The concordance is not official: sum ``yes`` alone, or with ``partial``, to see how much rests
    on it. COFOG is of 1999, as in GFSM 2014.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        level: ``division`` or ``group``; where the group is not known, the division is given, and
            ``target_level`` says so.
        year: The fiscal year; without it every year there is.
        stage: ``budget``, ``adjusted_budget`` or ``final``; ``None`` for all, each by itself.
        scope: ``department`` or ``unit``; ``None`` for both, each by itself.

    Returns:
        A frame that meets :class:`~analytics.schema.results.International`.

    Raises:
        InputError: Not a table of facts, or money as float, or there is no such level, stage or
            scope.

    Examples:
        >>> import analytics
        >>> rows = analytics.to_cofog(years, year=2019, stage="final")
        >>> rows.select("mapping", "target_code", "certainty", "amount_yuan", "share")
        shape: (3, 5)
        ┌──────────┬─────────────┬───────────┬───────────────┬──────────┐
        │ mapping  ┆ target_code ┆ certainty ┆ amount_yuan   ┆ share    │
        │ ---      ┆ ---         ┆ ---       ┆ ---           ┆ ---      │
        │ str      ┆ str         ┆ str       ┆ decimal[18,2] ┆ f64      │
        ╞══════════╪═════════════╪═══════════╪═══════════════╪══════════╡
        │ mapped   ┆ 08          ┆ partial   ┆ 3990000.00    ┆ 0.883721 │
        │ mapped   ┆ 10          ┆ partial   ┆ 525000.00     ┆ 0.116279 │
        │ residual ┆ null        ┆ null      ┆ 0.00          ┆ 0.0      │
        └──────────┴─────────────┴───────────┴───────────────┴──────────┘
    """
    cofog_counterpart("201", level=level)  # an unknown level is refused before anything is read

    def counterpart(code: str, **_: object) -> Counterpart | None:
        return cofog_counterpart(code, level=level)

    functions = (Classification.FUNCTION,)
    selected = _published(facts, year=year, stage=stage, scope=scope)
    return _converted(selected, Standard.COFOG, functions, _BY_FUNCTION, counterpart)


def to_gfsm(
    facts: Frame,
    *,
    year: int | None = None,
    stage: str | None = None,
    scope: str | None = None,
) -> pl.DataFrame:
    """Put expenditure by economic code into the economic classification of GFSM 2014.

    Grain, rows, sums and certainty are those of :func:`to_cofog`; ``target_level`` says what sort
    of transaction a code is: expense, nonfinancial asset, financial asset or financing.

    Disclosures break down by economic code only part of the money, mostly basic expenditure out of
    the appropriation: ``statement`` and ``fund`` say which, ``whole_yuan`` is its total, and
    ``whole_share`` how much that is of the year's expenditure of all funds. The widest such
    statement is taken. Codes of before 2018 are followed to those they became; see
    :func:`~analytics.reference.international.gfsm_counterpart`.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The fiscal year; without it every year there is.
        stage: ``budget``, ``adjusted_budget`` or ``final``; ``None`` for all, each by itself.
        scope: ``department`` or ``unit``; ``None`` for both, each by itself.

    Returns:
        A frame that meets :class:`~analytics.schema.results.International`.

    Raises:
        InputError: Not a table of facts, or money as float, or there is no such stage or scope.

    Examples:
        >>> import analytics
        >>> rows = analytics.to_gfsm(panel.facts, year=2024)
        >>> rows.select("mapping", "target_code", "certainty", "amount_yuan", "share")
        shape: (5, 5)
        ┌──────────┬─────────────┬───────────┬───────────────┬─────────┐
        │ mapping  ┆ target_code ┆ certainty ┆ amount_yuan   ┆ share   │
        │ ---      ┆ ---         ┆ ---       ┆ ---           ┆ ---     │
        │ str      ┆ str         ┆ str       ┆ decimal[18,2] ┆ f64     │
        ╞══════════╪═════════════╪═══════════╪═══════════════╪═════════╡
        │ mapped   ┆ 2111        ┆ yes       ┆ 2100000.00    ┆ 0.65625 │
        │ mapped   ┆ 212         ┆ partial   ┆ 300000.00     ┆ 0.09375 │
        │ mapped   ┆ 2121        ┆ yes       ┆ 400000.00     ┆ 0.125   │
        │ mapped   ┆ 22          ┆ yes       ┆ 400000.00     ┆ 0.125   │
        │ residual ┆ null        ┆ null      ┆ 0.00          ┆ 0.0     │
        └──────────┴─────────────┴───────────┴───────────────┴─────────┘
    """
    economic = (Classification.ECONOMIC_DEPARTMENT, Classification.ECONOMIC_GOVERNMENT)
    selected = _published(facts, year=year, stage=stage, scope=scope)
    return _converted(selected, Standard.GFSM, economic, _BY_ECONOMIC, gfsm_counterpart)


def _published(
    facts: Frame, *, year: int | None, stage: str | None, scope: str | None
) -> pl.LazyFrame:
    """One figure for each line of expenditure, out of the documents of the years themselves."""
    selected = facts_of(facts, stage=stage, scope=scope).filter(
        is_published(),
        ~pl.col("is_restated"),
        pl.col("flow") == str(Flow.EXPENDITURE),
        pl.col("carryover_basis") != str(CarryoverBasis.ONLY),
    )
    return choose_witness(of_year(selected, year))


def _converted(
    chosen: pl.LazyFrame,
    standard: Standard,
    classifications: Sequence[Classification],
    places: Sequence[_Place],
    counterpart: Callable[..., Counterpart | None],
) -> pl.DataFrame:
    of_standard = pl.col("classification").is_in([str(c) for c in classifications])
    lines, totals = _statement(chosen.filter(of_standard), places)
    own = _own_money(lines).collect(engine="in-memory")
    targets = _targets(own, counterpart)
    keys = ["classification", "_match", "fiscal_year", "name"]
    rows = own.lazy().join(targets.lazy(), on=keys, how="left", nulls_equal=True)
    mapped = (
        rows.group_by(*OWNER_YEAR, "target_code", "certainty")
        .agg(
            pl.col("target_name", "target_level").first(),
            pl.col("amount_yuan").sum(),
            pl.col("matched_digits").min(),
            line_count=pl.len(),
            source_codes=pl.col("code").unique().sort().str.join(";"),
            mapping_note=pl.col("mapping_note").drop_nulls().unique().sort().str.join("; "),
        )
        .with_columns(
            mapping=pl.when(pl.col("target_code").is_null())
            .then(pl.lit(str(Mapping.UNMAPPED)))
            .otherwise(pl.lit(str(Mapping.MAPPED)))
        )
    )
    of_lines = mapped.group_by(OWNER_YEAR).agg(_lines_yuan=pl.col("amount_yuan").sum())
    spending = pick_lines(chosen, _SPENDING).select(*OWNER_YEAR, spending_yuan="amount_yuan")
    wholes = (
        of_lines.join(totals, on=OWNER_YEAR, how="left")
        .join(spending, on=OWNER_YEAR, how="left")
        .collect(engine="in-memory")
        .lazy()
    )
    residual = wholes.filter(pl.col("whole_yuan").is_not_null()).select(
        *OWNER_YEAR,
        amount_yuan=pl.col("whole_yuan") - pl.col("_lines_yuan"),
        mapping=pl.lit(str(Mapping.RESIDUAL)),
        line_count=pl.lit(0),
    )
    together = (
        pl.concat([mapped, residual], how="diagonal_relaxed")
        .join(wholes, on=OWNER_YEAR, how="left")
        .with_columns(
            standard=pl.lit(str(standard)),
            share=ratio(pl.col("amount_yuan"), pl.coalesce("whole_yuan", "_lines_yuan")),
            whole_share=ratio(pl.col("whole_yuan"), pl.col("spending_yuan")),
            mapping_note=pl.when(pl.col("mapping_note") != "").then("mapping_note"),
        )
    )
    order = ["agency_id", "fiscal_year", "stage", "scope", "mapping", "target_code", "certainty"]
    return result_of(together, International, order=order)


def _statement(lines: pl.LazyFrame, places: Sequence[_Place]) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The coded lines of the widest statement an owner has them in, and the total of that."""
    ranks = pl.LazyFrame(
        [
            {"statement": str(place.statement), "fund": str(place.fund), "_rank": rank}
            for rank, place in enumerate(places)
        ],
        schema={"statement": pl.String, "fund": pl.String, "_rank": pl.Int32},
    )
    placed = lines.join(ranks, on=["statement", "fund"], how="inner")
    is_balance = pl.col("code").is_in(_BALANCES)
    is_total = pl.col("component") == str(Component.TOTAL)
    coded = placed.filter(~is_balance, is_total).with_columns(
        _match=pl.when(pl.col("code").str.contains(r"^\d{3,}$"))
        .then("code")
        .otherwise(pl.col("parent_code"))
    )
    # A statement without any code in it is broken down by something else.
    is_coded = pl.col("_match").str.contains(r"^\d{3,}$")
    best = coded.filter(is_coded).group_by(OWNER_YEAR).agg(_best=pl.col("_rank").min())
    wanted = coded.join(best, on=OWNER_YEAR).filter(pl.col("_rank") == pl.col("_best"))
    printed = placed.filter(is_balance).join(best, on=OWNER_YEAR)
    printed = printed.filter(pl.col("_rank") == pl.col("_best"))

    def sum_of(code: LineCode, components: Sequence[Component]) -> pl.Expr:
        """The sum of the totals of all these components; null unless each is printed."""
        rows = (pl.col("code") == str(code)) & pl.col("component").is_in(
            [str(component) for component in components]
        )
        complete = pl.col("component").filter(rows).n_unique() == len(components)
        return pl.when(complete).then(pl.col("amount_yuan").filter(rows).sum())

    totals = printed.group_by(OWNER_YEAR).agg(
        whole_yuan=pl.coalesce(
            sum_of(LineCode.CURRENT_TOTAL, [Component.TOTAL]),
            sum_of(LineCode.TOTAL, [Component.TOTAL]),
            # Final accounts print the totals of personnel and public expenses only.
            sum_of(LineCode.TOTAL, [Component.PERSONNEL, Component.PUBLIC]),
        )
    )
    described = wanted.group_by(OWNER_YEAR).agg(
        pl.col("statement", "fund").first(), pl.col("carryover_basis").sort().first()
    )
    return wanted, described.join(totals, on=OWNER_YEAR, how="left")


def _own_money(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Each line with what it has beside the lines below it; nothing is counted twice.

    A code stands below the longest printed code that it begins with; a line without a code, below
    the line it is part of. Where a line's own money may be rounding of the lines below it, or these
    are more than it, it has none: that shows in the residual.
    """
    by_code = (
        lines.group_by(*OWNER_YEAR, "classification", "code", "_match")
        .agg(pl.col(*_ENDS).sum(), pl.col("name").sort().first())
        .collect(engine="in-memory")
        .lazy()
    )
    owner = [*OWNER_YEAR, "classification"]
    printed = by_code.select(*owner, "code").unique()
    above = [
        by_code.filter(pl.col("code").str.len_chars() > digits, pl.col("code") == pl.col("_match"))
        .select(*owner, "code", above=pl.col("code").str.slice(0, digits))
        .join(printed, left_on=[*owner, "above"], right_on=[*owner, "code"], how="semi")
        for digits in (3, 5)
    ]
    named = by_code.filter(pl.col("code") != pl.col("_match")).select(
        *owner, "code", above="_match"
    )
    parents = (
        pl.concat([*above, named])
        .group_by(*owner, "code")
        .agg(pl.col("above").sort_by(pl.col("above").str.len_chars()).last())
    )
    below = (
        by_code.join(parents, on=[*owner, "code"])
        .group_by(*owner, code="above")
        .agg(pl.col(end).sum().alias(f"_below_{end}") for end in _ENDS)
    )
    rest = pl.col("amount_yuan") - pl.col("_below_amount_yuan")
    is_more = pl.col("low_yuan") > pl.col("_below_high_yuan")
    return (
        by_code.join(below, on=[*owner, "code"], how="left")
        .filter(pl.col("_below_amount_yuan").is_null() | is_more)
        .with_columns(amount_yuan=pl.coalesce(rest, "amount_yuan"))
    )


def _targets(own: pl.DataFrame, counterpart: Callable[..., Counterpart | None]) -> pl.DataFrame:
    """The counterpart of each code: there are few, and each is looked up once."""
    keys = ["classification", "_match", "fiscal_year", "name"]
    codes = own.select(keys).unique()
    rows: list[dict[str, Any]] = []
    for row in codes.iter_rows(named=True):
        found = None
        if row["_match"] is not None:
            found = counterpart(
                row["_match"],
                year=row["fiscal_year"],
                name=row["name"],
                classification=row["classification"],
            )
        if found is not None:
            rows.append(
                row
                | {
                    "target_code": found.code,
                    "target_name": found.name,
                    "target_level": found.level,
                    # What has no counterpart has no certainty of it, only a reason.
                    "certainty": found.code and str(found.certainty),
                    "mapping_note": found.note or None,
                    "matched_digits": len(found.matched),
                }
            )
    return pl.DataFrame(rows, schema={**codes.schema, **_TARGET})
