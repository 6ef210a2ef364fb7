"""What became of the codes of a classification: renamed, moved, merged, split, reused, ended, new.

No complete official list of the changes was found. Every link says on what it rests and how sure it
is; a link that is only assumed is not used unless it is asked for.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from analytics.errors import InputError
from analytics.reference.classifications import read_rows
from analytics.schema.link_vocabularies import Confidence
from analytics.schema.links import CodeLinks
from analytics.schema.tables import column_types

__all__ = ["code_links"]

_COLUMNS = {
    "classification": "classification",
    "link_year": "year",
    "link_kind": "kind",
    "old_code": "old_code",
    "old_name": "old_name",
    "new_code": "new_code",
    "new_name": "new_name",
    "link_weight": "weight",
    "link_basis": "basis",
    "link_confidence": "confidence",
    "link_note": "note",
}


def code_links(*, min_confidence: str = Confidence.MEDIUM) -> pl.DataFrame:
    """The changes of functional and economic codes that are known, as far as they are sure enough.

    Args:
        min_confidence: ``high``, ``medium`` or ``low``: less sure changes are left out.

    Returns:
        The rows of :class:`~analytics.schema.links.CodeLinks`, sorted by classification, year and
        codes. More rows of that form may be appended to it, see
        :func:`~analytics.analysis.propose_links`.

    Raises:
        InputError: There is no such confidence.

    Examples:
        >>> links = code_links()
        >>> links.filter(old_code="2080504").select("link_year", "link_kind", "new_code").row(0)
        (2020, 'merged', '2080501')
        >>> code_links(min_confidence="low").height > links.height > 0
        True
    """
    known = [str(confidence) for confidence in Confidence]
    if min_confidence not in known:
        raise InputError(
            f"{min_confidence!r} is not a confidence", hint=f"known: {', '.join(known)}"
        )
    sure_enough = known[: known.index(min_confidence) + 1]
    return _all_links().filter(pl.col("link_confidence").is_in(sure_enough))


@cache
def _all_links() -> pl.DataFrame:
    rows = list(read_rows("code_changes.csv"))
    texts = {name: [row[key] or None for row in rows] for name, key in _COLUMNS.items()}
    links = pl.DataFrame(texts, schema=dict.fromkeys(_COLUMNS, pl.String))
    return CodeLinks.validate(links.cast(column_types(CodeLinks))).sort(
        "classification", "link_year", "old_code", "new_code", nulls_last=True
    )
