"""The one font of all pictures: where it is, what it can write, and a subset of it for a page.

A machine without a Chinese font draws empty boxes and says nothing. The package therefore
brings Noto Sans SC (SIL Open Font License) as a dependency and always prefers it, so that the
same chart has the same pixels everywhere.
"""

from __future__ import annotations

import base64
import unicodedata
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.ttLib import TTFont

from analytics.errors import InputError

__all__ = [
    "FONT_FAMILY",
    "FONT_STACK",
    "font_path",
    "missing_characters",
    "subset_font_face",
]

FONT_FAMILY = "Noto Sans SC"
"""Family name of the font, in charts and in :func:`subset_font_face`."""

FONT_STACK = f"{FONT_FAMILY}, PingFang SC, Microsoft YaHei, sans-serif"
"""The font of every text in a chart: ours first, then what a reader's notebook may have."""


def font_path() -> Path:
    """The font file, a static Regular.

    Examples:
        >>> font_path().suffix
        '.otf'
    """
    return Path(pylopdf_fonts_zh_cn.sans_path())


@cache
def _covered() -> frozenset[int]:
    """Code points the font has a glyph for."""
    with TTFont(font_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _needs_glyph(character: str) -> bool:
    """Whether a character leaves ink: controls, format characters and line ends do not."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp", "Zs"}


def missing_characters(text: str) -> str:
    r"""The characters of ``text`` that the font cannot write, each once, in code point order.

    Spaces and control characters need no glyph and are never missing.

    Examples:
        >>> missing_characters("预算 1,204.50 万元\n")
        ''
        >>> missing_characters("a🧮预🧮")
        '🧮'
    """
    covered = _covered()
    return "".join(c for c in sorted(set(text)) if _needs_glyph(c) and ord(c) not in covered)


def subset_font_face(text: str, *, skip_missing: bool = False) -> str:
    """A CSS ``@font-face`` rule that holds the font, cut down to the characters of ``text``.

    The rule needs no file and no network: the font is inside as base64 woff2, about 100 bytes a
    Chinese character. The same characters give the same bytes, whatever their order.

    Args:
        text: Everything the page shows; repeats do no harm.
        skip_missing: Leave out characters the font cannot write, instead of raising. Say so to
            the reader: ask :func:`missing_characters` first.

    Raises:
        InputError: The font has no glyph for some characters; the message names them.

    Examples:
        >>> rule = subset_font_face("预算2024")
        >>> rule[:40]
        "@font-face{font-family:'Noto Sans SC';sr"
        >>> rule == subset_font_face("4202算预预")
        True
        >>> subset_font_face("🧮")
        Traceback (most recent call last):
            ...
        analytics.errors.InputError: Noto Sans SC has no glyph for 🧮 (U+1F9EE); pass \
skip_missing=True to leave them to the reader's fonts
    """
    missing = missing_characters(text)
    if missing and not skip_missing:
        listed = "、".join(f"{c} (U+{ord(c):04X})" for c in missing)
        raise InputError(
            f"{FONT_FAMILY} has no glyph for {listed}",
            hint="pass skip_missing=True to leave them to the reader's fonts",
        )
    return _font_face("".join(sorted(set(text) - set(missing))))


@lru_cache(maxsize=32)
def _font_face(characters: str) -> str:
    # The clock must not enter the file: recalcTimestamp would write the time of the subsetting.
    packed = BytesIO()
    with TTFont(font_path(), lazy=True, recalcTimestamp=False) as font:
        options = subset.Options(hinting=False, layout_features=["ccmp", "kern"])
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[ord(c) for c in characters])
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(packed)
    data = base64.b64encode(packed.getvalue()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FONT_FAMILY}';"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
