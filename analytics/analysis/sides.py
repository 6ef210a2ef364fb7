"""The same line on several sides: the stages of a budget, or a department and its unit."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.analysis.detail import detail_column, detail_level
from analytics.analysis.witnesses import (
    LINE,
    QUALIFIERS,
    choose_witness,
    contradicts_restated,
    is_published,
)
from analytics.schema.stage_vocabularies import SideComparability
from analytics.schema.vocabularies import (
    Classification,
    Flow,
    LineCode,
    Statement,
    ValueKind,
)

__all__ = ["OF_SIDE", "judged", "lines_beside", "side_line"]

OF_SIDE = (
    "amount_yuan",
    "low_yuan",
    "high_yuan",
    "statement",
    "carryover_basis",
    "value_kind",
    "is_restated",
    "is_uncertain",
    "is_disputed",
    "source",
)
"""What each side keeps of its own figure, as ``<side>_<column>``."""

_BETWEEN = "\x1f"
_BY_FUNCTION = (
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_EXPENDITURE,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.BUDGET_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
)
"""Statements that list expenditure by function; the one that goes into most detail first."""
_BALANCES = (Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY)
"""Of those the ones whose total also holds what is carried to the next year."""


def side_line(column: str) -> tuple[str, ...]:
    """What makes figures of two sides figures of one line, the sides being told by ``column``."""
    return ("fiscal_year", *(name for name in LINE if name != column))


def lines_beside(
    facts: pl.LazyFrame, *, column: str, sides: Sequence[str], borrows: bool
) -> pl.LazyFrame:
    """Put the figures that several sides state of one line into one row.

    A line that a side prints several times is told apart by its qualifiers, as in
    :func:`~analytics.analysis.witnesses.choose_witness`. Only years in which one of the sides has
    a document of its own are kept.

    Where the two stages print different statements, the same line may stand in another one: a line
    by function whose own statement the other side does not print is joined with the one of the same
    fund, component, carry-over basis and code there (``borrows``), each line once. The total of a statement that also
    holds what is carried forward is not the total of one that does not: there it is 本年合计.

    Args:
        facts: Facts as ``facts_of`` gives them, of all sides.
        column: ``stage`` or ``scope``, by which the sides are told apart.
        sides: The values of ``column``, the first two of which are compared.
        borrows: Whether a line may be found in another statement.

    Returns:
        One row a line: :func:`side_line`, the qualifiers and ``row_kind`` of the first side that
        has it; for each side the columns of :data:`OF_SIDE`, ``<side>_lists`` (it prints lines of
        that level in that column of the statement) and ``<side>_bases`` (on which carry-over
        bases).
    """
    facts = facts.filter(pl.col(column).is_in(list(sides)))
    published = facts.filter(is_published()).with_columns(
        _level=detail_level(), _column=detail_column()
    )
    detail = ["statement", "flow", "classification", "component", "_level", "_column"]
    owner = ["fiscal_year", *(n for n in ("agency_id", "stage", "scope") if n != column)]
    chosen = choose_witness(facts).with_columns(
        is_disputed=pl.col("is_disputed") | contradicts_restated()
    )
    rows = _keyed(
        chosen.join(published.select(owner).unique(), on=owner, how="semi"), column
    ).cache()
    order = pl.col(column).replace_strict(
        {side: place for place, side in enumerate(sides)}, return_dtype=pl.Int8
    )
    wide = (
        rows.with_columns(_side=order)
        .sort("_side")
        .unique("_key", keep="first", maintain_order=True)
        .select("_key", "_plain", "_meaning", *side_line(column), *QUALIFIERS, "row_kind")
        .with_columns(_level=detail_level(), _column=detail_column())
    )
    prints = published.group_by(*owner, *detail).agg(
        *((pl.col(column) == side).any().alias(f"{side}_lists") for side in sides),
        *(
            pl.col("carryover_basis").filter(pl.col(column) == side).unique().alias(f"{side}_bases")
            for side in sides
        ),
    )
    wide = wide.join(prints, on=[*owner, *detail], how="left")
    for side in sides:
        own = rows.filter(pl.col(column) == side).select(
            "_key", *(pl.col(name).alias(f"{side}_{name}") for name in OF_SIDE)
        )
        wide = wide.join(own, on="_key", how="left").with_columns(
            pl.col(f"{side}_lists").fill_null(value=False)
        )
    if borrows:
        wide = _borrowed(wide.cache(), sides)
    return wide.drop("_key", "_plain", "_meaning", "_level", "_column")


def _keyed(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """Add the line without its side as a text, with the qualifiers that it needs; its meaning."""
    line = side_line(column)
    plain = rows.with_columns(
        _plain=pl.concat_str(
            [pl.col(n).cast(pl.String).fill_null("") for n in line], separator=_BETWEEN
        )
    )
    doubled = (
        plain.group_by("_plain", column)
        .agg(pl.len().alias("_count"), *(pl.col(name).n_unique() for name in QUALIFIERS))
        .filter(pl.col("_count") > 1)
        .group_by("_plain")
        .agg((pl.col(name).max() > 1).alias(f"_by_{name}") for name in QUALIFIERS)
    )
    qualifiers = [
        pl.when(pl.col(f"_by_{name}")).then(pl.col(name)).fill_null("") for name in QUALIFIERS
    ]
    is_balance = pl.col("statement").is_in([str(statement) for statement in _BALANCES])
    code = (
        pl.when(~is_balance)
        .then("code")
        .when(pl.col("code") == str(LineCode.CURRENT_TOTAL))
        .then(pl.lit(str(LineCode.TOTAL)))
        .when(pl.col("code").str.contains(r"^\d+$"))
        .then("code")
    )
    is_by_function = (
        pl.col("statement").is_in([str(statement) for statement in _BY_FUNCTION])
        & (pl.col("classification") == str(Classification.FUNCTION))
        & (pl.col("flow") == str(Flow.EXPENDITURE))
    )
    meaning = [
        *(n for n in line if n not in ("statement", "code", "counterpart_code")),
        "carryover_basis",
    ]
    return plain.join(doubled, on="_plain", how="left").with_columns(
        _key=pl.concat_str("_plain", *qualifiers, separator=_BETWEEN),
        _meaning=pl.when(is_by_function).then(
            pl.concat_str([pl.col(n).cast(pl.String) for n in meaning] + [code], separator=_BETWEEN)
        ),
    )


def _borrowed(wide: pl.LazyFrame, sides: Sequence[str]) -> pl.LazyFrame:
    """Join lines that only the second side has with those that only the others have.

    Both stand in a statement that the other does not print, and mean the same. Each line is joined
    once: no figure is in two rows.
    """
    lead = sides[1]
    others = [side for side in sides if side != lead]
    names = [f"{side}_{name}" for side in others for name in OF_SIDE]
    rank = pl.col("statement").replace_strict(
        {str(statement): place for place, statement in enumerate(_BY_FUNCTION)},
        default=len(_BY_FUNCTION),
        return_dtype=pl.Int8,
    )
    has = pl.col(f"{lead}_amount_yuan").is_not_null()
    is_strange = ~pl.any_horizontal(f"{side}_lists" for side in others)
    numbered = (
        wide.filter(pl.col("_meaning").is_not_null())
        .with_columns(
            _takes=has & is_strange & pl.all_horizontal(pl.col(name).is_null() for name in names),
            _gives=~has & ~pl.col(f"{lead}_lists"),
        )
        .filter(pl.col("_takes") | pl.col("_gives"))
        .sort(rank, "_key")
        .with_columns(
            _number=pl.when("_takes")
            .then(pl.col("_takes").cum_sum().over("_meaning"))
            .when("_gives")
            .then(pl.col("_gives").cum_sum().over("_meaning"))
        )
    )
    given = (
        numbered.filter("_takes")
        .select("_meaning", "_number", "_key")
        .join(
            numbered.filter("_gives").select(
                "_meaning",
                "_number",
                *(pl.col(name).alias(f"_{name}") for name in names),
                _donor="_key",
            ),
            on=["_meaning", "_number"],
            how="inner",
        )
        .drop("_meaning", "_number")
        .cache()
    )
    return (
        wide.join(given.select(_key="_donor"), on="_key", how="anti")
        .join(given, on="_key", how="left")
        .with_columns(pl.coalesce(name, f"_{name}") for name in names)
        .drop("_donor", *(f"_{name}" for name in names))
    )


def judged(rows: pl.LazyFrame, *, first: str, second: str) -> pl.LazyFrame:
    """Say whether the first two sides of each line can be compared, and with which amounts.

    A line that a side's printed statement does not list counts as 0 there, as long as the other
    side lists it; where the statement itself is not known, nothing is compared.

    Returns:
        The rows with ``first``, ``second`` and their ends ``first_low`` … (null where nothing is
        compared), ``is_known`` and ``side_comparability``.
    """
    has, had = (pl.col(f"{side}_amount_yuan").is_not_null() for side in (second, first))
    lists, listed = (pl.col(f"{side}_lists") for side in (second, first))
    of_either = [pl.col(f"{side}_carryover_basis") for side in (first, second)]
    # What the other side prints on another basis only may be inside it, or left out of it.
    elsewhere = [
        (~there & prints).fill_null(value=False)
        & ~pl.col(f"{side}_bases").list.contains(pl.col("carryover_basis")).fill_null(value=False)
        for side, there, prints in ((first, had, listed), (second, has, lists))
    ]
    differs = (of_either[0] != of_either[1]).fill_null(value=False) | elsewhere[0] | elsewhere[1]
    is_known = (has | lists) & (had | listed) & ~differs

    def counted(column: str) -> pl.Expr:
        return pl.when(is_known).then(pl.col(column).fill_null(pl.lit(0, pl.Decimal(20, 4))))

    amounts = {
        f"{place}{end}": counted(f"{side}_{name}")
        for place, side in (("first", first), ("second", second))
        for end, name in (("", "amount_yuan"), ("_low", "low_yuan"), ("_high", "high_yuan"))
    }

    def either(name: str) -> pl.Expr:
        return pl.any_horizontal(f"{first}_{name}", f"{second}_{name}").fill_null(value=False)

    is_moved = (
        (pl.col(f"{first}_statement") != pl.col("statement"))
        | (pl.col(f"{second}_statement") != pl.col("statement"))
    ).fill_null(value=False)
    is_implied = pl.any_horizontal(
        (pl.col(f"{side}_value_kind") == str(ValueKind.IMPLIED)).fill_null(value=False)
        for side in (first, second)
    )
    gravest = [
        (~had & ~listed, SideComparability.FIRST_UNKNOWN),
        (~has & ~lists, SideComparability.SECOND_UNKNOWN),
        (differs, SideComparability.CARRYOVER_DIFFERS),
        (either("is_uncertain"), SideComparability.CODE_UNCERTAIN),
        (either("is_disputed"), SideComparability.SOURCES_DIFFER),
        (is_moved, SideComparability.MATCHED_BY_MEANING),
        (is_implied, SideComparability.IMPLIED),
    ]
    return rows.with_columns(
        **amounts,
        is_known=is_known,
        side_comparability=pl.coalesce(
            *(pl.when(holds).then(pl.lit(str(value))) for holds, value in gravest),
            pl.lit(str(SideComparability.COMPARABLE)),
        ),
    )
