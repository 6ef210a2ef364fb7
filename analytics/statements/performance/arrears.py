"""Money of this year that pays for earlier years, where a form says so in as many words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from analytics.amounts import parse_number, yuan_per_unit
from analytics.statements.performance.form import Texts

__all__ = ["Arrears", "read_arrears"]

_SENTENCE = re.compile(r"[。；;]")
_CLAUSE = re.compile(r"[，()（）:：]|,(?!\d{3}(?!\d))")
_ORDINAL = re.compile(r"^(?:[①-⑳]|\d{1,2}[.．、](?!\d))\s*")
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)")
_YEAR = re.compile(r"(20\d\d)年")
_EARLIER = re.compile(r"上年|上一年|去年|以前年度|往年")
_OWED = re.compile(r"应支未支|应付未付|未支付|未付|欠付|拖欠|欠款|挂账")
_TAIL = re.compile(r"尾款|质保金")
_REMAINDER = re.compile(r"[还尚仍]需支付|剩余[^，。]{0,6}\d[\d,.]*\s*(?:亿元|万元|元)")
_PAID = re.compile(r"(?:已|分别|完成)[^，。]{0,12}支付|已[^，。]{0,12}付")
_INCURRED = re.compile(r"包含|包括|含")
_ACTUAL = re.compile(r"实际(?:已)?(?:发生|产生)")


@dataclass(frozen=True, slots=True)
class Arrears:
    """Arrears that a form states.

    Args:
        yuan: Their sum; ``None`` where a clause states arrears without an amount, or where the sum
            is more than the money it should be part of.
        text: The clauses that state them, joined by ``；``.
    """

    yuan: Decimal | None
    text: str


def read_arrears(texts: Texts, fiscal_year: int, ceiling_yuan: Decimal | None) -> Arrears | None:
    """Read what the texts of a form say of arrears; ``None`` where they say nothing.

    A clause states arrears where it speaks of earlier years and of money owed (应支未支, 未支付,
    尾款, 质保金), of the remainder of a contract that an earlier year has paid part of (还需支付,
    剩余), or of costs that earlier years incurred and this year's money contains. The overview is
    read first, the plan only where the overview says nothing. An amount that is stated twice is
    counted once.

    Args:
        texts: Running texts of the form.
        fiscal_year: Year of the disclosure; years before it are earlier years.
        ceiling_yuan: The year's money, which arrears cannot exceed; ``None`` for no bound.

    Examples:
        >>> said = Texts(overview="共需90万元，其中20万元用于上年度合同尾款，70万元用于服务。")
        >>> read_arrears(said, 2031, Decimal(900000))
        Arrears(yuan=Decimal('200000'), text='其中20万元用于上年度合同尾款')
        >>> read_arrears(Texts(overview="合同到期后支付尾款5万元。"), 2031, None) is None
        True
    """
    for text in (texts.overview, texts.plan):
        found = [*_clauses(text or "", fiscal_year)]
        if text is not texts.overview:
            # a plan says when arrears are paid; without an amount that states nothing
            found = [pair for pair in found if pair[1]]
        if found:
            return _sum(found, ceiling_yuan)
    return None


def _sum(found: list[tuple[str, tuple[Decimal, ...]]], ceiling_yuan: Decimal | None) -> Arrears:
    joined = "；".join(dict.fromkeys(clause for clause, _ in found))
    amounts = [amount for _, stated in found for amount in stated]
    total = sum(dict.fromkeys(amounts), Decimal(0))
    is_whole = all(len(stated) == 1 for _, stated in found)
    is_possible = ceiling_yuan is None or total <= ceiling_yuan
    return Arrears(total if is_whole and is_possible else None, joined)


def _clauses(text: str, fiscal_year: int) -> Iterator[tuple[str, tuple[Decimal, ...]]]:
    """The clauses that state arrears, each with the amounts in it."""
    for sentence in _SENTENCE.split(text):
        said = ""
        for part in _CLAUSE.split(sentence):
            clause = _ORDINAL.sub("", part.strip())
            said += clause
            if _states_arrears(clause, said, fiscal_year):
                yield clause, tuple(_amounts(clause))


def _states_arrears(clause: str, said: str, fiscal_year: int) -> bool:
    """Whether a clause states arrears, given what its sentence has said so far."""
    is_earlier = _speaks_of_earlier_years(clause, fiscal_year)
    if is_earlier and (_OWED.search(clause) or _TAIL.search(clause)):
        return True
    if _REMAINDER.search(clause):
        return _PAID.search(said) is not None and _speaks_of_earlier_years(said, fiscal_year)
    return (
        is_earlier
        and _INCURRED.search(clause) is not None
        and _ACTUAL.search(clause) is not None
        and _AMOUNT.search(clause) is not None
    )


def _speaks_of_earlier_years(text: str, fiscal_year: int) -> bool:
    named = (int(year) for year in _YEAR.findall(text))
    return _EARLIER.search(text) is not None or any(year < fiscal_year for year in named)


def _amounts(clause: str) -> Iterator[Decimal]:
    for digits, unit in _AMOUNT.findall(clause):
        number = parse_number(digits)
        if number is not None:
            yield number.value * yuan_per_unit(unit)
