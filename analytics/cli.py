"""The command line: ``budget-analytics ingest | check | report | export | describe``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from analytics.errors import AnalyticsError, ReadError
from analytics.version import __version__

if TYPE_CHECKING:
    from rich.console import Console

    from analytics.store import Panel

__all__ = ["main"]

_DONE, _FINDINGS, _WRONG_USE, _UNREADABLE = 0, 1, 2, 3
_DEFAULT_PANEL = Path("data/panel")

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
) -> int:
    """Read disclosures into a panel and check them.

    A file that cannot be read is reported and does not stop the others. Reading the same file
    again changes nothing; a corrected edition is kept beside the old one.

    Parameters
    ----------
    paths
        Files, or folders that are searched for files.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from analytics.pipeline import find_files
    from analytics.pipeline import ingest as run

    files = list(find_files(paths))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_console(), transient=True) as progress:
        task = progress.add_task("reading", total=len(files))

        def show(file: Path) -> None:
            progress.update(task, advance=1, description=file.name)

        result = run(files, panel, on_file=show)
    for file, status, message in result.files.iter_rows():
        print(f"{status:>9}  {file}: {message}")
    print(f"panel {panel}: {result.panel!r}")
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

    from analytics.pipeline import check as run
    from analytics.schema.vocabularies import Severity

    findings = run(_open(panel))
    weights = {str(severity): weight for weight, severity in enumerate(Severity)}
    weight = pl.col("severity").replace_strict(weights, return_dtype=pl.Int8)
    failed = findings.filter(pl.col("outcome") == "fail").sort(weight, "rule", "line")
    for row in failed.iter_rows(named=True):
        where = f" (line {row['line']})" if row["line"] is not None else ""
        print(f"{row['severity']:>7}  {row['rule']}{where}: {row['message_zh']}")
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
    lang
        Language of labels and sentences. What the disclosure prints stays as printed.
    output
        Folder the files are written to.
    """
    from analytics.reporting import build_report

    for path in build_report(_open(panel), agency=agency, year=year, lang=lang).save(output):
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


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)


if __name__ == "__main__":
    sys.exit(main())
