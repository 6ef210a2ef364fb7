"""Rules on the titles of statements: the year and the scope they name."""

from __future__ import annotations

import pytest
from check_rows import Doc, findings, outcomes


def _titled(title: str, agency: str = "某市某局") -> Doc:
    doc = Doc()
    doc.rows["documents"][0]["agency_name"] = agency
    doc.table("budget_summary", "total :1.00")
    doc.rows["statements"][-1]["title"] = title
    return doc


@pytest.mark.parametrize("title", ["2024年收支总表", "2024年度收支总表", "2023年决算2024年预算表"])
def test_s_title_year_passes_for_the_year_of_the_document(title: str) -> None:
    assert outcomes("S-TITLE-YEAR", _titled(title)) == ["pass"]


def test_s_title_year_fails_for_another_year() -> None:
    (answer,) = findings("S-TITLE-YEAR", _titled("2023年收支总表")).iter_rows(named=True)
    assert answer["outcome"] == "fail"
    assert answer["message_zh"] == "收支总表“2023年收支总表”：表名不是2024年。"


def test_titles_without_a_year_are_not_asked() -> None:
    assert outcomes("S-TITLE-YEAR", _titled("收支总表")) == []
    assert outcomes("S-TITLE-YEAR", _titled("2035年远景办收支总表", "2035年远景办")) == []


@pytest.mark.parametrize("title", ["2024年单位收支总表", "预算单位收支总表"])
def test_s_title_scope_passes_for_the_scope_of_the_document(title: str) -> None:
    assert outcomes("S-TITLE-SCOPE", _titled(title)) == ["pass"]


def test_s_title_scope_fails_for_the_other() -> None:
    (answer,) = findings("S-TITLE-SCOPE", _titled("2024年部门收支总表")).iter_rows(named=True)
    assert answer["outcome"] == "fail"
    assert answer["message_zh"] == "收支总表“2024年部门收支总表”：文件是单位口径，表名不是。"


@pytest.mark.parametrize(
    "title",
    ["基本支出部门预算经济分类预算表", "部门经济科目表", "单位收支总表（部门汇总）", "收支总表"],
)
def test_titles_that_name_no_scope_are_not_asked(title: str) -> None:
    assert outcomes("S-TITLE-SCOPE", _titled(title)) == []


def test_the_name_of_an_agency_is_no_scope() -> None:
    assert outcomes("S-TITLE-SCOPE", _titled("某部门联席会收支总表", "某部门联席会")) == []
