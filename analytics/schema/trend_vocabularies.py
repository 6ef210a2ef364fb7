"""Closed lists of the statistics over years: methods, what came of them, what they assume."""

from __future__ import annotations

from analytics.schema.vocabularies import Vocabulary

__all__ = ["Assumption", "TrendMethod", "TrendStatus"]


class TrendMethod(Vocabulary):
    """What is made of the years of a line; the first three where there are too few for more."""

    LEVEL = "level", "水平", "level"
    CHANGE = "change", "增减", "change"
    SLOPE = "slope", "斜率（描述）", "slope as a description"
    OLS = "ols", "最小二乘趋势", "ordinary least squares with t intervals"
    HAC = "hac", "异方差自相关稳健区间", "intervals robust to autocorrelation (HAC)"
    ROBUST = "robust", "稳健回归", "robust regression"
    QUANTILE = "quantile", "分位数回归", "quantile regression"
    HOLT = "holt", "霍尔特指数平滑", "Holt's exponential smoothing"
    ETS = "ets", "指数平滑状态空间模型", "exponential smoothing in state space (ETS)"
    ARIMA = "arima", "ARIMA 模型", "ARIMA"
    BREAKS = "breaks", "结构突变检验", "tests for structural breaks"


class TrendStatus(Vocabulary):
    """How far a statistic can be trusted to say more than the figures it is made of."""

    GIVEN = "given", "已估计", "estimated, with intervals"
    DESCRIBED = "described", "仅作描述", "a description, without intervals"
    REFUSED = "refused", "不予计算", "refused"


class Assumption(Vocabulary):
    """What must hold for an interval to be as wide as it should be."""

    INDEPENDENT_ERRORS = (
        "independent_errors",
        "各年偏离趋势线的误差相互独立、近似正态、方差相同",
        "deviations from the line are independent over the years, normal, of one variance",
    )
    RANDOM_WALK = (
        "random_walk_with_drift",
        "各年对数增减相互独立、近似正态、方差相同（带漂移的随机游走）",
        "yearly changes of the logarithm are independent, normal, of one variance",
    )
    INDEPENDENT_AGENCIES = (
        "independent_agencies",
        "单位之间相互独立；同一年影响所有单位的因素不在区间之内",
        "agencies are independent; what moves all of them in one year is not in the interval",
    )
