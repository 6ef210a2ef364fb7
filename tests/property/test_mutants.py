"""One change in a disclosure at a time: what breaks an equation is found where it was made."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from mutants import Book, Mutant, Tally, Verdict, book_of, few, many, table, try_mutants
from mutants.rows import other_digit
from mutants.terms import Number, Ref
from mutants.trial import read_tables

LEAST = 0.97
KINDS = {
    "figure", "row", "columns", "unit of a statement", "unit in a sentence", "word",
    "percentage", "stated amount", "stated change",
}  # fmt: skip
SMALL = """示例市档案馆
2024年度单位预算公开

2024年支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t30.00\t20.00\t10.00
201\t一般公共服务支出\t30.00\t20.00\t10.00
20103\t政府办公厅（室）及相关机构事务\t30.00\t20.00\t10.00
2010301\t行政运行\t20.00\t20.00\t
2010306\t政务公开审批\t10.00\t\t10.00
"""


def _assert_seen(found: dict[str, Tally]) -> None:
    assert found.keys() >= KINDS
    short = {
        kind: (*one.missed, *one.elsewhere) for kind, one in found.items() if one.share < LEAST
    }
    assert short == {}, str(table(found))


def _figure(book: Book, code: str, component: str) -> Ref:
    return next(
        Ref(*place)
        for place, fact in book.facts.items()
        if (fact["code"], fact["component"]) == (code, component)
    )


def test_a_change_of_any_kind_is_found_where_it_was_made() -> None:
    found = few()
    _assert_seen(found)
    assert sum(one.seeable for one in found.values()) >= 50


@pytest.mark.slow
def test_of_a_few_thousand_changes_nearly_all_are_found_where_they_were_made() -> None:
    found = many()
    _assert_seen(found)
    assert sum(one.seeable for one in found.values()) >= 2000


def test_a_book_holds_the_equations_that_a_figure_stands_in() -> None:
    book = book_of(read_tables(SMALL))
    changed = _figure(book, "2010306", "project")
    broken = book.broken_by({changed: Number(Decimal(110_000), Decimal(50))})
    # Its line is a sum of its columns, and it is itself a part of the line above.
    assert sorted(eq.kind for eq in broken) == ["lines", "purposes"]
    assert book.broken_by({changed: Number(Decimal(100_050), Decimal(50))}) == []


def test_a_change_that_breaks_no_equation_is_not_counted() -> None:
    tables = read_tables(SMALL)
    alone = Mutant("none", "nothing", {}, lambda: tables)
    assert [verdict for _, verdict, _ in try_mutants(tables, [alone])] == [Verdict.UNSEEABLE]


def test_a_changed_digit_leaves_a_number_of_the_same_length() -> None:
    draw = random.Random(1)
    changed = {other_digit("10.5", draw) for _ in range(200)}
    assert "10.5" not in changed
    assert {len(text) for text in changed} == {4}
    assert all(text[0] != "0" for text in changed)
