"""Two years of the biggest lines, as slopes."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import doubt_mark, doubt_note, empty_chart, finish, unit_note
from analytics.charts.frames import Row, one_value, take
from analytics.charts.labels import (
    Lang,
    check_lang,
    percent_text,
    wan,
    wan_text,
    word,
    wrap,
    year_text,
)
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
from analytics.charts.theme import FALL, INK, RISE
from analytics.errors import InputError
from analytics.schema.results import Changes
from analytics.schema.vocabularies import Comparability, Status, ValueKind

__all__ = ["change_slope"]

_KINDS = {
    "rise": ("增加", "rise", RISE),
    "fall": ("减少", "fall", FALL),
    "level": ("不变", "no change", "#8A8A8A"),
    "apart": ("不可比", "not comparable", "#B8B8B8"),
}
_LABEL_EM = 18
_AGAIN_EM = 12
_LINE = 15
_WIDTH = 260
_LEAST = 400
# Small figures lie close to zero; their labels may run over the end of the axis.
_BELOW = 45
# Where the lines that tie labels to their points end, as parts of the width.
_TIE = 0.06


def change_slope(
    changes: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    most: int = 12,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw two years of the biggest lines, each as a slope from one to the other.

    Lines that have parts among the rows are left out, so that no money is drawn twice; to see the
    classes, pass only them, e.g. ``changes.filter(parent_code="total")``. Of the others the
    biggest are drawn, by the larger of their two figures; the small print counts the rest. The
    axis starts at zero.

    Each end has its figure in 万元, the right one growth as well. A line that only one of the
    years lists has one point, 新增 or 取消 beside it, and no slope; so has one whose other year is
    not known. A slope between figures that do not mean the same (see
    :class:`~analytics.schema.vocabularies.Comparability`) is dashed and numbered; figures that
    cannot be compared at all are not joined. A hollow point was implied by the narrative, one that
    did not reconcile (:func:`~analytics.analysis.with_doubts`) is marked ※.

    Args:
        changes: One agency, pair of years, stage, scope, statement, flow and classification of
            :class:`~analytics.schema.results.Changes`; yuan.
        lang: Language of labels; names of lines are as printed.
        most: How many lines to draw.
        source: Where the figures stand; the documents of the two years if none is given.

    Returns:
        An Altair chart in 万元; without a figure a chart that says so.

    Raises:
        InputError: Not a polars frame, several pairs of years or statements, ``most`` below 1, or
            a negative figure, for which there is no place on the axis.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets of an invented library:

        >>> import analytics
        >>> chart = analytics.change_slope(analytics.changes(years, year=2021), lang="en")
        >>> chart.data.filter(code="2070104")["right"].item()
        '380.00 (+7.04%) 图书馆'
    """
    check_lang(lang)
    if most < 1:
        raise InputError(f"most is {most}", hint="draw at least one line")
    rows = take(changes, Changes, CHANGE_COLUMNS, what="changes", marked=True)
    topic = "两年对比" if lang == "zh" else "two years"
    if not rows:
        return empty_chart(topic, lang)
    heading = heading_of(rows, lang, what="changes")
    year = one_value(rows, "fiscal_year", what="changes")
    prior = one_value(rows, "prior_year", what="changes")
    lines = lines_of(rows, lang)
    parents = {line.parent for line in lines}
    parts = [line for line in lines if line.code not in parents and _size(line) is not None]
    shown = sorted(parts, key=lambda line: (-(_size(line) or 0), line.label))[:most]
    if not shown:
        return empty_chart(f"{heading.statement}：{topic}", lang)
    _refuse_negative(shown)
    drawn = [line.rows[0] for line in shown]
    marks = break_marks(drawn, hollow=True)
    slopes, height = _slopes(shown, marks, lang)
    span = f"{prior} → {year_text(year, lang)}{'' if lang == 'zh' else ' '}{heading.stage}"
    return finish(
        _layers(slopes, (prior, year), lang),
        title=f"{heading.statement}{'：' if lang == 'zh' else ': '}{span}",
        small_print=[
            heading.agency,
            heading.money,
            unit_note(lang),
            "名义值，纵轴自0起" if lang == "zh" else "nominal, axis from zero",
            source or heading.source,
            dashed_note(drawn, lang),
            *marks_notes(marks, lang),
            hollow_note(drawn, lang),
            *_left_out(lines, parts, shown, lang),
            doubt_note(drawn, lang),
        ],
        width=_WIDTH,
        height=height,
        print_width=_WIDTH + 2 * 12 * _LABEL_EM,
    )


