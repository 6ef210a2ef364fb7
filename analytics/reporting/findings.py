"""Findings put in order for people: the heaviest first, what follows from one beneath it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dataframely as dy
import polars as pl

from analytics.checks import rules
from analytics.errors import InputError
from analytics.expressions import rank_in, worded
from analytics.schema.fields import IDENTITY
from analytics.schema.reviews import ANSWER_FIELDS, ListedFindings, ReviewAnswer, Reviews
from analytics.schema.tables import column_types, conform
from analytics.schema.vocabularies import FindingState, LineCode, Outcome, Severity, ValueKind
from analytics.store import Panel

__all__ = [
    "disclosure_key",
    "is_settled",
    "list_findings",
    "listed",
    "lost_reviews",
    "with_reviews",
]

_SEEN = {"seen_printed": "printed", "seen_computed": "computed"}
_SETTLED = (ReviewAnswer.ACCEPTED, ReviewAnswer.EXPLAINED)
_STATES = (FindingState.CONFIRMED, FindingState.NEEDS_REPLY, FindingState.READING_SUSPECT)


def list_findings(panel: Panel, *, reviews: pl.DataFrame | None = None) -> pl.DataFrame:
    """List what does not hold, as a person would hand it on.

    Grain: one row a failed check of the current documents. The heaviest come first: by severity,
    then by state (confirmed, needs a reply, reading suspect), then by the size of the difference. A
    finding that follows from another one stands beneath it, whatever it weighs itself. Findings
    that a person accepted or explained come after all that are open.

    ``weight_share`` makes differences comparable: of amounts |difference| ÷ the largest total of
    the document (of an amount that is no total, where it prints none); of shares |difference|; of
    counts |difference| ÷ the larger of the two. Null where no numbers were compared.

    ``finding_key`` names the finding by agency, year, stage, scope, rule and line. It does not
    change when a document is read again or a corrected edition takes its place.

    Args:
        panel: A panel with its findings up to date.
        reviews: Answers of people, as :func:`~analytics.reporting.reviews.read_reviews` reads them.

    Returns:
        A frame that meets :class:`~analytics.schema.reviews.ListedFindings`.

    Raises:
        InputError: ``reviews`` lacks columns.

    Examples:
        With a panel of one disclosure, in which two digits have changed places and the books cost
        more than the money for them:

        >>> import analytics
        >>> findings = analytics.list_findings(panel)
        >>> findings.unique("rule", maintain_order=True).select("severity", "rule").rows()
        [('error', 'N-GROWTH'), ('warning', 'C-MONEY')]
        >>> findings["finding_key"][0].split("/")[:5]
        ['示例市图书馆', '2024', 'budget', 'unit', 'N-GROWTH']
    """
    found = listed(panel.documents, panel.scan("findings"), panel.scan("facts"))
    return found if reviews is None else with_reviews(found, reviews)


def listed(
    documents: pl.DataFrame,
    findings: pl.DataFrame | pl.LazyFrame,
    facts: pl.DataFrame | pl.LazyFrame,
) -> pl.DataFrame:
    """The rows of :func:`list_findings` from canonical tables, without answers.

    Args:
        documents: The documents that the findings are on.
        findings: Findings of any outcome.
        facts: Facts of the documents, for their totals.
    """
    failed = findings.lazy().filter(pl.col("outcome") == Outcome.FAIL).collect()
    known = documents.select("document_id", "stage", "scope", "file_name")
    declared = pl.DataFrame(
        [(r.code, r.title_zh, r.title_en, r.why_zh, r.why_en) for r in rules().values()],
        schema=dict.fromkeys(
            ("rule", "rule_title_zh", "rule_title_en", "why_zh", "why_en"), pl.String
        ),
        orient="row",
    )
    keyed = (
        failed.join(known, on="document_id")
        .join(declared, on="rule", how="left")
        .join(_totals(facts), on="document_id", how="left")
        .with_columns(finding_key=_key(), weight_share=_weight())
        .sort("finding_key", "file_name", "block", "row", "column", "finding_id")
        # A rule may fail twice for one line: in two sentences, or in two files of a disclosure.
        .with_columns(finding_key=_numbered("finding_key"))
    )
    roots = keyed.select(root="finding_id", root_key="finding_key")
    types = column_types(ListedFindings)
    unanswered = [pl.lit(None, types[name]).alias(name) for name in (*ANSWER_FIELDS, "is_stale")]
    rows = keyed.join(roots, on="root", how="left").with_columns(
        unanswered, seen_printed="printed", seen_computed="computed"
    )
    return conform(_in_order(rows), ListedFindings, table="list of findings")


def with_reviews(findings: pl.DataFrame, reviews: pl.DataFrame) -> pl.DataFrame:
    """Put what people answered beside the findings.

    An answer belongs to the figures that the person saw. Where the finding compares other figures
    today, the answer is shown with ``is_stale`` and settles nothing. ``corrected_text`` stands
    beside the finding only: no fact is changed by it.

    Args:
        findings: Listed findings; answers they carry already are let go.
        reviews: The answers.

    Returns:
        The findings, those that were accepted or explained after the open ones.

    Raises:
        InputError: One of the frames lacks columns.

    Examples:
        >>> import analytics
        >>> findings = analytics.list_findings(panel)
        >>> file = analytics.save_findings(findings, folder / "findings.csv")
        >>> analytics.with_reviews(findings, analytics.read_reviews(file))["answer"].null_count()
        3
    """
    _require(findings, ListedFindings, "findings")
    _require(reviews, Reviews, "reviews")
    rows = (
        findings.drop(*ANSWER_FIELDS, *_SEEN, "is_stale")
        .join(reviews.select("finding_key", *ANSWER_FIELDS, *_SEEN), on="finding_key", how="left")
        .with_columns(is_answered=pl.col("answer").is_not_null())
        .with_columns(
            pl.when("is_answered").then(seen).otherwise(now).alias(seen)
            for seen, now in _SEEN.items()
        )
        .with_columns(
            is_stale=pl.when("is_answered").then(
                pl.any_horizontal(pl.col(a).ne_missing(pl.col(b)) for a, b in _SEEN.items())
            )
        )
    )
    return conform(_in_order(rows), ListedFindings, table="list of findings")


def lost_reviews(findings: pl.DataFrame, reviews: pl.DataFrame) -> pl.DataFrame:
    """The answers whose finding is gone: it holds now, or its disclosure is not there.

    Args:
        findings: Listed findings.
        reviews: The answers.
    """
    return reviews.join(findings, on="finding_key", how="anti").sort("finding_key")


def disclosure_key(document: Mapping[str, Any]) -> str:
    """What the keys of all findings on a disclosure begin with.

    Args:
        document: A row of ``documents``.
    """
    return "".join(f"{document[name]}/" for name in IDENTITY)


def is_settled() -> pl.Expr:
    """Whether a person accepted or explained the finding as it is today, or what it follows from.

    A finding that has an answer of its own is judged by that one. The expression looks for the
    root of a finding among the rows it is asked of.
    """
    is_answered = pl.col("answer").is_in([str(answer) for answer in _SETTLED])
    own = (is_answered & ~pl.col("is_stale")).fill_null(value=False)
    settled = pl.col("finding_key").filter(own).implode()
    by_root = pl.col("answer").is_null() & pl.col("root_key").is_in(settled)
    return own | by_root.fill_null(value=False)


def _key() -> pl.Expr:
    """The key of a finding; where it stood on the page is no part of it: that changes."""
    within = pl.col("finding_id").str.strip_prefix(worded("{}/{}/", "rule", "document_id"))
    is_placed = within.str.ends_with(worded("/{}/{}", "row", "column")).fill_null(value=False)
    line = pl.when(is_placed).then(within.str.replace(r"/\d+/\d+/\d+$", "")).otherwise(within)
    return worded("{}/{}/{}/{}/{}/{}", *IDENTITY, "rule", line)


def _numbered(column: str) -> pl.Expr:
    """The texts of a column, from the second of its kind on with a number."""
    again = pl.int_range(pl.len()).over(column)
    return pl.when(again == 0).then(column).otherwise(worded("{}~{}", column, again + 1))


def _totals(facts: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The largest total of each document; its largest amount where it prints no total."""
    size = pl.col("amount_yuan").abs()
    is_total = pl.col("code") == LineCode.TOTAL
    return (
        facts.lazy()
        .filter(pl.col("value_kind") == ValueKind.PRINTED)
        .group_by("document_id")
        .agg(total_yuan=pl.coalesce(size.filter(is_total).max(), size.max()))
        .collect()
    )


