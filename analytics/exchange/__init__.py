"""Budgets from and for other programs: a panel as files and back, tables of any other source."""

from analytics.exchange.budget_table import read_budget_table
from analytics.exchange.panels import ExportFormat, export_panel, load_package

__all__ = [
    "ExportFormat",
    "export_panel",
    "load_package",
    "read_budget_table",
]