def _size(line: Line) -> Any:
    """The larger of the two figures; None where neither is known."""
    row = line.rows[0]
    known = [row[end] for end in ("amount_prior_yuan", "amount_yuan") if row[end] is not None]
    return max(known, default=None)


def _refuse_negative(lines: list[Line]) -> None:
    below = [
        line.label
        for line in lines
        if min(line.rows[0]["amount_prior_yuan"] or 0, line.rows[0]["amount_yuan"] or 0) < 0
    ]
    if below:
        raise InputError(
            f"figures below zero: {', '.join(below)}", hint="leave these lines out of a slope chart"
        )


def _slopes(lines: list[Line], marks: Marks, lang: Lang) -> tuple[pl.DataFrame, float]:
    """One row a line with its ends, texts, and the places of its labels; the height they need."""
    slopes = [_slope(line, marks, lang) for line in lines]
    needed = max(
        sum(_height(slope[side]) for slope in slopes if slope[end] is not None)
        for side, end in (("left", "prior"), ("right", "now"))
    )
    height = max(_LEAST, needed * 1.2)
    top = 1.03 * max(slope[end] or 0.0 for slope in slopes for end in ("prior", "now")) or 1.0
    for side, end in (("left", "prior"), ("right", "now")):
        there = [slope for slope in slopes if slope[end] is not None]
        places = spread(
            [height * (1 - slope[end] / top) for slope in there],
            [_height(slope[side]) for slope in there],
            height + _BELOW,
        )
        for slope in slopes:
            slope[f"{side}_at"] = None
        for slope, place in zip(there, places, strict=True):
            slope[f"{side}_at"] = top * (1 - place / height)
    for slope in slopes:
        slope["top"] = top
    return pl.DataFrame(slopes, infer_schema_length=None), height


def _height(text: str) -> float:
    return _LINE * (text.count("\n") + 1) + 4


def _slope(line: Line, marks: Marks, lang: Lang) -> dict[str, Any]:
    row = line.rows[0]
    prior, now = row["amount_prior_yuan"], row["amount_yuan"]
    mark = mark_of(row, marks)
    before = wan_text(prior, lang) + doubt_mark(row["is_doubted_prior"])
    after = wan_text(now, lang) + doubt_mark(row["is_doubted"])
    said = _said(row, lang)
    name = wrap(line.label, _LABEL_EM, lines=2)
    if now is None:  # what became of the line stands at its only end
        left, right = f"{name} {before} {said} {mark}", ""
    elif prior is None:
        left, right = "", f"{after} {said} {mark}\n{name}"
    else:
        again = wrap(row["name"], _AGAIN_EM, lines=1)
        left, right = f"{name} {before}", " ".join(filter(None, (after, said, mark, again)))
    return {
        "line": line.label,
        "code": line.code,
        "kind": _KINDS[_kind(row)][lang == "en"],
        "prior": wan(prior),
        "now": wan(now),
        "left": left.strip(),
        "right": right.replace(" \n", "\n"),
        "is_joined": is_compared(row) and prior is not None and now is not None,
        "is_break": is_break(row["comparability"]),
        "is_implied": row["value_kind"] == ValueKind.IMPLIED,
        "is_implied_prior": row["value_kind_prior"] == ValueKind.IMPLIED,
        "reason": word(Comparability, row["comparability"], lang),
    }


def _said(row: Row, lang: Lang) -> str:
    """Growth in brackets, or the word for what happened instead."""
    if not is_compared(row):
        if row["comparability"] in (Comparability.NO_PRIOR, Comparability.NO_CURRENT):
            return f"({word(Comparability, row['comparability'], lang)})"
        return "(不可比)" if lang == "zh" else "(not comparable)"
    if row["status"] in (Status.NEW, Status.ENDED):
        return f"({word(Status, row['status'], lang)})"
    if row["growth_share"] is None:
        return f"({wan_text(row['change_yuan'], lang, signed=True)})"
    return f"({percent_text(row['growth_share'], lang, signed=True)})"


def _kind(row: Row) -> str:
    if not is_compared(row):
        return "apart"
    return "level" if not row["change_yuan"] else "rise" if row["change_yuan"] > 0 else "fall"


