"""Projects with their money, unit costs and targets; procurement and assets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from analytics.charts import project_bars, unit_cost_dots
from analytics.charts.labels import Lang, percent_text, wan_text
from analytics.reporting.data import ReportData
from analytics.reporting.view import (
    Cell,
    ChartView,
    Column,
    Section,
    TableView,
    anchor,
    claim_anchor,
    money,
    number,
    place_anchor,
    places_in,
    rows_of,
    share,
    text,
)
from analytics.schema.form_vocabularies import IndicatorKind
from analytics.schema.vocabularies import Topic

__all__ = ["assets_section", "projects_section"]

_PROCUREMENT = ("goods", "works", "services", "total")


def projects_section(data: ReportData, lang: Lang) -> Section:
    """Projects by amount, stated and implied unit costs, and the targets of every project."""
    zh = lang == "zh"
    projects = data.tables["projects"].sort(
        "annual_total_yuan", "project", descending=[True, False]
    )
    costs = data.results["unit_costs"].filter(pl.col("block") == "annual")
    per_unit = costs.filter(pl.col("kind") == IndicatorKind.UNIT_COST)
    charts = []
    if len(projects):
        bars = projects.select("project", "name", amount_yuan="annual_total_yuan").with_columns(
            pl.Series("is_doubted", [_is_doubted(data, name) for name in projects["project"]])
        )
        caption = "项目年度资金" if zh else "Projects by amount"
        charts.append(ChartView.of(project_bars(bars, lang=lang), caption))
    if len(per_unit):
        caption = "所述单位成本与隐含单位成本" if zh else "Unit costs, stated and implied"
        charts.append(ChartView.of(unit_cost_dots(per_unit, lang=lang), caption))
    title = "项目、单位成本与绩效目标" if zh else "Projects, unit costs and targets"
    return Section(
        "projects",
        title,
        charts=tuple(charts),
        tables=(_project_table(data, projects, lang), _cost_table(per_unit, lang)),
        details=tuple(
            (row["name"], _target_table(data, row["project"], lang))
            for row in projects.iter_rows(named=True)
        ),
    )


def assets_section(data: ReportData, lang: Lang) -> Section:
    """Government procurement, and the assets and staff the text reports."""
    zh = lang == "zh"
    order = {code: index for index, code in enumerate(_PROCUREMENT)}
    by_category = pl.col("code").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    procurement = TableView(
        "政府采购（万元）" if zh else "Government procurement (10,000 yuan)",
        (
            Column("类别" if zh else "Category"),
            Column("金额" if zh else "Amount", is_number=True),
            Column("占采购" if zh else "Share of procurement", is_number=True),
            Column("占总支出" if zh else "Share of spending", is_number=True),
        ),
        rows_of(
            [
                text(row["name"]),
                money(row["amount_yuan"], lang, source=row["source"]),
                share(row["share"], lang),
                share(row["spending_share"], lang),
            ]
            for row in data.results["procurement_shares"].sort(by_category).iter_rows(named=True)
        ),
    )
    counted = data.tables["claims"].filter(
        pl.col("statement").is_in([Topic.STATE_ASSETS, Topic.STAFFING])
        & pl.col("value").is_not_null()
    )
    counts = TableView(
        "资产与人员" if zh else "Assets and staff",
        (
            Column("对象" if zh else "Subject"),
            Column("数量" if zh else "Count", is_number=True),
            Column("单位" if zh else "Unit"),
            Column("原句" if zh else "Sentence"),
        ),
        rows_of(
            [
                text(row["name"] or row["code"]),
                number(row["value"], lang),
                text(row["unit"]),
                Cell(row["sentence"], claim_anchor(row)),
            ]
            for row in counted.iter_rows(named=True)
        ),
        is_folded=True,
    )
    title = "政府采购与资产" if zh else "Procurement and assets"
    return Section("assets", title, tables=(procurement, counts))


def _project_table(data: ReportData, projects: pl.DataFrame, lang: Lang) -> TableView:
    zh = lang == "zh"
    amounts = projects["annual_total_yuan"].drop_nulls().to_list()
    total = sum(amounts, Decimal(0))
    return TableView(
        f"{len(projects)} 个项目，年度资金合计 {wan_text(total, lang)} 万元"
        if zh
        else f"{len(projects)} projects, {wan_text(total, lang)} (10,000 yuan) in the year",
        (
            Column("项目" if zh else "Project"),
            Column("属性" if zh else "Kind"),
            Column("期限" if zh else "Period"),
            Column("实施期资金" if zh else "Whole term", is_number=True),
            Column("年度资金" if zh else "This year", is_number=True),
            Column("以前年度欠付" if zh else "Arrears", is_number=True),
            Column("目标数" if zh else "Targets", is_number=True),
        ),
        rows_of(
            [
                text(row["name"]),
                text(row["kind"]),
                text(row["period"]),
                _form_money(data, row["project"], "term", row["term_total_yuan"], lang),
                _form_money(data, row["project"], "annual", row["annual_total_yuan"], lang),
                Cell(
                    wan_text(row["arrears_yuan"], lang) if row["arrears_yuan"] is not None else "",
                    title=row["arrears_text"],
                ),
                number(_target_count(data, row["project"]), lang, decimals=0),
            ]
            for row in projects.iter_rows(named=True)
        ),
        note=(
            "欠付一栏只列表中明确说明用于支付以前年度的部分，移到数字上可见原文。"
            if zh
            else "Arrears are shown only where the form says so in words; hover for the words."
        ),
    )


def _form_money(data: ReportData, project: str, block: str, amount: Any, lang: Lang) -> Cell:
    """An amount of a form, linked to the cell it was printed in."""
    cells = data.tables["facts"].filter(
        (pl.col("statement") == "performance_form")
        & (pl.col("code") == project)
        & (pl.col("component") == block)
        & (pl.col("fund") == "all")
        & (pl.col("carryover_basis") != "only")
    )
    if not len(cells):
        return money(amount, lang)
    row = cells.row(0, named=True)
    place = f"performance_form block {row['block']} row {row['row']} column {row['column']}"
    line = f" (line {row['line']})" if row["line"] is not None else ""
    return money(amount, lang, source=f"{place}{line}, document {row['document_id']}")


def _is_doubted(data: ReportData, project: str) -> bool:
    """Whether the year's money of a form did not reconcile."""
    places = places_in(_form_money(data, project, "annual", None, "zh").title)
    return not data.doubted.isdisjoint(places)


