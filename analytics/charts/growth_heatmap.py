"""Lines by years, coloured by growth."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from analytics.charts.canvas import doubt_mark, doubt_note, empty_chart, finish
from analytics.charts.frames import Row, take
from analytics.charts.labels import (
    Lang,
    check_lang,
    percent_text,
    wan_text,
    word,
)
from analytics.charts.line_axis import label_width, line_axis, line_names, line_step
from analytics.charts.line_rows import (
    CHANGE_COLUMNS,
    Line,
    Marks,
    break_marks,
    codes_in,
    heading_of,
    is_break,
    is_compared,
    lines_of,
    mark_of,
    marks_notes,
)
from analytics.charts.theme import FAINT, INK
from analytics.errors import InputError
from analytics.schema.results import Changes
from analytics.schema.vocabularies import Comparability, Status

__all__ = ["growth_heatmap"]

# Orange to blue through white: told apart by colour-blind readers, and neither is good or bad.
_COLOURS = ["#E6A23C", "#FFFFFF", "#5FA8D3"]
_OTHERS = {
    # what a cell without growth is: its fill and its edge
    "new": ("#FFFFFF", "#2C7FB8"),
    "ended": ("#FFFFFF", "#D98C1F"),
    "not_compared": ("#E3E3E3", "#E3E3E3"),
    "no_figure": ("#F4F4F4", "#F4F4F4"),
    "elsewhere": ("#FFFFFF", "#FFFFFF"),
    "apart": ("#FFFFFF", "#FFFFFF"),
    "absent": ("#FFFFFF", "#FFFFFF"),
}
_CELL = 112


def growth_heatmap(
    changes: pl.DataFrame | pl.LazyFrame,
    lang: Lang = "zh",
    *,
    clip: float = 0.5,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw the growth of each line of a statement from year to year.

    One row a line, below the line it is a part of; one column a pair of years. Blue is growth and
    orange is decline, white is none; beyond ``clip`` the colour stays the same, and the number in
    the cell says the rest. What has no growth says why: 新增 (new), 取消 (ended), 不可比 (not
    comparable), 无资料 (the statement of one of the years is not known), 见 (compared under
    another code or a union of codes), 分列 (the codes of a union compared apart), and a dash where neither year has the line. A change of
    classification or scope between the two years has a bar before it; a number behind the growth
    says what it is, in the words of
    :class:`~analytics.schema.vocabularies.Comparability`, and how sure a link of codes is. A
    figure that did not reconcile (:func:`~analytics.analysis.with_doubts`) is marked ※.

    Pairs of years in which nothing can be compared have no column; the small print counts their
    rows.

    Args:
        changes: One agency, stage, scope, statement, flow and classification of
            :class:`~analytics.schema.results.Changes`, of any number of years.
        lang: Language of labels; names of lines are as printed.
        clip: The share of growth at which the colour is full.
        source: Where the figures stand; the name of the statement if none is given.

    Returns:
        An Altair chart; without rows, or where nothing can be compared, a chart that says so.

    Raises:
        InputError: Not a polars frame, several statements or agencies, or ``clip`` not above 0.
        SchemaError: Columns are missing or of another type.
        NotFoundError: An unknown language.

    Examples:
        With the budgets of an invented library; the text is what stands in each cell:

        >>> import analytics
        >>> chart = analytics.growth_heatmap(analytics.changes(years))
        >>> chart.layer[3].data.filter(code="2070104").select("pair", "text").rows()
        [('2018→2019', '+8.00%'), ('2019→2020', '−6.08%'), ('2020→2021', '+7.04%')]
    """
    check_lang(lang)
    if clip <= 0:
        raise InputError(f"clip is {clip}", hint="give a share above 0, 0.5 for 50 %")
    rows = take(changes, Changes, CHANGE_COLUMNS, what="changes", marked=True)
    topic = "逐年增减率" if lang == "zh" else "Growth from year to year"
    if not rows:
        return empty_chart(topic, lang)
    heading = heading_of(rows, lang, what="changes")
    known = {_pair(row) for row in rows if is_compared(row)}
    shown = [row for row in rows if _pair(row) in known]
    if not shown:
        return empty_chart(f"{heading.statement}：{topic}", lang)
    pairs = sorted(known)
    marks = break_marks(shown)
    lines = lines_of(shown, lang)
    cells = _cells(lines, pairs, marks, lang)
    title = f"{heading.statement}{'：' if lang == 'zh' else ': '}{topic}"
    return finish(
        _layers(cells, lines, clip, lang),
        title=f"{title}（{heading.stage}）" if lang == "zh" else f"{title} ({heading.stage})",
        small_print=[
            heading.agency,
            heading.money,
            "名义值" if lang == "zh" else "nominal",
            source or heading.source,
            *_glyph_notes(cells, lang),
            *marks_notes(marks, lang),
            _left_out(rows, known, lang),
            doubt_note(shown, lang),
        ],
        width=alt.Step(_CELL),
        height=alt.Step(line_step(lines)),
        print_width=_CELL * len(pairs) + label_width(lines),
    )


