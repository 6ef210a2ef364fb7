"""Results about the checks."""

from __future__ import annotations

import dataframely as dy

from analytics.schema.fields import declare

__all__ = ["CheckMatrix", "Doubts"]


class CheckMatrix(dy.Schema):
    """One row a statement and an outcome: how many checks ended that way."""

    document_id = declare("document_id", primary_key=True)
    statement = dy.String(
        primary_key=True,
        description="statement or topic checked; document where a check is about the whole of it",
        metadata={"unit": "", "zh": "报表"},
    )
    outcome = declare("outcome", primary_key=True)
    item_count = declare("item_count")


class Doubts(dy.Schema):
    """What :func:`~analytics.analysis.with_doubts` adds to a result with the places of its figures."""

    is_doubted = declare("is_doubted")
    is_doubted_prior = declare("is_doubted_prior", nullable=True)
