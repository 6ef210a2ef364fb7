"""The days that the running texts of a form name: in order, in their year, as the targets say.

A text names a day for something: the words behind it, up to the next punctuation, say for what.
Two days contradict each other only where no reading brings them into order: what is due *by* June
may happen in March, so that an open beginning is never later than anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import polars as pl

from analytics.checks import date_words as words
from analytics.checks.answers import among
from analytics.checks.deadlines import last_day
from analytics.checks.projects import PROJECT, said
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.target_dates import deadlines
from analytics.checks.targets import ABOUT_TARGET, TARGET_KEY
from analytics.expressions import worded
from analytics.schema.form_vocabularies import DateBasis, MentionKind, TextPart
from analytics.schema.vocabularies import Outcome, Severity, Statement

__all__ = [
    "before_release",
    "dated",
    "form_date",
    "plan_order",
    "stale_year",
    "text_deadline",
]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_NOTICE = 1  # a purchase may be announced before its budget is released
_REACH = 120
"""How many characters around a day are looked at."""
_PLANNED = (TextPart.PLAN, TextPart.OVERVIEW)
_AHEAD = (TextPart.PLAN, TextPart.TERM_GOAL, TextPart.ANNUAL_GOAL)


def dated(tables: CanonicalTables, parts: Sequence[TextPart] = _PLANNED) -> pl.LazyFrame:
    """The days that texts name, with what they are for, in the place of the text.

    Adds ``code`` and ``name`` of the project, ``segment`` (the words behind the day, up to the
    next day or the end of the sentence), ``clause`` (of these the words up to the first
    punctuation), ``lead`` (the words of the clause before the day), ``day_from`` and ``day_to``
    (in the fiscal year where no year is clear) and ``filled_on``.

    Args:
        tables: The canonical tables.
        parts: The texts that are read.
    """
    names = [str(part) for part in TextPart if part in {*_PLANNED, *_AHEAD}]
    texts = tables.projects.select(
        "document_id", "filled_on", *names, code="project", project_name="name"
    ).unpivot(
        names,
        index=["document_id", "code", "project_name", "filled_on"],
        variable_name="text_part",
        value_name="text",
    )
    of_text = [*PROJECT, "text_part"]
    days = (
        tables.mentions.filter(pl.col("kind") == MentionKind.DATE)
        .rename({"project": "code", "source_block": "block"})
        .join(texts, on=of_text)
    )
    behind = pl.col("position") - 1 + pl.col("value_text").str.len_chars().cast(pl.Int64)
    following = pl.col("position").shift(-1).over(of_text, order_by="position") - 1
    segment = (
        pl.col("text")
        .str.slice(behind, (following - behind).clip(lower_bound=0).fill_null(_REACH))
        .str.extract(r"^([^。；;！？]*)")
    )
    start = (pl.col("position") - 1 - _REACH).clip(lower_bound=0)
    year = pl.col("fiscal_year").cast(pl.Int32)
    told = days.with_columns(
        segment=segment,
        lead=pl.col("text")
        .str.slice(start, pl.col("position") - 1 - start)
        .str.extract(r"([^。；;，,、：:]*)$"),
        day_from=pl.coalesce("date_from", _day(year, "month_day_from")),
        day_to=pl.coalesce("date_to", _day(year, "month_day_to")),
        name=pl.coalesce("project_name", "code"),
        statement=pl.lit(str(Statement.PERFORMANCE_FORM)),
    ).with_columns(clause=pl.col("segment").str.extract(r"^[，,、]?([^，,、：:（(]*)"))
    return tables.once("dated", told).filter(among(pl.col("text_part"), parts))


def _day(year: pl.Expr, month_day: str) -> pl.Expr:
    """A day of a year from month × 100 + day; null where there is none."""
    number = pl.col(month_day)
    first = pl.date(year, (number // 100).clip(1, 12).fill_null(1), 1)
    day = first + pl.duration(days=number % 100 - 1)
    return pl.when(number.is_not_null()).then(pl.min_horizontal(day, first.dt.month_end()))


def _stages(tables: CanonicalTables) -> pl.LazyFrame:
    """The days of plans and overviews that belong to a stage, with its ``rank``."""
    clause = pl.concat_str(pl.col("value_text").str.extract("(开始)$").fill_null(""), "clause")

    def add(rank: pl.Expr, case: tuple[int, str]) -> pl.Expr:
        return pl.when(clause.str.contains(case[1])).then(case[0]).otherwise(rank)

    # a day from which something goes on is over for the order of stages once its month is
    begun = last_day(pl.col("value_text"), pl.col("day_from").dt.year())
    patterns = [(rank, pattern) for rank, (_, _, pattern) in enumerate(words.EVENTS)]
    # of two stages in one clause the earlier one counts
    rank = reduce(add, reversed(patterns), pl.lit(None, dtype=pl.Int32))
    return (
        dated(tables)
        .filter(~clause.str.contains(words.NOT_STAGES))
        .with_columns(rank=rank.cast(pl.Int32), day_to=pl.coalesce("day_to", begun))
        .filter(pl.col("rank").is_not_null())
    )


def _quoted(value: str = "value_text", clause: str = "clause") -> pl.Expr:
    return pl.concat_str([value, clause])


@rule(
    "F-PLAN-ORDER",
    title=("实施计划的时间先后相符", "The steps of a plan are in order"),
    equation="下达, 采购意向 ≤ 采购 ≤ 招标 ≤ 合同 ≤ 实施 ≤ 完成 ≤ 验收, in one sentence",
    why=(
        "先后颠倒的计划无法照办，也可能说明采购或合同程序没有走。",
        "A plan out of order cannot be carried out, or the purchase went around its rules.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    source="procurement rules: no purchase before its budget, no work before its contract",
    catalogue=("F10",),
    absent=Outcome.NOT_APPLICABLE,
)
def plan_order(tables: CanonicalTables) -> pl.LazyFrame:
    """Each sentence of a plan or an overview with days for two or more stages.

    A sentence with two days for one stage speaks of several contracts and is not tested.
    """
    sentence = [*PROJECT, "text_part", "sentence_number"]
    stages = _stages(tables)
    several = (
        stages.group_by(sentence)
        .agg(once=pl.col("rank").is_unique().all(), count=pl.len())
        .filter("once", pl.col("count") > 1)
    )
    stages = stages.join(several, on=sentence, how="semi")
    later = stages.select(
        *sentence, "rank", "day_to", other_text=_quoted(), other_position="position"
    )
    pairs = (
        stages.join(later, on=sentence, suffix="_b")
        .filter(pl.col("rank") < pl.col("rank_b"), pl.col("rank_b") > _NOTICE)
        .with_columns(
            wrong=(pl.col("day_from") > pl.col("day_to_b")).fill_null(False),
            quoted=_quoted(),
        )
        .sort(*sentence, ~pl.col("wrong"), "position", "other_position")
        .unique(sentence, keep="first", maintain_order=True)
    )
    return said(
        pairs,
        ~pl.col("wrong"),
        ("各环节的时间先后相符", "its steps are in order"),
        (
            worded("“{}”应在“{}”之前，时间却在其后", "quoted", "other_text"),
            worded("“{}” should come before “{}”, but is later", "quoted", "other_text"),
        ),
        key=worded("{}/{}/{}", "code", "text_part", "sentence_number"),
        sentence="wording",
    )


@rule(
    "F-BEFORE-RELEASE",
    title=("用款不早于预算下达", "Money is spent after its release"),
    equation="day of a contract or a payment of the year ≥ day on which the plans expect 预算下达",
    why=(
        "预算没有下达就签合同、付款，钱从哪里来需要说明。",
        "A contract or a payment before the release needs another source of money.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="budget law: spending follows the approved budget; money released early is possible",
    catalogue=("F10",),
    absent=Outcome.NOT_APPLICABLE,
)
def before_release(tables: CanonicalTables) -> pl.LazyFrame:
    """Each plan with days for contracts or payments, in documents whose plans date the release.

    The first release that any plan of the document dates counts for all of them.
    """
    stages = _stages(tables).filter(pl.col("text_part") == TextPart.PLAN)
    release = (
        stages.filter(pl.col("rank") == 0, pl.col("day_from").dt.year() == pl.col("fiscal_year"))
        .sort("day_from", "block", "row", "column", "position")
        .group_by("document_id", maintain_order=True)
        .agg(released=pl.col("day_from").first(), release_text=_quoted().first())
    )
    around = worded("{}{}", "lead", "segment")
    uses = (
        dated(tables, [TextPart.PLAN])
        .with_columns(
            spent=pl.col("segment").str.extract(rf"({words.SPENT})").str.strip_chars("，,")
        )
        .filter(
            pl.col("spent").is_not_null(),
            ~around.str.contains(words.DONE),
            pl.col("day_to").dt.year() == pl.col("fiscal_year"),
        )
        .join(release, on="document_id")
        .with_columns(early=pl.col("day_to") < pl.col("released"))
        .sort([*PROJECT, "early", "position"], descending=[False, False, True, False])
        .unique(PROJECT, keep="first", maintain_order=True)
    )
    return said(
        uses,
        ~pl.col("early"),
        ("用款不早于预算下达", "its money is spent after the release"),
        (
            worded(
                "“{}{}”早于计划所说的“{}”",
                "value_text",
                "spent",
                "release_text",
            ),
            worded(
                "“{}{}” is before “{}”, which the plans expect",
                "value_text",
                "spent",
                "release_text",
            ),
        ),
        sentence="wording",
    )


@rule(
    "F-FORM-DATE",
    title=("填报日期与计划的时间相符", "A form is filled in before what it plans"),
    equation="填报日期 ≤ day on which its own plan expects 预算下达; year ≤ fiscal year",
    why=(
        "预算下达以后才填的表，不是编报预算时的绩效目标。",
        "Targets set after the release are not those that the budget was decided on.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=_FORM,
    source="performance rules: targets are set with the budget, before it is approved",
    catalogue=("F17",),
    absent=Outcome.NOT_APPLICABLE,
)
def form_date(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form that prints its day and whose plan dates the release of the budget."""
    year = pl.col("fiscal_year")
    released = (
        _stages(tables)
        .filter(
            pl.col("text_part") == TextPart.PLAN,
            pl.col("rank") == 0,
            pl.col("day_to").dt.year() == year,
            ~worded("{}{}", "lead", "clause").str.contains(words.DONE),
            pl.col("filled_on").is_not_null(),
        )
        .sort(*PROJECT, "position")
        .unique(PROJECT, keep="first", maintain_order=True)
    )
    return said(
        released,
        pl.col("filled_on") <= pl.col("day_to"),
        ("填报日期在计划的预算下达之前", "was filled in before the release it plans"),
        (
            worded("填报日期是{}，计划却说“{}”", "filled_on", _quoted()),
            worded("filled in on {}, but it plans “{}”", "filled_on", _quoted()),
        ),
        sentence="wording",
    )


