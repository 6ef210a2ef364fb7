"""What functional and economic codes are in international classifications: COFOG and GFSM 2014.

No official concordance was found. The tables were written from the definitions of both sides, and
say of each line how sure it is: ``yes``; ``partial``, where part of the code belongs elsewhere;
``no``, where the line is no more than a guess.
"""

from __future__ import annotations

import os.path
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from analytics.errors import InputError
from analytics.reference.classifications import read_rows
from analytics.reference.code_links import code_links
from analytics.schema.link_vocabularies import LinkKind
from analytics.schema.vocabularies import Classification

__all__ = ["Counterpart", "cofog_counterpart", "gfsm_counterpart"]

_ECONOMIC_SINCE = 2018
"""First year of the economic classification that the table for GFSM lists."""

_LEVELS = ("division", "group")
_CONTINUES = [str(kind) for kind in (LinkKind.MOVED, LinkKind.MERGED, LinkKind.SPLIT)]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The international code of a national one.

    Args:
        code: The international code.
        name: Its name.
        level: ``division`` or ``group`` of COFOG; for GFSM what sort of transaction it is.
        certainty: How sure the counterpart is.
        note: What is doubtful about it.
        matched: The national code that the table lists, the code itself or one above it.
    """

    code: str
    name: str
    level: str
    certainty: Certainty
    note: str
    matched: str


def cofog_counterpart(code: str, *, level: str = "division") -> Counterpart | None:
    """The COFOG division or group of a functional code; ``None`` where there is none.

    The longest code that the table lists is taken: the 项, else its 款, else its 类. Where the
    table knows no group, the division is given.

    Args:
        code: A functional code of 3, 5 or 7 digits, of any year.
        level: ``division`` or ``group``.

    Raises:
        InputError: There is no such level.

    Examples:
        >>> cofog_counterpart("2050205").name, cofog_counterpart("2050205", level="group").code
        ('Education', '09.4')
        >>> cofog_counterpart("227") is None  # a reserve has no function yet
        True
    """
    if level not in _LEVELS:
        raise InputError(f"{level!r} is not a level", hint=f"known: {', '.join(_LEVELS)}")
    return _longest(_cofog(level), code)


def gfsm_counterpart(
    code: str,
    year: int,
    *,
    name: str | None = None,
    classification: str = Classification.ECONOMIC_DEPARTMENT,
) -> Counterpart | None:
    """The GFSM 2014 economic code of a departmental or government one; ``None`` if there is none.

    Codes of before 2018 are first followed to those they became. One that became several has the
    code above those of all of them, if there is one.

    Args:
        code: An economic code of 3 or 5 digits.
        year: The fiscal year.
        name: Name the code is printed with; before 2018 a code may have meant something else.
        classification: ``economic_department`` or ``economic_government``.

    Raises:
        InputError: The classification is another one.

    Examples:
        >>> gfsm_counterpart("30101", 2024).name
        'Wages and salaries in cash'
        >>> gfsm_counterpart("30311", 2017, name="住房公积金").code
        '212'
        >>> gfsm_counterpart("30311", 2024, name="代缴社会保险费").code
        '272'
    """
    economic = (str(Classification.ECONOMIC_DEPARTMENT), str(Classification.ECONOMIC_GOVERNMENT))
    if str(classification) not in economic:
        raise InputError(
            f"{classification!r} is not an economic classification",
            hint=f"known: {', '.join(economic)}",
        )
    table = _gfsm(str(classification))
    if year >= _ECONOMIC_SINCE:
        return _longest(table, code)
    later = _later_codes(str(classification)).get(code, ())
    if later:
        return _common(table, code, later)
    found = _longest(table, code)
    if found is None or (name is not None and name == _names(str(classification)).get(code)):
        return found
    doubt = "code of the classification before 2018"
    certainty = Certainty.PARTIAL if found.certainty == Certainty.YES else found.certainty
    return replace(found, certainty=certainty, note=_joined(found.note, doubt))


def _longest(table: Mapping[str, Counterpart], code: str) -> Counterpart | None:
    """The line of the longest code; a line without a counterpart hides those above it."""
    for digits in range(len(code), 2, -1):
        if code[:digits] in table:
            found = table[code[:digits]]
            return found if found.code else None
    return None


def _common(
    table: Mapping[str, Counterpart], code: str, later: tuple[str, ...]
) -> Counterpart | None:
    """What the codes that a code became have in common."""
    each = [found for found in (_longest(table, new) for new in later) if found is not None]
    if len(each) < len(later):
        return None
    note = f"{code} became {', '.join(later)}"
    codes = {found.code for found in each}
    by_code = {found.code: found for found in table.values()}
    above = os.path.commonprefix(sorted(codes))
    if above not in by_code:
        return None
    certainty = max((found.certainty for found in each), key=list(Certainty).index)
    if len(codes) > 1 and certainty == Certainty.YES:
        certainty = Certainty.PARTIAL
    target = by_code[above]
    return replace(
        target,
        certainty=certainty,
        note=_joined(*(found.note for found in each), note),
        matched=code,
    )


def _joined(*notes: str) -> str:
    return "; ".join(dict.fromkeys(filter(None, notes)))


@cache
def _cofog(level: str) -> Mapping[str, Counterpart]:
    table = {}
    for row in read_rows("cofog.csv"):
        is_group = level == "group" and bool(row["cofog_group"])
        table[row["func_code"]] = Counterpart(
            row["cofog_group"] if is_group else row["cofog_division"],
            row["group_name"] if is_group else row["division_name"],
            "group" if is_group else "division",
            Certainty(row["safe"]),
            row["note"],
            row["func_code"],
        )
    return MappingProxyType(table)


@cache
def _gfsm(classification: str) -> Mapping[str, Counterpart]:
    scheme = classification.removeprefix("economic_")
    return MappingProxyType(
        {
            row["econ_code"]: Counterpart(
                row["gfsm_code"],
                row["gfsm_name"],
                row["kind"],
                Certainty(row["safe"]),
                row["note"],
                row["econ_code"],
            )
            for row in read_rows("gfsm.csv")
            if row["scheme"] == scheme
        }
    )


@cache
def _names(classification: str) -> Mapping[str, str]:
    scheme = classification.removeprefix("economic_")
    rows = read_rows("gfsm.csv")
    return MappingProxyType({r["econ_code"]: r["econ_name"] for r in rows if r["scheme"] == scheme})


@cache
def _later_codes(classification: str) -> Mapping[str, tuple[str, ...]]:
    """The codes of since 2018 that a code of before became, by the crosswalk of codes."""
    later: dict[str, tuple[str, ...]] = {}
    for link in code_links().iter_rows(named=True):
        if (
            link["classification"] == classification
            and link["link_year"] == _ECONOMIC_SINCE
            and link["link_kind"] in _CONTINUES
        ):
            later[link["old_code"]] = (*later.get(link["old_code"], ()), link["new_code"])
    return MappingProxyType(later)
