"""The narrative against the statements and against itself, sentence by sentence."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among, chosen, printed_facts
from analytics.checks.claims import (
    CHANGING,
    SPOKEN_OF,
    SUBJECT,
    claim_answers,
    claim_verdict,
    claims_with_half,
    first_claims,
    near,
    text,
)
from analytics.checks.lines import with_basic_parts, with_basic_total
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.sources import as_columns
from analytics.schema.fields import BOUND, MONEY
from analytics.schema.vocabularies import (
    Component,
    Flow,
    Fund,
    LineCode,
    Outcome,
    Presence,
    Severity,
    Statement,
    ThreePublic,
    Topic,
)

__all__ = ["level", "level_answers", "reason", "repeated", "unchanged"]

_FAMILY = Family.NARRATIVE
_OF = ["document_id", "statement"]
_BY_FUND = (
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)
_CELLS = ["document_id", "statement", "flow", "column_fund", "component"]
_KEY = [*(name for name in SUBJECT if name not in ("classification", "code")), "list", "line_code"]


def _keyed(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Figures or claims with what names the same figure in every layout.

    Adds ``line_code`` (a listed source is a column of the total), ``list`` (the classification,
    null for balances, which belong to none) and ``column_fund`` (null for lines that are a fund
    themselves, which stand in the columns of all).
    """
    listed = as_columns(rows.select(pl.all(), own_code="code"))
    code = pl.col("code")
    return listed.with_columns(
        line_code=code,
        list=pl.when(~among(code, LineCode)).then("classification"),
        column_fund=pl.when(code != pl.col("fund")).then("fund"),
        code="own_code",
    ).drop("own_code")


def _appropriated(facts: pl.LazyFrame) -> pl.LazyFrame:
    """Expenditure of the fiscal appropriation by line, where no statement of its own prints it.

    One row a document and functional line: the figures of the three funds added up.
    """
    own = facts.filter(pl.col("statement") == Statement.FISCAL_APPROPRIATION_EXPENDITURE)
    parts = chosen(
        facts.filter(
            among(pl.col("statement"), _BY_FUND),
            pl.col("flow") == Flow.EXPENDITURE,
            pl.col("component") == Component.TOTAL,
        ),
        [*_OF, "code"],
    ).join(own, on="document_id", how="anti")
    in_order = parts.sort("document_id", "block", "row", "column")
    return in_order.group_by("document_id", "flow", "classification", "code", "component").agg(
        pl.col("amount_yuan").sum().cast(MONEY),
        pl.col("half").sum().cast(BOUND),
        pl.col("step").min(),
        pl.col("is_suspect").any(),
        pl.col("figure").alias("computed_figures"),
        *(pl.col(name).first() for name in ("block", "row", "column", "unit_text")),
        statement=pl.lit(str(Statement.FISCAL_APPROPRIATION_EXPENDITURE)),
        fund=pl.lit(str(Fund.FISCAL_APPROPRIATION)),
    )


@rule(
    "N-LEVEL",
    title=("文字所述金额与报表一致", "Stated amounts agree with the statements"),
    equation="stated amount = the figure of the statement that it speaks of",
    why=(
        "文字是多数读者唯一会看的部分，与报表不同就等于公开了两个数。",
        "The text is all that most readers see; where it departs from the table, two figures have been published for one thing.",
    ),
    family=_FAMILY,
    statements=SPOKEN_OF,
    catalogue=("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"),
    printed=("文字写", "the text says"),
    computed=("报表列示", "the statement prints"),
)
def level(tables: CanonicalTables) -> pl.LazyFrame:
    """Each stated amount, joined to the figure with the same statement, code, fund and component.

    A stated zero agrees with a blank cell. Where the statement prints no such figure, an amount
    other than zero contradicts a blank of a line that is always there (balances, funds, three
    public expenses) in a column that the statement prints; it is ``insufficient`` for any other
    line, and where the layout has no such column or none of its figures could be placed. Where a
    layout has no statement of the fiscal appropriation by line, it states the sum over its three
    funds; where basic expenditure has no columns of personnel and public expenses, they are the
    sums of their classes. A source of a summary may be stated with what was carried over; an excess no larger than
    that is ``insufficient``. An amount that is cut off, or copied with another last digit, is told
    by ``N-LAST-DIGIT``.
    """
    return level_answers(tables)


