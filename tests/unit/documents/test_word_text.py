"""Word files into blocks: order, merged cells, layout tables, text boxes, old files."""

from __future__ import annotations

import stat
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office_files import docx_bytes, read
from test_workbook_hostile import OLD_OFFICE, altered
from test_workbook_sheets import Lines, outline

from analytics.errors import ReadError

MAIN = "word/document.xml"


def outline_of(folder: Path, document: docx.document.Document) -> Lines:
    return outline(read(folder, "file.docx", docx_bytes(document)))


def body(xml: str) -> docx.document.Document:
    """A document whose body is the given markup."""
    document = docx.Document()
    spaces = nsdecls("w") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    made = parse_xml(f"<w:body {spaces}>{xml}</w:body>")
    document.element.replace(document.element.body, made)
    return document


def run(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph("2024年收支总表")
    document.add_paragraph("单位：万元").add_run("（人民币）")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("项目", "金额", "合计", "3.00"), strict=True):
        cell.text = text
    document.add_paragraph("第三部分\t说明")
    assert outline_of(tmp_path, document) == [
        "2024年收支总表",
        "单位：万元（人民币）",
        [("项目", "金额"), ("合计", "3.00")],
        "第三部分 说明",
    ]


def test_merged_cells_have_their_text_in_the_first_place(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for number, cell in enumerate(table._cells, start=1):
        cell.text = str(number)
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((2, 2), (3, 3))):
        table.cell(*first).merge(table.cell(*last)).text = "并"
    assert outline_of(tmp_path, document) == [
        [
            ("并", "并", "", "4"),
            ("", "6", "7", "8"),
            ("9", "10", "并", ""),
            ("13", "14", "", ""),
        ]
    ]


def test_table_that_lays_out_is_taken_apart(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "上文"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "合计", "3.00"
    outer.cell(0, 1).add_paragraph("下文")
    document.add_table(1, 1).cell(0, 0).text = "框中文字"
    assert outline_of(tmp_path, document) == ["上文", [("合计", "3.00")], "下文", "框中文字"]


def test_wrapped_changed_and_boxed_text(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{run('框内')}</w:txbxContent>"
    xml = (
        f"<w:sdt><w:sdtContent>{run('控件内')}</w:sdtContent></w:sdt>"
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>新增</w:t><w:br/><w:t>次行</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p><w:sectPr/>"
    )
    assert outline_of(tmp_path, body(xml)) == ["控件内", "新增", "次行", "框内", "前后"]


def test_row_that_begins_later_keeps_its_columns(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>".format
    xml = (
        f"<w:tbl><w:tr>{cell(run('甲'))}{cell(run('乙'))}{cell(run('丙'))}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell(run('1'))}{cell(run('2'))}</w:tr>"
        "</w:tbl>"
    )
    assert outline_of(tmp_path, body(xml)) == [[("甲", "乙", "丙"), ("", "1", "2")]]


def test_hostile_and_broken_files_are_refused(tmp_path: Path) -> None:
    good = docx_bytes(docx.Document())
    bomb = b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'
    for part, reason in (
        (bomb, "declares a document type"),
        (b"<w:document", r"is broken: word/document\.xml"),
        (b"<a>" + b"<b/>" * 8_000_000 + b"</a>", "refused as a zip bomb"),
    ):
        with pytest.raises(ReadError, match=reason):
            read(tmp_path, "file.docx", altered({MAIN: part}, good))
    with pytest.raises(ReadError, match="holds no text and no table"):
        read(tmp_path, "file.docx", good)


def old_word() -> bytes:
    return OLD_OFFICE + "WordDocument\0".encode("utf-16-le")


def test_old_word_file_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match=r"an old Word file .* install LibreOffice"):
        read(tmp_path, "file.doc", old_word())


@pytest.mark.parametrize("converts", [True, False])
def test_old_word_file_goes_through_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, converts: bool
) -> None:
    document = docx.Document()
    document.add_paragraph("单位：万元")
    (tmp_path / "made.docx").write_bytes(docx_bytes(document))
    program = tmp_path / "soffice"
    copying = f'while [ "$1" != --outdir ]; do shift; done; /bin/cp {tmp_path}/made.docx "$2/document.docx"'
    program.write_text(f"#!/bin/sh\n{copying if converts else 'exit 3'}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    if not converts:
        with pytest.raises(ReadError, match="cannot be converted by LibreOffice"):
            read(tmp_path, "file.doc", old_word())
        return
    made = read(tmp_path, "file.doc", old_word())
    assert [p.text for p in made.paragraphs] == ["单位：万元"]
    assert (made.reader, made.notes) == ("doc", ("converted from doc to docx by LibreOffice",))
