"""What changed, what the money is made of, the three public expenses, operating expenses."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.charts import change_waterfall, mix_bars, three_public_bars
from analytics.charts.labels import Lang, percent_text
from analytics.reporting.data import ReportData
from analytics.reporting.labels import label_of
from analytics.reporting.view import (
    Cell,
    ChartView,
    Column,
    Section,
    TableView,
    growth,
    money,
    number,
    rows_of,
    share,
    text,
)
from analytics.schema.vocabularies import (
    Comparability,
    Component,
    Flow,
    Fund,
    RowKind,
    Statement,
    Status,
    ThreePublic,
)

__all__ = ["changes_section", "mix_section", "operating_section", "three_public_section"]

_DIMENSIONS = {
    "function": ("按功能分类（类）", "By function"),
    "economic_department_class": ("按部门经济分类（类）", "By departmental economic class"),
    "economic_department": ("按部门经济分类（款）", "By departmental economic item"),
    "economic_government": ("按政府经济分类（款）", "By government economic item"),
    "basic_project": ("基本支出与项目支出", "Basic and project expenditure"),
    "fund": ("按资金来源", "By source of funds"),
}
_TWO_SIDED = (
    Statement.BUDGET_SUMMARY,
    Statement.FISCAL_APPROPRIATION_SUMMARY,
    Statement.STATE_CAPITAL_OPERATIONS,
)
_HEADS = {
    "staff_in_post": ("在职人员", "staff in post"),
    "posts": ("编制", "posts"),
}
_CHARTED = ("function", "economic_department_class")


def changes_section(data: ReportData, lang: Lang) -> Section:
    """The bridge of the total and every line whose prior year is known."""
    zh = lang == "zh"
    bridge = data.results["bridge"]
    known = data.results["changes"].filter(
        pl.col("amount_prior_yuan").is_not_null() & (pl.col("statement") != "three_public_expenses")
    )
    charts: tuple[ChartView, ...] = ()
    paragraphs: list[Cell] = []
    if len(bridge):
        caption = "支出总计由上年到本年的变动" if zh else "Bridge of total expenditure"
        charts = (ChartView.of(change_waterfall(bridge, lang=lang), caption),)
        paragraphs = [
            Cell(row["reason" if zh else "reason_en"], mark="flag" if row["is_unexplained"] else "")
            for row in bridge.iter_rows(named=True)
            if row["reason"]
        ]
    header = (
        Column("项目" if zh else "Line"),
        Column(f"{data.prior_year}", is_number=True),
        Column(f"{data.fiscal_year}", is_number=True),
        Column("增减额" if zh else "Change", is_number=True),
        Column("增减率" if zh else "Growth", is_number=True),
        Column("增减率区间" if zh else "Growth interval", is_number=True),
        Column("贡献" if zh else "Contribution", is_number=True),
        Column("状态" if zh else "Status"),
        Column("可比性" if zh else "Comparability"),
    )
    is_total = pl.col("row_kind") == RowKind.TOTAL
    by_size = known.filter(~is_total).sort(
        pl.col("change_yuan").abs(), "statement", "code", descending=[True, False, False]
    )
    note = (
        "上年数取自上年报表；上年报表不在库中的，由本年文字所述增减推算。区间由列示精度推出。"
        "点按数字可查看原表或原句。"
        if zh
        else "Prior amounts are those of last year's statements, or follow from the changes the text "
        "states where those are not in the panel; intervals follow from the printed precision."
    )
    tables = [
        TableView(
            "合计（万元）" if zh else "Totals (10,000 yuan)",
            header,
            rows_of(
                [_change_cells(row, lang) for row in known.filter(is_total).iter_rows(named=True)]
            ),
            note=note,
        )
    ]
    if len(by_size):
        tables.append(
            TableView(
                f"各行，变动最大的在前（{len(by_size)}）"
                if zh
                else f"Lines, the largest changes first ({len(by_size)})",
                header,
                rows_of([_change_cells(row, lang) for row in by_size.iter_rows(named=True)]),
                is_folded=True,
            )
        )
    title = "变动" if zh else "What changed"
    return Section("changes", title, tuple(paragraphs), charts, tuple(tables))


def mix_section(data: ReportData, lang: Lang) -> Section:
    """Shares by function, economic class, basic and project, and funds, with concentration."""
    zh = lang == "zh"
    mix, summary = data.results["spending_mix"], data.results["mix_summary"]
    charts, tables = [], []
    for dimension, names in _DIMENSIONS.items():
        rows = mix.filter(pl.col("dimension") == dimension).sort("amount_yuan", descending=True)
        if not len(rows):
            continue
        title = names[0] if zh else names[1]
        if dimension in _CHARTED:
            charts.append(ChartView.of(mix_bars(rows, dimension=dimension, lang=lang), title))
        tables.append(_mix_table(rows, title, lang, is_folded=dimension == "economic_department"))
    tables.append(_summary_table(summary, lang))
    return Section(
        "mix", "支出结构" if zh else "Composition", charts=tuple(charts), tables=tuple(tables)
    )


def three_public_section(data: ReportData, lang: Lang) -> Section:
    """The three public expenses, two years, by component."""
    zh = lang == "zh"
    order = {code: index for index, code in enumerate(ThreePublic)}
    rows = data.results["three_public"].sort(
        pl.col("code").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    )
    table = TableView(
        "“三公”经费（万元）" if zh else "Three public expenses (10,000 yuan)",
        (
            Column("项目" if zh else "Line"),
            Column(str(data.prior_year), is_number=True),
            Column(str(data.fiscal_year), is_number=True),
            Column("增减额" if zh else "Change", is_number=True),
            Column("增减率" if zh else "Growth", is_number=True),
            Column("状态" if zh else "Status"),
        ),
        rows_of(
            [
                text(label_of(row, lang)),
                money(row["amount_prior_yuan"], lang, source=row["source_prior"]),
                money(row["amount_yuan"], lang, source=row["source"]),
                money(row["change_yuan"], lang, signed=True),
                growth(row, lang),
                text(Status(row["status"]).label(lang)),
            ]
            for row in rows.iter_rows(named=True)
        ),
    )
    charts: tuple[ChartView, ...] = ()
    if len(rows):
        caption = "“三公”经费两年对比" if zh else "Three public expenses, two years"
        charts = (ChartView.of(three_public_bars(rows, lang=lang), caption),)
    title = "“三公”经费" if zh else "Three public expenses"
    return Section("three-public", title, charts=charts, tables=(table,))


def operating_section(data: ReportData, lang: Lang) -> Section:
    """Operating expenses of the office, and what they come to per head."""
    zh = lang == "zh"
    changes = data.results["changes"].filter(pl.col("statement") == Statement.OPERATING_EXPENSES)
    known = changes.filter(pl.col("amount_prior_yuan").is_not_null())
    tables = [
        TableView(
            "机关运行经费（万元）" if zh else "Operating expenses (10,000 yuan)",
            (
                Column("项目" if zh else "Line"),
                Column(str(data.prior_year), is_number=True),
                Column(str(data.fiscal_year), is_number=True),
                Column("增减额" if zh else "Change", is_number=True),
                Column("增减率" if zh else "Growth", is_number=True),
            ),
            rows_of(
                [
                    text(label_of(row, lang)),
                    money(row["amount_prior_yuan"], lang, source=row["source_prior"]),
                    money(row["amount_yuan"], lang, source=row["source"]),
                    money(row["change_yuan"], lang, signed=True),
                    growth(row, lang),
                ]
                for row in known.iter_rows(named=True)
            ),
        ),
        TableView(
            "人均（元/人）" if zh else "Per head (yuan per person)",
            (
                Column("项目" if zh else "Line"),
                Column("金额（万元）" if zh else "Amount (10,000 yuan)", is_number=True),
                Column("人数口径" if zh else "Heads"),
                Column("人数" if zh else "Count", is_number=True),
                Column("人均（元）" if zh else "Per head (yuan)", is_number=True),
            ),
            rows_of(
                [
                    text(row["name"]),
                    money(row["amount_yuan"], lang, source=row["source"]),
                    text(_HEADS[row["head_basis"]][0 if zh else 1]),
                    number(row["head_count"], lang, decimals=0),
                    number(row["amount_yuan_per_head"], lang),
                ]
                for row in data.results["head_costs"].iter_rows(named=True)
            ),
            note="编外人员不计入人数。"
            if zh
            else "Staff outside the establishment are not counted.",
        ),
    ]
    title = "机关运行经费" if zh else "Operating expenses"
    return Section("operating", title, tables=tuple(tables))


def _change_cells(row: dict[str, Any], lang: Lang) -> list[Cell]:
    return [
        text(f"{Statement(row['statement']).label(lang)} · {_line(row, lang)}"),
        money(row["amount_prior_yuan"], lang, source=row["source_prior"]),
        money(row["amount_yuan"], lang, source=row["source"]),
        money(row["change_yuan"], lang, signed=True),
        growth(row, lang),
        Cell(_interval(row, lang)),
        share(row["contribution_share"], lang, signed=True),
        text(Status(row["status"]).label(lang)),
        text(Comparability(row["comparability"]).label(lang)),
    ]


def _line(row: dict[str, Any], lang: Lang) -> str:
    """The line with what sets it apart: direction, fund, part."""
    parts = []
    if row["statement"] in _TWO_SIDED:
        parts.append(Flow(row["flow"]).label(lang))
    if row["fund"] not in (Fund.ALL, Fund.FISCAL_APPROPRIATION):
        parts.append(Fund(row["fund"]).label(lang))
    if row["component"] != Component.TOTAL:
        parts.append(Component(row["component"]).label(lang))
    label = label_of(row, lang)
    if not parts:
        return label
    return f"{label}（{'，'.join(parts)}）" if lang == "zh" else f"{label} ({', '.join(parts)})"


def _interval(row: dict[str, Any], lang: Lang) -> str:
    low, high = row["growth_low_share"], row["growth_high_share"]
    if low is None or high is None:
        return ""
    ends = [percent_text(end, lang, signed=True) for end in (low, high)]
    if ends[0] == ends[1]:
        # Two decimals would hide that an interval is meant.
        ends = [f"{end * 100:+.4f}%".replace("-", "−") for end in (low, high)]
    return " ~ ".join(ends)


def _mix_table(rows: pl.DataFrame, title: str, lang: Lang, *, is_folded: bool) -> TableView:
    zh = lang == "zh"
    return TableView(
        f"{title}（万元）" if zh else f"{title} (10,000 yuan)",
        (
            Column("编码" if zh else "Code"),
            Column("名称" if zh else "Name"),
            Column("金额" if zh else "Amount", is_number=True),
            Column("占比" if zh else "Share", is_number=True),
        ),
        rows_of(
            [
                text(row["code"] if row["code"].isdigit() else ""),
                text(label_of(row, lang)),
                money(row["amount_yuan"], lang, source=row["source"]),
                share(row["share"], lang),
            ]
            for row in rows.iter_rows(named=True)
        ),
        is_folded=is_folded,
    )


def _summary_table(summary: pl.DataFrame, lang: Lang) -> TableView:
    zh = lang == "zh"
    headers = (
        ("维度", "Dimension"),
        ("项数", "Items"),
        ("集中度 HHI", "HHI"),
        ("标准化 HHI", "Normalised HHI"),
        ("均匀度", "Evenness"),
        ("与上年结构差异", "Dissimilarity"),
    )
    rows = [
        [
            text(_DIMENSIONS.get(row["dimension"], (row["dimension"],) * 2)[0 if zh else 1]),
            number(row["item_count"], lang, decimals=0),
            *(
                number(row[name], lang, decimals=4, is_fixed=True)
                if row[name] is not None
                else Cell("—")
                for name in ("hhi", "hhi_normalised", "evenness", "dissimilarity")
            ),
        ]
        for row in summary.iter_rows(named=True)
    ]
    return TableView(
        "集中度与均匀度" if zh else "Concentration and evenness",
        tuple(Column(h[0] if zh else h[1], is_number=i > 0) for i, h in enumerate(headers)),
        rows_of(rows),
        note=(
            "HHI 为占比平方和；只有一项时标准化 HHI 与均匀度无意义；上年结构未公开时不计算结构差异。"
            if zh
            else "HHI is the sum of squared shares; with one item the normalised HHI and evenness "
            "mean nothing; without last year's composition there is no dissimilarity."
        ),
    )
