"""What people answered to findings, read from the file they filled in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import polars as pl

from analytics.documents.xlsx import read_xlsx
from analytics.errors import InputError, NotFoundError
from analytics.schema.reviews import ANSWER_FIELDS, ListedFindings, ReviewAnswer, Reviews
from analytics.schema.tables import column_types, conform

__all__ = ["read_reviews"]

_NEEDED = ("finding_key", "answer", "reviewer", "answered_on", "seen_printed", "seen_computed")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_WORDS = {
    word.casefold(): answer for answer in ReviewAnswer for word in (answer, answer.zh, answer.en)
}


def read_reviews(path: str | Path) -> pl.DataFrame:
    """Read the answers that people gave to findings.

    The file is what :func:`~analytics.reporting.findings_files.save_findings` writes, as CSV or
    XLSX, with columns filled in: ``answer`` (``accepted``, ``explained`` or ``corrected``, also in
    Chinese), ``note``, ``reviewer`` and ``answered_on``; ``corrected_text`` says which value is
    right. Rows without an answer are passed over. The figures in ``seen_printed`` and ``seen_computed``
    are those that the person saw: they tell later whether the answer still fits. To renew an
    answer that is out of date, put today's figures there. Other columns of the list may be there
    and are not read.

    Args:
        path: The file; CSV in UTF-8 or GB 18030, as Excel saves it.

    Returns:
        A frame that meets :class:`~analytics.schema.reviews.Reviews`, one row an answer.

    Raises:
        InputError: The file cannot be read, lacks a column or has an unknown one, or an answer is
            not complete; the message names the line.
        ReadError: A workbook is broken.

    Examples:
        >>> import analytics
        >>> file = analytics.save_findings(analytics.list_findings(panel), folder / "findings.csv")
        >>> analytics.read_reviews(file).height
        0
    """
    source = Path(path)
    rows = _rows(source)
    _, header = next(rows, (0, ()))
    names = [name.strip() for name in header]
    _check_columns(names, source)
    answered: dict[str, tuple[int, dict[str, object]]] = {}
    for line, cells in rows:
        texts = {
            name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()
        }
        review = _review(texts, f"{source}, line {line}")
        if review is None:
            continue
        key = str(review["finding_key"])
        if key in answered:
            raise InputError(
                f"{source}, line {line}: {key} is answered in line {answered[key][0]} already",
                hint="keep one answer to a finding",
            )
        answered[key] = (line, review)
    schema = column_types(Reviews)
    frame = pl.DataFrame([review for _, review in answered.values()], schema=schema)
    return conform(frame.sort("finding_key"), Reviews, table="reviews")


def _rows(source: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the file with their line, from the one that names the columns on."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror or error}") from error
    lines = (
        _sheet_rows(data, source) if source.suffix.lower() == ".xlsx" else _csv_rows(data, source)
    )
    is_named = False
    for line, cells in lines:
        is_named = is_named or "finding_key" in [cell.strip() for cell in cells]
        if is_named and any(cell.strip() for cell in cells):
            yield line, cells


def _csv_rows(data: bytes, source: Path) -> Iterator[tuple[int, Sequence[str]]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputError(f"{source} is neither UTF-8 nor GB 18030", hint="save it as CSV UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"{source}, line {reader.line_num}: {error}") from error


def _sheet_rows(data: bytes, source: Path) -> Iterator[tuple[int, Sequence[str]]]:
    for sheet in read_xlsx(data, str(source))[:1]:
        width = max((max(cells, default=0) for cells in sheet.cells.values()), default=0)
        for row, cells in sorted(sheet.cells.items()):
            yield row, [cells.get(column, "") for column in range(1, width + 1)]


def _check_columns(names: Sequence[str], source: Path) -> None:
    hint = "write the list with `budget-analytics check --output` and fill in the columns " + (
        ", ".join(ANSWER_FIELDS)
    )
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise InputError(f"{source} lacks the columns {', '.join(missing)}", hint=hint)
    known = ListedFindings.column_names()
    for name in names:
        if name and name not in known:
            raise InputError(f"{source}: {NotFoundError.for_name('column', name, known)}")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError(f"{source} has the columns {', '.join(twice)} twice", hint=hint)


def _review(texts: dict[str, str], where: str) -> dict[str, object] | None:
    """One row of the file as a review; nothing where the person left it open."""
    given = {name: texts[name] for name in ANSWER_FIELDS if name in texts}
    if not given:
        return None
    if "answer" not in given:
        raise InputError(
            f"{where}: {', '.join(given)} without an answer",
            hint=f"answer with {', '.join(ReviewAnswer)}, or leave all of them empty",
        )
    answer = _WORDS.get(given["answer"].casefold())
    if answer is None:
        error = NotFoundError.for_name("answer", given["answer"], list(ReviewAnswer))
        raise InputError(f"{where}: {error}")
    wanted = ["finding_key", "reviewer", "answered_on"]
    wanted += {ReviewAnswer.EXPLAINED: ["note"], ReviewAnswer.CORRECTED: ["corrected_text"]}.get(
        answer, []
    )
    missing = [name for name in wanted if name not in texts]
    if missing:
        raise InputError(
            f"{where}: an answer {str(answer)!r} needs {', '.join(missing)}",
            hint="say who answers, when and why",
        )
    return {
        "finding_key": texts["finding_key"].removeprefix("'"),
        "answer": str(answer),
        "corrected_text": given.get("corrected_text"),
        "note": given.get("note"),
        "reviewer": given["reviewer"],
        "answered_on": _day(given["answered_on"], where),
        **{name: _number(texts.get(name), name, where) for name in _NEEDED[-2:]},
    }


def _day(text: str, where: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{where}: {text!r} is no date", hint="write it as 2024-03-31") from None


def _number(text: str | None, name: str, where: str) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise InputError(
            f"{where}: {name} {text!r} is no number",
            hint="leave the figures as the list printed them",
        ) from None
