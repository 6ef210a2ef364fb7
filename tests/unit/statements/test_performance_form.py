from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from performance_samples import HEADER, INDICATORS, foot, head, lines, read, row

from analytics.documents.text import read_text_blocks
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import Fund, Repair
from analytics.statements.performance import PerformanceForm, read_performance_forms

DOCUMENT = Path(__file__).parents[3] / "data/disclosures/approval-bureau-2024-budget.txt"
LEVELS = [
    "数量指标",
    "数量指标",
    "质量指标",
    "质量指标",
    "时效指标",
    "时效指标",
    "成本指标",
    "社会效益指标",
    "服务对象满意度指标",
]
FOOT = {"负责人", "負責人"}
TERM, ANNUAL = IndicatorBlock.TERM, IndicatorBlock.ANNUAL


def levels(form: PerformanceForm, block: IndicatorBlock = TERM) -> list[str | None]:
    return [i.level2 for i in form.indicators if i.block == block]


def repairs(form: PerformanceForm, name: str, block: IndicatorBlock = TERM) -> set[Repair]:
    return next(set(i.repairs) for i in form.indicators if i.block == block and i.name == name)


def substance(form: PerformanceForm) -> list[object]:
    """What a form states, without where and how it was printed."""
    indicators = [
        (i.block, i.number, i.level1, i.level2, i.name, i.value_text, i.target)
        for i in form.indicators
    ]
    funds = [(fund.block, fund.fund, fund.number) for fund in form.funds]
    head = (form.name, form.kind, form.period, form.implementing_unit, form.filled_on)
    return [head, form.texts, funds, indicators]


def test_an_undamaged_form_has_no_repairs() -> None:
    (form,) = read(lines())
    assert form.repairs == ()
    assert form.leftovers == ()
    assert [fund.repairs for fund in form.funds] == [()] * 10
    assert {(i.repairs, i.is_level_repaired) for i in form.indicators} == {((), False)}
    assert levels(form) == levels(form, ANNUAL) == LEVELS
    assert [i.level1 for i in form.indicators][-3:] == ["产出指标", "效益指标", "满意度指标"]


def test_an_undamaged_form_is_read_whole() -> None:
    (form,) = read(lines())
    assert (form.name, form.fiscal_year, form.period_years) == ("图书购置经费", 2030, 3)
    assert (form.department_code, form.implementing_unit) == ("101", "某市图书馆")
    money = {
        (str(fund.block), str(fund.fund)): int(fund.number.value)
        for fund in form.funds
        if fund.number.value
    }
    assert money == {
        ("term", "all"): 900_000,
        ("annual", "all"): 300_000,
        ("term", "provincial"): 100_000,
        ("term", "local"): 800_000,
        ("annual", "local"): 300_000,
    }
    assert form.texts.term_goal == "三年购书六万册。"
    assert form.texts.annual_goal == "一年购书两万册。"
    assert form.filled_text == "20300112113400"


def test_blank_money_is_no_amount() -> None:
    (form,) = read(lines())
    assert form.amount(TERM, Fund.OTHER) is None
    central = form.amount(TERM, Fund.CENTRAL)
    assert central is not None
    assert central.number.value == 0


def test_a_form_needs_no_title_and_a_title_makes_no_form() -> None:
    text = "\n".join(lines())
    assert len(read_performance_forms(read_text_blocks(text))) == 1
    contents = "项目支出绩效目标表\n\n一、概况\n\n项目名称\t金额\n图书\t3.00\n"
    assert read_performance_forms(read_text_blocks(contents)) == ()


def test_what_follows_the_footer_is_not_part_of_the_form() -> None:
    (form,) = read(lines())
    blocks = read_text_blocks("\n".join(lines()) + "\n\n编号\t数量\n1\t2\n")
    (alone,) = read_performance_forms(blocks)
    assert len(alone.blocks) == 1
    assert alone.numeric_cell_count == form.numeric_cell_count


def test_two_forms_in_one_table_are_two() -> None:
    text = "\n".join([*lines("甲项目"), *lines("乙项目")])
    forms = read_performance_forms(read_text_blocks(text))
    assert [form.name for form in forms] == ["甲项目", "乙项目"]
    assert [len(form.indicators) for form in forms] == [18, 18]


