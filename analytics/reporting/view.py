"""What a report consists of before it is HTML: sections of paragraphs, tables and charts.

Cells carry the place they come from, so that every figure can be followed to what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt
from markupsafe import Markup

from analytics.charts import to_svg
from analytics.charts.labels import Lang, no_data, percent_text, wan_text

__all__ = [
    "Cell",
    "ChartView",
    "Column",
    "Section",
    "TableView",
    "anchor",
    "claim_anchor",
    "growth",
    "money",
    "number",
    "place_anchor",
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
    """

    text: str
    href: str | None = None
    title: str | None = None
    mark: str = ""
    remark: str = ""


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
    match = _PLACE.search(source or "")
    return f"f-{match[4]}-{match[1]}-{match[2]}-{match[3]}" if match else None


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
