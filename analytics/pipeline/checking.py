"""The rules run over a whole panel, some agencies at a time."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analytics.checks import run_checks
from analytics.store import Panel

__all__ = ["check", "check_all"]

_BUCKET = 200
"""So many documents are checked at once: enough to make up for what any run of the rules costs."""
_ORDER = ("document_id", "rule", "block", "row", "column", "finding_id")


def check(panel: Panel) -> pl.DataFrame:
    """Run every rule over the panel and keep the findings in it.

    Args:
        panel: The panel; findings of earlier checks are replaced.

    Returns:
        The findings: one row a rule and a thing it was tried on.

    Examples:
        With a panel of one disclosure, in which two digits have changed places and the books cost
        more than the money for them:

        >>> import analytics
        >>> findings = analytics.check(panel)
        >>> faults = findings.filter(outcome="fail").unique("rule", maintain_order=True)
        >>> faults.select("rule", "printed_text", "computed_text", "line").rows()
        [('C-MONEY', '1,200,000元', '1,320,000元', 289), ('N-GROWTH', '5.62%', '5.26%', 276)]
    """
    check_all(panel)
    return panel.table("findings", editions="all").sort(_ORDER)


def check_all(panel: Panel) -> None:
    """As :func:`check`, without the findings in memory.

    No rule looks at two agencies, so that whole agencies can be checked one after the other.

    Args:
        panel: The panel; findings of earlier checks are replaced.
    """
    panel.replace_findings(
        run_checks(panel.tables(editions="all", agencies=agencies)) for agencies in _buckets(panel)
    )


def _buckets(panel: Panel) -> Iterator[list[str]]:
    """The agencies of a panel in groups of about so many documents."""
    documents = panel.table("documents", editions="all")
    bucket: list[str] = []
    held = 0
    for agency, count in documents.group_by("agency_id").len().sort("agency_id").iter_rows():
        if bucket and held + count > _BUCKET:
            yield bucket
            bucket, held = [], 0
        bucket.append(agency)
        held += count
    if bucket:
        yield bucket