def _pair(row: Row) -> tuple[int, int]:
    return row["prior_year"], row["fiscal_year"]


def _pair_text(pair: tuple[int, int]) -> str:
    return f"{pair[0]}→{pair[1]}"


def _cells(
    lines: list[Line], pairs: list[tuple[int, int]], marks: Marks, lang: Lang
) -> list[dict[str, Any]]:
    """One dict a cell, a cell for every line in every pair of years."""
    rows = [(_pair(row), row) for line in lines for row in line.rows]
    elsewhere = {
        (pair, code): row["code"]
        for pair, row in rows
        for code in (*codes_in(row["code"]), *codes_in(row["code_prior"]))
        if code != row["code"]
    }
    present = {(pair, row["code"]) for pair, row in rows}
    cells = []
    for line in lines:
        of_pair = {_pair(row): row for row in line.rows}
        for pair in pairs:
            where = {"line": line.label, "code": line.code, "pair": _pair_text(pair)}
            if pair in of_pair:
                cells.append(where | _cell(of_pair[pair], marks, lang))
            else:
                is_apart = any((pair, code) in present for code in codes_in(line.code))
                other = elsewhere.get((pair, line.code))
                cells.append(where | _blank(other, lang, is_apart=is_apart))
    return cells


def _cell(row: Row, marks: Marks, lang: Lang) -> dict[str, Any]:
    kind, text = _kind(row, lang)
    mark = mark_of(row, marks)
    doubt = doubt_mark(row["is_doubted"] or row["is_doubted_prior"])
    return {
        "kind": kind,
        "growth": row["growth_share"] if kind == "growth" else None,
        "text": f"{text} {mark}".rstrip() + doubt,
        "is_break": is_break(row["comparability"]),
        "before": " ".join(filter(None, (row["code_prior"], row["name_prior"]))),
        "amount_prior": wan_text(row["amount_prior_yuan"], lang),
        "amount": wan_text(row["amount_yuan"], lang),
        "reason": word(Comparability, row["comparability"], lang),
    }


def _kind(row: Row, lang: Lang) -> tuple[str, str]:
    """What a cell is coloured as, and what stands in it."""
    if not is_compared(row):
        if row["comparability"] in (Comparability.NO_PRIOR, Comparability.NO_CURRENT):
            return "no_figure", "无资料" if lang == "zh" else "no data"
        return "not_compared", "不可比" if lang == "zh" else "not comparable"
    if row["status"] in (Status.NEW, Status.ENDED):
        return row["status"], word(Status, row["status"], lang)
    if row["growth_share"] is not None:
        return "growth", percent_text(row["growth_share"], lang, signed=True)
    if not row["change_yuan"]:
        return "absent", "均为0" if lang == "zh" else "0 in both"
    amount = wan_text(row["change_yuan"], lang, signed=True)
    return "not_compared", f"{amount}万元"


def _blank(other: str | None, lang: Lang, *, is_apart: bool) -> dict[str, Any]:
    """A cell of a pair of years that has no row for the line.

    ``other`` is compared in its place, or its codes are, each by itself.
    """
    kind, text = "absent", "—"
    if other is not None:
        first, *others = codes_in(other)
        see = "见" if lang == "zh" else "see"
        kind, text = "elsewhere", f"{see} {first}{'+…' if others else ''}"
    elif is_apart:
        kind, text = "apart", "分列" if lang == "zh" else "apart"
    nothing = dict.fromkeys(("before", "amount_prior", "amount", "reason"), "")
    return {"kind": kind, "growth": None, "text": text, "is_break": False, **nothing}


