"""The links between two years: what became of each code on the way from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import polars as pl

from analytics.reference.code_links import code_links
from analytics.schema.link_vocabularies import Basis, Confidence, LinkKind

__all__ = ["LEVELS", "RANKS", "PairLinks", "links_between"]

LEVELS = (7, 5, 3)
"""Lengths of the codes of items, subclasses and classes."""

RANKS = {"link_basis": [str(b) for b in Basis], "link_confidence": [str(c) for c in Confidence]}
"""The words of these columns, the surest first: links keep their places in these lists."""

_CONNECTING = (LinkKind.MOVED, LinkKind.MERGED, LinkKind.SPLIT, LinkKind.REDEFINED)
_LASTING = (LinkKind.SPLIT, LinkKind.REDEFINED)


class _Link(NamedTuple):
    """How an old code reaches a new one; ranks count from the surest."""

    kinds: frozenset[str]
    basis: int
    confidence: int

    def then(self, other: _Link) -> _Link:
        return _Link(
            self.kinds | other.kinds,
            max(self.basis, other.basis),
            max(self.confidence, other.confidence),
        )


class PairLinks(NamedTuple):
    """The links that hold between a year and the year it is compared with.

    Args:
        links: One row a link and current year: ``classification``, ``fiscal_year``, ``old_code``,
            ``new_code``, ``is_lasting`` (the old code may go on), kinds, and ranks of basis and
            confidence.
        reused: One row a code that means something else in the two years.
        codes: Every code the links may touch, classes included.
        years: The current years of ``links``.
    """

    links: pl.DataFrame
    reused: pl.DataFrame
    codes: frozenset[str]
    years: frozenset[int]


def links_between(
    links: pl.DataFrame | None = None, *, gap: int, year: int | None = None
) -> PairLinks:
    """Bring the changes of the years between into one link for each pair of codes.

    Codes of different levels are linked at the upper one: below it nothing is known.

    Args:
        links: Rows of :class:`~analytics.schema.links.CodeLinks`; the known ones if not given.
        gap: How many years lie between the two years compared.
        year: The current year; without it every year that a link may matter for.
    """
    return _known_between(gap, year) if links is None else _between(links, gap, year)


@cache
def _known_between(gap: int, year: int | None) -> PairLinks:
    return _between(code_links(), gap, year)


def _between(links: pl.DataFrame, gap: int, year: int | None) -> PairLinks:
    wanted = [*_CONNECTING, LinkKind.REUSED]
    rows = links.filter(pl.col("link_kind").is_in([str(kind) for kind in wanted])).sort("link_year")
    changed = sorted(set(rows["link_year"]))
    last = {change + passed for change in changed for passed in range(gap)}
    years = sorted(last) if year is None else sorted(last & {year})
    found: list[dict[str, object]] = []
    reused: list[dict[str, object]] = []
    for now in years:
        between = rows.filter(pl.col("link_year").is_between(now - gap + 1, now))
        reached, broken = _composed(between.iter_rows(named=True))
        found += [
            {
                "classification": classification,
                "fiscal_year": now,
                "old_code": old,
                "new_code": new,
                "is_lasting": not link.kinds.isdisjoint(map(str, _LASTING)),
                "link_kinds": ";".join(sorted(link.kinds)),
                "link_basis": link.basis,
                "link_confidence": link.confidence,
            }
            for (classification, old, new), link in reached.items()
        ]
        reused += [{"classification": c, "fiscal_year": now, "code": code} for c, code in broken]
    ends = {str(row[side]) for row in found for side in ("old_code", "new_code")}
    return PairLinks(
        pl.DataFrame(found, schema=_LINK_TYPES),
        pl.DataFrame(reused, schema=_REUSED_TYPES),
        frozenset(code[:level] for code in ends for level in LEVELS if len(code) >= level),
        frozenset(years),
    )


_LINK_TYPES = pl.Schema(
    {
        "classification": pl.String(),
        "fiscal_year": pl.Int16(),
        "old_code": pl.String(),
        "new_code": pl.String(),
        "is_lasting": pl.Boolean(),
        "link_kinds": pl.String(),
        "link_basis": pl.Int8(),
        "link_confidence": pl.Int8(),
    }
)
_REUSED_TYPES = pl.Schema(
    {"classification": pl.String(), "fiscal_year": pl.Int16(), "code": pl.String()}
)


def _composed(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[dict[tuple[str, str, str], _Link], set[tuple[str, str]]]:
    """Follow codes from the prior year to the current one; which codes mean something else now."""
    reached: dict[tuple[str, str, str], _Link] = {}
    broken: set[tuple[str, str]] = set()
    for _, changes in groupby(rows, key=itemgetter("link_year")):
        stepped: dict[tuple[str, str, str], _Link] = {}
        reused = set()
        for row in changes:
            classification, old, new = row["classification"], row["old_code"], row["new_code"]
            if row["link_kind"] == LinkKind.REUSED:
                reused.add((classification, new))
                continue
            level = min(len(old), len(new))
            old, new = old[:level], new[:level]
            if old == new and row["link_kind"] != LinkKind.REDEFINED:
                continue
            link = _Link(
                frozenset([row["link_kind"]]),
                RANKS["link_basis"].index(row["link_basis"]),
                RANKS["link_confidence"].index(row["link_confidence"]),
            )
            ways = {
                (classification, origin, new): way.then(link)
                for (of, origin, reaches), way in reached.items()
                if of == classification and reaches == old
            }
            if (classification, old) not in broken:
                ways[classification, old, new] = link
            for key, way in ways.items():
                stepped[key] = stepped[key].then(way) if key in stepped else way
        # What reached a code before it was given another meaning does not reach it any more.
        reached = {k: way for k, way in reached.items() if (k[0], k[2]) not in reused}
        for key, way in stepped.items():
            reached[key] = reached[key].then(way) if key in reached else way
        broken |= reused
    return reached, broken
