"""How figures and names are written on a chart: amounts in 万元, growth, wrapped labels.

Amounts arrive in exact yuan and leave as text made from the exact number, never from the float
that places a mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from analytics.errors import NotFoundError
from analytics.schema.vocabularies import Vocabulary

__all__ = [
    "Lang",
    "check_lang",
    "no_data",
    "percent_text",
    "plain_text",
    "unique",
    "wan",
    "wan_text",
    "width_em",
    "word",
    "wrap",
    "year_text",
]

Lang = Literal["zh", "en"]
"""The languages a chart can be labelled in."""

_YUAN_PER_WAN = Decimal(10_000)
_MINUS = "\u2212"
# A line may not begin with a closing mark; words, numbers and their marks stay in one piece.
_PIECE = re.compile(r"\n|[ \t]+|[A-Za-z0-9.,%+\-–−/_&']+|.")
_CLOSING = frozenset("，。、；：？！）》】”’％·…),.;:?!]}")


def check_lang(lang: str) -> None:
    """Refuse a language that charts do not speak.

    Raises:
        NotFoundError: ``lang`` is neither ``zh`` nor ``en``.
    """
    if lang not in ("zh", "en"):
        raise NotFoundError.for_name("chart language", lang, ["zh", "en"])


def word(vocabulary: type[Vocabulary], value: str, lang: Lang) -> str:
    """The label of a value in the language.

    Raises:
        NotFoundError: The vocabulary has no such value.

    Examples:
        >>> from analytics.schema.vocabularies import Stage
        >>> word(Stage, "final", "zh")
        '决算'
    """
    members = {str(member): member for member in vocabulary}
    if value not in members:
        raise NotFoundError.for_name(vocabulary.__name__.lower(), value, members)
    return members[value].label(lang)


def no_data(lang: Lang) -> str:
    """What stands where a figure is missing; a zero is never written like this.

    Examples:
        >>> no_data("zh"), no_data("en"), wan_text(Decimal(0), "zh")
        ('无数据', 'n/a', '0.00')
    """
    return "无数据" if lang == "zh" else "n/a"


def year_text(year: int, lang: Lang) -> str:
    """A fiscal year as it is written in the language.

    Examples:
        >>> year_text(2024, "zh"), year_text(2024, "en")
        ('2024年', '2024')
    """
    return f"{year}年" if lang == "zh" else str(year)


def wan(amount: Decimal | None) -> float | None:
    """Yuan as 万元, for the place of a mark.

    Examples:
        >>> wan(Decimal("12045000.00")), wan(None)
        (1204.5, None)
    """
    return None if amount is None else float(amount / _YUAN_PER_WAN)


def wan_text(amount: Decimal | None, lang: Lang, *, signed: bool = False) -> str:
    """Yuan as the text of 万元: two decimals, more only where two would print a false zero.

    Args:
        amount: Yuan; ``None`` is a missing figure and reads so.
        lang: Language of the word for a missing figure.
        signed: Write a plus before a rise too.

    Examples:
        >>> wan_text(Decimal("12045000"), "zh")
        '1,204.50'
        >>> wan_text(Decimal("-360500"), "zh", signed=True)
        '−36.05'
        >>> wan_text(Decimal("30"), "zh"), wan_text(Decimal("0"), "zh")
        ('0.003', '0.00')
    """
    if amount is None:
        return no_data(lang)
    value = amount / _YUAN_PER_WAN
    shown = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{abs(shown):,.2f}" if shown or not value else f"{abs(value).normalize():f}"
    sign = _MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + text


def percent_text(share: float | None, lang: Lang, *, signed: bool = False) -> str:
    """A share of one as the text of a percentage with two decimals.

    Args:
        share: 0.5 for 50 %; ``None`` for what is not known.
        lang: Language of the words for what is not known.
        signed: Put a plus before what is above zero, as growth is written.

    Examples:
        >>> percent_text(-0.124903, "zh", signed=True), percent_text(0.8076, "zh")
        ('−12.49%', '80.76%')
    """
    if share is None:
        return no_data(lang)
    shown = Decimal(str(share * 100)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = _MINUS if shown < 0 else "+" if signed and shown > 0 else ""
    return f"{sign}{abs(shown):,.2f}%"


def plain_text(value: Decimal) -> str:
    """A number that is not 万元: two decimals at most, trailing zeros dropped.

    A small number keeps two significant digits rather than become zero.

    Examples:
        >>> plain_text(Decimal("3166.6667")), plain_text(Decimal("1200.00"))
        ('3,166.67', '1,200')
        >>> plain_text(Decimal("0.000126"))
        '0.00013'
    """
    digits = Decimal("0.01")
    if value and abs(value) < digits:
        digits = Decimal(1).scaleb(value.adjusted() - 1)
    text = f"{value.quantize(digits, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def width_em(text: str) -> float:
    """Width in em, about: a Chinese character is one, a Latin one a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.54 for c in text)


def wrap(text: str, em: float, *, lines: int | None = None) -> str:
    r"""Break a label into lines no wider than ``em`` Chinese characters.

    Words and numbers stay whole where they fit a line, a line never begins with a closing mark,
    and lines are made as even as their number allows.

    Args:
        text: The label.
        em: Width of a line, in widths of a Chinese character.
        lines: Keep at most that many lines and end the last with ``…``.

    Examples:
        >>> wrap("示范工作专班工作经费", 8)
        '示范工作专\n班工作经费'
        >>> wrap("示范工作专班工作经费", 4, lines=2)
        '示范工作\n专班工…'
        >>> wrap("Vehicle operation", 8)
        'Vehicle\noperation'
    """
    pieces = _pieces(text, em)
    done = _fill(pieces, em)
    if lines is not None and len(done) > lines:
        last = done[lines - 1]
        while last and width_em(last) > em - 1:
            last = last[:-1]
        return "\n".join([*done[: lines - 1], last.rstrip() + "…"])
    narrower = em - 0.5
    while narrower > 0 and len(even := _fill(pieces, narrower)) == len(done):
        done, narrower = even, narrower - 0.5
    return "\n".join(done)


def _fill(pieces: list[str], em: float) -> list[str]:
    """Put pieces on lines, each as full as it gets."""
    done: list[str] = []
    line = ""
    for piece in pieces:
        if piece == "\n" or (_overflows(line + piece, em) and line and piece[0] not in _CLOSING):
            done.append(line.rstrip())
            line = "" if piece.isspace() else piece
        else:
            line += piece
    return [*done, line.rstrip()]


def _overflows(line: str, em: float) -> bool:
    return width_em(line.rstrip()) > em


def _pieces(text: str, em: float) -> list[str]:
    """What stays in one piece; a word that is much wider than a line does not."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text.strip()):
        pieces.extend(piece if width_em(piece) > 1.2 * em else [piece])
    return pieces


def unique(labels: Sequence[str]) -> list[str]:
    """The labels with a number after each repeat, so that no two share one place on an axis.

    Examples:
        >>> unique(["运维", "购置", "运维"])
        ['运维', '购置', '运维 (2)']
    """
    seen: dict[str, int] = {}
    done: list[str] = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        done.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return done
