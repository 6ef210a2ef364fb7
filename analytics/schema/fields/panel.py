"""The columns of coverage, of differences between panels, of the dictionary, and of standards."""

from __future__ import annotations

from analytics.schema import panel_vocabularies as panel
from analytics.schema import vocabularies as v
from analytics.schema.fields.model import Field, a_count, a_flag, a_share, a_text, a_year, some_yuan

__all__ = ["PANEL"]

PANEL: dict[str, Field] = {
    # --- coverage --------------------------------------------------------------------------
    "coverage_state": a_text(
        "覆盖情况", "what the panel has of the statement in the year", panel.CoverageState
    ),
    # --- differences between two states ----------------------------------------------------
    "document_change": a_text("文件变化", "what became of the document", panel.DocumentChange),
    "fact_change": a_text("数据变化", "what became of the figure", panel.FactChange),
    "finding_change": a_text("核验变化", "what became of the failed check", panel.FindingChange),
    "changed_columns": a_text("变化的列", "columns that differ, joined by semicolons"),
    "before_document_id": a_text(
        "原文件", "document of the state before, joined by semicolons where several"
    ),
    "before_reader_version": a_text("原读取版本", "version of the reader in the state before"),
    "before_code": a_text("原编码", "code in the state before"),
    "before_name": a_text("原名称", "name in the state before"),
    "before_yuan": some_yuan("原金额（元）", "amount in the state before"),
    "after_yuan": some_yuan("现金额（元）", "amount in the state after"),
    "after_outcome": a_text(
        "现核验结果", "outcome of the same check in the state after", v.Outcome
    ),
    # --- dictionary of codes ---------------------------------------------------------------
    "code_level": a_text("层级", "类, 款 or 项"),
    "code_status": a_text("可靠程度", "how well the code is known", panel.CodeStatus),
    "years_basis": a_text("年度依据", "on what the years of the code rest"),
    "code_source": a_text("来源", "where the code is known from"),
    "printed_names": a_text(
        "公开文件所列名称", "names that documents print with the code, each with its years"
    ),
    "printed_agency_count": a_count("列示单位数", "agencies that print the code"),
    "first_printed_year": a_year("最早列示年度", "first year in which the code is printed"),
    "last_printed_year": a_year("最晚列示年度", "last year in which the code is printed"),
    "is_name_known": a_flag("名称相符", "whether the reference gives the code these names"),
    # --- international classifications -----------------------------------------------------
    "standard": a_text("国际标准", "international classification", panel.Standard),
    "target_code": a_text("国际编码", "code of the international classification"),
    "target_name": a_text("国际名称", "name of that code"),
    "target_level": a_text("国际层级", "level of that code"),
    "mapping": a_text("对应方式", "how the amount got into its row", panel.Mapping),
    "certainty": a_text("对应把握", "how sure the counterpart is", panel.Certainty),
    "mapping_note": a_text("对应说明", "what is doubtful about the counterpart"),
    "source_codes": a_text("国内编码", "codes in the row, joined by semicolons"),
    "matched_digits": a_count("匹配位数", "digits of the shortest code that was matched", "digits"),
    "whole_yuan": some_yuan("报表合计（元）", "printed total of the statement"),
    "spending_yuan": some_yuan("支出总额（元）", "expenditure of the year, all funds"),
    "whole_share": a_share("占支出总额", "printed total of the statement over expenditure"),
}
"""The columns by name."""
