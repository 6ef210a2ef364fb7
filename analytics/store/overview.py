"""What a panel holds, at a glance: one line of text, one screen of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import polars as pl

from analytics.schema.vocabularies import Outcome, Stage

__all__ = ["as_html", "in_one_line"]

_MOST_AGENCIES = 12
_LABELS = {
    "statements": "报表",
    "facts": "数据",
    "claims": "文字陈述",
    "projects": "项目",
    "indicators": "绩效指标",
    "mentions": "文字中的数字",
    "set_aside": "另列数字",
    "findings": "核验结果",
}


def in_one_line(path: Path, documents: pl.DataFrame, fact_count: int) -> str:
    """Whose documents of which years, and how many facts."""
    if documents.is_empty():
        return f"Panel({str(path)!r}, empty)"
    parts = (
        _counted(documents["agency_id"].n_unique(), "agency", "agencies"),
        _years(documents["fiscal_year"]),
        _counted(documents.height, "document", "documents"),
        _counted(fact_count, "fact", "facts"),
    )
    return f"Panel({str(path)!r}, {', '.join(parts)})"


def as_html(
    path: Path, documents: pl.DataFrame, counts: Mapping[str, int], outcomes: Mapping[str, int]
) -> str:
    """Agencies with their years, rows of each table, findings by outcome."""
    agencies = (
        documents.sort("fiscal_year", "stage")
        .group_by("agency_id", maintain_order=True)
        .agg("fiscal_year", "stage", pl.col("agency_name").last())
        .sort("agency_id")
    )
    rows = [
        (agency["agency_name"], _disclosures(agency["fiscal_year"], agency["stage"]))
        for agency in agencies.head(_MOST_AGENCIES).iter_rows(named=True)
    ]
    if agencies.height > _MOST_AGENCIES:
        rows.append((f"另有 {agencies.height - _MOST_AGENCIES} 个单位", ""))
    rows.append(("文件", f"{documents.height:,}"))
    rows += [(label, f"{counts[name]:,}") for name, label in _LABELS.items()]
    rows += [
        (f"核验：{outcome.zh}", f"{outcomes[str(outcome)]:,}")
        for outcome in Outcome
        if str(outcome) in outcomes
    ]
    body = "".join(
        f"<tr><th style='text-align:left'>{escape(label)}</th>"
        f"<td style='text-align:left'>{escape(value)}</td></tr>"
        for label, value in rows
    )
    return f"<table><caption>Panel {escape(str(path))}</caption><tbody>{body}</tbody></table>"


def _disclosures(years: Iterable[int], stages: Iterable[str]) -> str:
    labels = {str(stage): stage.zh for stage in Stage}
    named = (f"{year} {labels[stage]}" for year, stage in zip(years, stages, strict=True))
    return "、".join(dict.fromkeys(named))


def _years(years: pl.Series) -> str:
    """Years as ranges.

    Examples:
        >>> _years(pl.Series([2024, 2021, 2022, 2022]))
        '2021–2022, 2024'
    """
    ranges: list[list[int]] = []
    for year in years.unique().sort():
        if ranges and year == ranges[-1][-1] + 1:
            ranges[-1][1:] = [year]
        else:
            ranges.append([year])
    return ", ".join("–".join(str(year) for year in ends) for ends in ranges)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
