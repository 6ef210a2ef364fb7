"""The running texts of a form: cut off, left over from a template, and costs without an output."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among
from analytics.checks.projects import PROJECT, forms, said
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.schema.form_vocabularies import MentionKind, MentionRole, TextPart
from analytics.schema.vocabularies import Outcome, Severity, Statement

__all__ = ["cost_output", "form_residue", "text_cut"]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)

_LONG_TEXT = 60
_LONGEST_STUMP = 8
_COMPLETE = (
    r"(?:[\d.,，%％）)】》”\"'’」]|元|万|亿|年|月|日|前|后|内|中|等|止|起|号|人|个|项|次|家|套|台|件|份|平方米"
    r"|工作|实施|支付|付款|费用|资金|经费|管理|执行|进行|完成|落实|验收|结算|使用|服务|运行|发展|建设|需要"
    r"|要求|标准|规定|制度|办法|目标|任务|问题|情况|效果|质量|水平|能力|满意|安全|保障|维护|培训|宣传|检查"
    r"|监督|考核|评价|审批|采购|合同|项目|设备|系统|平台|活动|报告|方案|材料|人员|单位|部门|企业|群众|社会"
    r"|经济|环境|提升|提高|推进|开展|到位|有序|正常|顺利|及时|有效|落地|负责|组织|配合|公开|公示|备案|归档)$"
)
"""How a text ends that may be whole without a full stop."""
_PLACEHOLDER = r"[X×Ｘ]{2,}|20[X×Ｘ]{1,2}|[_＿]{3,}|[*＊]{3,}|某某|请填写|请输入|在此(?:处)?(?:填写|输入)|[（(]填写"
"""What templates print where something is to be filled in."""

_LEAST_SHARE = 0.1
"""The share of the year's money from which a cost is large enough to need an output."""
_WHOLE_SHARE = 0.9
"""The share from which an amount is the project itself and no part of it."""
_NUMBERING = r"^(?:[一二三四五六七八九十]+、|[(（]?\d{1,2}[)）.、．]|[①-⑳])\s*"
_COMMON_WORDS = (
    r"我?(?:单位|局|委|院|校)|本(?:单位|局|级)|\d[\d.,]*(?:万|亿)?元?|20\d\d年度?|主要|用于|包括|其中|支付|购买|购置|聘请|发放|申请|预计|需要?|共需|共计"
    r"|合计|安排|预算|下达|实际|已|产生|采购|相关|其他|有关|及|等|的|和|与|费用|经费|资金|专项|费|工作|项目"
    r"|日常|年度|财政|成本|…|[^\u4e00-\u9fff]"
)
"""What the words of a cost share with those of any other."""


def _texts(tables: CanonicalTables) -> pl.LazyFrame:
    """The running texts of forms, one row each."""
    parts = [str(part) for part in TextPart]
    long = tables.projects.select("document_id", *parts, code="project").unpivot(
        parts, index=["document_id", "code"], variable_name="text_part", value_name="text"
    )
    labels = {
        language: {str(part): part.label(language) for part in TextPart}
        for language in ("zh", "en")
    }
    return (
        forms(tables)
        .join(long, on=PROJECT)
        .filter(pl.col("text").is_not_null())
        .with_columns(
            pl.col("text_part").replace_strict(labels[language]).alias(f"part_{language}")
            for language in labels
        )
    )


_ABOUT_TEXT = (worded("的{}", "part_zh"), worded(", {}", "part_en"))
_TEXT_KEY = worded("{}/{}", "code", "text_part")


