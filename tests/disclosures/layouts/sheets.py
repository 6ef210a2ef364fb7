"""What the layouts are built of: columns, lists of lines, statements, and how they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from disclosures.cells import Cell, Figure, Sheet, numeral
from disclosures.layouts.books import CLASSES, ECONOMICS, FUNCTIONS, PERSONNEL, PUBLIC, Books
from disclosures.pages import text_as_pdf
from disclosures.paper import Paper
from disclosures.spec import YUAN

__all__ = [
    "Amounts",
    "Column",
    "Layout",
    "Line",
    "Style",
    "basic_and_project",
    "class_names",
    "economic_columns",
    "economics",
    "functions",
    "in_unit",
    "three_public",
]

Line = tuple[Cell, ...]
Amounts = Callable[[str], int]
_WHERE = (("合计", ""), ("", "合计"))


@dataclass(frozen=True)
class Style:
    """What varies from one disclosure of a layout to the next.

    Args:
        unit: Unit of the statements: ``万元`` or ``元``.
        blank: How a nothing is printed.
        has_numbers: Whether a number stands above each title.
        has_commas: Whether thousands are parted.
        total: Where the total of a list stands: ``top`` or ``bottom``.
        variant: Which of several ways a layout prints its statements in.
        indent: What stands before names that have others above them.
        breaks: Statements, by their place, that a page break goes through.
    """

    unit: str = "万元"
    blank: str = ""
    has_numbers: bool = False
    has_commas: bool = False
    total: str = "top"
    variant: int = 0
    indent: str = ""
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of amounts: what they are of a line, given the beginning of its code."""

    amounts: Amounts
    fund: str
    component: str = "total"
    basis: str = "included"
    flow: str = "expenditure"
    stage: str | None = None

    def figure(self, code: str, kind: str = "function") -> Figure:
        """The amount of a line; the total is that of every code."""
        amount = self.amounts("" if code == "total" else code)
        return Figure(
            amount, self.flow, kind, code, self.fund, self.component, self.basis, stage=self.stage
        )


def _parts(code: str, count: int) -> tuple[str, ...]:
    """A code in one cell, or in ``count`` cells (类, 款, 项)."""
    if count == 1:
        return (code,)
    return (code[:3], code[3:5], code[5:7])[:count]


