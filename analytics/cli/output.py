"""`report`, `figures` and `describe`: what is made of a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cyclopts import App

from analytics.cli.application import (
    DEFAULT_PANEL,
    DONE,
    Lang,
    PanelOption,
    ReviewedOption,
    app,
    open_panel,
)

__all__ = ["describe", "figures", "report"]


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
    output: Path = Path("reports"),
) -> int:
    """Write the annual comparison report: one HTML file and an Excel workbook.

    Parameters
    ----------
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
    from analytics.reporting import build_report, read_reviews

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


figures = App(
    name="figures",
    help="Pass on the figures of a panel as plain CSV files, without the wording of documents.",
)
app.command(figures)


@figures.command(name="save")
def save_figures(folder: Path, /, *, panel: PanelOption = DEFAULT_PANEL) -> int:
    """Write the figures of a panel to a folder, a CSV file for each table.

    Parameters
    ----------
    folder
        Folder to write to; files of the same names are replaced.
    """
    from analytics.exchange import save_figures as save

    for path in save(open_panel(panel), folder):
        print(path)
    return DONE


@figures.command(name="load")
def load_figures(folder: Path, /, *, panel: PanelOption = DEFAULT_PANEL) -> int:
    """Add figures that were passed on to a panel, and check them.

    Parameters
    ----------
    folder
        Folder that `figures save` wrote.
    """
    from analytics.exchange import load_figures as load
    from analytics.pipeline.checking import check_all
    from analytics.store import Panel

    readings = load(folder)
    store = Panel.open(panel, create=True)
    print(store.commit(readings))
    check_all(store)
    print(f"panel {panel}: {store!r}")
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
