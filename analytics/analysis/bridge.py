"""From last year's total to this year's: what is known to have moved it, and what is not."""

from __future__ import annotations

import polars as pl

from analytics.analysis.changes import compare_years
from analytics.analysis.frames import Frame, ratio, result_of
from analytics.analysis.lines import OWNER_YEAR, TOTAL_SPENDING, Line, pick_lines
from analytics.analysis.witnesses import facts_of
from analytics.expressions import worded
from analytics.schema.results import Bridge
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Stage,
    Statement,
)

__all__ = ["change_bridge"]


def _source(fund: Fund) -> Line:
    """The money of one fund as the revenue side of the summary states it."""
    return Line(
        Statement.BUDGET_SUMMARY, Flow.REVENUE, Classification.REVENUE_SOURCE, str(fund), fund
    )


_PARTS: dict[str, tuple[str, str, tuple[Line, ...]]] = {
    "general_public_current": (
        "一般公共预算当年支出",
        "General public budget, current year",
        (
            Line(Statement.GENERAL_PUBLIC_EXPENDITURE, fund=Fund.GENERAL_PUBLIC),
            _source(Fund.GENERAL_PUBLIC),
        ),
    ),
    "government_fund": (
        "政府性基金预算当年支出",
        "Government funds, current year",
        (
            Line(Statement.GOVERNMENT_FUND_EXPENDITURE, fund=Fund.GOVERNMENT_FUND),
            _source(Fund.GOVERNMENT_FUND),
        ),
    ),
    "state_capital": (
        "国有资本经营预算当年支出",
        "State capital budget, current year",
        (
            Line(Statement.STATE_CAPITAL_OPERATIONS, fund=Fund.STATE_CAPITAL),
            _source(Fund.STATE_CAPITAL),
        ),
    ),
    "fiscal_special_account": (
        "财政专户管理资金",
        "Fiscal special account",
        (_source(Fund.FISCAL_SPECIAL_ACCOUNT),),
    ),
    "unit_funds": ("单位资金", "Unit's own funds", (_source(Fund.UNIT_FUNDS),)),
    "carryover": (
        "上年结转",
        "Brought forward",
        (
            Line(
                Statement.BUDGET_SUMMARY,
                Flow.REVENUE,
                Classification.REVENUE_SOURCE,
                LineCode.CARRYOVER_START,
            ),
            Line(Statement.BUDGET_SUMMARY, component=Component.CARRYOVER),
        ),
    ),
}
"""The parts that add up to the total of all funds: labels, and the lines that state each."""

_TOTAL = {"total": TOTAL_SPENDING}
_CHANGE = ("change_yuan", "change_low_yuan", "change_high_yuan")
_LAST = len(_PARTS) + 1  # order of the residual; the bar of this year's total follows it


