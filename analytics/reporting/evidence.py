"""What does not hold, what could not be compared, how it was done, and what was printed where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import polars as pl

from analytics.analysis.frames import place_text
from analytics.charts.labels import Lang
from analytics.expressions import rank_in
from analytics.reporting.data import ReportData
from analytics.reporting.findings_page import (
    counts_line,
    finding_groups,
    lost_table,
    place_of,
    rule_matrix,
)
from analytics.reporting.labels import label_of
from analytics.reporting.view import (
    Cell,
    Column,
    Section,
    TableView,
    claim_anchor,
    place_anchor,
    rows_of,
    text,
)
from analytics.schema.vocabularies import (
    Component,
    Fund,
    Outcome,
    Presence,
    Repair,
    Severity,
    Statement,
)

__all__ = ["checks_section", "evidence_section", "gaps_section", "method_section"]


def checks_section(data: ReportData, lang: Lang) -> Section:
    """How the checks of each statement ended, then every finding, the heaviest first."""
    zh = lang == "zh"
    findings = data.tables["findings"]
    untested = findings.filter(pl.col("outcome") == Outcome.INSUFFICIENT).sort(
        rank_in("severity", Severity), "rule", "line", "finding_id"
    )
    label = "无法核验" if zh else "Cannot be tested"
    shown = f"{label}（{len(untested)}）" if zh else f"{label} ({len(untested)})"
    return Section(
        "checks",
        "核验：不符之处" if zh else "Checks: what does not hold",
        paragraphs=(Cell(counts_line(findings, data.failed, lang)),),
        tables=(rule_matrix(findings, lang),),
        groups=finding_groups(data.failed, lang),
        details=(
            (shown, _untested_table(untested, lang)),
            *(((view.caption, view),) if (view := lost_table(data.lost, lang)).rows else ()),
        ),
    )


def gaps_section(data: ReportData, lang: Lang) -> Section:
    """What could not be compared, and why."""
    zh = lang == "zh"
    presence = data.tables["statements"]
    compared = data.results["changes"]
    counts = {
        row["statement"]: (row["known"], row["lines"])
        for row in compared.group_by("statement")
        .agg(
            pl.col("amount_prior_yuan").is_not_null().sum().alias("known"), pl.len().alias("lines")
        )
        .iter_rows(named=True)
    }
    rows = []
    for statement in Statement:
        found = presence.filter(pl.col("statement") == statement)
        known, lines = counts.get(statement, (0, 0))
        if not len(found) and not lines:
            continue
        state = found["presence"].item() if len(found) else None
        reason = _why_not(
            statement, state, known=known, lines=lines, prior=data.prior_year, lang=lang
        )
        rows.append(
            [
                text(statement.label(lang)),
                text(Presence(state).label(lang) if state else ""),
                text(f"{known} / {lines}" if lines else ""),
                text(reason),
            ]
        )
    table = TableView(
        "各表可比情况" if zh else "What could be compared, by statement",
        tuple(
            Column(z if zh else e)
            for z, e in (
                ("报表", "Statement"),
                ("有无", "Presence"),
                ("有上年数/行数", "With prior/lines"),
                ("原因", "Reason"),
            )
        ),
        rows_of(rows),
    )
    return Section("gaps", "未能比较之处" if zh else "What could not be compared", tables=(table,))


_METHOD_ZH = (
    "金额一律以元精确保存，单位换算不损失精度；表中为万元，名义价格，未作价格调整。",
    "容差：参与核验的各列示数字半个末位之和；不用固定 0.01，也不用百分比。",
    "上年数：公开文件未附上年报表时，由本年文字所述增减额（或“与上年相同”）推算，并给出区间；"
    "增减率＝增减额÷上年数；贡献＝增减额÷上级项目上年数。",
    "空白不是零：未列示的数字标为“无数据”。",
)
_METHOD_EN = (
    "Amounts are kept exactly in yuan; shown in units of 10,000 yuan, nominal prices.",
    "Tolerance: half of the last printed digit of every term, added up.",
    "Prior amounts follow from the changes the text states where last year's statements "
    "are not published, each with the interval its printed precision leaves.",
    "Blank is not zero: a figure that is not printed is shown as n/a.",
)


def method_section(data: ReportData, lang: Lang) -> Section:
    """How figures were read and compared, and from which file."""
    said = _source_zh if lang == "zh" else _source_en
    lines = [line for document in data.documents.iter_rows(named=True) for line in said(document)]
    lines += _METHOD_ZH if lang == "zh" else _METHOD_EN
    title = "方法与来源" if lang == "zh" else "Method and sources"
    return Section("method", title, tuple(Cell(line) for line in lines))


def _source_zh(document: dict[str, Any]) -> Iterator[str]:
    yield (
        f"来源：{document['agency_name']}《{document['title'] or document['file_name']}》，"
        f"文件 {document['file_name']}，标识 {document['document_id']}，"
        f"读取程序 {document['reader']} {document['reader_version']}。"
    )
    yield (
        f"表格中的数字 {document['numeric_cell_count']} 个：{document['fact_cell_count']} 个成为事实，"
        f"{document['form_value_cell_count']} 个是绩效指标值、期限或填报时间，"
        f"{document['set_aside_cell_count']} 个另列并说明原因（如栏次、页码）。"
    )
    if document["notes"]:
        yield f"读取说明：{document['notes']}"


def _source_en(document: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Source: {document['agency_name']}, file {document['file_name']}, id "
        f"{document['document_id']}, reader {document['reader']} {document['reader_version']}."
    )
    yield (
        f"Numeric cells: {document['numeric_cell_count']}; facts: {document['fact_cell_count']}; "
        f"targets, periods and time stamps of forms: {document['form_value_cell_count']}; "
        f"set aside with a reason: {document['set_aside_cell_count']}."
    )
    if document["notes"]:
        yield f"Notes of the reader: {document['notes']}"


def evidence_section(data: ReportData, lang: Lang) -> Section:
    """Every printed figure by statement, and every sentence a claim was read from."""
    zh = lang == "zh"
    facts = (
        data.tables["facts"]
        .sort("document_id", "block", "row", "column")
        .with_columns(source=place_text(cell="cell"))
    )
    details = []
    for statement, rows in groupby(facts.iter_rows(named=True), key=lambda r: r["statement"]):
        listed = list(rows)
        label = place_of(statement, lang)
        details.append((f"{label}（{len(listed)}）", _fact_table(listed, lang)))
    claims = data.tables["claims"].sort("document_id", "block", "row", "column")
    details.append(("文字陈述" if zh else "Claims of the text", _claim_table(claims, lang)))
    details.append(("另列的数字" if zh else "Numbers set aside", _aside_table(data, lang)))
    title = "附：数字出处" if zh else "Where every figure is printed"
    return Section("evidence", title, details=tuple(details))


def _untested_table(findings: pl.DataFrame, lang: Lang) -> TableView:
    """What could not be tested, and why."""
    zh = lang == "zh"
    headers = (("程度", "Severity"), ("规则", "Rule"), ("说明", "Finding"))
    return TableView(
        "",
        tuple(Column(z if zh else e) for z, e in headers),
        rows_of(
            [
                text(Severity(row["severity"]).label(lang)),
                text(row["rule"]),
                text(row[f"message_{lang}"]),
            ]
            for row in findings.iter_rows(named=True)
        ),
    )


def _why_not(
    statement: Statement, state: str | None, *, known: int, lines: int, prior: int, lang: Lang
) -> str:
    zh = lang == "zh"
    if state == Presence.MISSING:
        return "公开文件中没有此表" if zh else "the disclosure does not print it"
    if state == Presence.EMPTY:
        return "有表无数据，无可比较" if zh else "printed without figures"
    if not lines or known == lines:
        return ""
    if statement is Statement.PERFORMANCE_FORM:
        return f"未取得 {prior} 年的项目绩效目标表" if zh else f"no forms of {prior}"
    if known:
        return (
            f"仅文字说明了增减的项目可比；{prior} 年报表未在库中"
            if zh
            else f"only lines whose change the text states; no statements of {prior} in the panel"
        )
    return (
        f"{prior} 年报表未在库中，文字也未说明增减"
        if zh
        else f"no statements of {prior} in the panel, and the text states no change"
    )


def _fact_table(rows: list[dict[str, Any]], lang: Lang) -> TableView:
    zh = lang == "zh"
    headers = (
        ("名称", "Line"),
        ("编码", "Code"),
        ("年度", "Year"),
        ("栏目", "Column"),
        ("列示", "Printed"),
        ("单位", "Unit"),
        ("行·列", "Row·column"),
        ("文件行", "Line of file"),
        ("修复", "Repairs"),
    )
    return TableView(
        "",
        tuple(Column(z if zh else e, is_number=z == "列示") for z, e in headers),
        rows_of(
            [
                text(label_of(row, lang)),
                text(row["code"] if row["code"].isdigit() else ""),
                text(str(row["fiscal_year"])),
                text(row["column_label"] or _part(row, lang)),
                Cell(
                    row["amount_text"],
                    claim_anchor(row) if row["claim_id"] else None,
                    title=row["source"],
                ),
                text(row["unit_text"]),
                text(f"{row['row']}·{row['column']}"),
                text(str(row["cell"] or row["line"] or row["page"] or "")),
                text(_repairs(row["repairs"], lang)),
            ]
            for row in rows
        ),
        anchors=tuple(place_anchor(row) for row in rows),
    )


def _part(row: dict[str, Any], lang: Lang) -> str:
    return f"{Fund(row['fund']).label(lang)} {Component(row['component']).label(lang)}"


def _claim_table(claims: pl.DataFrame, lang: Lang) -> TableView:
    zh = lang == "zh"
    headers = (
        ("所述对象", "Subject"),
        ("所在报表", "Statement"),
        ("原句", "Sentence"),
        ("文件行", "Line of file"),
    )
    rows = list(claims.iter_rows(named=True))
    return TableView(
        "",
        tuple(Column(z if zh else e) for z, e in headers),
        rows_of(
            [
                text(row["name"] or row["code"]),
                text(place_of(row["statement"], lang)),
                text(row["sentence"]),
                text(str(row["line"] or row["page"] or "")),
            ]
            for row in rows
        ),
        anchors=tuple(claim_anchor(row) for row in rows),
    )


def _aside_table(data: ReportData, lang: Lang) -> TableView:
    zh = lang == "zh"
    headers = (("单元格", "Cell"), ("原因", "Reason"), ("文件行", "Line of file"))
    return TableView(
        "",
        tuple(Column(z if zh else e) for z, e in headers),
        rows_of(
            [
                text(row["cell_text"]),
                text(row["reason"]),
                text(str(row["cell"] or row["line"] or row["page"] or "")),
            ]
            for row in data.tables["set_aside"]
            .sort("document_id", "block", "row", "column")
            .iter_rows(named=True)
        ),
    )


def _repairs(repairs: str | None, lang: Lang) -> str:
    return "、".join(Repair(code).label(lang) for code in (repairs or "").split(";") if code)
