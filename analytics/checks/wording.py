"""How an answer is put into words: numbers in the unit and precision of the document.

All of it is polars expressions, so that a hundred thousand findings cost what one costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import polars as pl

from analytics.amounts import MONEY_UNITS
from analytics.expressions import worded
from analytics.schema.vocabularies import Outcome

__all__ = ["Relation", "with_number_texts", "with_wording"]

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_FACTORS = {unit: float(yuan) for unit, yuan in MONEY_UNITS.items()} | {"%": 0.01}
_MOST_DECIMALS = 6
_NOTHING = pl.lit(None, dtype=pl.String)


class Relation(Enum):
    """How the first number of an answer must stand to the second."""

    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"


def with_number_texts(
    frame: Frame, numbers: Mapping[str, pl.Expr], *, unit: pl.Expr, step: pl.Expr, more: int = 0
) -> Frame:
    """Add numbers in their printed unit, with separators and as many decimals as were printed.

    Args:
        frame: The frame that the numbers are in.
        numbers: Yuan, shares (0 to 1) or counts, by the name of the column that each makes.
        unit: Unit to show them in: a unit of money, ``%``, or the unit of a count.
        step: Value of the last printed digit, in the measure of the numbers; where it is null
            money and shares get two decimals and counts none.
        more: Decimals beyond the printed ones; then zeros at the end are dropped.

    Examples:
        >>> columns = {"v": [12345600.0, 0.0512], "u": ["万元", "%"], "s": [100.0, 0.0001]}
        >>> frame = pl.DataFrame(columns)
        >>> numbers = {"text": pl.col("v")}
        >>> said = with_number_texts(frame, numbers, unit=pl.col("u"), step=pl.col("s"))
        >>> said["text"].to_list()
        ['1,234.56万元', '5.12%']
    """
    factor, decimals = pl.col("_factor"), pl.col("_decimals")
    known = unit.is_in(list(_FACTORS))
    usual = pl.when(known & (unit != "元")).then(2).otherwise(0)
    positive = pl.when(step.cast(pl.Float64) > 0).then(step.cast(pl.Float64))
    printed = (-(positive / factor).log10()).round(0).cast(pl.Int32)
    scale = pl.lit(10.0).pow(decimals)
    # Column by column: in one expression each step would be worked out anew wherever it is used.
    steps = (
        {"_factor": unit.replace_strict(_FACTORS, default=1.0, return_dtype=pl.Float64)},
        {"_decimals": printed.fill_null(usual).clip(0, _MOST_DECIMALS) + more},
        {
            f"_units_{name}": (number.cast(pl.Float64) / factor * scale).round(
                0, mode="half_away_from_zero"
            )
            for name, number in numbers.items()
        },
        {
            f"_digits_{name}": pl.col(f"_units_{name}")
            .abs()
            .cast(pl.Int64)
            .cast(pl.String)
            .str.pad_start(decimals + 1, "0")
            for name in numbers
        },
        {
            f"_{part}_{name}": expression
            for name in numbers
            for part, expression in _parted(pl.col(f"_digits_{name}"), decimals, more).items()
        },
        {
            name: pl.concat_str(
                [
                    pl.when(pl.col(f"_units_{name}") < 0).then(pl.lit("-")).otherwise(pl.lit("")),
                    pl.col(f"_whole_{name}"),
                    pl.col(f"_fraction_{name}"),
                    unit.fill_null(""),
                ]
            )
            for name in numbers
        },
    )
    for columns in steps:
        frame = frame.with_columns(**columns)
    return frame.drop([name for columns in steps[:-1] for name in columns])


def _parted(digits: pl.Expr, decimals: pl.Expr, more: int) -> dict[str, pl.Expr]:
    """The digits before the point with separators, and the point with those behind it."""
    whole = digits.str.head(digits.str.len_bytes().cast(pl.Int64) - decimals)
    grouped = (
        whole.str.reverse()
        .str.replace_all(r"(\d{3})", "${1},")
        .str.reverse()
        .str.strip_chars_start(",")
    )
    fraction = worded(".{}", digits.str.tail(decimals))
    if more:
        fraction = fraction.str.strip_chars_end("0")
    return {"whole": grouped, "fraction": fraction.str.strip_chars_end(".")}


def with_wording(answers: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``printed_text``, ``computed_text`` and the sentence in both languages.

    Args:
        answers: Judged answers, with the ``relation`` of their rule and what its two numbers are
            called (``printed_zh``, ``computed_zh``, ``printed_en``, ``computed_en``).
    """
    # To write a number costs more than all the rest: most answers compare nothing, and most
    # comparisons find two equal numbers, of which one is written and nothing is apart.
    has_number = pl.any_horizontal(pl.col("printed", "computed").is_not_null())
    agrees = ((pl.col("difference") == 0) & (pl.col("outcome") == Outcome.PASS)).fill_null(False)
    unit, step = pl.col("unit_text"), pl.col("step")
    unsaid = dict.fromkeys(("apart_zh", "slack_zh", "apart_en", "slack_en"), _NOTHING)
    compared = {
        "printed_text": pl.col("printed"),
        "computed_text": pl.col("computed"),
        "apart_zh": pl.col("difference").abs(),
    }
    slack = {"slack_zh": pl.col("tolerance").fill_null(0)}
    differing = answers.filter(has_number & ~agrees)
    apart = with_number_texts(differing, compared, unit=unit, step=step)
    apart = with_number_texts(apart, slack, unit=unit, step=step, more=1)
    points = [
        _points(pl.col(f"{name}_zh"), said).alias(f"{name}_{lang}")
        for lang, said in (("zh", "个百分点"), ("en", " percentage points"))
        for name in ("apart", "slack")
    ]
    printed = {"printed_text": pl.col("printed")}
    equal = with_number_texts(answers.filter(agrees), printed, unit=unit, step=step)
    return pl.concat(
        [
            apart.with_columns(points),
            equal.with_columns(computed_text="printed_text", **unsaid),
            answers.filter(~has_number).with_columns(
                printed_text=_NOTHING, computed_text=_NOTHING, **unsaid
            ),
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
