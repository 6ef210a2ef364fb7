"""Archives: each file in them, their names, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from office_files import WRITERS

from analytics.documents import archive, read_document
from analytics.documents.archive import is_archive, read_documents
from analytics.documents.model import Document
from analytics.errors import ReadError

TEXT = "单位：万元\n\n项目\t金额\n合计\t3.00\n"


def packed(folder: Path, members: dict[str, bytes], name: str = "all.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for member, data in members.items():
            made.writestr(member, data)
    return path


def zip_bytes(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for member, data in members.items():
            made.writestr(member, data)
    return stream.getvalue()


def test_documents_come_one_by_one(tmp_path: Path) -> None:
    members = {f"2024/预算.{kind}": write(TEXT) for kind, write in WRITERS.items()}
    members |= {"2023/预算.txt": TEXT.encode(), "空.txt": b"", "2024/": b""}
    path = packed(tmp_path, members)
    found = dict(read_documents(path))
    assert list(found) == [
        "2023/预算.txt",
        "2024/预算.docx",
        "2024/预算.html",
        "2024/预算.xls",
        "2024/预算.xlsx",
        "空.txt",
    ]
    assert str(found.pop("空.txt")).startswith("all.zip/空.txt is empty")
    documents = [document for document in found.values() if isinstance(document, Document)]
    assert [d.reader for d in documents] == ["text", "docx", "html", "xls", "xlsx"]
    assert {d.tables[0].rows[-1].cells for d in documents} == {("合计", "3.00")}
    assert {d.file_name for d in documents} == {name.split("/")[1] for name in found}
    alone = tmp_path / "预算.txt"
    alone.write_bytes(TEXT.encode())
    assert found["2023/预算.txt"] == read_document(alone)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_declare_no_encoding(tmp_path: Path, encoding: str) -> None:
    name = "部门预算/收支总表.txt"
    raw = name.encode(encoding)
    plain = "x" * len(raw)
    data = zip_bytes({plain: TEXT.encode()}).replace(plain.encode(), raw)
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    ((found, document),) = read_documents(path)
    assert (found, isinstance(document, Document)) == (name, True)


def test_what_systems_add_is_passed_over(tmp_path: Path) -> None:
    members = {
        name: TEXT.encode() for name in ("a.txt", "__MACOSX/._a.txt", ".DS_Store", "~$a.docx")
    }
    assert [name for name, _ in read_documents(packed(tmp_path, members))] == ["a.txt"]


def test_one_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    members = {
        "1.zip": zip_bytes({"a.txt": b"1"}),
        "2.dat": zip_bytes({"a.txt": b"1"}),
        "3.txt": bytes(20_000_000),
        "../../4.txt": TEXT.encode(),
        "5.docx": b"PK\x03\x04 broken",
        "6.txt": TEXT.encode(),
    }
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    found = dict(read_documents(packed(folder, members)))
    assert [
        str(error).split(";")[0] for error in found.values() if isinstance(error, ReadError)
    ] == [
        "all.zip/1.zip is an archive in an archive",
        "all.zip/2.dat is an archive in an archive",
        f"all.zip: 3.txt unpacks from {len(zlib_packed()):,} to 20,000,000 bytes",
        "all.zip/5.docx is a zip container that is broken",
    ]
    assert {name for name, d in found.items() if isinstance(d, Document)} == {
        "../../4.txt",
        "6.txt",
    }
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["all.zip"]


def zlib_packed() -> bytes:
    """Twenty million zero bytes as the zip file holds them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("3.txt", bytes(20_000_000))
        size = made.infolist()[0].compress_size
    return bytes(size)


def test_protected_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.txt": TEXT.encode()}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    ((_, error),) = read_documents(path)
    assert str(error) == "all.zip/a.txt is protected by a password; unpack it first"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"nothing of the kind", "is no zip archive"),
        (zip_bytes({}), "has no files in it"),
        (zip_bytes({"a/": b""}), "has no files in it"),
    ],
)
def test_no_archive_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=reason):
        next(read_documents(path))


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, {"a.txt": b"1", "b.txt": b"2"})
    monkeypatch.setattr(archive, "_MAX_FILES", 1)
    with pytest.raises(ReadError, match="has 2 files of together 2 bytes"):
        next(read_documents(path))


def test_what_an_archive_is(tmp_path: Path) -> None:
    files = {
        "a.zip": b"broken",
        "b.bin": zip_bytes({"a.txt": b"1"}),
        "c.xlsx": WRITERS["xlsx"](TEXT),
        "d.docx": WRITERS["docx"](TEXT),
        "e.txt": TEXT.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert [name for name in files if is_archive(tmp_path / name)] == ["a.zip", "b.bin"]
    with pytest.raises(ReadError, match=r"b\.bin is an archive of several files"):
        read_document(tmp_path / "b.bin")
