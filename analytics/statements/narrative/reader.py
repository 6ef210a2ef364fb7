"""Reading the narrative: each number is given to the subject it is stated of, or left unread.

The reader walks a sentence from number to number. The words before a number say what it is (a
level, a change, a growth, a share) and of what; a number whose words name no known subject and are
not mere connectives is never guessed at. A comparison that names no subject belongs to the last
one, except behind an enumeration ("A…，其中：B…，C…，比上年减少…"), where it belongs to the whole.
Where that is open, level, change and growth decide: they fit together for one subject only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from analytics.documents.model import Block, Place
from analytics.schema.vocabularies import Flow, Repair, Stage, Topic
from analytics.statements.model import Identity
from analytics.statements.narrative.drafts import Draft
from analytics.statements.narrative.functions import class_in_heading
from analytics.statements.narrative.model import Base, Claim, Narrative, Stated, Subject, Unread
from analytics.statements.narrative.phrases import (
    FILLED,
    change_sign,
    find_bases,
    find_reasons,
    find_unchanged,
    is_filler,
    level_period,
    share_base,
    strip_purpose,
    without_change,
)
from analytics.statements.narrative.quantities import (
    Measure,
    Quantity,
    find_malformed,
    find_quantities,
)
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.sentences import (
    Sentence,
    Squeezed,
    read_sentences,
    squeeze_sentence,
)
from analytics.statements.narrative.subjects import Mention, find_subjects

__all__ = ["read_claims"]

_COUNTED = (SectionKind.STAFFING, SectionKind.PERFORMANCE, SectionKind.STATE_ASSETS)
_DATE = re.compile(r"(?:截至|截止)?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|底|末)")
_FOREIGN = re.compile(r"授予|中小|小微|预留|联合体")
_SHARE = re.compile(r"占(?![有用])比?")
_PAUSE = re.compile(r"[，;:。]")
_LIST = re.compile(r"^[、和及与]$")
_BODY = re.compile(
    r"^(?:其中|另外?|此外|目前|现|:)*(?P<body>.*?)(?:核定|批复|共|现|设|的|有|总计|合计|:)*$"
)
_OPENING_QUOTES = ("“", "‘", '"')
_INSTITUTION = re.compile(r"(?:中心|院|所|站|馆|队|校|学校)(?:[(（][^()（）]*[)）])?$")


def read_claims(blocks: Sequence[Block], identity: Identity) -> Narrative:
    r"""Read what the narrative of a document states.

    Only sections whose headings say what they are about are read; statements, performance forms,
    definitions and tables of contents yield nothing. A stated zero is a number, a blank is none.

    Args:
        blocks: The document in reading order.
        identity: Whose document it is; its year resolves 上年, its stage an unnamed base.

    Returns:
        The claims in reading order, and every number with a unit that was not understood.

    Examples:
        >>> from analytics.documents.text import read_text_blocks
        >>> from analytics.schema.vocabularies import Scope
        >>> me = Identity("a", "某局", 2024, Stage.BUDGET, Scope.UNIT)
        >>> text = "八、机关运行经费情况\n机关运行经费预算3.00万元，比上年减少1.00万元，下降25%。"
        >>> (claim,) = read_claims(read_text_blocks(text), me).claims
        >>> claim.level.in_yuan.value, claim.change.in_yuan.value, claim.base.year
        (Decimal('30000.00'), Decimal('-10000.00'), 2023)
    """
    claims: list[Claim] = []
    unread: list[Unread] = []
    section: _Section | None = None
    for sentence in read_sentences(blocks):
        if section is None or section.headings != sentence.headings:
            if section is not None:
                claims.extend(section.finish())
            section = _Section(sentence, identity, unread)
        section.read(sentence)
    if section is not None:
        claims.extend(section.finish())
    return Narrative(tuple(claims), tuple(unread))


class _Event(Enum):
    NUMBERS = "numbers"
    UNCHANGED = "unchanged"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class _Step:
    """The next thing a sentence states, and where it stands."""

    event: _Event
    start: int
    end: int
    numbers: tuple[Quantity, ...] = ()
    needs_base: bool = False
    cause: int = 0


@dataclass(slots=True)
class _Clause:
    """The words between two numbers, comparisons filled, and what follows from them."""

    start: int
    words: str
    has_base: bool
    base_at_end: Base | None
    mention: Mention | None = None
    is_known: bool = False
    tail: str = ""


class _Section:
    """One section of the narrative; keeps what a sentence needs to know of those before it."""

    def __init__(self, first: Sentence, identity: Identity, unread: list[Unread]) -> None:
        self.headings = first.headings
        self.kind = first.kind
        self.identity = identity
        self.unread = unread
        self.class_code = class_in_heading(first.headings, identity.fiscal_year)
        self.drafts: list[Draft] = []
        self.flow = Flow.EXPENDITURE if "支出" in (first.section or "") else Flow.REVENUE
        self.set_name: str | None = None
        self.body = identity.agency_name
        self.last: list[Draft] = []
        self.heads: list[list[Draft]] = []
        self.is_listing = False
        self.begin(first)

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence."""
        self.sentence = sentence
        self.squeezed: Squeezed = squeeze_sentence(sentence.text)
        self.base: Base | None = None
        self.has_subject = self.is_lost = False
        self.before = self.heads
        self.heads = []
        self.group: list[list[Draft]] = []
        self.head: list[Draft] | None = None
        self.is_listing = self.is_listing and self.squeezed.text[:1] != "("
        self.compared: list[Draft] = []
        self.is_after_change = False

    def finish(self) -> list[Claim]:
        """The claims of the section."""
        return [draft.finish() for draft in self.drafts]

    # --- walking a sentence ------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Read one sentence."""
        compared_before = self.compared
        self.begin(sentence)
        text = self._mask(self.squeezed.text)
        quantities = find_quantities(text)
        for start, end in find_malformed(text, quantities):
            self._leave(start, end)
        if self.kind is SectionKind.UNKNOWN:
            for quantity in quantities:
                if quantity.measure is Measure.MONEY:
                    self._leave(quantity.start, quantity.end)
            return
        at = 0
        steps = _steps(text, quantities)
        for index, step in enumerate(steps):
            clause = self._clause(text[at : step.start], at)
            if step.event is _Event.REASON:
                targets = self.compared or compared_before
                compared_before = []
                self._give_reason(targets, step.cause, step.end)
            elif step.event is _Event.UNCHANGED:
                self._unchanged(clause, step)
            else:
                following = steps[index + 1] if index + 1 < len(steps) else None
                self._numbers(clause, step, text, following)
            at = step.end
        self.is_listing = text.endswith("其中:")
        if not self.has_subject and not self.is_lost:
            self.heads = self.before

    def _mask(self, text: str) -> str:
        """Fill dates, and outside of staffing the agency's own name, which names no subject."""
        text = _DATE.sub(lambda match: FILLED * len(match.group()), text)
        if self.kind is not SectionKind.STAFFING:
            name = squeeze_sentence(self.identity.agency_name).text
            for own in (name, re.sub(r"\([^()]*\)$", "", name)):
                text = text.replace(own, FILLED * len(own)) if own else text
        return text

    def _clause(self, words: str, start: int) -> _Clause:
        """Take the comparisons out of the words before a number; note groups and enumerations."""
        for mark in re.finditer(r";|其中|均|各", words):
            if mark.group() == ";":
                self.group, self.head = [], None
            elif mark.group() == "其中":
                self.is_listing = True
                if self.group:
                    self.head, self.group = self.group[-1], []
        mentions = find_bases(words, self.identity)
        base_at_end = None
        for mention in mentions:
            self.base = mention.base
            if mention.end == len(words):
                base_at_end = mention.base
            length = mention.end - mention.start
            words = words[: mention.start] + FILLED * length + words[mention.end :]
        return _Clause(start, words, bool(mentions), base_at_end)

    def _name_subject(self, clause: _Clause, words: str) -> None:
        """Find what the words name: a subject, nothing but connectives, or something unknown."""
        piece = _PAUSE.split(words)[-1]
        short = strip_purpose(words)
        if _FOREIGN.search(piece):
            return
        if short != words and is_filler(short):
            clause.is_known = True
            return
        mentions = find_subjects(
            words, self.kind, self.identity.fiscal_year, class_code=self.class_code
        )
        if not mentions:
            clause.is_known = is_filler(short)
            return
        last = mentions[-1]
        tail = words[last.end :]
        if is_filler(tail, after_subject=True):
            clause.mention, clause.is_known, clause.tail = last, True, tail

    # --- numbers -----------------------------------------------------------------------------

    def _numbers(self, clause: _Clause, step: _Step, text: str, following: _Step | None) -> None:
        measure = step.numbers[0].measure
        sign = change_sign(clause.words)
        was_after_change, self.is_after_change = self.is_after_change, False
        is_read = False
        if measure is Measure.COUNT:
            is_read = sign is None and self._count(clause, step.numbers)
        elif sign is not None:
            self._name_subject(clause, without_change(clause.words))
            if measure is Measure.MONEY:
                growth = _growth_after(text, step, following)
                is_read = self._change(clause, step.numbers, sign, growth)
                self.is_after_change = is_read
            else:
                is_read = self._growth(clause, step.numbers, sign, was_after_change)
        elif measure is Measure.PERCENT:
            is_read = self._share(clause, step.numbers)
        else:
            self._name_subject(clause, clause.words)
            is_read = self._level(clause, step.numbers)
        if not is_read:
            self._leave(step.start, step.end)
            if clause.mention is None and not clause.is_known:
                self.last, self.before, self.is_lost = [], [], True

    def _level(self, clause: _Clause, numbers: tuple[Quantity, ...]) -> bool:
        if not clause.is_known or self.kind is SectionKind.STAFFING:
            return False
        piece = _PAUSE.split(clause.words)[-1]
        year, stage = level_period(piece, clause.tail or piece, self.identity)
        if clause.base_at_end is not None:
            year, stage = clause.base_at_end.year, clause.base_at_end.stage
        if stage is None:
            return False
        if clause.mention is not None:
            drafts = self._open(clause, year, stage, wants_level=True)
        elif self.last and (year, stage) != (self.last[0].fiscal_year, self.last[0].stage):
            drafts = self._of_period(clause, year, stage)
        else:
            drafts = self.last
        if not drafts or any(d.level is not None or d.subject.flow is None for d in drafts):
            return False
        return self._give(drafts, numbers, "level")

    def _of_period(self, clause: _Clause, year: int, stage: Stage) -> list[Draft]:
        """Claims on the last subject in another year or stage, which changes then refer to."""
        drafts = [self._again(draft, clause) for draft in self.last]
        for draft in drafts:
            draft.level, draft.count, draft.fiscal_year, draft.stage = None, None, year, stage
        if (year, stage) == (self.identity.fiscal_year, self.identity.stage):
            self.last = drafts
        elif self.base is None:
            self.base = Base(year, stage)
        return drafts

    def _count(self, clause: _Clause, numbers: tuple[Quantity, ...]) -> bool:
        self._name_subject(clause, clause.words)
        if self._is_behind_number(clause):
            clause.mention = None
        if self.kind not in _COUNTED or clause.mention is None:
            return False
        drafts = self._open(clause, self.identity.fiscal_year, self.identity.stage)
        return self._give(drafts, numbers, "count")

    def _is_behind_number(self, clause: _Clause) -> bool:
        """Whether the subject follows the number before it ("3个处室、1个中心")."""
        return clause.start > 0 and clause.mention is not None and clause.mention.start == 0

    def _share(self, clause: _Clause, numbers: tuple[Quantity, ...]) -> bool:
        match = next(reversed(list(_SHARE.finditer(clause.words))), None)
        if match is None or len(numbers) != 1:
            return False
        self._name_subject(clause, clause.words[: match.start()])
        base = share_base(clause.words[match.end() :])
        if not clause.is_known or base is None:
            return False
        drafts = self.last if clause.mention is None else self._reopen(clause)
        if not drafts or any(draft.share is not None for draft in drafts):
            return False
        for draft in drafts:
            draft.share_base_code = base
        return self._give(drafts, numbers, "share")

    def _change(
        self, clause: _Clause, numbers: tuple[Quantity, ...], sign: int, growth: Stated | None
    ) -> bool:
        stated = _signed(numbers[0], sign)
        drafts = self._compared(clause, stated, growth)
        drafts = [self._fresh(draft, clause, "change") for draft in drafts]
        return self._give(drafts, numbers, "change", sign)

    def _growth(
        self, clause: _Clause, numbers: tuple[Quantity, ...], sign: int, is_after_change: bool
    ) -> bool:
        if is_after_change and clause.is_known and clause.mention is None:
            drafts = self.compared
        else:
            drafts = self._compared(clause, None, None)
        drafts = [self._fresh(draft, clause, "growth") for draft in drafts]
        return self._give(drafts, numbers, "growth", sign)

    def _unchanged(self, clause: _Clause, step: _Step) -> None:
        """Note that a subject is as it was; no number is lost where none is found."""
        self.is_after_change = False
        if step.needs_base and not clause.has_base:
            return
        self._name_subject(clause, clause.words)
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
            setattr(draft, what, _signed(number, sign))
            if self._is_broken(number):
                draft.repairs.append(Repair.DIGITS_JOINED)
            if compares:
                draft.base = self.base or draft.base
            draft.touch(self.sentence)
        if compares:
            self.compared = drafts
        return True

    # --- which claim -------------------------------------------------------------------------

    def _open(
        self, clause: _Clause, year: int, stage: Stage, *, wants_level: bool = False
    ) -> list[Draft]:
        """New claims for a named subject, or those of this sentence that still lack a level."""
        mention = clause.mention
        if mention is None:
            return []
        if wants_level:
            waiting = self._latest(self._subjects(mention), year)
            if waiting and all(
                d.level is None and d.count is None and d.sentences[-1] is self.sentence
                for d in waiting
            ):
                return self._remember(waiting)
        start = clause.start + mention.start
        begin, end = self.squeezed.printed_span(start, clause.start + mention.end)
        if self.kind is SectionKind.STAFFING:
            self._name_body(clause, mention)
        name = self._claim_name(mention, begin, end)
        drafts = [
            Draft(
                subject=subject,
                name=name,
                place=self._place(begin + index),
                sentences=[self.sentence],
                fiscal_year=year,
                stage=stage,
                repairs=list(mention.repairs),
            )
            for index, subject in enumerate(self._subjects(mention))
        ]
        self.drafts.extend(drafts)
        return self._remember(drafts)

    def _reopen(self, clause: _Clause) -> list[Draft]:
        """The claims of a named subject that stand open, or new ones."""
        if clause.mention is None:
            return []
        found = self._latest(self._subjects(clause.mention), self.identity.fiscal_year)
        if found and not any(draft.is_compared for draft in found):
            return self._remember(found)
        return self._open(clause, self.identity.fiscal_year, self.identity.stage)

    def _latest(self, subjects: tuple[Subject, ...], year: int) -> list[Draft]:
        """The last claims of the section on the subjects, in their order; empty if one has none."""
        found = []
        for subject in subjects:
            fitting = (
                d for d in reversed(self.drafts) if d.subject == subject and d.fiscal_year == year
            )
            draft = next(fitting, None)
            if draft is None:
                return []
            found.append(draft)
        return found

    def _remember(self, drafts: list[Draft]) -> list[Draft]:
        """Note which subject was named last, and its part in the enumeration."""
        self.last = drafts
        self.has_subject = True
        if drafts not in self.group:
            self.group.append(drafts)
        if not self.is_listing or not self.heads:
            self.heads.append(drafts)
        if drafts[0].subject.flow is not None:
            self.flow = drafts[0].subject.flow
        return drafts

    def _compared(
        self, clause: _Clause, change: Stated | None, growth: Stated | None
    ) -> list[Draft]:
        """The claims that a comparison belongs to."""
        if clause.mention is not None:
            return self._reopen(clause)
        if not clause.is_known:
            return []
        usual, others = self._candidates()
        if change is None or growth is None or len(others) < 2:
            return usual
        agreeing = [drafts for drafts in others if all(d.agrees(change, growth) for d in drafts)]
        return agreeing[0] if len(agreeing) == 1 else usual

    def _candidates(self) -> tuple[list[Draft], list[list[Draft]]]:
        """What a comparison without a subject usually belongs to, and all it might belong to."""
        if not self.has_subject:
            only = self.before[0] if len(self.before) == 1 else []
            return only, self.before
        open_items = [drafts for drafts in self.group if not drafts[0].is_compared]
        if not self.is_listing or len(self.group) == 0:
            return self.last, [self.last]
        if self.head is None or self.head[0].is_compared:
            is_clear = len(open_items) < 2
            return (self.last if is_clear else []), open_items
        usual = self.head if len(open_items) > 1 else self.last
        return usual, [self.head, *open_items]

    def _fresh(self, draft: Draft, clause: _Clause, what: str) -> Draft:
        """The claim itself, or a second one where it already compares with something else."""
        is_taken = getattr(draft, what) is not None or draft.is_unchanged
        has_other_base = draft.is_compared and self.base is not None and draft.base != self.base
        return self._again(draft, clause) if is_taken or has_other_base else draft

    def _again(self, draft: Draft, clause: _Clause) -> Draft:
        begin, _ = self.squeezed.printed_span(clause.start, clause.start + 1)
        copy = draft.again(self.sentence, self._place(begin))
        self.drafts.append(copy)
        return copy

    def _subjects(self, mention: Mention) -> tuple[Subject, ...]:
        """What a mention means here."""
        subjects = mention.wording.subjects
        if mention.wording.by_flow:
            return subjects[:1] if self.flow is Flow.REVENUE else subjects[1:]
        if subjects[0].code == "posts" and _INSTITUTION.search(self.body):
            return (replace(subjects[0], code="posts_institution"),)
        return subjects

    def _claim_name(self, mention: Mention, begin: int, end: int) -> str:
        """The subject as printed; for staff the body, for performance the set of projects."""
        printed = self.sentence.text
        begin -= printed[begin - 1 : begin] in _OPENING_QUOTES
        topic = mention.wording.subjects[0].statement
        if topic is Topic.STAFFING:
            return self.body
        if topic is Topic.PERFORMANCE and mention.wording.sets_name:
            self.set_name = printed[begin:end]
        return self.set_name or printed[begin:end]

    def _name_body(self, clause: _Clause, mention: Mention) -> None:
        """Note which body the staff belong to, where the clause begins with its name."""
        lead = clause.words[: mention.start]
        piece = _PAUSE.split(lead)[-1]
        if piece.startswith("另有"):
            self.body = self.identity.agency_name
        match = _BODY.match(piece)
        if match and len(match["body"]) > 2 and not is_filler(match["body"]):
            start = clause.start + len(lead) - len(piece)
            begin, end = self.squeezed.printed_span(
                start + match.start("body"), start + match.end("body")
            )
            self.body = self.sentence.text[begin:end]

    # --- small things ------------------------------------------------------------------------

    def _give_reason(self, drafts: list[Draft], start: int, end: int) -> None:
        begin, stop = self.squeezed.printed_span(start, end)
        reason = self.sentence.text[begin:stop].strip(" ，,。；;：:")
        for draft in drafts:
            draft.reason = draft.reason or reason or None

    def _leave(self, start: int, end: int) -> None:
        """Keep a number that was not understood."""
        begin, stop = self.squeezed.printed_span(start, end)
        self.unread.append(
            Unread(
                text=self.sentence.text[begin:stop],
                sentence=self.sentence.text.strip(),
                section=self.sentence.section,
                place=self._place(begin),
            )
        )

    def _is_broken(self, quantity: Quantity) -> bool:
        """Whether spaces or a line break stand inside a number."""
        end = quantity.start + len(quantity.number.text)
        begin, stop = self.squeezed.printed_span(quantity.start, end)
        has_break = any(begin < join < stop for join in self.sentence.joins)
        return has_break or re.search(r"\s", self.sentence.text[begin:stop]) is not None

    def _place(self, offset: int) -> Place:
        here = self.sentence
        return Place(here.block, here.row, offset + 1, here.page, here.line)


