from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied

from analytics.analysis import changes
from analytics.errors import SchemaError
from analytics.schema.links import CodeLinks
from analytics.schema.results import Changes
from analytics.schema.tables import column_types

OF_2023 = {"fiscal_year": 2023, "document_id": "d2023"}
OF_2022 = {"fiscal_year": 2022, "document_id": "d2022"}


def links(*rows: tuple[int, str, str, str], **columns: Any) -> pl.DataFrame:
    """Links of functional codes: year, kind, old code, new code."""
    stated = [
        {
            "classification": "function",
            "link_year": year,
            "link_kind": kind,
            "old_code": old or None,
            "new_code": new or None,
            "link_basis": "inferred",
            "link_confidence": "medium",
        }
        | columns
        for year, kind, old, new in rows
    ]
    return CodeLinks.validate(pl.DataFrame(stated, schema=column_types(CodeLinks)))


def line(amount: str, code: str, parent: str | None = None, **columns: Any) -> dict[str, Any]:
    above = parent or (code[:-2] if len(code) > 3 else "total")
    return fact(amount, code=code, name=f"科目{code}", parent_code=above, **columns)


def compared(facts: pl.DataFrame, known: pl.DataFrame, *, prior: int = 2023) -> pl.DataFrame:
    """2024 against the prior year."""
    return Changes.validate(changes(facts, year=2024, prior_year=prior, links=known))


def rows_of(frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in frame.iter_rows(named=True)}


def test_a_merged_code_is_compared_with_all_it_was_merged_from():
    facts = facts_frame(
        line("3.00", "2040404", **OF_2023),
        line("4.00", "2040405", **OF_2023),
        line("10.50", "2040410"),
    )
    known = links((2024, "merged", "2040404", "2040410"), (2024, "merged", "2040405", "2040410"))
    (row,) = compared(facts, known).rows(named=True)
    assert (row["code"], row["code_prior"]) == ("2040410", "2040404+2040405")
    assert row["name_prior"] == "科目2040404、科目2040405"
    assert (row["amount_prior_yuan"], row["amount_yuan"]) == (Decimal(70_000), Decimal(105_000))
    assert row["growth_share"] == pytest.approx(0.5)
    # two printed figures of the prior year and one of the current one, each ± 50 yuan
    assert row["change_low_yuan"] == Decimal("34850.0000")
    assert row["change_high_yuan"] == Decimal("35150.0000")
    assert (row["status"], row["comparability"]) == ("continued", "codes_linked")
    assert (row["link_kinds"], row["link_basis"]) == ("merged", "inferred")
    assert row["link_confidence"] == "medium"


def test_without_links_the_codes_end_and_begin():
    facts = facts_frame(line("3.00", "2040404", **OF_2023), line("3.00", "2040410"))
    rows = rows_of(compared(facts, links()))
    assert {code: row["status"] for code, row in rows.items()} == {
        "2040404": "ended",
        "2040410": "new",
    }


def test_a_code_that_is_still_printed_did_not_move():
    facts = facts_frame(
        line("3.00", "2040404", **OF_2023), line("3.00", "2040404"), line("1.00", "2040410")
    )
    rows = rows_of(compared(facts, links((2024, "moved", "2040404", "2040410"))))
    assert (rows["2040404"]["status"], rows["2040404"]["comparability"]) == (
        "continued",
        "comparable",
    )
    assert rows["2040410"]["status"] == "new"


def test_a_code_that_was_split_is_compared_with_its_parts_while_it_goes_on():
    facts = facts_frame(
        line("10.00", "20704", **OF_2023),
        line("2.00", "20704"),
        line("5.00", "20706"),
        line("6.00", "20708"),
    )
    known = links((2024, "split", "20704", "20706"), (2024, "split", "20704", "20708"))
    (row,) = compared(facts, known).rows(named=True)
    assert (row["code"], row["code_prior"]) == ("20704+20706+20708", "20704")
    assert row["change_yuan"] == Decimal(30_000)


def test_the_classes_that_money_moved_between_are_united_too_and_nothing_is_counted_twice():
    facts = facts_frame(
        line("9.00", "201", **OF_2023),
        line("6.00", "20110", **OF_2023),
        line("4.00", "2011009", **OF_2023),
        line("2.00", "2011001", **OF_2023),
        line("3.00", "20132", **OF_2023),
        line("3.00", "2013201", **OF_2023),
        line("10.00", "201"),
        line("2.50", "20110"),
        line("2.50", "2011001"),
        line("7.50", "20132"),
        line("3.00", "2013201"),
        line("4.50", "2013204"),
    )
    table = compared(facts, links((2024, "merged", "2011009", "2013204")))
    rows = rows_of(table)
    assert set(rows) == {"201", "20110+20132", "2011001", "2013201", "2013204"}
    assert rows["20110+20132"]["parent_code"] == "201"
    assert rows["20110+20132"]["change_yuan"] == Decimal(10_000)
    assert rows["20110+20132"]["comparability"] == "codes_linked"
    below = [rows[code] for code in ("2011001", "2013201", "2013204")]
    assert {row["parent_code"] for row in below} == {"20110+20132"}
    assert sum(row["change_yuan"] for row in below) == Decimal(10_000)
    # contributions of the parts to 9.00 万元 add up to the growth of the whole
    assert sum(row["contribution_share"] for row in below) == pytest.approx(1 / 9)


