"""How a subject is declared: the words for it, and what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.statements.narrative.model import Subject

__all__ = ["BOUNDARY", "SUM", "SUM_WORDS", "Wording", "words"]

BOUNDARY = "年度位门算总各项的于括中，:;。.、)\0局委会院厅部校心室所站队署团办馆庭司处我"
"""Characters behind which a name may begin: pauses, years, connectives, ends of bodies' names."""

SUM_WORDS = r"(?:总?(?:预算|决算)(?:总计|合计|总额|总数)?|总计|合计|总额|总数)"
"""Words that make a total of what stands before them."""

SUM = rf"{SUM_WORDS}?"
"""The same, where they may be left out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that name a subject.

    Args:
        pattern: The words.
        subjects: What they mean. Two are both meant ("收、支总计"), unless ``by_flow``.
        by_flow: Whether the first is meant after a revenue subject and the second after an
            expenditure one ("上年结转").
        sets_name: Whether the words name a set that the subjects after 其中 are part of.
    """

    pattern: re.Pattern[str]
    subjects: tuple[Subject, ...]
    by_flow: bool = False
    sets_name: bool = False


def words(
    pattern: str, *subjects: Subject, by_flow: bool = False, sets_name: bool = False
) -> Wording:
    """Declare the words for a subject, as a regular expression on squeezed text."""
    return Wording(re.compile(pattern), subjects, by_flow, sets_name)
