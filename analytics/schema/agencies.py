"""The registry of agencies as two tables: who they are, and what became of them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.agency_vocabularies import SuccessionKind
from analytics.schema.fields import declare

__all__ = ["Agencies", "AgencySuccessions"]


class Agencies(dy.Schema):
    """One row an agency under one identifier, for as long as it has it.

    An agency that is renamed is two rows, joined by a succession; spellings of one name are
    aliases. What is not known is null.
    """

    agency_id = declare("agency_id", primary_key=True)
    agency_name = declare("agency_name")
    aliases = declare("aliases", nullable=True)
    region_code = declare("region_code", nullable=True)
    agency_level = declare("agency_level", nullable=True)
    agency_kind = declare("agency_kind", nullable=True)
    valid_from = declare("valid_from", nullable=True)
    valid_to = declare("valid_to", nullable=True)
    department_id = declare("department_id", nullable=True)
    entry_basis = declare("entry_basis")
    entry_confidence = declare("entry_confidence")
    entry_source = declare("entry_source", nullable=True)

    @dy.rule()
    def region_code_has_six_digits(cls) -> pl.Expr:
        """A division code is six digits."""
        return pl.col("region_code").is_null() | pl.col("region_code").str.contains(r"^\d{6}$")


class AgencySuccessions(dy.Schema):
    """One row a link between an old and a new agency, from the year in which it takes effect.

    A merger or a split is a row for each pair. An agency that takes another one in and goes on
    under its own identifier needs no row with itself where it takes in a single one; where several
    are merged, or one is split, the one that goes on is named on both sides of a row.
    """

    link_year = declare("link_year")
    succession_kind = declare("succession_kind")
    old_agency_id = declare("old_agency_id", nullable=True)
    new_agency_id = declare("new_agency_id", nullable=True)
    succession_date = declare("succession_date", nullable=True)
    link_basis = declare("link_basis")
    link_confidence = declare("link_confidence")
    link_note = declare("link_note", nullable=True)

    @dy.rule()
    def agencies_fit_the_kind(cls) -> pl.Expr:
        """A founded agency has no old one, an ended one no new one; all others have both."""
        kind, old, new = (
            pl.col(name) for name in ("succession_kind", "old_agency_id", "new_agency_id")
        )
        return (
            pl.when(kind == str(SuccessionKind.FOUNDED))
            .then(old.is_null() & new.is_not_null())
            .when(kind == str(SuccessionKind.ENDED))
            .then(old.is_not_null() & new.is_null())
            .otherwise(old.is_not_null() & new.is_not_null())
        )

    @dy.rule()
    def only_mergers_and_splits_keep_an_agency(cls) -> pl.Expr:
        """An agency follows itself only where others join or leave it."""
        stays = pl.col("old_agency_id") == pl.col("new_agency_id")
        kinds = [str(SuccessionKind.MERGED), str(SuccessionKind.SPLIT)]
        return stays.is_null() | ~stays | pl.col("succession_kind").is_in(kinds)

    @dy.rule()
    def one_row_a_link(cls) -> pl.Expr:
        """The same link is not stated twice."""
        return pl.struct("link_year", "old_agency_id", "new_agency_id").is_unique()
