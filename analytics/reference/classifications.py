"""The dated dictionaries of classification codes: looking codes up by name, and what they mean.

Every entry carries how well it is known (``status``). An entry that is not confirmed may suggest a
code for a printed name; it never overrides a printed code. A name alone is seldom a key: the same
name stands under several codes, so a lookup returns every code that fits and the caller decides by
the column, the pair and the place of the line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analytics.schema.vocabularies import Classification, Fund

__all__ = [
    "CODE_FILES",
    "CodeEntry",
    "EconomicPair",
    "codes_by_name",
    "economic_pair",
    "economic_pairs",
    "entries",
    "entry",
    "functional_code_by_name",
    "fund_by_name",
    "name_key",
    "read_rows",
]

CODE_FILES = {
    Classification.FUNCTION: "functional.csv",
    Classification.ECONOMIC_DEPARTMENT: "economic_department.csv",
    Classification.ECONOMIC_GOVERNMENT: "economic_government.csv",
    Classification.REVENUE_SOURCE: "revenue.csv",
}
"""The reference file of each classification."""

_FUND_KEYS = {
    "A": Fund.GENERAL_PUBLIC,
    "B": Fund.GOVERNMENT_FUND,
    "C": Fund.STATE_CAPITAL,
    "E": Fund.FISCAL_SPECIAL_ACCOUNT,
    "F": Fund.UNIT_FUNDS,
    "F1": Fund.SERVICE_INCOME,
    "F2": Fund.BUSINESS_INCOME,
    "F3": Fund.SUPERIOR_SUBSIDY,
    "F4": Fund.AFFILIATE_CONTRIBUTION,
    "F5": Fund.OTHER_INCOME,
    "S": Fund.SAVINGS,
    "T": Fund.FISCAL_APPROPRIATION,
}


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code of a classification as it was in force in some years.

    Args:
        code: The code.
        name: Its official or printed name.
        level: 类, 款 or 项.
        parent: Code above it; empty at the top.
        valid_from: First year, ``None`` where not known.
        valid_to: Last year, ``None`` where still in force or not known.
        status: How well the entry is known, as in the reference file.
    """

    code: str
    name: str
    level: str
    parent: str
    valid_from: int | None
    valid_to: int | None
    status: str

    @property
    def is_confirmed(self) -> bool:
        """Whether two sources or more print the entry, so that a print that differs is wrong."""
        return self.status == "2+ sources"

    def in_force(self, year: int) -> bool:
        """Whether nothing known speaks against the entry in ``year``."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class EconomicPair:
    """Codes found for a line that prints only names.

    Args:
        code: Departmental economic code; ``None`` where none or several fit.
        counterpart_code: Government economic code; ``None`` where none or several fit.
        candidates: Every pair that fits, where more than one does.
    """

    code: str | None
    counterpart_code: str | None
    candidates: tuple[tuple[str, str], ...] = ()


def read_rows(file_name: str) -> Iterator[dict[str, str]]:
    """The rows of one reference file, one at a time: the largest has two thousand."""
    source = files("analytics.reference").joinpath("data", file_name)
    rows = csv.reader(io.StringIO(source.read_text(encoding="utf-8")))
    header = next(rows)
    for row in rows:
        yield dict(zip(header, row, strict=True))


def codes_by_name(
    classification: Classification, name: str, year: int, *, level: str | None = None
) -> tuple[CodeEntry, ...]:
    """Every entry that carries ``name``; those in force in ``year`` first choice.

    An entry out of force is returned only if no entry in force has the name, since old names live
    on in print for years.

    Args:
        classification: The list to look in.
        name: The name, as printed without spaces and numbering; either kind of brackets.
        year: Fiscal year.
        level: Only entries of this level, 类, 款 or 项; any level by default.

    Examples:
        >>> [e.code for e in codes_by_name(Classification.ECONOMIC_DEPARTMENT, "基本工资", 2024)]
        ['30101']
        >>> [e.code for e in codes_by_name(Classification.ECONOMIC_GOVERNMENT, "住房公积金", 2024)]
        ['50103']
    """
    found = [
        e
        for e in _by_name(classification).get(name_key(name), ())
        if level is None or e.level == level
    ]
    return tuple(e for e in found if e.in_force(year)) or tuple(found)


def functional_code_by_name(name: str, year: int) -> str | None:
    """The 3-digit functional code of a class name such as 一般公共服务支出; ``None`` if unknown.

    Examples:
        >>> functional_code_by_name("卫生健康支出", 2024), functional_code_by_name("杂项", 2024)
        ('210', None)
    """
    codes = {e.code for e in codes_by_name(Classification.FUNCTION, name, year, level="类")}
    return codes.pop() if len(codes) == 1 else None


def entry(classification: Classification, code: str, year: int) -> CodeEntry | None:
    """The entry of a code in a year; the nearest in time where none is in force; else ``None``.

    Args:
        classification: The list to look in.
        code: The code.
        year: Fiscal year.

    Examples:
        >>> entry(Classification.FUNCTION, "207", 2017).name
        '文化体育与传媒支出'
        >>> entry(Classification.FUNCTION, "207", 2024).name
        '文化旅游体育与传媒支出'
    """
    found = _by_code(classification).get(code, ())
    in_force = [e for e in found if e.in_force(year)]
    if in_force:
        return in_force[0]
    return min(found, key=lambda e: abs((e.valid_to or e.valid_from or year) - year), default=None)


def entries(classification: Classification) -> tuple[CodeEntry, ...]:
    """Every entry of a classification, of all years, as the reference file lists them.

    Examples:
        >>> [e.name for e in entries(Classification.FUNCTION) if e.code == "221"]
        ['住房保障支出']
    """
    return _entries(classification)


def economic_pairs() -> frozenset[tuple[str, str]]:
    """The departmental and government economic codes that belong together.

    Examples:
        >>> ("30101", "50501") in economic_pairs(), ("30101", "50201") in economic_pairs()
        (True, False)
    """
    return _pairs()


def economic_pair(
    name: str, counterpart: str | None, *, parent: str | None, year: int
) -> EconomicPair:
    """Codes for an economic line printed by its names, departmental and government.

    The column decides which classification a name belongs to, the class the line stands under
    (``parent``) narrows the departmental code, and the official pairs narrow both.

    Args:
        name: Name in the departmental column.
        counterpart: Name in the government column; blank or ``None`` on class lines.
        parent: Departmental class the line stands under, if one was printed above it.
        year: Fiscal year.

    Examples:
        >>> economic_pair("基本工资", "工资福利支出", parent="301", year=2024)
        EconomicPair(code='30101', counterpart_code='50501', candidates=())
        >>> economic_pair("住房公积金", "住房公积金", parent="301", year=2024)
        EconomicPair(code='30113', counterpart_code='50103', candidates=())
        >>> economic_pair("工资福利支出", None, parent=None, year=2024).code
        '301'
    """
    level = "款" if counterpart else "类"
    entries = codes_by_name(Classification.ECONOMIC_DEPARTMENT, name, year, level=level)
    codes = {e.code for e in entries}
    if parent is not None and any(code.startswith(parent) for code in codes):
        codes = {code for code in codes if code.startswith(parent)}
    only = next(iter(codes)) if len(codes) == 1 else None
    if not counterpart:
        return EconomicPair(only, None)
    wanted = {
        e.code
        for e in codes_by_name(Classification.ECONOMIC_GOVERNMENT, counterpart, year, level="款")
    }
    pairs = sorted(pair for pair in _pairs() if pair[0] in codes and pair[1] in wanted)
    if len(pairs) == 1:
        return EconomicPair(*pairs[0])
    if not pairs and only and len(wanted) == 1:
        return EconomicPair(only, next(iter(wanted)))
    return EconomicPair(only, None, tuple(pairs))


def name_key(name: str) -> str:
    """A name to compare by: with Chinese brackets, as the reference files have them.

    Examples:
        >>> name_key("因公出国(境)费用")
        '因公出国（境）费用'
    """
    return name.replace("(", "（").replace(")", "）")


def fund_by_name(name: str) -> Fund | None:
    """The fund a printed name stands for; ``None`` if it is no fund.

    Examples:
        >>> fund_by_name("政府性基金"), fund_by_name("单位资金收入"), fund_by_name("合计")
        (<Fund.GOVERNMENT_FUND: 'government_fund'>, <Fund.UNIT_FUNDS: 'unit_funds'>, None)
    """
    return _funds().get(name_key(name))


def _year(text: str) -> int | None:
    return int(text) if text.isdigit() else None


@cache
def _entries(classification: Classification) -> tuple[CodeEntry, ...]:
    return tuple(
        CodeEntry(
            row["code"],
            row["name"],
            row["level"],
            row["parent"],
            _year(row["valid_from"]),
            _year(row["valid_to"]),
            row["status"],
        )
        for row in read_rows(CODE_FILES[classification])
    )


@cache
def _by_name(classification: Classification) -> dict[str, tuple[CodeEntry, ...]]:
    index: dict[str, tuple[CodeEntry, ...]] = {}
    for e in _entries(classification):
        index[name_key(e.name)] = (*index.get(name_key(e.name), ()), e)
    return index


@cache
def _by_code(classification: Classification) -> dict[str, tuple[CodeEntry, ...]]:
    index: dict[str, tuple[CodeEntry, ...]] = {}
    for e in _entries(classification):
        index[e.code] = (*index.get(e.code, ()), e)
    return index


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    rows = read_rows("department_to_government.csv")
    return frozenset((row["dept_code"], row["gov_code"]) for row in rows)


@cache
def _funds() -> dict[str, Fund]:
    names: dict[str, Fund] = {Fund.OTHER.zh: Fund.OTHER}
    for row in read_rows("fund_sources.csv"):
        fund = _FUND_KEYS.get(row["key"])
        if fund is not None:
            for alias in (row["name"], *filter(None, row["aliases"].split(";"))):
                names[name_key(alias)] = fund
    return names
