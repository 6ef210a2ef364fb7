"""Why the published figures of two years differ: what is scope, codes, agencies, prices, change."""

from __future__ import annotations

import polars as pl

from analytics.analysis.agencies import unite_agencies
from analytics.analysis.bridge_parts import ENDS, members_before, with_parts
from analytics.analysis.changes import compare_years
from analytics.analysis.frames import Frame, ratio, result_of, table_of
from analytics.analysis.real_terms import with_price
from analytics.analysis.witnesses import LINE, QUALIFIERS, facts_of
from analytics.errors import InputError
from analytics.expressions import worded
from analytics.schema.agencies import AgencySuccessions
from analytics.schema.fields import BOUND
from analytics.schema.results import ComparableBridge, Deflator
from analytics.schema.vocabularies import Comparability, Flow, Fund, Stage, Statement

__all__ = ["comparable_bridge"]

_STEPS = {
    "start": ("{}年数", "{} figure"),
    "scope": ("口径", "Scope"),
    "reclassification": ("科目调整", "Reclassification"),
    "organisation": ("机构调整", "Organisation"),
    "price": ("价格", "Prices"),
    "real": ("实际增减", "Real change"),
    "change": ("可比增减", "Comparable change"),
    "unexplained": ("未能解释", "Unexplained"),
    "end": ("{}年数", "{} figure"),
}
"""The steps in drawing order: labels in Chinese and English, of the ends with their year."""

_SIDES = {
    "now": ("amount_yuan", "low_yuan", "high_yuan"),
    "was": ("amount_prior_yuan", "low_yuan_prior", "high_yuan_prior"),
}
_WIDER = [str(Statement.BUDGET_SUMMARY), str(Statement.EXPENDITURE_SUMMARY)]
_OF_LINE = [name for name in LINE if name not in ("statement", "fund")]
_ORDER = (*LINE, "fiscal_year", *QUALIFIERS, "code_prior")
_BOTH_SOURCES = pl.concat_str("source", "source_prior", separator="; ", ignore_nulls=True)
_WHY_NOT = {
    Comparability.CODES_MOVED: (
        "上级科目合并比较，本科目资金的来去未知",
        "its class is compared as a union; where its own money came from or went is not known",
    ),
    Comparability.SCOPE_DIFFERS: (
        "两年口径不同：仅一年含上年结转",
        "only one of the two figures takes in money carried over",
    ),
    Comparability.AGENCY_INCOMPLETE: (
        "机构调整所涉单位的数不全",
        "figures of some of the reorganised agencies are missing",
    ),
}
_NOT_ITS_PARTS = ("各部分之和与上年数不符", "what is known of its parts is not the prior figure")


