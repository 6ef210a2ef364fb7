"""The totals of many agencies side by side, each with the year before."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import (
    doubt_mark,
    doubt_note,
    empty_chart,
    finish,
    row_axis,
    row_step,
    unit_note,
)
from analytics.charts.frames import Row, one_value, take
from analytics.charts.labels import (
    Lang,
    check_lang,
    percent_text,
    unique,
    wan,
    wan_text,
    word,
    wrap,
    year_text,
)
from analytics.charts.theme import CURRENT, DOT, INK, LINK, PRIOR, RING
from analytics.errors import InputError
from analytics.schema.results import Changes
from analytics.schema.vocabularies import Comparability, Scope, Stage

__all__ = ["agency_totals"]

_COLUMNS = [
    "agency_id",
    "scope",
    "stage",
    "fiscal_year",
    "prior_year",
    "amount_yuan",
    "amount_prior_yuan",
    "growth_share",
    "comparability",
]
_WIDTH = 400
_LABEL_EM = 18.0
_WIDE_RANGE = 50
"""From the smallest to the largest: beyond it the small ones cannot be told apart on a plain axis."""


def agency_totals(
    changes: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    most: int = 40,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw one line of many agencies, the largest first, with the year before.

    One row an agency and scope. The pale ring is the prior year, the dark dot the year; beside
    them stand the amount and its growth, or why there is none. Where the amounts differ by more
    than fifty times the axis is logarithmic, which the small print says; else it starts at zero.

    Args:
        changes: One year and stage of :class:`~analytics.schema.results.Changes`, one row an
            agency and scope, e.g. ``changes.filter(statement="expenditure_summary", code="total",
            component="total")``; yuan.
        lang: Language of labels; names of agencies are as printed.
        most: How many are drawn; the small print counts the rest.
        source: Where the figures stand, for the small print.

    Returns:
        An Altair chart in 万元; agencies without a figure of the year are counted, not drawn.

    Raises:
        InputError: Not a polars frame, several years or stages, several rows of an agency and
            scope, or ``most`` below 1.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets of an invented library:

        >>> import analytics
        >>> rows = analytics.changes(years, year=2019).filter(code="total")
        >>> analytics.agency_totals(rows).data["text"].to_list()
        ['430.00（+7.50%）']
    """
    check_lang(lang)
    if most < 1:
        raise InputError(f"most is {most}", hint="draw at least one agency")
    zh = lang == "zh"
    rows = take(changes, Changes, _COLUMNS, what="changes", marked=True)
    drawn = [row for row in rows if row["amount_yuan"] is not None]
    if not drawn:
        return empty_chart("各单位总额" if zh else "Totals of the agencies", lang)
    year = one_value(drawn, "fiscal_year", what="changes")
    prior = one_value(drawn, "prior_year", what="changes")
    stage = one_value(drawn, "stage", what="changes")
    owners = [(row["agency_id"], row["scope"]) for row in drawn]
    if len(set(owners)) < len(owners):
        raise InputError(
            "the changes hold several lines of an agency",
            hint="filter one: statement, code, fund and component",
        )
    drawn.sort(key=lambda row: (-row["amount_yuan"], row["agency_id"], row["scope"]))
    shown = drawn[:most]
    labels = unique([wrap(_name(row, shown, lang), _LABEL_EM) for row in shown])
    data = pl.DataFrame(
        [_points(row, label, lang) for row, label in zip(shown, labels, strict=True)],
        infer_schema_length=None,
    )
    amounts = [float(x) for name in ("now", "was") for x in data[name].drop_nulls() if x > 0]
    is_wide = bool(amounts) and max(amounts) > _WIDE_RANGE * min(amounts)
    stage_word = Stage(stage).label(lang)
    return finish(
        _layers(data, labels, lang, years=(prior, year), amounts=amounts, is_wide=is_wide),
        title=f"{year}年各单位{stage_word}总额"
        if zh
        else f"Totals of the agencies: {year}, {stage_word}",
        small_print=[
            unit_note(lang),
            _axis_note(lang, is_wide=is_wide),
            _left_out(len(drawn) - len(shown), len(rows) - len(drawn), lang),
            source,
            doubt_note(shown, lang),
        ],
        width=_WIDTH,
        height=alt.Step(row_step(labels, least=24)),
        print_width=_WIDTH + 360,
    )


