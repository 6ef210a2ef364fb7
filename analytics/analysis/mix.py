"""What the money is made of: shares, how concentrated they are, and how far they moved."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, of_year, ratio, result_of
from analytics.analysis.lines import OWNER_YEAR
from analytics.analysis.witnesses import choose_witness, facts_of, is_published
from analytics.expressions import worded
from analytics.schema.results import MixSummary, SpendingMix
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    RowKind,
    Stage,
    Statement,
)

__all__ = ["mix_summary", "spending_mix"]

_ITEM = (*OWNER_YEAR, "dimension", "code")
_MIX = (*OWNER_YEAR, "dimension")


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to read a mix out of a statement.

    Args:
        dimension: What the mix is taken over.
        lines: Which lines of the statement are its items.
        whole: Which line of the statement is the total they are shares of.
        code: What an item is told apart by.
        name: What an item is called.
    """

    dimension: str
    lines: pl.Expr
    whole: pl.Expr
    code: pl.Expr
    name: pl.Expr


def _is(**columns: str) -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == str(value) for name, value in columns.items())


_SPENT = _is(statement=Statement.EXPENDITURE_SUMMARY, flow=Flow.EXPENDITURE, fund=Fund.ALL)
_SUMMARY = _is(statement=Statement.BUDGET_SUMMARY)
_BASIC = _is(
    statement=Statement.BASIC_EXPENDITURE,
    classification=Classification.ECONOMIC_DEPARTMENT,
    component=Component.TOTAL,
)
_INCOME = _is(
    statement=Statement.BUDGET_SUMMARY,
    flow=Flow.REVENUE,
    classification=Classification.REVENUE_SOURCE,
    component=Component.TOTAL,
)
_ALL = _is(code=LineCode.TOTAL, component=Component.TOTAL)
_CLASS = pl.col("code").str.contains(r"^\d{3}$")
_CODE, _NAME = pl.col("code"), pl.col("name")
_FUND = [str(fund) for fund in Fund if fund not in (Fund.ALL, Fund.FISCAL_APPROPRIATION)]


def _sources() -> pl.Expr:
    """The sources of the year's revenue: the parts of the appropriation where they are all of it.

    Some forms print the appropriation with its three funds, some only one of them ("其中").
    """
    appropriation = _is(code=Fund.FISCAL_APPROPRIATION)
    of_appropriation = _is(parent_code=Fund.FISCAL_APPROPRIATION)
    is_source = _INCOME & (appropriation | pl.col("code").is_in(_FUND))

    def money(lines: pl.Expr) -> pl.Expr:
        return pl.when(is_source & lines).then(pl.col("amount_yuan")).sum().over(OWNER_YEAR)

    is_parted = (money(appropriation) == 0) | (money(appropriation) == money(of_appropriation))
    of_the_year = pl.col("carryover_basis") != str(CarryoverBasis.ONLY)
    kept = (
        pl.when(appropriation)
        .then(~is_parted)
        .when(of_appropriation.fill_null(value=False))
        .then(is_parted)
        .otherwise(pl.lit(value=True))
    )
    return is_source & of_the_year & kept


def _labelled(column: str, vocabulary: type[Component | Fund]) -> pl.Expr:
    labels = {str(value): value.zh for value in vocabulary}
    return pl.col(column).replace_strict(labels, return_dtype=pl.String)


def _coded(code: str, name: str) -> pl.Expr:
    """The code; the name for a line whose code was not found, so that no two lines are merged."""
    return pl.when(pl.col(code).str.contains(r"^\d+$")).then(code).otherwise(name)


_SPLITS: tuple[_Split, ...] = (
    _Split(
        "function", _SPENT & _is(component=Component.TOTAL) & _CLASS, _SPENT & _ALL, _CODE, _NAME
    ),
    _Split(
        "function",
        _SUMMARY & _is(flow=Flow.EXPENDITURE, component=Component.TOTAL) & _CLASS,
        _SUMMARY
        & _is(flow=Flow.EXPENDITURE, code=LineCode.CURRENT_TOTAL, component=Component.TOTAL),
        _CODE,
        _NAME,
    ),
    _Split("economic_department_class", _BASIC & _CLASS, _BASIC & _ALL, _CODE, _NAME),
    _Split(
        "economic_department",
        _BASIC & _is(row_kind=RowKind.ITEM) & ~_CLASS,
        _BASIC & _ALL,
        _coded("code", "name"),
        _NAME,
    ),
    _Split(
        "economic_government",
        _BASIC & _is(row_kind=RowKind.ITEM) & pl.col("counterpart_name").is_not_null(),
        _BASIC & _ALL,
        _coded("counterpart_code", "counterpart_name"),
        pl.col("counterpart_name"),
    ),
    _Split(
        "basic_project",
        _SPENT
        & _is(code=LineCode.TOTAL)
        & pl.col("component").is_in([str(Component.BASIC), str(Component.PROJECT)]),
        _SPENT & _ALL,
        pl.col("component"),
        _labelled("component", Component),
    ),
    _Split(
        "fund",
        _sources(),
        _INCOME & _is(code=LineCode.CURRENT_TOTAL),
        _CODE,
        _labelled("code", Fund),
    ),
    _Split(
        "fund",
        _is(statement=Statement.REVENUE_SUMMARY) & _ALL & pl.col("fund").is_in(_FUND),
        _is(statement=Statement.REVENUE_SUMMARY, fund=Fund.ALL) & _ALL,
        pl.col("fund"),
        _labelled("fund", Fund),
    ),
)
"""Every split; where two serve one dimension, the first that a document has lines for is taken."""


