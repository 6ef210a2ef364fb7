"""Which disclosures there are of whom and when."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import empty_chart, finish, row_axis, row_step
from analytics.charts.frames import Row, take
from analytics.charts.labels import Lang, check_lang, word, wrap, year_text
from analytics.charts.theme import FAINT, INK
from analytics.schema.panel_vocabularies import CoverageState
from analytics.schema.results import CoverageGrid
from analytics.schema.vocabularies import Scope, Stage

__all__ = ["coverage_heatmap"]

_KINDS = {
    "whole": ("应有报表齐全", "every statement is there", "#8CC3E6"),
    "partly": ("有缺表", "statements are missing", "#F6E27A"),
    "none": ("无文件", "no document", "#F4F4F4"),
}
_LABEL_EM = 22
_CELL = 92


def coverage_heatmap(grid: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh") -> alt.LayerChart:
    """Draw which disclosures a panel holds: a row each agency, stage and scope, a column a year.

    The number in a cell is that of its statements with figures; with what the form asks for but
    the document lacks (缺) and what it prints without figures (空) beside it. A year without a
    document between the years of an agency reads 无文件; outside them a cell is blank.

    Args:
        grid: Rows of :class:`~analytics.schema.results.CoverageGrid`, as a panel's
            ``coverage_grid()`` returns them; of any number of agencies.
        lang: Language of labels; names of agencies are as printed.

    Returns:
        An Altair chart; without rows a chart that says so.

    Raises:
        InputError: Not a polars frame.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> chart = analytics.coverage_heatmap(panel.coverage_grid(), lang="en")
        >>> chart.data.select("series", "year", "kind").row(0)
        ('示例市图书馆 unit budget', '2024', 'every statement is there')
    """
    check_lang(lang)
    rows = take(grid, CoverageGrid, CoverageGrid.column_names(), what="coverage grid")
    title = "公开文件与报表覆盖" if lang == "zh" else "Disclosures and their statements"
    if not rows:
        return empty_chart(title, lang)
    grouped: dict[tuple[str, int, int, int], list[Row]] = {}
    for row in rows:
        stage, scope = list(Stage).index(row["stage"]), list(Scope).index(row["scope"])
        key = (row["agency_id"], stage, scope, row["fiscal_year"])
        grouped.setdefault(key, []).append(row)
    data = pl.DataFrame([_cell(grouped[key], lang) for key in sorted(grouped)])
    years = range(min(row["fiscal_year"] for row in rows), max(r["fiscal_year"] for r in rows) + 1)
    zh = "格内：有数据的报表数，缺＝应有而缺，空＝有表无数据"
    en = "in cells: statements with figures, − missing, ○ without figures"
    return finish(
        _layers(data, [year_text(year, lang) for year in years], lang),
        title=title,
        small_print=[zh if lang == "zh" else en],
        width=alt.Step(_CELL),
        height=alt.Step(row_step(data["series"], least=28)),
        print_width=_CELL * len(years) + _LABEL_EM * 12,
    )


def _cell(rows: list[Row], lang: Lang) -> dict[str, Any]:
    """One disclosure, from the rows of its statements."""
    first = rows[0]
    stage, scope = word(Stage, first["stage"], lang), word(Scope, first["scope"], lang)
    counts = Counter(row["coverage_state"] for row in rows)
    missing, empty = counts[CoverageState.MISSING], counts[CoverageState.EMPTY]
    is_there = counts[CoverageState.NO_DOCUMENT] < len(rows)
    kind = "none" if not is_there else "partly" if missing else "whole"
    text = str(counts[CoverageState.PRESENT])
    if missing:
        text += f" 缺{missing}" if lang == "zh" else f" −{missing}"
    if empty:
        text += f" 空{empty}" if lang == "zh" else f" ○{empty}"
    which = f"{scope}{stage}" if lang == "zh" else f"{scope} {stage}"
    series = f"{first['agency_id']} {which}"
    return {
        "series": wrap(series, _LABEL_EM),
        "year": year_text(first["fiscal_year"], lang),
        "kind": _KINDS[kind][lang == "en"],
        "text": text if is_there else _KINDS[kind][lang == "en"],
        "is_there": is_there,
    }


def _layers(data: pl.DataFrame, years: list[str], lang: Lang) -> list[alt.Chart]:
    kinds = [(kind[lang == "en"], kind[2]) for kind in _KINDS.values()]
    present = set(data["kind"])
    shown = [(name, colour) for name, colour in kinds if name in present]
    base = alt.Chart(data).encode(
        x=alt.X(
            "year:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=years),
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        y=alt.Y(**row_axis("series", data["series"].unique(maintain_order=True).to_list())),
        tooltip=[
            alt.Tooltip("series:N", title="单位" if lang == "zh" else "agency"),
            alt.Tooltip("year:N", title="年度" if lang == "zh" else "year"),
            alt.Tooltip("kind:N", title="文件" if lang == "zh" else "document"),
            alt.Tooltip("text:N", title="报表" if lang == "zh" else "statements"),
        ],
    )
    cells = base.mark_rect(width={"band": 0.95}, height={"band": 0.88}).encode(
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=[n for n, _ in shown], range=[c for _, c in shown]),
            legend=alt.Legend(title=None),
        )
    )
    texts = base.mark_text().encode(
        text="text:N",
        color=alt.when("datum.is_there").then(alt.value(INK)).otherwise(alt.value(FAINT)),
    )
    return [cells, texts]
