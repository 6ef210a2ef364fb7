"""Archives: the documents in a zip file, one at a time."""

from __future__ import annotations

import secrets
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from analytics.documents.files import read_document
from analytics.documents.model import Document
from analytics.documents.ooxml import OfficePackage, check_ratio
from analytics.errors import ReadError

__all__ = ["is_archive", "read_documents", "unpack_documents"]

_SUFFIX = ".zip"
_MAX_FILES = 5_000
_MAX_MEMBER = 64 * 1024 * 1024
_MAX_TOTAL = 4 * 1024 * 1024 * 1024
_ENCRYPTED = 0x1
_UTF8 = 0x800


def is_archive(path: str | Path) -> bool:
    """Whether a file is a zip archive of documents; xlsx and docx files are none.

    A file called ``.zip`` that is broken counts as one: reading it says what is wrong.

    Args:
        path: The file.
    """
    file = Path(path)
    if file.suffix.lower() == _SUFFIX:
        return file.is_file()
    try:
        with file.open("rb") as stream:
            if stream.read(2) != b"PK":
                return False
        return OfficePackage.main_folder(file) == "archive"
    except OSError:
        return False


def read_documents(path: str | Path) -> Iterator[tuple[str, Document | ReadError]]:
    """Read the documents in a zip archive, in order of their names.

    Names that are not declared as UTF-8 are read as UTF-8 or GB 18030. Hidden files and the
    folders that macOS adds are passed over. An archive in the archive is not opened. One file
    that cannot be read does not stop the others: its error takes the place of the document.

    Args:
        path: The archive.

    Yields:
        The name of each file in the archive, folders included, and its document or the reason
        why there is none. The document's file name is the one in the archive.

    Raises:
        ReadError: The archive cannot be opened, has no files, or has more of them than the limit.

    Examples:
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "all.zip")
        ...     with zipfile.ZipFile(path, "w") as archive:
        ...         archive.writestr("2024/budget.txt", "单位：万元")
        ...         archive.writestr("2024/empty.txt", "")
        ...     for name, found in read_documents(path):
        ...         print(name, type(found).__name__)
        2024/budget.txt Document
        2024/empty.txt ReadError
    """
    file = Path(path)
    with tempfile.TemporaryDirectory() as folder:
        for name, found in unpack_documents(file, Path(folder)):
            if isinstance(found, ReadError):
                yield name, found
                continue
            try:
                yield name, _read_member(found, name, file)
            except ReadError as error:
                yield name, error
            finally:
                found.unlink(missing_ok=True)


def unpack_documents(path: str | Path, folder: Path) -> Iterator[tuple[str, Path | ReadError]]:
    """Unpack the files in a zip archive, one at a time, in order of their names.

    Args:
        path: The archive.
        folder: Where the files are put, under names of no meaning; whoever asks removes them.

    Yields:
        The name of each file in the archive and where it lies now, or why it cannot be unpacked.

    Raises:
        ReadError: The archive cannot be opened, has no files, or has more of them than the limit.
    """
    file = Path(path)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ReadError(f"{file} is no zip archive: {error}", hint="download it again") from error
    with archive:
        members = sorted(
            ((_name(info), info) for info in archive.infolist() if not info.is_dir()),
            key=lambda pair: pair[0],
        )
        members = [(name, info) for name, info in members if not _is_hidden(name)]
        _check_size(file, [info for _, info in members])
        for name, info in members:
            try:
                yield name, _unpack_member(archive, info, name, folder, file)
            except ReadError as error:
                yield name, error


def _check_size(file: Path, members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise ReadError(f"{file} has no files in it", hint="check that the download finished")
    total = sum(info.file_size for info in members)
    if len(members) > _MAX_FILES or total > _MAX_TOTAL:
        raise ReadError(
            f"{file} has {len(members):,} files of together {total:,} bytes",
            hint=f"the limit is {_MAX_FILES:,} files and {_MAX_TOTAL:,} bytes; unpack it",
        )


def _unpack_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, folder: Path, file: Path
) -> Path:
    where = f"{file.name}/{name}"
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(f"{where} is protected by a password", hint="unpack it first")
    check_ratio(info, file.name, limit=_MAX_MEMBER)
    # Only the end of the name reaches the disk, so that no member can leave the folder.
    target = folder / f"{secrets.token_hex(8)}{PurePosixPath(_plain(name)).suffix[:16]}"
    try:
        target.write_bytes(archive.read(info))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        target.unlink(missing_ok=True)
        raise ReadError(f"{where} cannot be unpacked: {error}", hint="download it again") from error
    if is_archive(target):
        target.unlink()
        raise ReadError(f"{where} is an archive in an archive", hint="unpack it first")
    return target


def _read_member(target: Path, name: str, file: Path) -> Document:
    try:
        return replace(read_document(target), file_name=_plain(name))
    except ReadError as error:
        message = error.message.replace(str(target), f"{file.name}/{name}")
        raise ReadError(message, hint=error.hint) from error


def _plain(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member, where it is not declared in UTF-8 as whoever packed it wrote it."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_hidden(name: str) -> bool:
    parts = [part for part in PurePosixPath(name).parts if part != ".."]
    return "__MACOSX" in parts or any(part.startswith((".", "~$")) for part in parts)
