"""The three public expenses in final accounts: what was budgeted for them and what was spent."""

from __future__ import annotations

from analytics.schema.statement_forms.columns import amount, name, three_public_amount
from analytics.schema.statement_forms.final_columns import (
    BUDGETED,
    FINAL,
    Budgets,
    Figures,
    with_budgets,
)
from analytics.schema.statement_forms.model import ColumnForm, StatementForm
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Fund,
    Statement,
    ThreePublic,
)

__all__ = ["THREE_PUBLIC_FINALS"]

_Heads = tuple[tuple[str, ThreePublic, ThreePublic | None], ...]
_HEADS: _Heads = (
    (r"合计$", ThreePublic.TOTAL, None),
    (r"出国[^/]*$", ThreePublic.ABROAD, ThreePublic.TOTAL),
    (r"小计$", ThreePublic.VEHICLE, ThreePublic.TOTAL),
    (r"(?:^|/|用车)购置费$", ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE),
    (r"(?:^|/|用车)运行(?:维护)?费$", ThreePublic.VEHICLE_OPERATION, ThreePublic.VEHICLE),
    (r"接待费?$", ThreePublic.RECEPTION, ThreePublic.TOTAL),
)
_RECEPTION_FIRST: _Heads = (*_HEADS[:2], _HEADS[-1], *_HEADS[2:-1])


def _three_public(columns: tuple[ColumnForm, ...]) -> StatementForm:
    return StatementForm(
        Statement.THREE_PUBLIC_EXPENSES,
        title=r"三公.*经费.*决算.*表",
        basis=CarryoverBasis.INCLUDED,
        classification=Classification.THREE_PUBLIC,
        columns=columns,
    )


def _beside_each_other(budgets: Budgets) -> StatementForm:
    """Under each expense what was budgeted and what was spent."""
    figures: Figures = (*budgets, (FINAL, None))
    return _three_public(
        tuple(
            three_public_amount(header, expense, parent, above=above, stage=stage)
            for above, expense, parent in _HEADS
            for header, stage in figures
        )
    )


def _after_each_other(budgets: Budgets, heads: _Heads) -> StatementForm:
    """All expenses as they were budgeted, and after them all as they were spent."""
    groups: Figures = (*budgets, (FINAL, None))
    return _three_public(
        tuple(
            three_public_amount(header, expense, parent, above=_group(group, budgets), stage=stage)
            for group, stage in groups
            for header, expense, parent in heads
        )
    )


def _group(header: str, budgets: Budgets) -> str:
    """The header of a group of columns, which only one of several groups needs."""
    return f"(?:^|/){header.strip('^$')}(?:/|$)" if budgets else ""


def _as_lines(budgets: Budgets) -> StatementForm:
    """A line for each expense."""
    spent = amount(FINAL, fund=Fund.FISCAL_APPROPRIATION)
    return _three_public((name(), *with_budgets(spent, budgets)))


THREE_PUBLIC_FINALS = tuple(
    form
    for budgets in BUDGETED
    for form in (
        _as_lines(budgets),
        _beside_each_other(budgets),
        _after_each_other(budgets, _HEADS),
        _after_each_other(budgets, _RECEPTION_FIRST),
    )
)
"""The statement with a line for each expense, with budgets beside final figures, or before all."""