def _steps(text: str, quantities: tuple[Quantity, ...]) -> list[_Step]:
    """What a sentence states, in order; what stands inside a cause belongs to the cause."""
    causes = find_reasons(text)
    steps = [_Step(_Event.REASON, start, end, cause=cause) for start, cause, end in causes]
    steps += [
        _Step(_Event.UNCHANGED, start, end, needs_base=needs_base)
        for start, end, needs_base in find_unchanged(text)
    ]
    for quantity in quantities:
        before = steps[-1] if steps and steps[-1].event is _Event.NUMBERS else None
        is_listed = before is not None and _LIST.match(text[before.end : quantity.start])
        if before and is_listed and before.numbers[0].measure is quantity.measure:
            numbers = (*before.numbers, quantity)
            steps[-1] = replace(before, end=quantity.end, numbers=numbers)
        else:
            steps.append(_Step(_Event.NUMBERS, quantity.start, quantity.end, (quantity,)))
    inside = [(start, end) for start, _, end in causes]
    kept = [
        step
        for step in steps
        if step.event is _Event.REASON
        or not any(start <= step.start < end for start, end in inside)
    ]
    return sorted(kept, key=lambda step: step.start)


def _growth_after(text: str, step: _Step, following: _Step | None) -> Stated | None:
    """The growth that is stated right behind a change."""
    if following is None or len(following.numbers) != 1:
        return None
    number = following.numbers[0]
    sign = change_sign(text[step.end : following.start])
    if number.measure is not Measure.PERCENT or sign is None:
        return None
    return _signed(number, sign)


def _signed(quantity: Quantity, sign: int) -> Stated:
    number = quantity.number
    value = -abs(number.value) if sign < 0 else number.value
    return Stated(replace(number, value=value), quantity.unit)
