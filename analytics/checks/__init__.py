"""What must hold inside a disclosure, and what of it does: rules in, findings out.

A family of rules is one small module; a rule is one function with a declaration. The codes begin
with the family's letter.

| code | family | modules | what is compared |
| --- | --- | --- | --- |
| ``S-`` | structure | :mod:`~analytics.checks.structure`, :mod:`~analytics.checks.reading`, \
:mod:`~analytics.checks.recognised`, \
:mod:`~analytics.checks.titles` | \
statements expected and found; numbers printed and accounted for; what the reading left out |
| ``T-`` | inside a statement | :mod:`~analytics.checks.tables`, \
:mod:`~analytics.checks.levels`, :mod:`~analytics.checks.balances` | \
lines and their parents, columns and their row, both sides |
| ``X-`` | between statements | :mod:`~analytics.checks.between`, \
:mod:`~analytics.checks.appropriation`, :mod:`~analytics.checks.repeats`, \
:mod:`~analytics.checks.spending`, \
:mod:`~analytics.checks.codes` | the same money in two statements |
| ``N-`` | narrative | :mod:`~analytics.checks.narrative`, :mod:`~analytics.checks.changes`, \
:mod:`~analytics.checks.shares`, :mod:`~analytics.checks.rounding`, \
:mod:`~analytics.checks.counts`, :mod:`~analytics.checks.posts` | \
what sentences say, against the statements and among themselves |
| ``F-`` | performance forms | :mod:`~analytics.checks.forms`, :mod:`~analytics.checks.targets`, \
:mod:`~analytics.checks.form_entries`, :mod:`~analytics.checks.form_texts`, \
:mod:`~analytics.checks.headings`, \
:mod:`~analytics.checks.target_dates`, :mod:`~analytics.checks.text_amounts`, \
:mod:`~analytics.checks.text_contracts`, :mod:`~analytics.checks.text_dates`, \
:mod:`~analytics.checks.text_quantities` | \
forms and the list of projects, the two blocks of a form, its targets and their days |
| ``C-`` | unit costs | :mod:`~analytics.checks.unit_costs` | costs and quantities against money |
| ``T-``, ``N-`` | final accounts | :mod:`~analytics.checks.finals` | \
what was spent of what was budgeted |
| ``B-`` | between documents | :mod:`~analytics.checks.chain`, :mod:`~analytics.checks.outturn` | \
budget, final accounts and the year before, of one agency |

An answer is ``pass``, ``fail``, ``not_applicable`` (the statement is empty, the base is zero) or
``insufficient`` (the document does not print what the rule needs). The tolerance is the sum of the
half steps of everything printed that was compared, never a fixed amount or a percentage.

Each rule names the labels of the catalogue of checks that it covers; :data:`LEFT_OUT` says which
labels no rule covers yet, and why.

Examples:
    >>> from analytics.checks import explain, rules
    >>> sorted({code[0] for code in rules()})
    ['B', 'C', 'F', 'N', 'S', 'T', 'X']
"""

from analytics.checks import (
    appropriation,
    balances,
    between,
    chain,
    changes,
    codes,
    counts,
    finals,
    form_entries,
    form_texts,
    forms,
    headings,
    levels,
    narrative,
    outturn,
    posts,
    reading,
    recognised,
    repeats,
    rounding,
    shares,
    spending,
    structure,
    tables,
    target_dates,
    targets,
    text_amounts,
    text_contracts,
    text_dates,
    text_quantities,
    titles,
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
    titles,
    tables,
    levels,
    balances,
    between,
    appropriation,
    repeats,
    spending,
    narrative,
    changes,
    shares,
    rounding,
    counts,
    posts,
    forms,
    form_entries,
    form_texts,
    targets,
    headings,
    target_dates,
    text_amounts,
    text_contracts,
    text_dates,
    text_quantities,
    unit_costs,
    finals,
    codes,
    chain,
    outturn,
)
"""The modules whose import declares the rules."""

_TEXT = "needs amounts, dates or percentages read from the running text of the forms"

LEFT_OUT: dict[str, str] = {
    "X13": "soft: the bases of contributions are published nowhere, only their quotients",
    "X14": "carry-over by statement and fund; its total is covered by T-BALANCE and X-FISCAL-GAP",
    "F13": "needs the statutory ceilings of each kind of expense and year",
    "F15": _TEXT,
    "B5": "what was added and cut during a year is printed nowhere; adjusted budgets stand alone",
}
"""Labels of the catalogue that no rule covers yet, with the reason."""
