"""What a rule returns: answers, one row a thing tested, and the views of the tables it starts from.

The half step of a printed figure is what rounding may have taken from it or added to it. Every
tolerance here is a sum of half steps; there is no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from analytics.schema.fields import BOUND, MONEY
from analytics.schema.vocabularies import (
    Outcome,
    Repair,
    Statement,
    Topic,
    ValueKind,
)

if TYPE_CHECKING:
    from polars._typing import IntoExpr

    from analytics.checks.registry import CanonicalTables

__all__ = [
    "ANSWER_COLUMNS",
    "EVIDENCE",
    "NUMBER",
    "PLACE",
    "Verdict",
    "added_up",
    "against",
    "all_printed",
    "among",
    "answers",
    "chosen",
    "no_answers",
    "printed_facts",
    "statement_label",
    "summed",
    "with_parts",
]

NUMBER = pl.Decimal(28, 8)
"""The data type of printed and computed numbers in an answer."""

PLACE = ("page", "block", "row", "column", "line")
"""The columns that say where the printed number stands."""

ANSWER_COLUMNS: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "statement": pl.String(),
    "key": pl.String(),
    "subject": pl.String(),
    "subject_en": pl.String(),
    "printed": NUMBER,
    "computed": NUMBER,
    "tolerance": NUMBER,
    "step": NUMBER,
    "unit_text": pl.String(),
    "measure_unit": pl.String(),
    "outcome": pl.String(),
    "note_zh": pl.String(),
    "note_en": pl.String(),
    "is_suspect": pl.Boolean(),
    "sentence": pl.String(),
    "printed_figures": pl.List(pl.UInt32()),
    "computed_figures": pl.List(pl.UInt32()),
    "claim_id": pl.String(),
    "page": pl.Int32(),
    "block": pl.Int32(),
    "row": pl.Int32(),
    "column": pl.Int32(),
    "line": pl.Int32(),
}
"""The columns of an answer.

``document_id``, ``statement`` and ``key`` say what was tested (``key`` is unique within rule and
document and does not change when a document is read again). ``printed`` and ``computed`` are
compared by the relation of the rule within ``tolerance``; ``step`` and ``unit_text`` say how they
are shown. ``outcome`` is given only where the comparison does not decide. The notes are added to
the sentence of the finding, or are the sentence where nothing was compared. ``printed_figures`` and
``computed_figures`` name the figures of :func:`all_printed` that the two numbers were made of,
``claim_id`` the claim that was tested; a rule leaves out those it has none of.
"""

EVIDENCE = {
    "printed_figures": ANSWER_COLUMNS["printed_figures"],
    "computed_figures": ANSWER_COLUMNS["computed_figures"],
    "claim_id": ANSWER_COLUMNS["claim_id"],
}
"""The columns of an answer that say what went into it."""

_RISKY = [
    Repair.VALUE_SHIFTED,
    Repair.HEADER_SHIFTED,
    Repair.DIGITS_JOINED,
    Repair.CELL_SPLIT,
    Repair.LABEL_WRONG,
    Repair.CODE_AMBIGUOUS,
    Repair.CODE_UNKNOWN,
    Repair.RECOGNISED,
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer that is a condition in words instead of two numbers.

    Args:
        holds: Whether the condition holds; null where the document does not say.
        good: What to say where it holds, in Chinese and English.
        bad: What to say where it does not.
        unknown: What to say where the document does not say.
    """

    holds: pl.Expr
    good: tuple[str | pl.Expr, str | pl.Expr]
    bad: tuple[str | pl.Expr, str | pl.Expr]
    unknown: tuple[str, str] = ("", "")

    def columns(self) -> dict[str, IntoExpr]:
        """Outcome and words; no numbers."""
        zh, en = (
            self._chosen(_words(self.good[i]), _words(self.bad[i]), pl.lit(self.unknown[i]))
            for i in (0, 1)
        )
        outcome = self._chosen(
            *(pl.lit(str(o)) for o in (Outcome.PASS, Outcome.FAIL, Outcome.INSUFFICIENT))
        )
        numbers = dict.fromkeys(("printed", "computed", "tolerance", "step", "unit_text"))
        return {**numbers, "outcome": outcome, "note_zh": zh, "note_en": en}

    def _chosen(self, good: pl.Expr, bad: pl.Expr, unknown: pl.Expr) -> pl.Expr:
        holds = self.holds
        return pl.when(holds.is_null()).then(unknown).when(holds).then(good).otherwise(bad)


