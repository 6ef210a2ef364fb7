"""Agencies that were renamed, merged or split, taken together so that two years can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, place_text, result_of
from analytics.analysis.union_coverage import coverage_of
from analytics.analysis.witnesses import LINE, choose_witness, facts_of, is_published
from analytics.reference.agency_unions import AgencyUnion, agency_unions, linked_agencies
from analytics.schema.results.agencies import UnitedFacts
from analytics.schema.tables import Facts
from analytics.schema.vocabularies import Repair, RowKind, Stage, ValueKind

__all__ = ["UnitedAgencies", "unite_agencies"]

_STATEMENT = ("fiscal_year", "stage", "scope", "statement")
_PLACE = ("document_id", "block", "row", "column")
_BETWEEN = "\x1e"  # the record separator: no printed text holds it
_DOCUMENT = ["document_id", "agency_id", "scope"]
_POOLS = pl.Schema(
    dict.fromkeys([*_DOCUMENT, "pool", "pool_documents", "union_id"], pl.String())
    | {"cut": pl.List(pl.String()), "is_contradicted": pl.Boolean()}
)


_ByAgency: TypeAlias = dict[str, list[tuple[int, AgencyUnion]]]


class UnitedAgencies(NamedTuple):
    """What :func:`unite_agencies` returns.

    Args:
        facts: The facts of both years, :class:`~analytics.schema.results.agencies.UnitedFacts`.
        unions: Which agencies make which union,
            :class:`~analytics.schema.results.agencies.AgencyUnions`.
        coverage: Which members print which statement, and which do not,
            :class:`~analytics.schema.results.agencies.UnionCoverage`.
    """

    facts: pl.DataFrame
    unions: pl.DataFrame
    coverage: pl.DataFrame


class _Document(NamedTuple):
    """A document: whose it is, and of when; ``age`` counts the stages of the years."""

    document_id: str
    agency_id: str
    scope: str
    age: int

    @property
    def year(self) -> int:
        return self.age // len(Stage)


def unite_agencies(
    facts: Frame, successions: pl.DataFrame, *, year: int, prior_year: int | None = None
) -> UnitedAgencies:
    """Put the figures of linked agencies under one identifier, so that two years are comparable.

    Agencies that a succession links between the two years are one union
    (:func:`~analytics.reference.agency_unions.agency_unions`). What one agency states for all of the
    union keeps its rows under the union's ``agency_id``. Where the union was several agencies, the
    documents of one year and stage of all of them are read as one: for each line
    (:data:`~analytics.analysis.witnesses.LINE`) one figure of each is chosen and all are added up,
    exactly; ``low_yuan`` and ``high_yuan`` are added too. A line that one of them does not list in a
    statement that it prints had nothing there. Stages and scopes are never added together.

    A statement that a member does not print, or a member without a document, leaves the union
    incomplete: the figures that are there stay with their own agency and are marked
    ``is_agency_incomplete``, so that no part of a union is compared with all of it. So does a
    union whose documents contradict the registry: an agency prints figures before it began, or old
    and new agencies both do. A budget printed under the names from before a reorganisation of the
    same year is taken as what it is. What the texts of several agencies imply of an earlier year is
    not added up either: whether each speaks of its own part is not known.

    No money is lost and none is counted twice: in each year the figures are those of ``facts``,
    less those that state a line of a member a second time.

    Args:
        facts: The canonical facts; of other years only what tells documents apart is used.
        successions: Rows of :class:`~analytics.schema.agencies.AgencySuccessions`, as in
            ``Registry.successions``.
        year: The year to compare.
        prior_year: The year to compare with; ``year`` − 1 if not given.

    Returns:
        Facts of the two years, the unions and their coverage, each sorted.

    Raises:
        InputError: Not a table of facts, or ``prior_year`` is not before ``year``.

    Examples:
        With the facts of one library, which gets another name in 2020:

        >>> import analytics
        >>> from analytics.schema.agencies import AgencySuccessions
        >>> is_new = pl.col("fiscal_year") >= 2020
        >>> facts = years.with_columns(
        ...     agency_id=pl.when(is_new).then(pl.lit("示例市文化馆")).otherwise("agency_id"))
        >>> link = {"link_year": 2020, "succession_kind": "renamed", "link_confidence": "high"}
        >>> link |= {"old_agency_id": "示例市图书馆", "new_agency_id": "示例市文化馆"}
        >>> blank = AgencySuccessions.create_empty().schema
        >>> renamed = pl.DataFrame([link | {"link_basis": "official"}], blank)
        >>> united = analytics.unite_agencies(facts, renamed, year=2020)
        >>> united.facts["agency_id"].unique().to_list()
        ['示例市文化馆']
        >>> united.coverage.select("fiscal_year", "stage", "union_state", "member_ids").rows()[0]
        (2019, 'budget', 'complete', '示例市图书馆')

        Had a second one been joined to it, of which there is no document, the year before could
        not be compared:

        >>> also = link | {"succession_kind": "merged", "link_basis": "official"}
        >>> both = pl.DataFrame([also, also | {"old_agency_id": "示例市美术馆"}], blank)
        >>> united = analytics.unite_agencies(facts, both, year=2020)
        >>> united.coverage.filter(union_state="agency_incomplete")["reason_en"].unique().to_list()
        ['missing: 示例市美术馆']
        >>> united.facts.filter("is_agency_incomplete")["agency_id"].unique().to_list()
        ['示例市图书馆']
    """
    prior_year = year - 1 if prior_year is None else prior_year
    lazy = as_lazy(facts, table="facts", columns=Facts.column_names())
    documents = _documents(lazy)
    unions = linked_agencies(
        successions, prior_year, year, seen=[(d.agency_id, d.year) for d in documents]
    )
    both = lazy.filter(pl.col("fiscal_year").is_in([prior_year, year]))
    pools = pl.DataFrame(
        list(_pools(documents, unions, prior_year, year, successions)), schema=_POOLS, orient="row"
    )
    touched = both.join(pools.lazy(), on=_DOCUMENT).collect(engine="in-memory")
    members = pl.col("cut").list.len()
    # No cut and no contradiction: what a later document says, under the name it means.
    whole = touched.filter((members <= 1) & ~pl.col("is_contradicted"))
    parts = touched.filter((members > 1) & ~pl.col("is_contradicted"))
    listed = _listed(touched)
    complete = listed.filter(pl.col("members").list.len() == pl.col("cut").list.len())
    on = ["pool", *_STATEMENT]
    added = parts.join(complete, on=on, how="semi")
    apart = pl.concat([parts.join(complete, on=on, how="anti"), touched.filter("is_contradicted")])
    rows = [
        _with_source(both.join(pools.lazy(), on=_DOCUMENT, how="anti"), is_incomplete=False),
        _with_source(whole.lazy().with_columns(agency_id="union_id"), is_incomplete=False),
        _with_source(apart.lazy(), is_incomplete=True),
        _sums(added),
    ]
    order = ["agency_id", *_STATEMENT[:3], *_PLACE]
    return UnitedAgencies(
        facts=result_of(pl.concat(rows), UnitedFacts, order=order),
        unions=agency_unions(
            successions, prior_year, year, seen=[(d.agency_id, d.year) for d in documents]
        ),
        coverage=coverage_of(listed, unions, prior_year, year),
    )


def _documents(facts: pl.LazyFrame) -> list[_Document]:
    """Each document with the latest year and stage it has a figure of: those are its own."""
    places = {str(stage): place for place, stage in enumerate(Stage)}
    stage = pl.col("stage").replace_strict(places, return_dtype=pl.Int32)
    age = pl.col("fiscal_year").cast(pl.Int32) * len(Stage) + stage
    found = facts.group_by("document_id", "agency_id", "scope").agg(age=age.max())
    return [_Document(*row) for row in found.sort(_DOCUMENT).collect().iter_rows()]


def _pools(
    documents: list[_Document],
    unions: list[AgencyUnion],
    prior_year: int,
    year: int,
    successions: pl.DataFrame,
) -> Iterator[tuple[str, str, str, str, str, str, list[str], bool]]:
    """The documents of unions: those of one year, stage and scope of a union are one pool."""
    pools: dict[tuple[AgencyUnion, int, str], list[_Document]] = {}
    contradicted: set[str] = set()
    own, later = _by_agency(unions), _later_unions(documents, successions, year)
    for document in documents:
        after = _union_of(document, later.get(document.year, {}), document.year)
        if after is not None:
            # What a later text says of the year, it says of all who have become the agency by then.
            yield *document[:3], "", "", after.union_id, [], False
            continue
        union = _union_of(document, own, year)
        if document.year < prior_year or union is None:
            continue
        pools.setdefault((union, document.age, document.scope), []).append(document)
    cuts: dict[tuple[AgencyUnion, int, str], tuple[str, ...]] = {}
    for (union, age, scope), members in pools.items():
        when = min(members[0].year, year)
        cuts[union, age, scope] = union.last_cut({d.agency_id for d in members}, when)
        if not cuts[union, age, scope] and members[0].year in (prior_year, year):
            contradicted.add(union.union_id)
    for (union, age, scope), members in pools.items():
        pool = _BETWEEN.join((union.union_id, str(age), scope))
        names = "+".join(dict.fromkeys(d.document_id for d in members))
        cut = list(cuts[union, age, scope])
        is_contradicted = not cut or union.union_id in contradicted
        for d in members:
            yield *d[:3], pool, names, union.union_id, cut, is_contradicted


def _later_unions(
    documents: list[_Document], successions: pl.DataFrame, year: int
) -> dict[int, _ByAgency]:
    """For each later year with documents the unions that its agencies and those of ``year`` make."""
    years = {document.year for document in documents if document.year > year}
    return {y: _by_agency(linked_agencies(successions, year, y)) for y in sorted(years)}


def _by_agency(unions: list[AgencyUnion]) -> _ByAgency:
    """Each agency with the unions and years in which it is a member."""
    found: _ByAgency = {}
    for union in unions:
        for year, members in union.members.items():
            for agency in members:
                found.setdefault(agency, []).append((year, union))
    return found


def _union_of(document: _Document, unions: _ByAgency, year: int) -> AgencyUnion | None:
    """The union that an agency belonged to last, in the year of the document or before.

    An agency that only comes later belongs to that union all the same: the contradiction is seen
    when the document finds no place in it.
    """
    when = min(document.year, year)
    own = unions.get(document.agency_id, [])
    before = [(y, union) for y, union in own if y <= when]
    if before:
        return max(before, key=lambda each: each[0])[1]
    return min(own, key=lambda each: each[0])[1] if own else None


def _listed(touched: pl.DataFrame) -> pl.DataFrame:
    """Which members print which statement in the documents of a pool."""
    return (
        touched.filter(is_published(), (pl.col("cut").list.len() > 0) | pl.col("is_contradicted"))
        .group_by("pool", "union_id", "cut", "is_contradicted", *_STATEMENT)
        .agg(members=pl.col("agency_id").unique().sort())
    )


def _with_source(facts: pl.LazyFrame, *, is_incomplete: bool) -> pl.LazyFrame:
    return facts.with_columns(
        source=place_text(cell="cell"), is_agency_incomplete=pl.lit(is_incomplete)
    ).select(UnitedFacts.column_names())


def _sums(parts: pl.DataFrame) -> pl.LazyFrame:
    """One row for each line of a pool: the figures of all members added up."""
    owned = parts.with_columns(agency_id=pl.concat_str("pool", "agency_id", separator="\x1d"))
    owner = pl.col("agency_id").str.split_exact("\x1d", 1).struct.rename_fields(["pool", "member"])
    line = [*LINE[1:], "carryover_basis"]
    chosen = (
        choose_witness(facts_of(owned, stage=None, scope=None))
        .with_columns(_owner=owner)
        .unnest("_owner")
        .with_columns(_count=pl.len().over("pool", "member", "fiscal_year", *line))
        .with_columns(_told_apart=pl.col("_count").max().over("pool", "fiscal_year", *line) > 1)
    )
    kinds = [str(kind) for kind in (ValueKind.IMPLIED, ValueKind.CORRECTED, ValueKind.PRINTED)]
    row_kinds = [str(kind) for kind in (RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.ITEM)]
    names = [
        pl.when("_told_apart").then(name).alias(f"_{name}") for name in ("parent_code", "name")
    ]
    added = (
        chosen.sort("pool", "member", "line_key")
        .group_by("pool", "fiscal_year", *line, *names, maintain_order=True)
        .agg(
            pl.col("name", "counterpart_name", "parent_code").drop_nulls().first(),
            pl.col("amount_yuan", "low_yuan", "high_yuan").sum(),
            pl.col("row_kind").sort_by(_rank("row_kind", row_kinds)).first(),
            pl.col("value_kind").sort_by(_rank("value_kind", kinds)).first(),
            pl.col("is_uncertain", "is_disputed").any(),
            pl.col("source").str.join("; "),
        )
        .join(parts.lazy().select("pool", "pool_documents", "union_id").unique(), on="pool")
        .rename({"pool_documents": "document_id", "union_id": "agency_id"})
    )
    # A sum stands nowhere: its rows are numbered, and what was added is in ``source``.
    repairs = [
        pl.when("is_uncertain").then(pl.lit(str(Repair.CODE_AMBIGUOUS))),
        pl.when("is_disputed").then(pl.lit(str(Repair.LEVEL_CONTRADICTED))),
    ]
    written = added.with_columns(
        block=pl.lit(1),
        row=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("document_id", order_by="source"),
        column=pl.lit(1),
        amount_text=pl.col("amount_yuan").cast(pl.String),
        unit_text=pl.lit("元"),
        step_yuan=pl.col("high_yuan") - pl.col("low_yuan"),
        repairs=pl.concat_str(repairs, separator=";", ignore_nulls=True).replace("", None),
        is_agency_incomplete=pl.lit(value=False),
    )
    blank = [n for n in UnitedFacts.column_names() if n not in written.collect_schema()]
    types = UnitedFacts.create_empty().schema
    return written.with_columns(pl.lit(None, types[n]).alias(n) for n in blank).select(
        pl.col(name).cast(dtype) for name, dtype in types.items()
    )


def _rank(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        {value: rank for rank, value in enumerate(order)}, return_dtype=pl.Int8
    )
