"""Rules on the days that targets and texts name, and on the texts themselves."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from check_rows import Doc, findings, outcomes

from analytics.checks.deadlines import last_day

_MARK = re.compile(r"\[([^|\]]+)\|([\d-]*)\|([\d-]*)\]")


def _texts(doc: Doc | None = None, project: str = "甲", **columns: Any) -> Doc:
    """A form with texts in which days are marked: ``[4月底|2024-04-21|2024-04-30]``."""
    doc = doc or Doc()
    plain = {
        name: _MARK.sub(r"\1", value) if isinstance(value, str) else value
        for name, value in columns.items()
    }
    doc.form(project, **plain)
    for part in ("overview", "plan"):
        text, removed = columns.get(part, ""), 0
        for number, mark in enumerate(_MARK.finditer(text)):
            spoken, first, last = mark.groups()
            position = mark.start() - removed
            removed += len(mark[0]) - len(spoken)
            doc.rows["mentions"].append(
                {
                    "mention_id": f"{doc.id}:{project}:{part}:{number}",
                    "document_id": doc.id,
                    "project": project,
                    "agency_id": "某市某局",
                    "fiscal_year": 2024,
                    "text_part": part,
                    "sentence_number": 1 + len(re.findall("[。；]", text[: mark.start()])),
                    "position": position + 1,
                    "wording": spoken,
                    "kind": "date",
                    "value_text": spoken,
                    "is_about": False,
                    "date_from": date.fromisoformat(first) if first else None,
                    "date_to": date.fromisoformat(last) if last else None,
                    "date_basis": "stated",
                    "source_block": 50,
                    "row": 1,
                    "column": 1,
                }
            )
    return doc


APRIL = "[2024年4月中旬|2024-04-11|2024-04-20]"
MARCH = "[3月上旬|2024-03-01|2024-03-10]"
BY_MARCH = "[3月底前||2024-03-31]"
BY_JUNE = "[6月底前||2024-06-30]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月底前", "2024-09-30"),
        ("12月前", "2024-11-30"),
        ("十一月底前", "2024-11-30"),
        ("2月30日前", "2024-02-29"),
        ("6月20前", "2024-06-20"),
        ("次年3月底前", "2025-03-31"),
        ("2024年6月-2025年3月", "2025-03-31"),
        ("第4季度", "2024-12-31"),
        ("上半年", "2024-06-30"),
        ("年底前", "2024-12-31"),
        ("13月底", None),
        ("30日内", None),
        ("每月", None),
    ],
)
def test_the_last_day_of_a_deadline(text: str, expected: str | None) -> None:
    frame = pl.DataFrame({"text": [text], "year": [2024]})
    found = frame.select(last_day(pl.col("text"), pl.col("year"))).item()
    assert (found and found.isoformat()) == expected


def _due(text: str, name: str = "完工时间", **form: Any) -> Doc:
    return (
        Doc().form(**form).target(name, None, value_text=text, kind="deadline", level2="时效指标")
    )


@pytest.mark.parametrize(
    "text", ["12月底前", "2024年6月-2025年3月", "2024年底前", "12月31日前", "2月前"]
)
def test_f_target_year_passes(text: str) -> None:
    assert outcomes("F-TARGET-YEAR", _due(text)) == ["pass"]


@pytest.mark.parametrize("text", ["2023年11月前", "2025年1月底前", "次年3月底前", "1月前"])
def test_f_target_year_fails(text: str) -> None:
    (row,) = findings("F-TARGET-YEAR", _due(text)).rows(named=True)
    assert (row["outcome"], row["severity"]) == ("fail", "warning")
    assert f"时限“{text}”不在2024年度内" in row["message_zh"]


def test_f_target_year_leaves_the_year_in_a_name_alone() -> None:
    assert outcomes("F-TARGET-YEAR", _due("10月底前", "2023年尾款支付时间")) == ["pass"]


def test_f_target_year_leaves_out_the_term_and_other_kinds() -> None:
    doc = Doc().form().target("竣工", None, value_text="2025年4月", kind="deadline", block="term")
    doc.target("较2023年增长", None, value_text="2023年的1.1倍", kind="text")
    assert outcomes("F-TARGET-YEAR", doc) == ["not_applicable"]


def test_f_target_past_passes() -> None:
    assert outcomes("F-TARGET-PAST", _due("2月底前", filled_on=date(2024, 2, 20))) == ["pass"]


def test_f_target_past_fails() -> None:
    assert outcomes("F-TARGET-PAST", _due("2月底前", filled_on=date(2024, 3, 1))) == ["fail"]


def test_f_target_past_leaves_other_years_to_their_own_rule() -> None:
    doc = _due("2023年11月前", filled_on=date(2024, 3, 1))
    assert outcomes("F-TARGET-PAST", doc) == ["not_applicable"]


@pytest.mark.parametrize(
    "plan",
    [
        f"{APRIL}预算下达后，进行采购，{BY_JUNE}完成招标。",
        # what is due by a day may come early
        f"{BY_JUNE}签订合同，[5月|2024-05-01|2024-05-31]开工。",
        # several contracts
        f"{APRIL}签订合同，[7月|2024-07-01|2024-07-31]签订合同，{MARCH}开工。",
        # another sentence, another contract, a supplement
        f"{APRIL}下达资金。{MARCH}启动采购程序。",
        # what may come early
        f"{APRIL}下达资金，{MARCH}公开采购意向。",
        f"{APRIL}下达资金，{MARCH}采购意向公开。",
        f"{APRIL}下达资金，{MARCH}提前开展采购。",
        f"{APRIL}启动采购程序，{MARCH}选定招标代理机构。",
        f"{APRIL}启动采购程序，{MARCH}签订框架协议。",
        "[8月|2024-08-01|2024-08-31]上年度合同到期，[5月|2024-05-01|2024-05-31]开工。",
        "[9月|2023-09-01|2023-09-30]签订补充协议，[5月|2023-05-01|2023-05-31]验收。",
    ],
)
def test_f_plan_order_passes(plan: str) -> None:
    assert "fail" not in outcomes("F-PLAN-ORDER", _texts(plan=plan))


def test_f_plan_order_passes_where_stages_follow_each_other() -> None:
    plan = f"{APRIL}下达预算，[5月|2024-05-01|2024-05-31]启动采购程序，{BY_JUNE}签订合同。"
    assert outcomes("F-PLAN-ORDER", _texts(plan=plan)) == ["pass"]


@pytest.mark.parametrize(
    "text",
    [
        f"{APRIL}下达经费，{MARCH}启动政府采购。",
        f"{APRIL}资金下达后，{BY_MARCH}完成招标。",
        "[9月|2023-09-01|2023-09-30]进场施工，[11月|2023-11-01|2023-11-30]签订合同。",
        "该项目[2023年9月份开始|2023-09-01|]，[11月|2023-11-01|2023-11-30]完成合同签订。",
        "[10月|2024-10-01|2024-10-31]竣工，[8月|2024-08-01|2024-08-31]验收。",
    ],
)
def test_f_plan_order_fails(text: str) -> None:
    for part in ("plan", "overview"):
        found = findings("F-PLAN-ORDER", _texts(**{part: text}))
        assert found.select("outcome", "severity").rows() == [("fail", "warning")]


def test_f_before_release_passes() -> None:
    doc = _texts(plan=f"{APRIL}预算下达后，{BY_JUNE}支付货款。")
    assert outcomes("F-BEFORE-RELEASE", doc) == ["pass"]


@pytest.mark.parametrize(
    "plan",
    [f"{BY_MARCH}完成征订，并支付费用。", f"{BY_MARCH}签订合同。", f"预计{BY_MARCH}付清。"],
)
def test_f_before_release_fails(plan: str) -> None:
    doc = _texts(_texts(plan=f"{APRIL}预算下达。"), "乙", plan=plan)
    found = findings("F-BEFORE-RELEASE", doc)
    assert found.select("outcome", "severity").rows() == [("fail", "note")]


@pytest.mark.parametrize(
    "plan",
    [
        f"{BY_MARCH}完成评审，费用于验收后支付。",
        f"{BY_MARCH}已支付首款。",
        f"{BY_MARCH}用结转资金支付。",
        "[2023年3月|2023-03-01|2023-03-31]支付首款。",
        "每月支付。",
    ],
)
def test_f_before_release_leaves_out_what_spends_no_money_of_the_year(plan: str) -> None:
    doc = _texts(_texts(plan=f"{APRIL}预算下达。"), "乙", plan=plan)
    assert outcomes("F-BEFORE-RELEASE", doc) == ["not_applicable"]


def test_f_before_release_needs_a_release() -> None:
    assert outcomes("F-BEFORE-RELEASE", _texts(plan=f"{BY_MARCH}付清。")) == ["not_applicable"]


@pytest.mark.parametrize("day", [date(2023, 11, 3), date(2024, 4, 20)])
def test_f_form_date_passes(day: date) -> None:
    doc = _texts(plan=f"{APRIL}预算下达后采购。", filled_on=day)
    assert outcomes("F-FORM-DATE", doc) == ["pass"]


def test_f_form_date_fails() -> None:
    doc = _texts(plan=f"{APRIL}预算下达后采购。", filled_on=date(2024, 7, 13))
    (row,) = findings("F-FORM-DATE", doc).rows(named=True)
    assert (row["outcome"], row["severity"]) == ("fail", "warning")
    assert "填报日期是2024-07-13，计划却说“2024年4月中旬预算下达后采购”" in row["message_zh"]


def test_f_form_date_leaves_out_a_release_that_is_told_as_past() -> None:
    doc = _texts(plan=f"{APRIL}预算已下达。", filled_on=date(2024, 7, 13))
    assert outcomes("F-FORM-DATE", doc) == ["not_applicable"]


_LAST = "[2023年|2023-01-01|2023-12-31]"


@pytest.mark.parametrize(
    "text",
    [
        f"{_LAST}预算为60万元。",
        f"{_LAST}计划投资60万元，已完成。",
        f"该项目已于{_LAST}完成，预计今年付款。",
        f"原计划{_LAST}完工。",
        f"支付{_LAST}将到期的合同。",
    ],
)
def test_f_stale_year_passes(text: str) -> None:
    assert outcomes("F-STALE-YEAR", _texts(plan=text)) == ["pass"]


@pytest.mark.parametrize(
    "text", [f"{_LAST}预计培训60人。", f"{_LAST}拟新建一处。", f"计划{_LAST}完工。"]
)
def test_f_stale_year_fails(text: str) -> None:
    assert outcomes("F-STALE-YEAR", _texts(plan=text)) == ["fail"]


def test_f_stale_year_leaves_out_what_an_overview_tells_of_earlier_years() -> None:
    doc = _texts(overview=f"{_LAST}预计培训60人。")
    assert outcomes("F-STALE-YEAR", doc) == ["not_applicable"]


def _both(plan: str, deadline: str, name: str) -> Doc:
    return _texts(plan=plan).target(
        name, None, value_text=deadline, kind="deadline", level2="时效指标"
    )


@pytest.mark.parametrize(
    ("plan", "deadline", "name"),
    [
        (f"{BY_JUNE}完成业务培训。", "6月底前", "培训完成时间"),
        # one of several days is enough
        (f"{BY_MARCH}完成首批培训，{BY_JUNE}完成培训。", "6月底前", "培训完成时间"),
    ],
)
def test_f_text_deadline_passes(plan: str, deadline: str, name: str) -> None:
    assert outcomes("F-TEXT-DEADLINE", _both(plan, deadline, name)) == ["pass"]


@pytest.mark.parametrize(
    ("plan", "deadline", "name"),
    [
        (f"{BY_JUNE}完成业务培训。", "6月前", "培训工作完成时间"),
        (f"巡检工作{BY_JUNE}全部完成。", "9月底前", "2024年巡检完成时间"),
    ],
)
def test_f_text_deadline_fails(plan: str, deadline: str, name: str) -> None:
    assert outcomes("F-TEXT-DEADLINE", _both(plan, deadline, name)) == ["fail"]


@pytest.mark.parametrize(
    ("plan", "deadline", "name"),
    [
        (f"{BY_MARCH}启动采购。", "6月底前", "采购完成时间"),
        (f"{BY_MARCH}编制培训方案。", "6月底前", "培训完成时间"),
        ("[2024年|2024-01-01|2024-12-31]完成培训。", "6月底前", "培训完成时间"),
        (f"{BY_MARCH}完成巡检。", "6月底前", "完成时间"),
    ],
)
def test_f_text_deadline_leaves_out_other_work(plan: str, deadline: str, name: str) -> None:
    assert outcomes("F-TEXT-DEADLINE", _both(plan, deadline, name)) == ["not_applicable"]


_WHOLE = "本项目为全县中小学配备图书和阅览桌椅，由教育股统一组织采购，覆盖乡镇学校二十所，受益学生约九千人，全年分两批配送到校并完成验收入库。"


@pytest.mark.parametrize(
    "end",
    [
        "",
        "共需70万元",
        "由财务股支付",
        "（详见附件）",
        "以上经费由县级财政统筹安排解决并按照进度拨",
    ],
)
def test_f_text_cut_passes(end: str) -> None:
    assert outcomes("F-TEXT-CUT", Doc().form(overview=_WHOLE + end)) == ["pass"]


@pytest.mark.parametrize("end", ["全", "该项目县政府承"])
def test_f_text_cut_fails(end: str) -> None:
    found = findings("F-TEXT-CUT", Doc().form(overview=_WHOLE + end))
    assert found.select("outcome", "state").rows() == [("fail", "reading_suspect")]


@pytest.mark.parametrize("text", ["接入VPN专线2条。", "采购*号文件规定的设备。", "填写登记表。"])
def test_f_residue_passes(text: str) -> None:
    assert outcomes("F-RESIDUE", Doc().form(overview=text)) == ["pass"]


@pytest.mark.parametrize(
    "text", ["保障XX局正常运转。", "20XX年完成。", "目标：____。", "（填写项目的主要内容）"]
)
def test_f_residue_fails(text: str) -> None:
    assert outcomes("F-RESIDUE", Doc().form(plan=text)) == ["fail"]


def _cost(noun: str, yuan: str = "400000", role: str = "item") -> Doc:
    doc = Doc().form("阅览室运行经费", annual_total_yuan=Decimal(1_000_000))
    for name in ("借阅证办理数量", "志愿者培训人数"):
        doc.target(name, "5", project="阅览室运行经费")
    doc.rows["mentions"].append(
        {
            "mention_id": "m",
            "document_id": doc.id,
            "project": "阅览室运行经费",
            "agency_id": "某市某局",
            "fiscal_year": 2024,
            "text_part": "overview",
            "sentence_number": 1,
            "position": 1,
            "wording": noun,
            "kind": "money",
            "value_text": "40万元",
            "amount_yuan": Decimal(yuan),
            "step_yuan": Decimal(10_000),
            "is_about": False,
            "noun": noun,
            "role": role,
            "source_block": 50,
            "row": 1,
            "column": 1,
        }
    )
    return doc


@pytest.mark.parametrize("noun", ["2.志愿者培训费…", "办理借阅证…"])
def test_f_cost_output_passes(noun: str) -> None:
    assert outcomes("F-COST-OUTPUT", _cost(noun)) == ["pass"]


@pytest.mark.parametrize("noun", ["3.支付古籍修复费…", "用于电梯更换…"])
def test_f_cost_output_fails(noun: str) -> None:
    assert outcomes("F-COST-OUTPUT", _cost(noun)) == ["fail"]


@pytest.mark.parametrize(
    ("noun", "yuan", "role"),
    [
        ("古籍修复费…", "90000", "item"),
        ("古籍修复费…", "950000", "item"),
        ("古籍修复费…", "400000", "total"),
        ("申请阅览室运行经费…", "400000", "other"),
        ("预计需…", "400000", "item"),
    ],
)
def test_f_cost_output_leaves_out_small_and_nameless_costs(noun: str, yuan: str, role: str) -> None:
    assert outcomes("F-COST-OUTPUT", _cost(noun, yuan, role)) == ["not_applicable"]


def _terms(**money: tuple[str, str]) -> Doc:
    """Projects with the money of term and year, and one quantity in both blocks."""
    doc = Doc()
    for name, (term, annual) in money.items():
        doc.form(name).table("performance_form", f"{name} term:{term} annual:{annual}")
        for block in ("term", "annual"):
            doc.target("户数", "5", block=block, project=name)
    return doc


def test_f_same_targets_folds_what_nobody_would_ask_about() -> None:
    doc = _terms(甲=("1,000", "200"), 乙=("1,000", "900"), 丙=("1,000", "950"))
    found = findings("F-SAME-TARGETS", doc)
    assert found["outcome"].to_list() == ["fail", "fail"]
    assert found["message_zh"][0].startswith("项目“甲”：")
    assert found["message_zh"][1].startswith("项目“乙”、“丙”：")
