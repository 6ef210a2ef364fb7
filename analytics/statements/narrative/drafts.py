"""A claim while its sentence is still being read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from analytics.documents.model import Place
from analytics.schema.vocabularies import Repair, Stage
from analytics.statements.narrative.model import Base, Claim, Stated, Subject
from analytics.statements.narrative.sentences import Sentence

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """A claim to be: the same fields, filled as the numbers come."""

    subject: Subject
    name: str
    place: Place
    sentences: list[Sentence]
    fiscal_year: int
    stage: Stage
    level: Stated | None = None
    count: Stated | None = None
    change: Stated | None = None
    growth: Stated | None = None
    share: Stated | None = None
    share_base_code: str | None = None
    execution: Stated | None = None
    is_unchanged: bool = False
    base: Base | None = None
    reason: str | None = None
    repairs: list[Repair] = field(default_factory=list)

    @property
    def is_compared(self) -> bool:
        """Whether anything is said of it against another year."""
        has_number = self.change or self.growth or self.execution
        return has_number is not None or self.is_unchanged

    @property
    def waits_for_level(self) -> bool:
        """Whether neither an amount nor a count was stated yet."""
        return self.level is None and self.count is None

    @property
    def states_something(self) -> bool:
        """Whether any number or comparison was given to it."""
        return not self.waits_for_level or self.is_compared or self.share is not None

    def is_about(self, subject: Subject, year: int, stage: Stage) -> bool:
        """Whether it states the subject in a year and stage."""
        return (self.subject, self.period) == (subject, (year, stage))

    @property
    def period(self) -> tuple[int, Stage]:
        """Year and stage of what it states."""
        return self.fiscal_year, self.stage

    def is_of(self, sentence: Sentence) -> bool:
        """Whether the sentence was the last to speak of it."""
        return self.sentences[-1] is sentence

    def touch(self, sentence: Sentence) -> None:
        """Remember that this sentence, too, speaks of it."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def again(self, sentence: Sentence, place: Place) -> Draft:
        """A second comparison of the same level, with another base."""
        return replace(
            self,
            place=place,
            sentences=[*self.sentences, *([] if sentence in self.sentences else [sentence])],
            change=None,
            growth=None,
            share=None,
            share_base_code=None,
            execution=None,
            is_unchanged=False,
            base=None,
            reason=None,
            repairs=list(self.repairs),
        )

    def agrees(self, change: Stated, growth: Stated) -> bool:
        """Whether level, change and growth fit together, within one printed step of the growth."""
        if self.level is None:
            return False
        delta = change.in_yuan.value
        prior = self.level.in_yuan.value - delta
        if prior <= 0:
            return False
        return abs(delta / prior - growth.as_share.value) <= growth.as_share.step

    def finish(self) -> Claim:
        """The claim."""
        repairs = list(self.repairs)
        if any(sentence.joins for sentence in self.sentences):
            repairs.append(Repair.SENTENCE_JOINED)
        return Claim(
            subject=self.subject,
            name=self.name,
            place=self.place,
            sentence="".join(sentence.text for sentence in self.sentences).strip(),
            section=self.sentences[0].section,
            fiscal_year=self.fiscal_year,
            stage=self.stage,
            level=self.level,
            count=self.count,
            change=self.change,
            growth=self.growth,
            share=self.share,
            share_base_code=self.share_base_code,
            execution=self.execution,
            is_unchanged=self.is_unchanged,
            base=self.base,
            reason=self.reason,
            repairs=tuple(dict.fromkeys(repairs)),
        )
