"""The crosswalk: what became of the codes of a classification, as a table."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare
from analytics.schema.link_vocabularies import LinkKind

__all__ = ["CodeLinks"]

_ONE_CODE = (LinkKind.RENAMED, LinkKind.REDEFINED, LinkKind.REUSED)
_OF_BOTH = (*_ONE_CODE, LinkKind.MOVED, LinkKind.MERGED, LinkKind.SPLIT)


class CodeLinks(dy.Schema):
    """One row a change of one code, from the year in which it takes effect.

    Where one code became several, or several one, there is a row for each pair. ``link_weight`` is
    the share of the old code's money that went to the new one, where that is known.
    """

    classification = declare("classification")
    link_year = declare("link_year")
    link_kind = declare("link_kind")
    old_code = declare("old_code", nullable=True)
    old_name = declare("old_name", nullable=True)
    new_code = declare("new_code", nullable=True)
    new_name = declare("new_name", nullable=True)
    link_weight = declare("link_weight", nullable=True)
    link_basis = declare("link_basis")
    link_confidence = declare("link_confidence")
    link_note = declare("link_note", nullable=True)

    @dy.rule()
    def codes_fit_the_kind(cls) -> pl.Expr:
        """New codes have no old one, ended codes no new one, renamed ones the same on both sides."""
        kind, old, new = pl.col("link_kind"), pl.col("old_code"), pl.col("new_code")
        of_both = kind.is_in([str(k) for k in _OF_BOTH])
        one = kind.is_in([str(k) for k in _ONE_CODE])
        return (
            pl.when(kind == str(LinkKind.NEW))
            .then(old.is_null() & new.is_not_null())
            .when(kind == str(LinkKind.ENDED))
            .then(old.is_not_null() & new.is_null())
            .otherwise(of_both & old.is_not_null() & new.is_not_null() & (~one | (old == new)))
        )

    @dy.rule()
    def one_row_a_change(cls) -> pl.Expr:
        """The same change is not stated twice."""
        return pl.struct("classification", "link_year", "old_code", "new_code").is_unique()

    @dy.rule()
    def weight_is_a_share(cls) -> pl.Expr:
        """A weight is above 0 and at most 1."""
        weight = pl.col("link_weight")
        return weight.is_null() | ((weight > 0) & (weight <= 1))
