"""Codes that move, merge, split and are reused at random: what is compared always means the same.

A history is made of atoms, pieces of spending that stay what they are whatever code they are
printed under. Every property is about them, so that nothing is taken from the code under test.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.analysis import changes, comparable_bridge, comparison_coverage
from analytics.schema.links import CodeLinks
from analytics.schema.results import Changes, ComparableBridge, ComparisonCoverage
from analytics.schema.tables import Facts, column_types

YEARS = (2020, 2021, 2022)
CODES = [
    f"{top}{middle}{item}"
    for top in ("201", "208")
    for middle in ("01", "02", "05")
    for item in ("01", "02", "03", "04", "99")
]


@dataclass
class History:
    """Which atom is printed under which code in which year, for how much, and what was changed."""

    codes: dict[int, dict[int, str]] = field(default_factory=dict)
    amounts: dict[int, dict[int, int]] = field(default_factory=dict)
    links: list[tuple[int, str, str, str]] = field(default_factory=list)
    atoms: int = 0

    def new_atom(self) -> int:
        self.atoms += 1
        return self.atoms - 1


@st.composite
def histories(draw: st.DrawFn) -> History:
    history = History()
    unused = draw(st.permutations(CODES))
    count = draw(st.integers(2, 7))
    first = [unused.pop() for _ in range(draw(st.integers(1, min(count, 4))))]
    history.codes[YEARS[0]] = {
        history.new_atom(): draw(st.sampled_from(first)) for _ in range(count)
    }
    for year in YEARS[1:]:
        history.codes[year] = _a_year_on(draw, history, year, unused)
    for year, atoms in history.codes.items():
        history.amounts[year] = {atom: draw(st.integers(1, 10**6)) for atom in atoms}
    return history


def _a_year_on(draw: st.DrawFn, history: History, year: int, unused: list[str]) -> dict[int, str]:
    """The codes of the next year, with the links that say what became of those before."""
    before = history.codes[year - 1]
    atoms_of = defaultdict(list)
    for atom, code in before.items():
        atoms_of[code].append(atom)
    now: dict[int, str] = {}
    kept: list[str] = []
    for code in sorted(atoms_of):
        atoms = atoms_of[code]
        what = draw(st.sampled_from(["keep", "keep", "move", "merge", "split", "end", "reuse"]))
        if what == "merge" and kept:
            into = draw(st.sampled_from(kept))
            history.links.append((year, "merged", code, into))
            now |= dict.fromkeys(atoms, into)
        elif what in ("move", "reuse") and len(unused) > 2:
            new = unused.pop()
            history.links.append((year, "moved", code, new))
            now |= dict.fromkeys(atoms, new)
            if what == "reuse":
                history.links.append((year, "reused", code, code))
                now[history.new_atom()] = code
        elif what == "split" and len(atoms) > 1 and len(unused) > 2:
            new = unused.pop()
            history.links.append((year, "split", code, new))
            half = draw(st.integers(1, len(atoms) - 1))
            now |= dict.fromkeys(atoms[:half], code) | dict.fromkeys(atoms[half:], new)
            kept.append(code)
        elif what != "end":
            now |= dict.fromkeys(atoms, code)
            kept.append(code)
    if draw(st.booleans()) and len(unused) > 2:
        now[history.new_atom()] = unused.pop()
    return now


def links_of(history: History) -> pl.DataFrame:
    stated = [
        {
            "classification": "function",
            "link_year": year,
            "link_kind": kind,
            "old_code": old,
            "new_code": new,
            "link_basis": "inferred",
            "link_confidence": "medium",
        }
        for year, kind, old, new in history.links
    ]
    return CodeLinks.validate(pl.DataFrame(stated, schema=column_types(CodeLinks)))


def money(history: History, year: int, level: int, only: set[int]) -> dict[str, int]:
    """Cents under each code of a level, of the atoms asked for."""
    sums: dict[str, int] = defaultdict(int)
    for atom, code in history.codes[year].items():
        if atom in only:
            sums[code[:level]] += history.amounts[year][atom]
    return sums


def facts_of(history: History, agencies: dict[str, set[int]]) -> pl.DataFrame:
    """Statements with items, classes and a total, exact to the cent."""
    rows: list[dict[str, Any]] = []
    for agency, only in agencies.items():
        for year in history.codes:
            levels = {level: money(history, year, level, only) for level in (7, 5, 3)}
            levels[0] = {"total": sum(levels[3].values())}
            for level, sums in levels.items():
                for code, cents in sums.items():
                    amount = Decimal(cents) / 100
                    above = {7: code[:5], 5: code[:3], 3: "total", 0: None}[level]
                    rows.append(
                        {
                            "document_id": f"{agency}{year}",
                            "block": 1,
                            "row": len(rows) + 1,
                            "column": 2,
                            "agency_id": agency,
                            "fiscal_year": year,
                            "stage": "budget",
                            "scope": "unit",
                            "statement": "expenditure_summary",
                            "flow": "expenditure",
                            "classification": "function",
                            "code": code,
                            "name": f"科目{code}",
                            "parent_code": above,
                            "fund": "all",
                            "component": "total",
                            "carryover_basis": "included",
                            "row_kind": "item",
                            "amount_yuan": amount,
                            "amount_text": str(amount),
                            "unit_text": "元",
                            "step_yuan": Decimal(0),
                            "low_yuan": amount,
                            "high_yuan": amount,
                            "value_kind": "printed",
                        }
                    )
    return Facts.validate(pl.DataFrame(rows, schema=column_types(Facts)))


def members(code: str | None) -> list[str]:
    return code.split("+") if code else []


def compared(
    history: History, facts: pl.DataFrame, agency: str, year: int, prior: int
) -> pl.DataFrame:
    table = Changes.validate(changes(facts, year=year, prior_year=prior, links=links_of(history)))
    return table.filter(agency_id=agency)


def divides(
    history: History, rows: pl.DataFrame, only: set[int], level: int, years: tuple[int, int]
) -> bool:
    """Whether the lines of a level divide the money of both years, and no piece leaves its line."""
    year, prior = years
    place: dict[tuple[int, str], int] = {}
    for number, row in enumerate(rows.iter_rows(named=True)):
        has = {year: row["amount_yuan"], prior: row["amount_prior_yuan"]}
        for of, codes in ((year, row["code"]), (prior, row["code_prior"])):
            if has[of] is None:
                continue
            sums = money(history, of, level, only)
            assert has[of] * 100 == sum(sums[code] for code in members(codes))
            for code in members(codes):
                assert (of, code) not in place, "no code is in two lines"
                place[of, code] = number
    for of in (year, prior):
        assert {code for at, code in place if at == of} == set(money(history, of, level, only))
    for atom in only & history.codes[year].keys() & history.codes[prior].keys():
        was, now = (history.codes[of][atom][:level] for of in (prior, year))
        assert place[prior, was] == place[year, now]
    return True


@settings(max_examples=25)
@given(histories(), st.data())
def test_lines_divide_the_money_and_mean_the_same_in_both_years(
    history: History, data: st.DataObject
) -> None:
    atoms = set().union(*history.codes.values())
    half = data.draw(st.sets(st.sampled_from(sorted(atoms)), min_size=1))
    agencies = {"甲市某局": atoms, "乙市某局": half}
    facts = facts_of(history, agencies)
    for year, prior in ((2021, 2020), (2022, 2021), (2022, 2020)):
        for agency, only in agencies.items():
            table = compared(history, facts, agency, year, prior).filter(pl.col("code") != "total")
            if not (only & history.codes[year].keys() and only & history.codes[prior].keys()):
                continue
            for level in (7, 5, 3):
                length = pl.col("code").str.split("+").list.first().str.len_chars() == level
                assert divides(history, table.filter(length), only, level, (year, prior))


@settings(max_examples=25)
@given(histories())
def test_no_union_is_larger_than_it_must_be(history: History) -> None:
    atoms = set().union(*history.codes.values())
    facts = facts_of(history, {"甲市某局": atoms})
    reused = {(year, code) for year, kind, code, _ in history.links if kind == "reused"}
    for year in YEARS[1:]:
        now, was = history.codes[year], history.codes[year - 1]
        if not now or not was:
            continue
        edges = {(("was", was[atom]), ("now", now[atom])) for atom in now.keys() & was.keys()}
        edges |= {
            (("was", code), ("now", code))
            for code in set(now.values()) & set(was.values())
            if (year, code) not in reused
        }
        table = compared(history, facts, "甲市某局", year, year - 1)
        found = {
            frozenset(
                [("was", code) for code in members(row["code_prior"])]
                + [("now", code) for code in members(row["code"])]
            )
            for row in table.filter(comparability="codes_linked").iter_rows(named=True)
            if len(row["code"].partition("+")[0]) == 7
        }
        assert found <= _components(edges)


@settings(max_examples=25)
@given(histories())
def test_a_bridge_begins_with_what_was_printed_under_the_code(history: History) -> None:
    atoms = set().union(*history.codes.values())
    facts = facts_of(history, {"甲市某局": atoms})
    # Under a code that means something else now two lines were printed.
    reused = {code for _, kind, code, _ in history.links if kind == "reused"}
    for year, prior in ((2021, 2020), (2022, 2021), (2022, 2020)):
        bars = ComparableBridge.validate(
            comparable_bridge(facts, year=year, prior_year=prior, links=links_of(history))
        )
        for (code, code_prior), line in bars.group_by("code", "code_prior"):
            now, was = set(members(code)), set(members(code_prior))
            if code == "total" or any(
                each[:level] in now | was for each in reused for level in (7, 5, 3)
            ):
                continue
            amounts = dict(line.select("step", pl.col("change_yuan") * 100).iter_rows())
            level = len(str(code).partition("+")[0])
            before = money(history, prior, level, atoms)
            after = money(history, year, level, atoms)
            assert amounts["end"] == sum(after.get(each, 0) for each in now)
            assert amounts["start"] == sum(before.get(each, 0) for each in now & was)
            if "unexplained" not in amounts:
                moved = amounts.get("reclassification", 0)
                assert moved == sum(before.get(each, 0) for each in was - now)


def _components(edges: set[tuple[Any, Any]]) -> set[frozenset[Any]]:
    of: dict[Any, set[Any]] = {}
    for one, other in edges:
        both = of.get(one, {one}) | of.get(other, {other})
        of |= dict.fromkeys(both, both)
    return {frozenset(nodes) for nodes in of.values()}


@given(histories())
def test_the_covered_share_is_the_share_of_the_money(history: History) -> None:
    atoms = set().union(*history.codes.values())
    facts = facts_of(history, {"甲市某局": atoms})
    for year in YEARS[1:]:
        if not history.codes[year] or not history.codes[year - 1]:
            continue
        table = changes(facts, year=year, links=links_of(history))
        covered = ComparisonCoverage.validate(comparison_coverage(table))
        for column, of in (("amount_yuan", year), ("amount_prior_yuan", year - 1)):
            assert covered[column].sum() * 100 == sum(history.amounts[of].values())
        stayed = history.codes[year].keys() & history.codes[year - 1].keys()
        compared_money = covered.filter(pl.col("treatment").is_in(["same_code", "linked"]))
        # what both years have is compared; a code that only one year has is not
        least = sum(history.amounts[year][atom] for atom in stayed)
        assert compared_money["amount_yuan"].sum() * 100 >= least
        assert abs(covered["money_share"].sum() - 1) < 1e-9
