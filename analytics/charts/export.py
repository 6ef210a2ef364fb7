"""Charts as files: PNG, SVG and HTML that read alike on any machine, with or without fonts.

The same chart gives the same bytes, whatever theme, renderer or data transformer the process
has switched on.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
import tempfile
import warnings
from contextlib import suppress
from functools import cache
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import vl_convert

from analytics.charts.fonts import FONT_STACK, font_path, missing_characters, subset_font_face
from analytics.charts.labels import Lang
from analytics.errors import InputError

__all__ = [
    "MissingGlyphWarning",
    "chart_spec",
    "draw_script",
    "javascript_bundle",
    "register_font",
    "save_chart",
    "spec_json",
    "to_html",
    "to_png",
    "to_svg",
    "vega_lite_version",
]


class MissingGlyphWarning(UserWarning):
    """A chart shows characters the font cannot write; the reader's fonts may or may not."""


def chart_spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with its data inside.

    The theme and the data transformer that are switched on in the process do not enter it.

    Examples:
        >>> import polars as pl
        >>> spec = chart_spec(alt.Chart(pl.DataFrame({"a": [1.5]})).mark_point().encode(x="a:Q"))
        >>> spec["data"]["values"], "config" in spec
        ([{'a': 1.5}], False)
    """
    with (
        alt.theme.enable("none"),
        alt.data_transformers.enable("default", max_rows=None, consolidate_datasets=False),
    ):
        spec: dict[str, Any] = chart.to_dict()
    return spec


def spec_json(chart: alt.TopLevelMixin) -> str:
    """The specification as JSON that may stand inside a ``<script>`` of a page.

    No text of a document can end the script: ``<``, ``>`` and ``&`` are written as escapes.

    Examples:
        >>> import polars as pl
        >>> named = alt.Chart(pl.DataFrame({"a": ["</script>"]})).mark_point().encode(y="a:N")
        >>> "</script>" in spec_json(named)
        False
    """
    return _script_json(chart_spec(chart))


def _script_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def to_png(chart: alt.TopLevelMixin, *, scale: float = 2) -> bytes:
    """The chart as a PNG picture.

    Args:
        chart: Any Altair chart; one from this package has the font of the package.
        scale: Pixels of the picture for one pixel of the chart.

    Raises:
        InputError: ``scale`` is not positive.

    Warns:
        MissingGlyphWarning: The chart shows characters the font has no glyph for.
    """
    if scale <= 0:
        raise InputError(f"scale is {scale}", hint="give a number above 0, 2 for sharp pictures")
    register_font()
    spec = chart_spec(chart)
    _warn_of_missing(_texts(spec))
    picture: bytes = vl_convert.vegalite_to_png(spec, vl_version=vega_lite_version(), scale=scale)
    return picture


def to_svg(chart: alt.TopLevelMixin, *, embed_font: bool = True) -> str:
    """The chart as SVG that carries the font, cut down to the characters it shows.

    It reads the same in a page, as an ``<img>`` and on a machine without a Chinese font.

    Args:
        chart: Any Altair chart; one from this package has the font of the package.
        embed_font: Leave the font out where the page that the SVG stands in has it anyway.

    Warns:
        MissingGlyphWarning: The chart shows characters the font has no glyph for.
    """
    register_font()
    svg: str = vl_convert.vegalite_to_svg(chart_spec(chart), vl_version=vega_lite_version())
    svg = _stable_ids(svg)
    shown = "".join(ElementTree.fromstring(svg).itertext())
    _warn_of_missing(shown)
    if not embed_font:
        return svg
    face = subset_font_face(shown, skip_missing=True)
    return re.sub(r"^<svg [^>]*>", lambda tag: f"{tag[0]}<style>{face}</style>", svg, count=1)


def to_html(chart: alt.TopLevelMixin, *, lang: Lang = "zh", title: str | None = None) -> str:
    """The chart as one HTML page that needs no network and shows tooltips.

    Its content security policy forbids everything that is not in the page, by the hash of each
    script.

    Args:
        chart: Any Altair chart.
        lang: Language of the page and of its menu.
        title: Title of the page; the description of the chart if none is given.

    Warns:
        MissingGlyphWarning: The chart shows characters the font has no glyph for.
    """
    spec = chart_spec(chart)
    heading = title or str(spec.get("description", "chart"))
    shown = _texts(spec) + heading + "".join(map(chr, range(32, 127))) + "".join(_MENU.values())
    _warn_of_missing(shown)
    scripts = [javascript_bundle(), draw_script({"chart": chart}, lang=lang)]
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "font-src data:; img-src data: blob:"
    )
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{"zh-CN" if lang == "zh" else "en"}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(heading)}</title>",
            f"<style>{subset_font_face(shown, skip_missing=True)}",
            f"body{{margin:1rem;font-family:{FONT_STACK}}}</style></head>",
            '<body><div id="chart"></div>',
            *(f"<script>{script}</script>" for script in scripts),
            "</body></html>\n",
        ]
    )


def save_chart(chart: alt.TopLevelMixin, path: str | Path, *, scale: float = 2) -> Path:
    """Write the chart to a file; the ending of its name says as what.

    Args:
        chart: Any Altair chart.
        path: Ends in ``.png``, ``.svg`` or ``.html``; its folder must exist.
        scale: For PNG, see :func:`to_png`.

    Returns:
        The path that was written.

    Raises:
        InputError: The ending is none of these, or the folder does not exist.

    Examples:
        With a panel of one disclosure and a folder:

        >>> import analytics
        >>> chart = analytics.mix_bars(analytics.spending_mix(panel.facts), "fund")
        >>> analytics.save_chart(chart, folder / "funds.svg").name
        'funds.svg'
        >>> analytics.save_chart(chart, folder / "funds.pdf")
        Traceback (most recent call last):
            ...
        analytics.errors.InputError: a chart cannot be written as 'funds.pdf'; use .png, .svg, .html
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in (".png", ".svg", ".html"):
        raise InputError(
            f"a chart cannot be written as {path.name!r}", hint="use .png, .svg, .html"
        )
    if not path.parent.is_dir():
        raise InputError(f"there is no folder {str(path.parent)!r}", hint="create it first")
    if kind == ".png":
        path.write_bytes(to_png(chart, scale=scale))
    else:
        text = to_svg(chart) if kind == ".svg" else to_html(chart)
        path.write_text(text, encoding="utf-8", newline="\n")
    return path


