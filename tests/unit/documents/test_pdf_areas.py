"""Where a table without vertical rules may stand on a page."""

from __future__ import annotations

import pytest
from printed_lines import printed

from analytics.documents.pdf.areas import (
    Area,
    Line,
    area_without_figures,
    plain_areas,
    ruled_areas,
    unit_line,
)
from analytics.documents.pdf.model import Box

UNIT = printed(0, (300, "单位：万元"))
ROWS = [printed(20.0 * n, (0, "办公费"), (200, f"{n}.00")) for n in range(1, 4)]


def bases(area: Area) -> list[float]:
    return [line.base for band in area.bands for line in band]


def areas(lines: list[Line], taken: list[Box] | None = None) -> list[list[float]]:
    return [bases(area) for area in plain_areas(lines, taken or [], set())]


def test_three_lines_with_amounts_are_a_table_anywhere_and_two_only_below_a_unit() -> None:
    assert areas(ROWS) == [[20, 40, 60]]
    assert areas(ROWS[:2]) == []
    assert areas([UNIT, *ROWS[:2]]) == [[20, 40]]


@pytest.mark.parametrize(
    "text", ["单位名称：某馆", "公开05表", "预算公开表4", "2031年收支总表", "本表为空。"]
)
def test_label_number_title_and_sentence_end_a_table(text: str) -> None:
    assert areas([*ROWS, printed(80, (0, text))]) == [[20, 40, 60]]


def test_white_ends_a_table_and_so_does_another_table() -> None:
    below = printed(80, (0, "印刷费"))
    assert areas([*ROWS, below]) == [[20, 40, 60, 80]]
    assert areas([*ROWS, printed(120, (0, "印刷费"))]) == [[20, 40, 60]]
    assert areas([*ROWS, below], [Box(0, 65, 100, 70)]) == [[20, 40, 60]]


def test_names_below_a_unit_are_a_table_without_any_amount() -> None:
    lines = [UNIT, printed(20, (0, "项目"), (200, "金额")), printed(40, (0, "办公费"))]
    assert areas(lines) == [[20, 40]]
    assert areas(lines[1:]) == []


def test_amounts_on_lines_of_their_own_are_as_large_as_the_names_beside_them() -> None:
    lines = [
        UNIT,
        printed(20, (0, "商业服务业")),
        printed(26, (200, "1.00"), (300, "1.00"), em=5.6),
        printed(32, (0, "等支出")),
    ]
    (area,) = plain_areas(lines, [], set())
    assert (bases(area), area.em) == ([20, 26, 32], 10)


def test_each_table_of_a_page_has_a_print_of_its_own() -> None:
    small = [printed(12.0 * n, (0, "办公费"), (200, "1.00"), em=6) for n in range(1, 4)]
    large = [printed(200 + 20.0 * n, (0, "印刷费"), (200, "2.00")) for n in range(1, 4)]
    found = list(plain_areas([*small, *large], [], set()))
    assert [(bases(area), area.em) for area in found] == [
        ([12, 24, 36], 6),
        ([220, 240, 260], 10),
    ]


def test_rules_of_one_length_enclose_a_table_and_a_title_between_them_parts_two() -> None:
    across = [(y, 0.0, 400.0) for y in (5.0, 25.0, 45.0, 85.0, 105.0)]
    title = [printed(60, (100, "2031年收支总表"), em=14), printed(75, (0, "单位：元"))]
    lines = [*ROWS[:2], *title, printed(100, (0, "合计"), (200, "3.00"))]
    found = list(ruled_areas(lines, across, []))
    assert [(bases(area), area.edges) for area in found] == [
        ([20, 40], [5, 25, 45]),
        ([100], [85, 105]),
    ]


def test_lines_near_each_other_go_on_from_the_page_before() -> None:
    lines = [printed(20, (0, "等支出")), printed(40, (0, "办公费")), printed(90, (0, "第三部分"))]
    assert bases(area_without_figures(lines, 0)) == [20, 40]
    assert bases(area_without_figures([*lines[:1], ROWS[1]], 0)) == []
    assert unit_line([*lines, UNIT]) == 3
    assert unit_line(lines) is None