@rule(
    "F-TEXT-CUT",
    title=("文字没有在句中断开", "No text stops in the middle of a sentence"),
    equation="a text written in sentences ends with one",
    why=(
        "断开的文字少了内容，其中的金额和时间无法核对。",
        "What is cut off is lost, and its amounts and days cannot be checked.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: a field of fixed size cuts off what does not fit",
    catalogue=("X17",),
    absent=Outcome.NOT_APPLICABLE,
)
def text_cut(tables: CanonicalTables) -> pl.LazyFrame:
    """Each text in sentences; it fails where a few words that end nothing follow the last one.

    Many whole texts have no full stop at the end, so that only a short stump counts, and none
    that ends with a figure, a bracket or a word that closes a clause. The cut may be the print's
    or the reading's.
    """
    tail = pl.col("text").str.extract(r"[。；;！？]([^。；;！？]*)$").str.strip_chars()
    length = pl.col("tail").str.len_chars()
    frame = _texts(tables).filter(
        pl.col("text").str.contains("。"), pl.col("text").str.len_chars() >= _LONG_TEXT
    )
    cut = (length > 0) & (length <= _LONGEST_STUMP) & ~pl.col("tail").str.contains(_COMPLETE)
    return said(
        frame.with_columns(tail=tail).with_columns(cut=cut.fill_null(False)),
        ~pl.col("cut"),
        ("文字完整", "is whole"),
        (
            worded("最后一句没有写完：“…{}”", pl.col("text").str.tail(20)),
            worded("its last sentence is not finished: “…{}”", pl.col("text").str.tail(20)),
        ),
        key=_TEXT_KEY,
        about=_ABOUT_TEXT,
        is_suspect=pl.lit(True),
    )


@rule(
    "F-RESIDUE",
    title=("文字中没有模板占位", "No text holds what a template left to fill in"),
    equation="no XX, ___, 请填写 in the texts of a form",
    why=(
        "没有填写的地方，读者得不到信息。",
        "What was never filled in tells a reader nothing.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="plain reasoning: a template's marks are no content",
    catalogue=("repeat",),
    absent=Outcome.NOT_APPLICABLE,
)
def form_residue(tables: CanonicalTables) -> pl.LazyFrame:
    """Each text of each form."""
    mark = pl.col("text").str.extract(f"(.{{0,10}}(?:{_PLACEHOLDER}).{{0,10}})")
    return said(
        _texts(tables).with_columns(mark=mark),
        pl.col("mark").is_null(),
        ("没有模板占位", "holds no marks of a template"),
        (
            worded("有模板占位没有填写：“{}”", "mark"),
            worded("holds marks of a template: “{}”", "mark"),
        ),
        key=_TEXT_KEY,
        about=_ABOUT_TEXT,
    )


def _pairs_of(text: pl.Expr) -> pl.Expr:
    """Every two neighbouring characters of a text, as a list."""
    return pl.concat_list(
        text.str.extract_all("(?s)..").fill_null([]),
        text.str.slice(1).str.extract_all("(?s)..").fill_null([]),
    )


@rule(
    "F-COST-OUTPUT",
    title=("较大的支出内容有对应的指标", "A large cost has a target"),
    equation="words of a cost of at least a tenth of the year's money occur in some target",
    why=(
        "花钱较多的事项没有指标，办没办成无从考核。",
        "Nothing says whether what costs much was achieved at all.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=_FORM,
    source="performance rules: targets cover the main content of a project",
    catalogue=("F12",),
    absent=Outcome.NOT_APPLICABLE,
)
def cost_output(tables: CanonicalTables) -> pl.LazyFrame:
    """Each amount of an overview that its own words say the purpose of.

    A cost has its target where the name of any target has two characters in a row of its words in
    common; words that stand in the name of the project too, or beside any cost, count for nothing,
    and a cost of which no word is left is not tested.
    """
    year = tables.projects.select(
        "document_id", "annual_total_yuan", code="project", project_name="name"
    )
    named = tables.indicators.group_by("document_id", code="project").agg(
        targets=pl.col("name").unique().sort().str.join("、")
    )
    costs = (
        tables.mentions.filter(
            pl.col("kind") == MentionKind.MONEY,
            pl.col("text_part") == TextPart.OVERVIEW,
            among(pl.col("role"), [MentionRole.ITEM, MentionRole.OTHER, MentionRole.DUE]),
        )
        .rename({"project": "code", "source_block": "block"})
        .join(year, on=PROJECT)
        .join(named, on=PROJECT)
        .filter(
            pl.col("amount_yuan").cast(pl.Float64)
            >= pl.col("annual_total_yuan").cast(pl.Float64) * _LEAST_SHARE,
            pl.col("amount_yuan").cast(pl.Float64)
            <= pl.col("annual_total_yuan").cast(pl.Float64) * _WHOLE_SHARE,
        )
        .with_columns(
            name=pl.coalesce("project_name", "code"),
            statement=pl.lit(str(Statement.PERFORMANCE_FORM)),
            core=pl.col("noun")
            .str.replace(_NUMBERING, "")
            .str.replace_all(_COMMON_WORDS, "")
            .str.strip_chars(),
        )
    )
    pairs = (
        costs.select(
            "mention_id", "targets", pair=_pairs_of(pl.col("core")), project_name="project_name"
        )
        .explode("pair")
        .filter(
            pl.col("pair").is_not_null(),
            ~pl.col("project_name").str.contains(pl.col("pair"), literal=True),
        )
        .group_by("mention_id")
        .agg(named=pl.col("targets").str.contains(pl.col("pair"), literal=True).any())
    )
    return said(
        costs.join(pairs, on="mention_id"),
        pl.col("named"),
        ("有对应的指标", "has a target"),
        (
            worded("“{}”没有任何指标提到", pl.col("wording").str.head(60)),
            worded("no target speaks of “{}”", pl.col("wording").str.head(60)),
        ),
        key=worded("{}/{}", "code", "position"),
        about=(worded("的{}", "value_text"), worded(", {}", "value_text")),
        sentence="wording",
    )
