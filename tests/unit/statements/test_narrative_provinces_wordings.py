"""How other provinces, and final accounts, word what they state."""

from __future__ import annotations

import pytest
from narrative_samples import (
    ASSETS,
    BASIC,
    BUDGET,
    FINAL,
    GENERAL,
    OPERATING,
    OVERALL,
    PERFORMANCE,
    PROCUREMENT,
    REVENUE,
    SPENDING,
    STAFF,
    THREE,
    all_said,
    left_over,
    read,
)

from analytics.documents.text import read_text_blocks
from analytics.schema.vocabularies import Component, Fund, Repair, Stage, Statement
from analytics.statements.narrative import read_claims
from analytics.statements.narrative.model import Base, Claim, Narrative

FISCAL_SPENDING = "五、财政拨款支出预算情况说明"
COMPILATION = "2024年部门预算编制说明"
PROVINCES_TABLE = """
2040499\t其他检察支出\t3.00
2040402\t一般行政管理事务\t4.00
2080506\t机关事业单位职业年金缴费支出\t5.00
"""


def _executed(claim: Claim) -> str:
    return f"{claim.execution.number.value}%" if claim.execution else ""


def _bases(narrative: Narrative) -> list[Base | None]:
    return [claim.base for claim in narrative.claims]


# --- what is compared with ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("比上年执行数增加2万元", Base(2023, Stage.FINAL)),
        ("比2023年预算执行数增加2万元", Base(2023, Stage.FINAL)),
        ("比上年决算数增加2万元", Base(2023, Stage.FINAL)),
        ("比上年调整预算增加2万元", Base(2023, Stage.ADJUSTED_BUDGET)),
        ("比上年年初预算增加2万元", Base(2023, Stage.BUDGET)),
        ("同比增加2万元", Base(2023, Stage.BUDGET)),
        ("比前年增加2万元", Base(2022, Stage.BUDGET)),
        ("比上年同口径增加2万元", Base(2023, None)),
        ("按可比口径增加2万元", Base(2023, None)),
        ("按与上年统计口径一致相比，本年比上年增加2万元", Base(2023, None)),
    ],
)
def test_bases(words: str, base: Base) -> None:
    narrative = read(OPERATING, f"机关运行经费预算10万元，{words}。")
    assert all_said(narrative) == [("total", "10万元", "2万元", "", "")]
    assert _bases(narrative) == [base]


def test_two_bases_make_two_claims() -> None:
    text = "机关运行经费预算10万元，比上年预算增加2万元，增长25%，比上年执行数减少1万元。"
    narrative = read(OPERATING, text)
    assert all_said(narrative) == [
        ("total", "10万元", "2万元", "25%", ""),
        ("total", "10万元", "-1万元", "", ""),
    ]
    assert _bases(narrative) == [Base(2023, Stage.BUDGET), Base(2023, Stage.FINAL)]


def test_the_same_as_one_base_and_a_change_from_another() -> None:
    text = "公务接待费年初预算3万元，支出决算3万元，与年初预算持平，比2023年决算减少1万元。"
    narrative = read(THREE, text, FINAL)
    assert all_said(narrative)[1:] == [
        ("reception", "3万元同", "", "", ""),
        ("reception", "3万元", "-1万元", "", ""),
    ]
    assert _bases(narrative)[1:] == [Base(2024, Stage.BUDGET), Base(2023, Stage.FINAL)]


@pytest.mark.parametrize(
    ("words", "change"),
    [("小于上年预算数2万元", "-2万元"), ("大于上年预算数2万元", "2万元")],
)
def test_smaller_and_larger_say_the_direction(words: str, change: str) -> None:
    narrative = read(THREE, f"公务接待费预算支出3万元，本年数{words}，主要是节约。")
    assert all_said(narrative) == [("reception", "3万元", change, "", "")]
    assert narrative.claims[0].base == Base(2023, Stage.BUDGET)
    assert narrative.claims[0].reason == "节约"


def test_equal_to_last_year_is_no_change() -> None:
    (claim,) = read(THREE, "会议费预算支出3万元，本年数等于上年预算数。").claims
    assert (claim.is_unchanged, claim.base) == (True, Base(2023, Stage.BUDGET))


