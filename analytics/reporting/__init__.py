"""The annual comparison report: gathered once, laid out as sections, written as HTML and Excel."""

from analytics.reporting.report import Report, build_report

__all__ = ["Report", "build_report"]
