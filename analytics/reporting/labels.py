"""What a line is called in the report's language: codes with a label, else the name as printed."""

from __future__ import annotations

from typing import Any

from analytics.charts.labels import Lang
from analytics.schema.vocabularies import (
    Classification,
    Component,
    Fund,
    LineCode,
    ThreePublic,
    Vocabulary,
)

__all__ = ["label_of"]

_LABELLED: dict[str, type[Vocabulary]] = {
    Classification.THREE_PUBLIC: ThreePublic,
    Classification.REVENUE_SOURCE: Fund,
    "fund": Fund,
    "basic_project": Component,
}


def label_of(row: dict[str, Any], lang: Lang) -> str:
    """The label of a line of ``changes`` or ``spending_mix``.

    Examples:
        >>> label_of({"classification": "three_public", "code": "abroad", "name": "出国"}, "en")
        'travel abroad'
        >>> label_of({"classification": "function", "code": "205", "name": "教育支出"}, "en")
        '教育支出'
    """
    kind = row.get("classification") or row.get("dimension") or ""
    for vocabulary in (_LABELLED.get(kind, LineCode), LineCode):
        if row["code"] in list(vocabulary):
            return vocabulary(row["code"]).label(lang)
    return str(row["name"])
