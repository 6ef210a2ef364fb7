"""Lines of the functional classification that a sentence calls by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.reference import functional_code_by_name
from analytics.schema.vocabularies import Repair
from analytics.statements.narrative.names import FunctionNames
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
        repair: How the code was found; ``None`` where the text prints it.
    """

    start: int
    end: int
    code: str | None
    repair: Repair | None = None


def find_functions(
    text: str, names: FunctionNames, class_code: str | None = None
) -> Iterator[FunctionMention]:
    """The functional lines a text names: with codes, with （类）（款）（项）, or classes by name.

    Args:
        text: Squeezed text.
        names: What functional lines are called.
        class_code: Class or group named above, for items that do not repeat it.

    Examples:
        >>> names = FunctionNames(2024)
        >>> [m.code for m in find_functions("某局教育支出", names)]
        ['205']
        >>> [m.code for m in find_functions("其他教育支出", names)]
        []
        >>> [m.code for m in find_functions("其他教育支出(2059999)", names)]
        ['2059999']
        >>> [m.code for m in find_functions("住房保障支出(类)住房改革支出(款)住房公积金(项)", names)]
        ['2210201']
    """
    # Most texts have no brackets, and to find no name before any takes long.
    has_brackets = "(" in text
    for match in _CODED.finditer(text) if has_brackets else ():
        yield FunctionMention(match.start(), match.end(), match["code"])
    marked_to = 0
    for match in _MARKED.finditer(text) if has_brackets else ():
        if match.group():
            marked_to = match.end()
            yield _marked(match, names, class_code)
    for match in _PLAIN.finditer(text, marked_to):
        name = match.group()
        for cut in range(len(name) - 3):
            start = match.start() + cut
            if start > 0 and text[start - 1] not in BOUNDARY and text[start - 2 : start] != "支出":
                continue
            code = functional_code_by_name(name[cut:], names.year)
            if code is not None:
                yield FunctionMention(start, match.end(), code, Repair.CODE_BY_NAME)
                break


def class_in_heading(headings: tuple[str, ...], names: FunctionNames) -> str | None:
    """The class code that the nearest heading with （类） names; ``None`` if none does."""
    for heading in reversed(headings):
        folded = heading.replace("（", "(").replace("）", ")")
        for mention in find_functions(folded, names):
            if mention.code is not None and "(类)" in folded:
                return mention.code[:3]
    return None


def _marked(match: re.Match[str], names: FunctionNames, class_code: str | None) -> FunctionMention:
    """Follow a name down its levels; one that no code fits may still be all but a printed name."""
    code: str | None = class_code or ""
    start: int | None = None
    repair = Repair.CODE_BY_NAME
    for level, part in (("类", "class_"), ("款", "group"), ("项", "item")):
        name = match[part]
        if name is None:
            continue
        above = {"类": "", "款": (code or "")[:3]}.get(level, code or "")
        cut, codes = _longest(name, level, above, names)
        code = next(iter(codes)) if len(codes) == 1 else None
        if not codes:
            code = names.similar(name, level, above)
            repair = Repair.CODE_BY_LIKENESS
        if code is None:
            break
        start = match.start(part) + cut if start is None else start
    begin = match.start() if start is None else start
    return FunctionMention(
        begin, match.end(), code or None, repair if code else Repair.CODE_UNKNOWN
    )


def _longest(name: str, level: str, above: str, names: FunctionNames) -> tuple[int, frozenset[str]]:
    """The longest end of the name that is one, behind whatever stands before it; and its codes."""
    for cut in range(len(name) - 1):
        codes = names.codes(name[cut:], level, above)
        if codes:
            return cut, codes
    return 0, frozenset()
