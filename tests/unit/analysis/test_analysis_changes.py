from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact, facts_frame, implied, wan
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.analysis import changes, three_public
from analytics.errors import InputError
from analytics.schema.results import Changes

OF_2023 = {"fiscal_year": 2023, "document_id": "d2023"}


def one(frame: pl.DataFrame, **where: Any) -> dict[str, Any]:
    """The one row that fits."""
    Changes.validate(frame)
    rows = frame.filter(*(pl.col(name) == value for name, value in where.items()))
    assert len(rows) == 1
    return rows.row(0, named=True)


def line(amount: str, code: str, parent: str | None = "total", **columns: Any) -> dict[str, Any]:
    return fact(amount, code=code, name=f"科目{code}", parent_code=parent, **columns)


def test_printed_year_against_the_year_its_narrative_implies():
    facts = facts_frame(fact("2965.95"), implied("3826.55", "0.01", block=40, row=1, line=368))
    row = one(changes(facts))
    assert row["change_yuan"] == Decimal("-8606000.00")
    # ends: 2965.945 − 3826.56 and 2965.955 − 3826.54 万元
    assert row["change_low_yuan"] == Decimal("-8606150.0000")
    assert row["change_high_yuan"] == Decimal("-8605850.0000")
    assert row["growth_share"] == pytest.approx(-860.60 / 3826.55)
    assert round(row["growth_share"], 4) == -0.2249
    assert row["growth_low_share"] == pytest.approx(2965.945 / 3826.56 - 1)
    assert row["growth_high_share"] == pytest.approx(2965.955 / 3826.54 - 1)
    assert row["contribution_share"] == row["growth_share"]
    assert (row["status"], row["comparability"]) == ("continued", "prior_implied")
    assert (row["value_kind"], row["value_kind_prior"]) == ("printed", "implied")
    assert row["source_prior"] == (
        "budget_summary block 40 row 1 column 2 (line 368), document d2024"
    )


def test_line_without_a_prior_statement_is_unknown_and_not_new():
    row = one(changes(facts_frame(line("3.00", "201"))))
    assert (row["status"], row["comparability"]) == ("unknown", "no_prior")
    assert row["change_yuan"] is None
    assert row["growth_share"] is None


def test_line_that_last_years_printed_statement_lacks_is_new():
    others = fact("10.00", **OF_2023), line("10.00", "202", **OF_2023)
    facts = facts_frame(fact("13.00"), line("3.00", "201"), *others)
    row = one(changes(facts), code="201")
    assert (row["status"], row["comparability"]) == ("new", "comparable")
    assert row["amount_prior_yuan"] is None
    assert row["change_yuan"] == wan("3")
    assert row["growth_share"] is None
    assert row["contribution_share"] == pytest.approx(3 / 10)


def test_line_that_this_years_printed_statement_lacks_has_ended():
    before = fact("10.00", **OF_2023), line("4.00", "201", **OF_2023)
    facts = facts_frame(fact("6.00"), line("6.00", "202"), *before)
    row = one(changes(facts), code="201", fiscal_year=2024)
    assert (row["status"], row["amount_yuan"], row["change_yuan"]) == ("ended", None, wan("-4"))
    assert row["growth_share"] == -1
    assert row["contribution_share"] == pytest.approx(-4 / 10)


@pytest.mark.parametrize(
    ("prior", "current", "status", "growth"),
    [
        ("0", "3.00", "new", None),
        ("0.00", "3.00", "new", None),
        ("4.00", "0", "ended", -1.0),
        ("0", "0", "continued", None),
        ("4.00", "-1.00", "continued", None),
        ("4.00", "5.00", "continued", 0.25),
    ],
)
def test_zero_and_sign_changes_have_a_status_and_no_growth(prior, current, status, growth):
    row = one(changes(facts_frame(fact(current), fact(prior, **OF_2023))), fiscal_year=2024)
    assert (row["status"], row["growth_share"]) == (status, growth)
    assert row["change_yuan"] == wan(current) - wan(prior)


def test_statement_missing_this_year_is_no_end():
    other = {"statement": "three_public_expenses", "classification": "three_public"}
    facts = facts_frame(fact("6.00"), implied("8.00", "0.01", **other))
    row = one(changes(facts), statement="three_public_expenses")
    assert (row["status"], row["comparability"]) == ("unknown", "no_current")
    assert row["change_yuan"] is None


