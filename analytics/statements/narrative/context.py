"""What a section has told so far and a subject's words leave out: direction, group, body, set."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analytics.schema.vocabularies import Flow, Topic
from analytics.statements.narrative.clauses import find_body, last_piece
from analytics.statements.narrative.model import Subject
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.subjects import Mention

__all__ = ["Context"]

_QUOTES = {"“": "”", "‘": "’", '"': '"'}
_INSTITUTION = re.compile(r"(?:中心|院|所|站|馆|队|校)(?:[(（][^()（）]*[)）])?$")
_PURCHASE = re.compile(r"购置|购买|更新")


@dataclass(slots=True)
class Context:
    """What the words of a subject leave to be understood.

    Args:
        agency_name: Whose document it is.
        flow: Direction of the money spoken of last.
        class_code: Functional class or group named last.
        set_name: Set of projects spoken of last.
        body: Body whose staff was spoken of last, as printed.
        is_purchase: Whether assets are spoken of that are yet to be bought.
    """

    agency_name: str
    flow: Flow
    class_code: str | None
    body: str
    set_name: str | None = None
    is_purchase: bool = False

    def note_words(self, words: str) -> None:
        """Take in the words before a number."""
        if ";" in words:
            self.is_purchase = False
        self.is_purchase = self.is_purchase or _PURCHASE.search(words) is not None

    def note_subject(self, subject: Subject) -> None:
        """Remember the direction of the money, and the functional group that items belong to."""
        if subject.flow is not None:
            self.flow = subject.flow
        code = subject.code or ""
        if code.isdigit() and len(code) == 5:
            self.class_code = code

    def body_in(self, lead: str) -> tuple[int, int] | None:
        """Where the words before a count of staff name another body, if they do."""
        if last_piece(lead).startswith("另有"):
            self.body = self.agency_name
        return find_body(lead)

    def subjects(self, mention: Mention, kind: SectionKind) -> tuple[Subject, ...]:
        """What a mention means here."""
        subjects = mention.wording.subjects
        if mention.wording.by_flow:
            return subjects[:1] if self.flow is Flow.REVENUE else subjects[1:]
        code = subjects[0].code
        if kind is SectionKind.STAFFING and code == "posts" and _INSTITUTION.search(self.body):
            return (replace(subjects[0], code="posts_institution"),)
        if kind is SectionKind.STATE_ASSETS and self.is_purchase:
            return (replace(subjects[0], code=f"planned_{code}"),)
        return subjects

    def name(self, mention: Mention, printed: str, begin: int, end: int) -> str:
        """The subject as printed; for staff the body, for performance the set of projects."""
        quote = _QUOTES.get(printed[max(0, begin - 1) : begin])
        if quote is not None and quote in printed[begin:end]:
            begin -= 1
        topic = mention.wording.subjects[0].statement
        if topic is Topic.STAFFING:
            return self.body
        if topic is Topic.PERFORMANCE and mention.wording.sets_name:
            self.set_name = printed[begin:end]
        return self.set_name or printed[begin:end]
