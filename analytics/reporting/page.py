"""Sections laid out as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib.resources import files

import jinja2
from markupsafe import Markup

from analytics.charts import subset_font_face
from analytics.charts.labels import Lang
from analytics.reporting.view import Cell, Section, places_in
from analytics.version import __version__

__all__ = ["render_page"]


def render_page(
    *,
    lang: Lang,
    title: str,
    kicker: str,
    subtitle: str,
    sections: Sequence[Section],
    cards: Sequence[tuple[str, Cell, str]] = (),
    doubted: Collection[str] = (),
) -> str:
    """Put sections onto a page.

    Whatever a disclosure prints is shown as text; the page forbids scripts altogether.

    Args:
        lang: Language of the few words of the page itself.
        title: What it is about.
        kicker: The line above the title.
        subtitle: The line under it.
        sections: The sections, in order.
        cards: A few figures at the head: label, figure, how it moved.
        doubted: Anchors of figures that did not reconcile; they are marked wherever they stand.
    """
    zh = lang == "zh"
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.PackageLoader("analytics.reporting"),
    )
    style = files("analytics.reporting").joinpath("templates", "report.css")
    context = {
        "lang": lang,
        "title": title,
        "kicker": kicker,
        "subtitle": subtitle,
        "cards": cards,
        "sections": sections,
        "anchors": _anchors(sections),
        "is_doubted": _doubts(doubted),
        "words": _WORDS_ZH if zh else _WORDS_EN,
        "footer": f"budget-analytics {__version__}",
        "style": Markup(style.read_text(encoding="utf-8")),
        "font_face": "",
    }
    template = environment.get_template("report.html.j2")
    shown = "".join(sorted(set(template.render(context))))
    context["font_face"] = Markup(subset_font_face(shown, skip_missing=True))
    return template.render(context)


_WORDS_ZH = {
    "source": "出处",
    "nothing": "无",
    "why": "为何要紧",
    "fits": "可能应为",
    "answer": "答复",
    "follows": "由此而来",
    "doubt": "该数与其他数字核对不符",
}
_WORDS_EN = {
    "source": "source",
    "nothing": "none",
    "why": "Why it matters",
    "fits": "What would fit",
    "answer": "Answer",
    "follows": "What follows from it",
    "doubt": "this figure does not reconcile with others",
}


def _anchors(sections: Sequence[Section]) -> frozenset[str]:
    """Everything in the page that can be linked to."""
    views = [view for section in sections for view in section.tables]
    views += [view for section in sections for _, view in section.details]
    named = {anchor for view in views for anchor in view.anchors}
    groups = [group for section in sections for group in section.groups]
    named |= {anchor for group in groups for anchor in group.anchors}
    return frozenset(named | {section.key for section in sections})


def _doubts(doubted: Collection[str]) -> Callable[[Cell], bool]:
    """Whether a cell rests on a figure that did not reconcile."""
    known = frozenset(doubted)
    return lambda cell: not known.isdisjoint(places_in(cell.title))
