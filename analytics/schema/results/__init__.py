"""The declared schemas of what the analysis functions return.

Charts, the report and the export know results by these schemas only.
"""

from __future__ import annotations

import dataframely as dy

from analytics.schema.results.agencies import (
    AgencyMatches,
    AgencyUnions,
    ProposedSuccessions,
    UnionCoverage,
    UnitedFacts,
)
from analytics.schema.results.changes import (
    Bridge,
    Changes,
    ComparableBridge,
    ComparisonCoverage,
    Witnesses,
)
from analytics.schema.results.checks import CheckMatrix, Doubts
from analytics.schema.results.codes import CodeDictionary, CodeNames
from analytics.schema.results.costs import HeadCosts, ProcurementShares, UnitCosts
from analytics.schema.results.international import International
from analytics.schema.results.links import LinkProposals
from analytics.schema.results.mix import MixSummary, SpendingMix
from analytics.schema.results.panel import CoverageGrid, DocumentDiff, FactDiff, FindingDiff
from analytics.schema.results.stages import (
    Credibility,
    CredibilityScores,
    Deflator,
    Deflators,
    Execution,
    Heads,
    PerHead,
    RealTerms,
    SideBySide,
)
from analytics.schema.results.trends import PooledGrowth, Series, Trends

__all__ = [
    "RESULTS",
    "AgencyMatches",
    "AgencyUnions",
    "Bridge",
    "Changes",
    "CheckMatrix",
    "CodeDictionary",
    "CodeNames",
    "ComparableBridge",
    "ComparisonCoverage",
    "CoverageGrid",
    "Credibility",
    "CredibilityScores",
    "Deflator",
    "Deflators",
    "DocumentDiff",
    "Doubts",
    "Execution",
    "FactDiff",
    "FindingDiff",
    "HeadCosts",
    "Heads",
    "International",
    "LinkProposals",
    "MixSummary",
    "PerHead",
    "PooledGrowth",
    "ProcurementShares",
    "ProposedSuccessions",
    "RealTerms",
    "Series",
    "SideBySide",
    "SpendingMix",
    "Trends",
    "UnionCoverage",
    "UnitCosts",
    "UnitedFacts",
    "Witnesses",
]

RESULTS: dict[str, type[dy.Schema]] = {
    "changes": Changes,
    "comparison_coverage": ComparisonCoverage,
    "witnesses": Witnesses,
    "link_proposals": LinkProposals,
    "bridge": Bridge,
    "comparable_bridge": ComparableBridge,
    "spending_mix": SpendingMix,
    "mix_summary": MixSummary,
    "unit_costs": UnitCosts,
    "head_costs": HeadCosts,
    "procurement_shares": ProcurementShares,
    "check_matrix": CheckMatrix,
    "agency_matches": AgencyMatches,
    "agency_unions": AgencyUnions,
    "proposed_successions": ProposedSuccessions,
    "union_coverage": UnionCoverage,
    "united_facts": UnitedFacts,
    "credibility": Credibility,
    "credibility_scores": CredibilityScores,
    "deflator": Deflator,
    "deflators": Deflators,
    "execution": Execution,
    "heads": Heads,
    "side_by_side": SideBySide,
    "series": Series,
    "trends": Trends,
    "pooled_growth": PooledGrowth,
    "code_dictionary": CodeDictionary,
    "code_names": CodeNames,
    "coverage_grid": CoverageGrid,
    "document_diff": DocumentDiff,
    "fact_diff": FactDiff,
    "finding_diff": FindingDiff,
    "international": International,
}
"""The result schemas by name."""
