"""Which figures are sound: checks by statement and outcome."""

from __future__ import annotations

from itertools import chain

import altair as alt
import polars as pl

from analytics.charts.canvas import empty_chart, finish, row_axis, row_step
from analytics.charts.frames import Row, one_value, take
from analytics.charts.labels import Lang, check_lang, word, wrap
from analytics.charts.theme import FAINT, INK
from analytics.schema.results import CheckMatrix
from analytics.schema.vocabularies import Outcome, Statement, Topic, Vocabulary

__all__ = ["check_matrix_heatmap"]

_COLOURS = {
    Outcome.PASS: "#8CC3E6",
    Outcome.FAIL: "#E8743B",
    Outcome.INSUFFICIENT: "#F6E27A",
    Outcome.NOT_APPLICABLE: "#DCDCDC",
}
_LABEL_EM = 18
_CELL = 104
_PLACES: dict[str, Vocabulary] = {str(place): place for place in chain(Statement, Topic)}


def check_matrix_heatmap(
    check_matrix: pl.DataFrame | pl.LazyFrame, lang: Lang = "zh", *, source: str | None = None
) -> alt.LayerChart:
    """Draw how many checks of each statement ended in which of the four outcomes.

    Every outcome has its own column and colour; what could not be tested has an edge as well and
    cannot be taken for a pass. A cell without a check is blank.

    Args:
        check_matrix: One document of :class:`~analytics.schema.results.CheckMatrix`.
        lang: Language of labels.
        source: Which document, for the small print.

    Returns:
        An Altair chart; without rows a chart that says so.

    Raises:
        InputError: Not a polars frame, or several documents.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        >>> import polars as pl
        >>> chart = check_matrix_heatmap(pl.DataFrame({
        ...     "document_id": ["0f"] * 2, "statement": ["budget_summary"] * 2,
        ...     "outcome": ["pass", "fail"], "item_count": [12, 0]}))
        >>> chart.data.rows()
        [('收支总表', '通过', 12, False)]
    """
    check_lang(lang)
    columns = ["document_id", "statement", "outcome", "item_count"]
    rows = take(check_matrix, CheckMatrix, columns, what="check matrix")
    title = "核验结果（按报表）" if lang == "zh" else "Checks by statement and outcome"
    if not any(row["item_count"] for row in rows):
        return empty_chart(title, lang)
    one_value(rows, "document_id", what="check matrix")
    named = {code: wrap(_place(code, lang), _LABEL_EM) for code in _in_order(rows)}
    data = pl.DataFrame(
        [
            {
                "place": named[row["statement"]],
                "outcome": word(Outcome, row["outcome"], lang),
                "count": row["item_count"],
                "is_untested": row["outcome"] == Outcome.INSUFFICIENT,
            }
            for row in rows
            if row["item_count"]
        ]
    )
    total = data["count"].sum()
    return finish(
        _layers(data, list(named.values()), lang),
        title=title,
        small_print=[f"共{total:,}项核验" if lang == "zh" else f"{total:,} checks", source],
        width=alt.Step(_CELL),
        height=alt.Step(row_step(named.values(), least=28)),
        print_width=_CELL * 4 + _LABEL_EM * 12,
    )


def _in_order(rows: list[Row]) -> list[str]:
    """Statements as a disclosure prints them, then what else was checked."""
    order = list(_PLACES)
    return sorted(
        {row["statement"] for row in rows},
        key=lambda code: (order.index(code) if code in _PLACES else len(order), code),
    )


def _place(code: str, lang: Lang) -> str:
    return _PLACES[code].label(lang) if code in _PLACES else code


def _layers(data: pl.DataFrame, places: list[str], lang: Lang) -> list[alt.Chart]:
    outcomes = [outcome.label(lang) for outcome in _COLOURS]
    base = alt.Chart(data).encode(
        x=alt.X(
            "outcome:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=outcomes),
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        y=alt.Y(**row_axis("place", places)),
        tooltip=[
            alt.Tooltip("place:N", title="报表" if lang == "zh" else "statement"),
            alt.Tooltip("outcome:N", title="结果" if lang == "zh" else "outcome"),
            alt.Tooltip("count:Q", title="项数" if lang == "zh" else "checks", format=","),
        ],
    )
    cells = base.mark_rect(width={"band": 0.94}, height={"band": 0.86}).encode(
        color=alt.Color(
            "outcome:N",
            scale=alt.Scale(domain=outcomes, range=list(_COLOURS.values())),
            legend=None,
        ),
        stroke=alt.when("datum.is_untested").then(alt.value(FAINT)).otherwise(alt.value(None)),
    )
    counts = base.mark_text(color=INK, fontSize=13).encode(text=alt.Text("count:Q", format=","))
    return [cells, counts]
