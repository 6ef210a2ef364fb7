"""Printed amounts: what is a number, what is blank, and how precise a number is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.amounts import Interval, fold_digits, is_blank, parse_number, yuan_per_unit
from analytics.errors import InputError


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("2,965.95", "2965.95", "0.01"),
        ("1,234,567", "1234567", "1"),
        ("12", "12", "1"),
        ("-436.8", "-436.8", "0.1"),
        ("－436.8", "-436.8", "0.1"),
        ("（436.80）", "-436.80", "0.01"),
        ("+3", "3", "1"),
        ("２，９６５．９５", "2965.95", "0.01"),
        ("1 115.70", "1115.70", "0.01"),
        ("1115. 70", "1115.70", "0.01"),
        ("\u3000 7.50 ", "7.50", "0.01"),
        ("0", "0", "0"),
        ("0.0", "0", "0.1"),
        ("007", "7", "1"),
    ],
)
def test_numbers(text: str, value: str, step: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.step) == (Decimal(value), Decimal(step))
    assert number.text == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "　", "—", "/", "-", "50人", "12,34", "1,2345", "1.2.3", "①3.00", "1e5", "(-3)", "()",
     "≥90%", "3.", ".5", "NaN", "三", "１２月"],
)  # fmt: skip
def test_not_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["", " ", "\t", "\u3000", "-", "——", "－", "/", "\u200b", " - "])
def test_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "0.00", "无", "-1", "一", "."])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_folding_keeps_characters_that_number_lines() -> None:
    assert fold_digits("①②（１）．５％") == "①②(1).5%"


def test_interval_is_half_a_step_on_each_side() -> None:
    number = parse_number("2,965.95")
    assert number is not None
    yuan = number.scaled(Decimal(10_000))
    assert (yuan.value, yuan.step) == (Decimal("29659500"), Decimal(100))
    assert (yuan.interval.low, yuan.interval.high) == (Decimal(29_659_450), Decimal(29_659_550))
    assert Decimal(29_659_450) in yuan.interval
    assert Decimal("29659449.99") not in yuan.interval


def test_bare_zero_is_exact_and_printed_zero_is_not() -> None:
    bare, printed = parse_number("0"), parse_number("0.00")
    assert bare is not None
    assert printed is not None
    assert Decimal("0.001") not in bare.interval
    assert Decimal("0.004") in printed.interval


def test_open_interval_holds_everything_on_its_open_side() -> None:
    at_least = Interval(Decimal(5), None) * Decimal(2)
    assert 10**30 in at_least
    assert Decimal("9.99") not in at_least
    assert "10" not in at_least


@pytest.mark.parametrize(("unit", "yuan"), [("元", 1), ("千元", 1_000), ("亿元", 10**8)])
def test_units(unit: str, yuan: int) -> None:
    assert yuan_per_unit(unit) == yuan


def test_unknown_unit_lists_the_known_ones() -> None:
    with pytest.raises(
        InputError, match="'美元' is not a unit of money; known units: 元、千元、万元"
    ):
        yuan_per_unit("美元")
