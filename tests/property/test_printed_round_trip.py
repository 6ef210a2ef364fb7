"""A generated disclosure, printed as a PDF file and read back, gives the facts it was made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from disclosures import (
    DisclosureSpec,
    Paper,
    Reading,
    as_pdf,
    example,
    expected_facts,
    read_bytes,
    read_text,
    write,
)
from disclosures.lists import STATEMENTS
from disclosures.strategies import papers, specs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

# A disclosure is large: shrinking a failure takes minutes and makes it no easier to read.
few = settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
many = settings(few, max_examples=400)


@st.composite
def mixed_specs(draw: st.DrawFn) -> DisclosureSpec:
    """Disclosures in which some statements are printed in another unit than the rest."""
    statements = draw(st.sets(st.sampled_from(STATEMENTS), max_size=4))
    return replace(draw(specs()), in_yuan=tuple(sorted(statements)))


def assert_same_facts(spec: DisclosureSpec, paper: Paper) -> Reading:
    reading = read_bytes(as_pdf(spec, paper), "pdf")
    expected = Counter(expected_facts(spec))
    assert (reading.stated - expected, expected - reading.stated) == (Counter(), Counter())
    return reading


def test_text_and_page_say_the_same() -> None:
    spec = example()
    read, known = assert_same_facts(spec, Paper()), read_text(write(spec))
    assert read.stated == known.stated
    assert read.identity == known.identity
    assert [r["title"] for r in read.rows.statements] == [r["title"] for r in known.rows.statements]


@few
@given(spec=mixed_specs(), paper=papers())
def test_ruled_tables_give_their_facts(spec: DisclosureSpec, paper: Paper) -> None:
    assert_same_facts(spec, paper)


@pytest.mark.slow
@many
@given(spec=mixed_specs(), paper=papers())
def test_any_ruled_tables_give_their_facts(spec: DisclosureSpec, paper: Paper) -> None:
    identity = assert_same_facts(spec, paper).identity
    assert (identity.agency_name, identity.fiscal_year, identity.stage, identity.scope) == (
        spec.agency,
        spec.year,
        spec.stage,
        spec.scope,
    )


UNRULED = ("across", "three", "none")


@pytest.mark.parametrize("rules", UNRULED)
def test_disclosure_without_vertical_rules_gives_its_facts(rules: str) -> None:
    assert_same_facts(example(), Paper(rules=rules, size="A3"))


@few
@given(spec=specs(), paper=papers(UNRULED))
def test_tables_without_vertical_rules_give_no_other_facts(
    spec: DisclosureSpec, paper: Paper
) -> None:
    stated = read_bytes(as_pdf(spec, paper), "pdf").stated
    assert stated - Counter(expected_facts(spec)) == Counter()


@pytest.mark.slow
@settings(many, max_examples=200)
@given(spec=specs(), paper=papers(UNRULED))
def test_any_tables_without_vertical_rules_give_no_other_facts(
    spec: DisclosureSpec, paper: Paper
) -> None:
    stated = read_bytes(as_pdf(spec, paper), "pdf").stated
    assert stated - Counter(expected_facts(spec)) == Counter()
