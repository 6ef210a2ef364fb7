"""Closed lists for what a panel holds, what became of it, and how codes are known elsewhere."""

from __future__ import annotations

from analytics.schema.vocabularies import Vocabulary

__all__ = [
    "Certainty",
    "CodeStatus",
    "CoverageState",
    "DocumentChange",
    "FactChange",
    "FindingChange",
    "Mapping",
    "Standard",
]


class CoverageState(Vocabulary):
    """What a panel has of a statement of one year, the best first."""

    PRESENT = "present", "有数据", "present"
    EMPTY = "empty", "有表无数据", "present without figures"
    MISSING = "missing", "缺表", "missing from the disclosure"
    NOT_LISTED = "not_listed", "该文件不含此表", "not in the form of that disclosure"
    NO_DOCUMENT = "no_document", "无文件", "no document"


class DocumentChange(Vocabulary):
    """What became of a document between two states of a panel."""

    ADDED = "added", "新增", "added"
    NEW_EDITION = "new_edition", "新版本", "took the place of an earlier edition"
    REREAD = "reread", "重新读取", "read anew"
    SUPERSEDED = "superseded", "被新版本取代", "no longer the current edition"
    REMOVED = "removed", "移除", "not there any more"


class FactChange(Vocabulary):
    """What became of a figure between two states of a panel."""

    ADDED = "added", "新增", "added"
    REMOVED = "removed", "移除", "removed"
    AMOUNT = "amount", "金额变化", "another amount"
    MEANING = "meaning", "含义变化", "another meaning at the same place"


class FindingChange(Vocabulary):
    """What became of a failed check between two states of a panel."""

    APPEARED = "appeared", "新出现", "appeared"
    RESOLVED = "resolved", "已消除", "resolved"


class CodeStatus(Vocabulary):
    """How well a code of a classification is known, the best first."""

    TWO_SOURCES = "2+ sources", "两个以上来源", "printed by two sources or more"
    ONE_SOURCE = "1 source", "一个来源", "printed by one source"
    OLD_SOURCE = "1 source (2009 vintage)", "一个来源（2009年版）", "printed by one source of 2009"
    MEMORY = "memory", "未经核对", "not checked against a source"
    DOUBTFUL = "memory-doubtful", "存疑", "not checked against a source, and doubtful"
    CODE_ONLY = "code only", "仅有编码", "only the code is known"
    PRINTED_ONLY = "printed only", "仅见于公开文件", "not in the reference, printed by documents"


class Standard(Vocabulary):
    """An international classification."""

    COFOG = "cofog", "政府职能分类（COFOG）", "COFOG 1999"
    GFSM = "gfsm_2014", "政府财政统计手册（GFSM 2014）", "GFSM 2014"


class Mapping(Vocabulary):
    """How an amount got into its row of an international classification."""

    MAPPED = "mapped", "已对应", "mapped"
    UNMAPPED = "unmapped", "无对应", "no counterpart known"
    RESIDUAL = "residual", "差额", "printed total less its lines"


class Certainty(Vocabulary):
    """How sure a counterpart in an international classification is."""

    YES = "yes", "确定", "sure"
    PARTIAL = "partial", "部分", "for part of the code"
    NO = "no", "存疑", "a guess"
