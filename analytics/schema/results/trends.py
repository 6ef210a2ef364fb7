"""Results about lines over more than two years."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare

__all__ = ["PooledGrowth", "Series", "Trends"]


class Series(dy.Schema):
    """One row a line and year with a figure, beside the figure before it.

    ``prior_year`` is the year of that figure, null where there is none; ``change_yuan`` and
    ``growth_share`` are of consecutive years only.
    """

    line_key = declare("line_key", primary_key=True)
    agency_id = declare("agency_id")
    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    name = declare("name")
    parent_code = declare("parent_code", nullable=True)
    row_kind = declare("row_kind")
    fiscal_year = declare("fiscal_year", primary_key=True)
    prior_year = declare("prior_year", nullable=True)
    amount_yuan = declare("amount_yuan")
    low_yuan = declare("low_yuan")
    high_yuan = declare("high_yuan")
    change_yuan = declare("change_yuan", nullable=True)
    growth_share = declare("growth_share", nullable=True)
    index_base_year = declare("index_base_year", nullable=True)
    index_share = declare("index_share", nullable=True)
    index_reason = declare("index_reason", nullable=True)
    index_reason_en = declare("index_reason_en", nullable=True)
    is_break = declare("is_break")
    comparability = declare("comparability", nullable=True)
    code_prior = declare("code_prior", nullable=True)
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)
    is_disputed = declare("is_disputed")
    statement_last_year = declare("statement_last_year")
    value_kind = declare("value_kind")
    source = declare("source")

    @dy.rule()
    def an_index_or_a_reason(cls) -> pl.Expr:
        """An index that is missing says why."""
        return pl.col("index_share").is_null() == pl.col("index_reason").is_not_null()


class Trends(dy.Schema):
    """One row a line: what its years since the last break show, and what they do not.

    Name, parent and carry-over basis are those of the last year used, as is ``amount_yuan``.
    """

    line_key = declare("line_key", primary_key=True)
    agency_id = declare("agency_id")
    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    name = declare("name")
    parent_code = declare("parent_code", nullable=True)
    row_kind = declare("row_kind")
    first_year = declare("first_year")
    last_year = declare("last_year")
    used_year_count = declare("used_year_count")
    left_out_year_count = declare("left_out_year_count")
    disputed_year_count = declare("disputed_year_count")
    has_gap = declare("has_gap")
    has_break = declare("has_break")
    amount_first_yuan = declare("amount_first_yuan")
    amount_yuan = declare("amount_yuan")
    total_change_yuan = declare("total_change_yuan", nullable=True)
    total_growth_share = declare("total_growth_share", nullable=True)
    mean_growth_share = declare("mean_growth_share", nullable=True)
    trend_method = declare("trend_method")
    trend_status = declare("trend_status")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)
    slope_yuan_per_year = declare("slope_yuan_per_year", nullable=True)
    slope_se_yuan_per_year = declare("slope_se_yuan_per_year", nullable=True)
    slope_low_yuan_per_year = declare("slope_low_yuan_per_year", nullable=True)
    slope_high_yuan_per_year = declare("slope_high_yuan_per_year", nullable=True)
    slope_assumption = declare("slope_assumption", nullable=True)
    theil_sen_yuan_per_year = declare("theil_sen_yuan_per_year", nullable=True)
    confidence_share = declare("confidence_share")
    forecast_year = declare("forecast_year", nullable=True)
    forecast_yuan = declare("forecast_yuan", nullable=True)
    forecast_low_yuan = declare("forecast_low_yuan", nullable=True)
    forecast_high_yuan = declare("forecast_high_yuan", nullable=True)
    forecast_assumption = declare("forecast_assumption", nullable=True)
    forecast_reason = declare("forecast_reason", nullable=True)
    forecast_reason_en = declare("forecast_reason_en", nullable=True)

    @dy.rule()
    def an_interval_or_a_reason(cls) -> pl.Expr:
        """What has no interval says why."""
        is_given = pl.col("trend_status") == "given"
        return is_given == pl.col("slope_low_yuan_per_year").is_not_null()

    @dy.rule()
    def a_forecast_or_a_reason(cls) -> pl.Expr:
        """A forecast that is missing says why."""
        return pl.col("forecast_yuan").is_null() == pl.col("forecast_reason").is_not_null()


class PooledGrowth(dy.Schema):
    """One row a line of many agencies: how fast it grows within them, on average."""

    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    name = declare("name")
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    first_year = declare("first_year", nullable=True)
    last_year = declare("last_year", nullable=True)
    pooled_agency_count = declare("pooled_agency_count")
    observation_count = declare("observation_count")
    short_agency_count = declare("short_agency_count")
    nonpositive_agency_count = declare("nonpositive_agency_count")
    log_slope = declare("log_slope", nullable=True)
    log_slope_se = declare("log_slope_se", nullable=True)
    log_slope_low = declare("log_slope_low", nullable=True)
    log_slope_high = declare("log_slope_high", nullable=True)
    yearly_growth_share = declare("yearly_growth_share", nullable=True)
    yearly_growth_low_share = declare("yearly_growth_low_share", nullable=True)
    yearly_growth_high_share = declare("yearly_growth_high_share", nullable=True)
    within_r_squared = declare("within_r_squared", nullable=True)
    confidence_share = declare("confidence_share")
    pooled_assumption = declare("pooled_assumption", nullable=True)
    trend_status = declare("trend_status")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)

    @dy.rule()
    def one_row_a_line(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key: the whole identity is one row's."""
        return pl.struct(
            "stage",
            "scope",
            "statement",
            "flow",
            "classification",
            "code",
            "counterpart_code",
            "fund",
            "component",
        ).is_unique()