@given(st.sets(st.integers(min_value=1, max_value=len(lines()) - 1), max_size=6))
def test_page_breaks_change_nothing(cuts: set[int]) -> None:
    printed = lines()
    broken = [
        part for n, line in enumerate(printed) for part in (["", line] if n in cuts else [line])
    ]
    (whole,), (cut,) = read(printed), read(broken)
    assert substance(cut) == substance(whole)
    assert cut.repairs in {(), (Repair.CONTINUED_TABLE,)}


@pytest.mark.parametrize("seed", range(4))
def test_the_disclosure_reads_the_same_with_other_breaks_and_order(seed: int) -> None:
    printed = DOCUMENT.read_text(encoding="utf-8").splitlines()
    forms = read_performance_forms(read_text_blocks("\n".join(printed)))
    draw = random.Random(seed)
    starts = [(form.line or 0) - 1 for form in forms]
    pieces = []
    for start in starts:
        end = next(n for n, line in enumerate(printed) if n > start and line.strip()[:3] in FOOT)
        piece = [line for line in printed[start : end + 1] if line]
        for _ in range(5):
            piece.insert(draw.randrange(1, len(piece)), "")
        pieces.append(piece)
    order = draw.sample(range(len(pieces)), len(pieces))
    title = "另一县项目支出绩效目标表\n(2024年度)\n"
    text = "\n".join(title + "\n".join(pieces[index]) + "\n" for index in order)
    again = read_performance_forms(read_text_blocks(text))
    assert [substance(form) for form in again] == [substance(forms[index]) for index in order]


@pytest.mark.parametrize("kept", [1, 4, 9, 16, 18, 22, 28])
def test_a_truncated_form_keeps_what_is_there(kept: int) -> None:
    (whole,), (cut,) = read(lines()), read(lines()[:kept])
    assert cut.name == whole.name
    assert cut.funds == whole.funds[: len(cut.funds)] or kept < 9
    names = [i.name for i in whole.indicators if i.block == TERM]
    read_names = [i.name for i in cut.indicators if i.block == TERM]
    assert read_names == names[: len(read_names)]
    assert cut.filled_on is None


def test_a_form_without_indicators() -> None:
    (form,) = read([*head(), foot()])
    assert form.indicators == ()
    assert form.filled_on is not None


# --- forms by chance ---------------------------------------------------------------------

POOLS = {
    ("产出指标", "数量指标"): [("购书数量", "≥2万册"), ("讲座次数", "12次"), ("服务人数", "300人")],
    ("产出指标", "质量指标"): [("验收合格率", "100%"), ("组织质量", "良好"), ("达标情况", "达标")],
    ("产出指标", "时效指标"): [("上架时间", "6月底前"), ("及时性", "及时"), ("响应时限", "≤3天")],
    ("产出指标", "成本指标"): [("购书成本", "≤45元/册"), ("讲座成本", "≤3万元")],
    ("效益指标", "经济效益指标"): [("带动消费", "提升"), ("增收户数", "≥20户")],
    ("效益指标", "社会效益指标"): [("阅读水平", "提升"), ("读者覆盖率", "≥60%")],
    ("效益指标", "生态效益指标"): [("纸张节约", "节约")],
    ("效益指标", "可持续影响指标"): [("阅读习惯", "养成")],
    ("满意度指标", "服务对象满意度指标"): [("读者满意度", "≥90%"), ("职工满意度", "≥95%")],
}
CHOICES = st.tuples(*(st.lists(st.sampled_from(pool), unique=True) for pool in POOLS.values()))


@given(CHOICES)
def test_any_undamaged_form_comes_back_without_repairs(
    choices: tuple[list[tuple[str, str]], ...],
) -> None:
    rows, expected, last = [HEADER], [], ""
    for (level1, level2), chosen in zip(POOLS, choices, strict=True):
        for number, (name, value) in enumerate(chosen or [("", "")]):
            first, last = ("" if level1 == last else level1), level1
            rows.append(row(first, "" if number else level2, name, value))
        expected += [(level1, level2, name, value) for name, value in chosen]
    (form,) = read(lines(indicators=rows))
    assert form.repairs == ()
    for block in (TERM, ANNUAL):
        found = [i for i in form.indicators if i.block == block]
        assert [(i.level1, i.level2, i.name, i.value_text) for i in found] == expected
        assert {i.repairs for i in found} <= {()}


