"""Reading one section of the narrative: each number goes to the subject it is stated of.

A sentence is walked from number to number. The words before a number say what it is (a level, a
change, a growth, a share) and of what; a number whose words name no known subject and are not mere
connectives is never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from analytics.schema.vocabularies import Flow, Repair
from analytics.statements.model import Identity
from analytics.statements.narrative.clauses import (
    Clause,
    fill_names,
    last_piece,
    name_subject,
    names_only_subject,
    read_clause,
)
from analytics.statements.narrative.context import Context
from analytics.statements.narrative.drafts import Draft
from analytics.statements.narrative.functions import class_in_heading
from analytics.statements.narrative.model import Base, Claim, Stated, Unread
from analytics.statements.narrative.names import FunctionNames
from analytics.statements.narrative.openings import Openings
from analytics.statements.narrative.phrases import (
    change_sign,
    find_execution,
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
from analytics.statements.narrative.sections import SectionKind, topic_of_sentence
from analytics.statements.narrative.sentences import Sentence
from analytics.statements.narrative.steps import Event, Step, find_steps, growth_after, signed
from analytics.statements.narrative.subjects import find_subjects

__all__ = ["Section"]

_COUNTED = (SectionKind.STAFFING, SectionKind.PERFORMANCE, SectionKind.STATE_ASSETS)
_OF_ONE_FUND = (
    SectionKind.FISCAL,
    SectionKind.FISCAL_EXPENDITURE,
    SectionKind.GENERAL_PUBLIC,
    SectionKind.BASIC,
    SectionKind.BASIC_FISCAL,
    SectionKind.GOVERNMENT_FUND,
    SectionKind.STATE_CAPITAL,
    SectionKind.THREE_PUBLIC,
)
_BASIC = (SectionKind.BASIC, SectionKind.BASIC_FISCAL)
_SHARE = re.compile(r"占(?![有用])比?")
_MOVED = re.compile(r"(?:(?P<down>减少|下降)|增加|增长)的(?:主要)?原因")
_FUND = re.compile(r"财政拨款|一般公共预算|政府性基金|国有资本")


class Section:
    """One section of the narrative; keeps what a sentence needs to know of those before it."""

    def __init__(
        self,
        first: Sentence,
        identity: Identity,
        names: FunctionNames,
        unread: list[Unread],
    ) -> None:
        self.headings = first.headings
        self.identity = identity
        self.names = names
        self.unread = unread
        self.context = Context(
            agency_name=identity.agency_name,
            flow=Flow.EXPENDITURE if "支出" in (first.section or "") else Flow.REVENUE,
            class_code=class_in_heading(first.headings, names),
            body=identity.agency_name,
        )
        self.claims = Openings(first, identity, self.context)
        self.compared: list[Draft] = []
        self.begin(first)

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence."""
        self.claims.begin(sentence)
        self.compared_before, self.compared = self.compared, []
        self.is_after_change = False
        self.context.is_purchase = False
        self.read_to = 0
        if sentence.kind is SectionKind.UNKNOWN:
            topic = topic_of_sentence(sentence.section, self.claims.squeezed.text)
            self.claims.kind = self.claims.kind if topic is SectionKind.UNKNOWN else topic

    def finish(self) -> list[Claim]:
        """The claims of the section."""
        return self.claims.register.finish()

    # --- walking a sentence ------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Read one sentence."""
        self.begin(sentence)
        text = fill_names(self.claims.squeezed.text, self.claims.kind, self.identity)
        quantities = find_quantities(text)
        for start, end in find_malformed(text, quantities):
            self._leave(start, end)
        if self.claims.kind is SectionKind.UNKNOWN:
            for quantity in quantities:
                if quantity.measure is Measure.MONEY:
                    self._leave(quantity.start, quantity.end)
            return
        self.claims.register.begin_sentence()
        self.text = text
        if quantities:
            self._walk(text, find_steps(text, quantities))
        else:
            self._announce(text)
        self.claims.register.end_sentence(announces_parts=text.endswith("其中:"))

    def _announce(self, text: str) -> None:
        """Read a sentence without numbers; one that only names a subject says whose come next."""
        clause = read_clause(text, 0, self.identity)
        self._name(clause, text.rstrip("。:;"))
        if clause.mention is not None and names_only_subject(text, clause.mention):
            self.claims.open(clause, clause.mention, *self.claims.now)
        else:
            self._walk(text, find_steps(text, ()))

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
            at = max(step.end, self.read_to)

    def _clause(self, words: str, start: int) -> Clause:
        """Read the words before a number; tell the register of groups and enumerations."""
        for mark in re.findall(r";|其中", words):
            if mark == ";":
                self.claims.register.begin_group()
            else:
                self.claims.register.begin_parts()
        self.context.note_words(words)
        clause = read_clause(words, start, self.identity)
        if clause.has_base:
            self.claims.base = self.claims.budget_meant(clause.base, words)
        return clause

    def _name(self, clause: Clause, words: str) -> None:
        name_subject(clause, words, self.claims.kind, self.names, self.context.class_code)

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
            case _ if execution := find_execution(clause.words, self.identity):
                is_read = self._execution(clause, numbers, *execution)
            case _:
                is_read = numbers[0].unit == "%" and self._share(clause, numbers)
        if not is_read:
            self._leave(step.start, step.end)
            if clause.is_unknown:
                self.claims.register.lose()
                self.compared = self.compared_before = []

    def _level(self, clause: Clause, numbers: tuple[Quantity, ...]) -> bool:
        self._name(clause, clause.words)
        if not clause.is_known or self.claims.kind is SectionKind.STAFFING:
            return False
        piece = last_piece(clause.words)
        year, stage = level_period(piece, clause.tail if clause.mention else piece, self.identity)
        if clause.base_at_end is not None:
            year, stage = clause.base_at_end.year, clause.base_at_end.stage
        meant = self.claims.budget_meant(Base(year, stage), clause.words)
        if meant is None or meant.stage is None:
            return False
        drafts = self.claims.for_level(clause, meant.year, meant.stage)
        if any(d.level is not None or d.subject.flow is None for d in drafts):
            return False
        return self._give(drafts, numbers, "level")

    def _count(self, clause: Clause, numbers: tuple[Quantity, ...]) -> bool:
        self._name(clause, clause.words)
        if self.claims.kind not in _COUNTED or len(numbers) != 1:
            return False
        if clause.mention is None:
            self._name_behind(clause, numbers[0].end)
        mention = clause.mention
        if mention is None:
            return False
        drafts = self.claims.open(clause, mention, *self.claims.now)
        return self._give(drafts, numbers, "count")

    def _name_behind(self, clause: Clause, end: int) -> None:
        """Find the subject right behind a count ("3个处室")."""
        found = find_subjects(self.text[end:], self.claims.kind, self.names)
        if found and found[0].start == 0:
            offset = end - clause.start
            mention = replace(found[0], start=offset, end=offset + found[0].end)
            clause.mention, clause.is_known = mention, True
            self.read_to = end + found[0].end

    def _execution(
        self, clause: Clause, numbers: tuple[Quantity, ...], end: int, base: Base
    ) -> bool:
        self._name(clause, clause.words[:end])
        self.claims.base = self.claims.budget_meant(base, clause.words[end:])
        drafts = self.claims.fresh(self.claims.compared(clause), clause, "execution")
        return self._give(drafts, numbers, "execution")

    def _share(self, clause: Clause, numbers: tuple[Quantity, ...]) -> bool:
        match = next(reversed(list(_SHARE.finditer(clause.words))), None)
        if match is None or len(numbers) != 1:
            return False
        self._name(clause, clause.words[: match.start()])
        of = clause.words[match.end() :]
        base = share_base(of)
        if base == "basic" and self.claims.kind in _BASIC:
            base = "total"
        is_other_fund = self.claims.kind not in _OF_ONE_FUND and _FUND.search(of) is not None
        if not clause.is_known or base is None or is_other_fund:
            return False
        drafts = self.claims.register.last
        if clause.mention is not None:
            drafts = self.claims.reopen(clause, clause.mention)
        if any(draft.share is not None for draft in drafts):
            return False
        for draft in drafts:
            draft.share_base_code = base
        return self._give(drafts, numbers, "share")

    def _change(
        self, clause: Clause, numbers: tuple[Quantity, ...], sign: int, growth: Stated | None
    ) -> bool:
        self._name(clause, without_change(clause.words))
        drafts = self.claims.compared(clause, signed(numbers[0], sign), growth)
        drafts = self.claims.fresh(drafts, clause, "change")
        return self._give(drafts, numbers, "change", sign)

    def _growth(
        self, clause: Clause, numbers: tuple[Quantity, ...], sign: int, *, is_after_change: bool
    ) -> bool:
        self._name(clause, without_change(clause.words))
        if is_after_change and clause.is_known and clause.mention is None:
            drafts = self.compared
        else:
            drafts = self.claims.compared(clause)
        drafts = self.claims.fresh(drafts, clause, "growth")
        return self._give(drafts, numbers, "growth", sign)

    def _unchanged(self, clause: Clause, step: Step) -> None:
        """Note that a subject is as it was; no number is lost where none is found."""
        self.is_after_change = False
        inside = read_clause(self.text[step.start : step.end], step.start, self.identity)
        if inside.has_base:
            self.claims.base = inside.base
        if step.needs_base and not clause.has_base:
            return
        self._name(clause, clause.words)
        for draft in self.claims.unchanged(self.claims.compared(clause), clause):
            draft.is_unchanged, draft.base = True, self.claims.base
            draft.touch(self.claims.sentence)

    def _give(
        self, drafts: list[Draft], numbers: tuple[Quantity, ...], what: str, sign: int = 1
    ) -> bool:
        """Put the numbers on the claims: one each, or the same on all of them."""
        if not drafts or len(numbers) not in (1, len(drafts)):
            return False
        compares = what in ("change", "growth", "execution")
        for index, draft in enumerate(drafts):
            number = numbers[index if len(numbers) > 1 else 0]
            setattr(draft, what, signed(number, sign))
            end = number.start + len(number.number.text)
            if self.claims.sentence.is_broken(
                *self.claims.squeezed.printed_span(number.start, end)
            ):
                draft.repairs.append(Repair.DIGITS_JOINED)
            if compares:
                draft.base = self.claims.base or draft.base
            draft.touch(self.claims.sentence)
        if compares:
            self.compared = drafts
        return True

    def _give_reason(self, step: Step) -> None:
        """Put a cause on the claims compared before it, in this sentence or the one before.

        A cause may itself say with what a level compares ("小于上年预算数的主要原因是").
        """
        begin, stop = self.claims.squeezed.printed_span(step.cause, step.end)
        reason = self.claims.sentence.text[begin:stop].strip(" ，,。；;：:")
        explained = self.compared or self.compared_before
        words = self.text[step.start : step.cause]
        lead = read_clause(words, step.start, self.identity)
        if not explained and lead.base is not None:
            explained = [draft for draft in self.claims.register.last if not draft.is_compared]
            for draft in explained:
                draft.base = self.claims.budget_meant(lead.base, words)
                draft.touch(self.claims.sentence)
        for draft in explained or self._moved(words):
            draft.reason = draft.reason or reason or None
        self.compared_before = []

    def _moved(self, words: str) -> list[Draft]:
        """Claims that a cause named apart from them is of ("…增加的主要原因是"), by direction."""
        if sign := _MOVED.search(words):
            is_less = sign["down"] is not None
            drafts = self.claims.register.drafts
            return [d for d in drafts if d.change and (d.change.number.value < 0) is is_less]
        return []

    # --- places ------------------------------------------------------------------------------

    def _leave(self, start: int, end: int) -> None:
        """Keep a number that was not understood."""
        begin, stop = self.claims.squeezed.printed_span(start, end)
        self.unread.append(
            Unread(
                text=self.claims.sentence.text[begin:stop],
                sentence=self.claims.sentence.text.strip(),
                section=self.claims.sentence.section,
                place=self.claims.sentence.place(begin),
            )
        )
