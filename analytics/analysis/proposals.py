"""Candidates for links between codes that nobody has written down yet."""

from __future__ import annotations

from itertools import combinations

import polars as pl
from rapidfuzz import fuzz

from analytics.analysis.changes import compare_years
from analytics.analysis.frames import Frame, ratio, result_of
from analytics.analysis.witnesses import facts_of
from analytics.schema.link_vocabularies import Basis, Confidence, LinkKind
from analytics.schema.results import LinkProposals
from analytics.schema.vocabularies import Classification, Comparability, Stage, Status

__all__ = ["propose_links"]

_PART = (
    "agency_id",
    "fiscal_year",
    "stage",
    "scope",
    "statement",
    "flow",
    "classification",
    "counterpart_code",
    "fund",
    "component",
)
_CODED = [
    str(Classification.FUNCTION),
    str(Classification.ECONOMIC_DEPARTMENT),
    str(Classification.ECONOMIC_GOVERNMENT),
]
_WEIGHTS = {"name_likeness": 0.4, "amount_likeness": 0.3, "level_likeness": 0.3}
_RESTATED_SCORE = 0.95
_MOST_TRIED = 12  # codes, which make some four thousand selections
_ORDER = ("classification", "link_year", "place")
_PAIR = ["classification", "link_year", "old_code", "new_code"]


def propose_links(
    facts: Frame,
    *,
    year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
    links: Frame | None = None,
    min_match: float = 0.5,
) -> pl.DataFrame:
    """Propose which code that begins has the money of which code that ended the year before.

    Grain: one row a pair of codes and year, over all agencies whose statements show both. In every
    statement each code that only the prior year has is set against each code of the same length
    that only the current year has. ``match_share``, 0 to 1, is 0.4 × likeness of names + 0.3 × likeness
    of amounts (smaller over larger, one statement of each agency) + 0.3 × nearness in the
    classification (1 in the same 款, ½ in the same 类, else 0). Where a later document restates the
    prior year of a code, and ended codes of its class make up the difference to what was printed,
    and only one selection of them does, the agency has said so itself: it is at least 0.95, also
    for a code that both years have.

    Nothing here is ever applied by itself. To accept candidates, append them to the links:
    ``pl.concat([code_links(), accepted.select(code_links().columns)])``.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The year in which codes began; without it every year with a prior one.
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.
        links: Links already known, which are not proposed again; as for ``changes``.
        min_match: Candidates below are left out.

    Returns:
        A frame that meets :class:`~analytics.schema.results.LinkProposals`, by year, then the best
        first. Its first columns are those of :class:`~analytics.schema.links.CodeLinks`.

    Raises:
        InputError: As for :func:`~analytics.analysis.changes`.

    Examples:
        Without what is known, the pension line that was merged in 2020 is found again:

        >>> import analytics
        >>> nothing_known = analytics.code_links().clear()
        >>> found = analytics.propose_links(years, year=2020, links=nothing_known)
        >>> found.select("old_code", "new_code", "link_kind", "link_confidence").row(0)
        ('2080504', '2080501', 'moved', 'low')
        >>> found["match_share"].round(2).item()  # 0.4 × 0.70 + 0.3 × 52/55 + 0.3 × 1
        0.86
        >>> accepted = analytics.code_links().clear().vstack(
        ...     found.select(analytics.code_links().columns)
        ... )
        >>> analytics.changes(years, year=2020, links=accepted).filter(code="2080501")[
        ...     "comparability"
        ... ].item()
        'codes_linked'
    """
    selected = facts_of(facts, stage=stage, scope=scope)
    rows = (
        compare_years(selected, year=year, links=links)
        .filter(pl.col("classification").is_in(_CODED), pl.col("code").str.contains(r"^\d+$"))
        .collect()
    )
    is_known = pl.col("comparability").is_in(
        [str(Comparability.COMPARABLE), str(Comparability.SOURCES_DIFFER)]
    )
    ended = rows.filter(is_known, pl.col("status") == str(Status.ENDED), pl.col("_was") > 0).select(
        *_PART, old_code="code", old_name="name", was="_was"
    )
    current = rows.filter(pl.col("_now") > 0).select(
        *_PART, "status", new_code="code", new_name="name", now="_now", printed="_was"
    )
    begun = current.filter(pl.col("status") == str(Status.NEW))
    met = ended.join(begun, on=_PART, how="inner", nulls_equal=True).filter(
        pl.col("old_code").str.len_chars() == pl.col("new_code").str.len_chars()
    )
    told = _restated_sums(ended, current, _restated(selected))
    either = pl.concat([told, met.with_columns(is_restated=pl.lit(value=False))], how="diagonal")
    pairs = either.unique([*_PART, "old_code", "new_code"], keep="first", maintain_order=True)
    found = _scored(pairs.rename({"fiscal_year": "link_year"}))
    return result_of(
        _worded(found.filter(pl.col("match_share") >= min_match)).lazy(),
        LinkProposals,
        order=_ORDER,
    )