def spending_mix(
    facts: Frame,
    *,
    year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
) -> pl.DataFrame:
    """Split an agency's money into shares, over several dimensions at once.

    Grain: one row an item of a dimension, for each agency, year, stage and scope. Dimensions, and
    the total that their shares are taken of:

    - ``function``: function classes (3 digits) of the expenditure statement, of its total; else
      those of the summary, of the expenditure of the year.
    - ``economic_department_class``, ``economic_department``: basic expenditure by departmental
      economic class (3 digits) and item (5 digits, added up over the government classes they are
      printed against), of basic expenditure.
    - ``economic_government``: the same lines added up over their government economic class.
    - ``basic_project``: basic and project expenditure, of total expenditure.
    - ``fund``: sources of the year's revenue in the summary, of the revenue of the year; else the
      columns of the revenue statement, of its total.

    ``share`` = amount / printed total (0–1); where no total is printed, of the sum of the items.
    ``source`` says where the amounts and the total stand. A blank line is no item; a line printed
    as zero is one, with the share 0. Figures implied by the narrative are not used: they are too
    few to make up a mix. ``amount_prior_yuan`` and ``share_prior`` are those of the year before
    where its own document is there and lists the item; codes are compared as they are.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The year to split; without it every year there is.
        stage: ``budget`` or ``final``; ``None`` for both.
        scope: ``department`` or ``unit``; ``None`` for both.

    Returns:
        A frame that meets :class:`~analytics.schema.results.SpendingMix`, sorted by its key.

    Raises:
        InputError: Not a table of facts, or money as float.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> mix = analytics.spending_mix(panel.facts)
        >>> mix.filter(dimension="function").select("code", "name", "amount_yuan", "share")
        shape: (3, 4)
        ┌──────┬────────────────────────┬───────────────┬───────┐
        │ code ┆ name                   ┆ amount_yuan   ┆ share │
        │ ---  ┆ ---                    ┆ ---           ┆ ---   │
        │ str  ┆ str                    ┆ decimal[18,2] ┆ f64   │
        ╞══════╪════════════════════════╪═══════════════╪═══════╡
        │ 207  ┆ 文化旅游体育与传媒支出 ┆ 4300000.00    ┆ 0.86  │
        │ 208  ┆ 社会保障和就业支出     ┆ 400000.00     ┆ 0.08  │
        │ 221  ┆ 住房保障支出           ┆ 300000.00     ┆ 0.06  │
        └──────┴────────────────────────┴───────────────┴───────┘
        >>> mix.filter(dimension="fund", name="单位资金")["source"].item().split(",")[0]
        'budget_summary block 13 row 7 column 2 (line 31)'
    """
    published = facts_of(facts, stage=stage, scope=scope).filter(is_published())
    chosen = choose_witness(published).cache()
    items = _first_split(
        pl.concat([_read(chosen, split, rank) for rank, split in enumerate(_SPLITS)])
    )
    shared = _shares(items).cache()
    before = shared.select(
        *_ITEM[:3],
        (pl.col("fiscal_year") + 1).cast(pl.Int16),
        *_ITEM[4:],
        amount_prior_yuan="amount_yuan",
        share_prior="share",
    )
    rows = shared.join(before, on=_ITEM, how="left")
    return result_of(of_year(rows, year), SpendingMix, order=_ITEM)


def _read(chosen: pl.LazyFrame, split: _Split, rank: int) -> pl.LazyFrame:
    """The items of one split with the total beside them."""
    whole = (
        chosen.filter(split.whole)
        .group_by(OWNER_YEAR)
        .agg(
            _whole=pl.col("amount_yuan").sort_by("line_key").first(),
            _whole_source=pl.col("source").sort_by("line_key").first(),
        )
    )
    return (
        chosen.filter(split.lines)
        .with_columns(_code=split.code, _name=split.name)
        .group_by(*OWNER_YEAR, code="_code")
        .agg(
            name=pl.col("_name").sort_by("source").first(),
            amount_yuan=pl.col("amount_yuan").sum(),
            source=pl.col("source").sort().str.join("; "),
        )
        .join(whole, on=OWNER_YEAR, how="left")
        .with_columns(dimension=pl.lit(split.dimension), _rank=pl.lit(rank, pl.Int32))
    )


