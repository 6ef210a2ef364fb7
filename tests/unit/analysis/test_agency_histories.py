"""Random histories of agencies: money is kept, unions part the agencies, what is missing is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl
from analysis_rows import fact, facts_frame
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import unite_agencies
from analytics.reference.agency_unions import agency_unions, linked_agencies
from analytics.schema.agencies import AgencySuccessions
from analytics.schema.results.agencies import AgencyUnions, UnionCoverage, UnitedFacts

FIRST, LAST = 2018, 2021
LINKS = AgencySuccessions.create_empty().schema


@dataclass
class History:
    """Who there is in each year, the rows a registry has of it, and who is really linked."""

    alive: dict[int, set[str]] = field(default_factory=dict)
    links: list[dict[str, object]] = field(default_factory=list)
    edges: set[tuple[tuple[str, int], tuple[str, int]]] = field(default_factory=set)
    touched: set[tuple[str, int]] = field(default_factory=set)

    def link(self, year: int, kind: str, old: str | None, new: str | None) -> None:
        self.links.append(
            {
                "link_year": year,
                "succession_kind": kind,
                "old_agency_id": old,
                "new_agency_id": new,
                "succession_date": None,
                "link_basis": "official",
                "link_confidence": "medium" if kind == "moved" else "high",
                "link_note": None,
            }
        )
        if old is not None:
            self.touched.add((old, year - 1))
        if new is not None:
            self.touched.add((new, year))
        if old is not None and new is not None:
            self.edges.add(((old, year - 1), (new, year)))

    @property
    def successions(self) -> pl.DataFrame:
        return pl.DataFrame(self.links, LINKS)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Renamings, mergers, take-overs, splits, moves, foundings and endings, a few a year."""
    history = History({FIRST: {f"单位{i}" for i in range(draw(st.integers(1, 6)))}})
    fresh = iter(f"新{i}" for i in range(100))
    dead: list[str] = []
    for year in range(FIRST + 1, LAST + 1):
        before = sorted(history.alive[year - 1])
        now, free = set(before), list(before)
        history.alive[year] = now
        for _ in range(draw(st.integers(0, 3))):
            kind = draw(
                st.sampled_from(
                    [
                        "renamed",
                        "merged",
                        "absorbed",
                        "split",
                        "split_off",
                        "moved",
                        "founded",
                        "ended",
                    ]
                )
            )
            wanted = {"founded": 0, "merged": 2, "absorbed": 2, "moved": 2}.get(kind, 1)
            if len(free) < wanted:
                continue
            taken = [free.pop(draw(st.integers(0, len(free) - 1))) for _ in range(wanted)]
            # A name that nobody has any more may be used again, but not at once.
            new = dead.pop() if dead and draw(st.booleans()) else next(fresh)
            _carry_out(history, kind, taken, (new, next(fresh)), year)
        dead += [a for a in before if a not in now and a not in dead]
        dead = [a for a in dead if a not in now]
        history.edges |= {
            ((a, year - 1), (a, year))
            for a in now & set(before)
            if not _left(history.links, a, year) and not _born(history.links, a, year)
        }
    return history


def _carry_out(
    history: History, kind: str, taken: list[str], names: tuple[str, str], year: int
) -> None:
    now, (new, other) = history.alive[year], names
    match kind:
        case "renamed":
            history.link(year, kind, taken[0], new)
            now.discard(taken[0])
            now.add(new)
        case "merged":
            for old in taken:
                history.link(year, kind, old, new)
                now.discard(old)
            now.add(new)
        case "absorbed":
            history.link(year, "merged", taken[0], taken[1])
            now.discard(taken[0])
        case "split":
            for part in (new, other):
                history.link(year, kind, taken[0], part)
            now.discard(taken[0])
            now |= {new, other}
        case "split_off":
            for part in (taken[0], other):
                history.link(year, "split", taken[0], part)
            now.add(other)
        case "moved":
            history.link(year, kind, *taken)
        case "founded":
            history.link(year, kind, None, new)
            now.add(new)
        case "ended":
            history.link(year, kind, taken[0], None)
            now.discard(taken[0])


