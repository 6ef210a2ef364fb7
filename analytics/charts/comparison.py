"""Three public expenses, two years side by side."""

from __future__ import annotations

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
    no_data,
    percent_text,
    wan,
    wan_text,
    word,
    wrap,
    year_text,
)
from analytics.charts.theme import CURRENT, FAINT, INK, PRIOR
from analytics.errors import InputError, NotFoundError
from analytics.schema.results import Changes
from analytics.schema.vocabularies import Fund, Stage, Statement, ThreePublic, ValueKind

__all__ = ["three_public_bars"]

_COLUMNS = [
    "agency_id",
    "fiscal_year",
    "prior_year",
    "stage",
    "stage_prior",
    "statement",
    "code",
    "fund",
    "amount_yuan",
    "amount_prior_yuan",
    "growth_share",
    "value_kind",
    "value_kind_prior",
]
_PARTS = [
    ThreePublic.ABROAD,
    ThreePublic.RECEPTION,
    ThreePublic.VEHICLE_PURCHASE,
    ThreePublic.VEHICLE_OPERATION,
]
_STEP = 132


def three_public_bars(
    changes_rows: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    fund: str = Fund.FISCAL_APPROPRIATION,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw the three public expenses of two years by component.

    The four components always stand there: a zero reads ``0.00``, a figure that is not known
    reads 无数据 and has no bar. Where a year states vehicles only as a whole, the whole stands
    beside its two parts. A prior year that was worked out from the narrative is called so, and a
    figure that did not reconcile (:func:`~analytics.analysis.with_doubts`) is marked ※.

    Args:
        changes_rows: One agency and pair of years of
            :class:`~analytics.schema.results.Changes`, yuan; rows of other statements and of
            other funds are left out.
        lang: Language of labels.
        fund: Which column of the statement; the default is its total.
        source: Where the figures stand; the name of the statement if none is given.

    Returns:
        An Altair chart in 万元; without rows of the statement a chart that says so.

    Raises:
        InputError: Not a polars frame, several agencies or years, or a component twice.
        SchemaError: Columns are missing or of another type.
        NotFoundError: The statement has no such fund, or an unknown language.

    Examples:
        With a panel of one disclosure; the text is what stands above each bar:

        >>> import analytics
        >>> chart = analytics.three_public_bars(analytics.three_public(panel.facts))
        >>> vehicles = chart.data.filter(part="公务用车运行维护费")
        >>> vehicles.select("year", "text", "growth", "known").rows()
        [('2023年预算', '4.00', '−25.00%', '由文字推算'), ('2024年预算', '3.00', '−25.00%', '表列')]
    """
    check_lang(lang)
    rows = [
        row
        for row in take(changes_rows, Changes, _COLUMNS, what="changes", marked=True)
        if row["statement"] == Statement.THREE_PUBLIC_EXPENSES
    ]
    funds = {row["fund"] for row in rows}
    if funds and fund not in funds:
        raise NotFoundError.for_name("fund", fund, funds)
    rows = [row for row in rows if row["fund"] == fund]
    topic = "“三公”经费" if lang == "zh" else "Three public expenses"
    if not rows:
        return empty_chart(topic, lang)
    agency = one_value(rows, "agency_id", what="changes")
    years = [
        _year(rows, "prior_year", "stage_prior", lang),
        _year(rows, "fiscal_year", "stage", lang),
    ]
    parts = _parts(rows)
    data = pl.DataFrame(_bars(parts, years, lang))
    joined = f"{years[0]} → {years[1]}"
    return finish(
        _layers(data, years, lang),
        title=f"{topic}：{joined}" if lang == "zh" else f"{topic}: {joined}",
        small_print=[
            agency,
            unit_note(lang),
            source or Statement.THREE_PUBLIC_EXPENSES.label(lang),
            _implied_note(rows, years[0], lang),
            doubt_note(rows, lang),
        ],
        width=alt.Step(_STEP, **{"for": "position"}),
        height=240,
        print_width=_STEP * len(parts),
    )


def _year(rows: list[Row], year: str, stage: str, lang: Lang) -> str:
    number = one_value(rows, year, what="changes")
    name = word(Stage, one_value(rows, stage, what="changes"), lang)
    return f"{year_text(number, lang)}{name}" if lang == "zh" else f"{number} {name}"


def _parts(rows: list[Row]) -> dict[ThreePublic, Row | None]:
    """The rows by component, in the order of the statement; a component without a row is None."""
    found: dict[str, Row] = {}
    for row in rows:
        if row["code"] in found:
            raise InputError(
                f"the changes state the component {row['code']!r} more than once",
                hint="filter to one stage, scope and component first",
            )
        found[row["code"]] = row
    parts: dict[ThreePublic, Row | None] = {part: found.get(part) for part in _PARTS}
    whole = found.get(ThreePublic.VEHICLE)
    split = [parts[ThreePublic.VEHICLE_PURCHASE], parts[ThreePublic.VEHICLE_OPERATION]]
    if whole and any(
        whole[column] is not None and all(row is None or row[column] is None for row in split)
        for column in ("amount_yuan", "amount_prior_yuan")
    ):
        parts[ThreePublic.VEHICLE] = whole
    return parts


def _bars(
    parts: dict[ThreePublic, Row | None], years: list[str], lang: Lang
) -> list[dict[str, Any]]:
    bars = []
    for part, row in parts.items():
        for year, suffix in zip(years, ("_prior", ""), strict=True):
            amount = None if row is None else row[f"amount{suffix}_yuan"]
            kind = None if row is None else row[f"value_kind{suffix}"]
            bars.append(
                {
                    "part": wrap(part.label(lang), _STEP / 12 - 1),
                    "year": year,
                    "amount": wan(amount),
                    "label_at": max(0.0, wan(amount) or 0.0),
                    "text": wan_text(amount, lang)
                    + doubt_mark(row is not None and row[f"is_doubted{suffix}"]),
                    "growth": percent_text(None if row is None else row["growth_share"], lang),
                    "known": no_data(lang) if kind is None else word(ValueKind, kind, lang),
                    "is_missing": amount is None,
                }
            )
    return bars


def _implied_note(rows: list[Row], prior: str, lang: Lang) -> str | None:
    if not any(row["value_kind_prior"] == ValueKind.IMPLIED for row in rows):
        return None
    zh = f"{prior}数由文字推算"
    return zh if lang == "zh" else f"{prior} implied by the narrative"


def _layers(data: pl.DataFrame, years: list[str], lang: Lang) -> list[alt.Chart]:
    order = data["part"].unique(maintain_order=True).to_list()
    heights = [0.0, *data["amount"].drop_nulls().to_list()]
    lowest, highest = min(heights), max(heights)
    is_flat = highest == lowest == 0
    ticks = {"values": [0]} if is_flat else {"tickCount": 5}
    axis = alt.Axis.from_dict({"format": ",~f", **ticks})
    y_scale = alt.Scale(domain=[lowest * 1.1, highest * 1.12 or 1.0], nice=False)
    base = alt.Chart(data).encode(
        x=alt.X(**band_axis("part", order, labelAngle=0)),
        xOffset=alt.XOffset("year:N", sort=None, scale=alt.Scale(domain=years, paddingOuter=0.15)),
        tooltip=[
            alt.Tooltip("part:N", title="项目" if lang == "zh" else "component"),
            alt.Tooltip("year:N", title="年度" if lang == "zh" else "year"),
            alt.Tooltip("text:N", title="万元"),
            alt.Tooltip("growth:N", title="增减率" if lang == "zh" else "growth"),
            alt.Tooltip("known:N", title="数值性质" if lang == "zh" else "known from"),
        ],
    )
    bars = base.mark_bar().encode(
        y=alt.Y("amount:Q", title=None, scale=y_scale, axis=axis),
        color=alt.Color(
            "year:N",
            scale=alt.Scale(domain=years, range=[PRIOR, CURRENT]),
            legend=alt.Legend(title=None),
        ),
    )
    texts = base.mark_text(dy=-5, baseline="bottom").encode(
        y="label_at:Q",
        text="text:N",
        color=alt.when("datum.is_missing").then(alt.value(FAINT)).otherwise(alt.value(INK)),
        size=alt.when("datum.is_missing").then(alt.value(10.5)).otherwise(alt.value(12)),
    )
    return [bars, texts]