def comparable_bridge(
    facts: Frame,
    *,
    year: int | None = None,
    prior_year: int | None = None,
    stage: str | None = Stage.BUDGET,
    scope: str | None = None,
    links: Frame | None = None,
    successions: Frame | None = None,
    deflator: Frame | None = None,
) -> pl.DataFrame:
    """Walk from a line's figure of the prior year to that of the year, both as published, by cause.

    Grain: one row a bar: agency, pair of years, line, step. A line has a bridge where both years
    are known; one that its statement does not list is 0 there. Between ``start``, what was
    published under the code in the prior year, and ``end`` stand only causes there is evidence of:

    - ``scope``: of a line of all funds with money carried over, what moved beside the same line
      of the general public budget of the year, where both years state that one too. The steps
      after it are then those of the general public budget.
    - ``reclassification``: what the prior year printed under other codes, by ``links``.
    - ``organisation``: what other agencies printed that the current ones took over, by
      ``successions``.
    - ``price``: comparable prior × (P₁ / P₀ − 1), P the levels of ``deflator``; rounded to the
      cent, half away from zero.
    - ``real``: current − comparable prior × P₁ / P₀; without a ``deflator``, or without a level
      of one of the years, ``change``: current − comparable prior.
    - ``unexplained``: what is left where the two are not comparable; ``reason`` says why.

    So Δ = scope + reclassification + organisation + price + real + unexplained, to the cent.
    Causes of nothing have no bar, but ``real`` and ``change`` do. Codes among which money cannot be
    divided are one line, as in :func:`~analytics.analysis.changes.changes`; department and unit,
    and stages, never meet.

    For every bar ``change_yuan`` = ``end_yuan`` − ``start_yuan``, with the interval that the printed
    precision leaves, each cause by itself; ``contribution_share`` = change / start, so that the
    contributions add up to the growth as published. ``growth_share`` stands on ``start`` and
    ``end``, as published, and on ``change`` and ``real``: comparable. Both are null unless their
    base is above zero.

    Args:
        facts: The canonical facts, of any number of agencies and years.
        year: The year to explain; without it every year that has a document of its own.
        prior_year: The year to compare with; ``year`` − 1 if not given.
        stage: ``budget`` or ``final``; ``None`` for both, each by itself.
        scope: ``department`` or ``unit``; ``None`` for both, each by itself.
        links: Which codes changed, as for :func:`~analytics.analysis.changes.changes`.
        successions: Rows of :class:`~analytics.schema.agencies.AgencySuccessions`; needs ``year``.
            A union some of whose agencies are missing has no bridge.
        deflator: Price levels by year, from :func:`~analytics.reference.prices.deflator`.

    Returns:
        A frame that meets :class:`~analytics.schema.results.ComparableBridge`, sorted by line, in
        drawing order. The bridge of one line is drawn by
        :func:`~analytics.charts.change_waterfall`.

    Raises:
        InputError: Not a table of facts, money as float, ``prior_year`` or ``successions`` without
            ``year``.
        SchemaError: ``links``, ``successions`` or ``deflator`` break their schemas.

    Examples:
        From 2020 on another code has the pensions of this library:

        >>> import analytics, polars as pl
        >>> bars = analytics.comparable_bridge(years, year=2020).filter(code="2080501")
        >>> bars.select(pl.concat_str("step", "change_yuan", separator=" ")).to_series().to_list()
        ['start 0.00', 'reclassification 520000.00', 'change 30000.00', 'end 550000.00']
        >>> bars["reason_en"][1]
        'printed as 2080504 (merged, inferred, medium)'

        What prices had to do with its total:

        >>> prices = analytics.deflator("gdp_deflator_2010_100")
        >>> bars = analytics.comparable_bridge(years, year=2020, deflator=prices)
        >>> bars.filter(code="total").select("step", "change_yuan").rows()[1:3]
        [('price', Decimal('21418.41')), ('real', Decimal('-221418.41'))]
    """
    apart = together = facts_of(facts, stage=stage, scope=scope)
    gap = 1 if year is None or prior_year is None else year - prior_year
    members = pl.DataFrame(schema={"agency_id": pl.String, "member": pl.String, "is_own": bool})
    if successions is not None:
        if year is None:
            raise InputError("successions without a year", hint="name the year to explain")
        known = table_of(successions, AgencySuccessions, name="successions")
        united = unite_agencies(facts, known, year=year, prior_year=prior_year)
        together = facts_of(united.facts, stage=stage, scope=scope)
        members = members_before(united.unions)
    rows = compare_years(together, year=year, prior_year=prior_year, links=links).collect()
    lines = _with_core(_known(rows))
    lines = _with_price(lines, deflator)
    lines, moves = with_parts(lines, members, apart, gap=gap)
    bars = pl.concat([_own_steps(lines), moves], how="diagonal")
    return result_of(_placed(lines, bars).lazy(), ComparableBridge, order=(*_ORDER, "step_order"))


def _known(rows: pl.DataFrame) -> pl.DataFrame:
    """The lines of which both years are known, numbered, with ``now_`` and ``was_`` amounts."""
    has = pl.col("amount_yuan").is_not_null() | pl.col("is_listed")
    had = pl.col("amount_prior_yuan").is_not_null() | pl.col("is_listed_prior")
    return (
        rows.filter(has, had)
        .sort(_ORDER)
        .with_row_index("line_number")
        .with_columns(
            *(
                pl.col(column).cast(BOUND).fill_null(pl.lit(0, BOUND)).alias(f"{side}_{end}")
                for side, columns in _SIDES.items()
                for end, column in zip(ENDS, columns, strict=True)
            ),
            is_compared=pl.col("change_yuan").is_not_null(),
        )
    )


