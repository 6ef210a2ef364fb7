"""What the figures mean: changes, mix, unit costs. Frames in, frames out, nothing drawn."""

from analytics.analysis.agencies import UnitedAgencies, unite_agencies
from analytics.analysis.bridge import change_bridge
from analytics.analysis.changes import changes, three_public
from analytics.analysis.comparable_bridge import comparable_bridge
from analytics.analysis.coverage import comparison_coverage
from analytics.analysis.credibility import credibility, credibility_scores
from analytics.analysis.dictionary import code_dictionary, code_names
from analytics.analysis.doubts import doubted_places, with_doubts
from analytics.analysis.editions import published_in, witnesses
from analytics.analysis.execution import execution
from analytics.analysis.heads import per_head, staff_heads
from analytics.analysis.international import to_cofog, to_gfsm
from analytics.analysis.mix import mix_summary, spending_mix
from analytics.analysis.parts import map_agencies
from analytics.analysis.pooled import pooled_growth, pooled_model
from analytics.analysis.proposals import propose_links
from analytics.analysis.ratios import check_matrix, head_costs, procurement_shares
from analytics.analysis.real_terms import real_terms
from analytics.analysis.registry import match_agencies, suggest_registry, with_registry
from analytics.analysis.scopes import side_by_side
from analytics.analysis.series import series
from analytics.analysis.successions import propose_successions
from analytics.analysis.trends import trends
from analytics.analysis.unit_costs import unit_costs

__all__ = [
    "UnitedAgencies",
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
]
