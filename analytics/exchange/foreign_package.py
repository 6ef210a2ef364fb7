"""A Fiscal Data Package of any other source: what its column types say about its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from analytics.errors import InputError
from analytics.exchange.fiscal_package import DESCRIPTOR, read_descriptor
from analytics.exchange.mapping import TableMapping
from analytics.exchange.sources import SourceTable, read_csv_table
from analytics.schema.tables import TABLES
from analytics.schema.vocabularies import Classification

__all__ = ["is_package", "package_tables"]

_ROLES = {
    "administrative-classification": "agency",
    "administrator": "agency",
    "date:fiscal-year": "year",
    "phase": "stage",
    "direction": "flow",
    "fin-source": "fund",
    "value-currency": "currency",
    "value": "amount",
}
_CLASSIFICATIONS = {
    "functional-classification": Classification.FUNCTION,
    "economic-classification": Classification.ECONOMIC_DEPARTMENT,
    "activity": Classification.PROJECT,
}
"""What a line is coded by: the first of these that a resource has."""


def is_package(source: object) -> bool:
    """Whether a source is a data package: its descriptor, or the folder of one."""
    if not isinstance(source, str | Path):
        return False
    return Path(source).name == DESCRIPTOR or (Path(source) / DESCRIPTOR).is_file()


def package_tables(
    path: Path, columns: Mapping[str, str], declared: Mapping[str, Any]
) -> list[tuple[SourceTable, TableMapping]]:
    """The tables of a package that hold amounts, each with what its columns mean.

    Concepts are taken from ``columnType``, constants and measures side by side from
    ``extraFields`` and ``normalize``; tables that are pointed at by foreign keys are joined.

    Args:
        path: The descriptor, or its folder.
        columns: Column by role, before what the descriptor says.
        declared: The other declarations of a mapping, before what the descriptor says.

    Raises:
        InputError: The package cannot be read, has no amounts, or a declaration is missing.
    """
    descriptor = path if path.name == DESCRIPTOR else path / DESCRIPTOR
    try:
        resources = {r.get("name", ""): r for r in read_descriptor(descriptor)["resources"]}
        if any(resource.get("table") in TABLES for resource in resources.values()):
            raise InputError(
                f"{path} was written by export_panel", hint="read it with load_package"
            )
        found = [
            _table(resource, resources, descriptor.parent, columns, declared)
            for resource in resources.values()
            if "amount" in columns or declared["amounts"] or _has_amounts(resource)
        ]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if not found:
        raise InputError(
            f"no column of {path} has the column type 'value'", hint="name it in columns: amount"
        )
    return found


def _fields(resource: Mapping[str, Any], kind: str = "fields") -> list[dict[str, Any]]:
    schema = resource.get("schema")
    fields = schema.get(kind, []) if isinstance(schema, dict) else []
    return [field for field in fields if isinstance(field, dict) and "name" in field]


def _has_amounts(resource: Mapping[str, Any]) -> bool:
    fields = _fields(resource)
    return any(f.get("columnType") == "value" or "normalize" in f for f in fields)


def _table(
    resource: Mapping[str, Any],
    resources: Mapping[str, Mapping[str, Any]],
    folder: Path,
    columns: Mapping[str, str],
    declared: Mapping[str, Any],
) -> tuple[SourceTable, TableMapping]:
    table = _read(resource, folder)
    fields = _fields(resource)
    for name, rows, key, other_key in _joined(resource, resources, folder):
        new = [column for column in rows.columns if column not in (*table.rows.columns, *other_key)]
        joined = table.rows.join(
            rows.select(*other_key, *new),
            left_on=key,
            right_on=other_key,
            how="left",
            maintain_order="left",
        )
        table = replace(table, rows=joined)
        fields += [field for field in _fields(resources[name]) if field["name"] in new]
    extra = _fields(resource, "extraFields")
    found, classification = _meanings(fields)
    constants = _constants(extra, found)
    amounts = {**_measures(fields, extra), **declared["amounts"]}
    if amounts:
        found.pop("amount", None)
    if classification is not None:
        constants.setdefault("classification", str(classification))
    constants |= declared["constants"]
    kept = {**{r: c for r, c in found.items() if r not in constants}, **columns}
    given = {role: value for role, value in constants.items() if role not in kept}
    options = {**declared, "constants": given, "amounts": amounts}
    mapping = TableMapping.of(columns=kept, **options)
    point = next((f["decimalChar"] for f in fields if f.get("decimalChar", ".") != "."), None)
    if point is not None:
        of_amounts = [*mapping.amounts, *filter(None, [mapping.columns.get("amount")])]
        text = (
            pl.col(of_amounts).str.replace_all(r"[.\s]", "").str.replace(point, ".", literal=True)
        )
        table = replace(table, rows=table.rows.with_columns(text))
    return table, mapping


def _read(resource: Mapping[str, Any], folder: Path) -> SourceTable:
    given = resource.get("path")
    path = str(given[0] if isinstance(given, list) and len(given) == 1 else given)
    place = PurePosixPath(path)
    if "://" in path or place.is_absolute() or ".." in place.parts:
        raise InputError(
            f"resource {resource.get('name')!r} is not a file below its package: {path!r}",
            hint="put the file beside the descriptor",
        )
    dialect = resource.get("dialect")
    return read_csv_table(
        (folder / path).read_bytes(),
        path,
        [field["name"] for field in _fields(resource)],
        encoding=resource.get("encoding"),
        delimiter=dialect.get("delimiter") if isinstance(dialect, dict) else ",",
    )


def _joined(
    resource: Mapping[str, Any], resources: Mapping[str, Mapping[str, Any]], folder: Path
) -> Iterator[tuple[str, pl.DataFrame, list[str], list[str]]]:
    """The tables that a table points at: name, rows, the columns that point and the key."""
    for key in resource["schema"].get("foreignKeys", []):
        target = key["reference"]
        name = target.get("resource")
        if not name or name == resource.get("name"):
            continue
        if name not in resources:
            raise InputError(
                f"resource {resource.get('name')!r} points at {name!r}, which is not there"
            )
        mine, theirs = (
            [c] if isinstance(c, str) else list(c) for c in (key["fields"], target["fields"])
        )
        rows = _read(resources[name], folder).rows
        yield name, rows.unique(theirs, keep="first", maintain_order=True), mine, theirs


def _meanings(
    fields: list[dict[str, Any]],
) -> tuple[dict[str, str], Classification | None]:
    """Column by role, and what the lines are coded by.

    Of several levels of a classification the last one is the finest; a name is better than a code
    to call an agency by.
    """
    typed = {f["columnType"]: f["name"] for f in fields if isinstance(f.get("columnType"), str)}
    found: dict[str, str] = {}
    for column_type, name in typed.items():
        role = _role(column_type)
        is_code = column_type.endswith((":code", ":id"))
        if role is not None and not (is_code and role in found and role == "agency"):
            found[role] = name
    for stem, classification in _CLASSIFICATIONS.items():
        of_these = {t: n for t, n in typed.items() if t.split(":")[0] == stem}
        codes = [name for t, name in of_these.items() if "code" in t.split(":")]
        labels = [name for t, name in of_these.items() if t.split(":")[-1] == "label"]
        if codes or labels:
            found |= {"code": codes[-1]} if codes else {}
            found |= {"name": labels[-1]} if labels else {}
            return found, classification
    return found, None


def _role(column_type: str) -> str | None:
    parts = column_type.split(":")
    return next(
        (_ROLES[s] for n in range(len(parts), 0, -1) if (s := ":".join(parts[:n])) in _ROLES), None
    )


def _constants(extra: list[dict[str, Any]], found: Mapping[str, str]) -> dict[str, Any]:
    constants = {}
    for field in extra:
        role = _role(field.get("columnType", ""))
        if role is not None and "constant" in field and role not in found:
            constants[role] = field["constant"]
    return constants


def _measures(
    fields: list[dict[str, Any]], extra: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Measures that stand side by side: each column, and what it says by role."""
    roles = {field["name"]: _role(field.get("columnType", "")) for field in extra}
    return {
        field["name"]: {
            role: value
            for name, value in field["normalize"].items()
            if (role := roles.get(name)) is not None
        }
        for field in fields
        if isinstance(field.get("normalize"), dict)
    }
