"""What a statement form is: how a statement is recognised and what its columns state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Stage,
    Statement,
)

__all__ = ["ColumnForm", "FixedLine", "Role", "StatementForm"]


class Role(Enum):
    """What the cells of a column are.

    Levels stand side by side, each printed once above the lines below it; a line is what all the
    levels that stand for it say together.
    """

    CODE = "code"
    GROUP = "group"
    LEVEL = "level"
    NAME = "name"
    COUNTERPART = "counterpart"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class FixedLine:
    """The line a column stands for, in a statement whose columns are its lines.

    Args:
        code: Code of the line.
        name: Its name.
        classification: List the code comes from.
        parent_code: Code of the line it is part of.
        statement: Statement the figure belongs to, where two statements share one table.
    """

    code: str
    name: str
    classification: Classification
    parent_code: str | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One column of a statement form.

    Args:
        role: What its cells are.
        header: Pattern for the lowest header cell above it.
        flow: Direction of the money, where the statement shows both.
        fund: Fund its amounts belong to.
        component: Part of the line its amounts state.
        basis: Whether carry-over is inside; ``None`` takes the statement's.
        is_addend: Whether the first amount of the row is the sum of this column and its like.
        part: Which of several lists of the same direction that stand side by side it belongs to.
        line: The line it stands for, where the columns are the lines.
        above: Pattern for the header cells above the lowest one, from the top joined by ``/``; empty
            where they do not matter.
        stage: Stage of its amounts, where it is not that of the document: final accounts print
            what was budgeted beside what was spent.
    """

    role: Role
    header: str
    flow: Flow = Flow.EXPENDITURE
    fund: Fund = Fund.ALL
    component: Component = Component.TOTAL
    basis: CarryoverBasis | None = None
    is_addend: bool = False
    part: int = 0
    line: FixedLine | None = None
    above: str = ""
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class StatementForm:
    """How one statement looks.

    Args:
        statement: What it is.
        title: Pattern its title must match.
        basis: Whether carry-over is inside its amounts.
        columns: Its columns from left to right.
        classification: List the codes of its expenditure lines come from.
        revenue_classification: List the codes of its revenue lines come from.
        not_title: Pattern its title must not match; empty for none.
    """

    statement: Statement
    title: str
    basis: CarryoverBasis
    columns: tuple[ColumnForm, ...]
    classification: Classification = Classification.FUNCTION
    revenue_classification: Classification = Classification.REVENUE_SOURCE
    not_title: str = ""

    def line_classification(self, flow: Flow) -> Classification:
        """The list codes of a line come from, by the direction of its money."""
        return self.revenue_classification if flow is Flow.REVENUE else self.classification
