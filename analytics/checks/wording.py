"""How an answer is put into words: numbers in the unit and precision of the document.

All of it is polars expressions, so that a hundred thousand findings cost what one costs.
"""

from __future__ import annotations

from enum import Enum

import polars as pl

from analytics.amounts import MONEY_UNITS
from analytics.expressions import worded
from analytics.schema.vocabularies import Outcome

__all__ = ["Relation", "number_text", "with_wording"]

_FACTORS = {unit: float(yuan) for unit, yuan in MONEY_UNITS.items()} | {"%": 0.01}
_MOST_DECIMALS = 6


class Relation(Enum):
    """How the first number of an answer must stand to the second."""

    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"


def number_text(value: pl.Expr, unit: pl.Expr, step: pl.Expr, *, more: int = 0) -> pl.Expr:
    """A number in its printed unit, with separators and as many decimals as were printed.

    Args:
        value: Yuan, a share (0 to 1) or a count.
        unit: Unit to show it in: a unit of money, ``%``, or the unit of a count.
        step: Value of the last printed digit, in the measure of ``value``; where it is null money
            and shares get two decimals and counts none.
        more: Decimals beyond the printed ones; then zeros at the end are dropped.

    Examples:
        >>> columns = {"v": [12345600.0, 0.0512], "u": ["万元", "%"], "s": [100.0, 0.0001]}
        >>> frame = pl.DataFrame(columns)
        >>> frame.select(number_text(pl.col("v"), pl.col("u"), pl.col("s"))).to_series().to_list()
        ['1,234.56万元', '5.12%']
    """
    known = unit.is_in(list(_FACTORS))
    factor = unit.replace_strict(_FACTORS, default=1.0, return_dtype=pl.Float64)
    usual = pl.when(known & (unit != "元")).then(2).otherwise(0)
    positive = pl.when(step.cast(pl.Float64) > 0).then(step.cast(pl.Float64))
    printed = (-(positive / factor).log10()).round(0).cast(pl.Int32)
    decimals = printed.fill_null(usual).clip(0, _MOST_DECIMALS) + more
    scale = pl.lit(10.0).pow(decimals)
    units = (value.cast(pl.Float64) / factor * scale).round(0, mode="half_away_from_zero")
    digits = units.abs().cast(pl.Int64).cast(pl.String).str.pad_start(decimals + 1, "0")
    whole = digits.str.head(digits.str.len_chars().cast(pl.Int64) - decimals)
    grouped = (
        whole.str.reverse()
        .str.replace_all(r"(\d{3})", "${1},")
        .str.reverse()
        .str.strip_chars_start(",")
    )
    fraction = digits.str.tail(decimals)
    if more:
        fraction = fraction.str.strip_chars_end("0")
    tail = pl.when(fraction.str.len_chars() > 0).then(worded(".{}", fraction)).otherwise(pl.lit(""))
    sign = pl.when(units < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str([sign, grouped, tail, unit.fill_null("")])


def with_wording(answers: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``printed_text``, ``computed_text`` and the sentence in both languages.

    Args:
        answers: Judged answers, with the ``relation`` of their rule and what its two numbers are
            called (``printed_zh``, ``computed_zh``, ``printed_en``, ``computed_en``).
    """
    # Most answers compare nothing, and to write numbers costs more than all the rest.
    has_number = pl.any_horizontal(pl.col("printed", "computed").is_not_null())
    unit, step = pl.col("unit_text"), pl.col("step")
    numbers = {
        "printed_text": number_text(pl.col("printed"), unit, step),
        "computed_text": number_text(pl.col("computed"), unit, step),
        "apart_zh": number_text(pl.col("difference").abs(), unit, step),
        "slack_zh": number_text(pl.col("tolerance").fill_null(0), unit, step, more=1),
    }
    none = dict.fromkeys([*numbers, "apart_en", "slack_en"], pl.lit(None, dtype=pl.String))
    points = [
        _points(pl.col(f"{name}_zh"), said).alias(f"{name}_{lang}")
        for name in ("apart", "slack")
        for lang, said in (("zh", "个百分点"), ("en", " percentage points"))
    ]
    return pl.concat(
        [
            answers.filter(has_number).with_columns(**numbers).with_columns(points),
            answers.filter(~has_number).with_columns(**none),
        ]
    ).with_columns(message_zh=_sentence_zh(), message_en=_sentence_en())


def _sentence_zh() -> pl.Expr:
    ending = _ending(
        same=pl.lit("，相符"),
        near=worded("，相差{}，在印数精度的容差{}之内", "apart_zh", "slack_zh"),
        apart=pl.when(_is_exact())
        .then(worded("，相差{}", "apart_zh"))
        .otherwise(worded("，相差{}，超出容差{}", "apart_zh", "slack_zh")),
        within=pl.lit("，未超过"),
        over=worded("，超出{}", "apart_zh"),
        enough=pl.lit("，不低于"),
        under=worded("，低{}", "apart_zh"),
    )
    compared = worded(
        "{}{}，{}{}{}", "printed_zh", "printed_text", "computed_zh", "computed_text", ending
    )
    unprinted = pl.when(pl.col("printed").is_null()).then(pl.lit("所核对的数没有列示"))
    said = _said(
        compared, "；", pl.col("note_zh"), unprinted.otherwise(pl.lit("用来核对的数没有列示"))
    )
    return worded("{}：{}。", "subject", said)


def _sentence_en() -> pl.Expr:
    ending = _ending(
        same=pl.lit("; they agree"),
        near=worded("; the difference of {} is within rounding ({})", "apart_en", "slack_en"),
        apart=pl.when(_is_exact())
        .then(worded("; they differ by {}", "apart_en"))
        .otherwise(
            worded("; they differ by {}, more than rounding allows ({})", "apart_en", "slack_en")
        ),
        within=pl.lit("; it is not larger"),
        over=worded("; it is larger by {}", "apart_en"),
        enough=pl.lit("; it is not smaller"),
        under=worded("; it is smaller by {}", "apart_en"),
    )
    compared = worded(
        "{} {}, {} {}{}", "printed_en", "printed_text", "computed_en", "computed_text", ending
    )
    unprinted = pl.when(pl.col("printed").is_null()).then(pl.lit("the figure is not printed"))
    absent = unprinted.otherwise(pl.lit("the figures to compare it with are not printed"))
    said = _said(compared, "; ", pl.col("note_en"), absent)
    return worded("{}: {}.", pl.coalesce("subject_en", "subject"), said)


def _said(compared: pl.Expr, separator: str, note: pl.Expr, absent: pl.Expr) -> pl.Expr:
    """What was compared and the note behind it, one of the two, or that a number is absent."""
    decided = pl.col("outcome").is_in([str(Outcome.PASS), str(Outcome.FAIL)])
    has_both = pl.col("printed").is_not_null() & pl.col("computed").is_not_null()
    behind = pl.when(note.is_not_null()).then(worded(f"{separator}{{}}", note))
    return (
        pl.when(decided & has_both)
        .then(pl.concat_str([compared, behind.otherwise(pl.lit(""))]))
        .when(note.is_not_null())
        .then(note)
        .when(has_both)
        .then(compared)
        .otherwise(absent)
    )


def _ending(
    *,
    same: pl.Expr,
    near: pl.Expr,
    apart: pl.Expr,
    within: pl.Expr,
    over: pl.Expr,
    enough: pl.Expr,
    under: pl.Expr,
) -> pl.Expr:
    """How a comparison ends, by its relation and its outcome."""
    relation, passed = pl.col("relation"), pl.col("outcome") == Outcome.PASS
    return (
        pl.when(relation == Relation.AT_MOST.value)
        .then(pl.when(passed).then(within).otherwise(over))
        .when(relation == Relation.AT_LEAST.value)
        .then(pl.when(passed).then(enough).otherwise(under))
        .when(~passed)
        .then(apart)
        .when(_is_unseen())
        .then(same)
        .otherwise(near)
    )


def _is_exact() -> pl.Expr:
    """Whether nothing in the comparison was rounded."""
    return pl.col("tolerance").fill_null(0) == 0


def _is_unseen() -> pl.Expr:
    """Whether the two numbers look the same at the precision they are shown with."""
    return pl.col("difference").abs() * 2 < pl.col("step").fill_null(0) + (
        pl.col("difference") == 0
    ).cast(pl.Int8)


def _points(text: pl.Expr, points: str) -> pl.Expr:
    """A difference of two percentages is in percentage points."""
    return text.str.replace("%", points, literal=True)
