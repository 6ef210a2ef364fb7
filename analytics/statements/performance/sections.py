"""The parts of a form: head, money, running texts, goals, indicators, footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from analytics.amounts import parse_number
from analytics.documents.model import Place
from analytics.schema.vocabularies import Repair
from analytics.statements.performance.categories import is_header_word, match_label
from analytics.statements.performance.form import TextPiece, Texts
from analytics.statements.performance.funds import prints_amount
from analytics.statements.performance.lines import Cell, Line
from analytics.statements.performance.targets import parse_target

__all__ = [
    "Footer",
    "Head",
    "Parts",
    "divide",
    "numeric_cells",
    "period_years",
    "read_footer",
    "read_head",
    "read_texts",
]

_TEXT_LABELS = {
    "项目概况": "overview",
    "立项依据": "legal_basis",
    "项目设立": "necessity",
    "保证项目实施": "measures",
    "项目实施计划": "plan",
}
_GOAL_LABEL = re.compile(r"^(?:(?:年度|项目|中期|实施期?)(?:总体|绩效)*|总体(?:绩效)?)目标$")
_SHORTEST_TEXT = 15
_FOOTER_LABEL = re.compile(r"^(?:负责人|经办人|联系电话|填报日期)")
_ENDING = '。.！!；;)）》”"』】'
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Parts:
    """The lines of a form by part, in printed order."""

    head: list[Line] = field(default_factory=list)
    money: list[Line] = field(default_factory=list)
    texts: dict[str, list[Line]] = field(default_factory=dict)
    goals: list[Line] = field(default_factory=list)
    indicators: list[Line] = field(default_factory=list)
    footer: list[Line] = field(default_factory=list)


def divide(lines: Iterable[Line]) -> Parts:
    """Give every line of a form to the part it belongs to; a line without label continues one."""
    parts = Parts()
    current = parts.head
    for line in lines:
        key = line.cells[0].key
        name = next((n for label, n in _TEXT_LABELS.items() if key.startswith(label)), None)
        is_above_indicators = current is parts.money or current is parts.goals
        if is_above_indicators and len(line.cells) == 1 and len(key) == 1:
            continue  # one character of a label that is written downwards
        if _FOOTER_LABEL.match(key):
            current = parts.footer
        elif current is parts.indicators or current is parts.footer:
            pass
        elif key.startswith("项目资金"):
            current = parts.money
        elif name is not None and len(key) <= 16:
            current = parts.texts.setdefault(name, [])
        elif _GOAL_LABEL.match(key):
            current = parts.goals
        elif key.startswith("绩效指标") or _opens_indicators(line):
            current = parts.indicators
        elif current is parts.money and len(line.cells) == 1 and len(key) > _SHORTEST_TEXT:
            current = parts.goals
        current.append(line)
    return parts


def _opens_indicators(line: Line) -> bool:
    """Whether a line begins the indicators though its own label 绩效指标 is lost."""
    key = line.cells[0].key
    if any(cell.key == "三级指标" for cell in line.cells):
        return True
    return len(line.cells) > 1 and (is_header_word(key) or match_label(key) is not None)


def numeric_cells(parts: Parts, above: Iterable[Cell]) -> Iterator[Cell]:
    """Every cell of a form that prints a number, counted apart from how the parts are read."""
    plain = [*parts.head, *parts.goals]
    plain += [line for lines in parts.texts.values() for line in lines]
    for cell in (*above, *(cell for line in plain for cell in line.cells)):
        is_period = _PERIOD.match(cell.key) is not None and cell.key[0].isdigit()
        if is_period or parse_number(cell.text) is not None:
            yield cell
    for line in parts.footer:
        # a time stamp or a telephone number, its label in the same cell or not
        yield from (cell for cell in line.cells if len(re.findall(r"\d", cell.key)) >= 6)
    for line in parts.money:
        yield from (cell for cell in line.cells if prints_amount(cell))
    for line in parts.indicators:
        yield from (cell for cell in line.cells if parse_target(cell.text).value is not None)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the money."""

    name: str = ""
    department_code: str | None = None
    department_name: str | None = None
    implementing_unit: str | None = None
    kind: str | None = None
    period: str | None = None
    period_place: Place | None = None
    repairs: tuple[Repair, ...] = ()
    unread: tuple[Cell, ...] = ()


