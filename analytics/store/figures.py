"""The figures of a panel as plain files, without the wording of the documents.

Numbers, codes and names of lines are facts that anybody may pass on; the sentences of a document
and the document itself may not be. What is written here holds the former only, in CSV files that a
person can open and a version control system can compare, and reads back into a panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from analytics.errors import InputError, SchemaError
from analytics.schema.tables import TABLES, kind_of_reason
from analytics.store.panel import Panel
from analytics.store.reading import Reading

__all__ = ["load_figures", "save_figures"]

_TABLES = tuple(name for name in TABLES if name != "findings")
"""Findings are left out: they quote sentences, and checking the figures gives them again."""
_WORDING = {
    "documents": ("notes",),
    "claims": ("sentence",),
    "projects": (
        "arrears_text",
        "overview",
        "legal_basis",
        "necessity",
        "measures",
        "plan",
        "term_goal",
        "annual_goal",
        "filled_text",
    ),
    "mentions": ("wording", "noun"),
}
_LATER = ("mentions",)
"""Tables that figures written by an earlier version do not have; they are read without rows."""
_STATED = "…"
"""Stands for a cause that a sentence states: that it states one is checked, its words are not."""


def save_figures(panel: Panel, folder: str | Path) -> tuple[Path, ...]:
    """Write the figures of the current documents, a CSV file for each canonical table.

    Left out are the sentences of claims, the texts of project forms, notes, and findings. Of a
    stated cause only stays that there is one, and a number that was set aside keeps the kind of
    reason without the sentence it stands in.

    Args:
        panel: The panel.
        folder: Folder to write to; files of the same names are replaced.

    Returns:
        The files.

    Raises:
        InputError: A file cannot be written.

    Examples:
        >>> from analytics import Panel, load_figures, save_figures
        >>> files = save_figures(panel, folder / "figures")
        >>> [file.name for file in files][:3]
        ['documents.csv', 'statements.csv', 'facts.csv']
        >>> copy = Panel.open(folder / "copy", create=True)
        >>> copy.commit(load_figures(folder / "figures")).added == tuple(
        ...     panel.documents["document_id"]
        ... )
        True
        >>> copy.facts.equals(panel.facts)
        True
    """
    target = Path(folder)
    written = []
    tables = panel.tables()
    for name in _TABLES:
        rows = tables[name].select(TABLES[name].column_names())
        rows = rows.drop(_WORDING.get(name, ()))
        if name == "set_aside":
            rows = _without_quotes(rows)
        if name == "claims":
            stated = pl.when(pl.col("reason").is_not_null()).then(pl.lit(_STATED))
            rows = rows.with_columns(reason=stated)
        path = target / f"{name}.csv"
        try:
            target.mkdir(parents=True, exist_ok=True)
            rows.write_csv(path)
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
        written.append(path)
    return tuple(written)


def load_figures(folder: str | Path) -> list[Reading]:
    """Read figures that :func:`save_figures` wrote, to commit them to a panel.

    Wording that was left out is null, or empty where a table must have a text. A column that a
    later version of the package added is null.

    Args:
        folder: The folder with the CSV files.

    Returns:
        One reading a document, in the order of ``documents.csv``.

    Raises:
        InputError: A file is not there or is no CSV.
        SchemaError: A file lacks a column that must be there, has an unknown one, or its values do
            not fit.

    Examples:
        >>> import analytics
        >>> files = analytics.save_figures(panel, folder)
        >>> [reading.identity for reading in analytics.load_figures(folder)]
        [('示例市图书馆', 2024, 'budget', 'unit')]
    """
    files = {name: Path(folder) / f"{name}.csv" for name in _TABLES}
    tables = {
        name: _read(path, name)
        for name, path in files.items()
        if name not in _LATER or path.exists()
    }
    documents = tables.pop("documents")
    parts = {name: rows.partition_by("document_id", as_dict=True) for name, rows in tables.items()}
    return [
        Reading(
            {
                "documents": documents.filter(document_id=document),
                **{name: rows[document,] for name, rows in parts.items() if (document,) in rows},
            }
        )
        for document in documents["document_id"]
    ]


def _without_quotes(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers set aside, with what kind of reason; sentences stand behind it."""
    return rows.with_columns(reason=kind_of_reason(pl.col("reason")))


def _read(path: Path, name: str) -> pl.DataFrame:
    schema = TABLES[name].create_empty().schema
    printed = _header(path)
    unknown = [column for column in printed if column not in schema]
    if unknown:
        raise SchemaError(f"{path} has the unknown columns {', '.join(unknown)}")
    try:
        rows = pl.read_csv(path, schema={column: schema[column] for column in printed})
    except pl.exceptions.PolarsError as error:
        raise SchemaError(f"{path} does not fit the table {name!r}: {error}") from error
    rules = TABLES[name].columns()
    absent = [column for column in schema if column not in printed]
    required = [c for c in absent if not rules[c].nullable and c not in _WORDING.get(name, ())]
    if required:
        raise SchemaError(f"{path} lacks the columns {', '.join(required)}")
    return rows.with_columns(
        pl.lit(None if rules[column].nullable else "").cast(schema[column]).alias(column)
        for column in absent
    ).select(schema.names())


def _header(path: Path) -> Sequence[str]:
    try:
        return pl.read_csv(path, n_rows=0).columns
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"{path} cannot be read: {error}", hint="name a folder that save_figures wrote"
        ) from error
