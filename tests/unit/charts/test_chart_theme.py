from __future__ import annotations

import importlib
from collections.abc import Iterator

import altair as alt
import polars as pl
import pytest
from chart_samples import BRIDGE

from analytics.charts import change_waterfall, theme, to_svg, with_theme, without_theme
from analytics.charts import theme as theme_function
from analytics.charts.fonts import FONT_STACK


@pytest.fixture
def reader_theme() -> Iterator[str]:
    """A theme that the reader has switched on."""
    with alt.theme.enable("dark"):
        yield "dark"


def test_every_font_of_the_theme_is_ours() -> None:
    def fonts(part: object) -> Iterator[tuple[str, str]]:
        if isinstance(part, dict):
            for key, value in part.items():
                if key.lower().endswith("font"):
                    yield key, value
                yield from fonts(value)

    named = list(fonts(theme()))

    assert {value for _, value in named} == {FONT_STACK}
    assert {key for key, _ in named} == {"font", "labelFont", "titleFont", "subtitleFont"}


def test_no_text_is_bold_since_the_font_has_one_weight() -> None:
    config = theme()

    assert config["title"]["fontWeight"] == config["axis"]["titleFontWeight"] == "normal"
    assert config["legend"]["titleFontWeight"] == config["text"]["fontWeight"] == "normal"


def test_the_readers_theme_stays_switched_on(reader_theme: str) -> None:
    importlib.reload(importlib.import_module("analytics.charts.theme"))

    to_svg(change_waterfall(BRIDGE))

    assert alt.theme.active == reader_theme
    plain = alt.Chart(pl.DataFrame({"a": [1]})).mark_point().to_dict()
    assert "title" not in plain["config"]


def test_the_readers_theme_does_not_reach_our_files() -> None:
    chart = change_waterfall(BRIDGE)
    before = to_svg(chart)

    with alt.theme.enable("dark"):
        assert to_svg(chart) == before


def test_a_reader_may_switch_the_look_on() -> None:
    with alt.theme.enable("budget_analytics"):
        spec = alt.Chart(pl.DataFrame({"a": [1]})).mark_point().to_dict()

    assert spec["config"] == theme_function()


def test_charts_become_parts_of_a_larger_one_without_their_theme() -> None:
    chart = change_waterfall(BRIDGE)
    with pytest.raises(TypeError, match="config"):
        chart | chart

    both = with_theme(without_theme(chart) | without_theme(chart))

    spec = both.to_dict()
    assert len(spec["hconcat"]) == 2
    assert spec["config"]["font"] == FONT_STACK
    assert "config" in chart.to_dict()
