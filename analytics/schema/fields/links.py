"""The columns of the crosswalk, and those that it adds to a comparison."""

from __future__ import annotations

from analytics.schema.fields.model import Field, a_count, a_flag, a_share, a_text, a_year
from analytics.schema.link_vocabularies import Basis, Confidence, LinkKind, Treatment

__all__ = ["LINKS"]

LINKS: dict[str, Field] = {
    "link_year": a_year("变更年度", "first fiscal year in which the change is in force"),
    "link_kind": a_text("变更类型", "what became of the code", LinkKind),
    "old_code": a_text("原编码", "code until the year before"),
    "old_name": a_text("原名称", "name until the year before"),
    "new_code": a_text("新编码", "code from the year on"),
    "new_name": a_text("新名称", "name from the year on"),
    "link_weight": a_share("转入比重", "share of the old code's money that went to the new code"),
    "link_basis": a_text("对应依据", "on what the link rests", Basis),
    "link_confidence": a_text("对应把握", "how sure the link is", Confidence),
    "link_note": a_text("对应说明", "what else is known of the link"),
    "link_kinds": a_text("科目变更", "what became of the codes, by semicolons where several"),
    "code_prior": a_text(
        "上年编码", "codes of the prior year, joined by + where there are several"
    ),
    "name_prior": a_text("上年名称", "names of the prior year"),
    "change_rank": a_count("变动名次", "place of the change among the lines of its class, by size"),
    "treatment": a_text("比较方式", "how far the money is compared", Treatment),
    "place": a_count("名次", "place among the candidates of the year, the best first"),
    "match_share": a_share("匹配度", "how well the two fit, 0 to 1"),
    "name_likeness": a_share("名称相似度", "how alike the names are, 0 to 1"),
    "amount_likeness": a_share("金额相近度", "the smaller amount divided by the larger"),
    "level_likeness": a_share("层级相近度", "1 in the same 款, half in the same 类, else 0"),
    "agency_count": a_count("单位数", "agencies that show both"),
    "is_restated": a_flag("后续文件重述", "whether a later document states it"),
    "witness_rank": a_count("采信次序", "place in the order in which figures are believed"),
    "agrees": a_flag("是否一致", "whether its interval meets that of the first figure"),
    "line_count": a_count("行数", "finest lines, and classes with money outside them"),
    "money_share": a_share("占本年金额", "money of the year, divided by all of the statement part"),
    "money_prior_share": a_share("占上年金额", "the same of the prior year"),
}
"""The columns of the crosswalk by name."""
