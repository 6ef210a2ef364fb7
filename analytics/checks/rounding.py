"""How the narrative writes its numbers: whether the last digit is rounded."""

from __future__ import annotations

import polars as pl

from analytics.checks.changes import growth_answers
from analytics.checks.claims import SPOKEN_OF
from analytics.checks.narrative import level_answers
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.shares import share_answers
from analytics.expressions import worded
from analytics.schema.vocabularies import Outcome, Severity

__all__ = ["last_digit"]

_ANSWERS = {"level": level_answers, "growth": growth_answers, "share": share_answers}


@rule(
    "N-LAST-DIGIT",
    title=("末位按四舍五入书写", "The last digit is rounded"),
    equation="|stated − computed| ≤ half of the last digit, of what is within one of it",
    why=(
        "末位截尾或凑整不改变结论，但同一份文件应按同一规则取舍。",
        "A last digit that is cut off or bent changes no conclusion, but a document should round "
        "in one way.",
    ),
    family=Family.NARRATIVE,
    severity=Severity.NOTE,
    statements=SPOKEN_OF,
    catalogue=("N1", "N2", "N5"),
    printed=("文字写", "the text prints"),
    computed=("计算为", "the figures make"),
    absent=Outcome.NOT_APPLICABLE,
)
def last_digit(tables: CanonicalTables) -> pl.LazyFrame:
    """Amounts, percentages of growth and shares that are out by no more than their last digit.

    Such a number was cut off and not rounded, or a share was bent so that all of them make 100 %,
    or an amount was copied with another last digit. ``N-LEVEL``, ``N-GROWTH`` and ``N-SHARE`` let
    it pass; the tolerance here is theirs without the half step they leave for it. There is no
    answer for what is exact, which they have answered for.
    """
    return pl.concat(
        [
            answered(tables, only_last_digit=True).with_columns(
                key=worded("{}/{}", pl.lit(kind), "key")
            )
            for kind, answered in _ANSWERS.items()
        ],
        how="diagonal",
    )
