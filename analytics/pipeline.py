"""From files to a checked panel: the only glue between reading, storing and checking."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from analytics.checks import run_checks
from analytics.documents import Document
from analytics.documents.archive import is_archive, read_documents
from analytics.errors import AnalyticsError, InputError, ReadError
from analytics.facts.build import build_tables
from analytics.statements.disclosure import read_disclosure
from analytics.store import CommitReport, Panel, Reading

__all__ = ["IngestResult", "check", "find_files", "ingest"]

_BATCH = 50
_NOT_DISCLOSURES = {".md", ".json", ".csv", ".parquet", ".py", ".ipynb", ".toml", ".ini", ".log"}


@dataclass(frozen=True)
class IngestResult:
    """What an ingest did, file by file.

    Args:
        panel: The panel, with its findings up to date.
        files: One row a file: ``file``, ``status`` (``added``, ``replaced``, ``unchanged``,
            ``outdated``, ``failed``) and ``message``.
    """

    panel: Panel
    files: pl.DataFrame

    @property
    def failed(self) -> pl.DataFrame:
        """The files that could not be read, with the reason."""
        return self.files.filter(pl.col("status") == "failed")

    def __repr__(self) -> str:
        """One line: how many files ended how."""
        counts = self.files.group_by("status").len().sort("status").rows()
        return "IngestResult(" + ", ".join(f"{count} {status}" for status, count in counts) + ")"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>" + self.files._repr_html_()


def ingest(
    paths: str | Path | Iterable[str | Path],
    panel: str | Path,
    *,
    on_file: Callable[[Path], None] | None = None,
) -> IngestResult:
    """Read disclosures into a panel and check them.

    A file that cannot be read is reported and does not stop the others. Reading the same file
    again changes nothing. Each batch of files is stored whole or not at all.

    Args:
        paths: Files, folders that are searched for files, or zip archives of files.
        panel: Folder of the panel; it is made if it does not exist.
        on_file: Called with each file before it is read, to show progress.

    Returns:
        The panel and what became of each file.

    Raises:
        InputError: A path does not exist, there is no file to read, or the folder is no panel.

    Examples:
        With the file of a disclosure, and a folder:

        >>> import analytics
        >>> result = analytics.ingest(disclosure_file, folder / "panel")
        >>> result
        IngestResult(1 added)
        >>> result.files["message"].item()
        '171 facts, 36 claims, 2 projects'
        >>> result.panel.documents.select("agency_name", "fiscal_year", "stage").rows()
        [('示例市图书馆', 2024, 'budget')]
    """
    files = list(find_files(paths))
    store = Panel.open(panel, create=True)
    rows: list[tuple[str, str, str]] = []
    read = _readings(files, on_file)
    while batch := list(islice(read, _BATCH)):
        good = [(name, reading) for name, reading in batch if isinstance(reading, Reading)]
        rows += [(name, "failed", str(e)) for name, e in batch if isinstance(e, AnalyticsError)]
        report = store.commit([reading for _, reading in good])
        rows += [
            (name, _status(report, reading.document_id), _counts(reading)) for name, reading in good
        ]
    check(store)
    schema = {"file": pl.String, "status": pl.String, "message": pl.String}
    return IngestResult(store, pl.DataFrame(rows, schema=schema, orient="row").sort("file"))


def check(panel: Panel) -> pl.DataFrame:
    """Run every rule over the panel and keep the findings in it.

    Args:
        panel: The panel; findings of earlier checks are replaced.

    Returns:
        The findings: one row a rule and a thing it was tried on.

    Examples:
        With a panel of one disclosure, in which two digits have changed places and the books cost
        more than the money for them:

        >>> import analytics
        >>> findings = analytics.check(panel)
        >>> faults = findings.filter(outcome="fail").unique("rule", maintain_order=True)
        >>> faults.select("rule", "printed_text", "computed_text", "line").rows()
        [('C-MONEY', '1,200,000元', '1,320,000元', 289), ('N-GROWTH', '5.62%', '5.26%', 276)]
    """
    findings = run_checks(panel.tables(editions="all"))
    panel.replace_findings(findings)
    return findings


def find_files(paths: str | Path | Iterable[str | Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order of their names.

    Hidden files and files that are plainly no disclosures (code, data, notes) are passed over in
    folders; a file that is named itself is always taken.

    Raises:
        InputError: A path does not exist, or there is no file at all.
    """
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    found = False
    for name in listed:
        path = Path(name)
        if not path.exists():
            raise InputError(f"{path} does not exist", hint="name files or folders to read")
        inside = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in inside:
            if file != path and (file.name.startswith(".") or file.suffix in _NOT_DISCLOSURES):
                continue
            found = True
            yield file
    if not found:
        raise InputError(
            f"no files in {', '.join(str(name) for name in listed)}",
            hint="put disclosures there, or name another folder",
        )


def _readings(
    files: Iterable[Path], on_file: Callable[[Path], None] | None
) -> Iterator[tuple[str, Reading | AnalyticsError]]:
    """Every document of the files, archives opened, read or with the reason why not."""
    for file in files:
        if on_file is not None:
            on_file(file)
        if not is_archive(file):
            yield str(file), _reading(file)
            continue
        try:
            for name, found in read_documents(file):
                reading = found if isinstance(found, ReadError) else _reading(found)
                yield f"{file}/{name}", reading
        except AnalyticsError as error:
            yield str(file), error


def _reading(source: Path | Document) -> Reading | AnalyticsError:
    try:
        return Reading(build_tables(read_disclosure(source)))
    except AnalyticsError as error:
        return error


def _status(report: CommitReport, document_id: str) -> str:
    for status in ("added", "replaced", "unchanged", "outdated"):
        if document_id in getattr(report, status):
            return status
    return "unchanged"


def _counts(reading: Reading) -> str:
    return ", ".join(
        f"{reading.tables[name].height} {name}" for name in ("facts", "claims", "projects")
    )
