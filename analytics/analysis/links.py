"""Comparison over changed codes: at the finest level at which both years mean the same.

A link says that a code of the prior year has its money in another code of the current year. Within
one statement of one agency the codes that such links connect are compared as one line, their union;
where money changed the class it belongs to, so are the classes, so that a part never leaves its
whole. A link is only used where the figures bear it out: the old code has money in the prior year,
the new one in the current year, and a code that is said to have ended is not printed any more.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.analysis.detail import EARLIER
from analytics.analysis.link_steps import LEVELS, RANKS, PairLinks
from analytics.analysis.witnesses import LINE, WITNESS

__all__ = ["LINK_COLUMNS", "unite_codes", "without_marks"]

LINK_COLUMNS = ("link_kinds", "link_basis", "link_confidence")
"""What a union says about the links it rests on: the weakest of them counts."""

_GROUP = (*(name for name in LINE if name != "code"), "fiscal_year")
_BETWEEN = "\x1f"


def unite_codes(
    now: pl.DataFrame, was: pl.DataFrame, pairs: PairLinks
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put the unions of linked codes in the place of their members, in both years.

    Args:
        now: Chosen figures, with the columns of ``WITNESS``.
        was: Those of the prior year, under the year they are compared with.
        pairs: The links between the two.

    Returns:
        Both with ``link_kinds``, ``link_basis``, ``link_confidence`` (null outside unions) and
        ``is_below_link``: the class of the line is compared, but what became of the line is not
        known. The members of a union have one ``line_key``; their amounts and intervals are added
        up. What a later document states of the union's codes restates what its members print: it
        is not added, and where it says something else the union is disputed.
    """
    no_link = _no_link()
    years = pairs.years.intersection(now["fiscal_year"].unique().to_list())
    if not years:
        return now.with_columns(no_link), was.with_columns(no_link)
    reused = pairs.reused
    if years.isdisjoint(reused["fiscal_year"].to_list()):
        reused = reused.clear()
    else:
        reused = reused.filter(pl.col("fiscal_year").is_in(years))
        was = _marked(_marked(was, "code", reused), "parent_code", reused)
        was = was.with_columns(line_key=pl.col("line_key") + _marks("code"))
    may_be_linked = (
        pl.col("fiscal_year").is_in(sorted(years))
        & pl.col("code").is_in(_with_marks(frozenset(pairs.links["old_code"].to_list())))
        & _has_money()
    )
    if not was.select(may_be_linked.any()).item():
        return now.with_columns(no_link), was.with_columns(no_link)
    codes = _with_marks(pairs.codes)
    is_touched = (
        pl.col("fiscal_year").is_in(sorted(years))
        & pl.col("classification").is_in(pairs.links["classification"].unique().to_list())
        & (pl.col("code").is_in(codes) | pl.col("parent_code").is_in(codes).fill_null(value=False))
    )
    touched_now, touched_was = now.filter(is_touched), was.filter(is_touched)
    unions = _unions(touched_now, touched_was, pairs.links, reused)
    if unions.is_empty():
        return now.with_columns(no_link), was.with_columns(no_link)
    ends = [
        unions.with_columns(code=side, _parent="new_codes").drop("old_code", "new_code")
        for side in ("old_code", "new_code")
    ]
    members = pl.concat(ends).unique()
    sides = [
        pl.concat(
            [
                rows.filter(~is_touched).with_columns(no_link),
                *_relabelled(touched, members, label),
            ],
            how="diagonal",
        )
        for rows, touched, label in (
            (now, touched_now, "new_codes"),
            (was, touched_was, "old_codes"),
        )
    ]
    return sides[0], sides[1]


@cache
def _no_link() -> list[pl.Expr]:
    blank = [pl.lit(None, pl.String).alias(name) for name in LINK_COLUMNS]
    return [*blank, pl.lit(value=False).alias("is_below_link")]


def without_marks(code: str) -> pl.Expr:
    """The codes of a column without the mark of an earlier meaning."""
    return pl.col(code).str.replace_all(EARLIER, "", literal=True)


@cache
def _with_marks(codes: frozenset[str]) -> list[str]:
    return sorted({marked for code in codes for marked in (code, f"{code}{EARLIER}")})


def _marks(code: str) -> pl.Expr:
    return pl.when(pl.col(code).str.ends_with(EARLIER)).then(pl.lit(EARLIER)).otherwise(pl.lit(""))


def _marked(rows: pl.DataFrame, column: str, reused: pl.DataFrame) -> pl.DataFrame:
    """Mark codes that mean something else now, and all below them, so that none meets itself."""
    is_reused = pl.lit(value=False)
    for level in sorted(set(reused["code"].str.len_chars())):
        known = reused.filter(pl.col("code").str.len_chars() == level).select(
            "classification", "fiscal_year", _top="code", _known=pl.lit(value=True)
        )
        rows = (
            rows.with_columns(_top=pl.col(column).str.slice(0, level))
            .join(known, on=["classification", "fiscal_year", "_top"], how="left")
            .rename({"_known": f"_known_{level}"})
            .drop("_top")
        )
        is_reused |= pl.col(f"_known_{level}").fill_null(value=False)
    marked = pl.when(is_reused).then(pl.col(column) + EARLIER).otherwise(column)
    return rows.with_columns(marked.alias(column)).drop(pl.selectors.starts_with("_known_"))