def change_bridge(
    facts: Frame,
    *,
    year: int | None = None,
    prior_year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
) -> pl.DataFrame:
    """Walk from the total expenditure of the prior year to that of the year, part by part.

    Grain: one row a bar. The bars are ``start`` (last year's total, all funds, with carry-over),
    one for each part whose change is known from both years (general public budget of the current
    year, government funds, state capital budget, fiscal special account, the unit's own funds,
    money brought forward), ``unexplained`` for the rest, and ``end`` (this year's total). A part
    of which one year is not published has no bar: its movement is inside ``unexplained``, whose
    reason names it. A rest that the printed precision alone may cause is called ``rounding``; no
    rest, no bar.

    The total is that of the summary statement; else of the expenditure statement; else the total
    of revenue, which a budget balances with expenditure. Without the total of both years an
    agency has no bridge (:func:`~analytics.analysis.changes.changes` says which one is missing).

    For every bar ``change_yuan`` = ``end_yuan`` − ``start_yuan``, with the interval that the
    printed precision leaves; ``contribution_share`` = change / last year's total, so that the
    contributions add up to the growth of the total; ``growth_share`` is the growth of the part
    itself, on ``start`` and ``end`` the growth of the total.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The year to explain; without it every year that has a document of its own.
        prior_year: The year to compare with; ``year`` − 1 if not given.
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.

    Returns:
        A frame that meets :class:`~analytics.schema.results.Bridge`, in drawing order.

    Raises:
        InputError: As for :func:`~analytics.analysis.changes.changes`.

    Examples:
        With a panel of one disclosure. Its text says how the total and the general budget moved,
        and nothing of the unit's own funds:

        >>> import analytics
        >>> bars = analytics.change_bridge(panel.facts)
        >>> bars.select("step", "start_yuan", "change_yuan", "end_yuan")
        shape: (4, 4)
        ┌────────────────────────┬───────────────┬───────────────┬───────────────┐
        │ step                   ┆ start_yuan    ┆ change_yuan   ┆ end_yuan      │
        │ ---                    ┆ ---           ┆ ---           ┆ ---           │
        │ str                    ┆ decimal[18,2] ┆ decimal[18,2] ┆ decimal[18,2] │
        ╞════════════════════════╪═══════════════╪═══════════════╪═══════════════╡
        │ start                  ┆ 0.00          ┆ 5500000.00    ┆ 5500000.00    │
        │ general_public_current ┆ 5500000.00    ┆ -600000.00    ┆ 4900000.00    │
        │ unexplained            ┆ 4900000.00    ┆ 100000.00     ┆ 5000000.00    │
        │ end                    ┆ 0.00          ┆ 5000000.00    ┆ 5000000.00    │
        └────────────────────────┴───────────────┴───────────────┴───────────────┘
        >>> bars["reason_en"][2].split(": ")[0]
        'no prior year or change is published for'
    """
    lines = compare_years(
        facts_of(facts, stage=stage, scope=scope), year=year, prior_year=prior_year
    )
    known = lines.filter(pl.col("change_yuan").is_not_null()).cache()
    total = pick_lines(known, _TOTAL).cache()
    parts = _parts(known, total).cache()
    bars = [_ends(total), parts, _rest(total, parts)]
    return result_of(_placed(bars), Bridge, order=("agency_id", *OWNER_YEAR[1:], "step_order"))


def _labels() -> pl.LazyFrame:
    return pl.LazyFrame(
        [
            {"step": step, "step_order": order, "label_zh": zh, "label_en": en}
            for order, (step, (zh, en, _)) in enumerate(_PARTS.items(), start=1)
        ]
    )


def _parts(known: pl.LazyFrame, total: pl.LazyFrame) -> pl.LazyFrame:
    """The parts with a known change, each with the total it belongs to."""
    whole = total.select(*OWNER_YEAR, _start="_was", _whole="statement")
    found = pick_lines(known, {step: lines for step, (_, _, lines) in _PARTS.items()})
    return (
        found.join(whole, on=OWNER_YEAR, how="inner")
        .join(_labels(), on="step", how="inner")
        .select(
            *OWNER_YEAR,
            "prior_year",
            "step",
            "step_order",
            "label_zh",
            "label_en",
            *_CHANGE,
            "growth_share",
            "_start",
            is_unexplained=pl.lit(value=False),
            source=pl.concat_str("source", "source_prior", separator="; ", ignore_nulls=True),
        )
    )


def _ends(total: pl.LazyFrame) -> pl.LazyFrame:
    """The bars of the two totals."""
    start = total.select(
        *OWNER_YEAR,
        "prior_year",
        step=pl.lit("start"),
        step_order=pl.lit(0, pl.Int64),
        label_zh=worded("{}年总计", "prior_year"),
        label_en=worded("{} total", "prior_year"),
        change_yuan="_was",
        change_low_yuan="_was_low",
        change_high_yuan="_was_high",
        growth_share="growth_share",
        source="source_prior",
    )
    end = total.select(
        *OWNER_YEAR,
        "prior_year",
        step=pl.lit("end"),
        step_order=pl.lit(_LAST + 1, pl.Int64),
        label_zh=worded("{}年总计", "fiscal_year"),
        label_en=worded("{} total", "fiscal_year"),
        change_yuan="_now",
        change_low_yuan="_now_low",
        change_high_yuan="_now_high",
        growth_share="growth_share",
        source="source",
    )
    return pl.concat([start, end]).with_columns(
        start_yuan=pl.lit(0, pl.Decimal(18, 2)),
        end_yuan="change_yuan",
        is_unexplained=pl.lit(value=False),
    )


