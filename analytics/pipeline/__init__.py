"""From files to a checked panel: the only glue between reading, storing and checking."""

from analytics.pipeline.bulk import ingest
from analytics.pipeline.checking import check
from analytics.pipeline.results import IngestResult, IngestSummary, Progress
from analytics.pipeline.sources import find_files

__all__ = ["IngestResult", "IngestSummary", "Progress", "check", "find_files", "ingest"]
