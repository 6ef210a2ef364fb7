"""The look of every chart, carried by the chart itself.

A theme of Altair is a setting of the whole process and would change charts that are none of
ours. The charts here therefore carry their look in their own ``config``. Altair does not allow a
``config`` inside a larger picture: take it off the parts with :func:`without_theme` and give it
back to the whole with :func:`with_theme`.

Colours say which series a mark belongs to, never good or bad (red is a rise in China and a fall
elsewhere), and can be told apart by colour-blind readers and in grey print.
"""

from __future__ import annotations

from typing import Any, TypeVar

import altair as alt

from analytics.charts.fonts import FONT_STACK

__all__ = [
    "CURRENT",
    "DOT",
    "FAINT",
    "FALL",
    "INK",
    "LEVEL",
    "LINK",
    "PRIOR",
    "RING",
    "RISE",
    "SERIES",
    "UNEXPLAINED",
    "theme",
    "with_theme",
    "without_theme",
]

INK = "#222222"
"""Text."""
FAINT = "#6B6B6B"
"""Notes, and the words that stand for a missing figure."""
PRIOR = "#A9BFD3"
"""The prior year."""
CURRENT = "#1F5A8A"
"""The current year, and any single series."""
LEVEL = "#4A5560"
"""Totals in a bridge."""
RISE = "#2C7FB8"
"""A step up."""
FALL = "#E6A23C"
"""A step down."""
UNEXPLAINED = "#EDEDED"
"""A step that nothing published explains; drawn with a dashed edge as well."""
SERIES = ["#1F5A8A", "#E6A23C", "#8C6BB1", "#41AB9B", "#B0B0B0", "#7A4B2A", "#D48CB0"]
"""Categories without an order."""

LINK = "#9A9A9A"
"""What leads from one mark to the next."""
RING: dict[str, Any] = {"shape": "circle", "filled": False, "size": 150, "strokeWidth": 2.5}
"""Where an amount came from: round a :data:`DOT` the two can be told apart where they are equal."""
DOT: dict[str, Any] = {"shape": "circle", "filled": True, "size": 55}
"""Where an amount has come to."""

AnyChart = TypeVar("AnyChart", bound=alt.TopLevelMixin)


def theme() -> dict[str, Any]:
    """The look as a Vega-Lite ``config``, for use with ``chart.configure(**theme())``.

    Examples:
        >>> theme()["font"].split(",")[0]
        'Noto Sans SC'
    """
    # `font` alone does not reach every text in every renderer; weights are normal throughout
    # because the font has one weight and renderers fake a bold one differently.
    text = {"font": FONT_STACK, "color": INK}
    axis_text = {
        "labelFont": FONT_STACK,
        "titleFont": FONT_STACK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelFontWeight": "normal",
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": FAINT,
    }
    return {
        "font": FONT_STACK,
        "background": "white",
        "padding": 12,
        "view": {"stroke": None},
        "text": {**text, "fontSize": 12, "fontWeight": "normal"},
        "title": {
            **text,
            "subtitleFont": FONT_STACK,
            "subtitleColor": FAINT,
            "fontSize": 16,
            "fontWeight": "normal",
            "subtitleFontSize": 12,
            "subtitleFontWeight": "normal",
            "subtitleLineHeight": 17,
            "subtitlePadding": 5,
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
        },
        "axis": {
            **axis_text,
            "labelLimit": 0,
            "labelLineHeight": 15,
            "titlePadding": 8,
            "labelPadding": 6,
            "gridColor": "#E6E6E6",
            "domainColor": "#8A8A8A",
            "tickColor": "#8A8A8A",
        },
        "legend": {
            **axis_text,
            "labelLimit": 0,
            "orient": "top",
            "symbolType": "square",
            "symbolSize": 130,
            "columnPadding": 18,
        },
        "header": axis_text,
        "range": {"category": SERIES},
    }


@alt.theme.register("budget_analytics", enable=False)
def _registered() -> alt.theme.ThemeConfig:
    """For charts of the reader's own: ``alt.theme.enable("budget_analytics")``."""
    return {"config": theme()}  # type: ignore[typeddict-item]


def with_theme(chart: AnyChart) -> AnyChart:
    """A copy of any Altair chart with this look; a ``config`` it had is replaced.

    Examples:
        >>> import altair as alt, polars as pl
        >>> plain = alt.Chart(pl.DataFrame({"a": [1]})).mark_point()
        >>> with_theme(plain).to_dict()["config"]["title"]["anchor"]
        'start'
    """
    copy: AnyChart = without_theme(chart)
    copy.config = alt.Config(**theme())  # type: ignore[attr-defined]
    return copy


def without_theme(chart: AnyChart) -> AnyChart:
    """A copy of a chart without its ``config``, so that it can be part of a larger one.

    Examples:
        >>> import altair as alt, polars as pl
        >>> part = with_theme(alt.Chart(pl.DataFrame({"a": [1]})).mark_point())
        >>> both = with_theme(without_theme(part) | without_theme(part))
        >>> len(both.to_dict()["hconcat"])
        2
    """
    copy: AnyChart = chart.copy()  # type: ignore[attr-defined]
    copy.config = alt.Undefined  # type: ignore[attr-defined]
    return copy