def level_answers(tables: CanonicalTables, *, only_last_digit: bool = False) -> pl.LazyFrame:
    """The answers of ``N-LEVEL``, or those that are out by the last digit only."""
    of_statements = [str(each) for each in Statement]
    stated = _keyed(
        claims_with_half(
            tables, pl.col("value_yuan").is_not_null(), among(pl.col("statement"), of_statements)
        )
    )
    figures = with_basic_parts(with_basic_total(printed_facts(tables))).with_columns(
        computed_figures=pl.concat_list("figure")
    )
    appropriated = _appropriated(figures)
    printed = _keyed(pl.concat([figures, appropriated], how="diagonal"))
    spoken_of = printed.join(stated.select(_KEY), on=_KEY, how="semi", nulls_equal=True)
    facts = chosen(spoken_of, _KEY).select(
        *_KEY,
        "amount_yuan",
        "half",
        "is_suspect",
        "computed_figures",
        fact_unit="unit_text",
        fact_step="step",
    )
    present = pl.concat(
        [
            tables.statements.filter(pl.col("presence") != Presence.MISSING).select(*_OF),
            appropriated.select(*_OF),
        ]
    ).with_columns(is_present=pl.lit(True))
    brought = (
        printed_facts(tables, pl.col("code") == LineCode.CARRYOVER_START)
        .group_by("document_id", "statement")
        .agg(brought_yuan=pl.col("amount_yuan").max())
    )
    frame = (
        stated.join(facts, on=_KEY, how="left", nulls_equal=True)
        .join(
            printed.select(_CELLS, has_column=pl.lit(True)).unique(),
            on=_CELLS,
            how="left",
            nulls_equal=True,
        )
        .join(present.unique(), on=_OF, how="left")
        .join(brought, on=_OF, how="left")
    )
    always = among(pl.col("code"), [*LineCode, *ThreePublic, *Fund])
    blank = pl.col("amount_yuan").is_null()
    is_there = pl.col("is_present").fill_null(False)
    contradicts = always & pl.col("has_column").fill_null(False)
    as_none = blank & is_there & ((pl.col("value_yuan") == 0) | contradicts)
    unknown = blank & ~as_none
    excess = pl.col("value_yuan") - pl.col("computed")
    may_carry = (
        among(pl.col("code"), list(Fund))
        & (excess > pl.col("tolerance"))
        & (excess <= pl.col("brought_yuan") + pl.col("tolerance"))
    ).fill_null(False)
    # Two amounts of one precision are one amount printed twice; a finer one was rounded.
    both_halves = pl.col("level_half") + pl.col("half").fill_null(0)
    is_copied = (pl.col("level_half") == pl.col("half")).fill_null(False)
    is_rounded = (pl.col("level_half") > pl.col("half")).fill_null(False)
    frame = frame.with_columns(
        computed=pl.when(as_none).then(pl.lit(0)).otherwise("amount_yuan"),
        tolerance=pl.when(is_copied).then(0).otherwise(both_halves),
        more=pl.when(is_copied).then(both_halves).when(is_rounded).then("level_half").otherwise(0),
        step=pl.min_horizontal("step", "fact_step"),
        unit_text=pl.coalesce("fact_unit", "unit_text"),
    )
    return claim_answers(
        near(
            tables.once("levels", frame),
            "value_yuan",
            pl.col("more"),
            only_last_digit=only_last_digit,
        ),
        printed="value_yuan",
        is_suspect="is_suspect",
        outcome=pl.when(unknown | may_carry).then(text(Outcome.INSUFFICIENT)),
        note_zh=pl.when(unknown)
        .then(text("报表中没有与文字所述对应的数"))
        .when(may_carry)
        .then(text("文字所述可能含上年结转，无法核验"))
        .when(as_none)
        .then(text("报表该处空白")),
        note_en=pl.when(unknown)
        .then(text("the statement prints no figure for what the text names"))
        .when(may_carry)
        .then(text("the text may count carry-over that the line does not"))
        .when(as_none)
        .then(text("the cell is blank")),
    )


