"""A sentence as a series of steps: numbers, "the same as last year", causes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from analytics.statements.narrative.model import Stated
from analytics.statements.narrative.phrases import change_sign, find_reasons, find_unchanged
from analytics.statements.narrative.quantities import Measure, Quantity

__all__ = ["Event", "Step", "find_steps", "growth_after", "signed"]

_LIST = re.compile(r"^[、和及与]$")


class Event(Enum):
    """What a step of a sentence is."""

    NUMBERS = "numbers"
    UNCHANGED = "unchanged"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing a sentence states, and where it stands.

    Args:
        event: What it is.
        start: Offset of its first character in the squeezed sentence.
        end: Offset behind it.
        numbers: The numbers; several where they are listed ("3.00、4.50万元").
        needs_base: Whether "the same" only counts with a comparison before it.
        cause: Offset at which the cause begins, behind the words that announce it.
    """

    event: Event
    start: int
    end: int
    numbers: tuple[Quantity, ...] = ()
    needs_base: bool = False
    cause: int = 0


def find_steps(text: str, quantities: tuple[Quantity, ...]) -> list[Step]:
    """What a sentence states, in order; what stands inside a cause belongs to the cause."""
    causes = find_reasons(text)
    steps = [
        Step(Event.UNCHANGED, start, end, needs_base=needs_base)
        for start, end, needs_base in find_unchanged(text)
    ]
    for quantity in quantities:
        before = steps[-1] if steps else None
        is_listed = (
            before is not None
            and before.event is Event.NUMBERS
            and before.numbers[0].measure is quantity.measure
            and _LIST.match(text[before.end : quantity.start]) is not None
        )
        if before is not None and is_listed:
            numbers = (*before.numbers, quantity)
            steps[-1] = replace(before, end=quantity.end, numbers=numbers)
        else:
            steps.append(Step(Event.NUMBERS, quantity.start, quantity.end, (quantity,)))
    outside = [
        step for step in steps if not any(start <= step.start < end for start, _, end in causes)
    ]
    outside += [Step(Event.REASON, start, end, cause=cause) for start, cause, end in causes]
    return sorted(outside, key=lambda step: step.start)


def growth_after(text: str, step: Step, following: Step | None) -> Stated | None:
    """The growth that is stated right behind a change."""
    if following is None or len(following.numbers) != 1:
        return None
    number = following.numbers[0]
    sign = change_sign(text[step.end : following.start])
    if number.measure is not Measure.PERCENT or sign is None:
        return None
    return signed(number, sign)


def signed(quantity: Quantity, sign: int) -> Stated:
    """The number as stated, negative where the words before it say so."""
    number = quantity.number
    value = -abs(number.value) if sign < 0 else number.value
    return Stated(replace(number, value=value), quantity.unit)
