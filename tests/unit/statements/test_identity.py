"""Whose disclosure it is: agency, year, stage, scope and unit from what is printed."""

from __future__ import annotations

import pytest

from analytics.documents.model import Document
from analytics.documents.text import read_text_blocks
from analytics.errors import ReadError
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.identity import identify, printed_unit
from analytics.statements.model import Identity


def identity_of(*paragraphs: str) -> Identity:
    blocks = read_text_blocks("\n\n".join(paragraphs))
    return identify(Document("0" * 16, "disclosure.txt", "text/plain", "text", blocks))


def test_title_page_and_statements_agree() -> None:
    identity = identity_of(
        "示例市教育局",
        "2023年度部门决算公开",
        "2023年收入支出决算总表",
        "编制单位：示例市教育局",
        "金额单位：元",
    )
    assert identity == Identity(
        "示例市教育局", "示例市教育局", 2023, Stage.FINAL, Scope.DEPARTMENT, "元",
        "2023年度部门决算公开",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "stage", "scope"),
    [
        ("2024年度单位预算公开", Stage.BUDGET, Scope.UNIT),
        ("2024年部门预算公开", Stage.BUDGET, Scope.DEPARTMENT),
        ("2024年度示例市教育局单位决算公开", Stage.FINAL, Scope.UNIT),
        ("2024 年度部门决算信息公开", Stage.FINAL, Scope.DEPARTMENT),
    ],
)
def test_stage_and_scope_come_from_the_title(title: str, stage: Stage, scope: Scope) -> None:
    identity = identity_of(title, "单位名称：示例市教育局")
    assert (identity.fiscal_year, identity.stage, identity.scope) == (2024, stage, scope)


def test_titles_of_statements_serve_where_the_document_has_none() -> None:
    identity = identity_of(
        "2025年预算收支总表", "单位名称：示例市教育局", "2025年预算收入总表", "比2024年增加"
    )
    assert (identity.fiscal_year, identity.title) == (2025, None)


def test_agency_is_the_line_before_the_title_where_no_statement_names_it() -> None:
    assert identity_of("示例市教育局", "2024年度单位预算公开").agency_name == "示例市教育局"


@pytest.mark.parametrize("variant", ["示例市教肓局", "示例市 教育局", "示例市教育局（本级）"])
def test_small_differences_in_print_are_one_agency(variant: str) -> None:
    names = [f"单位名称：{name}" for name in ("示例市教育局", variant, "示例市教育局")]
    assert identity_of("2024年度单位预算公开", *names).agency_name == "示例市教育局"


def test_two_agencies_are_an_error_that_names_both() -> None:
    with pytest.raises(ReadError, match=r"2 agencies: 示例市教育局 .*; 示例市档案馆 .*lines 5"):
        identity_of("2024年度单位预算公开", "单位名称：示例市教育局", "单位名称：示例市档案馆")


def test_units_that_differ_leave_the_unit_open() -> None:
    identity = identity_of(
        "2024年度单位预算公开", "单位名称：示例市教育局", "单位：万元", "金额单位：元"
    )
    assert identity.unit_text is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位： 元", "元"),
        ("單位：萬元", "万元"),
        ("单位:人民币千元", "千元"),
        ("（亿元）", "亿元"),
        ("项目资金(元)", "元"),
        ("单位名称：某局", None),
        ("单位：个", None),
        ("多元化", None),
    ],
)
def test_printed_unit(text: str, unit: str | None) -> None:
    assert printed_unit(text) == unit
