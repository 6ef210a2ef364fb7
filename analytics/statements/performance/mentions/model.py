"""What a mention is: one figure that a running text of a project form states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.schema.form_vocabularies import Comparator, DateBasis, MentionKind, MentionRole

__all__ = ["Figure", "Mention", "Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as an interval; an end that the text leaves open is ``None``.

    Args:
        month_day_from: First day as month × 100 + day.
        month_day_to: Last day as month × 100 + day.
        date_from: First day; ``None`` also where no year is clear.
        date_to: Last day; ``None`` also where no year is clear.
        basis: How the year is known.
    """

    month_day_from: int | None
    month_day_to: int | None
    date_from: date | None
    date_to: date | None
    basis: DateBasis

    @property
    def year(self) -> int | None:
        """The year it ends in, or begins in where the end is open."""
        known = self.date_to or self.date_from
        return None if known is None else known.year


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date as found in a text, before anything is said of its role.

    Args:
        kind: Sort of figure.
        start: Offset of its first character in the folded text.
        end: Offset behind its last character.
        value: The number in ``unit``; ``None`` for a date and for a range.
        step: Value of one unit in the last printed digit.
        unit: Unit in its normal form.
        yuan: The amount in yuan; ``None`` where the unit of money is not clear.
        step_yuan: The printed step in yuan.
        per_unit: What one is paid for, without the period.
        per_period: Period one is paid for.
        comparator: How the words around it bind it; ``None`` where they do not.
        is_about: Whether the words say that it is not exact.
        moment: The date.
    """

    kind: MentionKind
    start: int
    end: int
    value: Decimal | None = None
    step: Decimal | None = None
    unit: str | None = None
    yuan: Decimal | None = None
    step_yuan: Decimal | None = None
    per_unit: str | None = None
    per_period: str | None = None
    comparator: Comparator | None = None
    is_about: bool = False
    moment: Moment | None = None


@dataclass(slots=True)
class Mention:
    """A figure in its text, with its role and what it belongs to.

    Args:
        figure: The figure.
        number: 1, 2, 3 … within the text.
        text: The figure as printed.
        position: Its first character in the text, from 1.
        sentence: Number of its sentence, from 1.
        wording: The clause it stands in, as printed.
        noun: The words before and behind it in the clause, joined by ``…``.
        before: The words of its clause before it, folded.
        after: The words of its clause behind it, folded.
        role: What it is, for money and shares.
        part_of: Number of the mention it is a part of.
        is_closed: Of a total, whether its parts are all listed with their amounts.
        contract: Number of the contract it belongs to.
        product: Number of the product it belongs to.
    """

    figure: Figure
    number: int
    text: str
    position: int
    sentence: int
    wording: str
    noun: str | None
    before: str
    after: str
    role: MentionRole | None = None
    part_of: int | None = None
    is_closed: bool | None = None
    contract: int | None = None
    product: int | None = None

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money that is known in yuan."""
        return self.figure.yuan is not None

    @property
    def is_amount(self) -> bool:
        """Whether it is such an amount and no price of one unit."""
        return self.is_money and self.role is not MentionRole.UNIT_PRICE
