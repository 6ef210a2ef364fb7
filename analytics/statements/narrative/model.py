"""What the narrative says, once it is read: claims, and the amounts that were not understood."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analytics.amounts import PrintedNumber, yuan_per_unit
from analytics.documents.model import Place
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    Repair,
    Stage,
    Statement,
    Topic,
)

__all__ = ["Base", "Claim", "Narrative", "Stated", "Subject", "Unread"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence speaks of, in the columns that also identify a fact.

    ``code`` is ``None`` where the line is named but no code, or more than one, fits the name.
    """

    statement: Statement | Topic
    flow: Flow | None
    classification: Classification
    code: str | None
    fund: Fund | None = None
    component: Component | None = None
    carryover_basis: CarryoverBasis | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as a sentence states it, sign included, with the unit it is printed in.

    Examples:
        >>> Stated(PrintedNumber(Decimal("-5.10"), Decimal("0.01"), "5.10"), "万元").in_yuan.value
        Decimal('-51000.00')
    """

    number: PrintedNumber
    unit: str

    @property
    def in_yuan(self) -> PrintedNumber:
        """The amount in yuan.

        Raises:
            InputError: The unit is not a unit of money.
        """
        return self.number.scaled(yuan_per_unit(self.unit))

    @property
    def as_share(self) -> PrintedNumber:
        """A percentage as a share: 22.49% is 0.2249 with the step 0.0001; 16 times is 16."""
        return self.number.scaled(Decimal(1) if self.unit == "倍" else Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Base:
    """What a sentence compares with; ``stage`` is ``None`` where no table of that year prints it.

    That is so of restated figures ("同口径", "按可比口径"). What was carried out (执行数) is of the
    stage of the final accounts.
    """

    year: int
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything the narrative states of one subject in one breath.

    Args:
        subject: What it speaks of.
        name: The subject as printed; for staff the body, for performance the set of projects.
        place: Paragraph the sentence begins in; ``row`` counts the sentences of the paragraph and
            ``column`` the characters of the sentence, both from 1.
        sentence: The sentence as printed, joined where a break cut it; two sentences where the
            second states the change of what the first states.
        section: Nearest heading above.
        fiscal_year: Year the level belongs to.
        stage: Stage the level belongs to.
        level: Stated amount of money.
        count: Stated number that is not money, in the normal form of its unit.
        change: Stated change in money, negative for a decrease.
        growth: Stated growth in percent, negative for a decrease.
        share: Stated share in percent.
        share_base_code: Line the share is taken of.
        execution: Stated execution, the level in percent of the base.
        is_unchanged: Whether it says "the same as last year".
        base: What it compares with; ``None`` where it does not say.
        reason: Stated cause.
        repairs: What was mended to read it.
    """

    subject: Subject
    name: str
    place: Place
    sentence: str
    section: str | None
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
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A number with a unit that no rule understands; it is kept and not guessed at."""

    text: str
    sentence: str
    section: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Narrative:
    """The claims of a narrative, in reading order, and the numbers left over."""

    claims: tuple[Claim, ...]
    not_understood: tuple[Unread, ...]