def _with_core(lines: pl.DataFrame) -> pl.DataFrame:
    """Narrow lines of all funds to the general public budget: ``new_`` and ``old_`` are compared."""
    cores = (
        lines.filter(
            pl.col("is_compared"),
            pl.col("flow") == str(Flow.EXPENDITURE),
            pl.col("statement") == str(Statement.GENERAL_PUBLIC_EXPENDITURE),
            pl.col("fund") == str(Fund.GENERAL_PUBLIC),
        )
        .unique([*_OF_LINE, "fiscal_year"], keep="none")
        .select(
            *_OF_LINE,
            "fiscal_year",
            *(
                pl.col(f"{side}_{end}").alias(f"core_{side}_{end}")
                for side in _SIDES
                for end in ENDS
            ),
            _core_code_prior="code_prior",
            _core_source=_BOTH_SOURCES,
        )
    )
    on = [*_OF_LINE, "fiscal_year"]
    lines = lines.join(cores, on=on, how="left", nulls_equal=True)
    is_narrowed = (
        pl.col("statement").is_in(_WIDER)
        & (pl.col("fund") == str(Fund.ALL))
        & pl.col("core_now_yuan").is_not_null()
        & (pl.col("_core_code_prior").eq_missing(pl.col("code_prior")))
        & ~pl.col("comparability").eq(str(Comparability.AGENCY_INCOMPLETE))
    )
    lines = lines.with_columns(is_narrowed=is_narrowed)
    return lines.with_columns(
        *(
            pl.when("is_narrowed")
            .then(f"core_{side}_{end}")
            .otherwise(f"{side}_{end}")
            .alias(f"{name}_{end}")
            for name, side in (("new", "now"), ("old", "was"))
            for end in ENDS
        ),
        is_compared=pl.col("is_compared") | pl.col("is_narrowed"),
        _compared_source=pl.when("is_narrowed").then("_core_source").otherwise(_BOTH_SOURCES),
    )


def _with_price(lines: pl.DataFrame, deflator: Frame | None) -> pl.DataFrame:
    """Add ``price_ratio``, P₁ / P₀, where both levels are known, and whose prices they are."""
    if deflator is None:
        return lines.with_columns(
            price_ratio=pl.lit(None, pl.Float64), _prices=pl.lit(None, pl.String)
        )
    levels = table_of(deflator, Deflator, name="deflator")
    priced = with_price(lines.lazy(), levels, year="fiscal_year", suffix="")
    priced = with_price(priced, levels, year="prior_year", suffix="_prior")
    level, level_prior = (
        pl.col(f"price_index{suffix}").cast(pl.Float64) for suffix in ("", "_prior")
    )
    named = levels.select(worded("{}，{}", "price_series", "price_area")).to_series().first()
    return priced.with_columns(
        price_ratio=level / level_prior, _prices=pl.lit(named, pl.String)
    ).collect()


def _own_steps(lines: pl.DataFrame) -> pl.DataFrame:
    """The ends, and the steps that follow from a line itself."""
    compared = lines.filter("is_compared")
    factor = pl.col("price_ratio")
    by_price = {end: _at(pl.col(f"old_{end}"), factor - 1) for end in ENDS}
    priced = compared.filter(factor.is_not_null()).with_columns(
        **{f"price_{end}": amount for end, amount in by_price.items()}
    )
    rest = [
        pl.col("_gap") + pl.when(~pl.col("is_compared")).then(moved).otherwise(0)
        for moved in _less(_amount("now"), _amount("was"))
    ]
    why = [
        pl.when("is_compared")
        .then(pl.lit(_NOT_ITS_PARTS[language]))
        .otherwise(
            pl.col("comparability").replace_strict(
                {str(value): texts[language] for value, texts in _WHY_NOT.items()},
                default=None,
                return_dtype=pl.String,
            )
        )
        for language in (0, 1)
    ]
    steps = [
        _step(lines, "start", *(pl.col(f"start_{end}") for end in ENDS), source="_start_source"),
        _step(lines, "end", *(pl.col(f"now_{end}") for end in ENDS), source="source"),
        _step(
            lines.filter("is_narrowed"),
            "scope",
            *_less(_less(_amount("now"), _amount("was")), _less(_amount("new"), _amount("old"))),
            source=pl.concat_str(_BOTH_SOURCES, "_core_source", separator="; "),
            reason=pl.lit("一般公共预算当年支出以外的资金（其他资金、上年结转）的增减"),
            reason_en=pl.lit("money beside the general public budget: other funds, carry-over"),
        ),
        _step(
            compared.filter(factor.is_null()),
            "change",
            *_less(_amount("new"), _amount("old")),
            growth=ratio(pl.col("new_yuan") - pl.col("old_yuan"), pl.col("old_yuan")),
        ),
        _step(
            priced,
            "price",
            pl.col("price_yuan"),
            pl.min_horizontal("price_low", "price_high"),
            pl.max_horizontal("price_low", "price_high"),
            growth=factor - 1,
            source="_prices",
        ),
        _step(
            priced,
            "real",
            *_less(_amount("new"), [_amount("old")[n] + by_price[e] for n, e in enumerate(ENDS)]),
            growth=ratio(pl.col("new_yuan"), pl.col("old_yuan") * factor) - 1,
        ),
        _step(lines, "unexplained", *rest, reason=why[0], reason_en=why[1]),
    ]
    bars = pl.concat(steps)
    return bars.filter(
        pl.col("step").is_in(["start", "end", "change", "real"]) | (pl.col("yuan") != 0)
    )


