"""Dated dictionaries: classification codes, funds, crosswalks, prices, each row with its doubt."""

from analytics.reference.classifications import (
    CodeEntry,
    EconomicPair,
    codes_by_name,
    economic_pair,
    entry,
    functional_code_by_name,
    fund_by_name,
)

__all__ = [
    "CodeEntry",
    "EconomicPair",
    "codes_by_name",
    "economic_pair",
    "entry",
    "functional_code_by_name",
    "fund_by_name",
]
