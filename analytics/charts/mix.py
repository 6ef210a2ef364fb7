"""What the money is made of: shares as sorted bars, with the prior year where there is one."""

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
    value_axis,
)
from analytics.charts.frames import Row, one_value, take
from analytics.charts.labels import (
    Lang,
    check_lang,
    no_data,
    percent_text,
    unique,
    wan_text,
    word,
    wrap,
    year_text,
)
from analytics.charts.theme import CURRENT, FAINT, INK, PRIOR
from analytics.errors import NotFoundError
from analytics.schema.results import SpendingMix
from analytics.schema.vocabularies import Stage

__all__ = ["mix_bars"]

_COLUMNS = [
    "agency_id",
    "fiscal_year",
    "stage",
    "dimension",
    "name",
    "amount_yuan",
    "share",
    "amount_prior_yuan",
    "share_prior",
]
_TITLES = {
    "function": ("支出构成（功能分类）", "Expenditure by function"),
    "economic_department_class": (
        "基本支出构成（部门经济分类，类）",
        "Basic expenditure by departmental economic class",
    ),
    "economic_department": (
        "基本支出构成（部门经济分类，款）",
        "Basic expenditure by departmental economic item",
    ),
    "economic_government": (
        "基本支出构成（政府经济分类）",
        "Basic expenditure by government economic item",
    ),
    "basic_project": ("支出构成（基本支出与项目支出）", "Expenditure, basic and project"),
    "fund": ("收入构成（资金来源）", "Revenue by source of funds"),
}
_LABEL_EM = 16
_WIDTH = 420


def mix_bars(
    mix: pl.DataFrame | pl.LazyFrame,
    dimension: str | None = None,
    lang: Lang = "zh",
    *,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw the shares of one mix, the largest first.

    Each bar says its share and its amount. Where any item has a share of the year before, a
    second bar stands beneath each; an item that had none then reads 无数据. A figure that did not
    reconcile (:func:`~analytics.analysis.with_doubts`) is marked ※.

    Args:
        mix: One agency and year of :class:`~analytics.schema.results.SpendingMix`; yuan.
        dimension: Which mix to draw; may be left out when the frame has one only.
        lang: Language of labels; names of items are as printed.
        source: Where the figures stand, for the small print.

    Returns:
        An Altair chart of shares from 0 to 100 %; without rows a chart that says so.

    Raises:
        InputError: Not a polars frame, or several agencies, years, stages or dimensions.
        SchemaError: Columns are missing or of another type.
        NotFoundError: The frame has no such dimension, or an unknown language.

    Examples:
        With a panel of one disclosure; the text is what stands beside each bar:

        >>> import analytics
        >>> mix = analytics.spending_mix(panel.facts)
        >>> chart = analytics.mix_bars(mix, "fund", lang="en")
        >>> chart.data.select("name", "share", "text").rows()
        [('一般公共预算', 0.96, '96.00% · 480.00'), ('单位资金', 0.04, '4.00% · 20.00')]
    """
    check_lang(lang)
    rows = take(mix, SpendingMix, _COLUMNS, what="mix", marked=True)
    if rows and dimension is not None:
        known = {row["dimension"] for row in rows}
        if dimension not in known:
            raise NotFoundError.for_name("dimension", dimension, known)
        rows = [row for row in rows if row["dimension"] == dimension]
    if not rows:
        return empty_chart(_title(dimension, lang), lang)
    dimension = one_value(rows, "dimension", what="mix")
    agency = one_value(rows, "agency_id", what="mix")
    year = one_value(rows, "fiscal_year", what="mix")
    stage = word(Stage, one_value(rows, "stage", what="mix"), lang)
    rows = sorted(rows, key=lambda r: (-r["amount_yuan"], r["name"]))
    has_prior = any(row["share_prior"] is not None for row in rows)
    years = [year_text(year, lang)] + ([_prior_text(lang)] if has_prior else [])
    data = pl.DataFrame(_bars(rows, years, lang))
    basis = f"{year_text(year, lang)}{'' if lang == 'zh' else ' '}{stage}"
    return finish(
        _layers(data, years, lang),
        title=f"{_title(dimension, lang)}{'：' if lang == 'zh' else ': '}{basis}",
        small_print=[agency, unit_note(lang), source, doubt_note(rows, lang)],
        width=_WIDTH,
        height=alt.Step(
            row_step(data["item"], least=46 if has_prior else 28), **{"for": "position"}
        ),
        print_width=_WIDTH + _LABEL_EM * 12,
    )


def _title(dimension: str | None, lang: Lang) -> str:
    if dimension is None:
        return "构成" if lang == "zh" else "Mix"
    zh, en = _TITLES.get(dimension, (f"构成（{dimension}）", f"Mix by {dimension}"))
    return zh if lang == "zh" else en


def _prior_text(lang: Lang) -> str:
    return "上年" if lang == "zh" else "prior year"


def _bars(rows: list[Row], years: list[str], lang: Lang) -> list[dict[str, Any]]:
    items = unique([wrap(row["name"], _LABEL_EM) for row in rows])
    return [
        {
            "item": item,
            "name": row["name"],
            "year": year,
            "share": row[f"share{suffix}"],
            "label_at": max(0.0, row[f"share{suffix}"] or 0.0),
            "is_missing": row[f"amount{suffix}_yuan"] is None,
            "text": _text(row[f"share{suffix}"], row[f"amount{suffix}_yuan"], lang)
            + doubt_mark(row[f"is_doubted{suffix}"]),
        }
        for item, row in zip(items, rows, strict=True)
        for year, suffix in zip(years, ("", "_prior"), strict=False)
    ]


def _text(share: float | None, amount: Any, lang: Lang) -> str:
    if amount is None:
        return no_data(lang)
    return (
        wan_text(amount, lang)
        if share is None
        else f"{percent_text(share, lang)} · {wan_text(amount, lang)}"
    )


def _layers(data: pl.DataFrame, years: list[str], lang: Lang) -> list[alt.Chart]:
    order = data["item"].unique(maintain_order=True).to_list()
    encodings: dict[str, Any] = {
        "y": alt.Y(**row_axis("item", order)),
        "tooltip": [
            alt.Tooltip("name:N", title="名称" if lang == "zh" else "item"),
            alt.Tooltip("year:N", title="年度" if lang == "zh" else "year"),
            alt.Tooltip("text:N", title="占比 · 万元" if lang == "zh" else "share · 万元"),
        ],
    }
    if len(years) > 1:
        encodings["yOffset"] = alt.YOffset(
            "year:N", sort=None, scale=alt.Scale(domain=years, paddingOuter=0.1)
        )
    base = alt.Chart(data).encode(**encodings)
    colour = alt.Color(
        "year:N",
        scale=alt.Scale(domain=years, range=[CURRENT, PRIOR][: len(years)]),
        legend=alt.Legend(title=None) if len(years) > 1 else None,
    )
    bars = base.mark_bar(height={"band": 0.72 if len(years) == 1 else 1}).encode(
        x=alt.X("share:Q", **value_axis(data["share"], number="~%")), color=colour
    )
    texts = base.mark_text(align="left", dx=5).encode(
        x="label_at:Q",
        text="text:N",
        color=alt.when("datum.is_missing").then(alt.value(FAINT)).otherwise(alt.value(INK)),
    )
    return [bars, texts]