def _amount(side: str) -> list[pl.Expr]:
    return [pl.col(f"{side}_{end}") for end in ENDS]


def _less(of: list[pl.Expr], what: list[pl.Expr]) -> list[pl.Expr]:
    """One amount less another, each with its interval."""
    return [of[0] - what[0], of[1] - what[2], of[2] - what[1]]


def _at(amount: pl.Expr, share: pl.Expr) -> pl.Expr:
    part = amount.cast(pl.Float64) * share
    return part.round(2, mode="half_away_from_zero").cast(BOUND)


def _step(
    lines: pl.DataFrame,
    step: str,
    yuan: pl.Expr,
    low: pl.Expr,
    high: pl.Expr,
    *,
    growth: pl.Expr | None = None,
    source: str | pl.Expr = "_compared_source",
    reason: pl.Expr | None = None,
    reason_en: pl.Expr | None = None,
) -> pl.DataFrame:
    no_text = pl.lit(None, pl.String)
    return lines.select(
        "line_number",
        step=pl.lit(step),
        **{end: amount.cast(BOUND) for end, amount in zip(ENDS, (yuan, low, high), strict=True)},
        growth_share=pl.lit(None, pl.Float64) if growth is None else growth,
        source=pl.col(source) if isinstance(source, str) else source,
        reason=no_text if reason is None else reason,
        reason_en=no_text if reason_en is None else reason_en,
    )


def _placed(lines: pl.DataFrame, bars: pl.DataFrame) -> pl.DataFrame:
    """Let each bar begin where the one before it ended, the last one on zero."""
    order = {step: place for place, step in enumerate(_STEPS)}
    is_end = pl.col("step") == "end"
    is_level = is_end | (pl.col("step") == "start")
    reached = pl.col("yuan").cum_sum().over("line_number", order_by="step_order")
    whose = pl.when(step="start").then("prior_year").otherwise("fiscal_year")
    texts = [
        pl.col("step").replace_strict({step: text[language] for step, text in _STEPS.items()})
        for language in (0, 1)
    ]
    growth = ratio(pl.col("now_yuan") - pl.col("start_yuan"), pl.col("start_yuan"))
    published = bars.with_columns(
        step_order=pl.col("step").replace_strict(order, return_dtype=pl.Int64)
    ).with_columns(
        change_yuan=pl.col("yuan"), end_yuan=pl.when(is_end).then("yuan").otherwise(reached)
    )
    return published.join(
        lines.select(pl.exclude("source", "change_yuan", "growth_share")), on="line_number"
    ).with_columns(
        growth_share=pl.when(is_level).then(growth).otherwise("growth_share"),
        contribution_share=pl.when(~is_level).then(ratio(pl.col("yuan"), pl.col("start_yuan"))),
        change_low_yuan="low",
        change_high_yuan="high",
        start_yuan=pl.col("end_yuan") - pl.col("yuan"),
        label_zh=texts[0].str.replace("{}", whose.cast(pl.String), literal=True),
        label_en=texts[1].str.replace("{}", whose.cast(pl.String), literal=True),
        is_unexplained=pl.col("step") == "unexplained",
    )
