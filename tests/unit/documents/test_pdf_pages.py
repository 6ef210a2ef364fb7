"""What pages do to their text: rotation, edges, watermarks, code points, page numbers, scans."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from pdf_pages import (
    FONT,
    HEIGHT,
    WIDTH,
    cells,
    make_pdf,
    ruled_table,
    texts,
    write,
    write_right,
)
from reportlab.pdfgen.canvas import Canvas

from analytics.documents import read_document
from analytics.documents.pdf import pdfium, read_pdf, reader
from analytics.errors import ReadError

XS = (60.0, 200.0, 300.0)
ROWS = [("项目", "金额"), ("收入合计", "1,234.56"), ("支出合计", "1,200.00")]


def table_page(canvas: Canvas) -> None:
    write(canvas, 60, 80, "收支总表")
    write_right(canvas, 300, 95, "单位：万元")
    ruled_table(canvas, XS, 100, ROWS)


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("has_entry", [True, False])
def test_turned_pages_are_read_upright(quarters: int, has_entry: bool) -> None:
    """Text drawn sideways reads the same whether the page turns it back or leaves it so."""

    def page(canvas: Canvas) -> None:
        if has_entry:
            canvas.setPageRotation(90 * quarters)
        shift = {1: (HEIGHT, 0), 2: (WIDTH, HEIGHT), 3: (0, WIDTH)}[quarters]
        canvas.translate(*shift)
        canvas.rotate(90 * quarters)
        table_page(canvas)

    # The writer itself swaps the sides of a page that has a rotation entry.
    size = (HEIGHT, WIDTH) if quarters % 2 and not has_entry else (WIDTH, HEIGHT)
    reading = read_pdf(make_pdf(page, size=size), "a.pdf")
    assert cells(reading) == [ROWS]
    assert texts(reading) == ["收支总表", "单位：万元"]


def test_slanted_and_see_through_watermarks_are_told_apart_from_text() -> None:
    def page(canvas: Canvas) -> None:
        table_page(canvas)
        canvas.saveState()
        canvas.setFillAlpha(0.3)
        canvas.translate(100, HEIGHT - 160)
        canvas.rotate(30)
        canvas.setFont(FONT, 30)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == [ROWS]
    assert texts(reading) == ["收支总表", "单位：万元"]
    assert reading.notes == ("4 characters of a watermark were left out on page 1",)


@pytest.mark.parametrize("grey", [0.8, 0.75])
def test_large_pale_text_across_the_table_is_a_watermark(grey: float) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        write(canvas, 70, 150, "公开", size=40)
        canvas.setFillGray(0)
        table_page(canvas)

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == [ROWS]
    assert reading.notes == ("2 characters of a watermark were left out on page 1",)


def test_opaque_slanted_text_is_a_watermark_as_well() -> None:
    def page(canvas: Canvas) -> None:
        table_page(canvas)
        canvas.translate(100, HEIGHT - 160)
        canvas.rotate(math.degrees(math.atan2(1, 2)))
        canvas.setFont(FONT, 24)
        canvas.drawString(0, 0, "样张")

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert cells(reading) == [ROWS]
    assert reading.notes == ("2 characters of a watermark were left out on page 1",)


def test_letters_sheared_to_look_italic_are_text() -> None:
    def page(canvas: Canvas) -> None:
        table_page(canvas)
        write(canvas, 60, 300, "比上年增长")
        canvas.saveState()
        canvas.transform(1, 0, 0.3, 1, 112 - 0.3 * (HEIGHT - 300), 0)
        canvas.drawString(0, HEIGHT - 300, "8.80%")
        canvas.restoreState()

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert texts(reading)[-1] == "比上年增长8.80%"
    assert reading.notes == ()


def test_text_beyond_the_edge_is_left_out_and_said() -> None:
    def page(canvas: Canvas) -> None:
        table_page(canvas)
        write(canvas, WIDTH + 20, 200, "页外文字")
        write(canvas, 60, -40, "12.00")

    reading = read_pdf(make_pdf(page, table_page), "a.pdf")
    assert texts(reading) == ["收支总表", "单位：万元"] * 2
    assert reading.notes == ("9 characters beyond the edge of the page were left out on page 1",)


def test_a_space_before_text_beyond_the_edge_still_parts_words() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 60, 100, "OA ")
        write(canvas, WIDTH + 20, 100, "页外")
        write(canvas, 60 + canvas.stringWidth("OA "), 100, "ERP")

    reading = read_pdf(make_pdf(page), "a.pdf")
    assert texts(reading) == ["OA ERP"]
    assert reading.notes == ("2 characters beyond the edge of the page were left out on page 1",)


def test_look_alike_code_points_are_folded_and_circled_digits_are_not() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 60, 100, "⼀、⾏政⽀出")
        write(canvas, 60, 130, "①公务用⻋（３辆）")

    assert texts(read_pdf(make_pdf(page), "a.pdf")) == ["一、行政支出", "①公务用车（３辆）"]


def test_page_numbers_are_left_out_and_other_numbers_are_not() -> None:
    def numbered(number: int) -> object:
        def page(canvas: Canvas) -> None:
            write(canvas, 60, 60, "2024")
            write(canvas, 80, 400, "本年收入")
            write(canvas, 290, 810, f"- {number} -" if number % 2 else f"{number}")

        return page

    reading = read_pdf(make_pdf(*(numbered(n) for n in (3, 4, 5))), "a.pdf")  # type: ignore[arg-type]
    assert texts(reading) == ["2024", "本年收入"] * 3


def test_axis_labels_keep_their_order() -> None:
    def page(canvas: Canvas) -> None:
        for number in range(4):
            write(canvas, 100, 100 + 20 * number, "本年预算支出构成情况说明")
        canvas.translate(60, HEIGHT - 300)
        canvas.rotate(90)
        canvas.setFont(FONT, 10)
        canvas.drawString(0, 0, "金额万元")

    assert "金额万元" in texts(read_pdf(make_pdf(page), "a.pdf"))


def test_words_keep_their_spaces_and_set_apart_digits_do_not() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 60, 100, "Southwest Example University 2024 年度")
        write(canvas, 60, 130, "第一部分")
        write(canvas, 115, 130, "概况")
        write(canvas, 60, 160, "1,2")
        write(canvas, 78, 160, "34.50")

    assert texts(read_pdf(make_pdf(page), "a.pdf")) == [
        "Southwest Example University 2024年度",
        "第一部分 概况",
        "1,234.50",
    ]


def test_unit_beside_a_long_name_is_its_own_paragraph() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 60, 100, "部门：某省某市人民政府机关事务管理中心")
        write(canvas, 270, 100, "单位：万元")
        write(canvas, 60, 160, "部门：")
        write(canvas, 150, 160, "某市档案局")
        write(canvas, 60, 130, "比上年增加")
        write(canvas, 140, 130, "12.50万元")

    assert texts(read_pdf(make_pdf(page), "a.pdf")) == [
        "部门：某省某市人民政府机关事务管理中心",
        "单位：万元",
        "比上年增加 12.50万元",
        "部门： 某市档案局",
    ]


def test_unit_broken_by_a_narrow_frame_is_whole_again() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 60, 106, "部门：某市档案局")
        write(canvas, 450, 100, "单位：万")
        write(canvas, 450, 112, "元")
        write(canvas, 60, 130, "元")

    assert texts(read_pdf(make_pdf(page), "a.pdf")) == ["单位：万元", "部门：某市档案局", "元"]


def test_blank_pages_are_not_worth_a_word() -> None:
    reading = read_pdf(make_pdf(table_page, lambda canvas: None), "a.pdf")
    assert (reading.page_count, reading.notes) == (2, ())


def test_document_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "某市档案局2024年度预算.pdf"
    path.write_bytes(make_pdf(table_page))
    document = read_document(path)
    assert (document.media_type, document.reader, document.page_count) == (
        "application/pdf",
        "pdf",
        1,
    )
    assert cells(document) == [ROWS]
    assert document.notes == ()


def test_password_is_said() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf is protected by a password; save it without"):
        read_pdf(make_pdf(table_page, password="geheim"), "a.pdf")


@pytest.mark.parametrize("keep", [0.02, 0.2, 0.5])
def test_cut_off_and_scrambled_files_are_refused(keep: float) -> None:
    whole = make_pdf(table_page)
    cut = whole[: int(len(whole) * keep)]
    with pytest.raises(ReadError, match="damaged"):
        read_pdf(cut, "a.pdf")


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_pdf(table_page, table_page)
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(ReadError, match=r"a\.pdf has 2 pages; the limit is 1"):
        read_pdf(data, "a.pdf")
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    monkeypatch.setattr(pdfium, "MAX_CHARACTERS", 10)
    with pytest.raises(ReadError, match=r"a\.pdf: page 1 has \d+ characters"):
        read_pdf(data, "a.pdf")


def test_page_with_more_rules_than_a_table_has_keeps_its_text() -> None:
    def page(canvas: Canvas) -> None:
        table_page(canvas)
        path = canvas.beginPath()
        for number in range(21_000):
            path.moveTo(50, 10 + number / 100)
            path.lineTo(90, 10 + number / 100)
        canvas.drawPath(path)

    reading = read_pdf(make_pdf(page), "a.pdf")
    found = "".join(texts(reading)) + "".join(t for g in cells(reading) for r in g for t in r)
    assert "1,234.56" in found
    assert reading.notes == ("tables were not looked for by their rules on page 1: too many lines",)


def test_head_on_two_pages_does_not_part_a_table() -> None:
    def top(canvas: Canvas) -> None:
        write(canvas, 60, 40, "某馆2031年预算公开")
        ruled_table(canvas, XS, 100, ROWS)

    def rest(canvas: Canvas) -> None:
        write(canvas, 60, 40, "某馆2031年预算公开")
        ruled_table(canvas, XS, 60, ROWS[1:])
        write(canvas, 60, 300, "第三部分 名词解释")

    assert texts(read_pdf(make_pdf(top, rest), "a.pdf")) == [
        "某馆2031年预算公开",
        "第三部分名词解释",
    ]
    # Where no table ends the page before, the same line may be a title.
    assert texts(read_pdf(make_pdf(rest, rest), "a.pdf")).count("某馆2031年预算公开") == 2
