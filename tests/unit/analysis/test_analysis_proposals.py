from __future__ import annotations

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied

from analytics.analysis import changes, comparison_coverage, propose_links
from analytics.reference.code_links import code_links
from analytics.schema.links import CodeLinks
from analytics.schema.results import ComparisonCoverage, LinkProposals

OF_2023 = {"fiscal_year": 2023, "document_id": "d2023"}
NOTHING = code_links().clear()


def line(amount: str, code: str, name: str, **columns: object) -> dict[str, object]:
    above = code[:-2] if len(code) > 3 else "total"
    return fact(amount, code=code, name=name, parent_code=above, **columns)


def proposed(*rows: dict[str, object], min_match: float = 0.0) -> pl.DataFrame:
    return LinkProposals.validate(
        propose_links(facts_frame(*rows), year=2024, links=NOTHING, min_match=min_match)
    )


def test_alike_in_name_amount_and_place_comes_first():
    table = proposed(
        line("10.00", "2010308", "信访事务", **OF_2023),
        line("10.00", "2010309", "信访工作"),
        line("2.00", "2019999", "其他一般公共服务支出"),
    )
    best, other = table.rows(named=True)
    assert (best["old_code"], best["new_code"], best["place"]) == ("2010308", "2010309", 1)
    # two of the four characters of each name are shared; same amount; same 款
    assert best["match_share"] == pytest.approx(0.4 * 0.5 + 0.3 + 0.3)
    assert (other["new_code"], other["level_likeness"]) == ("2019999", 0.5)
    assert other["amount_likeness"] == pytest.approx(0.2)


def test_what_the_agency_restates_is_believed_before_any_likeness():
    table = proposed(
        line("18.95", "2040405", "公诉", **OF_2023),
        line("11.86", "2040410", "检察监督"),
        implied("18.95", "0.01", code="2040410", name="检察监督", parent_code="20404"),
        min_match=0.9,
    )
    (row,) = table.rows(named=True)
    assert row["is_restated"]
    assert (row["match_share"], row["link_confidence"]) == (0.95, "medium")


def test_one_code_for_two_is_a_split_and_two_for_one_a_merger():
    split = proposed(
        line("10.00", "20704", "新闻出版广播影视", **OF_2023),
        line("4.00", "20706", "新闻出版电影"),
        line("6.00", "20708", "广播电视"),
    )
    assert set(split["link_kind"]) == {"split"}
    merger = proposed(
        line("4.00", "20706", "新闻出版电影", **OF_2023),
        line("6.00", "20708", "广播电视", **OF_2023),
        line("10.00", "20704", "新闻出版广播影视"),
    )
    assert set(merger["link_kind"]) == {"merged"}


def test_agencies_are_counted_once_whatever_they_print_it_in():
    table = proposed(
        *(
            line("5.00", code, "同名", agency_id=agency, statement=statement, **year)
            for agency in ("甲市某局", "乙市某局")
            for statement in ("budget_summary", "expenditure_summary")
            for code, year in (("2010101", OF_2023), ("2010102", {}))
        )
    )
    (row,) = table.rows(named=True)
    assert (row["agency_count"], row["amount_yuan"]) == (2, 100_000)


def test_what_is_accepted_links_and_is_not_proposed_again():
    rows = (line("5.00", "2010101", "同名", **OF_2023), line("5.00", "2010102", "同名"))
    accepted = CodeLinks.validate(proposed(*rows).select(NOTHING.columns))
    facts = facts_frame(*rows)
    (row,) = changes(facts, year=2024, links=accepted).rows(named=True)
    assert row["comparability"] == "codes_linked"
    assert propose_links(facts, year=2024, links=accepted).is_empty()


def test_nothing_is_proposed_where_a_year_is_not_known():
    assert proposed(line("5.00", "2010102", "同名")).is_empty()


def covered(*rows: dict[str, object], links: pl.DataFrame = NOTHING) -> dict[str, tuple]:
    table = comparison_coverage(changes(facts_frame(*rows), year=2024, links=links))
    ComparisonCoverage.validate(table)
    return {
        row["treatment"]: (int(row["amount_prior_yuan"]), int(row["amount_yuan"]))
        for row in table.iter_rows(named=True)
    }


def test_coverage_counts_the_finest_lines_once():
    assert covered(
        line("7.00", "201", "类", **OF_2023),
        line("7.00", "20101", "款", **OF_2023),
        line("4.00", "2010101", "甲", **OF_2023),
        line("3.00", "2010102", "乙", **OF_2023),
        line("9.00", "201", "类"),
        line("9.00", "20101", "款"),
        line("4.00", "2010101", "甲"),
        line("5.00", "2010103", "丙"),
    ) == {"same_code": (40_000, 40_000), "one_year": (30_000, 50_000)}


def test_coverage_counts_what_a_class_has_beside_its_lines():
    assert covered(
        line("7.00", "201", "类", **OF_2023),
        line("2.00", "20102", "款", **OF_2023),
        line("9.00", "201", "类"),
        line("4.00", "20101", "款"),
    ) == {"class_only": (50_000, 50_000), "one_year": (20_000, 40_000)}


def test_coverage_tells_linked_money_and_money_that_is_not_compared():
    link = proposed(line("5.00", "2010101", "甲", **OF_2023), line("5.00", "2010102", "甲"))
    assert covered(
        line("5.00", "2010101", "甲", **OF_2023),
        line("6.00", "2010102", "甲"),
        line("8.00", "2010102", "甲", statement="expenditure_summary"),
        links=link.select(NOTHING.columns),
    ) == {"linked": (50_000, 60_000), "not_compared": (0, 80_000)}
