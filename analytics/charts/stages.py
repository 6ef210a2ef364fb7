"""Budget against final accounts, line by line: the amounts, and how far the one is off the other."""

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
    year_text,
)
from analytics.charts.line_axis import label_width, line_axis, line_names, line_step
from analytics.charts.line_rows import Heading, Line, circled, heading_of, lines_of
from analytics.charts.theme import CURRENT, DOT, FAINT, INK, LEVEL, LINK, PRIOR, RING
from analytics.errors import InputError
from analytics.schema.results import Execution
from analytics.schema.stage_vocabularies import ExecutionStatus, SideComparability
from analytics.schema.vocabularies import Stage

__all__ = ["deviation_dots", "execution_dumbbell"]

_COLUMNS = [
    "agency_id",
    "fiscal_year",
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
    "budget_yuan",
    "adjusted_budget_yuan",
    "final_yuan",
    "deviation_yuan",
    "deviation_share",
    "deviation_low_share",
    "deviation_high_share",
    "execution_status",
    "side_comparability",
]
_BANDS = (0.15, 0.10, 0.05)
_SHADES = ("#F4F4F4", "#E9E9E9", "#DCDCDC")
_WIDTH = 400


def execution_dumbbell(
    execution: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh", *, source: str | None = None
) -> alt.LayerChart:
    """Draw budget and final of each line as two points, and what was added in between.

    One row a line, below the line it is a part of. The pale ring is the original budget, the
    dark dot the final, a small bar the adjusted budget where one is stated; beside them stand
    both amounts and the deviation. A line that one of the two does not list has one point and
    says what became of it. The axis starts at zero.

    Args:
        execution: One agency, year, scope, statement, flow and classification of
            :class:`~analytics.schema.results.Execution`; yuan. To see one part only, filter it
            first, e.g. ``execution.filter(component="total")``.
        lang: Language of labels; names of lines are as printed.
        source: Where the figures stand; the documents of the year if none is given.

    Returns:
        An Altair chart in 万元. Lines of which only one stage is known are not drawn but counted;
        where that are all, the chart says that there is nothing to draw.

    Raises:
        InputError: Not a polars frame, or several agencies, years or statements.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets and final accounts of an invented library:

        >>> import analytics
        >>> chart = analytics.execution_dumbbell(analytics.execution(years, year=2019))
        >>> chart.layer[0].data.filter(code="207")["text"].item()
        '378.00 → 399.00 (+5.56%)'
    """
    picture = _picture(execution, lang, topic=("预算与决算", "budget and final"))
    if isinstance(picture, alt.LayerChart):
        return picture
    lines, heading, small_print = picture
    marks = _marks(lines)
    data = pl.DataFrame([_dumbbell(line, marks, lang) for line in lines], infer_schema_length=None)
    return finish(
        [*_dumbbell_layers(data, lines, lang), line_names(lines)],
        title=_title(heading, lines, ("预算与决算", "budget and final"), lang),
        small_print=[
            heading.agency,
            heading.money,
            unit_note(lang),
            "横轴自0起" if lang == "zh" else "axis from zero",
            source or heading.source,
            *small_print,
        ],
        width=_WIDTH,
        height=alt.Step(line_step(lines)),
        print_width=_WIDTH + label_width(lines) + 200,
    )