@rule(
    "N-REPEATED",
    title=("同一指标前后一致", "The same thing is stated alike everywhere"),
    equation="every amount stated of one subject is the same",
    why=(
        "同一件事写了两个数，至少有一个不能相信。",
        "Where one thing is given two amounts, at least one of them cannot be trusted.",
    ),
    family=_FAMILY,
    statements=SPOKEN_OF,
    catalogue=("repeat",),
    printed=("文字写", "the text says"),
    computed=("另一处写", "and elsewhere"),
    absent=Outcome.NOT_APPLICABLE,
)
def repeated(tables: CanonicalTables) -> pl.LazyFrame:
    """Subjects stated more than once: the first amount against the one farthest from it.

    Projects are left out, because different sets of them are spoken of in the same words.
    """
    said = claims_with_half(
        tables,
        pl.col("value_yuan").is_not_null(),
        pl.col("code").is_not_null(),
        pl.col("statement") != Topic.PERFORMANCE,
    )
    first = first_claims(said, SUBJECT)
    again = said.join(
        first.select(*SUBJECT, first_yuan="value_yuan", first_id="claim_id"),
        on=SUBJECT,
        nulls_equal=True,
    ).filter(pl.col("claim_id") != pl.col("first_id"))
    apart = (pl.col("value_yuan") - pl.col("first_yuan")).abs() - pl.col("level_half")
    farthest = first_claims(again.sort(-apart, "block", "row", "column"), SUBJECT).select(
        *SUBJECT, computed="value_yuan", other_half="level_half"
    )
    return claim_answers(
        first.join(farthest, on=SUBJECT, nulls_equal=True).with_columns(
            tolerance=pl.col("level_half") + pl.col("other_half")
        ),
        key=SUBJECT[1:],
        printed="value_yuan",
    )


@rule(
    "N-UNCHANGED",
    title=("“与上年相同”者没有增减", "What is said to be unchanged has no change"),
    equation="与上年预算数相同 ⇒ change = 0",
    why=(
        "说没有变化又列出变化，读者无法知道哪一句是真的。",
        "A text that says nothing changed and then by how much leaves the reader with two stories.",
    ),
    family=_FAMILY,
    statements=CHANGING,
    catalogue=("N7",),
    printed=("文字写与上年相同，又写增减", "said to be unchanged, and to change by"),
    computed=("应为", "which should be"),
    absent=Outcome.NOT_APPLICABLE,
)
def unchanged(tables: CanonicalTables) -> pl.LazyFrame:
    """Subjects said to be the same as last year; every change stated of them must be zero."""
    of = [*SUBJECT, "base_year", "base_stage"]
    said = claims_with_half(tables)
    largest = first_claims(
        said.filter(pl.col("change_yuan").is_not_null()).sort(
            -pl.col("change_yuan").abs(), "block", "row", "column"
        ),
        of,
    ).select(*of, moved="change_yuan", moved_half="change_half")
    frame = (
        said.filter("is_unchanged")
        .join(largest, on=of, how="left", nulls_equal=True)
        .with_columns(computed=pl.lit(0), tolerance=pl.col("moved_half"))
    )
    calm = pl.col("moved").fill_null(0) == 0
    return claim_answers(
        frame,
        printed=pl.when(~calm).then("moved"),
        outcome=pl.when(calm).then(text(Outcome.PASS)),
        note_zh=pl.when(calm).then(text("文字写与上年相同，未写增减额")),
        note_en=pl.when(calm).then(text("said to be unchanged, and no change is stated")),
    )


@rule(
    "N-REASON",
    title=("增减变动说明了原因", "Changes are explained"),
    equation="change ≠ 0 ⇒ a reason is given in the same section",
    why=(
        "只说变了多少而不说为什么，公众无法判断增减是否合理。",
        "A change without a reason cannot be judged by the public, only noted.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=CHANGING,
    source="disclosure rules: changes against last year are to be explained",
    catalogue=("N1",),
    absent=Outcome.NOT_APPLICABLE,
)
def reason(tables: CanonicalTables) -> pl.LazyFrame:
    """One answer a statement that is said to have changed, on whether it names a cause anywhere.

    A change by the same amount is the same change: a cause that is named of it under another
    statement explains it here too.
    """
    said = claims_with_half(tables, among(pl.col("statement"), [str(each) for each in Statement]))
    about = ["document_id", "statement"]
    given = (
        said.filter(pl.col("reason").str.len_chars() > 0)
        .select(*about, is_given=pl.lit(True))
        .unique()
    )
    same = ["document_id", "change_yuan"]
    elsewhere = (
        said.filter(pl.col("reason").str.len_chars() > 0, pl.col("change_yuan") != 0)
        .select(*same, is_same_given=pl.lit(True))
        .unique()
    )
    moved = first_claims(said.filter(pl.col("change_yuan") != 0), about)
    return claim_verdict(
        moved.join(given, on=about, how="left").join(elsewhere, on=same, how="left"),
        pl.coalesce("is_given", "is_same_given", pl.lit(False)),
        ("写明了变动原因", "the change is explained"),
        ("写了增减额，未写变动原因", "a change is stated and no reason given"),
        key=["statement"],
    )
