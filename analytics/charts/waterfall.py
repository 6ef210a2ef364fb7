"""The bridge from last year's total to this year's, as a waterfall."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import (
    band_axis,
    doubt_mark,
    doubt_note,
    empty_chart,
    finish,
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
    wrap,
    year_text,
)
from analytics.charts.theme import FAINT, FALL, INK, LEVEL, LINK, RISE, UNEXPLAINED
from analytics.errors import InputError
from analytics.schema.results import Bridge, ComparableBridge

__all__ = ["change_waterfall"]

_COLUMNS = [
    "agency_id",
    "fiscal_year",
    "prior_year",
    "step_order",
    "label_zh",
    "label_en",
    "change_yuan",
    "start_yuan",
    "end_yuan",
    "growth_share",
    "is_unexplained",
    "reason",
]
_KINDS = {
    "level": ("总额", "total", LEVEL),
    "rise": ("增加", "rise", RISE),
    "fall": ("减少", "fall", FALL),
    "unexplained": ("未能解释", "unexplained", UNEXPLAINED),
}


def change_waterfall(
    bridge: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh", *, source: str | None = None
) -> alt.LayerChart:
    """Draw what moved the total, or one line, from one year to the next.

    The first and the last row are totals and stand on zero; the rows between are steps from
    ``start_yuan`` to ``end_yuan``. A step that nothing published explains is grey with a dashed
    edge and is called so. A bar that rests on a figure which did not reconcile
    (:func:`~analytics.analysis.with_doubts`) is marked ※. Each bar carries its amount, steps with their sign, and the growth
    where there is one; that of the total stands on the last bar. The axis always contains zero
    and is never broken.

    Args:
        bridge: One agency and year of :class:`~analytics.schema.results.Bridge`, or one line of
            :class:`~analytics.schema.results.ComparableBridge`, whose name the title then bears; yuan.
        lang: Language of labels.
        source: Where the figures stand, for the small print.

    Returns:
        An Altair chart in 万元; without rows a chart that says so.

    Raises:
        InputError: Not a polars frame, or several agencies, years or lines.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        >>> import polars as pl
        >>> from decimal import Decimal
        >>> yuan = [Decimal(amount) for amount in (900_000, -200_000, 700_000)]
        >>> bridge = pl.DataFrame({
        ...     "agency_id": "示例市审批局", "fiscal_year": 2024, "prior_year": 2023,
        ...     "step_order": [1, 2, 3], "label_zh": ["2023年", "项目", "2024年"],
        ...     "label_en": ["2023", "projects", "2024"], "change_yuan": yuan,
        ...     "start_yuan": [Decimal(0), yuan[0], Decimal(0)],
        ...     "end_yuan": [yuan[0], yuan[2], yuan[2]],
        ...     "growth_share": None, "is_unexplained": [False] * 3, "reason": None})
        >>> chart = change_waterfall(bridge)
        >>> chart.layer[0].data["amount"].to_list()
        ['90.00', '−20.00', '70.00']
    """
    check_lang(lang)
    is_frame = isinstance(bridge, pl.DataFrame | pl.LazyFrame)
    of_line = is_frame and "name" in bridge.collect_schema()
    schema, columns = (ComparableBridge, [*_COLUMNS, "name"]) if of_line else (Bridge, _COLUMNS)
    rows = sorted(
        take(bridge, schema, columns, what="bridge", marked=True), key=lambda r: r["step_order"]
    )
    if not rows:
        return empty_chart("总额变动" if lang == "zh" else "What moved the total", lang)
    agency = one_value(rows, "agency_id", what="bridge")
    year = one_value(rows, "fiscal_year", what="bridge")
    prior = one_value(rows, "prior_year", what="bridge")
    if len({row["step_order"] for row in rows}) < len(rows):
        raise InputError(
            "the bridge is of several lines",
            hint="filter one: statement, code, fund, component, stage and scope",
        )
    whole = one_value(rows, "name", what="bridge") if of_line else None
    step = min(120, max(76, 760 // len(rows)))
    data = _bars(rows, lang, label_em=step / 12 - 0.6)
    years = f"{year_text(prior, lang)} → {year_text(year, lang)}"
    return finish(
        _layers(data, lang),
        title=(
            f"{whole or '总额'}变动的构成：{years}"
            if lang == "zh"
            else f"What moved {whole or 'the total'}: {years}"
        ),
        small_print=[agency, unit_note(lang), source, doubt_note(rows, lang)],
        width=alt.Step(step),
        height=300,
        print_width=step * len(rows),
    )


def _bars(rows: list[Row], lang: Lang, *, label_em: float) -> pl.DataFrame:
    """One row a bar in 万元, with its texts and the bar its connector runs to."""
    labels = unique([wrap(row[f"label_{lang}"], label_em) for row in rows])
    data = []
    for index, (row, label) in enumerate(zip(rows, labels, strict=True)):
        is_level = index in (0, len(rows) - 1)
        start = Decimal(0) if is_level else row["start_yuan"]
        # The growth of the total belongs to where it ended, not to where it began.
        growth = row["growth_share"] if index else None
        data.append(
            {
                "label": label,
                "next_label": labels[min(index + 1, len(rows) - 1)],
                "kind": _KINDS[_kind(row, is_level=is_level)][lang == "en"],
                "start": wan(start),
                "end": wan(row["end_yuan"]),
                "top": wan(max(start, row["end_yuan"])),
                "amount": (
                    wan_text(row["end_yuan"], lang)
                    if is_level
                    else wan_text(row["change_yuan"], lang, signed=True)
                )
                + doubt_mark(row["is_doubted"]),
                "growth": "" if growth is None else percent_text(growth, lang, signed=True),
                "reason": row["reason"] or "",
            }
        )
    return pl.DataFrame(data)


def _kind(row: Row, *, is_level: bool) -> str:
    if is_level:
        return "level"
    if row["is_unexplained"]:
        return "unexplained"
    return "fall" if row["change_yuan"] < 0 else "rise"


def _layers(data: pl.DataFrame, lang: Lang) -> list[alt.Chart]:
    order = data["label"].to_list()
    present = set(data["kind"])
    kinds = [(kind[lang == "en"], kind[2]) for kind in _KINDS.values()]
    shown = [(name, colour) for name, colour in kinds if name in present]
    names = [name for name, _ in shown]
    unexplained = _KINDS["unexplained"][lang == "en"]
    legend = alt.Legend(title=None)
    ends = [0.0, *data["start"].to_list(), *data["end"].to_list()]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.14 or 1.0
    base = alt.Chart(data).encode(
        x=alt.X(**band_axis("label", order, labelAngle=0, domain=False)),
        tooltip=[
            alt.Tooltip("label:N", title="项" if lang == "zh" else "bar"),
            alt.Tooltip("amount:N", title="万元"),
            alt.Tooltip("growth:N", title="增减率" if lang == "zh" else "growth"),
            alt.Tooltip("kind:N", title="类别" if lang == "zh" else "kind"),
            alt.Tooltip("reason:N", title="说明" if lang == "zh" else "reason"),
        ],
    )
    y_scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False)
    bars = base.mark_bar(width={"band": 0.62}, strokeWidth=1.2).encode(
        y=alt.Y(
            "start:Q",
            title=None,
            scale=y_scale,
            axis=alt.Axis(format=",~f", tickCount=6, grid=False),
        ),
        y2="end:Q",
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=names, range=[colour for _, colour in shown]),
            legend=legend,
        ),
        stroke=alt.Stroke(
            "kind:N",
            scale=alt.Scale(
                domain=names, range=[FAINT if name == unexplained else c for name, c in shown]
            ),
            legend=legend,
        ),
        strokeDash=alt.StrokeDash(
            "kind:N",
            scale=alt.Scale(
                domain=names, range=[[4, 3] if name == unexplained else [1, 0] for name in names]
            ),
            legend=legend,
        ),
    )
    connectors = (
        alt.Chart(data.head(-1))
        .mark_rule(color=LINK, strokeDash=[2, 2])
        .encode(
            x=alt.X("label:N", bandPosition=0.81),
            x2=alt.X2("next_label:N", bandPosition=0.19),
            y="end:Q",
        )
    )
    zero = alt.Chart(pl.DataFrame({"zero": [0.0]})).mark_rule(color="#8A8A8A").encode(y="zero:Q")
    above: dict[str, Any] = {"baseline": "bottom", "color": INK}
    amounts = base.mark_text(dy=alt.expr("datum.growth ? -21 : -6"), fontSize=13, **above).encode(
        y="top:Q", text="amount:N"
    )
    growths = base.mark_text(dy=-6, fontSize=11, **above | {"color": FAINT}).encode(
        y="top:Q", text="growth:N"
    )
    return [bars, zero, connectors, amounts, growths]
