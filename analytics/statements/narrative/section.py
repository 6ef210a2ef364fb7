"""Reading one section of the narrative: each number goes to the subject it is stated of.

A sentence is walked from number to number. The words before a number say what it is (a level, a
change, a growth, a share) and of what; a number whose words name no known subject and are not mere
connectives is never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from analytics.schema.vocabularies import Flow, Repair, Stage, Topic
from analytics.statements.model import Identity
from analytics.statements.narrative.clauses import (
    Clause,
    fill_names,
    find_body,
    last_piece,
    name_subject,
    read_clause,
)
from analytics.statements.narrative.drafts import Draft
from analytics.statements.narrative.functions import class_in_heading
from analytics.statements.narrative.model import Base, Claim, Stated, Subject, Unread
from analytics.statements.narrative.phrases import (
    change_sign,
    level_period,
    share_base,
    without_change,
)
from analytics.statements.narrative.quantities import (
    Measure,
    Quantity,
    find_malformed,
    find_quantities,
)
from analytics.statements.narrative.register import Register
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.sentences import (
    Sentence,
    squeeze_sentence,
)
from analytics.statements.narrative.steps import Event, Step, find_steps, growth_after, signed
from analytics.statements.narrative.subjects import Mention

__all__ = ["Section"]

_COUNTED = (SectionKind.STAFFING, SectionKind.PERFORMANCE, SectionKind.STATE_ASSETS)
_SHARE = re.compile(r"占(?![有用])比?")
_OPENING_QUOTES = ("“", "‘", '"')
_INSTITUTION = re.compile(r"(?:中心|院|所|站|馆|队|校)(?:[(（][^()（）]*[)）])?$")


class Section:
    """One section of the narrative; keeps what a sentence needs to know of those before it."""

    def __init__(self, first: Sentence, identity: Identity, unread: list[Unread]) -> None:
        self.headings = first.headings
        self.kind = first.kind
        self.identity = identity
        self.unread = unread
        self.register = Register()
        self.class_code = class_in_heading(first.headings, identity.fiscal_year)
        self.flow = Flow.EXPENDITURE if "支出" in (first.section or "") else Flow.REVENUE
        self.set_name: str | None = None
        self.body = identity.agency_name
        self.compared: list[Draft] = []
        self.base: Base | None = None
        self.begin(first)

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence."""
        self.sentence = sentence
        self.squeezed = squeeze_sentence(sentence.text)
        if not self.squeezed.text.startswith("其中"):
            self.base = None
        self.compared_before, self.compared = self.compared, []
        self.is_after_change = False

    def finish(self) -> list[Claim]:
        """The claims of the section."""
        return self.register.finish()

    # --- walking a sentence ------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Read one sentence."""
        self.begin(sentence)
        text = fill_names(self.squeezed.text, self.kind, self.identity)
        quantities = find_quantities(text)
        for start, end in find_malformed(text, quantities):
            self._leave(start, end)
        if self.kind is SectionKind.UNKNOWN:
            for quantity in quantities:
                if quantity.measure is Measure.MONEY:
                    self._leave(quantity.start, quantity.end)
            return
        self.register.begin_sentence()
        self._walk(text, find_steps(text, quantities))
        self.register.end_sentence(announces_parts=text.endswith("其中:"))

    def _walk(self, text: str, steps: list[Step]) -> None:
        at = 0
        for step, following in zip_longest(steps, steps[1:]):
            clause = self._clause(text[at : step.start], at)
            if step.event is Event.REASON:
                self._give_reason(step)
            elif step.event is Event.UNCHANGED:
                self._unchanged(clause, step)
            else:
                growth = growth_after(text, step, following)
                self._numbers(clause, step, growth)
            at = step.end

    def _clause(self, words: str, start: int) -> Clause:
        """Read the words before a number; tell the register of groups and enumerations."""
        for mark in re.findall(r";|其中", words):
            if mark == ";":
                self.register.begin_group()
            else:
                self.register.begin_parts()
        clause = read_clause(words, start, self.identity)
        if clause.has_base:
            self.base = clause.base
        return clause

    def _name(self, clause: Clause, words: str) -> None:
        name_subject(clause, words, self.kind, self.identity.fiscal_year, self.class_code)

    # --- numbers -----------------------------------------------------------------------------

    def _numbers(self, clause: Clause, step: Step, growth: Stated | None) -> None:
        numbers, sign = step.numbers, change_sign(clause.words)
        was_after_change, self.is_after_change = self.is_after_change, False
        match numbers[0].measure:
            case Measure.COUNT:
                is_read = sign is None and self._count(clause, numbers)
            case Measure.MONEY if sign is not None:
                is_read = self._change(clause, numbers, sign, growth)
                self.is_after_change = is_read
            case Measure.MONEY:
                is_read = self._level(clause, numbers)
            case _ if sign is not None:
                is_read = self._growth(clause, numbers, sign, is_after_change=was_after_change)
            case _:
                is_read = self._share(clause, numbers)
        if not is_read:
            self._leave(step.start, step.end)
            if clause.is_unknown:
                self.register.lose()
                self.compared = self.compared_before = []

    def _level(self, clause: Clause, numbers: tuple[Quantity, ...]) -> bool:
        self._name(clause, clause.words)
        if not clause.is_known or self.kind is SectionKind.STAFFING:
            return False
        piece = last_piece(clause.words)
        year, stage = level_period(piece, clause.tail if clause.mention else piece, self.identity)
        if clause.base_at_end is not None:
            year, stage = clause.base_at_end.year, clause.base_at_end.stage
        if stage is None:
            return False
        last = self.register.last
        if clause.mention is not None:
            drafts = self._open(clause, clause.mention, year, stage, wants_level=True)
        elif last and (year, stage) != (last[0].fiscal_year, last[0].stage):
            drafts = self._of_period(clause, year, stage)
        else:
            drafts = last
        if any(d.level is not None or d.subject.flow is None for d in drafts):
            return False
        return self._give(drafts, numbers, "level")

    def _of_period(self, clause: Clause, year: int, stage: Stage) -> list[Draft]:
        """Claims on the last subject in another year or stage, which changes then refer to."""
        drafts = [self._again(draft, clause) for draft in self.register.last]
        for draft in drafts:
            draft.level, draft.count, draft.fiscal_year, draft.stage = None, None, year, stage
        if (year, stage) == (self.identity.fiscal_year, self.identity.stage):
            self.register.last = drafts
        elif self.base is None:
            self.base = Base(year, stage)
        return drafts

    def _count(self, clause: Clause, numbers: tuple[Quantity, ...]) -> bool:
        self._name(clause, clause.words)
        mention = clause.mention
        if self.kind not in _COUNTED or mention is None:
            return False
        if clause.start > 0 and mention.start == 0:  # "3个处室、1个中心": it follows its own number
            clause.mention, clause.is_known = None, False
            return False
        drafts = self._open(clause, mention, self.identity.fiscal_year, self.identity.stage)
        return self._give(drafts, numbers, "count")

    def _share(self, clause: Clause, numbers: tuple[Quantity, ...]) -> bool:
        match = next(reversed(list(_SHARE.finditer(clause.words))), None)
        if match is None or len(numbers) != 1:
            return False
        self._name(clause, clause.words[: match.start()])
        base = share_base(clause.words[match.end() :])
        if not clause.is_known or base is None:
            return False
        drafts = self._reopen(clause.mention, clause) if clause.mention else self.register.last
        if any(draft.share is not None for draft in drafts):
            return False
        for draft in drafts:
            draft.share_base_code = base
        return self._give(drafts, numbers, "share")

    def _change(
        self, clause: Clause, numbers: tuple[Quantity, ...], sign: int, growth: Stated | None
    ) -> bool:
        self._name(clause, without_change(clause.words))
        drafts = self._compared(clause, signed(numbers[0], sign), growth)
        drafts = [self._fresh(draft, clause, "change") for draft in drafts]
        return self._give(drafts, numbers, "change", sign)

    def _growth(
        self, clause: Clause, numbers: tuple[Quantity, ...], sign: int, *, is_after_change: bool
    ) -> bool:
        self._name(clause, without_change(clause.words))
        if is_after_change and clause.is_known and clause.mention is None:
            drafts = self.compared
        else:
            drafts = self._compared(clause, None, None)
        drafts = [self._fresh(draft, clause, "growth") for draft in drafts]
        return self._give(drafts, numbers, "growth", sign)

    def _unchanged(self, clause: Clause, step: Step) -> None:
        """Note that a subject is as it was; no number is lost where none is found."""
        self.is_after_change = False
        if step.needs_base and not clause.has_base:
            return
        self._name(clause, clause.words)
        for draft in self._compared(clause, None, None):
            if not draft.is_compared:
                draft.is_unchanged, draft.base = True, self.base
                draft.touch(self.sentence)

    def _give(
        self, drafts: list[Draft], numbers: tuple[Quantity, ...], what: str, sign: int = 1
    ) -> bool:
        """Put the numbers on the claims: one each, or the same on all of them."""
        if not drafts or len(numbers) not in (1, len(drafts)):
            return False
        compares = what in ("change", "growth")
        for index, draft in enumerate(drafts):
            number = numbers[index if len(numbers) > 1 else 0]
            setattr(draft, what, signed(number, sign))
            end = number.start + len(number.number.text)
            if self.sentence.is_broken(*self.squeezed.printed_span(number.start, end)):
                draft.repairs.append(Repair.DIGITS_JOINED)
            if compares:
                draft.base = self.base or draft.base
            draft.touch(self.sentence)
        if compares:
            self.compared = drafts
        return True

    def _give_reason(self, step: Step) -> None:
        """Put a cause on the claims compared before it, in this sentence or the one before."""
        begin, stop = self.squeezed.printed_span(step.cause, step.end)
        reason = self.sentence.text[begin:stop].strip(" ，,。；;：:")
        for draft in self.compared or self.compared_before:
            draft.reason = draft.reason or reason or None
        self.compared_before = []

    # --- which claim -------------------------------------------------------------------------

    def _open(
        self,
        clause: Clause,
        mention: Mention,
        year: int,
        stage: Stage,
        *,
        wants_level: bool = False,
    ) -> list[Draft]:
        """New claims for a named subject, or those of this sentence that still lack a level."""
        subjects = self._subjects(clause, mention)
        waiting = self.register.latest(subjects, year) if wants_level else []
        if waiting and all(d.waits_for_level and d.is_of(self.sentence) for d in waiting):
            return self.register.name(waiting)
        start = clause.start + mention.start
        begin, end = self.squeezed.printed_span(start, clause.start + mention.end)
        name = self._claim_name(mention, begin, end)
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
        self._note_context(drafts[0].subject)
        return self.register.name(drafts)

    def _reopen(self, mention: Mention, clause: Clause) -> list[Draft]:
        """The claims of a named subject that stand open, or new ones."""
        year, stage = self.identity.fiscal_year, self.identity.stage
        found = self.register.latest(self._subjects(clause, mention), year)
        if found and not any(draft.is_compared for draft in found):
            return self.register.name(found)
        return self._open(clause, mention, year, stage)

    def _compared(
        self, clause: Clause, change: Stated | None, growth: Stated | None
    ) -> list[Draft]:
        """The claims that a comparison belongs to."""
        if clause.mention is not None:
            return self._reopen(clause.mention, clause)
        return self.register.compared(change, growth) if clause.is_known else []

    def _fresh(self, draft: Draft, clause: Clause, what: str) -> Draft:
        """The claim itself, or a second one where it already compares with something else."""
        is_taken = getattr(draft, what) is not None or draft.is_unchanged
        has_other_base = draft.is_compared and self.base is not None and draft.base != self.base
        return self._again(draft, clause) if is_taken or has_other_base else draft

    def _again(self, draft: Draft, clause: Clause) -> Draft:
        begin, _ = self.squeezed.printed_span(clause.start, clause.start + 1)
        copy = draft.again(self.sentence, self.sentence.place(begin))
        self.register.drafts.append(copy)
        return copy

    def _subjects(self, clause: Clause, mention: Mention) -> tuple[Subject, ...]:
        """What a mention means here."""
        subjects = mention.wording.subjects
        if mention.wording.by_flow:
            return subjects[:1] if self.flow is Flow.REVENUE else subjects[1:]
        if self.kind is SectionKind.STAFFING:
            self._note_body(clause, mention)
            if subjects[0].code == "posts" and _INSTITUTION.search(self.body):
                return (replace(subjects[0], code="posts_institution"),)
        return subjects

    def _note_context(self, subject: Subject) -> None:
        """Remember the direction of the money, and the functional group that items belong to."""
        if subject.flow is not None:
            self.flow = subject.flow
        code = subject.code or ""
        if code.isdigit() and len(code) == 5:
            self.class_code = code

    def _note_body(self, clause: Clause, mention: Mention) -> None:
        """Remember which body the staff belong to, where the clause begins with its name."""
        lead = clause.words[: mention.start]
        if last_piece(lead).startswith("另有"):
            self.body = self.identity.agency_name
        span = find_body(lead)
        if span is not None:
            begin, end = self.squeezed.printed_span(clause.start + span[0], clause.start + span[1])
            self.body = self.sentence.text[begin:end]

    def _claim_name(self, mention: Mention, begin: int, end: int) -> str:
        """The subject as printed; for staff the body, for performance the set of projects."""
        printed = self.sentence.text
        begin -= printed[max(0, begin - 1) : begin] in _OPENING_QUOTES
        topic = mention.wording.subjects[0].statement
        if topic is Topic.STAFFING:
            return self.body
        if topic is Topic.PERFORMANCE and mention.wording.sets_name:
            self.set_name = printed[begin:end]
        return self.set_name or printed[begin:end]

    # --- places ------------------------------------------------------------------------------

    def _leave(self, start: int, end: int) -> None:
        """Keep a number that was not understood."""
        begin, stop = self.squeezed.printed_span(start, end)
        self.unread.append(
            Unread(
                text=self.sentence.text[begin:stop],
                sentence=self.sentence.text.strip(),
                section=self.sentence.section,
                place=self.sentence.place(begin),
            )
        )