def test_printed_wins_over_implied_and_a_contradiction_is_said():
    printed = fact("90.00", **OF_2023)
    facts = facts_frame(fact("100.00"), printed, implied("80.00", "0.01"))
    row = one(changes(facts, year=2024))
    assert row["amount_prior_yuan"] == wan("90")
    assert (row["value_kind_prior"], row["comparability"]) == ("printed", "sources_differ")


def test_what_a_sentence_implies_has_the_scope_of_the_figure_it_is_about():
    prior = implied("80.00", "0.01", carryover_basis="only")
    row = one(changes(facts_frame(fact("100.00"), prior), year=2024))
    assert (row["change_yuan"], row["comparability"]) == (wan("20"), "prior_implied")


def test_a_prior_from_a_contradicted_level_is_disputed():
    prior = implied("90.00", "0.01", repairs="sentence_joined;level_contradicted")
    row = one(changes(facts_frame(fact("100.00"), prior), year=2024))
    assert (row["value_kind_prior"], row["comparability"]) == ("implied", "sources_differ")


def test_corrected_wins_over_printed():
    corrected = fact("95.00", value_kind="corrected", **OF_2023)
    facts = facts_frame(fact("100.00"), fact("95.00", **OF_2023), corrected)
    row = one(changes(facts, year=2024))
    assert (row["value_kind_prior"], row["comparability"]) == ("corrected", "comparable")


def test_line_is_the_same_one_under_a_new_name():
    facts = facts_frame(fact("6.00", name="支出合计"), fact("5.00", name="支出总计", **OF_2023))
    row = one(changes(facts, year=2024))
    assert (row["name"], row["change_yuan"]) == ("支出合计", wan("1"))


def test_two_names_under_one_code_of_a_document_are_two_lines():
    facts = facts_frame(
        fact("1.00", code="301", name="甲"),
        fact("2.00", code="301", name="乙"),
        fact("5.00", code="301", name="甲", **OF_2023),
        fact("7.00", code="301", name="乙", **OF_2023),
    )
    rows = changes(facts, year=2024)
    assert one(rows, name="甲")["change_yuan"] == wan("-4")
    assert one(rows, name="乙")["change_yuan"] == wan("-5")


def test_one_economic_item_against_two_government_classes_is_two_lines():
    item = {"statement": "basic_expenditure", "classification": "economic_department"}
    rows = changes(
        facts_frame(
            fact("1.00", code="30101", name="基本工资", counterpart_code="50101", **item),
            fact("2.00", code="30101", name="基本工资", counterpart_code="50501", **item),
        )
    )
    assert Changes.validate(rows)["amount_yuan"].to_list() == [wan("1"), wan("2")]


def test_project_of_the_same_name_in_two_units_is_two_lines():
    place = {"statement": "project_expenditure", "classification": "project", "code": "运行经费"}
    rows = changes(
        facts_frame(
            fact("1.00", name="运行经费", parent_code="甲站", **place),
            fact("2.00", name="运行经费", parent_code="乙站", **place),
        )
    )
    assert one(rows, parent_code="乙站")["amount_yuan"] == wan("2")


def test_different_carry_over_basis_is_not_compared():
    facts = facts_frame(fact("6.00"), fact("5.00", carryover_basis="excluded", **OF_2023))
    row = one(changes(facts, year=2024))
    assert (row["comparability"], row["change_yuan"]) == ("scope_differs", None)
    assert (row["amount_yuan"], row["amount_prior_yuan"]) == (wan("6"), wan("5"))


def test_uncertain_code_is_said():
    facts = facts_frame(
        fact("6.00", repairs="code_by_name;code_ambiguous"), fact("5.00", **OF_2023)
    )
    assert one(changes(facts, year=2024))["comparability"] == "code_uncertain"


def test_scopes_and_stages_are_never_compared_with_each_other():
    facts = facts_frame(
        fact("6.00"),
        fact("50.00", scope="department", **OF_2023),
        fact("60.00", stage="final", **OF_2023),
    )
    rows = changes(facts, year=2024, stage=None)
    assert one(rows)["status"] == "unknown"


def test_years_are_told_apart_and_another_prior_year_may_be_named():
    facts = facts_frame(
        fact("8.00"), fact("5.00", **OF_2023), fact("4.00", fiscal_year=2022, document_id="d2022")
    )
    rows = changes(facts)
    assert rows["fiscal_year"].to_list() == [2022, 2023, 2024]
    assert rows["growth_share"].to_list() == [None, 0.25, pytest.approx(0.6)]
    longer = one(changes(facts, year=2024, prior_year=2022))
    assert (longer["prior_year"], longer["growth_share"]) == (2022, 1.0)


