"""Results as pictures: frames that meet ``analytics.schema.results`` in, Altair charts out.

Nothing is computed here beyond yuan → 万元 and the texts of labels. Every function takes
``lang="zh"`` or ``"en"`` and returns an ordinary :class:`altair.LayerChart` with its data and
its look inside, which can be changed like any other; :func:`save_chart` writes it as PNG, SVG or
HTML that reads alike on a machine without a Chinese font.
"""

from analytics.charts.agencies import agency_totals
from analytics.charts.check_matrix import check_matrix_heatmap
from analytics.charts.comparison import three_public_bars
from analytics.charts.coverage import coverage_heatmap
from analytics.charts.export import (
    MissingGlyphWarning,
    chart_spec,
    draw_script,
    javascript_bundle,
    save_chart,
    spec_json,
    to_html,
    to_png,
    to_svg,
)
from analytics.charts.fonts import (
    FONT_FAMILY,
    FONT_STACK,
    font_path,
    missing_characters,
    subset_font_face,
)
from analytics.charts.forecast import forecast_ranges
from analytics.charts.growth_heatmap import growth_heatmap
from analytics.charts.index import index_lines
from analytics.charts.lines import amount_lines
from analytics.charts.mix import mix_bars
from analytics.charts.notebook import show_charts_as_pictures
from analytics.charts.projects import project_bars
from analytics.charts.slope import change_slope
from analytics.charts.stages import deviation_dots, execution_dumbbell
from analytics.charts.theme import theme, with_theme, without_theme
from analytics.charts.unit_costs import unit_cost_dots
from analytics.charts.waterfall import change_waterfall

__all__ = [
    "FONT_FAMILY",
    "FONT_STACK",
    "MissingGlyphWarning",
    "agency_totals",
    "amount_lines",
    "change_slope",
    "change_waterfall",
    "chart_spec",
    "check_matrix_heatmap",
    "coverage_heatmap",
    "deviation_dots",
    "draw_script",
    "execution_dumbbell",
    "font_path",
    "forecast_ranges",
    "growth_heatmap",
    "index_lines",
    "javascript_bundle",
    "missing_characters",
    "mix_bars",
    "project_bars",
    "save_chart",
    "show_charts_as_pictures",
    "spec_json",
    "subset_font_face",
    "theme",
    "three_public_bars",
    "to_html",
    "to_png",
    "to_svg",
    "unit_cost_dots",
    "with_theme",
    "without_theme",
]
