"""The rules run over a whole panel, some agencies at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from analytics.checks import run_checks
from analytics.checks.engine import FINDING_ORDER
from analytics.errors import AnalyticsError
from analytics.pipeline.processes import Lost, Workers, usable_cores
from analytics.store import Panel
from analytics.store.findings import spool_part
from analytics.store.groups import Group

__all__ = ["check", "check_all"]

_AT_ONCE = 300
"""So many documents are checked at once: enough to make up for what any run of the rules costs."""
_SECONDS = 24 * 3600.0
_NO_LIMIT = 1 << 50


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
    return panel.table("findings", editions="all").sort(FINDING_ORDER)


def check_all(panel: Panel, *, processes: int | None = None) -> None:
    """As :func:`check`, without the findings in memory.

    No rule looks at two agencies, so that some agencies are checked at a time.

    Args:
        panel: The panel; findings of earlier checks are replaced.
        processes: How many processes check; all cores by default, and this one alone where the
            panel is small.
    """
    is_small = panel.table("documents", editions="all").height <= _AT_ONCE
    count = 1 if is_small else processes or usable_cores()
    if count == 1:
        panel.replace_findings(map(run_checks, panel.groups(_AT_ONCE, editions="all")))
        return
    with panel.unread_groups(_AT_ONCE, editions="all") as groups:
        panel.replace_findings(_side_by_side(groups, count))


def _side_by_side(groups: Iterable[Group], processes: int) -> Iterator[Path]:
    """Files of the findings of each group, in order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Workers(_check_into, processes=processes, seconds=_SECONDS, memory=_NO_LIMIT) as workers,
    ):
        tasks = [(Path(folder, f"{number}.parquet"), group) for number, group in enumerate(groups)]
        for future in [workers.submit(task) for task in tasks]:
            file = future.result()
            if isinstance(file, Lost):
                raise AnalyticsError(
                    f"the checks of some agencies {file.reason}",
                    hint="check with processes=1 to see where",
                )
            yield file


def _check_into(task: tuple[Path, Group]) -> Path:
    """Check a group into a file: to send rows from process to process takes twice the memory."""
    file, group = task
    return spool_part(run_checks(group.read()), file)
