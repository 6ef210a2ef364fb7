"""Printed amounts as exact yuan, together with the precision they were printed in.

A disclosure prints ``1,204.50`` under ``单位：万元``. What that states is 12,045,000 yuan, known
to within half of the last printed digit (0.005 万元 = 50 yuan). Both are kept exactly: money is
``Decimal`` from the first character to the last, and every tolerance in the package is derived
from the printed step. A blank cell is not a zero: it has no number at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from analytics.errors import InputError

__all__ = [
    "MONEY_UNITS",
    "Interval",
    "PrintedNumber",
    "fold_digits",
    "is_blank",
    "parse_number",
    "yuan_per_unit",
]

MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""Yuan in one unit of money, by the unit's printed name."""

_FOLD: dict[int, int | None] = {
    ord(full): ord(half)
    for full, half in zip("０１２３４５６７８９．，％＋（）", "0123456789.,%+()", strict=True)
}
_FOLD |= {ord(minus): ord("-") for minus in "－–—−﹣"}
_FOLD |= {ord(space): ord(" ") for space in "\u00a0\u3000\u2002\u2003\u2009\t"}
_FOLD |= {ord(zero_width): None for zero_width in "\u200b\u200c\u200d\ufeff"}

_BLANK = re.compile(r"^[-—–/\s]*$")
_NUMBER = re.compile(r"^(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of exact numbers; ``None`` means unbounded on that side.

    Examples:
        >>> (Interval.around(Decimal("8.1"), Decimal("0.01")) * Decimal(10000)).low
        Decimal('80950.000')
    """

    low: Decimal | None
    high: Decimal | None

    @classmethod
    def around(cls, value: Decimal, step: Decimal) -> Interval:
        """The interval of every number that prints as ``value`` in steps of ``step``."""
        return cls(value - step / 2, value + step / 2)

    def __mul__(self, factor: Decimal) -> Interval:
        """Scale by a positive ``factor``."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )

    def __contains__(self, value: object) -> bool:
        """Whether a number lies inside, ends included."""
        if not isinstance(value, Decimal | int):
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed: its exact value, the step of its last digit, and its text.

    Args:
        value: The number, exact.
        step: The value of one unit in the last printed digit. A bare ``0`` says "none" and is
            exact: its step is 0. ``0.00`` has the step 0.01.
        text: The characters as they were printed.
    """

    value: Decimal
    step: Decimal
    text: str

    def scaled(self, factor: Decimal) -> PrintedNumber:
        """The same number in a unit that is ``factor`` times smaller."""
        return PrintedNumber(self.value * factor, self.step * factor, self.text)

    @property
    def interval(self) -> Interval:
        """Every number that would have been printed like this one."""
        return Interval.around(self.value, self.step)


def fold_digits(text: str) -> str:
    """Fold full-width digits, signs and spaces to ASCII and drop zero-width characters.

    Only these are folded. A circled ① stays what it is: it numbers a line and is not a digit.

    Examples:
        >>> fold_digits("１，２０４．５０")
        '1,204.50'
        >>> fold_digits("①3.00")
        '①3.00'
    """
    return text.translate(_FOLD)


@lru_cache(2**14)
def is_blank(text: str) -> bool:
    """Whether a cell prints nothing: empty, spaces, or only a dash or a slash.

    Examples:
        >>> [is_blank(cell) for cell in ("", "　", "—", "/", "0", "0.00")]
        [True, True, True, True, False, False]
    """
    return _BLANK.match(fold_digits(text)) is not None


@lru_cache(2**14)
def parse_number(text: str) -> PrintedNumber | None:
    """Read one printed number; ``None`` where the text is blank or is not a number.

    Thousands separators must stand where they belong, spaces inside the number (a trace of text
    recognition) are closed up, a bracketed number is negative.

    Examples:
        >>> parse_number("1,204.50")
        PrintedNumber(value=Decimal('1204.50'), step=Decimal('0.01'), text='1,204.50')
        >>> parse_number("1 204.50").value
        Decimal('1204.50')
        >>> parse_number("(436.80)").value
        Decimal('-436.80')
        >>> parse_number("0").step, parse_number("0.00").step
        (Decimal('0'), Decimal('0.01'))
        >>> parse_number("") is None, parse_number("12,34") is None, parse_number("50人") is None
        (True, True, True)
    """
    folded = re.sub(r"\s+", "", fold_digits(text))
    negative = folded.startswith("(") and folded.endswith(")")
    match = _NUMBER.match(folded[1:-1] if negative else folded)
    if match is None or (negative and match["sign"]):
        return None
    fraction = match["fraction"] or ""
    value = Decimal(match["sign"] + match["digits"].replace(",", "") + fraction)
    if negative:
        value = -value
    step = (
        Decimal(0) if value == 0 and not fraction else Decimal(1).scaleb(1 - len(fraction or "."))
    )
    return PrintedNumber(value, step, text.strip())


def yuan_per_unit(unit: str) -> Decimal:
    """Yuan in one ``unit`` of money.

    Raises:
        InputError: The unit is not a unit of money.

    Examples:
        >>> yuan_per_unit("万元")
        Decimal('10000')
    """
    try:
        return MONEY_UNITS[unit]
    except KeyError:
        known = "、".join(MONEY_UNITS)
        raise InputError(f"{unit!r} is not a unit of money", hint=f"known units: {known}") from None
