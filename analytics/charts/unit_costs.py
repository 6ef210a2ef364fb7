"""Stated unit costs against what the money and the quantity imply."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import doubt_mark, doubt_note, empty_chart, finish, row_axis
from analytics.charts.frames import Row, one_value, take
from analytics.charts.labels import Lang, check_lang, plain_text, unique, word, wrap, year_text
from analytics.charts.theme import CURRENT, INK, LEVEL
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.results import UnitCosts

__all__ = ["unit_cost_dots"]

_COLUMNS = [
    "agency_id",
    "fiscal_year",
    "project",
    "block",
    "name",
    "unit_cost_text",
    "unit_cost_yuan_per_unit",
    "per_unit",
    "per_period",
    "quantity_text",
    "implied_low_yuan_per_unit",
    "implied_high_yuan_per_unit",
]
_LABEL_EM = 20
_WIDTH = 360
_ROW = 46


def unit_cost_dots(
    unit_costs: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh", *, source: str | None = None
) -> alt.LayerChart:
    """Draw, for each costed target, the implied unit cost as a multiple of the stated one.

    Units differ from row to row, so the axis is implied ÷ stated on a log scale, with the stated
    cost at 1; the figures themselves stand to the right, the stated one as printed. A target
    such as ``≥180个`` leaves the implied cost open to one side: the bar then runs to the edge
    and ends in an arrow. Costs without an implied cost (no quantity or no money belongs to
    them) cannot be drawn; the small print counts them.

    Args:
        unit_costs: One agency and year of :class:`~analytics.schema.results.UnitCosts`; yuan
            per unit, a missing or zero end of the implied interval is open.
        lang: Language of labels; names and texts are as printed.
        source: Where the figures stand, for the small print.

    Returns:
        An Altair chart; with nothing to draw a chart that says so.

    Raises:
        InputError: Not a polars frame, or several agencies or years.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With a panel of one disclosure; the text is what stands beside each row:

        >>> import analytics
        >>> costs = analytics.unit_costs(panel.projects, panel.indicators)
        >>> chart = analytics.unit_cost_dots(costs.filter(block="annual"), lang="en")
        >>> chart.layer[0].data["text"][0].splitlines()
        ['stated 55元/册', 'implied ≤50元/册']
    """
    check_lang(lang)
    rows = take(unit_costs, UnitCosts, _COLUMNS, what="unit costs", marked=True)
    drawn = [row for row in rows if _has_implied(row)]
    title = "单位成本：所述与隐含" if lang == "zh" else "Unit costs, stated and implied"
    if not drawn:
        return empty_chart(title, lang)
    agency = one_value(rows, "agency_id", what="unit costs")
    year = one_value(rows, "fiscal_year", what="unit costs")
    left_out = len(rows) - len(drawn)
    zh = f"另有{left_out}项成本推算不出隐含单位成本，未绘出"
    note = zh if lang == "zh" else f"not drawn, without an implied cost: {left_out}"
    method = "隐含 = 可比资金 ÷ 数量" if lang == "zh" else "implied = available money ÷ quantity"
    return finish(
        _layers(drawn, lang),
        title=title,
        small_print=[
            agency,
            year_text(year, lang),
            method,
            source,
            note if left_out else None,
            doubt_note(drawn, lang),
        ],
        width=_WIDTH,
        height=alt.Step(_ROW),
        print_width=_WIDTH + _LABEL_EM * 20,
    )


def _has_implied(row: Row) -> bool:
    ends = (row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"])
    return (row["unit_cost_yuan_per_unit"] or 0) > 0 and any(
        end is not None and end > 0 for end in ends
    )


def _ratio(end: Decimal | None, stated: Decimal) -> float | None:
    """The end of an interval as a multiple of the stated cost; open where there is none."""
    return None if end is None or end <= 0 else float(end) / float(stated)


def _bars(rows: list[Row], lang: Lang) -> list[dict[str, Any]]:
    has_blocks = len({row["block"] for row in rows}) > 1
    labels = unique([_label(row, lang, has_blocks=has_blocks) for row in rows])
    bars = []
    for label, row in zip(labels, rows, strict=True):
        stated = row["unit_cost_yuan_per_unit"]
        low = _ratio(row["implied_low_yuan_per_unit"], stated)
        high = _ratio(row["implied_high_yuan_per_unit"], stated)
        implied = _implied_text(row)
        said = row["unit_cost_text"] + doubt_mark(row["is_doubted"])
        bars.append(
            {
                "label": label,
                "project": row["project"],
                "name": row["name"],
                "low": low,
                "high": high,
                "is_open_low": low is None,
                "is_open_high": high is None,
                "stated": said,
                "implied": implied,
                "quantity": row["quantity_text"] or "",
                "text": f"所述 {said}\n隐含 {implied}"
                if lang == "zh"
                else f"stated {said}\nimplied {implied}",
            }
        )
    return bars


def _label(row: Row, lang: Lang, *, has_blocks: bool) -> str:
    block = f"（{word(IndicatorBlock, row['block'], lang)}）" if has_blocks else ""
    project = wrap(row["project"], _LABEL_EM, lines=1)
    return f"{wrap(row['name'] + block, _LABEL_EM, lines=1)}\n{project}"


def _implied_text(row: Row) -> str:
    """The implied interval in the unit of the stated cost."""
    low, high = row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"]
    unit = "元" + "".join(f"/{part}" for part in (row["per_unit"], row["per_period"]) if part)
    if low is None or low <= 0:
        return f"≤{plain_text(high)}{unit}"
    if high is None:
        return f"≥{plain_text(low)}{unit}"
    if plain_text(low) == plain_text(high):
        return f"{plain_text(low)}{unit}"
    return f"{plain_text(low)}–{plain_text(high)}{unit}"


def _layers(rows: list[Row], lang: Lang) -> list[alt.Chart]:
    bars = _bars(rows, lang)
    known = [end for bar in bars for end in (bar["low"], bar["high"]) if end is not None]
    least, most = min([1.0, *known]), max([1.0, *known])
    room = max(1.8, (most / least) ** 0.12)  # an arrow needs some length on a long axis too
    least, most = least / room, most * room
    for bar in bars:
        bar["from"] = least if bar["low"] is None else bar["low"]
        bar["to"] = most if bar["high"] is None else bar["high"]
    data = pl.DataFrame(bars, infer_schema_length=None)
    stated = "所述" if lang == "zh" else "stated"
    x = alt.X(
        "from:Q",
        scale=alt.Scale(type="log", domain=[least, most], nice=False),
        axis=alt.Axis(
            title="隐含 ÷ 所述（对数刻度）" if lang == "zh" else "implied ÷ stated (log scale)",
            values=_ticks(least, most),
            labelExpr=f"datum.value === 1 ? '1 ({stated})' : format(datum.value, ',~r') + '×'",
        ),
    )
    base = alt.Chart(data).encode(
        y=alt.Y(**row_axis("label", data["label"].to_list(), labelPadding=14)),
        tooltip=[
            alt.Tooltip("project:N", title="项目" if lang == "zh" else "project"),
            alt.Tooltip("name:N", title="指标" if lang == "zh" else "target"),
            alt.Tooltip("stated:N", title=stated),
            alt.Tooltip("implied:N", title="隐含" if lang == "zh" else "implied"),
            alt.Tooltip("quantity:N", title="数量" if lang == "zh" else "quantity"),
        ],
    )
    one = (
        alt.Chart(pl.DataFrame({"one": [1.0]}))
        .mark_rule(color=LEVEL, strokeDash=[4, 3])
        .encode(x="one:Q")
    )
    spans = base.mark_rule(color=CURRENT, strokeWidth=3).encode(x=x, x2="to:Q")
    dot = {"filled": True, "opacity": 1, "color": CURRENT}
    lows = _ends(base, "from", "!datum.is_open_low", {**dot, "shape": "circle", "size": 75})
    highs = _ends(base, "to", "!datum.is_open_high", {**dot, "shape": "circle", "size": 75})
    lefts = _ends(base, "from", "datum.is_open_low", {**dot, "shape": "triangle-left", "size": 110})
    rights = _ends(
        base, "to", "datum.is_open_high", {**dot, "shape": "triangle-right", "size": 110}
    )
    texts = base.mark_text(
        align="left", lineBreak="\n", lineHeight=16, dy=-8, fontSize=11.5, color=INK
    ).encode(x=alt.value(_WIDTH + 14), text="text:N")
    return [spans, one, lows, highs, lefts, rights, texts]


def _ends(base: alt.Chart, column: str, where: str, mark: dict[str, Any]) -> alt.Chart:
    """The marks at one end of the spans."""
    ends: alt.Chart = base.transform_filter(where).mark_point(**mark).encode(x=f"{column}:Q")
    return ends


def _ticks(least: float, most: float) -> list[float]:
    """Round multiples inside the axis, counted from 1 outwards, few enough to be read."""
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    fine = [float(f"{digit}e{power}") for power in powers for digit in (1, 2, 5)]
    inside = [tick for tick in fine if least <= tick <= most]
    if len(inside) <= 8:
        return inside
    every = math.ceil(len(powers) / 7)
    coarse = [float(f"1e{power}") for power in powers if power % every == 0]
    return [tick for tick in coarse if least <= tick <= most]
