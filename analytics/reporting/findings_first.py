"""The opening of the report: what a reader should know after half a minute."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.charts.labels import Lang, percent_text, wan_text
from analytics.reporting.data import ReportData
from analytics.reporting.findings import is_settled
from analytics.reporting.findings_page import counts_line
from analytics.reporting.view import Cell, Section, anchor
from analytics.schema.vocabularies import (
    Comparability,
    LineCode,
    Severity,
    Statement,
)

__all__ = ["headline_cards", "key_findings"]

_MOST_FINDINGS = 6


def headline_cards(data: ReportData, lang: Lang) -> tuple[tuple[str, Cell, str], ...]:
    """The few figures at the head of the report: label, figure, and how it moved."""
    cards = []
    for row in _headlines(data):
        label, figure = row["label_zh" if lang == "zh" else "label_en"], row["change"]
        shown = Cell(
            wan_text(figure["amount_yuan"], lang), anchor(figure["source"]), figure["source"]
        )
        cards.append((label, shown, _moved(figure, lang)))
    return tuple(cards)


def key_findings(data: ReportData, lang: Lang) -> Section:
    """Sentences on what changed, what is unexplained and what does not hold."""
    zh = lang == "zh"
    sentences: list[Cell] = []
    for row in _headlines(data):
        change = row["change"]
        if change["amount_prior_yuan"] is None:
            continue
        label = row["label_zh" if zh else "label_en"]
        was, now = (wan_text(change[c], lang) for c in ("amount_prior_yuan", "amount_yuan"))
        if change["change_yuan"] is None:
            sentence = (
                f"{label}：{data.prior_year} 年 {was} 万元，{data.fiscal_year} 年 {now} 万元，两者不能直接比较"
                if zh
                else f"{label}: {was} (10,000 yuan) in {data.prior_year}, {now} in "
                f"{data.fiscal_year}, not to be compared as they are"
            )
        else:
            by = wan_text(change["change_yuan"], lang, signed=True)
            growth = percent_text(change["growth_share"], lang, signed=True)
            sentence = (
                f"{label}由 {data.prior_year} 年的 {was} 万元变为 {data.fiscal_year} 年的 {now} 万元，"
                f"变动 {by} 万元（{growth}）"
                if zh
                else f"{label}: {was} (10,000 yuan) in {data.prior_year}, {now} in "
                f"{data.fiscal_year}, change {by} ({growth})"
            )
        doubt = Comparability(change["comparability"])
        if doubt not in (Comparability.COMPARABLE, Comparability.PRIOR_IMPLIED):
            sentence += f"（{doubt.zh}）" if zh else f" ({doubt.en})"
        if change["is_doubted"] or change["is_doubted_prior"]:
            sentence += (
                "（与其他数字核对不符）" if zh else " (does not reconcile with other figures)"
            )
        sentence += "。" if zh else "."
        sentences.append(Cell(sentence, anchor(change["source_prior"]), change["source_prior"]))
    for row in data.results["bridge"].filter("is_unexplained").iter_rows(named=True):
        gap = wan_text(row["change_yuan"], lang, signed=True)
        sentences.append(
            Cell(
                f"支出总计的变动中有 {gap} 万元在公开资料中得不到解释：{row['reason'] or ''}"
                if zh
                else f"Of the change of the total, {gap} (10,000 yuan) is not explained by "
                f"anything published: {row['reason_en'] or ''}",
                mark="flag",
            )
        )
    sentences.append(Cell(counts_line(data.tables["findings"], data.failed, lang), "checks"))
    worst = data.failed.filter(
        pl.col("severity") == Severity.ERROR, ~is_settled(), pl.col("root_key").is_null()
    )
    for row in worst.head(_MOST_FINDINGS).iter_rows(named=True):
        message = row["message_zh" if zh else "message_en"]
        sentences.append(Cell(message, f"finding-{row['finding_key']}", mark="flag"))
    return Section("key", "要点" if zh else "Key findings", tuple(sentences))


def _headlines(data: ReportData) -> list[dict[str, Any]]:
    """The lines every reader asks for, where the disclosure has them."""
    wanted = (
        (Statement.BUDGET_SUMMARY, "expenditure", "支出总计", "Total expenditure"),
        (
            Statement.GENERAL_PUBLIC_EXPENDITURE,
            "expenditure",
            "一般公共预算当年支出",
            "General public budget, current year",
        ),
        (Statement.THREE_PUBLIC_EXPENSES, "expenditure", "“三公”经费", "Three public expenses"),
        (Statement.OPERATING_EXPENSES, "expenditure", "机关运行经费", "Operating expenses"),
    )
    rows = []
    for statement, flow, zh, en in wanted:
        lines = data.results["changes"].filter(
            (pl.col("statement") == statement)
            & (pl.col("flow") == flow)
            & pl.col("code").is_in([LineCode.TOTAL, LineCode.CURRENT_TOTAL])
            & (pl.col("component") == "total")
            & pl.col("fund").is_in(["all", "fiscal_appropriation", "general_public"])
            & pl.col("amount_yuan").is_not_null()
        )
        lines = lines.sort(
            pl.col("change_yuan").is_null(),
            pl.col("code") == LineCode.CURRENT_TOTAL,
            pl.col("fund").replace_strict({"all": 0, "fiscal_appropriation": 1}, default=2),
        )
        if len(lines):
            change, label_zh, label_en = lines.row(0, named=True), zh, en
            # Of final accounts the text often compares what was spent within the year only.
            if change["code"] == LineCode.CURRENT_TOTAL:
                label_zh, label_en = "本年支出合计", "Expenditure of the year"
            rows.append({"label_zh": label_zh, "label_en": label_en, "change": change})
    return rows


def _moved(change: dict[str, Any], lang: Lang) -> str:
    if change["growth_share"] is None:
        return "上年不详" if lang == "zh" else "prior year not known"
    growth = percent_text(change["growth_share"], lang, signed=True)
    by = wan_text(change["change_yuan"], lang, signed=True)
    return f"比上年 {by}（{growth}）" if lang == "zh" else f"{by} on the year ({growth})"