def test_below_linked_classes_a_line_of_one_year_is_not_called_new():
    facts = facts_frame(
        line("4.00", "20117", **OF_2023),
        line("4.00", "2011701", **OF_2023),
        line("5.00", "20138"),
        line("5.00", "2013801"),
    )
    rows = rows_of(compared(facts, links((2024, "merged", "20117", "20138"))))
    assert rows["20138"]["comparability"] == "codes_linked"
    assert rows["20138"]["code_prior"] == "20117"
    for row in (rows["2011701"], rows["2013801"]):
        assert (row["status"], row["comparability"]) == ("unknown", "codes_moved")
        assert row["change_yuan"] is None
    assert rows["2013801"]["parent_code"] == rows["2011701"]["parent_code"] == "20138"


def test_a_reused_code_never_meets_itself():
    facts = facts_frame(
        line("4.00", "21007", **OF_2023),
        line("4.00", "2100701", **OF_2023),
        line("9.00", "21007"),
        line("9.00", "2100701"),
    )
    table = compared(facts, links((2024, "reused", "21007", "21007")))
    assert table.select("code", "code_prior", "status").rows() == [
        ("21007", None, "new"),
        ("21007", "21007", "ended"),
        ("2100701", None, "new"),
        ("2100701", "2100701", "ended"),
    ]


def test_money_of_a_reused_code_is_followed_to_its_new_code():
    facts = facts_frame(
        line("4.00", "2080201", **OF_2023),
        line("4.50", "2080209"),
        line("9.00", "2080201"),
    )
    known = links((2024, "moved", "2080201", "2080209"), (2024, "reused", "2080201", "2080201"))
    moved, begun = compared(facts, known).sort("code", descending=True).rows(named=True)
    assert (moved["code"], moved["code_prior"]) == ("2080209", "2080201")
    assert (moved["comparability"], moved["change_yuan"]) == ("codes_linked", Decimal(5_000))
    assert (begun["code"], begun["code_prior"], begun["status"]) == ("2080201", None, "new")


def test_a_redefined_code_is_compared_and_says_so():
    facts = facts_frame(line("4.00", "2080101", **OF_2023), line("5.00", "2080101"))
    (row,) = compared(
        facts, links((2024, "redefined", "2080101", "2080101"), link_confidence="high")
    ).rows(named=True)
    assert (row["comparability"], row["link_kinds"]) == ("codes_linked", "redefined")
    assert row["link_confidence"] == "high"


def test_codes_of_several_changes_are_followed_over_the_years_between():
    facts = facts_frame(line("4.00", "2010301", **OF_2022), line("5.00", "2010309"))
    known = pl.concat(
        [
            links((2023, "moved", "2010301", "2010305"), link_confidence="high"),
            links((2024, "moved", "2010305", "2010309"), link_basis="assumed"),
        ]
    )
    (row,) = compared(facts, known, prior=2022).rows(named=True)
    assert (row["code"], row["code_prior"], row["status"]) == ("2010309", "2010301", "continued")
    assert (row["link_basis"], row["link_confidence"]) == ("assumed", "medium")
    a_year_on = facts_frame(line("4.00", "2010301", **OF_2023), line("5.00", "2010309"))
    statuses = compared(a_year_on, known)["status"].to_list()
    assert statuses == ["ended", "new"], "one step alone does not link the two"


def test_links_of_other_years_change_nothing():
    facts = facts_frame(line("4.00", "2010301", **OF_2023), line("5.00", "2010305"))
    rows = rows_of(compared(facts, links((2023, "moved", "2010301", "2010305"))))
    assert {row["status"] for row in rows.values()} == {"new", "ended"}


def test_what_the_narrative_restates_is_not_added_to_what_was_printed():
    restated = {"code": "2040410", "name": "科目2040410", "parent_code": "20404"}
    known = links((2024, "moved", "2040405", "2040410"))
    printed = line("3.00", "2040405", **OF_2023)
    agree = facts_frame(printed, line("4.00", "2040410"), implied("3.00", "0.01", **restated))
    (row,) = compared(agree, known).rows(named=True)
    assert (row["amount_prior_yuan"], row["comparability"]) == (Decimal(30_000), "codes_linked")
    differ = facts_frame(printed, line("4.00", "2040410"), implied("3.50", "0.01", **restated))
    (row,) = compared(differ, known).rows(named=True)
    assert (row["amount_prior_yuan"], row["comparability"]) == (Decimal(30_000), "sources_differ")


def test_codes_of_different_levels_are_linked_at_the_upper_one():
    facts = facts_frame(
        line("4.00", "20124", **OF_2023),
        line("4.00", "2012401", **OF_2023),
        line("5.00", "20134"),
        line("5.00", "2013404"),
    )
    rows = rows_of(compared(facts, links((2024, "moved", "20124", "2013404"))))
    assert rows["20134"]["code_prior"] == "20124"
    assert rows["2013404"]["comparability"] == "codes_moved"


def test_links_must_be_whole():
    with pytest.raises(SchemaError, match="links"):
        changes(facts_frame(line("4.00", "201")), links=links().drop("link_kind"))
    bad = links().clear()
    row = links((2024, "moved", "201", "202")).with_columns(new_code=pl.lit(None, pl.String))
    with pytest.raises(SchemaError, match="codes_fit_the_kind"):
        changes(facts_frame(line("4.00", "201")), links=pl.concat([bad, row]))
