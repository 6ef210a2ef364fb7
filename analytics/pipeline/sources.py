"""What there is to read: the files named, those in folders, and those in archives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analytics.documents.archive import is_archive, unpack_documents
from analytics.documents.files import content_id
from analytics.errors import InputError, ReadError
from analytics.statements.model import Identity
from analytics.statements.parts import Known

__all__ = ["Source", "Sources", "find_files", "printable"]

_NOT_DISCLOSURES = {".md", ".json", ".csv", ".parquet", ".py", ".ipynb", ".toml", ".ini", ".log"}


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read.

    Args:
        name: What it is called in messages: its path, or archive and member.
        path: Where it lies, for a member of an archive in a folder for the time being.
        file_name: The name that its document gets.
        document_id: The identity of its content; empty where it cannot be opened.
        error: Why it cannot be opened.
        is_temporary: Whether the file is to be removed once it is read.
        known: What is known of whose it is.
        siblings: Identities of the files beside it, once they are read.
    """

    name: str
    path: Path
    file_name: str
    document_id: str = ""
    error: ReadError | None = None
    is_temporary: bool = False
    known: Known = field(default_factory=Known)
    siblings: tuple[Identity, ...] = ()


class Sources:
    """The sources in a list of files, in their order; archives are unpacked as they are met.

    Args:
        files: The files.
        folder: An empty folder to unpack into.
        known: What is known of some files, by name or by the end of their path.
    """

    def __init__(
        self, files: list[Path], folder: Path, known: Mapping[str, Known] | None = None
    ) -> None:
        self._files = files
        self._folder = folder
        self._known = dict(known or {})
        self.not_met = set(self._known)
        """Files of which something is known, and that were not met so far."""
        self.total = len(files)
        """How many there are, as far as known: an archive counts as one until it is opened."""

    def __iter__(self) -> Iterator[Source]:
        for source in self._found():
            listed = [
                name
                for name in self._known
                if source.name == name or source.name.endswith(f"/{name}")
            ]
            self.not_met.difference_update(listed)
            # The longest is the one that says most of where the file lies.
            yield replace(source, known=self._known[max(listed, key=len)]) if listed else source

    def _found(self) -> Iterator[Source]:
        for file in self._files:
            if is_archive(file):
                yield from self._members(file)
            else:
                yield _source(printable(file), file, printable(file.name))

    def _members(self, file: Path) -> Iterator[Source]:
        name = printable(file)
        try:
            for number, (member, found) in enumerate(unpack_documents(file, self._folder)):
                self.total += number > 0
                where = f"{name}/{printable(member)}"
                if isinstance(found, ReadError):
                    yield Source(where, file, member, error=found)
                else:
                    yield _source(where, found, Path(member).name, is_temporary=True)
        except ReadError as error:
            yield Source(name, file, file.name, error=error)


def _source(name: str, path: Path, file_name: str, *, is_temporary: bool = False) -> Source:
    try:
        return Source(name, path, file_name, content_id(path), is_temporary=is_temporary)
    except ReadError as error:
        return Source(name, path, file_name, error=error, is_temporary=is_temporary)


def printable(name: str | Path) -> str:
    """A name that can be printed and stored, whatever encoding the file system has it in.

    Examples:
        >>> printable(os.fsdecode("预算.txt".encode("gb18030")))
        '预算.txt'
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def find_files(paths: str | Path | Iterable[str | Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order of their names.

    Hidden files and files that are plainly no disclosures (code, data, notes) are passed over in
    folders; a file that is named itself is always taken. Links to folders are not followed, so
    that no file is met twice. What cannot be looked into is listed, so that reading it says why.

    Args:
        paths: Files and folders.

    Raises:
        InputError: A path does not exist, or there is no file at all.
    """
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    found = False
    for name in listed:
        path = Path(name)
        if not path.exists():
            raise InputError(f"{path} does not exist", hint="name files or folders to read")
        for file in [path] if path.is_file() else _files_in(path):
            found = True
            yield file
    if not found:
        raise InputError(
            f"no files in {', '.join(str(name) for name in listed)}",
            hint="put disclosures there, or name another folder",
        )


def _files_in(folder: Path) -> list[Path]:
    found: list[Path] = []

    def closed(error: OSError) -> None:
        found.append(Path(error.filename))

    for parent, _, names in os.walk(folder, onerror=closed):
        for name in names:
            file = Path(parent, name)
            # A link that leads nowhere is listed; pipes and devices are no files.
            if file.suffix not in _NOT_DISCLOSURES and (file.is_file() or file.is_symlink()):
                found.append(file)
    return sorted(file for file in found if not file.name.startswith("."))
