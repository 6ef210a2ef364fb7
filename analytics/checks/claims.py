"""What the families on the narrative share: claims, their precision, and a claim as a subject."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, answers, statement_label
from analytics.checks.registry import CanonicalTables
from analytics.schema.vocabularies import Statement

__all__ = [
    "CHANGING",
    "SPOKEN_OF",
    "SUBJECT",
    "claim_answers",
    "claim_half",
    "claims_with_half",
    "text",
]
SPOKEN_OF = (
    Statement.BUDGET_SUMMARY,
    Statement.REVENUE_SUMMARY,
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.BASIC_EXPENDITURE,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.OPERATING_EXPENSES,
)
"""The statements that the narrative of a disclosure must explain."""

CHANGING = (
    Statement.BUDGET_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.THREE_PUBLIC_EXPENSES,
    Statement.OPERATING_EXPENSES,
)
SUBJECT = ["document_id", "statement", "flow", "classification", "code", "fund", "component"]
_KEY = [
    "statement",
    "flow",
    "classification",
    "code",
    "fund",
    "component",
    "block",
    "row",
    "column",
]


def claim_half(step: str) -> pl.Expr:
    """Half of a printed step; a step that is not known takes nothing away."""
    return pl.col(step).cast(NUMBER).fill_null(0) * pl.lit(0.5, dtype=NUMBER)


def claims_with_half(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """The claims about the document's own year, with ``level_half`` and ``change_half`` in yuan."""
    own_year = tables.documents.select("document_id", pl.col("fiscal_year").alias("own_year"))
    return (
        tables.claims.filter(*conditions)
        .join(own_year, on="document_id")
        .filter(pl.col("fiscal_year") == pl.col("own_year"))
        .with_columns(
            level_half=claim_half("value_step_yuan"),
            change_half=claim_half("change_step_yuan"),
            step=pl.when(pl.col("value_step_yuan") > 0).then("value_step_yuan"),
            unit_text=pl.lit("万元"),
        )
    )


def claim_answers(
    frame: pl.LazyFrame,
    *,
    about_zh: str = "",
    about_en: str = "",
    key: Sequence[str] = _KEY,
    **columns: pl.Expr | str | None,
) -> pl.LazyFrame:
    """Claims as answers: the subject is the statement and the name that the sentence gives it."""
    name = pl.coalesce("name", "code", pl.lit(""))
    measure = columns.pop("measure_unit", None)
    return answers(
        frame,
        key=key,
        subject=pl.format(f"{{}}“{{}}”{about_zh}", statement_label("zh"), name),
        subject_en=pl.format(f"{{}}, “{{}}”{about_en}", statement_label("en"), name),
        sentence="sentence",
        measure_unit=measure if isinstance(measure, str) else "yuan",
        **columns,  # type: ignore[arg-type]
    )


def text(text: str) -> pl.Expr:
    return pl.lit(str(text))
