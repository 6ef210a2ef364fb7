"""Many files into a panel: read in parallel, stored in order, checked at the end."""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from itertools import islice
from pathlib import Path

import polars as pl

from analytics.documents.archive import is_archive
from analytics.errors import AnalyticsError, InputError, ReadError
from analytics.pipeline.beside import Beside, Outcome
from analytics.pipeline.checking import check_all
from analytics.pipeline.processes import Lost, Workers, usable_cores
from analytics.pipeline.reading import read_source
from analytics.pipeline.results import IngestResult, Progress, summarise
from analytics.pipeline.sources import Source, Sources, find_files
from analytics.statements.parts import Known, read_identities
from analytics.store import CommitReport, Panel, Reading
from analytics.version import __version__

__all__ = ["ingest"]

_BATCH = 50
_AHEAD = 128
"""How many files may be read or waiting to be stored: what is read ahead is held in memory."""
_FEW = 2
"""So many files are read in this process: to start others takes longer."""
_COLUMNS = {
    "file": pl.String,
    "status": pl.String,
    "message": pl.String,
    "document_id": pl.String,
    "same_as": pl.String,
}

_NOT_MET = ("failed", "something is known of it, but there is no such file")

_Read = Reading | AnalyticsError
_Answer = _Read | Lost
_Row = tuple[str, str, str, str | None, str | None]


def ingest(
    paths: str | Path | Iterable[str | Path],
    panel: str | Path,
    *,
    processes: int | None = None,
    seconds_per_file: float = 600,
    reread: bool = False,
    identities: str | Path | Mapping[str, Known] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> IngestResult:
    """Read disclosures into a panel and check them.

    A file that cannot be read is reported and does not stop the others. Each batch of files is
    stored whole or not at all, in the order of the files: the panel is the same however many
    processes read them. After an interruption, call it again: what is in the panel is not read
    anew. A file with the content of another one is reported as ``unchanged``.

    Args:
        paths: Files, folders that are searched for files, or zip archives of files.
        panel: Folder of the panel; it is made if it does not exist.
        processes: How many processes read; all cores by default. With 1, and by default for one or
            two files, this process does. Only processes of their own survive a file that
            kills its reader, takes too long or wants too much memory (a fair share of what the
            machine has, between 1 and 4 GiB): such a file counts as failed.
        seconds_per_file: The longest time that reading one file may take in a process of its own.
        reread: Read also what is in the panel from this version of the package. That is of use
            where something else has changed, such as an extra that was installed.
        identities: What is known of some files: whose they are, of which year, stage and scope. A
            CSV file (see :func:`~analytics.statements.parts.read_identities`), or what it would
            give. Without it, a file that names no agency takes that of the files beside it where
            they settle it.
        on_progress: Called after each file, in the order of the files.

    Returns:
        The panel, what became of each file, and a summary.

    Raises:
        InputError: A path does not exist, there is no file to read, the folder is no panel, or
            ``processes`` or ``seconds_per_file`` is not positive.
        AnalyticsError: No process can be started, or the panel cannot be written.

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
        >>> result.summary.statements, result.summary.claims
        ({'present': 9, 'empty': 4}, 36)
    """
    began = time.perf_counter()
    files = list(find_files(paths))
    known = read_identities(identities) if isinstance(identities, str | Path) else identities
    count = _processes(processes, files)
    if seconds_per_file <= 0:
        raise InputError(f"seconds_per_file is {seconds_per_file}", hint="give more than 0 seconds")
    store = Panel.open(panel, create=True)
    rows: list[_Row] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Workers(read_source, processes=count, seconds=seconds_per_file) as workers,
    ):
        sources = Sources(files, Path(folder), known)
        held = _held(store)
        beside = Beside(held)
        outcomes = beside.settle(
            _outcomes(sources, {} if reread else _names(held), workers, beside),
            lambda source: _finish(source, workers.submit(source), {}, beside),
        )
        shown = outcomes if on_progress is None else _shown(outcomes, sources, on_progress)
        while batch := list(islice(shown, _BATCH)):
            rows += _store(store, batch)
        rows += [(name, *_NOT_MET, None, None) for name in sorted(sources.not_met)]
    check_all(store, processes=processes)
    table = pl.DataFrame(rows, schema=_COLUMNS, orient="row").sort("file", maintain_order=True)
    return IngestResult(store, table, summarise(store, table, time.perf_counter() - began))


