"""Finding the subjects that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.schema.vocabularies import Classification, Component, Flow, Repair
from analytics.statements.narrative.catalogue import CATALOGUE, FUNCTION_LINES
from analytics.statements.narrative.functions import find_functions
from analytics.statements.narrative.model import Subject
from analytics.statements.narrative.names import FunctionNames
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.wordings import Wording, words

__all__ = ["Mention", "find_subjects"]

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject named in a text.

    Args:
        start: Offset of the first character of its name.
        end: Offset behind its name.
        wording: What the words mean.
        repairs: How its code was found, where it was found by name.
    """

    start: int
    end: int
    wording: Wording
    repairs: tuple[Repair, ...] = ()


def find_subjects(
    text: str, kind: SectionKind, names: FunctionNames, class_code: str | None = None
) -> tuple[Mention, ...]:
    """The subjects that a squeezed text names, in order and without overlaps.

    What stands between brackets belongs to the words before them and names nothing itself.

    Args:
        text: Squeezed text.
        kind: What its section is about.
        names: What functional lines are called, for codes found by name.
        class_code: Functional class that the heading above names.

    Examples:
        >>> found = find_subjects("其中:人员经费", SectionKind.BASIC, FunctionNames(2024))
        >>> [str(mention.wording.subjects[0].component) for mention in found]
        ['personnel']
    """
    found = [
        Mention(match.start(), match.end(), wording)
        for wording in CATALOGUE.get(kind, ())
        for match in wording.pattern.finditer(text)
    ]
    if kind in FUNCTION_LINES:
        found.extend(_function_mentions(text, kind, names, class_code))
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    found = [m for m in found if not any(start < m.start < end for start, end in brackets)]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _function_mentions(
    text: str, kind: SectionKind, names: FunctionNames, class_code: str | None
) -> Iterator[Mention]:
    statement, fund, basis = FUNCTION_LINES[kind]
    for found in find_functions(text, names, class_code):
        subject = Subject(
            statement,
            Flow.EXPENDITURE,
            Classification.FUNCTION,
            found.code,
            fund,
            Component.TOTAL,
            basis,
        )
        repairs = () if found.repair is None else (found.repair,)
        yield Mention(found.start, found.end, words("", subject), repairs)
