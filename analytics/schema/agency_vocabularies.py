"""Closed lists for the registry of agencies: what they are, what became of them, how a name fits."""

from __future__ import annotations

from analytics.schema.vocabularies import Vocabulary

__all__ = [
    "AgencyKind",
    "AgencyLevel",
    "NameMatch",
    "SuccessionKind",
    "UnionRole",
    "UnionState",
]


class AgencyLevel(Vocabulary):
    """Which level of government an agency belongs to, the highest first."""

    CENTRAL = "central", "中央", "central"
    PROVINCIAL = "provincial", "省级", "provincial"
    PREFECTURE = "prefecture", "地市级", "prefecture"
    COUNTY = "county", "区县级", "county"
    TOWNSHIP = "township", "乡镇级", "township"


class AgencyKind(Vocabulary):
    """What an agency is."""

    PARTY = "party", "党委部门", "organ of the Communist Party"
    LEGISLATURE = "legislature", "人大", "people's congress"
    GOVERNMENT = "government", "政府部门", "government"
    CPPCC = "cppcc", "政协", "consultative conference"
    SUPERVISION = "supervision", "纪检监察", "supervision"
    COURT = "court", "法院", "court"
    PROCURATORATE = "procuratorate", "检察院", "procuratorate"
    DEMOCRATIC_PARTY = "democratic_party", "民主党派", "democratic party"
    MASS_ORGANISATION = "mass_organisation", "群团组织", "mass organisation"
    UNIVERSITY = "university", "高等院校", "university"
    SCHOOL = "school", "学校", "school"
    HOSPITAL = "hospital", "医疗卫生机构", "hospital"
    INSTITUTION = "institution", "其他事业单位", "other public institution"


class SuccessionKind(Vocabulary):
    """What became of an agency."""

    FOUNDED = "founded", "设立", "founded"
    RENAMED = "renamed", "更名", "renamed"
    MERGED = "merged", "合并", "merged"
    SPLIT = "split", "分设", "split"
    MOVED = "moved", "职能划转", "some duties moved, both agencies go on"
    ENDED = "ended", "撤销", "ended without a successor"


class NameMatch(Vocabulary):
    """How a printed name fits an agency of the registry."""

    EXACT = "exact", "名称一致", "the registered name"
    ALIAS = "alias", "别名一致", "a registered alias"
    PROPOSED = "proposed", "名称近似，待确认", "a similar name, to be accepted"
    AMBIGUOUS = "ambiguous", "多个单位同名", "several agencies have the name"
    NONE = "none", "未匹配", "no agency fits"


class UnionRole(Vocabulary):
    """On which side of a comparison an agency stands."""

    PRIOR = "prior", "上年", "prior year"
    CURRENT = "current", "本年", "current year"


class UnionState(Vocabulary):
    """Whether the figures of a union of agencies can be added up."""

    COMPLETE = "complete", "成员齐全", "every member is there"
    AGENCY_INCOMPLETE = "agency_incomplete", "成员不全", "members are missing"
