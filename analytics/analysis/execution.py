"""From plan to account: what was budgeted, what it became, and what was spent, line by line."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, of_year, ratio, result_of
from analytics.analysis.sides import judged, lines_beside, side_line
from analytics.analysis.witnesses import QUALIFIERS, facts_of, is_published
from analytics.schema.results import Execution
from analytics.schema.stage_vocabularies import ExecutionStatus, FigureOrigin, SideComparability
from analytics.schema.vocabularies import Stage, ValueKind

__all__ = ["execution", "execution_lines"]

_STAGES = (Stage.BUDGET, Stage.FINAL, Stage.ADJUSTED_BUDGET)
_REASONS = {
    SideComparability.FIRST_UNKNOWN: (
        "没有该表的预算数",
        "no budget of this statement is at hand",
    ),
    SideComparability.SECOND_UNKNOWN: (
        "没有该表的决算数",
        "no final accounts of this statement are at hand",
    ),
    SideComparability.CARRYOVER_DIFFERS: (
        "预算与决算的结转口径不同，不计算偏离",
        "one of budget and final holds carry-over, the other does not: no deviation",
    ),
    SideComparability.CODE_UNCERTAIN: ("科目对应存疑", "the code of the line is uncertain"),
    SideComparability.SOURCES_DIFFER: (
        "同一数字在不同处互相矛盾，采用排在前面的一处",
        "the same figure is stated differently in several places; the first in order is used",
    ),
    SideComparability.MATCHED_BY_MEANING: (
        "决算表在预算中没有，预算数取自另一张表的同义行",
        "the budget has no such statement; its figure is the same line of another one",
    ),
    SideComparability.IMPLIED: (
        "其中一个数由文字推算",
        "one of the figures is implied by a narrative",
    ),
}


def execution(facts: Frame, *, year: int | None = None, scope: str | None = None) -> pl.DataFrame:
    """Set what was budgeted, the adjusted budget and what was spent beside one another.

    Grain: one row for a line (agency, year, scope, statement, flow, classification, code,
    counterpart, fund, component) that any stage states, told apart as in :func:`changes`. A line is
    compared with its own fund, component and carry-over basis only.

    With b the original budget, a the adjusted one and f the final, in yuan:

    - ``deviation_yuan`` = f − b; ``deviation_share`` = (f − b) / b (预决算偏离度).
    - ``execution_share`` = f / a where an adjusted budget with the same carry-over basis is stated,
      else f / b; ``execution_basis`` says which.

    Shares are null unless what they divide by is above zero and f is not below. Their intervals
    take the printed precision of both sides as independent: never narrower than need be.

    A stage that prints the statement with that column, that level of detail and that carry-over
    basis, but without the line, had nothing there: it counts as 0, and the line is
    ``new_in_execution`` or ``not_executed``, while its own amount stays null. A stage that does not
    print them, or prints a sum instead of its parts, is not known, and nothing is compared.
    ``side_comparability`` is of budget and final; the first of them is the budget.

    Where b comes from: the budget document before the budget column of the final accounts before
    what a narrative implies (``budget_origin``). ``budget_column_yuan`` keeps what the final
    accounts print as budget; figures that cannot both be true are ``sources_differ``. Where the
    budget has no such statement, a line by function is looked up in its other statements
    (``budget_statement``): the same code of the same fund, component and carry-over basis.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The fiscal year; without it every year that has a document of its own.
        scope: ``department`` or ``unit``; ``None`` for both, each by itself.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Execution`, sorted by its key. A line
        of a statement is part of its parent, and stands in several statements: add up the lines of
        one level of one statement only.

    Raises:
        InputError: Not a table of facts, or money as float, or there is no such scope.

    Examples:
        With three years of a library's budgets and final accounts:

        >>> import analytics
        >>> rows = analytics.execution(years, year=2019).filter(code="total")
        >>> rows.select("budget_yuan", "final_yuan", "deviation_yuan", "deviation_share")
        shape: (1, 4)
        ┌───────────────┬───────────────┬────────────────┬─────────────────┐
        │ budget_yuan   ┆ final_yuan    ┆ deviation_yuan ┆ deviation_share │
        │ ---           ┆ ---           ┆ ---            ┆ ---             │
        │ decimal[18,2] ┆ decimal[18,2] ┆ decimal[18,2]  ┆ f64             │
        ╞═══════════════╪═══════════════╪════════════════╪═════════════════╡
        │ 4300000.00    ┆ 4515000.00    ┆ 215000.00      ┆ 0.05            │
        └───────────────┴───────────────┴────────────────┴─────────────────┘
        >>> rows["execution_share"].round(4).item(), rows["execution_basis"].item()
        (1.05, 'budget')

        Of 2021 there is a budget only:

        >>> analytics.execution(years, year=2021)["side_comparability"].unique().to_list()
        ['second_unknown']
    """
    selected = of_year(facts_of(facts, stage=None, scope=scope), year)
    rows = execution_lines(selected)
    return result_of(rows, Execution, order=[*side_line("stage"), *QUALIFIERS])


def execution_lines(facts: pl.LazyFrame) -> pl.LazyFrame:
    """The kernel of :func:`execution`: facts of all stages in, unsorted rows out."""
    lines = lines_beside(facts, column="stage", sides=_STAGES, borrows=True)
    columns = (
        facts.filter(is_published(), pl.col("is_restated"), pl.col("stage") == str(Stage.BUDGET))
        .sort("step_yuan", "document_id", "block", "row", "column")
        .unique([*side_line("stage"), *QUALIFIERS], keep="first", maintain_order=True)
        .select(*side_line("stage"), *QUALIFIERS, budget_column_yuan="amount_yuan")
    )
    paired = judged(lines, first=Stage.BUDGET, second=Stage.FINAL).join(
        columns, on=[*side_line("stage"), *QUALIFIERS], how="left", nulls_equal=True
    )
    return _named(_executed(paired))


def _executed(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Deviation from the original budget, and execution of the last one."""
    budget, final = pl.col("first"), pl.col("second")
    has_final = pl.col("final_amount_yuan").is_not_null() | pl.col("final_lists")
    spent = {
        end: pl.when(has_final).then(
            pl.col(f"final_{name}").fill_null(pl.lit(0, pl.Decimal(20, 4)))
        )
        for end, name in (("", "amount_yuan"), ("_low", "low_yuan"), ("_high", "high_yuan"))
    }
    is_adjusted = (
        pl.col("adjusted_budget_amount_yuan").is_not_null()
        & spent[""].is_not_null()
        & (
            pl.col("adjusted_budget_carryover_basis")
            == pl.coalesce("final_carryover_basis", "adjusted_budget_carryover_basis")
        )
    )

    def base(end: str, name: str) -> pl.Expr:
        adjusted = pl.col(f"adjusted_budget_{name}").cast(pl.Decimal(20, 4))
        return pl.when(is_adjusted).then(adjusted).otherwise(f"first{end}")

    has_deviation = (budget > 0) & (final >= 0)
    has_execution = (
        (is_adjusted | pl.col("is_known")) & (base("", "amount_yuan") > 0) & (spent[""] >= 0)
    )
    return rows.with_columns(
        deviation_yuan=final - budget,
        deviation_share=pl.when(has_deviation).then(ratio(final - budget, budget)),
        deviation_low_share=pl.when(has_deviation).then(
            ratio(pl.col("second_low"), pl.col("first_high")) - 1
        ),
        deviation_high_share=pl.when(has_deviation).then(
            ratio(pl.col("second_high"), pl.col("first_low")) - 1
        ),
        execution_share=pl.when(has_execution).then(ratio(spent[""], base("", "amount_yuan"))),
        execution_low_share=pl.when(has_execution).then(
            ratio(spent["_low"], base("_high", "high_yuan"))
        ),
        execution_high_share=pl.when(has_execution).then(
            ratio(spent["_high"], base("_low", "low_yuan"))
        ),
        execution_basis=pl.when(has_execution).then(
            pl.when(is_adjusted)
            .then(pl.lit(str(Stage.ADJUSTED_BUDGET)))
            .otherwise(pl.lit(str(Stage.BUDGET)))
        ),
        execution_status=pl.when(~pl.col("is_known"))
        .then(pl.lit(str(ExecutionStatus.UNKNOWN)))
        .when((budget == 0) & (final != 0))
        .then(pl.lit(str(ExecutionStatus.NEW_IN_EXECUTION)))
        .when((budget != 0) & (final == 0))
        .then(pl.lit(str(ExecutionStatus.NOT_EXECUTED)))
        .otherwise(pl.lit(str(ExecutionStatus.EXECUTED))),
    )


def _named(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The columns of the result, with where each figure comes from and why there is no ratio."""

    def origin(stage: Stage) -> pl.Expr:
        return (
            pl.when(pl.col(f"{stage}_amount_yuan").is_null())
            .then(None)
            .when(pl.col(f"{stage}_value_kind") == str(ValueKind.IMPLIED))
            .then(pl.lit(str(FigureOrigin.NARRATIVE)))
            .when(f"{stage}_is_restated")
            .then(pl.lit(str(FigureOrigin.LATER_DOCUMENT)))
            .otherwise(pl.lit(str(FigureOrigin.OWN_DOCUMENT)))
        )

    def worded_reason(place: int) -> pl.Expr:
        return pl.col("side_comparability").replace_strict(
            {str(value): texts[place] for value, texts in _REASONS.items()},
            default=None,
            return_dtype=pl.String,
        )

    return rows.with_columns(
        budget_yuan="budget_amount_yuan",
        adjusted_budget_yuan="adjusted_budget_amount_yuan",
        final_yuan="final_amount_yuan",
        carryover_basis=pl.coalesce("final_carryover_basis", "carryover_basis"),
        reason=worded_reason(0),
        reason_en=worded_reason(1),
        budget_origin=origin(Stage.BUDGET),
        adjusted_budget_origin=origin(Stage.ADJUSTED_BUDGET),
        final_origin=origin(Stage.FINAL),
    )