def _first_split(items: pl.LazyFrame) -> pl.LazyFrame:
    return items.filter(pl.col("_rank") == pl.col("_rank").min().over(_MIX))


def _shares(items: pl.LazyFrame) -> pl.LazyFrame:
    whole = pl.coalesce("_whole", pl.col("amount_yuan").sum().over(_MIX))
    of = pl.col("_whole_source").fill_null("the sum of the items")
    return items.with_columns(
        share=ratio(pl.col("amount_yuan"), whole),
        source=worded("{}; share of {}", "source", of),
    )


def mix_summary(mix: Frame) -> pl.DataFrame:
    """Say of each mix how concentrated it is and how far it moved since the year before.

    Grain: one row a mix (agency, year, stage, scope, dimension). With s the amounts over their
    sum and n the number of items with money (an item printed as zero is in ``item_count`` but
    not in n, so that a zero and a blank measure the same):

    - ``hhi`` = Σs² (Herfindahl 1950; Hirschman 1945): 1/n for equal items, 1 for a single one.
    - ``hhi_normalised`` = (HHI − 1/n) / (1 − 1/n): 0 for equal items; null for a single one.
    - ``evenness`` = −Σ s ln s / ln n (Shannon 1948; Pielou 1966): 1 for equal items; null for a
      single one.
    - ``dissimilarity`` = ½ Σ |s₁ − s₀|, the part of the money that would have to move to turn one
      year's mix into the other's. An item of the year before that is no longer listed counts with
      its whole share, a new one likewise. Null unless the year before is there and the items of
      this year make up their printed total to within 0.1 %.

    The level of the code matters: a mix of items is always less concentrated than one of their
    classes. All three are null where the amounts are negative or add up to nothing.

    Args:
        mix: What :func:`spending_mix` returned.

    Returns:
        A frame that meets :class:`~analytics.schema.results.MixSummary`, sorted by its key.

    Raises:
        InputError: Not a mix.

    Examples:
        >>> row = {"agency_id": "甲市某局", "fiscal_year": 2024, "stage": "budget", "scope": "unit"}
        >>> row |= {"dimension": "basic_project", "share_prior": None}
        >>> mix = pl.DataFrame([
        ...     row | {"code": "basic", "amount_yuan": 75, "share": 0.75},
        ...     row | {"code": "project", "amount_yuan": 25, "share": 0.25},
        ... ])
        >>> mix_summary(mix).select("hhi", "hhi_normalised").row(0)
        (0.625, 0.25)
    """
    amount = pl.col("amount_yuan").cast(pl.Float64)
    share = amount / amount.sum().over(_MIX)
    entropy = -(share * pl.when(share > 0).then(share).log())
    rows = (
        as_lazy(mix, table="spending_mix", columns=[*_ITEM, "amount_yuan", "share", "share_prior"])
        .with_columns(_square=share**2, _entropy=entropy)
        .group_by(_MIX)
        .agg(
            pl.col("amount_yuan").sum(),
            item_count=pl.len(),
            _n=(pl.col("amount_yuan") > 0).sum().cast(pl.Float64),
            _is_sound=pl.col("amount_yuan").min() >= 0,
            # sorted, since the sum of floats depends on their order in the last digit
            _hhi=pl.col("_square").sort().sum(),
            _entropy=pl.col("_entropy").sort().sum(),
            _whole=pl.col("share").sort().sum(),
            _whole_prior=pl.col("share_prior").sort().sum(),
            _has_prior=pl.col("share_prior").is_not_null().any(),
            _moved=(pl.col("share") - pl.col("share_prior").fill_null(0)).abs().sort().sum(),
        )
    )
    is_sound = pl.col("_is_sound") & (pl.col("_n") > 0)
    is_several = is_sound & (pl.col("_n") > 1)
    equal = 1 / pl.col("_n")
    is_whole = (pl.col("_whole") - 1).abs() <= 0.001
    gone = pl.max_horizontal(1 - pl.col("_whole_prior"), pl.lit(0.0))
    summary = rows.with_columns(
        hhi=pl.when(is_sound).then("_hhi"),
        hhi_normalised=pl.when(is_several).then((pl.col("_hhi") - equal) / (1 - equal)),
        evenness=pl.when(is_several).then(pl.col("_entropy") / pl.col("_n").log()),
        dissimilarity=pl.when(is_sound & is_whole & pl.col("_has_prior")).then(
            (pl.col("_moved") + gone) / 2
        ),
    )
    return result_of(summary, MixSummary, order=_MIX)
