"""Whose disclosure it is: agency, year, stage, scope and unit from what is printed."""

from __future__ import annotations

import pytest

from analytics.documents.model import Document
from analytics.documents.text import read_text_blocks
from analytics.errors import IdentityError, ReadError
from analytics.schema.vocabularies import IdentityBasis, Scope, Stage
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
        "2023年度部门决算公开", IdentityBasis.LABEL,
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


B, F, D, U = Stage.BUDGET, Stage.FINAL, Scope.DEPARTMENT, Scope.UNIT
EDU = "示例市教育局"
# Heads as agencies print them; the lines of a head are parted by "|".
HEADS = [
    (f"{EDU}|2024年部门预算|2024年2月28日|目录|一、2024年收支预算总表", EDU, 2024, B, D),
    ("示例市教育|局2024年度|部门决算|2025年8月|目录|一、收入支出决算总表", EDU, 2024, F, D),
    ("中共示例市委|社会工作部2024年度|部门决算|目录", "中共示例市委社会工作部", 2024, F, D),
    (f"{EDU}（本级）2024年单位预算公开", "示例市教育局（本级）", 2024, B, U),
    (f"{EDU}本级2024年度预算", "示例市教育局本级", 2024, B, U),
    (f"关于公开{EDU}2023年度部门决算的说明", EDU, 2023, F, D),
    (f"附件1：{EDU}2023年度部门决算公开报告", EDU, 2023, F, D),
    (f"2024年度{EDU}部门预算及“三公”经费预算公开", EDU, 2024, B, D),
    (f"{EDU}部门预算|（2024年度）|目录", EDU, 2024, B, D),
    (f"{EDU}|单位决算|2022年度|第一部分 概况", EDU, 2022, F, U),
    ("二〇二四年度|示例市档案馆|单位预算公开", "示例市档案馆", 2024, B, U),
    ("二○二三年示例市档案馆部门决算", "示例市档案馆", 2023, F, D),
    ("示例市示例区2025年区级部门预算|预算主管部门：示例市示例区教育局", "示例市示例区教育局", 2025, B, D),
    ("示例市示例区2025年区级单位预算|预算单位：示例区第一小学|主管部门：示例区教育局", "示例区第一小学", 2025, B, U),
    ("2025年预算单位财务收支预算总表|编制单位：示例区教育局|单位：元", "示例区教育局", 2025, B, U),
    ("2025年部门财务收支预算总表|编制部门：示例区教育局|单位：元", "示例区教育局", 2025, B, D),
    ("收入支出决算总表|部门：示例市教育局 金额单位：万元|2024年度收入决算表", EDU, 2024, F, D),
    ("2024年收支总表|编制单位：示例市教育局 公开01表 单位：万元", EDU, 2024, B, U),
    ("２０２４年度单位预算公开|单位名称： 示例市 教育局", EDU, 2024, B, U),
    ("2024年度单位预算公开|单位名称：「示例市教育局」", "示例市教育局", 2024, B, U),
    ("2024年度單位預算公開|單位名稱：示例市檔案館", "示例市档案馆", 2024, B, U),
    ("2024年单位预算公开|单位名称:示例市教育局(本级)|单位名称：示例市教育局", "示例市教育局（本级）", 2024, B, U),
    (f"{EDU}2024年部门预算|部门：市教育局|部门：市教育局", EDU, 2024, B, D),
    (f"{EDU}2024年部门预算|2023—2025年中期财政规划和部门预算编制说明", EDU, 2024, B, D),
    (f"{EDU}2024年度部门决算|2025年8月15日|与2023年度部门决算相比增加", EDU, 2024, F, D),
    (f"首页|政务公开|发布时间：2025-09-10|{EDU}2024年度部门决算公开", EDU, 2024, F, D),
    (f"首页|上一篇：{EDU}2022年度部门决算|{EDU}2023年度部门决算|目录", EDU, 2023, F, D),
    (f"{EDU}2024年部门预算|一、2023年预算执行情况|二、2024年预算安排", EDU, 2024, B, D),
    (f"2024年收支预算总表|部门：{EDU}|2023年财政拨款支出决算表|2024年收入预算总表", EDU, 2024, B, D),
    ("示例大学2024年度部门决算|2025年8月|目录|表1：高等学校收支决算总表", "示例大学", 2024, F, D),
]  # fmt: skip


@pytest.mark.parametrize(("head", "name", "year", "stage", "scope"), HEADS)
def test_heads_as_they_are_printed(
    head: str, name: str, year: int, stage: Stage, scope: Scope
) -> None:
    found = identity_of(*head.split("|"))
    said = (found.agency_name, found.fiscal_year, found.stage, found.scope)
    assert said == (name, year, stage, scope)


def test_own_level_is_the_same_agency_in_another_scope() -> None:
    own = identity_of("2024年度单位预算公开", "单位名称：示例市教育局（本级）")
    whole = identity_of("2024年度部门预算公开", "部门：示例市教育局")
    assert own.agency_id == whole.agency_id == "示例市教育局"
    assert (own.scope, whole.scope) == (Scope.UNIT, Scope.DEPARTMENT)


def test_a_short_name_in_the_statements_is_the_full_one_of_the_title() -> None:
    found = identity_of("示例市教育局2024年部门预算", "部门：市教育局", "部门：市教育局")
    assert (found.agency_id, found.basis) == ("示例市教育局", IdentityBasis.LABEL)


def test_a_label_in_the_head_of_a_table_names_the_agency() -> None:
    found = identity_of("2024年收支预算总表", "单位名称：\t示例市教育局\t\t单位：万元\n项目\t金额")
    assert (found.agency_name, found.basis) == ("示例市教育局", IdentityBasis.LABEL)


def test_without_agency_or_year_the_error_says_that_they_can_be_given() -> None:
    with pytest.raises(IdentityError, match=r"no agency is named; .* if the agency is known"):
        identity_of("2024年收支预算总表", "单位：万元")
    with pytest.raises(IdentityError, match=r"no fiscal year is printed; .* if the year is known"):
        identity_of("收支预算总表", "部门：示例市教育局", "2024年3月1日")
