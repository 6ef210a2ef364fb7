"""Published figures by COFOG and GFSM 2014, added up by hand from the printed lines, in 万元.

Of the procuratorate the classes of the summary (204; 208 and 221) and the lines of 财政拨款基本支出
2017; of the university the lines of 支出预算表 2024; totals are those printed at the foot.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from analytics import Panel, code_dictionary, code_names, load_package, to_cofog, to_gfsm
from analytics.store import grid_by_year

FIGURES = Path(__file__).parents[2] / "data" / "figures"
PROSECUTION, UNIVERSITY = "江苏省人民检察院", "西南大学"

# year: (public order and safety, social protection, printed total)
BY_DIVISION = {
    2017: ("13656.34", "4340.34", "17996.68"),
    2018: ("16458.75", "5496.60", "21955.35"),
    2019: ("16593.12", "7576.62", "24169.74"),
}
UNIVERSITY_BY_GROUP = {
    "01.4": "1989.01",
    "09.1": "9815.55",
    "09.2": "29317.49",
    "09.4": "411746.86",
    "09.8": "1858.28",
    "10.2": "15485.07",
    "10.6": "16233.19",
    None: "109.50",
}
BASIC_2017 = {
    ("2111", "yes"): "6803.13",
    ("212", "partial"): "784.22",
    ("2121", "yes"): "75.64",
    ("22", "yes"): "2053.10",
    ("22", "partial"): "150.00",
    ("22", "no"): "394.96",
    ("27", "no"): "49.68",
    ("273", "yes"): "1996.88",
    ("2821", "partial"): "0.87",
    (None, None): "0.00",
}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    store = Panel.open(tmp_path_factory.mktemp("international") / "panel", create=True)
    store.commit(load_package(FIGURES))
    return store


def _in_wan(rows: pl.DataFrame, *keys: str) -> dict[object, Decimal]:
    summed = rows.group_by(keys).agg(pl.col("amount_yuan").sum()).rows()
    return {(k[0] if len(k) == 1 else tuple(k)): amount / 10_000 for *k, amount in summed}


@pytest.mark.parametrize("year", BY_DIVISION)
def test_functions_of_the_procuratorate(panel: Panel, year: int) -> None:
    facts = panel.scan("facts", agency=PROSECUTION)
    rows = to_cofog(facts, year=year, stage="budget")
    safety, protection, total = map(Decimal, BY_DIVISION[year])
    assert _in_wan(rows, "target_code") == {"03": safety, "10": protection, None: Decimal(0)}
    assert rows["whole_yuan"].unique().item() == total * 10_000
    assert rows["amount_yuan"].sum() == total * 10_000


def test_functions_of_the_university(panel: Panel) -> None:
    facts = panel.scan("facts", agency=UNIVERSITY)
    rows = to_cofog(facts, level="group", year=2024, stage="budget")
    wanted = {code: Decimal(amount) for code, amount in UNIVERSITY_BY_GROUP.items()}
    assert _in_wan(rows, "target_code") == wanted
    assert sum(wanted.values()) == Decimal("486554.95") == rows["whole_yuan"][0] / 10_000


def test_economic_codes_of_before_2018(panel: Panel) -> None:
    rows = to_gfsm(panel.scan("facts", agency=PROSECUTION), year=2017, stage="budget")
    wanted = {key: Decimal(amount) for key, amount in BASIC_2017.items()}
    assert _in_wan(rows, "target_code", "certainty") == wanted
    assert sum(wanted.values()) == Decimal("12308.48") == rows["whole_yuan"][0] / 10_000
    assert rows["whole_share"][0] == pytest.approx(12308.48 / 17996.68)


def test_every_agency_and_year_adds_up_to_what_is_printed(panel: Panel) -> None:
    for rows in (to_cofog(panel.facts), to_cofog(panel.facts, level="group"), to_gfsm(panel.facts)):
        sums = rows.group_by("agency_id", "fiscal_year", "stage", "scope").agg(
            pl.col("amount_yuan").sum(), pl.col("whole_yuan").first()
        )
        assert sums.height in (11, 13)
        assert sums.filter(pl.col("amount_yuan").ne_missing(pl.col("whole_yuan"))).is_empty()
        # Two documents round their lines to the hundred yuan.
        residuals = rows.filter(mapping="residual")["amount_yuan"].unique().sort().to_list()
        assert set(residuals) <= {Decimal(-100), Decimal(0), Decimal(100)}


def test_what_the_documents_print_that_no_reference_has(panel: Panel) -> None:
    codes = code_dictionary(observed=panel.facts).filter(code_status="printed only")
    assert codes.filter(classification="function").select("code", "name").rows() == [
        ("20598", "超长期特别国债安排的支出"),
        ("2059802", "高等教育"),
    ]
    names = code_names("economic_department", observed=panel.facts)
    assert names.filter(code="30311").select("name", "first_printed_year").rows() == [
        ("住房公积金", 2017),
        ("代缴社会保险费", 2024),
    ]


def test_a_narrative_published_by_itself_leaves_no_gaps(panel: Panel) -> None:
    office = panel.coverage().filter(agency_id="江苏省政协办公厅")
    assert office["presence"].value_counts().sort("presence").rows() == [
        ("empty", 1),
        ("present", 11),
    ]


def test_the_grid_has_every_year_of_an_agency(panel: Panel) -> None:
    table = grid_by_year(panel.coverage_grid()).filter(单位=PROSECUTION)
    years = [str(year) for year in BY_DIVISION]
    assert table.height == 12
    assert table.filter(报表="收支总表").select(years).row(0) == ("●", "●", "●")
