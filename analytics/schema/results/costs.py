"""Results about what one unit, one head and one purchase cost."""

from __future__ import annotations

import dataframely as dy

from analytics.schema.fields import declare

__all__ = ["HeadCosts", "ProcurementShares", "UnitCosts"]


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
