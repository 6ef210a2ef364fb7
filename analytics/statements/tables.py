"""Which table is which statement: titles, continuations over page breaks, lines cut in two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analytics.amounts import is_blank, parse_number
from analytics.documents.model import Block, Paragraph, Table, TableRow
from analytics.reference import codes_by_name, functional_code_by_name, fund_by_name
from analytics.schema.statement_forms import STATEMENT_FORMS, Role, StatementForm
from analytics.schema.vocabularies import Classification, Presence, Repair
from analytics.statements.header import assign_columns, fits, header_length, is_numbering
from analytics.statements.identity import printed_unit
from analytics.statements.lines import balance_code, is_three_public_name
from analytics.statements.model import BodyRow, Cell, Column, StatementTable, StrayTable
from analytics.statements.wording import clean_name, simplify, squeeze

__all__ = ["recognise_statements"]

_TITLE_LENGTH = 50
_PREAMBLE = 8
_LEAST_FIT = 0.6
"""How much of a form a table must show to be read by it; damage takes a column, seldom two."""
_PAGE_NUMBER = re.compile(r"^[-—–]*\s*(?:第)?\s*\d{1,3}\s*(?:页)?\s*[-—–]*$")
_CONTENTS = re.compile(r"[.．…·]{2,}|^(?:目录|第[一二三四五六七八九十]+部分)")
_GOES_ON = re.compile(r"^续表[:：]?|[（(](?:续|接上页|续表)[）)]$")
_CONTENTS_LINE = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|表[一二三四五六七八九十]+|[一二三四五六七八九十]+、"
    r"|[（(][一二三四五六七八九十]+[）)])"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Tables that page breaks cut, with the paragraphs printed above the first of them."""

    preamble: tuple[Paragraph, ...]
    rows: tuple[BodyRow, ...]
    breaks: frozenset[int]


def recognise_statements(
    blocks: Sequence[Block], *, year: int, taken: frozenset[int] = frozenset()
) -> tuple[tuple[StatementTable, ...], tuple[StrayTable, ...]]:
    """Find the statements of a disclosure among its tables.

    A statement is recognised by the title above it and confirmed by its columns; where the title
    is lost, by its columns alone if only one statement has them. Tables cut by a page break are
    joined, and so are lines that the break went through.

    Args:
        blocks: The document's blocks in reading order.
        year: Fiscal year, to look names of lines up in the classification of that year.
        taken: Blocks that other readers already claimed (the project forms).

    Returns:
        The statements in the order they are printed, and every other table with the reason why
        it is no statement.
    """
    statements: list[StatementTable] = []
    stray: list[StrayTable] = []
    for group in _groups(blocks, taken):
        if _is_contents(group):
            stray.append(StrayTable(group.rows, "table of contents: page numbers"))
            continue
        found = _form(group, {table.form.statement for table in statements})
        if found is None:
            title = group.preamble[-1].text if group.preamble else None
            stray.append(StrayTable(group.rows, "table of no known form", title))
            continue
        form, title, repairs = found
        if any(table.form is form for table in statements):
            reason = f"second table with the title of {form.statement}"
            stray.append(StrayTable(group.rows, reason, title))
            continue
        statements.append(_statement(group, form, title, repairs, year))
    return tuple(statements), tuple(stray)


def _groups(blocks: Sequence[Block], taken: frozenset[int]) -> Iterator[_Group]:
    preamble: list[Paragraph] = []
    rows: list[BodyRow] = []
    breaks: set[int] = set()
    pending: list[Paragraph] = []

    def close() -> Iterator[_Group]:
        if rows:
            yield _Group(tuple(preamble), tuple(rows), frozenset(breaks))
            preamble.clear()
            rows.clear()
            breaks.clear()
        preamble.extend(pending)
        pending.clear()

    for block in blocks:
        if isinstance(block, Paragraph):
            if rows and _PAGE_NUMBER.match(block.text):
                continue
            pending.append(block)
        elif block.block in taken:
            pending.clear()
            yield from close()
            preamble.clear()
        else:
            more = _without_repeated_header(rows, block)
            if not rows or not _continues(rows, more, preamble, pending):
                yield from close()
                more = _without_repeated_header(rows, block)
            else:
                pending.clear()
                breaks.add(len(rows))
            rows.extend(more)
    yield from close()


def _continues(
    rows: Sequence[BodyRow],
    more: Sequence[BodyRow],
    preamble: Sequence[Paragraph],
    pending: Sequence[Paragraph],
) -> bool:
    """Whether a table goes on with rows as wide as its own, perhaps under the same title again.

    Under the same title, rows that begin with the same line are the table for a second time.
    """
    if more and len(more[0].cells) != len(rows[0].cells):
        return False
    printed = {_GOES_ON.sub("", squeeze(above.text)) for above in preamble[-_PREAMBLE:]}
    is_again = all(_GOES_ON.sub("", squeeze(above.text)) in printed for above in pending)
    first = [_texts(row) for row in rows[header_length(rows) :][:1]]
    return not pending or (is_again and first != [_texts(row) for row in more[:1]])


