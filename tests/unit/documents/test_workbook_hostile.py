"""Workbooks that are broken, protected or made to do harm: an error that says so, soon."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import read, xlsx_bytes
from openpyxl import Workbook

from analytics.documents import blocks, ooxml, sheets, xlsx
from analytics.documents.workbook import read_xls_blocks, read_xlsx_blocks
from analytics.errors import ReadError

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"
LARGEST = 1_048_576


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["项目", "金额"])
    book.active.append(["合计", 3])
    return xlsx_bytes(book)


def altered(parts: Mapping[str, bytes], data: bytes | None = None) -> bytes:
    """A workbook with some of its parts replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or workbook())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return stream.getvalue()


def sheet_xml(rows: str, after: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<x:worksheet xmlns:x="{space}"><x:sheetData>{rows}</x:sheetData>{after}</x:worksheet>'
    ).encode()


def cells(*references: str) -> str:
    return "".join(
        f'<x:row><x:c r="{reference}" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
        for reference in references
    )


def assert_refused(folder: Path, data: bytes, reason: str, name: str = "book.xlsx") -> None:
    with pytest.raises(ReadError, match=reason):
        read(folder, name, data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb_is_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"):
        data = altered({part: text.encode(encoding)})
        assert_refused(tmp_path, data, "declares a document type, as only entity bombs do")


def test_zip_bomb_is_refused(tmp_path: Path) -> None:
    data = altered({SHEET: sheet_xml("<x:row/>" * 2_000_000)})
    assert len(data) < 100_000
    assert_refused(tmp_path, data, r"unpacks from .* refused as a zip bomb")


def test_part_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "_MAX_PART", 200)
    assert_refused(tmp_path, workbook(), "the limit is 200 bytes")


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_CELLS", 3)
    assert_refused(tmp_path, workbook(), "book.xlsx has more than 3 filled cells")


def test_too_many_lines_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_MAX_PARAGRAPHS", 2)
    data = altered({SHEET: sheet_xml(cells("A1", "A2", "A3"))})
    assert_refused(tmp_path, data, "book.xlsx has more than 2 lines")


def test_cells_far_apart_take_no_memory(tmp_path: Path) -> None:
    data = altered({SHEET: sheet_xml(cells("A1", f"XFD{LARGEST}"))})
    document = read(tmp_path, "book.xlsx", data)
    assert [p.text for p in document.paragraphs] == ["Sheet", "甲", "甲"]


def test_table_that_spreads_too_far_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_MAX_TABLE", 3)
    assert_refused(tmp_path, workbook(), "spreads over 2 rows and 2 columns")


def test_merged_ranges_of_the_whole_sheet(tmp_path: Path) -> None:
    whole = f'<x:mergeCell ref="A1:XFD{LARGEST}"/>' * 5_000
    data = altered(
        {SHEET: sheet_xml(cells("A1", "B2", "C3"), f"<x:mergeCells>{whole}</x:mergeCells>")}
    )
    assert [p.text for p in read(tmp_path, "b.xlsx", data).paragraphs] == ["Sheet", "甲"]


def test_merged_ranges_that_overlap_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_MAX_MERGING", 5)
    merged = '<x:mergeCells><x:mergeCell ref="A1:A3"/><x:mergeCell ref="A1:A3"/></x:mergeCells>'
    data = altered({SHEET: sheet_xml(cells("A1", "B2", "C3"), merged)})
    assert_refused(tmp_path, data, "overlap without end")


@pytest.mark.parametrize(
    "rows",
    [
        "<x:row><x:c r='A1'><x:v>three</x:v></x:c></x:row>",
        "<x:row><x:c r='A1' t='s'><x:v>999</x:v></x:c></x:row>",
        "<x:row><x:c r='1A'><x:v>3</x:v></x:c></x:row>",
        "<x:row r='one'/>",
        "<x:row>",
    ],
)
def test_broken_sheet_is_refused(tmp_path: Path, rows: str) -> None:
    assert_refused(tmp_path, altered({SHEET: sheet_xml(rows)}), "book.xlsx is broken: xl/work")


@pytest.mark.parametrize(
    ("name", "stream", "reason"),
    [
        ("a.xlsx", "EncryptedPackage", "is protected by a password"),
        ("a.docx", "EncryptedPackage", "is protected by a password"),
        ("a.xls", "Workbook", "a.xls is broken"),
        ("a.ppt", "PowerPoint Document", "is an old Office file that is no workbook"),
    ],
)
def test_old_containers(tmp_path: Path, name: str, stream: str, reason: str) -> None:
    assert_refused(tmp_path, OLD_OFFICE + f"{stream}\0".encode("utf-16-le"), reason, name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (workbook()[:-40], "is a zip container that is broken"),
        (b"Rar!\x1a\x07\x01\x00", "is a rar archive"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "is a 7z archive"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "is an XML file of Office 2003",
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "in one file .mht"),
    ],
)
def test_other_files_say_what_they_are(tmp_path: Path, data: bytes, reason: str) -> None:
    assert_refused(tmp_path, data, reason)


def outcome(data: bytes) -> str:
    """What became of a workbook: its blocks by number, or the error."""
    try:
        return f"{len(read_xlsx_blocks(data, 'book.xlsx')[0])} blocks"
    except ReadError as error:
        return str(error)


def test_any_damage_is_read_or_refused() -> None:
    good = workbook()

    @given(st.integers(0, len(good) - 1), st.integers(1, 255))
    def damage(at: int, change: int) -> None:
        data = bytearray(good)
        data[at] ^= change
        assert re.match(r"[0-3] blocks$|book\.xlsx(?: is|:)", outcome(bytes(data)))

    damage()


@given(st.binary(max_size=2_000))
def test_any_old_container_is_read_or_refused(tail: bytes) -> None:
    with pytest.raises(ReadError, match=r"^book\.xls is "):
        read_xls_blocks(OLD_OFFICE[:8] + tail, "book.xls")