def _unions(
    now: pl.DataFrame, was: pl.DataFrame, links: pl.DataFrame, reused: pl.DataFrame
) -> pl.DataFrame:
    """One row an edge of a union: the group, an old and a new code, and what the union rests on.

    No rows, without these columns, where there is no union.
    """
    new = now.filter(_has_money()).select(*_GROUP, new_code="code").unique()
    old = was.filter(_has_money()).select(*_GROUP, old_code="code").unique()

    def kept(edges: pl.DataFrame, ends: pl.DataFrame, code: str, how: str = "semi") -> pl.DataFrame:
        return edges.join(ends, on=[*_GROUP, code], how=how, nulls_equal=True)  # type: ignore[arg-type]

    linked = kept(
        old.join(
            _marked(links, "old_code", reused),
            on=["classification", "fiscal_year", "old_code"],
            how="inner",
        ),
        new,
        "new_code",
    )
    if linked.is_empty():
        return linked
    goes_on = new.rename({"new_code": "old_code"})
    direct = pl.concat(
        [
            linked.filter("is_lasting"),
            kept(linked.filter(~pl.col("is_lasting")), goes_on, "old_code", "anti"),
        ]
    ).with_columns(is_direct=pl.lit(value=True))
    above = [
        _marked(
            direct.filter(pl.col("new_code").str.len_chars() > level).with_columns(
                pl.col("old_code", "new_code").str.slice(0, level), is_direct=pl.lit(value=False)
            ),
            "old_code",
            reused,
        ).filter(pl.col("old_code") != pl.col("new_code"))
        for level in LEVELS[1:]
    ]
    edges = pl.concat([direct, *above])
    edges = kept(kept(edges, old, "old_code"), new, "new_code").select(
        *_GROUP, "old_code", "new_code", *LINK_COLUMNS, "is_direct"
    )
    either = pl.concat(
        [edges.select(*_GROUP, old_code=code) for code in ("old_code", "new_code")]
    ).unique()
    same = kept(kept(either, old, "old_code"), goes_on, "old_code").with_columns(
        new_code="old_code"
    )
    joined = pl.concat([edges, same], how="diagonal")
    of_union = [*_GROUP, "union"]
    return _connected(joined).with_columns(
        *(
            pl.col(code).unique().sort().str.join("+").over(of_union).alias(f"{code}s")
            for code in ("old_code", "new_code")
        ),
        pl.col("is_direct").any().over(of_union),
        pl.col("link_kinds").unique().sort().str.join(";").over(of_union),
        *(_named(pl.col(name).max().over(of_union), name) for name in RANKS),
    )


def _has_money() -> pl.Expr:
    return ~pl.col("is_restated") & (pl.col("amount_yuan") != 0)


def _named(rank: pl.Expr, column: str) -> pl.Expr:
    words = dict(enumerate(RANKS[column]))
    return rank.replace_strict(words, return_dtype=pl.String).alias(column)


def _connected(edges: pl.DataFrame) -> pl.DataFrame:
    """Give all edges that hang together one ``union``: the least of their old codes."""
    labels = edges.with_columns(union="old_code")
    while True:
        spread = labels.with_columns(pl.col("union").min().over(*_GROUP, "new_code")).with_columns(
            pl.col("union").min().over(*_GROUP, "old_code")
        )
        if spread["union"].equals(labels["union"]):
            return spread
        labels = spread


def _relabelled(
    touched: pl.DataFrame, members: pl.DataFrame, label: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows outside unions, and the unions; both with the union in the place of a parent in one."""
    on = list(_GROUP)
    parents = members.select(*on, "_parent", parent_code="code", is_below_link="is_direct")
    rows = (
        touched.join(parents, on=[*on, "parent_code"], how="left", nulls_equal=True)
        .with_columns(
            pl.coalesce("_parent", "parent_code").alias("parent_code"),
            pl.col("is_below_link").fill_null(value=False),
        )
        .drop("_parent")
        .join(members, on=[*on, "code"], how="left", nulls_equal=True)
    )
    is_member = pl.col("union").is_not_null()
    kept = [*WITNESS, *LINK_COLUMNS, "is_below_link"]
    restates = pl.col("is_restated")

    def printed(*names: str) -> pl.Expr:
        return pl.col(*names).filter(~restates)

    of_new = pl.col("new_codes").str.split("+").list.contains(pl.col("code"))
    restated = of_new & pl.col("restated_low_yuan").is_not_null()
    is_whole = pl.col("code").filter(restated).n_unique() == (
        pl.col("new_codes").first().str.count_matches("+", literal=True) + 1
    )
    united = (
        rows.filter(is_member)
        .sort("code", "line_key")
        .group_by(*on, "union", maintain_order=True)
        .agg(
            printed("carryover_basis", "counterpart_name", "row_kind", "value_kind").first(),
            pl.col("parent_code", "detail", label, *LINK_COLUMNS).first(),
            pl.when(is_whole).then(
                pl.col("restated_low_yuan", "restated_high_yuan").filter(restated).sum()
            ),
            printed("name").unique(maintain_order=True).str.join("、"),
            printed("amount_yuan", "low_yuan", "high_yuan").sum(),
            printed("source").str.join("; "),
            is_uncertain=pl.col("is_uncertain").any() | (printed("carryover_basis").n_unique() > 1),
            is_restated=pl.lit(value=False),
            is_agency_incomplete=pl.col("is_agency_incomplete").any(),
            is_disputed=printed("is_disputed").any(),
            is_below_link=pl.col("is_below_link").any(),
        )
        .with_columns(
            code=label,
            line_key=pl.concat_str(
                *(pl.col(name).cast(pl.String).fill_null("") for name in on),
                "union",
                separator=_BETWEEN,
            ),
        )
    )
    return rows.filter(~is_member).select(kept), united.select(kept)
