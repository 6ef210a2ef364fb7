"""One change at a time in a disclosure, and whether the checks see it.

What can be seen is worked out here from the forms of the statements, with arithmetic of its own:
an equation that holds in the unchanged document and no longer holds in the changed one. No part of
it asks a rule.
"""

from mutants.equations import Book, book_of
from mutants.plans import few, many, table
from mutants.rows import row_mutants
from mutants.terms import Ref
from mutants.texts import text_mutants
from mutants.trial import Mutant, Tally, Verdict, tally, try_mutants

__all__ = [
    "Book",
    "Mutant",
    "Ref",
    "Tally",
    "Verdict",
    "book_of",
    "few",
    "many",
    "row_mutants",
    "table",
    "tally",
    "text_mutants",
    "try_mutants",
]