@given(st.data())
def test_no_damage_stops_the_reading_or_loses_a_number(data: st.DataObject) -> None:
    cells = [line.split("\t") for line in lines()]
    for _ in range(data.draw(st.integers(min_value=1, max_value=12))):
        line = cells[data.draw(st.integers(min_value=1, max_value=len(cells) - 1))]
        place = data.draw(st.integers(min_value=0, max_value=len(line) - 1))
        moved = line.pop(place)
        if data.draw(st.booleans()):
            line.insert(data.draw(st.integers(min_value=0, max_value=len(line))), moved)
        if not line:
            line.append("")
    (form,) = read(["\t".join(line) for line in cells])
    taken = [fund.place for fund in form.funds]
    taken += [
        i.value_place for i in form.indicators if i.value_place and i.target.value is not None
    ]
    taken += [place for place in (form.filled_place, form.period_place) if place]
    left = [item.place for item in form.leftovers if item.is_numeric]
    assert len({*taken, *left}) == len(taken) + len(left) == form.numeric_cell_count


# --- labels ------------------------------------------------------------------------------


def damaged(**changes: str) -> list[str]:
    """The sample's indicator rows with some of them (``r0``, ``r1`` …) printed otherwise."""
    rows = [row(*each) for each in INDICATORS]
    for key, text in changes.items():
        rows[int(key[1:])] = text
    return [HEADER, *rows]


def test_a_label_one_row_too_late_is_put_back() -> None:
    late = damaged(
        r4=row("", "", "图书上架时间", "6月底前"), r5=row("", "时效指标", "讲座开展及时性", "及时")
    )
    (form,) = read(lines(indicators=late))
    assert levels(form) == LEVELS
    assert repairs(form, "图书上架时间") == {Repair.LABEL_MOVED}
    assert repairs(form, "讲座开展及时性") == set()


def test_a_label_in_one_block_alone_serves_both() -> None:
    one = damaged(
        r2="\t\t\t图书验收合格率\t100%\t质量指标\t图书验收合格率\t100%",
        r3="\t\t质量指标\t讲座组织质量\t良好\t\t讲座组织质量\t良好",
    )
    (form,) = read(lines(indicators=one))
    assert levels(form) == levels(form, ANNUAL) == LEVELS
    assert repairs(form, "图书验收合格率") == {Repair.LABEL_MOVED}
    assert repairs(form, "图书验收合格率", ANNUAL) == set()


def test_missing_labels_are_supplied_by_what_targets_say() -> None:
    bare = [row("", "", name, value) for _, _, name, value in INDICATORS if name]
    (form,) = read(lines(indicators=[HEADER, *bare]))
    found = levels(form)
    assert found[:3] + found[4:7] == LEVELS[:3] + LEVELS[4:7]
    assert found[8] == LEVELS[8]
    assert Repair.LABEL_MISSING in repairs(form, "图书购置成本")


def test_a_category_is_not_guessed_from_nothing() -> None:
    (form,) = read(lines(indicators=[HEADER, row("", "", "全民阅读水平", "提升")]))
    assert [(i.level1, i.level2) for i in form.indicators] == [(None, None)] * 2


def test_labels_of_both_blocks_outweigh_content() -> None:
    odd = damaged(r2=row("", "质量指标", "验收图书数量", "300册"))
    (form,) = read(lines(indicators=odd))
    assert levels(form) == LEVELS
    assert repairs(form, "验收图书数量") == set()


def test_an_order_that_both_blocks_keep_is_kept() -> None:
    order = [INDICATORS[6], *INDICATORS[:6], *INDICATORS[7:]]
    (form,) = read(lines(indicators=[HEADER, *(row(*each) for each in order)]))
    assert levels(form) == ["成本指标", *LEVELS[:6], *LEVELS[7:]]


def test_costs_as_a_first_level_of_their_own() -> None:
    rows = [
        row("成本指标", "经济成本指标", "图书购置成本", "≤45元/册"),
        row("", "社会成本指标", "", ""),
        row("产出指标", "数量指标", "购置图书数量", "≥2万册"),
    ]
    (form,) = read(lines(indicators=[HEADER, *rows]))
    assert [(i.level1, i.level2) for i in form.indicators if i.block == TERM] == [
        ("成本指标", "经济成本指标"),
        ("产出指标", "数量指标"),
    ]


