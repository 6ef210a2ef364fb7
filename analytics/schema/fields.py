"""The field dictionary: every column of every table, declared once.

The same quantity has the same name everywhere, and a name means one thing everywhere. A table
takes a column from here with :func:`declare` and may only add whether it is nullable or part of
the key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dataframely as dy
import polars as pl

from analytics.errors import NotFoundError
from analytics.schema import form_vocabularies as forms
from analytics.schema import vocabularies as v

__all__ = ["BOUND", "FIELDS", "IDENTITY", "MONEY", "Field", "declare"]

IDENTITY = ("agency_id", "fiscal_year", "stage", "scope")
"""What two documents share when they are about the same thing."""

MONEY = pl.Decimal(18, 2)
"""The data type of every amount in yuan."""

BOUND = pl.Decimal(20, 4)
"""The data type of printed steps and interval ends in yuan: half a cent is still exact."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, unit, Chinese label and meaning.

    Args:
        dtype: The polars data type.
        unit: What one unit of a number is; empty for text.
        zh: Label shown to readers.
        meaning: What the column states, in one sentence.
        vocabulary: The closed list its values come from, if there is one.
    """

    dtype: pl.DataType
    unit: str
    zh: str
    meaning: str
    vocabulary: tuple[type[v.Vocabulary], ...] = ()

    @property
    def values(self) -> list[str]:
        """The allowed values, where there is a closed list."""
        return [str(value) for vocabulary in self.vocabulary for value in vocabulary]


def _text(zh: str, meaning: str, *vocabulary: type[v.Vocabulary]) -> Field:
    return Field(pl.String(), "", zh, meaning, vocabulary)


def _yuan(zh: str, meaning: str) -> Field:
    return Field(MONEY, "yuan", zh, meaning)


def _bound(zh: str, meaning: str) -> Field:
    return Field(BOUND, "yuan", zh, meaning)


def _share(zh: str, meaning: str) -> Field:
    return Field(pl.Float64(), "1", zh, meaning)


def _count(zh: str, meaning: str, unit: str = "1") -> Field:
    return Field(pl.Int32(), unit, zh, meaning)


def _flag(zh: str, meaning: str) -> Field:
    return Field(pl.Boolean(), "", zh, meaning)


def _number(zh: str, meaning: str, unit: str = "see unit") -> Field:
    return Field(pl.Decimal(28, 8), unit, zh, meaning)


FIELDS: dict[str, Field] = {
    # --- identity of a document and of a reading -----------------------------------------
    "document_id": _text("文件标识", "SHA-256 of the file's bytes, 16 hexadecimal digits"),
    "reading_id": _text("读取标识", "document_id, version of the reader, digest of the rows"),
    "file_name": _text("文件名", "name of the file, without its folder"),
    "media_type": _text("文件类型", "media type the file was read as"),
    "encoding": _text("编码", "character encoding of a text file"),
    "identity_basis": _text(
        "单位认定依据", "by what the document is known to be of its agency", v.IdentityBasis
    ),
    "notes": _text("读取说明", "what the reader left out or could not read, and why"),
    "reader": _text("读取程序", "which reader read the file"),
    "reader_version": _text("读取版本", "version of the package that read the file"),
    "page_count": _count("页数", "pages of the file, where it has pages"),
    "edition": _count("版次", "1 for the first document of a disclosure, 2 for its correction"),
    "is_current": _flag("现行版次", "whether this is the newest edition of its disclosure"),
    "ingested_at": Field(pl.Datetime("us", "UTC"), "", "入库时间", "when the reading was stored"),
    "replaced_at": Field(pl.Datetime("us", "UTC"), "", "替换时间", "when another took its place"),
    "title": _text("标题", "title as printed"),
    # --- whose figure, of when -----------------------------------------------------------
    "agency_id": _text("单位标识", "normal form of the agency's name"),
    "agency_name": _text("单位名称", "name of the agency as printed"),
    "fiscal_year": Field(pl.Int16(), "year", "年度", "fiscal year the figure belongs to"),
    "prior_year": Field(pl.Int16(), "year", "上年", "fiscal year compared with"),
    "stage": _text("阶段", "point of the budget cycle that the figure belongs to", v.Stage),
    "stage_prior": _text("上年阶段", "stage of the figure compared with", v.Stage),
    "scope": _text("范围", "whole department or one unit", v.Scope),
    # --- where it was printed ------------------------------------------------------------
    "page": _count("页", "page of the file, from 1; null where the file has no pages"),
    "block": _count("块", "paragraph or table of the document, from 1 in reading order"),
    "row": _count("行", "row of the block, from 1"),
    "column": _count("列", "column of the row, from 1; in a sentence the first character"),
    "line": _count("文件行", "line of a text file, from 1; null for other files"),
    "cell": _text("单元格", "address in a workbook that the number stands in: 收支总表!C12"),
    "source_block": _count("块", "block of the document that holds the row, from 1"),
    "column_label": _text("列名", "header of the column, levels joined by a slash"),
    # --- what it states ------------------------------------------------------------------
    "statement": _text("报表", "what the statement is", v.Statement, v.Topic),
    "flow": _text("收支", "revenue or expenditure", v.Flow),
    "classification": _text("分类", "which list the code comes from", v.Classification),
    "code": _text("编码", "code of the line within its classification and year"),
    "name": _text("名称", "name of the line as printed, cleaned of breaks and numbering"),
    "counterpart_code": _text("政府经济科目", "government economic class beside the code"),
    "counterpart_name": _text("政府经济科目名称", "name of the counterpart as printed"),
    "fund": _text("资金来源", "where the money comes from", v.Fund),
    "component": _text("构成", "which part of the line the figure states", v.Component),
    "carryover_basis": _text("结转口径", "whether carry-over is inside", v.CarryoverBasis),
    "row_kind": _text("行别", "place of the line in the hierarchy", v.RowKind),
    "parent_code": _text("上级编码", "code of the line this one is part of; null at the top"),
    "missing_columns": _text("缺列", "columns of the form that the statement does not print"),
    "presence": _text("有无", "whether the statement was found, and with figures", v.Presence),
    # --- how much ------------------------------------------------------------------------
    "amount_yuan": _yuan("金额（元）", "the figure in yuan, exact"),
    "amount_text": _text("原文", "the figure as printed"),
    "unit_text": _text("计量单位", "unit printed for the figure"),
    "step_yuan": _bound("精度（元）", "value of one unit in the last printed digit"),
    "low_yuan": _bound("下限（元）", "smallest amount that agrees with what was printed"),
    "high_yuan": _bound("上限（元）", "largest amount that agrees with what was printed"),
    "value_kind": _text("数值性质", "printed, implied or corrected", v.ValueKind),
    "claim_id": _text("陈述标识", "the claim a figure was implied by"),
    "ocr_confidence": _share(
        "识别置信度",
        "how sure the least sure character of a recognised figure is; null if none was",
    ),
    "repairs": _text("修复", "what was mended to read the row, codes joined by ';'"),
    # --- claims --------------------------------------------------------------------------
    "sentence": _text("原句", "the sentence as printed"),
    "section": _text("章节", "heading the sentence stands under"),
    "value_yuan": _yuan("所述金额（元）", "the level the sentence states"),
    "value_step_yuan": _bound("所述金额精度（元）", "printed precision of value_yuan"),
    "value": _number("数值", "a number that is not money, in its unit"),
    "value_step": _number("数值精度", "printed precision of value"),
    "unit": _text("单位", "unit of value in its normal form"),
    "change_yuan": _yuan("所述增减额（元）", "stated change, negative for a decrease"),
    "change_step_yuan": _bound("所述增减额精度（元）", "printed precision of change_yuan"),
    "change_share": _share("所述增减率", "stated growth, 0.05 for 5 %, negative for a decrease"),
    "change_share_step": _share("所述增减率精度", "printed precision of change_share"),
    "share": _share("占比", "share of the whole, 0 to 1"),
    "share_step": _share("占比精度", "printed precision of share"),
    "share_base_code": _text("占比基数", "code of the line the share is taken of"),
    "execution_share": _share("完成率", "stated execution: the level as a share of base_stage"),
    "execution_share_step": _share("完成率精度", "printed precision of execution_share"),
    "is_unchanged": _flag("持平", "whether the sentence says 'the same as last year'"),
    "base_year": Field(pl.Int16(), "year", "基期年度", "year the sentence compares with"),
    "base_stage": _text("基期阶段", "stage the sentence compares with", v.Stage),
    "reason": _text("原因", "the cause, or why a cell was set aside, in words"),
    "reason_en": _text("原因（英文）", "the same reason in English"),
    # --- projects and indicators ---------------------------------------------------------
    "project": _text("项目", "name of the project, normal form"),
    "kind": _text("性质", "kind of the project as printed, or the sort of target or mention"),
    "period": _text("项目期", "length of the project as printed"),
    "period_years": _count("项目期（年）", "length of the project", "year"),
    "department_code": _text("主管部门代码", "code of the department as printed"),
    "department_name": _text("主管部门", "name of the department as printed"),
    "implementing_unit": _text("实施单位", "unit that carries the project out"),
    "overview": _text("项目概况", "what the project is, as printed"),
    "legal_basis": _text("立项依据", "basis the project rests on"),
    "necessity": _text("设立必要性", "why the project is needed"),
    "measures": _text("保证措施", "rules and measures that secure it"),
    "plan": _text("实施计划", "plan of implementation"),
    "term_goal": _text("实施期目标", "goal for the whole term"),
    "annual_goal": _text("年度目标", "goal for the year"),
    "filled_on": Field(pl.Date(), "", "填报日期", "day the form was filled in"),
    "filled_text": _text("填报时间戳", "time stamp as printed"),
    "arrears_yuan": _yuan("以前年度欠付（元）", "arrears of earlier years inside the year's money"),
    "arrears_text": _text("欠付原文", "the words that state the arrears"),
    "indicator_id": _text("指标标识", "document, project, block and number of the indicator"),
    "level1": _text("一级指标", "first-level category"),
    "level2": _text("二级指标", "second-level category"),
    "value_text": _text("指标值", "target, or figure of a text, as printed"),
    "weight": _number("分值", "points the target counts in the evaluation, as printed", "point"),
    "comparator": _text("比较符", "how the target binds its number", forms.Comparator),
    "per_unit": _text("每单位", "what one unit cost is paid for, without the period"),
    "per_period": _text("每期", "period one unit cost is paid for: 月, 年, 天"),
    "is_level_repaired": _flag("类别已修复", "whether level 1 or 2 was put back into place"),
    "quantity_id": _text("对应数量指标", "the quantity a unit cost belongs to"),
    "quantity_basis": _text("对应依据", "how that quantity was found"),
    # --- figures in running texts of projects ----------------------------------------------
    "mention_id": _text("提及标识", "document, project, text and number of the figure in it"),
    "text_part": _text("所在文字", "which running text of the form", forms.TextPart),
    "sentence_number": _count("句", "sentence of the text, from 1"),
    "position": _count("位置", "first character of the figure in the text, from 1"),
    "wording": _text("原文", "the clause of the text that states the figure, as printed"),
    "noun": _text("对象", "words before and behind the figure in its clause, joined by '…'"),
    "role": _text("作用", "what the figure is by the words around it", forms.MentionRole),
    "is_about": _flag("约数", "whether the text says that the figure is not exact"),
    "part_of": _text("所属合计", "mention_id of the amount this one is a part of"),
    "is_closed": _flag(
        "分项列全", "of a total: whether the text lists all of its parts, each with an amount"
    ),
    "contract_number": _count("合同序号", "contract of the text the amount belongs to, from 1"),
    "product_number": _count(
        "乘积序号", "product (quantity × unit price = amount) of the text, from 1"
    ),
    "month_day_from": _count("月日起", "first day as month × 100 + day; null where open"),
    "month_day_to": _count("月日止", "last day as month × 100 + day; null where open"),
    "date_from": Field(pl.Date(), "", "日期起", "first day; null where open or without a year"),
    "date_to": Field(pl.Date(), "", "日期止", "last day; null where open or without a year"),
    "date_basis": _text("年份依据", "how the year of the date is known", forms.DateBasis),
    # --- findings ------------------------------------------------------------------------
    "finding_id": _text("发现标识", "rule and place, stable over re-reading"),
    "rule": _text("规则", "code of the rule"),
    "family": _text("规则族", "family of the rule"),
    "outcome": _text("结果", "how the check ended", v.Outcome),
    "severity": _text("程度", "how much a failing check weighs", v.Severity),
    "subject": _text("对象", "what was checked, in words"),
    "printed_text": _text("原文数值", "what is printed"),
    "computed_text": _text("计算数值", "what follows from the other figures"),
    "printed": _number("列示值", "what is printed, as a number"),
    "computed": _number("计算值", "what follows from the other figures, as a number"),
    "difference": _number("差额", "printed minus computed"),
    "tolerance": _number("容差", "half steps of all printed terms added up"),
    "measure_unit": _text("计量", "unit of printed, computed and difference: yuan, share, 1"),
    "message_zh": _text("说明", "one plain sentence in Chinese"),
    "message_en": _text("说明（英文）", "the same sentence in English"),
    "state": _text("状态", "what a failing check calls for", v.FindingState),
    "root": _text("根源", "finding_id of the contradiction that this one follows from"),
    "evidence": _text(
        "依据",
        "what was compared, by semicolons: document/block/row/column of facts, claim_id of claims",
    ),
    "fits_zh": _text("吻合值", "the one figure that would resolve it, in Chinese"),
    "fits_en": _text("吻合值（英文）", "the same in English"),
    # --- findings listed for people, and what a person answered ---------------------------
    "finding_key": _text(
        "发现编号", "agency, year, stage, scope, rule and line: the same in every edition"
    ),
    "root_key": _text("根源编号", "finding_key of the contradiction that this one follows from"),
    "rule_title_zh": _text("规则名称", "title of the rule"),
    "rule_title_en": _text("规则名称（英文）", "the same in English"),
    "why_zh": _text("为何重要", "why it matters to a reader of the budget"),
    "why_en": _text("为何重要（英文）", "the same in English"),
    "weight_share": _share(
        "分量", "difference relative to the document's total; of percentages in points"
    ),
    "answer": _text("答复", "accepted, explained or corrected; null where nobody answered"),
    "corrected_text": _text("更正值", "the value that the person who answered says is right"),
    "note": _text("答复说明", "what the person who answered says about it"),
    "reviewer": _text("答复人", "who answered"),
    "answered_on": Field(pl.Date(), "", "答复日期", "when it was answered"),
    "seen_printed": _number(
        "答复时列示值", "printed as it was when it was answered, else as it is"
    ),
    "seen_computed": _number(
        "答复时计算值", "computed as it was when it was answered, else as it is"
    ),
    "is_stale": _flag("答复已过时", "whether the figures that were answered have changed since"),
    "is_doubted": _flag("核对不符", "whether the figure did not reconcile with others"),
    "is_doubted_prior": _flag("上年数核对不符", "whether the prior figure did not reconcile"),
    # --- accounting for numbers ----------------------------------------------------------
    "cell_text": _text("单元格", "the cell as printed"),
    "numeric_cell_count": _count("数字单元格", "numeric cells of the statement"),
    "fact_cell_count": _count("成为事实", "numeric cells that became facts"),
    "form_value_cell_count": _count(
        "表单数值",
        "numeric cells of project forms that became targets, weights, periods or time stamps",
    ),
    "set_aside_cell_count": _count("另列", "numeric cells set aside with a reason"),
    # --- results of analysis -------------------------------------------------------------
    "amount_prior_yuan": _yuan("上年（元）", "amount of the prior year"),
    "change_low_yuan": _bound("增减额下限（元）", "smallest change the printed figures allow"),
    "change_high_yuan": _bound("增减额上限（元）", "largest change the printed figures allow"),
    "growth_share": _share("增减率", "change divided by the prior amount"),
    "growth_low_share": _share("增减率下限", "smallest growth the printed figures allow"),
    "growth_high_share": _share("增减率上限", "largest growth the printed figures allow"),
    "contribution_share": _share("贡献", "change divided by the parent's prior amount"),
    "status": _text("状态", "continued, new or ended", v.Status),
    "comparability": _text("可比性", "whether the two sides mean the same", v.Comparability),
    "source": _text("本年出处", "document, statement, row and column of the current amount"),
    "source_prior": _text("上年出处", "document and sentence or cell of the prior amount"),
    "value_kind_prior": _text("上年数值性质", "how the prior amount is known", v.ValueKind),
    "step": _text("步骤", "bar of the bridge"),
    "step_order": _count("次序", "order of the bar"),
    "label_zh": _text("名称", "label shown in Chinese"),
    "label_en": _text("名称（英文）", "label shown in English"),
    "start_yuan": _yuan("起点（元）", "where the bar begins"),
    "end_yuan": _yuan("终点（元）", "where the bar ends"),
    "is_unexplained": _flag("未能解释", "whether nothing published explains the step"),
    "dimension": _text("维度", "what the mix is taken over"),
    "hhi": _share("集中度 HHI", "sum of squared shares"),
    "hhi_normalised": _share("标准化 HHI", "HHI rescaled to 0 for equal and 1 for one item"),
    "evenness": _share("均匀度", "Shannon entropy divided by its largest value"),
    "dissimilarity": _share("结构差异", "half the sum of absolute share differences"),
    "share_prior": _share("上年占比", "share in the prior year"),
    "item_count": _count("项数", "items with a figure"),
    "unit_cost_yuan_per_unit": _number("所述单位成本", "stated unit cost", "yuan per unit"),
    "unit_cost_text": _text("单位成本原文", "stated unit cost as printed"),
    "cost_comparator": _text("成本比较符", "how the stated unit cost binds", forms.Comparator),
    "quantity": _number("数量", "quantity the unit cost belongs to"),
    "quantity_text": _text("数量原文", "quantity as printed"),
    "quantity_comparator": _text("数量比较符", "how the quantity binds", forms.Comparator),
    "quantity_name": _text("数量指标", "name of the quantity indicator"),
    "period_count": _count("期数", "periods of the unit cost inside a year"),
    "money_yuan": _yuan("项目资金（元）", "money of the project in the block"),
    "available_yuan": _yuan("可比资金（元）", "money less arrears of earlier years"),
    "implied_low_yuan_per_unit": _number(
        "隐含单位成本下限", "smallest money ÷ quantity", "yuan per unit"
    ),
    "implied_high_yuan_per_unit": _number(
        "隐含单位成本上限", "largest money ÷ quantity", "yuan per unit"
    ),
    "costed_low_yuan": _bound("成本×数量下限（元）", "smallest stated cost × quantity"),
    "costed_high_yuan": _bound("成本×数量上限（元）", "largest stated cost × quantity"),
    "costed_yuan": _yuan("成本×数量（元）", "stated cost × stated quantity × periods"),
    "costed_share": _share("占项目资金", "stated cost × quantity divided by the available money"),
    "head_count": _count("人数", "people the amount is divided by", "person"),
    "head_basis": _text("人数口径", "who is counted: staff in post or posts"),
    "amount_yuan_per_head": _number("人均（元）", "amount per head", "yuan per person"),
}
"""Every column the package uses, by name."""


def declare(name: str, *, nullable: bool = False, primary_key: bool = False) -> Any:
    """Take a column out of the field dictionary for use in a schema class.

    Args:
        name: The column.
        nullable: Whether a row may leave it empty.
        primary_key: Whether it is part of what tells the rows apart.

    Raises:
        NotFoundError: The field dictionary has no such column.
    """
    if name not in FIELDS:
        raise NotFoundError.for_name("field", name, FIELDS)
    field = FIELDS[name]
    options: dict[str, Any] = {
        "nullable": nullable,
        "primary_key": primary_key,
        "description": field.meaning,
        "metadata": {"unit": field.unit, "zh": field.zh},
    }
    if field.values:
        allowed = field.values
        check: Callable[[pl.Expr], pl.Expr] = lambda expr: expr.is_in(allowed)  # noqa: E731
        options["check"] = {"in_vocabulary": check}
    match field.dtype:
        case pl.Decimal():
            return dy.Decimal(field.dtype.precision, field.dtype.scale, **options)
        case pl.Datetime():
            return dy.Datetime(time_zone="UTC", time_unit="us", **options)
        case _:
            return _PLAIN[type(field.dtype)](**options)


_PLAIN: dict[type[pl.DataType], Callable[..., Any]] = {
    pl.String: dy.String,
    pl.Int16: dy.Int16,
    pl.Int32: dy.Int32,
    pl.Float64: dy.Float64,
    pl.Boolean: dy.Bool,
    pl.Date: dy.Date,
}
