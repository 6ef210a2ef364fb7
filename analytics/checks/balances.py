"""The balances of the summaries: both sides add up, and they are equal."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import against, among, chosen, printed_facts, with_parts
from analytics.checks.lines import (
    BALANCES,
    CODE,
    COMPONENT,
    FISCAL_FUNDS,
    FLOW,
    FUND,
    IS_TOP,
    IS_TOTAL,
    IS_WHOLE,
    WHOLE_FUNDS,
    brought_forward,
    carried_over,
    in_statement,
    line_answers,
    of_the_year,
    statement_facts,
    unless_carried,
)
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.wording import Relation
from analytics.schema.vocabularies import Component, Flow, LineCode, Outcome, Severity, Statement

__all__ = [
    "balance_capital",
    "balance_carryover",
    "balance_expenditure",
    "balance_expenditure_total",
    "balance_funds",
    "balance_lines",
    "balance_purposes",
    "balance_revenue",
    "balance_revenue_total",
    "balance_sides",
]

_FAMILY = Family.INSIDE_STATEMENT
_BALANCED = (Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY)
_COLUMN = ["fund", "component"]
_CELL = ["document_id", "block", "row", "column"]
_is_line = ~among(CODE, BALANCES)
_YEAR_OR_ALL = (LineCode.CURRENT_TOTAL, LineCode.TOTAL)
_PURPOSES = (
    Component.BASIC,
    Component.PROJECT,
    Component.RESERVE,
    Component.TO_SUPERIOR,
    Component.BUSINESS,
    Component.TO_AFFILIATES,
)
_BASIC_PARTS = (Component.PERSONNEL, Component.PUBLIC)
_WHOLE = Component.TOTAL
_OF_FUNDS = (
    Statement.GENERAL_PUBLIC_EXPENDITURE,
    Statement.GOVERNMENT_FUND_EXPENDITURE,
    Statement.STATE_CAPITAL_OPERATIONS,
)


@rule(
    "T-BALANCE-REVENUE",
    title=("各项收入之和等于本年收入合计", "Sources add up to the revenue of the year"),
    equation="本年收入合计 (收入总计, where nothing stands between) = Σ sources of the year",
    why=(
        "各项收入加不出合计，说明有收入来源漏列或填错。",
        "If the sources do not make the revenue, a source was left out or misprinted.",
    ),
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1a", "T4a"),
    computed=("各项收入之和", "the sources add up to"),
)
def balance_revenue(tables: CanonicalTables) -> pl.LazyFrame:
    """The sources of the year, each once; a blank source is none.

    Of a source and the sources below it (财政拨款 and its three funds) only the upper one counts.
    """
    facts = printed_facts(tables, in_statement(*_BALANCED), FLOW == Flow.REVENUE)
    return line_answers(
        with_parts(
            of_the_year(facts),
            facts.filter(_is_line & IS_TOP).join(_beside(facts), on=_CELL, how="anti"),
            ["document_id", "statement"],
        )
    )


@rule(
    "T-BALANCE-REVENUE-TOTAL",
    title=("本年收入加上年结转等于收入总计", "Revenue and carry-over make the grand total"),
    equation="收入总计 = 本年收入合计 + 上年结转 (+ 使用非财政拨款结余)",
    why=(
        "总计是可用的全部资金，加不出来就不知道究竟有多少钱。",
        "The grand total is all the money there is to spend; if it does not add up, that amount is not known.",
    ),
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1b", "T4b", "D1"),
    computed=("本年收入合计与上年结转之和", "revenue of the year and carry-over make"),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_revenue_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand total of revenue; a carry-over that is printed only by fund is added up.

    Savings of earlier years that a layout prints beside the revenue of the year are added too. Not
    applicable where no total of the year is printed: ``T-LEVEL-CURRENT`` asks whether it should be.
    """
    facts = printed_facts(tables, in_statement(*_BALANCED), FLOW == Flow.REVENUE)
    on = ["document_id", "statement"]
    current = facts.filter(CODE == LineCode.CURRENT_TOTAL)
    parts = pl.concat([current, brought_forward(facts), _beside(facts)]).join(
        current, on=on, how="semi"
    )
    whole = facts.filter(IS_TOTAL).join(current, on=on, how="semi")
    return line_answers(with_parts(whole, parts, on))


