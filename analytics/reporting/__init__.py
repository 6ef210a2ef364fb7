"""Reports and findings for people: gathered once, laid out as sections, written to files."""

from analytics.reporting.findings import list_findings, with_reviews
from analytics.reporting.findings_files import save_findings
from analytics.reporting.overview import Overview, build_overview
from analytics.reporting.report import Report, build_report
from analytics.reporting.reviews import read_reviews

__all__ = [
    "Overview",
    "Report",
    "build_overview",
    "build_report",
    "list_findings",
    "read_reviews",
    "save_findings",
    "with_reviews",
]
