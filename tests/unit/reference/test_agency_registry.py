"""The registry of agencies: files, strict errors, contradictions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analytics import InputError, SchemaError, read_registry, write_registry
from analytics.reference.agencies import Registry, known_reorganisations
from analytics.schema.agencies import Agencies, AgencySuccessions


def agencies(*rows: dict[str, Any] | str) -> pl.DataFrame:
    """Agencies by their identifiers, or by what is said of them."""
    full = [{"agency_id": row, "agency_name": row} if isinstance(row, str) else row for row in rows]
    known = {"entry_basis": "official", "entry_confidence": "high"}
    types = Agencies.create_empty().schema
    return pl.DataFrame(
        [{"agency_name": row["agency_id"], **row, **known} for row in full], schema=types
    )


def links(*rows: tuple[int, str, str | None, str | None]) -> pl.DataFrame:
    """Successions by year, kind, old and new agency."""
    names = ("link_year", "succession_kind", "old_agency_id", "new_agency_id")
    known = {"link_basis": "official", "link_confidence": "high"}
    types = AgencySuccessions.create_empty().schema
    return pl.DataFrame([dict(zip(names, row, strict=True)) | known for row in rows], schema=types)


def test_a_registry_is_the_same_after_it_was_written(tmp_path: Path) -> None:
    one = {
        "agency_id": "乙局",
        "aliases": "甲市乙局;乙局机关",
        "region_code": "320100",
        "agency_level": "prefecture",
        "agency_kind": "government",
        "valid_from": 2019,
        "entry_source": "机构改革方案, 第3页",
    }
    unit = {"agency_id": "乙局信息中心", "department_id": "乙局"}
    dated = links((2019, "renamed", "甲局", "乙局")).with_columns(
        succession_date=pl.lit(date(2019, 2, 1))
    )
    registry = Registry(agencies(one, unit, {"agency_id": "甲局", "valid_to": 2018}), dated)
    files = write_registry(registry, tmp_path / "registry")
    assert [file.name for file in files] == ["agencies.csv", "successions.csv"]
    again = read_registry(tmp_path / "registry")
    assert again.agencies.equals(registry.agencies)
    assert again.successions.equals(registry.successions)
    assert repr(again) == "Registry: 3 agencies, 1 succession"
    assert again._repr_html_().startswith("<p>Registry: 3 agencies, 1 succession</p><div>")


def test_a_registry_without_successions_is_the_same_after_it_was_written(tmp_path: Path) -> None:
    write_registry(Registry(agencies("甲局")), tmp_path)
    assert read_registry(tmp_path).successions.is_empty()
    (tmp_path / "successions.csv").unlink()
    assert read_registry(tmp_path).agencies["agency_id"].to_list() == ["甲局"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agency_id,agency_name\n甲局,甲局\n", "lacks entry_basis, entry_confidence"),
        (
            "agency_id,agency_name,entry_basis,entry_confidence,phone\n甲局,甲局,official,high,1\n",
            "unknown columns phone",
        ),
        (
            "agency_id,agency_name,entry_basis,entry_confidence,valid_from\n"
            "甲局,甲局,official,high,\n乙局,乙局,official,high,去年\n",
            "line 3: valid_from is '去年'",
        ),
        (
            "agency_id,agency_name,entry_basis,entry_confidence\n甲局,甲局,hearsay,high\n",
            "line 2: entry_basis is 'hearsay'; known: official, inferred, assumed",
        ),
        (
            "agency_id,agency_name,entry_basis,entry_confidence\n甲局,,official,high\n",
            "line 2: agency_name is None; it may not be blank",
        ),
        (
            "agency_id,agency_name,entry_basis,entry_confidence,region_code\n甲局,甲局,official,high,3201\n",
            "region_code_has_six_digits",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_named_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "agencies.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=message):
        read_registry(tmp_path)


def test_a_missing_or_broken_file_says_what_a_registry_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"folder with agencies\.csv and successions\.csv"):
        read_registry(tmp_path)
    (tmp_path / "agencies.csv").write_bytes("agency_id,名\n甲局,x\n".encode("gb18030"))
    with pytest.raises(InputError, match="no CSV file in UTF-8"):
        read_registry(tmp_path)


@pytest.mark.parametrize(
    ("rows", "successions", "message"),
    [
        (["甲"], [(2019, "renamed", "甲", "乙")], "乙 is not among the agencies"),
        ([{"agency_id": "甲", "department_id": "丙"}], [], "department 丙 of 甲"),
        ([{"agency_id": "甲", "department_id": "甲"}], [], "甲 is its own department"),
        (["甲", {"agency_id": "乙", "aliases": "甲（本级）"}], [], "name 甲 belongs to"),
        (
            [{"agency_id": "甲", "valid_from": 2020, "valid_to": 2019}],
            [],
            "ended 2019, before 2020",
        ),
        (
            [{"agency_id": "甲", "valid_from": 2020}, "乙"],
            [(2019, "renamed", "甲", "乙")],
            "甲 is followed in 2019 but begins in 2020",
        ),
        (
            [{"agency_id": "甲", "valid_to": 2016}, "乙"],
            [(2019, "renamed", "甲", "乙")],
            "甲 is followed in 2019 but ended in 2016",
        ),
        (
            [{"agency_id": "甲", "valid_to": 2019}, "乙"],
            [(2019, "renamed", "甲", "乙")],
            "甲 leaves in 2019 but is valid to 2019",
        ),
        (
            ["甲", {"agency_id": "乙", "valid_to": 2018}],
            [(2019, "renamed", "甲", "乙")],
            "乙 follows in 2019 but ended in 2018",
        ),
        (
            ["甲", {"agency_id": "乙", "valid_from": 2015}],
            [(2019, "renamed", "甲", "乙")],
            "乙 begins in 2019 but is valid from 2015",
        ),
        (
            ["甲", "乙", "丙"],
            [(2019, "renamed", "甲", "乙"), (2021, "renamed", "甲", "丙")],
            "甲 is followed in 2021 but had left in 2019",
        ),
        (
            ["甲", "乙"],
            [(2019, "renamed", "甲", "乙"), (2019, "renamed", "乙", "甲")],
            "in 2019 agencies follow each other round a circle",
        ),
        (["甲"], [(2019, "renamed", "甲", "甲")], "only_mergers_and_splits_keep_an_agency"),
        (["甲"], [(2019, "founded", "甲", None)], "agencies_fit_the_kind"),
        (["甲", "甲"], [], "primary_key"),
    ],
)
def test_contradictions_are_refused(rows: list[Any], successions: list[Any], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        Registry(agencies(*rows), links(*successions))


def test_a_name_may_come_back_in_a_later_year() -> None:
    back = links(
        (2018, "renamed", "甲", "乙"), (2020, "renamed", "乙", "甲"), (2022, "ended", "甲", None)
    )
    assert Registry(agencies("甲", "乙"), back).successions.height == 3


def test_one_name_may_belong_to_two_agencies_one_after_the_other() -> None:
    first = {"agency_id": "文化局", "valid_to": 2018}
    second = {"agency_id": "文化局（新）", "aliases": "文化局", "valid_from": 2019}
    assert Registry(agencies(first, second)).agencies.height == 2


def test_known_reorganisations_have_names_on_the_sides_their_kind_asks_for() -> None:
    wrong = [
        known
        for known in known_reorganisations()
        if not known.new_names or (not known.old_names) != (known.kind == "founded")
    ]
    assert wrong == []
    assert {known.confidence for known in known_reorganisations()} == {"high", "medium", "low"}
