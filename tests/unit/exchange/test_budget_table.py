"""Tables of any other source: what is declared becomes documents and facts, and nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

import analytics
from analytics.errors import InputError, NotFoundError
from analytics.exchange import read_budget_table
from analytics.store import Panel, Reading

COLUMNS = {
    "agency": "单位",
    "year": "年度",
    "stage": "阶段",
    "code": "科目",
    "name": "科目名称",
    "amount": "金额",
}
LINES = """单位,年度,阶段,科目,科目名称,金额
甲市图书馆,2023,预算,合计,,"1,240.50"
甲市图书馆,2023,预算,207,文化旅游体育与传媒支出,1200
甲市图书馆,2023,预算,20701,,1200.00
甲市图书馆,2023,预算,221,住房保障支出,40.5
甲市图书馆,2024,预算,合计,,1300.00
甲市图书馆,2024,预算,207,文化旅游体育与传媒支出,1250.00
甲市图书馆,2024,预算,221,住房保障支出,50.00
甲市图书馆,2024,决算,207,文化旅游体育与传媒支出,
乙市博物馆,2024,预算,,住房保障支出,7.00
"""


def _file(folder: Path, text: str, name: str = "budgets.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _facts(readings: list[Reading]) -> pl.DataFrame:
    return pl.concat([reading.tables["facts"] for reading in readings])


def test_every_amount_becomes_a_fact_of_its_document(tmp_path: Path) -> None:
    readings = read_budget_table(_file(tmp_path, LINES), COLUMNS, unit="万元")
    assert [reading.identity for reading in readings] == [
        ("乙市博物馆", 2024, "budget", "department"),
        ("甲市图书馆", 2023, "budget", "department"),
        ("甲市图书馆", 2024, "budget", "department"),
    ]
    rows = _facts(readings).filter(agency_id="甲市图书馆", fiscal_year=2023).sort("row")
    assert rows.select(
        "row", "line", "column", "column_label", "code", "name", "amount_yuan", "amount_text"
    ).rows() == [
        (2, 2, 6, "金额", "total", "总计", Decimal("12405000.00"), "1,240.50"),
        (3, 3, 6, "金额", "207", "文化旅游体育与传媒支出", Decimal("12000000.00"), "1200"),
        (4, 4, 6, "金额", "20701", "文化和旅游", Decimal("12000000.00"), "1200.00"),
        (5, 5, 6, "金额", "221", "住房保障支出", Decimal("405000.00"), "40.5"),
    ]
    # The half steps of 1,240.50, 1200, 1200.00 and 40.5 万元.
    assert (rows["high_yuan"] - rows["amount_yuan"]).to_list() == [50, 5000, 50, 500]
    assert rows["parent_code"].to_list() == [None, "total", "207", "total"]
    assert rows["row_kind"].to_list() == ["total", "subtotal", "item", "item"]
    assert rows["repairs"].to_list() == ["label_missing", None, "label_missing", None]


def test_a_missing_code_is_found_by_its_name_and_marked(tmp_path: Path) -> None:
    (museum, *_) = read_budget_table(_file(tmp_path, LINES), COLUMNS, unit="万元")
    row = museum.tables["facts"].row(0, named=True)
    assert (row["code"], row["repairs"], row["statement"]) == (
        "221",
        "code_by_name",
        "expenditure_summary",
    )


def test_documents_account_for_every_line(tmp_path: Path) -> None:
    path = _file(tmp_path, LINES)
    readings = read_budget_table(path, COLUMNS, unit="万元")
    documents = pl.concat([reading.tables["documents"] for reading in readings])
    assert documents["fact_cell_count"].to_list() == [1, 4, 3]
    assert documents["numeric_cell_count"].to_list() == [1, 4, 3]
    assert documents["notes"].to_list() == [None, None, "lines without an amount: 1"]
    assert set(documents["file_name"]) == {"budgets.csv"}
    assert documents["document_id"].n_unique() == 3
    again = read_budget_table(path, COLUMNS, unit="万元")
    assert [r.reading_id for r in again] == [r.reading_id for r in readings]
    changed = read_budget_table(
        _file(tmp_path, LINES.replace("7.00", "7.01")), COLUMNS, unit="万元"
    )
    assert {r.document_id for r in changed} & {r.document_id for r in readings} == set()


def test_analyses_work_on_it_as_on_any_other(tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    panel.commit(read_budget_table(_file(tmp_path, LINES), COLUMNS, unit="万元"))
    changed = analytics.changes(panel.facts, year=2024).filter(agency_id="甲市图书馆")
    continued = changed.filter(status="continued")
    assert continued.select("code", "change_yuan", "status").rows() == [
        ("207", Decimal("500000.00"), "continued"),
        ("221", Decimal("95000.00"), "continued"),
        ("total", Decimal("595000.00"), "continued"),
    ]
    mix = analytics.spending_mix(panel.facts).filter(dimension="function", fiscal_year=2024)
    shares = mix.filter(agency_id="甲市图书馆").select("code", "share").rows()
    assert [(code, round(share, 4)) for code, share in sorted(shares)] == [
        ("207", 0.9615),
        ("221", 0.0385),
    ]
    analytics.check(panel)
    assert panel.findings.filter(rule="T-PARENT", outcome="fail").is_empty()


BAD = """单位,年度,阶段,科目,科目名称,金额
甲市图书馆,2024,预算,207,文化,100.00
甲市图书馆,2024,预算,208,社保,约30
甲市图书馆,,预算,210,卫生,20.00
甲市图书馆,2024,三审,221,住房,10.00
甲市图书馆,2024,预算,207,文化,90.00
,2024,预算,229,其他,1.00
甲市图书馆,2024,预算,,谜之支出,1.00
甲市图书馆,2024,预算,230,转移,0.0000001
"""
FAULTS = {
    3: "amount '约30' is not a number",
    4: "year missing",
    5: "stage '三审' is not known",
    6: "the same line as row 2",
    7: "agency missing",
    8: "code missing, and the name '谜之支出' is not in the dictionary",
    9: "amount '0.0000001' has finer than a cent",
}


def test_lines_that_cannot_be_taken_are_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_budget_table(_file(tmp_path, BAD), COLUMNS, unit="万元")
    message = str(caught.value)
    assert message.startswith("7 of 8 lines of budgets.csv cannot be taken: row 3: ")
    assert [f"row {row}: {fault}" in message for row, fault in FAULTS.items()] == [True] * 7


def test_lines_may_be_set_aside_with_the_reason_instead(tmp_path: Path) -> None:
    (reading,) = read_budget_table(_file(tmp_path, BAD), COLUMNS, unit="万元", on_error="set_aside")
    aside = reading.tables["set_aside"].sort("row")
    assert dict(aside.select("row", "reason").rows()) == FAULTS
    assert aside["cell_text"].to_list()[0] == "约30"
    document = reading.document
    assert (document["fact_cell_count"], document["set_aside_cell_count"]) == (1, 7)
    assert document["numeric_cell_count"] == 8


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"columns": {**COLUMNS, "sum": "金额"}}, "no role of a column 'sum'"),
        ({"columns": {k: v for k, v in COLUMNS.items() if k != "year"}}, "declared for year"),
        ({"columns": {**COLUMNS, "code": "编码"}}, "lacks the columns 编码"),
        ({"constants": {"stage": "budget"}}, "stage is declared twice"),
        ({"unit": "块"}, "is not a unit of money"),
        ({"step": "fine"}, "step is 'fine', not a number"),
        ({"on_error": "ignore"}, "on_error is 'ignore'"),
    ],
)
def test_wrong_declarations_say_what_is_wrong(
    change: dict[str, Any], message: str, tmp_path: Path
) -> None:
    options: dict[str, Any] = {"columns": COLUMNS, "unit": "万元", **change}
    with pytest.raises((InputError, NotFoundError), match=message):
        read_budget_table(_file(tmp_path, LINES), **options)


def test_amounts_may_stand_in_several_columns_under_a_title(tmp_path: Path) -> None:
    path = tmp_path / "years.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("支出")
    rows = [
        ["各部门支出情况", None, None, None],
        ["部门", "类", "2023年预算", "2023年决算"],
        ["甲市财政局", 201, 100.5, 98.25],
        ["甲市财政局", 208, 20, None],
    ]
    money = book.add_format({"num_format": "#,##0.00"})
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet.write(row, column, value, money if column > 1 else None)
    book.close()
    readings = read_budget_table(
        path,
        {"agency": "部门", "code": "类"},
        amounts={"2023年预算": {"stage": "budget"}, "2023年决算": {"stage": "final"}},
        constants={"year": 2023, "scope": "unit"},
        unit="万元",
    )
    assert [r.identity[2:] for r in readings] == [("budget", "unit"), ("final", "unit")]
    facts = _facts(readings).sort("column", "row")
    assert facts.select("cell", "code", "amount_text").rows() == [
        ("支出!C3", "201", "100.50"),
        ("支出!C4", "208", "20.00"),
        ("支出!D3", "201", "98.25"),
    ]


def test_a_region_tells_agencies_of_one_name_apart(tmp_path: Path) -> None:
    text = "区划,单位,科目,金额\n320100,教育局,205,1\n320500,教育局,205,2\n"
    readings = read_budget_table(
        _file(tmp_path, text),
        {"region": "区划", "agency": "单位", "code": "科目", "amount": "金额"},
        constants={"year": 2024, "stage": "final"},
        unit="元",
    )
    assert [reading.identity[0] for reading in readings] == ["南京市教育局", "苏州市教育局"]


def test_text_in_gb18030_with_other_delimiters_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(LINES.replace("1,240", "1240").replace(",", "\t").encode("gb18030"))
    readings = read_budget_table(path, COLUMNS, unit="万元")
    assert _facts(readings).height == 8
    assert {reading.document["encoding"] for reading in readings} == {"gb18030"}


def test_binary_numbers_need_a_step_and_are_exact_with_it() -> None:
    rows = pl.DataFrame(
        {"u": ["甲局"] * 2, "y": [2024] * 2, "c": [201, 208], "a": [0.1 + 0.2, 1234567.89]}
    )
    columns = {"agency": "u", "year": "y", "code": "c", "amount": "a"}
    with pytest.raises(InputError, match=r"have no printed precision; declare it: step='0\.01'"):
        read_budget_table(rows, columns, unit="万元", constants={"stage": "budget"})
    (reading,) = read_budget_table(
        rows, columns, unit="万元", constants={"stage": "budget"}, step="0.01", name="made up"
    )
    facts = reading.tables["facts"].sort("code")
    assert facts["amount_yuan"].to_list() == [Decimal("3000.00"), Decimal("12345678900.00")]
    assert set(facts["step_yuan"]) == {Decimal(100)}
    assert reading.document["file_name"] == "made up"
    with pytest.raises(InputError, match=r"row 1: amount '0\.30300000000000005' is finer than"):
        read_budget_table(
            rows.with_columns(a=pl.col("a") * 1.01),
            columns,
            unit="万元",
            constants={"stage": "budget"},
            step="0.1",
        )
