"""Results about links between codes."""

from __future__ import annotations

from analytics.schema.fields import declare
from analytics.schema.links import CodeLinks

__all__ = ["LinkProposals"]


class LinkProposals(CodeLinks):
    """One row a candidate for a link, with what speaks for it; nothing of it is applied."""

    place = declare("place")
    match_share = declare("match_share")
    name_likeness = declare("name_likeness")
    amount_likeness = declare("amount_likeness")
    level_likeness = declare("level_likeness")
    agency_count = declare("agency_count")
    is_restated = declare("is_restated")
    amount_prior_yuan = declare("amount_prior_yuan")
    amount_yuan = declare("amount_yuan")
