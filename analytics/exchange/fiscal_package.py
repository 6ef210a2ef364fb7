"""The Fiscal Data Package: tables as CSV files with a descriptor that says what every column means.

The descriptor follows Fiscal Data Package 1.0-rc.1 and the budgets taxonomy of its column types
(specs.frictionlessdata.io), which extends the Tabular Data Package. The code of a fact means
something only within its classification, and a column has one type: so the facts of every
classification are a resource of their own.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from analytics.errors import InputError
from analytics.schema.fields import FIELDS
from analytics.schema.tables import TABLES
from analytics.schema.vocabularies import Classification
from analytics.version import __version__

__all__ = ["DESCRIPTOR", "read_descriptor", "read_package", "write_package"]

DESCRIPTOR = "datapackage.json"
"""The file that describes a package."""

_TAXONOMY = "https://frictionlessdata.io/taxonomies/fiscal/budgets.json"
_CODE_TYPES: dict[str, str] = {
    Classification.FUNCTION: "functional-classification:generic",
    Classification.ECONOMIC_DEPARTMENT: "economic-classification:generic",
    Classification.ECONOMIC_GOVERNMENT: "economic-classification:generic",
    Classification.REVENUE_SOURCE: "economic-classification:generic",
    Classification.UNIT: "administrative-classification:generic:level2",
    Classification.PROJECT: "activity:generic:project",
    Classification.PROJECT_TYPE: "activity:generic:program",
}
_OWN_TYPES = ("three_public", "procurement", "staff", "asset")
_COLUMN_TYPES = {
    "agency_id": "administrative-classification:generic:code",
    "fiscal_year": "date:fiscal-year",
    "stage": "phase:id",
    "flow": "direction",
    "fund": "fin-source:generic:code",
    "amount_yuan": "value",
}
_YUAN = {
    "name": "currency",
    "title": "货币",
    "type": "string",
    "columnType": "value-currency:code",
    "constant": "CNY",
}
_LINKS: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "facts": ((("claim_id",), "claims"),),
    "indicators": ((("document_id", "project"), "projects"),),
    "mentions": ((("document_id", "project"), "projects"),),
}
"""Columns that point at the key of another table; all but documents point at their document."""


def write_package(
    tables: Mapping[str, pl.DataFrame],
    folder: Path,
    *,
    title: str | None,
    licenses: Sequence[Mapping[str, str]],
    sources: Sequence[Mapping[str, str]],
) -> list[Path]:
    """Write tables as a package, the descriptor last; the same rows give the same bytes.

    Raises:
        OSError: A file cannot be written.
    """
    written, resources = [], []
    for table, name, rows in _parts(tables):
        path = folder / f"{name}.csv"
        data = _csv(rows)
        path.write_bytes(data)
        written.append(path)
        resources.append(_resource(table, name, rows, data))
    descriptor = {
        "profile": "tabular-data-package",
        "name": "budget-panel",
        "title": title or "Published budgets and final accounts",
        "description": (
            "Every number of the documents with the place it was printed at; amounts in yuan, exact. "
            f"Written by budget-analytics {__version__} as Fiscal Data Package 1.0-rc.1."
        ),
        **({"licenses": [dict(one) for one in licenses]} if licenses else {}),
        **({"sources": [dict(one) for one in sources]} if sources else {}),
        "columnTypes": [_TAXONOMY, *_own_types()],
        "resources": resources,
    }
    path = folder / DESCRIPTOR
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [*written, path]


def read_descriptor(path: Path) -> dict[str, Any]:
    """The content of a ``datapackage.json``.

    Raises:
        InputError: It is no JSON object with a list of resources.
        OSError: It cannot be read.
    """
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}") from error
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise InputError(f"{path} lists no resources", hint="name a data package")
    return dict(content)


def read_package(path: Path) -> dict[str, pl.DataFrame]:
    """The tables of a package that :func:`write_package` wrote, every column as text.

    Raises:
        InputError: The descriptor is of another package, or a file is not the one it describes.
        OSError: A file cannot be read.
    """
    parts: dict[str, list[pl.DataFrame]] = {}
    for resource in read_descriptor(path)["resources"]:
        table = resource.get("table")
        if table not in TABLES:
            raise InputError(
                f"{path} was not written by export_panel: resource {resource.get('name')!r} is no "
                "canonical table",
                hint="read a package of another source with read_budget_table",
            )
        file = path.parent / f"{resource['name']}.csv"
        data = file.read_bytes()
        if resource.get("hash") != _hash(data):
            raise InputError(
                f"{file} is not the file that {path.name} describes: its hash differs",
                hint="export the panel again",
            )
        parts.setdefault(table, []).append(pl.read_csv(data, infer_schema=False))
    return {table: pl.concat(rows) for table, rows in parts.items()}


def _parts(tables: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Table, name of the resource, and rows: the facts by classification."""
    for table, rows in tables.items():
        if table != "facts" or rows.is_empty():
            yield table, table, rows
            continue
        for classification in rows["classification"].unique().sort():
            part = rows.filter(classification=classification)
            yield table, f"{table}-{classification}", part


