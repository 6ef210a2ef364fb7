"""The columns of lines over the years, of their trends, and of growth over many agencies."""

from __future__ import annotations

import polars as pl

from analytics.schema import trend_vocabularies as trends
from analytics.schema.fields.model import Field, a_count, a_flag, a_share, a_text, a_year, some_yuan

__all__ = ["TRENDS"]


def _a_slope(zh: str, meaning: str) -> Field:
    return Field(pl.Float64(), "yuan per year", zh, meaning)


def _a_log_slope(zh: str, meaning: str) -> Field:
    return Field(pl.Float64(), "log per year", zh, meaning)


TRENDS: dict[str, Field] = {
    # --- the years of a line ---------------------------------------------------------------
    "line_key": a_text("行标识", "the line as one text, the same in every year"),
    "index_base_year": a_year("定基年", "year whose amount the index divides by"),
    "index_share": a_share("定基指数", "amount divided by that of the base year"),
    "index_reason": a_text("无指数原因", "why there is no index"),
    "index_reason_en": a_text("无指数原因（英文）", "the same in English"),
    "is_break": a_flag("断点", "whether the figure and the one before it are of different things"),
    "is_disputed": a_flag("数字存疑", "whether figures of the line and year contradict each other"),
    "statement_last_year": a_year(
        "该表末年度", "last year whose own statement prints lines of this level"
    ),
    # --- trends ----------------------------------------------------------------------------
    "used_year_count": a_count("所用年数", "years with a figure that the row rests on"),
    "left_out_year_count": a_count("未用年数", "years with a figure before the last break"),
    "disputed_year_count": a_count("存疑年数", "years used whose figures contradict each other"),
    "has_gap": a_flag("有缺年", "whether years between the first and the last used are missing"),
    "has_break": a_flag("有断点", "whether years before a break were left out"),
    "amount_first_yuan": some_yuan("首年（元）", "amount of the first year used"),
    "total_change_yuan": some_yuan("累计增减额（元）", "amount of the last year less the first"),
    "total_growth_share": a_share("累计增减率", "total change divided by the first amount"),
    "mean_growth_share": a_share("年均增长率", "geometric mean growth a year"),
    "trend_method": a_text("方法", "what was made of the years", trends.TrendMethod),
    "trend_status": a_text("趋势状态", "how far the figures carry", trends.TrendStatus),
    "slope_yuan_per_year": _a_slope("年均变动（元）", "slope of the least squares line"),
    "slope_se_yuan_per_year": _a_slope("斜率标准误", "standard error of the slope"),
    "slope_low_yuan_per_year": _a_slope("斜率下限", "lower end of the interval of the slope"),
    "slope_high_yuan_per_year": _a_slope("斜率上限", "upper end of the interval of the slope"),
    "slope_assumption": a_text("斜率区间假定", "what its interval assumes", trends.Assumption),
    "theil_sen_yuan_per_year": _a_slope("Theil–Sen 斜率", "median of the slopes of all pairs"),
    "confidence_share": a_share("置信水平", "share of such intervals that hold the true value"),
    "forecast_year": a_year("预测年度", "year that is forecast"),
    "forecast_yuan": some_yuan("预测值（元）", "median forecast, to the cent"),
    "forecast_low_yuan": some_yuan("预测下限（元）", "lower end of the forecast interval"),
    "forecast_high_yuan": some_yuan("预测上限（元）", "upper end of the forecast interval"),
    "forecast_assumption": a_text("预测假定", "what the forecast assumes", trends.Assumption),
    "forecast_reason": a_text("无预测原因", "why there is no forecast"),
    "forecast_reason_en": a_text("无预测原因（英文）", "the same in English"),
    # --- many agencies ---------------------------------------------------------------------
    "pooled_agency_count": a_count("单位数", "agencies whose figures the estimate rests on"),
    "observation_count": a_count("观测数", "figures that the estimate rests on"),
    "short_agency_count": a_count(
        "年数不足单位数", "agencies left out because no two years of theirs can be compared"
    ),
    "nonpositive_agency_count": a_count(
        "有零或负数单位数", "agencies left out because a figure is zero or below"
    ),
    "log_slope": _a_log_slope("对数斜率", "change of the logarithm of the amount a year"),
    "log_slope_se": _a_log_slope("对数斜率标准误", "its standard error, clustered by agency"),
    "log_slope_low": _a_log_slope("对数斜率下限", "lower end of its interval"),
    "log_slope_high": _a_log_slope("对数斜率上限", "upper end of its interval"),
    "yearly_growth_share": a_share("年增长率", "exp(log_slope) − 1"),
    "yearly_growth_low_share": a_share("年增长率下限", "lower end of its interval"),
    "yearly_growth_high_share": a_share("年增长率上限", "upper end of its interval"),
    "within_r_squared": Field(
        pl.Float64(),
        "1",
        "组内拟合优度",
        "share of the variance within agencies that years explain",
    ),
    "pooled_assumption": a_text("合并估计假定", "what its interval assumes", trends.Assumption),
}
"""The columns by name."""