def answers(
    frame: pl.LazyFrame,
    *,
    key: pl.Expr | Sequence[str],
    subject: IntoExpr,
    statement: IntoExpr = "statement",
    subject_en: IntoExpr = None,
    printed: IntoExpr = "amount_yuan",
    computed: IntoExpr = "computed",
    tolerance: IntoExpr = "tolerance",
    step: IntoExpr = "step",
    unit_text: IntoExpr = "unit_text",
    measure_unit: str = "yuan",
    outcome: IntoExpr = None,
    note_zh: IntoExpr = None,
    note_en: IntoExpr = None,
    is_suspect: IntoExpr = None,
    sentence: IntoExpr = None,
    verdict: Verdict | None = None,
    has_place: bool = True,
) -> pl.LazyFrame:
    """Rows of a frame as answers; the columns are described at :data:`ANSWER_COLUMNS`.

    Args:
        frame: One row a thing tested, with ``document_id`` and, with ``has_place``, the columns
            of :data:`PLACE`.
        key: What was tested, as an expression or as columns to be joined by a slash.
        subject: What was tested, in words.
        statement: Statement it is about.
        subject_en: The same in English, where it differs.
        printed: The printed number.
        computed: The number it is compared with.
        tolerance: The half steps of everything printed that went into the two.
        step: Value of one unit in the last digit shown.
        unit_text: Unit to show the numbers in.
        measure_unit: What the numbers are: ``yuan``, ``share`` or ``1``.
        outcome: The outcome, where the comparison does not decide it.
        note_zh: What to add in Chinese.
        note_en: What to add in English.
        is_suspect: Whether a figure in it had to be repaired in a way that may have gone wrong.
        sentence: The sentence that was tested.
        verdict: The answer in words, where no numbers are compared.
        has_place: Whether the frame says where the printed number stands.
    """
    identity = (
        key if isinstance(key, pl.Expr) else pl.concat_str(key, separator="/", ignore_nulls=True)
    )
    given: dict[str, IntoExpr] = {
        "document_id": "document_id",
        "statement": statement,
        "key": identity,
        "subject": subject,
        "subject_en": subject_en,
        "printed": printed,
        "computed": computed,
        "tolerance": tolerance,
        "step": step,
        "unit_text": unit_text,
        "measure_unit": pl.lit(measure_unit),
        "outcome": outcome,
        "note_zh": note_zh,
        "note_en": note_en,
        "is_suspect": is_suspect,
        "sentence": sentence,
    }
    if verdict is not None:
        given |= verdict.columns()
    if has_place:
        given |= {name: name for name in PLACE}
    # A pattern selects the columns there are, and a frame tells which only when it is collected.
    return frame.select(
        pl.col(f"^({'|'.join(EVIDENCE)}|figure)$"),
        *(
            _expression(given.get(name)).cast(kind).alias(name)
            for name, kind in ANSWER_COLUMNS.items()
            if name not in EVIDENCE
        ),
    )


def _words(value: str | pl.Expr) -> pl.Expr:
    return pl.lit(value) if isinstance(value, str) else value


def no_answers() -> pl.LazyFrame:
    """No answer at all; the engine then answers for every document by itself."""
    return pl.LazyFrame(schema=ANSWER_COLUMNS)


def _expression(value: IntoExpr) -> pl.Expr:
    if isinstance(value, pl.Expr):
        return value
    return pl.col(value) if isinstance(value, str) else pl.lit(value)


def among(column: pl.Expr, values: Iterable[str]) -> pl.Expr:
    """Whether a column holds one of some values; members of a vocabulary count as their text."""
    return column.is_in([str(value) for value in values])


def printed_facts(
    tables: CanonicalTables, *conditions: pl.Expr, every_stage: bool = False
) -> pl.LazyFrame:
    """The figures that documents print themselves, with their half step.

    Adds ``half`` (half of the printed step, exact yuan), ``is_suspect`` (whether the row was
    mended in a way that may have put a figure in the wrong place) and ``other_stage`` (the stage
    of a figure that is not of the document's own; null for all others).

    Args:
        tables: The canonical tables.
        conditions: Which figures are taken.
        every_stage: Whether to take the budgeted figures that final accounts print beside their
            own too.
    """
    printed = all_printed(tables) if tables.printed is None else tables.printed
    own = [] if every_stage else [pl.col("other_stage").is_null()]
    return printed.filter(*own, *conditions)


def all_printed(tables: CanonicalTables) -> pl.LazyFrame:
    """The figures that documents print themselves, of whatever stage, as rules start from them.

    Adds ``figure``, the number of the row, which stands for the figure in answers.
    """
    own = tables.documents.select("document_id", own_stage="stage")
    facts = tables.facts.filter(pl.col("value_kind") == ValueKind.PRINTED)
    return (
        facts.join(own, on="document_id")
        .select(
            pl.exclude("own_stage"),
            other_stage=pl.when(pl.col("stage") != pl.col("own_stage")).then("stage"),
            half=pl.col("high_yuan") - pl.col("amount_yuan"),
            is_suspect=pl.col("repairs")
            .str.split(";")
            .list.set_intersection([str(each) for each in _RISKY])
            .list.len()
            > 0,
            step=pl.when(pl.col("step_yuan") > 0).then("step_yuan"),
        )
        .with_row_index("figure")
    )


