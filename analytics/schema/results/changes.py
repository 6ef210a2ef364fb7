"""Results about two years of a line, and of a whole."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare

__all__ = ["Bridge", "Changes", "ComparableBridge", "ComparisonCoverage", "Witnesses"]

_CHANGE_KEY = (
    "agency_id",
    "fiscal_year",
    "stage",
    "scope",
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
    "code_prior",
)


class Changes(dy.Schema):
    """One row a line of a statement in one pair of years (agency, statement, line, fund, part)."""

    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    prior_year = declare("prior_year")
    stage = declare("stage")
    stage_prior = declare("stage_prior")
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
    code_prior = declare("code_prior", nullable=True)
    name_prior = declare("name_prior", nullable=True)
    row_kind = declare("row_kind")
    amount_prior_yuan = declare("amount_prior_yuan", nullable=True)
    amount_yuan = declare("amount_yuan", nullable=True)
    change_yuan = declare("change_yuan", nullable=True)
    change_low_yuan = declare("change_low_yuan", nullable=True)
    change_high_yuan = declare("change_high_yuan", nullable=True)
    growth_share = declare("growth_share", nullable=True)
    growth_low_share = declare("growth_low_share", nullable=True)
    growth_high_share = declare("growth_high_share", nullable=True)
    contribution_share = declare("contribution_share", nullable=True)
    change_rank = declare("change_rank", nullable=True)
    status = declare("status")
    comparability = declare("comparability")
    link_kinds = declare("link_kinds", nullable=True)
    link_basis = declare("link_basis", nullable=True)
    link_confidence = declare("link_confidence", nullable=True)
    value_kind = declare("value_kind", nullable=True)
    value_kind_prior = declare("value_kind_prior", nullable=True)
    source = declare("source", nullable=True)
    source_prior = declare("source_prior", nullable=True)

    @dy.rule()
    def one_row_a_line(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key: the whole identity is one row's."""
        return pl.struct(_CHANGE_KEY).is_unique()


class ComparisonCoverage(dy.Schema):
    """One row a way in which money of a statement is compared between two years, and how much."""

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    prior_year = declare("prior_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    statement = declare("statement", primary_key=True)
    flow = declare("flow", primary_key=True)
    classification = declare("classification", primary_key=True)
    fund = declare("fund", primary_key=True)
    component = declare("component", primary_key=True)
    treatment = declare("treatment", primary_key=True)
    line_count = declare("line_count")
    amount_prior_yuan = declare("amount_prior_yuan")
    amount_yuan = declare("amount_yuan")
    money_prior_share = declare("money_prior_share", nullable=True)
    money_share = declare("money_share", nullable=True)
    link_confidence = declare("link_confidence", nullable=True)


class Witnesses(dy.Schema):
    """One row a figure that a document states of a line and year."""

    document_id = declare("document_id", primary_key=True)
    block = declare("block", primary_key=True)
    row = declare("row", primary_key=True)
    column = declare("column", primary_key=True)
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
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
    parent_code = declare("parent_code", nullable=True)
    name = declare("name")
    witness_rank = declare("witness_rank")
    amount_yuan = declare("amount_yuan")
    low_yuan = declare("low_yuan")
    high_yuan = declare("high_yuan")
    value_kind = declare("value_kind")
    is_restated = declare("is_restated")
    agrees = declare("agrees")
    source = declare("source")


class Bridge(dy.Schema):
    """One row a bar of the bridge from last year's total to this year's, in drawing order.

    For every bar ``change_yuan`` is ``end_yuan`` − ``start_yuan``: the first and the last one stand
    on zero and are as high as the total of their year.
    """

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    prior_year = declare("prior_year")
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    step_order = declare("step_order", primary_key=True)
    step = declare("step")
    label_zh = declare("label_zh")
    label_en = declare("label_en")
    change_yuan = declare("change_yuan")
    change_low_yuan = declare("change_low_yuan")
    change_high_yuan = declare("change_high_yuan")
    start_yuan = declare("start_yuan")
    end_yuan = declare("end_yuan")
    contribution_share = declare("contribution_share", nullable=True)
    growth_share = declare("growth_share", nullable=True)
    is_unexplained = declare("is_unexplained")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)
    source = declare("source", nullable=True)


class ComparableBridge(dy.Schema):
    """One row a bar of the bridge of a line (agency, pair of years, line, step), in drawing order.

    For every bar ``change_yuan`` is ``end_yuan`` − ``start_yuan``, and the bars between the first
    and the last one add up to the difference of these two.
    """

    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    prior_year = declare("prior_year")
    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    code_prior = declare("code_prior", nullable=True)
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    parent_code = declare("parent_code", nullable=True)
    name = declare("name")
    comparability = declare("comparability")
    link_confidence = declare("link_confidence", nullable=True)
    step_order = declare("step_order")
    step = declare("step")
    label_zh = declare("label_zh")
    label_en = declare("label_en")
    change_yuan = declare("change_yuan")
    change_low_yuan = declare("change_low_yuan")
    change_high_yuan = declare("change_high_yuan")
    start_yuan = declare("start_yuan")
    end_yuan = declare("end_yuan")
    contribution_share = declare("contribution_share", nullable=True)
    growth_share = declare("growth_share", nullable=True)
    is_unexplained = declare("is_unexplained")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)
    source = declare("source", nullable=True)

    @dy.rule()
    def one_row_a_step(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key: a line has each step once."""
        return pl.struct(*_CHANGE_KEY, "step_order").is_unique()

    @dy.rule()
    def steps_lead_from_start_to_end(cls) -> pl.Expr:
        """The steps add up, to the cent, to the difference of the two figures."""
        amount = pl.col("change_yuan")
        signed = pl.when(pl.col("step") == "end").then(-amount).otherwise(amount)
        return signed.sum().over(_CHANGE_KEY) == 0
