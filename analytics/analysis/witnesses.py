"""Which of several figures that state the same thing is taken, and what "the same thing" is."""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.analysis.detail import detail_of
from analytics.analysis.frames import Frame, as_lazy, place_text
from analytics.errors import InputError
from analytics.schema.vocabularies import Repair, Scope, Stage, ValueKind

__all__ = [
    "LINE",
    "QUALIFIERS",
    "WITNESS",
    "choose_witness",
    "contradicts_restated",
    "facts_of",
    "is_published",
    "ranked_witnesses",
]

LINE = (
    "agency_id",
    "stage",
    "scope",
    "statement",
    "flow",
    "classification",
    "code",
    "counterpart_code",
    "fund",
    "component",
)
"""What makes two figures of two years figures of the same line."""

QUALIFIERS = ("carryover_basis", "parent_code", "name")
"""What tells lines apart where one document prints several under one :data:`LINE`.

The name of a line changes from year to year without the line becoming another one, so it is no
part of the key; it becomes one where a document prints two names under one code.
"""

_COLUMNS = (
    *LINE,
    *QUALIFIERS,
    "document_id",
    "fiscal_year",
    "page",
    "block",
    "row",
    "column",
    "line",
    "cell",
    "row_kind",
    "counterpart_name",
    "amount_yuan",
    "step_yuan",
    "low_yuan",
    "high_yuan",
    "value_kind",
    "repairs",
)
_UNITED = {"source": pl.lit(None, pl.String), "is_agency_incomplete": pl.lit(value=False)}
WITNESS = (
    "line_key",
    "fiscal_year",
    *LINE,
    *QUALIFIERS,
    "counterpart_name",
    "row_kind",
    "amount_yuan",
    "low_yuan",
    "high_yuan",
    "value_kind",
    "is_uncertain",
    "is_restated",
    "is_agency_incomplete",
    "restated_low_yuan",
    "restated_high_yuan",
    "source",
    "is_disputed",
    "detail",
)
"""The columns of a chosen figure."""

_BETWEEN = "\x1f"  # the unit separator: no printed text holds it
_LINE_YEAR = ["line_key", "fiscal_year"]
_KINDS = [str(ValueKind.CORRECTED), str(ValueKind.PRINTED), str(ValueKind.IMPLIED)]
_RANKING = [
    pl.col("value_kind").replace_strict(
        {kind: rank for rank, kind in enumerate(_KINDS)}, return_dtype=pl.Int8
    ),
    *(pl.col(name) for name in ("is_restated", "step_yuan", "document_id", "block", "row")),
    pl.col("column"),
]
"""The order in which figures of one line and year are believed."""


def facts_of(facts: Frame, *, stage: str | None, scope: str | None) -> pl.LazyFrame:
    """The facts of a stage and a scope, with the columns every analysis of facts works on.

    ``None`` takes every stage or scope; stages and scopes are never compared with each other.
    ``is_restated`` says that a document of a later year or stage states the figure: the budget
    column of final accounts, or what a narrative implies of the year before. Of facts that
    :func:`~analytics.analysis.unite_agencies` gave, ``source`` and ``is_agency_incomplete`` stay.

    Raises:
        InputError: ``facts`` is no table of facts, or the stage or scope is not known.
    """
    lazy = _with_restated(as_lazy(facts, table="facts", columns=_COLUMNS, optional=_UNITED))
    for column, value, known in (("stage", stage, Stage), ("scope", scope, Scope)):
        if value is None:
            continue
        if value not in list(known):
            raise InputError(
                f"{value!r} is not a {column}", hint=f"known: {', '.join(known)}, or None for all"
            )
        lazy = lazy.filter(pl.col(column) == str(value))
    return lazy


def _with_restated(facts: pl.LazyFrame) -> pl.LazyFrame:
    """Tell figures of a document's own year and stage from those it states of earlier ones.

    A document is of the latest year it has a figure of, and of the latest stage in that year.
    """
    age = _age()
    return facts.with_columns(is_restated=age < age.max().over("document_id"))


@cache
def _age() -> pl.Expr:
    """A year and stage as one number, later ones above."""
    stages = pl.col("stage").replace_strict(
        {str(stage): place for place, stage in enumerate(Stage)}, return_dtype=pl.Int16
    )
    return pl.col("fiscal_year").cast(pl.Int32) * len(Stage) + stages


@cache
def is_published() -> pl.Expr:
    """Whether a fact stands in its own year's document, and is not implied by a later one's."""
    return pl.col("value_kind") != str(ValueKind.IMPLIED)


