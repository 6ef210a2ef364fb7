"""Charts as pictures: Chinese is drawn with real glyphs, carried along, and always the same."""

from __future__ import annotations

import base64
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import altair as alt
import polars as pl
import pytest
from fontTools.ttLib import TTFont

from analytics.charts import (
    FONT_FAMILY,
    MissingGlyphWarning,
    change_waterfall,
    check_matrix_heatmap,
    mix_bars,
    project_bars,
    save_chart,
    three_public_bars,
    to_html,
    to_png,
    to_svg,
    unit_cost_dots,
    with_theme,
)

OWNER = {"agency_id": "示例市审批局", "fiscal_year": 2024, "stage": "budget"}


def bridge_chart() -> alt.LayerChart:
    yuan = [Decimal(amount) for amount in (38_265_500, -4_368_000, -4_238_000, 29_659_500)]
    return change_waterfall(
        pl.DataFrame(
            {
                "agency_id": "示例市审批局",
                "fiscal_year": 2024,
                "prior_year": 2023,
                "step_order": [0, 1, 2, 3],
                "label_zh": ["2023年总计", "一般公共预算当年支出", "未能解释", "2024年总计"],
                "label_en": ["2023 total", "General public budget", "unexplained", "2024 total"],
                "change_yuan": yuan,
                "start_yuan": [Decimal(0), yuan[0], yuan[0] + yuan[1], Decimal(0)],
                "end_yuan": [yuan[0], yuan[0] + yuan[1], yuan[3], yuan[3]],
                "growth_share": [None, -0.1284, None, -0.2249],
                "is_unexplained": [False, False, True, False],
                "reason": None,
            }
        )
    )


def three_public_chart() -> alt.LayerChart:
    more = {"prior_year": 2023, "stage_prior": "budget", "statement": "three_public_expenses"}
    amounts = {"code": ["abroad", "reception"], "amount_yuan": [0, 30_000]}
    kinds = {"value_kind": "printed", "value_kind_prior": "implied", "growth_share": 0.0}
    fund = {"fund": "fiscal_appropriation", "amount_prior_yuan": [None, 30_000]}
    return three_public_bars(pl.DataFrame(OWNER | more | amounts | kinds | fund))


def mix_chart() -> alt.LayerChart:
    items = {"dimension": "function", "name": ["卫生健康支出", "住房保障支出"]}
    now = {"amount_yuan": [735_600, 953_500], "share": [0.4355, 0.5645]}
    before = {"amount_prior_yuan": [700_000, None], "share_prior": [1.0, None]}
    return mix_bars(pl.DataFrame(OWNER | items | now | before))


def project_chart() -> alt.LayerChart:
    names = ["示范区公共服务设施提升改造工作专班工作经费及以前年度欠付资金" * 2, "系统运维"]
    return project_bars(pl.DataFrame({"name": names, "amount_yuan": [4_000_000, None]}))


def unit_cost_chart() -> alt.LayerChart:
    costs = {"project": "技术审查", "block": "annual", "name": ["报告书", "报告表"]}
    stated = {
        "unit_cost_text": ["2万元/个", "≤3000元/个"],
        "unit_cost_yuan_per_unit": [20_000, 3_000],
    }
    implied = {
        "implied_low_yuan_per_unit": [15_000.0, None],
        "implied_high_yuan_per_unit": [25_000.0, 2_500.0],
    }
    units = {"per_unit": "个", "per_period": None, "quantity_text": "≥180个"}
    return unit_cost_dots(pl.DataFrame(OWNER | costs | stated | implied | units))


def matrix_chart() -> alt.LayerChart:
    outcomes = ["pass", "fail", "not_applicable", "insufficient"]
    return check_matrix_heatmap(
        pl.DataFrame(
            {
                "document_id": "0f",
                "statement": "budget_summary",
                "outcome": outcomes,
                "item_count": [12, 1, 3, 2],
            }
        )
    )


CHARTS = [
    bridge_chart,
    three_public_chart,
    mix_chart,
    project_chart,
    unit_cost_chart,
    matrix_chart,
]


@cache
def svg_of(draw: Callable[[], alt.LayerChart]) -> str:
    """The first picture of a chart in this run."""
    return to_svg(draw())


def label(text: str) -> alt.Chart:
    """Nothing but one text."""
    frame = pl.DataFrame({"text": [text]})
    chart = alt.Chart(frame, width=60, height=40).mark_text(fontSize=24).encode(text="text:N")
    return with_theme(chart)


