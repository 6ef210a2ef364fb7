"""The bridge between two years of a line: why the two published figures are not the same."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare

__all__ = ["ComparableBridge"]

_LINE = (
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
        return pl.struct(*_LINE, "step_order").is_unique()

    @dy.rule()
    def steps_lead_from_start_to_end(cls) -> pl.Expr:
        """The steps add up, to the cent, to the difference of the two figures."""
        amount = pl.col("change_yuan")
        signed = pl.when(pl.col("step") == "end").then(-amount).otherwise(amount)
        return signed.sum().over(_LINE) == 0
