"""Department and unit, or budget and final, beside each other, without adding them up."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, of_year, ratio, result_of
from analytics.analysis.sides import judged, lines_beside, side_line
from analytics.analysis.witnesses import QUALIFIERS, facts_of
from analytics.errors import NotFoundError
from analytics.schema.results import SideBySide
from analytics.schema.stage_vocabularies import SideStatus
from analytics.schema.vocabularies import Scope, Stage

__all__ = ["side_by_side"]

_SIDES = {"scope": (Scope.DEPARTMENT, Scope.UNIT), "stage": (Stage.BUDGET, Stage.FINAL)}
_ORDER = ("agency_id", "fiscal_year", "stage", "scope")


def side_by_side(
    facts: Frame, *, by: str = "scope", year: int | None = None, stage: str | None = None
) -> pl.DataFrame:
    """Put the same line of two scopes, or of two stages, of one agency and year into one row.

    ``by="scope"`` sets the whole department first and the agency's own unit second; what the unit
    states is part of what the department states, and the two are never added. ``by="stage"`` sets
    the budget first and the final accounts second.

    Grain: one row for a line that one of the two has; no figure stands in two rows, so that the
    amounts of a side add up to what that side published, each level and statement by itself.

    - ``difference_yuan`` = second − first: by scope, minus what the other units of the department
      have.
    - ``second_share`` = second / first: by scope the unit's share of the department; null unless
      the first is above zero and the second not below.

    ``side_status`` says which side has the line. A side that prints the statement with that column
    and that level of detail, but without the line, has 0 of it; else it is not known how much it
    has, ``side_comparability`` says so, and there is no difference. The same goes for sides that
    differ in whether carry-over is included.

    Args:
        facts: The canonical facts.
        by: ``scope`` or ``stage``.
        year: The fiscal year; without it every year that has a document of its own.
        stage: ``budget`` or ``final``, for ``by="scope"``; ``None`` for both, each by itself.

    Returns:
        A frame that meets :class:`~analytics.schema.results.SideBySide`, sorted by its key. Units
        of other names than the department are other agencies: they are not in it.

    Raises:
        InputError: Not a table of facts, money as float, or there is no such stage.
        NotFoundError: ``by`` is neither ``scope`` nor ``stage``.

    Examples:
        With three years of a library's budgets and final accounts:

        >>> import analytics
        >>> rows = analytics.side_by_side(years, by="stage", year=2018)
        >>> rows.filter(code="208").select("first_side", "first_yuan", "second_yuan").row(0)
        ('budget', Decimal('500000.00'), Decimal('490000.00'))
        >>> rows.filter(code="208").select("difference_yuan", "second_share").row(0)
        (Decimal('-10000.00'), 0.98)
    """
    if by not in _SIDES:
        raise NotFoundError.for_name("way to set figures side by side", by, _SIDES)
    first, second = _SIDES[by]
    selected = facts_of(facts, stage=stage if by == "scope" else None, scope=None)
    selected = of_year(selected, year)
    lines = lines_beside(selected, column=by, sides=(first, second), borrows=by == "stage")
    now, was = pl.col("second"), pl.col("first")
    has, had = (pl.col(f"{side}_amount_yuan").is_not_null() for side in (second, first))
    rows = judged(lines, first=first, second=second).with_columns(
        pl.lit(None, pl.String).alias(by),
        first_side=pl.lit(str(first)),
        second_side=pl.lit(str(second)),
        first_yuan=pl.col(f"{first}_amount_yuan"),
        second_yuan=pl.col(f"{second}_amount_yuan"),
        difference_yuan=now - was,
        second_share=pl.when(now >= 0).then(ratio(now, was)),
        side_status=pl.when(has & had)
        .then(pl.lit(str(SideStatus.BOTH)))
        .when(had)
        .then(pl.lit(str(SideStatus.FIRST_ONLY)))
        .otherwise(pl.lit(str(SideStatus.SECOND_ONLY))),
        first_carryover_basis=f"{first}_carryover_basis",
        second_carryover_basis=f"{second}_carryover_basis",
        first_source=f"{first}_source",
        second_source=f"{second}_source",
    )
    rest = [name for name in side_line(by) if name not in _ORDER]
    return result_of(rows, SideBySide, order=[*_ORDER, *rest, *QUALIFIERS])
