"""Which printed lines are one row of a table without vertical rules."""

from __future__ import annotations

import pytest
from printed_lines import printed

from analytics.documents.pdf.rows import Row, is_numbering, rows_of_band, step

EM = 10.0


def texts(rows: list[Row]) -> list[list[str]]:
    return [[part.text for line in row for part in line.parts] for row in rows]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1", "2", "3"), True),
        (("栏次", "1", "2=3+4", "3"), True),
        (("3", "2", "1"), False),
        (("7", "8", "9"), False),
        (("办公费", "1", "2"), False),
        (("1",), False),
    ],
)
def test_line_that_numbers_the_columns(cells: tuple[str, ...], expected: bool) -> None:
    line = printed(0, *((100.0 * place, text) for place, text in enumerate(cells)))
    assert is_numbering(line) is expected


def test_step_is_the_least_distance_of_two_rows() -> None:
    lines = [
        printed(0, (0, "办公费"), (100, "1.00")),
        printed(30, (0, "印刷费"), (100, "2.00")),
        printed(42, (0, "及其他")),
        printed(52, (0, "一、外交支出")),
        printed(70, (0, "二、国防支出")),
    ]
    assert step(lines, EM) == 18
    assert step(lines[:2], EM) == 30
    assert step(lines[1:3], EM) is None


def test_wrapped_name_stays_in_its_row() -> None:
    band = [
        printed(0, (0, "商业服务业"), (100, "1.00")),
        printed(13, (0, "等支出")),
        printed(33, (0, "金融支出"), (100, "2.00")),
    ]
    rows = rows_of_band(band, 33, EM, is_one=False)
    assert texts(rows) == [["商业服务业", "1.00", "等支出"], ["金融支出", "2.00"]]


def test_numbered_names_are_rows_however_near_they_are() -> None:
    band = [printed(0, (0, "一、外交支出"), (100, "1.00")), printed(12, (0, "二、国防支出"))]
    assert texts(rows_of_band(band, None, EM, is_one=False)) == [
        ["一、外交支出", "1.00"],
        ["二、国防支出"],
    ]
    assert len(rows_of_band(band, None, EM, is_one=True)) == 1


def test_two_figures_of_one_column_are_two_rows_even_between_rules() -> None:
    band = [printed(0, (0, "办公费"), (100, "1.00")), printed(20, (0, "印刷费"), (100, "2.00"))]
    assert texts(rows_of_band(band, None, EM, is_one=True)) == [
        ["办公费", "1.00"],
        ["印刷费", "2.00"],
    ]
