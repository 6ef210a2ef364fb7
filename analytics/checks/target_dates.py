"""The days that targets set: inside the fiscal year, and not over when the form was filled in."""

from __future__ import annotations

import polars as pl

from analytics.checks.deadlines import last_day, names_year
from analytics.checks.projects import said
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.targets import ABOUT_TARGET, TARGET_KEY, targets
from analytics.expressions import worded
from analytics.schema.form_vocabularies import IndicatorBlock, IndicatorKind
from analytics.schema.vocabularies import Outcome, Severity, Statement

__all__ = ["deadlines", "target_past", "target_year"]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_text, _year = pl.col("value_text"), pl.col("fiscal_year")


def deadlines(tables: CanonicalTables) -> pl.LazyFrame:
    """The targets of the year that name a day, with the ``last`` day that they allow.

    A target that names no year means the fiscal year. One whose end cannot be told is left out.
    """
    return (
        targets(
            tables,
            pl.col("block") == IndicatorBlock.ANNUAL,
            pl.col("kind") == IndicatorKind.DEADLINE,
        )
        .with_columns(last=last_day(_text, _year))
        .filter(pl.col("last").is_not_null())
    )


@rule(
    "F-TARGET-YEAR",
    title=("年度指标的时限在预算年度内", "The year's targets fall inside the year"),
    equation="the day an annual target names lies between 1 January and 31 December of its year",
    why=(
        "年度指标用来考核当年的钱办成了什么，落在别的年份就无从考核。",
        "A target of the year says what its money achieves; outside the year it measures nothing.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    source="performance rules: the targets of the year are those of the budget year",
    catalogue=("F10",),
    absent=Outcome.NOT_APPLICABLE,
)
def target_year(tables: CanonicalTables) -> pl.LazyFrame:
    """Each annual target that names a day; of a span, one end inside the year is enough.

    ``1月前`` without a year ends before the year begins. The year in the *name* of a target says
    what the work belongs to, not when it is due, and is not tested.
    """
    is_late = pl.col("last").dt.year() > _year
    is_early = pl.col("last").dt.year() < _year
    is_open = names_year(_text) <= _year  # a span that begins in the year and ends behind it
    return said(
        deadlines(tables).with_columns(outside=is_early | (is_late & ~is_open.fill_null(False))),
        ~pl.col("outside"),
        ("时限在预算年度内", "falls inside the year"),
        (
            worded("时限“{}”不在{}年度内", _text, _year),
            worded("“{}” is not inside {}", _text, _year),
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
    )


@rule(
    "F-TARGET-PAST",
    title=("年度指标的时限晚于填报日期", "A target is not over when the form is filled in"),
    equation="last day of an annual target ≥ 填报日期",
    why=(
        "填报时已经过去的时限不是目标，可能是上年的表格没有改，也可能是填报日期有误。",
        "A day that is over is no target: the form may be an old one, or its date wrong.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: a target is set before it is due",
    catalogue=("F10",),
    absent=Outcome.NOT_APPLICABLE,
)
def target_past(tables: CanonicalTables) -> pl.LazyFrame:
    """Each annual target that names a day of its year, in forms that print their day."""
    due = deadlines(tables).filter(
        pl.col("filled_on").is_not_null(), pl.col("last").dt.year() == _year
    )
    return said(
        due,
        pl.col("last") >= pl.col("filled_on"),
        ("时限在填报日期之后", "is due after the form was filled in"),
        (
            worded("时限“{}”在填报日期{}之前", _text, "filled_on"),
            worded("“{}” is before {}, when the form was filled in", _text, "filled_on"),
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
    )
