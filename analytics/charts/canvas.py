"""Parts that all charts share: title with its small print, wrapped axes, the empty picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.frames import Row
from analytics.charts.labels import Lang, width_em, wrap
from analytics.charts.theme import FAINT, AnyChart, with_theme

__all__ = [
    "band_axis",
    "compose",
    "doubt_mark",
    "doubt_note",
    "empty_chart",
    "finish",
    "row_axis",
    "row_step",
    "unit_note",
    "value_axis",
]

_LINE = 15
_SUBTITLE_EM = 12


def unit_note(lang: Lang) -> str:
    """The line that every chart of money carries."""
    return "单位：万元" if lang == "zh" else "Unit: 10,000 yuan (万元)"


def doubt_mark(is_doubted: bool | None) -> str:
    """What stands behind a figure that did not reconcile."""
    return " ※" if is_doubted else ""


def doubt_note(rows: Iterable[Row], lang: Lang) -> str | None:
    """The small print of a chart that draws such a figure."""
    if not any(row["is_doubted"] or row["is_doubted_prior"] for row in rows):
        return None
    return "※ 与其他数字核对不符" if lang == "zh" else "※ does not reconcile with other figures"


def finish(
    layers: Sequence[alt.Chart],
    *,
    title: str,
    small_print: Iterable[str | None],
    width: float | alt.Step,
    height: float | alt.Step,
    print_width: float,
) -> alt.LayerChart:
    """Put layers together under a title and give them the theme.

    Args:
        layers: Bottom to top.
        title: What the picture shows.
        small_print: Years and stage, unit, source, notes; those that are ``None`` fall away.
        width: Width of the drawing area, or of one band.
        height: Height of the drawing area, or of one band.
        print_width: Pixels the small print may take before it is broken into lines.
    """
    chart = alt.LayerChart(layer=list(layers)).properties(width=width, height=height)
    return compose(chart, title=title, small_print=small_print, print_width=print_width)


def compose(
    chart: AnyChart, *, title: str, small_print: Iterable[str | None], print_width: float
) -> AnyChart:
    """Put a picture of any kind under a title and give it the theme.

    The arguments are those of :func:`finish`, which is for layers.
    """
    parts = [part for part in small_print if part]
    lines = _packed(parts, max(print_width, 360) / _SUBTITLE_EM)
    titled: AnyChart = chart.properties(
        title=alt.TitleParams(text=title, subtitle=lines), description="; ".join([title, *parts])
    )
    return with_theme(titled)


def _packed(parts: list[str], em: float) -> list[str]:
    """Parts side by side on as few lines as hold them; a part longer than a line is broken."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and width_em(joined) <= em:
            lines[-1] = joined
        else:
            lines.extend(wrap(part, em).split("\n"))
    return lines


def empty_chart(title: str, lang: Lang) -> alt.LayerChart:
    """A picture that says that there is nothing to draw."""
    words = "无可绘数据" if lang == "zh" else "Nothing to draw"
    text = (
        alt.Chart(pl.DataFrame({"words": [words]}))
        .mark_text(color=FAINT, fontSize=15)
        .encode(text="words:N", x=alt.value(210), y=alt.value(50))
    )
    return finish([text], title=title, small_print=[], width=420, height=100, print_width=420)


def band_axis(column: str, order: Sequence[str], **options: Any) -> dict[str, Any]:
    """Options of a band axis with wrapped labels: fixed order, one line for each break.

    Args:
        column: The column of labels, with its line breaks.
        order: The labels in the order they are to stand.
        options: Further options of the axis.
    """
    axis = alt.Axis(
        title=None, labelExpr="split(datum.label, '\\n')", ticks=False, grid=False, **options
    )
    # A domain, not a sort: with a sort, layers that lack a label would put it elsewhere.
    return {
        "shorthand": f"{column}:N",
        "sort": None,
        "scale": alt.Scale(domain=list(order)),
        "axis": axis,
    }


def row_axis(column: str, order: Sequence[str], **options: Any) -> dict[str, Any]:
    """A band axis of rows: labels of several lines stand in the middle of their row."""
    # Vega puts the first line, not the whole label, in the middle.
    middle = alt.expr(f"-{_LINE / 2} * (length(split(datum.label, '\\n')) - 1)")
    return band_axis(column, order, domain=False, labelOffset=middle, **options)


def value_axis(values: Iterable[float | None], *, number: str) -> dict[str, Any]:
    """Scale and axis of bars from zero; where every bar is zero or missing, only the zero."""
    axis: dict[str, Any] = {"format": number, "tickCount": 5}
    if any(values):
        return {"title": None, "axis": alt.Axis(**axis)}
    return {
        "title": None,
        "axis": alt.Axis(**axis, values=[0]),
        "scale": alt.Scale(domain=[0, 1]),
    }


def row_step(labels: Iterable[str], *, least: int) -> int:
    """Height of one row that holds the tallest of the wrapped labels."""
    tallest = max((label.count("\n") + 1 for label in labels), default=1)
    return max(least, tallest * _LINE + 9)
