"""Panel: the canonical tables on disk; commit, read, editions, history."""

from analytics.store.commits import CommitReport
from analytics.store.panel import Panel
from analytics.store.reading import Reading
from analytics.store.tables import StoredDocuments

__all__ = [
    "CommitReport",
    "Panel",
    "Reading",
    "StoredDocuments",
]
