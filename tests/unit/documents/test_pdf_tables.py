"""Tables of a PDF page: ruled, open, shaded, merged, and without vertical rules."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pdf_pages import (
    FONT,
    HEIGHT,
    ROW,
    cells,
    draw_grid,
    make_pdf,
    rule,
    ruled_table,
    texts,
    write,
    write_right,
    write_rows,
)
from reportlab.pdfgen.canvas import Canvas

from analytics.documents import Paragraph, Table
from analytics.documents.pdf import read_pdf

XS = (60.0, 130.0, 330.0, 430.0, 530.0)
ROWS = [
    ("科目编码", "科目名称", "合计", "基本支出"),
    ("201", "一般公共服务支出", "1,234.56", "1,000.00"),
    ("20103", "政府办公厅及相关机构事务", "234.56", ""),
    ("208", "社会保障和就业支出", "", "0.05"),
]


def test_ruled_table_comes_back_cell_by_cell() -> None:
    reading = read_pdf(make_pdf(lambda canvas: ruled_table(canvas, XS, 100, ROWS)), "a.pdf")
    assert cells(reading) == [ROWS]
    assert texts(reading) == []


def test_blocks_are_in_reading_order_and_know_their_page() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 200, 60, "支出预算表", size=16)
        write(canvas, 60, 90, "部门名称：某市档案局")
        write_right(canvas, 530, 90, "单位：万元")
        ruled_table(canvas, XS, 100, ROWS)
        write(canvas, 60, 200, "注：本表反映年度支出。")

    reading = read_pdf(make_pdf(page, page), "a.pdf")
    first = [block for block in reading.blocks if block.page == 1]
    assert [b.text if isinstance(b, Paragraph) else b.rows[1].cells[0] for b in first] == [
        "支出预算表",
        "部门名称：某市档案局",
        "单位：万元",
        "201",
        "注：本表反映年度支出。",
    ]
    assert [block.block for block in reading.blocks] == list(range(1, 11))
    assert all(block.line is None for block in reading.blocks)
    table = reading.blocks[8]
    assert isinstance(table, Table)
    assert [(row.row, row.page) for row in table.rows] == [(1, 2), (2, 2), (3, 2), (4, 2)]


def test_merged_cells_have_their_text_in_the_first_place() -> None:
    def page(canvas: Canvas) -> None:
        top, lower, bottom = 100.0, 100 + ROW, 100 + 3 * ROW
        for y in (top, lower + ROW, bottom):
            rule(canvas, XS[0], y, XS[-1], y)
        rule(canvas, XS[2], lower, XS[-1], lower)
        for x in (XS[0], XS[1], XS[2], XS[4]):
            rule(canvas, x, top, x, bottom)
        rule(canvas, XS[3], lower, XS[3], bottom)
        write(canvas, 65, 125, "科目编码")
        write(canvas, 200, 125, "科目名称")
        write(canvas, 410, 113, "本年支出")
        write_rows(canvas, XS, lower, [("", "", "合计", "其中：项目"), ROWS[1]])

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [
        [
            ("科目编码", "科目名称", "本年支出", ""),
            ("", "", "合计", "其中：项目"),
            ROWS[1],
        ]
    ]


def test_wrapped_names_and_numbers_are_joined() -> None:
    def page(canvas: Canvas) -> None:
        xs = (60.0, 160.0, 230.0)
        for y in (100.0, 120.0, 160.0):
            rule(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            rule(canvas, x, 100, x, 160)
        write_rows(canvas, xs, 100, [("名称", "金额")])
        write(canvas, 63, 137, "机关事业单位基本养")
        write(canvas, 63, 152, "老保险缴费 VPN")
        write(canvas, 165, 137, "12,345,6")
        write(canvas, 165, 152, "78.90")

    table = cells(read_pdf(make_pdf(page), "a.pdf"))[0]
    assert table[1] == ("机关事业单位基本养老保险缴费VPN", "12,345,678.90")


def test_amount_too_wide_for_its_column_stays_whole() -> None:
    def page(canvas: Canvas) -> None:
        xs = (60.0, 160.0, 190.0, 220.0)
        draw_grid(canvas, xs, 100, 2)
        write_rows(canvas, xs, 100, [("项目", "合计", "基本"), ("收入", "1234.56", "1,200.00")])

    table = cells(read_pdf(make_pdf(page), "a.pdf"))[0]
    assert table[1] == ("收入", "1234.56", "1,200.00")


def test_rows_without_a_rule_between_them_are_told_by_their_baselines() -> None:
    def page(canvas: Canvas) -> None:
        for y in (100.0, 120.0, 180.0):
            rule(canvas, XS[0], y, XS[-1], y)
        for x in XS:
            rule(canvas, x, 100, x, 180)
        write_rows(canvas, XS, 100, ROWS)

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [ROWS]


def test_table_open_at_its_sides_is_closed_where_its_rules_end() -> None:
    def page(canvas: Canvas) -> None:
        for number in range(len(ROWS) + 1):
            rule(canvas, XS[0], 100 + ROW * number, XS[-1], 100 + ROW * number)
        for x in XS[1:-1]:
            rule(canvas, x, 100, x, 100 + ROW * len(ROWS))
        write_rows(canvas, XS, 100, ROWS)

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [ROWS]


def test_row_cut_by_the_page_break_keeps_both_halves() -> None:
    def upper(canvas: Canvas) -> None:
        for number in range(2):
            rule(canvas, XS[0], 740 + ROW * number, XS[-1], 740 + ROW * number)
        for x in XS:
            rule(canvas, x, 740, x, 780)
        write_rows(canvas, XS, 740, [ROWS[1], ("20103", "政府办公厅及相", "234.56", "")])

    def lower(canvas: Canvas) -> None:
        for number in range(1, 3):
            rule(canvas, XS[0], 60 + ROW * number, XS[-1], 60 + ROW * number)
        for x in XS:
            rule(canvas, x, 60, x, 100)
        write_rows(canvas, XS, 60, [("", "关机构事务", "", ""), ROWS[3]])

    reading = read_pdf(make_pdf(upper, lower), "a.pdf")
    assert cells(reading) == [
        [ROWS[1], ("20103", "政府办公厅及相", "234.56", "")],
        [("", "关机构事务", "", ""), ROWS[3]],
    ]
    assert [block.page for block in reading.blocks] == [1, 2]


def test_rows_after_the_page_break_get_the_columns_of_the_header_before_it() -> None:
    xs = (60.0, 90.0, 120.0, 330.0, 430.0)
    lines = [("20502", "普通教育", "12.00"), ("20506", "留学教育", "0.50")]

    def first(canvas: Canvas) -> None:
        ruled_table(canvas, xs, 740, [("类", "款", "科目名称", "合计")])
        write(canvas, 290, 820, "1")

    def second(canvas: Canvas) -> None:
        ruled_table(canvas, (xs[0], *xs[2:]), 60, lines)
        write(canvas, 290, 820, "2")

    def titled(canvas: Canvas) -> None:
        write(canvas, 200, 50, "另一张表")
        ruled_table(canvas, (xs[0], *xs[2:]), 60, lines)
        write(canvas, 290, 820, "3")

    assert cells(read_pdf(make_pdf(first, second, titled), "a.pdf")) == [
        [("类", "款", "科目名称", "合计")],
        [("20502", "", "普通教育", "12.00"), ("20506", "", "留学教育", "0.50")],
        lines,
    ]


def test_white_fills_behind_the_text_are_no_rules_and_coloured_ones_are() -> None:
    def shade(canvas: Canvas, inset: float) -> None:
        for number in range(len(ROWS)):
            for left, right in pairwise(XS):
                canvas.rect(
                    left + inset,
                    HEIGHT - 100 - ROW * (number + 1) + inset,
                    right - left - 2 * inset,
                    ROW - 2 * inset,
                    stroke=0,
                    fill=1,
                )
        canvas.setFillGray(0)

    def behind(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        shade(canvas, 4)
        ruled_table(canvas, XS, 100, ROWS)

    def coloured(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.8, 0.9, 1)
        shade(canvas, 0.3)
        write_rows(canvas, XS, 100, ROWS)

    assert cells(read_pdf(make_pdf(behind), "a.pdf")) == [ROWS]
    assert cells(read_pdf(make_pdf(coloured), "a.pdf")) == [ROWS]


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_table_inside_a_form_object_is_placed_by_its_matrix(scale: float) -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("grid")
        canvas.setFont(FONT, 10)
        ruled_table(canvas, XS, 100, ROWS)
        canvas.endForm()
        canvas.translate(20, -100)
        canvas.scale(scale, scale)
        canvas.doForm("grid")

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [ROWS]


def test_frame_around_text_and_bars_of_a_chart_are_no_tables() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(60, HEIGHT - 200, 300, 100)
        write(canvas, 80, 150, "本单位主要职责")
        for number, height in enumerate((40, 80, 60)):
            canvas.rect(80 + 60 * number, HEIGHT - 400, 40, height, stroke=1, fill=0)
            write(canvas, 82 + 60 * number, 415, f"{2021 + number}年")
        rule(canvas, 60, 400, 300, 400)

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == []
    assert texts(reading) == ["本单位主要职责", "2021年 2022年 2023年"]


def test_two_tables_side_by_side_and_one_below_stay_apart() -> None:
    left = [("项目", "金额"), ("收入", "5.00")]
    right = [("项目", "预算数"), ("支出", "4.00")]

    def page(canvas: Canvas) -> None:
        ruled_table(canvas, (60, 160, 260), 100, left)
        ruled_table(canvas, (320, 420, 520), 100, right)
        ruled_table(canvas, XS, 200, ROWS)

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [left, right, ROWS]


def test_blank_form_has_its_header_and_empty_rows() -> None:
    rows = [("科目编码", "科目名称", "合计", "基本支出"), ("",) * 4, ("",) * 4]
    reading = read_pdf(make_pdf(lambda canvas: ruled_table(canvas, XS, 100, rows)), "a.pdf")
    assert cells(reading) == [rows]


def test_nested_rules_leave_no_character_out() -> None:
    def page(canvas: Canvas) -> None:
        draw_grid(canvas, (60, 300, 530), 100, 2)
        draw_grid(canvas, (320, 380, 440), 104, 1)
        write_rows(canvas, (60, 300, 530), 100, [("外", ""), ("名称", "9.00")])
        write(canvas, 330, 117, "内")

    reading = read_pdf(make_pdf(page), "a.pdf")
    found = "".join(text for table in cells(reading) for row in table for text in row)
    assert sorted(found + "".join(texts(reading))) == sorted("外名称9.00内")


UNRULED = [
    ("项目", "本年预算", "上年预算"),
    ("一、工资福利支出", "1,204.50", "1,100.00"),
    ("二、商品和服务支出", "310.05", "299.95"),
    ("三、资本性支出", "", "12.00"),
    ("合计", "1,514.55", "1,411.95"),
]
UNRULED_XS = (60.0, 260.0, 400.0, 530.0)


def test_three_line_table_is_read_by_its_white() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 230, 60, "支出情况表", size=14)
        write(canvas, 60, 90, "部门：某市档案局")
        write_right(canvas, 530, 90, "单位：万元")
        for y in (100, 120, 200):
            rule(canvas, 60, y, 530, y)
        write_rows(canvas, UNRULED_XS, 100, UNRULED)
        write(canvas, 60, 215, "注：金额因四舍五入可能有差异。")

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == [UNRULED]
    assert texts(reading) == [
        "支出情况表",
        "部门：某市档案局",
        "单位：万元",
        "注：金额因四舍五入可能有差异。",
    ]


def test_table_without_any_rule_is_read_with_its_header() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 230, 60, "支出情况表", size=14)
        write(canvas, 60, 90, "部门：某市档案局")
        write_right(canvas, 530, 90, "单位：万元")
        write_rows(canvas, UNRULED_XS, 100, UNRULED)
        write(canvas, 80, 230, "二、情况说明：本年支出预算1,514.55万元，比上年增加102.60万元。")

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == [UNRULED]
    assert texts(reading)[-1].startswith("二、情况说明")


def test_wrapped_names_of_an_unruled_table_join_their_row() -> None:
    def page(canvas: Canvas) -> None:
        write_rows(canvas, UNRULED_XS, 100, UNRULED[:2])
        write(canvas, 63, 147, "二、机关事业单位基本养老")
        write(canvas, 63, 159, "保险缴费支出")
        write_right(canvas, 397, 153, "310.05")
        write_right(canvas, 527, 153, "299.95")
        write_rows(canvas, UNRULED_XS, 170, UNRULED[3:])

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [
        [*UNRULED[:2], ("二、机关事业单位基本养老保险缴费支出", "310.05", "299.95"), *UNRULED[3:]]
    ]


def test_codes_and_names_close_together_are_two_columns() -> None:
    rows = [
        ("201", "一般公共服务支出", "1,234.56", "1,000.00"),
        ("20103", "政府办公厅及相关机构事务", "234.56", "1.00"),
        ("2010301", "行政运行", "234.56", "0.05"),
    ]
    xs = (60.0, 105.0, 300.0, 400.0, 530.0)
    reading = read_pdf(make_pdf(lambda canvas: write_rows(canvas, xs, 100, rows)), "a.pdf")
    assert cells(reading) == [rows]


def test_sentences_with_amounts_are_no_table() -> None:
    def page(canvas: Canvas) -> None:
        for number in range(5):
            subject = "一般公共预算财政拨款"[: 2 * number + 2]
            write(canvas, 80, 100 + 22 * number, f"本年{subject}支出    {number}1.50    万元")

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == []
    assert len(texts(reading)) == 5


def test_lines_that_the_page_clips_away_are_not_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        area = canvas.beginPath()
        area.rect(50, HEIGHT - 200, 500, 120)
        canvas.clipPath(area, stroke=0, fill=0)
        write(canvas, 60, 100, "本单位内设科室六个。")
        write(canvas, 60, 230, "下一页才看得见的一行。")
        canvas.restoreState()
        write(canvas, 60, 260, "附注在裁剪区域之外。")

    assert texts(read_pdf(make_pdf(page), "a.pdf")) == [
        "本单位内设科室六个。",
        "附注在裁剪区域之外。",
    ]
