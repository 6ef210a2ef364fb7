"""Results in international classifications."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare
from analytics.schema.panel_vocabularies import Mapping

__all__ = ["International"]

_OWNER = ("agency_id", "fiscal_year", "stage", "scope")


class International(dy.Schema):
    """One row an international code and how sure the counterpart is, in one agency's year.

    The amounts of an agency's year, with those that are unmapped and the residual, add up to
    ``whole_yuan``.
    """

    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    standard = declare("standard")
    target_code = declare("target_code", nullable=True)
    target_name = declare("target_name", nullable=True)
    target_level = declare("target_level", nullable=True)
    mapping = declare("mapping")
    certainty = declare("certainty", nullable=True)
    amount_yuan = declare("amount_yuan")
    share = declare("share", nullable=True)
    line_count = declare("line_count")
    source_codes = declare("source_codes", nullable=True)
    matched_digits = declare("matched_digits", nullable=True)
    mapping_note = declare("mapping_note", nullable=True)
    statement = declare("statement")
    fund = declare("fund")
    carryover_basis = declare("carryover_basis")
    whole_yuan = declare("whole_yuan", nullable=True)
    spending_yuan = declare("spending_yuan", nullable=True)
    whole_share = declare("whole_share", nullable=True)

    @dy.rule()
    def one_row_a_counterpart(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key."""
        return pl.struct(*_OWNER, "mapping", "target_code", "certainty").is_unique()

    @dy.rule()
    def only_what_is_mapped_has_a_code(cls) -> pl.Expr:
        """A counterpart comes with its certainty, and money without one has neither."""
        is_mapped = pl.col("mapping") == str(Mapping.MAPPED)
        return (pl.col("target_code").is_not_null() == is_mapped) & (
            pl.col("certainty").is_not_null() == is_mapped
        )
