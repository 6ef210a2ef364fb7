from __future__ import annotations

from typing import Any

import polars as pl
from chart_samples import drawn

from analytics.charts import chart_spec, coverage_heatmap


def grid(*cells: tuple[int, str, str], stage: str = "budget") -> pl.DataFrame:
    rows = [
        ("示例市图书馆", stage, "unit", statement, year, state) for year, statement, state in cells
    ]
    names = ["agency_id", "stage", "scope", "statement", "fiscal_year", "coverage_state"]
    return pl.DataFrame(rows, schema=names, orient="row")


ROWS = grid(
    (2020, "budget_summary", "present"),
    (2020, "revenue_summary", "missing"),
    (2020, "basic_expenditure", "empty"),
    (2021, "budget_summary", "no_document"),
    (2021, "revenue_summary", "no_document"),
    (2021, "basic_expenditure", "no_document"),
    (2022, "budget_summary", "present"),
    (2022, "revenue_summary", "present"),
    (2022, "basic_expenditure", "not_listed"),
)


def cells(chart: Any) -> list[tuple[str, str, str, str]]:
    return [(row["series"], row["year"], row["kind"], row["text"]) for row in drawn(chart)]


def test_each_disclosure_says_how_many_statements_it_has_and_lacks() -> None:
    assert cells(coverage_heatmap(ROWS)) == [
        ("示例市图书馆 单位预算", "2020年", "有缺表", "1 缺1 空1"),
        ("示例市图书馆 单位预算", "2021年", "无文件", "无文件"),
        ("示例市图书馆 单位预算", "2022年", "应有报表齐全", "2"),
    ]


def test_stages_have_rows_of_their_own_in_the_order_of_the_cycle() -> None:
    both = pl.concat([grid((2020, "budget_summary", "present"), stage="final"), ROWS])

    chart = coverage_heatmap(both, "en")

    names = [series for series, *_ in cells(chart)]
    assert names == ["示例市图书馆 unit budget"] * 3 + ["示例市图书馆 unit final accounts"]


def test_years_without_any_document_keep_their_column() -> None:
    rows = grid((2019, "budget_summary", "present"), (2022, "budget_summary", "present"))

    x = chart_spec(coverage_heatmap(rows))["layer"][0]["encoding"]["x"]
    assert x["scale"]["domain"] == ["2019年", "2020年", "2021年", "2022年"]


def test_an_empty_panel_says_so() -> None:
    assert drawn(coverage_heatmap(ROWS.clear())) == [{"words": "无可绘数据"}]
