"""What stands over which column of a table without vertical rules."""

from __future__ import annotations

import pytest
from printed_lines import segment

from analytics.documents.pdf.headings import (
    Column,
    Heading,
    header_rows,
    match_columns,
    part_headings,
    stack_headings,
)
from analytics.documents.pdf.model import Rule

EM = 10.0


def leaf(text: str, left: float, base: float = 0.0) -> Heading:
    return Heading([segment(text, left, base)])


def test_lines_of_one_heading_are_joined_and_a_rule_parts_them() -> None:
    lines = [[segment("一般公共", 100, 20)], [segment("预算", 110, 33)]]
    assert [h.text for h in stack_headings(lines, [], EM)] == ["一般公共预算"]
    rule = Rule(25, 90, 150)
    assert [h.text for h in stack_headings(lines, [rule], EM)] == ["一般公共", "预算"]


def test_heading_over_others_is_wide() -> None:
    headings = [leaf("支出", 140, 20), leaf("项目", 100, 40), leaf("金额", 180, 40)]
    leaves, wide = part_headings(headings, [(100, 120), (180, 200)], [], EM)
    assert [h.text for h in leaves] == ["项目", "金额"]
    assert [h.text for h in wide] == ["支出"]


def matched(
    clusters: list[tuple[float, float]], leaves: list[Heading], wordy: list[bool]
) -> list[tuple[float, str | None]] | None:
    columns = match_columns(clusters, leaves, EM, wordy)
    if columns is None:
        return None
    return [(c.left, c.heading.text if c.heading else None) for c in columns]


def test_heading_over_nothing_is_that_of_a_blank_column() -> None:
    leaves = [leaf("项目", 100), leaf("合计", 200), leaf("备注", 300)]
    found = matched([(90, 140), (195, 225)], leaves, [True, False])
    assert found == [(90, "项目"), (195, "合计"), (300, "备注")]


def test_amounts_too_short_to_reach_their_heading_belong_to_the_one_at_their_left() -> None:
    leaves = [leaf("项目", 100), leaf("小计", 200), leaf("一般公共预算", 235), leaf("其他", 320)]
    found = matched([(90, 140), (225, 230), (280, 285)], leaves, [True, False, False])
    assert found == [(90, "项目"), (225, "小计"), (280, "一般公共预算"), (320, "其他")]


def test_words_do_not_count_as_short_amounts() -> None:
    leaves = [leaf("项目", 100), leaf("小计", 200), leaf("一般公共预算", 235), leaf("其他", 320)]
    found = matched([(90, 140), (225, 230), (280, 285)], leaves, [True, True, False])
    assert found is not None
    assert (225, None) in found


def test_two_headings_over_the_same_amounts_are_not_clear() -> None:
    leaves = [leaf("基本支出", 100), leaf("项目支出", 150), leaf("合计", 300)]
    assert matched([(110, 180), (300, 320)], leaves, [False, False]) is None


@pytest.mark.parametrize(
    ("middle", "rows"),
    [
        (150, [["项目", "支出", ""], ["", "基本", "项目"]]),
        (400, [["项目", "基本", "项目"]]),
    ],
)
def test_wide_heading_stands_over_the_columns_whose_middle_it_has(
    middle: float, rows: list[list[str]]
) -> None:
    first = leaf("项目", 0, 30)
    columns = [
        Column(0, 20, first),
        Column(100, 120, leaf("基本", 100, 40)),
        Column(180, 200, leaf("项目", 180, 40)),
    ]
    assert header_rows(columns, [leaf("支出", middle - 10, 20)], EM) == rows