def _glyph_notes(cells: list[dict[str, Any]], lang: Lang) -> list[str]:
    """What the bar before a cell means, and the texts that do not explain themselves."""
    notes = {
        "格前竖线：两年间科目或口径有变": ("bar before a cell: codes or scope changed", "is_break"),
        "见：改按所指科目比较": ("see: compared under the codes named", "elsewhere"),
        "分列：各科目分别比较": ("apart: each code is compared by itself", "apart"),
        "—：两年均无此行": ("—: no such line in either year", "—"),
    }
    there = {cell["kind"] for cell in cells} | {cell["text"] for cell in cells}
    if any(cell["is_break"] for cell in cells):
        there.add("is_break")
    return [zh if lang == "zh" else en for zh, (en, mark) in notes.items() if mark in there]


def _left_out(rows: list[Row], known: set[tuple[int, int]], lang: Lang) -> str | None:
    pairs = sorted({_pair(row) for row in rows} - known)
    if not pairs:
        return None
    count = sum(_pair(row) not in known for row in rows)
    listed = ("、" if lang == "zh" else ", ").join(map(_pair_text, pairs))
    if lang == "zh":
        return f"{listed}无可比数据，{count}行未绘出"
    return f"not drawn, nothing to compare: {listed} ({count} rows)"


def _layers(
    cells: list[dict[str, Any]], lines: list[Line], clip: float, lang: Lang
) -> list[alt.Chart]:
    data = pl.DataFrame(cells, infer_schema_length=None)
    base = alt.Chart(data).encode(
        x=alt.X(
            "pair:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=data["pair"].unique(maintain_order=True).to_list()),
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        y=alt.Y(**line_axis(lines)),
        tooltip=_tooltips(lang),
    )
    size: dict[str, Any] = {"width": {"band": 0.97}, "height": {"band": 0.92}}
    limit = f"±{clip:.0%}"
    grown = (
        base.transform_filter("datum.kind === 'growth'")
        .mark_rect(**size, stroke="#DADADA", strokeWidth=0.6)
        .encode(
            color=alt.Color(
                "growth:Q",
                scale=alt.Scale(
                    domain=[-clip, 0, clip], range=_COLOURS, clamp=True, interpolate="lab"
                ),
                legend=alt.Legend(
                    title=f"增减率（超过{limit}颜色相同）"
                    if lang == "zh"
                    else f"growth (one colour beyond {limit})",
                    labelExpr="(datum.value > 0 ? '+' : '') + format(datum.value, '.0~%')",
                    values=[-clip, 0, clip],
                    gradientLength=200,
                    gradientThickness=12,
                    gradientStrokeColor="#B0B0B0",
                    gradientStrokeWidth=0.5,
                    titleLimit=0,
                ),
            )
        )
    )
    others = (
        base.transform_filter("datum.kind !== 'growth'")
        .mark_rect(**size)
        .encode(
            fill=alt.Fill(
                "kind:N",
                scale=alt.Scale(domain=list(_OTHERS), range=[fill for fill, _ in _OTHERS.values()]),
                legend=None,
            ),
            stroke=alt.Stroke(
                "kind:N",
                scale=alt.Scale(domain=list(_OTHERS), range=[edge for _, edge in _OTHERS.values()]),
                legend=None,
            ),
        )
    )
    bars = (
        base.transform_filter("datum.is_break")
        .mark_rule(color=INK, strokeWidth=3)
        .encode(
            x=alt.X("pair:N", bandPosition=0.025),
            y=alt.Y("line:N", bandPosition=0.04),
            y2=alt.Y2("line:N", bandPosition=0.96),
        )
    )
    quiet = "indexof(['absent', 'apart', 'elsewhere', 'no_figure'], datum.kind) >= 0"
    texts = base.mark_text(fontSize=12).encode(
        text="text:N",
        color=alt.when(quiet).then(alt.value(FAINT)).otherwise(alt.value(INK)),
    )
    return [grown, others, bars, texts, line_names(lines)]


def _tooltips(lang: Lang) -> list[alt.Tooltip]:
    titles = {
        "line": ("科目", "line"),
        "pair": ("年度", "years"),
        "text": ("增减", "growth"),
        "amount_prior": ("上年（万元）", "prior year (万元)"),
        "amount": ("本年（万元）", "year (万元)"),
        "before": ("上年科目", "line of the prior year"),
        "reason": ("可比性", "comparability"),
    }
    return [alt.Tooltip(f"{name}:N", title=title[lang == "en"]) for name, title in titles.items()]