def chosen(facts: pl.LazyFrame, on: Sequence[str]) -> pl.LazyFrame:
    """One figure a key: the first one printed. Rounded witnesses of a key are never added up."""
    return facts.sort("document_id", "block", "row", "column").unique(
        [*on], keep="first", maintain_order=True
    )


def summed(parts: pl.LazyFrame, on: Sequence[str], *, prefix: str = "parts") -> pl.LazyFrame:
    """Figures added up within a key.

    Adds ``{prefix}_yuan``, ``{prefix}_half`` (the half steps added up), ``{prefix}_step`` (the
    finest printed step), ``{prefix}_suspect`` and ``{prefix}_figures``.
    """
    return parts.group_by(*on).agg(_sums(prefix))


def _sums(prefix: str) -> list[pl.Expr]:
    """What a sum of figures takes over from them, as :func:`summed` describes it."""
    return [
        pl.col("amount_yuan").sum().alias(f"{prefix}_yuan"),
        pl.col("half").sum().alias(f"{prefix}_half"),
        pl.col("step").min().alias(f"{prefix}_step"),
        pl.col("is_suspect").fill_null(False).any().alias(f"{prefix}_suspect"),
        pl.col("figure").drop_nulls().alias(f"{prefix}_figures"),
    ]


def added_up(figures: pl.LazyFrame, on: Sequence[str]) -> pl.LazyFrame:
    """One figure a key: the sum of its figures, in the place and under the names of the first.

    ``printed_figures`` names the figures that it is the sum of.
    """
    own = ["amount_yuan", "half", "step", "is_suspect", "printed_figures"]
    sums = [added.alias(name) for added, name in zip(_sums("own"), own, strict=True)]
    return _first_and(figures, on, sums, without=own).with_columns(
        pl.col("amount_yuan").cast(MONEY), pl.col("half").cast(BOUND)
    )


def _first_and(
    figures: pl.LazyFrame, on: Sequence[str], sums: Sequence[pl.Expr], *, without: Sequence[str]
) -> pl.LazyFrame:
    """The columns of the first figure printed of each key, save some, and sums over all of them."""
    in_order = figures.sort("document_id", "block", "row", "column")
    return in_order.group_by(*on, maintain_order=True).agg(pl.exclude(without).first(), *sums)


def with_parts(
    whole: pl.LazyFrame, parts: pl.LazyFrame, on: Sequence[str], *, blank_is_none: bool = False
) -> pl.LazyFrame:
    """Put what the parts add up to beside the figure that they should make.

    Parts whose whole is blank stay in, with a null ``amount_yuan``: they make an answer
    ``insufficient``, never none at all. Adds ``computed``, ``tolerance``, ``step``, ``is_suspect``
    and ``computed_figures``.

    Args:
        whole: The figures tested, one row each.
        parts: The figures they consist of.
        on: What links the two; nulls are equal.
        blank_is_none: Whether parts that are all blank add up to zero. Otherwise ``computed`` is
            null there, and the answer ``insufficient``.
    """
    parts_sums = _sums("parts")
    added = _first_and(parts, on, parts_sums, without=["amount_yuan"])
    orphans = added.join(whole, on=[*on], how="anti", nulls_equal=True).with_columns(
        amount_yuan=pl.lit(None, dtype=MONEY)
    )
    sums = added.select(*on, *(each.meta.output_name() for each in parts_sums))
    beside = whole.join(sums, on=[*on], how="left", nulls_equal=True)
    together = pl.concat([beside, orphans], how="diagonal")
    computed = pl.col("parts_yuan").fill_null(0) if blank_is_none else pl.col("parts_yuan")
    return together.with_columns(
        computed=computed,
        computed_figures="parts_figures",
        tolerance=pl.col("half") + pl.col("parts_half").fill_null(0),
        step=pl.min_horizontal("step", "parts_step"),
        is_suspect=pl.col("is_suspect").fill_null(False) | pl.col("parts_suspect").fill_null(False),
    )


def against(
    left: pl.LazyFrame,
    right: pl.LazyFrame,
    on: Sequence[str],
    *,
    statement: Statement | None = None,
    blank_is_none: bool = False,
) -> pl.LazyFrame:
    """Put a figure of one statement beside what another one says; both sides may be sums.

    The left side is added up within ``on`` too, and keeps the place and names of its first cell.

    Args:
        left: Figures tested.
        right: Figures they are compared with.
        on: What links the two.
        statement: Statement that the answer is about where only the right side is printed.
        blank_is_none: Whether a blank right side is zero.
    """
    if statement is not None:
        right = right.with_columns(statement=pl.lit(str(statement)))
    return with_parts(added_up(left, on), right, on, blank_is_none=blank_is_none)


@cache
def statement_label(lang: str) -> pl.Expr:
    """The name of the statement of a row."""
    labels = {str(each): each.label(lang) for kind in (Statement, Topic) for each in kind}
    return pl.col("statement").replace_strict(labels, default=pl.col("statement"))