def _beside(facts: pl.LazyFrame) -> pl.LazyFrame:
    """Lines that stand under the grand total, beside a total of the year that is printed too."""
    current = facts.filter(CODE == LineCode.CURRENT_TOTAL)
    under = facts.filter(_is_line, pl.col("parent_code") == LineCode.TOTAL)
    return under.join(current, on=["document_id", "statement", "flow"], how="semi")


@rule(
    "T-BALANCE-CARRYOVER",
    title=("各类资金结转之和等于上年结转", "Carry-over by fund adds up"),
    equation="上年结转 = Σ carry-over of each fund",
    why=(
        "结转资金有专门用途，分项之和不等于总数就看不清哪笔钱留了下来。",
        "Carried-over money is tied to its purpose; if the parts do not make the total, it is not clear which money was left.",
    ),
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("T4b",),
    computed=("各类资金结转之和", "carry-over by fund adds up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_carryover(tables: CanonicalTables) -> pl.LazyFrame:
    """The carry-over line against its lines by fund."""
    carried = printed_facts(
        tables,
        in_statement(Statement.FISCAL_APPROPRIATION_SUMMARY),
        FLOW == Flow.REVENUE,
        CODE == LineCode.CARRYOVER_START,
        IS_WHOLE,
    )
    whole = carried.filter(among(FUND, WHOLE_FUNDS))
    parts = carried.filter(~among(FUND, WHOLE_FUNDS))
    return line_answers(with_parts(whole, parts, ["document_id", "statement"]))


@rule(
    "T-BALANCE-EXPENDITURE",
    title=("各项支出之和等于本年支出合计", "Functions add up to the expenditure of the year"),
    equation="本年支出合计 (支出总计, where nothing stands between) = Σ functions, in every column",
    why=(
        "各项支出加不出合计，说明有支出漏列、重列或填错。",
        "If the functions do not make the total, spending was left out, counted twice or misprinted.",
    ),
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1d", "T4d"),
    computed=("各项支出之和", "the functions add up to"),
)
def balance_expenditure(tables: CanonicalTables) -> pl.LazyFrame:
    """The functional classes of a summary in every column; a blank class is none.

    ``insufficient`` where a grand total stands for the year and no class is printed at all: some
    layouts list basic and project expenditure instead.
    """
    facts = printed_facts(tables, in_statement(*_BALANCED), FLOW == Flow.EXPENDITURE)
    on = ["document_id", "statement", *_COLUMN]
    parts = facts.filter(_is_line & IS_TOP)
    whole = of_the_year(facts)
    stands_in = whole.filter(IS_TOTAL).join(parts, on=["document_id", "statement"], how="semi")
    whole = pl.concat([whole.filter(~IS_TOTAL), stands_in])
    return line_answers(with_parts(whole, parts, on, blank_is_none=True))


@rule(
    "T-BALANCE-PURPOSES",
    title=("各用途之和等于本年支出合计", "What it is spent for adds up to the expenditure"),
    equation="本年支出合计 = 基本支出 (or 人员经费 + 公用经费) + 项目支出 + 单位预留机动经费",
    why=(
        "按用途加不出支出合计，说明有的钱没有说明用在哪里。",
        "If the purposes do not make the expenditure, the use of some of the money is not stated.",
    ),
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1d", "T4d"),
    computed=("各用途之和", "the purposes add up to"),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_purposes(tables: CanonicalTables) -> pl.LazyFrame:
    """The expenditure of the year by purpose, which some layouts print beside the functions.

    ``insufficient`` where only some of basic expenditure and its parts and projects are printed.
    """
    facts = printed_facts(tables, in_statement(*_BALANCED), FLOW == Flow.EXPENDITURE)
    of_year = of_the_year(facts)
    on = ["document_id", "statement", "fund"]
    purposes = chosen(
        facts.filter(among(CODE, _YEAR_OR_ALL), among(COMPONENT, [*_PURPOSES, *_BASIC_PARTS])),
        [*on, "component"],
    )
    basic = purposes.filter(COMPONENT == Component.BASIC)
    stands_in = among(COMPONENT, _BASIC_PARTS)
    parts = pl.concat(
        [purposes.filter(~stands_in), purposes.filter(stands_in).join(basic, on=on, how="anti")]
    )
    return line_answers(
        with_parts(of_year.filter(IS_WHOLE).join(parts, on=on, how="semi"), parts, on)
    )


@rule(
    "T-BALANCE-EXPENDITURE-TOTAL",
    title=("本年支出加年终结转等于支出总计", "Expenditure and carry-over make the grand total"),
    equation="支出总计 = 本年支出合计 + 年终结转 (+ 结余分配), in every column",
    why=(
        "总计是全部钱的去向，加不出来就有钱没有交代。",
        "The grand total says where all money goes; if its parts do not make it, some of it is not accounted for.",
    ),
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1e", "T4e", "D1"),
    computed=(
        "本年支出合计与年终结转、结余分配之和",
        "expenditure of the year and carry-over make",
    ),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_expenditure_total(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand total of expenditure in every column; purposes are no columns of it.

    Final accounts also distribute a surplus before they carry the rest forward. Not applicable
    where no total of the year is printed.
    """
    facts = printed_facts(
        tables,
        in_statement(*_BALANCED),
        FLOW == Flow.EXPENDITURE,
        ~among(COMPONENT, [*_PURPOSES, *_BASIC_PARTS]),
    )
    on = ["document_id", "statement", *_COLUMN]
    current = facts.filter(CODE == LineCode.CURRENT_TOTAL)
    carried = _left_over(facts)
    parts = pl.concat([current, carried]).join(current, on=on, how="semi")
    whole = facts.filter(IS_TOTAL).join(current, on=["document_id", "statement"], how="semi")
    return line_answers(with_parts(whole, parts, on))


def _left_over(facts: pl.LazyFrame) -> pl.LazyFrame:
    """What is distributed and carried forward, without the lines that are parts of these."""
    left = facts.filter(
        among(CODE, [LineCode.CARRYOVER_END, LineCode.SURPLUS_DISTRIBUTED]),
        pl.col("parent_code") == LineCode.TOTAL,
    )
    return chosen(left, ["document_id", "statement", *_COLUMN, "code"])


@rule(
    "T-BALANCE-SIDES",
    title=("收入总计等于支出总计", "The two sides balance"),
    equation="收入总计 = 支出总计",
    why=(
        "预算必须收支平衡，两边不等说明这份预算本身不成立。",
        "A budget must balance; two sides that differ mean that it does not stand as printed.",
    ),
    family=_FAMILY,
    statements=_BALANCED,
    catalogue=("T1f", "T4f", "D1"),
    computed=("支出总计", "the grand total of expenditure is"),
)
def balance_sides(tables: CanonicalTables) -> pl.LazyFrame:
    """The grand totals of the two sides of a summary."""
    totals = printed_facts(
        tables,
        in_statement(*_BALANCED),
        IS_TOTAL,
        IS_WHOLE,
        among(FUND, WHOLE_FUNDS),
    )
    revenue = totals.filter(FLOW == Flow.REVENUE)
    expenditure = totals.filter(FLOW == Flow.EXPENDITURE)
    return line_answers(against(revenue, expenditure, ["document_id", "statement"]))


@rule(
    "T-BALANCE-FUNDS",
    title=("各类财政拨款收支平衡", "Each fund balances"),
    equation="支出总计 of a fund = its source of the year + its carry-over",
    why=(
        "每类资金都应专款专用、收支平衡，不平说明资金之间可能混用。",
        "Each fund has its own rules and must balance; if it does not, money may have moved between funds.",
    ),
    family=_FAMILY,
    statements=(Statement.FISCAL_APPROPRIATION_SUMMARY,),
    catalogue=("T4f", "D4"),
    computed=("该资金收入与结转之和", "its revenue and carry-over make"),
)
def balance_funds(tables: CanonicalTables) -> pl.LazyFrame:
    """Revenue and expenditure of each fund of the fiscal appropriation."""
    facts = printed_facts(
        tables, in_statement(Statement.FISCAL_APPROPRIATION_SUMMARY), among(FUND, FISCAL_FUNDS)
    )
    spent = facts.filter(FLOW == Flow.EXPENDITURE, IS_TOTAL)
    raised = facts.filter(FLOW == Flow.REVENUE)
    return line_answers(against(spent, raised, ["document_id", "statement", "fund"]))


@rule(
    "T-BALANCE-LINES",
    title=("各科目收支余平衡", "Each line balances over the year"),
    equation="本年支出 + 年末结转和结余 = 年初结转和结余 + 本年收入, in every row",
    why=(
        "一个科目的收入、支出和结余对不上，就不知道余下的钱还有多少。",
        "If revenue, expenditure and carry-over of a line do not meet, nobody knows how much of the money is left.",
    ),
    family=_FAMILY,
    statements=_OF_FUNDS,
    source="the official form of final accounts",
    catalogue=("T8", "T9", "D8"),
    computed=("年初结转和结余与本年收入之和", "the opening balance and the revenue make"),
    absent=Outcome.NOT_APPLICABLE,
)
def balance_lines(tables: CanonicalTables) -> pl.LazyFrame:
    """Every row of a final account that prints balances beside revenue and expenditure.

    A blank is none. Rows of statements without a column of balances are not tested.
    """
    facts = printed_facts(tables, in_statement(*_OF_FUNDS))
    carried = among(COMPONENT, [Component.CARRYOVER, Component.CLOSING])
    has_balances = facts.filter(carried).select("document_id", "statement").unique()
    rows = facts.filter(IS_WHOLE | carried).join(
        has_balances, on=["document_id", "statement"], how="semi"
    )
    on = ["document_id", "statement", "code"]
    return line_answers(
        against(
            rows.filter(FLOW == Flow.EXPENDITURE),
            rows.filter(FLOW == Flow.REVENUE, among(COMPONENT, [Component.CARRYOVER, _WHOLE])),
            on,
            blank_is_none=True,
        )
    )


@rule(
    "T-BALANCE-CAPITAL",
    title=("国有资本经营支出不超过收入", "State capital expenditure has its revenue"),
    equation="国有资本经营支出 ≤ 国有资本经营收入 (+ 结转); the rest is transferred out",
    why=(
        "支出超过收入，多出的部分没有资金来源。",
        "Expenditure beyond the revenue has no money behind it.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.STATE_CAPITAL_OPERATIONS,),
    catalogue=("T9",),
    computed=("收入合计", "revenue is"),
    relation=Relation.AT_MOST,
)
def balance_capital(tables: CanonicalTables) -> pl.LazyFrame:
    """The two totals of the statement, neither with carry-over.

    ``insufficient`` where the expenditure is more and money was carried over.
    """
    totals = statement_facts(tables, Statement.STATE_CAPITAL_OPERATIONS, IS_TOTAL, IS_WHOLE)
    compared = against(
        totals.filter(FLOW == Flow.EXPENDITURE),
        totals.filter(FLOW == Flow.REVENUE),
        ["document_id"],
    )
    return unless_carried(compared, carried_over(tables))
