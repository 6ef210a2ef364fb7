"""Which documents are changed, and how often: a handful for every run, thousands now and then."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
from disclosures import example, write

from analytics.exchange import load_package
from analytics.schema.tables import TABLES
from mutants.rows import row_mutants
from mutants.texts import text_mutants
from mutants.trial import Tables, Tally, read_tables, tally

__all__ = ["few", "in_rows", "in_texts", "library", "many", "published", "sample", "table"]

ROOT = Path(__file__).parents[2]
_SEED = 20240601
_LIBRARY = ROOT / "tests" / "examples" / "library-2024-budget.txt"
_SAMPLE = ROOT / "data" / "disclosures" / "approval-bureau-2024-budget.txt"
_FIGURES = ROOT / "data" / "figures"


def few() -> dict[str, Tally]:
    """Some mutants of every kind: in the text of one disclosure, and in the rows of another."""
    text = _LIBRARY.read_text(encoding="utf-8")
    found = in_texts([text], each=2)
    return in_rows([read_tables(_generated())], each=5, into=found)


def many() -> dict[str, Tally]:
    """A few thousand: three texts read again each time, and the rows of every document there is."""
    texts = [path.read_text(encoding="utf-8") for path in (_LIBRARY, _SAMPLE)]
    found = in_texts([*texts, _generated()], each=30)
    generated = (read_tables(_generated(year, scale)) for year, scale in ((2022, 3), (2025, 7)))
    return in_rows([*published(), *generated], each=20, into=found)


def in_texts(
    texts: Iterable[str], *, each: int, into: dict[str, Tally] | None = None
) -> dict[str, Tally]:
    """Mutants of texts, each read again as a whole."""
    found = {} if into is None else into
    for text in texts:
        tables = read_tables(text)
        tally(tables, text_mutants(text, tables, random.Random(_SEED), each=each), found)
    return found


def in_rows(
    documents: Iterable[Tables], *, each: int, into: dict[str, Tally] | None = None
) -> dict[str, Tally]:
    """Mutants of canonical rows."""
    found = {} if into is None else into
    for tables in documents:
        tally(tables, row_mutants(tables, random.Random(_SEED), each=each), found)
    return found


def published() -> Iterator[Tables]:
    """The published figures, a document at a time; files without statements are left out."""
    for reading in load_package(_FIGURES):
        empty = {name: schema.create_empty() for name, schema in TABLES.items()}
        tables = empty | {name: rows for name, rows in reading.tables.items() if name in empty}
        if tables["facts"].height > tables["claims"].height:
            yield tables


def sample() -> Tables:
    """The rows of the sample disclosure."""
    return read_tables(_SAMPLE.read_text(encoding="utf-8"))


def library() -> Tables:
    """The rows of the invented disclosure of a library."""
    return read_tables(_LIBRARY.read_text(encoding="utf-8"))


def table(found: dict[str, Tally]) -> pl.DataFrame:
    """Kinds, mutants and what became of them, one row a kind."""
    return pl.DataFrame(
        [
            {
                "kind": kind,
                "mutants": one.counts.total(),
                "seeable": one.seeable,
                "pointed_at": one.pointed_at,
                "at_the_number": one.at_the_number,
                "elsewhere": len(one.elsewhere),
                "missed": len(one.missed),
                "share": round(one.share, 4),
            }
            for kind, one in sorted(found.items())
        ]
    )


def _generated(year: int = 2023, scale: int = 1) -> str:
    """A generated disclosure with a change against last year."""
    spec = replace(example(year, scale=scale), vehicle_purchase=1_800_00 * scale)
    return write(replace(spec, prior_total=100_000_00 * scale))
