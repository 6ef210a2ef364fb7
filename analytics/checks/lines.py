"""What the families on statements share: lines, columns, and a line as the subject of an answer."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among, answers, printed_facts, subject_en, subject_zh
from analytics.checks.registry import CanonicalTables
from analytics.schema.vocabularies import Component, Fund, LineCode, Statement

__all__ = [
    "BALANCES",
    "CODE",
    "COMPONENT",
    "FISCAL_FUNDS",
    "FLOW",
    "FUND",
    "IS_TOTAL",
    "IS_WHOLE",
    "WHOLE_FUNDS",
    "in_statement",
    "line_answers",
    "statement_facts",
]

WHOLE_FUNDS = (Fund.ALL, Fund.FISCAL_APPROPRIATION)
"""Funds that are the sum of others in their statement."""

FISCAL_FUNDS = (Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
"""The three funds of the fiscal appropriation."""

BALANCES = tuple(LineCode)
"""Codes of lines that are balances of a statement."""

CODE, FUND, COMPONENT, FLOW = (pl.col(name) for name in ("code", "fund", "component", "flow"))
IS_TOTAL = CODE == LineCode.TOTAL
IS_WHOLE = COMPONENT == Component.TOTAL

_KEY = ["statement", "flow", "classification", "code", "counterpart_code", "fund", "component"]


def in_statement(*statements: Statement) -> pl.Expr:
    """Whether a row belongs to one of some statements."""
    return among(pl.col("statement"), statements)


def statement_facts(
    tables: CanonicalTables, statement: Statement, *conditions: pl.Expr
) -> pl.LazyFrame:
    """The printed figures of one statement."""
    return printed_facts(tables, in_statement(statement), *conditions)


def line_answers(
    frame: pl.LazyFrame,
    *labels: str,
    outcome: pl.Expr | None = None,
    note_zh: pl.Expr | None = None,
    note_en: pl.Expr | None = None,
) -> pl.LazyFrame:
    """Answers about lines of statements.

    Args:
        frame: Figures with what they are compared with.
        labels: Columns that are named behind the line: ``component``, ``fund``.
        outcome: The outcome, where the comparison does not decide it.
        note_zh: What to add in Chinese.
        note_en: What to add in English.
    """
    return answers(
        frame,
        key=_KEY,
        subject=subject_zh(*labels),
        subject_en=subject_en(*labels),
        is_suspect="is_suspect",
        outcome=outcome,
        note_zh=note_zh,
        note_en=note_en,
    )
