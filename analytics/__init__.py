"""Multi-year comparative analytics for published Chinese budgets and final accounts."""