def test_a_cause_may_say_what_the_level_is_smaller_than() -> None:
    (claim,) = read(THREE, "公务接待费3万元，本年数小于上年预算数的主要原因是节约。").claims
    assert (claim.base, claim.reason) == (Base(2023, Stage.BUDGET), "节约")
    assert (claim.change, claim.is_unchanged) == (None, False)


def test_a_cause_apart_is_of_what_moved_that_way() -> None:
    text = (
        "收入预算9万元，比上年增加1万元。支出预算9万元，比上年减少1万元。"
        "国有资本经营预算支出预算0万元，与上年持平。\n支出减少的主要原因是：节约。"
    )
    reasons = [claim.reason for claim in read(OVERALL, text).claims]
    assert reasons == [None, "节约", None]


@pytest.mark.parametrize("words", ["相差2万元", "大2万元", "是上年的2倍", "减少到8万元"])
def test_a_difference_without_direction_is_left_unread(words: str) -> None:
    narrative = read(OPERATING, f"机关运行经费预算10万元，与上年{words}。")
    assert all_said(narrative) == [("total", "10万元", "", "", "")]
    assert len(left_over(narrative)) == 1


def test_growth_by_a_multiple() -> None:
    text = "机关运行经费预算34万元，比上年增加32万元（上年仅安排机关运行经费2万元），增长16倍。"
    now, before = read(OPERATING, text).claims
    assert now.growth is not None
    assert now.growth.as_share.value == 16
    assert (before.fiscal_year, before.level and before.level.number.text) == (2023, "2")


def test_a_restated_growth_is_another_claim() -> None:
    narrative = read(OVERALL, "收入总计1.2亿元，同比增长20%，按可比口径增长5%。")
    assert [(row[1], row[3]) for row in all_said(narrative)] == [("1.2亿元", "20%"), ("", "5%")]
    assert _bases(narrative) == [Base(2023, Stage.BUDGET), Base(2023, None)]


def test_parts_keep_the_base_of_the_sentence_before() -> None:
    text = (
        "收入总计90万元，与2023年度相比，增加9万元。其中：财政拨款收入增加8万元，"
        "事业收入减少2万元，其他收入保持不变。"
    )
    narrative = read(OVERALL, text, FINAL)
    assert all_said(narrative)[1:] == [
        ("fiscal_appropriation", "", "8万元", "", ""),
        ("service_income", "", "-2万元", "", ""),
        ("other_income", "同", "", "", ""),
    ]
    assert set(_bases(narrative)) == {Base(2023, Stage.FINAL)}


# --- the budget beside the final accounts ---------------------------------------------------


def test_initial_budget_adjusted_budget_and_final_accounts() -> None:
    text = "教育支出年初预算为4万元，全年预算为5万元，支出决算为3万元，完成年初预算的75%。"
    narrative = read(GENERAL, text, FINAL)
    assert [(claim.stage, row[1]) for claim, row in _with_rows(narrative)] == [
        (Stage.BUDGET, "4万元"),
        (Stage.ADJUSTED_BUDGET, "5万元"),
        (Stage.FINAL, "3万元"),
    ]
    assert _executed(narrative.claims[-1]) == "75%"
    assert narrative.claims[-1].base == Base(2024, Stage.BUDGET)


def test_a_heading_sentence_names_the_subject_of_those_behind_it() -> None:
    text = (
        "1、教育支出（类）普通教育（款）小学教育（项）。主要用于：人员支出。"
        "全年预算为5.00万元，支出决算为4.00万元，完成全年预算数的80.00%。\n"
        "2、教育支出（类）普通教育（款）高中教育（项）。\n"
        "全年预算为2.00万元，支出决算为2.00万元。决算数与全年预算数持平。"
    )
    narrative = read(GENERAL, text, FINAL)
    assert [
        (claim.subject.code, str(claim.stage), row[1], _executed(claim))
        for claim, row in _with_rows(narrative)
    ] == [
        ("2050202", "final", "4.00万元", "80.00%"),
        ("2050202", "adjusted_budget", "5.00万元", ""),
        ("2050204", "final", "2.00万元同", ""),
        ("2050204", "adjusted_budget", "2.00万元", ""),
    ]
    assert left_over(narrative) == []


def test_the_budget_is_the_adjusted_one_where_only_that_is_stated() -> None:
    text = "教育支出全年预算为5万元，支出决算为3万元，比预算数减少2万元。"
    assert read(GENERAL, text, FINAL).claims[-1].base == Base(2024, Stage.ADJUSTED_BUDGET)


