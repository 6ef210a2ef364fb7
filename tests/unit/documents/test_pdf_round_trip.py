"""Whatever table is written comes back: columns, rows, page breaks, rules and names vary."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_pages import ROW, cells, make_pdf, rule, ruled_table, write_centred, write_rows
from reportlab.pdfgen.canvas import Canvas

from analytics.documents.pdf import read_pdf

NAMES = st.text(alphabet="一般公共预算支出教育科学技术（）、", min_size=2, max_size=12)
AMOUNTS = st.integers(0, 10**9).map(lambda cents: f"{cents // 100:,}.{cents % 100:02d}")
Row = tuple[str, ...]


@st.composite
def tables(draw: st.DrawFn, *, has_first: bool) -> tuple[tuple[float, ...], list[Row]]:
    """The edges of the columns (a name, then amounts), and the rows with their header.

    Any amount may be blank, but for the first of each row where ``has_first``.
    """
    count = draw(st.integers(1, 4))
    either = st.one_of(AMOUNTS, st.just(""))
    amounts = [AMOUNTS if has_first else either, *(either for _ in range(count - 1))]
    widths = [140.0, *draw(st.lists(st.sampled_from((75.0, 90.0)), min_size=count, max_size=count))]
    xs = tuple(40.0 + sum(widths[:index]) for index in range(len(widths) + 1))
    header = ("项目", *(f"第{'一二三四'[index]}列" for index in range(count)))
    body = draw(st.lists(st.tuples(NAMES, *amounts), min_size=4, max_size=30))
    return xs, [header, *body]


@settings(max_examples=40, deadline=None)
@given(table=tables(has_first=False), rows_per_page=st.integers(3, 30))
def test_ruled_tables_come_back_over_page_breaks(
    table: tuple[tuple[float, ...], list[Row]], rows_per_page: int
) -> None:
    xs, rows = table
    parts = [rows[i : i + rows_per_page] for i in range(0, len(rows), rows_per_page)]

    def page(part: list[Row]) -> Callable[[Canvas], None]:
        return lambda canvas: ruled_table(canvas, xs, 60, part)

    reading = read_pdf(make_pdf(*(page(part) for part in parts)), "a.pdf")
    assert cells(reading) == parts
    assert [block.page for block in reading.blocks] == list(range(1, len(parts) + 1))


@settings(max_examples=40, deadline=None)
@given(table=tables(has_first=True), has_rules=st.booleans())
def test_tables_without_vertical_rules_come_back(
    table: tuple[tuple[float, ...], list[Row]], has_rules: bool
) -> None:
    xs, rows = table

    def page(canvas: Canvas) -> None:
        if has_rules:
            for number in (0, 1, len(rows)):
                rule(canvas, xs[0], 60 + ROW * number, xs[-1], 60 + ROW * number)
        for left, right, text in zip(xs, xs[1:], rows[0], strict=False):
            write_centred(canvas, (left + right) / 2, 73, text)
        write_rows(canvas, xs, 60 + ROW, rows[1:])

    assert cells(read_pdf(make_pdf(page), "a.pdf")) == [rows]
