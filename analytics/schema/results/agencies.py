"""Results about agencies: whose name is meant, what followed whom, and what is compared as one."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare
from analytics.schema.tables import Facts

__all__ = [
    "AgencyMatches",
    "AgencyUnions",
    "ProposedSuccessions",
    "UnionCoverage",
    "UnitedFacts",
]


class AgencyMatches(dy.Schema):
    """One row a printed name and an agency it may mean, the best first; one without an agency."""

    agency_name = declare("agency_name")
    match_rank = declare("match_rank")
    agency_id = declare("agency_id", nullable=True)
    candidate_id = declare("candidate_id", nullable=True)
    candidate_name = declare("candidate_name", nullable=True)
    region_code = declare("region_code", nullable=True)
    name_match = declare("name_match")
    match_score = declare("match_score", nullable=True)

    @dy.rule()
    def one_row_a_candidate(cls) -> pl.Expr:
        """A printed name has one candidate at each rank."""
        return pl.struct("agency_name", "match_rank").is_unique()


class ProposedSuccessions(dy.Schema):
    """One row a link between two agencies that may be written into the registry, the best first."""

    link_year = declare("link_year")
    succession_kind = declare("succession_kind")
    old_agency_id = declare("old_agency_id")
    new_agency_id = declare("new_agency_id")
    region_code = declare("region_code", nullable=True)
    region_name = declare("region_name", nullable=True)
    old_last_year = declare("old_last_year")
    new_first_year = declare("new_first_year")
    old_total_yuan = declare("old_total_yuan", nullable=True)
    new_total_yuan = declare("new_total_yuan", nullable=True)
    match_score = declare("match_score")
    proposal_score = declare("proposal_score")
    link_basis = declare("link_basis")
    link_confidence = declare("link_confidence")
    reason = declare("reason")
    reason_en = declare("reason_en")


class AgencyUnions(dy.Schema):
    """One row an agency on one side of a comparison of two years, and the union it belongs to."""

    union_id = declare("union_id")
    union_name = declare("union_name")
    union_role = declare("union_role", primary_key=True)
    agency_id = declare("agency_id", primary_key=True)
    link_confidence = declare("link_confidence")
    link_basis = declare("link_basis")


class UnionCoverage(dy.Schema):
    """One row a union, year, stage, scope and statement: which members print it, which do not."""

    union_id = declare("union_id", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    statement = declare("statement", primary_key=True)
    union_role = declare("union_role")
    union_state = declare("union_state")
    member_ids = declare("member_ids")
    missing_ids = declare("missing_ids")
    reason = declare("reason", nullable=True)
    reason_en = declare("reason_en", nullable=True)


class UnitedFacts(Facts):
    """Facts of two years under the unions' identifiers: a sum is one row, with all its sources."""

    source = declare("source")
    is_agency_incomplete = declare("is_agency_incomplete")
