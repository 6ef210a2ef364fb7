from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from analytics.charts import fonts
from analytics.charts.fonts import FONT_FAMILY, missing_characters, subset_font_face
from analytics.errors import InputError


def embedded_font(css: str) -> TTFont:
    found = re.search(r"url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\)", css)
    assert found is not None
    return TTFont(BytesIO(base64.b64decode(found[1])))


def test_the_subset_holds_the_characters_and_little_else() -> None:
    text = "晋级预算2024，增长 −22.49%（万元）"

    with embedded_font(subset_font_face(text)) as font:
        assert set(map(ord, text)) == set(font.getBestCmap())
        assert font["name"].getDebugName(1) == FONT_FAMILY


def test_glyphs_of_the_subset_have_outlines() -> None:
    with embedded_font(subset_font_face("预 ")) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        drawn = {}
        for code, name in names.items():
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            drawn[chr(code)] = pen.bounds
    assert drawn[" "] is None
    left, bottom, right, top = drawn["预"]
    assert right - left > 700
    assert top - bottom > 700


def test_the_same_characters_give_the_same_bytes_in_any_order() -> None:
    first = subset_font_face("总额变动")
    fonts._font_face.cache_clear()

    assert subset_font_face("动变额总总") == first


def test_a_missing_glyph_is_named() -> None:
    with pytest.raises(InputError, match=r"no glyph for 🧮 \(U\+1F9EE\)、🧾 \(U\+1F9FE\)"):
        subset_font_face("预算🧾🧮")


def test_missing_glyphs_can_be_left_to_the_reader() -> None:
    with embedded_font(subset_font_face("预🧮", skip_missing=True)) as font:
        assert set(font.getBestCmap()) == {ord("预")}


def test_an_empty_text_is_a_font_without_characters() -> None:
    with embedded_font(subset_font_face("")) as font:
        assert not font.getBestCmap()


@pytest.mark.parametrize("character", ["\n", "\t", "\u3000", "\u200b", "\u00a0"])
def test_spaces_and_controls_are_never_missing(character: str) -> None:
    assert missing_characters(character) == ""


@given(st.text("预算万元%🧮\ue000 \n", max_size=20))
def test_missing_characters_are_exactly_those_without_a_glyph(text: str) -> None:
    assert missing_characters(text) == "".join(sorted(set(text) & {"🧮", "\ue000"}))
