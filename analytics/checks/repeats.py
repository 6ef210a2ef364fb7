"""Between statements that print the same money twice, line by line.

Some layouts print a statement of the fiscal appropriation by line, and beside it one for each of
the budgets that it consists of. And some functions exist to pay one economic class.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, printed_facts
from analytics.checks.lines import (
    CODE,
    COMPONENT,
    FLOW,
    IS_WHOLE,
    carried_over,
    in_statement,
    line_answers,
    statement_facts,
    unless_carried,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    LineCode,
    Outcome,
    Severity,
    Statement,
)

__all__ = ["fiscal_lines", "function_economic"]

_PARTS = {
    Statement.FISCAL_APPROPRIATION_EXPENDITURE: (
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        Statement.GOVERNMENT_FUND_EXPENDITURE,
        Statement.STATE_CAPITAL_OPERATIONS,
    ),
    Statement.FISCAL_BASIC_EXPENDITURE: (Statement.BASIC_EXPENDITURE,),
}
_IS_LINE = (CODE == LineCode.TOTAL) | CODE.str.contains(r"^\d{3,7}$")


@rule(
    "X-FISCAL-LINES",
    title=(
        "财政拨款逐行等于各本预算之和",
        "The appropriation agrees with its budgets line by line",
    ),
    equation="财政拨款支出表 code = 一般公共预算 + 政府性基金 + 国有资本 code; 财政拨款基本支出 code = "
    "一般公共预算基本支出 code",
    why=(
        "同一科目在两张表里金额不同，读者不知道哪一张是批准的预算。",
        "Where one line has two amounts in two statements, nobody can tell which was approved.",
    ),
    family=Family.BETWEEN_STATEMENTS,
    statements=tuple(_PARTS),
    reads=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    catalogue=("X6", "D5"),
    computed=("各本预算该行之和", "the budgets print for this line"),
    absent=Outcome.NOT_APPLICABLE,
)
def fiscal_lines(tables: CanonicalTables) -> pl.LazyFrame:
    """Each code and the total, in every column that both print.

    A line that the budgets do not have is none there. Basic expenditure is compared where the
    document has no other budget than the general public one. ``insufficient`` where the two sides
    differ by no more than was carried over.
    """
    on = ["document_id", "statement", "code", "component"]
    shown = on[:2] + on[3:]
    whole_of = {str(part): str(whole) for whole, parts in _PARTS.items() for part in parts}
    of_whole = pl.col("statement").replace_strict(whole_of, return_dtype=pl.String)
    spent = printed_facts(tables, in_statement(*map(Statement, whole_of)), FLOW == Flow.EXPENDITURE)
    others = spent.filter(
        in_statement(*_PARTS[Statement.FISCAL_APPROPRIATION_EXPENDITURE][1:]),
        pl.col("amount_yuan") != 0,
    ).select("document_id", statement=pl.lit(str(Statement.FISCAL_BASIC_EXPENDITURE)))
    parts = spent.filter(_IS_LINE).with_columns(statement=of_whole)
    right = parts.join(others, on=on[:2], how="anti")
    wholes = printed_facts(tables, in_statement(*_PARTS), _IS_LINE)
    left = wholes.join(right.select(shown), on=shown, how="semi")
    known = right.join(left.select(shown), on=shown, how="semi")
    compared = against(left, known, on, blank_is_none=True)
    return unless_carried(compared, carried_over(tables))


_RETIRED = "离退休费"
_PAID_BY_FUNCTION = {
    "养老保险缴费": (["30108"], ["2080505"]),
    "职业年金缴费": (["30109"], ["2080506"]),
    "职工基本医疗保险缴费": (["30110"], ["2101101", "2101102"]),
    "公务员医疗补助缴费": (["30111"], ["2101103"]),
    "住房公积金": (["30113"], ["2210201"]),
    _RETIRED: (["30301", "30302"], ["2080501", "2080502"]),
}


@rule(
    "X-FUNCTION-ECONOMIC",
    title=("功能科目与对应经济科目相等", "Functions that pay one economic class agree with it"),
    equation="2080505 = 30108, 2080506 = 30109, 2101101+02 = 30110, 2101103 = 30111, "
    "2210201 = 30113, 2080501+02 ≥ 30301+02 (基本支出)",
    why=(
        "同一笔社保、公积金等按功能和按经济科目列示应相等，不等多半是科目用错。",
        "Contributions listed by function and by economic class are one payment; a difference mostly means a wrong code.",
    ),
    family=Family.BETWEEN_STATEMENTS,
    severity=Severity.NOTE,
    statements=(Statement.BASIC_EXPENDITURE,),
    reads=(Statement.GENERAL_PUBLIC_EXPENDITURE,),
    source="budget classification: these functions exist to pay these economic classes; usual, "
    "not required",
    catalogue=("X11",),
    computed=("对应功能科目的基本支出", "the functions that pay it print"),
    absent=Outcome.NOT_APPLICABLE,
)
def function_economic(tables: CanonicalTables) -> pl.LazyFrame:
    """Pairs that both statements print; where one is blank there is nothing to compare.

    The functions of the retired also pay what is spent on caring for them, in classes of their
    own: there the function may be more.
    """
    economic, function = (
        {code: pair for pair, sides in _PAID_BY_FUNCTION.items() for code in sides[side]}
        for side in (0, 1)
    )
    left = statement_facts(
        tables,
        Statement.BASIC_EXPENDITURE,
        IS_WHOLE,
        pl.col("classification") == Classification.ECONOMIC_DEPARTMENT,
        among(CODE, economic),
    ).with_columns(name=CODE.replace_strict(economic, return_dtype=pl.String))
    right = statement_facts(
        tables,
        Statement.GENERAL_PUBLIC_EXPENDITURE,
        FLOW == Flow.EXPENDITURE,
        COMPONENT == Component.BASIC,
        among(CODE, function),
    ).with_columns(name=CODE.replace_strict(function, return_dtype=pl.String))
    on = ["document_id", "name"]
    both = left.join(right, on=on, how="semi")
    compared = against(both, right.join(both, on=on, how="semi"), on)
    rest = (pl.col("name") == _RETIRED) & (
        pl.col("computed") > pl.col("amount_yuan") + pl.col("tolerance")
    )
    return line_answers(
        compared,
        outcome=pl.when(rest).then(pl.lit(str(Outcome.PASS))),
        note_zh=pl.when(rest).then(pl.lit("其余为离退休科目下的公用等支出")),
        note_en=pl.when(rest).then(pl.lit("the rest is other spending of the same functions")),
    )
