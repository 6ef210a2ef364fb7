"""Figures of lines over the years: in one picture, or one small picture each."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import doubt_mark, doubt_note, empty_chart, unit_note
from analytics.charts.frames import Row, take
from analytics.charts.labels import Lang, check_lang, wan, wan_text
from analytics.charts.line_panels import PARTS, axes_note, one_panel, panels, years_of
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
from analytics.errors import InputError
from analytics.schema.results import Changes
from analytics.schema.vocabularies import ValueKind

__all__ = ["amount_lines"]

_TOGETHER = 5


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
    data = pl.DataFrame([part for line in shown for part in _parts(line, marks, lang)], PARTS)
    is_apart = len(shown) > _TOGETHER if apart is None else apart
    years = years_of(data)
    title = f"{heading.statement}{'：' if lang == 'zh' else ': '}{years[0]}—{years[-1]}"
    title += f"年{heading.stage}" if lang == "zh" else f" {heading.stage}"
    small_print = [
        heading.agency,
        heading.money,
        unit_note(lang),
        "名义值，纵轴自0起" if lang == "zh" else "nominal, axis from zero",
        axes_note(lang, shared=shared_axis) if is_apart else None,
        source or heading.source,
        dashed_note(drawn, lang),
        *marks_notes(marks, lang),
        hollow_note(drawn, lang),
        *_gap_notes(data, lang),
        _left_out(rows, lines, shown, lang),
        doubt_note(drawn, lang),
    ]
    if is_apart:
        return panels(data, title=title, small_print=small_print, lang=lang, shared=shared_axis)
    return one_panel(data, title=title, small_print=small_print, lang=lang)


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
            "detail": wan_text(amount, lang),
            "is_hollow": point["is_hollow"],
        }
        for (at, amount), point in sorted(points.items(), key=lambda item: item[0])
    ]
    return [*drawn, *others]


def _gap_notes(data: pl.DataFrame, lang: Lang) -> list[str | None]:
    """What it means where a line has no point, or two points are not joined."""
    points = data.filter(part="point").select("line", "year").unique()
    starts = data.filter(part="stretch").select("line", "year").unique()
    is_open = points.filter(pl.col("year") < pl.col("year").max().over("line")).height > len(starts)
    has_gap = len(points) < points["line"].n_unique() * len(years_of(data))
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
