"""Trying mutants: many at once through the rules, and what became of each."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from analytics.checks import run_checks
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure
from mutants.equations import Book, book_of
from mutants.terms import Number, Ref

__all__ = ["Mutant", "Tally", "Verdict", "read_tables", "tally", "try_mutants"]

Tables = dict[str, pl.DataFrame]
Place = tuple[int, int, int]
_AT_ONCE = 150


@dataclass(frozen=True)
class Mutant:
    """One change in one document.

    Args:
        kind: What was changed: ``figure``, ``row``, ``columns``, ``unit``, ``word``, …
        what: The change in words, for people who look at a miss.
        changes: Every number that changed; ``None`` where it is gone.
        make: Gives the canonical rows of the changed document.
        dropped_line: The line that is gone, in a text.
        meant: Gives the rows that the change should make, where numbers moved to other columns.
    """

    kind: str
    what: str
    changes: Mapping[Ref, Number | None]
    make: Callable[[], Tables]
    dropped_line: int | None = None
    meant: Callable[[], Tables] | None = None


class Verdict(Enum):
    """What became of a mutant."""

    POINTING = "found at the number, or at one in an equation with it"
    ELSEWHERE = "found, but a finding points somewhere else"
    MISSED = "not found"
    UNSEEABLE = "breaks no equation"


@dataclass
class Tally:
    """How many mutants of a kind there were and what became of them; and the misses themselves."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    at_the_number: int = 0
    missed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def seeable(self) -> int:
        """Mutants that break at least one equation."""
        return self.counts.total() - self.counts[Verdict.UNSEEABLE]

    @property
    def pointed_at(self) -> int:
        """Mutants that a finding points at."""
        return self.counts[Verdict.POINTING]

    @property
    def share(self) -> float:
        """Share of the seeable mutants that a finding points at."""
        return self.pointed_at / self.seeable if self.seeable else 1.0


def read_tables(text: str) -> Tables:
    """The canonical rows of a text, read through the whole package."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "disclosure.txt")
        path.write_text(text, encoding="utf-8")
        return dict(build_tables(read_disclosure(path)))


def try_mutants(
    tables: Tables, mutants: Iterable[Mutant]
) -> Iterator[tuple[Mutant, Verdict, list[dict[str, Any]]]]:
    """Check mutants of one document, and judge each by the failures it alone has.

    Args:
        tables: The canonical rows of the unchanged document.
        mutants: Its mutants.
    """
    book = book_of(tables)
    left = iter(mutants)
    while some := list(islice(left, _AT_ONCE)):
        named = {f"mutant-{at:04}": mutant for at, mutant in enumerate(some)}
        made = [_renamed(tables, "original"), *(_renamed(m.make(), n) for n, m in named.items())]
        together = {name: pl.concat([each[name] for each in made]) for name in tables}
        failed = run_checks(together).filter(pl.col("outcome") == "fail")
        of_document: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = defaultdict(dict)
        for finding in failed.iter_rows(named=True):
            of_document[finding["document_id"]][_what_failed(finding)] = finding
        known = of_document["original"]
        for name, mutant in named.items():
            new = [f for what, f in of_document[name].items() if what not in known]
            yield mutant, _judge(book, mutant, new), new


def tally(
    tables: Tables, mutants: Iterable[Mutant], into: dict[str, Tally] | None = None
) -> dict[str, Tally]:
    """Count what became of mutants by their kind."""
    found = {} if into is None else into
    for mutant, verdict, new in try_mutants(tables, mutants):
        one = found.setdefault(mutant.kind, Tally())
        one.counts[verdict] += 1
        if verdict is Verdict.MISSED:
            one.missed.append(mutant.what)
        elif verdict is Verdict.ELSEWHERE:
            one.elsewhere.append(f"{mutant.what}: {', '.join(sorted({f['rule'] for f in new}))}")
        elif verdict is Verdict.POINTING:
            own = {ref.place for ref in mutant.changes}
            one.at_the_number += any(_place(f, mutant, {}) in own for f in new)
    return found


def _renamed(tables: Tables, name: str) -> Tables:
    """The rows as those of another document of another agency, so that they can lie together."""
    said = {"document_id": pl.lit(name), "agency_id": pl.lit(name)}
    return {
        table: rows.with_columns(
            **{column: value for column, value in said.items() if column in rows.columns}
        )
        for table, rows in tables.items()
    }


def _what_failed(finding: Mapping[str, Any]) -> tuple[Any, ...]:
    key = finding["finding_id"].replace(finding["document_id"], "")
    return key, finding["printed_text"], finding["computed_text"]


def _judge(book: Book, mutant: Mutant, new: Sequence[dict[str, Any]]) -> Verdict:
    broken = (
        book.broken_in(book_of(mutant.meant())) if mutant.meant else book.broken_by(mutant.changes)
    )
    if not broken:
        return Verdict.UNSEEABLE
    if not new:
        return Verdict.MISSED
    near = book.places_near(mutant.changes)
    by_line = {
        (row["line"], row["column"]): place
        for rows in (book.facts, book.claims)
        for place, row in rows.items()
    }
    points = any(_place(f, mutant, by_line) in near for f in new)
    return Verdict.POINTING if points else Verdict.ELSEWHERE


def _place(
    finding: Mapping[str, Any], mutant: Mutant, by_line: Mapping[tuple[int, int], Place]
) -> Place | None:
    """Where a finding points, in the places of the unchanged document."""
    if mutant.dropped_line is None or finding["line"] is None:
        return finding["block"], finding["row"], finding["column"]
    line = finding["line"] + (finding["line"] >= mutant.dropped_line)
    return by_line.get((line, finding["column"]))
