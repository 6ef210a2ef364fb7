"""Amounts set against people, procurement against spending, and checks counted."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, place_text, ratio, result_of
from analytics.analysis.heads import staff_counts
from analytics.analysis.lines import OWNER_YEAR, TOTAL_SPENDING, Line, pick_lines
from analytics.analysis.witnesses import choose_witness, facts_of, is_published
from analytics.expressions import worded
from analytics.schema.results import CheckMatrix, HeadCosts, ProcurementShares
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Fund,
    LineCode,
    Stage,
    Statement,
    Topic,
)

__all__ = ["check_matrix", "head_costs", "procurement_shares"]

_CLAIM = (
    "claim_id",
    "document_id",
    "page",
    "block",
    "row",
    "column",
    "line",
    *OWNER_YEAR,
    "statement",
    "classification",
    "code",
    "name",
    "value",
    "value_yuan",
)
_PER_HEAD = {
    "operating": (
        Line(
            Statement.OPERATING_EXPENSES,
            classification=Classification.UNIT,
            fund=Fund.FISCAL_APPROPRIATION,
        ),
    ),
    "personnel": (
        Line(
            Statement.BASIC_EXPENDITURE,
            classification=Classification.ECONOMIC_DEPARTMENT,
            fund=Fund.GENERAL_PUBLIC,
            component=Component.PERSONNEL,
        ),
    ),
}
_PER_HEAD_NAMES = {"operating": "机关运行经费", "personnel": "人员经费"}
_PROCUREMENT = {"total": "政府采购", "goods": "货物", "works": "工程", "services": "服务"}
_QUOTIENT = pl.Decimal(38, 8)


def head_costs(
    facts: Frame, claims: Frame, *, stage: str | None = Stage.BUDGET, scope: str | None = None
) -> pl.DataFrame:
    """Divide operating expenses and basic personnel expenditure by the people they are for.

    Grain: one row an amount and a count of people, for each agency, year, stage and scope.
    ``head_basis`` says who is counted: ``staff_in_post`` (实有人员) or ``posts`` (编制,
    administrative and institution posts together), each added up over the bodies the document
    names. Staff outside the establishment (编外) are in neither.

    ``amount_yuan_per_head`` = amount in yuan / people; null for a count of zero. An amount or a
    count that is not published has no row: it is not zero.

    Args:
        facts: The canonical facts.
        claims: The canonical claims, which state the people (topic ``staffing``).
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.

    Returns:
        A frame that meets :class:`~analytics.schema.results.HeadCosts`, sorted by its key.

    Raises:
        InputError: Not tables of facts and claims, or money as float.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> costs = analytics.head_costs(panel.facts, panel.claims)
        >>> personnel = costs.filter(statement="basic_expenditure")
        >>> personnel.select("head_basis", "head_count", "amount_yuan", "amount_yuan_per_head")
        shape: (2, 4)
        ┌───────────────┬────────────┬───────────────┬──────────────────────┐
        │ head_basis    ┆ head_count ┆ amount_yuan   ┆ amount_yuan_per_head │
        │ ---           ┆ ---        ┆ ---           ┆ ---                  │
        │ str           ┆ i32        ┆ decimal[18,2] ┆ decimal[28,8]        │
        ╞═══════════════╪════════════╪═══════════════╪══════════════════════╡
        │ posts         ┆ 30         ┆ 2800000.00    ┆ 93333.33333333       │
        │ staff_in_post ┆ 28         ┆ 2800000.00    ┆ 100000.00000000      │
        └───────────────┴────────────┴───────────────┴──────────────────────┘
    """
    published = facts_of(facts, stage=stage, scope=scope).filter(is_published())
    amounts = pick_lines(choose_witness(published), _PER_HEAD)
    heads = staff_counts(claims)
    people = pl.col("head_count").cast(_QUOTIENT)
    rows = amounts.join(heads, on=OWNER_YEAR, how="inner").with_columns(
        amount_yuan_per_head=pl.col("amount_yuan").cast(_QUOTIENT)
        / pl.when(people > 0).then(people),
        name=pl.col("step").replace_strict(_PER_HEAD_NAMES),
        source=worded("{}; divided by {}", "source", "head_source"),
    )
    return result_of(rows, HeadCosts, order=[*OWNER_YEAR, "statement", "code", "head_basis"])


def procurement_shares(
    facts: Frame, claims: Frame, *, stage: str | None = Stage.BUDGET, scope: str | None = None
) -> pl.DataFrame:
    """Set procurement and its categories against all procurement and against all spending.

    Grain: one row a category (``total``, ``goods``, ``works``, ``services``) the narrative states
    an amount for, for each agency, year, stage and scope. ``share`` = amount / stated total of
    procurement; ``spending_share`` = amount / total expenditure of all funds, with carry-over (the
    summary's; else the expenditure statement's; else total revenue). Both 0–1, null where what
    they divide by is not published or is zero; a stated 0 keeps its row.

    Args:
        facts: The canonical facts, for total expenditure.
        claims: The canonical claims, which state procurement (topic ``procurement``).
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.

    Returns:
        A frame that meets :class:`~analytics.schema.results.ProcurementShares`, sorted by its key.

    Raises:
        InputError: Not tables of facts and claims, or money as float.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> shares = analytics.procurement_shares(panel.facts, panel.claims)
        >>> shares.select("code", "amount_yuan", "share", "spending_share")
        shape: (4, 4)
        ┌──────────┬───────────────┬───────┬────────────────┐
        │ code     ┆ amount_yuan   ┆ share ┆ spending_share │
        │ ---      ┆ ---           ┆ ---   ┆ ---            │
        │ str      ┆ decimal[18,2] ┆ f64   ┆ f64            │
        ╞══════════╪═══════════════╪═══════╪════════════════╡
        │ goods    ┆ 1200000.00    ┆ 0.8   ┆ 0.24           │
        │ services ┆ 300000.00     ┆ 0.2   ┆ 0.06           │
        │ total    ┆ 1500000.00    ┆ 1.0   ┆ 0.3            │
        │ works    ┆ 0.00          ┆ 0.0   ┆ 0.0            │
        └──────────┴───────────────┴───────┴────────────────┘
    """
    selected = facts_of(facts, stage=stage, scope=scope).filter(is_published())
    spending = pick_lines(choose_witness(selected), {"total": TOTAL_SPENDING}).select(
        *OWNER_YEAR, _spending="amount_yuan"
    )
    stated = (
        as_lazy(claims, table="claims", columns=_CLAIM)
        .filter(
            pl.col("statement") == str(Topic.PROCUREMENT),
            pl.col("classification") == str(Classification.PROCUREMENT),
            pl.col("code").is_in(list(_PROCUREMENT)),
            pl.col("value_yuan").is_not_null(),
        )
        .filter(
            *(
                pl.col(column) == str(value)
                for column, value in (("stage", stage), ("scope", scope))
                if value is not None
            )
        )
        .sort("document_id", "block", "row", "column")
        .unique(subset=[*OWNER_YEAR, "code"], keep="first", maintain_order=True)
        .with_columns(source=place_text())
    )
    is_total = pl.col("code") == str(LineCode.TOTAL)
    whole = stated.filter(is_total).select(*OWNER_YEAR, _whole="value_yuan")
    rows = (
        stated.join(whole, on=OWNER_YEAR, how="left")
        .join(spending, on=OWNER_YEAR, how="left")
        .with_columns(
            name=pl.coalesce("name", pl.col("code").replace_strict(_PROCUREMENT)),
            amount_yuan="value_yuan",
            share=ratio(pl.col("value_yuan"), pl.col("_whole")),
            spending_share=ratio(pl.col("value_yuan"), pl.col("_spending")),
        )
    )
    return result_of(rows, ProcurementShares, order=[*OWNER_YEAR, "code"])


def check_matrix(findings: Frame) -> pl.DataFrame:
    """Count the checks of each document by what was checked and how it ended.

    Grain: one row a document, statement (or topic) and outcome that occurs; an outcome that does
    not occur has no row. Checks about a document as a whole stand under ``document``.

    Args:
        findings: The canonical findings.

    Returns:
        A frame that meets :class:`~analytics.schema.results.CheckMatrix`, sorted by its key.

    Raises:
        InputError: Not a table of findings.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> matrix = analytics.check_matrix(panel.findings)
        >>> matrix.filter(statement="operating_expenses", outcome="fail")["item_count"].item()
        1
    """
    key = ["document_id", "statement", "outcome"]
    rows = (
        as_lazy(findings, table="findings", columns=key)
        .with_columns(pl.col("statement").fill_null("document"))
        .group_by(key)
        .agg(item_count=pl.len())
    )
    return result_of(rows, CheckMatrix, order=key)
