"""Projects by amount."""

from __future__ import annotations

from typing import Any

import altair as alt
import dataframely as dy
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
from analytics.charts.frames import Row, take
from analytics.charts.labels import Lang, check_lang, unique, wan, wan_text, wrap
from analytics.charts.theme import CURRENT, FAINT, INK, SERIES
from analytics.schema.fields import declare

__all__ = ["project_bars"]

_LABEL_EM = 20
_WIDTH = 400


class _Projects(dy.Schema):
    """What this chart needs of any frame of projects."""

    project = declare("project")
    name = declare("name")
    kind = declare("kind", nullable=True)
    amount_yuan = declare("amount_yuan", nullable=True)


def project_bars(
    projects: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh", *, source: str | None = None
) -> alt.LayerChart:
    """Draw projects by amount, the largest first.

    Long names are broken into two lines and end in ``…`` beyond them; the whole name is in the
    tooltip. A project without an amount stands last and reads 无数据. An amount that did not
    reconcile (``is_doubted``) is marked ※.

    Args:
        projects: One row a project: ``name`` or ``project``, ``amount_yuan``, and ``kind`` where
            bars are to be coloured by it.
        lang: Language of labels; names of projects are as printed.
        source: Where the figures stand, for the small print.

    Returns:
        An Altair chart in 万元; without rows a chart that says so.

    Raises:
        InputError: Not a polars frame.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        >>> import polars as pl
        >>> chart = project_bars(pl.DataFrame(
        ...     {"name": ["系统运维", "大厅改造"], "amount_yuan": [350_000, 4_000_000]}))
        >>> chart.data.select("name", "text").rows()
        [('大厅改造', '400.00'), ('系统运维', '35.00')]
    """
    check_lang(lang)
    columns = set(projects.lazy().collect_schema()) if isinstance(projects, _FRAMES) else set()
    name = "project" if "project" in columns and "name" not in columns else "name"
    wanted = [name, "amount_yuan", *(["kind"] if "kind" in columns else [])]
    rows = take(projects, _Projects, wanted, what="frame of projects", marked=True)
    title = "项目支出" if lang == "zh" else "Projects by amount"
    if not rows:
        return empty_chart(title, lang)
    rows.sort(key=lambda r: (r["amount_yuan"] is None, -(r["amount_yuan"] or 0), r[name]))
    data = pl.DataFrame(_bars(rows, name, lang), infer_schema_length=None)
    count = f"{len(rows)}个项目" if lang == "zh" else f"{len(rows)} projects"
    return finish(
        _layers(data, lang),
        title=title,
        small_print=[count, unit_note(lang), source, doubt_note(rows, lang)],
        width=_WIDTH,
        height=alt.Step(row_step(data["label"], least=24)),
        print_width=_WIDTH + _LABEL_EM * 12,
    )


_FRAMES = (pl.DataFrame, pl.LazyFrame)


def _bars(rows: list[Row], name: str, lang: Lang) -> list[dict[str, Any]]:
    labels = unique([wrap(row[name], _LABEL_EM, lines=2) for row in rows])
    return [
        {
            "label": label,
            "name": row[name],
            "amount": wan(row["amount_yuan"]),
            "label_at": max(0.0, wan(row["amount_yuan"]) or 0.0),
            "text": wan_text(row["amount_yuan"], lang) + doubt_mark(row["is_doubted"]),
            "kind": row.get("kind") or "",
        }
        for label, row in zip(labels, rows, strict=True)
    ]


def _layers(data: pl.DataFrame, lang: Lang) -> list[alt.Chart]:
    kinds = sorted(set(data["kind"]) - {""})
    base = alt.Chart(data).encode(
        y=alt.Y(**row_axis("label", data["label"].to_list())),
        tooltip=[
            alt.Tooltip("name:N", title="项目" if lang == "zh" else "project"),
            alt.Tooltip("text:N", title="万元"),
            alt.Tooltip("kind:N", title="性质" if lang == "zh" else "kind"),
        ],
    )
    bars = base.mark_bar(color=CURRENT, height={"band": 0.72}).encode(
        x=alt.X("amount:Q", **value_axis(data["amount"], number=",~f"))
    )
    if kinds:
        named = kinds + ([""] if "" in set(data["kind"]) else [])
        bars = bars.encode(
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=named, range=[SERIES[i % 7] for i in range(len(named))]),
                legend=alt.Legend(title=None, values=kinds, columns=3),
            )
        )
    texts = base.mark_text(align="left", dx=5).encode(
        x="label_at:Q",
        text="text:N",
        color=alt.when("datum.amount === null").then(alt.value(FAINT)).otherwise(alt.value(INK)),
    )
    return [bars, texts]