def test_a_bare_budget_of_the_three_public_expenses_is_the_adjusted_one() -> None:
    text = "“三公”经费支出预算为8万元，支出决算为6万元，完成预算的75%；比上年增加1万元。"
    narrative = read(THREE, text, FINAL)
    assert [(str(claim.stage), _executed(claim)) for claim in narrative.claims] == [
        ("adjusted_budget", ""),
        ("final", "75%"),
        ("final", ""),
    ]
    assert _bases(narrative)[1:] == [Base(2024, Stage.ADJUSTED_BUDGET), Base(2023, Stage.FINAL)]


def test_a_comparison_in_the_next_sentence_is_of_the_final_accounts() -> None:
    text = "公务接待费年初预算8万元，支出决算6万元。与2023年度相比减少1万元，下降14.29%。"
    narrative = read(THREE, text, FINAL)
    assert [str(claim.stage) for claim in narrative.claims if claim.change] == ["final"]


def test_a_budget_of_no_execution_rate() -> None:
    (claim,) = read(OPERATING, "机关运行经费预算3万元，占预算的5%。").claims
    assert claim.execution is None


# --- subjects ---------------------------------------------------------------------------------


def test_the_fiscal_appropriation_has_statements_of_its_own() -> None:
    narrative = read(FISCAL_SPENDING, "财政拨款支出9万元。\n1.教育支出4万元，比上年增加1万元。")
    assert {claim.subject.statement for claim in narrative.claims} == {
        Statement.FISCAL_APPROPRIATION_EXPENDITURE
    }
    (claim,) = read("六、财政拨款基本支出预算情况说明", "人员经费3万元。").claims
    assert claim.subject.statement is Statement.FISCAL_BASIC_EXPENDITURE


def test_a_compilation_note_speaks_of_every_statement() -> None:
    text = (
        f"{COMPILATION}\n收入预算9万元，其中：财政拨款收入9万元，比2023年预算执行数增加1万元；"
        "事业收入0万元；事业单位经营收入0万元。\n"
        "支出预算9万元，其中：财政拨款支出预算9万元，比2023年预算增加1万元。"
        "财政拨款支出预算中，一般公共预算拨款支出预算9万元；政府性基金拨款支出预算0万元，"
        "与2023年预算持平。\n财政拨款支出主要内容如下：\n"
        "1.“教育支出（类）普通教育（款）小学教育（项）”9万元，主要用于人员经费。"
    )
    narrative = read_claims(read_text_blocks(text), BUDGET)
    said = [
        (str(c.subject.statement), c.subject.code, str(c.subject.fund)) for c in narrative.claims
    ]
    assert said == [
        ("budget_summary", "total", "all"),
        ("budget_summary", "fiscal_appropriation", "fiscal_appropriation"),
        ("budget_summary", "service_income", "service_income"),
        ("budget_summary", "business_income", "business_income"),
        ("budget_summary", "total", "all"),
        ("fiscal_appropriation_summary", "total", "fiscal_appropriation"),
        ("fiscal_appropriation_summary", "total", "general_public"),
        ("fiscal_appropriation_summary", "total", "government_fund"),
        ("fiscal_appropriation_expenditure", "2050202", "fiscal_appropriation"),
    ]
    assert left_over(narrative) == []


def test_the_reserve_and_other_kinds_of_expenditure() -> None:
    text = "单位预留机动经费3万元，占3%；上缴上级支出1万元，占1%；经营支出2万元，占2%。"
    components = [claim.subject.component for claim in read(SPENDING, text).claims]
    assert components == [Component.RESERVE, Component.TO_SUPERIOR, Component.BUSINESS]


def test_earned_revenue() -> None:
    text = "上级补助收入1万元；事业收入2万元；附属单位上缴收入3万元；使用非财政拨款结余4万元。"
    assert [claim.subject.fund for claim in read(REVENUE, text).claims] == [
        Fund.SUPERIOR_SUBSIDY,
        Fund.SERVICE_INCOME,
        Fund.AFFILIATE_CONTRIBUTION,
        Fund.SAVINGS,
    ]


