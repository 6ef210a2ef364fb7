"""The headings that targets stand under: what a target says of itself, and its unit."""

from __future__ import annotations

from functools import reduce

import polars as pl

from analytics.checks import target_words as words
from analytics.checks.answers import among
from analytics.checks.projects import IN_PLACE, PROJECT, said
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.targets import ABOUT_TARGET, TARGET, TARGET_KEY, targets
from analytics.expressions import worded
from analytics.schema.form_vocabularies import Comparator, IndicatorKind
from analytics.schema.vocabularies import Outcome, Repair, Severity, Statement

__all__ = ["benefit_heading", "kind_heading", "printed_heading", "unit_name"]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_RULES = "performance rules: each second-level heading holds targets of its own kind"

_level2, _kind, _value_text = pl.col("level2"), pl.col("kind"), pl.col("value_text")
_NO_MATCH = pl.lit(None, dtype=pl.String)


def _once(frame: pl.LazyFrame, worst: pl.Expr) -> pl.LazyFrame:
    """One row a target of both blocks: the one that a rule has to say most about."""
    return frame.sort(worst, descending=True, maintain_order=True).unique(
        TARGET, keep="first", maintain_order=True
    )


def _kind_expected() -> pl.Expr:
    """The heading that a target belongs under by its kind, where it stands under another one."""
    target = pl.col("target")
    is_capped = among(pl.col("comparator"), [Comparator.AT_MOST, Comparator.LESS_THAN])
    is_count = (
        (_kind == IndicatorKind.QUANTITY)
        & target.str.contains(words.COUNT_NAME)
        & ~target.str.contains(words.COUNTED_QUALITY)
        & ~is_capped.fill_null(False)
        & (pl.col("value") > 0).fill_null(False)
    )
    is_timely = target.str.contains(words.TIMELY)
    under_time = _level2.str.contains("时效")
    is_quality = (_kind == IndicatorKind.RATE) & (
        (_level2.str.contains("数量") & target.str.contains(words.SHARE_NAME))
        | (under_time & target.str.contains(words.QUALITY_RATE) & ~is_timely)
    )
    return (
        pl.when(is_count & (_level2.str.contains("质量") | (under_time & ~is_timely)))
        .then(pl.lit("数量指标"))
        .when(is_quality)
        .then(pl.lit("质量指标"))
        .when((_kind == IndicatorKind.DEADLINE) & _level2.str.contains("数量|质量"))
        .then(pl.lit("时效指标"))
        .otherwise(_NO_MATCH)
    )


