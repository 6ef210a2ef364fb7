"""A generated disclosure, written, damaged and read back, gives the facts it was made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from disclosures import (
    DisclosureSpec,
    Reading,
    expected_facts,
    read_bytes,
    read_text,
    sheets,
    write,
)
from disclosures import damage as damages
from disclosures.strategies import specs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

# A disclosure is large: shrinking a failure takes minutes and makes it no easier to read.
few = settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])

_CONTINUED_NAMES = {
    "budget_summary": 2,
    "fiscal_appropriation_summary": 2,
    "revenue_summary": 1,
    "expenditure_summary": 1,
    "basic_expenditure": 0,
    "three_public_expenses": 0,
    "operating_expenses": 0,
    "project_expenditure": 0,
    "project_carryover": 0,
}
"""Statements whose lines can be joined again, with the column of the name."""

_AMOUNT = re.compile(r"^\d+(?:\.\d\d)?$")


def assert_accounted(reading: Reading) -> None:
    """Every numeric cell is a fact or set aside, and each fact stands where it says it does."""
    for row in reading.rows.statements:
        facts = len(reading.facts(row["statement"]))
        aside = sum(a["statement"] == row["statement"] for a in reading.rows.set_aside)
        assert (facts, aside) == (row["fact_cell_count"], row["set_aside_cell_count"])
        assert row["numeric_cell_count"] == facts + aside
    places = Counter((f["block"], f["row"], f["column"]) for f in reading.rows.facts)
    assert set(places.values()) <= {1}


def assert_reads(text: str, spec: DisclosureSpec) -> Reading:
    """The text gives exactly the facts of the specification, each with its place."""
    reading = read_text(text)
    assert reading.stated == Counter(expected_facts(spec))
    assert_accounted(reading)
    lines = text.split("\n")
    for fact in reading.rows.facts:
        assert (
            lines[fact["line"] - 1].split("\t")[fact["column"] - 1].strip() == fact["amount_text"]
        )
    return reading


def assert_nothing_wrong(text: str, spec: DisclosureSpec) -> Reading:
    """The text gives no fact that the specification does not."""
    reading = read_text(text)
    assert reading.stated <= Counter(expected_facts(spec))
    assert_accounted(reading)
    return reading


@few
@given(spec=specs())
def test_what_is_written_is_read(spec: DisclosureSpec) -> None:
    reading = assert_reads(write(spec), spec)
    identity = reading.identity
    assert (identity.agency_name, identity.fiscal_year) == (spec.agency, spec.year)
    assert (identity.stage, identity.scope, identity.unit_text) == (
        spec.stage,
        spec.scope,
        spec.unit,
    )
    for row in reading.rows.statements:
        printed = next(sheet for sheet in sheets(spec) if sheet.statement == row["statement"])
        assert row["title"] == printed.title
        assert (row["repairs"], row["missing_columns"]) == (None, None)
        has_numbers = printed.has_figures or (spec.blank in ("0", "0.00") and printed.rows)
        assert row["presence"] == ("present" if has_numbers else "empty")


@few
@given(spec=specs(), data=st.data())
def test_page_break_between_rows_is_closed(spec: DisclosureSpec, data: st.DataObject) -> None:
    text = write(spec)
    tables = damages.table_lines(text, spec)
    statement = data.draw(st.sampled_from([s for s, rows in tables.items() if len(rows) > 3]))
    rows = tables[statement]
    sheet = next(sheet for sheet in sheets(spec) if sheet.statement == statement)
    header = rows[: len(sheet.header)]
    before = data.draw(st.integers(rows[0] + 1, rows[-1]))
    is_repeated = before >= header[-1] + 2 and data.draw(st.booleans())
    broken = damages.break_page(
        text,
        before,
        page_number=data.draw(st.sampled_from((None, "- 4 -", "第 7 页", "12"))),
        header=header if is_repeated else None,
    )
    reading = assert_reads(broken, spec)
    assert reading.statement(statement)["repairs"] == "continued_table"


@settings(few, max_examples=40)
@given(spec=specs(), data=st.data())
def test_row_cut_by_page_break_is_joined(spec: DisclosureSpec, data: st.DataObject) -> None:
    text = write(spec)
    lines, tables = text.split("\n"), damages.table_lines(text, spec)
    cuttable = [
        (statement, line, column)
        for statement, column in _CONTINUED_NAMES.items()
        for line in tables[statement]
        if any(_AMOUNT.match(cell) for cell in lines[line].split("\t"))
        and len(lines[line].split("\t")[column]) > 1
    ]
    statement, line, column = data.draw(st.sampled_from(cuttable))
    cells = lines[line].split("\t")
    # A code stands with the first half of the name that it belongs to.
    amounts_first = column == 1 or data.draw(st.booleans())
    at = data.draw(st.integers(1, len(cells[column]) - 1))
    broken = damages.cut_name(text, line, column, at, amounts_first=amounts_first)
    reading = read_text(broken)
    assert reading.stated == Counter(expected_facts(spec))
    assert_accounted(reading)
    joined = [f for f in reading.facts(statement) if "continued_row" in (f["repairs"] or "")]
    amounts = [cell for cell in cells[column % 2 :] if _AMOUNT.match(cell)]
    if at > cells[column].find("、") + 1:  # else only the number of the line was cut off
        assert [fact["amount_text"] for fact in joined] == amounts


@few
@given(spec=specs(), renumbered=st.booleans())
def test_slipped_header_is_put_back(spec: DisclosureSpec, renumbered: bool) -> None:
    text = damages.slip_header(write(spec))
    reading = assert_reads(damages.renumber_titles(text, spec) if renumbered else text, spec)
    assert reading.statement("revenue_summary")["repairs"] == "header_shifted"
    for fact in reading.facts("revenue_summary"):
        is_moved = fact["fund"] == "unit_funds" or fact["component"] == "carryover"
        assert fact["repairs"] == ("header_shifted" if is_moved else None)


@few
@given(
    spec=specs(),
    spoil=st.sampled_from((damages.full_width_digits, damages.thousands, damages.space_numbers)),
)
def test_odd_digits_are_read(spec: DisclosureSpec, spoil: Callable[[str], str]) -> None:
    reading = assert_reads(spoil(write(spec)), spec)
    for fact in reading.rows.facts:
        is_spaced = " " in fact["amount_text"]
        assert ("digits_joined" in (fact["repairs"] or "")) == is_spaced


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-bom", "gb18030", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le"]
)
@settings(few, max_examples=2)
@given(spec=specs())
def test_encoding_and_line_ends_change_nothing(spec: DisclosureSpec, encoding: str) -> None:
    data = damages.encode(damages.windows_lines(write(spec)), encoding)
    assert read_bytes(data).stated == Counter(expected_facts(spec))


@few
@given(spec=specs(), data=st.data())
def test_statement_left_out_is_missing(spec: DisclosureSpec, data: st.DataObject) -> None:
    left_out = data.draw(st.sampled_from(spec.order))
    kept = tuple(statement for statement in spec.order if statement != left_out)
    spec = DisclosureSpec(**{**spec.__dict__, "order": kept})
    reading = assert_reads(write(spec), spec)
    assert reading.statement(left_out)["presence"] == "missing"


@settings(few, max_examples=20)
@given(spec=specs(), data=st.data())
def test_lost_column_is_named_and_harms_no_other(spec: DisclosureSpec, data: st.DataObject) -> None:
    text = write(spec)
    sheet = data.draw(st.sampled_from(sheets(spec)))
    column = data.draw(st.integers(0, len(sheet.header[0]) - 1))
    reading = read_text(damages.drop_column(text, spec, sheet.statement, column))
    assert_accounted(reading)
    row = reading.statement(sheet.statement)
    if row["presence"] == "missing":
        has_figures = any(fact.statement == sheet.statement for fact in expected_facts(spec))
        is_kept = any(aside["statement"] is None for aside in reading.rows.set_aside)
        assert is_kept or not has_figures
    else:
        assert row["missing_columns"]
    known = [fact for fact in reading.rows.facts if "code_unknown" not in (fact["repairs"] or "")]
    wrong = Counter(_without_counterpart(known)) - Counter(_expected_without_counterpart(spec))
    assert not wrong


def _without_counterpart(facts: list[dict[str, object]]) -> list[tuple[object, ...]]:
    fields = ("statement", "flow", "classification", "code", "fund", "component", "amount_yuan")
    return [tuple(fact[name] for name in fields) for fact in facts]


def _expected_without_counterpart(spec: DisclosureSpec) -> list[tuple[object, ...]]:
    return _without_counterpart([fact._asdict() for fact in expected_facts(spec)])


@few
@given(spec=specs(), data=st.data())
def test_lost_unit_sets_the_amounts_aside(spec: DisclosureSpec, data: st.DataObject) -> None:
    statement = data.draw(st.sampled_from(spec.order))
    text = damages.drop_line_above(write(spec), spec, statement, "unit")
    reading = assert_nothing_wrong(text, spec)
    assert reading.facts(statement) == []
    expected = sum(fact.statement == statement for fact in expected_facts(spec))
    reasons = [a["reason"] for a in reading.rows.set_aside if a["statement"] == statement]
    assert reasons.count("no unit of money is printed for the statement") == expected


@settings(few, max_examples=20)
@given(spec=specs(), data=st.data())
def test_lost_title_is_supplied_or_set_aside(spec: DisclosureSpec, data: st.DataObject) -> None:
    statement = data.draw(st.sampled_from(spec.order))
    text = damages.drop_line_above(write(spec), spec, statement, "title")
    reading = assert_nothing_wrong(text, spec)
    row = reading.statement(statement)
    if row["presence"] == "missing":
        reasons = {a["reason"] for a in reading.rows.set_aside if a["statement"] is None}
        assert not sheets(spec)[spec.order.index(statement)].has_figures or reasons
    else:
        assert row["repairs"] == "title_missing"
        assert reading.stated == Counter(expected_facts(spec))