def _left_out(
    lines: list[Line], parts: list[Line], shown: list[Line], lang: Lang
) -> list[str | None]:
    """Say how many lines are not drawn, and why."""
    wholes = len(lines) - len(parts)
    sizes = [_size(line) for line in parts if line not in shown]
    blank, smaller = sizes.count(None), [size for size in sizes if size is not None]
    largest = wan_text(max(smaller, default=None), lang)
    if lang == "zh":
        return [
            f"未绘出：合计与上级科目{wholes}行" if wholes else None,
            f"未绘出：较小科目{len(smaller)}行，每行不超过{largest}" if smaller else None,
            f"未绘出：无数字{blank}行" if blank else None,
        ]
    return [
        f"not drawn: {wholes} totals and classes" if wholes else None,
        f"not drawn: {len(smaller)} smaller lines, none above {largest}" if smaller else None,
        f"not drawn: {blank} lines without a figure" if blank else None,
    ]


def _layers(data: pl.DataFrame, years: tuple[int, int], lang: Lang) -> list[alt.Chart]:
    present = set(data["kind"])
    kinds = [(kind[lang == "en"], kind[2]) for kind in _KINDS.values()]
    shown = [(name, colour) for name, colour in kinds if name in present]
    named = [f"'{year_text(year, lang)}'" for year in years]
    x_axis = alt.Axis(
        orient="top",
        values=[0, 1],
        labelExpr=f"datum.value ? {named[1]} : {named[0]}",
        labelFontSize=14,
        labelFlush=False,
        ticks=False,
        domain=False,
        grid=True,
        title=None,
    )
    x = alt.X("x0:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=x_axis)
    y_scale = alt.Scale(domain=[0, data["top"][0]], nice=False)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=[n for n, _ in shown], range=[c for _, c in shown]),
        legend=alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3),
    )
    base = (
        alt.Chart(data)
        .transform_calculate(x0="0", x1="1", tie0=f"-{_TIE}", tie1=f"1 + {_TIE}")
        .encode(tooltip=_tooltips(years, lang))
    )
    slopes = (
        base.transform_filter("datum.is_joined")
        .mark_rule(strokeWidth=2.2, strokeCap="round")
        .encode(
            x=x,
            x2="x1:Q",
            y=alt.Y("prior:Q", axis=None, scale=y_scale),
            y2="now:Q",
            color=colour,
            strokeDash=alt.when("datum.is_break").then(alt.value([5, 4])).otherwise(alt.value([])),
        )
    )
    layers = [slopes]
    ends: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
        ("prior", "x0", "tie0", "left", {"align": "right", "dx": -4}),
        ("now", "x1", "tie1", "right", {"align": "left", "dx": 4}),
    )
    for end, place, tie, side, look in ends:
        there = base.transform_filter(f"datum.{end} !== null")
        hollow = f"datum.is_implied{'_prior' if end == 'prior' else ''}"
        layers += [
            there.mark_rule(color="#BDBDBD", strokeWidth=0.8).encode(
                x=f"{place}:Q", x2=f"{tie}:Q", y=f"{end}:Q", y2=f"{side}_at:Q"
            ),
            there.mark_point(size=60, opacity=1, strokeWidth=2).encode(
                x=f"{place}:Q",
                y=f"{end}:Q",
                stroke=colour,
                fill=alt.when(hollow).then(alt.value("white")).otherwise(colour),
            ),
            there.mark_text(
                **look,
                lineBreak="\n",
                lineHeight=_LINE,
                dy=alt.expr(f"-{_LINE / 2} * (length(split(datum.{side}, '\\n')) - 1)"),
                color=INK,
            ).encode(x=f"{tie}:Q", y=f"{side}_at:Q", text=f"{side}:N"),
        ]
    return layers


def _tooltips(years: tuple[int, int], lang: Lang) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("line:N", title="科目" if lang == "zh" else "line"),
        alt.Tooltip("prior:Q", title=f"{years[0]}（万元）", format=",.2f"),
        alt.Tooltip("now:Q", title=f"{years[1]}（万元）", format=",.2f"),
        alt.Tooltip("right:N", title="增减" if lang == "zh" else "growth"),
        alt.Tooltip("reason:N", title="可比性" if lang == "zh" else "comparability"),
    ]
