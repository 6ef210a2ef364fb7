"""Lines down the side of a chart, each moved to the right by its level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import row_axis
from analytics.charts.labels import width_em, wrap
from analytics.charts.line_rows import Line
from analytics.charts.theme import INK

__all__ = ["label_width", "line_axis", "line_names", "line_step"]

_LABEL_EM = 26
_INDENT = 12
_LINE = 14


def line_axis(lines: Sequence[Line]) -> dict[str, Any]:
    """Options of the axis of lines; :func:`line_names` writes what stands beside it."""
    return row_axis("line", [line.label for line in lines], labels=False)


def line_names(lines: Sequence[Line]) -> alt.Chart:
    """The labels as a layer of their own: an axis cannot move each of its labels to its level."""
    named = pl.DataFrame(
        {
            "line": [line.label for line in lines],
            "label": ["\n".join(_broken(line)) for line in lines],
            "indent": [_INDENT * line.depth for line in lines],
            "breaks": [len(_broken(line)) - 1 for line in lines],
        }
    )
    names: alt.Chart = (
        alt.Chart(named)
        .mark_text(
            align="left",
            lineBreak="\n",
            lineHeight=_LINE,
            color=INK,
            dx=alt.expr("datum.indent"),
            dy=alt.expr(f"-{_LINE / 2} * datum.breaks"),
        )
        .encode(x=alt.value(-label_width(lines) - 12), y="line:N", text="label:N", tooltip="line:N")
    )
    return names


def label_width(lines: Sequence[Line]) -> float:
    """Pixels that the widest label takes, its indent included."""
    return max(
        _INDENT * line.depth + 12 * width_em(part) for line in lines for part in _broken(line)
    )


def line_step(lines: Sequence[Line]) -> float:
    """Height of a row that holds the tallest label."""
    return max(25, _LINE * max(len(_broken(line)) for line in lines) + 4)


def _broken(line: Line) -> list[str]:
    """The label, broken into lines; the whole one is in the tooltip."""
    return wrap(line.label, _LABEL_EM - line.depth, lines=2).split("\n")