@rule(
    "F-STALE-YEAR",
    title=("打算做的事不在过去的年份", "What is planned is not dated in a past year"),
    equation="a day with 预计, 拟, 计划 or 将 is not in a year before the fiscal year",
    why=(
        "上年的文字没有改，读者看不出今年要做什么。",
        "The words are those of an earlier year, and what is planned now is not said.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: what is planned lies ahead",
    catalogue=("F10",),
    absent=Outcome.NOT_APPLICABLE,
)
def stale_year(tables: CanonicalTables) -> pl.LazyFrame:
    """Each plan and goal with days of earlier years; what is said to be done already is no plan.

    An overview may tell what was planned or expected in earlier years, and is not tested.
    """
    plans = pl.col("clause").str.contains(
        r"^度?[^，。]{0,8}(?:预计|拟|计划|将)(?:[^于到]|$)"
    ) | pl.col("lead").str.contains(r"(?:预计|拟于?|计划|将于?)(?:在|于)?$")
    around = worded("{}{}", "lead", "segment")
    of_text = [*PROJECT, "text_part"]
    days = (
        dated(tables, _AHEAD)
        .filter(
            pl.col("day_to").dt.year() < pl.col("fiscal_year"),
        )
        .with_columns(stale=plans & ~around.str.contains(words.DONE))
        .sort([*of_text, "stale", "position"], descending=[False] * 3 + [True, False])
        .unique(of_text, keep="first", maintain_order=True)
    )
    return said(
        days,
        ~pl.col("stale"),
        ("没有把过去的年份写成计划", "plans nothing in a past year"),
        (
            worded("“{}{}”说的是{}年度之前的打算", "lead", _quoted(), "fiscal_year"),
            worded("“{}{}” plans for a time before {}", "lead", _quoted(), "fiscal_year"),
        ),
        key=worded("{}/{}", "code", "text_part"),
        sentence="wording",
    )


@rule(
    "F-TEXT-DEADLINE",
    title=("文字与指标的时限一致", "Text and target name the same day"),
    equation="last day of a target = last day that the text names for the same work",
    why=(
        "同一件事有两个时限，无法判断是否按时完成。",
        "With two days for one piece of work nobody can say whether it was in time.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    catalogue=("F9",),
    absent=Outcome.NOT_APPLICABLE,
)
def text_deadline(tables: CanonicalTables) -> pl.LazyFrame:
    """Each annual target with a day whose work the text names in the clause of a day too.

    The work is what is left of the target's name without the words all deadlines share. Where the
    text dates it several times, one of the days is enough.
    """
    due = deadlines(tables).with_columns(core=pl.col("target").str.replace_all(words.GENERIC, ""))
    due = due.filter(pl.col("core").str.len_chars() >= 2)
    text = (
        dated(tables)
        .filter(
            (pl.col("text_part") == TextPart.PLAN)
            | (
                (pl.col("text_part") == TextPart.OVERVIEW)
                & (pl.col("date_basis") != DateBasis.NONE)
            ),
            pl.col("day_to").is_not_null(),
            pl.col("value_text").str.contains(words.PRECISE),
        )
        .select(
            *PROJECT,
            "wording",
            "day_to",
            "position",
            spoken=pl.col("value_text"),
            behind=pl.col("segment").str.extract(r"^[，,]?([^，,]*)"),
            about=pl.concat_str("lead", pl.col("segment").str.extract(r"^[，,]?([^，,]*)")),
        )
        .filter(~pl.col("behind").str.contains(words.BEGINS))
    )
    pairs = (
        due.join(text, on=PROJECT)
        .filter(pl.col("about").str.contains(pl.col("core"), literal=True))
        .with_columns(agrees=pl.col("day_to") == pl.col("last"))
        .sort(~pl.col("agrees"), "block", "row", "column", "position")
        .unique(["document_id", "code", "target"], keep="first", maintain_order=True)
    )
    return said(
        pairs,
        pl.col("agrees"),
        ("文字与指标的时限一致", "text and target name the same day"),
        (
            worded("指标的时限是“{}”，文字说“{}{}”", "value_text", "spoken", "behind"),
            worded("the target says “{}”, the text “{}{}”", "value_text", "spoken", "behind"),
        ),
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        sentence="wording",
    )
