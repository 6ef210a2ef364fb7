"""What the columns of a foreign table mean, and what their words mean in the words of a panel."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from analytics.amounts import fold_digits, yuan_per_unit
from analytics.errors import InputError, NotFoundError
from analytics.reference import fund_by_name
from analytics.schema import vocabularies as v

__all__ = ["DEFAULTS", "ROLES", "VOCABULARIES", "TableMapping", "meaning", "year_in"]

ROLES = (
    "agency",
    "region",
    "year",
    "stage",
    "scope",
    "statement",
    "flow",
    "classification",
    "code",
    "name",
    "parent",
    "counterpart",
    "fund",
    "component",
    "carryover_basis",
    "currency",
    "amount",
)
"""What a column may mean."""

VOCABULARIES: dict[str, type[v.Vocabulary]] = {
    "stage": v.Stage,
    "scope": v.Scope,
    "statement": v.Statement,
    "flow": v.Flow,
    "classification": v.Classification,
    "fund": v.Fund,
    "component": v.Component,
    "carryover_basis": v.CarryoverBasis,
}
"""Roles whose values are words of a closed list."""

DEFAULTS: dict[str, str] = {
    "scope": v.Scope.DEPARTMENT,
    "flow": v.Flow.EXPENDITURE,
    "classification": v.Classification.FUNCTION,
    "fund": v.Fund.ALL,
    "component": v.Component.TOTAL,
    "carryover_basis": v.CarryoverBasis.INCLUDED,
}
"""What holds for all lines where neither a column nor a constant says otherwise."""

_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:\.0|年度?|财年)?")
_OTHER_WORDS: dict[str, dict[str, str]] = {
    "stage": {
        **dict.fromkeys(("approved", "proposed", "plan", "planned", "enacted"), v.Stage.BUDGET),
        **dict.fromkeys(("年初预算", "年初预算数", "预算数", "批复"), v.Stage.BUDGET),
        **dict.fromkeys(("adjusted", "revised", "modified"), v.Stage.ADJUSTED_BUDGET),
        **dict.fromkeys(("调整预算数", "全年预算数"), v.Stage.ADJUSTED_BUDGET),
        **dict.fromkeys(("executed", "actual", "outturn", "spent", "决算数"), v.Stage.FINAL),
    },
    "flow": {
        **dict.fromkeys(("income", "revenues", "receipts"), v.Flow.REVENUE),
        **dict.fromkeys(("spending", "expenditures", "expense", "expenses"), v.Flow.EXPENDITURE),
    },
    "currency": dict.fromkeys(("cny", "rmb", "人民币", "¥", "￥"), "CNY"),
}
"""Words of other standards and other forms, the phases of the Fiscal Data Package among them."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which column of a table means what.

    Args:
        columns: Column of the table by role, a word of :data:`ROLES`.
        unit: Unit of money of the amounts.
        constants: Value by role, for what holds for all lines and stands in no column.
        amounts: Where several columns hold amounts: column, and what is special to it by role.
        values: Words of the table by role, each with the word of the panel it stands for.
        step: Precision of the amounts in their unit; ``None`` takes it from their digits.

    Raises:
        NotFoundError: A role is not known.
        InputError: A role that must be there is not, or is given twice.
    """

    columns: Mapping[str, str]
    unit: str
    constants: Mapping[str, Any] = field(default_factory=dict)
    amounts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    step: Decimal | None = None

    def __post_init__(self) -> None:
        yuan_per_unit(self.unit)
        named = [set(self.columns), set(self.constants), *map(set, self.amounts.values())]
        for role in sorted(set().union(self.values, *named)):
            if role not in ROLES:
                raise NotFoundError.for_name("role of a column", role, ROLES)
        twice = sorted(role for role in ROLES if sum(role in roles for roles in named[:2]) > 1) + (
            ["amount"] if self.amounts and "amount" in self.columns else []
        )
        if twice:
            raise InputError(f"{', '.join(twice)} is declared twice", hint="declare it once")
        for wanted in (("agency",), ("year",), ("stage",), ("code", "name"), ("amount",)):
            everywhere = named[0] | named[1]
            if self.amounts:
                everywhere = everywhere | set.intersection(*named[2:]) | {"amount"}
            if not everywhere & set(wanted):
                raise InputError(
                    f"no column is declared for {' or '.join(wanted)}",
                    hint="name it in columns, or its value in constants",
                )
        if self.step is not None and self.step <= 0:
            raise InputError(f"step is {self.step}", hint="give 0.01 for two decimals")

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that the table must have."""
        return tuple(dict.fromkeys((*self.columns.values(), *self.amounts)))

    @classmethod
    def of(cls, *, step: Any = None, **declared: Any) -> TableMapping:
        """A mapping whose ``step`` may be text or a number.

        Raises:
            InputError: ``step`` is no number.
        """
        try:
            return cls(step=None if step is None else Decimal(str(step)), **declared)
        except InvalidOperation:
            raise InputError(f"step is {step!r}, not a number") from None


def meaning(role: str, words: Mapping[str, str]) -> Callable[[str], str | None]:
    """What a word of the table stands for in a closed list; ``None`` where it is not known.

    Args:
        role: Role of the column.
        words: What some words stand for, before the values and labels of the list.

    Examples:
        >>> stage = meaning("stage", {"二上": "预算"})
        >>> stage("Executed"), stage("预算"), stage("二上"), stage("三上")
        ('final', 'budget', 'budget', None)
    """

    def read(text: str) -> str | None:
        text = str(words.get(text, text))
        found = _words(role).get(text.casefold())
        if found is None and role == "fund":
            fund = fund_by_name(text)
            return None if fund is None else str(fund)
        return found

    return read


def year_in(text: str) -> int | None:
    """The year a text states; ``None`` if it states none.

    Examples:
        >>> year_in("2024年"), year_in("2024"), year_in("24")
        (2024, 2024, None)
    """
    found = _YEAR.fullmatch(fold_digits(text))
    return int(found[1]) if found else None


@cache
def _words(role: str) -> Mapping[str, str]:
    words = {text.casefold(): str(value) for text, value in _OTHER_WORDS.get(role, {}).items()}
    for value in VOCABULARIES.get(role, ()):
        for text in (value.zh, value.en, str(value)):
            words[text.casefold()] = str(value)
    return words
