"""Word files: paragraphs and tables in the order of the text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from analytics.documents.flow import Flow
from analytics.documents.model import Block
from analytics.documents.ooxml import OfficePackage
from analytics.errors import ReadError

__all__ = ["convert_doc", "read_docx_blocks"]

_SECONDS = 120
_MAX_GRID_BEFORE = 100
_SKIPPED = frozenset(("?Fallback", "moveFrom", "rt", "tabs"))
_CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}


def read_docx_blocks(data: bytes, where: str) -> tuple[Block, ...]:
    """Read a docx file into blocks.

    Headers, footers, notes and deleted text are left out; text boxes are paragraphs before the
    one that they are anchored to. A cell that is merged has its text in its first place.

    Args:
        data: The file.
        where: The file's name, for messages.

    Raises:
        ReadError: The file is broken or hostile.
    """
    package = OfficePackage(data, where)
    reader = _Body(Flow(where))
    package.read(package.main_part("word/document.xml"), reader, namespace="wordprocessingml")
    return reader.flow.finish()


def convert_doc(data: bytes, where: str) -> bytes:
    """An old doc file as docx, by LibreOffice.

    Args:
        data: The file.
        where: The file's name, for messages.

    Raises:
        ReadError: LibreOffice is not installed or cannot read the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(
            f"{where} is an old Word file (doc), which takes LibreOffice to read",
            hint="install LibreOffice, or save the file as docx",
        )
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "document.doc"), Path(folder, "document.docx")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
            return made.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ReadError(
                f"{where} cannot be converted by LibreOffice: {error}",
                hint="save the file as docx",
            ) from error


class _Body:
    """Reads the main part of a docx file."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._skipping = 0
        self._paragraphs = 0
        self._is_text = False
        self._span = 1
        self._is_continued = self._is_cell_due = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "p": self._start_paragraph,
            "tbl": self._start_table,
            "tr": self._start_row,
            "gridBefore": self._start_grid_before,
            "tc": self._start_cell,
            "gridSpan": self._start_span,
            "vMerge": self._start_merge,
            "t": self._start_text,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif handler := self._starts.get(name):
            handler(attributes)
        elif name in _CHARACTERS and self._paragraphs:
            self.flow.text(_CHARACTERS[name])

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._is_text = False
        elif name == "p":
            self._paragraphs -= 1
            if self._paragraphs:
                self.flow.end_inner()
            else:
                self.flow.end_line()
        elif name == "tc":
            self._open_cell()
            self._is_continued = False
            self.flow.end_cell()
        elif name == "tbl":
            self.flow.end_table()

    def text(self, data: str) -> None:
        if self._is_text and not self._skipping:
            self.flow.text(data)

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        if self._is_covered():
            return
        if self._paragraphs:
            self.flow.start_inner()
        self._paragraphs += 1

    def _start_table(self, _attributes: dict[str, str]) -> None:
        if not self._is_covered():
            self.flow.start_table()

    def _is_covered(self) -> bool:
        """Open the cell that begins here; what a merged cell covers is passed over."""
        self._open_cell()
        self._skipping += self._is_continued
        return self._is_continued

    def _start_row(self, _attributes: dict[str, str]) -> None:
        self.flow.start_row()
        self._is_continued = False

    def _start_grid_before(self, attributes: dict[str, str]) -> None:
        for _ in range(min(int(_value(attributes)), _MAX_GRID_BEFORE)):
            self.flow.start_cell()

    def _start_cell(self, _attributes: dict[str, str]) -> None:
        self._is_cell_due, self._span, self._is_continued = True, 1, False

    def _open_cell(self) -> None:
        """Begin the cell in the text; its properties come before its content and are known now."""
        if self._is_cell_due:
            self._is_cell_due = False
            self.flow.start_cell(self._span)

    def _start_span(self, attributes: dict[str, str]) -> None:
        self._span = int(_value(attributes))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self._is_continued = _value(attributes, "continue") == "continue"

    def _start_text(self, _attributes: dict[str, str]) -> None:
        self._is_text = True


def _value(attributes: dict[str, str], otherwise: str = "1") -> str:
    """The attribute ``w:val``, whatever address its namespace has."""
    return next((v for k, v in attributes.items() if k.endswith(" val")), otherwise)