def _name(row: Row, rows: list[Row], lang: Lang) -> str:
    """The agency, with its scope where both are drawn."""
    if sum(other["agency_id"] == row["agency_id"] for other in rows) == 1:
        return str(row["agency_id"])
    scope = word(Scope, row["scope"], lang)
    return f"{row['agency_id']}（{scope}）" if lang == "zh" else f"{row['agency_id']} ({scope})"


def _points(row: Row, label: str, lang: Lang) -> dict[str, Any]:
    growth = row["growth_share"]
    said = (
        word(Comparability, row["comparability"], lang)
        if growth is None
        else percent_text(growth, lang, signed=True)
    )
    amount = wan_text(row["amount_yuan"], lang)
    text = f"{amount}（{said}）" if lang == "zh" else f"{amount} ({said})"
    return {
        "label": label,
        "now": wan(row["amount_yuan"]),
        "was": wan(row["amount_prior_yuan"]),
        "text": text + doubt_mark(row["is_doubted"] or row["is_doubted_prior"]),
    }


def _axis_note(lang: Lang, *, is_wide: bool) -> str:
    if is_wide:
        return "横轴为对数刻度" if lang == "zh" else "logarithmic axis"
    return "横轴自0起" if lang == "zh" else "axis from zero"


def _left_out(smaller: int, unknown: int, lang: Lang) -> str | None:
    zh = lang == "zh"
    words = []
    if smaller:
        words.append(f"其余{smaller}个较小的" if zh else f"{smaller} smaller ones")
    if unknown:
        words.append(
            f"本年数未知的{unknown}个" if zh else f"{unknown} without a figure of the year"
        )
    if not words:
        return None
    return f"未绘出：{'、'.join(words)}" if zh else f"not drawn: {', '.join(words)}"


def _layers(
    data: pl.DataFrame,
    labels: list[str],
    lang: Lang,
    *,
    years: tuple[int, int],
    amounts: list[float],
    is_wide: bool,
) -> list[alt.Chart]:
    names = [year_text(year, lang) for year in years]
    ends = (
        (min(amounts) * 0.8, max(amounts) * 1.25)
        if is_wide
        else (0, max(amounts, default=1.0) * 1.02)
    )
    scale = alt.Scale(type="log" if is_wide else "linear", domain=list(ends), nice=False)
    axis = alt.Axis(format=",~f", tickCount=5)
    base = alt.Chart(data).encode(
        y=alt.Y(**row_axis("label", labels, labelLimit=400)),
        tooltip=[
            alt.Tooltip("label:N", title="单位" if lang == "zh" else "agency"),
            alt.Tooltip("was:Q", title=names[0], format=",.2f"),
            alt.Tooltip("now:Q", title=names[1], format=",.2f"),
        ],
    )

    # A zero has no place on a logarithmic axis: its amount is beside it in words.
    def at(column: str) -> str:
        return f"datum.{column} !== null" + (f" && datum.{column} > 0" if is_wide else "")

    links = (
        base.transform_filter(f"{at('was')} && {at('now')}")
        .mark_rule(color=LINK, strokeWidth=2)
        .encode(x=alt.X("was:Q", title=None, scale=scale, axis=axis), x2="now:Q")
    )
    points = [
        base.transform_filter(at(column))
        .transform_calculate(year=f"'{name}'")
        .mark_point(opacity=1, **look)
        .encode(
            x=alt.X(f"{column}:Q", title=None, scale=scale, axis=axis),
            color=alt.Color(
                "year:N",
                scale=alt.Scale(domain=names, range=[PRIOR, CURRENT]),
                legend=alt.Legend(title=None, symbolType="circle"),
            ),
        )
        for column, name, look in zip(("was", "now"), names, (RING, DOT), strict=True)
    ]
    texts = base.mark_text(align="left", color=INK).encode(x=alt.value(_WIDTH + 14), text="text:N")
    return [links, *points, texts]
