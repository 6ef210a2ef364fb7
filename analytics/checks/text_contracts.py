"""Contracts in the running texts of a project form: price, payments, instalments, prepayment."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, among
from analytics.checks.projects import IN_PLACE, PROJECT, form_answers
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.text_amounts import (
    about_amount,
    apart,
    block_money,
    closest,
    closing_totals,
    mentioned,
    mentioned_money,
)
from analytics.checks.wording import Relation
from analytics.expressions import worded
from analytics.schema.form_vocabularies import MentionKind, MentionRole, TextPart
from analytics.schema.vocabularies import Outcome, Statement

__all__ = ["contract_rest", "due_this_year", "prepaid_amount", "prepayment", "text_payments"]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_PART = [*PROJECT, "text_part"]
_role, _amount = pl.col("role"), pl.col("amount")
_LAST_PAYMENT = r"尾款|余款|剩余|验收|到期|质保|结清|付清"


@rule(
    "F-CONTRACT-REST",
    title=("合同金额减已付等于未付", "Contract less payments is what remains"),
    equation="合同金额 − 已付 = 未付余款, of each contract of a text",
    why=(
        "多付或少付的余款直接来自这笔减法。",
        "What is still paid on a contract comes from this subtraction.",
    ),
    catalogue=("F6",),
    computed=("合同金额减已付", "contract less payments is"),
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def contract_rest(tables: CanonicalTables) -> pl.LazyFrame:
    """Each rest of a contract that a text states; contracts paid as delivered have no price.

    ``insufficient`` where the text states no payment and the rest is not the whole price.
    """
    of = [*_PART, "contract_number"]
    money = mentioned_money(tables, pl.col("contract_number").is_not_null())
    sums = money.group_by(of).agg(
        price=_amount.filter(_role == MentionRole.CONTRACT).last(),
        price_half=pl.col("own_half").filter(_role == MentionRole.CONTRACT).last(),
        paid=_amount.filter(_role == MentionRole.PAID).sum(),
        paid_half=pl.col("own_half").filter(_role == MentionRole.PAID).sum(),
        payments=(_role == MentionRole.PAID).sum(),
        said=pl.col("sentence").str.join("；"),
    )
    frame = (
        money.filter(_role == MentionRole.REMAINING)
        .unique([*of, "amount"], keep="first", maintain_order=True)
        .join(sums, on=of)
        .filter(pl.col("price").is_not_null())
        .with_columns(
            computed=pl.col("price") - pl.col("paid"),
            tolerance=pl.col("own_half") + pl.col("price_half") + pl.col("paid_half"),
        )
    )
    unknown = apart() & (pl.col("payments") == 0)
    return form_answers(
        frame,
        key=pl.col("key"),
        about=about_amount("value_text"),
        printed="amount",
        sentence="said",
        outcome=pl.when(unknown).then(pl.lit(str(Outcome.INSUFFICIENT))),
        note_zh=pl.when(unknown).then(pl.lit("文字没有写明已付金额")),
        note_en=pl.when(unknown).then(pl.lit("the text states no payment")),
    )


@rule(
    "F-TEXT-PAYMENTS",
    title=("分期付款之和等于总额", "Instalments make the whole"),
    equation="Σ instalments of a payment schedule = 合计 of 项目概况, or 年度 or 实施期资金总额",
    why=(
        "分期付款加不到总额，剩余的钱没有说明付给谁。",
        "Instalments that miss the whole leave money without a payee.",
    ),
    catalogue=("F6",),
    computed=("总额", "the whole is"),
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def text_payments(tables: CanonicalTables) -> pl.LazyFrame:
    """Two or more payments of one sentence of the measures or the plan, the last one the final.

    A final payment is one after acceptance, at the end of the contract, or of what remains. Texts
    that repeat the same sum against the same whole have one answer, at the first of them.
    """
    of = [*_PART, "sentence_number"]
    payments = mentioned_money(
        tables,
        among(pl.col("text_part"), [TextPart.MEASURES, TextPart.PLAN]),
        among(_role, [MentionRole.DUE, MentionRole.REMAINING]),
    )
    totals = closing_totals(tables).select(*PROJECT, total="amount", total_half="own_half")
    frame = (
        payments.group_by(of, maintain_order=True)
        .agg(
            pl.col(IN_PLACE).first(),
            pl.col("key", "unit_text").first(),
            sentence=pl.col("sentence").unique(maintain_order=True).str.join("；"),
            last=pl.col("wording").last(),
            count=pl.len(),
            amount=_amount.sum(),
            half=pl.col("own_half").sum(),
            step=pl.col("step").min(),
            listed=pl.col("value_text").str.join("、"),
        )
        .filter(pl.col("count") > 1, pl.col("last").str.contains(_LAST_PAYMENT))
        .join(block_money(tables), on=PROJECT)
        .join(totals, on=PROJECT, how="left")
        .with_columns(
            computed=pl.coalesce("total", closest(_amount, pl.col("annual"), pl.col("term"))),
            tolerance=pl.col("half") + pl.col("total_half").fill_null(0),
        )
        .sort("document_id", "block", "row", "column", "key")
        .unique([*PROJECT, "amount", "computed"], keep="first", maintain_order=True)
    )
    return form_answers(
        frame,
        key=pl.col("key"),
        about=(pl.lit("的分期付款"), pl.lit(", its instalments")),
        printed="amount",
        sentence="sentence",
        note_zh=worded("分期为{}", "listed"),
        note_en=worded("the instalments are {}", "listed"),
    )


@rule(
    "F-PREPAYMENT",
    title=("预付比例前后一致", "The prepayment is the same everywhere"),
    equation="预付比例 of one text of a form = 预付比例 of the others",
    why=(
        "同一合同只有一个预付比例，两处不同必有一处写错。",
        "A contract has one prepayment; where two are stated one is wrong.",
    ),
    catalogue=("F14",),
    printed=("一处写", "one text says"),
    computed=("另一处写", "another says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def prepayment(tables: CanonicalTables) -> pl.LazyFrame:
    """Forms in which two texts state one prepayment each; several in one text are several contracts."""
    shares = mentioned(
        tables,
        pl.col("kind") == MentionKind.SHARE,
        _role == MentionRole.PREPAYMENT,
        pl.col("value").is_not_null(),
        ~pl.col("is_about"),
    )
    alone = shares.unique([*_PART, "value"], keep="first", maintain_order=True).filter(
        pl.len().over(_PART) == 1
    )
    order = pl.Enum([str(part) for part in TextPart])
    first = (
        alone.sort(pl.col("text_part").cast(order), maintain_order=True)
        .group_by(PROJECT, maintain_order=True)
        .agg(
            computed=pl.col("value").first(),
            other=pl.col("sentence").first(),
            first_id=pl.col("mention_id").first(),
        )
    )
    frame = (
        alone.join(first, on=PROJECT)
        .filter(pl.col("mention_id") != pl.col("first_id"))
        .with_columns(
            value=pl.col("value") / 100,
            computed=pl.col("computed") / 100,
            tolerance=pl.lit(0),
            step=pl.col("value_step") / 100,
            unit_text="unit",
            both=worded("{}；{}", "other", "sentence"),
        )
    )
    return form_answers(
        frame,
        key=pl.col("key"),
        about=(pl.lit("的预付比例"), pl.lit(", its prepayment")),
        printed="value",
        measure_unit="share",
        sentence="both",
    )


@rule(
    "F-PREPAID-AMOUNT",
    title=("预付款等于合同金额乘以预付比例", "The prepayment is its share of the contract"),
    equation="预付款 = 合同金额 × 预付比例, of one sentence",
    why=(
        "预付款与比例不符，付款就没有合同依据。",
        "A prepayment that is not its share has no basis in the contract.",
    ),
    catalogue=("F14",),
    computed=("按比例为", "the share makes"),
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def prepaid_amount(tables: CanonicalTables) -> pl.LazyFrame:
    """Sentences with one price, one percentage behind it, and one payment behind that."""
    of = [*_PART, "sentence_number"]
    shares = mentioned(
        tables,
        pl.col("kind") == MentionKind.SHARE,
        _role == MentionRole.PREPAYMENT,
        pl.col("value").is_not_null(),
    ).filter(pl.len().over(of) == 1)
    prices = mentioned_money(tables, _role == MentionRole.CONTRACT).filter(pl.len().over(of) == 1)
    paid = mentioned_money(
        tables, among(_role, [MentionRole.DUE, MentionRole.PAID, MentionRole.REMAINING])
    ).filter(pl.len().over(of) == 1)
    share = (pl.col("share") / 100).cast(NUMBER)
    frame = (
        paid.join(
            shares.select(*of, share="value", share_at="position", share_said="sentence"), on=of
        )
        .join(
            prices.select(
                *of,
                price="amount",
                price_half="own_half",
                price_at="position",
                price_said="sentence",
            ),
            on=of,
        )
        .filter(pl.col("price_at") < pl.col("share_at"), pl.col("share_at") < pl.col("position"))
        .with_columns(
            computed=(pl.col("price") * share).round(2),
            tolerance=pl.col("own_half") + (pl.col("price_half") * share).round(4),
            said=worded("{}，{}，{}", "price_said", "share_said", "sentence"),
        )
    )
    return form_answers(
        frame,
        key=pl.col("key"),
        about=about_amount("value_text"),
        printed="amount",
        sentence="said",
    )


@rule(
    "F-TEXT-DUE",
    title=("文字所列本年待付款不超过年度资金", "What is due this year fits its money"),
    equation="Σ amounts that the text says are to be paid in the year ≤ 年度资金总额",
    why=(
        "写明当年要付的款超过当年预算，必有款项无钱可付或数字有误。",
        "More to pay in the year than the budget grants leaves bills unpaid, or a figure is wrong.",
    ),
    catalogue=("F6",),
    computed=("年度资金", "the year's money is"),
    relation=Relation.AT_MOST,
    printed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
    family=_FAMILY,
    statements=_FORM,
)
def due_this_year(tables: CanonicalTables) -> pl.LazyFrame:
    """Amounts of the overview that are still to be paid and whose sentence last names the year.

    Amounts inside a breakdown are tested with it (F-TEXT-SUM). An amount stated twice counts once.
    """
    at = [*_PART, "sentence_number"]
    overview = pl.col("text_part") == TextPart.OVERVIEW
    years = (
        mentioned(tables, overview, pl.col("kind") == MentionKind.DATE)
        .select(*at, date_position="position", year=pl.coalesce("date_to", "date_from").dt.year())
        .filter(pl.col("year").is_not_null())
    )
    due = mentioned_money(
        tables,
        overview,
        among(_role, [MentionRole.REMAINING, MentionRole.DUE]),
        pl.col("part_of").is_null(),
    )
    dated = (
        due.join(years, on=at)
        .filter(pl.col("date_position") < pl.col("position"))
        .sort("date_position")
        .group_by("mention_id")
        .agg(pl.col("year").last())
    )
    this_year = (
        due.join(dated, on="mention_id")
        .filter(pl.col("year") == pl.col("fiscal_year"))
        .sort("position")
        .unique([*PROJECT, "amount"], keep="first", maintain_order=True)
    )
    frame = (
        this_year.group_by(PROJECT, maintain_order=True)
        .agg(
            pl.col(IN_PLACE).first(),
            pl.col("sentence").str.join("；"),
            pl.col("unit_text").first(),
            amount=_amount.sum(),
            own_half=pl.col("own_half").sum(),
            step=pl.col("step").min(),
        )
        .join(block_money(tables), on=PROJECT)
        .with_columns(computed="annual", tolerance="own_half")
    )
    return form_answers(
        frame,
        about=(pl.lit("文字所列本年待付款"), pl.lit(", due this year by its text")),
        printed="amount",
        sentence="sentence",
    )
