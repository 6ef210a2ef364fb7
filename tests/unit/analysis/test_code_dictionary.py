"""The dictionary of codes, and what documents print beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from analysis_rows import fact

from analytics.analysis import code_dictionary, code_names
from analytics.errors import InputError, NotFoundError
from analytics.schema.results.codes import CodeDictionary, CodeNames
from analytics.schema.tables import Facts

PRINTED = ("printed_names", "printed_agency_count", "first_printed_year", "last_printed_year")


def printed(code: str, name: str, year: int = 2024, **columns: Any) -> dict[str, Any]:
    return fact("1.00", code=code, name=name, fiscal_year=year, **columns)


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    types = Facts.create_empty().schema
    return pl.DataFrame(list(rows), schema={name: types[name] for name in rows[0]})


def _row(rows: pl.DataFrame, columns: Sequence[str], **key: Any) -> tuple[Any, ...]:
    return rows.filter(**key).select(columns).row(0)


def test_a_row_says_when_it_is_valid_and_how_sure_it_is() -> None:
    rows = code_dictionary("economic_department")
    assert rows.schema == CodeDictionary.create_empty().schema
    columns = ("name", "code_level", "parent_code", "valid_from", "valid_to", "code_status")
    assert _row(rows, columns, code="30311") == (
        "代缴社会保险费",
        "款",
        "303",
        2020,
        None,
        "1 source",
    )
    assert _row(rows, ("years_basis", "code_source"), code="30311") == (
        "doubtful",
        "economic_department.csv; seen in 2024, 2025",
    )
    assert rows["printed_names"].null_count() == rows.height


def test_only_what_is_valid_in_the_year() -> None:
    assert code_dictionary("function", 2017).filter(code="20805")["name"].to_list() == [
        "行政事业单位离退休"
    ]
    assert code_dictionary("function", 2024).filter(code="20805")["name"].to_list() == [
        "行政事业单位养老支出"
    ]
    assert code_dictionary("economic_department", 2017).is_empty()


def test_all_classifications_stand_beside_each_other() -> None:
    assert code_dictionary()["classification"].unique().sort().to_list() == [
        "economic_department",
        "economic_government",
        "function",
        "revenue_source",
    ]


def test_unknown_classifications_are_refused() -> None:
    with pytest.raises(NotFoundError, match="no classification of codes 'functions'; did you mean"):
        code_dictionary("functions")
    with pytest.raises(NotFoundError, match="no classification of codes 'project'"):
        code_names("project")
    with pytest.raises(InputError, match="facts lacks the columns"):
        code_dictionary(observed=pl.DataFrame({"code": ["201"]}))


def test_what_is_printed_stands_beside_the_period_it_is_printed_in() -> None:
    facts = frame(
        printed("20805", "行政事业单位离退休", 2018),
        printed("20805", "行政事业单位离退休", 2019, agency_id="乙市某局"),
        printed("20805", "行政事业单位养老支出", 2022),
    )
    rows = code_dictionary("function", observed=facts).filter(code="20805")
    assert rows.select("valid_to", *PRINTED, "is_name_known").rows() == [
        (2019, "行政事业单位离退休（2018–2019，2家）", 2, 2018, 2019, True),
        (None, "行政事业单位养老支出（2022，1家）", 1, 2022, 2022, True),
    ]


def test_print_never_changes_how_sure_the_reference_is() -> None:
    many = [printed("20101", "人大事务", agency_id=f"{n}市某局") for n in range(5)]
    rows = code_dictionary("function", observed=frame(*many, printed("20101", "人大 事 务", 2023)))
    columns = ("name", "code_status", "printed_agency_count", "is_name_known")
    assert _row(rows, columns, code="20101") == ("人大事务", "1 source (2009 vintage)", 6, True)
    bare = code_dictionary("function")
    same = bare.columns[: bare.columns.index("printed_names")]
    reference = rows.filter(pl.col("code_status") != "printed only").select(same)
    assert reference.equals(bare.select(same))


def test_another_name_is_told_apart_from_brackets_and_spaces() -> None:
    facts = frame(
        printed("30212", "因公出国(境)费用", classification="economic_department"),
        printed("30201", "办公用品费", classification="economic_department"),
    )
    rows = code_dictionary("economic_department", observed=facts)
    assert _row(rows, ["is_name_known"], code="30212") == (True,)
    assert _row(rows, ["is_name_known", "name"], code="30201") == (False, "办公费")


def test_a_code_that_is_not_on_record_is_printed_only() -> None:
    facts = frame(
        printed("2059876", "新设项目", 2023),
        printed("2059876", "新设专项", 2024, agency_id="乙市某局"),
    )
    rows = code_dictionary("function", observed=facts)
    columns = ("name", "code_level", "parent_code", "code_status", *PRINTED, "is_name_known")
    assert _row(rows, columns, code="2059876") == (
        "新设专项",
        "项",
        "20598",
        "printed only",
        "新设项目（2023，1家）；新设专项（2024，1家）",
        2,
        2023,
        2024,
        False,
    )


def test_a_code_that_meant_something_else_is_printed_only_as_such() -> None:
    economic = {"classification": "economic_department"}
    facts = frame(
        printed("30311", "住房公积金", 2017, **economic),
        printed("30101", "基本工资", 2017, **economic),
    )
    rows = code_dictionary("economic_department", observed=facts)
    assert rows.filter(code="30311").select("name", "code_status", "first_printed_year").rows() == [
        ("住房公积金", "printed only", 2017),
        ("代缴社会保险费", "1 source", None),
    ]
    # The same name bears witness to the code, if only for other years than are on record.
    assert rows.filter(code="30101").select("code_status", "first_printed_year").rows() == [
        ("2+ sources", 2017)
    ]


def test_only_printed_codes_are_evidence() -> None:
    facts = frame(
        printed("2059876", "按名称", repairs="sentence_joined;code_by_name"),
        printed("2059877", "推算", value_kind="implied"),
        printed("2059878", ""),
        printed("项目甲", "项目甲"),
        printed("total", "合计"),
    )
    rows = code_dictionary("function", observed=facts)
    assert rows["printed_names"].null_count() == rows.height
    assert rows.equals(code_dictionary("function"))


def test_the_government_code_beside_a_line_is_evidence_as_well() -> None:
    line = {
        "classification": "economic_department",
        "counterpart_code": "50101",
        "counterpart_name": "工资奖金津补贴",
    }
    rows = code_dictionary(
        "economic_government", observed=frame(printed("30101", "基本工资", **line))
    )
    assert _row(rows, ("name", *PRINTED), code="50101") == (
        "工资奖金津补贴",
        "工资奖金津补贴（2024，1家）",
        1,
        2024,
        2024,
    )


def test_the_names_of_a_code_over_the_years() -> None:
    facts = frame(
        printed("207", "文化体育与传媒支出", 2018),
        printed("207", "文化旅游体育与传媒支出", 2024),
        printed("207", "文化旅游和传媒支出", 2022),
    )
    rows = code_names("function", observed=facts)
    assert rows.schema == CodeNames.create_empty().schema
    columns = ("name", "valid_from", "valid_to", "is_name_known", "first_printed_year")
    assert rows.filter(code="207").select(columns).rows() == [
        ("文化体育与传媒支出", None, 2018, True, 2018),
        ("文化旅游体育与传媒支出", 2019, None, True, 2024),
        ("文化旅游和传媒支出", None, None, False, 2022),
    ]
    unprinted = code_names("function").filter(code="207")
    assert unprinted["name"].to_list() == ["文化体育与传媒支出", "文化旅游体育与传媒支出"]
