"""The declared schemas of what the analysis functions return.

Charts, the report and the export know results by these schemas only.
"""

from __future__ import annotations

import dataframely as dy

from analytics.schema.results.changes import Bridge, Changes, ComparisonCoverage
from analytics.schema.results.checks import CheckMatrix, Doubts
from analytics.schema.results.costs import HeadCosts, ProcurementShares, UnitCosts
from analytics.schema.results.mix import MixSummary, SpendingMix

__all__ = [
    "RESULTS",
    "Bridge",
    "Changes",
    "CheckMatrix",
    "ComparisonCoverage",
    "Doubts",
    "HeadCosts",
    "MixSummary",
    "ProcurementShares",
    "SpendingMix",
    "UnitCosts",
]

RESULTS: dict[str, type[dy.Schema]] = {
    "changes": Changes,
    "comparison_coverage": ComparisonCoverage,
    "bridge": Bridge,
    "spending_mix": SpendingMix,
    "mix_summary": MixSummary,
    "unit_costs": UnitCosts,
    "head_costs": HeadCosts,
    "procurement_shares": ProcurementShares,
    "check_matrix": CheckMatrix,
}
"""The result schemas by name."""
