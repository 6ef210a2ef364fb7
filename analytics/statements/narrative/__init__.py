"""The narrative of a disclosure as claims: what each sentence states of which figure."""

from analytics.statements.narrative.model import Claim, Narrative, Stated, Subject, Unread
from analytics.statements.narrative.reader import read_claims

__all__ = ["Claim", "Narrative", "Stated", "Subject", "Unread", "read_claims"]