def _without_repeated_header(rows: Sequence[BodyRow], table: Table) -> list[BodyRow]:
    more = [_body_row(table, row) for row in table.rows]
    length = header_length(rows) if rows else 0
    while length and more and _texts(more[0]) in [_texts(row) for row in rows[:length]]:
        more = more[1:]
    return more


def _texts(row: BodyRow) -> list[str]:
    return [squeeze(cell.text) for cell in row.cells]


def _body_row(table: Table, row: TableRow) -> BodyRow:
    return BodyRow(
        tuple([Cell(text, table.place(row, index)) for index, text in enumerate(row.cells)])
    )


def _is_contents(group: _Group) -> bool:
    lines = [_texts(row) for row in group.rows]
    numbered = [line for line in lines if line[-1].isdigit() and _CONTENTS_LINE.match(line[0])]
    return len(lines[0]) <= 3 and len(numbered) * 2 > len(lines)


def _form(
    group: _Group, known: set[object]
) -> tuple[StatementForm, str | None, tuple[Repair, ...]] | None:
    length = header_length(group.rows)
    header, body = group.rows[:length], group.rows[length:]
    width = len(group.rows[0].cells)
    fit = dict(zip(map(id, STATEMENT_FORMS), fits(header, body, width), strict=True))
    likely = [form for form in STATEMENT_FORMS if fit[id(form)] >= _LEAST_FIT]
    for title, printed in _titles(group):
        named = [
            form
            for form in likely
            if re.search(form.title, title)
            and not (form.not_title and re.search(form.not_title, title))
        ]
        if named:
            return max(named, key=lambda form: fit[id(form)]), printed, ()
    fitting = [form for form in likely if fit[id(form)] == 1]
    if len(fitting) == 1 and fitting[0].statement not in known:
        return fitting[0], None, (Repair.TITLE_MISSING,)
    return None


def _titles(group: _Group) -> Iterator[tuple[str, str]]:
    """What may be the title of a table, the nearest first: folded, and as printed.

    A title that is wrapped onto a second line is tried as a whole too.
    """
    above = [paragraph.text for paragraph in group.preamble[-_PREAMBLE:]]
    for index in reversed(range(len(above))):
        for printed in (above[index], "".join(above[index : index + 2])):
            title = simplify(squeeze(printed))
            if len(title) <= _TITLE_LENGTH and not _CONTENTS.search(title):
                yield title, printed


def _statement(
    group: _Group, form: StatementForm, title: str | None, repairs: tuple[Repair, ...], year: int
) -> StatementTable:
    length = header_length(group.rows)
    header, body = group.rows[:length], group.rows[length:]
    width = max(len(row.cells) for row in group.rows)
    columns, missing = assign_columns(form, header, body, width)
    above = [_texts(row) for row in header]
    # A header that is printed again within a table stands, like any numbering, where a page ended.
    aside = [i for i, row in enumerate(body) if is_numbering(row) or _texts(row) in above]
    lines = sorted(set(range(len(body))) - set(aside))
    breaks = {bisect_left(lines, i) for i in (*aside, *(each - length for each in group.breaks))}
    header = (*header, *(body[i] for i in aside))
    body = _join_cut_rows([body[i] for i in lines], columns, form, year, breaks)
    amounts = [index for index, column in enumerate(columns) if column.may_hold_amounts]
    has_figures = any(parse_number(row.text(i)) is not None for row in body for i in amounts)
    extra = {repair for column in columns for repair in column.repairs}
    if group.breaks:
        extra.add(Repair.CONTINUED_TABLE)
    return StatementTable(
        form=form,
        presence=Presence.PRESENT if has_figures else Presence.EMPTY,
        title=title,
        unit_text=_unit(group, title),
        place=group.rows[0].cells[0].place,
        columns=columns,
        header=header,
        body=body,
        missing_columns=missing,
        repairs=(*repairs, *sorted(extra)),
    )


def _unit(group: _Group, title: str | None) -> str | None:
    """The unit printed nearest above the statement, not before its title."""
    for paragraph in reversed(group.preamble):
        unit = printed_unit(paragraph.text)
        if unit is not None:
            return unit
        if title is not None and paragraph.text == title:
            break
    wrapped = [squeeze(paragraph.text) for paragraph in group.preamble[-_PREAMBLE:]]
    if any(text.endswith(("单位：万", "单位:万")) for text in wrapped) and "元" in wrapped:
        return "万元"
    header = group.rows[: header_length(group.rows)]
    texts = (printed_unit(cell.text) for row in header for cell in row.cells)
    return next((unit for unit in texts if unit is not None), None)


def _join_cut_rows(
    rows: Sequence[BodyRow],
    columns: Sequence[Column],
    form: StatementForm,
    year: int,
    breaks: set[int],
) -> tuple[BodyRow, ...]:
    """Join lines that a page break or a wrapped name cut in two."""
    knows = _name_test(form, year)
    roles = [column.form.role if column.form else None for column in columns]
    joined: list[BodyRow] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        after = rows[index + 1] if index + 1 < len(rows) else None
        if joined and _is_tail(joined[-1], row, roles, knows, at_break=index in breaks):
            joined[-1] = _join(joined[-1], row)
        elif after is not None and _is_head(row, after, roles, knows):
            joined.append(_join(row, after))
            index += 1
        else:
            joined.append(row)
        index += 1
    return tuple(joined)