@pytest.mark.parametrize("years", [{"prior_year": 2023}, {"year": 2023, "prior_year": 2024}])
def test_prior_year_needs_a_later_year(years):
    with pytest.raises(InputError, match="prior_year"):
        changes(facts_frame(fact("1.00")), **years)


def test_fund_line_contributes_to_the_balance_of_all_funds():
    side = {"flow": "revenue", "classification": "revenue_source"}
    source = side | {"parent_code": "current_total", "fund": "unit_funds", "code": "unit_funds"}
    whole = side | {"code": "current_total", "name": "本年收入合计"}
    facts = facts_frame(
        fact("12.00", **whole),
        fact("3.00", **source),
        fact("10.00", **whole, **OF_2023),
        fact("2.00", **source, **OF_2023),
    )
    assert one(changes(facts, year=2024), code="unit_funds")["contribution_share"] == 0.1


def public_expense(amount: str, code: str, **columns: Any) -> dict[str, Any]:
    parent = {"total": None, "vehicle_operation": "vehicle"}.get(code, "total")
    place = {
        "statement": "three_public_expenses",
        "classification": "three_public",
        "fund": "fiscal_appropriation",
        "parent_code": parent,
        "code": code,
        "name": code,
    }
    return columns.pop("of", fact)(amount, **(place | columns))


def test_three_public_expenses_by_component():
    def prior(amount: str, half: str, code: str) -> dict[str, Any]:
        return public_expense(amount, code, of=lambda text, **row: implied(text, half, **row))

    facts = facts_frame(
        fact("2965.95"),
        public_expense("3.00", "total"),
        public_expense("3.00", "reception"),
        prior("8.10", "0.01", "total"),
        prior("3.00", "0", "reception"),
        prior("5.10", "0.005", "vehicle_operation"),
        prior("0", "0", "abroad"),
    )
    rows = three_public(facts)
    assert rows["code"].to_list() == ["abroad", "reception", "total", "vehicle_operation"]
    total = one(rows, code="total")
    assert (total["change_yuan"], total["status"]) == (wan("-5.10"), "continued")
    assert total["growth_share"] == pytest.approx(-5.10 / 8.10)
    vehicles = one(rows, code="vehicle_operation")
    assert (vehicles["status"], vehicles["change_yuan"]) == ("ended", wan("-5.10"))
    assert vehicles["contribution_share"] is None  # 公务用车购置及运行费 prints nothing in 2024
    reception = one(rows, code="reception")
    assert (reception["change_yuan"], reception["contribution_share"]) == (0, 0.0)
    abroad = one(rows, code="abroad")
    assert (abroad["status"], abroad["change_yuan"]) == ("continued", 0)


AMOUNTS = st.lists(
    st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)), min_size=1, max_size=8
).filter(lambda pairs: sum(prior for prior, _ in pairs) > 0)


def statement_of(pairs: list[tuple[int, int]], scale: int = 1) -> list[dict[str, Any]]:
    """Two printed years of lines and their total, in hundredths of 万元; a 0 is left blank."""
    rows = []
    for column, year in ((0, OF_2023), (1, {})):
        cents = [pair[column] * scale for pair in pairs]
        rows += [fact(f"{Decimal(sum(cents)) / 100:.2f}", **year)]
        rows += [
            line(f"{Decimal(cent) / 100:.2f}", str(201 + number), **year)
            for number, cent in enumerate(cents)
            if cent
        ]
    return rows


@settings(max_examples=20, deadline=None)
@given(AMOUNTS)
def test_contributions_of_all_parts_add_up_to_the_growth_of_the_whole(pairs):
    rows = Changes.validate(changes(facts_frame(*statement_of(pairs)), year=2024))
    parts = rows.filter(pl.col("code") != "total")
    whole = one(rows, code="total")
    assert parts["contribution_share"].sum() == pytest.approx(whole["growth_share"], abs=1e-9)
    assert parts["change_yuan"].sum() == whole["change_yuan"]


@settings(max_examples=20, deadline=None)
@given(AMOUNTS)
def test_intervals_contain_their_points(pairs):
    rows = changes(facts_frame(*statement_of(pairs)), year=2024)
    assert rows.select(
        (
            (pl.col("change_low_yuan") <= pl.col("change_yuan"))
            & (pl.col("change_yuan") <= pl.col("change_high_yuan"))
        ).all()
    ).item()
    bounded = rows.drop_nulls(["growth_low_share", "growth_high_share"])
    assert bounded.select(
        pl.col("growth_share").is_between("growth_low_share", "growth_high_share").all()
    ).item()


