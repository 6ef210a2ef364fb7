"""Whole ingest of published PDFs: against bare pdfplumber, with two processes, and its memory.

Run it by hand: ``python tests/benchmarks/bench_ingest.py FOLDER``, or name the folder of PDFs in
``BUDGET_CORPUS``. Four things are measured, and any of them can be left out:

- ``stages``: seconds of reading, recognising, building, storing and checking every file once.
- ``ratio``: pages a second of the whole ingest (reading, recognising, facts, claims, findings,
  store) in one process, and its time divided by that of bare table extraction with pdfplumber;
  processor time of all threads, so that what else the machine does counts little.
- ``speedup``: one process against two, on as many files as wanted: the same files over and over,
  with other bytes at their end.
- ``memory``: the highest memory of the ingesting process for N, 2N and 4N generated disclosures,
  until the last file is read and with the checks.

Where the extra ``ocr`` is installed, pages without text are recognised from their pictures, which
takes seconds each and which pdfplumber does not do: the first line says whether that is so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from analytics.documents import read_document
from analytics.documents.scans.extra import is_installed
from analytics.errors import AnalyticsError
from analytics.facts.build import build_tables
from analytics.pipeline import check, ingest
from analytics.statements.disclosure import read_disclosure
from analytics.store import Panel, Reading

PARTS = ("stages", "ratio", "speedup", "memory")
MEASURED = """
import resource, sys
from pathlib import Path
from analytics import ingest
peaks = []
def note(progress=None):
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
folder, panel, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
result = ingest(folder, panel, processes=processes, on_progress=note)
note()
documents = result.panel.table("documents", editions="all").height
print(documents, peaks[-2], peaks[-1], result.panel.findings.height)
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("BUDGET_CORPUS"))
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--runs", type=int, default=3, help="runs of which the fastest counts")
    parser.add_argument("--files", type=int, default=120, help="files for the speed-up")
    parser.add_argument("--documents", type=int, default=250, help="N for the memory")
    chosen = parser.parse_args()
    pdfs = sorted(chosen.folder.rglob("*.pdf")) if chosen.folder is not None else []
    if not pdfs:
        print("no PDFs: name a folder of them, or set BUDGET_CORPUS; only memory is measured")
    elif set(chosen.only) != {"memory"}:
        show_recognition(pdfs)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if pdfs and "stages" in chosen.only:
            show_stages(pdfs, scratch)
        if pdfs and "ratio" in chosen.only:
            show_ratio(pdfs, scratch, chosen.runs)
        if pdfs and "speedup" in chosen.only:
            show_speedup(pdfs, scratch, chosen.files)
        if "memory" in chosen.only:
            show_memory(scratch, chosen.documents)


def show_recognition(pdfs: list[Path]) -> None:
    """Whether scanned pages are recognised, and in how many of the files there are any."""
    if not is_installed():
        print("ocr      not installed: scanned pages are named and not read")
        return
    scanned = sum(is_recognised(path) for path in pdfs)
    print(f"ocr      installed, and used on pages of {scanned} of {len(pdfs)} files")


def is_recognised(path: Path) -> bool:
    """Whether a page of a file is read from its picture."""
    try:
        document = read_document(path)
    except AnalyticsError:
        return False
    cells = [how for table in document.tables for row in table.rows for how in row.recognitions]
    return any([*cells, *(paragraph.recognition for paragraph in document.paragraphs)])


def show_stages(pdfs: list[Path], scratch: Path) -> None:
    """Seconds of each stage, all files together, in a process that is warm."""
    readable(pdfs)
    seconds = dict.fromkeys(("read", "recognise", "build", "store", "check"), 0.0)
    readings = []
    for path in pdfs:
        try:
            marks = [time.perf_counter()]
            document = read_document(path)
            marks.append(time.perf_counter())
            disclosure = read_disclosure(document)
            marks.append(time.perf_counter())
            readings.append(Reading(build_tables(disclosure)))
            marks.append(time.perf_counter())
        except AnalyticsError:
            continue
        for stage, (before, after) in zip(seconds, pairwise(marks), strict=False):
            seconds[stage] += after - before
    panel = Panel.open(scratch / "stages", create=True)
    seconds["store"] = timed(lambda: panel.commit(readings))
    seconds["check"] = timed(lambda: check(panel))
    print("stages   " + "  ".join(f"{stage} {value:.2f} s" for stage, value in seconds.items()))


def show_ratio(pdfs: list[Path], scratch: Path, runs: int) -> None:
    """The whole ingest in one process against bare table extraction over the same pages."""
    pages = readable(pdfs)
    clock = time.process_time
    times = []
    for run in range(runs):
        panel = scratch / f"ratio-{run}"
        times.append(timed(lambda panel=panel: ingest(pdfs, panel, processes=1), clock))
    ours = min(times)
    theirs = timed(lambda: [plumb(path) for path in pdfs], clock)
    print(
        f"ratio    {len(pdfs)} files, {pages} pages: {ours:.2f} s ({pages / ours:.0f} pages a "
        f"second), pdfplumber {theirs:.2f} s ({pages / theirs:.0f}): {ours / theirs:.3f}"
    )


def show_speedup(pdfs: list[Path], scratch: Path, wanted: int) -> None:
    """One process against two, processes started included."""
    copies = scratch / "copies"
    copies.mkdir()
    for number in range(wanted):
        source = pdfs[number % len(pdfs)]
        # A comment after the end changes the identity of a PDF and nothing else.
        data = source.read_bytes() + f"\n%{number}\n".encode()
        (copies / f"{number:04}-{source.name}").write_bytes(data)
    times = {
        processes: timed(
            lambda processes=processes: ingest(
                copies, scratch / f"{processes}", processes=processes
            )
        )
        for processes in (1, 2)
    }
    print(
        f"speedup  {wanted} files: {times[1]:.1f} s with one process, {times[2]:.1f} s with two: "
        f"{times[1] / times[2]:.2f} times as fast ({len(os.sched_getaffinity(0))} cores)"
    )


def show_memory(scratch: Path, count: int) -> None:
    """The highest resident memory of the ingesting process, without those that read for it."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from disclosures import example, write

    for total in (count, 2 * count, 4 * count):
        folder = scratch / f"memory-{total}"
        folder.mkdir()
        for number in range(total):
            spec = replace(example(), agency=f"示例{number // 5}市教育局", year=2018 + number % 5)
            (folder / f"{number:05}.txt").write_text(write(spec), "utf-8")
        began = time.perf_counter()
        for processes in (1, 2):
            arguments = [str(folder), str(scratch / f"panel-{total}-{processes}"), str(processes)]
            done = subprocess.run(
                [sys.executable, "-c", MEASURED, *arguments],
                check=True,
                capture_output=True,
                text=True,
            )
            documents, read, peak, findings = done.stdout.split()
            print(
                f"memory   {documents} documents, {findings} findings, {processes} processes: "
                f"{read} MiB at most until all are read, {peak} MiB with the checks, "
                f"{time.perf_counter() - began:.0f} s",
                flush=True,
            )
            began = time.perf_counter()


def readable(pdfs: list[Path]) -> int:
    """The pages of all files; reading them once also loads what later ones find loaded."""
    pages = 0
    for path in pdfs:
        try:
            pages += read_document(path).page_count or 0
        except AnalyticsError:
            continue
    return pages


def plumb(path: Path) -> None:
    """Bare table extraction."""
    import pdfplumber

    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_tables()
            page.close()


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds, on the wall unless another clock is named."""
    began = clock()
    action()
    return clock() - began


if __name__ == "__main__":
    main()
