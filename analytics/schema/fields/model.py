"""What a column is: type, unit, label, meaning; and short ways to write one down."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.schema import vocabularies as v

__all__ = [
    "BOUND",
    "MONEY",
    "Field",
    "a_bound",
    "a_count",
    "a_flag",
    "a_number",
    "a_share",
    "a_text",
    "a_year",
    "some_yuan",
]

MONEY = pl.Decimal(18, 2)
"""The data type of every amount in yuan."""

BOUND = pl.Decimal(20, 4)
"""The data type of printed steps and interval ends in yuan: half a cent is still exact."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, unit, Chinese label and meaning.

    Args:
        dtype: The polars data type.
        unit: What one unit of a number is; empty for text.
        zh: Label shown to readers.
        meaning: What the column states, in one sentence.
        vocabulary: The closed list its values come from, if there is one.
    """

    dtype: pl.DataType
    unit: str
    zh: str
    meaning: str
    vocabulary: tuple[type[v.Vocabulary], ...] = ()

    @property
    def values(self) -> list[str]:
        """The allowed values, where there is a closed list."""
        return [str(value) for vocabulary in self.vocabulary for value in vocabulary]


def a_text(zh: str, meaning: str, *vocabulary: type[v.Vocabulary]) -> Field:
    """A text, or a value of closed lists."""
    return Field(pl.String(), "", zh, meaning, vocabulary)


def some_yuan(zh: str, meaning: str) -> Field:
    """An amount of money."""
    return Field(MONEY, "yuan", zh, meaning)


def a_bound(zh: str, meaning: str) -> Field:
    """A printed step or an end of an interval, exact to a hundredth of a cent."""
    return Field(BOUND, "yuan", zh, meaning)


def a_share(zh: str, meaning: str) -> Field:
    """A share, 0 to 1."""
    return Field(pl.Float64(), "1", zh, meaning)


def a_count(zh: str, meaning: str, unit: str = "1") -> Field:
    """A whole number."""
    return Field(pl.Int32(), unit, zh, meaning)


def a_flag(zh: str, meaning: str) -> Field:
    """Yes or no."""
    return Field(pl.Boolean(), "", zh, meaning)


def a_number(zh: str, meaning: str, unit: str = "see unit") -> Field:
    """A number with decimals."""
    return Field(pl.Decimal(28, 8), unit, zh, meaning)


def a_year(zh: str, meaning: str) -> Field:
    """A fiscal year."""
    return Field(pl.Int16(), "year", zh, meaning)
