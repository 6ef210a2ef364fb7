"""What the years of a line lead to expect of the next one, and how uncertain that is."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import empty_chart, finish, unit_note
from analytics.charts.frames import one_value, take
from analytics.charts.labels import Lang, check_lang, percent_text, wan, wan_text, word, year_text
from analytics.charts.line_axis import label_width, line_axis, line_names, line_step
from analytics.charts.line_rows import Line, heading_of, lines_of
from analytics.charts.theme import CURRENT, INK, PRIOR
from analytics.schema.results import Trends
from analytics.schema.trend_vocabularies import Assumption

__all__ = ["forecast_ranges"]

_COLUMNS = [
    "agency_id",
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
    "last_year",
    "used_year_count",
    "amount_yuan",
    "confidence_share",
    "forecast_year",
    "forecast_yuan",
    "forecast_low_yuan",
    "forecast_high_yuan",
    "forecast_assumption",
    "forecast_reason",
    "forecast_reason_en",
]
_WIDTH = 400


def forecast_ranges(
    trends: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh", *, source: str | None = None
) -> alt.LayerChart:
    """Draw the forecast of each line with its interval, beside its last figure.

    The dark dot is the last figure, which is also what one expects who expects no change; the
    ring is the forecast, the bar through it the interval. The years that went in stand beside
    them. Lines without a forecast are not drawn but counted by their reason. The small print names
    what must hold for the interval. The axis starts at zero; an end of an interval beyond twice
    the largest figure is cut there, with an arrow.

    Args:
        trends: One agency, stage, scope, statement, flow, classification and forecast year of
            :class:`~analytics.schema.results.Trends`; yuan.
        lang: Language of labels; names of lines are as printed.
        source: Where the figures stand; the documents of the years if none is given.

    Returns:
        An Altair chart in 万元; without a forecast a chart that says so.

    Raises:
        InputError: Not a polars frame, or several agencies, statements or forecast years.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With four budgets of an invented library:

        >>> import analytics
        >>> chart = analytics.forecast_ranges(analytics.trends(analytics.series(years)))
        >>> chart.layer[0].data["text"][0].split(" [")[0]
        '460.00 → 481.94'
    """
    check_lang(lang)
    rows = take(trends, Trends, _COLUMNS, what="trends", marked=True)
    known = [
        row | {"fiscal_year": row["last_year"]} for row in rows if row["forecast_yuan"] is not None
    ]
    topic = "下一年预测" if lang == "zh" else "Forecast"
    if not known:
        return empty_chart(topic, lang)
    heading = heading_of(known, lang, what="trends")
    year = year_text(one_value(known, "forecast_year", what="trends"), lang)
    sure = percent_text(one_value(known, "confidence_share", what="trends"), lang)
    lines = lines_of(known, lang)
    most = 2 * max(wan(max(row["amount_yuan"], row["forecast_yuan"])) or 0 for row in known)
    data = pl.DataFrame([_range(line, most, lang) for line in lines])
    assumptions = sorted({row["forecast_assumption"] for row in known})
    reasons = Counter(
        row[f"forecast_reason{'' if lang == 'zh' else '_en'}"]
        for row in rows
        if row["forecast_yuan"] is None
    )
    zh, en = (
        f"{heading.statement}：{year}{heading.stage}预测",
        f"{heading.statement}: forecast, {year}",
    )
    return finish(
        [*_layers(data, lines, most, lang), line_names(lines)],
        title=zh if lang == "zh" else en,
        small_print=[
            heading.agency,
            heading.money,
            unit_note(lang),
            "名义值，横轴自0起" if lang == "zh" else "nominal, axis from zero",
            f"区间：{sure}" if lang == "zh" else f"interval: {sure}",
            *(f"{_assumed(lang)}{word(Assumption, value, lang)}" for value in assumptions),
            source or heading.source,
            *(
                f"未绘出{count}行：{reason}" if lang == "zh" else f"not drawn, {count}: {reason}"
                for reason, count in sorted(reasons.items())
            ),
        ],
        width=_WIDTH,
        height=alt.Step(line_step(lines)),
        print_width=_WIDTH + label_width(lines) + 300,
    )


def _assumed(lang: Lang) -> str:
    return "假定：" if lang == "zh" else "assumes: "


def _range(line: Line, most: float, lang: Lang) -> dict[str, Any]:
    row = line.rows[-1]
    ends = [row["forecast_low_yuan"], row["forecast_high_yuan"]]
    between = "–".join(wan_text(end, lang) for end in ends)
    count = row["used_year_count"]
    years = f"（{count}年）" if lang == "zh" else f" ({count} years)"
    return {
        "line": line.label,
        "code": line.code,
        "amount": wan(row["amount_yuan"]),
        "forecast": wan(row["forecast_yuan"]),
        "low": max(0.0, wan(ends[0]) or 0.0),
        "high": min(most, wan(ends[1]) or 0.0),
        "is_cut": (wan(ends[1]) or 0.0) > most,
        "text": f"{wan_text(row['amount_yuan'], lang)} → {wan_text(row['forecast_yuan'], lang)}"
        f" [{between}]{years}",
    }


def _layers(data: pl.DataFrame, lines: list[Line], most: float, lang: Lang) -> list[alt.Chart]:
    zh, en = ["末年数", "预测"], ["last figure", "forecast"]
    names = zh if lang == "zh" else en
    highest = max(*data["high"], *data["amount"])
    x = alt.X(
        "low:Q",
        title=None,
        scale=alt.Scale(domain=[0, min(most, highest * 1.03)], nice=False),
        axis=alt.Axis(format=",~f", tickCount=5),
    )
    base = alt.Chart(data).encode(y=alt.Y(**line_axis(lines)), tooltip=["line:N", "text:N"])
    spans = base.mark_rule(color=PRIOR, strokeWidth=6, opacity=0.6).encode(x=x, x2="high:Q")
    colour = alt.Color(
        "which:N",
        scale=alt.Scale(domain=names, range=[CURRENT, "#C77F12"]),
        legend=alt.Legend(title=None, symbolType="circle"),
    )
    looks: list[dict[str, Any]] = [
        {"filled": True, "size": 55},
        {"filled": False, "size": 150, "strokeWidth": 2.5},
    ]
    points = [
        base.transform_calculate(which=f"'{name}'")
        .mark_point(shape="circle", opacity=1, **look)
        .encode(x=f"{column}:Q", color=colour)
        for column, name, look in zip(("amount", "forecast"), names, looks, strict=True)
    ]
    arrows = (
        base.transform_filter("datum.is_cut")
        .mark_point(shape="triangle-right", filled=True, size=90, opacity=1, color="#7F9DB8")
        .encode(x="high:Q")
    )
    texts = base.mark_text(align="left", color=INK).encode(x=alt.value(_WIDTH + 14), text="text:N")
    return [spans, *points, arrows, texts]
