"""What functional and economic codes are in international classifications: COFOG and GFSM 2014.

No official concordance was found. The tables were written from the definitions of both sides, and
say of each line how sure it is: ``yes``; ``partial``, where part of the code belongs elsewhere;
``no``, where the line is no more than a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from analytics.errors import InputError
from analytics.reference.classifications import entry, name_key, read_rows
from analytics.reference.code_links import code_links
from analytics.schema.link_vocabularies import LinkKind
from analytics.schema.panel_vocabularies import Certainty
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
        code: The international code; ``None``, as name and level, where the table says that there
            is none.
        name: Its name.
        level: ``division`` or ``group`` of COFOG; for GFSM what sort of transaction it is.
        certainty: How sure the counterpart is.
        note: What is doubtful about it.
        matched: The national code that the table lists, the code itself or one above it.
    """

    code: str | None
    name: str | None
    level: str | None
    certainty: Certainty
    note: str
    matched: str


def cofog_counterpart(code: str, *, level: str = "division") -> Counterpart | None:
    """The COFOG division or group of a functional code; ``None`` where the code is not known.

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
        >>> reserve = cofog_counterpart("227")
        >>> reserve.code is None, reserve.note
        (True, 'reserve; allocate when used')
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
    """The GFSM 2014 economic code of a departmental or government one; ``None`` if not known.

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
    if (
        found is None
        or found.code is None
        or (name and _is_named(Classification(classification), code, name))
    ):
        return found
    doubt = "code of the classification before 2018"
    certainty = Certainty.PARTIAL if found.certainty == Certainty.YES else found.certainty
    return replace(found, certainty=certainty, note=_joined(found.note, doubt))


def _is_named(classification: Classification, code: str, name: str) -> bool:
    """Whether the code has this name in the classification of since 2018 as well."""
    known = entry(classification, code, _ECONOMIC_SINCE)
    return known is not None and name_key(known.name) == name_key(name)


def _longest(table: Mapping[str, Counterpart], code: str) -> Counterpart | None:
    """The line of the longest code, also if it says that there is no counterpart."""
    for digits in range(len(code), 2, -1):
        if found := table.get(code[:digits]):
            return _as_a_whole(table, found) if digits == len(code) else found
    return None


def _as_a_whole(table: Mapping[str, Counterpart], found: Counterpart) -> Counterpart:
    """What is known of a class only is not surer than what is known of its parts."""
    is_divided = any(
        part.certainty != Certainty.YES or not (part.code or "").startswith(found.code or "")
        for code, part in table.items()
        if code.startswith(found.matched) and code != found.matched
    )
    if found.certainty != Certainty.YES or not is_divided:
        return found
    note = f"parts of {found.matched} are less sure or belong elsewhere"
    return replace(found, certainty=Certainty.PARTIAL, note=_joined(found.note, note))


def _common(table: Mapping[str, Counterpart], code: str, later: tuple[str, ...]) -> Counterpart:
    """What the codes that a code became have in common."""
    each = [found for found in (_longest(table, new) for new in later) if found is not None]
    note = f"{code} became {', '.join(later)}"
    codes = {found.code or "" for found in each}
    by_code = {found.code: found for found in table.values() if found.code}
    above = min(codes, key=len, default="")
    while above and not all(found.startswith(above) for found in codes):
        above = above[:-1]
    if above not in by_code or len(each) < len(later):
        return Counterpart(None, None, None, Certainty.NO, f"{note}, which differ", code)
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
            row["cofog_group"] if is_group else row["cofog_division"] or None,
            row["group_name"] if is_group else row["division_name"] or None,
            "group" if is_group else "division" if row["cofog_division"] else None,
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
                row["gfsm_code"] or None,
                row["gfsm_name"] or None,
                row["kind"] or None,
                Certainty(row["safe"]),
                row["note"],
                row["econ_code"],
            )
            for row in read_rows("gfsm.csv")
            if row["scheme"] == scheme
        }
    )


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