def test_labels_that_make_no_sense_together_are_distrusted() -> None:
    garbled = damaged(r1="\t质量指标\t系统指标\t讲座参加人数\t600人\t\t讲座参加人数\t600人")
    (form,) = read(lines(indicators=garbled))
    assert levels(form) == LEVELS
    assert Repair.LABEL_WRONG in repairs(form, "讲座参加人数")


# --- names and values --------------------------------------------------------------------


def test_slipped_columns_are_put_back() -> None:
    slipped = damaged(
        r4="\t\t\t时效指标\t图书上架时间\t\t6月底前\t时效指标\t图书上架时间\t6月底前",
        r6="\t成本指标\t图书购置成本\t≤45元/册\t成本指标\t图书购置成本\t≤45元/册\t",
    )
    (whole,), (form,) = read(lines()), read(lines(indicators=slipped))
    assert substance(form) == substance(whole)
    assert repairs(form, "图书上架时间") == {Repair.VALUE_SHIFTED}
    assert repairs(form, "图书购置成本", ANNUAL) == {Repair.VALUE_SHIFTED}


def test_a_name_cut_in_one_block_is_completed_from_the_other() -> None:
    cut = damaged(r5="\t\t\t讲座开展及时性\t及时\t\t讲座开展及\t及时")
    (form,) = read(lines(indicators=cut))
    assert repairs(form, "讲座开展及时性", ANNUAL) == {Repair.LABEL_TRUNCATED}
    assert repairs(form, "讲座开展及时性") == set()


def test_a_value_in_the_next_row_is_joined() -> None:
    rows = damaged(r11="满意度指标\t服务对象满意度指标\t读者满意度\t服务对象满意度指标\t读者满意度")
    (form,) = read(lines(indicators=[*rows, "\t\t≥90%\t\t≥90%"]))
    assert [i.value_text for i in form.indicators if i.name == "读者满意度"] == ["≥90%"] * 2


def test_a_value_that_is_not_printed_stays_blank() -> None:
    rows = damaged(r8="\t\t社会效益指标\t全民阅读水平\t提升\t社会效益指标\t全民阅读水平\t")
    (form,) = read(lines(indicators=rows))
    values = [(i.value_text, str(i.target.kind)) for i in form.indicators if "阅读" in i.name]
    assert values == [("提升", "text"), (None, "blank")]


def test_a_row_of_one_block_alone() -> None:
    rows = damaged(r1="\t\t\t\t\t\t讲座参加人数\t600人", r5="\t\t\t讲座开展及时性\t及时\t\t\t")
    (form,) = read(lines(indicators=rows))
    names = {
        block: [i.name for i in form.indicators if i.block == block] for block in (TERM, ANNUAL)
    }
    assert "讲座参加人数" not in names[TERM]
    assert "讲座参加人数" in names[ANNUAL]
    assert "讲座开展及时性" in names[TERM]
    assert "讲座开展及时性" not in names[ANNUAL]


def test_a_number_without_a_name_is_not_lost() -> None:
    (form,) = read(lines(indicators=[*damaged(), "\t\t\t\t77个\t\t\t"]))
    assert [(item.text, item.is_numeric) for item in form.leftovers] == [("77个", True)]


# --- head, money, footer -----------------------------------------------------------------


def replaced(**changes: str) -> list[str]:
    printed = lines()
    for key, text in changes.items():
        printed[int(key[1:])] = text
    return printed


def test_values_of_the_head_that_slipped() -> None:
    printed = replaced(
        r1="主管部门及代码\t\t101-某市文化局\t\t某市图书馆\t\t\t",
        r2="项目属性\t\t延续性项目（阶段开展）\t\t项目期\t\t\t\n\t\t\t\t3年\t\t",
    )
    (form,) = read(printed)
    assert (form.implementing_unit, form.period) == ("某市图书馆", "3年")
    assert set(form.repairs) == {Repair.LABEL_MISSING, Repair.VALUE_SHIFTED}


