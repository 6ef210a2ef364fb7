"""Results about the stages of a budget, about scopes, and about prices and people."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare

__all__ = [
    "Credibility",
    "CredibilityScores",
    "Deflator",
    "Deflators",
    "Execution",
    "Heads",
    "PerHead",
    "RealTerms",
    "SideBySide",
]

_LINE = (
    "statement",
    "flow",
    "classification",
    "code",
    "counterpart_code",
    "fund",
    "component",
    "carryover_basis",
    "parent_code",
    "name",
)


class Execution(dy.Schema):
    """One row a line of a statement in one year: budget, adjusted budget and final beside it."""

    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    name = declare("name")
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    parent_code = declare("parent_code", nullable=True)
    row_kind = declare("row_kind")
    budget_yuan = declare("budget_yuan", nullable=True)
    budget_column_yuan = declare("budget_column_yuan", nullable=True)
    adjusted_budget_yuan = declare("adjusted_budget_yuan", nullable=True)
    final_yuan = declare("final_yuan", nullable=True)
    deviation_yuan = declare("deviation_yuan", nullable=True)
    deviation_share = declare("deviation_share", nullable=True)
    deviation_low_share = declare("deviation_low_share", nullable=True)
    deviation_high_share = declare("deviation_high_share", nullable=True)
    execution_share = dy.Float64(
        nullable=True,
        description="final divided by the adjusted budget, or by the original one",
        metadata={"unit": "1", "zh": "执行率"},
    )
    execution_low_share = declare("execution_low_share", nullable=True)
    execution_high_share = declare("execution_high_share", nullable=True)
    execution_basis = declare("execution_basis", nullable=True)
    execution_status = declare("execution_status")
    side_comparability = declare("side_comparability")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)
    budget_statement = declare("budget_statement", nullable=True)
    budget_carryover_basis = declare("budget_carryover_basis", nullable=True)
    budget_origin = declare("budget_origin", nullable=True)
    adjusted_budget_origin = declare("adjusted_budget_origin", nullable=True)
    final_origin = declare("final_origin", nullable=True)
    budget_source = declare("budget_source", nullable=True)
    adjusted_budget_source = declare("adjusted_budget_source", nullable=True)
    final_source = declare("final_source", nullable=True)

    @dy.rule()
    def one_row_a_line(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key: the whole identity is one row's."""
        return pl.struct("agency_id", "fiscal_year", "scope", *_LINE).is_unique()


class SideBySide(dy.Schema):
    """One row a line of a statement: its amounts in two scopes, or at two stages, of one year.

    ``scope`` is null where scopes stand beside each other, ``stage`` where stages do.
    """

    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage", nullable=True)
    scope = declare("scope", nullable=True)
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    name = declare("name")
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    parent_code = declare("parent_code", nullable=True)
    row_kind = declare("row_kind")
    first_side = declare("first_side")
    second_side = declare("second_side")
    first_yuan = declare("first_yuan", nullable=True)
    second_yuan = declare("second_yuan", nullable=True)
    difference_yuan = declare("difference_yuan", nullable=True)
    second_share = declare("second_share", nullable=True)
    side_status = declare("side_status")
    side_comparability = declare("side_comparability")
    first_carryover_basis = declare("first_carryover_basis", nullable=True)
    second_carryover_basis = declare("second_carryover_basis", nullable=True)
    first_source = declare("first_source", nullable=True)
    second_source = declare("second_source", nullable=True)

    @dy.rule()
    def one_row_a_line(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key: the whole identity is one row's."""
        return pl.struct("agency_id", "fiscal_year", "stage", "scope", *_LINE).is_unique()


class Credibility(dy.Schema):
    """One row an indicator in one year: how far the final lies from the original budget."""

    agency_id = declare("agency_id", primary_key=True)
    scope = declare("scope", primary_key=True)
    credibility_indicator = declare("credibility_indicator", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    statement = declare("statement", nullable=True)
    fund = declare("fund", nullable=True)
    budget_yuan = declare("budget_yuan", nullable=True)
    final_yuan = declare("final_yuan", nullable=True)
    left_out_yuan = declare("left_out_yuan", nullable=True)
    item_count = declare("item_count")
    outturn_share = declare("outturn_share", nullable=True)
    variance_share = declare("variance_share", nullable=True)
    measure_state = declare("measure_state")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)


class CredibilityScores(dy.Schema):
    """One row an indicator: the score of the three years, or why there is none."""

    agency_id = declare("agency_id", primary_key=True)
    scope = declare("scope", primary_key=True)
    credibility_indicator = declare("credibility_indicator", primary_key=True)
    first_year = declare("first_year")
    last_year = declare("last_year")
    year_count = declare("year_count")
    measured_year_count = declare("measured_year_count")
    within_a_count = declare("within_a_count")
    within_b_count = declare("within_b_count")
    within_c_count = declare("within_c_count")
    score = declare("score", nullable=True)
    measure_state = declare("measure_state")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)


