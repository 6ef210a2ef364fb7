"""Lines over the years as indices."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import doubt_mark, doubt_note, empty_chart
from analytics.charts.frames import Row, take
from analytics.charts.labels import Lang, check_lang, wan_text
from analytics.charts.line_panels import PARTS, axes_note, one_panel, panels, years_of
from analytics.charts.line_rows import Line, circled, heading_of, hollow_note, lines_of
from analytics.errors import InputError
from analytics.schema.results import Series
from analytics.schema.vocabularies import ValueKind

__all__ = ["index_lines"]

_COLUMNS = [
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
    "amount_yuan",
    "index_base_year",
    "index_share",
    "is_break",
    "reason",
    "reason_en",
    "value_kind",
]
_TOGETHER = 5
_HUNDRED = 100


def index_lines(
    series: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    apart: bool | None = None,
    shared_axis: bool = True,
    most: int = 24,
    source: str | None = None,
) -> alt.LayerChart | alt.FacetChart:
    """Draw lines over the years as indices, 100 in the base year.

    The index does not run across a break: there the line is interrupted, and a rule with a number
    stands between the two years; the small print says what the number means. After a break the
    index begins anew with a base year of its own, unless the series was asked for one base year;
    figures without an index are not drawn but counted. A year without a figure interrupts the line
    as well. Hollow points and ※ are as in :func:`amount_lines`. The axis does not start at zero; a
    grey line stands at 100.

    Args:
        series: One agency, stage, scope, statement, flow and classification of
            :class:`~analytics.schema.results.Series`.
        lang: Language of labels; names of lines are as printed.
        apart: Whether each line has a picture of its own; without it, when there are more than
            five.
        shared_axis: Whether pictures of their own have the same axis; the small print says so.
        most: How many lines to draw; of more, the biggest by their largest figure. The small
            print counts the rest.
        source: Where the figures stand; the documents of the years if none is given.

    Returns:
        An Altair chart; without an index a chart that says so.

    Raises:
        InputError: Not a polars frame, several agencies or statements, ``most`` below 1, or more
            lines in one picture than there are colours.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets of an invented library; the text is what stands at each point:

        >>> import analytics
        >>> rows = analytics.series(years).filter(code="total")
        >>> chart = analytics.index_lines(rows)
        >>> chart.data.filter(part="point").select("year", "text").rows()
        [(2018, '100.0'), (2019, '107.5'), (2020, '102.5'), (2021, '115.0')]
    """
    check_lang(lang)
    if most < 1:
        raise InputError(f"most is {most}", hint="draw at least one line")
    rows = take(series, Series, _COLUMNS, what="series", marked=True)
    topic = "指数" if lang == "zh" else "index"
    known = [row for row in rows if row["index_share"] is not None]
    if not known:
        return empty_chart(topic, lang)
    heading = heading_of(known, lang, what="series")
    lines = lines_of(known, lang)
    shown = sorted(sorted(lines, key=_largest, reverse=True)[:most], key=lines.index)
    drawn = [row for line in shown for row in line.rows]
    marks = _marks(drawn, lang)
    data = pl.DataFrame([part for line in shown for part in _parts(line, marks, lang)], PARTS)
    bases = sorted({row["index_base_year"] for row in drawn})
    is_apart = len(shown) > _TOGETHER if apart is None else apart
    span = f"{years_of(data)[0]}—{years_of(data)[-1]}"
    small_print = [
        heading.agency,
        heading.money,
        _base_note(bases, lang),
        "名义值，纵轴不自0起" if lang == "zh" else "nominal, axis not from zero",
        axes_note(lang, shared=shared_axis) if is_apart else None,
        source or heading.source,
        *(f"{mark} {reason}" for reason, mark in marks.items()),
        hollow_note(drawn, lang),
        _left_out(len(rows) - len(known), len(lines) - len(shown), lang),
        doubt_note(drawn, lang),
    ]
    title = (
        f"{heading.statement}：{span}年{heading.stage}指数"
        if lang == "zh"
        else f"{heading.statement}: index, {span} {heading.stage}"
    )
    draw: dict[str, Any] = {"title": title, "small_print": small_print, "lang": lang}
    draw["level"] = _HUNDRED
    return panels(data, **draw, shared=shared_axis) if is_apart else one_panel(data, **draw)


def _largest(line: Line) -> Any:
    return max(abs(row["amount_yuan"]) for row in line.rows)


def _reason(row: Row, lang: Lang) -> str:
    return row[f"reason{'' if lang == 'zh' else '_en'}"] or ("断点" if lang == "zh" else "break")


def _marks(rows: list[Row], lang: Lang) -> dict[str, str]:
    """A number for each reason of a break, in the order of the lines."""
    reasons = dict.fromkeys(_reason(row, lang) for row in rows if row["is_break"])
    return {reason: circled(place) for place, reason in enumerate(reasons)}


def _parts(line: Line, marks: dict[str, str], lang: Lang) -> list[dict[str, Any]]:
    """Points, the stretches between consecutive years, and breaks."""
    parts = []
    of_year = {row["fiscal_year"]: row for row in line.rows}
    for year, row in of_year.items():
        own = {"line": line.label, "code": line.code, "year": year}
        level = row["index_share"] * _HUNDRED
        parts.append(
            own
            | {
                "part": "point",
                "amount": level,
                "text": _level_text(level) + doubt_mark(row["is_doubted"]),
                "detail": wan_text(row["amount_yuan"], lang),
                "is_hollow": row["value_kind"] == ValueKind.IMPLIED,
            }
        )
        before = of_year.get(year - 1)
        if row["is_break"] and row["prior_year"] is not None:
            between = (row["prior_year"] + year) / 2
            mark = marks[_reason(row, lang)]
            parts.append(own | {"part": "break", "year": None, "between": between, "text": mark})
        elif before is not None and before["index_base_year"] == row["index_base_year"]:
            parts.append(
                own
                | {
                    "part": "stretch",
                    "year": year - 1,
                    "amount": before["index_share"] * _HUNDRED,
                    "year2": year,
                    "amount2": level,
                    "is_break": False,
                }
            )
    return parts


def _level_text(level: float) -> str:
    return f"{Decimal(str(level)).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def _base_note(bases: list[int], lang: Lang) -> str:
    if len(bases) == 1:
        return f"{bases[0]}年=100" if lang == "zh" else f"{bases[0]} = 100"
    listed = ("、" if lang == "zh" else ", ").join(map(str, bases))
    return (
        f"各段首年=100（{listed}）"
        if lang == "zh"
        else f"first year of each stretch = 100 ({listed})"
    )


def _left_out(blank: int, smaller: int, lang: Lang) -> str | None:
    words = []
    if smaller:
        words.append(f"较小科目{smaller}行" if lang == "zh" else f"{smaller} smaller lines")
    if blank:
        words.append(f"无指数{blank}个数" if lang == "zh" else f"{blank} figures without an index")
    if not words:
        return None
    joined = ("、" if lang == "zh" else ", ").join(words)
    return f"未绘出：{joined}" if lang == "zh" else f"not drawn: {joined}"
