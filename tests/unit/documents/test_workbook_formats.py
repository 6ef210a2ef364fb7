"""Numbers as a cell shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.documents.number_formats import BUILT_IN_FORMATS, show_number

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1840.75, "General", "1840.75"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (2010301.0, "General", "2010301"),
        (123456789012.34, "General", "123456789012.34"),
        (1e-7, "General", "0.0000001"),
        (1234.5, "0.00", "1234.50"),
        (1234.5, "#,##0.00_ ", "1234.50"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (-0.001, "0.00", "0.00"),
        (-5.5, "#,##0.00;[Red]-#,##0.00", "-5.50"),
        (-3.456, "0.00_);(0.00)", "(3.46)"),
        (-3.456, "0.00", "-3.46"),
        (1234.567, ACCOUNTING, "1234.57"),
        (0.0, ACCOUNTING, "-"),
        (0.0, "#,##0.00;-#,##0.00;;@", ""),
        (0.0, "#,###", ""),
        (0.5, "#.00", "0.50"),
        (3.0, "0.##", "3"),
        (3.25, "0.##", "3.25"),
        (0.2249, "0.00%", "22.49%"),
        (301.0, "00000", "00301"),
        (3.0, '0.00"万元"', "3.00万元"),
        (12345.0, "0!.0,", "1.2"),
        (123456789.0, "0!.0000", "12345.6789"),
        (12345678.0, '[>=10000]0!.0000"万";0', "1234.5678万"),
        (12.0, '[>=10000]0!.0000"万";0', "12"),
        (7.0, "@", "7"),
        (7.0, "G/通用格式", "7"),
        (8.0, "[$¥-804]#,##0.00", "¥8.00"),
        (45292.0, "yyyy/m/d", "2024/1/1"),
        (45292.0, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        (45292.0, "[$-804]yyyy年m月;@", "2024年1月"),
        (45292.5, "yyyy-mm-dd hh:mm:ss", "2024-01-01 12:00:00"),
        (45292.0, "aaaa", "星期一"),
        (-1.0, "yyyy/m/d", "-1"),
        (1e30, "0.00", "1000000000000000000000000000000"),
        (5.0, "0" * 300, "5.0"),
    ],
)
def test_number_is_as_the_cell_shows_it(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_days_count_from_1904_in_old_workbooks() -> None:
    assert show_number(43830.0, "yyyy/m/d", since_1904=True) == "2024/1/1"


@pytest.mark.parametrize(
    ("identifier", "shown"), [(2, "45292.00"), (14, "2024/1/1"), (57, "2024年1月")]
)
def test_built_in_formats(identifier: int, shown: str) -> None:
    assert show_number(45292.0, BUILT_IN_FORMATS[identifier]) == shown


@given(st.integers(-(10**13), 10**13))
def test_every_amount_of_two_decimals_comes_back(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert Decimal(show_number(float(amount))) == amount
    assert show_number(float(amount), "#,##0.00") == f"{amount:.2f}"


@given(st.floats(allow_nan=True), st.text('0#?.,;%"\\_*@[]-yYmdhsE+/>=<1年!a', max_size=30))
def test_any_format_shows_something_or_nothing(value: float, code: str) -> None:
    assert len(show_number(value, code)) < 1000
