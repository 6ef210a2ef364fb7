"""Nested lists: levels side by side, each printed once above the lines that stand below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.statements.wording import project_key

__all__ = ["NestedLine", "nest"]


@dataclass(frozen=True, slots=True)
class NestedLine:
    """One line of a nested list.

    Args:
        code: The levels that stand for it, from the outermost, joined by ``/``; a second line of
            the same levels ends in ``#2``.
        name: What its row prints, joined by ``/``.
        parent_code: Code of the nearest line above that it is part of; ``None`` at the top.
        is_parent: Whether the line after it is part of it.
    """

    code: str
    name: str
    parent_code: str | None
    is_parent: bool


def nest(
    rows: Sequence[Sequence[str]], code_of: Callable[[str], str | None]
) -> tuple[NestedLine | None, ...]:
    """Read the levels of a list, row by row.

    A row names the levels that change; those to the left of them are kept from the rows above. A
    line is part of the nearest line above whose levels all stand for it too. Where a row names
    nothing but the innermost level, its name begins with the level before it.

    Args:
        rows: The cells of the levels, from the outermost; blank where a row does not name one.
        code_of: The code of a name of the outermost level; ``None`` where it has none.

    Returns:
        A line for each row; ``None`` for a row without a name.

    Examples:
        >>> rows = [("货物", ""), ("", "桌椅"), ("", "书架"), ("服务", "")]
        >>> lines = nest(rows, {"货物": "goods"}.get)
        >>> [(line.code, line.parent_code, line.is_parent) for line in lines]
        [('goods', None, True), ('goods/桌椅', 'goods', False), ('goods/书架', 'goods', False), \
('服务', None, False)]
    """
    path: tuple[str, ...] = ()
    printed: dict[tuple[str, ...], str] = {}
    seen: Counter[str] = Counter()
    lines: list[NestedLine | None] = []
    for row, goes_deeper in zip(rows, _goes_deeper(rows), strict=True):
        named = _named(row)
        if not named:
            lines.append(None)
            continue
        first, last = named[0], named[-1]
        kept = (*path, *[""] * first)[:first]
        path = (*kept, *row[first : last + 1])
        outer = code_of(path[0]) or path[0]
        code = "/".join(project_key(part) for part in (outer, *path[1:]) if part)
        seen[code] += 1
        if seen[code] > 1:
            code = f"{code}#{seen[code]}"
        above = (printed.get(path[:length]) for length in reversed(range(len(path))))
        parent = next(filter(None, above), None)
        printed[path] = code
        is_innermost = first == len(row) - 1 and first > 0
        own = path[first - 1 :] if is_innermost else path[first:]
        lines.append(NestedLine(code, "/".join(filter(None, own)), parent, goes_deeper))
    return tuple(lines)


def _named(row: Sequence[str]) -> list[int]:
    return [depth for depth, text in enumerate(row) if text]


def _goes_deeper(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Whether the row after each one stands below it."""
    named = [_named(row) for row in rows]
    deeper = [bool(one and two) and two[0] > one[-1] for one, two in pairwise(named)]
    return [*deeper, *[False] * (len(rows) - len(deeper))]
