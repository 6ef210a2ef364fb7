"""Which agencies of two years have to be taken together, because they were linked in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

import polars as pl

from analytics.errors import InputError
from analytics.schema.agency_vocabularies import SuccessionKind, UnionRole
from analytics.schema.link_vocabularies import Basis, Confidence
from analytics.schema.results.agencies import AgencyUnions
from analytics.schema.tables import column_types

__all__ = ["AgencyUnion", "agency_unions", "linked_agencies"]

_LEAVES = (
    SuccessionKind.RENAMED,
    SuccessionKind.MERGED,
    SuccessionKind.SPLIT,
    SuccessionKind.ENDED,
)
_SURE, _FIRM = list(Confidence), list(Basis)


@dataclass(eq=False)
class _Life:
    """One agency under one identifier, from the year it began until the year it left."""

    agency_id: str
    born: int | None = None
    left: int | None = None
    group: list[_Life] = field(default_factory=list)
    links: list[Mapping[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.group.append(self)

    def is_alive(self, year: int) -> bool:
        return (self.born or year) <= year and (self.left is None or year < self.left)

    def join(self, other: _Life, link: Mapping[str, Any]) -> None:
        """Put two groups together; a group is one list that all its members share."""
        if self.group is not other.group:
            self.group += other.group
            self.links += other.links
            for life in other.group:
                life.group, life.links = self.group, self.links
        self.links.append(link)


_Lives: TypeAlias = dict[str, list[_Life]]


@dataclass(frozen=True, eq=False)
class AgencyUnion:
    """Agencies that are linked between two years, with those there were in each year between.

    Args:
        members: For each year from the prior to the current one the agencies there were.
        link_confidence: That of the least sure link.
        link_basis: That of the least firm link.
        is_name_shared: Whether a member has a name that belongs to another union too, at another
            time.
    """

    members: Mapping[int, tuple[str, ...]]
    link_confidence: str
    link_basis: str
    is_name_shared: bool = False

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies of all years."""
        return frozenset(agency for cut in self.members.values() for agency in cut)

    @property
    def prior(self) -> tuple[str, ...]:
        """The agencies of the prior year."""
        return self.members[min(self.members)]

    @property
    def current(self) -> tuple[str, ...]:
        """The agencies of the current year."""
        return self.members[max(self.members)]

    @cached_property
    def union_id(self) -> str:
        """The one agency there is now, if it never was one of several; else all, joined by +.

        Where a name is shared with another union, the agencies of both years with an arrow between
        them: no two unions have the same agencies on one side.
        """
        if self.is_name_shared:
            return "→".join("+".join(side) for side in (self.prior, self.current))
        if len(self.current) == 1:
            (agency,) = self.current
            if all(cut == (agency,) for cut in self.members.values() if agency in cut):
                return agency
        return "+".join(sorted({*self.prior, *self.current}))

    @property
    def union_name(self) -> str:
        """The agencies of both years, as people read them."""
        sides = ("、".join(side) or "—" for side in (self.prior, self.current))
        return " → ".join(dict.fromkeys(sides))

    def last_cut(self, agencies: Collection[str], year: int) -> tuple[str, ...]:
        """The agencies of the latest year up to ``year`` in which all those given were there.

        Empty where there was no such year. A budget is often printed under the name that an agency
        had before a reorganisation of the same year.
        """
        years = [y for y in self.members if y <= year and set(agencies) <= set(self.members[y])]
        return self.members[max(years)] if years else ()


def agency_unions(
    successions: pl.DataFrame,
    prior_year: int,
    year: int,
    *,
    seen: Iterable[tuple[str, int]] = (),
) -> pl.DataFrame:
    """The unions of agencies at which two years can be compared, from what happened in between.

    Agencies linked by a succession after ``prior_year`` and up to ``year`` are one union, directly
    or by way of others; links of several years are put together. An agency that is taken into
    another one, or whose duties move to one, makes a union with the agency that goes on. Agencies
    that no link touches are not listed: each is compared with itself.

    Args:
        successions: Rows of :class:`~analytics.schema.agencies.AgencySuccessions`.
        prior_year: The earlier year.
        year: The later year.
        seen: Agencies with a year in which they published something: one that published before
            several others were merged into it went on, and did not begin with the merger.

    Returns:
        The rows of :class:`~analytics.schema.results.agencies.AgencyUnions`, sorted: each agency
        once for each year in which it exists. A founded agency has no prior members, an ended one
        no current ones.

    Raises:
        InputError: ``prior_year`` is not before ``year``.

    Examples:
        >>> from analytics.schema.agencies import AgencySuccessions
        >>> link = {"link_year": 2019, "succession_kind": "merged", "new_agency_id": "文旅局"}
        >>> known = {"link_basis": "official", "link_confidence": "high"}
        >>> rows = [link | known | {"old_agency_id": old} for old in ("文化局", "旅游局")]
        >>> blank = AgencySuccessions.create_empty()
        >>> merged = pl.concat([blank, pl.DataFrame(rows, blank.schema)])
        >>> agency_unions(merged, 2018, 2020).select("union_id", "union_role", "agency_id").rows()
        [('文旅局', 'prior', '文化局'), ('文旅局', 'prior', '旅游局'), ('文旅局', 'current', '文旅局')]
        >>> agency_unions(merged, 2019, 2020).height
        0
    """
    rows = [
        (u.union_id, u.union_name, role, agency, u.link_confidence, u.link_basis)
        for u in linked_agencies(successions, prior_year, year, seen=seen)
        for role, agencies in ((UnionRole.PRIOR, u.prior), (UnionRole.CURRENT, u.current))
        for agency in agencies
    ]
    return pl.DataFrame(rows, schema=column_types(AgencyUnions), orient="row")


