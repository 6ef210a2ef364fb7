from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import pytest

from analytics.charts import draw_script, export, javascript_bundle, save_chart, spec_json, to_png
from analytics.errors import InputError


@pytest.fixture
def plain() -> alt.Chart:
    return alt.Chart(pl.DataFrame({"a": [1.0]})).mark_point().encode(x="a:Q")


@pytest.fixture
def bundler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str | None]:
    """A cheap stand-in for the bundling; lists the versions it was asked for."""
    asked: list[str | None] = []

    def bundle(*, vl_version: str | None = None) -> str:
        asked.append(vl_version)
        return "window.vegaEmbed='</script><!--';"

    monkeypatch.setattr(export.vl_convert, "javascript_bundle", bundle)
    monkeypatch.setattr(export, "_cache_folder", lambda: tmp_path / "kept" / "here")
    export._bundle.cache_clear()
    yield asked  # type: ignore[misc]
    export._bundle.cache_clear()


def test_the_bundle_is_made_once_and_kept_on_disk(bundler: list[str], tmp_path: Path) -> None:
    first = javascript_bundle()
    export._bundle.cache_clear()

    assert javascript_bundle() == first
    assert len(bundler) == 1
    (kept,) = (tmp_path / "kept" / "here").iterdir()
    assert re.fullmatch(r"vega-lite-6\.\d+-vl-convert-[\w.]+\.js", kept.name)


def test_the_bundle_cannot_end_the_script_it_stands_in(bundler: list[str]) -> None:
    script = javascript_bundle()

    assert "</script" not in script
    assert "<!--" not in script


@pytest.mark.parametrize("rest", [b"window.vega", b"", b"\xff\xfe"])
def test_a_damaged_file_is_made_anew(bundler: list[str], tmp_path: Path, rest: bytes) -> None:
    whole = javascript_bundle()
    (kept,) = (tmp_path / "kept" / "here").iterdir()
    kept.write_bytes(rest)
    export._bundle.cache_clear()

    assert javascript_bundle() == whole
    assert kept.read_text(encoding="utf-8") == whole


def test_a_folder_that_cannot_be_written_only_costs_time(
    bundler: list[str], tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")

    first = javascript_bundle()
    export._bundle.cache_clear()

    assert javascript_bundle() == first
    assert len(bundler) == 2


def test_the_cache_folder_is_the_readers_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert export._cache_folder() == Path("/somewhere/budget-analytics")

    monkeypatch.setattr(export.sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert export._cache_folder() == Path("/local/budget-analytics")


def test_no_text_of_the_data_can_leave_its_script() -> None:
    hostile = "</script><script>alert(1)</script><!-- &amp; \u2028"
    chart = alt.Chart(pl.DataFrame({"a": [hostile]})).mark_point().encode(y="a:N")

    for script in (spec_json(chart), draw_script({hostile: chart})):
        assert not re.search("[<&\u2028]", script.replace("&&", ""))
        assert "\\u003c/script\\u003e" in script


def test_data_stays_inside_whatever_transformer_is_switched_on(plain: alt.Chart) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("the reader's transformer was asked")

    alt.data_transformers.register("refusing", refuse)
    try:
        with alt.data_transformers.enable("refusing"):
            spec = export.chart_spec(plain)
    finally:
        alt.data_transformers.register("refusing", None)

    assert spec["data"]["values"] == [{"a": 1.0}]


def test_ids_do_not_depend_on_what_was_drawn_before() -> None:
    drawing = '<svg><clipPath id="clip{0}"/><g clip-path="url(#clip{0})"/><p fill="url(#g_{1})"/>'
    drawing += '<linearGradient id="g_{1}"/></svg>'

    first, later = (export._stable_ids(drawing.format(*n)) for n in ((1, 0), (17, 4)))

    assert first == later
    clip, gradient = re.findall(r'id="([^"]+)"', first)
    assert first.count(clip) == first.count(gradient) == 2
    assert clip != gradient


def test_ids_of_different_pictures_differ() -> None:
    one, other = (export._stable_ids(f'<svg><clipPath id="clip1"/>{n}</svg>') for n in "ab")

    assert re.findall('id="([^"]+)"', one) != re.findall('id="([^"]+)"', other)


@pytest.mark.parametrize("name", ["chart.gif", "chart", "chart.svg.gz"])
def test_an_ending_without_a_writer_is_refused(plain: alt.Chart, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"use \.png, \.svg, \.html"):
        save_chart(plain, tmp_path / name)


def test_a_missing_folder_is_named(plain: alt.Chart, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no folder .*absent"):
        save_chart(plain, tmp_path / "absent" / "chart.svg")


@pytest.mark.parametrize("scale", [0, -2])
def test_a_scale_that_is_not_positive_is_refused(plain: alt.Chart, scale: float) -> None:
    with pytest.raises(InputError, match=f"scale is {scale}"):
        to_png(plain, scale=scale)
