"""Panel: the canonical tables on disk; commit, read, editions, history, differences."""

from analytics.store.commits import CommitReport
from analytics.store.coverage import grid_by_year
from analytics.store.diff import PanelDiff
from analytics.store.panel import Panel
from analytics.store.reading import Reading
from analytics.store.tables import StoredDocuments

__all__ = [
    "CommitReport",
    "Panel",
    "PanelDiff",
    "Reading",
    "StoredDocuments",
    "grid_by_year",
]