def _rest(total: pl.LazyFrame, parts: pl.LazyFrame) -> pl.LazyFrame:
    """What the change of the total leaves over, and the parts nothing is published about."""
    explained = parts.group_by(OWNER_YEAR).agg(
        *(pl.col(name).sum().alias(f"_sum_{name}") for name in _CHANGE), _steps=pl.col("step")
    )
    rest = total.join(explained, on=OWNER_YEAR, how="left").with_columns(
        pl.col(f"_sum_{name}").fill_null(0) for name in _CHANGE
    )
    low = pl.col("change_low_yuan") - pl.col("_sum_change_high_yuan")
    high = pl.col("change_high_yuan") - pl.col("_sum_change_low_yuan")
    is_rounding = (low <= 0) & (high >= 0)
    return (
        rest.with_columns(
            change_yuan=pl.col("change_yuan") - pl.col("_sum_change_yuan"),
            change_low_yuan=low,
            change_high_yuan=high,
            _is_rounding=is_rounding,
            _unknown_zh=_names_of_unknown(0, "、"),
            _unknown_en=_names_of_unknown(1, "; "),
        )
        .filter(pl.col("change_yuan") != 0)
        .select(
            *OWNER_YEAR,
            "prior_year",
            *_CHANGE,
            step=_either("rounding", "unexplained"),
            step_order=pl.lit(_LAST, pl.Int64),
            label_zh=_either("尾差", "未能解释"),
            label_en=_either("Rounding", "Unexplained"),
            growth_share=pl.lit(None, pl.Float64),
            _start="_was",
            is_unexplained=~pl.col("_is_rounding"),
            reason=_either(
                "在列示精度之内",
                pl.when(pl.col("_unknown_zh") == "")
                .then(pl.lit("各部分的增减之和与总计的增减不符"))
                .otherwise(worded("未公布上年数或增减额：{}", "_unknown_zh")),
            ),
            reason_en=_either(
                "within the printed precision",
                pl.when(pl.col("_unknown_en") == "")
                .then(pl.lit("the changes of the parts do not add up to that of the total"))
                .otherwise(worded("no prior year or change is published for: {}", "_unknown_en")),
            ),
        )
    )


def _either(rounding: str, unexplained: str | pl.Expr) -> pl.Expr:
    other = pl.lit(unexplained) if isinstance(unexplained, str) else unexplained
    return pl.when(pl.col("_is_rounding")).then(pl.lit(rounding)).otherwise(other)


def _names_of_unknown(label: int, separator: str) -> pl.Expr:
    """The labels of the parts without a bar, joined; all of them where no part is known."""
    steps = pl.col("_steps").fill_null([])
    return pl.concat_str(
        [
            pl.when(~steps.list.contains(step)).then(pl.lit(part[label]))
            for step, part in _PARTS.items()
        ],
        separator=separator,
        ignore_nulls=True,
    )


def _placed(bars: list[pl.LazyFrame]) -> pl.LazyFrame:
    """Let each part begin where the one before it ended; the first at last year's total."""
    ends, *moves = bars
    reached = pl.col("change_yuan").cum_sum().over(OWNER_YEAR, order_by="step_order")
    placed = (
        pl.concat(moves, how="diagonal_relaxed")
        .with_columns(end_yuan=pl.col("_start") + reached)
        .with_columns(
            start_yuan=pl.col("end_yuan") - pl.col("change_yuan"),
            contribution_share=ratio(pl.col("change_yuan"), pl.col("_start")),
        )
    )
    return pl.concat([ends, placed], how="diagonal_relaxed")
