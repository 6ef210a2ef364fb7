"""The field dictionary, the schemas and the reference files agree with one another."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib import import_module

import dataframely as dy
import pytest
from house_sources import PACKAGE, ROOT, modules

from analytics.schema import fields
from analytics.schema.fields import FIELDS
from analytics.schema.results import RESULTS
from analytics.schema.tables import TABLES

# In these a name is taken in a narrower sense that is declared on the spot.
OWN_MEANING = {
    ("Indicators", "block"): "block of the form, term or annual; the place is source_block",
    ("UnitCosts", "block"): "as in Indicators",
    ("CheckMatrix", "statement"): "also `document`, for checks of the whole of it",
    ("Execution", "execution_share"): "worked out; in claims it is what a sentence states",
}
# How far a row of a reference file can be trusted, and the words that may say so.
SOURCED = {"2+ sources", "1 source", "1 source (2009 vintage)", "memory", "memory-doubtful"}
DOUBT = {
    "agency_changes.csv": ("confidence", {"high", "medium", "low"}),
    "changes.csv": ("confidence", {"high", "medium", "low"}),
    "code_changes.csv": ("confidence", {"high", "medium", "low"}),
    "cofog.csv": ("safe", {"yes", "partial", "no"}),
    "department_to_government.csv": ("confidence", {"high", "medium", "low"}),
    "economic_department.csv": ("status", SOURCED | {"code only"}),
    "economic_government.csv": ("status", SOURCED | {"code only"}),
    "functional.csv": ("status", SOURCED | {"code only"}),
    "gfsm.csv": ("safe", {"yes", "partial", "no"}),
    "prices.csv": ("confidence", {"high", "medium", "low"}),
    "regions.csv": ("status", SOURCED),
    "revenue.csv": ("status", SOURCED | {"code only"}),
}
CODE_LISTS = ["economic_department.csv", "economic_government.csv", "functional.csv", "revenue.csv"]
REFERENCE = PACKAGE / "reference" / "data"


def _schemas() -> dict[str, type[dy.Schema]]:
    """Every schema class that a module of the package declares."""
    found: dict[str, type[dy.Schema]] = {}
    for module in modules(PACKAGE):
        if "(dy.Schema)" in module.text or "schema" in module.path.relative_to(ROOT).parts:
            name = ".".join(module.path.relative_to(ROOT).with_suffix("").parts)
            for thing in vars(import_module(name)).values():
                if (
                    isinstance(thing, type)
                    and issubclass(thing, dy.Schema)
                    and thing is not dy.Schema
                ):
                    found[thing.__name__] = thing
    return found


def test_every_schema_in_the_registers_is_found() -> None:
    registered = {schema.__name__ for schema in (*TABLES.values(), *RESULTS.values())}
    assert registered - set(_schemas()) == set()


def test_every_field_is_a_column_somewhere() -> None:
    used = {name for schema in _schemas().values() for name in schema.column_names()}
    assert set(FIELDS) - used == set()


def test_a_name_means_one_thing_everywhere() -> None:
    strays = []
    for schema_name, schema in _schemas().items():
        for name, column in schema.columns().items():
            if name not in FIELDS or (schema_name, name) in OWN_MEANING:
                continue
            field = FIELDS[name]
            if (column.dtype, column.description) != (field.dtype, field.meaning):
                strays.append((schema_name, name))
    assert strays == []


def test_an_own_meaning_is_still_one() -> None:
    schemas = _schemas()
    same = [
        (schema, name)
        for schema, name in OWN_MEANING
        if schemas[schema].columns()[name].description == FIELDS[name].meaning
    ]
    assert same == []


def test_every_column_has_a_chinese_label_and_a_unit() -> None:
    bare = [
        (schema_name, name)
        for schema_name, schema in _schemas().items()
        if schema_name in {s.__name__ for s in (*TABLES.values(), *RESULTS.values())}
        for name, column in schema.columns().items()
        if not {"unit", "zh"} <= set(column.metadata or {}) and not name.endswith("_yuan")
    ]
    assert bare == []


def test_a_column_says_its_unit_in_its_name() -> None:
    units = {"_yuan": "yuan", "_share": "1", "_yuan_per_head": "yuan per person"}
    wrong = [
        name
        for name, field in FIELDS.items()
        for suffix, unit in units.items()
        if name.endswith(suffix) and field.unit != unit
    ]
    assert wrong == []


def test_every_doubtful_reference_file_is_listed() -> None:
    columns = {path.name: _rows(path.name)[0] for path in REFERENCE.glob("*.csv")}
    doubtful = {
        name for name, row in columns.items() if {"status", "confidence", "safe"} & set(row)
    }
    assert doubtful == set(DOUBT)


@pytest.mark.parametrize("file_name", sorted(DOUBT))
def test_every_reference_row_says_how_sure_it_is(file_name: str) -> None:
    column, words = DOUBT[file_name]
    assert {row[column] for row in _rows(file_name)} - words == set()


@pytest.mark.parametrize("file_name", CODE_LISTS)
def test_a_code_is_digits_and_stands_once_a_period(file_name: str) -> None:
    rows = _rows(file_name)
    assert [row["code"] for row in rows if not re.fullmatch(r"\d{3}(\d\d)*", row["code"])] == []
    times = Counter((row["code"], row["valid_from"], row["valid_to"]) for row in rows)
    assert [key for key, count in times.items() if count > 1] == []


def _rows(file_name: str) -> list[dict[str, str]]:
    with (REFERENCE / file_name).open(encoding="utf-8", newline="") as handle:
        header, *lines = csv.reader(handle, strict=True)
    if uneven := [n for n, line in enumerate(lines, 2) if len(line) != len(header)]:
        pytest.fail(f"{file_name}: lines {uneven} have more or fewer cells than the header")
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_no_field_is_declared_by_two_topics():
    declared = [name for topic in fields._TOPICS for name in topic]
    assert {name for name in declared if declared.count(name) > 1} == set()
