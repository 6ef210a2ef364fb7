"""`report` and `describe`: what is made of a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from analytics.cli.application import (
    DEFAULT_PANEL,
    DONE,
    Lang,
    PanelOption,
    ReviewedOption,
    app,
    open_panel,
)
from analytics.errors import InputError

__all__ = ["describe", "report"]


@app.command
def report(
    *,
    panel: PanelOption = DEFAULT_PANEL,
    agency: str | None = None,
    year: int | None = None,
    stage: Literal["budget", "final"] | None = None,
    scope: Literal["department", "unit"] | None = None,
    lang: Lang = "zh",
    reviewed: ReviewedOption = None,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    output: Path = Path("reports"),
) -> int:
    """Write the annual comparison report: one HTML file and an Excel workbook.

    Parameters
    ----------
    every
        Report on every agency of the year, with one page that puts all of them side by side.
    agency
        Agency to report on; may be left out where the panel holds one only.
    year
        Fiscal year; the newest by default.
    stage
        Budget or final accounts; may be left out where the year has one only.
    scope
        The whole department or one unit; may be left out where the year has one only.
    lang
        Language of labels and sentences. What the disclosure prints stays as printed.
    output
        Folder the files are written to.
    """
    from analytics.reporting import build_overview, build_report, read_reviews

    if every:
        if agency or scope or reviewed:
            raise InputError(
                "--all takes no --agency, --scope or --reviewed",
                hint="report on one agency instead",
            )
        beside = build_overview(open_panel(panel), year=year, stage=stage or "budget", lang=lang)
        for path in beside.save(output):
            print(path)
        return DONE
    chosen = build_report(
        open_panel(panel),
        agency=agency,
        year=year,
        stage=stage,
        scope=scope,
        lang=lang,
        reviews=None if reviewed is None else read_reviews(reviewed),
    )
    for path in chosen.save(output):
        print(path)
    return DONE


@app.command
def describe(subject: str | None = None, /) -> int:
    """Explain a table and its columns, or a rule of the checks.

    Parameters
    ----------
    subject
        Name of a table or code of a rule; all of them are listed if left out.
    """
    from analytics.reporting.describe import describe as explain

    print(explain(subject))
    return DONE
