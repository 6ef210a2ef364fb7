"""Checks."""

from analytics.checks import (
    balances,
    between,
    changes,
    counts,
    forms,
    narrative,
    posts,
    shares,
    spending,
    structure,
    tables,
    targets,
    unit_costs,
)
from analytics.checks.engine import run_checks
from analytics.checks.registry import CanonicalTables, Family, Rule, explain, rules

__all__ = ["CanonicalTables", "Family", "Rule", "explain", "rules", "run_checks"]
