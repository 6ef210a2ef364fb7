"""How figures went over the years, how far two years are compared, and budget against final."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.analysis.witnesses import LINE, QUALIFIERS
from analytics.charts import deviation_dots, growth_heatmap
from analytics.charts.labels import Lang
from analytics.reporting.data import ReportData
from analytics.reporting.labels import label_of
from analytics.reporting.view import (
    Cell,
    ChartView,
    Column,
    Section,
    TableView,
    money,
    number,
    rows_of,
    share,
    text,
)
from analytics.schema.link_vocabularies import Basis, Confidence, LinkKind, Treatment
from analytics.schema.stage_vocabularies import SideComparability
from analytics.schema.vocabularies import Comparability, Component, Flow, Statement, ValueKind

__all__ = ["comparability_section", "stages_section", "years_section"]

_BY_FUNCTION = (
    Statement.EXPENDITURE_SUMMARY,
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.FISCAL_APPROPRIATION_EXPENDITURE,
)
_MOST_DEVIATIONS = 20
_CAUSES = ("scope", "reclassification", "organisation", "unexplained")


def years_section(data: ReportData, lang: Lang) -> Section | None:
    """The lines of expenditure over all years that have a document; left out for one year."""
    rows = data.results["all_changes"]
    printed = rows.filter(pl.col("value_kind") != str(ValueKind.IMPLIED))
    if printed["fiscal_year"].n_unique() < 2:
        return None
    by_function = _main_statement(rows)
    zh = lang == "zh"
    charts: list[ChartView] = []
    if by_function is not None:
        shown = rows.filter(
            pl.col("statement") == by_function,
            pl.col("flow") == str(Flow.EXPENDITURE),
            pl.col("component") == str(Component.TOTAL),
        )
        label = Statement(by_function).label(lang)
        caption = f"{label}各行逐年增减率" if zh else f"{label}: growth of each line, year by year"
        charts.append(ChartView.of(growth_heatmap(shown, lang), caption))
    years = sorted({*rows["fiscal_year"], *rows["prior_year"]})
    totals = rows.filter(
        pl.col("code") == "total",
        pl.col("component") == str(Component.TOTAL),
    )
    table = TableView(
        "各表合计（万元）" if zh else "Totals of the statements (10,000 yuan)",
        (
            Column("项目" if zh else "Line"),
            *(Column(str(year), is_number=True) for year in years),
        ),
        rows_of(_amounts_by_year(totals, years, lang)),
        note="“—”为库中没有该年数字，不是零。"
        if zh
        else "A dash says that the panel has no figure of that year; it is no zero.",
    )
    return Section("years", "历年" if zh else "Over the years", (), tuple(charts), (table,))


def _main_statement(rows: pl.DataFrame) -> str | None:
    """The statement by function that compares most lines."""
    compared = rows.filter(
        pl.col("statement").is_in([str(statement) for statement in _BY_FUNCTION]),
        pl.col("code").str.contains(r"^\d"),
        pl.col("change_yuan").is_not_null(),
    )
    if compared.is_empty():
        return None
    counted = (
        compared.group_by("statement").len().sort("len", "statement", descending=[True, False])
    )
    return str(counted["statement"][0])


def _amounts_by_year(totals: pl.DataFrame, years: list[int], lang: Lang) -> list[list[Cell]]:
    """One row a total: the amounts of all years, each with its place."""
    of_line = ["statement", "flow", "fund", "carryover_basis"]
    shown = []
    for _, line in totals.sort(*of_line, "fiscal_year").group_by(of_line, maintain_order=True):
        cells: dict[int, Cell] = {}
        for row in line.iter_rows(named=True):
            for year, amount, source in (
                (row["prior_year"], row["amount_prior_yuan"], row["source_prior"]),
                (row["fiscal_year"], row["amount_yuan"], row["source"]),
            ):
                if amount is not None:
                    cells[year] = money(amount, lang, source=source)
        first = line.row(0, named=True)
        name = f"{Statement(first['statement']).label(lang)} · {label_of(first, lang)}"
        shown.append([text(name), *(cells.get(year, Cell("—")) for year in years)])
    return shown


def comparability_section(data: ReportData, lang: Lang) -> Section | None:
    """Why published figures differ, how much money is compared, and which codes as unions."""
    linked = data.results["changes"].filter(
        pl.col("comparability").is_in(
            [str(Comparability.CODES_LINKED), str(Comparability.CODES_MOVED)]
        )
    )
    tables = (
        *_causes_table(data, lang),
        *_coverage_table(data, lang),
        *([] if linked.is_empty() else [_links_table(linked, lang)]),
    )
    if not tables:
        return None
    return Section("comparability", "可比性" if lang == "zh" else "Comparability", tables=tables)


def _coverage_table(data: ReportData, lang: Lang) -> list[TableView]:
    rows = data.results["comparison_coverage"].filter(
        pl.col("component") == str(Component.TOTAL),
        pl.col("treatment") != str(Treatment.NOT_COMPARED),
    )
    if rows.is_empty():
        return []
    zh = lang == "zh"
    header = (
        Column("报表" if zh else "Statement"),
        Column("比较方式" if zh else "How it is compared"),
        Column("行数" if zh else "Lines", is_number=True),
        Column(f"{data.prior_year}", is_number=True),
        Column("占比" if zh else "Share", is_number=True),
        Column(f"{data.fiscal_year}", is_number=True),
        Column("占比" if zh else "Share", is_number=True),
        Column("对应把握" if zh else "Confidence of the links"),
    )
    return [
        TableView(
            "两年金额各以何种方式比较（万元）"
            if zh
            else "How the money of both years is compared (10,000 yuan)",
            header,
            rows_of(_coverage_cells(row, lang) for row in rows.iter_rows(named=True)),
            note="只计最细一级有编码的行，每一元只计一次。"
            if zh
            else "Counted are the finest lines with a code: no yuan twice.",
        )
    ]


def _causes_table(data: ReportData, lang: Lang) -> list[TableView]:
    """The lines whose two published figures differ for more reasons than money alone."""
    bars = data.results["comparable_bridge"]
    of_line = [*LINE, *QUALIFIERS, "code_prior"]
    is_told = pl.col("step").is_in(_CAUSES)
    shown = bars.filter(is_told.any().over(of_line), pl.col("component") == str(Component.TOTAL))
    if shown.is_empty():
        return []
    zh = lang == "zh"
    steps = shown.select("step_order", "step", f"label_{lang}").unique().sort("step_order")
    present = steps["step"].to_list()
    return [
        TableView(
            "两年公布数之差的成因（万元）"
            if zh
            else "Why the two published figures differ (10,000 yuan)",
            (
                Column("项目" if zh else "Line"),
                *(Column(label, is_number=True) for label in steps[f"label_{lang}"]),
                Column("可比增减率" if zh else "Comparable growth", is_number=True),
                Column("说明" if zh else "Reason"),
            ),
            rows_of(
                _cause_cells(line, present, lang)
                for _, line in shown.group_by(of_line, maintain_order=True)
            ),
            note="只列口径、科目或机构有变动，或未能解释的行。起止为公布数，其间各列相加即其差额。"
            if zh
            else "Only lines whose scope, codes or agencies changed, or that nothing explains. The first "
            "and last columns are as published; those between add up to their difference.",
        )
    ]


def _cause_cells(line: pl.DataFrame, present: list[str], lang: Lang) -> list[Cell]:
    bars = {bar["step"]: bar for bar in line.iter_rows(named=True)}
    first = bars["start"]
    reasons = [bar["reason" if lang == "zh" else "reason_en"] for bar in bars.values()]
    change = bars.get("change", {}).get("growth_share")

    def amount(step: str) -> Cell:
        if step not in bars:
            return Cell("—")
        is_end = step in ("start", "end")
        return money(
            bars[step]["change_yuan"], lang, signed=not is_end, source=bars[step]["source"]
        )

    return [
        text(f"{Statement(first['statement']).label(lang)} · {label_of(first, lang)}"),
        *(amount(step) for step in present),
        share(change, lang, signed=True),
        text("；".join(reason for reason in reasons if reason)),
    ]


def _coverage_cells(row: dict[str, Any], lang: Lang) -> list[Cell]:
    sure = row["link_confidence"]
    return [
        text(Statement(row["statement"]).label(lang)),
        text(Treatment(row["treatment"]).label(lang)),
        number(row["line_count"], lang),
        money(row["amount_prior_yuan"], lang),
        share(row["money_prior_share"], lang),
        money(row["amount_yuan"], lang),
        share(row["money_share"], lang),
        text("" if sure is None else Confidence(sure).label(lang)),
    ]


def _links_table(rows: pl.DataFrame, lang: Lang) -> TableView:
    zh = lang == "zh"
    return TableView(
        "编码有变动的行" if zh else "Lines whose codes changed",
        (
            Column("报表" if zh else "Statement"),
            Column("上年编码与名称" if zh else "Codes and names of the prior year"),
            Column("本年编码与名称" if zh else "Codes and names of the year"),
            Column("变更" if zh else "Change of codes"),
            Column("依据" if zh else "Basis"),
            Column("把握" if zh else "Confidence"),
            Column("可比性" if zh else "Comparability"),
        ),
        rows_of(_link_cells(row, lang) for row in rows.iter_rows(named=True)),
    )


def _link_cells(row: dict[str, Any], lang: Lang) -> list[Cell]:
    kinds = (row["link_kinds"] or "").split(";")
    is_of_year = row["amount_yuan"] is not None
    basis, sure = row["link_basis"], row["link_confidence"]
    return [
        text(Statement(row["statement"]).label(lang)),
        text(f"{row['code_prior']} {row['name_prior']}" if row["code_prior"] else "—"),
        text(f"{row['code']} {row['name']}" if is_of_year else "—"),
        text("、".join(LinkKind(kind).label(lang) for kind in kinds if kind)),
        text("" if basis is None else Basis(basis).label(lang)),
        text("" if sure is None else Confidence(sure).label(lang)),
        text(Comparability(row["comparability"]).label(lang)),
    ]


def stages_section(data: ReportData, lang: Lang) -> Section | None:
    """Budget and final of the year beside each other; left out where one of them is not known."""
    rows = data.results["execution"].filter(
        pl.col("deviation_yuan").is_not_null(), pl.col("flow") == str(Flow.EXPENDITURE)
    )
    if rows.is_empty():
        return None
    zh = lang == "zh"
    is_total = pl.col("code") == "total"
    header = (
        Column("项目" if zh else "Line"),
        Column("年初预算" if zh else "Budget", is_number=True),
        Column("调整预算" if zh else "Adjusted budget", is_number=True),
        Column("决算" if zh else "Final", is_number=True),
        Column("偏离额" if zh else "Deviation", is_number=True),
        Column("预决算偏离度" if zh else "Deviation of budget", is_number=True),
        Column("可比性" if zh else "Comparability"),
    )
    largest = (
        rows.filter(~is_total, pl.col("deviation_yuan") != 0)
        .sort(pl.col("deviation_yuan").abs(), "statement", "code", descending=[True, False, False])
        .head(_MOST_DEVIATIONS)
    )
    tables = [
        TableView(
            caption,
            header,
            rows_of(_execution_cells(row, lang) for row in part.iter_rows(named=True)),
        )
        for caption, part in (
            ("合计（万元）" if zh else "Totals (10,000 yuan)", rows.filter(is_total)),
            (
                f"偏离最大的各行（{largest.height}）"
                if zh
                else f"Lines with the largest deviations ({largest.height})",
                largest,
            ),
        )
        if not part.is_empty()
    ]
    classes = rows.filter(
        pl.col("component") == str(Component.TOTAL),
        pl.col("statement") == rows["statement"].mode().sort()[0],
    )
    caption = "预决算偏离度" if zh else "Deviation of the final accounts from the budget"
    charts = (ChartView.of(deviation_dots(classes, lang), caption),)
    return Section("stages", "预算与决算" if zh else "Budget and final", (), charts, tuple(tables))


def _execution_cells(row: dict[str, Any], lang: Lang) -> list[Cell]:
    part = row["component"]
    label = f"{Statement(row['statement']).label(lang)} · {label_of(row, lang)}"
    if part != Component.TOTAL:
        label += f" · {Component(part).label(lang)}"
    return [
        text(label),
        money(row["budget_yuan"], lang, source=row["budget_source"]),
        money(row["adjusted_budget_yuan"], lang, source=row["adjusted_budget_source"])
        if row["adjusted_budget_yuan"] is not None
        else Cell("—"),
        money(row["final_yuan"], lang, source=row["final_source"]),
        money(row["deviation_yuan"], lang, signed=True),
        share(row["deviation_share"], lang, signed=True),
        text(SideComparability(row["side_comparability"]).label(lang)),
    ]