def _csv(rows: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    rows.write_csv(buffer)
    return buffer.getvalue()


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _resource(table: str, name: str, rows: pl.DataFrame, data: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "table": table,
        "description": (TABLES[table].__doc__ or "").strip(),
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": _hash(data),
        "schema": _schema(table, rows),
    }


def _schema(table: str, rows: pl.DataFrame) -> dict[str, Any]:
    columns = TABLES[table].columns()
    types = _column_types(table, rows)
    fields = []
    for name, dtype in rows.schema.items():
        column = columns[name]
        about = column.metadata or {}
        field = {
            "name": name,
            "title": about.get("zh", name),
            "description": column.description or "",
            "type": _type(dtype),
        }
        if about.get("unit"):
            field["unit"] = about["unit"]
        if name in types:
            field["columnType"] = types[name]
        limits: dict[str, Any] = {}
        # An empty text and a null look alike in CSV, and a text may be empty.
        if not column.nullable and (dtype != pl.String or "" not in rows[name]):
            limits["required"] = True
        if name in FIELDS and FIELDS[name].meaning == column.description and FIELDS[name].values:
            limits["enum"] = FIELDS[name].values
        if limits:
            field["constraints"] = limits
        fields.append(field)
    keys = TABLES[table].primary_key()
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""], "primaryKey": keys}
    if links := list(_links(table)):
        schema["foreignKeys"] = links
    if table == "facts":
        schema["extraFields"] = [_YUAN]
    return schema


def _links(table: str) -> Iterator[dict[str, Any]]:
    of_document = () if table == "documents" else ((("document_id",), "documents"),)
    for columns, other in (*of_document, *_LINKS.get(table, ())):
        fields = list(columns)
        yield {"fields": fields, "reference": {"resource": other, "fields": fields}}


def _type(dtype: pl.DataType) -> str:
    if dtype.is_integer():
        return "integer"
    if dtype.is_numeric():
        return "number"
    return {pl.Boolean: "boolean", pl.Date: "date"}.get(type(dtype), "string")


def _column_types(table: str, rows: pl.DataFrame) -> dict[str, str]:
    """The fiscal concept of each column that has one."""
    if table == "documents":
        return {"agency_name": "administrative-classification:generic:label"}
    if table != "facts" or rows.is_empty():
        return {}
    classification = rows["classification"][0]
    stem = _CODE_TYPES.get(classification, f"classification:{classification.replace('_', '-')}")
    types = {**_COLUMN_TYPES, "code": f"{stem}:code", "name": f"{stem}:label"}
    if classification == Classification.ECONOMIC_DEPARTMENT:
        government = "economic-classification:government"
        types |= {
            "counterpart_code": f"{government}:code",
            "counterpart_name": f"{government}:label",
        }
    return types


def _own_types() -> list[dict[str, Any]]:
    """Concepts that the taxonomy of budgets lacks."""
    stems = [f"classification:{name.replace('_', '-')}" for name in _OWN_TYPES]
    return [
        definition
        for stem in (*stems, "economic-classification:government")
        for definition in (
            {"name": f"{stem}:code", "dataType": "string", "unique": True},
            {"name": f"{stem}:label", "dataType": "string", "labelOf": f"{stem}:code"},
        )
    ]
