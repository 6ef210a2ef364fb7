"""Sheets of an xlsx workbook: cells as shown, merged ranges, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

from analytics.documents.number_formats import BUILT_IN_FORMATS, GENERAL, show_number
from analytics.documents.ooxml import OfficePackage
from analytics.documents.sheets import MAX_CELLS, Sheet
from analytics.errors import ReadError

__all__ = ["read_xlsx"]

_NAMESPACE = "spreadsheetml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")


def read_xlsx(data: bytes, where: str) -> list[Sheet]:
    """Read the sheets of an xlsx workbook.

    Numbers are as their format shows them, dates as text; text stays as it is stored. A formula
    gives its stored result.

    Args:
        data: The file.
        where: The file's name, for messages.

    Raises:
        ReadError: The file is broken or hostile, or has more filled cells than the limit.
    """
    package = OfficePackage(data, where)
    main = package.main_part("xl/workbook.xml")
    workbook = _Workbook()
    package.read(main, workbook, namespace=_NAMESPACE)
    targets = package.targets(main)
    parts = {kind: part for kind, part in targets.values() if package.has(part)}
    strings, styles = _Strings(), _Styles()
    if "sharedStrings" in parts:
        package.read(parts["sharedStrings"], strings, namespace=_NAMESPACE)
    if "styles" in parts:
        package.read(parts["styles"], styles, namespace=_NAMESPACE)
    sheets: list[Sheet] = []
    filled = 0
    for identifier, name, is_hidden in workbook.sheets:
        kind, part = targets.get(identifier, ("", ""))
        if kind != "worksheet":
            continue
        sheet = Sheet(name, is_hidden)
        reader = _Cells(sheet, strings.items, styles.formats, where=where)
        reader.since_1904 = workbook.since_1904
        reader.room -= filled
        package.read(part, reader, namespace=_NAMESPACE)
        filled = MAX_CELLS - reader.room
        sheets.append(sheet)
    return sheets


class _Workbook:
    """Reads which sheets there are."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            links = (value for key, value in attributes.items() if key.endswith(" id"))
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((next(links, ""), attributes.get("name", ""), is_hidden))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Strings:
    """Reads the shared strings; the phonetic runs beside them are no text."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "t":
            self._is_text = not self._is_phonetic
        elif name == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        if name == "si":
            self.items.append(_unescape("".join(self._pieces)))
        elif name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_phonetic = False

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)


class _Styles:
    """Reads the number format of each style of cells."""

    def __init__(self) -> None:
        self.formats: list[str] = []
        self._custom: dict[str, str] = {}
        self._is_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)
        elif name == "cellXfs":
            self._is_cells = True
        elif name == "xf" and self._is_cells:
            identifier = attributes.get("numFmtId", "0")
            built_in = BUILT_IN_FORMATS.get(int(identifier), GENERAL)
            self.formats.append(self._custom.get(identifier, built_in))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cells = False

    def text(self, data: str) -> None:
        pass


class _Cells:
    """Reads one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        strings: list[str],
        formats: list[str],
        *,
        where: str,
    ) -> None:
        self.since_1904 = False
        self._where = where
        self.room = MAX_CELLS
        self._sheet = sheet
        self._strings = strings
        self._formats = formats
        self._row = self._column = 0
        self._kind = self._style = ""
        self._is_value = self._is_formula = False
        self._pieces: list[str] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "col": self._start_column,
            "mergeCell": self._start_merged,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "t"):
            self._is_value = True
        elif name in ("f", "rPh"):
            self._is_formula = self._is_formula or name == "f"
            self._is_value = False
        elif handler := self._starts.get(name):
            handler(attributes)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._is_value = False
        elif name == "c":
            self._end_cell()

    def text(self, data: str) -> None:
        if self._is_value:
            self._pieces.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self._sheet.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = _position(reference)
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._is_formula = False
        self._pieces = []

    def _end_cell(self) -> None:
        raw = "".join(self._pieces)
        if not raw:
            self._sheet.uncomputed += self._is_formula and self._kind != "str"
            return
        text = self._shown(raw)
        if not text.strip():
            return
        self.room -= 1
        if self.room < 0:
            raise ReadError(
                f"{self._where} has more than {MAX_CELLS:,} filled cells", hint="split the workbook"
            )
        self._sheet.cells.setdefault(self._row, {})[self._column] = text

    def _shown(self, raw: str) -> str:
        match self._kind:
            case "s":
                return self._strings[int(raw)]
            case "n":
                style = int(self._style)
                code = self._formats[style] if style < len(self._formats) else GENERAL
                return show_number(float(raw), code, since_1904=self.since_1904)
            case "b":
                return "TRUE" if raw.strip() == "1" else "FALSE"
            case _:
                return _unescape(raw)

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first = int(attributes.get("min", "0"))
            self._sheet.hidden_columns.append((first, int(attributes.get("max", first))))

    def _start_merged(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = _position(first), _position(last or first)
        self._sheet.merged.append((top, left, bottom, right))


def _position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``AB12``."""
    match = _REFERENCE.match(reference)
    if match is None:
        raise ValueError(f"no cell is called {reference[:20]!r}")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
