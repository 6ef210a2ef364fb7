"""Disclosures made to order: a specification, its text, the facts it must give, and damage."""

from disclosures.cells import Figure, Sheet
from disclosures.pages import as_pdf
from disclosures.paper import Paper
from disclosures.reading import Reading, read_bytes, read_text
from disclosures.sheets import ExpectedFact, expected_facts, sheets
from disclosures.spec import DisclosureSpec, Spending, basic, example, project
from disclosures.writing import write

__all__ = [
    "DisclosureSpec",
    "ExpectedFact",
    "Figure",
    "Paper",
    "Reading",
    "Sheet",
    "Spending",
    "as_pdf",
    "basic",
    "example",
    "expected_facts",
    "project",
    "read_bytes",
    "read_text",
    "sheets",
    "write",
]
