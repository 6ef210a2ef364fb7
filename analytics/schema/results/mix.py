"""Results about what spending is made of."""

from __future__ import annotations

import dataframely as dy

from analytics.schema.fields import declare

__all__ = ["MixSummary", "SpendingMix"]


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
