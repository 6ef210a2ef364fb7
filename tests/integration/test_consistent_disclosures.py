"""A disclosure whose figures agree by construction passes every check; one digit off does not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from disclosures import DisclosureSpec, example, sheets, write
from disclosures.damage import table_lines
from disclosures.strategies import specs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analytics.checks import run_checks
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure

few = settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def failures(text: str) -> pl.DataFrame:
    """The failing findings of a disclosure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "disclosure.txt")
        path.write_text(text, encoding="utf-8")
        tables = build_tables(read_disclosure(path))
    found = run_checks(tables).filter(pl.col("outcome") == "fail")
    return found.select("rule", "statement", "subject", "printed_text", "computed_text", "line")


@few
@given(spec=specs())
def test_figures_that_agree_pass_every_check(spec: DisclosureSpec) -> None:
    assert failures(write(spec)).rows() == []


@few
@given(data=st.data())
def test_one_wrong_digit_is_found_where_it_stands(data: st.DataObject) -> None:
    spec = example()
    lines = write(spec).split("\n")
    tables = table_lines("\n".join(lines), spec)
    statement = data.draw(st.sampled_from(("revenue_summary", "expenditure_summary")))
    header = len(next(s.header for s in sheets(spec) if s.statement == statement))
    row = data.draw(st.sampled_from(tables[statement][header:]))
    cells = lines[row].split("\t")
    # The third cell is the total of its line: raising it by one breaks every sum it is part of.
    cells[2] = f"{float(cells[2]) + 1:.2f}"
    lines[row] = "\t".join(cells)
    found = failures("\n".join(lines))
    assert statement in found["statement"].to_list()
    assert row + 1 in found["line"].to_list()
