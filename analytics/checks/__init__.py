"""What must hold inside a disclosure, and what of it does: rules in, findings out.

A family of rules is one small module; a rule is one function with a declaration. The codes begin
with the family's letter.

| code | family | modules | what is compared |
| --- | --- | --- | --- |
| ``S-`` | structure | :mod:`~analytics.checks.structure`, :mod:`~analytics.checks.reading`, \
:mod:`~analytics.checks.recognised` | \
statements expected and found; numbers printed and accounted for; what the reading left out |
| ``T-`` | inside a statement | :mod:`~analytics.checks.tables`, \
:mod:`~analytics.checks.balances` | lines and their parents, columns and their row, both sides |
| ``X-`` | between statements | :mod:`~analytics.checks.between`, \
:mod:`~analytics.checks.spending` | the same money in two statements |
| ``N-`` | narrative | :mod:`~analytics.checks.narrative`, :mod:`~analytics.checks.changes`, \
:mod:`~analytics.checks.shares`, :mod:`~analytics.checks.counts`, :mod:`~analytics.checks.posts` | \
what sentences say, against the statements and among themselves |
| ``F-`` | performance forms | :mod:`~analytics.checks.forms`, :mod:`~analytics.checks.targets` | \
forms and the list of projects, the two blocks of a form, its targets |
| ``C-`` | unit costs | :mod:`~analytics.checks.unit_costs` | costs and quantities against money |

An answer is ``pass``, ``fail``, ``not_applicable`` (the statement is empty, the base is zero) or
``insufficient`` (the document does not print what the rule needs). The tolerance is the sum of the
half steps of everything printed that was compared, never a fixed amount or a percentage.

Each rule names the labels of the catalogue of checks that it covers; :data:`LEFT_OUT` says which
labels no rule covers yet, and why.

Examples:
    >>> from analytics.checks import explain, rules
    >>> sorted({code[0] for code in rules()})
    ['C', 'F', 'N', 'S', 'T', 'X']
"""

from analytics.checks import (
    balances,
    between,
    changes,
    counts,
    forms,
    narrative,
    posts,
    reading,
    recognised,
    shares,
    spending,
    structure,
    tables,
    targets,
    unit_costs,
)
from analytics.checks.engine import run_checks
from analytics.checks.registry import CanonicalTables, Family, Rule, explain, rules

__all__ = [
    "FAMILIES",
    "LEFT_OUT",
    "CanonicalTables",
    "Family",
    "Rule",
    "explain",
    "rules",
    "run_checks",
]

FAMILIES = (
    structure,
    reading,
    recognised,
    tables,
    balances,
    between,
    spending,
    narrative,
    changes,
    shares,
    counts,
    posts,
    forms,
    targets,
    unit_costs,
)
"""The modules whose import declares the rules."""

_REFERENCE = "needs the dated dictionaries of codes"
_TEXT = "needs amounts, dates or percentages read from the running text of the forms"
_FINAL = "final accounts are not read into statements yet"
_PAIR = "compares two documents; every rule here reads one"

LEFT_OUT: dict[str, str] = {
    "X12": _REFERENCE,
    "X13": "soft: the bases of contributions are published nowhere, only their quotients",
    "X14": "carry-over by statement and fund; its total is covered by T-BALANCE and X-FISCAL-GAP",
    "X15": _REFERENCE,
    "F6": _TEXT,
    "F9": _TEXT,
    "F10": _TEXT,
    "F12": "soft: which output a cost belongs to is known only where the form pairs them",
    "F13": "needs the statutory ceilings of each kind of expense and year",
    "F14": _TEXT,
    "F15": _TEXT,
    "F16": "needs the number of people a form speaks of, told apart from other quantities",
    "F17": "the day of publication is not printed",
    **dict.fromkeys([f"D{number}" for number in range(1, 10)], _FINAL),
    **dict.fromkeys([f"B{number}" for number in range(1, 9)], _PAIR),
}
"""Labels of the catalogue that no rule covers yet, with the reason."""