def _left(links: list[dict[str, object]], agency: str, year: int) -> bool:
    rows = [r for r in links if r["link_year"] == year and r["old_agency_id"] == agency]
    stays = any(r["new_agency_id"] == agency for r in rows)
    return any(r["succession_kind"] != "moved" for r in rows) and not stays


def _born(links: list[dict[str, object]], agency: str, year: int) -> bool:
    rows = [r for r in links if r["link_year"] == year and r["new_agency_id"] == agency]
    stays = any(r["old_agency_id"] == agency for r in rows)
    return any(r["succession_kind"] in ("renamed", "split", "founded") for r in rows) and not stays


def _components(history: History) -> list[set[tuple[str, int]]]:
    """The agencies year by year as a graph, and its components: the plain way to do it."""
    nodes = {(a, year) for year, agencies in history.alive.items() for a in agencies}
    near: dict[tuple[str, int], set[tuple[str, int]]] = {node: set() for node in nodes}
    for one, two in history.edges:
        near[one].add(two)
        near[two].add(one)
    found = []
    while nodes:
        todo, part = [nodes.pop()], set()
        while todo:
            node = todo.pop()
            part.add(node)
            todo += [n for n in near[node] if n not in part]
        nodes -= part
        found.append(part)
    return found


@settings(max_examples=60, deadline=None)
@given(histories())
def test_unions_are_the_components_of_the_history(history: History) -> None:
    unions = AgencyUnions.validate(agency_unions(history.successions, FIRST, LAST))
    expected = {
        (
            frozenset(a for a, year in part if year == FIRST),
            frozenset(a for a, year in part if year == LAST),
        )
        for part in _components(history)
        if part & history.touched
    } - {(frozenset(), frozenset())}
    found = {
        tuple(frozenset(rows.filter(union_role=role)["agency_id"]) for role in ("prior", "current"))
        for _, rows in unions.group_by("union_id")
    }
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(histories(), st.data())
def test_money_is_kept_and_missing_members_are_named(history: History, data: st.DataObject) -> None:
    rows, absent = [], {FIRST: set[str](), LAST: set[str]()}
    for year in (FIRST, LAST):
        for agency in sorted(history.alive[year]):
            if data.draw(st.integers(0, 4)) == 0:
                absent[year].add(agency)
                continue
            for code in data.draw(st.sets(st.sampled_from(["201", "205", "total"]), min_size=1)):
                amount = f"{data.draw(st.integers(0, 10**6))}.{data.draw(st.integers(0, 99)):02}"
                place = {"agency_id": agency, "fiscal_year": year, "code": code}
                rows.append(fact(amount, document_id=f"{agency}{year}", **place))
    if not rows:
        return
    facts = facts_frame(*rows)
    united = unite_agencies(facts, history.successions, year=LAST, prior_year=FIRST)
    UnitedFacts.validate(united.facts)
    coverage = UnionCoverage.validate(united.coverage)
    assert _per_year(united.facts) == _per_year(facts)
    for union in linked_agencies(history.successions, FIRST, LAST):
        for year, members in ((FIRST, union.prior), (LAST, union.current)):
            missing = {m for m in members if m in absent[year]}
            said = coverage.filter(union_id=union.union_id, fiscal_year=year)
            if said.is_empty():  # it has no document in either year
                continue
            assert said["missing_ids"].unique().to_list() == [";".join(sorted(missing))]
            assert said["union_state"][0] == ("agency_incomplete" if missing else "complete")
            own = united.facts.filter(fiscal_year=year, agency_id=union.union_id)
            if missing and set(members) != {union.union_id}:
                assert own.is_empty()
            elif members and not missing:
                lines = own.filter(~pl.col("is_agency_incomplete")).select("code", "statement")
                assert lines.n_unique() == lines.height > 0


def _per_year(facts: pl.DataFrame) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    sums = facts.group_by("fiscal_year").agg(pl.col("amount_yuan", "low_yuan", "high_yuan").sum())
    return {year: rest for year, *rest in sums.iter_rows()}
