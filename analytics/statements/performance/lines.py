"""The printed lines of one form: rows of located, cleaned cells, page breaks told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analytics.documents.model import Block, Paragraph, Place, Table
from analytics.schema.vocabularies import Repair
from analytics.statements.wording import simplify, squeeze

__all__ = ["Cell", "FormLines", "Line", "collect_forms", "make_cell"]

_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,80}>|&nbsp;")
_TITLE = re.compile(r"^[^。，,；;]{0,40}项目[^。，,；;]{0,8}绩效目标[^。，,；;]{0,4}表$")
_YEAR = re.compile(r"^[(（]?(20\d\d)年度?[)）]?$")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|附件)[^。；;]{0,30}$"
)
_PAGE_NUMBER = re.compile(r"^[-—–]?\d{1,4}[-—–]?$")
_FOOTER = re.compile(r"^(?:负责人|经办人|联系电话|填报日期)")
_NAME_LABEL = "项目名称"
_HEAD_LABELS = ("主管部门", "实施单位", "项目属性", "项目期", "项目资金")


class Cell(NamedTuple):
    """One printed cell that is not empty.

    Args:
        text: Simplified, without markup, spaces kept.
        key: ``text`` without spaces, digits and brackets folded: what labels are compared with.
        printed: The cell as printed.
        place: Where it was printed.
        repairs: What ``text`` differs by from the print.
    """

    text: str
    key: str
    printed: str
    place: Place
    repairs: tuple[Repair, ...] = ()

    @property
    def column(self) -> int:
        """Column of the cell, from 1."""
        return self.place.column


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a form, its empty cells left out.

    Args:
        cells: Cells with text.
        is_after_break: Whether a page break stands right above it.
        is_running_text: Whether it is a line of running text and no row of a table.
    """

    cells: tuple[Cell, ...]
    is_after_break: bool = False
    is_running_text: bool = False


@dataclass(slots=True)
class FormLines:
    """The lines of one form, and what was printed above it.

    Args:
        title: Title line as printed.
        fiscal_year: Year under the title.
        lines: The form's lines.
        above: Cells of the form's first table that stand above the form.
        blocks: Numbers of the document's blocks the form takes up.
    """

    title: str | None
    fiscal_year: int | None
    lines: list[Line] = field(default_factory=list)
    above: list[Cell] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    @property
    def first(self) -> Place:
        """Where the form's table begins."""
        return self.lines[0].cells[0].place


def make_cell(printed: str, place: Place) -> Cell:
    """Clean one printed cell and note what cleaning changed.

    Examples:
        >>> cell = make_cell("<p>項目</p>", Place(1, 1, 1))
        >>> cell.text, [str(repair) for repair in cell.repairs]
        ('项目', ['markup_removed', 'traditional'])
    """
    repairs: list[Repair] = []
    text = _MARKUP.sub("", printed).strip()
    if text != printed.strip():
        repairs.append(Repair.MARKUP_REMOVED)
    simple = simplify(text)
    if simple != text:
        repairs.append(Repair.TRADITIONAL)
    return Cell(simple, squeeze(simple), printed.strip(), place, tuple(repairs))


def collect_forms(blocks: Sequence[Block]) -> tuple[FormLines, ...]:
    """Find the forms among the blocks of a document and join what page breaks cut.

    A form begins at a row that starts with 项目名称 and is followed by the labels of a form's head,
    or at such a head under a form's title. It ends at its footer (负责人 … 填报日期), at the next
    title or form, or at a heading of the narrative.
    """
    collector = _Collector()
    for block in blocks:
        if isinstance(block, Paragraph):
            collector.take_paragraph(block)
        else:
            collector.take_table(block)
    collector.close()
    return tuple(form for form in collector.forms if form.lines)


class _Collector:
    """The form being read, and the title that waits for its table."""

    def __init__(self) -> None:
        self.forms: list[FormLines] = []
        self._form: FormLines | None = None
        self._waiting: FormLines | None = None
        self._is_broken = False
        self._above = ""

    def close(self) -> None:
        self._form = None

    def take_paragraph(self, block: Paragraph) -> None:
        cell = make_cell(
            block.text, Place(block.block, 1, 1, block.page, block.line, block.recognition)
        )
        year = _YEAR.match(cell.key)
        above, self._above = self._above, cell.printed
        if _is_title(cell.key):
            self._await(cell.printed, block.block)
        elif not above.endswith("表") and _is_title(squeeze(above) + cell.key):
            self._await(above + cell.printed, block.block)
        elif self._form is None:
            self._take_between(cell, block.block, int(year[1]) if year else None)
        elif _FOOTER.match(cell.key):
            self._add(Line((cell,), is_running_text=True))
            self.close()
        elif _HEADING.match(cell.key):
            self.close()
        elif not _PAGE_NUMBER.match(cell.key) and not year:
            self._add(Line((cell,), is_running_text=True))
        self._is_broken = True

    def take_table(self, table: Table) -> None:
        lines = list(_table_lines(table))
        above: list[Cell] = []
        for index, cells in enumerate(lines):
            key = cells[0].key
            if len(cells) == 1 and _is_title(key):
                self._await(cells[0].printed, table.block)
                continue
            if self._begins(lines[index : index + 5]):
                self._begin(above)
            if self._form is None:
                above += cells
            else:
                self._add(Line(cells, is_after_break=self._is_broken or index == 0))
                self._is_broken = False
        if self._form is not None and any(_FOOTER.match(cells[0].key) for cells in lines):
            self.close()

    def _take_between(self, cell: Cell, block: int, year: int | None) -> None:
        """A paragraph outside every form: the year under a title, or running text."""
        if self._waiting is None:
            return
        if year is not None:
            self._waiting.fiscal_year = year
            self._waiting.blocks.append(block)
        elif _HEADING.match(cell.key):
            self._waiting = None

    def _begins(self, lines: Sequence[tuple[Cell, ...]]) -> bool:
        first = lines[0][0].key
        follows = any(cells[0].key.startswith(_HEAD_LABELS) for cells in lines[1:])
        if first.startswith(_NAME_LABEL):
            return follows or self._waiting is not None
        return self._waiting is not None and first.startswith(_HEAD_LABELS)

    def _await(self, title: str, block: int) -> None:
        self.close()
        self._waiting = FormLines(title, None, blocks=[block])

    def _begin(self, above: list[Cell]) -> None:
        self._form = self._waiting or FormLines(None, None)
        self._form.above = [*above]
        above.clear()
        self._waiting = None
        self._is_broken = False
        self.forms.append(self._form)

    def _add(self, line: Line) -> None:
        if self._form is None:
            return
        self._form.lines.append(line)
        block = line.cells[0].place.block
        if block not in self._form.blocks:
            self._form.blocks.append(block)


def _is_title(key: str) -> bool:
    return _TITLE.match(key) is not None


def _table_lines(table: Table) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        made = (
            make_cell(text, table.place(row, index))
            for index, text in enumerate(row.cells)
            if text.strip()
        )
        cells = tuple(cell for cell in made if cell.text)
        if cells:
            yield cells