@pytest.mark.parametrize(
    ("name", "code", "repair"),
    [
        ("检察（款）一般行政事务管理（项）", "2040402", Repair.CODE_BY_LIKENESS),
        ("检察（款）其它检察支出（项）", "2040499", Repair.CODE_BY_NAME),
        (
            "行政事业单位养老支出（款）机关事业单位职业年金（项）",
            "2080506",
            Repair.CODE_BY_LIKENESS,
        ),
        ("检察（款）后勤（项）", None, Repair.CODE_UNKNOWN),
    ],
)
def test_names_all_but_like_those_of_the_tables(name: str, code: str, repair: Repair) -> None:
    text = f"{name}支出5万元。\n\n第三部分 报表\n{PROVINCES_TABLE}"
    (claim,) = read(GENERAL, text).claims
    assert (claim.subject.code, claim.repairs[0]) == (code, repair)


def test_a_name_that_begins_with_what_it_is_for() -> None:
    text = "1.用于教育事业的彩票公益金支出（2296004），决算数为9万元，与2023年度决算数一致。"
    assert all_said(read(GENERAL, text, FINAL)) == [("2296004", "9万元同", "", "", "")]


def test_what_stands_in_brackets_names_nothing() -> None:
    text = "单价100万（含）以上设备（不含车辆）2台（套）。"
    assert all_said(read(ASSETS, text)) == [("equipment_1m", "2台（套）", "", "", "")]


def test_assets_yet_to_be_bought_are_not_those_in_use() -> None:
    text = "共有车辆2辆，其中：其他用车2辆。2024年预算安排购置车辆1辆，其中：其他用车1辆。"
    assert [row[:2] for row in all_said(read(ASSETS, text))] == [
        ("vehicles", "2辆"),
        ("vehicle_other", "2辆"),
        ("planned_vehicles", "1辆"),
        ("planned_vehicle_other", "1辆"),
    ]


def test_a_share_of_a_share_names_its_own_base() -> None:
    text = (
        "政府采购支出总额20万元。授予中小企业合同金额15万元，占政府采购支出总额的75%，其中：\n"
        "授予小微企业合同金额9万元，占授予中小企业合同金额的60%；"
        "货物采购授予中小企业合同金额占货物支出金额的55%。"
    )
    claims = read(PROCUREMENT, text).claims[1:]
    assert [(claim.subject.code, claim.share_base_code) for claim in claims] == [
        ("small_medium", "total"),
        ("small_micro", "small_medium"),
        ("goods_small_medium", "goods"),
    ]


def test_a_share_of_another_fund_is_left_unread() -> None:
    narrative = read(SPENDING, "项目支出40万元，占财政拨款支出的40%。")
    assert all_said(narrative) == [("total", "40万元", "", "", "")]
    assert left_over(narrative) == ["40%"]


def test_basic_expenditure_is_the_whole_of_its_own_section() -> None:
    in_own = read(BASIC, "人员经费8万元，占基本支出的80%。").claims
    elsewhere = read(GENERAL, "教育支出8万元，占基本支出的80%。").claims
    assert [claim.share_base_code for claim in (*in_own, *elsewhere)] == ["total", "basic"]


def test_projects_under_performance_management() -> None:
    text = "本部门共5个项目实行绩效目标管理，涉及财政性资金合计86万元。"
    (claim,) = read(PERFORMANCE, text).claims
    assert claim.count is not None
    assert claim.level is not None
    assert (claim.count.number.text, claim.level.number.text) == ("5", "86")


def test_posts_by_their_full_name() -> None:
    narrative = read(STAFF, "某市文旅局行政政法人员编制96人，机构设置包括3个内设机构。")
    assert [row[:2] for row in all_said(narrative)] == [
        ("posts_administrative", "96人"),
        ("internal_divisions", "3个"),
    ]


def test_under_other_matters_each_sentence_says_its_own_topic() -> None:
    text = "机关运行经费预算3万元，比上年增加1万元。政府采购预算总额2万元。某专项1万元。"
    narrative = read("五、其他说明", text)
    assert [str(claim.subject.statement) for claim in narrative.claims] == [
        "operating_expenses",
        "procurement",
    ]
    assert left_over(narrative) == ["1万元"]


def _with_rows(narrative: Narrative) -> list[tuple[Claim, tuple[str, ...]]]:
    return list(zip(narrative.claims, all_said(narrative), strict=True))
