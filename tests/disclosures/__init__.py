"""Disclosures made to order: a specification, its text, the facts it must give, and damage."""

from disclosures.cells import Figure, Sheet
from disclosures.reading import Reading, read_bytes, read_text
from disclosures.sheets import ExpectedFact, expected_facts, sheets
from disclosures.spec import DisclosureSpec, Spending, basic, example, project
from disclosures.writing import write

__all__ = [
    "DisclosureSpec",
    "ExpectedFact",
    "Figure",
    "Reading",
    "Sheet",
    "Spending",
    "basic",
    "example",
    "expected_facts",
    "project",
    "read_bytes",
    "read_text",
    "sheets",
    "write",
]
