"""Whom the sentences of a section speak of: the last subject, wholes and the parts of wholes."""

from __future__ import annotations

from analytics.schema.vocabularies import Stage
from analytics.statements.narrative.drafts import Draft
from analytics.statements.narrative.model import Claim, Stated, Subject

__all__ = ["Register"]


class Register:
    """The claims of a section so far, and which of them a comparison without a subject is about.

    Claims come in lists: the one subject of a number, or the two of "收、支总计". Usually a
    comparison belongs to the last subject. Behind an enumeration ("A…，其中：B…，C…，比上年减少…")
    it belongs to the whole; at the start of a sentence to the subject of the sentence before, if
    there was but one. Where that is open, level, change and growth decide, since they fit together
    for one subject only; where they do not decide either, nobody is named.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.last: list[Draft] = []
        self._heads: list[list[Draft]] = []
        self._heads_before: list[list[Draft]] = []
        self._group: list[list[Draft]] = []
        self._whole: list[Draft] | None = None
        self._is_listing = False
        self._has_subject = False
        self._is_lost = False

    # --- what the reader tells ---------------------------------------------------------------

    def begin_sentence(self) -> None:
        """A sentence begins."""
        self._heads_before, self._heads = self._heads, []
        self._has_subject = self._is_lost = False
        self._group = []
        if not self._is_listing:
            self._whole = None

    def end_sentence(self, *, announces_parts: bool) -> None:
        """A sentence ends; ``announces_parts`` if with 其中, so that the next one lists parts."""
        self._is_listing = announces_parts
        if announces_parts:
            self.begin_parts()
        if not self._has_subject and not self._is_lost:
            self._heads = self._heads_before

    def begin_group(self) -> None:
        """A semicolon: what stands before it has its own comparison."""
        self._group, self._whole = [], None

    def begin_parts(self) -> None:
        """其中: what follows are parts of the last subject."""
        self._is_listing = True
        if self._group:
            self._whole, self._group = self._group[-1], []

    def name(self, drafts: list[Draft]) -> list[Draft]:
        """A subject is named; it is now the last one."""
        self.last, self._has_subject = drafts, True
        if drafts not in self._group:
            self._group.append(drafts)
        if not self._is_listing or not self._heads:
            self._heads.append(drafts)
        return drafts

    def put_in_place_of(self, before: list[Draft], drafts: list[Draft]) -> None:
        """Claims on the same subject in the year and stage of the document replace others."""
        self.last = drafts
        self._heads = [drafts if head is before else head for head in self._heads]
        self._group = [drafts if head is before else head for head in self._group]
        self._whole = drafts if self._whole is before else self._whole

    def lose(self) -> None:
        """Something unknown is named: what follows without a subject is about that."""
        self.last, self._heads_before, self._is_lost = [], [], True

    # --- what the reader asks ----------------------------------------------------------------

    def latest(self, subjects: tuple[Subject, ...], year: int, stage: Stage) -> list[Draft]:
        """The last claims on the subjects, in their order; empty if one of them has none."""
        found = []
        for subject in subjects:
            fitting = (d for d in reversed(self.drafts) if d.is_about(subject, year, stage))
            draft = next(fitting, None)
            if draft is None:
                return []
            found.append(draft)
        return found

    def compared(self, change: Stated | None, growth: Stated | None) -> list[Draft]:
        """The claims a comparison without a subject is about; empty if that cannot be told."""
        usual, possible = self._candidates()
        if change is None or growth is None or len(possible) < 2:
            return usual
        agreeing = [drafts for drafts in possible if all(d.agrees(change, growth) for d in drafts)]
        return agreeing[0] if len(agreeing) == 1 else usual

    def _candidates(self) -> tuple[list[Draft], list[list[Draft]]]:
        if not self._has_subject:
            only = self._heads_before[0] if len(self._heads_before) == 1 else []
            return only, self._heads_before
        if not self._is_listing or not self._group:
            return self.last, [self.last]
        parts = [drafts for drafts in self._group if not drafts[0].is_compared]
        if self._whole is None or self._whole[0].is_compared:
            return (self.last if len(parts) < 2 else []), parts
        return (self._whole if len(parts) > 1 else self.last), [self._whole, *parts]

    def finish(self) -> list[Claim]:
        """The claims that state something, in the order their subjects were named."""
        return [draft.finish() for draft in self.drafts if draft.states_something]
