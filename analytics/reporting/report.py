"""The annual comparison report of one agency and year: an object, one HTML file, a workbook."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from analytics.charts.labels import Lang
from analytics.errors import NotFoundError
from analytics.reporting.comparison import (
    changes_section,
    mix_section,
    operating_section,
    three_public_section,
)
from analytics.reporting.data import ReportData, gather
from analytics.reporting.evidence import (
    checks_section,
    evidence_section,
    gaps_section,
    method_section,
)
from analytics.reporting.files import put_file, put_text
from analytics.reporting.findings_first import headline_cards, key_findings
from analytics.reporting.page import render_page
from analytics.reporting.projects import assets_section, projects_section
from analytics.reporting.view import Section
from analytics.reporting.workbook import write_workbook
from analytics.reporting.years import comparability_section, stages_section, years_section
from analytics.store import Panel

__all__ = ["Report", "build_report", "page_name"]

_SECTIONS = (
    key_findings,
    changes_section,
    years_section,
    comparability_section,
    stages_section,
    mix_section,
    three_public_section,
    operating_section,
    projects_section,
    assets_section,
    checks_section,
    gaps_section,
    method_section,
    evidence_section,
)
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True)
class Report:
    """The annual comparison report of one agency and year.

    Args:
        data: The rows it is made of.
        lang: Language of its labels and sentences.
    """

    data: ReportData
    lang: Lang

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that have something to say, in reading order, before they become HTML."""
        built = (build(self.data, self.lang) for build in _SECTIONS)
        return tuple(section for section in built if section is not None)

    @property
    def title(self) -> str:
        """The title of the report."""
        data = self.data
        years = f"{data.prior_year}→{data.fiscal_year}"
        if self.lang == "en":
            what = f"{data.scope.en} {data.stage.en}"
            return f"{data.agency_name}: annual comparison {years}, {what}"
        what = f"{data.scope.zh}{data.stage.zh}"
        return f"{data.agency_name}{data.fiscal_year}年度{what}公开对比报告（{years}）"

    @cached_property
    def html(self) -> str:
        """The report as one page that needs nothing else: no script, no network.

        Whatever a disclosure prints is shown as text; the page forbids scripts altogether.
        """
        zh = self.lang == "zh"
        return render_page(
            lang=self.lang,
            title=self.title,
            kicker="年度预决算公开对比" if zh else "Annual comparison",
            subtitle=(
                "单位：万元 · 名义价格 · 数字下有点线者可追到原表的行与列 · ※ 与其他数字核对不符"
                if zh
                else "Unit: 10,000 yuan · nominal prices · dotted figures lead to where they stand · "
                "※ does not reconcile"
            ),
            sections=self.sections,
            cards=headline_cards(self.data, self.lang),
            doubted=self.data.doubted,
        )

    def save(self, folder: str | Path) -> tuple[Path, ...]:
        """Write the page and the workbook into a folder, and return their paths.

        Each file appears whole, or not at all.

        Raises:
            InputError: The folder cannot be written to.
        """
        page = Path(folder) / page_name(self)
        return (
            put_text(page, self.html),
            put_file(
                page.with_suffix(".xlsx"),
                lambda workbook: write_workbook(self.data, workbook, lang=self.lang),
            ),
        )

    def __repr__(self) -> str:
        """One line: what it is about."""
        return f"Report({self.title!r}, lang={self.lang!r})"

    def _repr_html_(self) -> str:
        page = base64.b64encode(self.html.encode()).decode("ascii")
        return (
            f'<iframe src="data:text/html;base64,{page}" sandbox '
            'style="width:100%;height:720px;border:1px solid #d9dee3"></iframe>'
        )


def page_name(report: Report) -> str:
    """The name of the file that the page of a report is saved as."""
    data = report.data
    what = f"{data.agency_id}-{data.fiscal_year}-{data.stage}-{data.scope}"
    suffix = "" if report.lang == "zh" else f".{report.lang}"
    return f"{_UNSAFE_IN_NAMES.sub('_', what)}{suffix}.html"


def build_report(
    panel: Panel,
    *,
    agency: str | None = None,
    year: int | None = None,
    stage: str | None = None,
    scope: str | None = None,
    lang: Lang = "zh",
    reviews: pl.DataFrame | None = None,
) -> Report:
    """Make the annual comparison report of one agency and year.

    Args:
        panel: A panel with its findings up to date (:func:`analytics.ingest` leaves it so).
        agency: Identifier of the agency; may be left out where the panel holds one only.
        year: Fiscal year; the newest of the agency by default.
        stage: ``budget`` or ``final``; may be left out where the year has one only.
        scope: ``department`` or ``unit``; may be left out where the year has one only. Figures of
            the two are never put together.
        lang: ``zh`` or ``en``. What a disclosure prints stays as printed.
        reviews: Answers of people to findings, as :func:`analytics.read_reviews` reads them; they
            are shown, and what was accepted or explained is counted apart.

    Returns:
        The report; its parts are made when they are asked for, and ``save`` writes them to files.

    Raises:
        InputError: The panel is empty, or holds several agencies, or several stages or scopes of
            the year, and none is named.
        NotFoundError: The agency, year, stage, scope or language is not known.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> report = analytics.build_report(panel, lang="en")
        >>> report
        Report('示例市图书馆: annual comparison 2023→2024, unit budget', lang='en')
        >>> analytics.build_report(panel, year=2031)
        Traceback (most recent call last):
            ...
        analytics.errors.NotFoundError: no year '2031'; did you mean '2024'? Known: 2024
    """
    if lang not in ("zh", "en"):
        raise NotFoundError.for_name("language", lang, ["zh", "en"])
    data = gather(panel, agency=agency, year=year, stage=stage, scope=scope, reviews=reviews)
    return Report(data, lang)
