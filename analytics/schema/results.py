"""The declared schemas of what the analysis functions return.

Charts, the report and the export know results by these schemas only.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare

__all__ = [
    "RESULTS",
    "Bridge",
    "Changes",
    "CheckMatrix",
    "Doubts",
    "HeadCosts",
    "MixSummary",
    "ProcurementShares",
    "SpendingMix",
    "UnitCosts",
]


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
    status = declare("status")
    comparability = declare("comparability")
    value_kind = declare("value_kind", nullable=True)
    value_kind_prior = declare("value_kind_prior", nullable=True)
    source = declare("source", nullable=True)
    source_prior = declare("source_prior", nullable=True)

    @dy.rule()
    def one_row_a_line(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key: the whole identity is one row's."""
        return pl.struct(_CHANGE_KEY).is_unique()


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


class SpendingMix(dy.Schema):
    """One row an item of a mix: its amount and its share of the agency's spending in a year."""

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    dimension = declare("dimension", primary_key=True)
    code = declare("code", primary_key=True)
    name = declare("name")
    amount_yuan = declare("amount_yuan")
    share = declare("share", nullable=True)
    amount_prior_yuan = declare("amount_prior_yuan", nullable=True)
    share_prior = declare("share_prior", nullable=True)
    source = declare("source", nullable=True)


class MixSummary(dy.Schema):
    """One row a mix: how concentrated it is and how far it moved since the year before."""

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    dimension = declare("dimension", primary_key=True)
    item_count = declare("item_count")
    amount_yuan = declare("amount_yuan")
    hhi = declare("hhi", nullable=True)
    hhi_normalised = declare("hhi_normalised", nullable=True)
    evenness = declare("evenness", nullable=True)
    dissimilarity = declare("dissimilarity", nullable=True)


class UnitCosts(dy.Schema):
    """One row a stated cost of a project: per unit where a quantity belongs to it, else lump."""

    indicator_id = declare("indicator_id", primary_key=True)
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    project = declare("project")
    block = dy.String(description="term or annual", metadata={"unit": "", "zh": "期间"})
    name = declare("name")
    kind = declare("kind")
    unit_cost_text = declare("unit_cost_text")
    cost_comparator = declare("cost_comparator", nullable=True)
    unit_cost_yuan_per_unit = declare("unit_cost_yuan_per_unit")
    per_unit = declare("per_unit", nullable=True)
    per_period = declare("per_period", nullable=True)
    period_count = declare("period_count", nullable=True)
    quantity_name = declare("quantity_name", nullable=True)
    quantity_text = declare("quantity_text", nullable=True)
    quantity_comparator = declare("quantity_comparator", nullable=True)
    quantity = declare("quantity", nullable=True)
    quantity_basis = declare("quantity_basis", nullable=True)
    money_yuan = declare("money_yuan", nullable=True)
    arrears_yuan = declare("arrears_yuan", nullable=True)
    available_yuan = declare("available_yuan", nullable=True)
    costed_yuan = declare("costed_yuan", nullable=True)
    costed_low_yuan = declare("costed_low_yuan", nullable=True)
    costed_high_yuan = declare("costed_high_yuan", nullable=True)
    costed_share = declare("costed_share", nullable=True)
    implied_low_yuan_per_unit = declare("implied_low_yuan_per_unit", nullable=True)
    implied_high_yuan_per_unit = declare("implied_high_yuan_per_unit", nullable=True)
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)
    source = declare("source")


class HeadCosts(dy.Schema):
    """One row an amount divided by a count of people, each count basis on its own row."""

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    statement = declare("statement", primary_key=True)
    code = declare("code", primary_key=True)
    head_basis = declare("head_basis", primary_key=True)
    name = declare("name")
    amount_yuan = declare("amount_yuan")
    head_count = declare("head_count")
    amount_yuan_per_head = declare("amount_yuan_per_head", nullable=True)
    source = declare("source")


class ProcurementShares(dy.Schema):
    """One row a category of procurement: its amount, share of all procurement and of spending."""

    agency_id = declare("agency_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    code = declare("code", primary_key=True)
    name = declare("name")
    amount_yuan = declare("amount_yuan")
    share = declare("share", nullable=True)
    spending_share = dy.Float64(
        nullable=True,
        description="amount divided by the agency's total expenditure of the year",
        metadata={"unit": "1", "zh": "占总支出"},
    )
    source = declare("source")


class CheckMatrix(dy.Schema):
    """One row a statement and an outcome: how many checks ended that way."""

    document_id = declare("document_id", primary_key=True)
    statement = dy.String(
        primary_key=True,
        description="statement or topic checked; document where a check is about the whole of it",
        metadata={"unit": "", "zh": "报表"},
    )
    outcome = declare("outcome", primary_key=True)
    item_count = declare("item_count")


class Doubts(dy.Schema):
    """What :func:`~analytics.analysis.with_doubts` adds to a result with the places of its figures."""

    is_doubted = declare("is_doubted")
    is_doubted_prior = declare("is_doubted_prior", nullable=True)


RESULTS: dict[str, type[dy.Schema]] = {
    "changes": Changes,
    "bridge": Bridge,
    "spending_mix": SpendingMix,
    "mix_summary": MixSummary,
    "unit_costs": UnitCosts,
    "head_costs": HeadCosts,
    "procurement_shares": ProcurementShares,
    "check_matrix": CheckMatrix,
}
"""The result schemas by name."""
