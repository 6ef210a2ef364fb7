"""Which documents are editions of each other, and which of them is the current one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Edition", "File", "number_editions"]


@dataclass(frozen=True, slots=True)
class File:
    """One file of a disclosure.

    Args:
        document_id: The document.
        arrival: Its number in order of first arrival.
        statements: The statements it holds, with or without figures.
    """

    document_id: str
    arrival: int
    statements: frozenset[str]

    def replaces(self, other: File) -> bool:
        """Whether both state the same thing, so that only the later one can be current."""
        if self.statements or other.statements:
            return not self.statements.isdisjoint(other.statements)
        return True


@dataclass(frozen=True, slots=True)
class Edition:
    """Place of a document among the editions of its disclosure."""

    number: int
    is_current: bool


def number_editions(files: Iterable[File]) -> dict[str, Edition]:
    """Number the files of one disclosure: same agency, fiscal year, stage and scope.

    A file that holds a statement of an earlier file is a new edition of it. Files without a
    statement in common are parts of one disclosure and stand beside each other; so do a file
    with statements and one without. Two files without any statement are editions.

    Args:
        files: All files of the disclosure, in any order.

    Returns:
        The edition of each document. A file's number is one more than the highest number among
        the earlier files it replaces, 1 if there are none; it is current until it is replaced.

    Examples:
        >>> first = File("first", 1, frozenset({"budget_summary", "revenue_summary"}))
        >>> annex = File("annex", 2, frozenset({"performance_form"}))
        >>> corrected = File("corrected", 3, frozenset({"budget_summary"}))
        >>> editions = number_editions([corrected, annex, first])
        >>> [(name, editions[name].number, editions[name].is_current) for name in sorted(editions)]
        [('annex', 1, True), ('corrected', 2, True), ('first', 1, False)]
    """
    earlier: list[File] = []
    editions: dict[str, Edition] = {}
    for file in sorted(files, key=lambda file: file.arrival):
        replaced = [other.document_id for other in earlier if file.replaces(other)]
        number = 1 + max((editions[document].number for document in replaced), default=0)
        for document in replaced:
            editions[document] = Edition(editions[document].number, is_current=False)
        editions[file.document_id] = Edition(number, is_current=True)
        earlier.append(file)
    return editions
