"""Numbers in which recognition took one character for another that looks like it."""

from __future__ import annotations

import re

from analytics.amounts import fold_digits, parse_number

__all__ = ["fold_lookalikes"]

_DIGITS = str.maketrans("OoＯｏ〇lI|丨", "000001111")
_FEWEST_DIGITS = 2
_MARK = r"[.,;:'、。·；：‘’]+"
_MARKED = re.compile(
    rf"^(?P<sign>[+-]?)(?P<whole>\d{{1,3}}(?:{_MARK}\d{{3}})*|\d+){_MARK}(?P<cents>\d{{2}})"
    rf"(?:{_MARK})?$"
)
_DASH_READ_AS_ONE = re.compile(r"^[一_](?=\d[\d,]*\.\d{2}$)")


def fold_lookalikes(text: str) -> str | None:
    """The number that a cell shows, if only look-alikes keep it from being one.

    Letters for digits (O, l, I), other marks or several for the comma between thousands and for
    the point before two decimals, a mark behind these, a Chinese one for a minus. Nothing is folded
    where the cell is a number as it stands, where most of it are no digits, or where two readings
    would be possible.

    Args:
        text: The cell as recognised.

    Returns:
        The number as it must have been printed; ``None`` where nothing is to be folded.

    Examples:
        >>> [fold_lookalikes(cell) for cell in ("1,2O4.5O", "1.204;50", "1,204..50.", "l2.00")]
        ['1,204.50', '1,204.50', '1,204.50', '12.00']
        >>> [fold_lookalikes(cell) for cell in ("1,204.50", "OK", "50人", "1,.204")]
        [None, None, None, None]
    """
    if parse_number(text) is not None:
        return None
    plain = fold_digits(text).replace(" ", "")
    digits = sum(character.isdecimal() for character in plain)
    if digits < _FEWEST_DIGITS or digits * 2 < len(plain):
        return None
    folded = _DASH_READ_AS_ONE.sub("-", plain.translate(_DIGITS))
    if parse_number(folded) is None and (marked := _MARKED.match(folded)):
        thousands = re.sub(_MARK, ",", marked["whole"])
        folded = f"{marked['sign']}{thousands}.{marked['cents']}"
    return folded if parse_number(folded) is not None else None
