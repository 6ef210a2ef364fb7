"""What a report consists of before it is HTML: sections of paragraphs, tables and charts.

Cells carry the place they come from, so that every figure can be followed to what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import altair as alt
from markupsafe import Markup

from analytics.charts import to_svg
from analytics.charts.labels import Lang, no_data, percent_text, wan_text

__all__ = [
    "Cell",
    "ChartView",
    "Column",
    "FindingGroup",
    "FindingView",
    "Section",
    "TableView",
    "anchor",
    "claim_anchor",
    "growth",
    "money",
    "number",
    "place_anchor",
    "places_in",
    "rows_of",
    "share",
    "text",
]

_PLACE = re.compile(r"block (\d+) row (\d+) column (\d+)[^;]*?, document (\w+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One shown value.

    Args:
        text: What is shown.
        href: Anchor of the place it comes from, without ``#``; ``None`` where it has none.
        title: The place in words, shown on hovering.
        mark: ``missing``, ``flag`` or empty: how the cell is set off.
        remark: Small print under it; empty for none.
        page: File beside this page that it leads to, as a relative address; empty for none.
    """

    text: str
    href: str | None = None
    title: str | None = None
    mark: str = ""
    remark: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a shown table."""

    header: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it is shown.

    Args:
        caption: What it shows, with the unit.
        columns: Its columns.
        rows: Its cells.
        note: A line under it; empty for none.
        is_folded: Whether it is shown only when asked for.
        anchors: Anchor of each row, where rows can be linked to.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    is_folded: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it is shown: what does not hold, where, and why it matters.

    Args:
        anchor: What links lead to.
        weight: Severity, by which it is set off.
        labels: Severity and state in words.
        title: What the rule demands.
        code: Code of the rule.
        message: What does not hold, in a sentence with its numbers.
        place: Where it stands.
        quote: The sentence that was tested; empty where a table was.
        why: Why it matters.
        fits: What would make it hold; empty where nothing is known.
        answer: What a person answered; empty where nobody did.
        is_stale: Whether that answer is about other figures.
        followers: Findings that follow from it.
    """

    anchor: str
    weight: str
    labels: tuple[str, ...]
    title: str
    code: str
    message: str
    place: Cell
    quote: str = ""
    why: str = ""
    fits: str = ""
    answer: str = ""
    is_stale: bool = False
    followers: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings under a heading.

    Args:
        title: The heading, with their number.
        findings: The findings, in the order they are shown.
        is_folded: Whether they are shown only when asked for.
    """

    title: str
    findings: tuple[FindingView, ...]
    is_folded: bool = False

    @property
    def cards(self) -> tuple[tuple[FindingView, ...], ...]:
        """The findings, those of one rule that follow each other and weigh alike together."""
        alike = groupby(self.findings, key=lambda each: (each.code, each.labels))
        return tuple(tuple(findings) for _, findings in alike)

    @property
    def anchors(self) -> tuple[str, ...]:
        """Everything in it that can be linked to."""
        return tuple(
            each.anchor for finding in self.findings for each in (finding, *finding.followers)
        )


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart as SVG without a font of its own, with what it shows in words."""

    svg: Markup
    caption: str

    @classmethod
    def of(cls, chart: alt.LayerChart, caption: str) -> ChartView:
        """Draw a chart; the converter has escaped every text in it."""
        return cls(Markup(to_svg(chart, embed_font=False)), caption)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report."""

    key: str
    title: str
    paragraphs: tuple[Cell, ...] = ()
    charts: tuple[ChartView, ...] = ()
    tables: tuple[TableView, ...] = ()
    groups: tuple[FindingGroup, ...] = ()
    details: tuple[tuple[str, TableView], ...] = ()


def anchor(source: str | None) -> str | None:
    """The anchor of a place such as ``budget_summary block 14 row 31 column 2``.

    Places are counted within a document, so that one that names none has no anchor.

    Examples:
        >>> anchor("budget_summary block 14 row 31 column 2 (line 97), document 0f3a")
        'f-0f3a-14-31-2'
        >>> anchor("budget_summary block 14 row 31 column 2") is None
        True
    """
    return next(iter(places_in(source)), None)


def places_in(source: str | None) -> tuple[str, ...]:
    """The anchors of every place that a text names.

    Examples:
        >>> places_in("block 3 row 4 column 5 (page 2), document 0f; block 7 row 1 column 2, document 0f")
        ('f-0f-3-4-5', 'f-0f-7-1-2')
    """
    return tuple(
        f"f-{match[4]}-{match[1]}-{match[2]}-{match[3]}" for match in _PLACE.finditer(source or "")
    )


def place_anchor(row: Mapping[str, Any], *, block: str = "block") -> str:
    """The anchor of a row with the columns of a place.

    Args:
        row: A row with ``document_id``, ``row``, ``column`` and the block.
        block: Column that holds the block.
    """
    return f"f-{row['document_id']}-{row[block]}-{row['row']}-{row['column']}"


def claim_anchor(row: Mapping[str, Any]) -> str:
    """The anchor of a claim: a sentence may also be the place of a figure it implies."""
    return f"c-{row['document_id']}-{row['block']}-{row['row']}-{row['column']}"


def money(
    amount: Decimal | None, lang: Lang, *, source: str | None = None, signed: bool = False
) -> Cell:
    """An amount in 万元; a missing one reads so and is set off."""
    mark = "missing" if amount is None else ""
    return Cell(wan_text(amount, lang, signed=signed), anchor(source), source, mark)


def share(value: float | None, lang: Lang, *, signed: bool = False, interval: str = "") -> Cell:
    """A percentage; a missing one reads so and is set off."""
    mark = "missing" if value is None else ""
    return Cell(percent_text(value, lang, signed=signed), title=interval or None, mark=mark)


def growth(row: Mapping[str, Any], lang: Lang) -> Cell:
    """The growth of a line; a dash where last year was zero, since nothing grows from zero."""
    if row["growth_share"] is None and row["amount_prior_yuan"] == 0:
        return Cell("—", title="上年为零" if lang == "zh" else "last year was zero")
    low, high = row["growth_low_share"], row["growth_high_share"]
    known = low is not None and high is not None
    interval = " ~ ".join(percent_text(end, lang, signed=True) for end in (low, high) if known)
    return share(row["growth_share"], lang, signed=True, interval=interval)


def number(
    value: Decimal | float | int | None, lang: Lang, *, decimals: int = 2, is_fixed: bool = False
) -> Cell:
    """A plain number with thousands separators, without idle zeros unless ``is_fixed``."""
    if value is None:
        return Cell(no_data(lang), mark="missing")
    shown = f"{value:,.{decimals}f}"
    if is_fixed:
        return Cell(shown)
    return Cell(shown.rstrip("0").rstrip(".") if "." in shown else shown)


def text(value: str | None, *, source: str | None = None, mark: str = "") -> Cell:
    """Words; nothing where there are none."""
    return Cell(value or "", anchor(source), source, mark)


def rows_of(cells: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Freeze rows of cells."""
    return tuple(tuple(row) for row in cells)
