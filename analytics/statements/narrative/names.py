"""The names of functional lines: of the dictionary, and as the document's own tables print them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from analytics.documents.model import Block, Table
from analytics.reference import codes_by_name
from analytics.schema.vocabularies import Classification
from analytics.statements.wording import clean_name

__all__ = ["FunctionNames"]

_CODE = re.compile(r"^2\d{2}(?:\d{2}){0,2}$")
_LENGTHS = {"类": 3, "款": 5, "项": 7}
_ALIKE, _BEGINNING = 0.85, 6


@dataclass(frozen=True, slots=True)
class FunctionNames:
    """What the functional lines of one document are called.

    Args:
        year: Fiscal year, since names and codes change.
        printed: Codes by name, as the tables of the document print them.
    """

    year: int
    printed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: Sequence[Block], year: int) -> FunctionNames:
        r"""The names of a year, with those that the tables of a document print beside a code.

        Examples:
            >>> from analytics.documents.text import read_text_blocks
            >>> blocks = read_text_blocks("2040499\t其他检察支出\t3.00\n")
            >>> FunctionNames.of(blocks, 2024).printed
            {'其他检察支出': frozenset({'2040499'})}
        """
        found: dict[str, set[str]] = defaultdict(set)
        for code, name in _printed_pairs(blocks):
            found[name].add(code)
        return cls(year, {name: frozenset(codes) for name, codes in found.items()})

    def codes(self, name: str, level: str, above: str) -> frozenset[str]:
        """Codes of a name at a level, under a code above; one alone if the document prints one.

        Classes are often printed without their last word 支出.

        Args:
            name: Name as a sentence prints it.
            level: 类, 款 or 项.
            above: Code that the line stands under; empty for none.
        """
        known: set[str] = set()
        own: set[str] = set()
        for spelled in (_key(name), _key(name) + "支出"):
            entries = codes_by_name(Classification.FUNCTION, spelled, self.year, level=level)
            known |= {entry.code for entry in entries if entry.code.startswith(above)}
            own |= self._fitting(spelled, level, above)
        return frozenset(own if len(own) == 1 else own | known)

    def similar(self, name: str, level: str, above: str) -> str | None:
        """The one code whose printed name is all but the same; ``None`` without or with several.

        A name is all but the same where a letter or two differ, where two words change places, and
        where its last words are left out.

        Args:
            name: Name as a sentence prints it.
            level: 类, 款 or 项.
            above: Code that the line stands under; nothing is compared without one.
        """
        key = _key(name)
        alike = {
            code
            for other in self.printed
            for code in self._fitting(other, level, above)
            if above and _is_alike(key, other)
        }
        return alike.pop() if len(alike) == 1 else None

    def _fitting(self, name: str, level: str, above: str) -> set[str]:
        codes = self.printed.get(_key(name), frozenset())
        return {code for code in codes if code.startswith(above) and len(code) == _LENGTHS[level]}


def _printed_pairs(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Codes with the name in the next cell that is not empty."""
    for table in blocks:
        if not isinstance(table, Table):
            continue
        for row in table.rows:
            cells = [cell.strip() for cell in row.cells if cell.strip()]
            for code, name in pairwise(cells):
                if _CODE.match(code) and re.match(r"[\u4e00-\u9fff“]", name):
                    yield code, _key(name)


def _key(name: str) -> str:
    return clean_name(name).replace("其它", "其他")


def _is_alike(first: str, second: str) -> bool:
    return (
        sorted(first) == sorted(second)
        or (len(first) >= _BEGINNING and second.startswith(first))
        or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
    )
