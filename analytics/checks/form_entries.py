"""What a form leaves blank or names wrongly: its head, its totals, its goals and its halves."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import printed_facts
from analytics.checks.projects import IN_PLACE, PROJECT, block_label, forms, said
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.targets import targets
from analytics.expressions import worded
from analytics.schema.form_vocabularies import IndicatorBlock, IndicatorKind, TextPart
from analytics.schema.vocabularies import Fund, Outcome, Repair, Severity, Statement

__all__ = [
    "both_goals",
    "fill_time",
    "form_head",
    "half_missing",
    "kind_content",
    "target_value",
    "total_label",
]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_HEAD = {
    "kind": ("项目属性", "kind of project"),
    "period": ("项目期", "period"),
    "implementing_unit": ("实施单位", "implementing unit"),
}
_MOSTLY = 0.75
"""The share of targets in both blocks from which a target in one of them alone is left out."""
_FEWEST_SHARED = 3
_TOLD = [str(each) for each in TextPart if each is not TextPart.LEGAL_BASIS]


def _names(condition: pl.Expr) -> pl.Expr:
    """The targets for which a condition holds, as one quotation."""
    return pl.col("target").filter(condition).unique(maintain_order=True).str.join("”“")


def _in_both(tables: CanonicalTables) -> pl.LazyFrame:
    """Targets, with ``has_both``: whether their project states targets in both blocks."""
    parts = pl.col("part").n_unique().over(PROJECT)
    return targets(tables).with_columns(has_both=parts == len(IndicatorBlock))


@rule(
    "F-FORM-HEAD",
    title=("表头填写完整", "The head of a form is complete"),
    equation="项目属性, 项目期 and 实施单位 are filled in where the other forms fill them in",
    why=(
        "缺了项目期或实施单位，就无法判断资金管几年、由谁负责。",
        "Without period or unit nobody can tell how long the money lasts or who answers for it.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="the standard form of performance targets",
    catalogue=("F5",),
    absent=Outcome.NOT_APPLICABLE,
)
def form_head(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form, in the entries that more than half of the document's forms fill in.

    An entry that was displaced on the page may not have been read, so that a failure is a suspect
    reading. A document with one form has no other to go by and is not tested.
    """
    heads = forms(tables).join(
        tables.projects.select("document_id", "implementing_unit", code="project"), on=PROJECT
    )
    filled = heads.with_columns(
        (
            pl.col(name).is_null() & (pl.col(name).is_not_null().mean().over("document_id") > 0.5)
        ).alias(f"lacks_{name}")
        for name in _HEAD
    )
    lacking = [
        pl.concat_str(
            [
                pl.when(f"lacks_{name}").then(pl.lit(label[language]))
                for name, label in _HEAD.items()
            ],
            separator="、" if language == 0 else ", ",
            ignore_nulls=True,
        )
        for language in (0, 1)
    ]
    return said(
        filled.filter(pl.len().over("document_id") > 1),
        ~pl.any_horizontal(f"lacks_{name}" for name in _HEAD),
        ("表头填写完整", "its head is complete"),
        (
            worded("表头没有读到{}，其他项目的表中都有", lacking[0]),
            worded("its head shows no {}, unlike the other forms", lacking[1]),
        ),
        is_suspect=pl.lit(True),
    )


