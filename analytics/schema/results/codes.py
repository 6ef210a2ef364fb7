"""Results about codes: the dictionary of classifications, and the names of codes over the years."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.fields import declare

__all__ = ["CodeDictionary", "CodeNames"]


class CodeDictionary(dy.Schema):
    """One row a code in one period of validity, or a code that only documents print."""

    classification = declare("classification")
    code = declare("code")
    name = declare("name")
    code_level = declare("code_level")
    parent_code = declare("parent_code", nullable=True)
    valid_from = declare("valid_from", nullable=True)
    valid_to = declare("valid_to", nullable=True)
    code_status = declare("code_status")
    years_basis = declare("years_basis", nullable=True)
    code_source = declare("code_source")
    printed_names = declare("printed_names", nullable=True)
    printed_agency_count = declare("printed_agency_count", nullable=True)
    first_printed_year = declare("first_printed_year", nullable=True)
    last_printed_year = declare("last_printed_year", nullable=True)
    is_name_known = declare("is_name_known", nullable=True)

    @dy.rule()
    def one_row_a_period(cls) -> pl.Expr:
        """A key that may be null cannot be a primary key."""
        return pl.struct("classification", "code", "valid_from", "valid_to").is_unique()


class CodeNames(dy.Schema):
    """One row a name of a code: that of the reference, one that documents print, or both."""

    classification = declare("classification", primary_key=True)
    code = declare("code", primary_key=True)
    name = declare("name", primary_key=True)
    valid_from = declare("valid_from", nullable=True)
    valid_to = declare("valid_to", nullable=True)
    code_status = declare("code_status")
    is_name_known = declare("is_name_known")
    printed_agency_count = declare("printed_agency_count", nullable=True)
    first_printed_year = declare("first_printed_year", nullable=True)
    last_printed_year = declare("last_printed_year", nullable=True)
