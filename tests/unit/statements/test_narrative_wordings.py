"""How other disclosures word the same things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from narrative_samples import (
    ASSETS,
    BASIC,
    BUDGET,
    FINAL,
    FISCAL,
    GENERAL,
    OPERATING,
    OVERALL,
    PROCUREMENT,
    REVENUE,
    SPENDING,
    STAFF,
    THREE,
    all_said,
    left_over,
    read,
)

from analytics.schema.vocabularies import Component, Flow, Fund, Repair, Stage
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Base


@pytest.mark.parametrize(
    ("words", "change", "growth", "base"),
    [
        ("比上年增加2.00万元，增长25%", "2.00万元", "25%", Base(2023, Stage.BUDGET)),
        ("较上年预算减少2.00万元，降低16.7%", "-2.00万元", "-16.7%", Base(2023, Stage.BUDGET)),
        ("与上年决算数相比，上升3.5%", "", "3.5%", Base(2023, Stage.FINAL)),
        ("比2022年下降了5.00%", "", "-5.00%", Base(2022, Stage.BUDGET)),
        ("较去年增长率为-5.00%", "", "-5.00%", Base(2023, Stage.BUDGET)),
        ("比上年执行数减支2万元，减幅为16%", "-2万元", "-16%", Base(2023, Stage.FINAL)),
        ("与上年相比，机关运行经费增加2万元", "2万元", "", Base(2023, Stage.BUDGET)),
        ("同比有所减少", "", "", None),
        ("与上年基本持平", "", "", None),
    ],
)
def test_changes(words: str, change: str, growth: str, base: Base | None) -> None:
    narrative = read(OPERATING, f"2024年机关运行经费财政拨款预算10.00万元，{words}。")
    assert all_said(narrative) == [("total", "10.00万元", change, growth, "")]
    assert narrative.claims[0].base == base
    assert left_over(narrative) == []


@pytest.mark.parametrize(
    "words",
    ["与上年预算数相同", "与2023年预算持平", "与上年一致", "较上年无增减变化", "同上年相等"],
)
def test_no_change(words: str) -> None:
    narrative = read(THREE, f"公务接待费3.00万元，{words}。")
    assert all_said(narrative) == [("reception", "3.00万元同", "", "", "")]
    assert narrative.claims[0].base == Base(2023, Stage.BUDGET)


def test_a_budget_of_the_same_year_is_the_base_in_final_accounts() -> None:
    text = (
        "公务接待费支出年初预算为8.00万元，支出决算为6.00万元，"
        "比年初预算减少2.00万元，比2023年度决算减少1.00万元，下降14.29%。"
    )
    narrative = read(THREE, text, FINAL)
    assert [(claim.stage, claim.base) for claim in narrative.claims] == [
        (Stage.BUDGET, None),
        (Stage.FINAL, Base(2024, Stage.BUDGET)),
        (Stage.FINAL, Base(2023, Stage.FINAL)),
    ]
    assert all_said(narrative) == [
        ("reception", "8.00万元", "", "", ""),
        ("reception", "6.00万元", "-2.00万元", "", ""),
        ("reception", "6.00万元", "-1.00万元", "-14.29%", ""),
    ]


def test_both_years_stated() -> None:
    text = "2024年机关运行经费预算50万元，上年预算40万元，增加10万元，增长25%。"
    narrative = read(OPERATING, text)
    assert [claim.fiscal_year for claim in narrative.claims] == [2024, 2023]
    assert all_said(narrative) == [
        ("total", "50万元", "10万元", "25%", ""),
        ("total", "40万元", "", "", ""),
    ]
    assert narrative.claims[0].base == Base(2023, Stage.BUDGET)


def test_both_sides_at_once() -> None:
    narrative = read(OVERALL, "收入、支出预算总计20亿元，与上年相比收、支预算总计各减少5万元。")
    assert [claim.subject.flow for claim in narrative.claims] == [Flow.REVENUE, Flow.EXPENDITURE]
    assert all_said(narrative) == [("total", "20亿元", "-5万元", "", "")] * 2
    assert len({claim.place for claim in narrative.claims}) == 2


def test_paired_values_go_one_to_each_side() -> None:
    text = "2024年收支总计各减少860.60、436.80万元，各下降22.49%、12.84%。"
    assert all_said(read(OVERALL, text)) == [
        ("total", "", "-860.60万元", "-22.49%", ""),
        ("total", "", "-436.80万元", "-12.84%", ""),
    ]


def test_the_change_behind_an_enumeration_is_of_the_whole() -> None:
    text = (
        "预算收入总计90.00万元，其中：本年收入80.00万元，上年结转10.00万元，"
        "比上年减少10.00万元，下降10%；预算支出总计90.00万元，与上年持平。"
    )
    assert all_said(read(OVERALL, text)) == [
        ("total", "90.00万元", "-10.00万元", "-10%", ""),
        ("current_total", "80.00万元", "", "", ""),
        ("carryover_start", "10.00万元", "", "", ""),
        ("total", "90.00万元同", "", "", ""),
    ]


def test_numbers_that_fit_only_one_part_belong_to_it() -> None:
    text = (
        "收入预算100万元，其中：一般公共预算收入60万元，政府性基金收入40万元，"
        "较上年减少60万元，下降60%。"
    )
    said = {row[0]: row[2:4] for row in all_said(read(OVERALL, text))}
    assert said["government_fund"] == ("-60万元", "-60%")
    assert said["total"] == ("", "")


def test_parts_with_a_comparison_each() -> None:
    text = "其中：因公出国（境）费0万元，与上年相同；公务接待费3万元，比上年减少1万元。"
    assert all_said(read(THREE, text)) == [
        ("abroad", "0万元同", "", "", ""),
        ("reception", "3万元", "-1万元", "", ""),
    ]


def test_the_subject_may_stand_in_the_sentence_before() -> None:
    text = "本年支出合计100万元。与上年相比增加20万元，增长25%。主要原因是新增项目。"
    (claim,) = read(SPENDING, text).claims
    assert claim.change is not None
    assert claim.sentence == "本年支出合计100万元。与上年相比增加20万元，增长25%。"
    assert claim.reason == "新增项目"


def test_a_change_behind_something_unknown_is_not_given_to_the_subject_before() -> None:
    text = "项目支出40万元。待分配专款5万元。与上年相比增加1万元，增长25%。"
    narrative = read(SPENDING, text)
    assert all_said(narrative) == [("total", "40万元", "", "", "")]
    assert left_over(narrative) == ["5万元", "1万元", "25%"]


def test_what_the_money_is_for_is_not_a_subject() -> None:
    text = "1.教育支出5万元，主要用于人员经费、公用经费，与上年相比增加1万元，增长25%。"
    assert all_said(read(GENERAL, text)) == [("205", "5万元", "1万元", "25%", "")]


def test_numbers_inside_a_cause_are_kept_with_the_cause() -> None:
    text = "机关运行经费预算3万元，比上年减少1万元，主要是由于公用经费减少1万元。"
    (claim,) = read(OPERATING, text).claims
    assert claim.reason == "公用经费减少1万元"
    assert left_over(read(OPERATING, text)) == []


@pytest.mark.parametrize(
    ("text", "code", "repair"),
    [
        (
            "一般公共服务支出（类）人大事务（款）行政运行（项）支出5万元",
            "2010101",
            1,
        ),
        ("住房改革支出（款）住房公积金（项）5万元", "2210201", 1),
        ("卫生健康（类）支出5万元", "210", 1),
        ("其他教育支出（2059999）5万元", "2059999", 0),
    ],
)
def test_functional_lines_by_name(text: str, code: str, repair: int) -> None:
    (claim,) = read(GENERAL, text + "。").claims
    assert claim.subject.code == code
    assert claim.repairs == (Repair.CODE_BY_NAME,) * repair


def test_a_name_that_no_code_fits_stays_without_a_code() -> None:
    (claim,) = read(GENERAL, "法院（款）无此事务（项）支出5万元。").claims
    assert claim.subject.code is None
    assert claim.repairs == (Repair.CODE_UNKNOWN,)


def test_items_take_the_group_named_above_them() -> None:
    text = (
        "（一）公共安全支出（类）\n检察（款）：2024年预算支出合计8万元。\n"
        "1.行政运行（项）支出5万元。"
    )
    assert [row[0] for row in all_said(read(GENERAL, text))] == ["20404", "2040401"]


def test_shares_name_what_they_are_taken_of() -> None:
    text = "基本支出60万元，占本年支出合计的60%；项目支出40万元，占比40.00%。"
    narrative = read(SPENDING, text)
    assert [row[4] for row in all_said(narrative)] == ["60%", "40.00%"]
    assert [claim.share_base_code for claim in narrative.claims] == ["total", "total"]
    assert [claim.subject.component for claim in narrative.claims] == [
        Component.BASIC,
        Component.PROJECT,
    ]


def test_funds_of_revenue() -> None:
    text = "财政拨款收入90万元，占90%；其他资金10万元，占10%。"
    funds = [claim.subject.fund for claim in read(REVENUE, text).claims]
    assert funds == [Fund.FISCAL_APPROPRIATION, Fund.OTHER]


def test_a_part_of_procurement_is_not_taken_for_procurement() -> None:
    text = "政府采购支出总额15万元，预留给联合体的金额12万元，占政府采购支出总额的80%。"
    narrative = read(PROCUREMENT, text)
    assert all_said(narrative) == [("total", "15万元", "", "", "")]
    assert left_over(narrative) == ["12万元", "80%"]


def test_lists_without_amounts() -> None:
    text = "人员经费80万元，主要包括：基本工资、奖金；公用经费20万元，主要包括：办公费。"
    assert [row[1] for row in all_said(read(BASIC, text))] == ["80万元", "20万元"]


def test_assets() -> None:
    text = (
        "截至2023年底，本单位共有车辆5辆，其中：一般公务用车3辆、其他用车2辆；"
        "单位价值100万元以上专用设备（不含车辆）2台（套），办公用房面积1.2万平方米。"
    )
    assert [row[:2] for row in all_said(read(ASSETS, text))] == [
        ("vehicles", "5辆"),
        ("vehicle_general", "3辆"),
        ("vehicle_other", "2辆"),
        ("equipment_1m", "2台（套）"),
        ("floor_area", "12000.0平方米"),
    ]


def test_staff_of_several_bodies() -> None:
    text = "某市文旅局核定行政编制20名，实有18名。某市图书馆核定编制9名。另有编外人员3名。"
    narrative = read(STAFF, text)
    assert [
        (claim.name, *row[:2])
        for claim, row in zip(narrative.claims, all_said(narrative), strict=True)
    ] == [
        ("某市文旅局", "posts_administrative", "20人"),
        ("某市文旅局", "staff_in_post", "18人"),
        ("某市图书馆", "posts_institution", "9人"),
        ("某市文旅局", "extra_staff", "3人"),
    ]


def test_a_count_belongs_to_the_noun_behind_it() -> None:
    narrative = read(STAFF, "本部门包括27个内设机构、1个派出机构和3个委员会。")
    assert all_said(narrative) == [
        ("internal_divisions", "27个", "", "", ""),
        ("outposts", "1个", "", "", ""),
    ]
    assert left_over(narrative) == ["3个"]


@pytest.mark.parametrize("text", ["预算1,23.00万元。", "预算较多。", "预算××万元，占××%。"])
def test_what_is_no_number_gives_no_claim(text: str) -> None:
    assert read(OPERATING, "机关运行经费" + text).claims == ()


def test_a_rate_without_its_percent_sign_is_left_unread() -> None:
    narrative = read(OPERATING, "机关运行经费预算9万元，比上年减少1万元，减少9.52，因人员减少。")
    assert all_said(narrative) == [("total", "9万元", "-1万元", "", "")]
    assert left_over(narrative) == ["9.52"]


def test_the_unit_may_be_yuan() -> None:
    (claim,) = read(OPERATING, "机关运行经费预算161,580元，比上年增加5.05万元。").claims
    assert claim.level is not None
    assert claim.change is not None
    assert claim.level.in_yuan.value == Decimal(161_580)
    assert claim.change.in_yuan.value == Decimal(50_500)


def test_the_agencys_own_name_is_no_subject() -> None:
    agency = Identity("某中心", "某市政府采购服务中心", 2024, Stage.BUDGET, BUDGET.scope)
    narrative = read(PROCUREMENT, "某市政府采购服务中心货物类预算3万元。", agency)
    assert all_said(narrative) == [("goods", "3万元", "", "", "")]


def test_totals_of_both_sides_of_the_fiscal_appropriation() -> None:
    narrative = read(
        FISCAL, "财政拨款收支总预算9万元。其中：当年拨款收入8万元，上年结转收入1万元。"
    )
    assert [(c.subject.flow, c.subject.code) for c in narrative.claims] == [
        (Flow.REVENUE, "total"),
        (Flow.EXPENDITURE, "total"),
        (Flow.REVENUE, "current_total"),
        (Flow.REVENUE, "carryover_start"),
    ]
