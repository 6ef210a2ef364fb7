"""Closed lists for what stands side by side: stages of a budget, department and unit, prices."""

from __future__ import annotations

from analytics.schema.vocabularies import Vocabulary

__all__ = [
    "CredibilityIndicator",
    "CredibilityScore",
    "ExecutionStatus",
    "FigureOrigin",
    "MeasureState",
    "SideComparability",
    "SideStatus",
]


class ExecutionStatus(Vocabulary):
    """What became of a line between the budget and the final accounts of one year."""

    EXECUTED = "executed", "有预算有决算", "budgeted and executed"
    NEW_IN_EXECUTION = "new_in_execution", "执行中新增", "not budgeted, executed"
    NOT_EXECUTED = "not_executed", "有预算未执行", "budgeted, not executed"
    UNKNOWN = "unknown", "不详", "one of the two is not known"


class SideStatus(Vocabulary):
    """Which of two sides has a line."""

    BOTH = "both", "两方均有", "on both sides"
    FIRST_ONLY = "first_only", "仅前者有", "on the first side only"
    SECOND_ONLY = "second_only", "仅后者有", "on the second side only"


class SideComparability(Vocabulary):
    """Whether the difference between two sides of a line means what it seems to mean."""

    COMPARABLE = "comparable", "可比", "comparable"
    FIRST_UNKNOWN = "first_unknown", "前者未公布该表", "statement of the first side not known"
    SECOND_UNKNOWN = "second_unknown", "后者未公布该表", "statement of the second side not known"
    CARRYOVER_DIFFERS = "carryover_differs", "结转口径不同", "one side with carry-over, one without"
    CODE_UNCERTAIN = "code_uncertain", "科目对应存疑", "code uncertain"
    SOURCES_DIFFER = "sources_differ", "多处数字不一致", "sources contradict each other"
    MATCHED_BY_MEANING = (
        "matched_by_meaning",
        "取自另一张表的同义行",
        "same line of another statement",
    )
    IMPLIED = "implied", "由文字推算", "implied by the narrative"


class FigureOrigin(Vocabulary):
    """Which document a figure of a stage was taken from."""

    OWN_DOCUMENT = "own_document", "该阶段本身的文件", "document of that stage"
    LATER_DOCUMENT = "later_document", "后一阶段文件所列", "column of a later document"
    NARRATIVE = "narrative", "由文字推算", "implied by a narrative"


class CredibilityIndicator(Vocabulary):
    """Measures of budget credibility of the PEFA framework of 2016."""

    AGGREGATE_OUTTURN = "pi_1", "PI-1 支出总额偏离", "PI-1 aggregate expenditure outturn"
    FUNCTION_COMPOSITION = (
        "pi_2_1",
        "PI-2.1 支出结构偏离（功能）",
        "PI-2.1 composition outturn by function",
    )
    ECONOMIC_COMPOSITION = (
        "pi_2_2",
        "PI-2.2 支出结构偏离（经济）",
        "PI-2.2 composition outturn by economic type",
    )


class CredibilityScore(Vocabulary):
    """Scores of the PEFA framework, the best first."""

    A = "A", "A", "A"
    B = "B", "B", "B"
    C = "C", "C", "C"
    D = "D", "D", "D"


class MeasureState(Vocabulary):
    """Whether there was enough to measure."""

    MEASURED = "measured", "已测算", "measured"
    INSUFFICIENT = "insufficient", "资料不足", "not enough figures"
