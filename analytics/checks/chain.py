"""Between documents of one agency: budget and final accounts, this year and the year before.

A rule here joins two documents of one agency and one scope; department and unit are never mixed.
The answer belongs to the document of the later year, or of two of one year to the final accounts.
Superseded editions are neither asked nor compared with. Where the other document is not among
those that are checked, one answer a rule and document says so; a document that says nothing about
another one is not asked.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import (
    against,
    among,
    answers,
    printed_facts,
    statement_label,
)
from analytics.checks.claims import text
from analytics.checks.lines import (
    CODE,
    COMPONENT,
    FLOW,
    in_statement,
    line_answers,
)
from analytics.checks.neighbours import (
    LINE,
    absent_documents,
    beside_other,
    current_documents,
    document_label,
    figures_of_other,
    none_printed,
    pairs,
    scope_of,
    with_other,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import with_number_texts
from analytics.expressions import worded
from analytics.schema.vocabularies import (
    Component,
    Flow,
    LineCode,
    Outcome,
    Severity,
    Stage,
    Statement,
    ValueKind,
)

__all__ = [
    "budget_figures",
    "carryover",
    "carryover_estimate",
    "prior_figures",
]

_FAMILY = Family.BETWEEN_DOCUMENTS
_SOURCE = "plain arithmetic on two published documents; a restated base has to be named as such"
_SUMMARIES = (Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY)


# --- figures of another document, stated again ---------------------------------------------


@rule(
    "B-PRIOR",
    title=("所称上年数与上年文件一致", "Amounts of last year are those published then"),
    equation="level − change (or the amount stated of last year) = last year's document",
    why=(
        "增减是读者最先看的数，上年数与当时公布的不同，增减就不可信。",
        "Growth is what readers look at first; it cannot be trusted if it starts from an amount "
        "that was never published.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source=_SOURCE,
    catalogue=("B2", "B3"),
    printed=("本文件所称或推算的数", "this document states or implies"),
    computed=("该文件列示", "that document prints"),
)
def prior_figures(tables: CanonicalTables) -> pl.LazyFrame:
    """Each amount of another year that a sentence states or implies, in its statement of then.

    A total may agree with the total of then with or without what was carried over. Where the two
    differ by no more than what either document carried over, where a function has another name
    now, and where the sentence contradicts its own statement, the answer is ``insufficient``: the
    two may differ in scope. So it is where that document does not print the line, unless nothing
    is what is stated of it. A sentence that says one amount of revenue and expenditure has one
    answer, and so has a wrong amount that several sentences repeat.
    """
    stated = _implied(tables).filter(pl.col("other_year") != pl.col("own_year"))
    return _stated_answers(with_other(stated, tables), tables)


@rule(
    "B-BUDGET",
    title=("决算所列年初预算与公布的预算一致", "Final accounts repeat the published budget"),
    equation="年初预算数 in the final accounts = the published budget of the year",
    why=(
        "决算里的年初预算若被改动，执行率和超支就失去了基准。",
        "If the original budget is altered in the final accounts, execution and overspending "
        "have no base.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source=_SOURCE,
    catalogue=("B1",),
    printed=("决算所列年初预算", "the final accounts print as budget"),
    computed=("公布的预算", "the published budget is"),
)
def budget_figures(tables: CanonicalTables) -> pl.LazyFrame:
    """Each budgeted amount in final accounts, of a table or a sentence, in the budget published.

    Only the budget of the beginning of the year is compared, never the adjusted one. What may be
    a difference of scope is ``insufficient``, as in ``B-PRIOR``.
    """
    own = current_documents(tables).select("document_id", own_year="fiscal_year")
    printed = (
        printed_facts(tables, pl.col("other_stage").is_not_null(), every_stage=True)
        .join(own, on="document_id")
        .with_columns(other_year="own_year")
    )
    implied = _implied(tables).filter(pl.col("other_year") == pl.col("own_year"))
    stated = pl.concat([implied, printed], how="diagonal_relaxed").filter(
        pl.col("other_stage") == Stage.BUDGET
    )
    return _stated_answers(with_other(stated, tables), tables)


def _implied(tables: CanonicalTables) -> pl.LazyFrame:
    """The figures of other documents that the narrative states or implies, with their sentence."""
    own = current_documents(tables).select("document_id", own_year="fiscal_year", own_stage="stage")
    sentences = tables.claims.select("document_id", "claim_id", "sentence")
    amount = pl.col("amount_yuan")
    return (
        tables.facts.filter(pl.col("value_kind") == ValueKind.IMPLIED)
        .join(own, on="document_id")
        .filter(
            (pl.col("fiscal_year") != pl.col("own_year")) | (pl.col("stage") != pl.col("own_stage"))
        )
        .join(sentences, on=["document_id", "claim_id"], how="left")
        .with_columns(
            other_year="fiscal_year",
            other_stage="stage",
            half=pl.max_horizontal(pl.col("high_yuan") - amount, amount - pl.col("low_yuan")),
            step=pl.when(pl.col("step_yuan") > 0).then("step_yuan"),
        )
    )


def _stated_answers(stated: pl.LazyFrame, tables: CanonicalTables) -> pl.LazyFrame:
    is_there = pl.col("other_id").is_not_null()
    beside = beside_other(stated.filter(is_there), tables)
    once = _said_once(scope_of(none_printed(beside, tables), tables))
    again = pl.when(pl.col("again") != "")
    also = pl.col("again").str.replace_all("、", ", ")
    what = pl.coalesce("name", "code").str.replace_all('[“”"]', "")
    parts = {lang: (statement_label(lang), what, document_label(lang)) for lang in ("zh", "en")}
    compared = answers(
        once,
        key=[*LINE, "other_year", "other_stage"],
        subject=worded("{}“{}”，{}", *parts["zh"]),
        subject_en=worded("{}, “{}”, {}", *parts["en"]),
        outcome=pl.when(pl.col("why_zh").is_not_null()).then(text(Outcome.INSUFFICIENT)),
        note_zh=pl.coalesce("why_zh", again.then(worded("同样的数还见于第{}页", "again"))),
        note_en=pl.coalesce("why_en", again.then(worded("the same again on p. {}", also))),
        sentence="sentence",
    )
    return pl.concat([compared, absent_documents(stated)], how="diagonal")


def _said_once(judged: pl.LazyFrame) -> pl.LazyFrame:
    """One answer for what is said once, and for one wrong number however often it is said.

    A number in a sentence may stand for revenue and for expenditure; a wrong one is repeated
    wherever the text speaks of the same money. ``again`` holds the other pages it stands on.
    """
    is_said = pl.col("claim_id").is_not_null()
    is_apart = (pl.col("amount_yuan") - pl.col("computed")).abs() > pl.col("tolerance")
    is_wrong = is_said & is_apart.fill_null(value=False) & pl.col("why_zh").is_null()
    spot = [pl.when(~is_wrong).then(name).alias(f"own_{name}") for name in ("block", "row")]
    own_column = pl.when(~is_said).then("column").alias("own_column")
    same = ["document_id", "other_year", "other_stage", "amount_yuan", "computed"]
    return (
        judged.with_columns(*spot, own_column)
        .sort("document_id", "block", "row", "column", *LINE)
        .group_by(*same, "own_block", "own_row", "own_column", maintain_order=True)
        .agg(
            pl.exclude("page").first(),
            pl.col("page").first(),
            pages=pl.col("page").drop_nulls().unique().sort(),
        )
        .with_columns(again=pl.col("pages").list.slice(1).cast(pl.List(pl.String)).list.join("、"))
    )


# --- what is carried from year to year -----------------------------------------------------

_CLOSING = {
    Component.CARRYOVER: Component.CLOSING,
    Component.CARRYOVER_BASIC: Component.CLOSING_BASIC,
    Component.CARRYOVER_PROJECT: Component.CLOSING_PROJECT,
}
_BALANCE = ["document_id", "statement", "code", "fund", "component"]


def _openings(tables: CanonicalTables, asked: pl.LazyFrame) -> pl.LazyFrame:
    """What was brought into a year, named as what was carried out of the year before is."""
    is_balance = CODE == LineCode.CARRYOVER_START
    end = {str(opening): str(closing) for opening, closing in _CLOSING.items()}
    return (
        printed_facts(
            tables,
            FLOW == Flow.REVENUE,
            (in_statement(*_SUMMARIES) & is_balance) | (~is_balance & among(COMPONENT, _CLOSING)),
        )
        .join(asked, on="document_id", how="semi")
        .with_columns(
            code=pl.when(is_balance).then(text(LineCode.CARRYOVER_END)).otherwise(CODE),
            component=COMPONENT.replace(end),
        )
    )


_IS_CLOSING = (FLOW == Flow.EXPENDITURE) & (
    (CODE == LineCode.CARRYOVER_END) | among(COMPONENT, _CLOSING.values())
)


@rule(
    "B-CARRYOVER",
    title=("上年年末结转等于本年年初结转", "What one year leaves is what the next begins with"),
    equation="年初结转和结余 of year t+1 = 年末结转和结余 of year t, in the final accounts",
    why=(
        "钱不会在两年之间消失，年初与上年年末不等必须说明调整原因。",
        "Money does not vanish overnight; a year that begins with another amount than the last "
        "one left has to say why.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source="the official form of final accounts; an adjustment of the opening balance is explained",
    catalogue=("B4",),
    printed=("年初结转和结余", "the opening balance is"),
    computed=("上年决算的年末结转和结余", "last year's final accounts leave"),
)
def carryover(tables: CanonicalTables) -> pl.LazyFrame:
    """The balances of the summaries, by fund, and those of every line that prints its own.

    A balance that only one of the two documents prints is ``insufficient``.
    """
    found = pairs(tables, Stage.FINAL, Stage.FINAL, back=1)
    return pl.concat(
        [line_answers(_balances(tables, found)), _unmatched(tables, found)], how="diagonal"
    )


@rule(
    "B-CARRYOVER-ESTIMATE",
    title=("预算的上年结转与上年决算", "Carry-over in a budget beside what was left"),
    equation="上年结转 in the budget of year t+1 ~ 年末结转和结余 in the final accounts of year t",
    why=(
        "预算里的结转只是预计，与实际差得多说明预算编得不实。",
        "Carry-over in a budget is an estimate; if it is far from what was left, the budget did "
        "not know its means.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(),
    source="budgets are made before the year they begin with is closed; the two need not agree",
    catalogue=("B4",),
    printed=("预算列上年结转", "the budget brings forward"),
    computed=("上年决算的年末结转和结余", "the final accounts leave"),
)
def carryover_estimate(tables: CanonicalTables) -> pl.LazyFrame:
    """The carry-over lines of the summaries of a budget; a gap is told, never a failure."""
    found = pairs(tables, Stage.BUDGET, Stage.FINAL, back=1)
    compared = with_number_texts(
        _balances(tables, found),
        {"estimate": pl.col("amount_yuan"), "left": pl.col("computed")},
        unit=pl.col("unit_text"),
        step=pl.col("step"),
    )
    gap = pl.col("amount_yuan") - pl.col("computed")
    is_apart = gap.abs() > pl.col("tolerance")
    both = ("estimate", "left")
    answered = line_answers(
        compared,
        outcome=pl.when(is_apart).then(text(Outcome.INSUFFICIENT)),
        note_zh=pl.when(is_apart).then(worded("预算列{}，是预计数；上年决算为{}", *both)),
        note_en=pl.when(is_apart).then(
            worded("{} in the budget is an estimate; the final accounts left {}", *both)
        ),
    )
    return pl.concat([answered, _unmatched(tables, found)], how="diagonal")


def _balances(tables: CanonicalTables, found: pl.LazyFrame) -> pl.LazyFrame:
    """The opening balances of documents beside the closing ones of the other documents.

    Statements that the later document prints no opening balance in are not asked.
    """
    is_there = pl.col("other_id").is_not_null()
    left = _openings(tables, found.filter(is_there))
    closing = figures_of_other(tables, found, _IS_CLOSING)
    right = closing.join(left, on=["document_id", "statement"], how="semi")
    return against(left, right, _BALANCE)


def _unmatched(tables: CanonicalTables, found: pl.LazyFrame) -> pl.LazyFrame:
    """An answer for each document that begins with a balance and whose year before is absent."""
    opening = _openings(tables, found).filter(pl.col("amount_yuan") != 0)
    return absent_documents(found.join(opening, on="document_id", how="semi"))
