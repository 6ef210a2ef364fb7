"""Closed lists for what became of codes and agencies over the years."""

from __future__ import annotations

from analytics.schema.vocabularies import Vocabulary

__all__ = ["Basis", "Confidence", "LinkKind", "Treatment"]


class LinkKind(Vocabulary):
    """What became of a code from one year to the next."""

    RENAMED = "renamed", "更名", "renamed under the same code"
    REDEFINED = "redefined", "口径调整", "same code and name, wider or narrower meaning"
    MOVED = "moved", "改列", "moved to another code"
    MERGED = "merged", "并入", "merged into another code"
    SPLIT = "split", "拆分", "split into several codes"
    REUSED = "reused", "编码挪用", "code reused for something else"
    ENDED = "ended", "取消", "ended"
    NEW = "new", "新增", "new"


class Basis(Vocabulary):
    """On what the knowledge of a link rests."""

    OFFICIAL = "official", "官方文件", "an official document"
    INFERRED = "inferred", "据名称与金额推断", "inferred from names and amounts"
    ASSUMED = "assumed", "假定", "assumed"


class Confidence(Vocabulary):
    """How sure a link is, the surest first."""

    HIGH = "high", "高", "high"
    MEDIUM = "medium", "中", "medium"
    LOW = "low", "低", "low"


class Treatment(Vocabulary):
    """How far the money of a line is compared between two years."""

    SAME_CODE = "same_code", "编码相同", "under the same code"
    LINKED = "linked", "科目合并比较", "in a union of linked codes"
    CLASS_ONLY = "class_only", "仅上级科目可比", "in its class only"
    ONE_YEAR = "one_year", "仅一年列示", "printed in one of the years only"
    NOT_COMPARED = "not_compared", "不可比", "not compared"
