"""Which contradiction is the cause and which only follow from it.

A wrong figure fails every equation it is in, and by the same amount each time. Failures of one
disclosure that differ by the same amount, and that share a figure or an equation, are therefore
one contradiction: the heaviest of them is reported as the root, and the others name it. Where one
figure alone would make all of them hold, and nothing that holds now speaks against it, the root
says what that figure would have to be. Nothing is changed.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, statement_label
from analytics.checks.registry import Family
from analytics.checks.wording import Relation, with_number_texts
from analytics.expressions import rank_in, worded
from analytics.schema.vocabularies import FindingState, Outcome, Severity

__all__ = ["with_roots"]

_FAILED = pl.col("outcome") == Outcome.FAIL
_IS_SUM = (pl.col("relation") == Relation.EQUAL.value) & (pl.col("measure_unit") == "yuan")
"""Whether an answer says that two sums of money are equal."""
_DIGITS_APART = 1


def with_roots(judged: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    """Add what a failure calls for, what it follows from and what went into it.

    Args:
        judged: Judged answers, one row each: ``nr`` (number of the row), the columns of findings,
            ``relation``, ``is_suspect`` and the columns of
            :data:`~analytics.checks.answers.EVIDENCE`.
        printed: The figures that ``printed_figures`` and ``computed_figures`` name.

    Returns:
        The rows with ``state``, ``root_nr`` (null at a root), ``evidence``, ``fits_zh`` and
        ``fits_en``; null for answers that did not fail.
    """
    failed = judged.filter(_FAILED)
    terms = _terms(judged.join(failed, on="document_id", how="semi"))
    members = _components(failed, terms)
    fits = _fits(members, terms, printed)
    order = ["severity_rank", "is_at_fault", "family_rank", "nr"]
    roots = (
        members.join(fits.select("nr", is_at_fault=pl.lit(0)), on="nr", how="left")
        .with_columns(
            pl.col("is_at_fault").fill_null(1),
            severity_rank=rank_in("severity", Severity),
            family_rank=rank_in("family", [each.key for each in Family]),
        )
        .sort(order)
        .with_columns(root_nr=pl.col("nr").first().over("component"))
    )
    told = fits.unique("component").drop("nr")
    stated = (
        roots.join(told, on="component", how="left")
        .join(_evidence(failed, terms, printed), on="nr", how="left")
        .select(
            "nr",
            "evidence",
            "fits_zh",
            "fits_en",
            root_nr=pl.when(pl.col("root_nr") != pl.col("nr")).then("root_nr"),
            state=_state(pl.col("is_suspect").fill_null(False) | _is_misread()),
        )
    )
    return judged.join(stated, on="nr", how="left", maintain_order="left")


def _state(is_suspect: pl.Expr) -> pl.Expr:
    return (
        pl.when(is_suspect)
        .then(pl.lit(str(FindingState.READING_SUSPECT)))
        .when(pl.col("severity") == Severity.ERROR)
        .then(pl.lit(str(FindingState.CONFIRMED)))
        .otherwise(pl.lit(str(FindingState.NEEDS_REPLY)))
    )


def _is_misread() -> pl.Expr:
    """Whether one wrongly recognised digit would explain a failure."""
    return (pl.col("is_recognised") & (pl.col("digits_apart") <= _DIGITS_APART)).fill_null(False)


def _terms(judged: pl.DataFrame) -> pl.DataFrame:
    """One row an answer and a figure or claim in it; ``key`` names the figure or claim."""
    of = ["nr", "document_id", "outcome", "difference", "tolerance", "is_sum"]
    rows = judged.with_columns(is_sum=_IS_SUM)
    return pl.concat(
        [
            rows.select(*of, key=_named("f", "printed_figures"), is_own=pl.lit(True)).explode(
                "key"
            ),
            rows.select(*of, key=_named("f", "computed_figures"), is_own=pl.lit(False)).explode(
                "key"
            ),
            rows.select(*of, key=worded("c{}", "claim_id"), is_own=pl.lit(True)),
        ]
    ).drop_nulls("key")


def _named(prefix: str, figures: str) -> pl.Expr:
    return pl.col(figures).list.eval(worded(f"{prefix}{{}}", pl.element()))


def _components(failed: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """The failures with ``component``: equal for those that are one contradiction."""
    size, slack = pl.col("difference").abs(), pl.col("tolerance").fill_null(0)
    apart = size - size.shift(1).over("document_id") > slack + slack.shift(1).over("document_id")
    sums = (
        failed.filter(_IS_SUM, pl.col("difference").is_not_null())
        .sort("document_id", size, "nr")
        .select("nr", cluster=apart.fill_null(True).cum_sum())
    )
    own = terms.join(sums, on="nr").select("nr", "cluster", "key")
    through = (
        own.join(terms.filter("is_sum"), on="key", suffix="_equation")
        .select("nr", "cluster", key=worded("e{}", "nr_equation"))
        .unique()
    )
    same_size = pl.concat([own, through]).select("nr", key=worded("{}/{}", "cluster", "key"))
    same_claim = terms.filter(_FAILED, pl.col("key").str.starts_with("c")).select("nr", "key")
    links = pl.concat([same_size, same_claim]).unique().with_columns(component="nr")
    while True:
        joined = links
        for shared in ("key", "nr"):
            joined = joined.with_columns(pl.col("component").min().over(shared))
        if joined.equals(links):
            break
        links = joined
    found = links.group_by("nr").agg(pl.col("component").min())
    return failed.join(found, on="nr", how="left").with_columns(
        component=pl.coalesce("component", "nr")
    )


def _fits(members: pl.DataFrame, terms: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    """The one figure of each contradiction that would resolve it, where there is only one.

    One row a failure that it is in. It must be in every failing sum of the contradiction, in no
    equation that would cease to hold, and every sum must ask for the same value.
    """
    slack = pl.col("tolerance").fill_null(0)
    sums = members.filter(_IS_SUM).select(
        "nr", "component", sums=pl.len().over("component").cast(pl.UInt32)
    )
    change = pl.when("is_own").then(-pl.col("difference")).otherwise("difference")
    shared = (
        terms.filter(pl.col("key").str.starts_with("f"))
        .join(sums, on="nr")
        .group_by("component", "key")
        .agg(
            "nr",
            pl.col("sums").first(),
            healed=pl.col("nr").n_unique(),
            change=change.sort_by(slack).first(),
            spread=change.max() - change.min(),
            allowed=slack.sum(),
        )
        .filter(
            pl.col("healed") == pl.col("sums"),
            pl.col("sums") > 1,
            pl.col("spread") <= pl.col("allowed"),
        )
    )
    holds = terms.filter("is_sum", pl.col("outcome") == Outcome.PASS).select(
        "key", passing_slack=slack
    )
    broken = shared.join(holds, on="key").filter(
        pl.col("change").abs() > 2 * pl.col("passing_slack")
    )
    figures = printed.select(
        "amount_yuan", "step", "unit_text", "statement", "name", "page", "ocr_confidence",
        key=worded("f{}", "figure"),
    )  # fmt: skip
    fitting = (
        shared.join(broken, on=["component", "key"], how="anti")
        .filter(pl.len().over("component") == 1)
        .join(figures, on="key")
        .with_columns(fit=(pl.col("amount_yuan") + pl.col("change")).cast(NUMBER))
    )
    told = ("name", "was", "would")
    return (
        with_number_texts(
            fitting,
            {"was": pl.col("amount_yuan"), "would": pl.col("fit")},
            unit=pl.col("unit_text"),
            step=pl.col("step"),
        )
        .with_columns(
            fits_zh=worded(
                "{}“{}”列示{}，若为{}，则以上各处全部相符", statement_label("zh"), *told
            ),
            fits_en=worded(
                "{}, “{}” prints {}; all of this would hold if it were {}",
                statement_label("en"),
                *told,
            ),
            is_recognised=pl.col("ocr_confidence").is_not_null(),
            digits_apart=_digits_apart(pl.col("was"), pl.col("would")),
        )
        .select("nr", "component", "fits_zh", "fits_en", "is_recognised", "digits_apart")
        .explode("nr")
    )


def _digits_apart(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """In how many places two numbers of the same length differ; null for other lengths."""
    pairs = pl.concat_list(
        [
            (left.str.slice(at, 1) != right.str.slice(at, 1)).cast(pl.Int8)
            for at in range(len("100,000,000,000.00"))
        ]
    ).list.sum()
    return pl.when(left.str.len_chars() == right.str.len_chars()).then(pairs)


def _evidence(failed: pl.DataFrame, terms: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    """The figures and claims that went into each failure, the tested ones first."""
    figures = printed.select("place", key=worded("f{}", "figure"))
    return (
        terms.join(failed.select("nr"), on="nr", how="semi")
        .join(figures, on="key", how="left")
        .with_columns(name=pl.coalesce("place", pl.col("key").str.strip_prefix("c")))
        .sort("nr", "is_own", "name", descending=[False, True, False])
        .group_by("nr", maintain_order=True)
        .agg(evidence=pl.col("name").unique(maintain_order=True).str.join(";"))
    )
