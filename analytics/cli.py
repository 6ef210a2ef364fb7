"""The command line: ``budget-analytics ingest | check | report | export | figures | describe``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from analytics.errors import AnalyticsError, InputError, ReadError
from analytics.version import __version__

if TYPE_CHECKING:
    from rich.console import Console

    from analytics.pipeline import IngestResult, Progress
    from analytics.store import Panel

__all__ = ["main"]

_DONE, _FINDINGS, _WRONG_USE, _UNREADABLE = 0, 1, 2, 3
_DEFAULT_PANEL = Path("data/panel")
_LINE_SECONDS = 10

_EPILOGUE = """
**Exit codes**: 0 done · 1 findings of severity error (`check --strict`) · 2 wrong use ·
3 unreadable input

**A first run**

    budget-analytics ingest data/disclosures
    budget-analytics check
    budget-analytics report --output reports
"""

app = App(
    name="budget-analytics",
    help=(
        "Read published Chinese budgets and final accounts (单位预算公开, 部门决算公开), check every "
        "number, and compare years."
    ),
    help_epilogue=_EPILOGUE,
    help_format="markdown",
    version=__version__,
)

PanelOption = Annotated[Path, Parameter(name="--panel", help="Folder of the panel.")]


@app.command
def ingest(
    paths: Annotated[list[Path], Parameter(negative=())],
    /,
    *,
    panel: PanelOption = _DEFAULT_PANEL,
    processes: int | None = None,
    seconds_per_file: float = 600,
    reread: Annotated[bool, Parameter(negative=())] = False,
    quiet: Annotated[bool, Parameter(negative=())] = False,
    report: Path | None = None,
    identities: Path | None = None,
    agency: str | None = None,
    year: int | None = None,
    stage: Literal["budget", "final"] | None = None,
    scope: Literal["department", "unit"] | None = None,
) -> int:
    """Read disclosures into a panel and check them.

    A file that cannot be read is reported and does not stop the others. What is in the panel
    already is not read anew, so that an ingest that was interrupted goes on where it was; a
    corrected edition is kept beside the old one.

    Parameters
    ----------
    paths
        Files, folders that are searched for files, or zip archives of files.
    processes
        How many processes read; all cores by default, one for one or two files.
    seconds_per_file
        The longest time that reading one file may take in a process of its own.
    reread
        Read also what is in the panel already.
    quiet
        Show no progress, and of the files only those that failed.
    report
        File for the summary and what became of each file, as JSON.
    identities
        CSV file that says whose some files are, where they do not: its columns are file, agency,
        fiscal_year, stage and scope, of which only file must be filled.
    agency
        Agency of the one file that is read, where it does not name it.
    year
        Fiscal year of the one file that is read, likewise.
    stage
        Stage of the one file that is read, likewise.
    scope
        Scope of the one file that is read, likewise.
    """
    from analytics.pipeline import find_files
    from analytics.pipeline import ingest as run
    from analytics.statements.parts import Known

    given = Known.of(agency=agency, year=year, stage=stage, scope=scope)
    files = list(find_files(paths))
    if given != Known() and (len(files) != 1 or identities is not None):
        raise InputError(
            f"--agency, --year, --stage and --scope speak of one file, not of {len(files)}",
            hint="name one file, or list the files in a table and give it as --identities",
        )
    with _progress(len(files), quiet=quiet) as show:
        result = run(
            paths,
            panel,
            processes=processes,
            seconds_per_file=seconds_per_file,
            reread=reread,
            identities=identities if given == Known() else {str(files[0]): given},
            on_progress=show,
        )
    for row in result.files.iter_rows(named=True):
        if not quiet or row["status"] == "failed":
            print(f"{row['status']:>9}  {row['file']}: {row['message']}")
    print(result.summary)
    print(f"panel {panel}: {result.panel!r}")
    if report is not None:
        _write_report(report, result)
    return _UNREADABLE if len(result.failed) else _DONE


@app.command
def check(*, panel: PanelOption = _DEFAULT_PANEL, strict: bool = False) -> int:
    """Run every rule over a panel and list what does not hold.

    Parameters
    ----------
    strict
        End with exit code 1 if a finding of severity error remains.
    """
    import polars as pl

    from analytics.expressions import rank_in
    from analytics.pipeline import check as run
    from analytics.schema.vocabularies import Severity

    findings = run(_open(panel))
    weight = rank_in("severity", Severity)
    failed = findings.filter(pl.col("outcome") == "fail")
    for row in failed.sort("agency_id", "fiscal_year", weight, "rule", "page", "line").to_dicts():
        place = [f" {name} {row[name]}" for name in ("page", "line") if row[name] is not None]
        of = f"{row['agency_id']} {row['fiscal_year']}{','.join(place)}"
        print(f"{row['severity']:>7}  {row['rule']} ({of}): {row['message_zh']}")
    counts = dict(findings.group_by("outcome").len().iter_rows())
    order = ("pass", "fail", "insufficient", "not_applicable")
    print(", ".join(f"{counts.get(outcome, 0)} {outcome}" for outcome in order))
    errors = failed.filter(pl.col("severity") == "error").height
    return _FINDINGS if strict and errors else _DONE


@app.command
def report(
    *,
    panel: PanelOption = _DEFAULT_PANEL,
    agency: str | None = None,
    year: int | None = None,
    stage: Literal["budget", "final"] | None = None,
    scope: Literal["department", "unit"] | None = None,
    lang: Literal["zh", "en"] = "zh",
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
    from analytics.reporting import build_report

    chosen = build_report(
        _open(panel), agency=agency, year=year, stage=stage, scope=scope, lang=lang
    )
    for path in chosen.save(output):
        print(path)
    return _DONE


@app.command
def export(
    table: str,
    /,
    *,
    panel: PanelOption = _DEFAULT_PANEL,
    format: Literal["csv", "jsonl", "parquet"] = "csv",
    output: Path | None = None,
) -> int:
    """Write one table of the panel, or one result of analysis, to a file.

    Parameters
    ----------
    table
        documents, statements, facts, claims, projects, indicators, set_aside, findings, changes,
        spending_mix or unit_costs. `describe` explains the columns.
    format
        csv (UTF-8 with byte order mark, as Excel expects), jsonl or parquet.
    output
        File to write; standard output if left out (not for parquet).
    """
    from analytics.reporting.export import export_table

    written = export_table(_open(panel), table, format=format, output=output)
    if output is None:
        sys.stdout.write(written)
    else:
        print(output)
    return _DONE


figures = App(
    name="figures",
    help="Pass on the figures of a panel as plain CSV files, without the wording of documents.",
)
app.command(figures)


@figures.command(name="save")
def save_figures(folder: Path, /, *, panel: PanelOption = _DEFAULT_PANEL) -> int:
    """Write the figures of a panel to a folder, a CSV file for each table.

    Parameters
    ----------
    folder
        Folder to write to; files of the same names are replaced.
    """
    from analytics.store import save_figures as save

    for path in save(_open(panel), folder):
        print(path)
    return _DONE


@figures.command(name="load")
def load_figures(folder: Path, /, *, panel: PanelOption = _DEFAULT_PANEL) -> int:
    """Add figures that were passed on to a panel, and check them.

    Parameters
    ----------
    folder
        Folder that `figures save` wrote.
    """
    from analytics.pipeline.checking import check_all
    from analytics.store import Panel
    from analytics.store import load_figures as load

    readings = load(folder)
    store = Panel.open(panel, create=True)
    print(store.commit(readings))
    check_all(store)
    print(f"panel {panel}: {store!r}")
    return _DONE


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
    return _DONE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Examples:
        >>> main(["export", "no-such-table", "--panel", "no-such-panel"])
        2
    """
    try:
        code = app(
            None if arguments is None else list(arguments),
            exit_on_error=False,
            error_console=_console(),
            result_action="return_value",
        )
    except CycloptsError:
        return _WRONG_USE
    except ReadError as error:
        return _fail(error, _UNREADABLE)
    except AnalyticsError as error:
        return _fail(error, _WRONG_USE)
    return code if isinstance(code, int) else _DONE