def test_money_in_other_shapes() -> None:
    printed = replaced(
        r3="项目资金(元)\t\t年度资金总额: 900,000\t\t年度资金总额: 300,000\t\t",
        r5="\t\t省级财政资\t\t省级财政资\t\t\t\n\t\t100,000\t\t0\t\t\t",
        r6="\t\t市县（区）财政资金\t800,000\t300,000\t\t\t",
    )
    (whole,), (form,) = read(lines()), read(printed)
    amounts = {(f.block, f.fund): f.number.value for f in form.funds}
    assert amounts == {(f.block, f.fund): f.number.value for f in whole.funds}
    mended = {(f.block, f.fund): set(f.repairs) for f in form.funds if f.repairs}
    assert mended == {
        (TERM, Fund.ALL): {Repair.CELL_SPLIT, Repair.LABEL_WRONG},
        (ANNUAL, Fund.ALL): {Repair.CELL_SPLIT},
        (TERM, Fund.PROVINCIAL): {Repair.LABEL_TRUNCATED, Repair.VALUE_SHIFTED},
        (ANNUAL, Fund.PROVINCIAL): {Repair.LABEL_TRUNCATED, Repair.VALUE_SHIFTED},
        (ANNUAL, Fund.LOCAL): {Repair.LABEL_MISSING},
    }


def test_money_without_a_source_is_left_over() -> None:
    (form,) = read(replaced(r7="\t\t\t5,000\t\t\t\t"))
    assert form.amount(TERM, Fund.SELF_RAISED) is None
    assert [item.text for item in form.leftovers] == ["5,000"]


@pytest.mark.parametrize(
    ("stamp", "day", "repair"),
    [
        ("20300112113400", "2030-01-12", None),
        ("2030011211340", "2030-01-12", Repair.TIMESTAMP_SHORT),
        ("2030011211 3400", "2030-01-12", Repair.DIGITS_JOINED),
        ("2030-01-12", "2030-01-12", None),
        ("20301312113400", None, None),
    ],
)
def test_time_stamps(stamp: str, day: str | None, repair: Repair | None) -> None:
    (form,) = read([*lines()[:-1], foot(stamp)])
    assert (form.filled_on.isoformat() if form.filled_on else None) == day
    assert form.filled_text == stamp
    assert set(form.repairs) == ({repair} if repair else set())


def test_a_footer_printed_as_running_text() -> None:
    (form,) = read([*lines()[:-1], "", "负责人: 经办人: 联系电话: 填报日期: 20300112113400"])
    assert form.filled_on is not None
    assert Repair.CELL_SPLIT in form.repairs


def test_a_running_text_cut_by_a_break_is_joined() -> None:
    (form,) = read(replaced(r9="项目概况\t\t购置图书，\t\t\n\n\t\t开展讲座。\t\t"))
    assert form.texts.overview == "购置图书，开展讲座。"
    assert set(form.repairs) == {Repair.CONTINUED_TABLE, Repair.CONTINUED_ROW}


def test_traditional_characters_and_markup() -> None:
    printed = replaced(r0="項目名稱\t\t圖書購置經費\t\t", r9="項目概況\t\t<p>購置圖書。</p>\t\t")
    (form,) = read(printed)
    assert (form.name, form.texts.overview) == ("图书购置经费", "购置图书。")
    assert set(form.repairs) == {Repair.TRADITIONAL, Repair.MARKUP_REMOVED}


def test_places_lead_back_to_the_print() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    printed = text.splitlines()
    for form in read_performance_forms(read_text_blocks(text)):
        for fund in form.funds:
            cell = printed[(fund.place.line or 0) - 1].split("\t")[fund.place.column - 1]
            assert fund.number.text in cell
        for indicator in form.indicators:
            where = indicator.value_place
            if where is not None and indicator.value_text is not None:
                cell = printed[(where.line or 0) - 1].split("\t")[where.column - 1]
                assert cell.strip() == indicator.value_text


def test_reading_is_deterministic_and_quick() -> None:
    blocks = read_text_blocks(DOCUMENT.read_text(encoding="utf-8"))
    first = read_performance_forms(blocks)
    began = time.process_time()
    assert read_performance_forms(blocks) == first
    assert time.process_time() - began < 1.0  # a guard against blow-up, no measurement
    assert all(replace(form) == form for form in first)
