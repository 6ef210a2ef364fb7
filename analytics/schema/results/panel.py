"""Results about a panel itself: what it covers, and how two states of it differ."""

from __future__ import annotations

import dataframely as dy

from analytics.schema.fields import declare

__all__ = ["CoverageGrid", "DocumentDiff", "FactDiff", "FindingDiff"]


class CoverageGrid(dy.Schema):
    """One row a statement in one year, also of years without a document."""

    agency_id = declare("agency_id", primary_key=True)
    stage = declare("stage", primary_key=True)
    scope = declare("scope", primary_key=True)
    statement = declare("statement", primary_key=True)
    fiscal_year = declare("fiscal_year", primary_key=True)
    coverage_state = declare("coverage_state")


class DocumentDiff(dy.Schema):
    """One row a document that is not the same in two states of a panel."""

    document_change = declare("document_change")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    document_id = declare("document_id", primary_key=True)
    file_name = declare("file_name")
    edition = declare("edition")
    reader_version = declare("reader_version")
    before_document_id = declare("before_document_id", nullable=True)
    before_reader_version = declare("before_reader_version", nullable=True)
    changed_columns = declare("changed_columns", nullable=True)


class FactDiff(dy.Schema):
    """One row a figure that is not the same; its place is that after, or before if removed."""

    fact_change = declare("fact_change", primary_key=True)
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    name = declare("name")
    counterpart_code = declare("counterpart_code", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    value_kind = declare("value_kind")
    before_yuan = declare("before_yuan", nullable=True)
    after_yuan = declare("after_yuan", nullable=True)
    difference_yuan = declare("difference_yuan")
    before_code = declare("before_code", nullable=True)
    before_name = declare("before_name", nullable=True)
    changed_columns = declare("changed_columns", nullable=True)
    before_document_id = declare("before_document_id", nullable=True)
    document_id = declare("document_id", primary_key=True)
    page = declare("page", nullable=True)
    block = declare("block", primary_key=True)
    row = declare("row", primary_key=True)
    column = declare("column", primary_key=True)


class FindingDiff(dy.Schema):
    """One row a failed check that appeared or was resolved."""

    finding_change = declare("finding_change")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    document_id = declare("document_id")
    finding_id = declare("finding_id", primary_key=True)
    rule = declare("rule")
    severity = declare("severity")
    state = declare("state", nullable=True)
    statement = declare("statement", nullable=True)
    subject = declare("subject")
    printed_text = declare("printed_text", nullable=True)
    computed_text = declare("computed_text", nullable=True)
    message_zh = declare("message_zh")
    message_en = declare("message_en")
    after_outcome = declare("after_outcome", nullable=True)
