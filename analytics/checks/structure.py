"""Whether a disclosure is whole, and whether every number it prints was accounted for."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import PLACE, answers, statement_label
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.schema.vocabularies import Outcome, Presence, Severity, Statement, ValueKind

__all__ = ["ledger", "statements"]

_STATEMENTS = tuple(each for each in Statement if each is not Statement.PERFORMANCE_FORM)


@rule(
    "S-STATEMENTS",
    title=("应公开的报表齐全", "Every statement is there"),
    equation="each statement is present, with figures or with 本表无数据",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    statements=_STATEMENTS,
    source="disclosure rules: a statement without figures is published empty, not left out",
    catalogue=("X17",),
)
def statements(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement that a unit budget is made of; one that is empty is there."""
    best = (
        _by_statement(tables)
        .sort(
            pl.col("presence").replace_strict(
                {str(each): order for order, each in enumerate(Presence)}, return_dtype=pl.Int8
            )
        )
        .unique(["document_id", "statement"], keep="first", maintain_order=True)
    )
    presence = pl.col("presence")
    is_missing = presence == Presence.MISSING
    return answers(
        best,
        key=["statement"],
        subject=statement_label("zh"),
        subject_en=statement_label("en"),
        printed=None,
        computed=None,
        tolerance=None,
        step=None,
        unit_text=None,
        outcome=pl.when(is_missing)
        .then(pl.lit(str(Outcome.FAIL)))
        .otherwise(pl.lit(str(Outcome.PASS))),
        note_zh=presence.replace_strict(
            {
                Presence.PRESENT: "有表有数据",
                Presence.EMPTY: "有表，注明无数据",
                Presence.MISSING: "文件中没有找到这张表",
            }
        ),
        note_en=presence.replace_strict(
            {
                Presence.PRESENT: "is there",
                Presence.EMPTY: "is there, without figures",
                Presence.MISSING: "was not found in the document",
            }
        ),
    )


def _by_statement(tables: CanonicalTables) -> pl.LazyFrame:
    return tables.statements.filter(pl.col("statement") != Statement.PERFORMANCE_FORM).with_columns(
        block="source_block",
        row=pl.lit(None, dtype=pl.Int32),
        column=pl.lit(None, dtype=pl.Int32),
    )


@rule(
    "S-LEDGER",
    title=("每个数字都有着落", "Every number is accounted for"),
    equation="numeric cells = facts + cells set aside with a reason",
    family=Family.STRUCTURE,
    statements=_STATEMENTS,
    source="the package's own account of what it read; a failure is a fault of the reading",
    catalogue=("ledger",),
    printed=("数字单元格", "numeric cells"),
    computed=("成为事实与另列之和", "facts and cells set aside"),
)
def ledger(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement that was found: its numeric cells against the rows that came of them."""
    on = ["document_id", "statement"]
    facts = (
        tables.facts.filter(pl.col("value_kind") == ValueKind.PRINTED)
        .group_by(on)
        .agg(fact_rows=pl.len())
    )
    aside = tables.set_aside.group_by(on).agg(aside_rows=pl.len())
    found = (
        _by_statement(tables)
        .filter(pl.col("presence") != Presence.MISSING)
        .sort("source_block")
        .group_by(on, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in PLACE),
            cells=pl.col("numeric_cell_count").sum(),
        )
    )
    return answers(
        found.join(facts, on=on, how="left")
        .join(aside, on=on, how="left")
        .with_columns(
            computed=pl.col("fact_rows").fill_null(0) + pl.col("aside_rows").fill_null(0)
        ),
        key=["statement"],
        subject=statement_label("zh"),
        subject_en=statement_label("en"),
        printed="cells",
        tolerance=pl.lit(0),
        step=None,
        unit_text=pl.lit("个"),
        measure_unit="1",
        is_suspect=pl.lit(True),
    )
