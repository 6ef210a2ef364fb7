"""The packages that xlsx and docx files are: parts of XML in a zip container, read safely.

A part is read as a stream and never as a tree, so that memory does not grow with its size. What
only an attack contains is refused: document type declarations (entity bombs), parts that unpack to
more than the limits.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from analytics.errors import ReadError

__all__ = ["OfficePackage", "PartReader", "check_ratio"]

_MAX_PART = 128 * 1024 * 1024
_MAX_ENTRIES = 20_000
_SMALL = 10 * 1024 * 1024
_MAX_RATIO = 250
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1


class PartReader(Protocol):
    """What takes the XML of a part, event by event; names come without their namespace.

    Elements of another namespace than the part's own have a ``?`` before their name.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between tags."""


class OfficePackage:
    """An xlsx or docx file.

    Args:
        data: Its bytes.
        where: The file, for messages.

    Raises:
        ReadError: It is no zip container, is broken, or has more parts than any document.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._broken(str(error)) from error
        if len(self._zip.namelist()) > _MAX_ENTRIES:
            raise ReadError(
                f"{where} has {len(self._zip.namelist()):,} parts", hint="it is refused"
            )

    @staticmethod
    def main_folder(source: bytes | Path) -> str | None:
        """What a zip container is.

        Args:
            source: Its bytes or its path.

        Returns:
            ``xl`` for a workbook, ``word`` for a text, ``opendocument``, ``archive`` for anything
            else, ``None`` if it cannot be opened.
        """
        try:
            stream = io.BytesIO(source) if isinstance(source, bytes) else source
            with zipfile.ZipFile(stream) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError):
            return None
        if "mimetype" in names and "content.xml" in names:
            return "opendocument"
        folders = {name.split("/")[0] for name in names if "[Content_Types].xml" in names}
        return next((folder for folder in ("xl", "word") if folder in folders), "archive")

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._zip.NameToInfo

    def read(self, part: str, reader: PartReader, *, namespace: str) -> None:
        """Pass the events of a part to a reader.

        Args:
            part: Name of the part in the package.
            reader: What takes the events.
            namespace: A word in the address of the part's own namespace.

        Raises:
            ReadError: The part is missing, too large, broken, or declares a document type.
        """
        info = self._zip.NameToInfo.get(part)
        if info is None:
            raise self._broken(f"it has no {part}")
        if info.flag_bits & _ENCRYPTED:
            raise ReadError(f"{self._where} is protected by a password", hint="remove it first")
        check_ratio(info, self._where, limit=_MAX_PART)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        names: dict[str, str] = {}

        def local(name: str) -> str:
            found = names.get(name)
            if found is None:
                address, _, word = name.rpartition(" ")
                found = names[name] = word if namespace in address else f"?{word}"
            return found

        parser.StartElementHandler = lambda name, attributes: reader.start(local(name), attributes)
        parser.EndElementHandler = lambda name: reader.end(local(name))
        parser.CharacterDataHandler = reader.text
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except (
            expat.ExpatError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            ValueError,
            LookupError,
        ) as error:
            raise self._broken(f"{part}: {error}") from error

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: kind and name by identifier.

        Args:
            part: Name of the part; empty for the package itself.
        """
        folder, name = posixpath.split(part)
        links = _Relationships(folder)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.has(listing):
            self.read(listing, links, namespace="relationships")
        return links.targets

    def main_part(self, otherwise: str) -> str:
        """The part that the package is about; ``otherwise`` if it does not say."""
        parts = (name for kind, name in self.targets("").values() if kind == "officeDocument")
        return next(parts, otherwise)

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise ReadError(
            f"{self._where} declares a document type, as only entity bombs do",
            hint="it is refused; save it anew with an office program",
        )

    def _broken(self, why: str) -> ReadError:
        return ReadError(
            f"{self._where} is broken: {why}", hint="download it again or save it anew"
        )


def check_ratio(info: zipfile.ZipInfo, where: str, *, limit: int) -> None:
    """Refuse an entry of a zip container that unpacks to more than anything real does.

    Args:
        info: The entry.
        where: The file, for messages.
        limit: Bytes that an entry may unpack to.

    Raises:
        ReadError: It unpacks to more than ``limit``, or to far more than it is packed.
    """
    is_bomb = info.file_size > _SMALL and info.file_size > _MAX_RATIO * max(info.compress_size, 1)
    if is_bomb or info.file_size > limit:
        raise ReadError(
            f"{where}: {info.filename} unpacks from {info.compress_size:,} to "
            f"{info.file_size:,} bytes",
            hint=f"refused as a zip bomb: the limit is {limit:,} bytes and {_MAX_RATIO} times",
        )


class _Relationships:
    """Reads a part of relationships."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        joined = target[1:] if target.startswith("/") else posixpath.join(self._folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = (kind, posixpath.normpath(joined))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass
