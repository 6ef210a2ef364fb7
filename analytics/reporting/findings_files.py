"""The list of findings as files to hand on: XLSX, CSV, JSON, and one HTML page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl

from analytics.charts.labels import Lang, check_lang
from analytics.errors import InputError, NotFoundError
from analytics.expressions import worded
from analytics.reporting.files import put_file, put_text
from analytics.reporting.findings import list_findings, with_reviews
from analytics.reporting.findings_page import findings_page
from analytics.reporting.workbook import write_findings_sheet
from analytics.store import Panel

__all__ = ["save_findings"]

_RISKY = r"^[=+@\t\r]|^-[^\d]|^-.*[|(!]"
"""Texts that a spreadsheet would take for a formula."""


def save_findings(
    findings: Panel | pl.DataFrame,
    path: str | Path,
    *,
    reviews: pl.DataFrame | None = None,
    lang: Lang = "zh",
) -> Path:
    """Write what does not hold to a file that can be handed on, answered and read back.

    The suffix says what is written:

    - ``.xlsx``: a sheet to filter and fill in, with answers to choose from;
    - ``.csv``: the same rows in UTF-8 with byte order mark, as Excel expects; texts that a
      spreadsheet would run as a formula stand behind an apostrophe;
    - ``.json``: the same rows as a list of objects, numbers exactly, as text;
    - ``.html``: a page for people: for each disclosure the matrix of families of rules by
      statement, and every finding with the place, the sentence and why it matters.

    The columns ``answer``, ``corrected_text``, ``note``, ``reviewer`` and ``answered_on`` are there
    to be filled in; :func:`~analytics.reporting.reviews.read_reviews` reads them back. The same
    findings give the same bytes. A file of that name is replaced at once or not at all.

    Args:
        findings: A panel, or the findings that :func:`~analytics.reporting.list_findings` lists.
        path: File to write.
        reviews: Answers of people to put beside the findings.
        lang: Language of titles and sentences; what a disclosure prints stays as printed.

    Returns:
        The path.

    Raises:
        InputError: The suffix is not one of these, a page is asked for without a panel, or the
            file cannot be written.
        NotFoundError: The language is not known.

    Examples:
        With a panel of one disclosure:

        >>> import analytics, json
        >>> file = analytics.save_findings(panel, folder / "findings.json", lang="en")
        >>> first = json.loads(file.read_text(encoding="utf-8"))[0]
        >>> first["severity"], first["printed_text"], first["computed_text"], first["answer"]
        ('error', '5.62%', '5.26%', None)
    """
    check_lang(lang)
    target = Path(path)
    if target.suffix == ".html":
        if not isinstance(findings, Panel):
            raise InputError(
                f"{target} needs a panel, not a frame",
                hint="the matrix counts what holds as well, which the list leaves out",
            )
        page = findings_page(findings, reviews=reviews, lang=lang)
        return put_text(target, page)
    if target.suffix not in _WRITERS:
        error = NotFoundError.for_name("format", target.suffix, [*_WRITERS, ".html"])
        raise InputError(f"{target}: {error}")
    rows = list_findings(findings) if isinstance(findings, Panel) else findings
    if reviews is not None:
        rows = with_reviews(rows, reviews)
    other = "_en" if lang == "zh" else "_zh"
    shown = rows.select(name for name in rows.columns if not name.endswith(other))
    write = _WRITERS[target.suffix]
    return put_file(target, lambda half: write(shown, half, lang))


def _csv(rows: pl.DataFrame, path: Path, _lang: Lang) -> None:
    safe = rows.with_columns(
        pl.when(pl.col(name).str.contains(_RISKY))
        .then(worded("'{}", name))
        .otherwise(name)
        .alias(name)
        for name in rows.select(pl.selectors.string()).columns
    )
    _plain(safe).write_csv(path, include_bom=True)


def _json(rows: pl.DataFrame, path: Path, _lang: Lang) -> None:
    # Money stays exact as text; a day is written as ISO 8601.
    content = json.dumps(_plain(rows).to_dicts(), ensure_ascii=False, indent=1, default=str)
    path.write_text(content + "\n", encoding="utf-8")


def _xlsx(rows: pl.DataFrame, path: Path, lang: Lang) -> None:
    write_findings_sheet(rows, path, lang=lang)


_WRITERS: dict[str, Callable[[pl.DataFrame, Path, Lang], None]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
}


def _plain(rows: pl.DataFrame) -> pl.DataFrame:
    """Exact numbers as text without idle zeros; they have decimals all of them."""
    exact = pl.selectors.decimal().cast(pl.String)
    return rows.with_columns(exact.str.strip_chars_end("0").str.strip_chars_end("."))
