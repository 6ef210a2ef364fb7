"""What the families on performance forms share: forms, their money, and a project as a subject."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import PLACE, Verdict, against, answers, chosen, printed_facts
from analytics.checks.registry import CanonicalTables
from analytics.expressions import worded
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import CarryoverBasis, Component, Fund, Statement

__all__ = [
    "IN_PLACE",
    "LONG_RUNNING_YEARS",
    "PROJECT",
    "block_label",
    "both_blocks",
    "form_answers",
    "form_money",
    "forms",
    "named_together",
    "said",
]

PROJECT = ["document_id", "code"]
"""What identifies a project."""

IN_PLACE = ("name", "statement", *PLACE)
"""What an answer about a project takes from the row it is about."""

LONG_RUNNING_YEARS = 50
"""A period as long as this stands for 'without end'."""


def forms(tables: CanonicalTables) -> pl.LazyFrame:
    """One row a form, with its place, as a subject of answers."""
    return tables.projects.select(
        "document_id",
        "name",
        "kind",
        "period",
        "period_years",
        "arrears_yuan",
        "page",
        "line",
        code="project",
        block="source_block",
        row=pl.lit(None, dtype=pl.Int32),
        column=pl.lit(None, dtype=pl.Int32),
        statement=pl.lit(str(Statement.PERFORMANCE_FORM)),
    )


def form_money(
    tables: CanonicalTables, component: Component, fund: Fund = Fund.ALL
) -> pl.LazyFrame:
    """What the forms print as the money of a block, one row a project."""
    return chosen(
        printed_facts(
            tables,
            pl.col("statement") == Statement.PERFORMANCE_FORM,
            pl.col("component") == component,
            pl.col("fund") == fund,
            pl.col("carryover_basis") != CarryoverBasis.ONLY,
        ),
        PROJECT,
    )


def form_answers(
    frame: pl.LazyFrame,
    *,
    key: pl.Expr | None = None,
    about: tuple[pl.Expr, pl.Expr] = (pl.lit(""), pl.lit("")),
    verdict: Verdict | None = None,
    **columns: pl.Expr | str | None,
) -> pl.LazyFrame:
    """Answers about projects: the subject is the project and, behind it, what of it.

    Args:
        frame: One row a thing tested, with ``code`` and ``name`` of the project.
        key: What was tested; the project's code by default.
        about: What is put behind the name of the project, in Chinese and English.
        verdict: The answer in words, where no numbers are compared.
        columns: The other columns, as in :func:`analytics.checks.answers.answers`.
    """
    return answers(
        frame,
        key=pl.col("code") if key is None else key,
        subject=worded("项目“{}”{}", "name", about[0]),
        subject_en=worded("Project “{}”{}", "name", about[1]),
        verdict=verdict,
        **columns,  # type: ignore[arg-type]
    )


def block_label(column: str) -> tuple[pl.Expr, pl.Expr]:
    """The block of a form in brackets, to be put behind the name of its project."""
    zh, en = (
        pl.col(column).replace_strict({str(each): each.label(lang) for each in IndicatorBlock})
        for lang in ("zh", "en")
    )
    return worded("（{}）", zh), worded(" ({})", en)


def said(
    frame: pl.LazyFrame,
    holds: pl.Expr,
    good: tuple[str | pl.Expr, str | pl.Expr],
    bad: tuple[str | pl.Expr, str | pl.Expr],
    unknown: tuple[str, str] = ("表中没有填写", "the form leaves it blank"),
    *,
    key: pl.Expr | None = None,
    about: tuple[pl.Expr, pl.Expr] = (pl.lit(""), pl.lit("")),
    **columns: pl.Expr | str | None,
) -> pl.LazyFrame:
    """Answers that are a condition in words instead of two numbers."""
    return form_answers(
        frame,
        key=key,
        about=about,
        verdict=Verdict(holds, good, bad, unknown),
        **columns,
    )


def named_together(projects: pl.LazyFrame, which: pl.Expr) -> pl.LazyFrame:
    """Put what an auditor would not ask about project by project into one remark on a document.

    Adds ``key``: the code of a project, or a slash where several may be named together in the
    place of the first of them.

    Args:
        projects: One row a project, with its place and its figures.
        which: Which projects are named together.
    """
    evidence = pl.col("^(printed|computed)_figures$")
    own = pl.col("name")
    inside = pl.col("listed").str.strip_prefix("“").str.strip_suffix("”")
    return (
        projects.sort("document_id", "block", "row", "column", "code")
        .with_columns(key=pl.when(which).then(pl.lit("/")).otherwise("code"))
        .group_by("document_id", "key", maintain_order=True)
        .agg(
            pl.exclude("printed_figures", "computed_figures").first(),
            evidence.explode(empty_as_null=False, keep_nulls=False),
            listed=worded("“{}”", own).str.join("、"),
        )
        .with_columns(name=inside)
    )


def both_blocks(tables: CanonicalTables) -> pl.LazyFrame:
    """The year's money, that of the whole term as ``computed``, and the period of the project."""
    period = forms(tables).select(*PROJECT, "kind", "period", "period_years")
    return against(
        form_money(tables, Component.ANNUAL), form_money(tables, Component.TERM), PROJECT
    ).join(period, on=PROJECT, how="left")
