from __future__ import annotations

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied

from analytics.analysis import changes, map_agencies, published_in, witnesses
from analytics.errors import InputError
from analytics.schema.results import Witnesses

OF_2023 = {"fiscal_year": 2023, "document_id": "d2023"}
DOCUMENTS = pl.DataFrame(
    {
        "document_id": ["d2023", "d2024", "f2023"],
        "fiscal_year": [2023, 2024, 2023],
        "stage": ["budget", "budget", "final"],
    },
    schema_overrides={"fiscal_year": pl.Int16},
)


def of_2023() -> pl.DataFrame:
    """The total of 2023 as its budget prints it, as its accounts do, and as 2024 implies it."""
    return facts_frame(
        fact("10.00", **OF_2023),
        fact("10.0", fiscal_year=2023, document_id="f2023"),
        fact("9.00", fiscal_year=2023, document_id="f2023", stage="final"),
        implied("11.00", "0.01"),
        fact("12.00"),
    )


def test_all_figures_of_a_line_are_listed_in_the_order_they_are_believed():
    table = Witnesses.validate(witnesses(of_2023(), year=2023))
    assert table.select(
        "witness_rank", "document_id", "value_kind", "is_restated", "agrees"
    ).rows() == [
        (1, "d2023", "printed", False, True),
        (2, "f2023", "printed", True, True),
        (3, "d2024", "implied", True, False),
    ]


def test_what_is_listed_first_is_what_analyses_take():
    first = witnesses(of_2023()).filter(witness_rank=1)
    row = changes(of_2023(), year=2024).row(0, named=True)
    assert first["amount_yuan"].to_list() == [row["amount_prior_yuan"], row["amount_yuan"]]


def test_a_disclosure_compares_with_the_year_before_as_it_states_it():
    facts = of_2023()
    own = published_in(facts, DOCUMENTS, year=2024)
    assert set(own["document_id"]) == {"d2024"}
    (as_written,) = changes(own, year=2024).rows(named=True)
    assert (as_written["change_yuan"], as_written["comparability"]) == (10_000, "prior_implied")
    (as_printed,) = changes(facts, year=2024).rows(named=True)
    assert (as_printed["change_yuan"], as_printed["comparability"]) == (20_000, "sources_differ")


def test_a_year_without_a_disclosure_is_an_error():
    with pytest.raises(InputError, match="no final disclosure of 2024"):
        published_in(of_2023(), DOCUMENTS, year=2024, stage="final")


def agencies(*names: str) -> pl.DataFrame:
    return facts_frame(
        *(
            fact(amount, agency_id=name, document_id=f"{name}{year}", fiscal_year=year)
            for name in names
            for year, amount in ((2023, "10.00"), (2024, "12.00"))
        )
    )


def test_parts_give_what_all_rows_at_once_give(tmp_path):
    parts = [agencies("甲局", "乙局"), agencies("丙局").lazy()]
    path = tmp_path / "facts.parquet"
    agencies("丁局").write_parquet(path)
    found = map_agencies([*parts, path], changes, tmp_path / "changes").collect()
    whole = changes(agencies("甲局", "乙局", "丙局", "丁局"))
    order = ["agency_id", "fiscal_year"]
    columns = [name for name in whole.columns if not name.startswith("source")]
    assert found.sort(order).select(columns).equals(whole.sort(order).select(columns))


def test_an_agency_in_two_parts_is_an_error(tmp_path):
    with pytest.raises(InputError, match="'甲局' is in two parts"):
        map_agencies([agencies("甲局"), agencies("甲局")], changes, tmp_path / "out")


def test_results_are_not_mixed_with_earlier_ones(tmp_path):
    map_agencies([agencies("甲局")], changes, tmp_path / "out")
    with pytest.raises(InputError, match="holds results already"):
        map_agencies([agencies("甲局")], changes, tmp_path / "out")
    with pytest.raises(InputError, match="no parts"):
        map_agencies([], changes, tmp_path / "other")
