"""The columns of stages side by side, of credibility, of real terms, and of people counted."""

from __future__ import annotations

from analytics.schema import stage_vocabularies as stages
from analytics.schema import vocabularies as v
from analytics.schema.fields.model import (
    Field,
    a_count,
    a_number,
    a_share,
    a_text,
    a_year,
    some_yuan,
)
from analytics.schema.link_vocabularies import Confidence

__all__ = ["STAGES"]

STAGES: dict[str, Field] = {
    # --- budget, adjusted budget, final ----------------------------------------------------
    "budget_yuan": some_yuan("年初预算（元）", "amount of the original budget"),
    "budget_column_yuan": some_yuan(
        "决算文件所列预算（元）", "original budget as the final accounts print it beside the final"
    ),
    "adjusted_budget_yuan": some_yuan("调整预算（元）", "amount of the adjusted budget"),
    "final_yuan": some_yuan("决算（元）", "amount of the final accounts"),
    "deviation_yuan": some_yuan("预决算差额（元）", "final less original budget"),
    "deviation_share": a_share("预决算偏离度", "(final − original budget) / original budget"),
    "deviation_low_share": a_share("偏离度下限", "smallest deviation the printed figures allow"),
    "deviation_high_share": a_share("偏离度上限", "largest deviation the printed figures allow"),
    "execution_low_share": a_share("执行率下限", "smallest execution the printed figures allow"),
    "execution_high_share": a_share("执行率上限", "largest execution the printed figures allow"),
    "execution_basis": a_text("执行率分母", "stage that the final is divided by", v.Stage),
    "execution_status": a_text(
        "执行状态", "what became of the line between budget and final", stages.ExecutionStatus
    ),
    "budget_statement": a_text(
        "预算所在报表", "statement the original budget was taken from", v.Statement
    ),
    "budget_carryover_basis": a_text(
        "预算结转口径", "whether carry-over is inside the original budget", v.CarryoverBasis
    ),
    "budget_origin": a_text(
        "预算数来源", "document the original budget was taken from", stages.FigureOrigin
    ),
    "adjusted_budget_origin": a_text(
        "调整预算数来源", "document the adjusted budget was taken from", stages.FigureOrigin
    ),
    "final_origin": a_text("决算数来源", "document the final was taken from", stages.FigureOrigin),
    "budget_source": a_text("预算出处", "where the original budget was printed"),
    "adjusted_budget_source": a_text("调整预算出处", "where the adjusted budget was printed"),
    "final_source": a_text("决算出处", "where the final was printed"),
    # --- two sides of a line ---------------------------------------------------------------
    "first_side": a_text("前者", "scope or stage of the first amount", v.Scope, v.Stage),
    "second_side": a_text("后者", "scope or stage of the second amount", v.Scope, v.Stage),
    "first_yuan": some_yuan("前者（元）", "amount of the first side"),
    "second_yuan": some_yuan("后者（元）", "amount of the second side"),
    "difference_yuan": some_yuan("差额（元）", "second less first side"),
    "second_share": a_share("后者占前者", "second divided by first side"),
    "first_carryover_basis": a_text(
        "前者结转口径", "whether carry-over is inside the first amount", v.CarryoverBasis
    ),
    "second_carryover_basis": a_text(
        "后者结转口径", "whether carry-over is inside the second amount", v.CarryoverBasis
    ),
    "side_status": a_text("两方状态", "which of the two sides has the line", stages.SideStatus),
    "side_comparability": a_text(
        "两方可比性", "whether the two sides mean the same", stages.SideComparability
    ),
    "first_source": a_text("前者出处", "where the first amount was printed"),
    "second_source": a_text("后者出处", "where the second amount was printed"),
    # --- credibility -----------------------------------------------------------------------
    "credibility_indicator": a_text(
        "指标", "measure of budget credibility", stages.CredibilityIndicator
    ),
    "outturn_share": a_share("决算占预算", "final divided by original budget"),
    "variance_share": a_share(
        "结构偏离", "absolute differences from the budget scaled to the final, over that budget"
    ),
    "left_out_yuan": some_yuan("未计入（元）", "original budget of contingency and interest"),
    "measure_state": a_text("测算状态", "whether there was enough to measure", stages.MeasureState),
    "score": a_text("评分", "score of the three years", stages.CredibilityScore),
    "first_year": a_year("起始年度", "first year"),
    "last_year": a_year("末年度", "last year"),
    "year_count": a_count("年数", "years asked for"),
    "measured_year_count": a_count("可测算年数", "years with a measure"),
    "within_a_count": a_count("达A年数", "years within the bounds of score A"),
    "within_b_count": a_count("达B年数", "years within the bounds of score B"),
    "within_c_count": a_count("达C年数", "years within the bounds of score C"),
    # --- prices ----------------------------------------------------------------------------
    "price_series": a_text("价格序列", "name of the price series"),
    "price_area": a_text("价格地区", "area the prices are of"),
    "price_index": a_number("价格指数", "price level of the year, in the unit of the series", "1"),
    "price_index_prior": a_number("上年价格指数", "price level of the prior year", "1"),
    "price_unit": a_text("价格单位", "what the series is an index of, as published"),
    "price_confidence": a_text("价格把握", "how sure the prices are, the least sure", Confidence),
    "price_note": a_text("价格说明", "where the series comes from"),
    "price_base_year": a_year("价格基年", "year at whose prices real amounts are stated"),
    "deflator": a_text("平减指数", "price series and area that real amounts rest on"),
    "amount_real_yuan": some_yuan("实际值（元）", "amount at prices of the base year, to the cent"),
    "amount_prior_real_yuan": some_yuan(
        "上年实际值（元）", "prior amount at prices of the base year, to the cent"
    ),
    "change_real_yuan": some_yuan("实际增减额（元）", "change at prices of the base year"),
    "growth_real_share": a_share("实际增减率", "real change divided by the real prior amount"),
    "real_reason": a_text("无实际值原因", "why there is no real amount"),
    "real_reason_en": a_text("无实际值原因（英文）", "the same in English"),
    # --- heads -----------------------------------------------------------------------------
    "head_date": a_text("人数时点", "date or period the count is of; null where it is not stated"),
    "head_source": a_text("人数出处", "where the count comes from"),
    "head_reason": a_text("无人均值原因", "why there is no amount per head"),
    "head_reason_en": a_text("无人均值原因（英文）", "the same in English"),
}
"""The columns by name."""