def embedded_characters(svg: str) -> set[str]:
    faces = re.findall(r"@font-face\{[^}]*base64,([A-Za-z0-9+/=]+)\)", svg)
    assert len(faces) == 1
    with TTFont(BytesIO(base64.b64decode(faces[0]))) as font:
        return {chr(code) for code in font.getBestCmap()}


def shown_texts(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))


def test_different_characters_give_different_pixels() -> None:
    pictures = {to_png(label(text)) for text in ("预", "算", "支", "出")}

    assert len(pictures) == 4


def test_characters_without_a_glyph_are_told_of() -> None:
    with pytest.warns(MissingGlyphWarning, match="no glyph for \ue000"):
        to_png(label("\ue000"))
    with pytest.warns(MissingGlyphWarning, match="no glyph for \ue000"):
        svg = to_svg(label("预\ue000"))

    assert embedded_characters(svg) == {"预"}


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_an_svg_carries_every_character_it_shows(draw: Callable[[], alt.LayerChart]) -> None:
    svg = svg_of(draw)

    shown = {c for text in shown_texts(svg) for c in "".join(text.itertext())}
    assert len(shown) > 20
    assert shown - {"\n"} <= embedded_characters(svg)


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_every_text_asks_for_the_font_first(draw: Callable[[], alt.LayerChart]) -> None:
    texts = shown_texts(svg_of(draw))

    families = {text.attrib["font-family"].split(",")[0] for text in texts}
    weights = {text.attrib.get("font-weight", "normal") for text in texts}
    assert families == {FONT_FAMILY}
    assert weights == {"normal"}


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_the_same_chart_gives_the_same_bytes(draw: Callable[[], alt.LayerChart]) -> None:
    first = svg_of(draw)
    to_svg(label("别的图").mark_text(clip=True))
    again = draw()

    assert to_svg(again) == first
    assert to_png(again, scale=1) == to_png(again, scale=1)


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_labels_lie_inside_the_picture(draw: Callable[[], alt.LayerChart]) -> None:
    """The frame of the picture grows with its texts; a text outside it would be cut."""
    svg = ET.fromstring(svg_of(draw))
    _, _, width, height = map(float, svg.attrib["viewBox"].split())

    for text, x, y in placed_texts(svg):
        size = float(text.attrib["font-size"].removesuffix("px"))
        words = "".join(text.itertext())
        length = size * sum(1.0 if c > "\u2e80" else 0.5 for c in words) / max(1, len(text))
        anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib.get("text-anchor", "start")]
        left = x - anchor * length
        assert left >= -1, words
        assert left + length <= width + 1, words
        assert 0 <= y <= height, words


def placed_texts(
    element: ET.Element, x: float = 0.0, y: float = 0.0
) -> list[tuple[ET.Element, float, float]]:
    """Texts with their place, the shifts of the groups around them added up."""
    shift = re.search(r"translate\(([-\d.]+)[, ]+([-\d.]+)\)", element.attrib.get("transform", ""))
    if shift:
        x, y = x + float(shift[1]), y + float(shift[2])
    if element.tag.endswith("}text"):
        return [(element, x, y)]
    return [found for child in element for found in placed_texts(child, x, y)]


def test_the_scale_of_a_png_multiplies_its_size() -> None:
    sizes = [struct.unpack(">II", to_png(label("预"), scale=s)[16:24]) for s in (1, 3)]

    assert [round(big / small) for small, big in zip(*sizes, strict=True)] == [3, 3]


def test_files_are_written_as_their_ending_says(tmp_path: Path) -> None:
    chart = matrix_chart()

    png, svg, html = (
        save_chart(chart, tmp_path / f"chart.{kind}") for kind in ("png", "svg", "html")
    )

    assert png.read_bytes() == to_png(chart)
    assert svg.read_text(encoding="utf-8") == to_svg(chart)
    assert html.read_text(encoding="utf-8") == to_html(chart)


def test_a_page_allows_its_own_two_scripts_and_no_other() -> None:
    page = to_html(matrix_chart())

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert len(re.findall("'sha256-", policy[1])) == page.count("<script>") == 2
    assert "unsafe-eval" not in policy[1]
    assert not re.search(r'(src|href)="?https?://', page)


CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found on this machine")
def test_a_browser_draws_the_page_under_its_policy(tmp_path: Path) -> None:
    page = save_chart(bridge_chart(), tmp_path / "chart.html")

    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={tmp_path / 'browser'}",
            "--virtual-time-budget=8000",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    drawn = re.findall(r"<text[^>]*>([^<]+)</text>", done.stdout)
    assert {"−436.80", "−423.80", "未能解释", "3,826.55", "2,965.95"} <= set(drawn)
