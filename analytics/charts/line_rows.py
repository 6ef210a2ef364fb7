"""What charts of lines over years share: which rows are one line, its label, its place, its marks.

A line keeps its place over the years although its name, its parent or the code it is compared
with change; what stands between two years of it is marked with a number, and the small print says
in the words of the vocabulary what the number means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analytics.charts.frames import Row, one_value
from analytics.charts.labels import Lang, unique, word
from analytics.schema.link_vocabularies import Confidence
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Comparability,
    Component,
    Flow,
    Fund,
    LineCode,
    Scope,
    Stage,
    Statement,
    Status,
    ThreePublic,
    ValueKind,
    Vocabulary,
)

__all__ = [
    "CHANGE_COLUMNS",
    "Heading",
    "Line",
    "break_marks",
    "circled",
    "codes_in",
    "dashed_note",
    "heading_of",
    "hollow_note",
    "is_break",
    "is_compared",
    "lines_of",
    "mark_of",
    "marks_notes",
]

CHANGE_COLUMNS = (
    "agency_id",
    "fiscal_year",
    "prior_year",
    "stage",
    "scope",
    "statement",
    "flow",
    "classification",
    "code",
    "counterpart_code",
    "fund",
    "component",
    "carryover_basis",
    "name",
    "parent_code",
    "code_prior",
    "name_prior",
    "amount_prior_yuan",
    "amount_yuan",
    "change_yuan",
    "growth_share",
    "status",
    "comparability",
    "link_confidence",
    "value_kind",
    "value_kind_prior",
)
"""What charts over years take of :class:`~analytics.schema.results.Changes`."""

_KEY = ("code", "counterpart_code", "fund", "component")
_QUALIFIERS = ("carryover_basis", "parent_code", "name", "code_prior")
_TOLD_APART: tuple[tuple[str, type[Vocabulary] | None], ...] = (
    ("counterpart_code", None),
    ("fund", Fund),
    ("component", Component),
    ("carryover_basis", CarryoverBasis),
)
_WORDS = {
    str(code): place
    for place, code in enumerate(dict.fromkeys(map(str, [*LineCode, *ThreePublic])))
}
_NO_FIGURE = (Comparability.NO_PRIOR, Comparability.NO_CURRENT)
# These say something about a figure, not about what the line means in the two years.
_OF_FIGURES = (Comparability.COMPARABLE, Comparability.PRIOR_IMPLIED, Comparability.SOURCES_DIFFER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its rows, the earliest first."""

    label: str
    """Code and name as last printed, and what tells it from lines of the same code."""
    code: str
    depth: int
    """How many lines that are shown stand above it."""
    parent: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What all rows of a chart have in common, in words."""

    agency: str
    money: str | None
    statement: str
    stage: str
    source: str


def heading_of(rows: list[Row], lang: Lang, *, what: str) -> Heading:
    """The agency, the statement and the stage that the rows are of.

    Raises:
        InputError: The rows are of several agencies, stages, scopes, statements, flows or
            classifications; the message lists them.
    """
    agency = one_value(rows, "agency_id", what=what)
    scope = word(Scope, one_value(rows, "scope", what=what), lang)
    statement = one_value(rows, "statement", what=what)
    flow = one_value(rows, "flow", what=what)
    one_value(rows, "classification", what=what)
    title = word(Statement, statement, lang)
    if word(Flow, flow, "zh") not in word(Statement, statement, "zh"):
        title += _in_brackets(word(Flow, flow, lang), lang)
    parts = {row["component"] for row in rows}
    if len(parts) == 1 and (part := parts.pop()) != Component.TOTAL:
        title += _in_brackets(word(Component, part, lang), lang)
    stage = _stage(rows, lang, what=what)
    return Heading(
        agency=agency + _in_brackets(scope, lang),
        money=_money(rows, lang),
        statement=title,
        stage=stage,
        source=f"来源：各年{stage}公开文件"
        if lang == "zh"
        else f"source: published {stage} documents",
    )


def _in_brackets(text: str, lang: Lang) -> str:
    return f"（{text}）" if lang == "zh" else f" ({text})"


def _money(rows: list[Row], lang: Lang) -> str | None:
    """Which money the figures are of, as far as it is the same in all."""
    words = []
    for column, vocabulary in (("fund", Fund), ("carryover_basis", CarryoverBasis)):
        values = {row[column] for row in rows}
        if len(values) == 1:
            words.append(word(vocabulary, values.pop(), lang))
    return ("，" if lang == "zh" else ", ").join(words) or None


def _stage(rows: list[Row], lang: Lang, *, what: str) -> str:
    """The stage that the rows are of; a result that has budget and final beside it has none."""
    if "stage" in rows[0]:
        return word(Stage, one_value(rows, "stage", what=what), lang)
    joined = "、" if lang == "zh" else ", "
    return joined.join(word(Stage, stage, lang) for stage in (Stage.BUDGET, Stage.FINAL))


def lines_of(rows: Iterable[Row], lang: Lang) -> list[Line]:
    """Group rows into lines, sorted by code, each below the line it is a part of.

    Rows are of one line when code, counterpart, fund and component agree. Where one year has
    several such rows, they are told apart by carry-over, parent, name and prior code. The parent
    that counts is the last one known.
    """
    rows = sorted(rows, key=lambda row: row["fiscal_year"])
    counts = Counter((row["fiscal_year"], _base(row)) for row in rows)
    several = {key for (_, key), count in counts.items() if count > 1}
    grouped: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = _base(row)
        if key in several:
            key += tuple(str(row.get(name) or "") for name in _QUALIFIERS)
        grouped.setdefault(key, []).append(row)
    last = {key: same[-1] for key, same in grouped.items()}
    path = _paths(rows)
    ordered = sorted(
        grouped,
        key=lambda key: (_ranks(path(key[0])), _component(last[key]), last[key]["fund"], key),
    )
    # A part such as 基本支出 stands below the whole line, which has the same code.
    depths = [len(path(key[0])) + (_component(last[key]) > 0) for key in ordered]
    labels = _labels([last[key] for key in ordered], lang)
    return [
        Line(
            label=label,
            code=key[0],
            depth=depth - min(depths),
            parent=last[key]["parent_code"],
            rows=tuple(grouped[key]),
        )
        for key, label, depth in zip(ordered, labels, depths, strict=True)
    ]


def _base(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in _KEY)


def _named(row: Row) -> str:
    """Code and name; a code that is a word of ours is not printed anywhere and is left out."""
    return f"{row['code']} {row['name']}" if row["code"][:1].isdigit() else str(row["name"])


def _component(row: Row) -> int:
    return list(map(str, Component)).index(row["component"])


def _ranks(path: list[str]) -> list[tuple[int, str, bool]]:
    """Balances first, then codes; a union stands before the first of its codes, with its parts."""
    ranks = []
    for place, code in enumerate(path, 1):
        head = codes_in(code)[0]
        is_union = head != code and place == len(path)
        ranks.append((_WORDS.get(head, len(_WORDS)), head, not is_union))
    return ranks


def _paths(rows: list[Row]) -> Callable[[str], list[str]]:
    """Find the codes above a code, outermost first, as far as they are lines themselves."""
    parents = {row["code"]: row["parent_code"] for row in rows}

    def above(code: str) -> str | None:
        parts = [part for part in codes_in(parents[code]) if code.startswith(part)]
        found = [*parts, parents[code]]
        return next((parent for parent in found if parent in parents), None)

    def path(code: str) -> list[str]:
        found = [code]
        while (parent := above(found[-1])) is not None and parent not in found:
            found.append(parent)
        return found[::-1]

    return path


def _labels(rows: list[Row], lang: Lang) -> list[str]:
    """Code and name; where that is the same for several lines, also what tells them apart."""
    names = [_named(row) for row in rows]
    labels = []
    for name, row in zip(names, rows, strict=True):
        alike = [other for label, other in zip(names, rows, strict=True) if label == name]
        words = [
            str(row[column]) if vocabulary is None else word(vocabulary, row[column], lang)
            for column, vocabulary in _TOLD_APART
            if len({other[column] for other in alike}) > 1 and row[column] is not None
        ]
        joined = "、".join(words) if lang == "zh" else ", ".join(words)
        labels.append(name + _in_brackets(joined, lang) if words else name)
    return unique(labels)


def codes_in(code: str | None) -> list[str]:
    """The codes that are compared together, of a code as ``changes`` writes a union.

    Examples:
        >>> codes_in("30114+30307"), codes_in("301"), codes_in(None)
        (['30114', '30307'], ['301'], [])
    """
    return [] if code is None else code.split("+")


def is_break(comparability: str) -> bool:
    """Whether the line means something else in the two years, or may."""
    return comparability not in _OF_FIGURES and comparability not in _NO_FIGURE


def is_compared(row: Row) -> bool:
    """Whether the two figures of a row may be put beside each other at all."""
    is_known: bool = row["status"] != Status.UNKNOWN
    return is_known


Marks = dict[tuple[str, str | None], str]
"""A number for each thing that stands between two years, with the confidence of a link."""


def _matter(row: Row) -> tuple[str, str | None]:
    return row["comparability"], row["link_confidence"]


def break_marks(rows: Iterable[Row], *, hollow: bool = False) -> Marks:
    """Number what stands between the years of some rows, in the order of the vocabulary.

    Args:
        rows: The rows that are drawn.
        hollow: Whether the chart draws implied figures as hollow points, which says enough.
    """
    found = {_matter(row) for row in rows} - {(str(Comparability.COMPARABLE), None)}
    if hollow:
        found -= {(str(Comparability.PRIOR_IMPLIED), None)}
    order, sure = list(map(str, Comparability)), list(map(str, Confidence))
    shown = sorted(
        (key for key in found if key[0] not in _NO_FIGURE),
        key=lambda key: (order.index(key[0]), -1 if key[1] is None else sure.index(key[1])),
    )
    return {key: circled(place) for place, key in enumerate(shown)}


def circled(place: int) -> str:
    """The number of a note, counted from 0.

    Examples:
        >>> circled(0), circled(2)
        ('①', '③')
    """
    return chr(ord("①") + place)


def mark_of(row: Row, marks: Marks) -> str:
    """The number that stands at the comparison of a row; nothing where nothing is to be said."""
    return marks.get(_matter(row), "")


def marks_notes(marks: Marks, lang: Lang) -> list[str]:
    """The small print that says what the numbers mean."""
    said = []
    for (comparability, confidence), mark in marks.items():
        text = f"{mark} {word(Comparability, comparability, lang)}"
        if confidence is not None:
            sure = word(Confidence, confidence, lang)
            text += f"（把握：{sure}）" if lang == "zh" else f" (confidence: {sure})"
        said.append(text)
    return said


def dashed_note(rows: Iterable[Row], lang: Lang) -> str | None:
    """The small print of a chart that draws a comparison over a break."""
    if not any(is_break(row["comparability"]) for row in rows):
        return None
    zh, en = "虚线：两年间科目或口径有变", "dashed: codes or scope changed between the years"
    return zh if lang == "zh" else en


def hollow_note(rows: Iterable[Row], lang: Lang) -> str | None:
    """The small print of a chart that draws a figure no document of its year prints."""
    kinds = {row.get(name) for row in rows for name in ("value_kind", "value_kind_prior")}
    if ValueKind.IMPLIED not in kinds:
        return None
    return "空心点：由文字推算" if lang == "zh" else "hollow: implied by the narrative"
