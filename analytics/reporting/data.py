"""Everything one report is about, gathered once: canonical rows and results of one agency-year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.analysis import (
    change_bridge,
    changes,
    check_matrix,
    head_costs,
    mix_summary,
    procurement_shares,
    spending_mix,
    three_public,
    unit_costs,
)
from analytics.errors import InputError, NotFoundError
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
        document: Row of ``documents`` of the disclosure of the year.
        tables: Canonical tables, cut down to that document.
        results: Results of analysis by name, cut down to the agency and year.
    """

    agency_id: str
    agency_name: str
    fiscal_year: int
    prior_year: int
    document: dict[str, Any]
    tables: dict[str, pl.DataFrame]
    results: dict[str, pl.DataFrame]


def gather(panel: Panel, *, agency: str | None, year: int | None) -> ReportData:
    """Collect the rows of one agency and year and run the analyses on them.

    Args:
        panel: The panel.
        agency: Identifier of the agency; may be left out where there is one only.
        year: Fiscal year; the newest by default.

    Raises:
        InputError: The panel is empty, or holds several agencies and none is named.
        NotFoundError: The agency or the year is not in the panel.
    """
    documents = panel.table("documents").sort("fiscal_year", "document_id")
    agencies = documents["agency_id"].unique().sort().to_list()
    if not agencies:
        raise InputError("the panel is empty", hint="ingest a disclosure first")
    if agency is None and len(agencies) > 1:
        raise InputError(
            f"the panel holds {len(agencies)} agencies", hint=f"name one: {', '.join(agencies)}"
        )
    chosen = agency or agencies[0]
    if chosen not in agencies:
        raise NotFoundError.for_name("agency", chosen, agencies)
    own = documents.filter(pl.col("agency_id") == chosen)
    years = own["fiscal_year"].unique().sort().to_list()
    at = years[-1] if year is None else year
    if at not in years:
        raise NotFoundError.for_name("year", str(at), [str(known) for known in years])
    document = own.filter(pl.col("fiscal_year") == at).row(0, named=True)
    names = ("statements", "facts", "claims", "projects", "indicators", "set_aside", "findings")
    whole = {name: panel.table(name) for name in names}
    tables = {
        name: rows.filter(pl.col("document_id") == document["document_id"])
        for name, rows in whole.items()
    }
    return ReportData(
        agency_id=chosen,
        agency_name=document["agency_name"],
        fiscal_year=at,
        prior_year=at - 1,
        document=document,
        tables=tables,
        results=_results(whole, tables, document),
    )


def _results(
    whole: dict[str, pl.DataFrame], tables: dict[str, pl.DataFrame], document: dict[str, Any]
) -> dict[str, pl.DataFrame]:
    of_agency = pl.col("agency_id") == document["agency_id"]
    of_year = of_agency & (pl.col("fiscal_year") == document["fiscal_year"])
    facts = whole["facts"].filter(of_agency)
    options = {"stage": document["stage"], "scope": document["scope"]}
    mix = spending_mix(facts, **options)
    results = {
        "changes": changes(facts, year=document["fiscal_year"], **options),
        "bridge": change_bridge(facts, year=document["fiscal_year"], **options),
        "three_public": three_public(facts, year=document["fiscal_year"], **options),
        "spending_mix": mix,
        "mix_summary": mix_summary(mix),
        "unit_costs": unit_costs(tables["projects"], tables["indicators"]),
        "head_costs": head_costs(facts, tables["claims"]),
        "procurement_shares": procurement_shares(facts, tables["claims"]),
    }
    kept = {name: rows.filter(of_year) for name, rows in results.items()}
    return kept | {"check_matrix": check_matrix(tables["findings"])}