_MENU = {
    "CLICK_TO_VIEW_ACTIONS": "点击查看操作",
    "PNG_ACTION": "保存为 PNG",
    "SVG_ACTION": "保存为 SVG",
}


def draw_script(charts: dict[str, alt.TopLevelMixin], *, lang: Lang = "zh") -> str:
    """The script that draws charts into the elements of a page, after the bundle has run.

    It waits for the font first: a text that is measured before it is there is cut or overlaps.
    Expressions are interpreted, not compiled, so the page needs no ``unsafe-eval``.

    Args:
        charts: Charts by the ``id`` of the element each is drawn into.
        lang: Language of the menu that saves a chart.
    """
    specs = ",".join(f"{_script_json(key)}:{spec_json(chart)}" for key, chart in charts.items())
    options = {
        "ast": True,
        "renderer": "svg",
        "actions": {"export": True, "source": False, "compiled": False, "editor": False},
        "i18n": _MENU if lang == "zh" else {},
    }
    return (
        f"(function(){{const specs={{{specs}}};"
        f"const options={_script_json(options)};"
        "Promise.all(Array.from(document.fonts,face=>face.load())).catch(()=>0).then(()=>{"
        "for(const id in specs)vegaEmbed(document.getElementById(id),specs[id],options);});})();"
    )


def javascript_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that may stand inside a page (0.9 MB).

    Putting it together takes seconds, so it is kept in the user's cache folder under the
    versions it was made from. Where that folder cannot be written, it is made anew each time a
    process asks.
    """
    return _bundle(_cache_folder())


@cache
def _bundle(folder: Path) -> str:
    converter = metadata.version("vl-convert-python")
    path = folder / f"vega-lite-{vega_lite_version()}-vl-convert-{converter}.js"
    with suppress(OSError, UnicodeDecodeError):
        if (kept := path.read_text(encoding="utf-8")).endswith(_END):
            return kept
    # Its type stub asks for a snippet that may be left out.
    script: str = vl_convert.javascript_bundle(vl_version=vega_lite_version())  # type: ignore[call-arg]
    script = script.replace("</script", "<\\/script").replace("<!--", "<\\!--") + _END
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        # Another process may read at the same moment: it sees the whole file or none.
        handle, half_written = tempfile.mkstemp(dir=folder, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(script)
        Path(half_written).replace(path)
    return script


_END = "\n/* end of bundle */\n"


def _cache_folder() -> Path:
    """Where this user's programs keep what they can make again."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "budget-analytics"


@cache
def register_font() -> None:
    """Let the converter draw with the font of the package."""
    vl_convert.register_font_directory(str(font_path().parent))


@cache
def vega_lite_version() -> str:
    """Altair's version of Vega-Lite where the converter has it, else the converter's newest."""
    wanted = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    known: list[str] = vl_convert.get_vegalite_versions()
    return wanted if wanted in known else known[-1]


def _texts(spec: Any) -> str:
    """Every text of a specification, escapes undone: more than it shows, never less."""
    if isinstance(spec, dict):
        return "".join(_texts(part) for item in spec.items() for part in item)
    if isinstance(spec, list):
        return "".join(map(_texts, spec))
    return spec if isinstance(spec, str) else ""


def _warn_of_missing(text: str) -> None:
    if missing := missing_characters(text):
        message = f"the chart's font has no glyph for {'、'.join(missing)}"
        warnings.warn(message, MissingGlyphWarning, stacklevel=3)


_ID = re.compile(r'\bid="(?P<id>[A-Za-z_]+\d+)"')


def _stable_ids(svg: str) -> str:
    """Number the ids of clips and gradients from 0; the converter counts through the process.

    A part of the picture's hash goes in front, so that several pictures can share one page.
    """
    ids = list(dict.fromkeys(match["id"] for match in _ID.finditer(svg)))
    for number, old in enumerate(ids):
        svg = re.sub(rf'(id="|url\(#|href="#){old}(?=["\)])', rf"\g<1>@{number}", svg)
    mark = hashlib.sha256(svg.encode()).hexdigest()[:8]
    return re.sub(r'(id="|url\(#|href="#)@(\d+)', rf"\g<1>v{mark}-\2", svg)


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
