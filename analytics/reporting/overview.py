"""All agencies of a year side by side: one page that leads to the report of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl

from analytics.analysis import changes, three_public, with_doubts
from analytics.analysis.lines import TOTAL_SPENDING, Line, pick_lines
from analytics.charts import agency_totals
from analytics.charts.labels import Lang
from analytics.errors import InputError, NotFoundError
from analytics.reporting.files import put_text
from analytics.reporting.page import render_page
from analytics.reporting.report import Report, build_report, page_name
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
    Outcome,
    Scope,
    Severity,
    Stage,
    Statement,
)
from analytics.store import Panel

__all__ = ["Overview", "build_overview"]

_OWNER = ["agency_id", "scope"]
_WANTED = {
    "total": TOTAL_SPENDING,
    "basic": tuple(
        Line(statement, component=Component.BASIC)
        for statement in (Statement.EXPENDITURE_SUMMARY, Statement.BUDGET_SUMMARY)
    ),
}


@dataclass(frozen=True)
class Overview:
    """All agencies of one year and stage, each with the figures of its own disclosure.

    Args:
        year: The fiscal year.
        stage: Budget or final accounts.
        rows: One row an agency and scope, the largest total first.
        reports: The report of each of them, in the same order.
        lang: Language of labels.
    """

    year: int
    stage: Stage
    rows: pl.DataFrame
    reports: tuple[Report, ...]
    lang: Lang

    @property
    def title(self) -> str:
        """The title of the page."""
        if self.lang == "en":
            return f"All agencies side by side: {self.year}, {self.stage.en}"
        return f"{self.year}年度各单位{self.stage.zh}公开对比"

    @cached_property
    def section(self) -> Section:
        """The table, before it becomes HTML."""
        zh = self.lang == "zh"
        header = (
            Column("单位" if zh else "Agency"),
            Column("口径" if zh else "Scope"),
            Column(f"{self.year}年总计" if zh else f"Total {self.year}", is_number=True),
            Column(f"{self.year - 1}年" if zh else f"{self.year - 1}", is_number=True),
            Column("增减额" if zh else "Change", is_number=True),
            Column("增减率" if zh else "Growth", is_number=True),
            Column("基本支出占比" if zh else "Share of basic", is_number=True),
            Column("“三公”经费" if zh else "Three public", is_number=True),
            Column("上年“三公”" if zh else "Prior year", is_number=True),
            Column("错误" if zh else "Errors", is_number=True),
            Column("警示" if zh else "Warnings", is_number=True),
            Column("可比性" if zh else "Comparability"),
        )
        note = (
            "每个单位只列其自身公开的数字。部门数已含所属单位，单位之间也有往来资金，因此各行不能相加。"
            "“错误”“警示”为核验发现的根源数，由此引出的不另计。※ 为与其他数字核对不符。"
            if zh
            else "Each row holds what the agency itself publishes. A department includes its units, and "
            "agencies pay each other: rows must not be added up. Errors and warnings are "
            "contradictions at their root. ※ does not reconcile with other figures."
        )
        names = [page_name(report) for report in self.reports]
        rows = [
            self._cells(row, name)
            for row, name in zip(self.rows.iter_rows(named=True), names, strict=True)
        ]
        caption = "各单位（万元）" if zh else "Agencies (10,000 yuan)"
        table = TableView(caption, header, rows_of(rows), note=note)
        chart = ChartView.of(agency_totals(self.rows, self.lang), "各单位总额" if zh else "Totals")
        title = "各单位并列" if zh else "Side by side"
        return Section("agencies", title, charts=(chart,), tables=(table,))

    def _cells(self, row: dict[str, Any], page: str) -> list[Cell]:
        lang = self.lang
        doubt = " ※" if row["is_doubted"] or row["is_doubted_prior"] else ""
        total = money(row["amount_yuan"], lang)
        return [
            Cell(row["agency_name"], page=quote(page)),
            text(Scope(row["scope"]).label(lang)),
            Cell(total.text + doubt, title=row["source"], mark=total.mark),
            money(row["amount_prior_yuan"], lang),
            money(row["change_yuan"], lang, signed=True),
            growth(row, lang),
            share(row["basic_share"], lang),
            money(row["three_public_yuan"], lang),
            money(row["three_public_prior_yuan"], lang),
            number(row["error_count"], lang),
            number(row["warning_count"], lang),
            text(Comparability(row["comparability"]).label(lang)),
        ]

    @cached_property
    def html(self) -> str:
        """The overview as one page that needs nothing else."""
        zh = self.lang == "zh"
        return render_page(
            lang=self.lang,
            title=self.title,
            kicker="年度预决算公开对比" if zh else "Annual comparison",
            subtitle="单位：万元 · 名义价格" if zh else "Unit: 10,000 yuan · nominal prices",
            sections=(self.section,),
        )

    def save(self, folder: str | Path) -> tuple[Path, ...]:
        """Write the overview and the report of every agency into a folder; return their paths.

        Raises:
            InputError: The folder cannot be written to.
        """
        target = Path(folder)
        suffix = "" if self.lang == "zh" else f".{self.lang}"
        page = target / f"overview-{self.year}-{self.stage}{suffix}.html"
        return (
            put_text(page, self.html),
            *(path for report in self.reports for path in report.save(target)),
        )

    def __repr__(self) -> str:
        """One line: what it is about."""
        return f"Overview({self.title!r}, {self.rows.height} rows, lang={self.lang!r})"


def build_overview(
    panel: Panel, *, year: int | None = None, stage: str = Stage.BUDGET, lang: Lang = "zh"
) -> Overview:
    """Put all agencies of a year side by side, with the report of each.

    Args:
        panel: A panel with its findings up to date.
        year: Fiscal year; the newest of the stage by default.
        stage: ``budget`` or ``final``.
        lang: ``zh`` or ``en``.

    Returns:
        The overview; ``save`` writes it and the single reports.

    Raises:
        InputError: The panel has no document of that stage.
        NotFoundError: It has none of that year.

    Examples:
        >>> import analytics
        >>> overview = analytics.build_overview(panel, lang="en")
        >>> overview
        Overview('All agencies side by side: 2024, budget', 1 rows, lang='en')
        >>> overview.rows.select("agency_id", "amount_yuan", "growth_share").row(0)
        ('示例市图书馆', Decimal('5000000.00'), -0.09090909090909091)
    """
    documents = panel.documents.filter(stage=str(Stage(stage)))
    if documents.is_empty():
        raise InputError(f"the panel has no {stage} disclosure", hint="name another stage")
    years = documents["fiscal_year"].unique().sort().to_list()
    at = years[-1] if year is None else year
    if at not in years:
        raise NotFoundError.for_name("year", str(at), [str(known) for known in years])
    rows = _rows(panel, documents.filter(fiscal_year=at), at, stage)
    reports = tuple(
        build_report(panel, agency=agency, year=at, stage=stage, scope=scope, lang=lang)
        for agency, scope in rows.select(_OWNER).iter_rows()
    )
    return Overview(at, Stage(stage), rows, reports, lang)


def _rows(panel: Panel, documents: pl.DataFrame, year: int, stage: str) -> pl.DataFrame:
    """One row an agency and scope: total, basic expenditure, three public expenses, findings."""
    facts = panel.facts.join(documents.select("agency_id").unique(), on="agency_id", how="semi")
    findings = panel.findings.filter(
        pl.col("outcome") == str(Outcome.FAIL), pl.col("root").is_null()
    )
    compared = changes(facts, year=year, stage=stage).lazy()
    lines = pick_lines(compared, _WANTED).collect()
    basic = lines.filter(step="basic").select(*_OWNER, basic_yuan="amount_yuan")
    public = (
        three_public(facts, year=year, stage=stage)
        .filter(code="total")
        .unique(_OWNER, keep="first", maintain_order=True)
        .select(
            *_OWNER,
            three_public_yuan="amount_yuan",
            three_public_prior_yuan="amount_prior_yuan",
        )
    )
    owners = documents.group_by(_OWNER).agg(pl.col("agency_name").sort().first())
    counted = (
        findings.join(documents.select("document_id", "scope"), on="document_id")
        .group_by(_OWNER)
        .agg(
            (pl.col("severity") == str(severity)).sum().cast(pl.Int32).alias(f"{severity}_count")
            for severity in (Severity.ERROR, Severity.WARNING)
        )
    )
    basic_share = pl.col("basic_yuan").cast(pl.Float64) / pl.col("amount_yuan").cast(pl.Float64)
    rows = owners.join(lines.filter(step="total"), on=_OWNER, how="left")
    for more in (basic, public, counted):
        rows = rows.join(more, on=_OWNER, how="left")
    return (
        with_doubts(rows, findings)
        .with_columns(
            pl.col("error_count", "warning_count").fill_null(0),
            pl.col("comparability").fill_null(str(Comparability.NO_CURRENT)),
            basic_share=pl.when(pl.col("amount_yuan") > 0).then(basic_share),
        )
        .sort("amount_yuan", *_OWNER, descending=[True, False, False], nulls_last=True)
    )