_HEAD_LABELS = {
    "项目名称": "name",
    "主管部门": "department",
    "实施单位": "implementing_unit",
    "项目属性": "kind",
    "项目期": "period",
}
_PERIOD = re.compile(r"^(?:(\d{1,2})年(?:期)?|长期|\d{4}年?[-—至]\d{4}年?)$")
_DEPARTMENT = re.compile(r"^(?:\[(?=\d+\]))?(\d+)[-—–\]](.+)$")


def read_head(lines: Iterable[Line]) -> Head:
    """Read name, department, unit, kind and period.

    A value that slipped behind another one or into the next row is told by what it is: a length
    of time is the period, another text the implementing unit.
    """
    found: dict[str, Cell] = {}
    repairs: list[Repair] = []
    seen: set[str] = set()
    loose: list[Cell] = []
    for line in lines:
        waiting: str | None = None
        for cell in line.cells:
            label = next((n for text, n in _HEAD_LABELS.items() if _is_label(cell.key, text)), None)
            if label is not None:
                waiting = label
                seen.add(label)
            elif waiting is not None and _fits(waiting, cell):
                found[waiting], waiting = cell, None
            else:
                loose.append(cell)
                waiting = None
    unread = [cell for cell in loose if not _place_loose(cell, found, seen, repairs)]
    for cell in found.values():
        repairs.extend(cell.repairs)
    department = found.get("department")
    match = _DEPARTMENT.match(department.text) if department else None
    period = found.get("period")
    return Head(
        name=_closed_up(found["name"].text) if "name" in found else "",
        department_code=match[1] if match else None,
        department_name=match[2].strip() if match else (department.text if department else None),
        implementing_unit=found["implementing_unit"].text if "implementing_unit" in found else None,
        kind=found["kind"].text if "kind" in found else None,
        period=period.text if period else None,
        period_place=period.place if period else None,
        repairs=tuple(repairs) if "name" in found else (*repairs, Repair.LABEL_MISSING),
        unread=tuple(unread),
    )


def _is_label(key: str, label: str) -> bool:
    return key.startswith(label) and len(key) <= len(label) + 4


def _fits(label: str, cell: Cell) -> bool:
    return label != "period" or _PERIOD.match(cell.key) is not None


def _place_loose(cell: Cell, found: dict[str, Cell], seen: set[str], repairs: list[Repair]) -> bool:
    """Give a value without label to the entry it can only belong to."""
    label = "period" if _PERIOD.match(cell.key) else "implementing_unit"
    if label in found or (re.search(r"\d", cell.key) and label != "period"):
        return False
    found[label] = cell
    repairs.append(Repair.VALUE_SHIFTED if label in seen else Repair.LABEL_MISSING)
    return True


def period_years(period: str | None) -> int | None:
    """Years of a printed period; ``None`` where it states none.

    Examples:
        >>> period_years("2年"), period_years("长期"), period_years(None)
        (2, None, None)
    """
    match = _PERIOD.match(period or "")
    return int(match[1]) if match and match[1] else None


def read_texts(parts: Parts) -> tuple[Texts, tuple[Repair, ...]]:
    """Read the running texts and the two goals, rows cut by a break joined again."""
    repairs: list[Repair] = []
    found: dict[str, Any] = {}
    pieces: list[TextPiece] = []
    for name, lines in parts.texts.items():
        first, *rest = lines
        cells = [*first.cells[1:], *(cell for line in rest for cell in line.cells)]
        if rest and cells:
            repairs.append(Repair.CONTINUED_ROW)
        found[name] = _joined(cells, repairs)
        pieces += _pieces(name, cells)
    term, annual = _goals(parts.goals)
    pieces += [*_pieces("term_goal", term), *_pieces("annual_goal", annual)]
    texts = Texts(
        **found,
        term_goal=_joined(term, repairs),
        annual_goal=_joined(annual, repairs),
        pieces=tuple(pieces),
    )
    return texts, tuple(repairs)


