"""Damage to the text of a disclosure, each kind as text recognition and page breaks cause it.

Every function takes the whole text and returns the damaged one. Rows are addressed by their line
index in the text (from 0); :func:`table_lines` lists the lines of each statement.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from disclosures.sheets import sheets
from disclosures.spec import DisclosureSpec

__all__ = [
    "break_page",
    "cut_name",
    "drop_column",
    "drop_line_above",
    "encode",
    "full_width_digits",
    "renumber_titles",
    "slip_header",
    "space_numbers",
    "table_lines",
    "thousands",
    "windows_lines",
]

_NUMBER = re.compile(r"^\d+\.\d\d$")


def table_lines(text: str, spec: DisclosureSpec) -> dict[str, list[int]]:
    """The lines of each statement's table, header included, by statement."""
    lines = text.split("\n")
    found: dict[str, list[int]] = {}
    for sheet in sheets(spec):
        start = next(i for i in range(lines.index(sheet.title), len(lines)) if "\t" in lines[i])
        end = next(i for i in range(start, len(lines)) if "\t" not in lines[i])
        found[sheet.statement] = list(range(start, end))
    return found


def break_page(
    text: str, before: int, *, page_number: str | None = None, header: list[int] | None = None
) -> str:
    """Break the page before a line: an empty line, a page number, the header once more."""
    lines = text.split("\n")
    between = [""]
    if page_number is not None:
        between += [page_number, ""]
    between += [lines[index] for index in header or ()]
    return "\n".join([*lines[:before], *between, *lines[before:]])


def cut_name(
    text: str, line: int, column: int, at: int, *, amounts_first: bool = True, gap: bool = True
) -> str:
    """Cut a row inside a name; the other cells stay with one of the two halves.

    Args:
        text: The document.
        line: The row.
        column: Index of the name's cell.
        at: Characters of the name that stay in the first half.
        amounts_first: Whether the other cells stay with the first half.
        gap: Whether a page break stands between the halves.
    """
    lines = text.split("\n")
    cells = lines[line].split("\t")
    name, empty = cells[column], [""] * len(cells)
    first, second = (cells[:], empty[:]) if amounts_first else (empty[:], cells[:])
    first[column], second[column] = name[:at], name[at:]
    halves = ["\t".join(first), *([""] if gap else []), "\t".join(second)]
    return "\n".join([*lines[:line], *halves, *lines[line + 1 :]])


def _numbers(text: str, change: Callable[[str], str]) -> str:
    def cell(printed: str) -> str:
        return change(printed) if _NUMBER.match(printed) else printed

    return "\n".join(
        "\t".join(cell(printed) for printed in line.split("\t")) if "\t" in line else line
        for line in text.split("\n")
    )


def space_numbers(text: str) -> str:
    """A space after the first digit of every number with at least two digits before the point."""
    return _numbers(text, lambda n: f"{n[0]} {n[1:]}" if n[1] != "." else n)


def full_width_digits(text: str) -> str:
    """Digits, point and brackets as wide as a character, in numbers and codes."""
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    changed = _numbers(text, lambda n: n.translate(wide))
    return re.sub(r"^\d{3,7}(?=\t)", lambda m: m[0].translate(wide), changed, flags=re.MULTILINE)


def thousands(text: str) -> str:
    """Commas between the thousands of every number."""
    return _numbers(text, lambda n: f"{int(n[:-3]):,}{n[-3:]}")


def slip_header(text: str) -> str:
    """Bring 上年结转 one column to the left and 单位资金 one to the right, as on a real page."""
    text = text.replace("本年收入\t\t\t\t\t\t上年结转\n", "本年收入\t\t\t\t\t上年结转\t\n")
    return text.replace("财政专户管理资金\t单位资金\t\n", "财政专户管理资金\t\t单位资金\n")


def renumber_titles(text: str, spec: DisclosureSpec) -> str:
    """Other numbers, some of them in the title itself, none in the usual order."""
    for i, sheet in enumerate(sheets(spec)):
        text = text.replace(f"\n{sheet.title}\n", f"\n附件{9 - i % 5}-{i} {sheet.title}\n")
    return re.sub(r"(?m)^预算公开表(\d+)$", lambda m: f"部门公开表{20 - int(m[1])}", text)


def drop_line_above(text: str, spec: DisclosureSpec, statement: str, what: str) -> str:
    """Lose the ``title``, the ``unit`` or the ``agency`` line above a statement."""
    lines = text.split("\n")
    table = table_lines(text, spec)[statement][0]
    title = next(s.title for s in sheets(spec) if s.statement == statement)
    wanted = {"title": title, "unit": "单位：", "agency": "单位名称："}[what]
    index = next(i for i in reversed(range(table)) if lines[i].startswith(wanted))
    return "\n".join(lines[:index] + lines[index + 1 :])


def drop_column(text: str, spec: DisclosureSpec, statement: str, column: int) -> str:
    """Lose a column of a statement, header cells included."""
    lines = text.split("\n")
    for index in table_lines(text, spec)[statement]:
        cells = lines[index].split("\t")
        lines[index] = "\t".join(cells[:column] + cells[column + 1 :])
    return "\n".join(lines)


def windows_lines(text: str) -> str:
    """Carriage returns before the line feeds."""
    return text.replace("\n", "\r\n")


def encode(text: str, encoding: str) -> bytes:
    """The bytes of a file in an encoding; ``-bom`` behind its name puts the mark in front."""
    marks = {
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-8": codecs.BOM_UTF8,
    }
    plain = encoding.removesuffix("-bom")
    return (marks[plain] if encoding.endswith("-bom") else b"") + text.encode(plain)