@rule(
    "F-KIND-HEADING",
    title=("产出指标列在所属的二级指标下", "An output target stands under its own heading"),
    equation="数量指标 holds counts, 质量指标 rates and states, 时效指标 days",
    why=(
        "指标放错栏目，考核时就按错误的口径打分。",
        "A target under the wrong heading is scored by the wrong measure.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source=_RULES,
    catalogue=("F11",),
)
def kind_heading(tables: CanonicalTables) -> pl.LazyFrame:
    """Each target under 数量, 质量 or 时效指标, once for both blocks.

    Counts of prizes or faults measure quality, a 完成率 may stand for a quantity and a rate of what
    was done in time for timeliness: these, and targets left blank, are never found fault with.
    """
    outputs = targets(tables, _level2.str.contains("数量|质量|时效"), _kind != IndicatorKind.BLANK)
    frame = _once(outputs.with_columns(expected=_kind_expected()), pl.col("expected").is_not_null())
    return said(
        frame,
        pl.col("expected").is_null(),
        ("与所列的二级指标相符", "fits its heading"),
        (
            worded("列在“{}”下，指标值“{}”应属“{}”", _level2, _value_text, "expected"),
            worded("under “{}”, but “{}” belongs to “{}”", _level2, _value_text, "expected"),
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        is_suspect="is_level_repaired",
    )


def _other_benefit() -> pl.Expr:
    """The benefit that a name speaks of beyond doubt, where it stands under another one."""
    target = pl.col("target")
    plain = target.str.replace_all(words.FIGURATIVE, "")
    found = _NO_MATCH
    for heading, others in words.OTHER_BENEFITS.items():
        fits = plain.str.contains(words.BENEFITS[heading])
        if heading == "生态效益":  # a project about nature may leave the word to its own name
            fits |= (
                pl.col("name")
                .str.replace_all(words.FIGURATIVE, "")
                .str.contains(words.BENEFITS[heading])
            )
        for other, pattern in others.items():
            is_other = _level2.str.contains(heading) & ~fits & target.str.contains(pattern)
            found = pl.when(is_other).then(pl.lit(other)).otherwise(found)
    return found


@rule(
    "F-BENEFIT-HEADING",
    title=("效益指标列在所属的效益类型下", "A benefit stands under its own heading"),
    equation="words of a benefit target name no other benefit than that of its heading",
    why=(
        "效益类型写错，读者无法知道这笔钱带来的是哪一种效益。",
        "Under the wrong heading nobody can tell which benefit the money brings.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source=_RULES,
    catalogue=("F11",),
    absent=Outcome.NOT_APPLICABLE,
)
def benefit_heading(tables: CanonicalTables) -> pl.LazyFrame:
    """Each target under 经济, 社会 or 生态效益, once for both blocks.

    It fails only where the name has no word that suits its heading and one that names another
    benefit. Words in a figurative sense, such as 营商环境, are no words of ecology.
    """
    benefits = targets(tables, _level2.str.contains("|".join(words.OTHER_BENEFITS)))
    frame = _once(benefits.with_columns(other=_other_benefit()), pl.col("other").is_not_null())
    return said(
        frame,
        pl.col("other").is_null(),
        ("与所列的效益类型不相矛盾", "does not contradict its heading"),
        (
            worded("列在“{}”下，内容却是{}", _level2, "other"),
            worded("under “{}”, but its words speak of {}", _level2, "other"),
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        is_suspect="is_level_repaired",
    )


@rule(
    "F-PRINTED-HEADING",
    title=("指标所在栏目与内容一致", "The printed heading suits what stands under it"),
    equation="the heading printed above a target is the one that its content belongs under",
    why=(
        "栏目与内容错位，读者会把指标看成另一类。",
        "Beside the wrong heading a target is taken for one of another sort.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source=_RULES,
    catalogue=("F11",),
)
def printed_heading(tables: CanonicalTables) -> pl.LazyFrame:
    """Each heading of a form: the targets under it that were printed under another one.

    The reading puts a target where its content belongs and notes that it did. A heading may have
    slipped when the page was scanned, so that a failure is always a suspect reading. Of a target
    in both blocks the left one is asked, since many forms print headings only there. The first
    target of a block is left out: above it there is no heading that it could stand under.
    """
    said_moved = (
        pl.col("repairs").fill_null("").str.contains(f"{Repair.LABEL_MOVED}|{Repair.LABEL_WRONG}")
    )
    in_block = [*PROJECT, "part"]
    is_first = pl.int_range(pl.len()).over(in_block, order_by=["block", "row", "column"]) == 0
    first = (
        targets(tables, _level2.is_not_null())
        .with_columns(moved=said_moved & ~is_first)
        .unique(TARGET, keep="first", maintain_order=True)
        .sort("moved", descending=True, maintain_order=True)
        .group_by(*PROJECT, "level2", maintain_order=True)
        .agg(
            pl.col(*IN_PLACE, "moved").first(),
            quoted=pl.col("target").filter("moved").unique(maintain_order=True).str.join("”“"),
        )
    )
    return said(
        first,
        ~pl.col("moved"),
        ("所列指标与栏目一致", "holds what belongs under it"),
        (
            worded("“{}”的内容属于这一栏，却印在别的栏目旁", "quoted"),
            worded("“{}” belongs here, but is printed beside another heading", "quoted"),
        ),
        key=worded("{}/{}", "code", "level2"),
        about=(worded("的“{}”", "level2"), worded(", “{}”", "level2")),
        is_suspect=pl.lit(True),
    )


def _misfit(language: int) -> pl.Expr:
    """What a name counts, where the unit cannot count it; null where it can."""

    def add(found: pl.Expr, case: tuple[str, str, str, tuple[str, ...]]) -> pl.Expr:
        is_wrong = pl.col("target").str.contains(case[2]) & among(pl.col("unit"), case[3])
        return pl.when(is_wrong).then(pl.lit(case[language])).otherwise(found)

    return reduce(add, words.MISFITS, _NO_MATCH)


@rule(
    "F-UNIT-NAME",
    title=("指标的计量单位与所计的事物相符", "The unit of a target fits what it counts"),
    equation="unit of a quantity ∈ units that can count the noun its name ends in",
    why=(
        "单位与所计的事物不符，这个数就不知道说的是什么。",
        "With a unit that cannot count it, nobody knows what the number says.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    source="plain reasoning: windows are not counted in people, nor an area in times",
    catalogue=("F11",),
    absent=Outcome.NOT_APPLICABLE,
)
def unit_name(tables: CanonicalTables) -> pl.LazyFrame:
    """Each quantity with a unit, once for both blocks; names that end in no known noun pass."""
    counted = targets(tables, _kind == IndicatorKind.QUANTITY, pl.col("unit").is_not_null())
    frame = _once(
        counted.with_columns(noun_zh=_misfit(0), noun_en=_misfit(1)),
        pl.col("noun_zh").is_not_null(),
    )
    return said(
        frame,
        pl.col("noun_zh").is_null(),
        ("计量单位与所计的事物不相矛盾", "has a unit that does not contradict its name"),
        (
            worded("计的是{}，指标值却是“{}”", "noun_zh", _value_text),
            worded("counts {}, but the target is “{}”", "noun_en", _value_text),
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
    )
