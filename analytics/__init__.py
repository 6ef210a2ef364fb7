"""Multi-year comparative analytics for published Chinese budgets and final accounts.

Reading a folder of disclosures, checking every number, and comparing years:

- :func:`ingest` reads files into a :class:`Panel` and checks them;
- :func:`read_disclosure` reads one file, to look at;
- the analysis functions (:func:`changes`, :func:`spending_mix`, :func:`unit_costs` …) take the
  frames of a panel and return frames;
- the chart functions take those results and return Altair charts;
- :func:`build_report` makes the annual comparison report.

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analytics.version import __version__

if TYPE_CHECKING:
    from analytics.analysis import (
        change_bridge,
        changes,
        check_matrix,
        code_dictionary,
        code_names,
        comparable_bridge,
        comparison_coverage,
        credibility,
        credibility_scores,
        doubted_places,
        execution,
        head_costs,
        map_agencies,
        match_agencies,
        mix_summary,
        per_head,
        pooled_growth,
        pooled_model,
        procurement_shares,
        propose_links,
        propose_successions,
        published_in,
        real_terms,
        series,
        side_by_side,
        spending_mix,
        staff_heads,
        suggest_registry,
        three_public,
        to_cofog,
        to_gfsm,
        trends,
        unit_costs,
        unite_agencies,
        with_doubts,
        with_registry,
        witnesses,
    )
    from analytics.charts import (
        agency_totals,
        amount_lines,
        change_slope,
        change_waterfall,
        check_matrix_heatmap,
        coverage_heatmap,
        deviation_dots,
        execution_dumbbell,
        forecast_ranges,
        growth_heatmap,
        index_lines,
        mix_bars,
        project_bars,
        save_chart,
        show_charts_as_pictures,
        three_public_bars,
        unit_cost_dots,
    )
    from analytics.checks import explain, run_checks
    from analytics.documents import read_document
    from analytics.errors import AnalyticsError, InputError, NotFoundError, ReadError, SchemaError
    from analytics.exchange import (
        export_panel,
        load_package,
        read_budget_table,
    )
    from analytics.pipeline import check, ingest
    from analytics.reference.agencies import Registry, read_registry, write_registry
    from analytics.reference.code_links import code_links
    from analytics.reference.prices import deflator, deflators
    from analytics.reporting import (
        build_overview,
        build_report,
        list_findings,
        read_reviews,
        save_findings,
        with_reviews,
    )
    from analytics.statements.disclosure import read_disclosure
    from analytics.store import Panel

_HOMES = {
    "analytics.analysis": (
        "change_bridge",
        "changes",
        "check_matrix",
        "code_dictionary",
        "code_names",
        "comparable_bridge",
        "comparison_coverage",
        "credibility",
        "credibility_scores",
        "doubted_places",
        "execution",
        "head_costs",
        "map_agencies",
        "match_agencies",
        "mix_summary",
        "per_head",
        "pooled_growth",
        "pooled_model",
        "procurement_shares",
        "propose_links",
        "propose_successions",
        "published_in",
        "real_terms",
        "series",
        "side_by_side",
        "spending_mix",
        "staff_heads",
        "suggest_registry",
        "three_public",
        "to_cofog",
        "to_gfsm",
        "trends",
        "unit_costs",
        "unite_agencies",
        "with_doubts",
        "with_registry",
        "witnesses",
    ),
    "analytics.charts": (
        "agency_totals",
        "amount_lines",
        "change_slope",
        "change_waterfall",
        "check_matrix_heatmap",
        "coverage_heatmap",
        "deviation_dots",
        "execution_dumbbell",
        "forecast_ranges",
        "growth_heatmap",
        "index_lines",
        "mix_bars",
        "project_bars",
        "save_chart",
        "show_charts_as_pictures",
        "three_public_bars",
        "unit_cost_dots",
    ),
    "analytics.checks": ("explain", "run_checks"),
    "analytics.documents": ("read_document",),
    "analytics.errors": (
        "AnalyticsError",
        "InputError",
        "NotFoundError",
        "ReadError",
        "SchemaError",
    ),
    "analytics.exchange": (
        "export_panel",
        "load_package",
        "read_budget_table",
    ),
    "analytics.pipeline": ("check", "ingest"),
    "analytics.reference.code_links": ("code_links",),
    "analytics.reference.prices": ("deflator", "deflators"),
    "analytics.reference.agencies": ("Registry", "read_registry", "write_registry"),
    "analytics.reporting": (
        "build_overview",
        "build_report",
        "list_findings",
        "read_reviews",
        "save_findings",
        "with_reviews",
    ),
    "analytics.statements.disclosure": ("read_disclosure",),
    "analytics.store": ("Panel",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "AnalyticsError",
    "InputError",
    "NotFoundError",
    "Panel",
    "ReadError",
    "Registry",
    "SchemaError",
    "__version__",
    "agency_totals",
    "amount_lines",
    "build_overview",
    "build_report",
    "change_bridge",
    "change_slope",
    "change_waterfall",
    "changes",
    "check",
    "check_matrix",
    "check_matrix_heatmap",
    "code_dictionary",
    "code_links",
    "code_names",
    "comparable_bridge",
    "comparison_coverage",
    "coverage_heatmap",
    "credibility",
    "credibility_scores",
    "deflator",
    "deflators",
    "deviation_dots",
    "doubted_places",
    "execution",
    "execution_dumbbell",
    "explain",
    "export_panel",
    "forecast_ranges",
    "growth_heatmap",
    "head_costs",
    "index_lines",
    "ingest",
    "list_findings",
    "load_package",
    "map_agencies",
    "match_agencies",
    "mix_bars",
    "mix_summary",
    "per_head",
    "pooled_growth",
    "pooled_model",
    "procurement_shares",
    "project_bars",
    "propose_links",
    "propose_successions",
    "published_in",
    "read_budget_table",
    "read_disclosure",
    "read_document",
    "read_registry",
    "read_reviews",
    "real_terms",
    "run_checks",
    "save_chart",
    "save_findings",
    "series",
    "show_charts_as_pictures",
    "side_by_side",
    "spending_mix",
    "staff_heads",
    "suggest_registry",
    "three_public",
    "three_public_bars",
    "to_cofog",
    "to_gfsm",
    "trends",
    "unit_cost_dots",
    "unit_costs",
    "unite_agencies",
    "with_doubts",
    "with_registry",
    "with_reviews",
    "witnesses",
    "write_registry",
]


def __getattr__(name: str) -> Any:
    module = _HOME_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'analytics' has no attribute {name!r}")
    value = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
