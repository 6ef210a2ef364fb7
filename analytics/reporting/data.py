"""Everything one report is about, gathered once: canonical rows and results of one agency-year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.analysis import (
    change_bridge,
    changes,
    check_matrix,
    comparable_bridge,
    comparison_coverage,
    doubted_places,
    execution,
    head_costs,
    mix_summary,
    procurement_shares,
    spending_mix,
    three_public,
    unit_costs,
    with_doubts,
)
from analytics.errors import InputError, NotFoundError
from analytics.expressions import rank_in
from analytics.reporting.findings import (
    disclosure_key,
    is_settled,
    listed,
    lost_reviews,
    with_reviews,
)
from analytics.schema.reviews import Reviews
from analytics.schema.vocabularies import Presence, Scope, Stage
from analytics.store import Panel

__all__ = ["ReportData", "gather"]


@dataclass(frozen=True)
class ReportData:
    """The rows a report is made of; nothing in the report comes from anywhere else.

    Args:
        agency_id: The agency.
        agency_name: Its name as printed.
        fiscal_year: The year.
        prior_year: The year before.
        stage: Budget or final accounts.
        scope: The whole department or one unit.
        documents: Rows of ``documents``: the files that the disclosure of the year is made of.
        tables: Canonical tables, cut down to those files.
        results: Results of analysis by name, cut down to the disclosure; those of amounts say in
            ``is_doubted`` which of them did not reconcile.
        failed: What does not hold, listed, with the answers of people.
        lost: Answers of people whose finding is gone.
        doubted: Anchors of the figures that did not reconcile.
    """

    agency_id: str
    agency_name: str
    fiscal_year: int
    prior_year: int
    stage: Stage
    scope: Scope
    documents: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    results: dict[str, pl.DataFrame]
    failed: pl.DataFrame
    lost: pl.DataFrame
    doubted: frozenset[str]


def gather(
    panel: Panel,
    *,
    agency: str | None,
    year: int | None,
    stage: str | None = None,
    scope: str | None = None,
    reviews: pl.DataFrame | None = None,
) -> ReportData:
    """Collect the rows of one disclosure and run the analyses on them.

    Args:
        panel: The panel.
        agency: Identifier of the agency; may be left out where there is one only.
        year: Fiscal year; the newest by default.
        stage: ``budget`` or ``final``; may be left out where the year has one only.
        scope: ``department`` or ``unit``; may be left out where there is one only.
        reviews: Answers of people to findings.

    Raises:
        InputError: The panel is empty, or holds several agencies, stages or scopes and none is
            named.
        NotFoundError: The agency, the year, the stage or the scope is not in the panel.
    """
    documents = panel.documents
    if documents.is_empty():
        raise InputError("the panel is empty", hint="ingest a disclosure first")
    chosen = _choose(documents, "agency_id", agency, said="agency", of="the panel")
    own = documents.filter(agency_id=chosen)
    years = own["fiscal_year"].unique().sort().to_list()
    at = years[-1] if year is None else year
    if at not in years:
        raise NotFoundError.for_name("year", str(at), [str(known) for known in years])
    own = own.filter(fiscal_year=at)
    of = f"the panel of {chosen} in {at}"
    own = own.filter(stage=_choose(own, "stage", stage, said="stage", of=of))
    own = own.filter(scope=_choose(own, "scope", scope, said="scope", of=of))
    whole = panel.tables()
    tables = {
        name: rows.join(own, on="document_id", how="semi", maintain_order="left")
        for name, rows in whole.items()
        if name != "documents"
    }
    tables["statements"] = _of_any_file(tables["statements"])
    first = own.row(0, named=True)
    of_agency = documents.filter(agency_id=chosen)
    findings = whole["findings"].join(of_agency, on="document_id", how="semi")
    answers = Reviews.create_empty() if reviews is None else reviews
    found = with_reviews(listed(of_agency, findings, whole["facts"]), answers)
    is_own = pl.col("finding_key").str.starts_with(disclosure_key(first))
    # What a person accepted or explained leaves no figure in doubt.
    still_open = findings.join(found.filter(is_settled()), on="finding_id", how="anti")
    return ReportData(
        agency_id=chosen,
        agency_name=first["agency_name"],
        fiscal_year=at,
        prior_year=at - 1,
        stage=Stage(first["stage"]),
        scope=Scope(first["scope"]),
        documents=own,
        tables=tables,
        results=_results(whole, tables, first, still_open),
        failed=found.join(own, on="document_id", how="semi", maintain_order="left"),
        lost=lost_reviews(found, answers.filter(is_own)),
        doubted=frozenset(_anchors_of(doubted_places(still_open)["place"])),
    )


def _anchors_of(places: Iterable[str]) -> Iterator[str]:
    """The anchors of places written as document/block/row/column."""
    return (f"f-{place.replace('/', '-')}" for place in places)


def _choose(documents: pl.DataFrame, column: str, named: str | None, *, said: str, of: str) -> str:
    """The value that is named, or the only one there is."""
    known = documents[column].unique().sort().to_list()
    if named is None and len(known) > 1:
        plural = "agencies" if said == "agency" else f"{said}s"
        raise InputError(f"{of} holds {len(known)} {plural}", hint=f"name one: {', '.join(known)}")
    chosen = named or known[0]
    if chosen not in known:
        raise NotFoundError.for_name(said, chosen, known)
    return str(chosen)


def _of_any_file(statements: pl.DataFrame) -> pl.DataFrame:
    """Each statement once, as the file has it that holds it: what one file lacks another may have."""
    best = statements.sort(rank_in("presence", Presence), maintain_order=True)
    return best.unique("statement", keep="first", maintain_order=True)


def _results(
    whole: dict[str, pl.DataFrame],
    tables: dict[str, pl.DataFrame],
    document: dict[str, Any],
    findings: pl.DataFrame,
) -> dict[str, pl.DataFrame]:
    facts = whole["facts"].filter(agency_id=document["agency_id"])
    year = document["fiscal_year"]
    options = {"stage": document["stage"], "scope": document["scope"]}
    mix = spending_mix(facts, **options)
    over_years = changes(facts, **options)
    results = {
        "changes": over_years,
        "comparison_coverage": comparison_coverage(over_years),
        "execution": execution(facts, year=year, scope=document["scope"]),
        "bridge": change_bridge(facts, year=year, **options),
        "comparable_bridge": comparable_bridge(facts, year=year, **options),
        "three_public": three_public(facts, year=year, **options),
        "spending_mix": mix,
        "mix_summary": mix_summary(mix),
        "unit_costs": unit_costs(tables["projects"], tables["indicators"]),
        "head_costs": head_costs(facts, tables["claims"], **options),
        "procurement_shares": procurement_shares(facts, tables["claims"], **options),
    }
    is_own = (pl.col("agency_id") == document["agency_id"]) & (pl.col("fiscal_year") == year)
    cut = {name: rows.filter(is_own) for name, rows in results.items()}
    kept = {
        name: with_doubts(rows, findings) if "source" in rows.columns else rows
        for name, rows in cut.items()
    }
    # The files of one disclosure are judged together, under the name of the first.
    judged = tables["findings"].with_columns(document_id=pl.lit(document["document_id"]))
    return kept | {"all_changes": over_years, "check_matrix": check_matrix(judged)}
