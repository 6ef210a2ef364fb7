"""How two states of a panel differ: in documents, in figures, in failed checks.

Only what belongs to documents that differ is read, so that a small change of a large panel is
found without reading all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from analytics.errors import InputError, NotFoundError
from analytics.schema.fields import IDENTITY
from analytics.schema.panel_vocabularies import DocumentChange, FactChange, FindingChange
from analytics.schema.results.panel import DocumentDiff, FactDiff, FindingDiff
from analytics.schema.tables import conform
from analytics.schema.vocabularies import Outcome
from analytics.store.commits import documents_at
from analytics.store.delta import StoredTable
from analytics.store.tables import CHILD_TABLES, WRITE_ID, canonical_schema

__all__ = ["PanelDiff", "PanelState", "compare_states", "state_at"]

_PLACE = ("document_id", "block", "row", "column")
_MEANING = (
    *IDENTITY,
    "statement",
    "flow",
    "classification",
    "code",
    "name",
    "parent_code",
    "counterpart_code",
    "fund",
    "component",
    "carryover_basis",
    "value_kind",
)
_SUBJECT = ("agency_id", "fiscal_year", "rule", "statement", "subject")
_PASSES = ((*_PLACE, *_MEANING), _MEANING, _PLACE)
"""What makes two figures one, the strictest first: some may move, some may be read otherwise."""

_OF_DOCUMENT = ("file_name", *IDENTITY, "edition", "reader_version")
_NUMBER = "_number"
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class PanelState:
    """A panel at one moment.

    Args:
        name: What the state is called.
        documents: All its documents, as they are stored.
        scans: The stored rows of ``facts`` and ``findings``, also those of other states.
    """

    name: str
    documents: pl.DataFrame
    scans: Mapping[str, pl.LazyFrame]

    @property
    def current(self) -> pl.DataFrame:
        """The current editions."""
        return self.documents.filter("is_current")

    def rows(self, table: str, documents: pl.DataFrame) -> pl.DataFrame:
        """The rows of some documents."""
        is_theirs = pl.col(WRITE_ID).is_in(documents[WRITE_ID].implode())
        columns = canonical_schema(table).names()
        return self.scans[table].filter(is_theirs).select(columns).collect()


@dataclass(frozen=True, slots=True, repr=False)
class PanelDiff:
    """What :meth:`Panel.diff` found; its frames are empty where nothing differs.

    Args:
        before: The earlier state.
        after: The later state.
        documents: Rows of :class:`~analytics.schema.results.DocumentDiff`.
        facts: Rows of :class:`~analytics.schema.results.FactDiff`.
        findings: Rows of :class:`~analytics.schema.results.FindingDiff`: failures only.
    """

    before: str
    after: str
    documents: pl.DataFrame
    facts: pl.DataFrame
    findings: pl.DataFrame

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(not f.is_empty() for f in (self.documents, self.facts, self.findings))

    def __repr__(self) -> str:
        """One screen: how much of each sort, and the first documents and the largest amounts."""
        lines = [f"PanelDiff({self.before} → {self.after})"]
        for name, column in (
            ("documents", "document_change"),
            ("facts", "fact_change"),
            ("findings", "finding_change"),
        ):
            frame: pl.DataFrame = getattr(self, name)
            counts = frame.group_by(column).len().sort(column)
            listed = ", ".join(f"{count:,} {change}" for change, count in counts.iter_rows())
            lines.append(f"  {name}: {listed or 'the same'}")
            lines += (f"    {line}" for line in _first_lines(name, frame))
        return "\n".join(lines)


def _first_lines(name: str, frame: pl.DataFrame) -> Iterator[str]:
    """The rows that matter most: documents in order, figures and findings by weight."""
    match name:
        case "documents":
            head = frame.head(_MOST_LINES)
            for r in head.iter_rows(named=True):
                whose = " ".join(str(r[column]) for column in IDENTITY)
                yield f"{r['document_change']}: {whose}, {r['file_name']}"
        case "facts":
            size = pl.col("difference_yuan").abs()
            head = frame.with_columns(_size=size).top_k(_MOST_LINES, by="_size")
            # Rows of one size come in any order otherwise.
            head = head.sort("_size", *_PLACE, descending=[True, *[False] * len(_PLACE)])
            for r in head.iter_rows(named=True):
                amounts = " → ".join(
                    "none" if r[side] is None else f"{r[side]:,}"
                    for side in ("before_yuan", "after_yuan")
                )
                yield f"{r['fact_change']}: {r['statement']} {r['code']} {r['name']} {amounts}"
        case _:
            head = frame.head(_MOST_LINES)
            for r in head.iter_rows(named=True):
                yield f"{r['finding_change']}: {r['rule']} {r['subject']}"
    if frame.height > head.height:
        yield f"… and {frame.height - head.height:,} more"


def state_at(
    moment: datetime, stored: pl.DataFrame, tables: Mapping[str, StoredTable]
) -> PanelState:
    """The panel at an earlier moment, as far as it is still kept.

    Readings that were replaced stay on disk, and are known by the list of documents, until
    :meth:`Panel.maintain` removes their rows. Findings are replaced as a whole; those of a moment
    are the version of their table of then.

    Args:
        moment: A moment with its time zone.
        stored: The list of documents, with those that were replaced.
        tables: The stored tables by name.

    Raises:
        InputError: The moment has no time zone.
        NotFoundError: What the panel held then is not kept any more.
    """
    if moment.tzinfo is None:
        raise InputError(f"{moment} has no time zone", hint="give datetime(…, tzinfo=UTC)")
    documents = documents_at(stored, moment)
    replaced = documents.join(
        stored.filter(pl.col("replaced_at").is_not_null()), on=WRITE_ID, how="semi"
    )
    for table in tables.values():
        table.refresh()
    if not replaced.is_empty():
        is_theirs = pl.col(WRITE_ID).is_in(replaced[WRITE_ID].implode())
        kept = pl.concat(
            pl.collect_all(
                [
                    tables[name].scan().filter(is_theirs).select(pl.col(WRITE_ID).unique())
                    for name in CHILD_TABLES
                ]
            )
        )
        if gone := replaced.join(kept, on=WRITE_ID, how="anti")["document_id"].sort().to_list():
            raise NotFoundError(
                f"the readings of {moment:%Y-%m-%d %H:%M} are not kept any more "
                f"({len(gone)} of {documents.height} documents, first {gone[0]})",
                hint="maintain() removed them; compare with a later moment",
            )
    scans = {"facts": tables["facts"].scan(), "findings": tables["findings"].scan_at(moment)}
    return PanelState(f"{moment:%Y-%m-%d %H:%M:%S %Z}", documents, scans)


def compare_states(before: PanelState, after: PanelState) -> PanelDiff:
    """See :meth:`Panel.diff`."""
    documents = _documents(before, after)
    facts = [
        state.rows("facts", state.current.join(documents, on="document_id", how="semi"))
        for state in (before, after)
    ]
    findings = [state.rows("findings", state.current) for state in (before, after)]
    return PanelDiff(
        before.name, after.name, documents, _facts(facts[0], facts[1]), _findings(*findings)
    )


def _documents(before: PanelState, after: PanelState) -> pl.DataFrame:
    was, now = before.current, after.current
    both = was.join(now, on="document_id", suffix="_now").filter(
        (pl.col("reading_id") != pl.col("reading_id_now")) | (_differing(_OF_DOCUMENT) != "")
    )
    reread = now.join(both, on="document_id", how="semi").join(
        both.select(
            "document_id",
            before_reader_version="reader_version",
            before_document_id="document_id",
            changed_columns=_differing(_OF_DOCUMENT),
        ),
        on="document_id",
    )
    gone = was.join(now, on="document_id", how="anti")
    is_held = pl.col("document_id").is_in(after.documents["document_id"].implode())
    gone = gone.with_columns(
        document_change=pl.when(is_held)
        .then(pl.lit(str(DocumentChange.SUPERSEDED)))
        .otherwise(pl.lit(str(DocumentChange.REMOVED)))
    )
    editions_before = (
        gone.filter(document_change=str(DocumentChange.SUPERSEDED))
        .group_by(IDENTITY)
        .agg(before_document_id=pl.col("document_id").sort().str.join(";"))
    )
    come = (
        now.join(was, on="document_id", how="anti")
        .join(editions_before, on=IDENTITY, how="left")
        .with_columns(
            document_change=pl.when(pl.col("before_document_id").is_null())
            .then(pl.lit(str(DocumentChange.ADDED)))
            .otherwise(pl.lit(str(DocumentChange.NEW_EDITION)))
        )
    )
    rows = pl.concat(
        [
            come,
            reread.with_columns(document_change=pl.lit(str(DocumentChange.REREAD))),
            gone.with_columns(before_reader_version="reader_version"),
        ],
        how="diagonal",
    ).sort(*IDENTITY, "document_id")
    return conform(
        rows.with_columns(pl.col("changed_columns").replace("", None)),
        DocumentDiff,
        table="document_diff",
    )


def _facts(was: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    pairs = []
    for keys in _PASSES:
        found, was, now = _paired(was, now, keys)
        pairs.append(found)
    paired = pl.concat(pairs, how="diagonal").with_columns(
        changed_columns=_differing((*_MEANING, "amount_yuan"))
    )
    is_same = [pl.col(name).eq_missing(pl.col(f"{name}_now")) for name in _MEANING]
    changed = paired.filter(pl.col("changed_columns") != "").with_columns(
        fact_change=pl.when(pl.all_horizontal(is_same))
        .then(pl.lit(str(FactChange.AMOUNT)))
        .otherwise(pl.lit(str(FactChange.MEANING)))
    )
    names = [name for name in canonical_schema("facts").names() if f"{name}_now" in paired.columns]
    rows = pl.concat(
        [
            changed.select(
                "fact_change",
                "changed_columns",
                *(pl.col(f"{name}_now").alias(name) for name in names),
                before_document_id="document_id",
                before_code="code",
                before_name="name",
                before_yuan="amount_yuan",
                after_yuan="amount_yuan_now",
            ),
            now.with_columns(
                fact_change=pl.lit(str(FactChange.ADDED)), after_yuan=pl.col("amount_yuan")
            ),
            was.with_columns(
                fact_change=pl.lit(str(FactChange.REMOVED)), before_yuan=pl.col("amount_yuan")
            ),
        ],
        how="diagonal",
    )
    difference = pl.col("after_yuan").fill_null(0) - pl.col("before_yuan").fill_null(0)
    return conform(
        rows.with_columns(difference_yuan=difference.cast(pl.Decimal(18, 2))).sort(
            *IDENTITY, *_PLACE, "fact_change"
        ),
        FactDiff,
        table="fact_diff",
    )


def _findings(was: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    fails = pl.col("outcome") == str(Outcome.FAIL)
    outcomes = now.select("finding_id", after_outcome="outcome")
    left, come = was.filter(fails), now.filter(fails)
    # A document read anew may have its tables elsewhere, and with them the names of its findings.
    for keys in (("finding_id",), ("document_id", *_SUBJECT), _SUBJECT):
        _, left, come = _paired(left, come, keys)
    rows = pl.concat(
        [
            come.with_columns(
                finding_change=pl.lit(str(FindingChange.APPEARED)), after_outcome="outcome"
            ),
            left.join(outcomes, on="finding_id", how="left").with_columns(
                finding_change=pl.lit(str(FindingChange.RESOLVED))
            ),
        ],
        how="diagonal",
    ).sort("agency_id", "fiscal_year", "document_id", "rule", "finding_id")
    return conform(rows, FindingDiff, table="finding_diff")


def _paired(
    was: pl.DataFrame, now: pl.DataFrame, keys: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Pair rows with the same keys, the first with the first and so on; and what is left."""
    place = [name for name in (*_PLACE, "finding_id") if name in was.columns]
    sides = [
        rows.sort(place).with_columns(pl.int_range(pl.len()).over(keys).alias(_NUMBER))
        for rows in (was, now)
    ]
    on = [*keys, _NUMBER]
    pairs = sides[0].join(sides[1], on=on, how="inner", nulls_equal=True, suffix="_now")
    # A key of a join is one column of two.
    pairs = pairs.with_columns(pl.col(key).alias(f"{key}_now") for key in keys).drop(_NUMBER)
    rest = [
        mine.join(others, on=on, how="anti", nulls_equal=True).drop(_NUMBER)
        for mine, others in (sides, sides[::-1])
    ]
    return pairs, rest[0], rest[1]


def _differing(names: Sequence[str]) -> pl.Expr:
    """The names of the columns that differ between the two sides, joined by semicolons."""
    return pl.concat_str(
        [
            pl.when(pl.col(name).ne_missing(pl.col(f"{name}_now"))).then(pl.lit(name))
            for name in names
        ],
        separator=";",
        ignore_nulls=True,
    )
