"""Successions of agencies that nobody has written yet, proposed from names, years and size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import polars as pl

from analytics.analysis.frames import Frame, as_lazy
from analytics.errors import InputError
from analytics.reference.agencies import Registry, Reorganisation, known_reorganisations
from analytics.reference.agency_names import level_of_name, own_name, region_of_agency
from analytics.reference.regions import region
from analytics.schema.agency_vocabularies import AgencyLevel, SuccessionKind
from analytics.schema.link_vocabularies import Basis, Confidence
from analytics.schema.results.agencies import ProposedSuccessions
from analytics.schema.tables import column_types
from analytics.schema.vocabularies import LineCode

__all__ = ["propose_successions"]

_TASK = re.compile(r"(?:总局|总署|局|厅|委员会|委|部|署|办公室|办公厅|办)$")
_SHORTEST_TASK = 2
_PARTLY = 0.7
"""What a pattern counts whose task is only a part of the agency's."""
_YEARS_LATE = 2
"""So many years later a place may follow a reorganisation that is known of others."""
_OF_NAMES, _OF_SIZE, _OF_YEARS = 0.7, 0.2, 0.1
_SIZE_UNKNOWN = 0.5
_SURE = 0.85


@dataclass(frozen=True, slots=True)
class _Agency:
    """What the documents of one agency show of it."""

    agency_id: str
    place: str
    level: AgencyLevel | None
    first: int
    last: int
    own: str

    @property
    def task(self) -> str:
        return _TASK.sub("", self.own) or self.own


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Two agencies of one place, one of which may have followed the other, and what speaks for it."""

    old: _Agency
    new: _Agency
    pattern: Reorganisation | None
    likeness: float
    score: float
    old_total: Decimal | None
    new_total: Decimal | None
    kind: SuccessionKind = SuccessionKind.RENAMED

    @property
    def year(self) -> int:
        return self.new.first if self.new.first > self.old.first else self.old.last + 1


def propose_successions(
    documents: Frame,
    registry: Registry | None = None,
    *,
    facts: Frame | None = None,
    max_gap: int = 1,
    min_score: float = 0.5,
) -> pl.DataFrame:
    """Propose which agency followed which, ranked, to be reviewed and written into a registry.

    Looked at are pairs of one place and one level: an agency whose documents end, and one whose
    documents begin in the same year or up to ``max_gap`` years later; or one that was there before
    and went on, if a reorganisation is known that puts the first into such an agency. What a panel
    has no document of may still exist: every proposal is only that, and none is ever applied.

    ``proposal_score`` adds up, from 0 to 1: 0.7 × the better of how well a reorganisation known of
    the country or of other places fits (1 where both tasks are those it names, 0.7 where they are a
    part) and how alike the names are without their place; 0.2 × the smaller total divided by the
    larger one (0.5 where one is not known; of mergers and splits the totals differ); 0.1 where the
    years adjoin. ``link_confidence`` is ``medium`` from 0.85 on where a reorganisation fits, else
    ``low``; a proposal is never ``high``.

    Args:
        documents: The canonical documents.
        registry: A registry whose regions and levels go before what names show; what it has linked
            already is not proposed again.
        facts: The canonical facts, for the totals.
        max_gap: Years from the last document of the old agency to the first of the new one.
        min_score: Proposals below it are left out; so are pairs neither whose names nor whose tasks
            have anything in common.

    Returns:
        A frame that meets :class:`~analytics.schema.results.agencies.ProposedSuccessions`, the best
        first. A row can be appended to the successions of a registry as it is.

    Raises:
        InputError: Not tables of documents and facts, or ``max_gap`` below 0.

    Examples:
        >>> printed = pl.DataFrame({
        ...     "agency_id": ["南京市环境保护局", "南京市生态环境局", "南京市教育局", "苏州市生态环境局"],
        ...     "fiscal_year": [2018, 2019, 2018, 2019],
        ... })
        >>> found = propose_successions(printed)
        >>> found.select("old_agency_id", "new_agency_id", "link_year", "succession_kind").rows()
        [('南京市环境保护局', '南京市生态环境局', 2019, 'renamed')]
        >>> found["reason_en"].item()
        '环境保护部 → 生态环境部 (2018, national); documents of 2018, then of 2019'
    """
    if max_gap < 0:
        raise InputError(f"max_gap {max_gap} is below 0", hint="take 1 for adjacent years")
    agencies = _agencies(documents, registry)
    linked = _linked(registry)
    totals = {} if facts is None else _totals(facts)
    pairs = [
        proposal
        for old, new in _pairs(agencies, max_gap)
        if (old.agency_id, new.agency_id) not in linked
        and (proposal := _weighed(old, new, totals)).score >= min_score
        and max(_fit(proposal.pattern, old, new), proposal.likeness) >= min_score
    ]
    rows = [_row(proposal) for proposal in _with_kinds(pairs)]
    return pl.DataFrame(rows, schema=column_types(ProposedSuccessions)).sort(
        "proposal_score", "old_agency_id", "new_agency_id", descending=[True, False, False]
    )


def _agencies(documents: Frame, registry: Registry | None) -> list[_Agency]:
    years = (
        as_lazy(documents, table="documents", columns=["agency_id", "fiscal_year"])
        .group_by("agency_id")
        .agg(first=pl.col("fiscal_year").min(), last=pl.col("fiscal_year").max())
        .sort("agency_id")
        .collect(engine="in-memory")
    )
    columns = ("agency_id", "region_code", "agency_level")
    known = (
        {} if registry is None else {r[0]: r[1:] for r in registry.agencies.select(columns).rows()}
    )
    return [_agency(*row, *known.get(row[0], (None, None))) for row in years.iter_rows()]


def _agency(agency: str, first: int, last: int, code: str | None, level: str | None) -> _Agency:
    own = own_name(agency)
    named = region_of_agency(agency)
    # Two places that no list of divisions has are told apart by the words before the task.
    place = code or (named.code if named else agency.removesuffix(own))
    return _Agency(
        agency, place, AgencyLevel(level) if level else level_of_name(agency), first, last, own
    )


def _linked(registry: Registry | None) -> set[tuple[str, str]]:
    if registry is None:
        return set()
    return set(registry.successions.select("old_agency_id", "new_agency_id").rows())


def _totals(facts: Frame) -> dict[tuple[str, int], Decimal]:
    """The largest total that each agency printed for each year."""
    columns = ["agency_id", "fiscal_year", "code", "amount_yuan"]
    found = (
        as_lazy(facts, table="facts", columns=columns)
        .filter(pl.col("code") == str(LineCode.TOTAL))
        .group_by("agency_id", "fiscal_year")
        .agg(pl.col("amount_yuan").max())
        .collect(engine="in-memory")
    )
    return {(agency, year): amount for agency, year, amount in found.iter_rows()}


def _pairs(agencies: list[_Agency], max_gap: int) -> Iterator[tuple[_Agency, _Agency]]:
    """Agencies of one place of which one ends as the other one begins, or goes on."""
    latest = max((a.last for a in agencies), default=0)
    by_place: dict[tuple[str, AgencyLevel | None], list[_Agency]] = {}
    for agency in agencies:
        by_place.setdefault((agency.place, agency.level), []).append(agency)
    for neighbours in by_place.values():
        for old in neighbours:
            for new in neighbours:
                begins = 0 <= new.first - old.last <= max_gap and new.first > old.first
                goes_on = new.first <= old.last < new.last and _pattern(old, new) is not None
                if (
                    old is not new
                    and old.last < latest
                    and new.last > old.last
                    and (begins or goes_on)
                ):
                    yield old, new


def _weighed(old: _Agency, new: _Agency, totals: dict[tuple[str, int], Decimal]) -> _Proposal:
    from rapidfuzz import fuzz

    pattern = _pattern(old, new)
    likeness = round(fuzz.ratio(old.own, new.own) / 100, 4)
    before, after = totals.get((old.agency_id, old.last)), totals.get((new.agency_id, new.first))
    size = float(min(before, after) / max(before, after)) if before and after else _SIZE_UNKNOWN
    adjoins = float(new.first - old.last == 1)
    score = (
        _OF_NAMES * max(_fit(pattern, old, new), likeness)
        + _OF_SIZE * max(size, 0)
        + _OF_YEARS * adjoins
    )
    return _Proposal(old, new, pattern, likeness, round(score, 4), before, after)


@cache
def _pattern(old: _Agency, new: _Agency) -> Reorganisation | None:
    """The reorganisation known elsewhere that fits two agencies best, if one does."""
    change = new.first if new.first > old.last else old.last + 1
    fitting = [
        (_fit(known, old, new), -abs(change - known.year), -place)
        for place, known in enumerate(known_reorganisations())
        if known.old_names and known.year <= change <= known.year + _YEARS_LATE
    ]
    best = max(fitting, default=(0.0, 0, 0))
    return known_reorganisations()[-best[2]] if best[0] > 0 else None


def _fit(known: Reorganisation | None, old: _Agency, new: _Agency) -> float:
    """How well a reorganisation fits two agencies: 1 by both tasks, less by a part of one."""
    if known is None:
        return 0.0
    return min(_task_fit(old.task, known.old_names), _task_fit(new.task, known.new_names))


def _task_fit(task: str, names: tuple[str, ...]) -> float:
    tasks = [t for t in (_TASK.sub("", own_name(n)) for n in names) if len(t) >= _SHORTEST_TASK]
    if task in tasks:
        return 1.0
    has_part = len(task) >= _SHORTEST_TASK and any(t in task or task in t for t in tasks)
    return _PARTLY if has_part else 0.0


def _with_kinds(proposals: list[_Proposal]) -> Iterator[_Proposal]:
    """Several old agencies of one new one were merged, several new ones of one old one split."""
    olds = Counter(p.new.agency_id for p in proposals)
    news = Counter(p.old.agency_id for p in proposals)
    for proposal in proposals:
        is_merger = proposal.pattern is not None and proposal.pattern.kind is SuccessionKind.MERGED
        if is_merger or olds[proposal.new.agency_id] > 1 or proposal.new.first <= proposal.old.last:
            yield replace(proposal, kind=SuccessionKind.MERGED)
        elif news[proposal.old.agency_id] > 1:
            yield replace(proposal, kind=SuccessionKind.SPLIT)
        else:
            yield proposal


def _row(proposal: _Proposal) -> dict[str, object]:
    old, new = proposal.old, proposal.new
    is_sure = proposal.pattern is not None and proposal.score >= _SURE
    is_known_place = old.place.isdigit()
    zh, en = _reasons(proposal)
    return {
        "link_year": proposal.year,
        "succession_kind": proposal.kind,
        "old_agency_id": old.agency_id,
        "new_agency_id": new.agency_id,
        "region_code": old.place if is_known_place else None,
        "region_name": region(old.place).name if is_known_place else None,
        "old_last_year": old.last,
        "new_first_year": new.first,
        "old_total_yuan": proposal.old_total,
        "new_total_yuan": proposal.new_total,
        "match_score": proposal.likeness,
        "proposal_score": proposal.score,
        "link_basis": Basis.INFERRED,
        "link_confidence": Confidence.MEDIUM if is_sure else Confidence.LOW,
        "reason": zh,
        "reason_en": en,
    }


def _reasons(proposal: _Proposal) -> tuple[str, str]:
    known = proposal.pattern
    zh, en = [], []
    if known is not None:
        names = f"{'、'.join(known.old_names)} → {'、'.join(known.new_names)}"
        zh.append(f"已知机构改革：{names}（{known.year}年）")
        en.append(f"{names} ({known.year}, {known.area})")
    else:
        zh.append(f"名称相似度{proposal.likeness:.2f}")
        en.append(f"names alike by {proposal.likeness:.2f}")
    if proposal.new.first > proposal.old.last:
        zh.append(f"原单位文件至{proposal.old.last}年，新单位文件自{proposal.new.first}年")
        en.append(f"documents of {proposal.old.last}, then of {proposal.new.first}")
    else:
        zh.append(f"原单位文件至{proposal.old.last}年，另一单位继续")
        en.append(f"documents up to {proposal.old.last}, the other agency goes on")
    return "；".join(zh), "; ".join(en)
