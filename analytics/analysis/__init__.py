"""What the figures mean: changes, mix, unit costs. Frames in, frames out, nothing drawn."""

from analytics.analysis.bridge import change_bridge
from analytics.analysis.changes import changes, three_public
from analytics.analysis.coverage import comparison_coverage
from analytics.analysis.doubts import doubted_places, with_doubts
from analytics.analysis.mix import mix_summary, spending_mix
from analytics.analysis.ratios import check_matrix, head_costs, procurement_shares
from analytics.analysis.unit_costs import unit_costs

__all__ = [
    "change_bridge",
    "changes",
    "check_matrix",
    "comparison_coverage",
    "doubted_places",
    "head_costs",
    "mix_summary",
    "procurement_shares",
    "spending_mix",
    "three_public",
    "unit_costs",
    "with_doubts",
]
