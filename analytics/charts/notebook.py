"""Charts in a notebook as pictures: legible without a Chinese font, a network or a viewer."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert

from analytics.charts.export import register_font, vega_lite_version

__all__ = ["show_charts_as_pictures"]

_NAME = "budget-analytics"


def show_charts_as_pictures(*, scale: float = 2) -> None:
    """Let Altair show every chart of this process as a PNG picture.

    By default Altair fetches its viewer from the network and leaves the font to the browser. A
    picture needs neither, and stays visible where the notebook is only read. It answers no
    pointer; ``alt.renderers.enable("default")`` brings the interactive view back.

    Args:
        scale: Pixels of the picture for one pixel of the chart.

    Examples:
        >>> show_charts_as_pictures()
        >>> alt.renderers.active
        'budget-analytics'
        >>> _ = alt.renderers.enable("default")
    """
    register_font()

    def picture(spec: dict[str, Any], **_: Any) -> dict[str, bytes]:
        version = vega_lite_version()
        return {"image/png": vl_convert.vegalite_to_png(spec, vl_version=version, scale=scale)}

    alt.renderers.register(_NAME, picture)
    alt.renderers.enable(_NAME)
