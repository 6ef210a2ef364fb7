"""Between documents of one agency: what became of a budget, and files that are published twice."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import (
    PLACE,
    Verdict,
    against,
    among,
    answers,
    printed_facts,
    statement_label,
)
from analytics.checks.lines import CODE, FUND, WHOLE_FUNDS, in_statement, line_answers
from analytics.checks.neighbours import (
    LINE,
    absent_documents,
    current_documents,
    document_label,
    figures_of_other,
    pairs,
    with_other,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.expressions import worded
from analytics.schema.vocabularies import (
    Classification,
    Severity,
    Stage,
    Statement,
    ThreePublic,
)

__all__ = ["copied", "projects_budgeted", "three_public_within"]

_FAMILY = Family.BETWEEN_DOCUMENTS

# --- final accounts beside the budget of the year ------------------------------------------


@rule(
    "B-THREE-PUBLIC",
    title=("“三公”经费决算不超过预算", "Three public expenses stay within the budget"),
    equation="“三公”经费 决算数 ≤ 预算数 in the published budget of the year, line by line",
    why=(
        "“三公”经费只减不增是硬约束，超过公布的预算必须说明。",
        "These expenses are capped by the published budget; spending more has to be explained.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source="budget law: spending beyond the approved budget needs an adjustment; "
    "the three public expenses are controlled by their budget",
    catalogue=("B6",),
    printed=("决算数", "the final accounts print"),
    computed=("公布的预算", "the published budget is"),
    relation=Relation.AT_MOST,
)
def three_public_within(tables: CanonicalTables) -> pl.LazyFrame:
    """Each line that both documents print; a line that the budget leaves blank is not asked."""
    is_line = (
        in_statement(Statement.THREE_PUBLIC_EXPENSES)
        & among(CODE, ThreePublic)
        & among(FUND, WHOLE_FUNDS)
    )
    found = pairs(tables, Stage.FINAL, Stage.BUDGET, back=0)
    on = ["document_id", "statement", "code"]
    spent = printed_facts(tables, is_line).join(found, on="document_id", how="semi")
    planned = figures_of_other(tables, found, is_line)
    both = spent.join(planned, on=on, how="semi")
    compared = against(both, planned.join(spent, on=on, how="semi"), on)
    asked = found.join(spent, on="document_id", how="semi")
    return pl.concat([line_answers(compared), absent_documents(asked)], how="diagonal")


@rule(
    "B-PROJECTS",
    title=("决算的项目都在预算之中", "Projects of the final accounts were budgeted"),
    equation="set(projects in the final accounts) ⊆ set(projects in the budget of the year)",
    why=(
        "决算里出现预算没有的项目，说明年中追加过，应当公开理由。",
        "A project that was spent on and never budgeted was added during the year; the reason "
        "should be public.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(),
    source="budget law: projects added during the year are an adjustment and are explained",
    catalogue=("B7",),
)
def projects_budgeted(tables: CanonicalTables) -> pl.LazyFrame:
    """Each project that final accounts list by name; spaces and punctuation make no other name.

    Not asked where the budget lists no project at all.
    """
    is_project = pl.col("classification") == Classification.PROJECT
    found = pairs(tables, Stage.FINAL, Stage.BUDGET, back=0)
    spent = (
        printed_facts(tables, is_project)
        .join(found, on="document_id", how="semi")
        .sort("document_id", "block", "row", "column")
        .unique(["document_id", "code"], keep="first", maintain_order=True)
    )
    planned = figures_of_other(tables, found, is_project)
    listed = planned.select("document_id", "code", is_listed=pl.lit(value=True)).unique()
    asked = spent.join(planned, on="document_id", how="semi")
    named = asked.join(listed, on=["document_id", "code"], how="left")
    judged = answers(
        named,
        key=["code"],
        subject=worded("项目“{}”", "name"),
        subject_en=worded("the project “{}”", "name"),
        verdict=Verdict(
            pl.col("is_listed").fill_null(value=False),
            ("在本年预算之中", "was in the budget"),
            ("本年预算没有这个项目", "was not in the budget of the year"),
        ),
    )
    return pl.concat(
        [judged, absent_documents(found.join(spent, on="document_id", how="semi"))], how="diagonal"
    )


# --- one year's file published as another's -------------------------------------------------

_ENOUGH = 10  # so many different amounts do not come back by chance


@rule(
    "B-COPIED",
    title=("两年的报表不是同一张", "A statement is not last year's once more"),
    equation="some figure of a statement differs from the document of the year before",
    why=(
        "整张表与上年一字不差，多半是误传了上年的文件。",
        "A statement that repeats the year before to the last digit is most likely the wrong file.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source="no two years spend alike to the last digit",
    catalogue=("B8",),
)
def copied(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement with ten different amounts or more, against the year before it.

    The document of the same stage that is nearest in time is taken. Zeros are no figures here.
    """
    documents = current_documents(tables)
    earlier = documents.select(
        "agency_id", "stage", "scope", other_year="fiscal_year", other_stage="stage"
    )
    found = with_other(
        documents.join(earlier, on=["agency_id", "stage", "scope"])
        .filter(pl.col("other_year") < pl.col("fiscal_year"))
        .sort("other_year")
        .group_by("document_id", maintain_order=True)
        .agg(pl.col("other_year").last(), pl.col("other_stage").last()),
        tables,
    )
    is_figure = pl.col("amount_yuan") != 0
    own = printed_facts(tables, is_figure).drop("other_stage").join(found, on="document_id")
    there = figures_of_other(tables, found, is_figure)
    same = ["document_id", *LINE, "counterpart_code", "amount_yuan"]
    again = there.select(*same, again=pl.lit(value=True)).unique()
    both = own.join(there, on=["document_id", "statement"], how="semi")
    statements = (
        both.join(again, on=same, how="left", nulls_equal=True)
        .sort("document_id", "block", "row", "column")
        .group_by("document_id", "statement", "other_year", "other_stage", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in PLACE),
            amounts=pl.col("amount_yuan").n_unique(),
            repeated=pl.col("again").sum(),
            figures=pl.len(),
        )
        .filter(pl.col("amounts") >= _ENOUGH)
    )
    return answers(
        statements,
        key=["statement", "other_year"],
        subject=statement_label("zh"),
        subject_en=statement_label("en"),
        verdict=Verdict(
            pl.col("repeated") < pl.col("figures"),
            (
                worded("与{}不同", document_label("zh")),
                worded("differs from {}", document_label("en")),
            ),
            (
                worded("{}个数字与{}全部相同", "figures", document_label("zh")),
                worded("all of its {} figures are those of {}", "figures", document_label("en")),
            ),
        ),
    )
