"""Lines of the functional classification that a sentence calls by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.reference import codes_by_name, functional_code_by_name
from analytics.schema.vocabularies import Classification
from analytics.statements.narrative.wordings import BOUNDARY

__all__ = ["FunctionMention", "class_in_heading", "find_functions"]

_NAME = r"(?:[\u4e00-\u9fff、]|\((?![类款项]\))[\u4e00-\u9fff]{1,4}\)){2,40}"
_MARKED = re.compile(
    rf"(?:(?P<class_>{_NAME})\(类\)(?:支出)?)?(?:(?P<group>{_NAME})\(款\)(?:支出)?)?"
    rf"(?:(?P<item>{_NAME})\(项\)(?:支出)?)?"
)
_CODED = re.compile(rf"(?P<name>{_NAME})\((?P<code>\d{{3}}(?:\d{{2}}){{0,2}})\)")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,20}?支出")


@dataclass(frozen=True, slots=True)
class FunctionMention:
    """A functional line named in a text.

    Args:
        start: Offset of the first character of its name.
        end: Offset behind its name.
        code: Its code; ``None`` where no code or several fit the name.
        is_printed: Whether the text prints the code itself.
    """

    start: int
    end: int
    code: str | None
    is_printed: bool = False


def find_functions(
    text: str, year: int, class_code: str | None = None
) -> Iterator[FunctionMention]:
    """The functional lines a text names: with codes, with （类）（款）（项）, or classes by name.

    Args:
        text: Squeezed text.
        year: Fiscal year, since names and codes change.
        class_code: Class or group named above, for items that do not repeat it.

    Examples:
        >>> [m.code for m in find_functions("某局教育支出", 2024)]
        ['205']
        >>> [m.code for m in find_functions("其他教育支出", 2024)]
        []
        >>> [m.code for m in find_functions("其他教育支出(2059999)", 2024)]
        ['2059999']
        >>> [m.code for m in find_functions("住房保障支出(类)住房改革支出(款)住房公积金(项)", 2024)]
        ['2210201']
    """
    for match in _CODED.finditer(text):
        yield FunctionMention(match.start(), match.end(), match["code"], is_printed=True)
    marked_to = 0
    for match in _MARKED.finditer(text):
        if match.group():
            marked_to = match.end()
            yield _marked(match, year, class_code)
    for match in _PLAIN.finditer(text, marked_to):
        name = match.group()
        for cut in range(len(name) - 3):
            start = match.start() + cut
            if start > 0 and text[start - 1] not in BOUNDARY and text[start - 2 : start] != "支出":
                continue
            code = functional_code_by_name(name[cut:], year)
            if code is not None:
                yield FunctionMention(start, match.end(), code)
                break


def class_in_heading(headings: tuple[str, ...], year: int) -> str | None:
    """The class code that the nearest heading with （类） names; ``None`` if none does."""
    for heading in reversed(headings):
        folded = heading.replace("（", "(").replace("）", ")")
        for mention in find_functions(folded, year):
            if mention.code is not None and "(类)" in folded:
                return mention.code[:3]
    return None


def _marked(match: re.Match[str], year: int, class_code: str | None) -> FunctionMention:
    code: str | None = class_code or ""
    start: int | None = None
    for level, part in (("类", "class_"), ("款", "group"), ("项", "item")):
        if match[part] is None:
            continue
        above = {"类": "", "款": (code or "")[:3]}.get(level, code or "")
        name, code = match[part], None
        for cut in range(len(name) - 1):
            codes = _codes(name[cut:], level, year, above)
            if codes:
                code = codes.pop() if len(codes) == 1 else None
                start = match.start(part) + cut if start is None else start
                break
        if code is None:
            break
    return FunctionMention(match.start() if start is None else start, match.end(), code or None)


def _codes(name: str, level: str, year: int, above: str) -> set[str]:
    """Codes of a name at a level; classes are often printed without their last word 支出."""
    found = set()
    for spelled in (name, name + "支出"):
        entries = codes_by_name(Classification.FUNCTION, spelled, year, level=level)
        found |= {entry.code for entry in entries if entry.code.startswith(above)}
    return found
