"""Any amount that can be printed is read back exactly, with its precision."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from analytics.amounts import MONEY_UNITS, parse_number, yuan_per_unit

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
amounts = st.decimals(
    min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False
)


@given(value=amounts, places=st.integers(0, 2), separated=st.booleans(), wide=st.booleans())
def test_printed_amount_is_read_back(
    value: Decimal, places: int, separated: bool, wide: bool
) -> None:
    rounded = round(value, places) if places else Decimal(int(value))
    text = f"{rounded:,.{places}f}" if separated else f"{rounded:.{places}f}"
    text = text.replace("-0", "0") if not rounded else text
    number = parse_number(text.translate(WIDE) if wide else text)
    assert number is not None
    assert number.value == rounded
    bare_zero = rounded == 0 and places == 0
    assert number.step == (0 if bare_zero else Decimal(1).scaleb(-places))


@given(value=amounts, unit=st.sampled_from(sorted(MONEY_UNITS)))
def test_the_true_amount_lies_in_the_interval_of_its_print(value: Decimal, unit: str) -> None:
    factor = yuan_per_unit(unit)
    number = parse_number(f"{value / factor:.2f}")
    assert number is not None
    assert value in number.scaled(factor).interval


@given(text=st.text(max_size=12))
def test_any_text_is_a_number_or_is_none(text: str) -> None:
    number = parse_number(text)
    if number is not None:
        assert number.text == text.strip()
        assert number.value.is_finite()
        assert any(character.isdigit() for character in text)


@given(left=st.integers(1, 999), groups=st.lists(st.integers(0, 999), min_size=1, max_size=3))
def test_separators_must_stand_where_they_belong(left: int, groups: list[int]) -> None:
    right = ",".join(f"{group:03d}" for group in groups)
    number = parse_number(f"{left},{right}")
    assert number is not None
    assert number.value == int(f"{left}{right.replace(',', '')}")
    assert parse_number(f"{left},{right}0") is None
