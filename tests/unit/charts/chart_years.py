"""Invented rows of results over years, and what a chart of them shows."""

from __future__ import annotations

from typing import Any

import polars as pl
from chart_samples import YUAN, wan

from analytics.charts import chart_spec
from analytics.charts.line_rows import CHANGE_COLUMNS

_SHARED = {
    "agency_id": "示例市图书馆",
    "stage": "budget",
    "scope": "unit",
    "statement": "general_public_expenditure",
    "flow": "expenditure",
    "classification": "function",
    "counterpart_code": None,
    "fund": "general_public",
    "component": "total",
    "carryover_basis": "included",
    "parent_code": None,
}
_LINKED = {"comparability": "codes_linked", "link_confidence": "medium"}
_MONEY = ("amount_prior_yuan", "amount_yuan", "change_yuan")


def change(code: str, prior: str | None, now: str | None, **more: Any) -> dict[str, Any]:
    """One row of changes, amounts in 万元; None is a line that its statement does not list."""
    before, after = wan(prior), wan(now)
    delta = (after or 0) - (before or 0)
    status = "new" if not before else "ended" if not after else "continued"
    year = more.get("fiscal_year", 2024)
    return (
        _SHARED
        | {
            "code": code,
            "name": f"第{code}项",
            "fiscal_year": year,
            "prior_year": year - 1,
            "code_prior": None if prior is None else code,
            "name_prior": None if prior is None else f"第{code}项",
            "amount_prior_yuan": before,
            "amount_yuan": after,
            "change_yuan": delta,
            "growth_share": float(delta / before) if before else None,
            "status": status,
            "comparability": "comparable",
            "link_confidence": None,
            "value_kind": None if now is None else "printed",
            "value_kind_prior": None if prior is None else "printed",
        }
        | more
    )


def linked(code: str, prior: str, now: str, **more: Any) -> dict[str, Any]:
    """A row of codes that changed between the years."""
    return change(code, prior, now, **(_LINKED | more))


def unknown(code: str, now: str, comparability: str = "no_prior", **more: Any) -> dict[str, Any]:
    """A row whose other year is not known, or cannot be compared."""
    nothing = {"change_yuan": None, "growth_share": None, "status": "unknown"}
    prior = None if comparability == "no_prior" else now
    return change(code, prior, now, comparability=comparability, **nothing, **more)


def changes(*rows: dict[str, Any]) -> pl.DataFrame:
    types = dict.fromkeys(_MONEY, YUAN) | {"growth_share": pl.Float64}
    marks = [name for name in ("is_doubted", "is_doubted_prior") if any(name in r for r in rows)]
    wide = [dict.fromkeys(marks, False) | row for row in rows]
    return pl.DataFrame(wide, schema_overrides=types, infer_schema_length=None).select(
        *CHANGE_COLUMNS, *marks
    )


def executed(code: str, budget: str | None, final: str | None, **more: Any) -> dict[str, Any]:
    """One row of execution, amounts in 万元."""
    planned, spent = wan(budget), wan(final)
    off = None if planned is None or spent is None else spent - planned
    share = None if off is None or not planned else float(off / planned)
    status = "executed" if planned and spent else "new_in_execution" if spent else "not_executed"
    shared = {name: value for name, value in _SHARED.items() if name != "stage"}
    return (
        shared
        | {
            "code": code,
            "name": f"第{code}项",
            "fiscal_year": 2024,
            "budget_yuan": planned,
            "adjusted_budget_yuan": None,
            "final_yuan": spent,
            "deviation_yuan": off,
            "deviation_share": share,
            "deviation_low_share": share,
            "deviation_high_share": share,
            "execution_status": status,
            "side_comparability": "comparable",
        }
        | more
    )


def execution(*rows: dict[str, Any]) -> pl.DataFrame:
    money = ("budget_yuan", "adjusted_budget_yuan", "final_yuan", "deviation_yuan")
    shares = ("deviation_share", "deviation_low_share", "deviation_high_share")
    types = dict.fromkeys(money, YUAN) | dict.fromkeys(shares, pl.Float64)
    return pl.DataFrame(list(rows), schema_overrides=types, infer_schema_length=None)


def figure(code: str, year: int, amount: str, index: float | None, **more: Any) -> dict[str, Any]:
    """One row of a series, the amount in 万元, based on 2020 and next to the year before."""
    return (
        _SHARED
        | {
            "code": code,
            "name": f"第{code}项",
            "fiscal_year": year,
            "prior_year": year - 1,
            "amount_yuan": wan(amount),
            "index_base_year": 2020,
            "index_share": index,
            "is_break": False,
            "reason": None,
            "reason_en": None,
            "value_kind": "printed",
        }
        | more
    )


def figures(*rows: dict[str, Any]) -> pl.DataFrame:
    types: dict[str, Any] = {"amount_yuan": YUAN, "index_share": pl.Float64}
    return pl.DataFrame(list(rows), schema_overrides=types, infer_schema_length=None)


def small_print(chart: Any) -> str:
    """Everything beneath the title as one text."""
    return " ".join(chart_spec(chart)["title"]["subtitle"])


def rows_with(chart: Any, *columns: str) -> list[dict[str, Any]]:
    """The rows of the data set of a chart that has these columns."""
    spec = chart_spec(chart)
    for part in (spec, spec.get("spec", {}), *spec.get("layer", [])):
        values = part.get("data", {}).get("values", [])
        if values and set(columns) <= set().union(*values):
            return list(values)
    raise LookupError(columns)
