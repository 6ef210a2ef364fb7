"""The other documents of an agency: which one a figure is about, and what that one prints."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import among, answers, printed_facts
from analytics.checks.claims import text
from analytics.checks.lines import BALANCES, CODE, carried_over, in_statement
from analytics.checks.registry import CanonicalTables
from analytics.expressions import worded
from analytics.schema.fields import IDENTITY
from analytics.schema.vocabularies import (
    Classification,
    LineCode,
    Outcome,
    Presence,
    Repair,
    Stage,
    Statement,
)

__all__ = [
    "LINE",
    "absent_documents",
    "beside_other",
    "current_documents",
    "document_label",
    "figures_of_other",
    "none_printed",
    "pairs",
    "scope_of",
    "with_other",
]

LINE = ["statement", "flow", "classification", "code", "fund", "component"]
"""What makes figures of two documents figures of one line."""

_NEVER_CARRIED = (Statement.THREE_PUBLIC_EXPENSES, Statement.OPERATING_EXPENSES)
_YEAR_TOTALS = (LineCode.TOTAL, LineCode.CURRENT_TOTAL)


def current_documents(tables: CanonicalTables) -> pl.LazyFrame:
    """The documents that can be asked and compared with: the current one of each disclosure.

    A document that is not alone in its agency, year, stage and scope is not told apart from its
    editions, and is left out.
    """
    documents = tables.documents
    if "is_current" in documents.collect_schema().names():
        documents = documents.filter("is_current")
    alone = documents.select("document_id", *IDENTITY).filter(pl.len().over(IDENTITY) == 1)
    return tables.once("current_documents", alone)


def with_other(rows: pl.LazyFrame, tables: CanonicalTables) -> pl.LazyFrame:
    """Put the document that rows are about beside them: ``other_id``, null where there is none.

    Args:
        rows: Rows with ``document_id``, ``other_year`` and ``other_stage``; rows of documents
            that are not current are dropped.
        tables: The canonical tables.
    """
    documents = current_documents(tables)
    whose = ["agency_id", "scope"]
    own = documents.select("document_id", own_agency="agency_id", own_scope="scope")
    other = documents.select(
        *whose, other_id="document_id", other_year="fiscal_year", other_stage="stage"
    )
    return rows.join(own, on="document_id").join(
        other,
        left_on=["own_agency", "own_scope", "other_year", "other_stage"],
        right_on=[*whose, "other_year", "other_stage"],
        how="left",
    )


def pairs(tables: CanonicalTables, own: Stage, other: Stage, *, back: int) -> pl.LazyFrame:
    """Each current document of a stage with the document of a stage some years before it.

    Args:
        tables: The canonical tables.
        own: Stage of the documents that are asked.
        other: Stage of those they are compared with.
        back: How many years earlier these are.

    Returns:
        ``document_id``, ``other_year``, ``other_stage`` and ``other_id``, which may be null.
    """
    asked = current_documents(tables).filter(pl.col("stage") == own)
    rows = asked.select(
        "document_id",
        other_year=pl.col("fiscal_year") - back,
        other_stage=pl.lit(str(other)),
    )
    return with_other(rows, tables)


def figures_of_other(
    tables: CanonicalTables, found: pl.LazyFrame, *conditions: pl.Expr
) -> pl.LazyFrame:
    """What the other documents print, under the id of the document that is compared with them.

    Args:
        tables: The canonical tables.
        found: Pairs of documents.
        conditions: Which figures are taken.
    """
    known = found.filter(pl.col("other_id").is_not_null()).select(
        "other_id", asking_id="document_id"
    )
    return (
        printed_facts(tables, *conditions)
        .join(known, left_on="document_id", right_on="other_id")
        .with_columns(document_id="asking_id")
        .drop("asking_id")
    )


def beside_other(stated: pl.LazyFrame, tables: CanonicalTables) -> pl.LazyFrame:
    """Put what the other document prints beside what is stated of it.

    The total of a statement is compared with whichever of its two totals, with and without what
    is carried between years, agrees with it. A line that the other document prints with several
    amounts is compared with none of them.

    Args:
        stated: Figures with ``other_id``, the columns of :data:`LINE`, ``amount_yuan``, ``half``
            and ``step``.
        tables: The canonical tables.

    Returns:
        The figures, one row each, with ``computed``, ``tolerance``, ``step`` and
        ``computed_figures``.
    """
    on = ["other_id", *[name for name in LINE if name != "code"], "compared_code"]
    compared = pl.when(among(CODE, _YEAR_TOTALS)).then(pl.lit(str(LineCode.TOTAL))).otherwise(CODE)
    printed = (
        printed_facts(tables)
        .with_columns(compared_code=compared)
        .rename({"document_id": "other_id"})
        .group_by(*on, "code")
        .agg(
            computed=pl.col("amount_yuan").first(),
            other_half=pl.col("half").max(),
            other_step=pl.col("step").min(),
            amounts=pl.col("amount_yuan").n_unique(),
            computed_figures=pl.col("figure").drop_nulls(),
        )
        .filter(pl.col("amounts") == 1)
        .rename({"code": "other_code"})
    )
    printed = tables.once("amounts_of_lines", printed)
    beside = (
        stated.with_row_index("stated")
        .with_columns(compared_code=compared)
        .join(printed, on=on, how="left")
        .with_columns(
            tolerance=pl.col("half") + pl.col("other_half").fill_null(0),
            step=pl.min_horizontal("step", "other_step"),
        )
    )
    is_apart = (pl.col("amount_yuan") - pl.col("computed")).abs() > pl.col("tolerance")
    return (
        beside.with_columns(is_apart=is_apart, is_other_line=pl.col("other_code") != CODE)
        .sort("stated", "is_apart", "is_other_line", "other_code", nulls_last=True)
        .unique("stated", keep="first", maintain_order=True)
    )


def document_label(lang: str) -> pl.Expr:
    """The other document in words: ``2023年预算``."""
    stage = pl.col("other_stage").replace_strict(
        {str(each): each.label(lang) for each in Stage}, return_dtype=pl.String
    )
    template = "{}年{}" if lang == "zh" else "{} {}"
    return worded(template, "other_year", stage)


def absent_documents(rows: pl.LazyFrame) -> pl.LazyFrame:
    """One answer for each document that rows are about and that is not there.

    Args:
        rows: Rows with ``document_id``, ``other_year``, ``other_stage`` and ``other_id``.
    """
    named = ["document_id", "other_year", "other_stage"]
    return answers(
        rows.filter(pl.col("other_id").is_null()).select(named).unique(),
        key=named[1:],
        subject=document_label("zh"),
        subject_en=document_label("en"),
        statement=None,
        printed=None,
        computed=None,
        tolerance=None,
        step=None,
        unit_text=None,
        outcome=pl.lit(str(Outcome.INSUFFICIENT)),
        note_zh=pl.lit("这份文件不在所查的文件之中，无法核对"),
        note_en=pl.lit("the document is not among those that are checked"),
        has_place=False,
    )


def none_printed(beside: pl.LazyFrame, tables: CanonicalTables) -> pl.LazyFrame:
    """Lines the other document does not print: nothing, where nothing is stated of them."""
    held = (
        tables.statements.filter(pl.col("presence") != Presence.MISSING)
        .select("statement", other_id="document_id", is_held=pl.lit(value=True))
        .unique()
    )
    is_nothing = pl.col("computed").is_null() & (pl.col("amount_yuan").abs() <= pl.col("half"))
    return beside.join(held, on=["other_id", "statement"], how="left").with_columns(
        computed=pl.when(is_nothing & pl.col("is_held")).then(pl.lit(0)).otherwise("computed")
    )


def scope_of(beside: pl.LazyFrame, tables: CanonicalTables) -> pl.LazyFrame:
    """Add why two figures may not be of one scope: ``why_zh`` and ``why_en``, null where none."""
    carried = carried_over(tables)
    names = _names(tables)
    of_other = {"left_on": "other_id", "right_on": "document_id", "how": "left"}
    known = (
        beside.join(carried, on="document_id", how="left")
        .join(carried.rename({"carried_yuan": "other_carried"}), **of_other)  # type: ignore[arg-type]
        .join(names, on=["document_id", "code"], how="left")
        .join(
            names.rename({"called": "other_called"}),
            left_on=["other_id", "code"],
            right_on=["document_id", "code"],
            how="left",
        )
    )
    gap = (pl.col("amount_yuan") - pl.col("computed")).abs()
    is_apart = (gap > pl.col("tolerance")).fill_null(value=False)
    most = pl.max_horizontal("carried_yuan", "other_carried").fill_null(0)
    may_be_carried = ~in_statement(*_NEVER_CARRIED) & (gap <= most + pl.col("tolerance"))
    is_function = pl.col("classification") == Classification.FUNCTION
    is_renamed = (
        is_function
        & ~among(CODE, LineCode)
        & ~(pl.col("called") == pl.col("other_called")).fill_null(value=False)
    )
    is_contradicted = (
        pl.col("repairs").str.contains(str(Repair.LEVEL_CONTRADICTED), literal=True)
    ).fill_null(value=False)
    reasons = (
        (pl.col("computed").is_null(), "该文件没有列示这一行", "that document prints no such line"),
        (
            is_apart & may_be_carried,
            "相差不超过结转资金，两数可能口径不同",
            "the two differ by no more than what was carried over and may differ in scope",
        ),
        (
            is_apart & is_renamed,
            "两份文件中这一科目的名称不同或没有列示，可能不是同一科目",
            "the line has another name, or none, in one of the two and may not be the same",
        ),
        (
            is_apart & is_contradicted,
            "文字中的本年数与报表不符，由它推算的数不可靠",
            "the sentence contradicts its own statement, and what follows from it is unsure",
        ),
    )
    return known.with_columns(
        why_zh=pl.coalesce(*(pl.when(case).then(text(zh)) for case, zh, _ in reasons)),
        why_en=pl.coalesce(*(pl.when(case).then(text(en)) for case, _, en in reasons)),
    )


def _names(tables: CanonicalTables) -> pl.LazyFrame:
    """What each document calls the lines that have a code: ``document_id``, ``code``, ``called``.

    Spaces, brackets such as （款）and the word 支出 at the end make no other name.
    """
    called = pl.col("name").str.replace_all(r"[（(][类款项][）)]|[\s（()）]", "")
    names = (
        printed_facts(tables, pl.col("classification") == Classification.FUNCTION)
        .filter(~among(CODE, BALANCES))
        .with_columns(called=called.str.strip_suffix("支出"))
        .filter(pl.col("called") != "")
        .sort("document_id", "code", "block", "row")
        .group_by("document_id", "code", maintain_order=True)
        .agg(pl.col("called").first())
    )
    return tables.once("names_of_lines", names)
