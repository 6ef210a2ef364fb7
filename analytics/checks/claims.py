"""What the families on the narrative share: claims, their precision, and a claim as a subject."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.checks.answers import NUMBER, Verdict, answers, statement_label
from analytics.checks.registry import CanonicalTables
from analytics.expressions import worded
from analytics.schema.vocabularies import Statement

__all__ = [
    "AGAINST_LAST_YEAR",
    "CHANGING",
    "SPOKEN_OF",
    "SUBJECT",
    "claim_answers",
    "claim_half",
    "claim_verdict",
    "claims_with_half",
    "first_claims",
    "near",
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
"""The statements whose change against last year the narrative must state."""

SUBJECT = ["document_id", "statement", "flow", "classification", "code", "fund", "component"]
"""The columns that name the same subject in ``claims`` and in ``facts``."""

AGAINST_LAST_YEAR = pl.col("base_year").is_null() | (pl.col("base_year") < pl.col("fiscal_year"))
"""Whether a claim compares with a year before; final accounts also compare with their budget."""

_KEY = [*SUBJECT[1:], "block", "row", "column"]
_TYPES = {"other_operating": "其他运转类项目", "specific_target": "特定目标类项目"}


def text(words: str) -> pl.Expr:
    """A piece of text, or a member of a vocabulary, as an expression."""
    return pl.lit(str(words))


def claim_half(step: str) -> pl.Expr:
    """Half of a printed step; a step that is not known takes nothing away."""
    return pl.col(step).cast(NUMBER).fill_null(0) * pl.lit(0.5, dtype=NUMBER)


def claims_with_half(tables: CanonicalTables, *conditions: pl.Expr) -> pl.LazyFrame:
    """The claims about the document's own year and stage, in the order they are printed.

    Adds ``level_half`` and ``change_half`` (yuan), and ``step`` and ``unit_text`` to show amounts.
    """
    own = tables.documents.select("document_id", own_year="fiscal_year", own_stage="stage")
    in_order = (
        tables.claims.join(own, on="document_id")
        .filter(pl.col("fiscal_year") == pl.col("own_year"), pl.col("stage") == pl.col("own_stage"))
        .with_columns(
            level_half=claim_half("value_step_yuan"),
            change_half=claim_half("change_step_yuan"),
            step=pl.when(pl.col("value_step_yuan") > 0).then("value_step_yuan"),
            unit_text=text("万元"),
        )
        .sort("document_id", "block", "row", "column", "claim_id")
    )
    return tables.once("claims", in_order).filter(*conditions)


def first_claims(claims: pl.LazyFrame, on: Sequence[str]) -> pl.LazyFrame:
    """One claim a key: the first one printed."""
    return claims.unique([*on], keep="first", maintain_order=True)


def near(
    frame: pl.LazyFrame, printed: str, half: pl.Expr, *, only_last_digit: bool
) -> pl.LazyFrame:
    """Take a number that is out by its last digit for right, or take only such numbers.

    Percentages are cut off or bent so that they make 100 %, and amounts are cut off: that is a
    remark on how a number is written, and no contradiction. Half a step more of leeway takes in
    all of them.

    Args:
        frame: What is compared, with ``computed`` and the strict ``tolerance``.
        printed: The column of the printed number.
        half: Half of its printed step.
        only_last_digit: Whether to keep only what is beyond the tolerance by no more than that;
            else the tolerance is made wider, and everything is kept.
    """
    if not only_last_digit:
        return frame.with_columns(tolerance=pl.col("tolerance") + half)
    beyond = (pl.col(printed).cast(NUMBER) - pl.col("computed").cast(NUMBER)).abs() - pl.col(
        "tolerance"
    )
    return frame.filter(beyond > 0, beyond <= half)


def claim_answers(
    frame: pl.LazyFrame,
    *,
    about: tuple[str, str] = ("", ""),
    key: Sequence[str] = _KEY,
    verdict: Verdict | None = None,
    **columns: pl.Expr | str | None,
) -> pl.LazyFrame:
    """Answers about claims: the subject is the statement and the name that the sentence gives it.

    Args:
        frame: Claims with what they are compared with.
        about: What of the subject is meant, in Chinese and English, to be put behind it.
        key: What was tested.
        verdict: The answer in words, where no numbers are compared.
        columns: The other columns, as in :func:`analytics.checks.answers.answers`.
    """
    named = pl.coalesce("name", "code", text("")).str.replace_all('[“”"]', "")
    kind = pl.col("code").replace_strict(_TYPES, default=None, return_dtype=pl.String)
    name = pl.concat_str([named, kind], separator="：", ignore_nulls=True)
    return answers(
        frame,
        key=key,
        subject=worded(f"{{}}“{{}}”{about[0]}", statement_label("zh"), name),
        subject_en=worded(f"{{}}, “{{}}”{about[1]}", statement_label("en"), name),
        sentence="sentence",
        verdict=verdict,
        **columns,  # type: ignore[arg-type]
    )


def claim_verdict(
    frame: pl.LazyFrame,
    holds: pl.Expr,
    good: tuple[str, str],
    bad: tuple[str, str],
    *,
    key: Sequence[str] = _KEY,
) -> pl.LazyFrame:
    """Answers that are a condition in words instead of two numbers."""
    return claim_answers(
        frame,
        key=key,
        verdict=Verdict(holds.fill_null(False), good, bad),
    )
