"""Checks."""

from analytics.checks import between, composition, forms, narrative, structure, tables, unit_costs
from analytics.checks.engine import run_checks
from analytics.checks.registry import CanonicalTables, Family, Rule, explain, rules

__all__ = ["CanonicalTables", "Family", "Rule", "explain", "rules", "run_checks"]