def _processes(wanted: int | None, files: list[Path]) -> int:
    if wanted is not None:
        if wanted < 1:
            raise InputError(f"processes is {wanted}", hint="give 1 or more processes")
        return wanted
    is_little = len(files) <= _FEW and not any(is_archive(file) for file in files)
    return 1 if is_little else usable_cores()


def _held(panel: Panel) -> pl.DataFrame:
    """The documents that this version of the package has read."""
    documents = panel.table("documents", editions="all")
    return documents.filter(pl.col("reader_version") == __version__)


def _names(documents: pl.DataFrame) -> dict[str, str]:
    return dict(documents.select("document_id", "file_name").iter_rows())


def _outcomes(
    sources: Iterable[Source],
    held: Mapping[str, str],
    workers: Workers[Source, _Read],
    beside: Beside,
) -> Iterator[Outcome]:
    """What became of each source, in their order, while others are read already."""
    waiting: deque[tuple[Source, Future[_Answer] | AnalyticsError | str]] = deque()
    seen: dict[str, str] = {}
    failed: dict[str, AnalyticsError] = {}
    for source in sources:
        waiting.append((source, _begin(source, held, seen, workers)))
        while waiting and (len(waiting) >= _AHEAD or _is_done(waiting[0][1])):
            yield _finish(*waiting.popleft(), failed, beside)
    while waiting:
        yield _finish(*waiting.popleft(), failed, beside)


def _begin(
    source: Source,
    held: Mapping[str, str],
    seen: dict[str, str],
    workers: Workers[Source, _Read],
) -> Future[_Answer] | AnalyticsError | str:
    """Have a source read, unless it is known already or cannot be."""
    if source.error is not None:
        return source.error
    if source.document_id in seen:
        return seen[source.document_id]
    seen[source.document_id] = source.name
    if source.document_id in held and source.known == Known():
        return held[source.document_id]
    return workers.submit(source)


def _is_done(found: Future[_Answer] | AnalyticsError | str) -> bool:
    return not isinstance(found, Future) or found.done()


def _finish(
    source: Source,
    found: Future[_Answer] | AnalyticsError | str,
    failed: dict[str, AnalyticsError],
    beside: Beside,
) -> Outcome:
    answer = found.result() if isinstance(found, Future) else found
    if source.is_temporary and not beside.is_open(source, answer):
        source.path.unlink(missing_ok=True)
    if isinstance(answer, Lost):
        answer = ReadError(f"{source.file_name} {answer.reason}", hint=answer.hint)
    if isinstance(answer, AnalyticsError):
        failed[source.document_id] = answer
    elif isinstance(answer, str) and source.document_id in failed:
        error = failed[source.document_id]
        answer = ReadError(f"the same file as {answer}: {error.message}", hint=error.hint)
    return Outcome(source, answer)


def _shown(
    outcomes: Iterator[Outcome], sources: Sources, on_progress: Callable[[Progress], None]
) -> Iterator[Outcome]:
    progress = Progress(0, sources.total, 0, "")
    for outcome in outcomes:
        progress = replace(
            progress,
            done=progress.done + 1,
            total=sources.total,
            failed=progress.failed + isinstance(outcome.found, AnalyticsError),
            name=outcome.source.name,
        )
        on_progress(progress)
        yield outcome


def _store(panel: Panel, batch: list[Outcome]) -> list[_Row]:
    """Commit what was read, and tell what became of each source."""
    report = panel.commit([one.found for one in batch if isinstance(one.found, Reading)])
    return [_row(one.source, one.found, report) for one in batch]


def _row(source: Source, found: Reading | AnalyticsError | str, report: CommitReport) -> _Row:
    if isinstance(found, AnalyticsError):
        return source.name, "failed", str(found), None, None
    if isinstance(found, Reading):
        status = _status(report, found.document_id)
        return source.name, status, _counts(found), found.document_id, None
    is_same = found in (source.name, source.file_name)
    message = "in the panel already" if is_same else f"the same file as {found}"
    return source.name, "unchanged", message, source.document_id, None if is_same else found


def _status(report: CommitReport, document_id: str) -> str:
    for status in ("added", "replaced", "unchanged", "outdated"):
        if document_id in getattr(report, status):
            return status
    return "unchanged"


def _counts(reading: Reading) -> str:
    return ", ".join(
        f"{reading.tables[name].height} {name}" for name in ("facts", "claims", "projects")
    )
