"""The narrative as rows of ``claims``, and the amounts in it that were not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.amounts import PrintedNumber
from analytics.facts.rows import identity_columns, join_repairs, place_columns
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Claim, Narrative, Stated, Subject, Unread

__all__ = ["ClaimRows", "build_claims", "claim_id", "subject_columns"]


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """What the narrative of one document gave.

    Args:
        claims: Rows of ``claims``, in reading order.
        set_aside: Rows of ``set_aside``: numbers that no rule understood, so none is lost.
    """

    claims: list[dict[str, Any]]
    set_aside: list[dict[str, Any]]


def build_claims(narrative: Narrative, document_id: str, identity: Identity) -> ClaimRows:
    """Turn a narrative into rows of ``claims`` and ``set_aside``.

    Grain: one row a claim. ``fiscal_year`` and ``stage`` are those of the stated level: a sentence
    that also states last year's level, or the budget beside the final accounts, gives a second
    row, of that year or stage. Money is in yuan; growth, share and execution are shares (22.49 %
    is 0.2249 with the step 0.0001); what a sentence does not state is null, never 0. Growth and
    change are against ``base_year`` and ``base_stage``, execution is of it.

    Args:
        narrative: What the text states.
        document_id: The document.
        identity: Whose document it is.
    """
    return ClaimRows(
        [_row(claim, document_id, identity) for claim in narrative.claims],
        [_aside(unread, document_id) for unread in narrative.not_understood],
    )


def claim_id(claim: Claim, document_id: str) -> str:
    """The identifier of a claim: its document and the place of its first word."""
    return f"{document_id}-{claim.place.block}-{claim.place.row}-{claim.place.column}"


def subject_columns(subject: Subject) -> dict[str, str | None]:
    """The columns that name a subject, the same that identify a fact."""
    return {
        "statement": str(subject.statement),
        "flow": _text(subject.flow),
        "classification": str(subject.classification),
        "code": subject.code,
        "fund": _text(subject.fund),
        "component": _text(subject.component),
        "carryover_basis": _text(subject.carryover_basis),
    }


def _row(claim: Claim, document_id: str, identity: Identity) -> dict[str, Any]:
    level, change = _yuan(claim.level), _yuan(claim.change)
    growth, share = _share(claim.growth), _share(claim.share)
    execution = _share(claim.execution)
    count = claim.count.number if claim.count else None
    return {
        "claim_id": claim_id(claim, document_id),
        "document_id": document_id,
        **place_columns(claim.place),
        "section": claim.section,
        "sentence": claim.sentence,
        **identity_columns(identity),
        "fiscal_year": claim.fiscal_year,
        "stage": str(claim.stage),
        **subject_columns(claim.subject),
        "name": claim.name,
        "value_yuan": level and level.value,
        "value_step_yuan": level and level.step,
        "value": count and count.value,
        "value_step": count and count.step,
        "unit": claim.count.unit if claim.count else None,
        "change_yuan": change and change.value,
        "change_step_yuan": change and change.step,
        "change_share": growth and float(growth.value),
        "change_share_step": growth and float(growth.step),
        "share": share and float(share.value),
        "share_step": share and float(share.step),
        "share_base_code": claim.share_base_code,
        "execution_share": execution and float(execution.value),
        "execution_share_step": execution and float(execution.step),
        "is_unchanged": claim.is_unchanged,
        "base_year": claim.base.year if claim.base else None,
        "base_stage": _text(claim.base.stage) if claim.base else None,
        "reason": claim.reason,
        "repairs": join_repairs(claim.repairs, claim.place),
    }


def _aside(unread: Unread, document_id: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        **place_columns(unread.place),
        "statement": None,
        "cell_text": unread.text,
        "reason": f"the sentence does not say of what in known words: {unread.sentence}",
    }


def _yuan(stated: Stated | None) -> PrintedNumber | None:
    return None if stated is None else stated.in_yuan


def _share(stated: Stated | None) -> PrintedNumber | None:
    return None if stated is None else stated.as_share


def _text(value: object) -> str | None:
    return None if value is None else str(value)
