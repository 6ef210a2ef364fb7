"""Rules on what became of a budget, and on files that are published twice."""

from __future__ import annotations

from check_rows import Doc, findings, judged, outcomes


def _doc(year: int, stage: str = "budget") -> Doc:
    doc = Doc(f"{stage}-{year}", stage=stage)
    doc.identity |= {"fiscal_year": year}
    doc.rows["documents"][0] |= doc.identity
    return doc


def _expenses(spent: str) -> tuple[Doc, Doc]:
    statement = "three_public_expenses"
    final = _doc(2024, "final").table(statement, f"total :{spent}\nabroad :1.00")
    return final, _doc(2024).table(statement, "total :2.00")


def test_b_three_public_passes_within_the_budget() -> None:
    assert judged("B-THREE-PUBLIC", *_expenses("1.50")) == [("pass", "1.50万元", "2.00万元")]


def test_b_three_public_fails_beyond_it() -> None:
    assert judged("B-THREE-PUBLIC", *_expenses("2.50")) == [("fail", "2.50万元", "2.00万元")]


def test_without_the_budget_nothing_is_known() -> None:
    assert outcomes("B-THREE-PUBLIC", _expenses("2.50")[0]) == ["insufficient"]


def _projects(spent: str) -> tuple[Doc, Doc]:
    final = _doc(2024, "final").table("project_expenditure", spent)
    return final, _doc(2024).table("project_expenditure", "修缮 :1.00\n培训 :1.00")


def test_b_projects_passes_where_every_project_was_budgeted() -> None:
    assert outcomes("B-PROJECTS", *_projects("修缮 :1.00 general_public:1.00")) == ["pass"]


def test_b_projects_fails_where_one_was_not() -> None:
    found = findings("B-PROJECTS", *_projects("修缮 :1.00\n采购 :2.00"))
    assert found.filter(found["outcome"] == "fail")["message_zh"].to_list() == [
        "项目“采购”：本年预算没有这个项目。"
    ]


def test_a_budget_without_projects_says_nothing_of_them() -> None:
    final = _doc(2024, "final").table("project_expenditure", "修缮 :1.00")
    assert outcomes("B-PROJECTS", final, _doc(2024)) == []


_LINES = [f"20{number} :{number}.00" for number in range(10, 22)]


def _statements(last: str, count: int = 12) -> tuple[Doc, Doc]:
    lines = _LINES[:count]
    statement = "general_public_expenditure"
    now = _doc(2024).table(statement, "\n".join([*lines, f"299 :{last}"]))
    return now, _doc(2023).table(statement, "\n".join([*lines, "299 :5.00"]))


def test_b_copied_passes_where_one_figure_is_new() -> None:
    assert outcomes("B-COPIED", *_statements("6.00")) == ["pass"]


def test_b_copied_fails_where_every_figure_is_last_years() -> None:
    (answer,) = findings("B-COPIED", *_statements("5.00")).iter_rows(named=True)
    assert (answer["outcome"], answer["document_id"]) == ("fail", "budget-2024")
    assert answer["message_zh"] == "一般公共预算支出表：13个数字与2023年预算全部相同。"


def test_a_few_figures_may_come_back_by_chance() -> None:
    assert outcomes("B-COPIED", *_statements("5.00", count=3)) == []
