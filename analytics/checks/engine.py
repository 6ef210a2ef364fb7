"""The engine: asks rules of every document at once and turns their answers into findings.

It judges what the rules leave to the numbers, completes the answers so that every rule says
something about every document and statement, and puts them into words. Everything is polars over
all rules and documents together: nothing here runs once for a row or a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from analytics.checks.answers import ANSWER_COLUMNS, EVIDENCE, NUMBER, all_printed
from analytics.checks.parts import lay_together
from analytics.checks.registry import CanonicalTables, Rule, find_rule
from analytics.checks.registry import rules as declared_rules
from analytics.checks.roots import with_roots
from analytics.checks.wording import Relation, with_wording
from analytics.errors import AnalyticsError, InputError
from analytics.expressions import rank_in, worded
from analytics.schema.tables import Findings, conform
from analytics.schema.vocabularies import Outcome, Presence, Statement, Topic

__all__ = ["FINDING_ORDER", "run_checks"]

_PRESENCE_ORDER = {presence: rank for rank, presence in enumerate(Presence)}
_OUTSIDE = 3
"""Where the layout that a document follows has no such statement."""
_COLUMNS = {"rule": pl.String(), **ANSWER_COLUMNS}
FINDING_ORDER = ("document_id", "rule", "block", "row", "column", "finding_id")
"""The columns that sort findings."""
_JUDGED = [
    name
    for name in Findings.column_names()
    if name not in ("state", "root", "evidence", "fits_zh", "fits_en")
]


def run_checks(
    tables: CanonicalTables | Mapping[str, pl.DataFrame | pl.LazyFrame],
    *,
    rules: Iterable[str] | None = None,
) -> pl.DataFrame:
    """Ask rules of every document at once.

    A rule answers at least once for each document and each statement it is about: where the
    statement is missing the outcome is ``insufficient``; where it is empty, or the layout that
    the document follows has no such statement, ``not_applicable``.
    A disclosure in several files is asked as one (:mod:`analytics.checks.parts`).
    A blank cell is no figure; where a rule needs the figure the answer is ``insufficient``, and
    where it adds figures up a blank adds nothing. Only figures that a document prints itself are
    tested, each within the half steps of everything printed that went into it.

    Args:
        tables: The canonical tables, by name or as :class:`CanonicalTables`.
        rules: Codes of the rules to run; all by default.

    Returns:
        Rows of ``findings``, one an answer, sorted by document, rule and place.

    Raises:
        NotFoundError: A code is not the code of a rule.
        InputError: A table is not given.
        AnalyticsError: A rule itself failed; the message names it.
        SchemaError: Findings do not meet their schema.

    Examples:
        >>> from analytics.schema.tables import TABLES
        >>> nothing = {name: schema.create_empty() for name, schema in TABLES.items()}
        >>> run_checks(nothing, rules=["T-BALANCE-SIDES"]).height
        0
    """
    canonical = tables if isinstance(tables, CanonicalTables) else CanonicalTables.of(tables)
    codes = declared_rules() if rules is None else rules
    chosen = list(dict.fromkeys(find_rule(code) for code in codes))
    if not chosen:
        return Findings.create_empty()
    whole, layout = lay_together(canonical)
    # Most rules start from these rows: they are worked out once and not once a rule.
    printed = all_printed(whole).collect(engine="in-memory")
    whole = replace(whole, printed=printed.lazy(), shared={})
    asked = _asked(chosen, whole)
    together = _together(asked, whole)
    each = [_answers(one, whole, rows) for one, rows in zip(asked, together, strict=True)]
    answered = pl.concat([pl.DataFrame(schema=_COLUMNS), *each]).lazy()
    complete = pl.concat([answered, _unanswered(chosen, whole, answered)])
    judged = _findings(chosen, whole, complete).collect(engine="in-memory")
    rooted = with_roots(judged, layout.with_place(printed))
    found = layout.apart(rooted.lazy()).collect(engine="in-memory")
    roots = found.select(root_nr="nr", root="finding_id")
    named = found.join(roots, on="root_nr", how="left", maintain_order="left")
    in_order = named if layout.parts.is_empty() else named.sort(FINDING_ORDER)
    return conform(in_order, Findings, table="findings")


def _asked(chosen: Sequence[Rule], tables: CanonicalTables) -> list[Rule]:
    """The rules that may have something to say: those about forms only where there is a form."""
    if tables.projects.head(1).collect(engine="in-memory").height:
        return list(chosen)
    return [one for one in chosen if set(one.statements) != {Statement.PERFORMANCE_FORM}]


def _together(
    chosen: Sequence[Rule], tables: CanonicalTables
) -> Sequence[pl.DataFrame] | Sequence[None]:
    """What all rules return, worked out side by side; nothing at all where one of them fails."""
    try:
        # The streaming engine takes six times as long to start as these small plans need to run.
        return pl.collect_all([one.function(tables) for one in chosen], engine="in-memory")
    except Exception:  # which rule it was shows when each is run by itself
        return [None] * len(chosen)


def _answers(one: Rule, tables: CanonicalTables, rows: pl.DataFrame | None) -> pl.DataFrame:
    """The answers of one rule; a fault of the rule is raised under its name."""
    try:
        if rows is None:
            rows = one.function(tables).collect(engine="in-memory")
        return rows.select(pl.lit(one.code).alias("rule"), *_typed(rows))
    except Exception as error:  # whatever goes wrong in a rule must carry the rule's name
        raise AnalyticsError(
            f"the rule {one.code} could not be run: {error}",
            hint="name the other rules to run them, and report this as a fault of the package",
        ) from error


def _typed(answers: pl.DataFrame) -> list[pl.Expr]:
    """The columns of answers, those of evidence too; a single figure is what was printed."""
    absent = {name: pl.lit(None, kind) for name, kind in EVIDENCE.items()}
    if "figure" in answers.columns:
        absent["printed_figures"] = pl.concat_list("figure").list.drop_nulls()
    wrong = {*answers.columns, *absent} - {"figure"} ^ set(ANSWER_COLUMNS)
    if wrong:
        raise InputError(f"answers have the wrong columns: {', '.join(sorted(wrong))}")
    schema = answers.schema
    return [
        pl.col(name)
        if schema.get(name) == kind
        else absent[name].alias(name)
        if name not in schema
        else pl.col(name).cast(kind)
        for name, kind in ANSWER_COLUMNS.items()
    ]


def _presence(tables: CanonicalTables) -> pl.LazyFrame:
    """Whether each statement of each document is there: the best of its appearances."""
    rank = rank_in("presence", Presence)
    read = tables.statements.select("document_id", needed="statement", rank=rank)
    forms = tables.projects.select(
        "document_id",
        needed=pl.lit(str(Statement.PERFORMANCE_FORM)),
        rank=pl.lit(_PRESENCE_ORDER[Presence.PRESENT], dtype=pl.Int8),
    )
    return pl.concat([read, forms]).group_by("document_id", "needed").agg(pl.col("rank").min())


def _unanswered(
    chosen: Sequence[Rule], tables: CanonicalTables, answered: pl.LazyFrame
) -> pl.LazyFrame:
    """An answer for each rule, document and statement that the rule itself said nothing about.

    The first of the statements that a rule needs and that is missing or empty says why.
    """
    needed = pl.LazyFrame(
        [
            (one.code, str(about), str(need), order, need.zh, need.en, str(one.absent))
            for one in chosen
            for about in one.statements
            for order, need in enumerate((about, *one.reads))
        ],
        schema={
            "rule": pl.String,
            "statement": pl.String,
            "needed": pl.String,
            "order": pl.Int64,
            "zh": pl.String,
            "en": pl.String,
            "absent": pl.String,
        },
        orient="row",
    )
    is_topic = pl.col("needed").is_in([str(topic) for topic in Topic])
    unread = pl.when(is_topic).then(_PRESENCE_ORDER[Presence.PRESENT])
    gap = pl.col("rank") > _PRESENCE_ORDER[Presence.PRESENT]
    of = ["document_id", "rule", "statement"]
    state = (
        tables.documents.select("document_id")
        .join(needed, how="cross")
        .join(answered.select(of).unique(), on=of, how="anti")
        .join(_presence(tables), on=["document_id", "needed"], how="left")
        .with_columns(pl.col("rank").fill_null(unread.otherwise(_OUTSIDE)))
        .sort(*of, "order")
        .group_by(of, maintain_order=True)
        .agg(
            pl.col("absent").first(),
            subject=pl.col("zh").first(),
            subject_en=pl.col("en").first(),
            is_own=gap.first(),
            rank=pl.col("rank").filter(gap).first().fill_null(0),
            zh=pl.col("zh").filter(gap).first(),
            en=pl.col("en").filter(gap).first(),
        )
    )
    zh = pl.when("is_own").then(pl.lit("表中")).otherwise("zh")
    en = pl.when("is_own").then(pl.lit("it")).otherwise("en")
    given = {
        "rule": pl.col("rule"),
        "document_id": pl.col("document_id"),
        "statement": pl.col("statement"),
        "key": pl.col("statement"),
        "subject": pl.col("subject"),
        "subject_en": pl.col("subject_en"),
        "outcome": _by_state(
            pl.lit(str(Outcome.INSUFFICIENT)),
            pl.lit(str(Outcome.NOT_APPLICABLE)),
            pl.lit(str(Outcome.NOT_APPLICABLE)),
            pl.col("absent"),
            pl.col("absent"),
        ),
        "note_zh": _by_state(
            pl.when("is_own").then(pl.lit("文件中没有")).otherwise(worded("缺少{}", "zh")),
            worded("{}无数据", zh),
            pl.when("is_own")
            .then(pl.lit("该文件的报表体例没有这张表"))
            .otherwise(worded("该文件的报表体例没有{}", "zh")),
            pl.lit("没有适用这一检查的内容"),
            pl.lit("文件未列示这一检查所需的数字"),
        ),
        "note_en": _by_state(
            worded("{} is missing", en),
            worded("{} has no figures", en),
            worded("the layout of the document does not have {}", en),
            pl.lit("there is nothing this rule applies to"),
            pl.lit("the figures it needs are not published"),
        ),
    }
    return state.select(
        given.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in _COLUMNS.items()
    )


def _by_state(
    missing: pl.Expr, empty: pl.Expr, outside: pl.Expr, nothing: pl.Expr, unknown: pl.Expr
) -> pl.Expr:
    """One of five, by why a rule had nothing to say."""
    return (
        pl.when(pl.col("rank") == _PRESENCE_ORDER[Presence.MISSING])
        .then(missing)
        .when(pl.col("rank") == _PRESENCE_ORDER[Presence.EMPTY])
        .then(empty)
        .when(pl.col("rank") == _OUTSIDE)
        .then(outside)
        .when(pl.col("absent") == Outcome.NOT_APPLICABLE)
        .then(nothing)
        .otherwise(unknown)
    )


def _declared(chosen: Sequence[Rule]) -> pl.LazyFrame:
    """What findings take from the declaration of their rule."""
    return pl.LazyFrame(
        [
            (
                one.code,
                one.family.key,
                str(one.severity),
                one.relation.value,
                *one.printed,
                *one.computed,
            )
            for one in chosen
        ],
        schema=[
            "rule",
            "family",
            "severity",
            "relation",
            "printed_zh",
            "printed_en",
            "computed_zh",
            "computed_en",
        ],
        orient="row",
    )


def _findings(
    chosen: Sequence[Rule], tables: CanonicalTables, answers: pl.LazyFrame
) -> pl.LazyFrame:
    """Judge the answers and put them into words; ``nr`` is the number of the row."""
    relation = pl.col("relation")
    slack = pl.col("tolerance").fill_null(0)
    difference = pl.col("difference")
    holds = (
        pl.when(relation == Relation.AT_MOST.value)
        .then(difference <= slack)
        .when(relation == Relation.AT_LEAST.value)
        .then(difference >= -slack)
        .otherwise(difference.abs() <= slack)
    )
    judged = (
        pl.when(pl.col("outcome").is_not_null())
        .then("outcome")
        .when(holds.is_null())
        .then(pl.lit(str(Outcome.INSUFFICIENT)))
        .when(holds)
        .then(pl.lit(str(Outcome.PASS)))
        .otherwise(pl.lit(str(Outcome.FAIL)))
    )
    identity = tables.documents.select("document_id", "agency_id", "fiscal_year")
    named = (
        with_wording(
            answers.join(_declared(chosen), on="rule")
            .with_columns(
                difference=(pl.col("printed") - pl.col("computed")).cast(NUMBER),
                finding_id=worded("{}/{}/{}", "rule", "document_id", "key"),
            )
            .with_columns(outcome=judged)
        )
        .join(identity, on="document_id")
        .sort(*FINDING_ORDER, "line", "subject")
        .select(*_JUDGED, "relation", "is_suspect", *EVIDENCE)
        .with_row_index("nr")
    )
    # To number all of them within their name takes as long as to judge them; few share a name.
    again = named.filter(pl.col("finding_id").is_duplicated()).select(
        "nr", again=pl.int_range(pl.len()).over("finding_id")
    )
    is_again = pl.col("again").fill_null(0) > 0
    return (
        named.join(again, on="nr", how="left", maintain_order="left")
        .with_columns(
            finding_id=pl.when(is_again)
            .then(worded("{}#{}", "finding_id", pl.col("again") + 1))
            .otherwise("finding_id")
        )
        .drop("again")
    )
