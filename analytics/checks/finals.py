"""Final accounts: what was spent of what was budgeted.

How final accounts balance is asked by the rules on statements, which budgets and final accounts
have in common; here is what only final accounts have, a budget beside the figures.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, chosen, printed_facts
from analytics.checks.claims import (
    SUBJECT,
    claim_answers,
    claim_half,
    claims_with_half,
    first_claims,
    text,
)
from analytics.checks.lines import CODE, FUND, WHOLE_FUNDS, in_statement, line_answers
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation, with_number_texts
from analytics.expressions import worded
from analytics.schema.vocabularies import Outcome, Severity, Stage, Statement, ThreePublic

__all__ = ["execution", "three_public_budgeted"]

_EXECUTED = (Statement.GENERAL_PUBLIC_EXPENDITURE,)
_BASE = [*SUBJECT, "base_stage"]


@rule(
    "T-THREE-PUBLIC-BUDGET",
    title=("“三公”经费决算数不超过预算数", "Three public expenses within their budget column"),
    equation="决算数 ≤ 预算数, line by line of the statement of the three public expenses",
    why=(
        "“三公”经费按预算控制，同一张表里决算超过预算必须说明。",
        "These expenses are capped by their budget; a statement that shows more spent than "
        "budgeted has to explain it.",
    ),
    family=Family.INSIDE_STATEMENT,
    severity=Severity.WARNING,
    statements=(Statement.THREE_PUBLIC_EXPENSES,),
    source="the official form of final accounts, which prints the budget beside the expenditure",
    catalogue=("D7", "B6"),
    printed=("决算数", "spent"),
    computed=("预算数", "budgeted"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def three_public_budgeted(tables: CanonicalTables) -> pl.LazyFrame:
    """Each line whose budget is printed beside it; a blank budget is none."""
    facts = printed_facts(
        tables,
        in_statement(Statement.THREE_PUBLIC_EXPENSES),
        among(CODE, ThreePublic),
        among(FUND, WHOLE_FUNDS),
        every_stage=True,
    )
    is_own = pl.col("other_stage").is_null()
    planned, spent = facts.filter(~is_own), facts.filter(is_own)
    on = ["document_id", "statement", "code"]
    asked = spent.join(planned, on=["document_id", "statement"], how="semi")
    return line_answers(
        against(asked, planned.join(asked, on=on, how="semi"), on, blank_is_none=True)
    )


@rule(
    "N-EXECUTION",
    title=("完成率与预算、决算数一致", "The stated execution follows from budget and outcome"),
    equation="完成预算的% = 支出决算 ÷ the budget that the sentence names (年初 or 调整)",
    why=(
        "完成率说明预算执行得好不好，分母写错就会把超支说成节约。",
        "Execution tells how well a budget was kept; with the wrong base overspending looks like "
        "thrift.",
    ),
    family=Family.NARRATIVE,
    statements=_EXECUTED,
    catalogue=("D9",),
    printed=("文字写", "the text prints"),
    computed=("按决算与预算计算为", "budget and outcome make"),
    absent=Outcome.NOT_APPLICABLE,
)
def execution(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated execution, recomputed from the level and the budget the sentence names.

    The budget is what the narrative, or a column of a statement, says of the same line. A budget
    of zero has no execution, and a percentage of it fails; where the other budget of the year
    makes the printed percentage, the message says so. ``insufficient`` where the budget named is
    published nowhere.
    """
    said = claims_with_half(tables, pl.col("execution_share").is_not_null())
    bases = _budgets(tables)
    of_other = bases.filter(pl.col("base_yuan") > 0).rename(
        {"base_stage": "spare_stage", "base_yuan": "spare_yuan", "base_half": "spare_half"}
    )
    beside = (
        said.join(bases, on=_BASE, how="left", nulls_equal=True)
        .join(of_other, on=SUBJECT, how="left", nulls_equal=True)
        .sort("claim_id", pl.col("spare_stage") == pl.col("base_stage"), "spare_stage")
        .unique("claim_id", keep="first", maintain_order=True)
    )
    half_step = pl.col("execution_share_step").fill_null(0) / 2
    own, own_slack = _rate("base_yuan", "base_half")
    spare, spare_slack = _rate("spare_yuan", "spare_half")
    printed = pl.col("execution_share")
    frame = beside.with_columns(
        computed=own,
        tolerance=own_slack + half_step,
        no_base=(pl.col("base_yuan") == 0).fill_null(value=False),
        is_of_other=(
            (pl.col("spare_stage") != pl.col("base_stage"))
            & ((printed - spare).abs() <= spare_slack + half_step)
        ).fill_null(value=False),
        step=pl.coalesce("execution_share_step", pl.lit(0.0001)),
        unit_text=text("%"),
    )
    is_apart = ((printed - pl.col("computed")).abs() > pl.col("tolerance")).fill_null(value=False)
    named = {
        lang: pl.col("spare_stage").replace_strict(
            {str(each): each.label(lang) for each in Stage}, return_dtype=pl.String
        )
        for lang in ("zh", "en")
    }
    spared = (pl.col("no_base") | is_apart) & pl.col("is_of_other")
    frame = with_number_texts(
        frame, {"shown": printed}, unit=pl.col("unit_text"), step=pl.col("step")
    )
    baseless = (
        worded("文字写{}，而所称的预算数为零，没有完成率", "shown"),
        worded("the text prints {} of a budget of zero, which has no execution", "shown"),
    )
    other = (
        worded("；列示值是按{}计算的", named["zh"]),
        worded("; the printed number is that of the {}", named["en"]),
    )
    blank = pl.lit("")
    notes = [
        pl.when(pl.col("no_base"))
        .then(pl.concat_str(words, pl.when(spared).then(more).otherwise(blank)))
        .when(spared)
        .then(more.str.strip_chars_start("；; "))
        for words, more in zip(baseless, other, strict=True)
    ]
    return claim_answers(
        frame,
        about=("完成率", ", execution"),
        printed="execution_share",
        measure_unit="share",
        outcome=pl.when(pl.col("no_base")).then(text(Outcome.FAIL)),
        note_zh=notes[0],
        note_en=notes[1],
    )


