"""Sections, sentences and the breaks that pages make in them."""

from __future__ import annotations

import pytest
from narrative_samples import BUDGET, OPERATING, all_said, left_over, read

from analytics.documents.text import read_text_blocks
from analytics.schema.vocabularies import Repair
from analytics.statements.narrative import read_claims
from analytics.statements.narrative.sections import Outline, SectionKind
from analytics.statements.narrative.sentences import read_sentences, squeeze_sentence

NARRATIVE = [
    "第三部分 2024年度单位预算情况说明",
    "一、收支预算总体情况说明",
    "2024年度某市文旅局预算收入总计2,965.95万元，其中：本年收入2,900.00万元，上年结转65.95万元，"
    "比上年减少860.60万元，下降22.49%，主要原因是项目减少",
    "七、“三公”经费增减变动原因说明",
    "“三公”经费预算3.00万元，比2023年减少 5.10万元。",
    "其中：公务接待费3.00万元，与上年预算数相同；公务用车运行维护费0万元，比上年减少5.10万元。",
    "十一、国有资产占有使用情况",
    "某市文旅局共有公务用车编制2辆，办公用房面积802.82平方米。",
]
"""Paragraphs of a narrative, to be broken anywhere."""

BREAKS = [
    (index, offset)
    for index, paragraph in enumerate(NARRATIVE)
    for offset in range(1, len(paragraph))
]


def _claims(paragraphs: list[str]) -> list[tuple[str, ...]]:
    narrative = read_claims(read_text_blocks("\n\n".join(paragraphs)), BUDGET)
    assert left_over(narrative) == []
    reasons = [claim.reason or "" for claim in narrative.claims]
    return [(*row, reason) for row, reason in zip(all_said(narrative), reasons, strict=True)]


def test_a_page_break_may_stand_anywhere() -> None:
    whole = _claims(NARRATIVE)
    assert len(whole) == 8
    for index, offset in BREAKS:
        paragraph = NARRATIVE[index]
        first, second = paragraph[:offset], paragraph[offset:]
        broken = [*NARRATIVE[:index], first, "- 12 -", second, *NARRATIVE[index + 1 :]]
        assert _claims(broken) == whole, (first, second)


def test_a_number_cut_by_a_page_is_joined() -> None:
    narrative = read(OPERATING, "机关运行经费预算1,61\n\n- 7 -\n\n5.80万元，比上\n年减少5.10万元。")
    assert all_said(narrative) == [("total", "1615.80万元", "-5.10万元", "", "")]
    assert narrative.claims[0].repairs == (Repair.DIGITS_JOINED, Repair.SENTENCE_JOINED)


@pytest.mark.parametrize(
    "text",
    [
        "第四部分 名词解释\n八、机关运行经费：\n机关运行经费3.00万元，比上年增加1.00万元。",
        "一、机关运行经费情况......18\n机关运行经费\t3.00万元\t1.00万元",
        "机关运行经费情况说明\n2024年机关运行经费预算表\n机关运行经费 3.00 1.00",
        "十、绩效管理情况\n某市项目支出绩效目标表\n公开项目绩效目标15个，涉及金额3.00万元。",
    ],
)
def test_what_is_no_narrative_makes_no_claim(text: str) -> None:
    narrative = read_claims(read_text_blocks(text), BUDGET)
    assert narrative.claims == ()
    assert narrative.not_understood == ()


def test_money_in_a_section_of_unknown_meaning_is_kept_unread() -> None:
    narrative = read("十二、其他说明", "另有专项3.00万元。")
    assert narrative.claims == ()
    assert left_over(narrative) == ["3.00万元"]
    assert narrative.not_understood[0].section == "十二、其他说明"


def test_sections_go_by_words_and_inherit() -> None:
    outline = Outline()
    kinds = []
    for heading in (
        "第二部分 预算情况说明",
        "三、其他重要事项",
        "（一）政府采购情况",
        "（二）国有资产占用情况",
        "1、房屋情况：",
        "四、“三公”经费情况",
    ):
        assert outline.take(heading)
        kinds.append(outline.kind)
    assert kinds == [
        SectionKind.UNKNOWN,
        SectionKind.UNKNOWN,
        SectionKind.PROCUREMENT,
        SectionKind.STATE_ASSETS,
        SectionKind.STATE_ASSETS,
        SectionKind.THREE_PUBLIC,
    ]


def test_after_a_form_the_next_section_is_read_again() -> None:
    text = (
        "十、绩效管理情况\n某市项目支出绩效目标表\n金额3.00万元。\n"
        "十一、国有资产占有使用情况\n实有车辆2辆。"
    )
    narrative = read_claims(read_text_blocks(text), BUDGET)
    assert [row[:2] for row in all_said(narrative)] == [("vehicles", "2辆")]


def test_sentences_are_counted_in_their_paragraph() -> None:
    text = "八、机关运行经费情况\n\n甲1万元。乙2万元。\n丙3万元"
    found = [(s.text, s.row, s.line) for s in read_sentences(read_text_blocks(text))]
    assert found == [("甲1万元。", 1, 3), ("乙2万元。", 2, 3), ("丙3万元", 1, 4)]


def test_squeezing_keeps_the_way_back() -> None:
    printed = "“三公”经费 ３，402.75 万元,占5 %"
    squeezed = squeeze_sentence(printed)
    assert squeezed.text == "三公经费3,402.75万元，占5%"
    begin, end = squeezed.printed_span(4, 12)
    assert printed[begin:end] == "３，402.75"
