"""Figures of lines over the years: in one picture, or one small picture each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import (
    compose,
    doubt_mark,
    doubt_note,
    empty_chart,
    finish,
    unit_note,
)
from analytics.charts.frames import Row, take
from analytics.charts.labels import Lang, check_lang, wan, wan_text, width_em, wrap
from analytics.charts.line_rows import (
    CHANGE_COLUMNS,
    Line,
    Marks,
    break_marks,
    dashed_note,
    heading_of,
    hollow_note,
    is_break,
    is_compared,
    lines_of,
    mark_of,
    marks_notes,
)
from analytics.charts.placing import spread
from analytics.charts.theme import CURRENT, FAINT, INK, SERIES
from analytics.errors import InputError
from analytics.schema.results import Changes
from analytics.schema.vocabularies import ValueKind

__all__ = ["amount_lines"]

_TYPES = {
    "line": pl.String,
    "code": pl.String,
    "part": pl.String,  # point, stretch or break
    "year": pl.Int32,
    "amount": pl.Float64,
    "year2": pl.Int32,
    "amount2": pl.Float64,
    "between": pl.Float64,
    "text": pl.String,
    "is_hollow": pl.Boolean,
    "is_break": pl.Boolean,
}
_TOGETHER = 5
_LINE = 15
_LABEL_EM = 18
_WIDTH, _HEIGHT = 420, 320
_PANEL_WIDTH, _PANEL_HEIGHT, _COLUMNS = 200, 96, 4


def amount_lines(
    changes: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    apart: bool | None = None,
    shared_axis: bool = False,
    most: int = 24,
    source: str | None = None,
) -> alt.LayerChart | alt.FacetChart:
    """Draw the figures of lines over the years.

    A year without a figure interrupts the line; nothing is drawn between figures that cannot be
    compared. Where the classification or the scope changed, a rule stands between the two years
    and the stretch is dashed; the number at the rule says in the small print what changed. Where
    a year has another figure towards the year after than towards the year before (because codes
    are compared in a union with others), both are drawn. A hollow point was implied by a
    narrative; one that did not reconcile (:func:`~analytics.analysis.with_doubts`) is marked ※.
    Axes start at zero, or at the least figure where one is below it.

    Args:
        changes: One agency, stage, scope, statement, flow and classification of
            :class:`~analytics.schema.results.Changes`, of any number of years; yuan.
        lang: Language of labels; names of lines are as printed.
        apart: Whether each line has a picture of its own; without it, when there are more than
            five.
        shared_axis: Whether pictures of their own have the same axis; the small print says so.
        most: How many lines to draw; of more, the biggest by their largest figure. The small
            print counts the rest.
        source: Where the figures stand; the documents of the years if none is given.

    Returns:
        An Altair chart in 万元; without a figure a chart that says so.

    Raises:
        InputError: Not a polars frame, several agencies or statements, ``most`` below 1, or more
            lines in one picture than there are colours.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets of an invented library; the text is what stands at each point:

        >>> import analytics
        >>> rows = analytics.changes(years).filter(parent_code="total")
        >>> chart = analytics.amount_lines(rows)
        >>> points = chart.data.filter(part="point", code="207")
        >>> points.select("year", "text").rows()
        [(2018, '350.00'), (2019, '378.00'), (2020, '355.00'), (2021, '400.00')]
    """
    check_lang(lang)
    if most < 1:
        raise InputError(f"most is {most}", hint="draw at least one line")
    rows = take(changes, Changes, CHANGE_COLUMNS, what="changes", marked=True)
    topic = "历年数额" if lang == "zh" else "Figures over the years"
    if not rows:
        return empty_chart(topic, lang)
    heading = heading_of(rows, lang, what="changes")
    lines = [line for line in lines_of(rows, lang) if _size(line) is not None]
    if not lines:
        return empty_chart(topic, lang)
    shown = sorted(sorted(lines, key=lambda line: -abs(_size(line)))[:most], key=lines.index)
    drawn = [row for line in shown for row in line.rows]
    marks = break_marks(drawn, hollow=True)
    data = pl.DataFrame([part for line in shown for part in _parts(line, marks, lang)], _TYPES)
    is_apart = len(shown) > _TOGETHER if apart is None else apart
    first, last = data["year"].min(), data["year"].max()
    title = f"{heading.statement}{'：' if lang == 'zh' else ': '}{first}—{last}"
    title += f"年{heading.stage}" if lang == "zh" else f" {heading.stage}"
    small_print = [
        heading.agency,
        unit_note(lang),
        "名义值，纵轴自0起" if lang == "zh" else "nominal, axis from zero",
        _axes_note(lang, shared=shared_axis) if is_apart else None,
        source or heading.source,
        dashed_note(drawn, lang),
        *marks_notes(marks, lang),
        hollow_note(drawn, lang),
        *_gap_notes(data, lang),
        _left_out(rows, lines, shown, lang),
        doubt_note(drawn, lang),
    ]
    if is_apart:
        return _apart(data, title=title, small_print=small_print, shared=shared_axis)
    return _together(data, title=title, small_print=small_print)


def _size(line: Line) -> Any:
    """The largest figure of a line; None where it has none."""
    figures = [row[end] for row in line.rows for end in ("amount_yuan", "amount_prior_yuan")]
    return max((abs(figure) for figure in figures if figure is not None), default=None)


def _parts(line: Line, marks: Marks, lang: Lang) -> list[dict[str, Any]]:
    """What is drawn of a line: its points, the stretches between them, and its breaks."""
    own = {"line": line.label, "code": line.code}
    points: dict[tuple[int, Any], dict[str, Any]] = {}
    others = []
    for row in line.rows:
        prior, now = row["amount_prior_yuan"], row["amount_yuan"]
        before, year = row["prior_year"], row["fiscal_year"]
        mark = mark_of(row, marks)
        broken = is_break(row["comparability"])
        for end, amount, at in (("_prior", prior, before), ("", now, year)):
            if amount is None:
                continue
            point = points.setdefault(
                (at, amount), {"is_hollow": True, "is_doubted": False, "mark": ""}
            )
            point["is_hollow"] &= row[f"value_kind{end}"] == ValueKind.IMPLIED
            point["is_doubted"] |= bool(row[f"is_doubted{end}"])
            if not end and not broken:
                point["mark"] = mark
        if prior is not None and now is not None and is_compared(row):
            stretch = {"year": before, "amount": wan(prior), "year2": year, "amount2": wan(now)}
            others.append(own | {"part": "stretch", "is_break": broken} | stretch)
        if broken and (prior is not None or now is not None):
            others.append(own | {"part": "break", "between": (before + year) / 2, "text": mark})
    drawn = [
        own
        | {
            "part": "point",
            "year": at,
            "amount": wan(amount),
            "text": f"{wan_text(amount, lang)} {point['mark']}".rstrip()
            + doubt_mark(point["is_doubted"]),
            "is_hollow": point["is_hollow"],
        }
        for (at, amount), point in sorted(points.items(), key=lambda item: item[0])
    ]
    return [*drawn, *others]


def _axes_note(lang: Lang, *, shared: bool) -> str:
    if shared:
        return "各图纵轴相同" if lang == "zh" else "same axis in all"
    return "各图纵轴不同，不可跨图比较高低" if lang == "zh" else "each with its own axis"


def _gap_notes(data: pl.DataFrame, lang: Lang) -> list[str | None]:
    """What it means where a line has no point, or two points are not joined."""
    points = data.filter(part="point").select("line", "year").unique()
    starts = data.filter(part="stretch").select("line", "year").unique()
    is_open = points.filter(pl.col("year") < pl.col("year").max().over("line")).height > len(starts)
    has_gap = len(points) < points["line"].n_unique() * len(_years(data))
    if lang == "zh":
        return [
            "无点之年：未列或无数字" if has_gap else None,
            "两点不相连：该两年不单独比较" if is_open else None,
        ]
    return [
        "no point: not listed, or no figure" if has_gap else None,
        "points not joined: not compared by themselves" if is_open else None,
    ]


def _left_out(rows: list[Row], lines: list[Line], shown: list[Line], lang: Lang) -> str | None:
    smaller = len(lines) - len(shown)
    blank = len(lines_of(rows, lang)) - len(lines)
    if lang == "zh":
        words = [f"较小科目{smaller}行" * bool(smaller), f"无数字{blank}行" * bool(blank)]
        return f"未绘出：{'、'.join(filter(None, words))}" if smaller or blank else None
    words = [f"{smaller} smaller lines" * bool(smaller), f"{blank} without figures" * bool(blank)]
    return f"not drawn: {', '.join(filter(None, words))}" if smaller or blank else None


def _years(data: pl.DataFrame) -> list[int]:
    """Every year from the first to the last, whether it has figures or not."""
    years = data.filter(part="point")["year"].cast(pl.Int64)
    return list(range(min(years), max(years) + 1))


def _x(data: pl.DataFrame, room: float, column: str = "year") -> alt.X:
    years = _years(data)
    every = -(-len(years) // 10)
    return alt.X(
        f"{column}:Q",
        scale=alt.Scale(domain=[years[0] - room, years[-1] + room], nice=False),
        axis=alt.Axis(values=years[::-every], format="d", title=None, grid=False),
    )


def _marks(xs: tuple[alt.X, alt.X], y: alt.Y, colour: Any, height: float) -> list[alt.Chart]:
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
            tooltip=["line:N", "year:Q", "text:N"],
        )
    )
    return [rules, numbers, stretches, points]


def _apart(
    data: pl.DataFrame, *, title: str, small_print: Iterable[str | None], shared: bool
) -> alt.FacetChart:
    """One small picture a line, in the order of the codes."""
    names = data["line"].unique(maintain_order=True).to_list()
    titles = [wrap(name, _PANEL_WIDTH / 12, lines=2) for name in names]
    # A header stands higher or lower with what it stands above, so titles are a part of the data.
    titled = pl.DataFrame({"line": names, "part": "title", "text": titles})
    y = alt.Y(
        "amount:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(format=",~f", tickCount=3),
    )
    xs = _x(data, 0.45), _x(data, 0.45, "between")
    texts = (
        alt.Chart()
        .transform_filter("datum.part === 'point' && datum.is_said")
        .mark_text(dy=-7, baseline="bottom", fontSize=11, color=INK)
        .encode(x=xs[0], y=y, text="text:N")
    )
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
    layers = [*_marks(xs, y, alt.value(CURRENT), _PANEL_HEIGHT), texts, above]
    columns = min(_COLUMNS, len(names))
    chart = (
        alt.layer(*layers, data=pl.concat([_said(data), titled], how="diagonal_relaxed"))
        .properties(width=_PANEL_WIDTH, height=_PANEL_HEIGHT)
        .facet(
            facet=alt.Facet("line:N", sort=names, header=alt.Header(labels=False, title=None)),
            columns=columns,
            bounds="flush",
            spacing={"row": 92, "column": 70},
        )
        .resolve_scale(y="shared" if shared else "independent")
        .resolve_axis(x="independent")
    )
    return compose(
        chart, title=title, small_print=small_print, print_width=columns * (_PANEL_WIDTH + 70)
    )


def _said(data: pl.DataFrame) -> pl.DataFrame:
    """Which points carry their figure: all of a few years, else the first and the last one."""
    if len(_years(data)) <= 4:
        return data.with_columns(is_said=pl.lit(value=True))
    own = pl.col("year").filter(part="point")
    is_end = (pl.col("year") == own.min().over("line")) | (pl.col("year") == own.max().over("line"))
    return data.with_columns(
        is_said=is_end | pl.col("text").str.contains("※").fill_null(value=False)
    )


def _together(
    data: pl.DataFrame, *, title: str, small_print: Iterable[str | None]
) -> alt.LayerChart:
    """All lines in one picture, each named where it ends."""
    names = data["line"].unique(maintain_order=True).to_list()
    if len(names) > len(SERIES):
        raise InputError(
            f"{len(names)} lines in one picture of {len(SERIES)} colours",
            hint="leave apart out, or pass fewer lines",
        )
    last_year = _years(data)[-1]
    amounts = [0.0, *data["amount"].drop_nulls(), *data["amount2"].drop_nulls()]
    low, high = min(amounts) * 1.05, max(amounts) * 1.05 or 1.0
    ends = [_end(data.filter(line=name, part="point"), name, last_year) for name in names]
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
    y = alt.Y(
        "amount:Q",
        title=None,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(format=",~f", tickCount=5),
    )
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
    figures = (
        alt.Chart(_spread_texts(said, low, high))
        .mark_text(fontSize=11, color=INK)
        .encode(x=xs[0], y="text_at:Q", text="text:N")
    )
    layers = [*_marks(xs, y, colour, _HEIGHT), figures, ties, dots, labels]
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


def _spread_texts(points: pl.DataFrame, low: float, high: float) -> pl.DataFrame:
    """Where the figures stand: above their points, moved apart where several would collide."""
    texts = []
    for year in points["year"].unique().sort():
        there = points.filter(year=year).to_dicts()
        above = [_HEIGHT * (high - point["amount"]) / (high - low) - 14 for point in there]
        for point, place in zip(there, spread(above, [13.0] * len(there), _HEIGHT), strict=True):
            texts.append(point | {"text_at": high - place / _HEIGHT * (high - low)})
    return pl.DataFrame(texts, {**points.schema, "text_at": pl.Float64})


def _end(points: pl.DataFrame, name: str, last_year: int) -> dict[str, Any]:
    """The last point of a line and its name; one that ends earlier says so."""
    last = points.row(-1, named=True)
    early = "" if last["year"] == last_year else f"（至{last['year']}）"
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
