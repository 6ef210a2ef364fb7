"""The columns of the registry of agencies and of what compares agencies over the years."""

from __future__ import annotations

import polars as pl

from analytics.schema import agency_vocabularies as agencies
from analytics.schema.fields.model import Field, a_count, a_flag, a_share, a_text, a_year, some_yuan
from analytics.schema.link_vocabularies import Basis, Confidence

__all__ = ["AGENCIES"]

AGENCIES: dict[str, Field] = {
    "aliases": a_text("别名", "other spellings of the name, joined by ';'"),
    "region_code": a_text("行政区划代码", "six-digit code of the division (GB/T 2260)"),
    "region_name": a_text("行政区划", "name of the division"),
    "agency_level": a_text("层级", "level of government", agencies.AgencyLevel),
    "agency_kind": a_text("单位性质", "what the agency is", agencies.AgencyKind),
    "valid_from": a_year("起始年度", "first fiscal year of the agency or code; null if not known"),
    "valid_to": a_year("终止年度", "last fiscal year of the agency or code; null if it goes on"),
    "department_id": a_text("主管部门标识", "agency that a unit belongs to; null for departments"),
    "entry_basis": a_text("登记依据", "on what the entry rests", Basis),
    "entry_confidence": a_text("登记把握", "how sure the entry is", Confidence),
    "entry_source": a_text("登记出处", "where the entry comes from"),
    "succession_kind": a_text("沿革类型", "what became of the agency", agencies.SuccessionKind),
    "old_agency_id": a_text("原单位标识", "agency until the year before; null where founded"),
    "new_agency_id": a_text("新单位标识", "agency from the year on; null where ended"),
    "succession_date": Field(pl.Date(), "", "变更日期", "day on which the change took effect"),
    "name_match": a_text("匹配方式", "how the printed name fits the agency", agencies.NameMatch),
    "match_score": a_share("相似度", "likeness of the two names, 1 where they are the same"),
    "match_rank": a_count("名次", "place among the candidates of the name, 1 the best"),
    "candidate_id": a_text("候选单位标识", "agency of the registry that may be meant"),
    "candidate_name": a_text("候选单位名称", "name of the agency that may be meant"),
    "old_last_year": a_year("原单位末年度", "last year with a document of the old agency"),
    "new_first_year": a_year("新单位首年度", "first year with a document of the new agency"),
    "old_total_yuan": some_yuan("原单位总额（元）", "largest total in the old agency's last year"),
    "new_total_yuan": some_yuan("新单位总额（元）", "largest total in the new agency's first year"),
    "proposal_score": a_share(
        "建议分值", "how well the evidence speaks for the succession, 0 to 1"
    ),
    "union_id": a_text(
        "合并单位标识", "what agencies linked between two years are called together"
    ),
    "union_name": a_text("合并单位", "names of the agencies linked, prior and current"),
    "union_role": a_text("所属年度", "side of the comparison", agencies.UnionRole),
    "union_state": a_text("成员状况", "whether every member is there", agencies.UnionState),
    "member_ids": a_text("成员", "agencies whose figures are added up, joined by ';'"),
    "missing_ids": a_text("缺少的成员", "members without the statement, joined by ';'"),
    "is_agency_incomplete": a_flag(
        "成员不全", "whether the figure belongs to a union some of whose members are missing"
    ),
}
"""The columns by name."""
