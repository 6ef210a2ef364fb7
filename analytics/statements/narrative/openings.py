"""Which claim a number belongs to: a new one, one that stands open, or a copy for another base."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.schema.vocabularies import Stage
from analytics.statements.model import Identity
from analytics.statements.narrative.clauses import Clause
from analytics.statements.narrative.context import Context
from analytics.statements.narrative.drafts import Draft
from analytics.statements.narrative.model import Base, Stated, Subject
from analytics.statements.narrative.register import Register
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.sentences import Sentence, squeeze_sentence
from analytics.statements.narrative.subjects import Mention

__all__ = ["Openings"]


class Openings:
    """The claims of a section while it is read: opened, found again, copied.

    Args:
        first: First sentence of the section.
        identity: Whose document it is.
        context: What the section has told so far.
    """

    def __init__(self, first: Sentence, identity: Identity, context: Context) -> None:
        self.identity = identity
        self.context = context
        self.register = Register()
        self.kind = first.kind
        self.base: Base | None = None
        self.begin(first)

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence; what it compares with outlasts it only where parts follow."""
        self.sentence = sentence
        self.squeezed = squeeze_sentence(sentence.text)
        if not self.squeezed.text.startswith("其中"):
            self.base = None

    @property
    def now(self) -> tuple[int, Stage]:
        """The year and stage that the document is about."""
        return self.identity.fiscal_year, self.identity.stage

    # --- levels ------------------------------------------------------------------------------

    def for_level(self, clause: Clause, year: int, stage: Stage) -> list[Draft]:
        """The claims that an amount of a year and stage is stated of."""
        last = self.register.last
        if clause.mention is not None:
            subjects = self.subjects(clause, clause.mention)
            is_aside = [draft.subject for draft in last] == list(subjects) and last[
                0
            ].period == self.now != (year, stage)
            if is_aside and self.base is None:
                self.base = Base(year, stage)
            return self.open(
                clause, clause.mention, year, stage, wants_level=True, is_aside=is_aside
            )
        if last and (year, stage) != last[0].period:
            return self._of_period(clause, year, stage)
        return last

    def _of_period(self, clause: Clause, year: int, stage: Stage) -> list[Draft]:
        """Claims on the last subject in another year or stage, which changes then refer to."""
        last = self.register.last
        drafts = [self._again(draft, clause) for draft in last]
        for draft in drafts:
            draft.level, draft.count, draft.fiscal_year, draft.stage = None, None, year, stage
        if (year, stage) == self.now:
            self.register.put_in_place_of(last, drafts)
        elif self.base is None:
            self.base = Base(year, stage)
        return drafts

    def open(
        self,
        clause: Clause,
        mention: Mention,
        year: int,
        stage: Stage,
        *,
        wants_level: bool = False,
        is_aside: bool = False,
    ) -> list[Draft]:
        """New claims for a named subject, or those of this sentence that still lack a level.

        Args:
            clause: The clause that names it.
            mention: Where.
            year: Year of what is stated.
            stage: Stage of what is stated.
            wants_level: Whether an amount is stated.
            is_aside: Whether what follows without a subject is about the claims before instead.
        """
        subjects = self.subjects(clause, mention)
        waiting = self.register.latest(subjects, year, stage) if wants_level else []
        if waiting and all(d.waits_for_level and d.is_of(self.sentence) for d in waiting):
            return self.register.name(waiting)
        start = clause.start + mention.start
        begin, end = self.squeezed.printed_span(start, clause.start + mention.end)
        name = self.context.name(mention, self.sentence.text, begin, end)
        drafts = [
            Draft(
                subject=subject,
                name=name,
                place=self.sentence.place(begin + index),
                sentences=[self.sentence],
                fiscal_year=year,
                stage=stage,
                repairs=list(mention.repairs),
            )
            for index, subject in enumerate(subjects)
        ]
        self.register.drafts.extend(drafts)
        self.context.note_subject(drafts[0].subject)
        return drafts if is_aside else self.register.name(drafts)

    # --- comparisons and shares --------------------------------------------------------------

    def reopen(self, clause: Clause, mention: Mention) -> list[Draft]:
        """The claims of a named subject that stand open, or new ones."""
        found = self.register.latest(self.subjects(clause, mention), *self.now)
        if found and not any(draft.is_compared for draft in found):
            return self.register.name(found)
        return self.open(clause, mention, *self.now)

    def compared(
        self, clause: Clause, change: Stated | None = None, growth: Stated | None = None
    ) -> list[Draft]:
        """The claims that a comparison belongs to."""
        if clause.mention is not None:
            return self.reopen(clause, clause.mention)
        return self.register.compared(change, growth) if clause.is_known else []

    def fresh(self, drafts: Sequence[Draft], clause: Clause, what: str) -> list[Draft]:
        """The claims themselves, or second ones where they already compare with something else."""
        return [
            self._again(draft, clause)
            if getattr(draft, what) is not None or draft.is_unchanged or self.has_other_base(draft)
            else draft
            for draft in drafts
        ]

    def unchanged(self, drafts: Sequence[Draft], clause: Clause) -> list[Draft]:
        """The claims that "the same" is said of: not those that state a change from that base."""
        return [
            self._again(draft, clause) if draft.is_compared else draft
            for draft in drafts
            if not draft.is_compared or self.has_other_base(draft)
        ]

    def has_other_base(self, draft: Draft) -> bool:
        """Whether a claim already compares with something else than is spoken of now."""
        return draft.is_compared and self.base is not None and draft.base != self.base

    def budget_meant(self, base: Base | None, words: str) -> Base | None:
        """The budget of the year that a bare 预算 means in final accounts.

        In the section on the three public expenses it is the adjusted one, as the note under their
        official statement says; elsewhere where only the adjusted one was stated.
        """
        year = self.identity.fiscal_year
        is_final = self.identity.stage is Stage.FINAL
        if base != Base(year, Stage.BUDGET) or not is_final or "年初" in words:
            return base
        if self.kind is SectionKind.THREE_PUBLIC:
            return Base(year, Stage.ADJUSTED_BUDGET)
        subjects = tuple(draft.subject for draft in self.register.last)
        is_adjusted = self.register.latest(subjects, year, Stage.ADJUSTED_BUDGET)
        is_initial = self.register.latest(subjects, year, Stage.BUDGET)
        return Base(year, Stage.ADJUSTED_BUDGET) if is_adjusted and not is_initial else base

    def _again(self, draft: Draft, clause: Clause) -> Draft:
        begin, _ = self.squeezed.printed_span(clause.start, clause.start + 1)
        copy = draft.again(self.sentence, self.sentence.place(begin))
        if self.base is not None and self.base.stage is None:
            copy.level = None  # a restated change may be of a restated level
        self.register.drafts.append(copy)
        return copy

    def subjects(self, clause: Clause, mention: Mention) -> tuple[Subject, ...]:
        """What a mention means here; staff may be of a body named in the same clause."""
        if self.kind is SectionKind.STAFFING and mention.start < len(clause.words):
            span = self.context.body_in(clause.words[: mention.start])
            if span is not None:
                start, end = (clause.start + offset for offset in span)
                begin, stop = self.squeezed.printed_span(start, end)
                self.context.body = self.sentence.text[begin:stop]
        return self.context.subjects(mention, self.kind)
