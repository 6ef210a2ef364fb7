"""Whether a disclosure is whole, and whether every number it prints was accounted for."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import PLACE, Verdict, answers, statement_label
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import rank_in, worded
from analytics.schema.tables import NUMBERING
from analytics.schema.vocabularies import Presence, Severity, Statement, ValueKind

__all__ = ["columns", "ledger", "statements", "understood", "unit"]

_STATEMENTS = tuple(each for each in Statement if each is not Statement.PERFORMANCE_FORM)


@rule(
    "S-STATEMENTS",
    title=("应公开的报表齐全", "Every statement is there"),
    equation="each statement is present, with figures or with 本表无数据",
    why=(
        "规定公开的报表缺了一张，那部分收支公众就看不到。",
        "A statement that must be published and is not takes its part of the budget out of public view.",
    ),
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
        .sort(rank_in("presence", Presence), "document_id", "block", "line")
        .unique(["document_id", "statement"], keep="first", maintain_order=True)
    )
    presence = pl.col("presence")
    is_empty = presence == Presence.EMPTY
    return _about_statements(
        best,
        verdict=Verdict(
            presence != Presence.MISSING,
            (
                pl.when(is_empty).then(pl.lit("有表，注明无数据")).otherwise(pl.lit("有表有数据")),
                pl.when(is_empty)
                .then(pl.lit("is there, without figures"))
                .otherwise(pl.lit("is there")),
            ),
            ("文件中没有找到这张表", "was not found in the document"),
        ),
    )


def _about_statements(
    frame: pl.LazyFrame, verdict: Verdict, is_suspect: pl.Expr | None = None
) -> pl.LazyFrame:
    return answers(
        frame,
        key=["statement"],
        subject=statement_label("zh"),
        subject_en=statement_label("en"),
        verdict=verdict,
        is_suspect=is_suspect,
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
    why=(
        "只有每个数字都有着落，才能说这份文件读全了、查全了。",
        "Only if every number is accounted for can the document be said to be read and checked whole.",
    ),
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
        .sort("document_id", "block", "line")
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


@rule(
    "S-COLUMNS",
    title=("报表的栏目齐全", "Every column of the form is there"),
    equation="no column of the statement's form is missing",
    why=(
        "缺少栏目的报表，藏起了资金来源或支出性质。",
        "A statement without one of its columns hides where money comes from or what it is for.",
    ),
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    statements=_STATEMENTS,
    source="disclosure rules: the form of a statement has all its columns, blank or not",
    catalogue=("X17",),
)
def columns(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement that was found: the columns its form has and the print lacks."""
    missing = pl.col("missing_columns")
    found = _by_statement(tables).filter(pl.col("presence") != Presence.MISSING)
    return _about_statements(
        found,
        verdict=Verdict(
            missing.is_null(),
            ("栏目齐全", "has all its columns"),
            (
                worded("没有找到栏目：{}", "missing_columns"),
                worded("lacks the columns {}", "missing_columns"),
            ),
        ),
        is_suspect=missing.is_not_null(),
    )


@rule(
    "S-UNDERSTOOD",
    title=("报表中的数字都能读懂", "Every figure of a statement is understood"),
    equation="no figure is set aside, but for the numbers of columns",
    why=(
        "没有读懂的数字不参加比较和核验，可能漏掉问题。",
        "A figure that was not understood takes no part in any comparison or check, and a fault in it goes unseen.",
    ),
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    statements=_STATEMENTS,
    source="the package's own account of what it read: a figure that is no fact is said aloud",
    catalogue=("ledger",),
)
def understood(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement that was found: the figures in it that became no fact, and why."""
    on = ["document_id", "statement"]
    lost = (
        tables.set_aside.filter(pl.col("reason") != NUMBERING)
        .sort("block", "row", "column")
        .group_by(on, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in PLACE),
            lost=pl.len(),
            example=pl.col("cell_text").first(),
            reason=pl.col("reason").first(),
        )
    )
    found = (
        _by_statement(tables)
        .filter(pl.col("presence") != Presence.MISSING)
        .drop("page", "block", "row", "column", "line")
        .join(lost, on=on, how="left")
    )
    is_whole = pl.col("lost").is_null()
    lost_columns = ("lost", "example", "reason")
    return _about_statements(
        found,
        verdict=Verdict(
            is_whole,
            ("数字都已读懂", "is understood"),
            (
                worded("有{}个数字未能成为事实，例如{}：{}", *lost_columns),
                worded("has {} figures that are no facts, such as {}: {}", *lost_columns),
            ),
        ),
        is_suspect=~is_whole,
    )


@rule(
    "S-UNIT",
    title=("报表注明金额单位", "Every statement prints its unit of money"),
    equation="a statement with figures prints 元, 千元, 万元 or 亿元",
    why=(
        "不写单位，元和万元相差一万倍。",
        "Without the unit a figure may be wrong by a factor of ten thousand.",
    ),
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    statements=_STATEMENTS,
    source="disclosure rules: the form of a statement names the unit its amounts are printed in",
    catalogue=("ledger",),
)
def unit(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement with figures: without a unit none of them is an amount that can be used."""
    found = _by_statement(tables).filter(pl.col("presence") == Presence.PRESENT)
    has_unit = pl.col("unit_text").is_not_null()
    page_zh, page_en = (worded(text, "page").fill_null("") for text in ("（第{}页）", " (page {})"))
    return _about_statements(
        found,
        verdict=Verdict(
            has_unit,
            ("注明了金额单位", "prints its unit of money"),
            (
                worded("没有注明金额单位{}，表中数字无法换算成元，均未采用", page_zh),
                worded(
                    "prints no unit of money{}, so that its figures cannot be turned into yuan "
                    "and are not used",
                    page_en,
                ),
            ),
        ),
        is_suspect=~has_unit,
    )
