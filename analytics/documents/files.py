"""From a path to a :class:`Document`: which kind of file it is, its encoding, its identity."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from analytics.documents.model import Document
from analytics.documents.office import read_office
from analytics.documents.text import read_text_blocks
from analytics.errors import ReadError

__all__ = ["content_id", "read_document"]

_MAX_BYTES = 64 * 1024 * 1024
_SIGNATURES = {
    b"{\\rtf": "a rich text file",
}
_PICTURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_PDF = b"%PDF"
_PDF_WITHIN = 1024  # bytes of anything else that may stand before the signature
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONVERT = "convert it to text with tab-separated tables (UTF-8) first"


def read_document(path: str | Path) -> Document:
    r"""Read one file into blocks of paragraphs and tables.

    Text in UTF-8, UTF-16 or GB 18030 (GBK) is read; the encoding found is kept on the document.
    PDF files are read where they have a text layer. Pages without one, and pictures of pages (PNG,
    JPEG, TIFF), are recognised where the extra ``ocr`` is installed; otherwise the notes name the
    pages, and a file of pictures only is refused.
    Excel (xlsx, xls), Word (docx; doc through LibreOffice) and web pages are told by their content.

    Args:
        path: The file.

    Returns:
        The document, as printed: nothing is cleaned, and what its tables are is not decided yet.

    Raises:
        ReadError: The file is missing, empty, too large, of another kind, or not text.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "disclosure.txt")
        ...     _ = file.write_text("单位：万元\n项目\t金额\n合计\t3.00\n", encoding="gbk")
        ...     document = read_document(file)
        >>> document.encoding, document.tables[0].rows[1].cells
        ('gb18030', ('合计', '3.00'))
    """
    file = Path(path)
    data = _load(file)
    if _PDF in data[:_PDF_WITHIN]:
        return _read_pdf(data, file)
    for signature, media_type in _PICTURES.items():
        if data.startswith(signature):
            return _read_pictures(data, file, media_type)
    if (document := read_office(data, file)) is not None:
        return document
    text, encoding = _decode(data, file)
    return Document(
        document_id=_hash(data),
        file_name=file.name,
        media_type="text/plain",
        reader="text",
        blocks=read_text_blocks(text),
        encoding=encoding,
    )


def content_id(path: str | Path) -> str:
    """The ``document_id`` of a file, from its bytes alone.

    Args:
        path: The file.

    Raises:
        ReadError: The file is missing, too large, a folder, or may not be opened.

    Examples:
        >>> content_id(disclosure_file) == read_document(disclosure_file).document_id
        True
    """
    return _hash(_load(Path(path)))


def _load(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise ReadError(
                f"{file} is a folder", hint="name the files in it, or ingest the folder"
            )
        if size > _MAX_BYTES:
            raise ReadError(f"{file} has {size:,} bytes", hint=f"the limit is {_MAX_BYTES:,}")
        data = file.read_bytes()
    except OSError as error:
        raise ReadError(f"{file} cannot be opened: {error.strerror or error}") from error
    return data


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _read_pdf(data: bytes, file: Path) -> Document:
    from analytics.documents.pdf import read_pdf

    reading = read_pdf(data, file.name)
    return Document(
        document_id=_hash(data),
        file_name=file.name,
        media_type="application/pdf",
        reader="pdf",
        blocks=reading.blocks,
        page_count=reading.page_count,
        notes=reading.notes,
    )


def _read_pictures(data: bytes, file: Path, media_type: str) -> Document:
    from analytics.documents.scans.files import read_pictures

    reading = read_pictures(data, file.name)
    return Document(
        document_id=_hash(data),
        file_name=file.name,
        media_type=media_type,
        reader="ocr",
        blocks=reading.blocks,
        page_count=reading.page_count,
        notes=reading.notes,
    )


def _decode(data: bytes, file: Path) -> tuple[str, str]:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ReadError(f"{file} is empty", hint="check that the download finished")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(f"{file} is {kind}, which this version does not read", hint=_CONVERT)
    for encoding in _candidate_encodings(data):
        try:
            # A file that was cut off may end inside a character: what is whole is read.
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, encoding
    raise ReadError(f"{file} is not text in UTF-8, UTF-16 or GB 18030", hint=_CONVERT)


def _candidate_encodings(data: bytes) -> list[str]:
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return [encoding]
    sample = data[:4096]
    if sample.count(0) > len(sample) // 20:
        # The zero bytes of ASCII characters stand at odd offsets in little-endian UTF-16.
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return ["utf-16-le"] if little else ["utf-16-be"]
    return ["utf-8", "gb18030"]


def _is_text(text: str) -> bool:
    """Whether decoded characters look like text: hardly any control or private-use characters."""
    sample = text[:20_000]
    strange = sum(
        1
        for character in sample
        if (character < " " and character not in "\t\r\n\f")
        or "\ue000" <= character <= "\uf8ff"
        or character == "\ufffd"
    )
    return strange * 100 <= len(sample)
