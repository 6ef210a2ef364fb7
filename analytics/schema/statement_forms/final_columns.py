"""Columns of final accounts: final figures, and what was budgeted for them.

A column 预算数 beside 决算数 states what was budgeted. The note under the official statement of the
three public expenses says that it is the budget of the whole year, as adjusted by the prescribed
procedure (全年预算数); it is read so wherever the header says nothing else. 年初预算数 is the budget
approved at the beginning of the year.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.schema.statement_forms.model import ColumnForm
from analytics.schema.vocabularies import Stage

__all__ = ["BUDGETED", "FINAL", "Budgets", "Figures", "with_budgets"]

_YEAR = r"(?:20\d\d年度?|本年)?"
FINAL = rf"^{_YEAR}(?:决算数?|金额|统计数)$"
_APPROVED = rf"^{_YEAR}(?:年初|批复)预算数?$"
_ADJUSTED = rf"^{_YEAR}(?:全年|调整后?)?预算数?$"

Budgets = tuple[tuple[str, Stage], ...]
Figures = tuple[tuple[str, Stage | None], ...]
BUDGETED: tuple[tuple[tuple[str, Stage], ...], ...] = (
    ((_APPROVED, Stage.BUDGET), (_ADJUSTED, Stage.ADJUSTED_BUDGET)),
    ((_ADJUSTED, Stage.ADJUSTED_BUDGET),),
    ((_APPROVED, Stage.BUDGET),),
    (),
)
"""Which budgets may stand before the final figure, the most first."""


def with_budgets(final: ColumnForm, budgets: Budgets) -> tuple[ColumnForm, ...]:
    """A column of final figures with what was budgeted for them before it."""
    return (*(replace(final, header=header, stage=stage) for header, stage in budgets), final)
