"""Findings as people read them, and what people answer: the declared schemas.

A finding of the canonical table is bound to one document. Here it has a key that stays the same when
the document is read again and when a corrected edition takes its place, so that an answer to it can
be kept.
"""

from __future__ import annotations

import dataframely as dy

from analytics.schema.fields import declare
from analytics.schema.vocabularies import Vocabulary

__all__ = ["ANSWER_FIELDS", "ListedFindings", "ReviewAnswer", "Reviews"]

ANSWER_FIELDS = ("answer", "corrected_text", "note", "reviewer", "answered_on")
"""What a person fills in."""


class ReviewAnswer(Vocabulary):
    """What a person answers to a finding."""

    ACCEPTED = "accepted", "接受", "accepted"
    EXPLAINED = "explained", "已说明", "explained"
    CORRECTED = "corrected", "已更正", "corrected"


class Reviews(dy.Schema):
    """One row an answer of a person to a finding, with the figures that the person saw."""

    finding_key = declare("finding_key", primary_key=True)
    answer = declare("answer")
    corrected_text = declare("corrected_text", nullable=True)
    note = declare("note", nullable=True)
    reviewer = declare("reviewer")
    answered_on = declare("answered_on")
    seen_printed = declare("seen_printed", nullable=True)
    seen_computed = declare("seen_computed", nullable=True)


class ListedFindings(dy.Schema):
    """One row a failed check, the heaviest first, each followed by those that follow from it."""

    agency_id = declare("agency_id")
    fiscal_year = declare("fiscal_year")
    stage = declare("stage")
    scope = declare("scope")
    file_name = declare("file_name")
    severity = declare("severity")
    state = declare("state", nullable=True)
    rule = declare("rule")
    rule_title_zh = declare("rule_title_zh", nullable=True)
    rule_title_en = declare("rule_title_en", nullable=True)
    statement = declare("statement", nullable=True)
    subject = declare("subject")
    message_zh = declare("message_zh")
    message_en = declare("message_en")
    why_zh = declare("why_zh", nullable=True)
    why_en = declare("why_en", nullable=True)
    printed_text = declare("printed_text", nullable=True)
    computed_text = declare("computed_text", nullable=True)
    printed = declare("printed", nullable=True)
    computed = declare("computed", nullable=True)
    difference = declare("difference", nullable=True)
    measure_unit = declare("measure_unit", nullable=True)
    page = declare("page", nullable=True)
    line = declare("line", nullable=True)
    block = declare("block", nullable=True)
    row = declare("row", nullable=True)
    column = declare("column", nullable=True)
    sentence = declare("sentence", nullable=True)
    fits_zh = declare("fits_zh", nullable=True)
    fits_en = declare("fits_en", nullable=True)
    evidence = declare("evidence", nullable=True)
    weight_share = declare("weight_share", nullable=True)
    answer = declare("answer", nullable=True)
    corrected_text = declare("corrected_text", nullable=True)
    note = declare("note", nullable=True)
    reviewer = declare("reviewer", nullable=True)
    answered_on = declare("answered_on", nullable=True)
    seen_printed = declare("seen_printed", nullable=True)
    seen_computed = declare("seen_computed", nullable=True)
    is_stale = declare("is_stale", nullable=True)
    finding_key = declare("finding_key", primary_key=True)
    root_key = declare("root_key", nullable=True)
    document_id = declare("document_id")
    finding_id = declare("finding_id")