class Deflators(dy.Schema):
    """One row a price series of an area: what it is, for which years, and how sure."""

    price_series = declare("price_series", primary_key=True)
    price_area = declare("price_area", primary_key=True)
    first_year = declare("first_year")
    last_year = declare("last_year")
    price_unit = declare("price_unit")
    price_confidence = declare("price_confidence")
    price_note = declare("price_note", nullable=True)


class Deflator(dy.Schema):
    """One row a year: the price level of one series, as an index."""

    price_series = declare("price_series")
    price_area = declare("price_area")
    fiscal_year = declare("fiscal_year", primary_key=True)
    price_index = declare("price_index")
    price_confidence = declare("price_confidence")

    @dy.rule()
    def one_series(cls) -> pl.Expr:
        """Levels of two series or areas are not levels of one another."""
        return pl.struct("price_series", "price_area").n_unique() == 1

    @dy.rule()
    def index_is_positive(cls) -> pl.Expr:
        """A price level is above zero."""
        return pl.col("price_index") > 0


class RealTerms(dy.Schema):
    """What :func:`~analytics.analysis.real_terms` adds to a result.

    The columns of the prior year are added where the result has ``amount_prior_yuan``.
    """

    deflator = declare("deflator")
    price_base_year = declare("price_base_year")
    price_index = declare("price_index", nullable=True)
    price_confidence = declare("price_confidence", nullable=True)
    amount_real_yuan = declare("amount_real_yuan", nullable=True)
    price_index_prior = declare("price_index_prior", nullable=True)
    amount_prior_real_yuan = declare("amount_prior_real_yuan", nullable=True)
    change_real_yuan = declare("change_real_yuan", nullable=True)
    growth_real_share = declare("growth_real_share", nullable=True)
    real_reason = declare("real_reason", nullable=True)
    real_reason_en = declare("real_reason_en", nullable=True)


class Heads(dy.Schema):
    """One row a count of people: of an agency or a region, in one year, on one basis."""

    agency_id = declare("agency_id", nullable=True)
    region_code = declare("region_code", nullable=True)
    fiscal_year = declare("fiscal_year")
    stage = declare("stage", nullable=True)
    scope = declare("scope", nullable=True)
    head_basis = declare("head_basis")
    head_count = declare("head_count")
    head_date = declare("head_date", nullable=True)
    head_source = declare("head_source")

    @dy.rule()
    def somebody_is_counted(cls) -> pl.Expr:
        """A count is of an agency or of a region, not of both."""
        return pl.col("agency_id").is_null() ^ pl.col("region_code").is_null()

    @dy.rule()
    def nobody_is_missing(cls) -> pl.Expr:
        """There are no people or some."""
        return pl.col("head_count") >= 0

    @dy.rule()
    def one_count_a_basis(cls) -> pl.Expr:
        """Two counts on one basis would divide an amount twice."""
        owner = ("agency_id", "region_code", "fiscal_year", "stage", "scope", "head_basis")
        return pl.struct(owner).is_unique()


class PerHead(dy.Schema):
    """What :func:`~analytics.analysis.per_head` adds to a result."""

    head_basis = declare("head_basis")
    head_count = declare("head_count", nullable=True)
    head_date = declare("head_date", nullable=True)
    head_source = declare("head_source", nullable=True)
    amount_yuan_per_head = declare("amount_yuan_per_head", nullable=True)
    head_reason = declare("head_reason", nullable=True)
    head_reason_en = declare("head_reason_en", nullable=True)
