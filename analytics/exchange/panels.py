"""A panel as files for other programs and other people, and such files as a panel again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from analytics.errors import InputError, NotFoundError
from analytics.exchange import fiscal_package, workbook
from analytics.exchange.figures import EXCHANGED, as_readings, fitted, outgoing
from analytics.store import Panel, Reading

__all__ = ["ExportFormat", "export_panel", "load_package"]

ExportFormat = Literal["csv", "parquet", "xlsx", "fiscal-data-package"]
"""What a panel can be exported as: three kinds of folders, and one file (xlsx)."""

_LATER = ("mentions",)
"""Tables that files written by an earlier version do not have; they are read without rows."""


def export_panel(
    panel: Panel,
    target: str | Path,
    *,
    format: ExportFormat = "csv",
    wording: bool = False,
    title: str | None = None,
    licenses: Sequence[Mapping[str, str]] = (),
    sources: Sequence[Mapping[str, str]] = (),
) -> tuple[Path, ...]:
    """Write the current documents of a panel in a form that other programs read.

    - ``csv``: a folder with a CSV file for each canonical table, in UTF-8;
    - ``parquet``: a folder with a Parquet file for each table, in the declared types;
    - ``xlsx``: one Excel workbook with a sheet for each table. Amounts are numbers where a cell
      holds them to the last cent, that is up to 15 digits, and text beyond; codes are text;
    - ``fiscal-data-package``: as ``csv``, with a ``datapackage.json`` that says what each column
      means, in the terms of the Fiscal Data Package standard. The facts of each classification are
      a file of their own, so that their codes have one meaning.

    Amounts are in yuan and exact in all of them; a null is an empty cell. Findings are left out,
    since checking the rows gives them again. :func:`load_package` reads each form back. The same
    panel gives the same bytes.

    Numbers, codes and names of lines are facts that anybody may pass on; the sentences of a
    document may not be. So the wording stays behind unless it is asked for: of a stated cause only
    stays that there is one, and a number that was set aside keeps the kind of reason without the
    sentence it stands in.

    Args:
        panel: The panel.
        target: Folder to write to, or file for ``xlsx``; files of the same names are replaced.
        format: What to write.
        wording: Whether sentences and texts of the documents go along.
        title: Title of a Fiscal Data Package.
        licenses: Licences of a Fiscal Data Package, each with ``name`` or ``path``, and ``title``.
        sources: Sources of a Fiscal Data Package, each with ``title``, and ``path`` if there is one.

    Returns:
        The files.

    Raises:
        NotFoundError: The format is not known.
        InputError: A workbook would have more rows, cells or characters than it may, it is not
            called ``.xlsx``, a folder is called like a file, or a file cannot be written.

    Examples:
        >>> import analytics
        >>> files = analytics.export_panel(panel, folder / "package", format="fiscal-data-package")
        >>> [file.name for file in files][:4], files[-1].name
        (['documents.csv', 'statements.csv', 'facts-economic_department.csv', 'facts-function.csv'], \
'datapackage.json')
        >>> copy = analytics.Panel.open(folder / "copy", create=True)
        >>> report = copy.commit(analytics.load_package(folder / "package"))
        >>> copy.facts.equals(panel.facts)
        True
    """
    path = Path(target)
    folder = path.parent if format == "xlsx" else path
    described = {"title": title, "licenses": licenses, "sources": sources}
    writers: dict[str, Callable[[dict[str, pl.DataFrame]], Sequence[Path]]] = {
        "csv": lambda tables: _write_folder(tables, path, ".csv"),
        "parquet": lambda tables: _write_folder(tables, path, ".parquet"),
        "xlsx": lambda tables: _write_workbook(tables, path),
        "fiscal-data-package": lambda tables: fiscal_package.write_package(
            tables,
            path,
            **described,  # type: ignore[arg-type]
        ),
    }
    if format not in writers:
        raise NotFoundError.for_name("format", format, writers)
    if format != "xlsx" and path.suffix in (".csv", ".parquet", ".xlsx", ".zip", ".json"):
        raise InputError(
            f"{path.name} names a file, and {format} is a folder of files",
            hint="name a folder" + (", or format='xlsx'" if path.suffix == ".xlsx" else ""),
        )
    tables = outgoing(panel, wording=wording)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(writers[format](tables))
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error


def load_package(path: str | Path) -> list[Reading]:
    """Read what :func:`export_panel` wrote, to commit it to a panel.

    Everything comes back as it was, to the last cent. Wording that stayed behind is null, or empty
    where a table must have a text. A column that a later version of the package added is null.

    Args:
        path: A folder with CSV or Parquet files or with a ``datapackage.json``, that file itself,
            or a workbook.

    Returns:
        One reading a document, in the order of ``documents``.

    Raises:
        InputError: A file is not there, is of another kind, or is not the one described.
        SchemaError: A file lacks a column that must be there, has an unknown one, or its values do
            not fit.

    Examples:
        >>> import analytics
        >>> files = analytics.export_panel(panel, folder / "panel.xlsx", format="xlsx")
        >>> [reading.identity for reading in analytics.load_package(files[0])]
        [('示例市图书馆', 2024, 'budget', 'unit')]
    """
    place = Path(path)
    try:
        found = _read(place)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"{place} cannot be read: {error}", hint="name what export_panel wrote"
        ) from error
    unknown = [name for name in found if name not in EXCHANGED]
    missing = [name for name in EXCHANGED if name not in found and name not in _LATER]
    if unknown or missing:
        raise InputError(
            f"{place} lacks the tables {', '.join(missing) or 'none'} and has the unknown ones "
            f"{', '.join(unknown) or 'none'}",
            hint="name what export_panel wrote",
        )
    return as_readings(
        {name: fitted(found[name], name, where=f"{place} ({name})") for name in found}
    )


def _write_folder(tables: dict[str, pl.DataFrame], folder: Path, suffix: str) -> list[Path]:
    written = []
    for name, rows in tables.items():
        path = folder / f"{name}{suffix}"
        if suffix == ".csv":
            rows.write_csv(path)
        else:
            rows.write_parquet(path)
        written.append(path)
    return written


def _write_workbook(tables: dict[str, pl.DataFrame], path: Path) -> list[Path]:
    if path.suffix != ".xlsx":
        raise InputError(f"{path} is no name for a workbook", hint="end it with .xlsx")
    workbook.write_tables(tables, path)
    return [path]


def _read(place: Path) -> dict[str, pl.DataFrame]:
    if place.is_file():
        if place.name == fiscal_package.DESCRIPTOR:
            return fiscal_package.read_package(place)
        return workbook.read_tables(place)
    if (place / fiscal_package.DESCRIPTOR).exists():
        return fiscal_package.read_package(place / fiscal_package.DESCRIPTOR)
    kinds = [s for s in (".csv", ".parquet") if (place / f"documents{s}").exists()]
    if len(kinds) != 1:
        raise InputError(
            f"{place} has {'CSV as well as Parquet files' if kinds else 'no documents.csv'}",
            hint="name a folder that export_panel wrote",
        )
    tables = {}
    for name in EXCHANGED:
        path = place / f"{name}{kinds[0]}"
        if name in _LATER and not path.exists():
            continue
        csv = kinds[0] == ".csv"
        tables[name] = pl.read_csv(path, infer_schema=False) if csv else pl.read_parquet(path)
    return tables