def _weight() -> pl.Expr:
    difference = pl.col("difference").cast(pl.Float64).abs()
    larger = pl.max_horizontal(pl.col("printed").abs(), pl.col("computed").abs())
    base = (
        pl.when(pl.col("measure_unit") == "yuan")
        .then(pl.col("total_yuan").cast(pl.Float64))
        .when(pl.col("measure_unit") == "share")
        .then(1.0)
        .otherwise(larger.cast(pl.Float64))
    )
    return difference / pl.when(base > 0).then(base)


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Roots by weight, each with those that follow from it; what is settled after the rest."""
    own = rows.sort(
        is_settled(),
        rank_in("severity", Severity),
        rank_in("state", _STATES),
        pl.col("weight_share").fill_null(0.0),
        *IDENTITY,
        "rule",
        "line",
        "finding_key",
        descending=[False, False, False, True, *[False] * (len(IDENTITY) + 3)],
        nulls_last=True,
    ).with_row_index("_rank")
    of_root = own.select(root_key="finding_key", _root_rank="_rank")
    return (
        own.join(of_root, on="root_key", how="left")
        .with_columns(_is_follower=pl.col("_root_rank").is_not_null())
        .sort(pl.coalesce("_root_rank", "_rank"), "_is_follower", "_rank")
    )


def _require(frame: pl.DataFrame, schema: type[dy.Schema], what: str) -> None:
    missing = [name for name in schema.column_names() if name not in frame.columns]
    if missing:
        source = "list_findings" if what == "findings" else "read_reviews"
        raise InputError(
            f"the {what} lack the columns {', '.join(missing)}", hint=f"{source} gives them"
        )
