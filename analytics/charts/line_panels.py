"""How points, stretches and breaks of lines are drawn: in one picture, or a small one each.

All layers read one data set with a row for each thing that is drawn, named in ``part``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import compose, finish
from analytics.charts.labels import Lang, width_em, wrap
from analytics.charts.placing import spread
from analytics.charts.theme import CURRENT, FAINT, INK, SERIES
from analytics.errors import InputError

__all__ = ["PARTS", "axes_note", "one_panel", "panels", "years_of"]

PARTS = {
    "line": pl.String,
    "code": pl.String,
    "part": pl.String,  # point, stretch or break
    "year": pl.Int32,
    "amount": pl.Float64,
    "year2": pl.Int32,
    "amount2": pl.Float64,
    "between": pl.Float64,
    "text": pl.String,
    "detail": pl.String,
    "is_hollow": pl.Boolean,
    "is_break": pl.Boolean,
}
"""The data that is drawn: for a stretch from one point to another, for a break the place between.

``amount`` is in the unit of the axis, ``text`` what stands at a point or a break,
``detail`` the amount in 万元, for the tooltip.
"""
_LINE = 15
# Figures stand on a white edge of their own, so that a line behind them does not cut them.
_TEXTS: tuple[dict[str, Any], ...] = (
    {"fontSize": 11, "color": "white", "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"},
    {"fontSize": 11, "color": INK},
)
_LABEL_EM = 18
_WIDTH, _HEIGHT = 420, 320
_PANEL_WIDTH, _PANEL_HEIGHT, _COLUMNS = 200, 96, 4
_FIGURE = 66
_FEW = 4


def axes_note(lang: Lang, *, shared: bool) -> str:
    """Whether heights can be compared from one picture to another."""
    if shared:
        return "各图纵轴相同" if lang == "zh" else "same axis in all"
    return "各图纵轴不同，不可跨图比较高低" if lang == "zh" else "each with its own axis"


def years_of(data: pl.DataFrame) -> list[int]:
    """Every year from the first to the last, whether it has figures or not."""
    years = data.filter(part="point")["year"].cast(pl.Int64)
    return list(range(min(years), max(years) + 1))


def _x(data: pl.DataFrame, room: float, column: str = "year") -> alt.X:
    years = years_of(data)
    every = -(-len(years) // 10)
    return alt.X(
        f"{column}:Q",
        scale=alt.Scale(domain=[years[0] - room, years[-1] + room], nice=False),
        axis=alt.Axis(values=years[::-every], format="d", title=None, grid=False),
    )


def _marks(
    xs: tuple[alt.X, alt.X], y: alt.Y, colour: Any, *, height: float, lang: Lang
) -> list[alt.Chart]:
    """Rules of breaks, stretches and points, of one data set that says which row is which."""
    base = alt.Chart()
    x, middle = xs
    rules = (
        base.transform_filter("datum.part === 'break'")
        .mark_rule(color="#8A8A8A", strokeDash=[1, 3], strokeWidth=1.4)
        .encode(x=middle)
    )
    # Lines are near the top more often than near zero.
    numbers = (
        base.transform_filter("datum.part === 'break'")
        .mark_text(color=FAINT, baseline="bottom", align="left", dx=3, dy=-2)
        .encode(x=middle, y=alt.value(height), text="text:N")
    )
    stretches = (
        base.transform_filter("datum.part === 'stretch'")
        .mark_rule(strokeWidth=2.2, strokeCap="round")
        .encode(
            x=x,
            x2="year2:Q",
            y=y,
            y2="amount2:Q",
            color=colour,
            strokeDash=alt.when("datum.is_break").then(alt.value([5, 4])).otherwise(alt.value([])),
        )
    )
    points = (
        base.transform_filter("datum.part === 'point'")
        .mark_point(size=46, opacity=1, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            stroke=colour,
            fill=alt.when("datum.is_hollow").then(alt.value("white")).otherwise(colour),
            tooltip=[
                alt.Tooltip("line:N", title="科目" if lang == "zh" else "line"),
                alt.Tooltip("year:Q", title="年度" if lang == "zh" else "year"),
                alt.Tooltip("detail:N", title="万元"),
                alt.Tooltip("text:N", title="图中标注" if lang == "zh" else "label"),
            ],
        )
    )
    return [rules, numbers, stretches, points]


def panels(
    data: pl.DataFrame,
    *,
    title: str,
    small_print: Iterable[str | None],
    lang: Lang,
    shared: bool,
    level: float | None = None,
) -> alt.FacetChart:
    """One small picture a line, in the order of the codes.

    Args:
        data: Rows of :data:`PARTS`.
        title: What the picture shows.
        small_print: What stands beneath the title.
        lang: Language of labels.
        shared: Whether all have the same axis.
        level: A level to compare with, drawn as a rule; without it the axis starts at zero.
    """
    names = data["line"].unique(maintain_order=True).to_list()
    years = len(years_of(data))
    width = max(_PANEL_WIDTH, _FIGURE * years if years <= _FEW else 0)
    titles = [wrap(name, width / 12, lines=2) for name in names]
    # A header stands higher or lower with what it stands above, so titles are a part of the data.
    titled = pl.DataFrame({"line": names, "part": "title", "text": titles})
    height: dict[str, Any] = {
        "title": None,
        "scale": alt.Scale(zero=level is None, nice=True),
        "axis": alt.Axis(format=",~f", tickCount=3),
    }
    y = alt.Y("amount:Q", **height)
    xs = _x(data, 0.45), _x(data, 0.45, "between")
    said = (
        alt.Chart()
        .transform_filter("datum.part === 'point' && datum.is_said")
        .encode(x=xs[0], y=y, text="text:N")
    )
    texts = [said.mark_text(dy=-7, baseline="bottom", **look) for look in _TEXTS]
    above = (
        alt.Chart()
        .transform_filter("datum.part === 'title'")
        .mark_text(
            align="left",
            lineBreak="\n",
            lineHeight=_LINE,
            dy=alt.expr(f"-{_LINE} * (length(split(datum.text, '\\n')) - 1)"),
        )
        .encode(x=alt.value(-30), y=alt.value(-30), text="text:N")
    )
    *under, points = _marks(xs, y, alt.value(CURRENT), height=_PANEL_HEIGHT, lang=lang)
    layers = [*_levels(level, height), *under, texts[0], points, texts[1], above]
    columns = min(_COLUMNS, len(names), 1100 // (width + 70))
    chart: alt.FacetChart = (
        alt.layer(*layers, data=pl.concat([_said(data), titled], how="diagonal_relaxed"))
        .properties(width=width, height=_PANEL_HEIGHT)
        .facet(
            facet=alt.Facet("line:N", sort=names, header=alt.Header(labelExpr="''", title=None)),
            columns=columns,
            bounds="flush",
            spacing={"row": 92, "column": 70},
        )
        .resolve_scale(y="shared" if shared else "independent")
        .resolve_axis(x="independent")
    )
    return compose(chart, title=title, small_print=small_print, print_width=columns * (width + 70))


def _said(data: pl.DataFrame) -> pl.DataFrame:
    """Which points carry their figure: all of a few years, else the first and the last one."""
    if len(years_of(data)) <= _FEW:
        return data.with_columns(is_said=pl.lit(value=True))
    own = pl.col("year").filter(part="point")
    is_end = (pl.col("year") == own.min().over("line")) | (pl.col("year") == own.max().over("line"))
    return data.with_columns(
        is_said=is_end | pl.col("text").str.contains("※").fill_null(value=False)
    )


def one_panel(
    data: pl.DataFrame,
    *,
    title: str,
    small_print: Iterable[str | None],
    lang: Lang,
    level: float | None = None,
) -> alt.LayerChart:
    """All lines in one picture, each named where it ends; arguments as of :func:`panels`.

    Raises:
        InputError: There are more lines than colours.
    """
    names = data["line"].unique(maintain_order=True).to_list()
    if len(names) > len(SERIES):
        raise InputError(
            f"{len(names)} lines in one picture of {len(SERIES)} colours",
            hint="leave apart out, or pass fewer lines",
        )
    last_year = years_of(data)[-1]
    low, high = _ends_of_axis(data, level)
    ends = [_end(data.filter(line=name, part="point"), name, last_year, lang) for name in names]
    places = spread(
        [_HEIGHT * (high - end["amount"]) / (high - low) for end in ends],
        [_LINE * (end["text"].count("\n") + 1) + 4 for end in ends],
        _HEIGHT + 2 * _LINE,
    )
    for end, place in zip(ends, places, strict=True):
        end["label_at"] = high - place / _HEIGHT * (high - low)
    colour = alt.Color(
        "line:N", scale=alt.Scale(domain=names, range=SERIES[: len(names)]), legend=None
    )
    height: dict[str, Any] = {
        "title": None,
        "scale": alt.Scale(domain=[low, high], nice=False),
        "axis": alt.Axis(format=",~f", tickCount=5),
    }
    y = alt.Y("amount:Q", **height)
    xs = _x(data, 0.25), _x(data, 0.25, "between")
    named = alt.Chart(pl.DataFrame(ends)).encode(y=alt.Y("label_at:Q"))
    ties = named.mark_rule(color="#BDBDBD", strokeWidth=0.8, strokeDash=[2, 2]).encode(
        x=xs[0], x2=alt.value(_WIDTH + 8), y="amount:Q", y2="label_at:Q"
    )
    dots = named.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.value(_WIDTH + 14), color=colour
    )
    labels = named.mark_text(
        align="left",
        lineBreak="\n",
        lineHeight=_LINE,
        dy=alt.expr(f"-{_LINE / 2} * (length(split(datum.text, '\\n')) - 1)"),
    ).encode(x=alt.value(_WIDTH + 24), text="text:N")
    said = _said(data).filter(part="point", is_said=True)
    placed = alt.Chart(_spread_texts(said, low, high)).encode(x=xs[0], y="text_at:Q", text="text:N")
    figures = [placed.mark_text(**look) for look in _TEXTS]
    *under, points = _marks(xs, y, colour, height=_HEIGHT, lang=lang)
    layers = [*_levels(level, height), *under, figures[0], points, figures[1], ties, dots, labels]
    chart = finish(
        layers,
        title=title,
        small_print=small_print,
        width=_WIDTH,
        height=_HEIGHT,
        print_width=_WIDTH + 12 * max(width_em(end["text"]) for end in ends),
    )
    chart.data = _one_rule(data)
    return chart


def _ends_of_axis(data: pl.DataFrame, level: float | None) -> tuple[float, float]:
    """From zero, or around the level that is compared with, with room for the figures."""
    amounts = [*data["amount"].drop_nulls(), *data["amount2"].drop_nulls()]
    low, high = min([level or 0.0, *amounts]), max([level or 0.0, *amounts])
    room = (high - low) * 0.06 or 1.0
    return (low if level is None and low >= 0 else low - room), high + room


def _levels(level: float | None, height: dict[str, Any]) -> list[alt.Chart]:
    """The rule that figures are compared with."""
    if level is None:
        return []
    rule: alt.Chart = (
        alt.Chart()
        .transform_aggregate(rows="count()")
        .transform_calculate(level=str(level))
        .mark_rule(color="#8A8A8A", strokeWidth=1)
        .encode(y=alt.Y("level:Q", **height))
    )
    return [rule]


def _spread_texts(points: pl.DataFrame, low: float, high: float) -> pl.DataFrame:
    """Where the figures stand: above their points, moved apart where several would collide."""
    texts = []
    points = points.unique(["year", "amount", "text"], keep="first", maintain_order=True)
    for year in points["year"].unique().sort():
        there = points.filter(year=year).to_dicts()
        above = [_HEIGHT * (high - point["amount"]) / (high - low) - 14 for point in there]
        for point, place in zip(there, spread(above, [13.0] * len(there), _HEIGHT), strict=True):
            texts.append(point | {"text_at": high - place / _HEIGHT * (high - low)})
    return pl.DataFrame(texts, {**points.schema, "text_at": pl.Float64})


def _end(points: pl.DataFrame, name: str, last_year: int, lang: Lang) -> dict[str, Any]:
    """The last point of a line and its name; one that ends earlier says so."""
    last = points.row(-1, named=True)
    until = f"（至{last['year']}）" if lang == "zh" else f" (until {last['year']})"
    early = "" if last["year"] == last_year else until
    return {
        "line": name,
        "year": last["year"],
        "amount": last["amount"],
        "text": wrap(name + early, _LABEL_EM),
    }


def _one_rule(data: pl.DataFrame) -> pl.DataFrame:
    """Breaks of several lines between the same years as one rule with all their numbers."""
    is_rule = pl.col("part") == "break"
    numbers = pl.col("text").filter(is_rule).unique().sort().str.join().over("between")
    return data.with_columns(text=pl.when(is_rule).then(numbers).otherwise("text")).filter(
        ~is_rule | pl.struct("part", "between").is_first_distinct()
    )
