"""The columns of the canonical tables."""

from __future__ import annotations

import polars as pl

from analytics.schema import form_vocabularies as forms
from analytics.schema import vocabularies as v
from analytics.schema.fields.model import (
    Field,
    a_bound,
    a_count,
    a_flag,
    a_number,
    a_share,
    a_text,
    a_year,
    some_yuan,
)

__all__ = ["CANONICAL"]

CANONICAL: dict[str, Field] = {
    # --- identity of a document and of a reading -----------------------------------------
    "document_id": a_text("文件标识", "SHA-256 of the file's bytes, 16 hexadecimal digits"),
    "reading_id": a_text("读取标识", "document_id, version of the reader, digest of the rows"),
    "file_name": a_text("文件名", "name of the file, without its folder"),
    "media_type": a_text("文件类型", "media type the file was read as"),
    "encoding": a_text("编码", "character encoding of a text file"),
    "identity_basis": a_text(
        "单位认定依据", "by what the document is known to be of its agency", v.IdentityBasis
    ),
    "notes": a_text("读取说明", "what the reader left out or could not read, and why"),
    "reader": a_text("读取程序", "which reader read the file"),
    "reader_version": a_text("读取版本", "version of the package that read the file"),
    "page_count": a_count("页数", "pages of the file, where it has pages"),
    "edition": a_count("版次", "1 for the first document of a disclosure, 2 for its correction"),
    "is_current": a_flag("现行版次", "whether this is the newest edition of its disclosure"),
    "ingested_at": Field(pl.Datetime("us", "UTC"), "", "入库时间", "when the reading was stored"),
    "replaced_at": Field(pl.Datetime("us", "UTC"), "", "替换时间", "when another took its place"),
    "title": a_text("标题", "title as printed"),
    # --- whose figure, of when -----------------------------------------------------------
    "agency_id": a_text("单位标识", "normal form of the agency's name"),
    "agency_name": a_text("单位名称", "name of the agency as printed"),
    "fiscal_year": a_year("年度", "fiscal year the figure belongs to"),
    "prior_year": a_year("上年", "fiscal year compared with"),
    "stage": a_text("阶段", "point of the budget cycle that the figure belongs to", v.Stage),
    "stage_prior": a_text("上年阶段", "stage of the figure compared with", v.Stage),
    "scope": a_text("范围", "whole department or one unit", v.Scope),
    # --- where it was printed ------------------------------------------------------------
    "page": a_count("页", "page of the file, from 1; null where the file has no pages"),
    "block": a_count("块", "paragraph or table of the document, from 1 in reading order"),
    "row": a_count("行", "row of the block, from 1"),
    "column": a_count("列", "column of the row, from 1; in a sentence the first character"),
    "line": a_count("文件行", "line of a text file, from 1; null for other files"),
    "cell": a_text("单元格", "address in a workbook that the number stands in: 收支总表!C12"),
    "source_block": a_count("块", "block of the document that holds the row, from 1"),
    "column_label": a_text("列名", "header of the column, levels joined by a slash"),
    # --- what it states ------------------------------------------------------------------
    "statement": a_text("报表", "what the statement is", v.Statement, v.Topic),
    "flow": a_text("收支", "revenue or expenditure", v.Flow),
    "classification": a_text("分类", "which list the code comes from", v.Classification),
    "code": a_text("编码", "code of the line within its classification and year"),
    "name": a_text("名称", "name of the line as printed, cleaned of breaks and numbering"),
    "counterpart_code": a_text("政府经济科目", "government economic class beside the code"),
    "counterpart_name": a_text("政府经济科目名称", "name of the counterpart as printed"),
    "fund": a_text("资金来源", "where the money comes from", v.Fund),
    "component": a_text("构成", "which part of the line the figure states", v.Component),
    "carryover_basis": a_text("结转口径", "whether carry-over is inside", v.CarryoverBasis),
    "row_kind": a_text("行别", "place of the line in the hierarchy", v.RowKind),
    "parent_code": a_text("上级编码", "code of the line this one is part of; null at the top"),
    "missing_columns": a_text("缺列", "columns of the form that the statement does not print"),
    "presence": a_text("有无", "whether the statement was found, and with figures", v.Presence),
    # --- how much ------------------------------------------------------------------------
    "amount_yuan": some_yuan("金额（元）", "the figure in yuan, exact"),
    "amount_text": a_text("原文", "the figure as printed"),
    "unit_text": a_text("计量单位", "unit printed for the figure"),
    "step_yuan": a_bound("精度（元）", "value of one unit in the last printed digit"),
    "low_yuan": a_bound("下限（元）", "smallest amount that agrees with what was printed"),
    "high_yuan": a_bound("上限（元）", "largest amount that agrees with what was printed"),
    "value_kind": a_text("数值性质", "printed, implied or corrected", v.ValueKind),
    "claim_id": a_text("陈述标识", "the claim a figure was implied by"),
    "ocr_confidence": a_share(
        "识别置信度",
        "how sure the least sure character of a recognised figure is; null if none was",
    ),
    "repairs": a_text("修复", "what was mended to read the row, codes joined by ';'"),
    # --- claims --------------------------------------------------------------------------
    "sentence": a_text("原句", "the sentence as printed"),
    "section": a_text("章节", "heading the sentence stands under"),
    "value_yuan": some_yuan("所述金额（元）", "the level the sentence states"),
    "value_step_yuan": a_bound("所述金额精度（元）", "printed precision of value_yuan"),
    "value": a_number("数值", "a number that is not money, in its unit"),
    "value_step": a_number("数值精度", "printed precision of value"),
    "unit": a_text("单位", "unit of value in its normal form"),
    "change_yuan": some_yuan("所述增减额（元）", "stated change, negative for a decrease"),
    "change_step_yuan": a_bound("所述增减额精度（元）", "printed precision of change_yuan"),
    "change_share": a_share("所述增减率", "stated growth, 0.05 for 5 %, negative for a decrease"),
    "change_share_step": a_share("所述增减率精度", "printed precision of change_share"),
    "share": a_share("占比", "share of the whole, 0 to 1"),
    "share_step": a_share("占比精度", "printed precision of share"),
    "share_base_code": a_text("占比基数", "code of the line the share is taken of"),
    "execution_share": a_share("完成率", "stated execution: the level as a share of base_stage"),
    "execution_share_step": a_share("完成率精度", "printed precision of execution_share"),
    "is_unchanged": a_flag("持平", "whether the sentence says 'the same as last year'"),
    "base_year": a_year("基期年度", "year the sentence compares with"),
    "base_stage": a_text("基期阶段", "stage the sentence compares with", v.Stage),
    "reason": a_text("原因", "the cause, or why a cell was set aside, in words"),
    "reason_en": a_text("原因（英文）", "the same reason in English"),
    # --- projects and indicators ---------------------------------------------------------
    "project": a_text("项目", "name of the project, normal form"),
    "kind": a_text("性质", "kind of the project as printed, or the sort of target or mention"),
    "period": a_text("项目期", "length of the project as printed"),
    "period_years": a_count("项目期（年）", "length of the project", "year"),
    "department_code": a_text("主管部门代码", "code of the department as printed"),
    "department_name": a_text("主管部门", "name of the department as printed"),
    "implementing_unit": a_text("实施单位", "unit that carries the project out"),
    "overview": a_text("项目概况", "what the project is, as printed"),
    "legal_basis": a_text("立项依据", "basis the project rests on"),
    "necessity": a_text("设立必要性", "why the project is needed"),
    "measures": a_text("保证措施", "rules and measures that secure it"),
    "plan": a_text("实施计划", "plan of implementation"),
    "term_goal": a_text("实施期目标", "goal for the whole term"),
    "annual_goal": a_text("年度目标", "goal for the year"),
    "filled_on": Field(pl.Date(), "", "填报日期", "day the form was filled in"),
    "filled_text": a_text("填报时间戳", "time stamp as printed"),
    "arrears_yuan": some_yuan(
        "以前年度欠付（元）", "arrears of earlier years inside the year's money"
    ),
    "arrears_text": a_text("欠付原文", "the words that state the arrears"),
    "indicator_id": a_text("指标标识", "document, project, block and number of the indicator"),
    "level1": a_text("一级指标", "first-level category"),
    "level2": a_text("二级指标", "second-level category"),
    "value_text": a_text("指标值", "target, or figure of a text, as printed"),
    "weight": a_number("分值", "points the target counts in the evaluation, as printed", "point"),
    "comparator": a_text("比较符", "how the target binds its number", forms.Comparator),
    "per_unit": a_text("每单位", "what one unit cost is paid for, without the period"),
    "per_period": a_text("每期", "period one unit cost is paid for: 月, 年, 天"),
    "is_level_repaired": a_flag("类别已修复", "whether level 1 or 2 was put back into place"),
    "quantity_id": a_text("对应数量指标", "the quantity a unit cost belongs to"),
    "quantity_basis": a_text("对应依据", "how that quantity was found"),
    # --- figures in running texts of projects ----------------------------------------------
    "mention_id": a_text("提及标识", "document, project, text and number of the figure in it"),
    "text_part": a_text("所在文字", "which running text of the form", forms.TextPart),
    "sentence_number": a_count("句", "sentence of the text, from 1"),
    "position": a_count("位置", "first character of the figure in the text, from 1"),
    "wording": a_text("原文", "the clause of the text that states the figure, as printed"),
    "noun": a_text("对象", "words before and behind the figure in its clause, joined by '…'"),
    "role": a_text("作用", "what the figure is by the words around it", forms.MentionRole),
    "is_about": a_flag("约数", "whether the text says that the figure is not exact"),
    "part_of": a_text("所属合计", "mention_id of the amount this one is a part of"),
    "is_closed": a_flag(
        "分项列全", "of a total: whether the text lists all of its parts, each with an amount"
    ),
    "contract_number": a_count("合同序号", "contract of the text the amount belongs to, from 1"),
    "product_number": a_count(
        "乘积序号", "product (quantity × unit price = amount) of the text, from 1"
    ),
    "month_day_from": a_count("月日起", "first day as month × 100 + day; null where open"),
    "month_day_to": a_count("月日止", "last day as month × 100 + day; null where open"),
    "date_from": Field(pl.Date(), "", "日期起", "first day; null where open or without a year"),
    "date_to": Field(pl.Date(), "", "日期止", "last day; null where open or without a year"),
    "date_basis": a_text("年份依据", "how the year of the date is known", forms.DateBasis),
    # --- findings ------------------------------------------------------------------------
    "finding_id": a_text("发现标识", "rule and place, stable over re-reading"),
    "rule": a_text("规则", "code of the rule"),
    "family": a_text("规则族", "family of the rule"),
    "outcome": a_text("结果", "how the check ended", v.Outcome),
    "severity": a_text("程度", "how much a failing check weighs", v.Severity),
    "subject": a_text("对象", "what was checked, in words"),
    "printed_text": a_text("原文数值", "what is printed"),
    "computed_text": a_text("计算数值", "what follows from the other figures"),
    "printed": a_number("列示值", "what is printed, as a number"),
    "computed": a_number("计算值", "what follows from the other figures, as a number"),
    "difference": a_number("差额", "printed minus computed"),
    "tolerance": a_number("容差", "half steps of all printed terms added up"),
    "measure_unit": a_text("计量", "unit of printed, computed and difference: yuan, share, 1"),
    "message_zh": a_text("说明", "one plain sentence in Chinese"),
    "message_en": a_text("说明（英文）", "the same sentence in English"),
    "state": a_text("状态", "what a failing check calls for", v.FindingState),
    "root": a_text("根源", "finding_id of the contradiction that this one follows from"),
    "evidence": a_text(
        "依据",
        "what was compared, by semicolons: document/block/row/column of facts, claim_id of claims",
    ),
    "fits_zh": a_text("吻合值", "the one figure that would resolve it, in Chinese"),
    "fits_en": a_text("吻合值（英文）", "the same in English"),
    # --- findings listed for people, and what a person answered ---------------------------
    "finding_key": a_text(
        "发现编号", "agency, year, stage, scope, rule and line: the same in every edition"
    ),
    "root_key": a_text("根源编号", "finding_key of the contradiction that this one follows from"),
    "rule_title_zh": a_text("规则名称", "title of the rule"),
    "rule_title_en": a_text("规则名称（英文）", "the same in English"),
    "why_zh": a_text("为何重要", "why it matters to a reader of the budget"),
    "why_en": a_text("为何重要（英文）", "the same in English"),
    "weight_share": a_share(
        "分量", "difference relative to the document's total; of percentages in points"
    ),
    "answer": a_text("答复", "accepted, explained or corrected; null where nobody answered"),
    "corrected_text": a_text("更正值", "the value that the person who answered says is right"),
    "note": a_text("答复说明", "what the person who answered says about it"),
    "reviewer": a_text("答复人", "who answered"),
    "answered_on": Field(pl.Date(), "", "答复日期", "when it was answered"),
    "seen_printed": a_number(
        "答复时列示值", "printed as it was when it was answered, else as it is"
    ),
    "seen_computed": a_number(
        "答复时计算值", "computed as it was when it was answered, else as it is"
    ),
    "is_stale": a_flag("答复已过时", "whether the figures that were answered have changed since"),
    "is_doubted": a_flag("核对不符", "whether the figure did not reconcile with others"),
    "is_doubted_prior": a_flag("上年数核对不符", "whether the prior figure did not reconcile"),
    # --- accounting for numbers ----------------------------------------------------------
    "cell_text": a_text("单元格", "the cell as printed"),
    "numeric_cell_count": a_count("数字单元格", "numeric cells of the statement"),
    "fact_cell_count": a_count("成为事实", "numeric cells that became facts"),
    "form_value_cell_count": a_count(
        "表单数值",
        "numeric cells of project forms that became targets, weights, periods or time stamps",
    ),
    "set_aside_cell_count": a_count("另列", "numeric cells set aside with a reason"),
}
