"""Office files, web pages and archives, told by what is in them and not by their names."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from analytics.documents.model import Block, Document
from analytics.documents.web import is_html, read_html_blocks
from analytics.errors import ReadError

__all__ = ["read_office"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = {b"Rar!\x1a\x07": "rar", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gzip"}
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_XLSX, _DOCX = f"{_OPEN_XML}spreadsheetml.sheet", f"{_OPEN_XML}wordprocessingml.document"
_OFFICE_2003 = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|office/word/2003/wordml")
_MHTML = re.compile(rb"^MIME-Version:|^Content-Type:\s*multipart/related", re.I | re.M)
_SAVE = "open it in an office program and save it as xlsx or docx"


def read_office(data: bytes, file: Path) -> Document | None:
    """Read an Excel, Word or web file; ``None`` if it is neither.

    Args:
        data: The bytes of the file.
        file: Its path, for its name and for messages.

    Returns:
        The document, or ``None`` for text, PDF and everything else that no signature tells.

    Raises:
        ReadError: The file is broken, hostile, protected by a password, an archive, or of an
            office format that is not read.
    """
    if data.startswith(_ZIP):
        return _read_zip(data, file)
    if data.startswith(_OLD_OFFICE):
        return _read_old_office(data, file)
    for signature, kind in _ARCHIVES.items():
        if data.startswith(signature):
            raise ReadError(f"{file} is a {kind} archive", hint="unpack it, or pack it as zip")
    if is_html(data):
        blocks, encoding = read_html_blocks(data, str(file))
        return _document(data, file, "text/html", "html", blocks, encoding=encoding)
    head = data[:4096]
    if _OFFICE_2003.search(head):
        raise ReadError(f"{file} is an XML file of Office 2003", hint=_SAVE)
    if _MHTML.match(head):
        raise ReadError(f"{file} is a web page with its pictures in one file (mht)", hint=_SAVE)
    return None


def _read_zip(data: bytes, file: Path) -> Document:
    from analytics.documents.ooxml import OfficePackage
    from analytics.documents.word import read_docx_blocks
    from analytics.documents.workbook import read_xlsx_blocks

    where = str(file)
    match OfficePackage.main_folder(data):
        case "xl":
            blocks, notes = read_xlsx_blocks(data, where)
            return _document(data, file, _XLSX, "xlsx", blocks, notes=notes)
        case "word":
            return _document(data, file, _DOCX, "docx", read_docx_blocks(data, where))
        case "opendocument":
            raise ReadError(f"{file} is an OpenDocument file", hint=_SAVE)
        case "archive":
            raise ReadError(
                f"{file} is an archive of several files", hint="ingest it, or unpack it first"
            )
        case _:
            raise ReadError(f"{file} is a zip container that is broken", hint="download it again")


def _read_old_office(data: bytes, file: Path) -> Document:
    from analytics.documents.word import convert_doc, read_docx_blocks
    from analytics.documents.workbook import read_xls_blocks

    where = str(file)
    if _has_stream(data, "EncryptedPackage"):
        raise ReadError(f"{file} is protected by a password", hint="remove it first")
    is_word, is_excel = (
        _has_stream(data, "WordDocument"),
        _has_stream(data, "Workbook") or _has_stream(data, "Book"),
    )
    # Each may be embedded in the other: the name decides then.
    if is_excel and not (is_word and file.suffix.lower() in (".doc", ".dot", ".wps")):
        blocks, notes = read_xls_blocks(data, where)
        return _document(data, file, "application/vnd.ms-excel", "xls", blocks, notes=notes)
    if is_word:
        blocks = read_docx_blocks(convert_doc(data, where), where)
        notes = ("converted from doc to docx by LibreOffice",)
        return _document(data, file, "application/msword", "doc", blocks, notes=notes)
    raise ReadError(f"{file} is an old Office file that is no workbook and no text", hint=_SAVE)


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a compound file has a stream of that name."""
    return (name + "\0").encode("utf-16-le") in data


def _document(
    data: bytes,
    file: Path,
    media_type: str,
    reader: str,
    blocks: tuple[Block, ...],
    *,
    encoding: str | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    if not blocks:
        raise ReadError(f"{file} holds no text and no table", hint="is it only pictures?")
    return Document(
        document_id=hashlib.sha256(data).hexdigest()[:16],
        file_name=file.name,
        media_type=media_type,
        reader=reader,
        blocks=blocks,
        encoding=encoding,
        notes=notes,
    )