def listed(
    codes: Iterable[str],
    names: dict[str, str],
    columns: Sequence[Column],
    style: Style,
    *,
    kind: str = "function",
    parts: int = 1,
) -> list[Line]:
    """A line for each code, and the total above or below them."""
    rows: list[Line] = []
    for code in codes:
        name = style.indent * (len(code) // 2 - 1) + names[code]
        rows.append((*_parts(code, parts), name, *(c.figure(code, kind) for c in columns)))
    total = _WHERE[1 if parts == 1 and style.variant % 2 else 0]
    line = (total[0], *("",) * (parts - 1), total[1], *(c.figure("total", kind) for c in columns))
    return [line, *rows] if style.total == "top" else [*rows, line]


def functions(
    books: Books,
    funds: Iterable[str] | None,
    columns: Sequence[Column],
    style: Style,
    parts: int = 1,
) -> list[Line]:
    """The functions that something is spent on."""
    return listed(books.codes(funds), FUNCTIONS, columns, style, parts=parts)


def economics(
    books: Books,
    columns: Sequence[Column],
    style: Style,
    classes: Iterable[str] = ("3",),
    parts: int = 1,
) -> list[Line]:
    """The economic classes that basic expenditure is made of."""
    codes = books.economic_codes(classes)
    return listed(codes, ECONOMICS, columns, style, kind="economic_department", parts=parts)


def economic_columns(books: Books, fund: str, basis: str, *, has_parts: bool) -> list[Column]:
    """The total of an economic class, with personnel and public expenses where printed."""

    def of(classes: Sequence[str]) -> Amounts:
        return lambda code: books.total(
            economics=[max(code, each, key=len) for each in classes if each.startswith(code[:3])]
        )

    columns = [Column(of((*PERSONNEL, *PUBLIC)), fund, basis=basis)]
    if has_parts:
        columns.append(Column(of(PERSONNEL), fund, "personnel", basis))
        columns.append(Column(of(PUBLIC), fund, "public", basis))
    return columns


def basic_and_project(
    books: Books, funds: Sequence[str] | None, fund: str, basis: str = "included"
) -> list[Column]:
    """The total of a line with its basic and its project part."""
    return [
        Column(lambda code, p=purposes: books.total(code, funds, p), fund, part, basis)  # type: ignore[misc]
        for part, purposes in (
            ("total", ("basic", "project")),
            ("basic", ("basic",)),
            ("project", ("project",)),
        )
    ]


def in_unit(amount: int, share: int) -> int:
    """An amount rounded to hundredths of a unit that is ``share`` times larger."""
    return (amount + share // 2) // share


def three_public(books: Books, code: str, stage: str = "", *, share: int = 1) -> Figure:
    """One of the three public expenses, in a unit that is ``share`` times that of the books."""
    amount = in_unit(books.public(code, stage), share)
    fund = "fiscal_appropriation"
    figure = Figure(amount, "expenditure", "three_public", code, fund, "total", "included")
    return figure._replace(stage=stage or None)


def class_names(books: Books, *, all_of_them: bool) -> list[tuple[str, str]]:
    """The functional classes with their numbered names, in order."""
    used = set(books.codes())
    codes = [code for code in CLASSES if all_of_them or code in used]
    return [(code, f"{numeral(i)}、{CLASSES[code]}") for i, code in enumerate(codes, start=1)]


@dataclass(frozen=True)
class Layout:
    """How a kind of disclosure is printed.

    Args:
        name: What it is called.
        stage: ``budget`` or ``final``.
        heading: What it is titled after the agency and the year.
        agency_line: What stands before the name of the agency above each statement, if printed.
        units: Units that it is printed in.
        statements: Each statement with the pattern of its title, as the agency and year fill it.
    """

    name: str
    stage: str
    heading: str
    agency_line: str
    units: tuple[str, ...]
    statements: tuple[tuple[str, Callable[[Books, Style], Sheet]], ...]

    @property
    def word(self) -> str:
        """预算 or 决算."""
        return "预算" if self.stage == "budget" else "决算"

    def sheets(self, books: Books, style: Style) -> list[Sheet]:
        """The statements in their order."""
        return [
            replace(make(books, style), title=title.format(agency=books.agency, year=books.year))
            for title, make in self.statements
        ]

    def unit(self, sheet: Sheet, style: Style) -> str:
        """The unit of a statement: small ones are printed in 万元 among others in 元."""
        is_shared = any(isinstance(c, Figure) and c.statement for row in sheet.rows for c in row)
        return "万元" if is_shared else style.unit

    def expected(self, books: Books, style: Style) -> list[tuple[object, ...]]:
        """What the disclosure states: statement, flow, list, code, fund, part, basis, stage, yuan."""
        return [
            (
                cell.statement or sheet.statement,
                *cell[1:7],
                cell.stage or self.stage,
                (cell.amount * YUAN[self.unit(sheet, style)]).quantize(Decimal("0.01")),
            )
            for sheet in self.sheets(books, style)
            for row in sheet.rows
            for cell in row
            if isinstance(cell, Figure) and (cell.amount or style.blank in ("0", "0.00"))
        ]

    def write(self, books: Books, style: Style, sheets: Sequence[Sheet] | None = None) -> str:
        """The disclosure as text; table cells are separated by tabs, blocks by empty lines."""
        blocks = [books.agency, self.heading.format(year=books.year), "第一部分 概况"]
        blocks += [f"{books.agency}负责有关公共服务的组织工作。", f"第二部分 {self.word}表"]
        for number, sheet in enumerate(sheets or self.sheets(books, style)):
            if style.has_numbers:
                blocks.append(f"公开{number + 1:02d}表")
            blocks.append(sheet.title)
            if self.agency_line:
                blocks.append(f"{self.agency_line}：{books.agency}")
            blocks.append(f"单位：{self.unit(sheet, style)}")
            rows = ["\t".join(_printed(cell, style) for cell in row) for row in sheet.rows]
            header = ["\t".join(row) for row in sheet.header]
            middle = len(rows) // 2
            if number in style.breaks and len(rows) > 3:
                again = header if number % 2 else []
                blocks.append("\n".join([*header, *rows[:middle]]))
                blocks.append("\n".join([*again, *rows[middle:]]))
            else:
                blocks.append("\n".join([*header, *rows]))
        blocks += ["第三部分 名词解释", "一、基本支出：指为保障机构正常运转而发生的支出。"]
        return "\n\n".join(blocks) + "\n"

    def print(self, books: Books, style: Style, paper: Paper) -> bytes:
        """The disclosure as a PDF file; pages break, and thousands are parted, as the paper says."""
        style = replace(style, breaks=(), has_commas=False)
        headers = {sheet.title: len(sheet.header) for sheet in self.sheets(books, style)}
        head = paper.running_head.format(agency=books.agency, year=books.year, word=self.word)
        return text_as_pdf(self.write(books, style), headers, paper, head)


def _printed(cell: Cell, style: Style) -> str:
    if isinstance(cell, str):
        return cell
    if not cell.amount:
        return style.blank
    return f"{cell.amount / 100:,.2f}" if style.has_commas else f"{cell.amount / 100:.2f}"