def _is_tail(
    before: BodyRow,
    row: BodyRow,
    roles: Sequence[Role | None],
    knows: Callable[[str], bool] | None,
    *,
    at_break: bool,
) -> bool:
    """Whether a row is the rest of the line before it."""
    if _clash(before, row, roles) or (
        not _has_amount(before, roles) and not _has_code(before, roles)
    ):
        return False
    names = _cut_name(before, row, roles)
    if Role.CODE in roles:
        is_total = any(balance_code(clean_name(cell.text)) is not None for cell in before.cells)
        return not _has_code(row, roles) and _has_code(before, roles) and not is_total
    if names is None:
        is_rest = at_break and not _has_amount(row, roles) and _has_counterpart(row, roles)
        return is_rest or (_has_amount(row, roles) and not _has_amount(before, roles))
    if _has_amount(row, roles):
        return False
    if knows is None:
        return at_break and (balance_code(names.second) is None or names.makes_balance)
    return names.is_known_only_whole(knows)


def _is_head(
    row: BodyRow,
    after: BodyRow,
    roles: Sequence[Role | None],
    knows: Callable[[str], bool] | None,
) -> bool:
    """Whether a row without amounts is the beginning of the line after it."""
    names = _cut_name(row, after, roles)
    if Role.CODE in roles or _has_amount(row, roles) or names is None or not names.first:
        return False
    if knows is None:
        no_balance = balance_code(names.first) is None and balance_code(names.second) is None
        return _has_amount(after, roles) and (no_balance or names.makes_balance)
    return names.is_known_only_whole(knows)


@dataclass(frozen=True, slots=True)
class _CutName:
    """The names of two rows in one column, and the name they make together."""

    first: str
    second: str
    whole: str

    @property
    def makes_balance(self) -> bool:
        """Whether the halves together name a total or another balance."""
        return balance_code(self.whole) is not None

    def is_known_only_whole(self, knows: Callable[[str], bool]) -> bool:
        """Whether the halves make a known name and are not two known names themselves."""
        is_two_lines = knows(self.first) and knows(self.second)
        return knows(self.whole) and (self.makes_balance or not is_two_lines)


def _cut_name(first: BodyRow, second: BodyRow, roles: Sequence[Role | None]) -> _CutName | None:
    """The names in the last column where the second row prints one; ``None`` if it prints none."""
    columns = [i for i, r in enumerate(roles) if r in (Role.NAME, Role.LEVEL) and second.text(i)]
    if not columns:
        return None
    above, below = first.text(columns[-1]), second.text(columns[-1])
    # Without anything above, the name below stands by itself.
    whole = clean_name(above + below) if above else ""
    return _CutName(clean_name(above), clean_name(below), whole)


def _clash(before: BodyRow, row: BodyRow, roles: Sequence[Role | None]) -> bool:
    """Whether both rows print an amount or a code in one column, so that they are two lines.

    A dash is printed for an amount of nothing; the half of a line that a break cut has no dash.
    """
    return any(
        role in (Role.AMOUNT, Role.CODE)
        and squeeze(before.text(index))
        and squeeze(row.text(index))
        for index, role in enumerate(roles)
    )


def _has_amount(row: BodyRow, roles: Sequence[Role | None]) -> bool:
    return any(
        role is Role.AMOUNT and parse_number(row.text(index)) is not None
        for index, role in enumerate(roles)
    )


def _has_counterpart(row: BodyRow, roles: Sequence[Role | None]) -> bool:
    return any(role is Role.COUNTERPART and row.text(i) for i, role in enumerate(roles))


def _has_code(row: BodyRow, roles: Sequence[Role | None]) -> bool:
    return any(role is Role.CODE and not is_blank(row.text(i)) for i, role in enumerate(roles))


def _join(first: BodyRow, second: BodyRow) -> BodyRow:
    cells = [
        a._replace(text=a.text + b.text) if a.text else b
        for a, b in zip(first.cells, second.cells, strict=False)
    ]
    return BodyRow(tuple(cells), (*first.repairs, Repair.CONTINUED_ROW, *second.repairs))


def _name_test(form: StatementForm, year: int) -> Callable[[str], bool] | None:
    """Whether a name is known, for statements whose lines have known names."""
    match form.classification:
        case Classification.FUNCTION:
            return lambda name: (
                functional_code_by_name(name, year) is not None
                or fund_by_name(name) is not None
                or balance_code(name) is not None
            )
        case Classification.ECONOMIC_DEPARTMENT:
            return lambda name: (
                bool(codes_by_name(Classification.ECONOMIC_DEPARTMENT, name, year))
                or balance_code(name) is not None
            )
        case Classification.THREE_PUBLIC:
            return is_three_public_name
        case _:
            return None
