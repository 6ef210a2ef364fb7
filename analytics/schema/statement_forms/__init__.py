"""The catalogue of statement forms: how each statement is recognised and what its columns state.

A new layout is a new entry of data here, not new code. Titles and column headers are regular
expressions on text without spaces; a title is recognised by what it says, never by its number.
Several layouts may print the same statement: the form whose columns fit best is taken.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from analytics.schema.statement_forms.finals import FINAL_LAYOUT, FINAL_STATEMENTS
from analytics.schema.statement_forms.model import ColumnForm, FixedLine, Role, StatementForm
from analytics.schema.statement_forms.nine import NINE_STATEMENTS
from analytics.schema.statement_forms.thirteen import THIRTEEN_STATEMENTS
from analytics.schema.statement_forms.twelve import TWELVE_STATEMENTS
from analytics.schema.statement_forms.universities import (
    UNIVERSITY_LAYOUT,
    UNIVERSITY_STATEMENTS,
)
from analytics.schema.vocabularies import Presence, Stage, Statement

__all__ = [
    "STATEMENT_FORMS",
    "ColumnForm",
    "FixedLine",
    "Role",
    "StatementForm",
    "expected_statements",
    "missing_statements",
]

STATEMENT_FORMS: tuple[StatementForm, ...] = (
    # Final accounts say so in their titles; of two forms with the same columns the first is taken.
    *FINAL_STATEMENTS,
    *THIRTEEN_STATEMENTS,
    *TWELVE_STATEMENTS,
    *NINE_STATEMENTS,
    *UNIVERSITY_STATEMENTS,
)
"""Every form, the layouts one after another."""

_SHARED_BY_NINE = (
    Statement.EXPENDITURE_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.OPERATING_EXPENSES,
)
_LAYOUTS: tuple[tuple[Statement, ...], ...] = (
    tuple(form.statement for form in THIRTEEN_STATEMENTS),
    tuple(form.statement for form in TWELVE_STATEMENTS),
    (*_SHARED_BY_NINE, *(form.statement for form in NINE_STATEMENTS)),
    UNIVERSITY_LAYOUT,
)
_FINAL_LAYOUTS = (FINAL_LAYOUT, *_LAYOUTS)


def expected_statements(
    found: Collection[Statement], stage: Stage = Stage.BUDGET
) -> tuple[Statement, ...]:
    """The statements of the layout that a disclosure follows, judged by those it prints.

    Args:
        found: Statements that were recognised.
        stage: Stage of the disclosure: final accounts have a layout of their own, the first choice
            for them.

    Returns:
        Every statement of the layout that shares most with them, in its order; of several the
        smallest.

    Examples:
        >>> Statement.PROJECT_CARRYOVER in expected_statements([Statement.PROJECT_EXPENDITURE])
        True
        >>> len(expected_statements([Statement.BASIC_EXPENDITURE], Stage.FINAL))
        9
    """
    printed = set(found)
    layouts = _FINAL_LAYOUTS if stage is Stage.FINAL else _LAYOUTS
    shared = [len(printed & set(layout)) for layout in layouts]
    best = [layout for layout, count in zip(layouts, shared, strict=True) if count == max(shared)]
    # A layout with fewer statements is meant only where most of it is there.
    whole = [layout for layout in best if len(printed & set(layout)) * 2 > len(set(layout))]
    smallest = sorted(whole, key=len)[:1]
    return tuple(dict.fromkeys((smallest or best)[0]))


def missing_statements(
    document_id: str, found: Collection[Statement], stage: Stage
) -> list[dict[str, Any]]:
    """Rows of ``statements`` for those of its layout that a disclosure does not print.

    Args:
        document_id: The document.
        found: Statements that were recognised, with or without figures.
        stage: Stage of the disclosure.
    """
    return [
        {
            "document_id": document_id,
            "statement": str(statement),
            "presence": str(Presence.MISSING),
            "numeric_cell_count": 0,
            "fact_cell_count": 0,
            "set_aside_cell_count": 0,
        }
        for statement in expected_statements(found, stage)
        if statement not in found
    ]