def _target_count(data: ReportData, project: str) -> int:
    rows = data.tables["indicators"]
    return rows.filter((pl.col("project") == project) & (pl.col("block") == "annual")).height


def _cost_table(costs: pl.DataFrame, lang: Lang) -> TableView:
    zh = lang == "zh"
    headers = (
        ("项目 · 成本指标", "Project · cost target", False),
        ("所述单位成本", "Stated unit cost", True),
        ("对应数量", "Quantity", True),
        ("期数", "Periods", True),
        ("成本 × 数量（万元）", "Cost × quantity", True),
        ("可用资金（万元）", "Money less arrears", True),
        ("占比", "Share", True),
        ("隐含单位成本（元）", "Implied unit cost (yuan)", True),
    )
    return TableView(
        "单位成本：所述与隐含" if zh else "Unit costs, stated and implied",
        tuple(Column(z if zh else e, is_number=n) for z, e, n in headers),
        rows_of(
            [
                Cell(
                    f"{row['project']} · {row['name']}",
                    anchor(row["source"]),
                    row["source"],
                    remark=row["reason" if zh else "reason_en"] or "",
                ),
                text(row["unit_cost_text"]),
                Cell(row["quantity_text"] or "", title=row["quantity_name"]),
                number(row["period_count"], lang, decimals=0),
                money(row["costed_yuan"], lang),
                money(row["available_yuan"], lang),
                Cell(percent_text(row["costed_share"], lang) if row["costed_share"] else ""),
                Cell(_implied(row, lang)),
            ]
            for row in costs.iter_rows(named=True)
        ),
        note=(
            "隐含单位成本＝（年度资金－以前年度欠付）÷（数量×期数）；目标为“不少于”“不超过”时为区间。"
            "一个项目有几项成本时，隐含值是全部资金都用于该项时的上限。"
            if zh
            else "Implied unit cost = (the year's money − arrears) ÷ (quantity × periods); an "
            "interval where the target is a bound. Where a project has several costs, it is what "
            "one unit would cost if all the money went to it."
        ),
    )


def _implied(row: dict[str, Any], lang: Lang) -> str:
    low, high = row["implied_low_yuan_per_unit"], row["implied_high_yuan_per_unit"]
    if low is None and high is None:
        return ""
    if low is None:
        return f"≤ {number(high, lang).text}"
    if high is None:
        return f"≥ {number(low, lang).text}"
    if low == high:
        return number(low, lang).text
    return f"{number(low, lang).text} ~ {number(high, lang).text}"


def _target_table(data: ReportData, project: str, lang: Lang) -> TableView:
    zh = lang == "zh"
    rows = data.tables["indicators"].filter(pl.col("project") == project)
    blocks = {"term": "实施期" if zh else "term", "annual": "年度" if zh else "year"}
    return TableView(
        "绩效指标" if zh else "Targets",
        tuple(
            Column(zh_name if zh else en_name)
            for zh_name, en_name in (
                ("期间", "Block"),
                ("一级", "Level 1"),
                ("二级", "Level 2"),
                ("指标", "Target"),
                ("指标值", "Value"),
                ("修复", "Repairs"),
            )
        ),
        rows_of(
            [
                text(blocks[row["block"]]),
                text(row["level1"]),
                text(row["level2"]),
                text(row["name"]),
                text(row["value_text"]),
                text(row["repairs"]),
            ]
            for row in rows.iter_rows(named=True)
        ),
        is_folded=True,
        anchors=tuple(
            place_anchor(row, block="source_block") for row in rows.iter_rows(named=True)
        ),
    )
