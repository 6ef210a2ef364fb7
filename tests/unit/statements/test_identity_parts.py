"""A document that names no agency: by a sentence, by the files beside it, or by its reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.documents.model import Document
from analytics.documents.text import read_text_blocks
from analytics.errors import IdentityError, InputError
from analytics.schema.vocabularies import IdentityBasis, Scope, Stage
from analytics.statements.identity import identify
from analytics.statements.model import Identity
from analytics.statements.names import defined_agency, is_short_for
from analytics.statements.parts import Known, read_identities

FULL = "示例省文史馆办公厅"
TABLES = Identity(
    FULL, FULL, 2019, Stage.BUDGET, Scope.DEPARTMENT, basis=IdentityBasis.LABEL
)  # fmt: skip
HEAD = ("目 录", "第二部分 2019年度部门预算表", "第三部分 2019年度部门预算情况说明")
SENTENCE = "从预算单位构成看，纳入本部门2019年部门汇总预算编制范围的预算单位共计1家，即省文史馆办公厅本级。"


def document(*paragraphs: str) -> Document:
    blocks = read_text_blocks("\n\n".join((*HEAD, *paragraphs)))
    return Document("0" * 16, "narrative.txt", "text/plain", "text", blocks)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (SENTENCE, "省文史馆办公厅"),
        ("预算编制范围的预算单位共计3家，具体包括：示例省法院本级、甲法院、乙法院。", "示例省法院"),
        ("汇总预算编制范围的预算单位共2家，包括：示例省法院机关（本级）、甲法院。", "示例省法院机关"),
        ("纳入示例市档案馆2024年度部门决算编制范围的单位包括：序号 单位名称 备注", "示例市档案馆"),
        ("一、机构设置。示例区商务委员会部门预算是包括商务委本部以及下属1家预算单位的", "示例区商务委员会"),
        ("编制范围的单位包括：1.示例市教育局（本级）；2.示例市第一中学。", "示例市教育局"),
        ("编制范围的预算单位共2家，包括：甲学校、乙学校。", None),
        ("纳入本部门2024年度部门预算编制范围的二级预算单位共计0家。", None),
        ("本部门预算是包括本级以及下属单位的综合收支计划。", None),
    ],
)  # fmt: skip
def test_a_sentence_may_define_the_agency(text: str, agency: str | None) -> None:
    assert defined_agency(text) == agency


@pytest.mark.parametrize(
    ("short", "full", "is_short"),
    [
        ("省文史馆办公厅", FULL, True),
        ("市教育局", "示例市教育局", True),
        ("示例市委社会工作部", "中共示例市委社会工作部", True),
        ("示例市教育局（本级）", "示例市教育局", False),
        ("教育局", "示例市教育局", False),
        ("示例市第一中学", "示例市教育局", False),
    ],
)
def test_short_names(short: str, full: str, is_short: bool) -> None:
    assert is_short_for(short, full) is is_short


def test_a_sentence_alone_names_the_agency_as_it_is_printed() -> None:
    found = identify(document(SENTENCE))
    assert (found.agency_name, found.basis) == ("省文史馆办公厅", IdentityBasis.SENTENCE)
    assert (found.fiscal_year, found.stage, found.scope) == (2019, Stage.BUDGET, Scope.DEPARTMENT)


def test_a_short_name_in_a_sentence_joins_the_file_beside_it() -> None:
    found = identify(document(SENTENCE), siblings=[TABLES])
    assert (found.agency_id, found.basis) == (FULL, IdentityBasis.SIBLING)


def test_a_file_without_any_name_joins_the_one_file_that_it_speaks_of() -> None:
    found = identify(document("省文史馆办公厅是政府机构。"), siblings=[TABLES])
    assert (found.agency_id, found.basis) == (FULL, IdentityBasis.SIBLING)


@pytest.mark.parametrize(
    ("text", "sibling"),
    [
        ("市民政局是政府机构。", TABLES),  # it does not speak of the agency
        ("省文史馆办公厅是政府机构。", replace(TABLES, fiscal_year=2018)),
        ("省文史馆办公厅是政府机构。", replace(TABLES, stage=Stage.FINAL)),
        ("省文史馆办公厅是政府机构。", replace(TABLES, basis=IdentityBasis.SENTENCE)),
    ],
)
def test_a_file_without_any_name_does_not_join_what_it_does_not_agree_with(
    text: str, sibling: Identity
) -> None:
    with pytest.raises(IdentityError, match="no agency is named"):
        identify(document(text), siblings=[sibling])


def test_two_agencies_beside_it_settle_nothing() -> None:
    other = replace(TABLES, agency_id="示例省档案馆", agency_name="示例省档案馆")
    with pytest.raises(IdentityError, match="no agency is named"):
        identify(document("省文史馆办公厅是政府机构。"), siblings=[TABLES, other])
    named = identify(document(SENTENCE), siblings=[TABLES, other])
    assert named.agency_id == FULL


def test_what_is_given_goes_before_what_is_printed() -> None:
    known = Known.of(agency=FULL, year=2020, stage="final", scope="unit")
    found = identify(document(SENTENCE, "部门：示例市教育局"), known)
    assert (found.agency_id, found.fiscal_year) == (FULL, 2020)
    assert (found.stage, found.scope) == (Stage.FINAL, Scope.UNIT)
    assert found.basis is IdentityBasis.GIVEN


def test_a_table_of_identities_leaves_to_the_document_what_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "identities.csv"
    path.write_text(
        "file,agency,fiscal_year,stage,scope\na.pdf,示例市教育局,,budget,\nsub/b.pdf,,2024,,\n",
        encoding="utf-8-sig",
    )
    assert read_identities(path) == {
        "a.pdf": Known("示例市教育局", None, Stage.BUDGET, None),
        "sub/b.pdf": Known(None, 2024, None, None),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,who\na.pdf,x\n", "line 2: expected the columns file, agency"),
        ("file,agency\n,示例市教育局\n", "line 2: expected the columns"),
        ("file,stage\na.pdf,budget\nb.pdf,plan\n", "line 3: 'plan' is not a stage; known: budget"),
        ("file,fiscal_year\na.pdf,24\n", "line 2: '24' is not a fiscal year"),
    ],
)
def test_a_table_of_identities_is_refused_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "identities.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_identities(path)
