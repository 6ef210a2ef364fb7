"""Web pages into blocks: spans, layout tables, encodings, pages made to do harm."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import read
from test_workbook_sheets import Lines, outline

from analytics.documents.web import read_html_blocks
from analytics.errors import ReadError

PAGE = "<html><body><p>单位：万元</p><table><tr><td>合计<td>3.00</table></body></html>"


def read_page(folder: Path, text: str, name: str = "page.html") -> Lines:
    return outline(read(folder, name, f"<!DOCTYPE html>{text}".encode()))


def test_spans_keep_the_columns(tmp_path: Path) -> None:
    text = """<table><caption>2024年收入总表</caption>
      <thead><tr><th rowspan="2">项目</th><th colspan=2>金额</th><th rowspan=0>备注</th></tr>
      <tr><th>本年</th><th>上年</th></tr></thead>
      <tr><td rowspan=2>合<br>计</td><td>1.00</td><td>&nbsp;</td></tr>
      <tr><td>2.00</td><td><b>3</b>.00</td></tr></table>"""
    assert read_page(tmp_path, text) == [
        "2024年收入总表",
        [
            ("项目", "金额", "", "备注"),
            ("", "本年", "上年", ""),
            ("合 计", "1.00", "", ""),
            ("", "2.00", "3.00", ""),
        ],
    ]


def test_layout_is_taken_apart_and_the_rest_ignored(tmp_path: Path) -> None:
    text = f"""<head><title>题目 9.00</title><script>var a = "<td>1.00</td>";</script></head>
      <body><style>td {{width: 2.00px}}</style><!-- 4.00 --><table width="100%"><tr>
      <td>导航</td><td><div>正文<span>第一</span>
      句</div>{PAGE}<p>下文</td></tr></table><select><option>5.00</select></body>"""
    assert read_page(tmp_path, text) == [
        "导航",
        "正文第一 句",
        "单位：万元",
        [("合计", "3.00")],
        "下文",
    ]


def test_title_and_unit_in_the_table(tmp_path: Path) -> None:
    text = """<table><tr><td colspan=3>2024年支出总表</tr>
      <tr><td colspan=2>编制单位：示例市教育局<td>单位：万元</tr>
      <tr><td>编码<td>名称<td>金额</tr><tr><td><td>行政运行<td></tr><tr><td>合计<td><td>3.00</tr>
      <tr><td colspan=3>注：含上年结转</tr></table>"""
    assert read_page(tmp_path, text) == [
        "2024年支出总表",
        "编制单位：示例市教育局",
        "单位：万元",
        [("编码", "名称", "金额"), ("", "行政运行", ""), ("合计", "", "3.00")],
        "注：含上年结转",
    ]


def test_columns_that_print_nothing_stay(tmp_path: Path) -> None:
    """A table that goes on in the next one has the same columns as that one."""
    text = "<table><tr><td>其他支出<td><td></tr><tr><td>合计<td>3.00<td></tr></table>"
    assert read_page(tmp_path, text) == [[("其他支出", "", ""), ("合计", "3.00", "")]]


def test_page_without_tables(tmp_path: Path) -> None:
    document = read(tmp_path, "page.html", b"<html><body><h1>A</h1><ul><li>B<li>C</ul></body>")
    assert (outline(document), document.tables) == (["A", "B", "C"], ())


@pytest.mark.parametrize(
    ("head", "encoding", "read_as"),
    [
        ("<meta charset=gb2312>", "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk", "gb18030"),
        ("<meta charset=utf-8>", "gbk", "gb18030"),
        ("", "gbk", "gb18030"),
        ("", "utf-8", "utf-8"),
        ("<meta charset=big5>", "big5", "big5"),
        ("<meta charset=gbk>", "utf-8-sig", "utf-8-sig"),
        ("<meta charset=nonsense>", "utf-8", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, head: str, encoding: str, read_as: str) -> None:
    data = f"<html><head>{head}</head>{PAGE[6:]}".replace("单", "單").replace("万", "萬")
    if encoding != "big5":
        data = data.replace("單", "单").replace("萬", "万")
        data = data.replace("合计", "合计")
    else:
        data = data.replace("计", "計")
    document = read(tmp_path, "page.htm", data.encode(encoding))
    assert document.encoding == read_as
    assert document.paragraphs[0].text in ("单位：万元", "單位：萬元")
    assert document.tables[0].rows[0].cells[1] == "3.00"


def test_utf16_page_and_page_called_xls(tmp_path: Path) -> None:
    wide = codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le")
    assert read(tmp_path, "page.html", wide).encoding == "utf-16"
    document = read(tmp_path, "export.xls", b"\xef\xbb\xbf\r\n" + PAGE.encode())
    assert (document.reader, document.media_type) == ("html", "text/html")
    assert outline(document) == ["单位：万元", [("合计", "3.00")]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<div>" * 200_000, "nested more than"),
        ("<table><tr><td>" * 5_000, "nested more than"),
        ("<p>1" * 700_000, "more than 600,000 tags"),
        ("<table><tr>" + "<td colspan=1000 rowspan=60000>1" * 9, "more than 500 columns"),
        ("", "holds no text and no table"),
        ("x" * 17_000_000, "the limit is"),
    ],
)
def test_hostile_pages_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(tmp_path, "page.html", b"<html>" + text.encode())


@given(st.lists(st.sampled_from(
    ("<table>", "</table>", "<tr>", "<td>", "<td colspan=2 rowspan=2>", "</td>", "3", "<p>", "<b>")
), max_size=40))  # fmt: skip
def test_any_markup_gives_blocks_in_order(parts: list[str]) -> None:
    blocks, _ = read_html_blocks("".join(parts).encode(), "page.html")
    assert [block.block for block in blocks] == list(range(1, len(blocks) + 1))
    texts = [text for text in "".join(outline_text(b) for b in blocks) if text == "3"]
    assert len(texts) == parts.count("3")


def outline_text(block: object) -> str:
    return repr(getattr(block, "text", None) or [r.cells for r in getattr(block, "rows", ())])
