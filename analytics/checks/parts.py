"""A disclosure in several files, checked as one: its files laid end to end.

Rules compare what stands in one document. Where the narrative of a disclosure is one file and its
tables are another, both must meet: before the rules are asked, the files become one document whose
blocks follow each other, and afterwards every finding goes back to the file it stands in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from analytics.checks.registry import CanonicalTables
from analytics.expressions import worded
from analytics.schema.fields import IDENTITY
from analytics.schema.statement_forms import missing_statements
from analytics.schema.tables import Statements
from analytics.schema.vocabularies import Presence, Stage, Statement

__all__ = ["Layout", "lay_together"]

_PITCH = 10_000_000  # more blocks than a file has
_BLOCKS = {
    "documents": None,
    "statements": "source_block",
    "facts": "block",
    "claims": "block",
    "projects": "source_block",
    "indicators": "source_block",
    "mentions": "source_block",
    "set_aside": "block",
    "files": "block",
}


@dataclass(frozen=True)
class Layout:
    """Where the files of disclosures in several files were laid.

    Args:
        parts: One row a file: ``document_id``, ``lead`` (the file that stands for all of them) and
            ``offset`` (what was added to its blocks). Empty where every file is a disclosure.
    """

    parts: pl.DataFrame

    def apart(self, findings: pl.LazyFrame) -> pl.LazyFrame:
        """Findings, each on the file it stands in; those without a place on the leading one."""
        if self.parts.is_empty():
            return findings
        own = self.parts.lazy().select(lead="lead", part_offset="offset", own_id="document_id")
        part = (pl.col("block").fill_null(0) // _PITCH * _PITCH).cast(pl.Int32)
        document, block = pl.col("document_id"), pl.col("block") - pl.col("part_offset")
        prefix = pl.concat_str(["rule", pl.lit("/"), "document_id", pl.lit("/")])
        moved = pl.concat_str(
            [
                "rule",
                pl.lit("/"),
                "own_id",
                pl.lit("/"),
                pl.col("finding_id").str.strip_prefix(prefix),
            ]
        )
        return (
            findings.with_columns(part_offset=part)
            .join(
                own,
                left_on=["document_id", "part_offset"],
                right_on=["lead", "part_offset"],
                how="left",
            )
            .with_columns(
                document_id=pl.coalesce("own_id", document),
                finding_id=pl.when(pl.col("own_id").is_not_null())
                .then(moved)
                .otherwise("finding_id"),
                block=pl.when(block > 0).then(block),
            )
            .drop("part_offset", "own_id")
        )

    def with_place(self, figures: pl.DataFrame) -> pl.DataFrame:
        """Figures with ``place``: the file, block, row and column that each one is printed in."""
        block = pl.col("block")
        own = self.parts.select("offset", own_id="document_id", document_id="lead")
        laid = figures.with_columns(offset=block // _PITCH * _PITCH)
        return laid.join(own, on=["document_id", "offset"], how="left").with_columns(
            place=worded(
                "{}/{}/{}/{}",
                pl.coalesce("own_id", "document_id"),
                block - pl.when(pl.col("own_id").is_not_null()).then("offset").otherwise(0),
                "row",
                "column",
            )
        )


def lay_together(tables: CanonicalTables) -> tuple[CanonicalTables, Layout]:
    """Make the current files of one disclosure one document.

    Files are parts of one disclosure if they have the agency, year, stage and scope in common,
    are current, and no two of them hold the same statement. The file with the most statements
    leads. A statement is missing only if it is in none of the files.
    """
    layout = Layout(_parts(tables))
    if layout.parts.is_empty():
        return tables, layout
    known = layout.parts.lazy()
    laid = {name: _laid(getattr(tables, name), known, block) for name, block in _BLOCKS.items()}
    is_part = pl.col("document_id").is_in(layout.parts["lead"].unique().to_list())
    stages = dict(
        tables.documents.filter(is_part).select("document_id", "stage").collect().iter_rows()
    )
    missing = pl.col("presence") == Presence.MISSING
    found = laid["statements"].filter(~(is_part & missing))
    absent = _missing(found.filter(is_part).select("document_id", "statement").collect(), stages)
    laid["statements"] = pl.concat([found, absent.lazy()])
    laid["documents"] = tables.documents.join(
        known.filter(pl.col("document_id") != pl.col("lead")), on="document_id", how="anti"
    )
    # Every rule starts from these rows: they are laid once and not once a rule.
    frames = pl.collect_all(laid.values(), engine="in-memory")
    rows: dict[str, Any] = {name: frame.lazy() for name, frame in zip(laid, frames, strict=True)}
    return replace(tables, **rows), layout


def _laid(rows: pl.LazyFrame, known: pl.LazyFrame, block: str | None) -> pl.LazyFrame:
    columns = rows.collect_schema().names()
    joined = rows.join(known, on="document_id", how="left")
    laid = joined.with_columns(document_id=pl.coalesce("lead", "document_id"))
    if block is not None:
        laid = laid.with_columns(pl.col(block) + pl.col("offset").fill_null(0))
    return laid.select(columns)


def _parts(tables: CanonicalTables) -> pl.DataFrame:
    columns = tables.documents.collect_schema().names()
    documents = (
        tables.documents.filter("is_current") if "is_current" in columns else tables.documents
    )
    listed = documents.select("document_id", *IDENTITY).collect()
    several = listed.filter(pl.len().over(IDENTITY) > 1)
    rows: list[tuple[str, str, int]] = []
    if not several.is_empty():
        held = _held(tables, several["document_id"].to_list())
        for group in several.sort("document_id").partition_by(IDENTITY, maintain_order=True):
            files = sorted(group["document_id"], key=lambda file: (-len(held[file]), file))
            if len(set().union(*(held[file] for file in files))) == sum(
                len(held[file]) for file in files
            ):
                rows += [(file, files[0], at * _PITCH) for at, file in enumerate(files)]
    schema = {"document_id": pl.String, "lead": pl.String, "offset": pl.Int32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _held(tables: CanonicalTables, documents: list[str]) -> Mapping[str, set[str]]:
    """The statements that each document prints, with or without figures."""
    is_asked = pl.col("document_id").is_in(documents)
    printed = tables.statements.filter(is_asked, pl.col("presence") != Presence.MISSING)
    forms = tables.projects.filter(is_asked).with_columns(
        statement=pl.lit(str(Statement.PERFORMANCE_FORM))
    )
    held: dict[str, set[str]] = defaultdict(set)
    pairs = pl.concat([rows.select("document_id", "statement") for rows in (printed, forms)])
    for document, statement in pairs.collect().iter_rows():
        held[document].add(statement)
    return held


def _missing(found: pl.DataFrame, stages: Mapping[str, str]) -> pl.DataFrame:
    """Rows of ``statements`` for those of its layout that a whole disclosure does not print."""
    printed: dict[str, set[Statement]] = {lead: set() for lead in stages}
    for lead, statement in found.iter_rows():
        printed[lead].add(Statement(statement))
    rows = [
        row
        for lead, stage in sorted(stages.items())
        for row in missing_statements(lead, printed[lead], Stage(stage))
    ]
    return pl.DataFrame(rows, schema=Statements.create_empty().schema)