def choose_witness(facts: pl.LazyFrame) -> pl.LazyFrame:
    """Keep one figure for each line and year: corrected before printed before implied.

    Among figures of one kind that of the year's own document comes before what a later one
    restates; then the one printed with the smallest step is kept, then the one that stands first
    (document, block, row, column), so that the choice never depends on the order of the rows. The
    other figures are not used at all: nothing is counted twice. To take the figures as one edition
    prints them, pass only its facts.

    Args:
        facts: Facts as :func:`facts_of` returns them; they are read into memory here.

    Returns:
        One row for each line and year: the columns of :data:`WITNESS`, among them ``line_key`` (the
        line as one text, the same in every year), ``is_disputed`` (figures of the line exist that
        cannot all be true, or it follows from a level that the statement contradicts),
        ``is_uncertain`` (its code is), ``is_restated``, the interval in which later documents
        restate it (null where none does; :func:`contradicts_restated` compares it), ``source``,
        where it was printed, and ``detail``, the part of its statement it belongs to.
    """
    rows = _keyed(facts)
    # Few lines have several figures, and to choose costs far more than to see that there is one.
    # A hash that two lines share by chance sends them the long way, no more.
    if (rows["line_key"].hash() ^ rows["fiscal_year"].hash()).is_duplicated().any():
        rows = _chosen(_told_apart(rows))
    return rows.select(WITNESS).lazy()


def ranked_witnesses(facts: pl.LazyFrame) -> pl.DataFrame:
    """Every figure with its ``witness_rank``, and whether it ``agrees`` with the first one.

    Args:
        facts: Facts as :func:`facts_of` returns them.
    """
    rows = _told_apart(_keyed(facts)).sort(_RANKING)
    low, high = (pl.col(name).first().over(_LINE_YEAR) for name in ("low_yuan", "high_yuan"))
    return rows.with_columns(
        witness_rank=pl.int_range(1, pl.len() + 1).over(_LINE_YEAR),
        agrees=(pl.col("low_yuan") <= high) & (pl.col("high_yuan") >= low),
    )


def _keyed(facts: pl.LazyFrame) -> pl.DataFrame:
    """The facts in memory, with the line as one text, what is to be said of each, its source."""
    return facts.with_columns(_keys()).collect(engine="in-memory")


@cache
def _keys() -> list[pl.Expr]:
    uncertain = f"{Repair.CODE_AMBIGUOUS}|{Repair.CODE_UNKNOWN}"
    repairs = pl.col("repairs").str
    keys = {
        "line_key": _joined(*(pl.col(name).fill_null("") for name in LINE)),
        "is_uncertain": repairs.contains(uncertain).fill_null(value=False),
        "is_disputed": repairs.contains(str(Repair.LEVEL_CONTRADICTED), literal=True).fill_null(
            value=False
        ),
        "source": pl.coalesce("source", place_text(cell="cell")),
        "detail": detail_of(),
        "restated_low_yuan": pl.when("is_restated").then("low_yuan"),
        "restated_high_yuan": pl.when("is_restated").then("high_yuan"),
    }
    return [column.alias(name) for name, column in keys.items()]


@cache
def contradicts_restated() -> pl.Expr:
    """Whether a later document restates a figure that cannot be the one that was chosen."""
    return (
        (pl.col("restated_low_yuan") > pl.col("high_yuan"))
        | (pl.col("restated_high_yuan") < pl.col("low_yuan"))
    ).fill_null(value=False)


def _joined(*parts: pl.Expr | str) -> pl.Expr:
    return pl.concat_str(*parts, separator=_BETWEEN)


def _told_apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Add to ``line_key`` the qualifiers that one document needs to tell lines apart."""
    of_document = ["line_key", "fiscal_year", "document_id"]
    printed_twice = (
        rows.filter(is_published())
        .filter(pl.struct(of_document).is_duplicated())
        .group_by(of_document)
        .agg(pl.col(name).n_unique() for name in QUALIFIERS)
        .group_by("line_key")
        .agg((pl.col(name).max() > 1).alias(f"_by_{name}") for name in QUALIFIERS)
    )
    qualifiers = [
        pl.when(pl.col(f"_by_{name}")).then(pl.col(name)).fill_null("") for name in QUALIFIERS
    ]
    is_told_apart = pl.col(f"_by_{QUALIFIERS[0]}").is_not_null()
    return rows.join(printed_twice, on="line_key", how="left").with_columns(
        line_key=pl.when(is_told_apart).then(_joined("line_key", *qualifiers)).otherwise("line_key")
    )


def _chosen(rows: pl.DataFrame) -> pl.DataFrame:
    """The first of the figures of each line and year, and whether they contradict each other."""
    has_several = pl.struct(_LINE_YEAR).is_duplicated()
    of_later = pl.col("is_restated")
    counts = ~of_later | of_later.all().over(_LINE_YEAR)
    low, high = (pl.when(counts).then(name) for name in ("low_yuan", "high_yuan"))
    is_disputed = (low.max() > high.min()).over(_LINE_YEAR).fill_null(value=False)
    several = (
        rows.filter(has_several)
        .sort(_RANKING)
        .with_columns(
            # The ends that bind: a figure must lie above each low end and below each high one.
            pl.col("restated_low_yuan").max().over(_LINE_YEAR),
            pl.col("restated_high_yuan").min().over(_LINE_YEAR),
            is_disputed=is_disputed | pl.col("is_disputed").first().over(_LINE_YEAR),
        )
        .unique(_LINE_YEAR, keep="first", maintain_order=True)
    )
    return pl.concat([rows.filter(~has_several), several])
