"""`ingest`: read disclosures into a panel, with progress."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from analytics.cli.application import (
    DEFAULT_PANEL,
    DONE,
    UNREADABLE,
    PanelOption,
    app,
    standard_error,
)
from analytics.errors import InputError

if TYPE_CHECKING:
    from analytics.pipeline import IngestResult, Progress

__all__ = ["ingest"]

_LINE_SECONDS = 10


@app.command
def ingest(
    paths: Annotated[list[Path], Parameter(negative=())],
    /,
    *,
    panel: PanelOption = DEFAULT_PANEL,
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
    return UNREADABLE if len(result.failed) else DONE


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Show progress on standard error: a bar on a terminal, else a line now and then."""
    console = standard_error()
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
