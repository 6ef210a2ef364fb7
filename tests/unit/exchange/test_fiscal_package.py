"""The Fiscal Data Package: valid under frictionless, in the terms of the standard, and read back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import polars as pl
import pytest

from analytics.errors import InputError
from analytics.exchange import export_panel, load_package, read_budget_table
from analytics.store import Panel

LICENSE = {"name": "CC0-1.0", "title": "CC0 1.0", "path": "https://example.org/cc0"}


@pytest.fixture(scope="module")
def package(example_panel: Panel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    export_panel(
        example_panel,
        folder,
        format="fiscal-data-package",
        title="甲市",
        licenses=[LICENSE],
        sources=[{"title": "单位网站"}],
    )
    return folder


def _faults(path: Path) -> list[tuple[str, str]]:
    report = frictionless.validate(str(path))
    return [tuple(fault) for fault in report.flatten(["type", "note"])]


def test_the_package_is_valid(package: Path) -> None:
    assert _faults(package / "datapackage.json") == []


def test_a_package_of_real_figures_is_valid(tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    panel.commit(load_package(Path(__file__).parents[3] / "data" / "figures"))
    export_panel(panel, tmp_path / "package", format="fiscal-data-package")
    assert _faults(tmp_path / "package" / "datapackage.json") == []
    back = Panel.open(tmp_path / "back", create=True)
    back.commit(load_package(tmp_path / "package"))
    assert back.facts.equals(panel.facts)


def test_the_validator_would_find_a_row_that_points_nowhere(package: Path, tmp_path: Path) -> None:
    for path in package.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    claims = pl.read_csv(tmp_path / "claims.csv", infer_schema=False)
    claims.with_columns(document_id=pl.lit("elsewhere")).write_csv(tmp_path / "claims.csv")
    assert "foreign-key" in {kind for kind, _ in _faults(tmp_path / "datapackage.json")}


def test_every_column_says_what_it_is(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["title"], descriptor["licenses"]) == ("甲市", [LICENSE])
    resources = {one["name"]: one for one in descriptor["resources"]}
    schema = resources["facts-function"]["schema"]
    types = {f["name"]: f["columnType"] for f in schema["fields"] if "columnType" in f}
    assert types == {
        "agency_id": "administrative-classification:generic:code",
        "fiscal_year": "date:fiscal-year",
        "stage": "phase:id",
        "flow": "direction",
        "code": "functional-classification:generic:code",
        "name": "functional-classification:generic:label",
        "fund": "fin-source:generic:code",
        "amount_yuan": "value",
    }
    assert schema["primaryKey"] == ["document_id", "block", "row", "column"]
    assert {key["reference"]["resource"] for key in schema["foreignKeys"]} == {
        "documents",
        "claims",
    }
    amount = next(f for f in schema["fields"] if f["name"] == "amount_yuan")
    assert (amount["type"], amount["unit"], amount["title"]) == ("number", "yuan", "金额（元）")
    economic = resources["facts-economic_department"]["schema"]["fields"]
    code = next(f["columnType"] for f in economic if f["name"] == "code")
    assert code == "economic-classification:generic:code"


def test_a_file_that_was_changed_is_refused(package: Path, tmp_path: Path) -> None:
    for path in package.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "claims.csv").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(InputError, match=r"claims\.csv is not the file that .* describes"):
        load_package(tmp_path)


def _foreign(folder: Path, fields: list[dict[str, Any]], text: str, **more: Any) -> Path:
    (folder / "budget.csv").write_text(text, encoding="utf-8")
    resources = [{"name": "budget", "path": "budget.csv", "schema": {"fields": fields, **more}}]
    descriptor = {"name": "other", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder / "datapackage.json"


def test_a_package_of_another_source_is_read_by_its_column_types(tmp_path: Path) -> None:
    path = _foreign(
        tmp_path,
        [
            {"name": "who", "columnType": "administrative-classification:generic:label"},
            {"name": "line", "columnType": "functional-classification:generic:code"},
            {"name": "what", "columnType": "functional-classification:generic:label"},
            {"name": "plan", "type": "number", "normalize": {"phase": "approved"}},
            {"name": "spent", "type": "number", "normalize": {"phase": "executed"}},
        ],
        "who,line,what,plan,spent\n甲市图书馆,207,文化,350.00,348.20\n",
        extraFields=[
            {"name": "phase", "columnType": "phase:id"},
            {"name": "year", "columnType": "date:fiscal-year", "constant": 2024},
            {"name": "money", "columnType": "value-currency:code", "constant": "CNY"},
            {"name": "amount", "columnType": "value", "normalizationTarget": True},
        ],
    )
    readings = read_budget_table(path, unit="万元")
    assert [r.identity for r in readings] == [
        ("甲市图书馆", 2024, "budget", "department"),
        ("甲市图书馆", 2024, "final", "department"),
    ]
    amounts = [r.tables["facts"]["amount_yuan"].item() for r in readings]
    assert amounts == [Decimal("3500000.00"), Decimal("3482000.00")]


def test_tables_that_are_pointed_at_are_joined_and_other_money_is_refused(tmp_path: Path) -> None:
    fields = [
        {"name": "buyer"},
        {"name": "year", "columnType": "date:fiscal-year"},
        {"name": "code", "columnType": "functional-classification:generic:code"},
        {"name": "amount", "columnType": "value", "decimalChar": ","},
    ]
    key = {"fields": "buyer", "reference": {"resource": "buyers", "fields": "id"}}
    text = 'buyer,year,code,amount\nb1,2024,207,"1.350,50"\n'
    path = _foreign(tmp_path, fields, text, foreignKeys=[key])
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    names = [
        {"name": "id"},
        {"name": "label", "columnType": "administrative-classification:generic:label"},
    ]
    descriptor["resources"].append(
        {"name": "buyers", "path": "buyers.csv", "schema": {"fields": names}}
    )
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "buyers.csv").write_text("id,label\nb1,甲市图书馆\n", encoding="utf-8")
    constants: dict[str, Any] = {"stage": "final"}
    (reading,) = read_budget_table(path, unit="元", constants=constants)
    assert reading.identity[0] == "甲市图书馆"
    assert reading.tables["facts"]["amount_yuan"].item() == Decimal("1350.50")
    with pytest.raises(InputError, match="currency 'EUR' is not known"):
        read_budget_table(path, unit="元", constants={**constants, "currency": "EUR"})


def test_a_package_of_ours_is_not_read_as_one_of_another_source(package: Path) -> None:
    with pytest.raises(InputError, match="was written by export_panel; read it with load_package"):
        read_budget_table(package, unit="元")


@pytest.mark.parametrize(
    ("path", "message"),
    [("../budget.csv", "not a file below its package"), ("none.csv", "cannot be read")],
)
def test_files_outside_the_package_are_refused(path: str, message: str, tmp_path: Path) -> None:
    fields = [{"name": "amount", "columnType": "value"}]
    place = _foreign(tmp_path, fields, "amount\n1\n")
    text = place.read_text(encoding="utf-8").replace('"budget.csv"', f'"{path}"')
    place.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_budget_table(place, unit="元")
