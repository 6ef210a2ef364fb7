"""Whether figures that were read from pictures are borne out by sums.

Recognition takes an 8 for a 3 and is sure of it; a sum with other figures of the document is not
fooled. A figure that was recognised counts as sound only where such a sum confirms it.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.checks.answers import Verdict, among, answers, printed_facts, statement_label
from analytics.checks.lines import BALANCES, CODE, COMPONENT, FISCAL_FUNDS, FUND, IS_WHOLE
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.schema.vocabularies import Classification, Component, Fund, Severity

__all__ = ["recognised_figures"]

_STEPS = 6  # repeats of repeats: 合计, 类, 款, 项, the row, another statement
_STATEMENT = ["document_id", "statement", "flow"]
_LINE = [*_STATEMENT, "classification", "code", "counterpart_code"]
_NO_ANNEX = among(COMPONENT, [each for each in Component if each is not Component.TOTAL])


@rule(
    "S-RECOGNISED",
    title=("识别出的数字有合计印证", "Figures read from pictures are confirmed by sums"),
    equation="every recognised figure is part of a sum that holds to the last digit",
    why=(
        "由图片识别的数字可能认错，没有合计印证就不宜引用。",
        "A figure recognised from a picture may be misread; without a sum that confirms it, it should not be quoted.",
    ),
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    statements=(),
    source="the package's own account of what it read: recognition is sure of its mistakes too",
    catalogue=("ledger",),
)
def recognised_figures(tables: CanonicalTables) -> pl.LazyFrame:
    """Each figure read by recognition (OCR): confirmed by a sum, or not.

    A sum confirms the figures in it if it holds exactly and at least two of its parts are not
    zero: a line and the lines below it in one column, the columns of a row, the funds of a line.
    A sum within rounding confirms nothing, for a misread digit may hide in the difference. Where
    one figure only repeats another (a line with a single line below it, the same line in another
    statement), it is as sound as the one it repeats: the same print can be misread twice. A
    document without recognised figures is not asked.
    """
    facts = printed_facts(tables).with_columns(is_read=pl.col("ocr_confidence").is_not_null())
    asked = facts.filter("is_read").select("document_id").unique()
    figures = facts.join(asked, on="document_id", how="semi")
    sound = _sound(figures, _members(figures)).with_columns(is_sound=True)
    read = figures.filter("is_read").join(sound, on="figure", how="left")
    confidence = (pl.col("ocr_confidence") * 100).round(1)
    subjects = ("statement_name", "name", "amount_text")
    return answers(
        read.with_columns(statement_name=statement_label("zh"), english=statement_label("en")),
        key=["statement", "block", "row", "column"],
        subject=worded("{}“{}”的{}", *subjects),
        subject_en=worded("{}, “{}”, {}", "english", *subjects[1:]),
        verdict=Verdict(
            pl.col("is_sound").fill_null(False),
            ("由图像识别，有合计印证", "read by OCR and confirmed by a sum"),
            (
                worded("由图像识别（置信度{}%），没有合计可以印证", confidence),
                worded("figure read by OCR ({} % sure) and confirmed by no sum", confidence),
            ),
        ),
        is_suspect=pl.lit(True),
    )


def _members(figures: pl.LazyFrame) -> pl.LazyFrame:
    """The figures of every sum that holds exactly: ``sum``, ``figure``, ``is_real``.

    ``is_real`` says that the sum has two parts or more that are not zero.
    """
    is_source = pl.col("classification") == Classification.REVENUE_SOURCE
    in_column = figures.with_columns(column_fund=pl.when(~is_source).then(FUND))
    under = [*_STATEMENT, "code", "column_fund", "component"]
    appropriated = FUND == Fund.FISCAL_APPROPRIATION
    fiscal = among(FUND, FISCAL_FUNDS)
    has_appropriation = appropriated.any().over(*_LINE, "component")
    by_fund = [*_LINE, "component"]
    sums = [
        _held(
            in_column.filter(pl.col("counterpart_code").is_null()),
            in_column.filter(pl.col("parent_code").is_not_null()).with_columns(
                code=pl.col("parent_code")
            ),
            under,
        ),
        _held(figures.filter(IS_WHOLE), figures.filter(_NO_ANNEX), [*_LINE, "fund"]),
        _held(figures.filter(appropriated), figures.filter(fiscal), by_fund),
        _held(
            figures.filter(FUND == Fund.ALL),
            figures.filter(FUND != Fund.ALL, ~(fiscal & has_appropriation)),
            by_fund,
        ),
        _repeated(figures, [*_LINE[2:], "fund", "component"]),
        _repeated(figures.filter(among(CODE, BALANCES)), ["code", "fund", "component"]),
    ]
    return pl.concat(
        [
            held.with_columns(sum=worded("{}-{}", pl.lit(str(number)), "sum"))
            for number, held in enumerate(sums)
        ]
    )


def _held(whole: pl.LazyFrame, parts: pl.LazyFrame, on: Sequence[str]) -> pl.LazyFrame:
    """The figures of the sums of one kind that hold."""
    amount = pl.col("amount_yuan")
    both = pl.concat(
        [
            side.select(*on, "figure", "amount_yuan", is_whole=pl.lit(is_whole))
            for side, is_whole in ((whole, True), (parts, False))
        ]
    )
    return (
        both.group_by(*on)
        .agg(
            "figure",
            total=amount.filter("is_whole").sum(),
            added=amount.filter(~pl.col("is_whole")).sum(),
            wholes=pl.col("is_whole").sum(),
            parts=(~pl.col("is_whole")).sum(),
            telling=(~pl.col("is_whole") & (amount != 0)).sum(),
        )
        .filter(
            CODE.is_not_null() & (pl.col("wholes") > 0) & (pl.col("parts") > 0),
            pl.col("total") == pl.col("added"),
        )
        .with_row_index("sum")
        .select("sum", "figure", is_real=pl.col("telling") > 1)
        .explode("figure")
    )


def _repeated(figures: pl.LazyFrame, on: Sequence[str]) -> pl.LazyFrame:
    """The figures of a line that is printed alike on several sides."""
    side = pl.concat_str("statement", "flow")
    return (
        figures.group_by("document_id", *on)
        .agg("figure", amounts=pl.col("amount_yuan").n_unique(), sides=side.n_unique())
        .filter(pl.col("amounts") == 1, pl.col("sides") > 1)
        .with_row_index("sum")
        .select("sum", "figure", is_real=pl.lit(False))
        .explode("figure")
    )


def _sound(figures: pl.LazyFrame, members: pl.LazyFrame) -> pl.LazyFrame:
    """The figures that a sum confirms, and those that repeat one of them.

    What the file itself holds as text needs no confirmation. A zero confirms nothing but zeros.
    """
    known = members.join(
        figures.select("figure", "is_read", is_zero=pl.col("amount_yuan") == 0), on="figure"
    ).with_columns(is_empty=pl.col("is_zero").all().over("sum"))
    is_telling = ~pl.col("is_zero") | pl.col("is_empty")
    known = known.with_columns(
        is_sound=(pl.col("is_real") | (~pl.col("is_read") & is_telling)).any().over("sum")
    )
    for _ in range(_STEPS):
        # In two steps: a window inside a window sees no further than the outer one.
        known = known.with_columns(own=pl.col("is_sound").any().over("figure"))
        known = known.with_columns(is_sound=(pl.col("own") & is_telling).any().over("sum"))
    return known.filter("is_sound").select("figure").unique()
