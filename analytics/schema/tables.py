"""The canonical tables: what one row is, which columns it has, what makes it unique.

These schemas are the only contract between reading, storing, checking and analysing.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from analytics.schema.conforming import column_types, conform
from analytics.schema.fields import FIELDS, declare
from analytics.schema.form_vocabularies import MentionKind

__all__ = [
    "NUMBERING",
    "TABLES",
    "Claims",
    "Documents",
    "Facts",
    "Findings",
    "Indicators",
    "Mentions",
    "Projects",
    "SetAside",
    "Statements",
    "column_types",
    "conform",
    "kind_of_reason",
]

NUMBERING = "column numbering or header"
"""The reason for which numbers above the lines of a statement are set aside: they are no figures."""


def kind_of_reason(reason: pl.Expr) -> pl.Expr:
    """The kind of reason that ``set_aside`` gives, without the sentence or figure behind its colon."""
    return reason.str.replace(r"(?s): .*", "")


class Documents(dy.Schema):
    """One row a file that was read."""

    document_id = declare("document_id", primary_key=True)
    file_name = declare("file_name")
    media_type = declare("media_type")
    encoding = declare("encoding", nullable=True)
    title = declare("title", nullable=True)
    agency_id = declare("agency_id")
    agency_name = declare("agency_name")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    identity_basis = declare("identity_basis", nullable=True)
    unit_text = declare("unit_text", nullable=True)
    page_count = declare("page_count", nullable=True)
    numeric_cell_count = declare("numeric_cell_count")
    fact_cell_count = declare("fact_cell_count")
    form_value_cell_count = declare("form_value_cell_count")
    set_aside_cell_count = declare("set_aside_cell_count")
    notes = declare("notes", nullable=True)
    reader = declare("reader")
    reader_version = declare("reader_version")


class Statements(dy.Schema):
    """One row a statement of a document: found with figures, found empty, or missing."""

    document_id = declare("document_id", primary_key=True)
    statement = declare("statement", primary_key=True)
    source_block = declare("source_block", nullable=True)
    presence = declare("presence")
    title = declare("title", nullable=True)
    unit_text = declare("unit_text", nullable=True)
    page = declare("page", nullable=True)
    line = declare("line", nullable=True)
    numeric_cell_count = declare("numeric_cell_count")
    fact_cell_count = declare("fact_cell_count")
    set_aside_cell_count = declare("set_aside_cell_count")
    missing_columns = declare("missing_columns", nullable=True)
    repairs = declare("repairs", nullable=True)


class Facts(dy.Schema):
    """One row a published number, keyed by where it was printed and by what it states."""

    document_id = declare("document_id", primary_key=True)
    page = declare("page", nullable=True)
    block = declare("block", primary_key=True)
    row = declare("row", primary_key=True)
    column = declare("column", primary_key=True)
    line = declare("line", nullable=True)
    cell = declare("cell", nullable=True)
    column_label = declare("column_label", nullable=True)
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow")
    classification = declare("classification")
    code = declare("code")
    name = declare("name")
    parent_code = declare("parent_code", nullable=True)
    counterpart_code = declare("counterpart_code", nullable=True)
    counterpart_name = declare("counterpart_name", nullable=True)
    fund = declare("fund")
    component = declare("component")
    carryover_basis = declare("carryover_basis")
    row_kind = declare("row_kind")
    amount_yuan = declare("amount_yuan")
    amount_text = declare("amount_text")
    unit_text = declare("unit_text")
    step_yuan = declare("step_yuan")
    low_yuan = declare("low_yuan")
    high_yuan = declare("high_yuan")
    value_kind = declare("value_kind")
    claim_id = declare("claim_id", nullable=True)
    ocr_confidence = declare("ocr_confidence", nullable=True)
    repairs = declare("repairs", nullable=True)


class Claims(dy.Schema):
    """One row a thing the narrative says of one subject."""

    claim_id = declare("claim_id", primary_key=True)
    document_id = declare("document_id")
    page = declare("page", nullable=True)
    block = declare("block")
    row = declare("row")
    column = declare("column")
    line = declare("line", nullable=True)
    section = declare("section", nullable=True)
    sentence = declare("sentence")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    statement = declare("statement")
    flow = declare("flow", nullable=True)
    classification = declare("classification", nullable=True)
    code = declare("code", nullable=True)
    name = declare("name", nullable=True)
    fund = declare("fund", nullable=True)
    component = declare("component", nullable=True)
    carryover_basis = declare("carryover_basis", nullable=True)
    value_yuan = declare("value_yuan", nullable=True)
    value_step_yuan = declare("value_step_yuan", nullable=True)
    value = declare("value", nullable=True)
    value_step = declare("value_step", nullable=True)
    unit = declare("unit", nullable=True)
    change_yuan = declare("change_yuan", nullable=True)
    change_step_yuan = declare("change_step_yuan", nullable=True)
    change_share = declare("change_share", nullable=True)
    change_share_step = declare("change_share_step", nullable=True)
    share = declare("share", nullable=True)
    share_step = declare("share_step", nullable=True)
    share_base_code = declare("share_base_code", nullable=True)
    execution_share = declare("execution_share", nullable=True)
    execution_share_step = declare("execution_share_step", nullable=True)
    is_unchanged = declare("is_unchanged")
    base_year = declare("base_year", nullable=True)
    base_stage = declare("base_stage", nullable=True)
    reason = declare("reason", nullable=True)
    repairs = declare("repairs", nullable=True)


class Projects(dy.Schema):
    """One row a performance form of a project; amounts in yuan, null where left blank."""

    document_id = declare("document_id", primary_key=True)
    project = declare("project", primary_key=True)
    name = declare("name")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    page = declare("page", nullable=True)
    source_block = declare("source_block")
    line = declare("line", nullable=True)
    kind = declare("kind", nullable=True)
    period = declare("period", nullable=True)
    period_years = declare("period_years", nullable=True)
    department_code = declare("department_code", nullable=True)
    department_name = declare("department_name", nullable=True)
    implementing_unit = declare("implementing_unit", nullable=True)
    term_total_yuan = dy.Decimal(18, 2, nullable=True)
    term_fiscal_appropriation_yuan = dy.Decimal(18, 2, nullable=True)
    term_carryover_yuan = dy.Decimal(18, 2, nullable=True)
    term_central_yuan = dy.Decimal(18, 2, nullable=True)
    term_provincial_yuan = dy.Decimal(18, 2, nullable=True)
    term_local_yuan = dy.Decimal(18, 2, nullable=True)
    term_self_raised_yuan = dy.Decimal(18, 2, nullable=True)
    term_other_yuan = dy.Decimal(18, 2, nullable=True)
    annual_total_yuan = dy.Decimal(18, 2, nullable=True)
    annual_fiscal_appropriation_yuan = dy.Decimal(18, 2, nullable=True)
    annual_carryover_yuan = dy.Decimal(18, 2, nullable=True)
    annual_central_yuan = dy.Decimal(18, 2, nullable=True)
    annual_provincial_yuan = dy.Decimal(18, 2, nullable=True)
    annual_local_yuan = dy.Decimal(18, 2, nullable=True)
    annual_self_raised_yuan = dy.Decimal(18, 2, nullable=True)
    annual_other_yuan = dy.Decimal(18, 2, nullable=True)
    arrears_yuan = declare("arrears_yuan", nullable=True)
    arrears_text = declare("arrears_text", nullable=True)
    overview = declare("overview", nullable=True)
    legal_basis = declare("legal_basis", nullable=True)
    necessity = declare("necessity", nullable=True)
    measures = declare("measures", nullable=True)
    plan = declare("plan", nullable=True)
    term_goal = declare("term_goal", nullable=True)
    annual_goal = declare("annual_goal", nullable=True)
    filled_on = declare("filled_on", nullable=True)
    filled_text = declare("filled_text", nullable=True)
    repairs = declare("repairs", nullable=True)


class Indicators(dy.Schema):
    """One row a target of a project, in the block of the whole term or of the year."""

    indicator_id = declare("indicator_id", primary_key=True)
    document_id = declare("document_id")
    project = declare("project")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    block = dy.String(
        check={"in_vocabulary": lambda expr: expr.is_in(["term", "annual"])},
        description="block of the form the target stands in: term or annual",
        metadata={"unit": "", "zh": "期间"},
    )
    level1 = declare("level1", nullable=True)
    level2 = declare("level2", nullable=True)
    name = declare("name")
    value_text = declare("value_text", nullable=True)
    comparator = declare("comparator", nullable=True)
    value = declare("value", nullable=True)
    value_step = declare("value_step", nullable=True)
    unit = declare("unit", nullable=True)
    per_unit = declare("per_unit", nullable=True)
    per_period = declare("per_period", nullable=True)
    weight = declare("weight", nullable=True)
    kind = declare("kind")
    quantity_id = declare("quantity_id", nullable=True)
    quantity_basis = declare("quantity_basis", nullable=True)
    is_level_repaired = declare("is_level_repaired")
    page = declare("page", nullable=True)
    source_block = declare("source_block")
    row = declare("row")
    column = declare("column")
    line = declare("line", nullable=True)
    repairs = declare("repairs", nullable=True)


class Mentions(dy.Schema):
    """One row a figure that a running text of a project form states."""

    mention_id = declare("mention_id", primary_key=True)
    document_id = declare("document_id")
    project = declare("project")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    text_part = declare("text_part")
    sentence_number = declare("sentence_number")
    position = declare("position")
    wording = declare("wording")
    kind = dy.String(
        check={"in_vocabulary": lambda expr: expr.is_in([str(kind) for kind in MentionKind])},
        description=FIELDS["kind"].meaning,
        metadata={"unit": "", "zh": "类别"},
    )
    value_text = declare("value_text")
    value = declare("value", nullable=True)
    value_step = declare("value_step", nullable=True)
    unit = declare("unit", nullable=True)
    per_unit = declare("per_unit", nullable=True)
    per_period = declare("per_period", nullable=True)
    amount_yuan = declare("amount_yuan", nullable=True)
    step_yuan = declare("step_yuan", nullable=True)
    comparator = declare("comparator", nullable=True)
    is_about = declare("is_about")
    noun = declare("noun", nullable=True)
    role = declare("role", nullable=True)
    part_of = declare("part_of", nullable=True)
    is_closed = declare("is_closed", nullable=True)
    contract_number = declare("contract_number", nullable=True)
    product_number = declare("product_number", nullable=True)
    month_day_from = declare("month_day_from", nullable=True)
    month_day_to = declare("month_day_to", nullable=True)
    date_from = declare("date_from", nullable=True)
    date_to = declare("date_to", nullable=True)
    date_basis = declare("date_basis", nullable=True)
    page = declare("page", nullable=True)
    source_block = declare("source_block")
    row = declare("row")
    column = declare("column")
    line = declare("line", nullable=True)


class SetAside(dy.Schema):
    """One row a numeric cell that did not become a fact, with the reason."""

    document_id = declare("document_id", primary_key=True)
    page = declare("page", nullable=True)
    block = declare("block", primary_key=True)
    row = declare("row", primary_key=True)
    column = declare("column", primary_key=True)
    line = declare("line", nullable=True)
    cell = declare("cell", nullable=True)
    statement = declare("statement", nullable=True)
    cell_text = declare("cell_text")
    reason = declare("reason")


class Findings(dy.Schema):
    """One row an answer of a rule about one thing: passed, failed, or not to be tested."""

    finding_id = declare("finding_id", primary_key=True)
    document_id = declare("document_id")
    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    rule = declare("rule")
    family = declare("family")
    outcome = declare("outcome")
    severity = declare("severity")
    statement = declare("statement", nullable=True)
    subject = declare("subject")
    printed_text = declare("printed_text", nullable=True)
    computed_text = declare("computed_text", nullable=True)
    printed = declare("printed", nullable=True)
    computed = declare("computed", nullable=True)
    difference = declare("difference", nullable=True)
    tolerance = declare("tolerance", nullable=True)
    measure_unit = declare("measure_unit", nullable=True)
    message_zh = declare("message_zh")
    message_en = declare("message_en")
    page = declare("page", nullable=True)
    block = declare("block", nullable=True)
    row = declare("row", nullable=True)
    column = declare("column", nullable=True)
    line = declare("line", nullable=True)
    sentence = declare("sentence", nullable=True)
    state = declare("state", nullable=True)
    root = declare("root", nullable=True)
    evidence = declare("evidence", nullable=True)
    fits_zh = declare("fits_zh", nullable=True)
    fits_en = declare("fits_en", nullable=True)


TABLES: dict[str, type[dy.Schema]] = {
    "documents": Documents,
    "statements": Statements,
    "facts": Facts,
    "claims": Claims,
    "projects": Projects,
    "indicators": Indicators,
    "mentions": Mentions,
    "set_aside": SetAside,
    "findings": Findings,
}
"""The canonical tables by name, in the order they are built."""