def linked_agencies(
    successions: pl.DataFrame,
    prior_year: int,
    year: int,
    *,
    seen: Iterable[tuple[str, int]] = (),
) -> list[AgencyUnion]:
    """The unions of :func:`agency_unions` as values, with the agencies of each year between.

    Args:
        successions: Rows of :class:`~analytics.schema.agencies.AgencySuccessions`.
        prior_year: The earlier year.
        year: The later year.
        seen: As there.

    Returns:
        The unions, sorted by their identifiers.

    Raises:
        InputError: ``prior_year`` is not before ``year``.
    """
    if prior_year >= year:
        raise InputError(
            f"prior_year {prior_year} with year {year}", hint="name a prior year before the year"
        )
    first: dict[str, int] = {}
    for agency, when in seen:
        first[agency] = min(when, first.get(agency, when))
    lives: _Lives = {}
    between = successions.filter(pl.col("link_year").is_between(prior_year + 1, year))
    for (when,), rows in between.sort("link_year").group_by("link_year", maintain_order=True):
        _apply(lives, rows.rows(named=True), when, first)
    groups = {id(life.group): life for own in lives.values() for life in own}.values()
    unions = [_union(life.group, life.links, range(prior_year, year + 1)) for life in groups]
    owners = Counter(agency for union in unions for agency in union.agencies)
    named = [
        replace(union, is_name_shared=any(owners[agency] > 1 for agency in union.agencies))
        for union in unions
    ]
    return sorted(named, key=lambda union: union.union_id)


def _apply(lives: _Lives, links: list[dict[str, Any]], year: int, first: Mapping[str, int]) -> None:
    """Carry out the links of one year: agencies leave, begin, and are joined."""
    kept = {link["old_agency_id"] for link in links} & {
        link["new_agency_id"] for link in links if link["old_agency_id"] == link["new_agency_id"]
    }
    olds = {link["old_agency_id"]: None for link in links if link["old_agency_id"] is not None}
    before = {old: _alive(lives, old, year) for old in olds}
    for link in links:
        old = link["old_agency_id"]
        if old is not None and old not in kept and link["succession_kind"] in _LEAVES:
            before[old].left = year
    into: dict[str, list[str]] = {}
    for link in links:
        if link["new_agency_id"] is not None:
            into.setdefault(link["new_agency_id"], []).append(link["succession_kind"])
    after: dict[str, _Life] = {}
    for new, kinds in into.items():
        has_left = any(life.left is not None for life in lives.get(new, ()))
        was_seen = first.get(new, year) < year and not has_left
        goes_on = new in kept or _goes_on(kinds, was_seen=was_seen)
        after[new] = _alive(lives, new, year, begins=not goes_on)
    for link in links:
        old, new = link["old_agency_id"], link["new_agency_id"]
        sides = [
            *([before[old]] if old is not None else []),
            *([after[new]] if new is not None else []),
        ]
        sides[0].join(sides[-1], link)


def _goes_on(kinds: list[str], *, was_seen: bool) -> bool:
    """Whether a new agency of links was there before: it gained duties, or took in others."""
    if not set(kinds) <= {SuccessionKind.MOVED, SuccessionKind.MERGED}:
        return False
    return was_seen or kinds.count(SuccessionKind.MERGED) <= 1


def _alive(lives: _Lives, agency: str, year: int, *, begins: bool = False) -> _Life:
    """The life of an agency that goes on in a year; a new one, from then on or from ever."""
    own = lives.setdefault(agency, [])
    current = next((life for life in own if life.left is None), None)
    if current is not None:
        return current
    last = max((life.left or year for life in own), default=None)
    life = _Life(agency, born=year if begins else last)
    own.append(life)
    return life


def _union(group: list[_Life], links: list[Mapping[str, Any]], years: range) -> AgencyUnion:
    return AgencyUnion(
        {y: tuple(sorted({g.agency_id for g in group if g.is_alive(y)})) for y in years},
        max((link["link_confidence"] for link in links), key=_SURE.index),
        max((link["link_basis"] for link in links), key=_FIRM.index),
    )