def deviation_dots(
    execution: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    clip: float = 0.3,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw by how much the final of each line is off its original budget.

    One row a line, below the line it is a part of. The shaded bands reach to 5, 10 and 15 %
    either side: the bounds that the PEFA framework sets for the scores A, B and C of the total;
    for a single line they are a scale to read by, not a score. A deviation beyond ``clip`` is a
    triangle at the edge, its number beside it. What the printed precision leaves open is a thin
    line through the dot.

    Args:
        execution: One agency, year, scope, statement, flow and classification of
            :class:`~analytics.schema.results.Execution`.
        lang: Language of labels; names of lines are as printed.
        clip: Where the axis ends on both sides, as a share; not below 0.15.
        source: Where the figures stand; the documents of the year if none is given.

    Returns:
        An Altair chart. Lines of which only one stage is known are not drawn but counted; where
        that are all, the chart says that there is nothing to draw.

    Raises:
        InputError: Not a polars frame, several agencies, years or statements, or ``clip`` below
            0.15.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets and final accounts of an invented library:

        >>> import analytics
        >>> chart = analytics.deviation_dots(analytics.execution(years, year=2019), lang="en")
        >>> chart.layer[1].data.select("code", "text").row(0)
        ('total', '+5.00%')
    """
    if clip < max(_BANDS):
        raise InputError(f"clip is {clip}", hint="the bands reach to 0.15; give that or more")
    picture = _picture(execution, lang, topic=("预决算偏离度", "deviation"))
    if isinstance(picture, alt.LayerChart):
        return picture
    lines, heading, small_print = picture
    marks = _marks(lines)
    data = pl.DataFrame([_dot(line, marks, clip, lang) for line in lines], infer_schema_length=None)
    limits = "底色：±5%、±10%、±15%" if lang == "zh" else "bands: ±5, ±10, ±15 %"
    formula = "（决算−预算）÷ 年初预算" if lang == "zh" else "(final − budget) ÷ original budget"
    return finish(
        [*_dot_layers(data, lines, clip, lang), line_names(lines)],
        title=_title(heading, lines, ("预决算偏离度", "deviation from the budget"), lang),
        small_print=[
            heading.agency,
            heading.money,
            formula,
            limits,
            source or heading.source,
            *small_print,
        ],
        width=_WIDTH,
        height=alt.Step(line_step(lines)),
        print_width=_WIDTH + label_width(lines) + 80,
    )


def _picture(
    execution: pl.DataFrame | pl.LazyFrame, lang: Lang, *, topic: tuple[str, str]
) -> alt.LayerChart | tuple[list[Line], Heading, list[str | None]]:
    """The lines that can be drawn with what is said of all, or the empty picture."""
    check_lang(lang)
    rows = take(execution, Execution, _COLUMNS, what="execution", marked=True)
    drawn = [row for row in rows if row["execution_status"] != ExecutionStatus.UNKNOWN]
    if not drawn:
        return empty_chart(topic[lang == "en"], lang)
    heading = heading_of(drawn, lang, what="execution")
    one_value(drawn, "fiscal_year", what="execution")
    lines = lines_of(drawn, lang)
    notes: list[str | None] = [
        f"{mark} {word(SideComparability, value, lang)}" for value, mark in _marks(lines).items()
    ]
    notes += [_unknown_note(rows, lang), doubt_note(drawn, lang)]
    return lines, heading, notes


def _title(heading: Heading, lines: list[Line], topic: tuple[str, str], lang: Lang) -> str:
    year = year_text(lines[0].rows[0]["fiscal_year"], lang)
    if lang == "zh":
        return f"{heading.statement}：{year}{topic[0]}"
    return f"{heading.statement}: {topic[1]}, {year}"


def _marks(lines: list[Line]) -> dict[str, str]:
    """A number for each thing that stands between budget and final."""
    found = {line.rows[0]["side_comparability"] for line in lines}
    shown = [str(value) for value in SideComparability if value in found]
    shown = [value for value in shown if value != SideComparability.COMPARABLE]
    return {value: circled(place) for place, value in enumerate(shown)}


def _unknown_note(rows: list[Row], lang: Lang) -> str | None:
    """How many lines are not drawn, by what is not known of them."""
    unknown = [row for row in rows if row["execution_status"] == ExecutionStatus.UNKNOWN]
    words = []
    for value in SideComparability:
        count = sum(row["side_comparability"] == value for row in unknown)
        if count and lang == "zh":
            words.append(f"{word(SideComparability, value, lang)}{count}行")
        elif count:
            words.append(f"{count} ({word(SideComparability, value, lang)})")
    if not words:
        return None
    return f"未绘出：{'、'.join(words)}" if lang == "zh" else f"not drawn: {', '.join(words)}"


def _said(row: Row, marks: dict[str, str], lang: Lang) -> str:
    """The deviation, or the word for what became of the line, with its marks."""
    if row["execution_status"] != ExecutionStatus.EXECUTED:
        text = word(ExecutionStatus, row["execution_status"], lang)
    elif row["deviation_share"] is None:
        text = f"{wan_text(row['deviation_yuan'], lang, signed=True)}万元"
    else:
        text = percent_text(row["deviation_share"], lang, signed=True)
    mark = marks.get(row["side_comparability"], "")
    return f"{text} {mark}".rstrip() + doubt_mark(row["is_doubted"] or row["is_doubted_prior"])


def _dumbbell(line: Line, marks: dict[str, str], lang: Lang) -> dict[str, Any]:
    row = line.rows[0]
    said = _said(row, marks, lang)
    ends = [row["budget_yuan"], row["final_yuan"]]
    known = [wan_text(end, lang) for end in ends if end is not None]
    return {
        "line": line.label,
        "code": line.code,
        "budget": wan(row["budget_yuan"]),
        "adjusted": wan(row["adjusted_budget_yuan"]),
        "final": wan(row["final_yuan"]),
        "label_at": wan(max([0, *(end for end in ends if end is not None)])),
        "text": f"{' → '.join(known)} ({said})" if known else said,
    }


def _dumbbell_layers(data: pl.DataFrame, lines: list[Line], lang: Lang) -> list[alt.Chart]:
    stages = {"budget": Stage.BUDGET, "adjusted": Stage.ADJUSTED_BUDGET, "final": Stage.FINAL}
    names = [stage.label(lang) for stage in stages.values()]
    amounts = [0.0, *(value for name in stages for value in data[name].drop_nulls())]
    scale = alt.Scale(domain=[min(amounts), max(amounts) * 1.02 or 1.0], nice=False)
    x = alt.X("budget:Q", title=None, scale=scale, axis=alt.Axis(format=",~f", tickCount=5))
    base = alt.Chart(data).encode(y=alt.Y(**line_axis(lines)))
    links = base.mark_rule(color=LINK, strokeWidth=2).encode(x=x, x2="final:Q")
    points = []
    bar = {"shape": "stroke", "filled": False, "size": 160, "strokeWidth": 2, "angle": 90}
    looks: list[dict[str, Any]] = [RING, bar, DOT]
    for (column, stage), look in zip(stages.items(), looks, strict=True):
        if data[column].is_null().all():
            continue
        points.append(
            base.transform_filter(f"datum.{column} !== null")
            .transform_calculate(stage=f"'{stage.label(lang)}'")
            .mark_point(opacity=1, **look)
            .encode(
                x=alt.X(f"{column}:Q"),
                color=alt.Color(
                    "stage:N",
                    scale=alt.Scale(domain=names, range=[PRIOR, LEVEL, CURRENT]),
                    legend=alt.Legend(
                        title=None,
                        symbolType="circle",
                        values=[
                            stage.label(lang)
                            for name, stage in stages.items()
                            if not data[name].is_null().all()
                        ],
                    ),
                ),
                tooltip=_tooltips(lang),
            )
        )
    texts = base.mark_text(align="left", color=INK).encode(x=alt.value(_WIDTH + 14), text="text:N")
    return [links, *points, texts]


def _dot(line: Line, marks: dict[str, str], clip: float, lang: Lang) -> dict[str, Any]:
    row = line.rows[0]
    share = row["deviation_share"]
    ends = [
        None if end is None else max(-clip, min(clip, end))
        for end in (row["deviation_low_share"], share, row["deviation_high_share"])
    ]
    return {
        "line": line.label,
        "code": line.code,
        "low": ends[0],
        "share": ends[1],
        "high": ends[2],
        "side": "" if share is None or abs(share) <= clip else "right" if share > 0 else "left",
        "text": _said(row, marks, lang),
        "budget": wan(row["budget_yuan"]),
        "final": wan(row["final_yuan"]),
        "is_said": share is None,
    }


def _dot_layers(data: pl.DataFrame, lines: list[Line], clip: float, lang: Lang) -> list[alt.Chart]:
    bands = pl.DataFrame(
        {"from": [-band for band in _BANDS], "to": list(_BANDS), "shade": list(_SHADES)}
    )
    ticks = sorted({0.0, clip, -clip, *_BANDS, *(-band for band in _BANDS)})
    scale = alt.Scale(domain=[-clip, clip], nice=False)
    axis = alt.Axis(
        values=ticks,
        orient="top",
        grid=False,
        title=None,
        labelFlush=False,
        labelFontSize=11,
        labelExpr="(datum.value > 0 ? '+' : '') + format(datum.value, '.0~%')",
    )
    shaded = (
        alt.Chart(bands)
        .mark_rect()
        .encode(
            x=alt.X("from:Q", scale=scale, axis=axis),
            x2="to:Q",
            y=alt.value(0),
            y2=alt.value("height"),
            color=alt.Color("shade:N", scale=None),
        )
    )
    base = alt.Chart(data).encode(y=alt.Y(**line_axis(lines)), tooltip=_tooltips(lang))
    zero = alt.Chart(pl.DataFrame({"zero": [0.0]})).mark_rule(color="#8A8A8A").encode(x="zero:Q")
    spans = base.mark_rule(color=CURRENT, strokeWidth=1.4).encode(x="low:Q", x2="high:Q")
    layers = [shaded, spans, zero]
    for side, shape in (("", "circle"), ("left", "triangle-left"), ("right", "triangle-right")):
        layers.append(
            base.transform_filter(f"datum.side === '{side}' && datum.share !== null")
            .mark_point(filled=True, shape=shape, size=80, opacity=1, color=CURRENT)
            .encode(x="share:Q")
        )
    texts = base.mark_text(align="left").encode(
        x=alt.value(_WIDTH + 14),
        text="text:N",
        color=alt.when("datum.is_said").then(alt.value(FAINT)).otherwise(alt.value(INK)),
    )
    return [*layers, texts]


def _tooltips(lang: Lang) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("line:N", title="科目" if lang == "zh" else "line"),
        alt.Tooltip("budget:Q", title="预算（万元）" if lang == "zh" else "budget", format=",.2f"),
        alt.Tooltip("final:Q", title="决算（万元）" if lang == "zh" else "final", format=",.2f"),
        alt.Tooltip("text:N", title="偏离" if lang == "zh" else "deviation"),
    ]
