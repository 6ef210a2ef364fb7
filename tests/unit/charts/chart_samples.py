"""Result frames with invented figures, and a way to see what a chart encodes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from analytics.charts import chart_spec

YUAN = pl.Decimal(18, 2)
COST = pl.Decimal(28, 8)


def wan(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount) * 10_000


def drawn(chart: Any, layer: int = 0) -> list[dict[str, Any]]:
    """The rows a layer of a chart draws, as they stand in the specification."""
    spec = chart_spec(chart)
    data = spec["layer"][layer].get("data") or spec["data"]
    return list(data["values"])


def _bridge() -> pl.DataFrame:
    steps = [
        ("start", "2023年总计", "2023 total", "3826.55", "0", "3826.55", -0.224903, False),
        (
            "current",
            "一般公共预算",
            "General public",
            "-436.80",
            "3826.55",
            "3389.75",
            -0.1284,
            False,
        ),
        ("unexplained", "未能解释", "unexplained", "-423.80", "3389.75", "2965.95", None, True),
        ("end", "2024年总计", "2024 total", "2965.95", "0", "2965.95", -0.224903, False),
    ]
    return pl.DataFrame(
        [
            {
                "agency_id": "示例市审批局",
                "fiscal_year": 2024,
                "prior_year": 2023,
                "step_order": order,
                "step": step,
                "label_zh": zh,
                "label_en": en,
                "change_yuan": wan(change),
                "start_yuan": wan(start),
                "end_yuan": wan(end),
                "growth_share": growth,
                "is_unexplained": is_unexplained,
                "reason": None,
            }
            for order, (step, zh, en, change, start, end, growth, is_unexplained) in enumerate(
                steps
            )
        ]
    )


def three_public(amounts: dict[str, tuple[str | None, str | None]], **more: Any) -> pl.DataFrame:
    """Rows of changes from ``code: (prior, current)`` in 万元."""
    rows = [
        {
            "agency_id": "示例市审批局",
            "fiscal_year": 2024,
            "prior_year": 2023,
            "stage": "budget",
            "stage_prior": "budget",
            "statement": "three_public_expenses",
            "code": code,
            "fund": "fiscal_appropriation",
            "amount_yuan": wan(current),
            "amount_prior_yuan": wan(prior),
            "growth_share": None,
            "value_kind": None if current is None else "printed",
            "value_kind_prior": None if prior is None else "implied",
        }
        | more
        for code, (prior, current) in amounts.items()
    ]
    return pl.DataFrame(rows, schema_overrides={"amount_yuan": YUAN, "amount_prior_yuan": YUAN})


def mix(*items: tuple[Any, ...], dimension: str = "function") -> pl.DataFrame:
    """A mix from ``(name, amount, share, prior amount, prior share)``, amounts in 万元."""
    rows = [
        {
            "agency_id": "示例市审批局",
            "fiscal_year": 2024,
            "stage": "budget",
            "dimension": dimension,
            "code": str(index),
            "name": name,
            "amount_yuan": wan(amount),
            "share": share,
            "amount_prior_yuan": wan(before),
            "share_prior": share_before,
        }
        for index, (name, amount, share, before, share_before) in enumerate(items)
    ]
    return pl.DataFrame(
        rows,
        schema_overrides={
            "amount_yuan": YUAN,
            "amount_prior_yuan": YUAN,
            "share": pl.Float64,
            "share_prior": pl.Float64,
        },
    )


def unit_costs(*costs: tuple[Any, ...], **more: Any) -> pl.DataFrame:
    """Unit costs from ``(name, text, stated, implied low, implied high)``, in yuan a 个."""
    rows = [
        {
            "indicator_id": str(index),
            "agency_id": "示例市审批局",
            "fiscal_year": 2024,
            "project": "技术审查",
            "block": "annual",
            "name": name,
            "unit_cost_text": text,
            "unit_cost_yuan_per_unit": Decimal(stated),
            "per_unit": "个",
            "per_period": None,
            "quantity_text": "≥180个",
            "implied_low_yuan_per_unit": None if low is None else Decimal(low),
            "implied_high_yuan_per_unit": None if high is None else Decimal(high),
        }
        | more
        for index, (name, text, stated, low, high) in enumerate(costs)
    ]
    bounds = ("unit_cost", "implied_low", "implied_high")
    return pl.DataFrame(rows, schema_overrides={f"{name}_yuan_per_unit": COST for name in bounds})


def _check_matrix() -> pl.DataFrame:
    counts = [
        ("three_public_expenses", "pass", 4),
        ("three_public_expenses", "insufficient", 2),
        ("procurement", "pass", 1),
        ("budget_summary", "pass", 12),
        ("budget_summary", "fail", 1),
        ("budget_summary", "not_applicable", 3),
        ("budget_summary", "insufficient", 0),
    ]
    return pl.DataFrame(
        [("0f", *count) for count in counts],
        schema=["document_id", "statement", "outcome", "item_count"],
        orient="row",
    )


BRIDGE = _bridge()
CHECK_MATRIX = _check_matrix()