@settings(max_examples=10, deadline=None)
@given(AMOUNTS, st.integers(2, 50))
def test_shares_do_not_depend_on_the_scale(pairs, scale):
    columns = ["growth_share", "contribution_share"]
    plain = changes(facts_frame(*statement_of(pairs)), year=2024).select(columns)
    scaled = changes(facts_frame(*statement_of(pairs, scale)), year=2024).select(columns)
    for column in columns:
        assert scaled[column].to_list() == pytest.approx(plain[column].to_list(), nan_ok=False)


@settings(max_examples=10, deadline=None)
@given(AMOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(pairs, random):
    rows = [*statement_of(pairs), implied("1.00", "0.01"), implied("2.00", "0.01")]
    shuffled = random.sample(rows, len(rows))
    assert changes(facts_frame(*shuffled)).equals(changes(facts_frame(*rows)))


def test_the_own_document_comes_before_what_a_later_one_restates():
    own = fact("10.0", fiscal_year=2023, document_id="z2023")
    later = fact("9.00", fiscal_year=2023, document_id="a2024", value_kind="printed")
    row = one(changes(facts_frame(own, later, fact("12.00", document_id="a2024")), year=2024))
    assert row["amount_prior_yuan"] == Decimal(100_000)
    assert row["comparability"] == "sources_differ"


def test_what_only_a_later_document_says_of_a_listed_year_is_no_figure_of_that_year():
    restated = implied("4.00", "0.01", code="202", name="科目202", parent_code="total")
    facts = facts_frame(line("3.00", "201", **OF_2023), line("5.00", "202"), restated)
    rows = changes(facts, year=2024)
    row = one(rows, code="202")
    assert (row["status"], row["comparability"]) == ("new", "sources_differ")
    assert row["amount_prior_yuan"] is None
    assert one(rows, code="201")["status"] == "ended"


def test_the_budget_column_of_final_accounts_stands_for_a_budget_that_is_not_there():
    column = fact("4.00", statement="three_public_expenses", document_id="f2024")
    final = fact("3.00", statement="three_public_expenses", stage="final", document_id="f2024")
    before = fact("5.00", statement="three_public_expenses", **OF_2023)
    row = one(changes(facts_frame(column, final, before), year=2024))
    assert (row["amount_yuan"], row["change_yuan"]) == (Decimal(40_000), Decimal(-10_000))
    assert row["comparability"] == "comparable"


def test_lines_of_a_class_are_ranked_by_the_size_of_their_change():
    of_year = [fact("9.00"), line("1.00", "201"), line("5.00", "202"), line("3.00", "203")]
    before = [
        fact("13.00", **OF_2023),
        line("4.00", "201", **OF_2023),
        line("5.00", "202", **OF_2023),
        line("0.00", "203", **OF_2023),
        line("4.00", "204", **OF_2023),
    ]
    rows = changes(facts_frame(*of_year, *before), year=2024)
    ranks = dict(rows.select("code", "change_rank").rows())
    assert ranks == {"201": 2, "202": 4, "203": 2, "204": 1, "total": None}


def test_a_statement_without_lines_of_a_level_says_nothing_of_them():
    facts = facts_frame(fact("13.00"), line("3.00", "201"), fact("10.00", **OF_2023))
    row = one(changes(facts), code="201")
    assert (row["status"], row["comparability"]) == ("unknown", "no_prior")


def test_a_column_that_the_other_year_does_not_print_says_nothing():
    of_projects = line("3.00", "201", component="project")
    facts = facts_frame(fact("13.00"), of_projects, line("9.00", "201", **OF_2023))
    row = one(changes(facts), component="project")
    assert (row["status"], row["comparability"]) == ("unknown", "no_prior")


def test_below_a_total_of_0_every_line_was_0():
    facts = facts_frame(fact("3.00"), line("3.00", "201"), fact("0.00", **OF_2023))
    row = one(changes(facts), code="201")
    assert (row["status"], row["change_yuan"]) == ("new", wan("3"))


def test_a_union_of_agencies_that_is_not_whole_is_not_compared():
    rows = facts_frame(fact("6.00"), fact("10.00", **OF_2023)).with_columns(
        is_agency_incomplete=pl.col("fiscal_year") == 2023, source=pl.lit("甲表; 乙表")
    )
    row = one(changes(rows, year=2024))
    assert (row["status"], row["comparability"]) == ("unknown", "agency_incomplete")
    assert (row["change_yuan"], row["source_prior"]) == (None, "甲表; 乙表")