def _rate(base: str, half: str) -> tuple[pl.Expr, pl.Expr]:
    """The level as a share of a budget, and what rounding of the two may change in it."""
    level = pl.col("value_yuan").cast(pl.Float64)
    level_half = pl.col("level_half").cast(pl.Float64)
    budget, budget_half = (pl.col(name).cast(pl.Float64) for name in (base, half))
    has_base = budget > budget_half
    rate = pl.when(has_base).then(level / budget)
    return rate, pl.when(has_base).then((level + level_half) / (budget - budget_half)) - rate


def _budgets(tables: CanonicalTables) -> pl.LazyFrame:
    """The budgets of the year that a document names: one a line and ``base_stage``."""
    own = tables.documents.select("document_id", own_year="fiscal_year", own_stage="stage")
    told = (
        tables.claims.filter(pl.col("value_yuan").is_not_null())
        .join(own, on="document_id")
        .filter(pl.col("fiscal_year") == pl.col("own_year"), pl.col("stage") != pl.col("own_stage"))
        .sort("document_id", "block", "row", "column", "claim_id")
        .select(
            *SUBJECT,
            base_stage="stage",
            base_yuan="value_yuan",
            base_half=claim_half("value_step_yuan"),
        )
    )
    columns = chosen(
        printed_facts(tables, pl.col("other_stage").is_not_null(), every_stage=True),
        [*SUBJECT, "other_stage"],
    ).select(*SUBJECT, base_stage="other_stage", base_yuan="amount_yuan", base_half="half")
    return first_claims(pl.concat([told, columns], how="vertical_relaxed"), _BASE)
