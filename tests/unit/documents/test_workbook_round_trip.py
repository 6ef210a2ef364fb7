"""A disclosure as a workbook, a Word file or a page gives the facts that its text gives."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from disclosures import DisclosureSpec, example, expected_facts, write
from disclosures.reading import stated
from disclosures.strategies import specs
from hypothesis import Phase, given, settings
from office_files import WRITERS

from analytics.facts.statements import build_statement_facts
from analytics.statements.disclosure import Disclosure, read_disclosure
from analytics.statements.performance import PerformanceForm

few = settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def read_as(kind: str, text: str) -> Disclosure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"disclosure.{kind}")
        path.write_bytes(text.encode() if kind == "txt" else WRITERS[kind](text))
        return read_disclosure(path)


def facts(disclosure: Disclosure) -> Counter[object]:
    rows = build_statement_facts(
        disclosure.statements,
        disclosure.stray,
        document_id=disclosure.document.document_id,
        identity=disclosure.identity,
    )
    return Counter(stated(fact) for fact in rows.facts)


def form_content(form: PerformanceForm) -> tuple[object, ...]:
    """What a project form says, apart from where it stands."""
    names = [indicator.name for indicator in form.indicators]
    return (form.name, form.kind, form.period, form.money_unit, form.numeric_cell_count, names)


@pytest.mark.parametrize("kind", WRITERS)
def test_everything_is_read_as_from_text(kind: str) -> None:
    text = write(example())
    found, known = read_as(kind, text), read_as("txt", text)
    assert facts(found) == Counter(expected_facts(example()))
    assert found.identity == known.identity
    assert [c.sentence for c in found.narrative.claims] == [
        c.sentence for c in known.narrative.claims
    ]
    assert [form_content(f) for f in found.forms] == [form_content(f) for f in known.forms]
    assert found.document.reader == kind


@pytest.mark.parametrize("kind", WRITERS)
@few
@given(spec=specs())
def test_any_disclosure_comes_back(kind: str, spec: DisclosureSpec) -> None:
    assert facts(read_as(kind, write(spec))) == Counter(expected_facts(spec))