@rule(
    "F-TOTAL-LABEL",
    title=("两栏资金总额的名称正确", "Both totals bear the name of their block"),
    equation="the left total is called 实施期资金总额, the right one 年度资金总额",
    why=(
        "两栏用同一名称，读者分不清哪个是全期资金、哪个是当年资金。",
        "With one name for both totals a reader cannot tell the year's money from the term's.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="the standard form of performance targets",
    catalogue=("F3",),
)
def total_label(tables: CanonicalTables) -> pl.LazyFrame:
    """Each total of each form; one that bears the name of the other block fails."""
    totals = printed_facts(
        tables,
        pl.col("statement") == Statement.PERFORMANCE_FORM,
        pl.col("fund") == Fund.ALL,
    ).with_columns(wrong=pl.col("repairs").fill_null("").str.contains(str(Repair.LABEL_WRONG)))
    frame = totals.sort(~pl.col("wrong"), "block", "row", "column").unique(
        [*PROJECT, "component"], keep="first", maintain_order=True
    )
    return said(
        frame,
        ~pl.col("wrong"),
        ("资金总额的名称与所在栏一致", "the total bears the name of its block"),
        (
            "两栏资金总额用了同一名称，这一栏的名称属于另一栏",
            "the total bears the name of the other block",
        ),
        key=worded("{}/{}", "code", "component"),
        about=block_label("component"),
        is_suspect=pl.lit(True),
    )


@rule(
    "F-BOTH-GOALS",
    title=("实施期目标与年度目标都有填写", "Both overall goals are stated"),
    equation="a form with targets in both blocks states a goal in both",
    why=(
        "只有一栏目标，就看不出当年要完成全期的哪一部分。",
        "With one goal nobody can tell which part of the whole is due this year.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="the standard form of performance targets",
    catalogue=("F8",),
    absent=Outcome.NOT_APPLICABLE,
)
def both_goals(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form with targets in both blocks and at least one goal."""
    two_blocks = _in_both(tables).filter("has_both").select(PROJECT).unique()
    goals = tables.projects.select("document_id", "term_goal", "annual_goal", code="project")
    stated = [pl.col("term_goal").is_not_null(), pl.col("annual_goal").is_not_null()]
    frame = (
        forms(tables)
        .join(two_blocks, on=PROJECT, how="semi")
        .join(goals, on=PROJECT)
        .filter(pl.any_horizontal(stated))
    )
    return said(
        frame,
        pl.all_horizontal(stated),
        ("两栏总体目标都有填写", "both goals are stated"),
        (
            "只有一栏填写了总体目标，另一栏空白",
            "one goal is stated and the other block is blank",
        ),
    )


@rule(
    "F-HALF-MISSING",
    title=("两栏指标互相对应", "The targets of both blocks correspond"),
    equation="where nearly every target stands in both blocks, every one does",
    why=(
        "漏掉的一栏可能使这项产出在当年或全期无人考核。",
        "What one block lacks is held against nobody in the year or in the term.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: a block that repeats the other one and leaves out a line lost it",
    catalogue=("F8",),
    absent=Outcome.NOT_APPLICABLE,
)
def half_missing(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form whose blocks have most targets in common, by name.

    Blocks that differ on purpose are not tested, and no target that the other block may state
    under another name: under one heading, neither block may lack what the other has.
    """
    is_left = pl.col("part") == IndicatorBlock.TERM
    by_target = (
        _in_both(tables)
        .filter("has_both")
        .group_by(*PROJECT, "target", maintain_order=True)
        .agg(
            pl.col(*IN_PLACE, "level2").first(),
            blocks=pl.col("part").n_unique(),
            is_left=is_left.any(),
            repaired=pl.col("repairs").is_not_null().any(),
        )
        .with_columns(alone=pl.col("blocks") == 1)
    )
    under = [*PROJECT, "level2"]
    replaced = pl.all_horizontal(
        (pl.col("alone") & side).any().over(under)
        for side in (pl.col("is_left"), ~pl.col("is_left"))
    )
    shared = (~pl.col("alone")).sum()
    lost = pl.col("alone") & ~pl.col("replaced")
    whole = (
        by_target.with_columns(replaced=replaced)
        .with_columns(lost=lost)
        .sort("lost", descending=True, maintain_order=True)
        .group_by(PROJECT, maintain_order=True)
        .agg(
            pl.col(IN_PLACE).first(),
            shared=shared,
            mostly=(~pl.col("alone")).mean() >= _MOSTLY,
            lost=pl.col("lost").any(),
            suspect=(pl.col("lost") & pl.col("repaired")).any(),
            quoted=_names(pl.col("lost")),
        )
        .filter("mostly", pl.col("shared") >= _FEWEST_SHARED)
    )
    return said(
        whole,
        ~pl.col("lost"),
        ("两栏指标互相对应", "both blocks have the same targets"),
        (
            worded("“{}”只在一栏中有，其余{}项指标两栏都有", "quoted", "shared"),
            worded("“{}” is in one block only; the other {} are in both", "quoted", "shared"),
        ),
        is_suspect="suspect",
    )


@rule(
    "F-TARGET-VALUE",
    title=("指标都有指标值", "Every target has a value"),
    equation="指标值 of a named target is not blank",
    why=(
        "没有指标值，就没有可以考核的目标。",
        "Without a value there is no target to be held against anybody.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="performance rules: a target states what is to be reached",
    catalogue=("F11",),
)
def target_value(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form; the targets that are left blank are named in one finding."""
    blank = pl.col("kind") == IndicatorKind.BLANK
    frame = (
        targets(tables)
        .with_columns(blank=blank)
        .sort("blank", descending=True, maintain_order=True)
        .group_by(PROJECT, maintain_order=True)
        .agg(
            pl.col(*IN_PLACE, "blank").first(),
            suspect=(blank & pl.col("repairs").is_not_null()).any(),
            quoted=_names(blank),
        )
    )
    return said(
        frame,
        ~pl.col("blank"),
        ("各项指标都有指标值", "every target has a value"),
        (
            worded("指标“{}”没有填写指标值", "quoted"),
            worded("“{}” has no value", "quoted"),
        ),
        is_suspect="suspect",
    )


@rule(
    "F-FILL-TIME",
    title=("填报日期完整", "The day of filling in is whole"),
    equation="填报日期 is a day, or a day with the time: 8, 12 or 14 digits in one piece",
    why=(
        "填报日期不全，无法判断表格是否在预算批复前填写。",
        "With a broken date nobody can tell whether the form came before the budget was approved.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="the standard form of performance targets",
    catalogue=("F17",),
    absent=Outcome.NOT_APPLICABLE,
)
def fill_time(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form that prints when it was filled in; written in 年月日 or with signs it passes."""
    stamps = tables.projects.filter(pl.col("filled_text").is_not_null()).select(
        "document_id", "filled_text", code="project"
    )
    text = pl.col("filled_text").str.strip_chars()
    is_bare = text.str.contains(r"^[\d\s]+$")
    is_whole = text.str.contains(r"^(?:\d{8}|\d{12}|\d{14}|\d{8}\s\d{4}(?:\d\d)?)$")
    return said(
        forms(tables).join(stamps, on=PROJECT),
        ~is_bare | is_whole,
        ("填报日期完整", "the day it was filled in is whole"),
        (
            worded("填报日期“{}”缺位或断开", "filled_text"),
            worded("“{}” as the time of filling in lacks digits or is broken", "filled_text"),
        ),
        is_suspect=pl.lit(True),
    )


@rule(
    "F-KIND-CONTENT",
    title=("项目属性与项目内容相符", "The kind of a project suits what it is called"),
    equation="尾款、质保金 ⇒ not 经常性; 运维 with arrears or texts of other years ⇒ not 一次性",
    why=(
        "属性与内容不符，会使到期的支出变成每年都安排。",
        "A kind that does not suit the work lets spending go on after it should end.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: a last instalment ends, upkeep goes on",
    catalogue=("F5",),
    absent=Outcome.NOT_APPLICABLE,
)
def kind_content(tables: CanonicalTables) -> pl.LazyFrame:
    """Each form whose name says that it ends or goes on; one that says both is left out.

    Upkeep can be bought for one year, so that the name alone contradicts no single project: the
    form has to owe for earlier years, or to speak of another year, too.
    """
    ends = pl.col("name").str.contains("尾款|质保金|余款|欠款")
    goes_on = pl.col("name").str.contains("运维|运行维护|日常维护")
    frame = (
        forms(tables)
        .filter(ends != goes_on, pl.col("kind").is_not_null())
        .join(_of_other_years(tables), on=PROJECT, how="left")
    )
    lasts = goes_on & ((pl.col("arrears_yuan") > 0) | pl.col("other_years")).fill_null(value=False)
    is_once = pl.col("kind").str.contains("一次性")
    contradicts = (ends & pl.col("kind").str.contains("经常性")) | (lasts & is_once)
    return said(
        frame,
        ~contradicts,
        ("项目属性与名称不相矛盾", "kind and name do not contradict each other"),
        (
            pl.when(goes_on)
            .then(worded("按名称和表中所涉年度判断与项目属性“{}”不符", "kind"))
            .otherwise(worded("按名称判断与项目属性“{}”不符", "kind")),
            pl.when(goes_on)
            .then(worded("its name and the years it speaks of do not suit the kind “{}”", "kind"))
            .otherwise(worded("its name does not suit the kind “{}”", "kind")),
        ),
    )


def _of_other_years(tables: CanonicalTables) -> pl.LazyFrame:
    """Whether the texts of a form, but for its legal basis, name a year that is not its own."""
    named = (
        pl.concat_str(_TOLD, separator="\n", ignore_nulls=True)
        .str.extract_all(r"20\d\d ?年")
        .list.eval(pl.element().str.head(4))
    )
    own = pl.col("fiscal_year").cast(pl.String)
    return tables.projects.select("document_id", code="project", own=own, years=named).select(
        *PROJECT,
        other_years=pl.col("years").list.set_difference(pl.concat_list("own")).list.len() > 0,
    )