def _open(panel: Path) -> Panel:
    from analytics.store import Panel

    return Panel.open(panel)


def _fail(error: AnalyticsError, code: int) -> int:
    print(f"budget-analytics: {error}", file=sys.stderr)
    return code


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Show progress on standard error: a bar on a terminal, else a line now and then."""
    console = _console()
    if quiet or not console.is_terminal:
        yield _progress_line(quiet=quiet)
        return
    from rich import progress as bars

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[rate]}"),
        bars.TimeRemainingColumn(),
        bars.TextColumn("{task.fields[name]}", markup=False),
    )
    with bars.Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("reading", total=total, rate="", name="")

        def show(at: Progress) -> None:
            shown.update(
                task,
                completed=at.done,
                total=at.total,
                description="reading" if at.done < at.total else "checking",
                rate=_pace(at, shown.tasks[0].elapsed or 0),
                name=at.name[-40:],
            )

        yield show


def _progress_line(*, quiet: bool) -> Callable[[Progress], None]:
    began = last = time.monotonic()

    def show(at: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if quiet or now - last < _LINE_SECONDS:
            return
        last = now
        left = (at.total - at.done) * (now - began) / at.done
        pace = _pace(at, now - began)
        print(f"{at.done} of {at.total} files, {pace}, {left:.0f} s left", file=sys.stderr)

    return show


def _pace(at: Progress, seconds: float) -> str:
    failed = f"{at.failed} failed, " if at.failed else ""
    return f"{failed}{at.done / max(seconds, 0.001):.1f} a second"


def _write_report(path: Path, result: IngestResult) -> None:
    content = {"summary": result.summary.as_dict(), "files": result.files.to_dicts()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise InputError(
            f"the report {path} cannot be written: {error.strerror or error}",
            hint="the panel is complete; name another file",
        ) from error


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)


if __name__ == "__main__":
    sys.exit(main())
