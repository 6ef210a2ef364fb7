"""What a report says of several years, of comparability and of budget against final.

The figures are the committed ones; the amounts were read from the pages of the disclosures.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics import Panel, build_overview, build_report, check, load_package
from analytics.errors import InputError, NotFoundError
from analytics.reporting.view import Section

FIGURES = Path(__file__).parents[2] / "data" / "figures"


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    stored = Panel.open(tmp_path_factory.mktemp("years") / "panel", create=True)
    stored.commit(load_package(FIGURES))
    check(stored)
    return stored


def sections(panel: Panel, **chosen: object) -> dict[str, Section]:
    return {each.key: each for each in build_report(panel, **chosen).sections}  # type: ignore[arg-type]


def cells(section: Section, table: int) -> list[list[str]]:
    return [[cell.text for cell in row] for row in section.tables[table].rows]


def test_totals_of_all_years_stand_side_by_side(panel):
    found = sections(panel, agency="江苏省人民检察院", year=2019)
    rows = {row[0]: row[1:] for row in cells(found["years"], 0)}
    assert rows["支出总表 · 总计"] == ["—", "17,996.68", "21,955.35", "24,169.74"]
    assert rows["财政拨款支出表 · 总计"] == ["16,527.33", "17,981.68", "21,940.96", "24,169.74"]
    assert len(found["years"].charts) == 1
    assert "stages" not in found


def test_what_is_compared_and_by_which_links_is_said(panel):
    found = sections(panel, agency="江苏省人民检察院", year=2019)["comparability"]
    rows = [row for row in cells(found, 1) if row[0] == "一般公共预算支出表"]
    assert [row[1:4] + row[5:6] for row in rows] == [
        ["科目合并比较", "1", "1,895.00", "1,185.60"],
        ["仅一年列示", "2", "0.00", "784.50"],
        ["编码相同", "7", "20,045.96", "22,199.64"],
    ]
    linked = [row for row in cells(found, 2) if row[0] == "一般公共预算支出表"]
    assert linked == [
        [
            "一般公共预算支出表",
            "2040405 公诉、审判、侦查、执行等检察监督支出",
            "2040410 检察监督",
            "并入",
            "据名称与金额推断",
            "中",
            "科目调整后合并比较",
        ]
    ]


def test_why_two_published_figures_differ_is_told_by_cause(panel):
    """2018: 150.00 under the code the year before, 480.00, 100.00 and 1,299.00 under three others."""
    found = sections(panel, agency="江苏省人民检察院", year=2018)["comparability"]
    rows = {row[0]: row[1:] for row in cells(found, 0)}
    name = "一般公共预算支出表 · 公诉、审判、侦查、执行等检察监督支出"
    assert rows[name] == [
        "150.00",
        "—",
        "+1,879.00",
        "−134.00",
        "1,895.00",
        "−6.60%",
        "上年列于2040404、2040406、2040499（并入，据名称与金额推断，把握中）",
    ]
    # 15.00 and 14.39 beside the general public budget
    assert rows["支出总表 · 总计"][:5] == ["17,996.68", "−0.61", "—", "+3,959.28", "21,955.35"]


def test_budget_and_final_stand_side_by_side(panel):
    found = sections(panel, agency="西南大学", year=2024, stage="final")
    rows = {row[0]: row[1:] for row in cells(found["stages"], 0)}
    assert rows["支出总表 · 总计"] == [
        "486,554.95",
        "—",
        "481,483.46",
        "−5,071.49",
        "−1.04%",
        "可比",
    ]
    assert "years" not in found


def test_a_single_disclosure_has_no_section_over_years(example_panel):
    found = sections(example_panel)
    assert not {"years", "stages"} & set(found)


def test_agencies_of_a_year_are_listed_by_size_and_lead_to_their_reports(panel, tmp_path):
    overview = build_overview(panel, year=2018)
    rows = [[cell.text for cell in row] for row in overview.section.tables[0].rows]
    assert [row[:6] for row in rows] == [
        ["江苏省高级人民法院", "部门", "33,172.15", "28,849.38", "+4,322.77", "+14.98%"],
        ["江苏省人民检察院", "部门", "21,955.35", "17,996.68", "+3,958.67", "+22.00%"],
    ]
    page, *reports = overview.save(tmp_path)
    assert page.name == "overview-2018-budget.html"
    assert [path.suffix for path in reports] == [".html", ".xlsx"] * 2
    assert overview.html == build_overview(panel, year=2018).html


def test_department_and_unit_are_rows_of_their_own(panel):
    rows = build_overview(panel, year=2025).rows
    of_one = rows.filter(agency_id="上海市普陀区商务委员会").select("scope", "amount_yuan")
    assert sorted(of_one["scope"]) == ["department", "unit"]
    assert of_one["amount_yuan"].n_unique() == 1


def test_what_is_not_in_the_panel_is_named(panel, tmp_path):
    with pytest.raises(NotFoundError, match="no year '2031'"):
        build_overview(panel, year=2031)
    with pytest.raises(InputError, match="no budget disclosure"):
        build_overview(Panel.open(tmp_path / "empty", create=True))