def _restated(facts: pl.LazyFrame) -> pl.DataFrame:
    """What later documents say of codes a year before, under the year that follows it."""
    return (
        facts.filter("is_restated")
        .with_columns((pl.col("fiscal_year") + 1).cast(pl.Int16), new_code="code")
        .group_by(*_PART, "new_code")
        .agg(low=pl.col("low_yuan").min(), high=pl.col("high_yuan").max())
        .collect()
    )


def _restated_sums(
    ended: pl.DataFrame, current: pl.DataFrame, restated: pl.DataFrame
) -> pl.DataFrame:
    """Ended codes that, added to what a code printed, give what the agency restates of it.

    Only codes of the same class and length are tried, and they are only taken where no other
    selection of them gives the restated figure as well.
    """
    on = [*_PART, "new_code"]
    differs = current.join(restated, on=on, how="inner", nulls_equal=True).filter(
        pl.col("printed") < pl.col("low")
    )
    rows = differs.join(ended, on=_PART, how="inner", nulls_equal=True).filter(
        pl.col("old_code").str.slice(0, 3) == pl.col("new_code").str.slice(0, 3),
        pl.col("old_code").str.len_chars() == pl.col("new_code").str.len_chars(),
    )
    taken = [
        group
        for _, group in rows.sort("old_code").group_by(on, maintain_order=True)
        for group in _only_selection(group)
    ]
    empty = rows.clear()
    return pl.concat([empty, *taken]).with_columns(is_restated=pl.lit(value=True))


def _only_selection(group: pl.DataFrame) -> list[pl.DataFrame]:
    """The one selection of rows that makes the difference up; none where several do."""
    if group.height > _MOST_TRIED:
        return []
    amounts = group["was"].to_list()
    first = group.row(0, named=True)
    least, most = first["low"] - first["printed"], first["high"] - first["printed"]
    fitting = [
        places
        for size in range(1, group.height + 1)
        for places in combinations(range(group.height), size)
        if least <= sum(amounts[place] for place in places) <= most
    ]
    return [group[list(fitting[0])]] if len(fitting) == 1 else []


def _scored(met: pl.DataFrame) -> pl.DataFrame:
    """One row a pair of codes and year: how alike they are, over all agencies that show both."""
    of_agency = met.sort("was", descending=True).unique(
        [*_PAIR, "agency_id"], keep="first", maintain_order=True
    )
    pairs = (
        met.group_by(_PAIR)
        .agg(pl.col("is_restated").any())
        .join(
            of_agency.sort("agency_id")
            .group_by(_PAIR, maintain_order=True)
            .agg(
                pl.col("old_name", "new_name").first(),
                amount_prior_yuan=pl.col("was").sum(),
                amount_yuan=pl.col("now").sum(),
                agency_count=pl.len(),
            ),
            on=_PAIR,
        )
    )
    was, now = pl.col("amount_prior_yuan"), pl.col("amount_yuan")
    likeness = [fuzz.ratio(*names) / 100 for names in pairs.select("old_name", "new_name").rows()]
    return pairs.with_columns(
        pl.Series("name_likeness", likeness, dtype=pl.Float64),
        amount_likeness=ratio(pl.min_horizontal(was, now), pl.max_horizontal(was, now)),
        level_likeness=pl.when(_same(5)).then(1.0).when(_same(3)).then(0.5).otherwise(0.0),
    ).with_columns(
        match_share=pl.max_horizontal(
            pl.sum_horizontal(weight * pl.col(name) for name, weight in _WEIGHTS.items()),
            pl.when("is_restated").then(_RESTATED_SCORE),
        )
    )


def _same(digits: int) -> pl.Expr:
    """Whether both codes stand under the same code of so many digits."""
    old, new = (pl.col(code).str.slice(0, digits) for code in ("old_code", "new_code"))
    return (old == new) & (pl.col("old_code").str.len_chars() > digits)


def _worded(found: pl.DataFrame) -> pl.DataFrame:
    """Say which kind of change a candidate would be beside the other candidates, and how sure."""
    of_year = ["classification", "link_year"]
    return found.with_columns(
        link_kind=pl.when(pl.col("new_code").n_unique().over(*of_year, "old_code") > 1)
        .then(pl.lit(str(LinkKind.SPLIT)))
        .when(pl.col("old_code").n_unique().over(*of_year, "new_code") > 1)
        .then(pl.lit(str(LinkKind.MERGED)))
        .otherwise(pl.lit(str(LinkKind.MOVED))),
        link_weight=pl.lit(None, pl.Float64),
        link_basis=pl.lit(str(Basis.INFERRED)),
        link_confidence=pl.when("is_restated")
        .then(pl.lit(str(Confidence.MEDIUM)))
        .otherwise(pl.lit(str(Confidence.LOW))),
        link_note=pl.lit(None, pl.String),
        place=pl.col("match_share")
        .rank("ordinal", descending=True)
        .over(of_year, order_by=["old_code", "new_code"]),
    )