def _pieces(part: str, cells: Iterable[Cell]) -> Iterator[TextPiece]:
    offset = 0
    for cell in cells:
        yield TextPiece(part, offset, cell.place)
        offset += len(cell.text)


def _joined(listed: Sequence[Cell], repairs: list[Repair]) -> str | None:
    text = "".join(cell.text for cell in listed)
    for cell in listed:
        repairs.extend(cell.repairs)
    # a text written in sentences whose last one has no end was cut off
    if "。" in text and text[-1] not in _ENDING:
        repairs.append(Repair.TEXT_TRUNCATED)
    return text or None


def _goals(lines: Iterable[Line]) -> tuple[list[Cell], list[Cell]]:
    """The goals of the term and of the year; one text alone stands for the term."""
    term: list[Cell] = []
    annual: list[Cell] = []
    header: dict[str, int] = {}
    for line in lines:
        texts = []
        for cell in line.cells:
            if not _GOAL_LABEL.match(cell.key):
                texts.append(cell)
            elif cell.key != "总体目标":
                header["annual" if cell.key.startswith("年度") else "term"] = cell.column
        if len(texts) > 1:
            term.append(texts[0])
            annual.extend(texts[1:])
        elif texts:
            is_right = header.get("term", 1) > 1 and texts[0].column >= header.get("annual", 99)
            is_right = is_right or ("annual" in header and "term" not in header)
            (annual if is_right else term).append(texts[0])
    return term, annual


@dataclass(frozen=True, slots=True)
class Footer:
    """When the form was filled in."""

    filled_on: date | None = None
    filled_text: str | None = None
    filled_place: Place | None = None
    repairs: tuple[Repair, ...] = ()
    unread: tuple[Cell, ...] = ()


_STAMP = re.compile(r"填报日期[:：]?\s*(\d[\d\s]*\d)\s*$")
_DAY = re.compile(r"(20\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_FULL_STAMP = 14


def read_footer(lines: Iterable[Line]) -> Footer:
    """Read the time stamp: 14 digits, or fewer where recognition lost one.

    The date is in the first eight digits; it is ``None`` where these are no date.
    """
    footer = Footer()
    unread: list[Cell] = []
    for line in lines:
        label_seen = False
        for cell in line.cells:
            stamp = _STAMP.search(cell.text)
            is_value = label_seen and cell.key[:1].isdigit()
            if stamp or is_value:
                footer = _stamped(stamp[1] if stamp else cell.text, cell)
                label_seen = False
            elif _FOOTER_LABEL.match(cell.key):
                label_seen = "填报日期" in cell.key
            else:
                unread.append(cell)
    return replace(footer, unread=tuple(unread))


def _stamped(text: str, cell: Cell) -> Footer:
    digits = _SPACES.sub("", text)
    repairs = [Repair.CELL_SPLIT] if text != cell.text else []
    if digits != text:
        repairs.append(Repair.DIGITS_JOINED)
    # a plain day (8 digits, or with 年月日) is whole; anything else short of 14 lost digits
    if digits.isdigit() and len(digits) not in {8, _FULL_STAMP}:
        repairs.append(Repair.TIMESTAMP_SHORT)
    pattern = r"(\d{4})(\d\d)(\d\d)" if digits.isdigit() else _DAY.pattern
    match = re.match(pattern, digits)
    day: date | None = None
    if match:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            day = None
    return Footer(day, text, cell.place, tuple(repairs))


def _closed_up(text: str) -> str:
    return _SPACES.sub("", text)
