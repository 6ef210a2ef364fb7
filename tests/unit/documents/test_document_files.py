"""Files into documents: encodings, identity of a file, what it says of itself."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from analytics.documents import Document, files, read_document
from analytics.errors import ReadError

TEXT = "示例市教育局\n\n2023年度单位预算公开\n\n项目\t金额\n合计\t3.00\n"


def read(folder: Path, data: bytes) -> Document:
    path = folder / "disclosure.txt"
    path.write_bytes(data)
    return read_document(path)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings_give_the_same_blocks(tmp_path: Path, data: bytes, encoding: str) -> None:
    document = read(tmp_path, data)
    assert document.encoding == encoding
    assert document.blocks == read(tmp_path, TEXT.encode()).blocks


def test_file_cut_inside_a_character_is_read_in_its_encoding(tmp_path: Path) -> None:
    document = read(tmp_path, (TEXT + "注：本表").encode()[:-1])
    assert document.encoding == "utf-8"
    assert document.paragraphs[-1].text == "注：本"


def test_identifier_is_of_the_content_alone(tmp_path: Path) -> None:
    first = read(tmp_path, TEXT.encode())
    (tmp_path / "another.txt").write_bytes(TEXT.encode())
    second = read_document(str(tmp_path / "another.txt"))
    assert first.document_id == second.document_id
    assert (first.file_name, second.file_name) == ("disclosure.txt", "another.txt")
    assert read(tmp_path, TEXT.encode() + b"\n").document_id != first.document_id


def test_document_says_what_it_holds(tmp_path: Path) -> None:
    document = read(tmp_path, TEXT.encode())
    assert repr(document) == (
        f"Document('disclosure.txt', 1 tables, 2 paragraphs, id {document.document_id})"
    )
    assert [p.text for p in document.paragraphs] == ["示例市教育局", "2023年度单位预算公开"]
    assert [t.rows[1].cells for t in document.tables] == [("合计", "3.00")]


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MAX_BYTES", 10)
    with pytest.raises(ReadError, match=r"has \d+ bytes; the limit is 10"):
        read(tmp_path, TEXT.encode())
